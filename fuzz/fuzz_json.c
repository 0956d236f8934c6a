// SPDX-License-Identifier: Apache-2.0
/* fuzz_json -- any bytes as the body of a request to the API: read, then held against every shape that is taken.
 */
#include "base/arena.h"
#include "web/api/mould.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    struct arena arena;
    struct cx cx = {.arena = &arena};
    struct json_value value;
    arena_init(&arena, 0, arena_full_exit, NULL);
    if (json_read(&cx, (struct str){(const char *)data, n}, &value))
        for (const struct mould *mould = moulds_taken; mould->name != NULL; mould++) {
            struct str field;
            (void)mould_check(&cx, mould, &value, &field);
            cx_clear(&cx);
        }
    arena_clear(&arena);
    return 0;
}
