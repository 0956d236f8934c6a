// SPDX-License-Identifier: Apache-2.0
/* choices -- see the header. The lists are short (LIMIT_CHOICES of a kind): they are searched and sorted in memory. Invariant: two
 * of a kind never have names that a person takes for the same.
 */
#include "app/choices.h"

#include <stdlib.h>

#include "base/limits.h"
#include "store/setting.h"

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

/* ---- looking ---- */

static bool holds(struct cx *cx, struct str text, struct str folded_search) {
    struct str folded = str_fold(cx->arena, text);
    for (size_t i = 0; i + folded_search.n <= folded.n; i++)
        if (str_equal((struct str){folded.p + i, folded_search.n}, folded_search))
            return true;
    return false;
}

static bool shown(struct cx *cx, const struct choices_look *look, struct str search, const struct choice *choice) {
    return (look->state == CHOICES_ALL || (choice->retired_us > 0) == (look->state == CHOICES_RETIRED)) &&
           (look->owner.n == 0 || str_equal(look->owner, choice->owner)) &&
           (look->preventable < 0 || choice->preventable == (look->preventable == 1)) &&
           (search.n == 0 || holds(cx, choice->name, search) || holds(cx, choice->owner, search) ||
            holds(cx, choice->argument, search));
}

struct sorting {
    struct arena *arena;
    enum choices_sort sort;
    bool descending;
};

static int folded_compare(struct arena *arena, struct str a, struct str b) {
    int order = str_compare(str_fold(arena, a), str_fold(arena, b));
    return order != 0 ? order : str_compare(a, b);
}

/* Equal ones stand by name, whichever way the others go. */
static int row_compare(const void *left, const void *right, void *owner) {
    const struct choices_row *a = left, *b = right;
    const struct sorting *by = owner;
    int order = 0;
    switch (by->sort) {
    case CHOICES_BY_OWNER:
        order = folded_compare(by->arena, a->choice.owner, b->choice.owner);
        break;
    case CHOICES_BY_CONTACTS:
        order = (a->use.contacts > b->use.contacts) - (a->use.contacts < b->use.contacts);
        break;
    case CHOICES_BY_LAST:
        order = (a->use.last.n > b->use.last.n) - (a->use.last.n < b->use.last.n);
        break;
    case CHOICES_BY_NAME:
    case CHOICES_SORTS:
        order = folded_compare(by->arena, a->choice.name, b->choice.name);
        break;
    }
    if (by->descending)
        order = -order;
    return order != 0 ? order : folded_compare(by->arena, a->choice.name, b->choice.name);
}

static int owner_compare(const void *left, const void *right, void *arena) {
    return folded_compare(arena, *(const struct str *)left, *(const struct str *)right);
}

static void owners_take(struct cx *cx, const struct choice *choice, size_t n, struct choices_found *out) {
    out->owner = arena_new(cx->arena, struct str, n > 0 ? n : 1);
    for (size_t i = 0; i < n; i++) {
        bool known = choice[i].owner.n == 0;
        for (size_t k = 0; k < out->owners && !known; k++)
            known = str_equal(out->owner[k], choice[i].owner);
        if (!known)
            out->owner[out->owners++] = choice[i].owner;
    }
    qsort_r(out->owner, out->owners, sizeof *out->owner, owner_compare, cx->arena);
}

static struct choice_use use_of(const struct choice_use *use, size_t n, int64_t id) {
    for (size_t i = 0; i < n; i++)
        if (use[i].id == id)
            return use[i];
    return (struct choice_use){.id = id, .first = DAY_NONE, .last = DAY_NONE};
}

bool choices_look_through(struct cx *cx, struct db *db, const struct choices_look *look, struct choices_found *out) {
    struct choice *choice;
    struct choice_use *use;
    size_t uses;
    *out = (struct choices_found){0};
    bool done = db_read(cx, db) && choice_list(cx, db, look->kind, true, &choice, &out->of) &&
                choice_uses(cx, db, look->kind, look->from, look->until, &use, &uses);
    db_rollback(db);
    if (!done)
        return false;
    struct str search = str_fold(cx->arena, look->search);
    owners_take(cx, choice, out->of, out);
    out->row = arena_new(cx->arena, struct choices_row, out->of > 0 ? out->of : 1);
    for (size_t i = 0; i < out->of; i++)
        if (shown(cx, look, search, &choice[i]))
            out->row[out->n++] = (struct choices_row){choice[i], use_of(use, uses, choice[i].id)};
    qsort_r(out->row, out->n, sizeof *out->row, row_compare,
            &(struct sorting){cx->arena, look->sort, look->descending});
    return true;
}

bool choices_find(struct cx *cx, struct db *db, int64_t id, struct choice *out) {
    bool found = false, done = db_read(cx, db) && choice_find(cx, db, id, &found, out);
    db_rollback(db);
    return done && (found || cx_fail(cx, ERR_NOT_FOUND, S("choice.unknown")));
}

/* ---- changing ---- */

static bool wish_check(struct cx *cx, const struct choices_wish *wish) {
    if (str_trim(wish->name).n == 0)
        return cx_fail(cx, ERR_INVALID, S("choice.name"));
    if (wish->name.n > LIMIT_CHOICE_NAME)
        return cx_fail(cx, ERR_INVALID, S("choice.name_long"), cx_text(cx, "%d", LIMIT_CHOICE_NAME));
    if (wish->owner.n > LIMIT_CHOICE_NAME)
        return cx_fail(cx, ERR_INVALID, S("choice.owner_long"), cx_text(cx, "%d", LIMIT_CHOICE_NAME));
    return wish->argument.n <= LIMIT_CHOICE_TEXT ||
           cx_fail(cx, ERR_INVALID, S("choice.argument_long"), cx_text(cx, "%d", LIMIT_CHOICE_TEXT));
}

/* Another that has the name; NULL: none. */
static const struct choice *twin_of(struct cx *cx, const struct choice *all, size_t n, const struct choice *choice) {
    struct str folded = str_fold(cx->arena, choice->name);
    for (size_t i = 0; i < n; i++)
        if (all[i].id != choice->id && str_equal(str_fold(cx->arena, all[i].name), folded))
            return &all[i];
    return NULL;
}

/* The form that added it, sent once more. */
static bool sent_twice(const struct choice *there, const struct choice *choice) {
    return choice->id == 0 && there->version == 1 && there->retired_us == 0 && str_equal(there->name, choice->name) &&
           str_equal(there->owner, choice->owner) && str_equal(there->argument, choice->argument) &&
           there->preventable == choice->preventable;
}

static struct str said(struct cx *cx, const struct choice *choice) {
    return cx_text(cx, "name=%.*s owner=%.*s preventable=%s argument=%.*s retired=%s", STR_ARG(choice->name),
                   STR_ARG(choice->owner), choice->preventable ? "yes" : "no", STR_ARG(choice->argument),
                   choice->retired_us > 0 ? "yes" : "no");
}

static bool known(struct cx *cx, struct db *db, int64_t id, struct choice *out) {
    bool found;
    return choice_find(cx, db, id, &found, out) && (found || cx_fail(cx, ERR_NOT_FOUND, S("choice.unknown")));
}

static bool change(struct cx *cx, struct db *db, const struct choice *before, struct choice *choice, struct str who,
                   int64_t now_us) {
    bool changed;
    if (!choice_change(cx, db, choice, &changed))
        return false;
    if (!changed)
        return cx_fail(cx, ERR_CONFLICT, S("choice.changed"), before->name);
    choice->version++;
    return audit_add(cx, db, now_us, who, str_from(choice_kind_name(choice->kind)), choice->name, said(cx, before),
                     said(cx, choice));
}

static bool add(struct cx *cx, struct db *db, struct choice *choice, struct str who) {
    return choice_add(cx, db, choice) &&
           audit_add(cx, db, choice->made_us, who, str_from(choice_kind_name(choice->kind)), choice->name,
                     (struct str){0}, said(cx, choice));
}

static bool put(struct cx *cx, struct db *db, const struct choices_wish *wish, struct choice *choice) {
    struct choice before = {.kind = wish->kind, .made_us = wish->now_us}, *all;
    size_t n;
    if (wish->id != 0 && !known(cx, db, wish->id, &before))
        return false;
    *choice = before;
    choice->version = wish->version;
    choice->name = str_trim(wish->name);
    choice->owner = str_trim(wish->owner);
    choice->preventable = wish->preventable && before.kind == CHOICE_REASON;
    choice->argument = before.kind == CHOICE_OBJECTION ? str_trim(wish->argument) : (struct str){0};
    if (!choice_list(cx, db, before.kind, true, &all, &n))
        return false;
    const struct choice *twin = twin_of(cx, all, n, choice);
    if (twin != NULL && sent_twice(twin, choice)) {
        *choice = *twin;
        return true;
    }
    if (twin != NULL)
        return cx_fail(cx, ERR_CONFLICT, S("choice.taken"), choice->name);
    if (wish->id != 0)
        return change(cx, db, &before, choice, wish->who, wish->now_us);
    if (n >= LIMIT_CHOICES)
        return cx_fail(cx, ERR_LIMIT, S("choice.too_many"), cx_text(cx, "%d", LIMIT_CHOICES));
    return add(cx, db, choice, wish->who);
}

bool choices_put(struct cx *cx, struct db *db, const struct choices_wish *wish, struct choice *out) {
    return wish_check(cx, wish) && db_write(cx, db) && end(cx, db, put(cx, db, wish, out));
}

static bool retire(struct cx *cx, struct db *db, int64_t id, int64_t version, bool retired, struct str who,
                   int64_t now_us) {
    struct choice before;
    if (!known(cx, db, id, &before))
        return false;
    if ((before.retired_us > 0) == retired)
        return true; /* sent twice */
    struct choice choice = before;
    choice.version = version;
    choice.retired_us = retired ? now_us : 0;
    return change(cx, db, &before, &choice, who, now_us);
}

bool choices_retire(struct cx *cx, struct db *db, int64_t id, int64_t version, bool retired, struct str who,
                    int64_t now_us) {
    return db_write(cx, db) && end(cx, db, retire(cx, db, id, version, retired, who, now_us));
}

/* ---- the usual ones ---- */

static const struct {
    enum choice_kind kind;
    bool preventable;
    const char *name, *owner, *argument; /* keys of texts */
} usual[] = {
#define SALES "choice_usual.sales"
#define LOGISTICS "choice_usual.logistics"
#define PURCHASING "choice_usual.purchasing"
#define QUALITY "choice_usual.quality"
#define FINANCE "choice_usual.finance"
    {CHOICE_REASON, true, "choice_usual.price", SALES, NULL},
    {CHOICE_REASON, true, "choice_usual.late", LOGISTICS, NULL},
    {CHOICE_REASON, true, "choice_usual.missing", PURCHASING, NULL},
    {CHOICE_REASON, true, "choice_usual.fault", QUALITY, NULL},
    {CHOICE_REASON, true, "choice_usual.service", SALES, NULL},
    {CHOICE_REASON, true, "choice_usual.nobody", SALES, NULL},
    {CHOICE_REASON, true, "choice_usual.credit", FINANCE, NULL},
    {CHOICE_REASON, true, "choice_usual.terms", FINANCE, NULL},
    {CHOICE_REASON, true, "choice_usual.competitor", SALES, NULL},
    {CHOICE_REASON, false, "choice_usual.closed", SALES, NULL},
    {CHOICE_REASON, false, "choice_usual.hands", SALES, NULL},
    {CHOICE_REASON, false, "choice_usual.season", SALES, NULL},
    {CHOICE_REASON, false, "choice_usual.line", SALES, NULL},
    {CHOICE_OBJECTION, false, "choice_usual.dear", SALES, "choice_usual.dear_argument"},
    {CHOICE_OBJECTION, false, "choice_usual.stock", SALES, "choice_usual.stock_argument"},
    {CHOICE_OBJECTION, false, "choice_usual.elsewhere", SALES, "choice_usual.elsewhere_argument"},
    {CHOICE_OBJECTION, false, "choice_usual.money", FINANCE, "choice_usual.money_argument"},
    {CHOICE_OBJECTION, false, "choice_usual.trouble", QUALITY, "choice_usual.trouble_argument"},
    {CHOICE_OBJECTION, false, "choice_usual.slow", LOGISTICS, "choice_usual.slow_argument"},
    {CHOICE_OBJECTION, false, "choice_usual.decider", SALES, "choice_usual.decider_argument"},
    {CHOICE_OBJECTION, false, "choice_usual.think", SALES, "choice_usual.think_argument"},
    {CHOICE_OCCURRENCE, false, "choice_usual.offer", SALES, NULL},
    {CHOICE_OCCURRENCE, false, "choice_usual.recovery", SALES, NULL},
    {CHOICE_OCCURRENCE, false, "choice_usual.quote", SALES, NULL},
    {CHOICE_OCCURRENCE, false, "choice_usual.complaint", QUALITY, NULL},
    {CHOICE_OCCURRENCE, false, "choice_usual.overdue", FINANCE, NULL},
    {CHOICE_OCCURRENCE, false, "choice_usual.survey", QUALITY, NULL},
    {CHOICE_OCCURRENCE, false, "choice_usual.record", SALES, NULL},
};

static struct str text_of(struct cx *cx, enum lang lang, const char *key) {
    return key != NULL ? catalog_text(cx->arena, lang, str_from(key), NULL, 0) : (struct str){0};
}

static bool usual_add(struct cx *cx, struct db *db, enum choice_kind kind, enum lang lang, struct str who,
                      int64_t now_us, size_t *added) {
    struct choice *all;
    size_t n;
    if (!choice_list(cx, db, kind, true, &all, &n))
        return false;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        struct choice choice = {.kind = kind,
                                .name = text_of(cx, lang, usual[i].name),
                                .owner = text_of(cx, lang, usual[i].owner),
                                .preventable = usual[i].preventable,
                                .argument = text_of(cx, lang, usual[i].argument),
                                .made_us = now_us};
        if (usual[i].kind != kind || twin_of(cx, all, n, &choice) != NULL)
            continue;
        if (!add(cx, db, &choice, who))
            return false;
        ++*added;
    }
    return true;
}

bool choices_usual(struct cx *cx, struct db *db, enum choice_kind kind, enum lang lang, struct str who, int64_t now_us,
                   size_t *added) {
    bool done = db_write(cx, db);
    *added = 0;
    for (int each = CHOICE_REASON; each < CHOICE_KINDS && done; each++)
        if (kind == CHOICE_NONE || kind == (enum choice_kind)each)
            done = usual_add(cx, db, (enum choice_kind)each, lang, who, now_us, added);
    return end(cx, db, done);
}
