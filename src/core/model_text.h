// SPDX-License-Identifier: Apache-2.0
/* model_text -- the parameters of a probability model as people and programs write them.
 *
 * `r=0.243,alpha=4.414,a=0.793,b=2.426`; effects of covariates stand beside them as rate[segment=Varejo]=0.12 (a level
 * against the usual one) or drop[age]=-0.3 (a column of numbers); k may stand among them as k=2. What is written is read
 * back to the same bits.
 */
#ifndef REATIVA_CORE_MODEL_TEXT_H
#define REATIVA_CORE_MODEL_TEXT_H

#include "base/cx.h"
#include "stats/model.h"

/* What one column of a covariate does, on the rate or on leaving (stats/model.h: model_covariates). */
struct model_effect {
    bool drop;      /* on leaving; else on the rate */
    bool has_level; /* 1 for customers of that level, else 0; without: the number itself */
    struct str column, level;
    double value, se; /* se INFINITY: not determined; not part of the text */
};

struct model_text {
    struct model_params params;
    struct model_effect *effect;
    size_t effects;
};

/* model_text_read -- every parameter of the kind, each once, in any order, numbers with a point and commas between; where
 * they are parted by semicolons, numbers may have a comma too. given_k: of the option --k, 0 when it is not given.
 * INVALID names what is missing, unknown, no number, or out of range, and the names there are. */
bool model_text_read(struct cx *cx, enum model_kind kind, int64_t given_k, struct str text, struct model_text *out);
/* model_text_write -- without k, which is an option of its own. */
struct str model_text_write(struct arena *arena, const struct model_text *text);

/* model_k_ready -- INVALID: k for a model without, none where it is needed, or one out of 1 .. MODEL_K_MOST. k 0: not given. */
bool model_k_ready(struct cx *cx, enum model_kind kind, int64_t k, bool needed);

/* Which effects the model has: all on the rate, those with leaving on that too. */
bool model_takes_rate(enum model_kind kind);
bool model_takes_drop(enum model_kind kind);
struct str model_effect_name(struct arena *arena, const struct model_effect *effect); /* rate[segment=Varejo] */

const char *model_name(enum model_kind kind);
size_t model_params_n(enum model_kind kind);
const char *model_param_name(enum model_kind kind, size_t i);
bool model_kind_parse(struct str name, enum model_kind *out);
bool model_has_k(enum model_kind kind);
const char *model_stop_name(enum model_stop stop);                       /* "converged" */
const char *model_warning_name(enum model_warning warning);              /* "no_dropout"; NULL: no such bit */
struct str model_param_names(struct arena *arena, enum model_kind kind); /* "r, alpha, a, b" */

#endif
