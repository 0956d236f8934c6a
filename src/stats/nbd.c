// SPDX-License-Identifier: Apache-2.0
/* nbd -- purchases at a Gamma rate and nobody ever leaves: the family of cnbd.h without its second half.
 *
 * Ehrenberg's model (1959): the yardstick that a model with leaving must beat. Must not say anything of leaving: P(alive) is
 * 1. Invariant: all of it is cnbd's with CNBD_NEVER, which is also the limit a -> 0 of the others.
 */
#include "stats/cnbd.h"

static enum stat_code nbd_fit(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                              struct model_fit *out) {
    return cnbd_fit(arena, data, options, MODEL_NBD, out);
}

const struct model_def nbd_def = {
    .kind = MODEL_NBD,
    .name = "nbd",
    .param = {"r", "alpha"},
    .params = 2,
    .check = cnbd_check,
    .loglik = cnbd_loglik,
    .fit = nbd_fit,
    .alive = cnbd_alive,
    .active = cnbd_active,
    .expected = cnbd_expected,
    .pmf = cnbd_pmf,
    .expected_new = cnbd_expected_new,
    .pmf_new = cnbd_pmf_new,
};
