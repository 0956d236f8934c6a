// SPDX-License-Identifier: Apache-2.0
/* transfers -- see the header. Which customers is found first, in a picture of its own, as in bulk.c: making a score in sight needs
 * that.
 */
#include "app/transfers.h"

#include "app/import.h"
#include "app/score.h"
#include "store/import.h"
#include "store/label.h"
#include "store/setting.h"

enum { YEAR = 366 };

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

static bool wish_check(struct cx *cx, const struct transfers_wish *wish) {
    if (str_trim(wish->rep).n == 0)
        return cx_fail(cx, ERR_INVALID, S("transfer.no_rep_given"));
    if (!day_is(wish->day) || wish->day.n < wish->today.n || wish->day.n > wish->today.n + TRANSFERS_YEARS_MOST * YEAR)
        return cx_fail(cx, ERR_INVALID, S("transfer.bad_day"));
    return wish->reason.n <= TRANSFERS_REASON_MOST ||
           cx_fail(cx, ERR_INVALID, S("transfer.bad_reason"), cx_text(cx, "%d", (int)TRANSFERS_REASON_MOST));
}

static bool rep_find(struct cx *cx, struct db *db, const struct transfers_wish *wish, int64_t *out) {
    struct str code = str_trim(wish->rep);
    if (!label_find(cx, db, LABEL_REP, code, out))
        return false;
    if (*out > 0)
        return true;
    return wish->new_rep ? label_of(cx, db, LABEL_REP, code, out)
                         : cx_fail(cx, ERR_INVALID, S("transfer.no_rep"), code);
}

/* ---- doing it ---- */

static struct str day_text(struct cx *cx, struct day day) {
    char text[DAY_TEXT];
    return str_copy(cx->arena, (struct str){text, day_iso(day, text)});
}

static struct str shown(struct cx *cx, const struct transfer *t) {
    return cx_text(cx, "to=%.*s day=%.*s customers=%lld moved=%lld reason=%.*s", STR_ARG(t->rep),
                   STR_ARG(day_text(cx, t->day)), (long long)t->customers, (long long)t->moved, STR_ARG(t->reason));
}

/* An import of its own, so that it has its place among files and can be taken back as they can. */
static bool carry_out(struct cx *cx, struct db *db, int64_t id, int64_t now_us, int64_t *changed) {
    struct transfer t;
    struct import_run run = {.kind = IMPORT_TRANSFER,
                             .started_us = now_us,
                             .finished_us = now_us,
                             .first_day = DAY_NONE,
                             .last_day = DAY_NONE};
    if (!transfers_one(cx, db, id, &t))
        return false;
    run.files = cx_text(cx, "%lld: %.*s", (long long)id, STR_ARG(t.rep));
    if (!import_begin(cx, db, IMPORT_TRANSFER, run.files, now_us, &run.id) ||
        !transfer_do(cx, db, &t, run.id, now_us, changed))
        return false;
    run.counts.rows = t.customers;
    run.counts.changed = *changed;
    run.counts.unchanged = t.customers - *changed;
    return import_finish(cx, db, &run) && score_facts_moved(cx, db);
}

static bool audited(struct cx *cx, struct db *db, int64_t id, struct str what, struct str who, int64_t now_us) {
    struct transfer t;
    return transfers_one(cx, db, id, &t) &&
           audit_add(cx, db, now_us, who, what, cx_text(cx, "%lld: %.*s", (long long)id, STR_ARG(t.said)),
                     (struct str){0}, shown(cx, &t));
}

bool transfers_within(struct cx *cx, struct db *db, const struct transfers_wish *wish, const int64_t *id, size_t n,
                      struct transfer *out, int64_t *changed) {
    const struct bulk_wish *of = wish->of;
    struct transfer t = {.day = wish->day,
                         .along = wish->along,
                         .reason = str_trim(wish->reason),
                         .said = of->said,
                         .who = of->who,
                         .made_us = of->now_us,
                         .token = wish->token};
    bool again = false;
    *out = (struct transfer){0};
    *changed = 0;
    if (!wish_check(cx, wish) || !rep_find(cx, db, wish, &t.rep_id) ||
        !transfer_add(cx, db, &t, id, n, &t.id, &again, &t.customers))
        return false;
    if (t.customers == 0)
        return true;
    if (!again && wish->day.n <= wish->today.n && !carry_out(cx, db, t.id, of->now_us, changed))
        return false;
    return (again || audited(cx, db, t.id, S("transfer"), of->who, of->now_us)) && transfers_one(cx, db, t.id, out);
}

bool transfers_make(struct cx *cx, struct db *db, const struct transfers_wish *wish, struct transfer *out) {
    int64_t *id, changed;
    size_t n;
    *out = (struct transfer){0};
    if (!bulk_ids(cx, db, wish->of, &id, &n) || !db_write(cx, db))
        return false;
    bool done = transfers_within(cx, db, wish, id, n, out, &changed);
    if (done && out->id == 0) { /* nothing to keep */
        db_rollback(db);
        return true;
    }
    return end(cx, db, done);
}

bool transfers_look(struct cx *cx, struct db *db, const struct bulk_wish *of, struct transfers_preview *out) {
    const struct score_need need = {.as_of = of->request->as_of};
    struct list_filter filter = list_filter_any();
    struct score_run run;
    *out = (struct transfers_preview){0};
    filter.picked = true;
    int64_t *id;
    if (!bulk_ids(cx, db, of, &id, &filter.ids))
        return false;
    filter.id = id;
    bool done = score_for(cx, db, &need, NULL, &run) && list_total(cx, db, &run, &filter, &out->all) &&
                transfer_ties(cx, db, id, filter.ids, of->now_us, &out->ties);
    for (int i = 0; done && i < STATUS_COUNT; i++) {
        filter.statuses = 1u << i;
        done = list_total(cx, db, &run, &filter, &out->status[i]);
    }
    db_rollback(db);
    return done;
}

/* ---- later ---- */

static bool due_find(struct cx *cx, struct db *db, struct day today, int64_t **id, size_t *n) {
    bool done = db_read(cx, db) && transfer_due(cx, db, today, id, n);
    db_rollback(db);
    return done;
}

/* Looked for again now that nobody else writes: another may have been first. */
static bool due_do(struct cx *cx, struct db *db, struct day today, int64_t now_us, size_t *done) {
    int64_t *id, changed;
    size_t n;
    if (!transfer_due(cx, db, today, &id, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!carry_out(cx, db, id[i], now_us, &changed) ||
            !audited(cx, db, id[i], S("transfer_done"), S("reativa"), now_us))
            return false;
    *done = n;
    return true;
}

bool transfers_due(struct cx *cx, struct db *db, struct day today, int64_t now_us, size_t *done) {
    int64_t *id;
    size_t n;
    *done = 0;
    if (!due_find(cx, db, today, &id, &n))
        return false;
    return n == 0 || (db_write(cx, db) && end(cx, db, due_do(cx, db, today, now_us, done)));
}

static bool off(struct cx *cx, struct db *db, int64_t id, struct str who, int64_t now_us) {
    struct transfer t;
    bool changed;
    if (!transfers_one(cx, db, id, &t) || !transfer_off(cx, db, id, who, now_us, &changed))
        return false;
    return changed ? audited(cx, db, id, S("transfer_off"), who, now_us)
                   : cx_fail(cx, ERR_CONFLICT, S("transfer.not_waiting"));
}

bool transfers_off(struct cx *cx, struct db *db, int64_t id, struct str who, int64_t now_us) {
    return db_write(cx, db) && end(cx, db, off(cx, db, id, who, now_us));
}

bool transfers_undo(struct cx *cx, struct db *db, int64_t id, struct str who, int64_t now_us) {
    struct transfer t;
    if (!transfers_one(cx, db, id, &t))
        return false;
    return t.state == TRANSFER_DONE ? import_take_back(cx, db, t.import_id, who, now_us)
                                    : cx_fail(cx, ERR_CONFLICT, S("transfer.not_done"));
}

/* ---- looking ---- */

bool transfers_one(struct cx *cx, struct db *db, int64_t id, struct transfer *out) {
    bool found;
    if (!transfer_find(cx, db, id, &found, out))
        return false;
    return found || cx_fail(cx, ERR_NOT_FOUND, S("transfer.unknown"));
}

bool transfers_list(struct cx *cx, struct db *db, int64_t rep_id, struct transfer **out, size_t *n) {
    return transfer_list(cx, db, rep_id, out, n);
}

bool transfers_members(struct cx *cx, struct db *db, int64_t id, struct str after, int64_t most,
                       struct transfer_member **out, size_t *n) {
    return transfer_members(cx, db, id, after, most, out, n);
}
