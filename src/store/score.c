// SPDX-License-Identifier: Apache-2.0
/* score -- what a set of derived tables was made for, whether the facts moved since, and its small tables.
 *
 * Writing a whole set is score_write.c, changing rows of it score_row.c, reading all of it score_read.c. Must not
 * decide what a number means. Invariant: score_run has one row, or none: then there is no score.
 */
#include "store/score.h"

#include "base/pack.h"
#include "store/score_strip.h"
#include "store/setting.h"
#include "store/sql.h"

/* A number kept as the text of a setting; no setting is 0. */
static int64_t number_of(struct str s) {
    int64_t v = 0;
    for (size_t i = 0; i < s.n && i < 18 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
        v = v * 10 + (s.p[i] - '0');
    return v;
}

bool score_facts(struct cx *cx, struct db *db, int64_t *out) {
    struct str text;
    bool found;
    if (!setting_find(cx, db, S("facts"), &found, &text))
        return false;
    *out = found ? number_of(text) : 0;
    return true;
}

bool score_facts_moved(struct cx *cx, struct db *db) {
    int64_t facts;
    return score_facts(cx, db, &facts) && setting_put(cx, db, S("facts"), cx_text(cx, "%lld", (long long)facts + 1));
}

static void read_cut(struct sql_rows *rows, int first, struct arena *arena, struct abc_cut *cut, struct str *code) {
    cut->value_cents = sql_get_int(rows, first);
    cut->ties = sql_get_int(rows, first + 1);
    cut->above = sql_get_int(rows, first + 2);
    cut->sum_cents = sql_get_int(rows, first + 3);
    *code = str_copy(arena, sql_get_text(rows, first + 4));
}

static void read_run(struct sql_rows *rows, struct arena *arena, struct score_run *out) {
    out->as_of = sql_get_day(rows, 0);
    out->policy = str_copy(arena, sql_get_text(rows, 1));
    out->facts = sql_get_int(rows, 2);
    out->made_us = sql_get_int(rows, 3);
    out->customers = sql_get_int(rows, 4);
    out->value_12m = sql_get_int(rows, 5);
    out->ranked = sql_get_int(rows, 6);
    read_cut(rows, 7, arena, &out->a, &out->a_code);
    read_cut(rows, 12, arena, &out->b, &out->b_code);
    out->season = sql_get_int(rows, 17) != 0;
    out->model = str_copy(arena, sql_get_text(rows, 18));
    out->alive = str_copy(arena, sql_get_text(rows, 19));
}

static bool read_quintiles(struct cx *cx, struct db *db, struct score_run *out) {
    struct rfm_cuts *const axis[] = {[SCORE_R] = &out->r, [SCORE_F] = &out->f, [SCORE_M] = &out->m};
    struct sql_rows *rows;
    if (!sql_open(cx, db, SQL_SCORE_CUT_LIST, NULL, 0, &rows))
        return false;
    bool more, good;
    while ((good = sql_next(cx, rows, &more)) && more) {
        int64_t which = sql_get_int(rows, 0), cut = sql_get_int(rows, 1);
        if (which < SCORE_R || which > SCORE_M || cut < 0 || cut >= RFM_CUTS)
            continue;
        axis[which]->from[cut] = sql_get_int(rows, 2);
        axis[which]->less[cut] = sql_get_int(rows, 3);
        axis[which]->n = sql_get_int(rows, 4);
    }
    sql_close(rows);
    return good;
}

bool score_run_find(struct cx *cx, struct db *db, bool *found, struct score_run *out) {
    *out = (struct score_run){.as_of = DAY_NONE};
    struct sql_rows *rows;
    if (!sql_open(cx, db, SQL_SCORE_RUN_FIND, NULL, 0, &rows))
        return false;
    bool good = sql_next(cx, rows, found);
    if (good && *found)
        read_run(rows, cx->arena, out);
    sql_close(rows);
    return good && (!*found || read_quintiles(cx, db, out));
}

static const size_t run_texts[] = {offsetof(struct score_run, policy), offsetof(struct score_run, a_code),
                                   offsetof(struct score_run, b_code), offsetof(struct score_run, alive),
                                   offsetof(struct score_run, model)};
enum { RUN_TEXTS = sizeof run_texts / sizeof *run_texts };

struct str score_run_pack(struct arena *arena, const struct score_run *run) {
    return pack_list(arena, &(struct pack_kind){sizeof *run, run_texts, RUN_TEXTS}, run, 1);
}

bool score_run_take(struct str from, struct score_run *out) {
    return pack_take(&from, out, sizeof *out, run_texts, RUN_TEXTS);
}

static bool put_quintiles(struct cx *cx, struct db *db, enum score_axis axis, const struct rfm_cuts *cuts) {
    for (int i = 0; i < RFM_CUTS; i++) {
        if (!SQL_RUN(cx, db, SQL_SCORE_CUT_PUT, sql_int((int64_t)axis), sql_int(i), sql_int(cuts->from[i]),
                     sql_int(cuts->less[i]), sql_int(cuts->n)))
            return false;
    }
    return true;
}

bool score_run_put(struct cx *cx, struct db *db, const struct score_run *run) {
    return sql_run(cx, db, SQL_SCORE_RUN_CLEAR, NULL, 0, NULL) &&
           SQL_RUN(cx, db, SQL_SCORE_RUN_ADD, sql_int(run->as_of.n), sql_text(run->policy), sql_int(run->facts),
                   sql_int(run->made_us), sql_int(run->customers), sql_int(run->value_12m), sql_int(run->ranked),
                   sql_int(run->a.value_cents), sql_int(run->a.ties), sql_int(run->a.above), sql_int(run->a.sum_cents),
                   sql_text(run->a_code), sql_int(run->b.value_cents), sql_int(run->b.ties), sql_int(run->b.above),
                   sql_int(run->b.sum_cents), sql_text(run->b_code), sql_int(run->season), sql_text(run->model),
                   sql_text(run->alive)) &&
           put_quintiles(cx, db, SCORE_R, &run->r) && put_quintiles(cx, db, SCORE_F, &run->f) &&
           put_quintiles(cx, db, SCORE_M, &run->m) && score_strips_renew(cx, db);
}

bool score_prior_list(struct cx *cx, struct db *db, struct score_prior **out, size_t *n) {
    size_t room = 64;
    *out = arena_new(cx->arena, struct score_prior, room);
    *n = 0;
    struct sql_rows *rows;
    if (!sql_open(cx, db, SQL_PRIOR_LIST, NULL, 0, &rows))
        return false;
    bool more, good;
    while ((good = sql_next(cx, rows, &more)) && more) {
        if (*n == room) {
            *out = arena_grow(cx->arena, *out, *n, room * 2, sizeof **out);
            room *= 2;
        }
        (*out)[(*n)++] = (struct score_prior){.segment_id = sql_get_int(rows, 0),
                                              .month = (int32_t)sql_get_int(rows, 1),
                                              .cell = {.gaps = sql_get_int(rows, 2),
                                                       .below = sql_get_int(rows, 3),
                                                       .at = sql_get_int(rows, 4),
                                                       .median_days = (int32_t)sql_get_int(rows, 5)}};
    }
    sql_close(rows);
    return good;
}

bool score_prior_put(struct cx *cx, struct db *db, const struct score_prior *prior) {
    return SQL_RUN(cx, db, SQL_PRIOR_PUT, sql_int(prior->segment_id), sql_int(prior->month), sql_int(prior->cell.gaps),
                   sql_int(prior->cell.below), sql_int(prior->cell.at), sql_int(prior->cell.median_days));
}

bool score_waited_list(struct cx *cx, struct db *db, int64_t segment_id, struct score_waited **out, size_t *n) {
    *out = arena_new(cx->arena, struct score_waited, WAITED_TENTHS);
    *n = 0;
    struct sql_rows *rows;
    if (!sql_open(cx, db, SQL_WAITED_LIST, (const struct sql_value[]){sql_int(segment_id)}, 1, &rows))
        return false;
    bool more, good;
    while ((good = sql_next(cx, rows, &more)) && more && *n < WAITED_TENTHS)
        (*out)[(*n)++] = (struct score_waited){
            .segment_id = sql_get_int(rows, 0), .tenths = (int32_t)sql_get_int(rows, 1), .times = sql_get_int(rows, 2)};
    sql_close(rows);
    return good;
}

bool score_waited_add(struct cx *cx, struct db *db, const struct score_waited *delta) {
    return SQL_RUN(cx, db, SQL_WAITED_CHANGE, sql_int(delta->segment_id), sql_int(delta->tenths),
                   sql_int(delta->times));
}

/* Two numbers a row, grown in the arena: customers and days, days and sums. */
struct pair {
    int64_t a, b;
};
static bool pairs(struct cx *cx, struct db *db, enum sql_id id, struct pair **out, size_t *n) {
    size_t room = 256;
    *out = arena_new(cx->arena, struct pair, room);
    *n = 0;
    struct sql_rows *rows;
    if (!sql_open(cx, db, id, NULL, 0, &rows))
        return false;
    bool more, good;
    while ((good = sql_next(cx, rows, &more)) && more) {
        if (*n == room) {
            *out = arena_grow(cx->arena, *out, *n, room * 2, sizeof **out);
            room *= 2;
        }
        (*out)[(*n)++] = (struct pair){sql_get_int(rows, 0), sql_get_int(rows, 1)};
    }
    sql_close(rows);
    return good;
}

bool score_dirty_list(struct cx *cx, struct db *db, struct score_dirty **out, size_t *n) {
    struct pair *pair;
    if (!pairs(cx, db, SQL_DIRTY_LIST, &pair, n))
        return false;
    *out = arena_new(cx->arena, struct score_dirty, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct score_dirty){pair[i].a, {(int32_t)pair[i].b}};
    return true;
}

bool score_season_list(struct cx *cx, struct db *db, struct score_season **out, size_t *n) {
    struct pair *pair;
    if (!pairs(cx, db, SQL_SEASON_LIST, &pair, n))
        return false;
    *out = arena_new(cx->arena, struct score_season, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct score_season){{(int32_t)pair[i].a}, pair[i].b};
    return true;
}

bool score_status_count(struct cx *cx, struct db *db, int64_t out[STATUS_COUNT]) {
    struct pair *pair;
    size_t n;
    if (!pairs(cx, db, SQL_SCORE_STATUS_COUNT, &pair, &n))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (pair[i].a >= 0 && pair[i].a < STATUS_COUNT)
            out[pair[i].a] = pair[i].b;
    }
    return true;
}

static bool one_day(struct cx *cx, struct db *db, enum sql_id id, struct day *out) {
    struct sql_rows *rows;
    bool more = false;
    *out = DAY_NONE;
    bool good = sql_open(cx, db, id, NULL, 0, &rows) && sql_next(cx, rows, &more);
    if (good && more)
        *out = sql_get_day(rows, 0);
    sql_close(rows);
    return good;
}

bool score_first_day(struct cx *cx, struct db *db, struct day *out) {
    return one_day(cx, db, SQL_SCORE_FIRST_DAY, out);
}

bool score_newest_day(struct cx *cx, struct db *db, struct day *out) {
    return one_day(cx, db, SQL_SCORE_LAST_DAY, out);
}

bool score_dirty_clear(struct cx *cx, struct db *db) {
    return sql_run(cx, db, SQL_DIRTY_CLEAR, NULL, 0, NULL);
}
