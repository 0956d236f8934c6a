// SPDX-License-Identifier: Apache-2.0
/* queue -- see the header.
 *
 * Looking and taking are two transactions, since looking may take long and only one can write: what was offered is looked at
 * again when it is taken, and who is not free any more is passed over.
 */
#include "app/queue.h"

#include "app/reach.h"
#include "app/scope.h"
#include "app/settings.h"
#include "app/worklists.h"
#include "base/ids.h"
#include "stats/stat.h"
#include "store/desk.h"
#include "store/setting.h"

enum { ROUNDS = 5 };
/* So many of a list are looked at; where too few of them may be contacted, ten times as many, and so on. */
enum { LOOKED_FIRST = 100, LOOKED_MOST = 100000, LOOKED_MORE = 10 };

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

/* ---- looking ---- */

/* What there is to go by, and the queue as it grows. */
struct looking {
    const struct queue_wish *wish;
    struct queue *queue;
    struct desk desk;
    int64_t rest_days;
    struct queue_item *item;   /* who comes into question, in order */
    size_t items, room, named; /* named: the first of them, due or picked by hand */
    int64_t left_out;          /* of those who count as left */
};

static void offer(struct looking *l, const struct queue_item *item) {
    if (ids_hold(l->desk.held, l->desk.helds, item->customer_id) ||
        ids_hold(l->desk.skipped, l->desk.skippeds, item->customer_id))
        return;
    size_t apart = item->listed ? l->named : l->items; /* a list names nobody twice */
    for (size_t i = 0; i < apart; i++)
        if (l->item[i].customer_id == item->customer_id)
            return;
    if (l->items < l->room)
        l->item[l->items++] = *item;
}

/* Who may be contacted is offered, the others are counted. What was agreed stands, however often they talked. */
static bool may_offer(struct cx *cx, struct db *db, struct looking *l) {
    struct queue *q = l->queue;
    int64_t *id = arena_new(cx->arena, int64_t, l->items + 1);
    struct reach *reach = arena_new(cx->arena, struct reach, l->items + 1);
    for (size_t i = 0; i < l->items; i++)
        id[i] = l->item[i].customer_id;
    if (!reach_look(cx, db, id, l->items, l->wish->as_of, reach))
        return false;
    q->n = 0;
    q->barred = q->pressed = l->left_out = 0;
    for (size_t i = 0; i < l->items; i++) {
        bool agreed = l->item[i].appointment_id != 0, pressed = reach[i].pressure.reached && !agreed;
        if (reach[i].none)
            q->barred++;
        else if (pressed)
            q->pressed++;
        else if (q->n < QUEUE_SHOWN)
            q->item[q->n++] = l->item[i];
        l->left_out += !agreed && (reach[i].none || pressed);
    }
    return true;
}

static bool may_offer_after(struct cx *cx, struct db *db, void *owner) {
    return may_offer(cx, db, owner);
}

static void room_make(struct cx *cx, struct looking *l, size_t room) {
    struct queue_item *item = arena_new(cx->arena, struct queue_item, room);
    for (size_t i = 0; i < l->items; i++)
        item[i] = l->item[i];
    l->item = item;
    l->room = room;
}

static void appointments_offer(struct looking *l) {
    for (size_t i = 0; i < l->desk.dues; i++) {
        const struct appointment_row *row = &l->desk.due[i];
        offer(l, &(struct queue_item){.customer_id = row->appointment.customer_id,
                                      .code = row->code,
                                      .name = row->customer,
                                      .city = row->city,
                                      .appointment_id = row->appointment.id,
                                      .day = row->appointment.day,
                                      .minute = row->appointment.minute,
                                      .last_contact = DAY_NONE});
    }
}

/* Who was talked to lately is let rest. */
static void picked_offer(struct looking *l) {
    int32_t before = l->wish->as_of.n - (int32_t)l->rest_days;
    for (size_t i = 0; i < l->desk.picks; i++) {
        const struct worklist_pick *pick = &l->desk.pick[i];
        if (day_is(pick->last_contact) && pick->last_contact.n >= before)
            continue;
        l->queue->left++;
        offer(l, &(struct queue_item){.customer_id = pick->id,
                                      .code = pick->code,
                                      .name = pick->name,
                                      .city = pick->city,
                                      .day = DAY_NONE,
                                      .last_contact = pick->last_contact});
    }
}

/* Those that this user can work today; and the one that was named. */
static bool lists_look(struct cx *cx, struct looking *l) {
    const struct queue_wish *wish = l->wish;
    const struct desk *desk = &l->desk;
    struct queue *q = l->queue;
    bool found = wish->worklist_id == 0, may = true;
    q->list = arena_new(cx->arena, struct worklist, desk->worklists + 1);
    for (size_t i = 0; i < desk->worklists; i++) {
        const struct worklist *w = &desk->worklist[i];
        bool mine = worklist_for(w->id, wish->user_id, desk->user, desk->users);
        if (mine && worklist_runs(w, wish->as_of))
            q->list[q->lists++] = *w;
        if (w->id == wish->worklist_id) {
            found = true;
            may = mine || wish->manages;
            q->worklist = *w;
        }
    }
    if (!found)
        return cx_fail(cx, ERR_NOT_FOUND, S("worklist.unknown"));
    return may || cx_fail(cx, ERR_FORBIDDEN, S("worklist.not_yours"));
}

static bool look_within(struct cx *cx, struct db *db, struct looking *l) {
    const struct queue_wish *wish = l->wish;
    const struct desk_wish ask = {.user_id = wish->user_id,
                                  .worklist_id = wish->worklist_id,
                                  .rep = wish->rep,
                                  .day = wish->as_of,
                                  .now_us = wish->now_us,
                                  .shown = QUEUE_SHOWN,
                                  .setting = str_from(setting_defs[SETTING_WORKLIST_REST_DAYS].name)};
    struct queue *q = l->queue;
    if (!desk_read(cx, db, &ask, &l->desk) || !lists_look(cx, l))
        return false;
    l->rest_days = settings_number_of(cx, SETTING_WORKLIST_REST_DAYS, l->desk.set, l->desk.setting);
    q->at_hand = l->desk.at_hand;
    q->done = l->desk.done;
    q->appointments = l->desk.appointments;
    q->closed = wish->worklist_id != 0 && !worklist_runs(&q->worklist, wish->as_of);
    q->full = q->worklist.capacity > 0 && q->done >= q->worklist.capacity;
    room_make(cx, l, l->desk.dues + l->desk.picks + 1);
    appointments_offer(l);
    if (!q->full && !q->closed)
        picked_offer(l);
    return true;
}

static bool customer_offer(struct cx *cx, void *owner, const struct customer *c) {
    struct looking *l = owner;
    offer(l, &(struct queue_item){.customer_id = c->id.v,
                                  .code = str_copy(cx->arena, c->code),
                                  .name = str_copy(cx->arena, c->name),
                                  .city = str_copy(cx->arena, c->city),
                                  .day = DAY_NONE,
                                  .last_contact = c->last_contact,
                                  .listed = true});
    return true;
}

/* Who was talked to lately falls out; who is written off was never in. A rep's own code takes the place of any other. */
static void narrow(const struct looking *l, struct list_filter *f) {
    if (f->not_contacted_for == STAT_NONE || f->not_contacted_for < l->rest_days)
        f->not_contacted_for = l->rest_days;
    if (f->statuses == 0)
        f->statuses = ((1u << STATUS_COUNT) - 1) & ~(1u << STATUS_CLOSED);
    if (l->wish->rep.n > 0)
        f->rep = (struct list_codes){.code = {l->wish->rep}, .n = 1};
}

/* Once more where nearly all that were looked at may not be contacted: the items before those of the query stay. */
static bool query_look(struct cx *cx, struct db *db, struct looking *l, struct list_request *request,
                       struct list_answer *answer) {
    size_t before = l->named = l->items;
    for (size_t looked = LOOKED_FIRST;; looked *= LOOKED_MORE) {
        request->limit = (int64_t)(looked + l->desk.helds + l->desk.skippeds + before);
        l->items = before;
        room_make(cx, l, before + looked);
        if (!list_customers(cx, db, request, customer_offer, l, answer))
            return false;
        if (l->queue->n == QUEUE_SHOWN || l->items < l->room || looked >= LOOKED_MOST)
            return true;
    }
}

static bool query_offer(struct cx *cx, struct db *db, struct looking *l) {
    struct list_request request;
    struct list_answer answer;
    struct str query = l->wish->worklist_id == 0 ? S("status=at_risk,inactive") : l->queue->worklist.query;
    if (query.n == 0 || l->queue->full || l->queue->closed) {
        bool done = db_read(cx, db) && may_offer(cx, db, l);
        db_rollback(db);
        return done;
    }
    if (!worklists_request(cx, query, l->wish->as_of, &request))
        return false;
    request.totals = true;
    request.after = may_offer_after;
    narrow(l, &request.filter);
    if (!query_look(cx, db, l, &request, &answer))
        return false;
    int64_t asked =
        answer.totals.customers - (int64_t)l->desk.skippeds; /* who was put off is nearly always one of them */
    l->queue->left += asked > 0 ? asked : 0;
    return true;
}

static bool offer_all(struct cx *cx, struct db *db, struct looking *l) {
    if (!query_offer(cx, db, l))
        return false;
    l->queue->left = l->queue->left > l->left_out ? l->queue->left - l->left_out : 0;
    return true;
}

bool queue_look(struct cx *cx, struct db *db, const struct queue_wish *wish, struct queue *out) {
    struct looking looking = {.wish = wish, .queue = out};
    *out = (struct queue){.at_hand = {0}};
    bool done = db_read(cx, db) && look_within(cx, db, &looking);
    db_rollback(db);
    return done && offer_all(cx, db, &looking);
}

/* ---- taking ---- */

static bool hold_until(struct cx *cx, struct db *db, const struct queue_wish *wish, int64_t *until_us) {
    int64_t minutes;
    if (!settings_number(cx, db, SETTING_HOLD_MINUTES, &minutes))
        return false;
    *until_us = wish->now_us + minutes * 60 * 1000000;
    return true;
}

/* Is it as it was when it was offered? Somebody may have talked to them meanwhile. */
static bool still_free(struct cx *cx, struct db *db, const struct queue_item *item, bool *out) {
    struct day last = DAY_NONE;
    bool found, open = false;
    if (!worklist_state(cx, db, item->customer_id, item->appointment_id, &found, &last, &open))
        return false;
    *out = found && (item->appointment_id != 0 ? open : last.n == item->last_contact.n);
    return true;
}

static bool take_one(struct cx *cx, struct db *db, const struct queue_wish *wish, const struct queue_item *item,
                     bool *taken) {
    int64_t id, until;
    *taken = false;
    if (!still_free(cx, db, item, taken) || (*taken && !customer_find_of(cx, db, item->code, wish->rep, taken, &id)))
        return false;
    return !*taken || (hold_until(cx, db, wish, &until) &&
                       hold_take(cx, db, item->customer_id, wish->user_id, wish->now_us, until, taken));
}

/* From the one behind whom they have at hand, around to the first. */
static bool take_any(struct cx *cx, struct db *db, const struct queue_wish *wish, const struct queue *q,
                     struct hold *out) {
    size_t from = 0;
    bool taken = false;
    for (size_t i = 0; i < q->n; i++)
        if (q->item[i].customer_id == q->at_hand.customer_id)
            from = i + 1;
    for (size_t i = 0; i < q->n && !taken; i++) {
        const struct queue_item *item = &q->item[(from + i) % q->n];
        if (!take_one(cx, db, wish, item, &taken))
            return false;
        if (taken)
            *out = (struct hold){item->customer_id, item->code, item->name};
    }
    return hold_leave(cx, db, wish->user_id, out->customer_id);
}

bool queue_next(struct cx *cx, struct db *db, const struct queue_wish *wish, struct hold *out) {
    struct queue *q = arena_new(cx->arena, struct queue, 1);
    *out = (struct hold){0};
    for (int round = 0; round < ROUNDS && out->customer_id == 0; round++) {
        if (!queue_look(cx, db, wish, q))
            return false;
        if (q->n == 0 && q->at_hand.customer_id == 0)
            return true;
        if (!db_write(cx, db) || !end(cx, db, take_any(cx, db, wish, q, out)))
            return false;
        if (q->n < QUEUE_SHOWN)
            break;
    }
    return true;
}

static bool take(struct cx *cx, struct db *db, const struct queue_wish *wish, struct str code, struct hold *out) {
    int64_t id, until;
    bool taken;
    if (!scope_customer(cx, db, code, wish->rep, &id) || !hold_until(cx, db, wish, &until) ||
        !hold_take(cx, db, id, wish->user_id, wish->now_us, until, &taken))
        return false;
    if (!taken)
        return cx_fail(cx, ERR_CONFLICT, S("queue.held"), code);
    *out = (struct hold){.customer_id = id, .code = code};
    return hold_leave(cx, db, wish->user_id, id);
}

bool queue_take(struct cx *cx, struct db *db, const struct queue_wish *wish, struct str code, struct hold *out) {
    return db_write(cx, db) && end(cx, db, take(cx, db, wish, code, out));
}

bool queue_renew(struct cx *cx, struct db *db, const struct queue_wish *wish, struct str code, bool leaving,
                 bool *held) {
    int64_t id, until = wish->now_us + QUEUE_LEFT_US;
    struct hold mine;
    *held = false;
    if (!db_write(cx, db))
        return false;
    /* Only what is still theirs: a page left open over lunch must not take the customer back. */
    bool done = scope_customer(cx, db, code, wish->rep, &id) && hold_find(cx, db, wish->user_id, wish->now_us, &mine) &&
                (leaving || hold_until(cx, db, wish, &until)) &&
                (mine.customer_id != id || hold_take(cx, db, id, wish->user_id, wish->now_us, until, held));
    return end(cx, db, done);
}

static bool skip(struct cx *cx, struct db *db, const struct queue_wish *wish, struct str code, struct str why,
                 int64_t days) {
    int64_t id;
    struct looking looking = {.wish = wish, .queue = arena_new(cx->arena, struct queue, 1)};
    struct day until = {wish->as_of.n + (int32_t)days};
    return scope_customer(cx, db, code, wish->rep, &id) && look_within(cx, db, &looking) &&
           worklist_skip_put(cx, db, wish->worklist_id, id, wish->user_id, until, why) &&
           hold_release(cx, db, id, wish->user_id) &&
           audit_add(cx, db, wish->now_us, wish->who, S("skip"), code, (struct str){0},
                     cx_text(cx, "worklist=%lld days=%lld why=%.*s", (long long)wish->worklist_id, (long long)days,
                             STR_ARG(why)));
}

bool queue_skip(struct cx *cx, struct db *db, const struct queue_wish *wish, struct str code, struct str why,
                int64_t days) {
    why = str_trim(why);
    if (why.n == 0 || why.n > QUEUE_WHY_MOST)
        return cx_fail(cx, ERR_INVALID, S("queue.bad_why"));
    if (days < 1 || days > QUEUE_SKIP_DAYS_MOST)
        return cx_fail(cx, ERR_INVALID, S("queue.bad_days"), cx_text(cx, "%d", (int)QUEUE_SKIP_DAYS_MOST));
    return db_write(cx, db) && end(cx, db, skip(cx, db, wish, code, why, days));
}
