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
    int64_t rep, status, at_risk_on, last_contact, value_12m;
};

struct counting {
    struct volume *volume; /* by label id */
    size_t room;
    struct day from, to;
};

static void count(struct counting *c, const struct volume_customer *who) {
    if (who->rep < 0 || (size_t)who->rep >= c->room)
        return;
    struct volume *v = &c->volume[who->rep];
    bool at_risk = who->status == STATUS_AT_RISK, dated = at_risk && who->at_risk_on != STAT_NONE;
    v->customers++;
    v->at_risk += at_risk;
    v->inactive += who->status == STATUS_INACTIVE;
    v->crossed += dated && who->at_risk_on >= c->from.n && who->at_risk_on <= c->to.n;
    v->quiet += at_risk && (who->last_contact == STAT_NONE || who->last_contact < c->to.n - VOLUME_QUIET_DAYS);
    v->at_risk_cents += at_risk && who->value_12m != STAT_NONE ? who->value_12m : 0;
    v->not_contacted += dated && (who->last_contact == STAT_NONE || who->last_contact < who->at_risk_on);
}

/* Those whose rows are newer than the strips: few. *id: who they are, ascending. */
static bool count_moved(struct cx *cx, struct db *db, struct counting *c, int64_t **id, size_t *n) {
    struct sql_rows *rows;
    bool more = false;
    if (!score_ids(cx, db, SQL_SCORE_MOVED_LIST, id, n))
        return false;
    bool done = sql_open(cx, db, SQL_VOLUME_MOVED, NULL, 0, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more)
        count(c, &(struct volume_customer){.rep = sql_get_int(rows, 0),
                                           .status = sql_get_int(rows, 1),
                                           .at_risk_on = sql_get_int(rows, 2),
                                           .last_contact = sql_get_int(rows, 3),
                                           .value_12m = sql_get_int(rows, 4)});
    sql_close(rows);
    return done;
}

static bool count_strips(struct cx *cx, struct db *db, struct counting *c, const int64_t *moved, size_t moveds) {
    enum { COLUMNS = 6 };
    static const enum score_strip column[COLUMNS] = {STRIP_CUSTOMER, STRIP_REP,          STRIP_STATUS,
                                                     STRIP_AT_RISK,  STRIP_LAST_CONTACT, STRIP_12M};
    struct score_strips strips;
    int64_t *v[COLUMNS];
    uint64_t wanted = 0;
    size_t at = 0;
    for (size_t k = 0; k < COLUMNS; k++) {
        wanted |= UINT64_C(1) << column[k];
        v[k] = arena_new(cx->arena, int64_t, STRIP_ROWS);
    }
    if (!score_strips_load(cx, db, wanted, &strips))
        return false;
    for (size_t part = 0; part < strips.parts; part++) {
        for (size_t k = 0; k < COLUMNS; k++)
            if (!score_strip_read(cx, &strips, column[k], part, v[k]))
                return false;
        for (size_t i = 0, n = score_strips_rows(&strips, part); i < n; i++) {
            while (at < moveds && moved[at] < v[0][i])
                at++;
            if (at == moveds || moved[at] != v[0][i])
                count(c, &(struct volume_customer){v[1][i], v[2][i], v[3][i], v[4][i], v[5][i]});
        }
    }
    return true;
}

static void total_add(struct volume *total, const struct volume *v) {
    total->customers += v->customers;
    total->at_risk += v->at_risk;
    total->inactive += v->inactive;
    total->crossed += v->crossed;
    total->not_contacted += v->not_contacted;
    total->quiet += v->quiet;
    total->at_risk_cents += v->at_risk_cents;
}

static bool count_all(struct cx *cx, struct db *db, struct day crossed_from, struct day as_of, struct volume **out,
                      size_t *n, struct volume *total) {
    struct counting c = {.from = crossed_from, .to = as_of};
    struct label *label;
    size_t labels, moveds;
    int64_t *moved;
    *out = NULL;
    *n = 0;
    *total = (struct volume){0};
    if (!label_list(cx, db, LABEL_REP, &label, &labels))
        return false;
    c.room = 1;
    for (size_t i = 0; i < labels; i++)
        c.room = (size_t)label[i].id >= c.room ? (size_t)label[i].id + 1 : c.room;
    c.volume = arena_new(cx->arena, struct volume, c.room);
    if (!count_moved(cx, db, &c, &moved, &moveds) || !count_strips(cx, db, &c, moved, moveds))
        return false;
    *out = arena_new(cx->arena, struct volume, labels + 1);
    for (size_t i = 0; i <= labels; i++) {
        struct volume v = c.volume[i < labels ? label[i].id : 0];
        v.rep_id = i < labels ? label[i].id : 0;
        v.rep = i < labels ? label[i].code : (struct str){0};
        if (v.customers == 0 || (i < labels && label[i].id == 0))
            continue;
        total_add(total, &v);
        (*out)[(*n)++] = v;
    }
    return true;
}

static const size_t rep_of[] = {offsetof(struct volume, rep)};
static const struct pack_kind volume_kind = {sizeof(struct volume), rep_of, 1};

/* As a list of which the total is the first. */
static struct str written(struct cx *cx, const struct volume *volume, size_t n, const struct volume *total) {
    struct volume *all = arena_new(cx->arena, struct volume, n + 1);
    all[0] = *total;
    for (size_t i = 0; i < n; i++)
        all[i + 1] = volume[i];
    return pack_list(cx->arena, &volume_kind, all, n + 1);
}

bool volume_by_rep(struct cx *cx, struct db *db, struct day crossed_from, struct day as_of, struct volume **out,
                   size_t *n, struct volume *total) {
    struct picture_ask ask;
    struct str kept, key = cx_text(cx, "volume %d %d", (int)crossed_from.n, (int)as_of.n);
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
    if (!count_all(cx, db, crossed_from, as_of, out, n, total))
        return false;
    if (picture_recalls(db))
        picture_keep(db, &ask, written(cx, *out, *n, total));
    return true;
}
