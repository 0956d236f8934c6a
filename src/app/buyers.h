// SPDX-License-Identifier: Apache-2.0
/* buyers -- who bought, and their segments, both by code: what is learnt from them must not hang on the order of the
 * imports, which ids show.
 */
#ifndef REATIVA_APP_BUYERS_H
#define REATIVA_APP_BUYERS_H

#include "app/sales.h"

struct buyers {
    uint32_t *place; /* [n] in sales */
    size_t n, purchases;
    int64_t *segment; /* [segments] label ids: the segment numbered i + 1 */
    size_t segments;
};

/* buyers_find -- label_code[label_codes] by label id. */
void buyers_find(const struct sales *sales, const struct str *label_code, size_t label_codes, struct buyers *out);
void buyers_clear(struct buyers *buyers);

#endif
