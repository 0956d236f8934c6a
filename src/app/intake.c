// SPDX-License-Identifier: Apache-2.0
/* intake.c -- one staged group becomes one document (or one a customer, when a number serves several), and meets the
 * stored one of its number.
 *
 * What the rows themselves say is intake_claim.c's. Invariant: a document whose content is the stored one's changes
 * nothing but the note that this import holds it too.
 */
#include "app/intake.h"

#include "app/heap.h"
#include "app/importing.h"
#include "app/intake_claim.h"

bool intake_open(struct cx *cx, struct intake *intake, struct importing *im, enum document_source source) {
    *intake = (struct intake){.im = im, .source = source};
    bool any = false;
    if (!parties_open(cx, im, FACT_FROM_ORDERS, &intake->parties) ||
        !goods_open(cx, im, FACT_FROM_ORDERS, &intake->goods) || !document_next_id(cx, im->db, &intake->next_id) ||
        !document_any(cx, im->db, &any)) {
        return false;
    }
    intake->empty = !any;
    return true;
}

void intake_close(struct cx *cx, struct intake *intake) {
    parties_close(cx, intake->parties);
    goods_close(intake->goods);
    free(intake->own);
    free(intake->line);
    free(intake->noted);
}

static int by_customer(const void *a, const void *b) {
    const struct intake_own *x = a, *y = b;
    int order = str_compare(x->customer, y->customer);
    return order != 0 ? order : x->heading < y->heading ? -1 : x->heading > y->heading;
}

enum outcome { OUTCOME_ADDED, OUTCOME_CHANGED, OUTCOME_SAME };

static void rows_count(struct intake *intake, const struct claim *claim, enum outcome outcome) {
    for (size_t k = 0; k < claim->headings; k++) {
        size_t n = 0;
        const struct staged_line *line = claim_lines(claim, k, &n);
        for (const struct staged_line *end = line + n; line < end; line++) {
            struct import_counts *counts = &intake->im->report->file[line->file].counts;
            counts->rows++;
            counts->added += outcome == OUTCOME_ADDED;
            counts->changed += outcome == OUTCOME_CHANGED;
            counts->unchanged += outcome == OUTCOME_SAME;
        }
    }
}

/* That this import holds a stored document too is noted once, however often its files say so. */
static bool noted_first(struct intake *intake, int64_t id) {
    size_t at = (size_t)id / 8;
    uint8_t bit = (uint8_t)(1u << (id % 8));
    intake->noted = heap_grown_zeroed(intake->noted, &intake->noted_bytes, at + 1, 1);
    bool first = !(intake->noted[at] & bit);
    intake->noted[at] |= bit;
    return first;
}

static bool same_note(struct cx *cx, struct intake *intake, const struct document_row *stored) {
    return stored->import_id == intake->im->id || !noted_first(intake, stored->id) ||
           document_writer_same(cx, intake->writer, stored);
}

/* An invoice that was cancelled stays so when its file comes again; the file counts when the cancellation is undone. */
static bool cancelled_note(struct cx *cx, struct intake *intake, const struct document_row *stored,
                           const struct document_row *row) {
    if (row->kind == DOCUMENT_CANCELLED || row->customer_id != stored->customer_id) {
        return same_note(cx, intake, stored);
    }
    return stored->import_id == intake->im->id || !noted_first(intake, stored->id) ||
           document_writer_cover(cx, intake->writer, row, intake->line);
}

/* The stored document of a number. One that several customers share in some file is stored for each under a number of
 * its own; another file may hold the rows of one of them only, and both are to meet. Sets row->number to the one it has,
 * or is to get. */
static bool document_meet(struct cx *cx, struct intake *intake, const struct claim *claim, struct document_row *row,
                          bool *found, struct document_row *stored) {
    struct db *db = intake->im->db;
    struct str plain = row->number, own = cx_text(cx, "%.*s@%.*s", STR_ARG(plain), STR_ARG(claim->customer));
    struct str first = claim->alone ? plain : own, second = claim->alone ? own : plain;
    struct document_row other;
    bool also = false;
    row->number = first;
    *found = false;
    if (intake->empty) {
        return true;
    }
    if (!document_find(cx, db, row->source, row->company_id, first, found, stored)) {
        return false;
    }
    if (*found && (!claim->alone || stored->customer_id == row->customer_id)) {
        return true;
    }
    if (!document_find(cx, db, row->source, row->company_id, second, &also, &other)) {
        return false;
    }
    if (also && other.customer_id == row->customer_id) {
        row->number = second;
        *found = true;
        *stored = other;
    }
    return true;
}

static bool document_put(struct cx *cx, struct intake *intake, const struct claim *claim, struct document_row *row,
                         struct party *party, enum outcome *outcome) {
    struct document_row stored;
    bool found = false;
    if (!document_meet(cx, intake, claim, row, &found, &stored)) {
        return false;
    }
    if (!found) {
        *outcome = OUTCOME_ADDED;
        row->id = intake->next_id++;
        return document_writer_add(cx, intake->writer, row, intake->line) &&
               party_touch(cx, intake->parties, party, row->day);
    }
    row->id = stored.id;
    if (stored.hash == row->hash) {
        *outcome = OUTCOME_SAME;
        return same_note(cx, intake, &stored);
    }
    if (row->source == DOCUMENT_FROM_NFE && stored.kind == DOCUMENT_CANCELLED) {
        *outcome = OUTCOME_SAME;
        return cancelled_note(cx, intake, &stored, row);
    }
    *outcome = OUTCOME_CHANGED;
    struct day since = stored.day.n < row->day.n ? stored.day : row->day;
    return document_writer_replace(cx, intake->writer, row, intake->line) &&
           party_touch(cx, intake->parties, party, since) &&
           (stored.customer_id == row->customer_id ||
            customer_dirty(cx, intake->im->db, stored.customer_id, stored.day));
}

static void days_note(struct import_run *run, struct day day) {
    if (!day_is(run->first_day) || day.n < run->first_day.n) {
        run->first_day = day;
    }
    if (!day_is(run->last_day) || day.n > run->last_day.n) {
        run->last_day = day;
    }
}

static bool document_take(struct cx *cx, struct intake *intake, const struct claim *claim, struct str number,
                          struct str company) {
    struct document_row row = {.source = intake->source, .number = number};
    struct party *party = NULL;
    struct str rep;
    struct claim_sum sum;
    size_t lines = 0;
    enum outcome outcome = OUTCOME_SAME;
    if (!party_of(cx, intake->parties, claim->customer, &party) ||
        !claim_headings_take(cx, intake, claim, party, &row.day, &rep) ||
        !claim_lines_take(cx, intake, claim, row.day, &lines, &sum) ||
        !importing_label(cx, intake->im, LABEL_COMPANY, company, &row.company_id) ||
        !importing_label(cx, intake->im, LABEL_REP, rep, &row.rep_id)) {
        return false;
    }
    row.customer_id = party_id(party);
    row.kind = claim_kind(&sum);
    row.value_cents = sum.cents;
    row.lines = (int64_t)lines;
    row.hash = claim_hash(claim, &sum, &row, rep);
    days_note(&intake->im->report->run, row.day);
    if (!document_put(cx, intake, claim, &row, party, &outcome)) {
        return false;
    }
    intake->im->report->documents += outcome != OUTCOME_SAME;
    rows_count(intake, claim, outcome);
    return true;
}

/* A cancellation whose document came with an earlier import: that one is rewritten as cancelled. *found false: there is
 * no such document. */
static bool cancel_stored(struct cx *cx, struct intake *intake, const struct claim *claim, bool *found) {
    const struct staged_group *group = claim->group;
    struct document_row row;
    struct document_line *line = NULL;
    size_t lines = 0;
    int64_t company = 0;
    *found = false;
    for (size_t i = 0; i < group->lines; i++) {
        if (!(group->line[i].flags & STAGED_VOID)) {
            return true;
        }
    }
    if (intake->empty) {
        return true;
    }
    if (!importing_label(cx, intake->im, LABEL_COMPANY, group->heading[0].company, &company) ||
        !document_find(cx, intake->im->db, intake->source, company, group->heading[0].number, found, &row)) {
        return false;
    }
    if (!*found) {
        return true;
    }
    enum outcome outcome = row.kind == DOCUMENT_CANCELLED ? OUTCOME_SAME : OUTCOME_CHANGED;
    rows_count(intake, claim, outcome);
    if (outcome == OUTCOME_SAME) {
        return same_note(cx, intake, &row);
    }
    if (!document_lines(cx, intake->im->db, &row, &line, &lines)) {
        return false;
    }
    row.kind = DOCUMENT_CANCELLED;
    row.hash = ~row.hash;
    intake->im->report->documents++;
    return document_writer_replace(cx, intake->writer, &row, line) &&
           customer_dirty(cx, intake->im->db, row.customer_id, row.day);
}

/* Lines whose heading never came, or of a number that several customers share: nobody can tell whose they are. */
static bool orphans(struct cx *cx, struct intake *intake, const struct staged_group *group) {
    for (size_t i = 0; i < group->lines; i++) {
        const struct staged_line *line = &group->line[i];
        if (group->heading[line->heading].customer.n > 0) {
            continue;
        }
        struct import_reject reject = {.line = (int64_t)line->line,
                                       .reason = S("reject.no_heading"),
                                       .detail = group->heading[line->heading].number,
                                       .row = line->raw};
        if (!importing_reject(cx, intake->im, line->file, &reject)) {
            return false;
        }
    }
    return true;
}

/* One number, several customers: each gets a document of its own, known by both. */
static bool shared_take(struct cx *cx, struct intake *intake, const struct staged_group *group) {
    struct str number = group->heading[0].number, company = group->heading[0].company;
    intake->shared++;
    qsort(intake->own, group->headings, sizeof *intake->own, by_customer);
    for (size_t from = 0, to = 0; from < group->headings; from = to) {
        struct claim claim = {.group = group, .own = &intake->own[from], .customer = intake->own[from].customer};
        while (to < group->headings && str_equal(intake->own[to].customer, claim.customer)) {
            to++;
        }
        claim.headings = to - from;
        if (claim.customer.n > 0 && !document_take(cx, intake, &claim, number, company)) {
            return false;
        }
    }
    return orphans(cx, intake, group);
}

static bool claims_take(struct cx *cx, struct intake *intake, const struct staged_group *group) {
    claim_own_fill(intake, group);
    struct claim claim = {.group = group, .own = intake->own, .headings = group->headings, .alone = true};
    for (size_t i = 0; i < group->headings; i++) {
        struct str customer = group->heading[i].customer;
        if (customer.n > 0 && claim.customer.n > 0 && !str_equal(customer, claim.customer)) {
            return shared_take(cx, intake, group);
        }
        if (customer.n > 0) {
            claim.customer = customer;
        }
    }
    bool cancelled = false;
    if (claim.customer.n == 0) {
        return cancel_stored(cx, intake, &claim, &cancelled) && (cancelled || orphans(cx, intake, group));
    }
    return document_take(cx, intake, &claim, group->heading[0].number, group->heading[0].company);
}

static bool group_take(struct cx *cx, void *owner, const struct staged_group *group) {
    struct arena_mark mark = arena_mark_get(cx->arena);
    arena_reset(&((struct intake *)owner)->im->row);
    bool ok = claims_take(cx, owner, group);
    if (ok) {
        arena_rewind(cx->arena, mark); /* an error's arguments live there: kept when it failed */
    }
    return ok;
}

/* Makes the indexes that were left out for the first stage. */
static bool intake_index(struct cx *cx, struct intake *intake) {
    bool due = intake->bare;
    intake->bare = false;
    return !due || document_indexed(cx, intake->im->db);
}

bool intake_stage(struct cx *cx, struct intake *intake, struct stage *stage) {
    if (!intake_index(cx, intake) || (intake->empty && !document_bare(cx, intake->im->db))) {
        return false;
    }
    intake->bare = intake->empty;
    if (!document_writer_open(cx, intake->im->db, intake->im->id, &intake->writer)) {
        return false;
    }
    bool ok = stage_each(cx, stage, group_take, intake);
    ok = document_writer_close(cx, intake->writer) && ok; /* after an error it only gives back */
    intake->empty = false;
    return ok;
}

bool intake_finish(struct cx *cx, struct intake *intake) {
    int64_t changed = 0;
    if (intake->spread > 0) {
        importing_warn(cx, intake->im, S("import.warn_spread"), cx_text(cx, "%lld", (long long)intake->spread), S(""),
                       S(""));
    }
    if (intake->shared > 0) {
        importing_warn(cx, intake->im, S("import.warn_shared"), cx_text(cx, "%lld", (long long)intake->shared), S(""),
                       S(""));
    }
    return parties_finish(cx, intake->parties, &changed) && goods_finish(cx, intake->goods, &changed) &&
           intake_index(cx, intake);
}
