// SPDX-License-Identifier: Apache-2.0
/* cbs -- what is no customer, and customers joined to rows.
 *
 * Times are nearly always whole days, or days written as weeks. Then x, t_x and T are small whole numbers after
 * multiplication by a denominator, one 64-bit word holds them all, and a radix sort of these words (cbs_sort) is all the work.
 * Where they are not, or where litt keeps rows apart, customers are sorted by one field after the other, last one first:
 * the sort is stable. A grid is believed only if every value is got back from it to the last bit.
 *
 * Must not sum in the order of the customers: the sum of litt is taken in whole units of 2^-52, which no order can change, all
 * others over the sorted rows. Invariant: the rows depend on the set of customers alone.
 */
#include "stats/cbs.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "stats/cbs_sort.h"

__extension__ typedef __int128 int128;

#define LITT_ROUNDING 1e-6
#define LITT_UNIT 4503599627370496.0 /* 2^52 */
#define LITT_MOST 1e18

enum { WORDS_MOST = 5 };

/* -- one customer -- */

enum cbs_fault cbs_check(const struct cbs_customer *c, bool litt) {
    if (!isfinite(c->x) || !isfinite(c->t_x) || !isfinite(c->T) || (litt && !isfinite(c->litt)))
        return CBS_NOT_A_NUMBER;
    if (c->x < 0)
        return CBS_X_NEGATIVE;
    if (c->x != floor(c->x))
        return CBS_X_FRACTION;
    if (c->t_x < 0)
        return CBS_T_X_NEGATIVE;
    if (c->T < 0 || (c->T == 0 && c->x > 0))
        return CBS_T_NOT_POSITIVE;
    if (c->t_x > c->T)
        return CBS_T_X_AFTER_T;
    if (c->x < 1 && c->t_x > 0)
        return CBS_X_ZERO_T_X_NOT;
    if (c->x > 0 && !(c->t_x > 0))
        return CBS_T_X_ZERO_X_NOT;
    if (litt && c->x > 0) {
        /* The gaps sum to t_x, so their logs are at most those of equal gaps. */
        double most = c->x * log(c->t_x / c->x);
        if (c->litt > most + LITT_ROUNDING * (c->x + fabs(most)))
            return CBS_LITT_TOO_LARGE;
    }
    return CBS_FINE;
}

/* -- a word for each customer -- */

/* How a customer becomes a word: group, x, t_x, T from the highest bits down. */
struct packing {
    double denominator; /* 0: none fits */
    int group_bits, x_bits, time_bits;
};

struct survey { /* of a block */
    bool on_grid;
    double x_most, time_most;
    uint32_t group_most;
    int128 litt_whole;
    int128 litt_parts;
    bool litt_fits;
};

struct making {
    const struct cbs_customer *c;
    const uint32_t *group;
    size_t n, blocks;
    bool per_litt;
    unsigned threads;
    double denominator; /* being tried */
    struct survey *survey;
    struct packing packing;
    struct cbs_sort sort;
    enum { WORD_LITT, WORD_T, WORD_T_X, WORD_X, WORD_GROUP, WORD_PACKED } word;
    size_t *heads; /* rows that begin in each block */
    double *x_sum, *T_sum;
    int64_t *repeaters;
    struct cbs *out;
};

static size_t block_end(const struct making *m, size_t block) {
    size_t end = (block + 1) * CBS_SORT_BLOCK;
    return end < m->n ? end : m->n;
}

static bool is_on_grid(double v, double denominator) {
    double units = rint(v * denominator);
    return units / denominator == v && units < 0x1p40;
}

static void survey_block(void *owner, size_t block) {
    struct making *m = owner;
    struct survey survey = {.on_grid = true, .litt_fits = true};
    for (size_t i = block * CBS_SORT_BLOCK, end = block_end(m, block); i < end; i++) {
        const struct cbs_customer *c = &m->c[i];
        if (survey.on_grid && !(is_on_grid(c->t_x, m->denominator) && is_on_grid(c->T, m->denominator)))
            survey.on_grid = false;
        if (c->x > survey.x_most)
            survey.x_most = c->x;
        if (c->T > survey.time_most)
            survey.time_most = c->T;
        if (m->group && m->group[i] > survey.group_most)
            survey.group_most = m->group[i];
        if (!(fabs(c->litt) < LITT_MOST)) {
            survey.litt_fits = false;
            continue;
        }
        int64_t whole = (int64_t)c->litt;
        survey.litt_whole += whole;
        survey.litt_parts += (int64_t)((c->litt - (double)whole) * LITT_UNIT);
    }
    m->survey[block] = survey;
}

static int bits_for(double most) {
    int bits = 1;
    while (bits < 64 && most >= ldexp(1, bits))
        bits++;
    return bits;
}

static void survey_all(struct making *m, struct survey *all) {
    parallel_run(m->threads, m->blocks, survey_block, m);
    *all = m->survey[0];
    for (size_t i = 1; i < m->blocks; i++) {
        const struct survey *one = &m->survey[i];
        all->on_grid = all->on_grid && one->on_grid;
        all->litt_fits = all->litt_fits && one->litt_fits;
        all->x_most = fmax(all->x_most, one->x_most);
        all->time_most = fmax(all->time_most, one->time_most);
        all->group_most = all->group_most > one->group_most ? all->group_most : one->group_most;
        all->litt_whole += one->litt_whole;
        all->litt_parts += one->litt_parts;
    }
}

/* Days; weeks of whole days; two decimals; binary fractions. */
static const double denominators[] = {1, 7, 100, 128};

static struct packing packing_find(struct making *m, struct survey *all) {
    for (size_t i = 0; i < sizeof denominators / sizeof *denominators; i++) {
        m->denominator = denominators[i];
        survey_all(m, all);
        if (!all->on_grid)
            continue;
        struct packing packing = {m->denominator, bits_for(all->group_most), bits_for(all->x_most),
                                  bits_for(rint(all->time_most * m->denominator))};
        if (packing.group_bits + packing.x_bits + 2 * packing.time_bits <= 64)
            return packing;
        break;
    }
    return (struct packing){0};
}

static uint64_t word_packed(const struct packing *p, const struct cbs_customer *c, uint32_t group) {
    uint64_t word = group;
    word = word << p->x_bits | (uint64_t)c->x;
    word = word << p->time_bits | (uint64_t)rint(c->t_x * p->denominator);
    return word << p->time_bits | (uint64_t)rint(c->T * p->denominator);
}

/* Bits in the order of the numbers. */
static uint64_t word_real(double v) {
    uint64_t bits;
    v += 0.0; /* one zero */
    memcpy(&bits, &v, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static void word_block(void *owner, size_t block) {
    struct making *m = owner;
    for (size_t i = block * CBS_SORT_BLOCK, end = block_end(m, block); i < end; i++) {
        size_t at = m->sort.index ? m->sort.index[i] : i;
        const struct cbs_customer *c = &m->c[at];
        uint32_t group = m->group ? m->group[at] : 0;
        switch (m->word) {
        case WORD_PACKED:
            m->sort.key[i] = word_packed(&m->packing, c, group);
            break;
        case WORD_LITT:
            m->sort.key[i] = word_real(c->litt);
            break;
        case WORD_T:
            m->sort.key[i] = word_real(c->T);
            break;
        case WORD_T_X:
            m->sort.key[i] = word_real(c->t_x);
            break;
        case WORD_X:
            m->sort.key[i] = word_real(c->x);
            break;
        case WORD_GROUP:
            m->sort.key[i] = group;
            break;
        }
    }
}

static void sort_all(struct arena *arena, struct making *m) {
    bool packed = m->packing.denominator > 0;
    int bits = packed ? m->packing.group_bits + m->packing.x_bits + 2 * m->packing.time_bits : 64;
    cbs_sort_init(arena, &m->sort, m->n, !packed || m->per_litt, m->threads);
    for (m->word = m->per_litt ? WORD_LITT : WORD_T; m->word <= WORD_PACKED; m->word++) {
        bool wanted = m->word == WORD_LITT || (m->word == WORD_PACKED) == packed;
        if (!wanted || (m->word == WORD_GROUP && !m->group))
            continue;
        parallel_run(m->threads, m->blocks, word_block, m);
        cbs_sort_run(&m->sort, m->word == WORD_PACKED ? bits : 64);
    }
}

/* -- rows -- */

struct row {
    double x, t_x, T, litt;
    uint32_t group;
};

static struct row row_at(const struct making *m, size_t i) {
    if (m->sort.index) {
        size_t at = m->sort.index[i];
        const struct cbs_customer *c = &m->c[at];
        return (struct row){c->x, c->t_x, c->T, m->per_litt ? c->litt : 0, m->group ? m->group[at] : 0};
    }
    const struct packing *p = &m->packing;
    uint64_t word = m->sort.key[i], time_mask = (UINT64_C(1) << p->time_bits) - 1;
    struct row row = {.T = (double)(word & time_mask) / p->denominator};
    word >>= p->time_bits;
    row.t_x = (double)(word & time_mask) / p->denominator;
    word >>= p->time_bits;
    row.x = (double)(word & ((UINT64_C(1) << p->x_bits) - 1));
    row.group = (uint32_t)(word >> p->x_bits);
    return row;
}

static bool is_head(const struct making *m, size_t i) {
    if (i == 0)
        return true;
    if (!m->sort.index)
        return m->sort.key[i] != m->sort.key[i - 1];
    struct row a = row_at(m, i - 1), b = row_at(m, i);
    return a.group != b.group || a.x != b.x || a.t_x != b.t_x || a.T != b.T || a.litt != b.litt;
}

static void heads_block(void *owner, size_t block) {
    struct making *m = owner;
    size_t heads = 0;
    for (size_t i = block * CBS_SORT_BLOCK, end = block_end(m, block); i < end; i++)
        heads += is_head(m, i);
    m->heads[block] = heads;
}

static void rows_block(void *owner, size_t block) {
    struct making *m = owner;
    struct cbs *out = m->out;
    size_t to = m->heads[block];
    double x_sum = 0, T_sum = 0;
    int64_t repeaters = 0;
    for (size_t i = block * CBS_SORT_BLOCK, end = block_end(m, block); i < end;) {
        size_t next = i + 1;
        while (next < m->n && !is_head(m, next))
            next++;
        if (!is_head(m, i)) { /* begun in an earlier block, which wrote it */
            i = next;
            continue;
        }
        struct row row = row_at(m, i);
        int64_t count = (int64_t)(next - i);
        out->x[to] = row.x;
        out->t_x[to] = row.t_x;
        out->T[to] = row.T;
        out->weight[to] = (double)count;
        if (out->group)
            out->group[to] = row.group;
        if (out->litt)
            out->litt[to] = row.litt;
        to++;
        x_sum += row.x * (double)count;
        T_sum += row.T * (double)count;
        repeaters += row.x > 0 ? count : 0;
        i = next;
    }
    m->x_sum[block] = x_sum;
    m->T_sum[block] = T_sum;
    m->repeaters[block] = repeaters;
}

static void rows_make(struct arena *arena, struct making *m) {
    struct cbs *out = m->out;
    m->heads = arena_new(arena, size_t, m->blocks);
    m->x_sum = arena_new(arena, double, m->blocks);
    m->T_sum = arena_new(arena, double, m->blocks);
    m->repeaters = arena_new(arena, int64_t, m->blocks);
    parallel_run(m->threads, m->blocks, heads_block, m);
    for (size_t i = 0; i < m->blocks; i++) {
        size_t heads = m->heads[i];
        m->heads[i] = out->rows;
        out->rows += heads;
    }
    out->x = arena_new(arena, double, out->rows);
    out->t_x = arena_new(arena, double, out->rows);
    out->T = arena_new(arena, double, out->rows);
    out->weight = arena_new(arena, double, out->rows);
    out->group = m->group ? arena_new(arena, uint32_t, out->rows) : NULL;
    out->litt = m->per_litt ? arena_new(arena, double, out->rows) : NULL;
    parallel_run(m->threads, m->blocks, rows_block, m);
    for (size_t i = 0; i < m->blocks; i++) {
        out->x_sum += m->x_sum[i];
        out->T_sum += m->T_sum[i];
        out->repeaters += m->repeaters[i];
    }
}

enum stat_code cbs_make(struct arena *arena, struct cbs_customer *c, const uint32_t *group, size_t n, bool per_litt,
                        unsigned threads, struct cbs *out) {
    if (n == 0)
        return STAT_TOO_FEW;
    if (n > UINT32_MAX)
        return STAT_DOMAIN;
    *out = (struct cbs){.customers = (int64_t)n};
    struct making m = {.c = c, .group = group, .n = n, .per_litt = per_litt, .threads = threads, .out = out};
    m.blocks = (n + CBS_SORT_BLOCK - 1) / CBS_SORT_BLOCK;
    m.survey = arena_new(arena, struct survey, m.blocks);
    struct survey all;
    m.packing = packing_find(&m, &all);
    out->litt_sum = all.litt_fits ? (double)all.litt_whole + (double)all.litt_parts / LITT_UNIT : (double)NAN;
    sort_all(arena, &m);
    rows_make(arena, &m);
    return STAT_OK;
}
