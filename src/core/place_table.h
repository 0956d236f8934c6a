// SPDX-License-Identifier: Apache-2.0
/* place_table -- the municipalities that tools/places.mjs writes into the program, by key and then by code. */
#ifndef REATIVA_CORE_PLACE_TABLE_H
#define REATIVA_CORE_PLACE_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct place_row {
    const char *key; /* of the name: small letters and digits, no accents, nothing between them */
    int32_t ibge, lat_e5, lon_e5;
};
extern const struct place_row place_rows[];
extern const size_t place_rows_n;

#endif
