// SPDX-License-Identifier: Apache-2.0
/* fuzz_cluster_orders -- any text as a query of orders: refused with a message, or taken apart into pieces that put together are read the same
 * way again; and any line as a row of an answer.
 */
#include <stdlib.h>

#include "app/cluster_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds)
        abort();
}

/* What is put around a piece must not be closed by it: a SELECT of the pieces is a SELECT again, of as many columns. */
static void try_query(struct cx *cx, struct str text) {
    struct cluster_orders orders, again;
    if (!cluster_orders_read(cx, text, &orders)) {
        must(cx->err.code == ERR_INVALID && cx->err.key.n > 0);
        cx_clear(cx);
        return;
    }
    must(orders.customer.n > 0 && orders.day.n > 0 && orders.value.n > 0 && orders.from.n > 0);
    struct str whole = cx_text(cx, "SELECT %.*s, %.*s, %.*s FROM %.*s", STR_ARG(orders.customer), STR_ARG(orders.day),
                               STR_ARG(orders.value), STR_ARG(orders.from));
    if (text.n < 10000 && orders.spread)
        must(cluster_orders_read(cx, whole, &again) && again.spread && again.changed.n == 0);
}

static void try_row(struct cx *cx, struct str line) {
    while (line.n > 0) {
        struct str field = cluster_field(&line);
        (void)cluster_int(field);
        must(cluster_text(cx->arena, field).n <= field.n);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct cx cx = {.arena = &arena};
    try_query(&cx, (struct str){(const char *)data, size});
    try_row(&cx, (struct str){(const char *)data, size});
    arena_clear(&arena);
    return 0;
}
