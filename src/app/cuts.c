// SPDX-License-Identifier: Apache-2.0
/* cuts.c -- radix sort of 64-bit keys, then the cuts in one pass each. */
#include "app/cuts.h"

#include "app/heap.h"
#include "stats/stat.h"

enum { RADIX_BITS = 8, RADIX = 1 << RADIX_BITS };

/* Ascending; rounds in which all keys agree are passed over, so small numbers cost few rounds. */
static void sort_numbers(int64_t *v, size_t n) {
    int64_t *other = heap_raw(n, sizeof *other), *from = v, *to = other;
    for (int shift = 0; shift < 64; shift += RADIX_BITS) {
        size_t count[RADIX] = {0};
        for (size_t i = 0; i < n; i++) {
            count[(((uint64_t)from[i] ^ (1ull << 63)) >> shift) & (RADIX - 1)]++;
        }
        bool same = false;
        size_t at = 0;
        for (size_t i = 0; i < RADIX; i++) {
            size_t here = count[i];
            same = same || here == n;
            count[i] = at;
            at += here;
        }
        if (same) {
            continue;
        }
        for (size_t i = 0; i < n; i++) {
            to[count[(((uint64_t)from[i] ^ (1ull << 63)) >> shift) & (RADIX - 1)]++] = from[i];
        }
        int64_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != v) {
        memcpy(v, from, n * sizeof *v);
    }
    free(other);
}

static int by_code(const void *a, const void *b) {
    const struct str *x = *(const struct str *const *)a, *y = *(const struct str *const *)b;
    return str_compare(*x, *y);
}

/* The code of the last customer in the cut: among those of just its value, the ties-th by code. */
static struct str cut_code(struct cx *cx, const struct cut_value *value, size_t n, const struct abc_cut *cut) {
    const struct str **tie = heap_raw(n, sizeof *tie);
    size_t ties = 0;
    for (size_t i = 0; cut->ties > 0 && i < n; i++) {
        if (value[i].ranked && value[i].value_12m == cut->value_cents) {
            tie[ties++] = &value[i].code;
        }
    }
    qsort(tie, ties, sizeof *tie, by_code);
    struct str code = {0};
    if (cut->ties > 0 && (size_t)cut->ties <= ties) {
        code = str_copy(cx->arena, *tie[cut->ties - 1]);
    }
    free(tie);
    return code;
}

static void rfm_axis(const struct cut_value *value, size_t all, enum score_axis axis, int64_t *scratch,
                     struct rfm_cuts *out) {
    size_t n = 0;
    for (size_t i = 0; i < all; i++) {
        if (value[i].purchases > 0) {
            scratch[n++] = axis == SCORE_R   ? value[i].last.n
                           : axis == SCORE_F ? (int64_t)value[i].purchases
                                             : value[i].value_total;
        }
    }
    sort_numbers(scratch, n);
    *out = (struct rfm_cuts){0};
    (void)rfm_cuts_find(scratch, n, out); /* nobody bought: no cuts */
}

bool cuts_find(struct cx *cx, const struct cut_value *value, size_t all, struct score_run *run) {
    int64_t *v = heap_raw(all, sizeof *v);
    size_t n = 0;
    run->value_12m = 0;
    for (size_t i = 0; i < all; i++) {
        if (value[i].ranked) {
            v[n++] = -value[i].value_12m; /* ascending by the negative is descending */
            run->value_12m += value[i].value_12m;
        }
    }
    sort_numbers(v, n);
    for (size_t i = 0; i < n; i++) {
        v[i] = -v[i];
    }
    run->ranked = (int64_t)n;
    run->a = run->b = (struct abc_cut){0};
    (void)abc_cut_find(v, n, ABC_A_E4, &run->a); /* too few: nobody is in the class */
    (void)abc_cut_find(v, n, ABC_B_E4, &run->b);
    run->a_code = cut_code(cx, value, all, &run->a);
    run->b_code = cut_code(cx, value, all, &run->b);
    rfm_axis(value, all, SCORE_R, v, &run->r);
    rfm_axis(value, all, SCORE_F, v, &run->f);
    rfm_axis(value, all, SCORE_M, v, &run->m);
    free(v);
    return true;
}

static bool within(const struct abc_cut *cut, struct str last, int64_t value, struct str code) {
    return cut->ties > 0 && (value > cut->value_cents || (value == cut->value_cents && str_compare(code, last) <= 0));
}

char cuts_class(const struct score_run *run, bool ranked, int64_t value_12m, struct str code) {
    if (!ranked) {
        return 0;
    }
    return within(&run->a, run->a_code, value_12m, code)   ? 'A'
           : within(&run->b, run->b_code, value_12m, code) ? 'B'
                                                           : 'C';
}
