// SPDX-License-Identifier: Apache-2.0
/* Any bytes as an electronic invoice: refused with a reason, or complete. */
#include <stdlib.h>

#include "format/nfe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct nfe *nfe) {
    if (nfe->kind != NFE_INVOICE)
        return;
    if (nfe->access_key.n != 44 || nfe->number.n == 0 || !day_is(nfe->issued) || nfe->items == 0)
        abort();
    for (size_t i = 0; i < nfe->items; i++)
        if (nfe->item[i].product_cents == INT64_MIN || nfe->item[i].quantity_e4 == INT64_MIN)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct cx cx = {.arena = &arena};
    struct nfe *nfe;
    size_t n;
    bool ok = nfe_parse_bytes(&cx, S("input"), (struct str){(const char *)data, size}, &nfe, &n);
    if (ok == (cx.err.code != ERR_NONE) || (ok && n == 0))
        abort();
    for (size_t i = 0; ok && i < n; i++)
        check(&nfe[i]);
    arena_clear(&arena);
    return 0;
}
