// SPDX-License-Identifier: Apache-2.0
/* duplicates -- see duplicates.h. Must not say how likely two are one: src/core/duplicate.c does. Invariant: what is merged or parted
 * is in the audit trail of the same transaction, with both customers as they were.
 */
#include "app/duplicates.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "store/customer.h"
#include "store/score.h"
#include "store/setting.h"

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

/* ---- finding ---- */

/* Nobody waits while they are compared; what was found is written at the end. */
bool duplicates_look(struct cx *cx, struct db *db, int64_t now_us, struct progress progress,
                     struct duplicate_run *out) {
    struct duplicates_all all;
    int64_t facts = 0;
    bool done = db_read(cx, db) && score_facts(cx, db, &facts) && duplicates_find(cx, db, progress, &all);
    db_rollback(db);
    if (!done)
        return false;
    *out = (struct duplicate_run){now_us, facts, all.customers, all.found};
    return end(cx, db, db_write(cx, db) && duplicate_pairs_put(cx, db, out, all.pair, all.n));
}

bool duplicates_keep(struct cx *cx, struct db *db, int64_t now_us) {
    struct duplicate_run run;
    struct progress none = {0};
    int64_t facts = 0;
    bool found = false;
    bool done = db_read(cx, db) && duplicate_run_find(cx, db, &found, &run) && score_facts(cx, db, &facts);
    db_rollback(db);
    return done && ((found && run.facts == facts) || duplicates_look(cx, db, now_us, none, &run));
}

/* ---- groups ---- */

struct joining {
    struct duplicate_customer *customer; /* by id */
    size_t n;
    size_t *above; /* another of the same group; itself: the first */
    unsigned *kinds;
    int32_t *strength, *likeness; /* of the group, at its first */
};

static size_t place_of_id(const struct joining *j, int64_t id) {
    size_t low = 0, high = j->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (j->customer[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < j->n && j->customer[low].id == id ? low : j->n;
}

static size_t first_of(struct joining *j, size_t at) {
    while (j->above[at] != at)
        at = j->above[at] = j->above[j->above[at]];
    return at;
}

static void pair_join(struct joining *j, const struct duplicate_pair *pair) {
    size_t a = place_of_id(j, pair->a), b = place_of_id(j, pair->b);
    if (a == j->n || b == j->n)
        return;
    a = first_of(j, a);
    b = first_of(j, b);
    j->above[b] = a;
    j->kinds[a] |= pair->kinds | (a == b ? 0 : j->kinds[b]);
    if (a != b && j->strength[b] > j->strength[a]) {
        j->strength[a] = j->strength[b];
        j->likeness[a] = j->likeness[b];
    }
    if (pair->strength_e4 > j->strength[a]) {
        j->strength[a] = pair->strength_e4;
        j->likeness[a] = pair->likeness_e4;
    }
}

static bool asked_for(const struct duplicate_pair *pair, unsigned kinds) {
    return kinds == 0 ? pair->strength_e4 >= DUPLICATE_FAIR : kinds == UINT_MAX || (pair->kinds & kinds) != 0;
}

static int by_worth(const void *a, const void *b) {
    const struct duplicate_customer *x = *(const struct duplicate_customer *const *)a,
                                    *y = *(const struct duplicate_customer *const *)b;
    if (x->value_cents != y->value_cents)
        return x->value_cents > y->value_cents ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* All that a group is shown by; *room: of pointers for all groups together. */
static void groups_fill(struct cx *cx, struct joining *j, struct duplicates_groups *out) {
    size_t *group_of = arena_new(cx->arena, size_t, j->n + 1);
    const struct duplicate_customer **room = arena_new(cx->arena, const struct duplicate_customer *, j->n + 1);
    size_t *size = arena_new(cx->arena, size_t, j->n + 1);
    for (size_t i = 0; i < j->n; i++)
        size[first_of(j, i)]++;
    out->group = arena_new(cx->arena, struct duplicates_group, j->n + 1);
    for (size_t i = 0; i < j->n; i++) {
        size_t first = first_of(j, i);
        if (size[first] < 2)
            continue;
        if (group_of[first] == 0) {
            out->group[out->n] = (struct duplicates_group){.customer = room,
                                                           .kinds = j->kinds[first],
                                                           .strength_e4 = j->strength[first],
                                                           .likeness_e4 = j->likeness[first]};
            room += size[first];
            group_of[first] = ++out->n;
        }
        struct duplicates_group *group = &out->group[group_of[first] - 1];
        group->customer[group->n++] = &j->customer[i];
        group->value_cents += j->customer[i].value_cents;
        group->purchases += j->customer[i].purchases;
    }
    for (size_t i = 0; i < out->n; i++)
        qsort(out->group[i].customer, out->group[i].n, sizeof *out->group[i].customer, by_worth);
    out->all = out->n;
}

static bool holds(struct cx *cx, struct str text, struct str folded) {
    struct str in = str_fold(cx->arena, text);
    for (size_t i = 0; i + folded.n <= in.n; i++)
        if (memcmp(in.p + i, folded.p, folded.n) == 0)
            return true;
    return false;
}

/* A tax number or phone is searched for by its digits too, however it is written. */
static struct str digits_of(struct cx *cx, struct str text) {
    char *to = arena_alloc(cx->arena, text.n + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] >= '0' && text.p[i] <= '9')
            to[n++] = text.p[i];
    return (struct str){to, n};
}

static void search_apply(struct cx *cx, struct str search, struct duplicates_groups *out) {
    struct str folded = str_fold(cx->arena, search), digits = digits_of(cx, search);
    size_t kept = 0;
    if (folded.n == 0)
        return;
    for (size_t i = 0; i < out->n; i++) {
        bool in = false;
        for (size_t k = 0; !in && k < out->group[i].n; k++) {
            struct arena_mark mark = arena_mark_get(cx->arena);
            const struct duplicate_customer *c = out->group[i].customer[k];
            in = holds(cx, c->name, folded) || holds(cx, c->code, folded) || holds(cx, c->tax_id, folded) ||
                 (digits.n >= 4 && (holds(cx, c->tax_id, digits) || holds(cx, digits_of(cx, c->phone), digits)));
            arena_rewind(cx->arena, mark);
        }
        if (in)
            out->group[kept++] = out->group[i];
    }
    out->n = kept;
}

static int by_strength(const void *a, const void *b) {
    const struct duplicates_group *x = a, *y = b;
    if (x->strength_e4 != y->strength_e4)
        return x->strength_e4 > y->strength_e4 ? -1 : 1;
    if (x->value_cents != y->value_cents)
        return x->value_cents > y->value_cents ? -1 : 1;
    return x->customer[0]->id < y->customer[0]->id ? -1 : 1;
}

static int by_value(const void *a, const void *b) {
    const struct duplicates_group *x = a, *y = b;
    if (x->value_cents != y->value_cents)
        return x->value_cents > y->value_cents ? -1 : 1;
    return by_strength(a, b);
}

static int by_name(const void *a, const void *b) {
    const struct duplicates_group *x = a, *y = b;
    int order = str_compare(x->customer[0]->name, y->customer[0]->name);
    return order != 0 ? order : by_strength(a, b);
}

static bool groups_read(struct cx *cx, struct db *db, const struct duplicates_wish *wish,
                        struct duplicates_groups *out) {
    struct joining j = {0};
    struct duplicate_pair *pair;
    size_t n;
    int64_t facts;
    if (!duplicate_run_find(cx, db, &out->looked, &out->run) || !score_facts(cx, db, &facts) ||
        !duplicate_pairs(cx, db, &pair, &n) || !duplicate_customers(cx, db, &j.customer, &j.n))
        return false;
    out->stale = out->looked && facts != out->run.facts;
    j.above = arena_new(cx->arena, size_t, j.n + 1);
    j.kinds = arena_new(cx->arena, unsigned, j.n + 1);
    j.strength = arena_new(cx->arena, int32_t, j.n + 1);
    j.likeness = arena_new(cx->arena, int32_t, j.n + 1);
    for (size_t i = 0; i < j.n; i++)
        j.above[i] = i;
    for (size_t i = 0; i < n; i++)
        if (asked_for(&pair[i], wish->kinds))
            pair_join(&j, &pair[i]);
    groups_fill(cx, &j, out);
    return true;
}

bool duplicates_groups(struct cx *cx, struct db *db, const struct duplicates_wish *wish,
                       struct duplicates_groups *out) {
    static int (*const order[])(const void *, const void *) = {
        [DUPLICATES_BY_STRENGTH] = by_strength, [DUPLICATES_BY_VALUE] = by_value, [DUPLICATES_BY_NAME] = by_name};
    *out = (struct duplicates_groups){0};
    bool done = db_read(cx, db) && groups_read(cx, db, wish, out);
    db_rollback(db);
    if (!done)
        return false;
    search_apply(cx, wish->search, out);
    if (out->n > 1)
        qsort(out->group, out->n, sizeof *out->group, order[wish->sort]);
    return true;
}

/* ---- side by side ---- */

/* Who is not among the customers was merged by somebody else meanwhile, or never was one. */
static bool missing_say(struct cx *cx, struct db *db, struct str code) {
    struct duplicate_merged merged;
    bool found;
    if (!duplicate_find(cx, db, code, S(""), &found, &merged))
        return false;
    if (found)
        return cx_fail(cx, ERR_CONFLICT, S("duplicate.merged_meanwhile"), code, merged.main_code, merged.who);
    return cx_fail(cx, ERR_NOT_FOUND, S("scope.no_customer"), code);
}

static bool among(const struct duplicates_sides *sides, struct str code, size_t *at) {
    for (*at = 0; *at < sides->n; ++*at)
        if (str_equal(sides->side[*at].code, code))
            return true;
    return false;
}

/* Within a transaction, in the order of the codes, each once. into: those that are merged into it already are left out; empty: none is. */
static bool sides_read(struct cx *cx, struct db *db, const struct str *code, size_t n, struct str into,
                       struct duplicates_sides *out) {
    struct duplicates_sides found = {.n = 0};
    size_t at, again;
    out->n = 0;
    if (n > DUPLICATE_SIDES)
        return cx_fail(cx, ERR_LIMIT, S("duplicate.too_many"), cx_text(cx, "%d", DUPLICATE_SIDES));
    if (!duplicate_sides(cx, db, code, n, found.side, &found.n))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct duplicate_merged merged;
        bool there = among(&found, code[i], &at), done = false;
        if (!there && into.n > 0 && !duplicate_find(cx, db, code[i], S(""), &done, &merged))
            return false;
        if (done && str_equal(merged.main_code, into))
            continue;
        if (!there)
            return missing_say(cx, db, code[i]);
        if (!among(out, code[i], &again))
            out->side[out->n++] = found.side[at];
    }
    return true;
}

bool duplicates_sides(struct cx *cx, struct db *db, const struct str *code, size_t n, struct duplicates_sides *out) {
    bool done = db_read(cx, db) && sides_read(cx, db, code, n, (struct str){0}, out) &&
                (out->n > 1 || cx_fail(cx, ERR_INVALID, S("duplicate.too_few")));
    db_rollback(db);
    return done;
}

/* ---- deciding ---- */

/* As the audit trail has it: who it was, and what it had. */
static struct str told(struct cx *cx, const struct duplicate_side *s) {
    return cx_text(cx, "customer=%.*s name=%.*s tax_id=%.*s rep=%.*s documents=%lld titles=%lld contacts=%lld",
                   STR_ARG(s->code), STR_ARG(s->name), STR_ARG(s->tax_id), STR_ARG(s->rep), (long long)s->documents,
                   (long long)s->titles, (long long)s->contacts);
}

static bool merge_all(struct cx *cx, struct db *db, const struct duplicates_act *act, size_t *changed) {
    struct duplicates_sides sides;
    size_t main;
    if (!sides_read(cx, db, act->code, act->n, act->main, &sides))
        return false;
    if (!among(&sides, act->main, &main))
        return cx_fail(cx, ERR_INVALID, S("duplicate.no_main"));
    for (size_t i = 0; i < sides.n; i++) {
        if (i == main)
            continue;
        if (!duplicate_merge(cx, db, sides.side[i].id, sides.side[main].id, act->who, act->now_us) ||
            !audit_add(cx, db, act->now_us, act->who, S("merge"), sides.side[i].code, told(cx, &sides.side[i]),
                       told(cx, &sides.side[main])))
            return false;
        ++*changed;
    }
    return *changed == 0 || score_facts_moved(cx, db);
}

bool duplicates_merge(struct cx *cx, struct db *db, const struct duplicates_act *act, size_t *changed) {
    *changed = 0;
    if (act->n < 2)
        return cx_fail(cx, ERR_INVALID, S("duplicate.too_few"));
    return db_write(cx, db) && end(cx, db, merge_all(cx, db, act, changed));
}

static bool part_one(struct cx *cx, struct db *db, struct str code, struct str who, int64_t now_us, struct str *main) {
    struct duplicate_merged merged;
    bool found;
    int64_t id;
    if (!duplicate_find(cx, db, code, S(""), &found, &merged))
        return false;
    if (!found)
        return customer_find_id(cx, db, code, &found, &id) &&
               (found || cx_fail(cx, ERR_NOT_FOUND, S("scope.no_customer"), code));
    *main = merged.main_code;
    return duplicate_unmerge(cx, db, merged.id) && score_facts_moved(cx, db) &&
           audit_add(cx, db, now_us, who, S("unmerge"), code, cx_text(cx, "customer=%.*s", STR_ARG(merged.main_code)),
                     cx_text(cx, "customer=%.*s", STR_ARG(code)));
}

bool duplicates_unmerge(struct cx *cx, struct db *db, struct str code, struct str who, int64_t now_us,
                        struct str *main) {
    *main = (struct str){0};
    return db_write(cx, db) && end(cx, db, part_one(cx, db, code, who, now_us, main));
}

static bool apart_all(struct cx *cx, struct db *db, const struct duplicates_act *act, bool apart) {
    struct duplicates_sides sides;
    if (!sides_read(cx, db, act->code, act->n, (struct str){0}, &sides))
        return false;
    for (size_t i = 0; i < sides.n; i++) {
        for (size_t k = i + 1; k < sides.n; k++) {
            const struct duplicate_side *a = &sides.side[i], *b = &sides.side[k];
            bool changed;
            if (!(apart ? duplicate_apart_put(cx, db, a->id, b->id, act->who, act->now_us, &changed)
                        : duplicate_apart_take(cx, db, a->id, b->id, &changed)))
                return false;
            if (changed && !audit_add(cx, db, act->now_us, act->who, apart ? S("apart") : S("apart_undo"), a->code,
                                      apart ? (struct str){0} : b->code, apart ? b->code : (struct str){0}))
                return false;
        }
    }
    return sides.n > 1 || cx_fail(cx, ERR_INVALID, S("duplicate.too_few"));
}

bool duplicates_apart(struct cx *cx, struct db *db, const struct duplicates_act *act) {
    return db_write(cx, db) && end(cx, db, apart_all(cx, db, act, true));
}

bool duplicates_doubt(struct cx *cx, struct db *db, const struct duplicates_act *act) {
    return db_write(cx, db) && end(cx, db, apart_all(cx, db, act, false));
}

bool duplicates_decided(struct cx *cx, struct db *db, struct duplicates_decided *out) {
    *out = (struct duplicates_decided){0};
    bool done = db_read(cx, db) &&
                duplicate_list(cx, db, (struct str){0}, DUPLICATES_DECIDED, &out->merged, &out->mergeds) &&
                duplicate_apart_list(cx, db, &out->apart, &out->aparts);
    db_rollback(db);
    return done;
}

bool duplicates_main(struct cx *cx, struct db *db, struct str code, struct str rep, struct str *main) {
    struct duplicate_merged merged;
    bool found = false;
    *main = (struct str){0};
    bool done = db_read(cx, db) && duplicate_find(cx, db, code, rep, &found, &merged);
    db_rollback(db);
    if (done && found)
        *main = merged.main_code;
    return done;
}
