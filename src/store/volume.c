// SPDX-License-Identifier: Apache-2.0
/* volume -- see volume.h. Invariant: a customer counts once, by the strips or, where its row is newer, by its row.
 */
#include "store/volume.h"

#include <stdlib.h>

#include "base/pack.h"
#include "stats/stat.h"
#include "store/label.h"
#include "store/picture.h"
#include "store/score_strip.h"

/* What is looked at of one customer. */
struct volume_customer {
    int64_t rep, status, at_risk_on, last_contact, value_12m, label; /* label: of the kind that is counted by */
};

/* Days since somebody last talked to one of a group. */
struct volume_waited {
    int32_t group, days;
};

struct counting {
    struct volume *volume; /* by label id */
    size_t room;
    int64_t only_rep; /* label id; -1: everybody's */
    struct day from, to;
    struct volume_waited *waited;
    size_t waits;
};

static void count_contact(struct counting *c, struct volume *v, const struct volume_customer *who) {
    if (who->status == STATUS_PROSPECT || who->status == STATUS_CLOSED)
        return;
    if (who->last_contact == STAT_NONE) {
        v->never++;
        return;
    }
    int64_t days = c->to.n - who->last_contact;
    v->recent += days <= VOLUME_RECENT_DAYS;
    c->waited[c->waits++] = (struct volume_waited){(int32_t)who->label, days > 0 ? (int32_t)days : 0};
}

static void count(struct counting *c, const struct volume_customer *who) {
    if (who->label < 0 || (size_t)who->label >= c->room || who->status < 0 || who->status >= STATUS_COUNT ||
        (c->only_rep >= 0 && who->rep != c->only_rep))
        return;
    struct volume *v = &c->volume[who->label];
    bool at_risk = who->status == STATUS_AT_RISK, dated = at_risk && who->at_risk_on != STAT_NONE;
    v->customers++;
    v->status[who->status]++;
    v->at_risk += at_risk;
    v->inactive += who->status == STATUS_INACTIVE;
    v->crossed += dated && who->at_risk_on >= c->from.n && who->at_risk_on <= c->to.n;
    v->quiet += at_risk && (who->last_contact == STAT_NONE || who->last_contact < c->to.n - VOLUME_QUIET_DAYS);
    v->at_risk_cents += at_risk && who->value_12m != STAT_NONE ? who->value_12m : 0;
    v->not_contacted += dated && (who->last_contact == STAT_NONE || who->last_contact < who->at_risk_on);
    count_contact(c, v, who);
}

static const enum score_strip label_strip[LABEL_KIND_END] = {[LABEL_COMPANY] = STRIP_COMPANY,
                                                             [LABEL_REP] = STRIP_REP,
                                                             [LABEL_SEGMENT] = STRIP_SEGMENT,
                                                             [LABEL_REGION] = STRIP_REGION,
                                                             [LABEL_CITY] = STRIP_CITY};

/* Those whose rows are newer than the strips: few, and some are gone. */
static bool count_moved(struct cx *cx, struct db *db, struct counting *c, enum label_kind by) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_VOLUME_MOVED, NULL, 0, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more)
        count(c, &(struct volume_customer){.rep = sql_get_int(rows, 0),
                                           .status = sql_get_int(rows, 1),
                                           .at_risk_on = sql_get_int(rows, 2),
                                           .last_contact = sql_get_int(rows, 3),
                                           .value_12m = sql_get_int(rows, 4),
                                           .label = sql_get_int(rows, 5 + (int)by - LABEL_COMPANY)});
    sql_close(rows);
    return done;
}

static bool count_strips(struct cx *cx, struct counting *c, const struct score_strips *strips, enum label_kind by,
                         const int64_t *moved, size_t moveds) {
    enum { COLUMNS = 7 };
    const enum score_strip column[COLUMNS] = {STRIP_CUSTOMER,     STRIP_REP, STRIP_STATUS,   STRIP_AT_RISK,
                                              STRIP_LAST_CONTACT, STRIP_12M, label_strip[by]};
    int64_t *v[COLUMNS];
    size_t at = 0;
    for (size_t k = 0; k < COLUMNS; k++)
        v[k] = arena_new(cx->arena, int64_t, STRIP_ROWS);
    for (size_t part = 0; part < strips->parts; part++) {
        for (size_t k = 0; k < COLUMNS; k++)
            if (!score_strip_read(cx, strips, column[k], part, v[k]))
                return false;
        for (size_t i = 0, n = score_strips_rows(strips, part); i < n; i++) {
            while (at < moveds && moved[at] < v[0][i])
                at++;
            if (at == moveds || moved[at] != v[0][i])
                count(c, &(struct volume_customer){v[1][i], v[2][i], v[3][i], v[4][i], v[5][i], v[6][i]});
        }
    }
    return true;
}

static void total_add(struct volume *total, const struct volume *v) {
    total->customers += v->customers;
    for (int i = 0; i < STATUS_COUNT; i++)
        total->status[i] += v->status[i];
    total->at_risk += v->at_risk;
    total->inactive += v->inactive;
    total->crossed += v->crossed;
    total->not_contacted += v->not_contacted;
    total->quiet += v->quiet;
    total->at_risk_cents += v->at_risk_cents;
    total->never += v->never;
    total->recent += v->recent;
}

/* The one in the middle and the last of some days, found by counting: a day is a small number. seen: of each day, all 0. */
static void days_of(const int32_t *day, size_t n, int64_t *seen, struct volume *v) {
    int32_t last = 0;
    size_t before = 0, low = (n - 1) / 2, high = n / 2;
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        seen[day[i]]++;
        last = day[i] > last ? day[i] : last;
    }
    for (int32_t d = 0; d <= last; d++) {
        size_t upto = before + (size_t)seen[d];
        sum += (low >= before && low < upto ? d : 0) + (high >= before && high < upto ? d : 0);
        before = upto;
        seen[d] = 0;
    }
    v->middle_days = sum / 2;
    v->longest_days = last;
}

static void days_fill(struct cx *cx, struct counting *c, struct volume *total) {
    size_t *from = arena_new(cx->arena, size_t, c->room + 2);
    int32_t *day = arena_new(cx->arena, int32_t, c->waits + 1), last = 0;
    for (size_t i = 0; i < c->waits; i++) {
        from[c->waited[i].group + 2]++;
        last = c->waited[i].days > last ? c->waited[i].days : last;
    }
    int64_t *seen = arena_new(cx->arena, int64_t, (size_t)last + 1);
    for (size_t g = 2; g < c->room + 2; g++)
        from[g] += from[g - 1];
    for (size_t i = 0; i < c->waits; i++)
        day[from[c->waited[i].group + 1]++] = c->waited[i].days;
    total->middle_days = total->longest_days = STAT_NONE;
    if (c->waits > 0)
        days_of(day, c->waits, seen, total);
    for (size_t g = 0; g < c->room; g++) {
        c->volume[g].middle_days = c->volume[g].longest_days = STAT_NONE;
        if (from[g + 1] > from[g])
            days_of(day + from[g], from[g + 1] - from[g], seen, &c->volume[g]);
    }
}

static bool count_all(struct cx *cx, struct db *db, struct counting *c, enum label_kind by, struct volume **out,
                      size_t *n, struct volume *total) {
    struct label *label;
    struct score_strips strips;
    size_t labels, moveds;
    int64_t *moved;
    uint64_t wanted = UINT64_C(1) << STRIP_REP | UINT64_C(1) << STRIP_STATUS | UINT64_C(1) << STRIP_AT_RISK |
                      UINT64_C(1) << STRIP_LAST_CONTACT | UINT64_C(1) << STRIP_12M | UINT64_C(1) << label_strip[by];
    *n = 0;
    *total = (struct volume){0};
    if (!label_list(cx, db, by, &label, &labels) || !score_strips_load(cx, db, wanted, &strips) ||
        !score_ids(cx, db, SQL_SCORE_MOVED_LIST, &moved, &moveds))
        return false;
    c->room = 1;
    for (size_t i = 0; i < labels; i++)
        c->room = (size_t)label[i].id >= c->room ? (size_t)label[i].id + 1 : c->room;
    c->volume = arena_new(cx->arena, struct volume, c->room);
    c->waited = arena_new(cx->arena, struct volume_waited, strips.customers + moveds + 1);
    if (!count_moved(cx, db, c, by) || !count_strips(cx, c, &strips, by, moved, moveds))
        return false;
    days_fill(cx, c, total);
    *out = arena_new(cx->arena, struct volume, labels + 1);
    for (size_t i = 0; i <= labels; i++) {
        struct volume v = c->volume[i < labels ? label[i].id : 0];
        v.id = i < labels ? label[i].id : 0;
        v.code = i < labels ? label[i].code : (struct str){0};
        if (v.customers == 0 || (i < labels && label[i].id == 0))
            continue;
        total_add(total, &v);
        (*out)[(*n)++] = v;
    }
    return true;
}

static const size_t code_of[] = {offsetof(struct volume, code)};
static const struct pack_kind volume_kind = {sizeof(struct volume), code_of, 1};

/* As a list of which the total is the first. */
static struct str written(struct cx *cx, const struct volume *volume, size_t n, const struct volume *total) {
    struct volume *all = arena_new(cx->arena, struct volume, n + 1);
    all[0] = *total;
    for (size_t i = 0; i < n; i++)
        all[i + 1] = volume[i];
    return pack_list(cx->arena, &volume_kind, all, n + 1);
}

static bool volume_look(struct cx *cx, struct db *db, struct counting *c, enum label_kind by, struct volume **out,
                        size_t *n, struct volume *total) {
    struct picture_ask ask;
    struct str kept,
        key = cx_text(cx, "volume %d %lld %d %d", (int)by, (long long)c->only_rep, (int)c->from.n, (int)c->to.n);
    bool found;
    size_t all;
    if (!picture_find(cx, db, key, &ask, &found, &kept))
        return false;
    struct volume *back = found ? pack_list_take(cx->arena, &volume_kind, kept, &all) : NULL;
    if (back != NULL && all > 0) {
        *total = back[0];
        *out = back + 1;
        *n = all - 1;
        return true;
    }
    if (!count_all(cx, db, c, by, out, n, total))
        return false;
    if (picture_recalls(db))
        picture_keep(db, &ask, written(cx, *out, *n, total));
    return true;
}

bool volume_by_rep(struct cx *cx, struct db *db, struct day crossed_from, struct day as_of, struct volume **out,
                   size_t *n, struct volume *total) {
    struct counting c = {.only_rep = -1, .from = crossed_from, .to = as_of};
    return volume_look(cx, db, &c, LABEL_REP, out, n, total);
}

bool volume_of_rep(struct cx *cx, struct db *db, int64_t rep_id, enum label_kind by, struct day crossed_from,
                   struct day as_of, struct volume **out, size_t *n, struct volume *total) {
    struct counting c = {.only_rep = rep_id, .from = crossed_from, .to = as_of};
    return volume_look(cx, db, &c, by, out, n, total);
}
