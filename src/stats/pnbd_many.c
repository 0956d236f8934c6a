// SPDX-License-Identifier: Apache-2.0
/* pnbd_many -- predictions of many customers.
 *
 * All but one of the integrals depend on x and T only, which most customers share with thousands of others. A table with one
 * place for each hash of (x, T) remembers the last one computed there.
 *
 * Must not depend on who else is in the list: the table holds results of a pure function, so a hit and a miss give the same
 * bits, those of pnbd.c. Invariant: a place is used only where x and T are equal.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "stats/pnbd.h"
#include "stats/pnbd_parts.h"

enum { PLACES = 4096 }; /* 40 bytes each, on the stack */

struct future {
    double x, T; /* x negative: empty */
    double silent_next, buys, bought;
};

static uint64_t bits_of(double v) {
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    return bits;
}

void pnbd_predict(const struct model_params *params, const struct model_many *customers, size_t from, size_t to,
                  double horizon, double *p_alive, double *p_active, double *expected) {
    struct future table[PLACES];
    const double *param = params->v;
    for (size_t i = 0; i < PLACES; i++)
        table[i].x = -1;
    for (size_t i = from; i < to; i++) {
        struct cbs_customer c = {.x = customers->x[i], .t_x = customers->t_x[i], .T = customers->T[i]};
        uint64_t hash = (bits_of(c.x) * 31 + bits_of(c.T)) * UINT64_C(0x9E3779B97F4A7C15);
        struct future *future = &table[(hash >> 40) % PLACES];
        if (future->x != c.x || future->T != c.T)
            *future = (struct future){.x = c.x,
                                      .T = c.T,
                                      .silent_next = pnbd_silent_next(param, c.x, c.T),
                                      .buys = p_active ? pnbd_buys(param, c.x, c.T, horizon) : 0,
                                      .bought = expected ? pnbd_bought(param, c.x, c.T, horizon) : 0};
        double alive = pnbd_alive_given(pnbd_silent_left(param, &c), future->silent_next);
        if (p_alive)
            p_alive[i] = alive;
        if (p_active)
            p_active[i] = alive * future->buys;
        if (expected)
            expected[i] = alive * future->bought;
    }
}
