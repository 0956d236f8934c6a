// SPDX-License-Identifier: Apache-2.0
/* intake_claim -- the rows of one document of one customer, and what they come to. Private to the intake. */
#ifndef REATIVA_APP_INTAKE_CLAIM_H
#define REATIVA_APP_INTAKE_CLAIM_H

#include "app/intake.h"

/* The headings of a group that belong to one customer, with their lines. */
struct claim {
    const struct staged_group *group;
    const struct intake_own *own; /* own[headings], in the order of the file */
    size_t headings;
    struct str customer;
    bool alone; /* the group has no other customer: all headings are its own, those without a customer too */
};

struct claim_sum {
    int64_t cents;
    uint64_t hash;
    bool valued, kept, cancelled, voided;
    bool returned;     /* the heading says so, or every line */
    size_t sold_lines; /* not called a return */
};

/* claim_own_fill -- intake->own: every heading of the group and where its lines stand. */
void claim_own_fill(struct intake *intake, const struct staged_group *group);
/* claim_lines -- of the claim's k-th heading; a group's lines stand in the order of its headings. */
const struct staged_line *claim_lines(const struct claim *claim, size_t k, size_t *n);
/* claim_headings_take -- tells the party what the headings say; gives the document's day (its earliest) and rep. */
bool claim_headings_take(struct cx *cx, struct intake *intake, const struct claim *claim, struct party *party,
                         struct day *day, struct str *rep);
/* claim_lines_take -- the document's n lines into intake->line, and their sum. */
bool claim_lines_take(struct cx *cx, struct intake *intake, const struct claim *claim, struct day day, size_t *n,
                      struct claim_sum *sum);
enum document_kind claim_kind(const struct claim_sum *sum);
/* claim_hash -- of all that makes the document what it is; row: its day and kind. */
int64_t claim_hash(const struct claim *claim, const struct claim_sum *sum, const struct document_row *row,
                   struct str rep);

#endif
