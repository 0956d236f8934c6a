// SPDX-License-Identifier: Apache-2.0
/* demo_chance -- chance from a seed, the same on every machine (private to src/app's demo).
 *
 * Integers only. A stream is named by what it decides and for whom, so a new decision somewhere leaves all others as
 * they were: the people do not change when the rhythm draws once more. Source: Steele, Lea, Flood, "Fast splittable
 * pseudorandom number generators", 2014 (SplitMix64).
 */
#ifndef REATIVA_APP_DEMO_CHANCE_H
#define REATIVA_APP_DEMO_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

enum chance_about {
    CHANCE_PERSON = 1,
    CHANCE_LIFE,
    CHANCE_RHYTHM,
    CHANCE_BASKET,
    CHANCE_LEVEL,
    CHANCE_DOCUMENT,
    CHANCE_WORK
};

struct chance {
    uint64_t state;
};

static inline uint64_t chance_mix(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline uint64_t chance_next(struct chance *chance) {
    return chance_mix(chance->state += 0x9E3779B97F4A7C15u);
}

/* The stream of one decision: about what, whose (customer), which (order, product). */
static inline struct chance chance_of(uint64_t seed, enum chance_about about, int32_t whose, int32_t which) {
    uint64_t z = chance_mix(seed + 0x9E3779B97F4A7C15u * (uint64_t)about);
    z = chance_mix(z ^ ((uint64_t)(uint32_t)whose << 32 | (uint32_t)which));
    return (struct chance){z};
}

/* 0 .. n - 1 */
static inline int32_t chance_below(struct chance *chance, int32_t n) {
    return (int32_t)((chance_next(chance) >> 32) * (uint64_t)n >> 32);
}

static inline int32_t chance_between(struct chance *chance, int32_t low, int32_t high) {
    return low + chance_below(chance, high - low + 1);
}

static inline bool chance_e4(struct chance *chance, int32_t parts_in_10000) {
    return chance_below(chance, 10000) < parts_in_10000;
}

#endif
