// SPDX-License-Identifier: Apache-2.0
/* backups_note -- see the header. A line that cannot be read is left out: the copy itself is what counts. */
#include "app/backups_note.h"

#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/whole.h"

enum { NOTE_MOST = 4096 };

static int64_t number(struct str text) {
    int64_t v = 0;
    return decimal_read(text, DECIMAL_POINT, 0, &v, NULL) == DECIMAL_OK ? v : 0;
}

static void take(struct cx *cx, struct str name, struct str value, struct backups_point *point) {
    const struct {
        const char *name;
        struct str *text;
        int64_t *number;
    } field[] = {{"who", &point->who, NULL},
                 {"version", &point->version, NULL},
                 {"hash", &point->hash, NULL},
                 {"fault", &point->fault, NULL},
                 {"made_us", NULL, &point->made_us},
                 {"checked_us", NULL, &point->checked_us},
                 {"schema", NULL, &point->schema},
                 {"customers", NULL, &point->customers},
                 {"documents", NULL, &point->documents}};
    for (size_t i = 0; i < sizeof field / sizeof *field; i++) {
        if (!str_equal(name, str_from(field[i].name)))
            continue;
        if (field[i].text != NULL)
            *field[i].text = str_copy(cx->arena, value);
        else
            *field[i].number = number(value);
    }
    for (int kind = 0; kind < BACKUPS_KIND_END && str_equal(name, S("kind")); kind++)
        if (str_equal(value, str_from(backups_kind_name((enum backups_kind)kind))))
            point->kind = (enum backups_kind)kind;
    if (str_equal(name, S("newest")))
        (void)day_parse_iso(value, &point->newest);
}

void backups_note_read(struct cx *cx, struct str folder, struct backups_point *point) {
    char text[NOTE_MOST];
    FILE *file = fopen(backups_path(cx, folder, point->name, ".txt").p, "rbe");
    if (file == NULL)
        return;
    struct str rest = {text, fread(text, 1, sizeof text, file)}, line, name, value;
    fclose(file);
    while (rest.n > 0) {
        str_cut(rest, '\n', &line, &rest);
        str_cut(line, '=', &name, &value);
        take(cx, name, value, point);
    }
    point->noted = point->hash.n > 0;
}

bool backups_note_write(struct cx *cx, struct str folder, const struct backups_point *point) {
    struct whole whole;
    char newest[DAY_TEXT];
    if (!whole_open(cx, NULL, backups_path(cx, folder, point->name, ".txt"), &whole))
        return false;
    day_iso(point->newest, newest);
    fprintf(whole.to,
            "kind=%s\nwho=%.*s\nversion=%.*s\nmade_us=%lld\nschema=%lld\ncustomers=%lld\ndocuments=%lld\nnewest=%s\n"
            "hash=%.*s\nchecked_us=%lld\nfault=%.*s\n",
            backups_kind_name(point->kind), STR_ARG(point->who), STR_ARG(point->version), (long long)point->made_us,
            (long long)point->schema, (long long)point->customers, (long long)point->documents, newest,
            STR_ARG(point->hash), (long long)point->checked_us, STR_ARG(point->fault));
    return whole_close(cx, &whole, true);
}
