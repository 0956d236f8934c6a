// SPDX-License-Identifier: Apache-2.0
/* demo_goods -- what the demo's wholesaler sells: families of packed goods with plausible prices. Private to src/app's demo. */
#ifndef REATIVA_APP_DEMO_GOODS_H
#define REATIVA_APP_DEMO_GOODS_H

#include <stddef.h>
#include <stdint.h>

enum family {
    FAMILY_GRAIN = 0,
    FAMILY_PASTA,
    FAMILY_SAUCE,
    FAMILY_CAN,
    FAMILY_DRINK,
    FAMILY_BEER,
    FAMILY_DAIRY,
    FAMILY_MEAT,
    FAMILY_FROZEN,
    FAMILY_SWEET,
    FAMILY_BAKER,
    FAMILY_COFFEE,
    FAMILY_HYGIENE,
    FAMILY_CLEANING,
    FAMILY_PACKAGE,
    FAMILY_PAPER,
    FAMILY_BATTERY,
    FAMILY_TOOL,
    FAMILY_PAINT,
    FAMILY_HEALTH,
    FAMILY_LODGING,
    FAMILY_END
};

struct ware_kind {
    const char *name;
    const char *unit; /* CX box, FD bundle, SC sack, UN piece, KG sold by weight */
    int32_t cents;    /* list price on the first day */
};

extern const char *const family_name[FAMILY_END];
/* family_goods -- the goods of a family, best sold first; *n how many. */
const struct ware_kind *family_goods(enum family family, int32_t *n);

enum { WARE_MOST = 255 }; /* an index into all goods fits a byte */
/* All goods of all families in one row: index to family and kind. */
int32_t ware_count(void);
int32_t ware_index(enum family family, int32_t within);
const struct ware_kind *ware_at(int32_t index, enum family *family);
/* ware_code -- "0407": family and place, as a catalogue would number them. Returns 4 digits into out[5]. */
void ware_code(int32_t index, char out[5]);

#endif
