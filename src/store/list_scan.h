// SPDX-License-Identifier: Apache-2.0
/* list_scan -- which customers pass a filter, and which of them come first: over columns of numbers; private to src/store.
 *
 * A block is some customers by column: a part of the strips, or those whose rows are newer. It is told by nobody but
 * the caller which columns a query needs (list_scan_wanted).
 */
#ifndef REATIVA_STORE_LIST_SCAN_H
#define REATIVA_STORE_LIST_SCAN_H

#include "core/place.h"
#include "store/list.h"
#include "store/score_strip.h"

enum { LIST_TESTS = 40, LIST_ONLY = 5, RFM_FIFTHS = 5 };

/* One column must be in one of the ranges (both ends included), or have no value where `none` says so. */
struct list_range {
    int64_t low, high;
};
struct list_test {
    enum score_strip strip;
    bool none;
    const struct list_range *range;
    size_t n;
};

/* Only these customers, ascending. */
struct list_only {
    const int64_t *id;
    size_t n;
};

/* How far everybody is from a point. */
struct list_distance {
    struct list_near from;
    const int32_t *city;         /* [city * PLACE_STATES + state]: metres to the municipality; -1: not known */
    const unsigned char *region; /* its state, as place_state says */
    size_t cities, regions;      /* ids below these */
};

struct list_query {
    struct list_test test[LIST_TESTS];
    size_t tests;
    struct list_only only[LIST_ONLY];
    size_t onlys;
    const struct score_run *run;
    uint32_t abc;             /* as in list_filter; 0: any */
    int64_t a_last, b_last;   /* the last customer of the strips in each cut, 0: none */
    int64_t a_place, b_place; /* its place among the codes */
    bool rfm;
    bool rfm_cell[RFM_FIFTHS + 1][RFM_FIFTHS + 1]; /* [r][f] */
    struct str needle[2];                          /* folded; the second without punctuation; empty: none */
    bool needle_digits;                            /* then tax ids are looked through as well */
    struct str needle_phone;                       /* digits; empty: phones are not looked through */
    const bool *city_found; /* by label: its name holds the needle; NULL: cities are not looked at */
    size_t cities;
    const struct list_distance *distance; /* NULL: it does not matter */
    enum score_strip order;
    bool descending;
    const int64_t *place_of_label; /* for orders by a label: by its id; NULL: the column itself */
    size_t labels;
};

struct list_block {
    size_t n;
    int64_t *column[STRIP_ORDERED]; /* the wanted ones */
    struct str text, tax_text;      /* a line a customer, where wanted */
    struct str phone_text;
    const struct str *code; /* by customer; NULL: compare STRIP_CODE instead */
    unsigned char *pass;    /* 1: still in */
    unsigned char *scratch; /* room for as many more */
};

/* list_scan_wanted -- the columns that list_scan_filter and list_scan_keys read, a bit each. */
uint64_t list_scan_wanted(const struct list_query *query);
/* list_scan_filter -- clear `pass` of those that fail. O(n x tests). */
void list_scan_filter(const struct list_query *query, struct list_block *block);
/* list_scan_keys -- the smaller key comes first; UINT64_MAX: has no value, comes last either way. Ties go by code. */
void list_scan_keys(const struct list_query *query, const struct list_block *block, uint64_t *key);

/* The first `most` of all that were offered (0: all of them), after list_top_sort in order. */
struct list_hit {
    uint64_t key;
    int64_t place, customer_id;
};
struct list_top {
    struct arena *arena;
    struct list_hit *hit;
    size_t n, room, most;
};
/* list_top_bound -- a hit with a larger key need not be offered. */
uint64_t list_top_bound(const struct list_top *top);
void list_top_offer(struct list_top *top, struct list_hit hit);
void list_top_sort(struct list_top *top);
/* list_hit_behind -- does a come after b? */
bool list_hit_behind(const struct list_hit *a, const struct list_hit *b);

#endif
