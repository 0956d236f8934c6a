// SPDX-License-Identifier: Apache-2.0
/* alive.c -- customers as they were known on the eve of each fit.
 *
 * Must not look past that eve. Who is in the part that is looked at depends on its code and on how many had bought by then.
 */
#include "app/alive.h"

#include <math.h>

#include "app/heap.h"

enum { FITTED_MOST = 25000 }; /* its few parameters need no more */

static const uint64_t SEED = 20021;

/* As known at the end of that day; false: had not bought. */
static bool summary_of(const struct sale_customer *customer, int32_t eve, struct cbs_customer *out) {
    int32_t first = 0, last = 0;
    *out = (struct cbs_customer){.x = -1};
    for (uint32_t i = 0; i < customer->days && customer->day[i].day <= eve; i++) {
        if (!customer->day[i].purchase)
            continue;
        int32_t day = customer->day[i].day;
        if (++out->x > 0)
            out->litt += log((double)day - last);
        else
            first = day;
        last = day;
    }
    out->t_x = (double)last - first;
    out->T = (double)eve - first;
    return out->x >= 0;
}

static bool bought_by(const struct sale_customer *customer, int32_t eve) {
    for (uint32_t i = 0; i < customer->days && customer->day[i].day <= eve; i++)
        if (customer->day[i].purchase)
            return true;
    return false;
}

static size_t summaries(const struct sales *sales, int32_t eve, struct cbs_customer *out) {
    size_t known = 0, n = 0;
    for (size_t i = 0; i < sales->n; i++)
        known += bought_by(&sales->customer[i], eve);
    uint64_t limit = known > FITTED_MOST ? UINT64_MAX / known * FITTED_MOST : UINT64_MAX;
    for (size_t i = 0; i < sales->n; i++)
        if (limit == UINT64_MAX || str_hash(sales->customer[i].code, SEED) <= limit)
            n += summary_of(&sales->customer[i], eve, &out[n]);
    return n;
}

static struct day newest_purchase(const struct sales *sales) {
    struct day newest = DAY_NONE;
    for (size_t i = 0; i < sales->n; i++) {
        const struct sale_customer *c = &sales->customer[i];
        uint32_t k = c->days;
        while (k > 0 && !c->day[k - 1].purchase)
            k--;
        if (k > 0 && c->day[k - 1].day > newest.n)
            newest.n = c->day[k - 1].day;
    }
    return newest;
}

void alive_find(struct arena *arena, const struct sales *sales, struct day first, struct alive_table *out) {
    struct day newest = newest_purchase(sales);
    size_t n = alive_days(first, newest, sales->as_of, NULL);
    struct day *day = arena_new(arena, struct day, n + 1);
    struct alive_fit *fit = arena_new(arena, struct alive_fit, n + 1);
    struct cbs_customer *c = heap_raw(sales->n + 1, sizeof *c);
    struct arena scratch;
    arena_init(&scratch, 0, arena->full, arena->owner);
    alive_days(first, newest, sales->as_of, day);
    for (size_t i = 0; i < n; i++) {
        fit[i].from = day[i];
        alive_learn(&scratch, c, summaries(sales, day[i].n - 1, c), 0, &fit[i]);
    }
    arena_clear(&scratch);
    free(c);
    *out = (struct alive_table){.fit = fit, .n = n};
}
