// SPDX-License-Identifier: Apache-2.0
/* contacts -- see the header. Each call is one picture of the data. Invariant: the sums of the lines are those of all, but for
 * customers, who may stand in several lines.
 */
#include "app/contacts.h"

#include <stdlib.h>

#include "app/score.h"
#include "app/settings.h"

static const char *const by_names[CONTACTS_BY_END] = {[CONTACTS_BY_USER] = "user",
                                                      [CONTACTS_BY_REP] = "rep",
                                                      [CONTACTS_BY_SEGMENT] = "segment",
                                                      [CONTACTS_BY_REGION] = "region",
                                                      [CONTACTS_BY_CHANNEL] = "channel",
                                                      [CONTACTS_BY_OUTCOME] = "outcome",
                                                      [CONTACTS_BY_OCCURRENCE] = "occurrence",
                                                      [CONTACTS_BY_REASON] = "reason",
                                                      [CONTACTS_BY_OBJECTION] = "objection"};

const char *contacts_by_name(enum contacts_by by) {
    return by_names[by];
}

bool contacts_by_parse(struct str name, enum contacts_by *out) {
    for (int by = CONTACTS_BY_USER; by < CONTACTS_BY_END; by++)
        if (str_equal(name, str_from(by_names[by]))) {
            *out = (enum contacts_by)by;
            return true;
        }
    return false;
}

int64_t contacts_share(int64_t part, int64_t all) {
    enum { WHOLE = 10000 };
    return all > 0 ? (part * WHOLE + all / 2) / all : CONTACTS_NO_SHARE;
}

/* ---- the names behind the numbers ---- */

static struct str user_of(const struct contacts_names *names, int64_t id) {
    for (size_t i = 0; i < names->users; i++)
        if (names->user[i].id == id)
            return names->user[i].name;
    return (struct str){0};
}

static struct str label_of_id(const struct contacts_names *names, int64_t id) {
    for (size_t i = 0; i < names->labels; i++)
        if (names->label[i].id == id)
            return names->label[i].code;
    return (struct str){0};
}

static const struct choice *choice_of(const struct contacts_names *names, int64_t id) {
    for (size_t i = 0; i < names->choices; i++)
        if (names->choice[i].id == id)
            return &names->choice[i];
    return NULL;
}

static struct contacts_line line_of(const struct contacts_names *names, enum contacts_by by,
                                    const struct contacts_sum *sum) {
    struct contacts_line line = {.sum = *sum};
    const struct choice *choice = NULL;
    switch (by) {
    case CONTACTS_BY_USER:
        line.name = user_of(names, sum->id);
        break;
    case CONTACTS_BY_REP:
    case CONTACTS_BY_SEGMENT:
    case CONTACTS_BY_REGION:
        line.name = label_of_id(names, sum->id);
        break;
    case CONTACTS_BY_CHANNEL:
        line.name = str_from(contact_channel_name((enum contact_channel)sum->id));
        line.word = "contact.channel_";
        break;
    case CONTACTS_BY_OUTCOME:
        line.name = str_from(contact_outcome_name((enum contact_outcome)sum->id));
        line.word = "contact.outcome_";
        break;
    case CONTACTS_BY_OCCURRENCE:
    case CONTACTS_BY_REASON:
    case CONTACTS_BY_OBJECTION:
        choice = choice_of(names, sum->id);
        line.name = choice != NULL ? choice->name : (struct str){0};
        break;
    case CONTACTS_BY_END:
        break;
    }
    return line;
}

/* ---- lines and causes in their order ---- */

static int line_compare(const void *a, const void *b) {
    const struct contacts_line *x = a, *y = b;
    if (x->sum.contacts != y->sum.contacts)
        return x->sum.contacts > y->sum.contacts ? -1 : 1;
    int order = str_compare(x->name, y->name);
    return order != 0 ? order : (x->sum.id > y->sum.id) - (x->sum.id < y->sum.id);
}

static int cause_compare(const void *a, const void *b) {
    const struct contacts_cause *x = a, *y = b;
    if (x->contacts != y->contacts)
        return x->contacts > y->contacts ? -1 : 1;
    return str_compare(x->choice->name, y->choice->name);
}

static void causes_make(struct cx *cx, const struct contacts_names *names, const struct contacts_sum *sum, size_t n,
                        struct contacts_causes *out) {
    out->cause = arena_new(cx->arena, struct contacts_cause, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct choice *choice = choice_of(names, sum[i].id);
        if (choice != NULL)
            out->cause[out->n++] = (struct contacts_cause){.choice = choice, .contacts = sum[i].contacts};
    }
    qsort(out->cause, out->n, sizeof *out->cause, cause_compare);
    for (size_t i = 0; i < out->n; i++)
        out->cause[i].upto = out->contacts += out->cause[i].contacts;
}

static void lines_make(struct cx *cx, enum contacts_by by, const struct contacts_sums *sums, struct contacts *out) {
    out->all = sums->all;
    out->line = arena_new(cx->arena, struct contacts_line, sums->bys + 1);
    for (size_t i = 0; i < sums->bys; i++)
        out->line[out->lines++] = line_of(&out->names, by, &sums->by[i]);
    qsort(out->line, out->lines, sizeof *out->line, line_compare);
}

/* ---- what is done about them ---- */

static struct contacts_cause *cause_of(struct contacts_causes *causes, int64_t choice_id) {
    for (size_t i = 0; i < causes->n; i++)
        if (causes->cause[i].choice->id == choice_id)
            return &causes->cause[i];
    return NULL;
}

static void actions_join(const struct action_row *row, size_t n, struct day as_of, struct contacts *out) {
    for (size_t i = 0; i < n; i++) {
        const struct action *action = &row[i].action;
        struct contacts_cause *cause =
            cause_of(row[i].kind == CHOICE_REASON ? &out->reasons : &out->objections, action->choice_id);
        if (cause == NULL || action->retired_us > 0)
            continue;
        cause->open += action_is_open(action);
        cause->late += action_is_open(action) && action->due_on.n < as_of.n;
        if (row[i].effect.days > 0 && (cause->done == NULL || cause->done->action.done_on.n < action->done_on.n))
            cause->done = &row[i];
    }
}

/* ---- looking ---- */

static bool labels_find(struct cx *cx, const struct contacts_wish *wish, const struct contacts_names *names,
                        struct contacts_ask *ask) {
    for (int kind = LABEL_COMPANY; kind <= CONTACTS_LABELS; kind++) {
        bool found = wish->label[kind].n == 0;
        ask->label[kind] = (int)wish->without == kind ? CONTACTS_WITHOUT : CONTACTS_ANY;
        for (size_t i = 0; i < names->labels && !found; i++)
            if ((int)names->label[i].kind == kind && str_equal(names->label[i].code, wish->label[kind])) {
                ask->label[kind] = names->label[i].id;
                found = true;
            }
        if (!found)
            return cx_fail(cx, ERR_NOT_FOUND, S("flow.no_group"), wish->label[kind]);
    }
    return true;
}

static bool begin(struct cx *cx, struct db *db, const struct contacts_wish *wish, struct contacts *out,
                  struct contacts_ask *ask) {
    const struct score_need need = {.as_of = wish->ask.as_of};
    struct score_run run;
    *out = (struct contacts){0};
    *ask = wish->ask;
    bool done = score_for(cx, db, &need, NULL, &run) && contacts_names(cx, db, &out->names) &&
                labels_find(cx, wish, &out->names, ask) &&
                settings_number(cx, db, SETTING_RECOVERY_DAYS, &out->within_days);
    ask->within_days = out->within_days;
    return done;
}

bool contacts_look(struct cx *cx, struct db *db, const struct contacts_wish *wish, struct contacts *out) {
    struct contacts_ask ask;
    struct contacts_sums sums;
    struct action_row *action;
    size_t actions;
    bool done = begin(cx, db, wish, out, &ask) && contacts_sum_up(cx, db, &ask, wish->by, &sums) &&
                action_list(cx, db, ask.as_of, &action, &actions);
    db_rollback(db);
    if (!done)
        return false;
    lines_make(cx, wish->by, &sums, out);
    causes_make(cx, &out->names, sums.reason, sums.reasons, &out->reasons);
    causes_make(cx, &out->names, sums.objection, sums.objections, &out->objections);
    actions_join(action, actions, ask.as_of, out);
    return true;
}

bool contacts_list(struct cx *cx, struct db *db, const struct contacts_wish *wish, struct contacts_place after,
                   int64_t most, struct contacts *out, contacts_visit *visit, void *owner) {
    struct contacts_ask ask;
    bool done = begin(cx, db, wish, out, &ask) && contacts_each(cx, db, &ask, after, most, visit, owner);
    db_rollback(db);
    return done;
}
