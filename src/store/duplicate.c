// SPDX-License-Identifier: Apache-2.0
/* duplicate -- see duplicate.h for what must hold.
 *
 * One customer is taken over by, or given back from, its main customer by the statements of two lists: facts, and what people
 * wrote. Everything else is these two, in an order in which each row stands under its own customer in between: a merge gives back
 * all that changes its main customer, and takes it over again. So whatever the chain looked like, the outcome is that of merging
 * anew. Must not look at what rows mean.
 */
#include "store/duplicate.h"

#include "store/customer.h"
#include "store/rows.h"

/* What the statements take: the customer, and the main one where M. */
struct step {
    enum sql_id id;
    bool main;
};

static const struct step facts_take[] = {
    {SQL_DUPLICATE_DOCUMENT_NOTE, false}, {SQL_DUPLICATE_RECORD_NOTE, false},  {SQL_DUPLICATE_LINE_TAKE, true},
    {SQL_DUPLICATE_DOCUMENT_TAKE, true},  {SQL_DUPLICATE_RECORD_RENAME, true}, {SQL_DUPLICATE_RECORD_TAKE, true},
    {SQL_DUPLICATE_ABSORB, false},        {SQL_DUPLICATE_ABSORB_DROP, false},
};
static const struct step facts_give[] = {
    {SQL_DUPLICATE_LINE_GIVE, false}, {SQL_DUPLICATE_DOCUMENT_GIVE, false}, {SQL_DUPLICATE_RECORD_GIVE, false},
    {SQL_DUPLICATE_RELEASE, false},   {SQL_DUPLICATE_RELEASE_DROP, false},
};
static const struct step said_take[] = {
    {SQL_DUPLICATE_PERSON_NOTE, false},
    {SQL_DUPLICATE_PERSON_RENAME, true},
    {SQL_DUPLICATE_PERSON_TAKE, true},
    {SQL_DUPLICATE_CONTACT_NOTE, false},
    {SQL_DUPLICATE_CONTACT_RENAME, true},
    {SQL_DUPLICATE_CONTACT_TAKE, true},
    {SQL_DUPLICATE_APPOINTMENT_NOTE, false},
    {SQL_DUPLICATE_APPOINTMENT_RENAME, true},
    {SQL_DUPLICATE_APPOINTMENT_TAKE, true},
    {SQL_DUPLICATE_CUSTOMER_NOTE_NOTE, false},
    {SQL_DUPLICATE_CUSTOMER_NOTE_RENAME, true},
    {SQL_DUPLICATE_CUSTOMER_NOTE_TAKE, true},
    {SQL_DUPLICATE_MEMO_NOTE, false},
    {SQL_DUPLICATE_MEMO_TAKE, true},
    {SQL_DUPLICATE_CROSSING_TAKE, true},
    {SQL_DUPLICATE_ALERT_TOLD_TAKE, true},
    {SQL_DUPLICATE_CUSTOMER_TAG_NOTE, true},
    {SQL_DUPLICATE_CUSTOMER_TAG_TAKE, true},
    {SQL_DUPLICATE_CUSTOMER_TAG_LEAVE, false},
    {SQL_DUPLICATE_WORKLIST_CUSTOMER_NOTE, true},
    {SQL_DUPLICATE_WORKLIST_CUSTOMER_TAKE, true},
    {SQL_DUPLICATE_WORKLIST_CUSTOMER_LEAVE, false},
    {SQL_DUPLICATE_WORKLIST_SKIP_NOTE, true},
    {SQL_DUPLICATE_WORKLIST_SKIP_TAKE, true},
    {SQL_DUPLICATE_MESSAGE_NOTE, false},
    {SQL_DUPLICATE_MESSAGE_TAKE, true},
};
static const struct step said_give[] = {
    {SQL_DUPLICATE_PERSON_GIVE, false},
    {SQL_DUPLICATE_CONTACT_GIVE, false},
    {SQL_DUPLICATE_APPOINTMENT_GIVE, false},
    {SQL_DUPLICATE_CUSTOMER_NOTE_GIVE, false},
    {SQL_DUPLICATE_CUSTOMER_TAG_DROP, true},
    {SQL_DUPLICATE_CUSTOMER_TAG_PASS, true},
    {SQL_DUPLICATE_CUSTOMER_TAG_GIVE, false},
    {SQL_DUPLICATE_WORKLIST_CUSTOMER_DROP, true},
    {SQL_DUPLICATE_WORKLIST_CUSTOMER_PASS, true},
    {SQL_DUPLICATE_WORKLIST_CUSTOMER_GIVE, false},
    {SQL_DUPLICATE_WORKLIST_SKIP_GIVE, true},
    {SQL_DUPLICATE_MESSAGE_GIVE, false},
    {SQL_DUPLICATE_MEMO_GIVE, false},
};
enum { FACTS_FROM = 1, FACTS_TO = 2, SAID_FROM = 3, SAID_TO = 11 }; /* duplicate_moved.what */

#define STEPS(list) list, sizeof list / sizeof *list

struct merge_row {
    int64_t id, into_id, main_id;
};

static bool steps_run(struct cx *cx, struct db *db, const struct step *step, size_t n, const struct merge_row *row) {
    const struct sql_value args[] = {sql_int(row->id), sql_int(row->main_id)};
    for (size_t i = 0; i < n; i++) {
        if (!sql_run(cx, db, step[i].id, args, step[i].main ? 2 : 1, NULL))
            return false;
    }
    return true;
}

static bool forget_moved(struct cx *cx, struct db *db, int64_t id, int64_t from, int64_t to) {
    return SQL_RUN(cx, db, SQL_DUPLICATE_MOVED_DROP, sql_int(id), sql_int(from), sql_int(to));
}

static bool give_facts(struct cx *cx, struct db *db, const struct merge_row *row) {
    return steps_run(cx, db, STEPS(facts_give), row) && forget_moved(cx, db, row->id, FACTS_FROM, FACTS_TO);
}

static bool give_all(struct cx *cx, struct db *db, const struct merge_row *row) {
    return give_facts(cx, db, row) && steps_run(cx, db, STEPS(said_give), row) &&
           forget_moved(cx, db, row->id, SAID_FROM, SAID_TO);
}

/* The customer's row, which has its code, goes with the facts. */
static bool take_all(struct cx *cx, struct db *db, const struct merge_row *row) {
    return steps_run(cx, db, STEPS(said_take), row) && steps_run(cx, db, STEPS(facts_take), row);
}

static bool merges_read(struct cx *cx, struct db *db, struct merge_row **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_DUPLICATE_MERGE_LIST, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct merge_row one = {sql_get_int(rows, 0), sql_get_int(rows, 1), sql_get_int(rows, 2)};
        ROWS_ADD(cx, *out, *n, one);
    }
    sql_close(rows);
    return done;
}

/* ---- around imports and undo ---- */

bool duplicate_part(struct cx *cx, struct db *db) {
    struct merge_row *row;
    size_t n;
    bool done = merges_read(cx, db, &row, &n);
    for (size_t i = 0; done && i < n; i++)
        done = give_facts(cx, db, &row[i]);
    return done;
}

/* What the import marked as changed is its main customer's. */
static bool marks_pass(struct cx *cx, struct db *db, const struct merge_row *row) {
    const struct sql_value id = sql_int(row->id), main = sql_int(row->main_id);
    return SQL_RUN(cx, db, SQL_DUPLICATE_MARK_ON, id, main) && SQL_RUN(cx, db, SQL_DUPLICATE_MARK_DROP, id) &&
           SQL_RUN(cx, db, SQL_DUPLICATE_DUE_ON, id, main) && SQL_RUN(cx, db, SQL_DUPLICATE_DUE_DROP, id);
}

bool duplicate_join(struct cx *cx, struct db *db) {
    struct merge_row *row;
    size_t n;
    bool done = merges_read(cx, db, &row, &n);
    for (size_t i = 0; done && i < n; i++)
        done = steps_run(cx, db, STEPS(facts_take), &row[i]) && marks_pass(cx, db, &row[i]);
    return done;
}

/* ---- merging ---- */

/* Both histories are others from now on, and what is open with both. */
static bool both_mark(struct cx *cx, struct db *db, int64_t id, int64_t main_id) {
    const struct sql_value one = sql_int(id), main = sql_int(main_id);
    return SQL_RUN(cx, db, SQL_DUPLICATE_MARK, one, one) && SQL_RUN(cx, db, SQL_DUPLICATE_MARK, main, one) &&
           SQL_RUN(cx, db, SQL_STANDING_DUE_ADD, one) && SQL_RUN(cx, db, SQL_STANDING_DUE_ADD, main);
}

/* Whom of the merged to count as a part of `id`, itself not: those whose chain leads there. */
static bool below(const struct merge_row *row, size_t n, const struct merge_row *who, int64_t id) {
    int64_t at = who->into_id;
    for (size_t steps = 0; steps <= n; steps++) {
        if (at == id)
            return true;
        size_t i = 0;
        while (i < n && row[i].id != at)
            i++;
        if (i == n)
            return false;
        at = row[i].into_id;
    }
    return false;
}

/* All that is merged into `id` counts for another main customer. */
static bool pass_below(struct cx *cx, struct db *db, int64_t id, int64_t main_id, bool give) {
    struct merge_row *row;
    size_t n;
    bool done = merges_read(cx, db, &row, &n);
    for (size_t i = 0; done && i < n; i++) {
        if (!below(row, n, &row[i], id))
            continue;
        if (give) {
            done = give_all(cx, db, &row[i]);
        } else {
            row[i].main_id = main_id;
            done = SQL_RUN(cx, db, SQL_DUPLICATE_MERGE_MAIN, sql_int(row[i].id), sql_int(main_id)) &&
                   take_all(cx, db, &row[i]);
        }
    }
    return done;
}

bool duplicate_merge(struct cx *cx, struct db *db, int64_t id, int64_t into_id, struct str who, int64_t now_us) {
    const struct merge_row row = {id, into_id, into_id};
    return both_mark(cx, db, id, into_id) && pass_below(cx, db, id, 0, true) &&
           SQL_RUN(cx, db, SQL_DUPLICATE_MERGE_ADD, sql_int(id), sql_int(into_id), sql_int(into_id), sql_text(who),
                   sql_int(now_us)) &&
           take_all(cx, db, &row) && pass_below(cx, db, id, into_id, false) && customer_merge_one(cx, db, into_id);
}

bool duplicate_unmerge(struct cx *cx, struct db *db, int64_t id) {
    struct merge_row *row, mine = {0};
    size_t n;
    if (!merges_read(cx, db, &row, &n))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (row[i].id == id)
            mine = row[i];
    }
    if (!mine.id)
        return cx_fail(cx, ERR_CONFLICT, S("duplicate.not_merged"));
    return pass_below(cx, db, id, 0, true) && give_all(cx, db, &mine) &&
           SQL_RUN(cx, db, SQL_DUPLICATE_MERGE_DROP, sql_int(id)) && pass_below(cx, db, id, id, false) &&
           customer_merge_one(cx, db, id) && customer_merge_one(cx, db, mine.main_id) &&
           both_mark(cx, db, id, mine.main_id);
}

/* ---- who was merged ---- */

static struct duplicate_merged merged_at(struct cx *cx, struct sql_rows *rows) {
    struct str text[8];
    for (int i = 0; i < 8; i++)
        text[i] = str_copy(cx->arena, sql_get_text(rows, 3 + i));
    return (struct duplicate_merged){.id = sql_get_int(rows, 0),
                                     .into_id = sql_get_int(rows, 1),
                                     .main_id = sql_get_int(rows, 2),
                                     .code = text[0],
                                     .name = text[1],
                                     .tax_id = text[2],
                                     .phone = text[3],
                                     .rep = text[4],
                                     .into_code = text[5],
                                     .main_code = text[6],
                                     .who = text[7],
                                     .made_us = sql_get_int(rows, 11)};
}

bool duplicate_find(struct cx *cx, struct db *db, struct str code, struct str rep, bool *found,
                    struct duplicate_merged *out) {
    struct sql_rows *rows;
    const struct sql_value args[] = {sql_text(code), sql_text(rep)};
    *found = false;
    bool done = sql_open(cx, db, SQL_DUPLICATE_FIND, args, 2, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = merged_at(cx, rows);
    sql_close(rows);
    return done;
}

bool duplicate_list(struct cx *cx, struct db *db, struct str main_code, size_t most, struct duplicate_merged **out,
                    size_t *n) {
    struct sql_rows *rows;
    const struct sql_value args[] = {sql_text(main_code), sql_int((int64_t)most)};
    bool more = false, done = sql_open(cx, db, SQL_DUPLICATE_LIST, args, 2, &rows);
    *out = arena_new(cx->arena, struct duplicate_merged, most + 1);
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more && *n < most)
        (*out)[(*n)++] = merged_at(cx, rows);
    sql_close(rows);
    return done;
}
