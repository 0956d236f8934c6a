// SPDX-License-Identifier: Apache-2.0
/* cluster_cuts -- where classes and quintiles are cut, without sorting anybody: the cluster counts a column's values in some thousand buckets
 * between two bounds, the bucket that holds the cut is looked into the same way, and so on until a bucket is one value. A round brings back
 * some thousand numbers, however many customers there are; a column of money takes four or five.
 *
 * The cuts are those of stats/abc.h and stats/rfm.h, to the customer.
 */
#include "app/cluster_parts.h"
#include "stats/rfm.h"

#include <string.h>

__extension__ typedef __int128 wide;

enum { BUCKETS = 4096, E4 = 10000, FIFTHS = 5 };

struct bounds {
    int64_t n, low, high, sum;
};

/* One round: buckets as they come, ascending. */
struct round {
    int64_t low, high, width, n_of[BUCKETS + 1], sum_of[BUCKETS + 1];
    bool bad;
};

static bool bucket_take(void *owner, struct str line) {
    struct round *round = owner;
    int64_t at = cluster_int(cluster_field(&line)), n = cluster_int(cluster_field(&line));
    if (at < 0 || at > BUCKETS)
        return !(round->bad = true);
    round->n_of[at] = n;
    round->sum_of[at] = cluster_int(cluster_field(&line));
    return true;
}

static bool bounds_of(struct cluster_run *run, const char *column, struct str of, struct bounds *out) {
    int64_t number[4];
    cluster_set_sql(&run->words, "column", str_from(column));
    cluster_set_sql(&run->words, "of", of);
    if (!cluster_run_numbers(run, "bounds", number, 4))
        return false;
    *out = (struct bounds){number[0], number[1], number[2], number[3]};
    return true;
}

static bool round_ask(struct cluster_run *run, int64_t low, int64_t high, struct round *round) {
    memset(round, 0, sizeof *round);
    round->low = low;
    round->high = high;
    round->width = (int64_t)(((wide)high - low) / BUCKETS) + 1;
    cluster_set_int(run->cx->arena, &run->words, "low", low);
    cluster_set_int(run->cx->arena, &run->words, "high", high);
    cluster_set_int(run->cx->arena, &run->words, "width", round->width);
    if (cluster_run_ask(run, "buckets", bucket_take, round))
        return true;
    if (round->bad) {
        cx_clear(run->cx);
        return cx_fail(run->cx, ERR_DB, S("cluster.strange_answer"), S("buckets"));
    }
    return false;
}

static bool no_such(struct cluster_run *run) {
    return cx_fail(run->cx, ERR_DB, S("cluster.strange_answer"), S("buckets"));
}

/* Into the bucket at a place, unless it is one value already; *round is then its round. */
static bool round_enter(struct cluster_run *run, int at, struct round *round) {
    int64_t low = round->low + at * round->width, high = low + (round->width - 1);
    return round_ask(run, low, high < round->high ? high : round->high, round);
}

/* The value with which the sum from the top first reaches share_e4 of the total; *above: the sum of those before it. Values of 1 and more
 * are enough: where there is a cut, they reach it. */
static bool from_top(struct cluster_run *run, const struct bounds *all, int64_t share_e4, wide *above, int64_t *value,
                     int64_t *equals) {
    struct round round;
    wide wanted = (wide)all->sum * share_e4;
    *above = 0;
    if (!round_ask(run, all->low > 1 ? all->low : 1, all->high, &round))
        return false;
    for (;;) {
        int at = BUCKETS;
        for (; at >= 0 && (*above + round.sum_of[at]) * E4 < wanted; at--)
            *above += round.sum_of[at];
        if (at < 0)
            return no_such(run);
        *value = round.low + at * round.width;
        *equals = round.n_of[at];
        if (round.width == 1)
            return true;
        if (!round_enter(run, at, &round))
            return false;
    }
}

/* The value of the nth from the bottom, n >= 1, and the next larger one where the last round shows it (INT64_MAX: there is none; `known`: so
 * far as that is known). first: the round between all bounds. */
static bool from_bottom(struct cluster_run *run, const struct bounds *all, const struct round *first, int64_t nth,
                        int64_t *value, int64_t *next, bool *known) {
    struct round round = *first;
    int64_t below = 0;
    for (;;) {
        int at = 0;
        for (; at <= BUCKETS && below + round.n_of[at] < nth; at++)
            below += round.n_of[at];
        if (at > BUCKETS)
            return no_such(run);
        *value = round.low + at * round.width;
        if (round.width == 1) {
            for (at++; at <= BUCKETS && round.n_of[at] == 0;)
                at++;
            *next = at <= BUCKETS ? round.low + at : INT64_MAX;
            *known = at <= BUCKETS || round.high == all->high;
            return true;
        }
        if (!round_enter(run, at, &round))
            return false;
    }
}

static bool code_take(void *owner, struct str line) {
    struct str *code = owner;
    char *text = malloc(line.n + 1);
    if (text == NULL)
        return false;
    memcpy(text, line.p, line.n);
    *code = (struct str){text, line.n};
    return true;
}

static bool abc_cut(struct cluster_run *run, struct str of, int64_t share_e4, const char *word) {
    struct cluster_words *words = &run->words;
    struct arena *arena = run->cx->arena;
    struct bounds all;
    wide above;
    int64_t value, equals;
    if (!bounds_of(run, "value_12m", of, &all))
        return false;
    if (all.n == 0 || all.sum <= 0) {
        cluster_set_sql(words, word, S("0"));
        return true;
    }
    if (!from_top(run, &all, share_e4, &above, &value, &equals))
        return false;
    wide left = (wide)all.sum * share_e4 - above * E4, one = (wide)value * E4;
    int64_t ties = (int64_t)((left + one - 1) / one);
    ties = ties < 1 ? 1 : ties > equals ? equals : ties;
    struct str code = {0};
    cluster_set_int(arena, words, "value", value);
    cluster_set_sql(words, "before", cx_text(run->cx, "%lld", (long long)(ties - 1)));
    bool ok = cluster_run_ask(run, "tie", code_take, &code) && (code.p != NULL || no_such(run));
    if (ok)
        cluster_set_text(arena, words, "code", cluster_text(arena, code));
    free((char *)code.p);
    return ok && cluster_part(run->cx, words, "in_cut", word);
}

/* A score begins at the smallest value with enough smaller ones: the one after that of the last of those. */
static bool quintile_begin(struct cluster_run *run, struct str of, const char *column, const struct bounds *all,
                           const struct round *first, int64_t k, int64_t *from) {
    int64_t value = 0;
    bool known = false;
    struct bounds beyond;
    cluster_set_sql(&run->words, "column", str_from(column));
    cluster_set_sql(&run->words, "of", of);
    if (!from_bottom(run, all, first, (k * all->n + FIFTHS - 1) / FIFTHS, &value, from, &known))
        return false;
    if (known)
        return true;
    struct str larger = cx_text(run->cx, "%.*s AND %s > %lld", STR_ARG(of), column, (long long)value);
    if (!bounds_of(run, column, larger, &beyond))
        return false;
    *from = beyond.n > 0 ? beyond.low : INT64_MAX;
    return true;
}

static bool quintiles(struct cluster_run *run, struct str of, const char *column, const char *word) {
    static const char *const names[RFM_CUTS] = {"cut1", "cut2", "cut3", "cut4"};
    struct bounds all;
    struct round first;
    if (!bounds_of(run, column, of, &all) || (all.n > 0 && !round_ask(run, all.low, all.high, &first)))
        return false;
    for (int64_t k = 1; k <= RFM_CUTS; k++) {
        int64_t from = INT64_MAX;
        if (all.n > 0 && !quintile_begin(run, of, column, &all, &first, k, &from))
            return false;
        cluster_set_int(run->cx->arena, &run->words, names[k - 1], from);
    }
    cluster_set_sql(&run->words, "column", str_from(column));
    return cluster_part(run->cx, &run->words, "quintile", word);
}

bool cluster_cuts(struct cluster_run *run) {
    struct cluster_words *words = &run->words;
    struct str ranked, buyer;
    if (!cluster_part(run->cx, words, "ranked", "ranked") || !cluster_sql(run->cx, words, "ranked", &ranked) ||
        !cluster_sql(run->cx, words, "buyer", &buyer))
        return false;
    return abc_cut(run, ranked, ABC_A_E4, "in_a") && abc_cut(run, ranked, ABC_B_E4, "in_b") &&
           quintiles(run, buyer, "last_purchase", "r_cuts") && quintiles(run, buyer, "purchases", "f_cuts") &&
           quintiles(run, buyer, "value_total", "m_cuts");
}
