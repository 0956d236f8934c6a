// SPDX-License-Identifier: Apache-2.0
/* fuzz_model -- any text as a model's parameters: refused with a message, or read back to the same bits.
 *
 * The first byte says which model, the second which k was given.
 */
#include <stdlib.h>
#include <string.h>

#include "core/model_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds)
        abort();
}

static void same(const struct model_text *a, const struct model_text *b) {
    must(memcmp(a->params.v, b->params.v, sizeof a->params.v) == 0 && a->params.k == b->params.k);
    must(a->effects == b->effects);
    for (size_t i = 0; i < a->effects; i++) {
        must(a->effect[i].value == b->effect[i].value && a->effect[i].drop == b->effect[i].drop);
        must(str_equal(a->effect[i].column, b->effect[i].column) && str_equal(a->effect[i].level, b->effect[i].level));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct cx cx = {.arena = &arena};
    struct model_text text, again;
    if (size < 2)
        return 0;
    enum model_kind kind = (enum model_kind)(1 + data[0] % (MODEL_KINDS - 1));
    int64_t k = data[1] % (MODEL_K_MOST + 2);
    if (!model_text_read(&cx, kind, k, (struct str){(const char *)data + 2, size - 2}, &text)) {
        must((cx.err.code == ERR_INVALID || cx.err.code == ERR_LIMIT) && cx.err.key.n > 0);
    } else {
        must(model_of(kind)->check(&text.params) == STAT_OK);
        int64_t same_k = model_has_k(kind) ? text.params.k : 0;
        must(model_text_read(&cx, kind, same_k, model_text_write(&arena, &text), &again));
        same(&text, &again);
    }
    arena_clear(&arena);
    return 0;
}
