// SPDX-License-Identifier: Apache-2.0
/* reactivated -- see the header. Invariant: the rows come by customer, so that counting each once needs only the one before. */
#include "app/reactivated.h"

#include <stdlib.h>

#include "app/score.h"
#include "app/settings.h"

struct gathering {
    const struct reactivated_wish *wish;
    struct reactivated *out;
    size_t room, users_room;
};

static void count(struct reactivated_total *total, const struct reactivated_row *row) {
    total->customers += total->times == 0 || total->last_id != row->customer_id;
    total->last_id = row->customer_id;
    total->times++;
    total->orders += row->orders;
    total->value_cents += row->value_cents;
}

static bool wanted(const struct reactivated_wish *wish, const struct reactivated_row *row) {
    bool by_contact = day_is(row->contact_on);
    switch (wish->how) {
    case REACTIVATED_CONTACT:
        return by_contact;
    case REACTIVATED_ALONE:
        return !by_contact;
    case REACTIVATED_USER:
        return by_contact && row->user_id == wish->user_id;
    case REACTIVATED_ANYHOW:
        break;
    }
    return true;
}

static void user_add(struct cx *cx, struct gathering *g, const struct reactivated_row *row) {
    struct reactivated *out = g->out;
    for (size_t i = 0; i < out->users; i++)
        if (out->user[i].id == row->user_id)
            return;
    if (out->users == g->users_room) {
        size_t room = g->users_room > 0 ? 2 * g->users_room : 16;
        out->user = arena_grow(cx->arena, out->user, g->users_room, room, sizeof *out->user);
        g->users_room = room;
    }
    out->user[out->users++] = (struct reactivated_user){row->user_id, str_copy(cx->arena, row->user)};
}

static bool take(struct cx *cx, void *owner, const struct reactivated_row *row) {
    struct gathering *g = owner;
    struct reactivated *out = g->out;
    if (day_is(row->contact_on))
        user_add(cx, g, row);
    if (!wanted(g->wish, row))
        return true;
    if (out->n == g->room) {
        size_t room = g->room > 0 ? 2 * g->room : 64;
        out->row = arena_grow(cx->arena, out->row, g->room, room, sizeof *out->row);
        g->room = room;
    }
    struct reactivated_row *kept = &out->row[out->n++];
    *kept = *row;
    kept->code = str_copy(cx->arena, row->code);
    kept->name = str_copy(cx->arena, row->name);
    kept->user = str_copy(cx->arena, row->user);
    for (int kind = LABEL_COMPANY; kind <= REACTIVATED_LABELS; kind++)
        kept->label[kind] = str_copy(cx->arena, row->label[kind]);
    count(&out->all, kept);
    count(day_is(kept->contact_on) ? &out->by_contact : &out->alone, kept);
    return true;
}

static bool labels_find(struct cx *cx, const struct reactivated_wish *wish, const struct reactivated *in,
                        struct reactivated_ask *ask) {
    for (int kind = LABEL_COMPANY; kind <= REACTIVATED_LABELS; kind++) {
        bool found = wish->label[kind].n == 0;
        ask->label[kind] = -1;
        for (size_t i = 0; i < in->labels && !found; i++)
            if ((int)in->label[i].kind == kind && str_equal(in->label[i].code, wish->label[kind])) {
                ask->label[kind] = in->label[i].id;
                found = true;
            }
        if (!found)
            return cx_fail(cx, ERR_NOT_FOUND, S("flow.no_group"), wish->label[kind]);
    }
    return true;
}

static int by_name(const void *a, const void *b) {
    const struct reactivated_user *x = a, *y = b;
    int order = str_compare(x->name, y->name);
    return order != 0 ? order : (x->id > y->id) - (x->id < y->id);
}

bool reactivated_look(struct cx *cx, struct db *db, const struct reactivated_wish *wish, struct reactivated *out) {
    const struct score_need need = {.as_of = wish->as_of};
    struct reactivated_ask ask = {.from = wish->from, .to = wish->to, .as_of = wish->as_of};
    struct gathering g = {.wish = wish, .out = out};
    struct score_run run;
    *out = (struct reactivated){0};
    bool done = score_for(cx, db, &need, NULL, &run) &&
                label_list(cx, db, (enum label_kind)0, &out->label, &out->labels) && labels_find(cx, wish, out, &ask) &&
                settings_number(cx, db, SETTING_RECOVERY_DAYS, &out->within_days);
    ask.within_days = out->within_days;
    done = done && reactivated_each(cx, db, &ask, take, &g);
    db_rollback(db);
    if (done && out->users > 1)
        qsort(out->user, out->users, sizeof *out->user, by_name);
    return done;
}
