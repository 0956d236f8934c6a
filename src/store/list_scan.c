// SPDX-License-Identifier: Apache-2.0
/* list_scan -- see list_scan.h. Pure: no database, no rows; every column is looked at once and in order.
 *
 * Invariant: a customer that one test has put out stays out.
 */
#include "store/list_scan.h"

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
        wanted |= UINT64_C(1) << STRIP_TEXT;
    return wanted;
}

static void test_ranges(const struct list_test *test, struct list_block *block) {
    const int64_t *v = block->column[test->strip];
    if (test->n == 1) {
        int64_t low = test->range[0].low, high = test->range[0].high;
        for (size_t i = 0; i < block->n; i++)
            block->pass[i] &= (unsigned char)(((v[i] >= low) & (v[i] <= high) & (v[i] != INT64_MIN)) |
                                              ((v[i] == INT64_MIN) & test->none));
        return;
    }
    for (size_t i = 0; i < block->n; i++) {
        bool in = v[i] == INT64_MIN && test->none;
        for (size_t k = 0; k < test->n && !in && v[i] != INT64_MIN; k++)
            in = v[i] >= test->range[k].low && v[i] <= test->range[k].high;
        block->pass[i] &= (unsigned char)in;
    }
}

/* Both classes by arithmetic: with a branch a customer this takes three times as long. */
static int in_cut(const struct list_block *block, size_t i, const struct abc_cut *cut, struct str last, int64_t place) {
    int64_t value = block->column[STRIP_12M][i];
    int before = block->code ? str_compare(block->code[i], last) <= 0 : block->column[STRIP_CODE][i] <= place;
    return (cut->ties > 0) & ((value > cut->value_cents) | ((value == cut->value_cents) & before));
}

static void test_abc(const struct list_query *query, struct list_block *block) {
    const struct score_run *run = query->run;
    for (size_t i = 0; i < block->n; i++) {
        int in_a = in_cut(block, i, &run->a, run->a_code, query->a_place);
        int in_b = in_cut(block, i, &run->b, run->b_code, query->b_place);
        unsigned bit = block->column[STRIP_RANKED][i] != 1 ? 3 : 2 - (unsigned)(in_a | in_b) - (unsigned)in_a;
        block->pass[i] &= (unsigned char)(query->abc >> bit & 1);
    }
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

/* Set a bit in `found` for each line that holds the needle. */
static void find_lines(struct str text, struct str needle, unsigned char *found, size_t lines) {
    const char *line = text.p, *end = text.p + text.n;
    size_t i = 0;
    while (line < end && i < lines) {
        const char *at = memmem(line, (size_t)(end - line), needle.p, needle.n);
        if (!at)
            return;
        for (const char *next; (next = memchr(line, '\n', (size_t)(at - line))) != NULL; line = next + 1)
            i++;
        if (i < lines)
            found[i++] = 1;
        const char *next = memchr(at, '\n', (size_t)(end - at));
        line = next ? next + 1 : end;
    }
}

static void test_text(const struct list_query *query, struct list_block *block) {
    unsigned char found[STRIP_ROWS] = {0};
    for (size_t k = 0; k < 2; k++) {
        if (query->needle[k].n)
            find_lines(block->text, query->needle[k], found, block->n);
    }
    for (size_t i = 0; i < block->n; i++)
        block->pass[i] &= found[i];
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
}

uint64_t list_scan_key(const struct list_query *query, const struct list_block *block, size_t i) {
    int64_t v = block->column[query->order][i];
    if (query->place_of_label)
        v = v > 0 && (uint64_t)v < query->labels ? query->place_of_label[v] : INT64_MIN;
    if (v == INT64_MIN)
        return UINT64_MAX;
    uint64_t key = (uint64_t)v ^ UINT64_C(1) << 63;
    return query->descending ? ~key : key;
}

/* -- the first ones: a heap with the last of them on top -------------------------------------------------------------- */

static bool behind(const struct list_hit *a, const struct list_hit *b) {
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
            if (behind(&heap[child], &heap[last]))
                last = child;
        }
        if (last == at)
            return;
        swap(&heap[last], &heap[at]);
        at = last;
    }
}

void list_top_offer(struct list_top *top, struct list_hit hit) {
    if (top->most && top->n == top->most) {
        if (!behind(&top->hit[0], &hit))
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
    for (size_t at = top->n - 1; at && behind(&top->hit[at], &top->hit[(at - 1) / 2]); at = (at - 1) / 2)
        swap(&top->hit[at], &top->hit[(at - 1) / 2]);
}

static int compare(const void *a, const void *b) {
    const struct list_hit *x = a, *y = b;
    return behind(x, y) - behind(y, x);
}

void list_top_sort(struct list_top *top) {
    if (top->n)
        qsort(top->hit, top->n, sizeof *top->hit, compare);
}
