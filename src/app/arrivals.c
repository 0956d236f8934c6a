// SPDX-License-Identifier: Apache-2.0
/* arrivals -- see arrivals.h. A kind is late when it has been silent for more than twice its usual days, and at least two days more
 * than usual: a file of every night may miss a week-end, one of every month may come some days later.
 */
#include "app/arrivals.h"

#include <stdlib.h>

enum { GAPS = 30, GAPS_LEAST = 3, TIMES = 2, SPARE_DAYS = 2 };

static int compare(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int64_t median(int64_t *gap, size_t n) {
    qsort(gap, n, sizeof *gap, compare);
    return n % 2 == 1 ? gap[n / 2] : (gap[n / 2 - 1] + gap[n / 2] + 1) / 2;
}

/* From the newest day on, each day once. */
struct days {
    int64_t gap[GAPS];
    size_t gaps;
    struct day before;
};

static void day_take(struct days *days, struct day day) {
    if (day_is(days->before) && day.n < days->before.n && days->gaps < GAPS)
        days->gap[days->gaps++] = days->before.n - day.n;
    days->before = day;
}

void arrivals_of(const struct import_run *run, size_t n, struct day today,
                 struct day (*day_of)(void *owner, int64_t us), void *owner, struct arrival out[IMPORT_KIND_END]) {
    struct days days[IMPORT_KIND_END];
    for (int kind = 0; kind < IMPORT_KIND_END; kind++) {
        out[kind] = (struct arrival){.last = DAY_NONE, .newest = DAY_NONE};
        days[kind] = (struct days){.before = DAY_NONE};
    }
    for (size_t i = 0; i < n; i++) {
        if (run[i].undone_us > 0 || run[i].kind <= 0 || run[i].kind >= IMPORT_KIND_END)
            continue;
        struct arrival *arrival = &out[run[i].kind];
        struct day day = day_of(owner, run[i].started_us);
        if (!day_is(arrival->last)) {
            arrival->last = day;
            arrival->last_us = run[i].started_us;
        }
        if (!day_is(arrival->newest))
            arrival->newest = run[i].last_day;
        day_take(&days[run[i].kind], day);
    }
    for (int kind = 0; kind < IMPORT_KIND_END; kind++) {
        struct arrival *arrival = &out[kind];
        if (!day_is(arrival->last))
            continue;
        arrival->silent_days = today.n - arrival->last.n;
        if (days[kind].gaps < GAPS_LEAST)
            continue;
        arrival->usual_days = median(days[kind].gap, days[kind].gaps);
        arrival->late = arrival->silent_days > TIMES * arrival->usual_days &&
                        arrival->silent_days >= arrival->usual_days + SPARE_DAYS;
    }
}
