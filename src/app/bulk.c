// SPDX-License-Identifier: Apache-2.0
/* bulk -- see the header. Which customers is found first, in a picture of its own: making a score in sight needs that. */
#include "app/bulk.h"

#include <stdlib.h>

#include "app/scope.h"
#include "app/tags.h"
#include "app/transfers.h"
#include "app/worklists.h"
#include "base/secret.h"
#include "store/import.h"
#include "store/setting.h"

static const char *const names[] = {
    [BULK_NONE] = "",       [BULK_TAG] = "tag",           [BULK_UNTAG] = "untag",  [BULK_ASSIGN] = "assign",
    [BULK_CLOSE] = "close", [BULK_WORKLIST] = "worklist", [BULK_LETTER] = "letter"};

const char *bulk_name(enum bulk_kind kind) {
    return names[kind];
}

bool bulk_parse(struct str name, enum bulk_kind *out) {
    for (int kind = BULK_TAG; kind <= BULK_LETTER; kind++) {
        if (str_equal(name, str_from(names[kind]))) {
            *out = (enum bulk_kind)kind;
            return true;
        }
    }
    return false;
}

struct ids {
    int64_t *id; /* ascending, each once */
    size_t n;
};

static int compare_ids(const void *a, const void *b) {
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Within a transaction. */
static bool find_picked(struct cx *cx, struct db *db, const struct bulk_wish *wish, struct ids *out) {
    size_t kept = 0;
    out->id = arena_new(cx->arena, int64_t, wish->codes);
    for (size_t i = 0; i < wish->codes; i++) {
        if (!scope_customer(cx, db, wish->code[i], wish->request->filter.only_rep, &out->id[i]))
            return false;
    }
    qsort(out->id, wish->codes, sizeof *out->id, compare_ids);
    for (size_t i = 0; i < wish->codes; i++) {
        if (i == 0 || out->id[i] != out->id[i - 1])
            out->id[kept++] = out->id[i];
    }
    out->n = kept;
    return true;
}

static bool find(struct cx *cx, struct db *db, const struct bulk_wish *wish, struct ids *out) {
    if (wish->codes == 0)
        return list_found(cx, db, wish->request, &out->id, &out->n);
    if (!db_read(cx, db))
        return false;
    bool done = find_picked(cx, db, wish, out);
    db_rollback(db);
    return done;
}

bool bulk_ids(struct cx *cx, struct db *db, const struct bulk_wish *wish, int64_t **id, size_t *n) {
    struct ids ids = {0};
    bool done = find(cx, db, wish, &ids);
    *id = ids.id;
    *n = ids.n;
    return done;
}

bool bulk_count(struct cx *cx, struct db *db, const struct bulk_wish *wish, int64_t *out) {
    struct ids ids;
    if (!find(cx, db, wish, &ids))
        return false;
    *out = (int64_t)ids.n;
    return true;
}

/* ---- tags ---- */

static bool tag_all(struct cx *cx, struct db *db, const struct bulk_wish *wish, const struct ids *ids, struct str *what,
                    struct bulk_report *out) {
    struct tag tag;
    int64_t id;
    bool found, changed;
    if (!tags_name(cx, wish->text, what))
        return false;
    if (wish->kind == BULK_TAG)
        return tags_give(cx, db, *what, wish->may_revive, wish->now_us, &id) &&
               tag_put_many(cx, db, ids->id, ids->n, id, &out->changed);
    if (!tag_find(cx, db, *what, &found, &tag))
        return false;
    for (size_t i = 0; found && i < ids->n; i++) {
        if (!tag_take(cx, db, ids->id[i], tag.id, &changed))
            return false;
        out->changed += changed;
    }
    return true;
}

/* ---- facts ---- */

static bool fact_make(struct cx *cx, const struct bulk_wish *wish, struct day on, struct customer_fact *fact,
                      struct str *what) {
    *what = str_trim(wish->text);
    *fact = (struct customer_fact){
        .source = FACT_FROM_CUSTOMERS, .day = DAY_NONE, .closed_on = on, .last_contact = DAY_NONE};
    return what->n > 0 || cx_fail(cx, ERR_INVALID, S("bulk.no_reason"));
}

static bool facts_put(struct cx *cx, struct db *db, const struct ids *ids, int64_t import_id,
                      struct customer_fact *fact) {
    struct customer_writer *writer;
    if (!customer_writer_open(cx, db, &writer))
        return false;
    bool done = true;
    fact->import_id = import_id;
    for (size_t i = 0; done && i < ids->n; i++) {
        fact->customer_id = ids->id[i];
        done = customer_writer_fact(cx, writer, fact);
    }
    return customer_writer_close(cx, writer) && done;
}

static bool fact_all(struct cx *cx, struct db *db, const struct bulk_wish *wish, const struct ids *ids,
                     struct str *what, struct bulk_report *out) {
    struct customer_fact fact;
    if (!fact_make(cx, wish, wish->request->as_of, &fact, what))
        return false;
    struct str shown = cx_text(cx, "%s %zu: %.*s", bulk_name(wish->kind), ids->n, STR_ARG(*what));
    if (!import_begin(cx, db, IMPORT_CUSTOMERS, shown, wish->now_us, &out->import_id) ||
        !facts_put(cx, db, ids, out->import_id, &fact) || !customer_merge(cx, db, out->import_id, &out->changed))
        return false;
    const struct import_run run = {
        .id = out->import_id,
        .kind = IMPORT_CUSTOMERS,
        .files = shown,
        .started_us = wish->now_us,
        .finished_us = wish->now_us,
        .counts = {.rows = out->customers, .changed = out->changed, .unchanged = out->customers - out->changed},
        .first_day = DAY_NONE,
        .last_day = DAY_NONE};
    return import_finish(cx, db, &run) && score_facts_moved(cx, db);
}

/* Today, and what is tied to the customers stays where it is. */
static bool assign_all(struct cx *cx, struct db *db, const struct bulk_wish *wish, const struct ids *ids,
                       struct bulk_report *out) {
    const struct transfers_wish transfer = {.of = wish,
                                            .rep = wish->text,
                                            .day = wish->request->as_of,
                                            .today = wish->request->as_of,
                                            .token = secret_token(cx->arena)};
    struct transfer done;
    if (!transfers_within(cx, db, &transfer, ids->id, ids->n, &done, &out->changed))
        return false;
    out->import_id = done.import_id;
    return true;
}

static bool change(struct cx *cx, struct db *db, const struct bulk_wish *wish, const struct ids *ids,
                   struct bulk_report *out) {
    struct str what;
    if (wish->kind == BULK_ASSIGN)
        return assign_all(cx, db, wish, ids, out);
    bool done =
        wish->kind == BULK_CLOSE ? fact_all(cx, db, wish, ids, &what, out) : tag_all(cx, db, wish, ids, &what, out);
    return done &&
           audit_add(cx, db, wish->now_us, wish->who, str_from(bulk_name(wish->kind)),
                     cx_text(cx, "%lld: %.*s", (long long)out->customers, STR_ARG(wish->said)), (struct str){0}, what);
}

/* A work list keeps its own transaction and its own line in the audit trail. */
static bool pick_all(struct cx *cx, struct db *db, const struct bulk_wish *wish, const struct ids *ids,
                     struct bulk_report *out) {
    int64_t id;
    if (decimal_read(wish->text, DECIMAL_POINT, 0, &id, NULL) != DECIMAL_OK)
        return cx_fail(cx, ERR_INVALID, S("bulk.no_worklist"));
    out->changed = out->customers;
    return worklists_pick(cx, db, id, ids->id, ids->n, wish->who, wish->now_us);
}

bool bulk_do(struct cx *cx, struct db *db, const struct bulk_wish *wish, struct bulk_report *out) {
    struct ids ids;
    *out = (struct bulk_report){0};
    if (!find(cx, db, wish, &ids))
        return false;
    out->customers = (int64_t)ids.n;
    if (wish->kind == BULK_WORKLIST)
        return pick_all(cx, db, wish, &ids, out);
    if (!db_write(cx, db))
        return false;
    if (!change(cx, db, wish, &ids, out)) {
        db_rollback(db);
        return false;
    }
    if (out->changed == 0) { /* nothing to keep, nothing to undo */
        out->import_id = 0;
        db_rollback(db);
        return true;
    }
    if (db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}
