// SPDX-License-Identifier: Apache-2.0
/* cnbd_rows -- the likelihood over the rows of a cbs.
 *
 * With R = r + kx, l(t) = log1p(t/alpha) and D = l(T) - l(t_x), a row's log-likelihood is (cnbd.c)
 *     log (r)_kx - kx log alpha + log (b)_n - log (a+b)_(n+1)  - R l(t_x) + log(a + (b + n) S e^(-R D)),
 * n the chances to leave that were withstood. The first four depend on x alone; rows are sorted by x, so they are computed
 * once for a run of rows. l(t) comes from a table over the distinct times. One exp and one log a row remain. By log alpha, l
 * has the derivatives -E and E(1 - E) with E = t/(alpha + t): a second column of the table. The last term has the form
 * log(a + e^v): its derivatives are those of log a and of v weighed by 1 - P and P, P = e^v/(a + e^v) = P(alive), plus
 * P(1 - P) times the square of their difference; what depends on the run alone is multiplied in after the sum.
 *
 * Must not let the number of threads decide what is summed with what. Invariant: a block of rows has its own place for its
 * sums, and places are added in their order.
 */
#include "stats/cnbd_rows.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "stats/special.h"

enum { BLOCK = 4096, SLOTS_FIRST = 4096 };

/* -- places of times: a table of hashes that grows -- */

struct places {
    struct arena *arena;
    size_t slots;   /* a power of two, more than twice the times of the group */
    uint32_t *slot; /* place + 1; what is under `first` is another group's, or none */
    size_t first;   /* of the group */
    struct cnbd_rows *rows;
};

static size_t slot_of(const struct places *places, double time) {
    uint64_t bits;
    memcpy(&bits, &time, sizeof bits);
    bits ^= bits >> 32; /* of whole numbers the lower half is empty */
    size_t at = (size_t)(bits * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (places->slots - 1);
    while (places->slot[at] > places->first && places->rows->time[places->slot[at] - 1] != time)
        at = (at + 1) & (places->slots - 1);
    return at;
}

static void places_grow(struct places *places) {
    places->slots *= 2;
    places->slot = arena_new(places->arena, uint32_t, places->slots);
    for (size_t i = places->first; i < places->rows->times; i++)
        places->slot[slot_of(places, places->rows->time[i])] = (uint32_t)i + 1;
}

static uint32_t place_of(struct places *places, double time) {
    struct cnbd_rows *rows = places->rows;
    size_t at = slot_of(places, time);
    if (places->slot[at] <= places->first) {
        if (2 * (rows->times - places->first + 1) > places->slots) {
            places_grow(places);
            at = slot_of(places, time);
        }
        rows->time[rows->times++] = time;
        places->slot[at] = (uint32_t)rows->times;
    }
    return places->slot[at] - 1;
}

static uint32_t group_of(const struct cbs *data, size_t row) {
    return data->group ? data->group[row] : 0;
}

void cnbd_rows_make(struct arena *arena, const struct cbs *data, const struct model_covariates *covariates,
                    unsigned threads, struct cnbd_rows *out) {
    bool groups = data->group && covariates->n > 0;
    *out = (struct cnbd_rows){.data = data, .covariates = covariates, .threads = threads};
    out->blocks = (data->rows + BLOCK - 1) / BLOCK;
    out->t_x_at = arena_new(arena, uint32_t, data->rows);
    out->T_at = arena_new(arena, uint32_t, data->rows);
    out->time = arena_new(arena, double, 2 * data->rows);
    struct places places = {.arena = arena, .slots = SLOTS_FIRST, .rows = out};
    places.slot = arena_new(arena, uint32_t, places.slots);
    if (groups)
        out->time_group = arena_new(arena, uint32_t, 2 * data->rows);
    for (size_t i = 0; i < data->rows; i++) {
        bool new_group = groups && i > 0 && data->group[i] != data->group[i - 1];
        if (new_group)
            places.first = out->times;
        bool as_before = i > 0 && !new_group && data->t_x[i] == data->t_x[i - 1];
        out->t_x_at[i] = as_before ? out->t_x_at[i - 1] : place_of(&places, data->t_x[i]);
        out->T_at[i] = place_of(&places, data->T[i]);
        if (groups) {
            out->time_group[out->t_x_at[i]] = data->group[i];
            out->time_group[out->T_at[i]] = data->group[i];
        }
    }
    out->table = arena_new(arena, struct cnbd_time, out->times);
    size_t most = CNBD_CORE + 2 * covariates->n;
    out->sums = arena_new(arena, double, out->blocks *(1 + most + most * most));
}

/* -- a group's own parameters -- */

static const double *covariates_of(const struct cnbd_rows *rows, size_t group) {
    return rows->covariates->n > 0 ? rows->covariates->z + group * rows->covariates->n : NULL;
}

static double sum_of(const double *coefficient, const double *z, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += coefficient[i] * z[i];
    return sum;
}

static size_t core_of(const struct cnbd_rows *rows) {
    return rows->leaving == CNBD_NEVER ? CNBD_LOGIT_P : CNBD_CORE;
}

size_t cnbd_rows_ask(struct cnbd_rows *rows, enum cnbd_leaving leaving, int32_t k) {
    rows->leaving = leaving;
    rows->k = k;
    rows->n = core_of(rows) + rows->covariates->n * (leaving == CNBD_NEVER ? 1 : 2);
    return rows->n;
}

struct cnbd cnbd_rows_model(const struct cnbd_rows *rows, const double *at, size_t group) {
    const double *z = covariates_of(rows, group);
    size_t n = rows->covariates->n, core = core_of(rows);
    double log_alpha = at[CNBD_LOG_R] + at[CNBD_LOG_TIME] - sum_of(at + core, z, n);
    struct cnbd model = {.leaving = rows->leaving, .k = rows->k, .r = exp(at[CNBD_LOG_R]), .alpha = exp(log_alpha)};
    if (rows->leaving == CNBD_NEVER)
        return model;
    double logit = at[CNBD_LOGIT_P] + sum_of(at + core + n, z, n), size = exp(at[CNBD_LOG_SIZE]);
    model.a = size / (1 + exp(-logit));
    model.b = size / (1 + exp(logit));
    return model;
}

static void table_block(void *owner, size_t block) {
    struct cnbd_rows *rows = owner;
    size_t end = (block + 1) * BLOCK < rows->times ? (block + 1) * BLOCK : rows->times;
    double alpha = 0;
    for (size_t i = block * BLOCK; i < end; i++) {
        uint32_t group = rows->time_group ? rows->time_group[i] : 0;
        if (i == block * BLOCK || (rows->time_group && group != rows->time_group[i - 1]))
            alpha = cnbd_rows_model(rows, rows->at, group).alpha;
        double time = rows->time[i];
        rows->table[i] = (struct cnbd_time){log1p(time / alpha), time / (alpha + time)};
    }
}

/* -- a run: rows of one group with the same x -- */

/* Value and derivatives by (log r, log alpha, logit of the mean of p, log(a + b)). */
struct local {
    double value, first[CNBD_CORE], second[CNBD_CORE][CNBD_CORE]; /* second[i][j], i <= j */
};

/* Sums over a run; w the weight, P = P(alive), Q = P(1 - P), v as above and its derivatives. */
struct run_sums {
    double w, w_log, w_share, w_share2; /* of t_x */
    double value;                       /* of log(1 + e^v/a) */
    double P, P_r, P_alpha, P_rr, P_ralpha, P_alpha2;
    double Q, Q_r, Q_alpha, Q_rr, Q_ralpha, Q_alpha2;
};

/* log S and its derivatives by R and log alpha. */
struct phases {
    double sum, R, alpha, RR, Ralpha, alpha2;
};

static inline struct phases phases_at(int32_t k, double shape, double u, double waits) {
    double term = 1, by_R = 0, by_R2 = 0;
    double s = 1, sR = 0, sRR = 0, m1 = 0, m2 = 0, m1R = 0;
    for (int32_t m = 1; m < k; m++) {
        double next = shape + (m - 1), over = u / m;
        by_R2 = (by_R2 * next + 2 * by_R) * over;
        by_R = (by_R * next + term) * over;
        term *= next * over;
        s += term;
        sR += by_R;
        sRR += by_R2;
        m1 += m * term;
        m2 += (double)m * m * term;
        m1R += m * by_R;
    }
    /* u has the derivative -u waits by log alpha, waits that of waits (1 - waits). */
    struct phases p = {.sum = s, .R = sR / s, .alpha = -waits * m1 / s};
    p.RR = sRR / s - p.R * p.R;
    p.Ralpha = -waits * m1R / s - p.R * p.alpha;
    p.alpha2 = (waits * waits * m2 - waits * (1 - waits) * m1) / s - p.alpha * p.alpha;
    return p;
}

/* odds: (b + n)/a, or 0 where nobody can have left. */
static inline void run_add(const struct cnbd_rows *rows, size_t from, size_t to, int32_t k, double r, double shape,
                           double odds, struct run_sums *sums) {
    struct run_sums s = {0};
    for (size_t i = from; i < to; i++) {
        struct cnbd_time t_x = rows->table[rows->t_x_at[i]], T = rows->table[rows->T_at[i]];
        double w = rows->data->weight[i];
        double silence = T.log - t_x.log, by_alpha = T.share - t_x.share;
        double by_alpha2 = T.share * (1 - T.share) - t_x.share * (1 - t_x.share);
        double v_r = -r * silence, v_alpha = shape * by_alpha, v_rr = v_r, v_ralpha = r * by_alpha,
               v_alpha2 = -shape * by_alpha2, sum = 1;
        if (k > 1) {
            struct phases p = phases_at(k, shape, by_alpha / (1 - t_x.share), 1 - T.share);
            sum = p.sum;
            v_rr += r * p.R + r * r * p.RR;
            v_r += r * p.R;
            v_alpha += p.alpha;
            v_ralpha += r * p.Ralpha;
            v_alpha2 += p.alpha2;
        }
        double P = 1, Q = 0;
        if (odds > 0) {
            double alive = odds * sum * exp(-shape * silence), all = 1 + alive;
            s.value += w * log(all);
            P = alive / all;
            Q = w * (P / all);
        } else {
            s.value += w * (log(sum) - shape * silence);
        }
        P *= w;
        s.w += w;
        s.w_log += w * t_x.log;
        s.w_share += w * t_x.share;
        s.w_share2 += w * t_x.share * t_x.share;
        s.P += P;
        s.P_r += P * v_r;
        s.P_alpha += P * v_alpha;
        s.P_rr += P * v_rr;
        s.P_ralpha += P * v_ralpha;
        s.P_alpha2 += P * v_alpha2;
        s.Q += Q;
        s.Q_r += Q * v_r;
        s.Q_alpha += Q * v_alpha;
        s.Q_rr += Q * v_r * v_r;
        s.Q_ralpha += Q * v_r * v_alpha;
        s.Q_alpha2 += Q * v_alpha * v_alpha;
    }
    *sums = s;
}

static void run_of_one_phase(const struct cnbd_rows *rows, size_t from, size_t to, double r, double shape, double odds,
                             struct run_sums *sums) {
    run_add(rows, from, to, 1, r, shape, odds, sums);
}

/* What of a run does not depend on leaving. */
static void local_add_rate(struct local *local, const struct run_sums *s, double r, double x, int32_t k, double alpha) {
    double purchases = k * x, shape = r + purchases;
    double rising = r * special_digamma_rising(r, purchases);
    double rising2 = purchases > 0 ? rising + r * r * (special_trigamma(r + purchases) - special_trigamma(r)) : 0;
    local->value += s->value + s->w * (special_log_rising(r, purchases) - purchases * log(alpha)) - shape * s->w_log;
    local->first[0] += s->P_r + s->w * rising - r * s->w_log;
    local->first[1] += s->P_alpha - s->w * purchases + shape * s->w_share;
    local->second[0][0] += s->P_rr + s->Q_rr + s->w * rising2 - r * s->w_log;
    local->second[0][1] += s->P_ralpha + s->Q_ralpha + r * s->w_share;
    local->second[1][1] += s->P_alpha2 + s->Q_alpha2 - shape * (s->w_share - s->w_share2);
}

/* What depends on a and b; n chances to leave withstood. */
static void local_add_leaving(struct local *local, const struct run_sums *s, double a, double b, double n) {
    double size = a + b, p = a / size, q = b / size, left = s->w - s->P;
    local->value += s->w * (log(a) + special_log_rising(b, n) - special_log_rising(size, n + 1));
    /* log (b)_n and log (a + b)_(n+1); b has the derivatives -b p and b p (2p - 1) by the logit, b by log(a + b) */
    double b1 = b * special_digamma_rising(b, n), s1 = size * special_digamma_rising(size, n + 1);
    double b2 = n > 0 ? b * b * (special_trigamma(b + n) - special_trigamma(b)) : 0;
    double s2 = size * size * (special_trigamma(size + n + 1) - special_trigamma(size));
    local->first[2] += s->w * (-p * b1);
    local->first[3] += s->w * (b1 - s1);
    local->second[2][2] += s->w * (p * p * b2 + p * (2 * p - 1) * b1);
    local->second[2][3] += s->w * (-p * (b2 + b1));
    local->second[3][3] += s->w * (b2 + b1 - s2 - s1);
    /* log a for those who left, log(b + n) for those who stay, and the square of the difference */
    double y = b / (b + n), dp = -y * p - q, ds = y - 1;
    local->first[2] += left * q - s->P * y * p;
    local->first[3] += left + s->P * y;
    local->second[0][2] += s->Q_r * dp;
    local->second[0][3] += s->Q_r * ds;
    local->second[1][2] += s->Q_alpha * dp;
    local->second[1][3] += s->Q_alpha * ds;
    local->second[2][2] += -left * p * q - s->P * (y * p * (1 - 2 * p) + y * y * p * p) + s->Q * dp * dp;
    local->second[2][3] += -s->P * p * (y - y * y) + s->Q * dp * ds;
    local->second[3][3] += s->P * (y - y * y) + s->Q * ds * ds;
}

static void local_add_run(const struct cnbd_rows *rows, const struct cnbd *model, size_t from, size_t to,
                          struct local *local) {
    double x = rows->data->x[from], shape = model->r + model->k * x;
    bool can_leave = model->leaving == CNBD_AFTER_EVERY || (model->leaving == CNBD_AFTER_REPEAT && x > 0);
    double withstood = model->leaving == CNBD_AFTER_REPEAT ? x - 1 : x;
    double odds = can_leave ? (model->b + withstood) / model->a : 0;
    struct run_sums sums;
    if (model->k == 1)
        run_of_one_phase(rows, from, to, model->r, shape, odds, &sums);
    else
        run_add(rows, from, to, model->k, model->r, shape, odds, &sums);
    local_add_rate(local, &sums, model->r, x, model->k, model->alpha);
    if (can_leave)
        local_add_leaving(local, &sums, model->a, model->b, withstood);
}

/* -- blocks -- */

/* The local coordinates as sums of the search's: log alpha = log r + log time - rate z, logit p = its own + drop z. */
struct mapping {
    size_t n;
    size_t at[CNBD_CORE + 2 * MODEL_COVARIATES]; /* which local one a coordinate feeds, beside log r into both */
    double by[CNBD_CORE + 2 * MODEL_COVARIATES];
};

static void mapping_of(const struct cnbd_rows *rows, size_t group, struct mapping *out) {
    const double *z = covariates_of(rows, group);
    size_t core = core_of(rows), n = rows->covariates->n;
    out->n = rows->n;
    for (size_t i = 0; i < core; i++) {
        out->at[i] = i;
        out->by[i] = 1;
    }
    for (size_t i = core; i < rows->n; i++) {
        bool rate = i < core + n;
        out->at[i] = rate ? 1 : 2;
        out->by[i] = rate ? -z[i - core] : z[i - core - n];
    }
}

static double second_at(const struct local *local, size_t i, size_t j) {
    return i <= j ? local->second[i][j] : local->second[j][i];
}

/* Adds minus the group's value and derivatives to sums[1 + n + n * n]. */
static void local_map(const struct local *local, const struct mapping *map, double *sums) {
    double *first = sums + 1, *second = first + map->n;
    sums[0] -= local->value;
    for (size_t i = 0; i < map->n; i++) {
        first[i] -= map->by[i] * local->first[map->at[i]];
        for (size_t j = i; j < map->n; j++)
            second[i * map->n + j] -= map->by[i] * map->by[j] * second_at(local, map->at[i], map->at[j]);
    }
    /* log r moves log alpha too */
    first[0] -= local->first[1];
    second[0] -= local->second[0][1] + local->second[1][1];
    for (size_t j = 0; j < map->n; j++)
        second[j] -= map->by[j] * second_at(local, 1, map->at[j]);
}

static void rows_block(void *owner, size_t block) {
    struct cnbd_rows *rows = owner;
    const struct cbs *data = rows->data;
    size_t n = rows->n, size = 1 + n + n * n;
    size_t end = (block + 1) * BLOCK < data->rows ? (block + 1) * BLOCK : data->rows;
    double *sums = rows->sums + block * size;
    memset(sums, 0, size * sizeof *sums);
    for (size_t from = block * BLOCK; from < end;) {
        size_t group = rows->time_group ? group_of(data, from) : 0;
        struct cnbd model = cnbd_rows_model(rows, rows->at, group);
        struct local local = {0};
        while (from < end && (!rows->time_group || group_of(data, from) == group)) {
            size_t to = from + 1;
            while (to < end && data->x[to] == data->x[from] && (!rows->time_group || group_of(data, to) == group))
                to++;
            local_add_run(rows, &model, from, to, &local);
            from = to;
        }
        struct mapping map;
        mapping_of(rows, group, &map);
        local_map(&local, &map, sums);
    }
}

bool cnbd_rows_at(void *owner, const double *at, double *value, double *gradient, double *hessian) {
    struct cnbd_rows *rows = owner;
    size_t n = rows->n, size = 1 + n + n * n;
    rows->at = at;
    parallel_run(rows->threads, (rows->times + BLOCK - 1) / BLOCK, table_block, rows);
    parallel_run(rows->threads, rows->blocks, rows_block, rows);
    for (size_t block = 1; block < rows->blocks; block++)
        for (size_t i = 0; i < size; i++)
            rows->sums[i] += rows->sums[block * size + i];
    *value = rows->sums[0];
    memcpy(gradient, rows->sums + 1, n * sizeof *gradient);
    if (hessian)
        for (size_t i = 0; i < n; i++)
            for (size_t j = i; j < n; j++)
                hessian[i * n + j] = hessian[j * n + i] = rows->sums[1 + n + i * n + j];
    return isfinite(*value);
}
