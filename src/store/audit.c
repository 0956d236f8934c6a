// SPDX-License-Identifier: Apache-2.0
/* audit -- see the header. Must not change the trail. Invariant: every call is one statement. */
#include "store/audit.h"

#include "store/rows.h"
#include "store/sql.h"

static void compose(struct sql_text *text, struct cx *cx, const struct audit_filter *f) {
    sql_compose(text, PART_AUDIT_LINES, NULL, 0);
    if (f->who.n > 0)
        sql_compose(text, PART_AUDIT_WHO, (struct sql_value[]){sql_text(f->who)}, 1);
    if (f->what.n > 0)
        sql_compose(text, PART_AUDIT_WHAT, (struct sql_value[]){sql_text(f->what)}, 1);
    if (f->from_us > 0 || f->until_us > 0)
        sql_compose(text, PART_AUDIT_TIME,
                    (struct sql_value[]){sql_int(f->from_us), sql_int(f->until_us > 0 ? f->until_us : INT64_MAX)}, 2);
    if (f->holds.n > 0)
        sql_compose(text, PART_AUDIT_HOLDS,
                    (struct sql_value[]){sql_text(db_pattern(cx, str_lower(cx->arena, f->holds)))}, 1);
    if (f->before_us > 0)
        sql_compose(text, PART_AUDIT_BEFORE, (struct sql_value[]){sql_int(f->before_us), sql_int(f->before_id)}, 2);
    sql_compose(text, PART_AUDIT_NEWEST, (struct sql_value[]){sql_int(f->most)}, 1);
}

bool audit_each(struct cx *cx, struct db *db, const struct audit_filter *filter, audit_take *take, void *owner) {
    struct sql_text text;
    struct sql_rows *rows;
    bool more = false;
    sql_text_init(&text, cx, db);
    compose(&text, cx, filter);
    bool done = sql_open_text(cx, db, &text, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct audit_line line = {.id = sql_get_int(rows, 0),
                                        .at_us = sql_get_int(rows, 1),
                                        .who = sql_get_text(rows, 2),
                                        .what = sql_get_text(rows, 3),
                                        .subject = sql_get_text(rows, 4),
                                        .before = sql_get_text(rows, 5),
                                        .after = sql_get_text(rows, 6)};
        done = take(cx, owner, &line);
    }
    sql_close(rows);
    return done;
}

static bool names(struct cx *cx, struct db *db, enum sql_id id, struct str **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, id, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, str_copy(cx->arena, sql_get_text(rows, 0)));
    sql_close(rows);
    return done;
}

bool audit_whos(struct cx *cx, struct db *db, struct str **out, size_t *n) {
    return names(cx, db, SQL_AUDIT_WHOS, out, n);
}

bool audit_whats(struct cx *cx, struct db *db, struct str **out, size_t *n) {
    return names(cx, db, SQL_AUDIT_WHATS, out, n);
}
