// SPDX-License-Identifier: Apache-2.0
/* intake.c -- one staged group becomes one document (or one a customer, when a number serves several).
 *
 * Lines that the file calls cancelled are left out; a document all of whose lines are cancelled is a cancelled
 * document. Its kind is what the file calls it, else the sign of its net value.
 */
#include "app/intake.h"

#include "app/heap.h"
#include "stats/stat.h"

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

/* The headings of a group that belong to one customer, with their lines. */
struct claim {
    const struct staged_group *group;
    const struct intake_own *own; /* own[headings], in the order of the file */
    size_t headings;
    struct str customer;
    bool alone; /* the group has no other customer: all headings are its own, those without a customer too */
};

/* The lines of the claim's k-th heading; a group's lines stand in the order of its headings. */
static const struct staged_line *claim_lines(const struct claim *claim, size_t k, size_t *n) {
    *n = claim->own[k].lines;
    return &claim->group->line[claim->own[k].line];
}

static const struct staged_heading *claim_heading(const struct claim *claim, size_t k) {
    return &claim->group->heading[claim->own[k].heading];
}

/* intake->own: every heading of the group and where its lines stand. */
static void own_fill(struct intake *intake, const struct staged_group *group) {
    intake->own = heap_grown(intake->own, &intake->own_room, group->headings, sizeof *intake->own);
    size_t line = 0;
    for (size_t i = 0; i < group->headings; i++) {
        size_t from = line;
        while (line < group->lines && group->line[line].heading == i) {
            line++;
        }
        intake->own[i] = (struct intake_own){group->heading[i].customer, i, from, line - from};
    }
}

static int by_customer(const void *a, const void *b) {
    const struct intake_own *x = a, *y = b;
    int order = str_compare(x->customer, y->customer);
    return order != 0 ? order : x->heading < y->heading ? -1 : x->heading > y->heading;
}

static uint64_t mix(uint64_t a, uint64_t b) {
    uint64_t z = a * 0x9E3779B97F4A7C15u + (b ^ (b >> 29)) * 0xBF58476D1CE4E5B9u;
    z ^= z >> 32;
    return z * 0x94D049BB133111EBu;
}

static uint64_t line_hash(const struct staged_line *line) {
    uint64_t h = str_hash(line->product.n > 0 ? line->product : line->product_name, 2);
    h = mix(h, (uint64_t)line->quantity_e4);
    h = mix(h, (uint64_t)line->price_e4);
    return mix(h, (uint64_t)line->value_cents);
}

struct sum {
    int64_t cents;
    uint64_t hash;
    bool valued, kept, cancelled, voided;
    bool returned;     /* the heading says so, or every line */
    size_t sold_lines; /* not called a return */
};

/* What the rows say of the document as a whole: a heading alone in its row speaks for every line. */
static void whole_take(const struct claim *claim, struct sum *sum) {
    *sum = (struct sum){0};
    for (size_t k = 0; k < claim->headings; k++) {
        size_t n = 0;
        const struct staged_line *line = claim_lines(claim, k, &n);
        for (const struct staged_line *end = line + n; line < end; line++) {
            bool heading = line->flags & STAGED_HEADING, cancelled = line->flags & STAGED_CANCELLED;
            sum->returned = sum->returned || (heading && (line->flags & STAGED_RETURN));
            sum->voided = sum->voided || (line->flags & STAGED_VOID) || (heading && cancelled);
            sum->cancelled = sum->cancelled || cancelled;
            sum->kept = sum->kept || (!heading && !cancelled);
            sum->sold_lines += !heading && !cancelled && !(line->flags & STAGED_RETURN);
        }
    }
    sum->returned = sum->returned || (sum->kept && sum->sold_lines == 0);
}

static bool line_take(struct cx *cx, struct intake *intake, const struct staged_line *from, struct day day,
                      struct document_line *to, struct sum *sum) {
    struct str code = from->product.n > 0 ? from->product : from->product_name;
    if (!goods_of(cx, intake->goods, code, day, from->product_name, from->product_kind, &to->product_id)) {
        return false;
    }
    to->quantity_e4 = from->quantity_e4;
    to->price_e4 = from->price_e4;
    to->value_cents = sum->returned && from->value_cents > 0 ? -from->value_cents : from->value_cents;
    sum->cents += to->value_cents;
    sum->hash += line_hash(from);
    sum->valued = sum->valued || (from->flags & STAGED_VALUED);
    return true;
}

/* The document's lines into intake->line, those that were cancelled one by one left out. */
static bool lines_take(struct cx *cx, struct intake *intake, const struct claim *claim, struct day day, size_t *n,
                       struct sum *sum) {
    whole_take(claim, sum);
    *n = 0;
    for (size_t k = 0; k < claim->headings; k++) {
        size_t lines = 0;
        const struct staged_line *from = claim_lines(claim, k, &lines);
        intake->line = heap_grown(intake->line, &intake->line_room, *n + lines + 1, sizeof *intake->line);
        for (const struct staged_line *end = from + lines; from < end; from++) {
            if (from->flags & (STAGED_HEADING | STAGED_CANCELLED)) {
                continue;
            }
            if (!line_take(cx, intake, from, day, &intake->line[*n], sum)) {
                return false;
            }
            (*n)++;
        }
    }
    return true;
}

/* A file that tells only the value of whole documents: one line that is no product carries it. */
static void whole_value(struct intake *intake, const struct claim *claim, size_t *n, struct sum *sum) {
    for (size_t k = 0; !sum->valued && k < claim->headings; k++) {
        int64_t cents = claim_heading(claim, k)->document_cents;
        if (cents != STAT_NONE) {
            if (sum->returned && cents > 0) {
                cents = -cents;
            }
            intake->line[(*n)++] = (struct document_line){0, 10000, cents * 100, cents};
            sum->cents += cents;
            sum->hash = mix(sum->hash, (uint64_t)cents);
            sum->valued = true;
        }
    }
}

static bool heading_tell(struct cx *cx, struct intake *intake, struct party *party, const struct staged_heading *h) {
    struct parties *all = intake->parties;
    party_tell_text(all, party, h->day, PARTY_NAME, h->name);
    party_tell_text(all, party, h->day, PARTY_TAX_ID, h->tax_id);
    party_tell_text(all, party, h->day, PARTY_PHONE, h->phone);
    party_tell_text(all, party, h->day, PARTY_EMAIL, h->email);
    return party_tell_label(cx, all, party, h->day, LABEL_COMPANY, h->company) &&
           party_tell_label(cx, all, party, h->day, LABEL_REP, h->rep) &&
           party_tell_label(cx, all, party, h->day, LABEL_SEGMENT, h->segment) &&
           party_tell_label(cx, all, party, h->day, LABEL_REGION, h->region) &&
           party_tell_label(cx, all, party, h->day, LABEL_CITY, h->city);
}

/* Tells the party what the claim's headings say; gives the document's day (its earliest) and rep. */
static bool headings_take(struct cx *cx, struct intake *intake, const struct claim *claim, struct party *party,
                          struct day *day, struct str *rep) {
    bool spread = false;
    *day = DAY_NONE;
    *rep = (struct str){0};
    for (size_t k = 0; k < claim->headings; k++) {
        const struct staged_heading *h = claim_heading(claim, k);
        if (!day_is(h->day)) {
            continue;
        }
        spread = spread || (day_is(*day) && h->day.n != day->n);
        if (!day_is(*day) || h->day.n < day->n) {
            *day = h->day;
        }
        if (rep->n == 0 || str_compare(h->rep, *rep) > 0) {
            *rep = h->rep;
        }
        if (!heading_tell(cx, intake, party, h)) {
            return false;
        }
    }
    intake->spread += spread;
    return true;
}

static enum document_kind kind_of(const struct sum *sum) {
    if (sum->voided || (sum->cancelled && !sum->kept)) {
        return DOCUMENT_CANCELLED;
    }
    if (sum->returned || (sum->valued && sum->cents < 0)) {
        return DOCUMENT_RETURN;
    }
    return sum->valued ? DOCUMENT_SALE : DOCUMENT_UNVALUED;
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
    struct sum sum;
    size_t lines = 0;
    enum outcome outcome = OUTCOME_SAME;
    if (!party_of(cx, intake->parties, claim->customer, &party) ||
        !headings_take(cx, intake, claim, party, &row.day, &rep) ||
        !lines_take(cx, intake, claim, row.day, &lines, &sum) ||
        !importing_label(cx, intake->im, LABEL_COMPANY, company, &row.company_id) ||
        !importing_label(cx, intake->im, LABEL_REP, rep, &row.rep_id)) {
        return false;
    }
    whole_value(intake, claim, &lines, &sum);
    row.customer_id = party_id(party);
    row.kind = kind_of(&sum);
    row.value_cents = sum.cents;
    row.lines = (int64_t)lines;
    uint64_t hash = mix(sum.hash, str_hash(claim->customer, 3));
    hash = mix(hash, (uint64_t)row.day.n);
    row.hash = (int64_t)mix(mix(hash, (uint64_t)row.kind), str_hash(rep, 4));
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
    own_fill(intake, group);
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
