// SPDX-License-Identifier: Apache-2.0
/* rate -- see the header. In memory only: after a restart everybody begins anew. A bucket holds a minute's requests, counted in
 * microseconds: each request costs a minute divided by the rate. Of more tokens than there are buckets the one that was
 * silent longest begins anew, full.
 */
#include "web/api/rate.h"

#include <pthread.h>
#include <stdlib.h>

enum { BUCKETS = 512 };
static const int64_t MINUTE_US = 60 * 1000000LL;

struct bucket {
    int64_t token_id, filled_us, seen_us; /* filled_us: what is in it */
};
struct rates {
    pthread_mutex_t lock;
    struct bucket bucket[BUCKETS];
};

struct rates *rates_new(void) {
    struct rates *rates = calloc(1, sizeof *rates);
    if (rates != NULL)
        pthread_mutex_init(&rates->lock, NULL);
    return rates;
}

void rates_free(struct rates *rates) {
    free(rates);
}

static struct bucket *bucket_of(struct rates *rates, int64_t token_id) {
    struct bucket *oldest = &rates->bucket[0];
    for (size_t i = 0; i < BUCKETS; i++) {
        struct bucket *b = &rates->bucket[i];
        if (b->token_id == token_id)
            return b;
        if (b->seen_us < oldest->seen_us)
            oldest = b;
    }
    *oldest = (struct bucket){.token_id = token_id, .filled_us = MINUTE_US};
    return oldest;
}

struct rate rate_take(struct rates *rates, int64_t token_id, int64_t per_minute, int64_t now_us) {
    struct rate out = {.allowed = true};
    int64_t cost = MINUTE_US / (per_minute > 0 ? per_minute : 1);
    cost = cost > 0 ? cost : 1;
    pthread_mutex_lock(&rates->lock);
    struct bucket *b = bucket_of(rates, token_id);
    int64_t passed = b->seen_us > 0 && now_us > b->seen_us ? now_us - b->seen_us : 0;
    b->filled_us = b->filled_us + passed > MINUTE_US ? MINUTE_US : b->filled_us + passed;
    b->seen_us = now_us > b->seen_us ? now_us : b->seen_us;
    if (b->filled_us >= cost)
        b->filled_us -= cost;
    else
        out.allowed = false;
    out.left = b->filled_us / cost;
    out.reset_s = (MINUTE_US - b->filled_us + 999999) / 1000000;
    out.wait_s = out.allowed ? 0 : (cost - b->filled_us + 999999) / 1000000;
    pthread_mutex_unlock(&rates->lock);
    return out;
}
