// SPDX-License-Identifier: Apache-2.0
/* cnbd_many -- predictions of many customers.
 *
 * What takes time, the future of a customer that is alive, depends on x and T only, and most customers share theirs with
 * thousands of others. A table with one place for each hash of (x, T) remembers the last one computed there.
 *
 * Must not depend on who else is in the list: the table holds results of a pure function, so a hit and a miss give the same
 * bits. Invariant: a place is used only where x and T are equal.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "stats/cnbd.h"

enum { PLACES_MOST = 4096 };

void cnbd_memory_init(struct cnbd_memory *memory, int32_t k) {
    memory->width = 2 + 2 * (size_t)k;
    memory->places = PLACES_MOST;
    while (memory->places * memory->width > CNBD_KEPT)
        memory->places /= 2;
    for (size_t i = 0; i < memory->places; i++)
        memory->kept[i * memory->width] = NAN;
}

static uint64_t bits_of(double v) {
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    return bits;
}

const double *cnbd_memory_future(struct cnbd_memory *memory, const struct cnbd *model, double x, double T,
                                 double horizon, bool active, bool expected) {
    uint64_t hash = bits_of(x) * 31 + bits_of(T);
    hash = (hash ^ hash >> 32) * UINT64_C(0x9E3779B97F4A7C15); /* of whole numbers the lower half is empty */
    double *place = &memory->kept[(size_t)(hash >> 32) % memory->places * memory->width];
    if (place[0] == x && place[1] == T)
        return place + 2;
    struct cnbd_future future;
    cnbd_future(model, x, T, horizon, active, expected, &future);
    place[0] = x;
    place[1] = T;
    for (int32_t m = 0; m < model->k; m++) {
        place[2 + m] = active ? future.active[m] : 0;
        place[2 + model->k + m] = expected ? future.expected[m] : 0;
    }
    return place + 2;
}

void cnbd_predict(const struct model_params *params, const struct model_many *customers, size_t from, size_t to,
                  double horizon, double *p_alive, double *p_active, double *expected) {
    struct cnbd model = cnbd_of(params);
    struct cnbd_memory memory;
    cnbd_memory_init(&memory, model.k);
    for (size_t i = from; i < to; i++) {
        struct cbs_customer c = {.x = customers->x[i], .t_x = customers->t_x[i], .T = customers->T[i]};
        double phase[MODEL_K_MOST], log_phases = cnbd_phases(&model, &c, phase);
        double alive = cnbd_alive_given(&model, &c, log_phases);
        if (p_alive)
            p_alive[i] = alive;
        if (!p_active && !expected)
            continue;
        const double *future = cnbd_memory_future(&memory, &model, c.x, c.T, horizon, p_active, expected);
        if (p_active)
            p_active[i] = alive * cnbd_mean(phase, future, model.k);
        if (expected)
            expected[i] = alive * cnbd_mean(phase, future + model.k, model.k);
    }
}
