// SPDX-License-Identifier: Apache-2.0
/* Any text as a number: what is read, written and read again is the same, and an unknown mark is never a guess. */
#include <stdlib.h>

#include "base/decimal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SCALE = 4 };

static const int64_t limit = 1000000000000000000;

static void check_value(int64_t v) {
    char out[32];
    int64_t again = 0;
    size_t n = decimal_write(v, SCALE, (int)(v & 3), out);
    if (v <= -limit || v >= limit || n >= sizeof out)
        abort();
    if (decimal_read((struct str){out, n}, DECIMAL_POINT, SCALE, &again, NULL) != DECIMAL_OK || again != v)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str text = {(const char *)data, size};
    int64_t v[3] = {0, 0, 0};
    enum decimal_read result[3];
    enum decimal_mark seen = DECIMAL_UNKNOWN;
    for (int mark = DECIMAL_UNKNOWN; mark <= DECIMAL_COMMA; mark++) {
        result[mark] = decimal_read(text, (enum decimal_mark)mark, SCALE, &v[mark], &seen);
        if (result[mark] == DECIMAL_OK)
            check_value(v[mark]);
    }
    bool point = result[DECIMAL_POINT] == DECIMAL_OK, comma = result[DECIMAL_COMMA] == DECIMAL_OK;
    if (result[0] == DECIMAL_OK && ((point && v[DECIMAL_POINT] != v[0]) || (comma && v[DECIMAL_COMMA] != v[0])))
        abort();
    if (point != comma && seen == DECIMAL_UNKNOWN && result[0] != DECIMAL_TWO_READINGS)
        abort();
    return 0;
}
