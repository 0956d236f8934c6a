// SPDX-License-Identifier: Apache-2.0
/* buyers.c -- see the header. Who is on file and never bought leaves no trace, nor does a segment of such alone.
 */
#include "app/buyers.h"

#include <stdlib.h>

#include "app/heap.h"

static int by_code(const void *a, const void *b, void *owner) {
    const struct sale_customer *customer = owner;
    const uint32_t *x = a, *y = b;
    return str_compare(customer[*x].code, customer[*y].code);
}

static int by_label_code(const void *a, const void *b, void *owner) {
    const struct str *code = owner;
    const int64_t *x = a, *y = b;
    return str_compare(code[*x], code[*y]);
}

/* Mostly they are in order already. */
static void places_find(const struct sales *sales, struct buyers *out) {
    bool ordered = true;
    out->place = heap_raw(sales->n + 1, sizeof *out->place);
    for (size_t i = 0; i < sales->n; i++) {
        const struct sale_customer *c = &sales->customer[i];
        if (c->purchases == 0) {
            continue;
        }
        ordered = ordered && (out->n == 0 || str_compare(sales->customer[out->place[out->n - 1]].code, c->code) < 0);
        out->place[out->n++] = (uint32_t)i;
        out->purchases += c->purchases;
    }
    if (!ordered) {
        qsort_r(out->place, out->n, sizeof *out->place, by_code, sales->customer);
    }
}

static void segments_find_by_code(const struct sales *sales, const struct str *label_code, size_t label_codes,
                                  struct buyers *out) {
    bool *seen = heap_new(label_codes + 1, sizeof *seen);
    out->segment = heap_raw(label_codes + 1, sizeof *out->segment);
    for (size_t i = 0; i < out->n; i++) {
        int32_t label = sales->customer[out->place[i]].label[LABEL_SEGMENT];
        if (label > 0 && (size_t)label < label_codes && !seen[label]) {
            seen[label] = true;
            out->segment[out->segments++] = label;
        }
    }
    free(seen);
    qsort_r(out->segment, out->segments, sizeof *out->segment, by_label_code, (void *)(uintptr_t)label_code);
}

void buyers_find(const struct sales *sales, const struct str *label_code, size_t label_codes, struct buyers *out) {
    *out = (struct buyers){0};
    places_find(sales, out);
    segments_find_by_code(sales, label_code, label_codes, out);
}

void buyers_clear(struct buyers *buyers) {
    free(buyers->place);
    free(buyers->segment);
    *buyers = (struct buyers){0};
}
