// SPDX-License-Identifier: Apache-2.0
/* fuzz_merge -- any bytes as a text with fields: what is accepted can be written for everybody, in every form, and what a value holds
 * never counts as a field or leaves the place it was given. */
#include <stdlib.h>
#include <string.h>

#include "core/merge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds)
        abort();
}

static bool holds(struct str s, const char *bytes) {
    for (size_t i = 0; i < s.n; i++)
        if (strchr(bytes, s.p[i]) != NULL)
            return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct str text = {(const char *)data, size}, out, again;
    const struct merge_value value[] = {{S("customer"), S("cliente"), S("{person}\"<\\&\r\n{x")},
                                        {S("person"), S("pessoa"), S("{customer|a}")}};
    struct merge_fault fault;
    bool good = merge_check(&arena, text, value, 2, &fault);
    must(good == (fault.kind == MERGE_GOOD));
    for (int form = MERGE_TEXT; form <= MERGE_FORM; form++) {
        bool written = merge_write(&arena, text, value, 2, (enum merge_form)form, 1 << 22, &out, &fault);
        must(written == good);
        if (written && form == MERGE_LINE)
            must(!holds(out, "\r\n\t"));
    }
    /* The whole input as a value. */
    struct merge_value own = {S("x"), S(""), text};
    if (memchr(data, '\0', size) == NULL && merge_write(&arena, S("{x}"), &own, 1, MERGE_HTML, 1 << 22, &out, &fault))
        must(!holds(out, "<>\"'"));
    if (merge_write(&arena, S("{x}"), &own, 1, MERGE_FORM, 1 << 22, &out, &fault))
        must(!holds(out, "{}&=+ \r\n"));
    if (merge_write(&arena, S("{x|}"), &own, 1, MERGE_LINE, 1 << 22, &out, &fault)) {
        own.value = out;
        must(merge_write(&arena, S("{x|}"), &own, 1, MERGE_LINE, 1 << 22, &again, &fault) && str_equal(out, again));
    }
    arena_clear(&arena);
    return 0;
}
