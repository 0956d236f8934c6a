// SPDX-License-Identifier: Apache-2.0
/* alerts_look -- who would be told what.
 *
 * First what happened, whoever hears of it: candidates by customer. Then the customers themselves, filtered and in order, by one look
 * at the list. Then each person's part: by the reps whose customers they hear of, and what they were not told yet.
 */
#include "app/alerts.h"

#include <stdlib.h>

#include "app/list.h"
#include "app/worklists.h"
#include "base/ids.h"
#include "core/schedule.h"
#include "store/crossing.h"

struct candidate {
    int64_t customer_id;
    struct alert_mark mark;
};
/* A line, whoever it goes to. */
struct found {
    struct customer customer;
    struct alert_mark mark[ALERTS_MARKS];
    size_t marks, rep; /* which of looking.rep */
};
struct looking {
    const struct alert *alert;
    struct day day;
    struct candidate *candidate;
    size_t candidates;
    struct found *found;
    size_t founds;
    struct str *rep; /* codes, each once */
    size_t reps;
    struct user *user;
    size_t users;
    struct alert_told *told;
    size_t tolds;
    int64_t *named; /* users, ascending */
    size_t nameds;
    int64_t *listed; /* customers of the work list, ascending */
    size_t listeds;
    int64_t *agent; /* users */
    size_t agents;
};

static bool asks(const struct looking *l, enum alert_event event) {
    return alert_has(l->alert->events, (int)event);
}

/* ---- what happened ---- */

static void candidate_add(struct cx *cx, struct looking *l, size_t *room, int64_t id, struct alert_mark mark) {
    if (l->candidates == *room) {
        *room = *room ? 2 * *room : 256;
        struct candidate *more = arena_new(cx->arena, struct candidate, *room);
        for (size_t i = 0; i < l->candidates; i++)
            more[i] = l->candidate[i];
        l->candidate = more;
    }
    l->candidate[l->candidates++] = (struct candidate){id, mark};
}

/* What is old to a rule of every day happened since a monthly one ran. That nobody hears of it twice is not up to this. */
static int32_t back_days(const struct alert *alert) {
    struct schedule schedule;
    bool monthly = schedule_parse(alert->schedule, &schedule) && schedule_monthly(&schedule);
    return monthly ? ALERTS_BACK_RARE : ALERTS_BACK_DAYS;
}

static bool crossings_add(struct cx *cx, struct db *db, struct looking *l, size_t *room) {
    struct day from = {l->day.n - back_days(l->alert)};
    struct crossing *c;
    size_t n;
    if (day_is(l->alert->from_on) && l->alert->from_on.n > from.n)
        from = l->alert->from_on;
    if (!asks(l, ALERT_BECAME_AT_RISK) && !asks(l, ALERT_BECAME_INACTIVE) && !asks(l, ALERT_REACTIVATED))
        return true;
    if (!crossing_news(cx, db, from, l->day, &c, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        if (asks(l, c[i].kind))
            candidate_add(cx, l, room, c[i].customer_id, (struct alert_mark){c[i].kind, c[i].last_on, c[i].due_on});
    return true;
}

static bool ahead_add(struct cx *cx, struct db *db, struct looking *l, size_t *room) {
    struct day from = {l->day.n + 1}, to = {l->day.n + (int32_t)l->alert->ahead_days};
    struct crossing *c;
    size_t n;
    if (!asks(l, ALERT_INACTIVE_IN))
        return true;
    if (!crossing_ahead(cx, db, from, to, &c, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        candidate_add(cx, l, room, c[i].customer_id, (struct alert_mark){ALERT_INACTIVE_IN, c[i].last_on, c[i].due_on});
    return true;
}

/* Late for so long, and nobody talked to them in that time. Which purchase it hangs on is known when the customer is read. */
static bool uncontacted_add(struct cx *cx, struct db *db, struct looking *l, const struct score_run *run,
                            size_t *room) {
    struct list_filter filter = list_filter_any();
    int64_t *id;
    size_t n;
    if (!asks(l, ALERT_UNCONTACTED_A))
        return true;
    filter.statuses = 1u << STATUS_AT_RISK;
    filter.abc = 1;
    filter.due_to = (struct day){l->day.n - (int32_t)l->alert->idle_days};
    filter.not_contacted_for = l->alert->idle_days - 1;
    if (!list_ids(cx, db, run, &filter, &id, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        candidate_add(cx, l, room, id[i], (struct alert_mark){ALERT_UNCONTACTED_A, DAY_NONE, DAY_NONE});
    return true;
}

/* By customer, the gravest first. */
static int candidate_compare(const void *a, const void *b) {
    const struct candidate *x = a, *y = b;
    if (x->customer_id != y->customer_id)
        return x->customer_id < y->customer_id ? -1 : 1;
    return alert_gravity(y->mark.event) - alert_gravity(x->mark.event);
}

static bool candidates_find(struct cx *cx, struct db *db, struct looking *l, const struct score_run *run) {
    size_t room = 0;
    if (!crossings_add(cx, db, l, &room) || !ahead_add(cx, db, l, &room) || !uncontacted_add(cx, db, l, run, &room))
        return false;
    if (l->candidates > 0)
        qsort(l->candidate, l->candidates, sizeof *l->candidate, candidate_compare);
    return true;
}

/* ---- the customers ---- */

static size_t rep_of(struct looking *l, struct str code) {
    size_t i = 0;
    while (i < l->reps && !str_equal(l->rep[i], code))
        i++;
    if (i == l->reps)
        l->rep[l->reps++] = code;
    return i;
}

static size_t candidate_first(const struct looking *l, int64_t id) {
    size_t low = 0, high = l->candidates;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (l->candidate[middle].customer_id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool found_take(struct cx *cx, void *owner, const struct customer *c) {
    struct looking *l = owner;
    struct found *f = &l->found[l->founds++];
    *f = (struct found){0};
    list_keep(cx->arena, c, &f->customer);
    for (size_t i = candidate_first(l, c->id.v); i < l->candidates && l->candidate[i].customer_id == c->id.v; i++) {
        struct alert_mark mark = l->candidate[i].mark;
        if (mark.event == ALERT_UNCONTACTED_A) {
            mark.last_on = c->last_purchase;
            mark.on = c->at_risk_on;
        }
        if (f->marks < ALERTS_MARKS)
            f->mark[f->marks++] = mark;
    }
    f->rep = rep_of(l, f->customer.rep);
    return true;
}

static bool customers_find(struct cx *cx, struct db *db, struct looking *l, const struct score_run *run) {
    struct list_request request = {.filter = list_filter_any()};
    int64_t *id = arena_new(cx->arena, int64_t, l->candidates + 1);
    size_t n = 0;
    for (size_t i = 0; i < l->candidates; i++)
        if (n == 0 || id[n - 1] != l->candidate[i].customer_id)
            id[n++] = l->candidate[i].customer_id;
    if (l->alert->query.n > 0 && !worklists_request(cx, l->alert->query, l->day, &request))
        return false;
    request.filter.picked = true;
    request.filter.id = id;
    request.filter.ids = n;
    n = n < ALERTS_LINES ? n : ALERTS_LINES;
    l->found = arena_new(cx->arena, struct found, n + 1);
    l->rep = arena_new(cx->arena, struct str, n + 1);
    return n == 0 ||
           list_each(cx, db, run, &request.filter, (struct list_order){.column = COLUMN_VALUE_12M, .descending = true},
                     (int64_t)n, found_take, l);
}

/* ---- who hears of them ---- */

static bool named_find(struct cx *cx, struct db *db, struct looking *l) {
    struct alert_user *all;
    size_t n;
    if (l->named != NULL)
        return true;
    if (!alert_users(cx, db, &all, &n))
        return false;
    l->named = arena_new(cx->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++)
        if (all[i].alert_id == l->alert->id)
            l->named[l->nameds++] = all[i].user_id;
    return true;
}

static int id_compare(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The customers of the work list: what it asks for, and who was picked for it by hand. */
static bool listed_find(struct cx *cx, struct db *db, struct looking *l, const struct score_run *run,
                        const struct worklist *w) {
    struct worklist_search search = {.id = w->id, .most = ALERTS_LINES};
    struct worklist_member *picked;
    struct list_request request;
    int64_t *asked = NULL;
    size_t picks, askeds = 0;
    if (!worklist_members(cx, db, &search, &picked, &picks))
        return false;
    if (w->query.n > 0 && (!worklists_request(cx, w->query, l->day, &request) ||
                           !list_ids(cx, db, run, &request.filter, &asked, &askeds)))
        return false;
    l->listed = arena_new(cx->arena, int64_t, picks + askeds + 1);
    for (size_t i = 0; i < askeds; i++)
        l->listed[l->listeds++] = asked[i];
    for (size_t i = 0; i < picks; i++)
        l->listed[l->listeds++] = picked[i].id;
    if (l->listeds > 0)
        qsort(l->listed, l->listeds, sizeof *l->listed, id_compare);
    return true;
}

/* Who works the list on this day; nobody named: every agent. */
static bool agents_find(struct cx *cx, struct db *db, struct looking *l, const struct score_run *run) {
    struct worklist_board board;
    const struct worklist *w = NULL;
    if (!alert_has(l->alert->recipients, ALERT_TO_AGENTS))
        return true;
    if (!worklist_board(cx, db, l->day, &board))
        return false;
    for (size_t i = 0; i < board.rows; i++)
        if (board.row[i].worklist.id == l->alert->worklist_id)
            w = &board.row[i].worklist;
    if (!w || !worklist_runs(w, l->day))
        return true;
    l->agent = arena_new(cx->arena, int64_t, l->users + 1);
    for (size_t i = 0; i < l->users; i++) {
        bool named = false, somebody = false;
        for (size_t j = 0; j < board.users; j++) {
            somebody = somebody || board.user[j].worklist_id == w->id;
            named = named || (board.user[j].worklist_id == w->id && board.user[j].user_id == l->user[i].id);
        }
        if (somebody ? named : l->user[i].role == ROLE_AGENT)
            l->agent[l->agents++] = l->user[i].id;
    }
    return listed_find(cx, db, l, run, w);
}

static const struct user *user_of(const struct user *user, size_t users, int64_t id) {
    for (size_t i = 0; i < users; i++)
        if (user[i].id == id && user[i].retired_us == 0)
            return &user[i];
    return NULL;
}

bool alerts_manages(const struct user *user, size_t users, const struct user *manager, struct str rep) {
    bool somebody = false;
    for (size_t i = 0; i < users; i++) {
        const struct user *u = &user[i];
        if (u->retired_us > 0 || u->rep.n == 0 || !str_equal(u->rep, rep) || !user_of(user, users, u->manager_id))
            continue;
        if (u->manager_id == manager->id)
            return true;
        somebody = true;
    }
    return !somebody && manager->role == ROLE_MANAGER;
}

/* Does somebody hear of the customers of a rep, as one of those that the rule tells by who they are? */
static bool hears(const struct looking *l, const struct user *user, struct str rep) {
    int64_t to = l->alert->recipients;
    bool own = user->rep.n > 0 && str_equal(user->rep, rep);
    if (user->role == ROLE_REP && !own)
        return false;
    return (alert_has(to, ALERT_TO_REP) && own) ||
           (alert_has(to, ALERT_TO_MANAGER) && alerts_manages(l->user, l->users, user, rep)) ||
           (alert_has(to, ALERT_TO_NAMED) && ids_hold(l->named, l->nameds, user->id));
}

static bool has_team(const struct looking *l, const struct user *user) {
    for (size_t i = 0; i < l->users; i++)
        if (l->user[i].retired_us == 0 && l->user[i].manager_id == user->id)
            return true;
    return user->role == ROLE_MANAGER;
}

static bool hears_volumes(const struct looking *l, const struct user *user) {
    int64_t to = l->alert->recipients;
    return asks(l, ALERT_VOLUMES) && ((alert_has(to, ALERT_TO_REP) && user->rep.n > 0) ||
                                      (alert_has(to, ALERT_TO_MANAGER) && has_team(l, user)) ||
                                      (alert_has(to, ALERT_TO_NAMED) && ids_hold(l->named, l->nameds, user->id)));
}

/* ---- each person's part ---- */

static int told_compare(const struct alert_told *a, const struct alert_told *b) {
    if (a->customer_id != b->customer_id)
        return a->customer_id < b->customer_id ? -1 : 1;
    if (a->user_id != b->user_id)
        return a->user_id < b->user_id ? -1 : 1;
    if (a->event != b->event)
        return a->event < b->event ? -1 : 1;
    return (a->last_on.n > b->last_on.n) - (a->last_on.n < b->last_on.n);
}

static bool told(const struct looking *l, const struct alert_told *wanted) {
    size_t low = 0, high = l->tolds;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (told_compare(&l->told[middle], wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < l->tolds && told_compare(&l->told[low], wanted) == 0;
}

/* false: all of it was told. */
static bool line_fill(const struct looking *l, const struct user *user, const struct found *f, struct alert_line *out) {
    *out = (struct alert_line){.customer = &f->customer};
    for (size_t i = 0; i < f->marks; i++) {
        const struct alert_told wanted = {f->customer.id.v, user->id, f->mark[i].event, f->mark[i].last_on};
        if (!told(l, &wanted))
            out->mark[out->marks++] = f->mark[i];
    }
    return out->marks > 0;
}

static bool is_agent(const struct looking *l, const struct user *user) {
    for (size_t i = 0; i < l->agents; i++)
        if (l->agent[i] == user->id)
            return true;
    return false;
}

/* The lines of one person; 0: none. hears_rep: by looking.rep. */
static size_t lines_fill(const struct looking *l, const struct user *user, const bool *hears_rep,
                         struct alert_line *line) {
    size_t n = 0;
    bool agent = is_agent(l, user);
    for (size_t i = 0; i < l->founds; i++) {
        const struct found *f = &l->found[i];
        bool own = user->role != ROLE_REP || (user->rep.n > 0 && str_equal(user->rep, f->customer.rep));
        bool of_list = agent && own && ids_hold(l->listed, l->listeds, f->customer.id.v);
        if ((hears_rep[f->rep] || of_list) && line_fill(l, user, f, &line[n]))
            n++;
    }
    return n;
}

static void notices_make(struct cx *cx, const struct looking *l, struct alert_notice **out, size_t *n) {
    struct alert_line *line = arena_new(cx->arena, struct alert_line, l->founds + 1);
    bool *hears_rep = arena_new(cx->arena, bool, l->reps + 1);
    *out = arena_new(cx->arena, struct alert_notice, l->users + 1);
    *n = 0;
    for (size_t i = 0; i < l->users; i++) {
        const struct user *user = &l->user[i];
        if (user->retired_us > 0)
            continue;
        for (size_t k = 0; k < l->reps; k++)
            hears_rep[k] = hears(l, user, l->rep[k]);
        size_t lines = lines_fill(l, user, hears_rep, line);
        bool volumes = hears_volumes(l, user);
        if (lines == 0 && !volumes)
            continue;
        struct alert_line *kept = arena_new(cx->arena, struct alert_line, lines + 1);
        for (size_t k = 0; k < lines; k++)
            kept[k] = line[k];
        (*out)[(*n)++] = (struct alert_notice){
            .alert = l->alert, .user = user, .day = l->day, .line = kept, .lines = lines, .volumes = volumes};
    }
}

static bool look(struct cx *cx, struct db *db, struct looking *l, const struct score_run *run) {
    const struct day told_from = {l->day.n - ALERTS_TOLD_DAYS};
    return candidates_find(cx, db, l, run) && customers_find(cx, db, l, run) &&
           user_list(cx, db, &l->user, &l->users) && named_find(cx, db, l) && agents_find(cx, db, l, run) &&
           alert_told_since(cx, db, l->alert->id, told_from, &l->told, &l->tolds);
}

static bool look_all(struct cx *cx, struct db *db, struct looking *l, struct alert_notice **out, size_t *n) {
    const struct score_need need = {.as_of = l->day};
    struct score_run run;
    bool done = score_for(cx, db, &need, NULL, &run) && look(cx, db, l, &run);
    db_rollback(db);
    if (done)
        notices_make(cx, l, out, n);
    return done;
}

bool alerts_look(struct cx *cx, struct db *db, const struct alert *alert, struct day day, struct alert_notice **out,
                 size_t *n) {
    struct looking l = {.alert = alert, .day = day};
    return look_all(cx, db, &l, out, n);
}

bool alerts_look_named(struct cx *cx, struct db *db, const struct alert *alert, const int64_t *named, size_t nameds,
                       struct day day, struct alert_notice **out, size_t *n) {
    struct looking l = {.alert = alert, .day = day, .named = arena_new(cx->arena, int64_t, nameds + 1)};
    for (size_t i = 0; i < nameds; i++)
        l.named[l.nameds++] = named[i];
    if (nameds > 0)
        qsort(l.named, nameds, sizeof *l.named, id_compare);
    return look_all(cx, db, &l, out, n);
}
