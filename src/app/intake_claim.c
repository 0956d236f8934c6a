// SPDX-License-Identifier: Apache-2.0
/* intake_claim.c -- what the rows of one document say of it: its lines, its day and rep, its value and kind.
 *
 * Lines that the file calls cancelled are left out; a document all of whose lines are cancelled is a cancelled
 * document. Its kind is what the file calls it, else the sign of its net value. Must not look at what is stored.
 * Invariant: the hash does not hang on the order of rows.
 */
#include "app/intake_claim.h"

#include "app/heap.h"
#include "app/importing.h"
#include "stats/stat.h"

const struct staged_line *claim_lines(const struct claim *claim, size_t k, size_t *n) {
    *n = claim->own[k].lines;
    return &claim->group->line[claim->own[k].line];
}

static const struct staged_heading *claim_heading(const struct claim *claim, size_t k) {
    return &claim->group->heading[claim->own[k].heading];
}

void claim_own_fill(struct intake *intake, const struct staged_group *group) {
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

/* What the rows say of the document as a whole: a heading alone in its row speaks for every line. */
static void whole_take(const struct claim *claim, struct claim_sum *sum) {
    *sum = (struct claim_sum){0};
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
                      struct document_line *to, struct claim_sum *sum) {
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
static bool told_lines_take(struct cx *cx, struct intake *intake, const struct claim *claim, struct day day, size_t *n,
                            struct claim_sum *sum) {
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
static void whole_value(struct intake *intake, const struct claim *claim, size_t *n, struct claim_sum *sum) {
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

bool claim_lines_take(struct cx *cx, struct intake *intake, const struct claim *claim, struct day day, size_t *n,
                      struct claim_sum *sum) {
    if (!told_lines_take(cx, intake, claim, day, n, sum)) {
        return false;
    }
    whole_value(intake, claim, n, sum);
    return true;
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

bool claim_headings_take(struct cx *cx, struct intake *intake, const struct claim *claim, struct party *party,
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

enum document_kind claim_kind(const struct claim_sum *sum) {
    if (sum->voided || (sum->cancelled && !sum->kept)) {
        return DOCUMENT_CANCELLED;
    }
    if (sum->returned || (sum->valued && sum->cents < 0)) {
        return DOCUMENT_RETURN;
    }
    return sum->valued ? DOCUMENT_SALE : DOCUMENT_UNVALUED;
}

int64_t claim_hash(const struct claim *claim, const struct claim_sum *sum, const struct document_row *row,
                   struct str rep) {
    uint64_t hash = mix(sum->hash, str_hash(claim->customer, 3));
    hash = mix(hash, (uint64_t)row->day.n);
    return (int64_t)mix(mix(hash, (uint64_t)row->kind), str_hash(rep, 4));
}
