// SPDX-License-Identifier: Apache-2.0
/* demo_segment -- the lines of business of the demo's customers: how often, how much, when and what they buy. Private
 * to src/app's demo. */
#ifndef REATIVA_APP_DEMO_SEGMENT_H
#define REATIVA_APP_DEMO_SEGMENT_H

#include <stdint.h>

enum { SEGMENTS = 9, SEGMENT_NAMES = 5, SEGMENT_FAMILIES = 12 };

struct segment {
    const char *name;
    const char *business[SEGMENT_NAMES];   /* what such a firm is called; NULL where there are fewer */
    int32_t share_percent;                 /* of the customers */
    int32_t gap_days_least, gap_days_most; /* the mean gap of one customer lies between */
    int32_t spread_percent;                /* coefficient of variation of its gaps */
    int32_t lines_least, lines_most;
    int32_t line_cents;              /* usual value of a line of a customer of size 1 */
    int32_t person_percent;          /* run under the owner's CPF */
    const int16_t *season_percent;   /* [12], of a usual month */
    int8_t family[SEGMENT_FAMILIES]; /* of goods; often twice = bought twice as much; ends with -1 */
};

extern const struct segment segments[SEGMENTS];

#endif
