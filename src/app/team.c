// SPDX-License-Identifier: Apache-2.0
/* team -- see the header. Must not look at customers one by one: portfolios are counted from packed columns, contacts and who came back
 * by their days.
 */
#include "app/team.h"

#include <stdlib.h>
#include <string.h>

#include "app/list.h"
#include "app/score.h"

enum { WEEK = 7 };

#define OF(member) offsetof(struct team_row, member)
#define OF_STATUS(which) (OF(volume.status) + (size_t)(which) * sizeof(int64_t))

const struct team_column team_columns[] = {
    {"rep", "column.rep", GRID_TEXT, 0},
    {"people", "team.people", GRID_TEXT, 0},
    {"customers", "team.customers", GRID_WHOLE, OF(volume.customers)},
    {"new", "status.new", GRID_WHOLE, OF_STATUS(STATUS_NEW)},
    {"active", "status.active", GRID_WHOLE, OF_STATUS(STATUS_ACTIVE)},
    {"at_risk", "status.at_risk", GRID_WHOLE, OF_STATUS(STATUS_AT_RISK)},
    {"inactive", "status.inactive", GRID_WHOLE, OF_STATUS(STATUS_INACTIVE)},
    {"lost", "status.lost", GRID_WHOLE, OF_STATUS(STATUS_LOST)},
    {"closed", "status.closed", GRID_WHOLE, OF_STATUS(STATUS_CLOSED)},
    {"prospect", "status.prospect", GRID_WHOLE, OF_STATUS(STATUS_PROSPECT)},
    {"value_at_risk", "team.value_at_risk", GRID_MONEY, OF(volume.at_risk_cents)},
    {"crossed_7d", "team.crossed", GRID_WHOLE, OF(volume.crossed)},
    {"contacted_since", "team.contacted", GRID_WHOLE, OF(contacted)},
    {"not_contacted_since", "team.not_contacted", GRID_WHOLE, OF(volume.not_contacted)},
    {"not_contacted_14d", "team.quiet", GRID_WHOLE, OF(volume.quiet)},
    {"days_since_contact_median", "team.middle", GRID_WHOLE, OF(volume.middle_days)},
    {"days_since_contact_longest", "team.longest", GRID_WHOLE, OF(volume.longest_days)},
    {"never_contacted", "team.never", GRID_WHOLE, OF(volume.never)},
    {"contacts_30d", "team.contacts", GRID_WHOLE, OF(contacts)},
    {"recovered_month", "team.recovered", GRID_WHOLE, OF(recovered)},
    {"last_sign_in", "team.seen", GRID_DAY, 0},
};
const size_t team_columns_n = sizeof team_columns / sizeof *team_columns;

const struct team_column *team_column(struct str name) {
    for (size_t i = 0; i < team_columns_n; i++)
        if (str_equal(name, str_from(team_columns[i].name)))
            return &team_columns[i];
    return NULL;
}

int64_t team_number(const struct team_row *row, const struct team_column *column) {
    int64_t number;
    if (column->type == GRID_DAY)
        return day_is(row->seen_on) ? row->seen_on.n : STAT_NONE;
    memcpy(&number, (const char *)row + column->number, sizeof number);
    return number;
}

void team_total(const struct team_row *const *row, size_t n, struct team_row *out) {
    *out = (struct team_row){.seen_on = DAY_NONE};
    for (size_t k = 0; k < team_columns_n; k++) {
        const struct team_column *column = &team_columns[k];
        bool middle = column->number == OF(volume.middle_days), longest = column->number == OF(volume.longest_days);
        int64_t sum = middle || longest ? STAT_NONE : 0;
        if (column->number == 0)
            continue;
        for (size_t i = 0; i < n && !middle; i++) {
            int64_t number = team_number(row[i], column);
            sum = !longest ? sum + number : number > sum ? number : sum;
        }
        memcpy((char *)out + column->number, &sum, sizeof sum);
    }
}

/* ---- the rows ---- */

struct gathering {
    struct team *team;
    int64_t only_rep; /* label id; -1: all */
    size_t room;
    size_t *place; /* by label id: which row, from 1; 0: none yet */
    size_t places;
};

static struct team_row *row_find(const struct gathering *g, int64_t rep_id) {
    size_t at = rep_id >= 0 && (size_t)rep_id < g->places ? g->place[rep_id] : 0;
    return at > 0 ? &g->team->row[at - 1] : NULL;
}

static struct team_row *row_of(struct cx *cx, struct gathering *g, int64_t rep_id, struct str code) {
    struct team *team = g->team;
    if (row_find(g, rep_id) != NULL)
        return row_find(g, rep_id);
    if ((size_t)rep_id >= g->places) {
        size_t places = 2 * (size_t)rep_id + 64;
        g->place = arena_grow(cx->arena, g->place, g->places, places, sizeof *g->place);
        memset(g->place + g->places, 0, (places - g->places) * sizeof *g->place);
        g->places = places;
    }
    if (team->n == g->room) {
        size_t room = g->room > 0 ? 2 * g->room : 32;
        team->row = arena_grow(cx->arena, team->row, g->room, room, sizeof *team->row);
        g->room = room;
    }
    team->row[team->n] =
        (struct team_row){.volume = {.id = rep_id, .code = code, .middle_days = STAT_NONE, .longest_days = STAT_NONE},
                          .seen_on = DAY_NONE};
    g->place[rep_id] = team->n + 1;
    return &team->row[team->n++];
}

static bool sums_take(struct cx *cx, void *owner, const struct team_sums *sums) {
    struct gathering *g = owner;
    (void)cx;
    struct team_row *row = row_find(g, sums->rep_id); /* who counts here has a customer, so the row is there */
    if (row != NULL) {
        row->recovered += sums->recovered;
        row->contacts += sums->contacts;
    }
    return true;
}

static void people_take(struct cx *cx, struct gathering *g) {
    struct team *team = g->team;
    size_t kept = 0;
    for (size_t i = 0; i < team->persons; i++) {
        const struct team_person *p = &team->person[i];
        if (g->only_rep >= 0 && p->rep_id != g->only_rep)
            continue;
        team->person[kept++] = *p;
        if (p->retired)
            continue;
        struct team_row *row = row_of(cx, g, p->rep_id, p->rep);
        struct str name = p->name.n > 0 ? p->name : p->login;
        row->people = row->people.n > 0 ? cx_text(cx, "%.*s, %.*s", STR_ARG(row->people), STR_ARG(name)) : name;
        row->seen_us = p->seen_us > row->seen_us ? p->seen_us : row->seen_us;
    }
    team->persons = kept;
}

static int by_code(const void *a, const void *b) {
    const struct team_row *x = a, *y = b;
    if ((x->volume.id == 0) != (y->volume.id == 0))
        return x->volume.id == 0 ? 1 : -1;
    return str_compare(x->volume.code, y->volume.code);
}

static struct team team_begin(struct day as_of) {
    return (struct team){.as_of = as_of,
                         .week_from = {as_of.n - WEEK + 1},
                         .month_from = month_first(month_of(as_of)),
                         .contacts_from = {as_of.n - VOLUME_RECENT_DAYS + 1}};
}

/* Within score_for's transaction. */
static bool gather(struct cx *cx, struct db *db, struct gathering *g) {
    struct team *team = g->team;
    struct volume *volume, total;
    size_t volumes;
    if (!volume_by_rep(cx, db, team->week_from, team->as_of, &volume, &volumes, &total))
        return false;
    for (size_t i = 0; i < volumes; i++)
        if (g->only_rep < 0 || volume[i].id == g->only_rep) {
            struct team_row *row = row_of(cx, g, volume[i].id, volume[i].code);
            row->volume = volume[i];
            row->contacted = volume[i].at_risk - volume[i].not_contacted;
        }
    if (!team_sums_each(cx, db, team->month_from, team->contacts_from, team->as_of, sums_take, g) ||
        !team_people(cx, db, team->contacts_from, team->as_of, &team->person, &team->persons))
        return false;
    people_take(cx, g);
    const struct team_row **all = arena_new(cx->arena, const struct team_row *, team->n + 1);
    for (size_t i = 0; i < team->n; i++)
        all[i] = &team->row[i];
    team_total(all, team->n, &team->total);
    team->total.volume.middle_days = g->only_rep < 0 ? total.middle_days : STAT_NONE;
    if (team->n > 0)
        qsort(team->row, team->n, sizeof *team->row, by_code);
    return true;
}

bool team_look(struct cx *cx, struct db *db, struct day as_of, struct team *out) {
    const struct score_need need = {.as_of = as_of};
    struct gathering g = {.team = out, .only_rep = -1};
    struct score_run run;
    *out = team_begin(as_of);
    bool done = score_for(cx, db, &need, NULL, &run) && gather(cx, db, &g);
    db_rollback(db);
    return done;
}

/* ---- one of them ---- */

static bool pass_by(struct cx *cx, void *owner, const struct customer *customer) {
    (void)cx;
    (void)owner;
    (void)customer;
    return true;
}

static bool classes_fill(struct cx *cx, struct db *db, const struct score_run *run, struct str code,
                         struct team_one *out) {
    static const char *const name[TEAM_CLASSES] = {"a", "b", "c", "none"};
    for (int i = 0; i < TEAM_CLASSES; i++) {
        struct list_filter filter = list_filter_any();
        filter.rep = (struct list_codes){.code = {code}, .n = 1};
        filter.abc = 1u << i;
        out->class[i].name = name[i];
        out->class[i].letter = "ABC"[i];
        /* A page of one, since pages are remembered. */
        if (!list_page(cx, db, run, &filter, (struct list_order){COLUMN_CODE, false}, &(struct list_from){0}, 1,
                       pass_by, NULL, &out->class[i].totals))
            return false;
    }
    return true;
}

static bool one(struct cx *cx, struct db *db, const struct score_run *run, struct str code, struct team_one *out) {
    struct team *team = &out->team;
    struct gathering g = {.team = team};
    struct volume total;
    if (!label_find(cx, db, LABEL_REP, code, &g.only_rep))
        return false;
    if (g.only_rep <= 0)
        return cx_fail(cx, ERR_NOT_FOUND, S("team.no_rep"), code);
    if (!gather(cx, db, &g))
        return false;
    (void)row_of(cx, &g, g.only_rep, code);
    return volume_of_rep(cx, db, g.only_rep, LABEL_SEGMENT, team->week_from, team->as_of, &out->segment, &out->segments,
                         &total) &&
           volume_of_rep(cx, db, g.only_rep, LABEL_REGION, team->week_from, team->as_of, &out->region, &out->regions,
                         &total) &&
           classes_fill(cx, db, run, team->row[0].volume.code, out);
}

bool team_one(struct cx *cx, struct db *db, struct day as_of, struct str code, struct team_one *out) {
    const struct score_need need = {.as_of = as_of};
    struct score_run run;
    *out = (struct team_one){.team = team_begin(as_of)};
    bool done = score_for(cx, db, &need, NULL, &run) && one(cx, db, &run, code, out);
    db_rollback(db);
    return done;
}

/* ---- as a file ---- */

static void cells(const void *owner, size_t i, struct grid_cell *out) {
    const struct team_row *row = ((const struct team_row *const *)owner)[i];
    for (size_t k = 0; k < team_columns_n; k++) {
        const struct team_column *column = &team_columns[k];
        if (column->type == GRID_TEXT) {
            out[k] = (struct grid_cell){.text = k == 0 ? row->volume.code : row->people};
            continue;
        }
        int64_t number = team_number(row, column);
        out[k] = (struct grid_cell){.number = number, .absent = number == STAT_NONE};
    }
}

static void grid_of(struct grid_column *column, const struct team_row *const *row, size_t n, struct grid *out) {
    for (size_t k = 0; k < team_columns_n; k++)
        column[k] = (struct grid_column){team_columns[k].name, team_columns[k].title, team_columns[k].type, NULL};
    *out = (struct grid){
        .title = "menu.team", .column = column, .columns = team_columns_n, .cells = cells, .owner = row, .rows = n};
}

void team_csv(enum lang lang, const struct team_row *const *row, size_t n, struct buf *to) {
    struct grid_column column[sizeof team_columns / sizeof *team_columns];
    struct grid grid;
    grid_of(column, row, n, &grid);
    grid_csv(lang, &grid, to);
}

bool team_xlsx(struct cx *cx, enum lang lang, const struct team_row *const *row, size_t n, int *file, int64_t *bytes) {
    struct grid_column column[sizeof team_columns / sizeof *team_columns];
    struct grid grid;
    grid_of(column, row, n, &grid);
    return grid_xlsx(cx, lang, &grid, file, bytes);
}
