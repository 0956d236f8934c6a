// SPDX-License-Identifier: Apache-2.0
/* cuts_move.c -- invariants that end the walks (stats/abc.h, stats/rfm.h): the sum before the last one in a cut is under
 * the share and the sum with it is not; a quintile begins at the smallest value that enough customers are below of.
 */
#include "app/cuts_move.h"

#include "app/cuts.h"

__extension__ typedef __int128 int128;

enum { WHOLE_E4 = 10000, STEP = 64, QUINTILES = 5 };

void cuts_move_open(struct cuts_move *move, struct score_run *run) {
    *move = (struct cuts_move){.run = run};
}

/* Above the cut's last customer, or it itself. */
static int place(const struct abc_cut *cut, struct str last, const struct score_row *row) {
    if (row->value_12m != cut->value_cents) {
        return row->value_12m > cut->value_cents ? 1 : -1;
    }
    int order = str_compare(row->code, last);
    return order < 0 ? 1 : order > 0 ? -1 : 0;
}

static void abc_count(struct cuts_move *move, struct abc_cut *cut, struct str last, const struct score_row *row,
                      int64_t sign) {
    int where = cut->ties > 0 ? place(cut, last, row) : -1;
    if (where < 0) {
        return;
    }
    move->lost = move->lost || where == 0;
    cut->above += sign;
    cut->sum_cents += sign * row->value_12m;
    cut->ties += row->value_12m == cut->value_cents ? sign : 0;
}

static void rfm_count(struct rfm_cuts *cuts, int64_t value, int64_t sign) {
    cuts->n += sign;
    for (size_t k = 0; k < RFM_CUTS; k++) {
        cuts->less[k] += value < cuts->from[k] ? sign : 0;
    }
}

static void count(struct cuts_move *move, const struct score_row *row, int64_t sign) {
    struct score_run *run = move->run;
    if (row->ranked) {
        run->ranked += sign;
        run->value_12m += sign * row->value_12m;
        abc_count(move, &run->a, run->a_code, row, sign);
        abc_count(move, &run->b, run->b_code, row, sign);
    }
    if (row->purchases > 0) {
        rfm_count(&run->r, row->last.n, sign);
        rfm_count(&run->f, row->purchases, sign);
        rfm_count(&run->m, row->value_total, sign);
    }
}

void cuts_move_out(struct cuts_move *move, const struct score_row *before) {
    count(move, before, -1);
}

void cuts_move_in(struct cuts_move *move, const struct score_row *after) {
    count(move, after, 1);
}

static bool reached(int64_t sum, int64_t share_e4, int64_t total) {
    return (int128)sum * WHOLE_E4 >= (int128)total * share_e4;
}

/* Takes the next customer down into the cut; *more false: there is none. */
static bool abc_down(struct cx *cx, struct db *db, struct abc_cut *cut, struct str *last, bool *more) {
    struct score_rank from = {cut->value_cents, *last}, *next = NULL;
    size_t n = 0;
    if (!score_ranked_next(cx, db, &from, true, 1, &next, &n)) {
        return false;
    }
    *more = n > 0;
    if (n > 0) {
        cut->ties = next->value_12m == cut->value_cents ? cut->ties + 1 : 1;
        cut->value_cents = next->value_12m;
        cut->sum_cents += next->value_12m;
        cut->above++;
        *last = next->code;
    }
    return true;
}

/* How many customers have just this value, all of them in the cut that ends with `last`. */
static bool ties_count(struct cx *cx, struct db *db, int64_t value, struct str last, int64_t *out) {
    struct score_rank from = {value, last}, *next = NULL;
    *out = 1;
    for (size_t n = STEP; n == STEP;) {
        if (!score_ranked_next(cx, db, &from, false, STEP, &next, &n)) {
            return false;
        }
        for (size_t i = 0; i < n; i++) {
            if (next[i].value_12m != value) {
                return true;
            }
            (*out)++;
            from = next[i];
        }
    }
    return true;
}

/* Takes the last customer out of the cut. */
static bool abc_up(struct cx *cx, struct db *db, struct abc_cut *cut, struct str *last, bool *more) {
    struct score_rank from = {cut->value_cents, *last}, *next = NULL;
    size_t n = 0;
    if (!score_ranked_next(cx, db, &from, false, 1, &next, &n)) {
        return false;
    }
    *more = n > 0;
    if (n == 0) {
        return true;
    }
    cut->sum_cents -= cut->value_cents;
    cut->above--;
    *last = next->code;
    if (next->value_12m == cut->value_cents) {
        cut->ties--;
        return true;
    }
    cut->value_cents = next->value_12m;
    return ties_count(cx, db, cut->value_cents, *last, &cut->ties);
}

static bool abc_walk(struct cx *cx, struct db *db, struct abc_cut *cut, struct str *last, int64_t share_e4,
                     int64_t total) {
    bool more = true;
    while (more && !reached(cut->sum_cents, share_e4, total)) {
        if (!abc_down(cx, db, cut, last, &more)) {
            return false;
        }
    }
    while (more && reached(cut->sum_cents - cut->value_cents, share_e4, total)) {
        if (!abc_up(cx, db, cut, last, &more)) {
            return false;
        }
    }
    return true;
}

/* The first value there is at or after `from`, with how many customers have it. */
static bool axis_at(struct cx *cx, struct db *db, enum score_axis axis, int64_t from, bool *found, int64_t *value,
                    int64_t *times) {
    return score_axis_next(cx, db, axis, from - 1, true, found, value, times);
}

static bool rfm_walk(struct cx *cx, struct db *db, enum score_axis axis, struct rfm_cuts *cuts, size_t k) {
    int64_t need = (int64_t)(k + 1) * cuts->n, value = 0, times = 0;
    bool found = true;
    int64_t from = cuts->from[k], less = cuts->less[k];
    if (from != INT64_MAX && !axis_at(cx, db, axis, from, &found, &value, &times)) {
        return false;
    }
    from = from == INT64_MAX || !found ? INT64_MAX : value;
    /* Up: past values that too few are below of. */
    while (from != INT64_MAX && QUINTILES * less < need) {
        less += times;
        if (!score_axis_next(cx, db, axis, from, true, &found, &value, &times)) {
            return false;
        }
        from = found ? value : INT64_MAX;
    }
    /* Down: while the value before has enough below it too. */
    for (;;) {
        if (!score_axis_next(cx, db, axis, from, false, &found, &value, &times)) {
            return false;
        }
        if (!found || QUINTILES * (less - times) < need) {
            break;
        }
        less -= times;
        from = value;
    }
    cuts->from[k] = from;
    cuts->less[k] = less;
    return true;
}

static bool rfm_settle(struct cx *cx, struct db *db, enum score_axis axis, struct rfm_cuts *cuts) {
    for (size_t k = 0; k < RFM_CUTS; k++) {
        if (!rfm_walk(cx, db, axis, cuts, k)) {
            return false;
        }
    }
    return true;
}

bool cuts_move_settle(struct cx *cx, struct db *db, const struct cuts_move *move, struct score_run *run, bool *full) {
    if (move->lost || run->value_12m <= 0 || run->a.ties <= 0 || run->b.ties <= 0 || run->r.n <= 0) {
        *full = true;
        return true;
    }
    return abc_walk(cx, db, &run->a, &run->a_code, ABC_A_E4, run->value_12m) &&
           abc_walk(cx, db, &run->b, &run->b_code, ABC_B_E4, run->value_12m) && rfm_settle(cx, db, SCORE_R, &run->r) &&
           rfm_settle(cx, db, SCORE_F, &run->f) && rfm_settle(cx, db, SCORE_M, &run->m);
}
