// SPDX-License-Identifier: Apache-2.0
/* Any text as a date: a day that is read exists and, written as ISO, is the same day again under every order. */
#include <stdlib.h>

#include "base/day.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str text = {(const char *)data, size};
    struct day day[3] = {DAY_NONE, DAY_NONE, DAY_NONE};
    enum date_read result[3];
    enum date_order seen = DATE_ORDER_UNKNOWN;
    for (int order = DATE_ORDER_UNKNOWN; order <= DATE_ORDER_MDY; order++) {
        result[order] = date_read(text, (enum date_order)order, &day[order], &seen);
        if ((result[order] == DATE_READ_OK) != day_is(day[order]))
            abort();
        if (result[order] != DATE_READ_OK)
            continue;
        char iso[DAY_TEXT];
        struct day again;
        size_t n = day_iso(day[order], iso);
        if (!day_parse_iso((struct str){iso, n}, &again) || again.n != day[order].n)
            abort();
    }
    /* What is read without knowing the order is what its own order reads; two readings are two days. */
    if (result[0] == DATE_READ_OK && (result[seen] != DATE_READ_OK || day[seen].n != day[0].n))
        abort();
    if (result[0] == DATE_READ_TWO_READINGS && (!day_is(day[1]) || !day_is(day[2]) || day[1].n == day[2].n))
        abort();
    return 0;
}
