// SPDX-License-Identifier: Apache-2.0
/* holidays -- see the header. There are few (HOLIDAYS_MOST): they are searched in memory. */
#include "app/holidays.h"

#include <stdlib.h>

#include "app/workdays.h"
#include "store/setting.h"

#define WHAT S("holiday")

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

/* ---- looking ---- */

bool holidays_look(struct cx *cx, struct db *db, struct holidays *out) {
    bool done = db_read(cx, db) && holiday_list(cx, db, &out->row, &out->n) && workdays_read(cx, db, &out->workdays);
    db_rollback(db);
    return done;
}

static int by_day(const void *a, const void *b) {
    const struct holidays_day *x = a, *y = b;
    return (x->day.n > y->day.n) - (x->day.n < y->day.n);
}

void holidays_of(struct cx *cx, const struct holidays *all, int year, struct holidays_day **out, size_t *n) {
    struct day day;
    const char *key;
    *out = arena_new(cx->arena, struct holidays_day, all->n + HOLIDAY_NATIONAL_MOST);
    *n = 0;
    for (int i = 0; holiday_national(all->workdays.country, year, i, &day, &key); i++)
        (*out)[(*n)++] = (struct holidays_day){.day = day, .national = key};
    for (size_t i = 0; i < all->n; i++) {
        day = holiday_on(&all->row[i].holiday, year);
        if (day_is(day) && all->row[i].retired_us == 0)
            (*out)[(*n)++] = (struct holidays_day){.day = day, .own = &all->row[i]};
    }
    qsort(*out, *n, sizeof **out, by_day);
}

/* ---- changing ---- */

static const struct holiday_row *row_of(const struct holiday_row *row, size_t n, int64_t id) {
    for (size_t i = 0; i < n; i++)
        if (row[i].id == id)
            return &row[i];
    return NULL;
}

static struct str said(struct cx *cx, const struct holiday_row *row) {
    const struct holiday *h = &row->holiday;
    char text[DAY_TEXT];
    struct str at = h->when == HOLIDAY_ONCE
                        ? str_copy(cx->arena, (struct str){text, day_iso((struct day){h->at}, text)})
                    : h->when == HOLIDAY_YEARLY ? cx_text(cx, "every %02d-%02d", (int)h->at / 100, (int)h->at % 100)
                                                : cx_text(cx, "easter%+d", (int)h->at);
    return cx_text(cx, "name=%.*s day=%.*s worked=%s retired=%s", STR_ARG(h->name), STR_ARG(at),
                   h->worked ? "yes" : "no", row->retired_us > 0 ? "yes" : "no");
}

static bool day_good(const struct holiday *h) {
    struct day day;
    enum { LEAP_YEAR = 2028, EASTER_MOST = 200, FIRST = -25567 /* 1900 */, LAST = 84005 /* 2199 */ };
    switch (h->when) {
    case HOLIDAY_ONCE:
        return h->at >= FIRST && h->at <= LAST;
    case HOLIDAY_YEARLY:
        return day_make(LEAP_YEAR, h->at / 100, h->at % 100, &day);
    case HOLIDAY_EASTER:
        return h->at >= -EASTER_MOST && h->at <= EASTER_MOST;
    }
    return false;
}

static bool wish_check(struct cx *cx, const struct holidays_wish *wish) {
    const struct holiday *h = &wish->row.holiday;
    if (h->name.n == 0 || h->name.n > HOLIDAY_NAME_MOST)
        return cx_fail(cx, ERR_INVALID, S("holiday.bad_name"), cx_text(cx, "%d", (int)HOLIDAY_NAME_MOST));
    if (!day_good(h))
        return cx_fail(cx, ERR_INVALID, S("holiday.bad_day"));
    return wish->row.id != 0 || wish->row.token.n > 0 || cx_fail(cx, ERR_INVALID, S("contact.bad_token"));
}

static bool free_of(struct cx *cx, const struct holiday_row *row, size_t n, const struct holiday_row *wanted) {
    for (size_t i = 0; i < n; i++)
        if (row[i].id != wanted->id && row[i].retired_us == 0 && row[i].holiday.when == wanted->holiday.when &&
            row[i].holiday.at == wanted->holiday.at)
            return cx_fail(cx, ERR_INVALID, S("holiday.taken"), row[i].holiday.name);
    return true;
}

static bool add(struct cx *cx, struct db *db, const struct holiday_row *all, size_t n, struct holiday_row row,
                struct str who, int64_t now_us) {
    for (size_t i = 0; i < n; i++)
        if (str_equal(all[i].token, row.token))
            return true; /* sent twice */
    if (n >= HOLIDAYS_MOST)
        return cx_fail(cx, ERR_LIMIT, S("holiday.too_many"), cx_text(cx, "%d", (int)HOLIDAYS_MOST));
    row.id = n > 0 ? all[n - 1].id + 1 : 1;
    row.made_us = now_us;
    return free_of(cx, all, n, &row) && holiday_add(cx, db, &row) &&
           audit_add(cx, db, now_us, who, WHAT, row.holiday.name, (struct str){0}, said(cx, &row));
}

static bool change(struct cx *cx, struct db *db, const struct holiday_row *before, const struct holiday_row *row,
                   struct str who, int64_t now_us) {
    bool changed;
    if (!holiday_change(cx, db, row, &changed))
        return false;
    if (!changed)
        return cx_fail(cx, ERR_CONFLICT, S("holiday.changed"));
    return audit_add(cx, db, now_us, who, WHAT, row->holiday.name, said(cx, before), said(cx, row));
}

static bool put(struct cx *cx, struct db *db, const struct holidays_wish *wish) {
    struct holiday_row *all, row = wish->row;
    size_t n;
    if (!holiday_list(cx, db, &all, &n))
        return false;
    if (row.id == 0)
        return add(cx, db, all, n, row, wish->who, wish->now_us);
    const struct holiday_row *before = row_of(all, n, row.id);
    if (before == NULL)
        return cx_fail(cx, ERR_NOT_FOUND, S("holiday.unknown"));
    row.retired_us = before->retired_us;
    return free_of(cx, all, n, &row) && change(cx, db, before, &row, wish->who, wish->now_us);
}

bool holidays_put(struct cx *cx, struct db *db, const struct holidays_wish *wish) {
    struct holidays_wish tidy = *wish;
    tidy.row.holiday.name = str_trim(wish->row.holiday.name);
    return wish_check(cx, &tidy) && db_write(cx, db) && end(cx, db, put(cx, db, &tidy));
}

static bool retire(struct cx *cx, struct db *db, int64_t id, int64_t version, bool retired, struct str who,
                   int64_t now_us) {
    struct holiday_row *all;
    size_t n;
    if (!holiday_list(cx, db, &all, &n))
        return false;
    const struct holiday_row *before = row_of(all, n, id);
    if (before == NULL)
        return cx_fail(cx, ERR_NOT_FOUND, S("holiday.unknown"));
    if ((before->retired_us > 0) == retired)
        return true; /* sent twice */
    struct holiday_row row = *before;
    row.version = version;
    row.retired_us = retired ? now_us : 0;
    return (retired || free_of(cx, all, n, &row)) && change(cx, db, before, &row, who, now_us);
}

bool holidays_retire(struct cx *cx, struct db *db, int64_t id, int64_t version, bool retired, struct str who,
                     int64_t now_us) {
    return db_write(cx, db) && end(cx, db, retire(cx, db, id, version, retired, who, now_us));
}
