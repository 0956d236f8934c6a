// SPDX-License-Identifier: Apache-2.0
/* wait -- how well the next purchase is foretold, what a season is worth and what regularity is, out of time; for bench/wait.py.
 *
 *     wait next|season|regularity CUT HORIZON [CUT HORIZON ...] < purchases
 *
 * purchases: lines `customer day segment` in whole numbers, days since 1970-01-01, sorted by customer and day. Prints rows of
 * numbers; wait.py makes tables of them. Must not let a model see a day after its cut.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stats/next_purchase.h"

enum { LINES_MOST = 1 << 21, GROUPS = 6, QUANTILES = NEXT_PURCHASE_KNOTS };

static struct arena arena;
static struct history *customer;
static size_t customers;
static uint32_t segments;

static void read_all(void) {
    int32_t *day = arena_new(&arena, int32_t, LINES_MOST);
    int64_t *cents = arena_new(&arena, int64_t, LINES_MOST);
    long who, on, segment, before = -1;
    size_t n = 0;
    customer = arena_new(&arena, struct history, LINES_MOST);
    for (; n < LINES_MOST && scanf("%ld %ld %ld", &who, &on, &segment) == 3; n++) {
        if (who != before)
            customer[customers++] = (struct history){.day = day + n, .cents = cents + n, .segment = (uint32_t)segment};
        before = who;
        day[n] = (int32_t)on;
        customer[customers - 1].n++;
        if (segment > segments)
            segments = (uint32_t)segment;
    }
}

/* -- a model as known on a day -- */

struct known {
    int32_t day;
    const struct season *season;
    size_t n;
    size_t *which; /* of the customers */
    struct cbs_customer *c;
    struct next_purchase_pool pool;
};

static void know(int32_t day, enum model_kind kind, bool pooled, const struct season *season, struct known *out) {
    *out = (struct known){.day = day, .season = season};
    out->which = arena_new(&arena, size_t, customers);
    out->c = arena_new(&arena, struct cbs_customer, customers);
    struct cbs_customer *copy = arena_new(&arena, struct cbs_customer, customers);
    uint32_t *group = arena_new(&arena, uint32_t, customers);
    for (size_t i = 0; i < customers; i++)
        if (season_summary(season, &customer[i], day, &out->c[out->n]) == STAT_OK) {
            out->which[out->n] = i;
            group[out->n++] = pooled ? customer[i].segment : 0;
        }
    memcpy(copy, out->c, out->n * sizeof *copy);
    struct cbs data;
    const struct model_fit_options options = {0};
    if (cbs_make(&arena, copy, group, out->n, kind == MODEL_MIXK, 0, &data) != STAT_OK ||
        next_purchase_pool_learn(&arena, &data, pooled ? segments : 0, kind, &options, &out->pool) != STAT_OK)
        exit(1);
}

static void wait_of(const struct known *k, size_t i, const struct next_purchase_levels *levels,
                    struct next_purchase_wait *out) {
    struct model_params params = next_purchase_pool_params(&k->pool, customer[k->which[i]].segment);
    next_purchase_wait(&params, &k->c[i], k->season, k->day, levels, out);
}

/* Days until the next purchase, 0: not within the horizon. */
static int32_t return_of(const struct known *k, size_t i, int32_t horizon) {
    const struct history *h = &customer[k->which[i]];
    size_t n = history_until(h, k->day);
    return n < h->n && h->day[n] <= k->day + horizon ? h->day[n] - k->day : 0;
}

static struct next_purchase_levels levels_of(const struct known *k, int32_t horizon, double trust) {
    double *level = arena_new(&arena, double, k->n);
    uint8_t *returned = arena_new(&arena, uint8_t, k->n);
    struct next_purchase_levels levels, same = next_purchase_levels_same();
    for (size_t i = 0; i < k->n; i++) {
        struct next_purchase_wait wait;
        int32_t days = return_of(k, i, horizon);
        wait_of(k, i, NULL, &wait);
        returned[i] = days > 0;
        level[i] = days > 0 ? next_purchase_level(&wait, days) : 1 - next_purchase_none_within(&wait, horizon);
    }
    (void)next_purchase_levels_learn(level, returned, k->n, &levels);
    for (int i = 0; i < NEXT_PURCHASE_KNOTS; i++) /* learn goes half of the way */
        levels.to[i] = same.to[i] + 2 * trust * (levels.to[i] - same.to[i]);
    return levels;
}

/* -- next -- */

static int group_of(double x) {
    return x < 3 ? (int)x : x < 6 ? 3 : x < 15 ? 4 : 5;
}

struct tally {
    double n, returned, covered, early, late, width;
};

/* The interval among those who return within the horizon. */
static void tally_add(const struct next_purchase_wait *wait, int32_t days, int32_t horizon, struct tally *to) {
    struct next_purchase next;
    double all = 1 - next_purchase_none_within(wait, horizon);
    int32_t end[2] = {1, 1};
    next_purchase_find(wait, horizon, &next);
    if (next.code == NEXT_PURCHASE_SAID) {
        end[0] = next.from - wait->as_of;
        end[1] = next.to - wait->as_of;
    } else {
        for (int i = 0; i < 2; i++)
            while (end[i] < horizon && 1 - next_purchase_none_within(wait, end[i]) < (i ? 0.9 : 0.1) * all)
                end[i]++;
    }
    to->returned++;
    to->covered += days >= end[0] && days <= end[1];
    to->early += days < end[0];
    to->late += days > end[1];
    to->width += end[1] - end[0];
}

static void next_row(int32_t cut, int32_t horizon, enum model_kind kind, bool pooled, double trust) {
    struct arena_mark mark = arena_mark_get(&arena);
    struct known now, past;
    struct next_purchase_levels levels = next_purchase_levels_same();
    know(cut, kind, pooled, NULL, &now);
    if (trust > 0) {
        know(cut - horizon, kind, pooled, NULL, &past);
        levels = levels_of(&past, horizon, trust);
    }
    struct tally tally[GROUPS] = {{0}};
    double said = 0, log_whether = 0, log_when = 0, count[3] = {0};
    double *level = arena_new(&arena, double, now.n);
    uint8_t *returned = arena_new(&arena, uint8_t, now.n);
    for (size_t i = 0; i < now.n; i++) {
        struct next_purchase_wait wait;
        struct next_purchase next;
        int32_t days = return_of(&now, i, horizon);
        struct tally *t = &tally[group_of(now.c[i].x)];
        wait_of(&now, i, &levels, &wait);
        next_purchase_find(&wait, 0, &next);
        count[next.code]++;
        double none = next_purchase_none_within(&wait, horizon);
        t->n++;
        said += 1 - none;
        returned[i] = days > 0;
        log_whether -= log(fmax(days > 0 ? 1 - none : none, 1e-6));
        level[i] = 1 - none;
        if (days > 0) {
            double before = next_purchase_none_within(&wait, days - 1), after = next_purchase_none_within(&wait, days);
            level[i] = 1 - 0.5 * (before + after);
            log_when -= log(fmax(before - after, 1e-9) / (1 - none));
            tally_add(&wait, days, horizon, t);
        }
    }
    struct tally all = {0};
    printf("%d %d %d %d %g", cut, horizon, (int)kind, pooled, trust);
    for (int g = 0; g < GROUPS; g++) {
        printf(" %g %g %g", tally[g].n, tally[g].returned, tally[g].covered);
        all.returned += tally[g].returned;
        all.covered += tally[g].covered;
        all.early += tally[g].early;
        all.late += tally[g].late;
        all.width += tally[g].width;
    }
    printf(" | %zu %g %g %g %g %g %g %.5f %.5f %g %g %g |", now.n, all.returned, said, all.covered, all.early, all.late,
           all.width / all.returned, log_whether / (double)now.n, log_when / all.returned, count[0], count[1],
           count[2]);
    struct next_purchase_levels pit;
    (void)next_purchase_levels_learn(level, returned, now.n, &pit);
    for (int i = 0; i < QUANTILES; i++) { /* learn goes half of the way from the same */
        double same = (i + 1) / (QUANTILES + 1.0);
        printf(" %.3f", same + 2 * (pit.to[i] - same));
    }
    printf("\n");
    arena_rewind(&arena, mark);
}

static void next_rows(int32_t cut, int32_t horizon) {
    next_row(cut, horizon, MODEL_MIXK, false, 0);
    next_row(cut, horizon, MODEL_MIXK, false, 0.5);
    next_row(cut, horizon, MODEL_MIXK, false, 1);
    next_row(cut, horizon, MODEL_MBGNBD, false, 0);
    next_row(cut, horizon, MODEL_MBGNBD, false, 0.5);
    if (segments > 0)
        next_row(cut, horizon, MODEL_MIXK, true, 0);
}

/* -- season -- */

static void season_scores(int32_t cut, int32_t horizon, const struct season *season) {
    struct arena_mark mark = arena_mark_get(&arena);
    struct known now;
    double score = 0, said = 0, did = 0, active_said = 0, active = 0;
    know(cut, MODEL_MIXK, false, season, &now);
    double ahead = season_time(season, cut + horizon) - season_time(season, cut);
    for (size_t i = 0; i < now.n; i++) {
        struct next_purchase_wait wait;
        wait_of(&now, i, NULL, &wait);
        double none = next_purchase_none_within(&wait, horizon);
        double count = (double)history_between(&customer[now.which[i]], cut, cut + horizon);
        score -= log(fmin(fmax(count > 0 ? 1 - none : none, 1e-6), 1));
        said += model_of(MODEL_MIXK)->expected(&now.pool.company.params, &now.c[i], ahead);
        did += count;
        active_said += 1 - none;
        active += count > 0;
    }
    printf(" %.4f %.0f %.0f %.0f %.0f |", score / (double)now.n, said, did, active_said, active);
    arena_rewind(&arena, mark);
}

static void season_row(int32_t cut, int32_t horizon) {
    struct season season;
    bool sure = season_learn(&arena, customer, customers, cut, &season) == STAT_OK;
    bool early = !sure && season_learn_early(&arena, customer, customers, cut, &season) == STAT_OK;
    printf("%d %d %s |", cut, horizon, sure ? "yes" : early ? "early" : "no");
    for (int m = 0; m < SEASON_CELLS; m++)
        printf(" %.2f", season.index[m]);
    printf(" |");
    season_scores(cut, horizon, NULL);
    season_scores(cut, horizon, &season);
    printf("\n");
}

/* -- regularity -- */

static void regularity_row(int32_t cut, int32_t horizon) {
    static const struct {
        enum model_kind kind;
        int32_t k;
    } model[] = {{MODEL_MIXK, 0}, {MODEL_MBGCNBD, 1}, {MODEL_MBGCNBD, 0}};
    printf("%d %d |", cut, horizon);
    for (size_t m = 0; m < sizeof model / sizeof *model; m++) {
        struct arena_mark mark = arena_mark_get(&arena);
        struct cbs_customer *c = arena_new(&arena, struct cbs_customer, customers);
        struct cbs_customer *copy = arena_new(&arena, struct cbs_customer, customers);
        double *count = arena_new(&arena, double, customers), score = 0, off = 0;
        size_t n = 0;
        for (size_t i = 0; i < customers; i++)
            if (history_summary(&customer[i], cut, &c[n]) == STAT_OK)
                count[n++] = (double)history_between(&customer[i], cut, cut + horizon);
        memcpy(copy, c, n * sizeof *c);
        struct cbs data;
        struct model_fit fit;
        const struct model_def *def = model_of(model[m].kind);
        const struct model_fit_options options = {.k = model[m].k};
        if (cbs_make(&arena, copy, NULL, n, true, 0, &data) != STAT_OK ||
            def->fit(&arena, &data, &options, &fit) != STAT_OK)
            exit(1);
        for (size_t i = 0; i < n; i++) {
            double active = def->active(&fit.params, &c[i], horizon);
            score -= log(fmin(fmax(count[i] > 0 ? active : 1 - active, 1e-6), 1));
            off += fabs(def->expected(&fit.params, &c[i], horizon) - count[i]);
        }
        printf(" %d %.3f %.4f %.3f |", fit.params.k, fit.loglik, score / (double)n, off / (double)n);
        for (int i = 0; m == 0 && i < MIXK_PARTS; i++)
            printf(" %.3f", fit.params.v[4 + i]);
        printf("%s", m == 0 ? " |" : "");
        arena_rewind(&arena, mark);
    }
    printf("\n");
}

int main(int argc, char **argv) {
    if (argc < 4)
        return 2;
    arena_init(&arena, 0, arena_full_exit, NULL);
    read_all();
    for (int i = 2; i + 1 < argc; i += 2) {
        int32_t cut = (int32_t)strtol(argv[i], NULL, 10), horizon = (int32_t)strtol(argv[i + 1], NULL, 10);
        if (strcmp(argv[1], "next") == 0)
            next_rows(cut, horizon);
        else if (strcmp(argv[1], "season") == 0)
            season_row(cut, horizon);
        else
            regularity_row(cut, horizon);
    }
    arena_clear(&arena);
    return 0;
}
