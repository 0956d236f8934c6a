// SPDX-License-Identifier: Apache-2.0
/* audit -- see the header. A trail is never changed here; the texts of a line are read as they were written by audit_add.
 */
#include "app/audit.h"

bool audit_read(struct cx *cx, struct db *db, const struct audit_filter *filter, audit_take *take, void *owner,
                struct audit_names *names) {
    bool done = db_read(cx, db) && audit_each(cx, db, filter, take, owner) &&
                (names == NULL ||
                 (audit_whos(cx, db, &names->who, &names->whos) && audit_whats(cx, db, &names->what, &names->whats)));
    db_rollback(db);
    return done;
}

static bool names_letter(char c) {
    return (c >= 'a' && c <= 'z') || c == '_';
}

/* Letters up to a '=' at the beginning of the text; 0: none. */
static size_t name_length(struct str s) {
    size_t n = 0;
    while (n < s.n && names_letter(s.p[n]))
        n++;
    return n < s.n && s.p[n] == '=' ? n : 0;
}

/* The next "name=value" of the text; false: it does not begin with one. */
static bool pair_next(struct str *text, struct str *name, struct str *value) {
    size_t n = name_length(*text), end = n + 1;
    if (n == 0)
        return false;
    while (end < text->n &&
           !(text->p[end] == ' ' && name_length((struct str){text->p + end + 1, text->n - end - 1}) > 0))
        end++;
    *name = (struct str){text->p, n};
    *value = (struct str){text->p + n + 1, end - n - 1};
    *text = end < text->n ? (struct str){text->p + end + 1, text->n - end - 1} : (struct str){0};
    return true;
}

size_t audit_pairs(struct str before, struct str after, struct audit_pair out[AUDIT_PAIRS]) {
    size_t n = 0, different = 0;
    struct str name, value;
    while (before.n > 0) {
        if (n == AUDIT_PAIRS || !pair_next(&before, &name, &value))
            return 0;
        out[n++] = (struct audit_pair){name, value, {0}};
    }
    while (after.n > 0) {
        size_t i = 0;
        if (!pair_next(&after, &name, &value))
            return 0;
        while (i < n && !str_equal(out[i].name, name))
            i++;
        if (i == AUDIT_PAIRS)
            return 0;
        if (i == n)
            out[n++] = (struct audit_pair){.name = name};
        out[i].after = value;
    }
    for (size_t i = 0; i < n; i++)
        if (!str_equal(out[i].before, out[i].after))
            out[different++] = out[i];
    return different;
}
