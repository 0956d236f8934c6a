// SPDX-License-Identifier: Apache-2.0
/* summary -- what the columns of a summary file mean: one row a customer, x, t_x, T and what may stand beside them.
 *
 * The names used by the literature and the usual packages are known: frequency, recency, T and monetary_value; x, t.x,
 * T.cal; ID and zbar. `recency` here is the age at the last purchase, as the packages have it, never the days since.
 */
#ifndef REATIVA_CORE_SUMMARY_H
#define REATIVA_CORE_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "stats/cbs.h"

enum summary_field {
    SUMMARY_NONE = 0, /* a column that is not used, unless it is asked for as a covariate */
    SUMMARY_CUSTOMER,
    SUMMARY_X,
    SUMMARY_T_X,
    SUMMARY_T,
    SUMMARY_LITT,
    SUMMARY_SPEND,
    SUMMARY_FIELD_END
};

const char *summary_field_name(enum summary_field field); /* "t_x" */
bool summary_field_parse(struct str name, enum summary_field *out);

/* summary_recognise -- give each of the n columns of a header row a field, each field at most once: the exact names x, t_x,
 * T ... first (T and t are two columns), then the best of the other headings, without case, accents or punctuation; among
 * equals the leftmost. out[n]. Scratch in the arena. */
void summary_recognise(struct arena *arena, const struct str *header, size_t n, enum summary_field *out);

/* summary_fault_key -- the catalog's key of what is wrong with a row; empty for CBS_FINE. */
struct str summary_fault_key(enum cbs_fault fault);

#endif
