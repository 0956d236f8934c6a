// SPDX-License-Identifier: Apache-2.0
/* list_scan -- see list_scan.h. Pure: no database, no rows; every column is looked at once and in order.
 *
 * Invariant: a customer that one test has put out stays out.
 */
#include "store/list_scan.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

uint64_t list_scan_wanted(const struct list_query *query) {
    uint64_t wanted = UINT64_C(1) << STRIP_CUSTOMER | UINT64_C(1) << STRIP_CODE | UINT64_C(1) << query->order;
    for (size_t i = 0; i < query->tests; i++)
        wanted |= UINT64_C(1) << query->test[i].strip;
    if (query->abc)
        wanted |= UINT64_C(1) << STRIP_RANKED | UINT64_C(1) << STRIP_12M;
    if (query->rfm)
        wanted |= UINT64_C(1) << STRIP_LAST | UINT64_C(1) << STRIP_PURCHASES;
    if (query->needle[0].n)
        wanted |= UINT64_C(1) << STRIP_TEXT | (uint64_t)query->needle_digits << STRIP_TAX_TEXT;
    if (query->needle_phone.n)
        wanted |= UINT64_C(1) << STRIP_PHONE_TEXT;
    if (query->distance)
        wanted |= UINT64_C(1) << STRIP_REGION | UINT64_C(1) << STRIP_CITY | UINT64_C(1) << STRIP_PLACE;
    if (query->city_found)
        wanted |= UINT64_C(1) << STRIP_CITY;
    return wanted;
}

/* Here and below: no branch that hangs on a customer, or a scan takes three times as long. */
static void test_ranges(const struct list_test *test, struct list_block *block) {
    const int64_t *v = block->column[test->strip];
    unsigned char *in = block->scratch, none = test->none;
    for (size_t i = 0; i < block->n; i++)
        in[i] = (unsigned char)((v[i] == INT64_MIN) & none);
    for (size_t k = 0; k < test->n; k++) {
        /* One comparison for both ends: what is below the range wraps around to far above it. */
        uint64_t low = (uint64_t)test->range[k].low, width = (uint64_t)test->range[k].high - low;
        if (test->range[k].low > test->range[k].high)
            continue;
        for (size_t i = 0; i < block->n; i++)
            in[i] |= (unsigned char)((uint64_t)v[i] - low <= width);
    }
    for (size_t i = 0; i < block->n; i++)
        block->pass[i] &= in[i];
}

/* before: does the customer's code come before the cut's last one, or is it that? */
static inline int in_cut(const struct abc_cut *cut, int64_t value, int before) {
    return (cut->ties > 0) & ((value > cut->value_cents) | ((value == cut->value_cents) & before));
}

static inline unsigned char abc_bit(const struct score_run *run, int64_t ranked, int64_t value, int before_a,
                                    int before_b) {
    int a = in_cut(&run->a, value, before_a), b = in_cut(&run->b, value, before_b) | a;
    return (unsigned char)(ranked == 1 ? 4 >> (a + b) : 8);
}

static void test_abc(const struct list_query *query, struct list_block *block) {
    const struct score_run run = *query->run;
    const int64_t *ranked = block->column[STRIP_RANKED], *value = block->column[STRIP_12M];
    const int64_t *place = block->column[STRIP_CODE];
    unsigned wanted = query->abc;
    for (size_t i = 0; i < block->n && block->code; i++) {
        int before_a = str_compare(block->code[i], run.a_code) <= 0,
            before_b = str_compare(block->code[i], run.b_code) <= 0;
        block->pass[i] &= (wanted & abc_bit(&run, ranked[i], value[i], before_a, before_b)) != 0;
    }
    int64_t a_place = query->a_place, b_place = query->b_place;
    for (size_t i = 0; i < block->n && !block->code; i++)
        block->pass[i] &= (wanted & abc_bit(&run, ranked[i], value[i], place[i] <= a_place, place[i] <= b_place)) != 0;
}

static int fifth(const struct rfm_cuts *cuts, int64_t value) {
    int score = 1;
    for (int k = 0; k < RFM_CUTS; k++)
        score += value >= cuts->from[k];
    return score;
}

static void test_rfm(const struct list_query *query, struct list_block *block) {
    for (size_t i = 0; i < block->n; i++) {
        int64_t purchases = block->column[STRIP_PURCHASES][i];
        int r = fifth(&query->run->r, block->column[STRIP_LAST][i]), f = fifth(&query->run->f, purchases);
        block->pass[i] &= (unsigned char)((purchases > 0) & query->rfm_cell[r][f]);
    }
}

/* -- text --------------------------------------------------------------------------------------------------------------- */

/* Places looked at together; a constant, so that the compiler compares as many bytes at once as the machine can. */
enum { TOGETHER = 64 };

/* 1 in each byte whose place may begin the needle: its first and last byte fit. */
static void find_places(const char *p, struct str needle, uint64_t places[TOGETHER / 8]) {
    unsigned char fits[TOGETHER];
    char first = needle.p[0], last = needle.p[needle.n - 1];
    const char *q = p + needle.n - 1;
    for (size_t i = 0; i < TOGETHER; i++)
        fits[i] = (p[i] == first) & (q[i] == last);
    memcpy(places, fits, sizeof fits);
}

/* Where the needle is next, or NULL. memmem sets itself up anew at each call, which is dear when every sixth line has a
 * hit; here most places are put out many at once. */
static const char *find_next(const char *p, const char *end, struct str needle) {
    for (; (size_t)(end - p) >= TOGETHER + needle.n; p += TOGETHER) {
        uint64_t places[TOGETHER / 8];
        find_places(p, needle, places);
        for (size_t k = 0; k < TOGETHER / 8; k++) {
            for (uint64_t left = le64toh(places[k]); left; left &= left - 1) {
                const char *at = p + 8 * k + (size_t)__builtin_ctzll(left) / 8;
                if (memcmp(at, needle.p, needle.n) == 0)
                    return at;
            }
        }
    }
    return memmem(p, (size_t)(end - p), needle.p, needle.n);
}

static size_t count_lines(const char *p, const char *end) {
    size_t lines = 0;
    for (; end - p >= TOGETHER; p += TOGETHER) {
        unsigned char here = 0;
        for (size_t i = 0; i < TOGETHER; i++)
            here = (unsigned char)(here + (p[i] == '\n'));
        lines += here;
    }
    for (; p < end; p++)
        lines += *p == '\n';
    return lines;
}

/* Mark each line that holds the needle. */
static void find_lines(struct str text, struct str needle, unsigned char *found, size_t lines) {
    if (text.n == 0)
        return; /* nobody: then there is no text at all to point into */
    const char *line = text.p, *end = text.p + text.n;
    for (size_t i = 0; line < end;) {
        const char *at = find_next(line, end, needle);
        if (!at)
            return;
        i += count_lines(line, at);
        if (i >= lines)
            return;
        found[i++] = 1;
        const char *next = memchr(at, '\n', (size_t)(end - at));
        line = next ? next + 1 : end;
    }
}

static void test_text(const struct list_query *query, struct list_block *block) {
    unsigned char *found = block->scratch;
    memset(found, 0, block->n);
    for (size_t k = 0; k < 2; k++) {
        if (!query->needle[k].n)
            continue;
        find_lines(block->text, query->needle[k], found, block->n);
        find_lines(block->tax_text, query->needle[k], found, block->n);
    }
    if (query->needle_phone.n)
        find_lines(block->phone_text, query->needle_phone, found, block->n);
    const int64_t *city = block->column[STRIP_CITY];
    for (size_t i = 0; i < block->n && query->city_found; i++)
        found[i] |= (uint64_t)city[i] < query->cities && query->city_found[city[i]];
    for (size_t i = 0; i < block->n; i++)
        block->pass[i] &= found[i];
}

/* Both sides come by id; a few that are left are found by halves, many by walking. */
static void test_only(const struct list_only *only, struct list_block *block) {
    const int64_t *id = block->column[STRIP_CUSTOMER];
    size_t low = 0, high = only->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (only->id[middle] < id[0])
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = 0; i < block->n; i++) {
        while (low < only->n && only->id[low] < id[i])
            low++;
        block->pass[i] &= low < only->n && only->id[low] == id[i];
    }
}

/* Metres; -1: further away than is asked about, or nobody knows. */
static int64_t distance_of(const struct list_distance *d, const struct list_block *block, size_t i) {
    uint64_t city = (uint64_t)block->column[STRIP_CITY][i], region = (uint64_t)block->column[STRIP_REGION][i];
    int32_t lat_e5, lon_e5;
    int64_t metres = -1;
    if (place_unpack(block->column[STRIP_PLACE][i], &lat_e5, &lon_e5))
        metres = place_metres(d->from.lat_e5, d->from.lon_e5, lat_e5, lon_e5);
    else if (city < d->cities && region < d->regions)
        metres = d->city[city * PLACE_STATES + d->region[region]];
    return metres <= d->from.metres ? metres : -1;
}

static void test_distance(const struct list_distance *d, struct list_block *block) {
    for (size_t i = 0; i < block->n; i++)
        block->pass[i] = block->pass[i] && distance_of(d, block, i) >= 0;
}

void list_scan_filter(const struct list_query *query, struct list_block *block) {
    for (size_t i = 0; i < query->tests; i++)
        test_ranges(&query->test[i], block);
    if (query->abc)
        test_abc(query, block);
    if (query->rfm)
        test_rfm(query, block);
    if (query->needle[0].n)
        test_text(query, block);
    for (size_t i = 0; i < query->onlys && block->n; i++)
        test_only(&query->only[i], block);
    if (query->distance)
        test_distance(query->distance, block);
}

void list_scan_keys(const struct list_query *query, const struct list_block *block, uint64_t *key) {
    const int64_t *v = block->column[query->order];
    if (query->distance) {
        for (size_t i = 0; i < block->n; i++)
            key[i] = block->pass[i] ? (uint64_t)distance_of(query->distance, block, i) : UINT64_MAX;
        return;
    }
    uint64_t turn = UINT64_C(1) << 63 ^ (query->descending ? UINT64_MAX : 0);
    if (query->place_of_label) {
        for (size_t i = 0; i < block->n; i++) {
            int64_t place = (uint64_t)v[i] < query->labels ? query->place_of_label[v[i]] : INT64_MIN;
            key[i] = place == INT64_MIN ? UINT64_MAX : (uint64_t)place ^ turn;
        }
        return;
    }
    for (size_t i = 0; i < block->n; i++)
        key[i] = v[i] == INT64_MIN ? UINT64_MAX : (uint64_t)v[i] ^ turn;
}

/* -- the first ones: a heap with the last of them on top -------------------------------------------------------------- */

bool list_hit_behind(const struct list_hit *a, const struct list_hit *b) {
    return a->key != b->key ? a->key > b->key : a->place > b->place;
}

static void swap(struct list_hit *a, struct list_hit *b) {
    struct list_hit kept = *a;
    *a = *b;
    *b = kept;
}

static void sink(struct list_hit *heap, size_t n, size_t at) {
    for (;;) {
        size_t last = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < n; child++) {
            if (list_hit_behind(&heap[child], &heap[last]))
                last = child;
        }
        if (last == at)
            return;
        swap(&heap[last], &heap[at]);
        at = last;
    }
}

uint64_t list_top_bound(const struct list_top *top) {
    return top->most && top->n == top->most ? top->hit[0].key : UINT64_MAX;
}

void list_top_offer(struct list_top *top, struct list_hit hit) {
    if (top->most && top->n == top->most) {
        if (!list_hit_behind(&top->hit[0], &hit))
            return;
        top->hit[0] = hit;
        sink(top->hit, top->n, 0);
        return;
    }
    if (top->n == top->room) {
        size_t room = top->room ? top->room * 2 : 256;
        top->hit = arena_grow(top->arena, top->hit, top->room, room, sizeof *top->hit);
        top->room = room;
    }
    top->hit[top->n++] = hit;
    if (!top->most)
        return;
    for (size_t at = top->n - 1; at && list_hit_behind(&top->hit[at], &top->hit[(at - 1) / 2]); at = (at - 1) / 2)
        swap(&top->hit[at], &top->hit[(at - 1) / 2]);
}

static int compare(const void *a, const void *b) {
    const struct list_hit *x = a, *y = b;
    return list_hit_behind(x, y) - list_hit_behind(y, x);
}

void list_top_sort(struct list_top *top) {
    if (top->n)
        qsort(top->hit, top->n, sizeof *top->hit, compare);
}
