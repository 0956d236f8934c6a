// SPDX-License-Identifier: Apache-2.0
/* csv_file -- see the header. */
#include "app/csv_file.h"

#include <string.h>

static char cell_begin(struct buf *to, enum lang lang, bool first) {
    char delimiter = lang == LANG_PT_BR ? ';' : ',';
    if (!first)
        buf_char(to, delimiter);
    return delimiter;
}

void csv_file_text(struct buf *to, enum lang lang, bool first, struct str text) {
    char delimiter = cell_begin(to, lang, first);
    struct buf guarded;
    if (text.n == 0)
        return;
    if (memchr("=+-@\t\r", text.p[0], 6) == NULL) {
        buf_csv(to, text, delimiter);
        return;
    }
    buf_init(&guarded, to->arena, text.n + 1);
    buf_char(&guarded, '\'');
    buf_put(&guarded, text);
    buf_csv(to, buf_str(&guarded), delimiter);
}

void csv_file_number(struct buf *to, enum lang lang, bool first, struct str number) {
    cell_begin(to, lang, first);
    for (size_t i = 0; i < number.n; i++)
        buf_char(to, number.p[i] == '.' && lang == LANG_PT_BR ? ',' : number.p[i]);
}

void csv_file_end(struct buf *to) {
    buf_char(to, '\n');
}
