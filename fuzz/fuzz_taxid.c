// SPDX-License-Identifier: Apache-2.0
/* fuzz_taxid -- any bytes as a tax number: kept, and a CPF or CNPJ is the same however it is written again. */
#include <stdlib.h>
#include <string.h>

#include "core/taxid.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds)
        abort();
}

static bool same(const struct taxid *a, const struct taxid *b) {
    return a->kind == b->kind && a->valid == b->valid && a->n == b->n && memcmp(a->text, b->text, a->n) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct taxid id = taxid_read((struct str){(const char *)data, size});
    must(id.n < TAXID_TEXT && id.text[id.n] == '\0');
    must((id.kind == TAXID_NONE) == (id.n == 0));
    char pretty[TAXID_TEXT];
    size_t n = taxid_pretty((struct str){id.text, id.n}, pretty);
    must(n < TAXID_TEXT && pretty[n] == '\0');
    if (id.kind != TAXID_CPF && id.kind != TAXID_CNPJ) {
        must(!id.valid);
        return 0;
    }
    struct taxid plain = taxid_read((struct str){id.text, id.n}), written = taxid_read((struct str){pretty, n});
    must(same(&id, &plain) && same(&id, &written));
    char check[2];
    must(taxid_check_digits((struct str){id.text, id.n - 2}, check));
    must(!id.valid || memcmp(check, id.text + id.n - 2, 2) == 0);
    return 0;
}
