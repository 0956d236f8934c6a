// SPDX-License-Identifier: Apache-2.0
/* list_rows -- see list_rows.h.
 *
 * Must not choose or order customers. Invariant: rows leave in the order of the ids that were asked for.
 */
#include "store/list_rows.h"

#include "base/pack.h"
#include "stats/stat.h"
#include "store/picture.h"
#include "store/score_class.h"
#include "store/score_row.h"

/* Of the repeat purchases of a segment, the waits. */
struct list_waited {
    int64_t segment_id;
    struct waited of;
};

bool list_rows_open(struct cx *cx, struct db *db, const struct score_run *run, struct list_rows *out) {
    *out = (struct list_rows){.cx = cx, .db = db, .run = run};
    size_t lines = 0;
    for (size_t i = 0; i < run->policy.n; i++)
        lines += run->policy.p[i] == '\n';
    out->rule = arena_new(cx->arena, struct str, lines + 1);
    struct str left = run->policy, line, scope, rule;
    while (left.n) {
        str_cut(left, '\n', &line, &left);
        if (!str_cut(line, '\t', &scope, &rule))
            rule = line;
        out->rule[out->rules++] = rule;
    }
    return alive_read(cx->arena, run->alive, &out->alive) || cx_fail(cx, ERR_DB, S("alive.broken"));
}

static bool count_waited(struct list_rows *rows, int64_t segment_id, struct list_waited *out) {
    struct score_waited *waited;
    size_t n;
    if (!score_waited_list(rows->cx, rows->db, segment_id, &waited, &n))
        return false;
    *out = (struct list_waited){.segment_id = segment_id};
    for (size_t i = 0; i < n; i++)
        waited_add(&out->of, waited[i].tenths, waited[i].times);
    return true;
}

static bool read_waited(struct list_rows *rows, int64_t segment_id, struct list_waited *out) {
    struct picture_ask ask;
    struct str kept, key = cx_text(rows->cx, "waited %lld", (long long)segment_id);
    bool found;
    if (!picture_find(rows->cx, rows->db, key, &ask, &found, &kept))
        return false;
    if (found && pack_bytes_take(&kept, out, sizeof *out))
        return true;
    if (!count_waited(rows, segment_id, out))
        return false;
    picture_keep(rows->db, &ask, (struct str){(const char *)out, sizeof *out});
    return true;
}

static bool waited_of(struct list_rows *rows, int64_t segment_id, const struct list_waited **out) {
    for (size_t i = 0; i < rows->waiteds; i++) {
        if (rows->waited[i].segment_id == segment_id) {
            *out = &rows->waited[i];
            return true;
        }
    }
    if (rows->waiteds == rows->waited_room) {
        size_t room = rows->waited_room ? rows->waited_room * 2 : 8;
        rows->waited = arena_grow(rows->cx->arena, rows->waited, rows->waited_room, room, sizeof *rows->waited);
        rows->waited_room = room;
    }
    *out = &rows->waited[rows->waiteds];
    return read_waited(rows, segment_id, &rows->waited[rows->waiteds++]);
}

/* Share of repeat purchases in its segment that came after a longer wait than this customer's. */
static bool fill_waited(struct list_rows *rows, int64_t segment_id, struct customer *c) {
    c->waited_e4 = STAT_NONE;
    if (!waited_asks(c->recency_days, c->cycle_e4))
        return true;
    const struct list_waited *waited;
    if (!waited_of(rows, segment_id, &waited) ||
        (waited->of.all < WAITED_FEW && segment_id && !waited_of(rows, 0, &waited)))
        return false;
    c->waited_e4 = waited_share_e4(&waited->of, c->recency_days, c->cycle_e4);
    return true;
}

static struct day day_of(int64_t v) {
    return v == STAT_NONE ? DAY_NONE : (struct day){(int32_t)v};
}

static void fill_numbers(const int64_t *v, struct customer *c) {
    c->id = (struct customer_id){v[STRIP_CUSTOMER]};
    c->status = (enum status)v[STRIP_STATUS];
    c->purchases = v[STRIP_PURCHASES];
    c->first_purchase = day_of(v[STRIP_FIRST]);
    c->last_purchase = day_of(v[STRIP_LAST]);
    c->gap_median_e4 = v[STRIP_GAP_MEDIAN];
    c->gap_mean_e4 = v[STRIP_GAP_MEAN];
    c->gap_sd_e4 = v[STRIP_GAP_SD];
    c->cycle_e4 = v[STRIP_CYCLE];
    c->overdue_e4 = v[STRIP_OVERDUE];
    c->at_risk_on = day_of(v[STRIP_AT_RISK]);
    c->inactive_on = day_of(v[STRIP_INACTIVE]);
    c->lost_on = day_of(v[STRIP_LOST]);
    c->value_total = v[STRIP_TOTAL];
    c->value_12m = v[STRIP_12M];
    c->value_prev_12m = v[STRIP_PREV_12M];
    c->average_cents = v[STRIP_AVERAGE];
    c->return_e4 = v[STRIP_RETURN];
    c->last_contact = day_of(v[STRIP_LAST_CONTACT]);
    c->open_titles_cents = v[STRIP_OPEN_TITLES];
    c->overdue_titles_cents = v[STRIP_OVERDUE_TITLES];
    c->standing = v[STRIP_STANDING] == STAT_NONE ? STANDING_NONE : (enum standing)v[STRIP_STANDING];
    c->quotes = v[STRIP_QUOTES];
    c->quote_cents = v[STRIP_QUOTE_VALUE];
    c->tickets = v[STRIP_TICKETS];
    c->last_outcome = v[STRIP_OUTCOME] == STAT_NONE ? CONTACT_OUTCOME_NONE : (enum contact_outcome)v[STRIP_OUTCOME];
    c->next_appointment = day_of(v[STRIP_APPOINTMENT]);
    c->registered_on = day_of(v[STRIP_REGISTERED]);
    c->blocked = v[STRIP_BLOCKED] == STAT_NONE ? BLOCKED_UNKNOWN : (enum blocked)v[STRIP_BLOCKED];
    c->credit_limit_cents = v[STRIP_CREDIT_LIMIT];
    c->place = v[STRIP_PLACE];
    c->credit_left_cents = v[STRIP_CREDIT_LEFT];
}

static void fill_texts(struct sql_rows *from, struct arena *arena, struct list_row *row) {
    struct customer *c = &row->customer;
    struct str *const text[] = {&c->code,    &c->name, &row->name_fold, &c->tax_id, &c->phone, &c->email,         NULL,
                                &c->company, &c->rep,  &c->segment,     &c->region, &c->city,  &c->last_objection};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        if (text[i])
            *text[i] = str_copy(arena, sql_get_text(from, STRIP_NUMBERS + 6 + (int)i));
    }
    c->closed_on = sql_get_day(from, STRIP_NUMBERS + 12);
}

static void fill_classes(const struct score_run *run, bool ranked, struct customer *c) {
    c->recency_days = day_is(c->last_purchase) ? run->as_of.n - c->last_purchase.n : STAT_NONE;
    c->abc = score_abc(run, ranked, c->value_12m, c->code);
    if (c->purchases > 0) {
        c->r = rfm_score(&run->r, c->last_purchase.n);
        c->f = rfm_score(&run->f, c->purchases);
        c->m = rfm_score(&run->m, c->value_total);
    }
}

static bool read_row(struct list_rows *rows, struct sql_rows *from, struct arena *arena, struct list_row *out) {
    *out = (struct list_row){0};
    for (int k = 0; k < STRIP_NUMBERS; k++)
        out->number[k] = sql_get_int(from, k);
    struct customer *c = &out->customer;
    fill_numbers(out->number, c);
    fill_texts(from, arena, out);
    fill_classes(rows->run, out->number[STRIP_RANKED] == 1, c);
    c->trend = (enum trend)sql_get_int(from, STRIP_NUMBERS);
    score_forecast_read(from, STRIP_P_ACTIVE, STRIP_NUMBERS + 5, &c->forecast);
    c->prior_days = sql_get_int(from, STRIP_NUMBERS + 1);
    c->prior_assumed = sql_get_int(from, STRIP_NUMBERS + 2) != 0;
    int64_t rule = sql_get_int(from, STRIP_NUMBERS + 3);
    if (rule >= 0 && (size_t)rule < rows->rules)
        c->rule = rows->rule[rule];
    c->rule_stood_in =
        c->purchases > 0 && str_starts(c->rule, S("probability ")) && !alive_params(&rows->alive, c->last_purchase);
    return score_gaps_read(rows->cx, arena, sql_get_text(from, STRIP_NUMBERS + 4), c->purchases, &c->gap_days);
}

static size_t index_of(const int64_t *id, size_t n, int64_t wanted) {
    size_t i = 0;
    while (i < n && id[i] != wanted)
        i++;
    return i;
}

static bool read_batch(struct list_rows *rows, struct arena *arena, const int64_t *id, size_t n, struct list_row *out,
                       bool *there) {
    struct sql_value args[LIST_BATCH];
    for (size_t i = 0; i < LIST_BATCH; i++)
        args[i] = sql_int(id[i < n ? i : n - 1]);
    struct sql_rows *from;
    if (!sql_open(rows->cx, rows->db, SQL_LIST_ROWS, args, LIST_BATCH, &from))
        return false;
    bool more, good;
    while ((good = sql_next(rows->cx, from, &more)) && more) {
        size_t i = index_of(id, n, sql_get_int(from, 0));
        if (i == n)
            continue;
        there[i] = true;
        good = read_row(rows, from, arena, &out[i]);
        if (!good)
            break;
    }
    sql_close(from);
    return good;
}

bool list_rows_read(struct list_rows *rows, struct arena *arena, const int64_t *id, size_t n, bool moved,
                    struct list_row *out, size_t *got) {
    bool there[LIST_BATCH] = {false};
    *got = 0;
    if (!n)
        return true;
    if (!read_batch(rows, arena, id, n, out, there))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!there[i] && !moved)
            return cx_fail(rows->cx, ERR_DB, S("list.strips_broken"));
        if (!there[i])
            continue;
        out[*got] = out[i];
        struct customer *c = &out[*got].customer;
        if (!fill_waited(rows, out[*got].number[STRIP_SEGMENT], c))
            return false;
        ++*got;
    }
    return true;
}
