// SPDX-License-Identifier: Apache-2.0
/* qr -- see the header. Runs of dark squares of a row become one rectangle each, which makes the path a third as long.
 */
#include "base/qr.h"

#include <qrencode.h>

#include "base/buf.h"

enum { DARK = 1 };

static struct str path_of(struct arena *arena, const QRcode *code) {
    struct buf to;
    buf_init(&to, arena, 0);
    for (int y = 0; y < code->width; y++) {
        const unsigned char *row = code->data + (ptrdiff_t)y * code->width;
        for (int x = 0, n; x < code->width; x += n) {
            for (n = 1; x + n < code->width && ((row[x + n] ^ row[x]) & DARK) == 0; n++) {
            }
            if (row[x] & DARK)
                buf_printf(&to, "M%d %dh%dv1h-%dz", x + QR_MARGIN, y + QR_MARGIN, n, n);
        }
    }
    return buf_str(&to);
}

bool qr_make(struct arena *arena, struct str text, struct qr *out) {
    if (text.n > QR_TEXT_MOST)
        return false;
    QRcode *code = QRcode_encodeString8bit(str_terminated(arena, text), 0, QR_ECLEVEL_M);
    if (code == NULL)
        return false;
    *out = (struct qr){.side = code->width + 2 * QR_MARGIN, .path = path_of(arena, code)};
    QRcode_free(code);
    return true;
}
