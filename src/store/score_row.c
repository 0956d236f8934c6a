// SPDX-License-Identifier: Apache-2.0
/* score_row -- changing a few rows of the kept set, and walking from a cut to its neighbours.
 *
 * Must not decide where a cut goes. Invariant: a row that was put or removed here is in score_moved, so that lists read
 * the row and not what was packed of it; score_step counts the rows as they are.
 */
#include "store/score_row.h"

#include "store/standing.h"
#include "store/strip.h"

/* Of whom nothing is foretold all is NULL, whatever the struct holds. */
static void forecast_args(const struct forecast *f, struct sql_value *out) {
    enum { FORECAST_NUMBERS = 9 };
    const struct sql_value args[FORECAST_NUMBERS] = {sql_number(f->p_active_e4),
                                                     sql_number(f->p_active_low_e4),
                                                     sql_number(f->p_active_high_e4),
                                                     sql_number(f->p_alive_e4),
                                                     sql_day(f->next_on),
                                                     sql_day(f->next_from),
                                                     sql_day(f->next_to),
                                                     sql_number(f->expected_90d_e4),
                                                     sql_number(f->expected_value_365d_cents)};
    for (size_t i = 0; i < FORECAST_NUMBERS; i++)
        out[i] = f->method == FORECAST_NONE ? sql_null() : args[i];
    out[FORECAST_NUMBERS] = sql_int((int64_t)f->method);
}

void score_forecast_read(struct sql_rows *rows, int first, int method, struct forecast *out) {
    *out = (struct forecast){.method = (enum forecast_method)sql_get_int(rows, method),
                             .p_active_e4 = sql_get_int(rows, first),
                             .p_active_low_e4 = sql_get_int(rows, first + 1),
                             .p_active_high_e4 = sql_get_int(rows, first + 2),
                             .p_alive_e4 = sql_get_int(rows, first + 3),
                             .next_on = sql_get_day(rows, first + 4),
                             .next_from = sql_get_day(rows, first + 5),
                             .next_to = sql_get_day(rows, first + 6),
                             .expected_90d_e4 = sql_get_int(rows, first + 7),
                             .expected_value_365d_cents = sql_get_int(rows, first + 8)};
}

void score_row_args(struct arena *arena, const struct score_row *row, struct sql_value out[SCORE_ROW_ARGS]) {
    size_t gaps = row->purchases > 1 ? (size_t)row->purchases - 1 : 0;
    const struct sql_value args[] = {
        sql_int(row->customer_id),
        sql_int((int64_t)row->status),
        sql_int(row->purchases),
        sql_day(row->first),
        sql_day(row->last),
        sql_number(row->gap_median_e4),
        sql_number(row->gap_mean_e4),
        sql_number(row->gap_sd_e4),
        sql_number(row->cycle_e4),
        sql_number(row->overdue_e4),
        sql_number(row->prior_days),
        sql_int(row->prior_assumed),
        sql_int(row->rule),
        sql_day(row->at_risk_on),
        sql_day(row->inactive_on),
        sql_day(row->lost_on),
        sql_number(row->value_total),
        sql_number(row->value_12m),
        sql_number(row->value_prev_12m),
        sql_number(row->average_cents),
        sql_number(row->return_e4),
        sql_int((int64_t)row->trend),
        sql_int(row->ranked),
        sql_blob(gaps_write(arena, row->gap_days, gaps)),
        sql_int(row->segment_id),
    };
    size_t own = sizeof args / sizeof *args;
    for (size_t i = 0; i < own; i++)
        out[i] = args[i];
    forecast_args(&row->forecast, out + own);
    out[SCORE_ROW_ARGS - 1] = sql_blob(score_flow_write(arena, row));
}

bool score_gaps_read(struct cx *cx, struct arena *arena, struct str data, int64_t purchases, const int32_t **out) {
    size_t n = purchases > 1 ? (size_t)purchases - 1 : 0;
    if (n > data.n)
        return cx_fail(cx, ERR_DB, S("list.strips_broken"));
    int32_t *gap = arena_new(arena, int32_t, n + 1);
    *out = gap;
    return gaps_read(data, gap, n) || cx_fail(cx, ERR_DB, S("list.strips_broken"));
}

enum { FLOW_NUMBERS = 6, FLOW_CLOSED_BIT = 4 };

/* Class and whether it is closed, company, rep, region, city, and the day it is closed on; the segment is a column. */
struct str score_flow_write(struct arena *arena, const struct score_row *row) {
    const struct score_flow *flow = &row->flow;
    bool closed = day_is(flow->closed_on);
    int32_t class = flow->abc == 0 ? 0 : flow->abc - 'A' + 1;
    const int32_t number[FLOW_NUMBERS] = {class + (closed ? FLOW_CLOSED_BIT : 0),
                                          flow->label[LABEL_COMPANY],
                                          flow->label[LABEL_REP],
                                          flow->label[LABEL_REGION],
                                          flow->label[LABEL_CITY],
                                          flow->closed_on.n};
    return gaps_write(arena, number, closed ? FLOW_NUMBERS : FLOW_NUMBERS - 1);
}

static bool read_flow(struct cx *cx, struct str data, int64_t segment_id, struct score_flow *out) {
    int32_t number[FLOW_NUMBERS];
    bool good = data.n > 0 && gaps_read(data, number, FLOW_NUMBERS - 1);
    bool closed = good && number[0] >= FLOW_CLOSED_BIT;
    if (!good || (closed && !gaps_read(data, number, FLOW_NUMBERS)))
        return cx_fail(cx, ERR_DB, S("list.strips_broken"));
    int32_t class = number[0] % FLOW_CLOSED_BIT;
    *out = (struct score_flow){.abc = class == 0 ? '\0' : (char)('A' + class - 1),
                               .closed_on = closed ? (struct day){number[FLOW_NUMBERS - 1]} : DAY_NONE};
    out->label[LABEL_COMPANY] = number[1];
    out->label[LABEL_REP] = number[2];
    out->label[LABEL_REGION] = number[3];
    out->label[LABEL_CITY] = number[4];
    out->label[LABEL_SEGMENT] = (int32_t)segment_id;
    return true;
}

static bool read_row(struct cx *cx, struct sql_rows *rows, struct score_row *out) {
    *out = (struct score_row){
        .customer_id = sql_get_int(rows, 0),
        .status = (enum status)sql_get_int(rows, 1),
        .purchases = sql_get_int(rows, 2),
        .first = sql_get_day(rows, 3),
        .last = sql_get_day(rows, 4),
        .gap_median_e4 = sql_get_int(rows, 5),
        .gap_mean_e4 = sql_get_int(rows, 6),
        .gap_sd_e4 = sql_get_int(rows, 7),
        .cycle_e4 = sql_get_int(rows, 8),
        .overdue_e4 = sql_get_int(rows, 9),
        .prior_days = sql_get_int(rows, 10),
        .prior_assumed = sql_get_int(rows, 11) != 0,
        .rule = sql_get_int(rows, 12),
        .at_risk_on = sql_get_day(rows, 13),
        .inactive_on = sql_get_day(rows, 14),
        .lost_on = sql_get_day(rows, 15),
        .value_total = sql_get_int(rows, 16),
        .value_12m = sql_get_int(rows, 17),
        .value_prev_12m = sql_get_int(rows, 18),
        .average_cents = sql_get_int(rows, 19),
        .return_e4 = sql_get_int(rows, 20),
        .trend = (enum trend)sql_get_int(rows, 21),
        .ranked = sql_get_int(rows, 22) != 0,
        .code = str_copy(cx->arena, sql_get_text(rows, 24)),
        .segment_id = sql_get_int(rows, 25),
    };
    score_forecast_read(rows, 26, 35, &out->forecast);
    return read_flow(cx, sql_get_text(rows, 36), out->segment_id, &out->flow) &&
           score_gaps_read(cx, cx->arena, sql_get_text(rows, 23), out->purchases, &out->gap_days);
}

bool score_row_find(struct cx *cx, struct db *db, int64_t customer_id, bool *found, struct score_row *out) {
    struct sql_rows *rows;
    if (!sql_open(cx, db, SQL_SCORE_FIND, (const struct sql_value[]){sql_int(customer_id)}, 1, &rows))
        return false;
    bool good = sql_next(cx, rows, found) && (!*found || read_row(cx, rows, out));
    sql_close(rows);
    return good;
}

static bool step_join(struct cx *cx, struct db *db, enum score_axis axis, int64_t value) {
    return SQL_RUN(cx, db, SQL_SCORE_STEP_JOIN, sql_int((int64_t)axis), sql_int(value));
}

static bool steps_join(struct cx *cx, struct db *db, const struct score_row *row) {
    if (!step_join(cx, db, SCORE_STATUS, (int64_t)row->status))
        return false;
    return row->purchases == 0 ||
           (step_join(cx, db, SCORE_R, row->last.n) && step_join(cx, db, SCORE_F, row->purchases) &&
            step_join(cx, db, SCORE_FIRST, row->first.n));
}

bool score_row_put(struct cx *cx, struct db *db, const struct score_row *row, const struct score_episode *episode,
                   size_t episodes) {
    struct sql_value args[SCORE_ROW_ARGS];
    score_row_args(cx->arena, row, args);
    const struct sql_value customer = sql_int(row->customer_id);
    if (!SQL_RUN(cx, db, SQL_SCORE_STEP_LEAVE, customer) ||
        !sql_run(cx, db, SQL_SCORE_PUT, args, SCORE_ROW_ARGS, NULL) || !steps_join(cx, db, row) ||
        !SQL_RUN(cx, db, SQL_EPISODE_REMOVE, customer))
        return false;
    for (size_t i = 0; i < episodes; i++) {
        if (!SQL_RUN(cx, db, SQL_EPISODE_ADD, customer, sql_day(episode[i].began_on), sql_day(episode[i].ended_on)))
            return false;
    }
    return standing_renew(cx, db, row->customer_id);
}

bool score_row_remove(struct cx *cx, struct db *db, int64_t customer_id) {
    const struct sql_value customer = sql_int(customer_id);
    return SQL_RUN(cx, db, SQL_SCORE_STEP_LEAVE, customer) && SQL_RUN(cx, db, SQL_SCORE_REMOVE, customer) &&
           SQL_RUN(cx, db, SQL_EPISODE_REMOVE, customer) && standing_renew(cx, db, customer_id);
}

bool score_ranked_next(struct cx *cx, struct db *db, const struct score_rank *from, bool down, size_t most,
                       struct score_rank **out, size_t *n) {
    const struct sql_value args[] = {sql_int(from->value_12m), sql_text(from->code), sql_int((int64_t)most)};
    *out = arena_new(cx->arena, struct score_rank, most + 1);
    *n = 0;
    struct sql_rows *rows;
    if (!sql_open(cx, db, down ? SQL_SCORE_RANKED_DOWN : SQL_SCORE_RANKED_UP, args, 3, &rows))
        return false;
    bool more, good;
    while ((good = sql_next(cx, rows, &more)) && more && *n < most)
        (*out)[(*n)++] =
            (struct score_rank){.value_12m = sql_get_int(rows, 0), .code = str_copy(cx->arena, sql_get_text(rows, 1))};
    sql_close(rows);
    return good;
}

bool score_axis_next(struct cx *cx, struct db *db, enum score_axis axis, int64_t from, bool up, bool *found,
                     int64_t *value, int64_t *times) {
    const struct sql_value step[] = {sql_int((int64_t)axis), sql_int(from)};
    bool stepped = axis != SCORE_M;
    enum sql_id id =
        stepped ? (up ? SQL_SCORE_STEP_UP : SQL_SCORE_STEP_DOWN) : (up ? SQL_SCORE_BOUGHT_UP : SQL_SCORE_BOUGHT_DOWN);
    struct sql_rows *rows;
    if (!sql_open(cx, db, id, stepped ? step : step + 1, stepped ? 2 : 1, &rows))
        return false;
    bool good = sql_next(cx, rows, found);
    if (good && *found) {
        *value = sql_get_int(rows, 0);
        *times = sql_get_int(rows, 1);
    }
    sql_close(rows);
    return good;
}
