// SPDX-License-Identifier: Apache-2.0
/* rate -- how many requests a token may still make: a bucket a token, that fills again all the time.
 */
#ifndef REATIVA_WEB_API_RATE_H
#define REATIVA_WEB_API_RATE_H

#include <stdbool.h>
#include <stdint.h>

struct rates;
struct rates *rates_new(void); /* NULL: no memory */
void rates_free(struct rates *rates);

struct rate {
    bool allowed;
    int64_t left;    /* requests that may be made at once */
    int64_t reset_s; /* until as many as a minute has may be made at once */
    int64_t wait_s;  /* until the next may be made; 0: now */
};
/* rate_take -- one more request of this token. */
struct rate rate_take(struct rates *rates, int64_t token_id, int64_t per_minute, int64_t now_us);

#endif
