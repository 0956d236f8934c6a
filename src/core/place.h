// SPDX-License-Identifier: Apache-2.0
/* place -- where a customer's municipality is, by the names that a company's own files give it, or by its IBGE code.
 *
 * Coordinates are hundred thousandths of a degree: about a metre. A name that could mean two places is none.
 */
#ifndef REATIVA_CORE_PLACE_H
#define REATIVA_CORE_PLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct place {
    int32_t ibge;      /* 4128104; the first two digits are the state's */
    const char *state; /* "PR" */
    int32_t lat_e5, lon_e5;
};

/* place_find -- city: "Umuarama", "Umuarama - PR", "Umuarama/PR", "UMUARAMA (Paraná)", "4128104"; region tells the state where it is
 * one, by its letters or its name, and nothing otherwise. False: unknown, in several states, or the two texts name different ones. */
bool place_find(struct arena *arena, struct str city, struct str region, struct place *out);

/* A point as one number, for the database: more than 0. place_unpack: false when there is none. */
int64_t place_pack(int32_t lat_e5, int32_t lon_e5);
bool place_unpack(int64_t packed, int32_t *lat_e5, int32_t *lon_e5);

/* place_of -- of a customer: its own point (place_pack), else its municipality's; then out->ibge is 0, or that one's. */
bool place_of(struct arena *arena, int64_t packed, struct str city, struct str region, struct place *out);

/* For many customers at once: the place of a city in each state that a region may tell; 0: none. ibge 0: none is found. */
enum { PLACE_STATES = 28 };
int place_state(struct arena *arena, struct str region);
void place_by_state(struct arena *arena, struct str city, struct place out[PLACE_STATES]);

/* place_metres -- along the ground, on a sphere. */
int64_t place_metres(int32_t lat_a_e5, int32_t lon_a_e5, int32_t lat_b_e5, int32_t lon_b_e5);

#endif
