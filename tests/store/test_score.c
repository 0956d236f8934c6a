// SPDX-License-Identifier: Apache-2.0
/* The derived tables keep what the fold found, change by rows as a rebuild would, and can be hidden by temporary ones. */
#include "shop.h"

enum { CUSTOMERS = 700, PAGE = 7 };

static struct shop shop;

static void write_begin(struct fixture *f) {
    fixture_good(f, db_write(&f->cx, f->db));
}

static void write_end(struct fixture *f) {
    fixture_good(f, db_commit(&f->cx, f->db));
}

/* Of whom nothing is foretold nothing is kept, whatever the row held. */
static void assert_forecast(const struct forecast *got, const struct forecast *put) {
    bool told = put->method != FORECAST_NONE;
    assert_int_equal(got->p_active_e4, told ? put->p_active_e4 : STAT_NONE);
    assert_int_equal(got->p_active_low_e4, told ? put->p_active_low_e4 : STAT_NONE);
    assert_int_equal(got->p_active_high_e4, told ? put->p_active_high_e4 : STAT_NONE);
    assert_int_equal(got->p_alive_e4, told ? put->p_alive_e4 : STAT_NONE);
    assert_int_equal(got->next_on.n, told ? put->next_on.n : DAY_NONE.n);
    assert_int_equal(got->next_from.n, told ? put->next_from.n : DAY_NONE.n);
    assert_int_equal(got->next_to.n, told ? put->next_to.n : DAY_NONE.n);
    assert_int_equal(got->expected_90d_e4, told ? put->expected_90d_e4 : STAT_NONE);
    assert_int_equal(got->expected_value_365d_cents, told ? put->expected_value_365d_cents : STAT_NONE);
}

static void assert_row(struct fixture *f, const struct score_row *expected) {
    struct score_row got;
    bool found;
    fixture_good(f, score_row_find(&f->cx, f->db, expected->customer_id, &found, &got));
    assert_true(found);
    assert_true(str_equal(got.code, expected->code));
    for (int64_t i = 0; i + 1 < expected->purchases; i++)
        assert_int_equal(got.gap_days[i], expected->gap_days[i]);
    got.code = expected->code;
    got.gap_days = expected->gap_days;
    const int64_t pairs[][2] = {
        {(int64_t)got.status, (int64_t)expected->status},
        {got.purchases, expected->purchases},
        {got.first.n, expected->first.n},
        {got.last.n, expected->last.n},
        {got.gap_median_e4, expected->gap_median_e4},
        {got.gap_mean_e4, expected->gap_mean_e4},
        {got.gap_sd_e4, expected->gap_sd_e4},
        {got.cycle_e4, expected->cycle_e4},
        {got.overdue_e4, expected->overdue_e4},
        {got.prior_days, expected->prior_days},
        {got.prior_assumed, expected->prior_assumed},
        {got.rule, expected->rule},
        {got.at_risk_on.n, expected->at_risk_on.n},
        {got.inactive_on.n, expected->inactive_on.n},
        {got.lost_on.n, expected->lost_on.n},
        {got.value_total, expected->value_total},
        {got.value_12m, expected->value_12m},
        {got.value_prev_12m, expected->value_prev_12m},
        {got.average_cents, expected->average_cents},
        {got.return_e4, expected->return_e4},
        {(int64_t)got.trend, (int64_t)expected->trend},
        {got.ranked, expected->ranked},
        {got.segment_id, expected->segment_id},
        {(int64_t)got.forecast.method, (int64_t)expected->forecast.method},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_int_equal(pairs[i][0], pairs[i][1]);
    assert_forecast(&got.forecast, &expected->forecast);
}

/* Draw some rows anew and put them, take some away. */
static void change_rows(struct fixture *f, size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct shop_customer *c = &shop.customer[shop_random(&shop, shop.n)];
        if (c->gone)
            continue;
        c->gone = i % 10 == 0;
        if (c->gone) {
            fixture_good(f, score_row_remove(&f->cx, f->db, c->row.customer_id));
            continue;
        }
        shop_row(&shop, c);
        struct score_episode open = {c->row.customer_id, {c->row.last.n + 60}, DAY_NONE};
        bool lost = c->row.status == STATUS_LOST && c->row.purchases;
        fixture_good(f, score_row_put(&f->cx, f->db, &c->row, &open, lost));
    }
}

static void score_run_is_found_as_it_was_put(void **state) {
    struct fixture *f = *state;
    struct score_run got;
    bool found;
    fixture_good(f, score_run_find(&f->cx, f->db, &found, &got));
    assert_false(found);
    shop_open(&shop, f, 20);
    fixture_good(f, score_run_find(&f->cx, f->db, &found, &got));
    assert_true(found);
    assert_int_equal(got.as_of.n, shop.run.as_of.n);
    assert_true(str_equal(got.policy, shop.run.policy));
    assert_int_equal(got.facts, 7);
    assert_int_equal(got.made_us, 99);
    assert_true(got.season);
    assert_true(str_equal(got.model, S("auto")));
    assert_memory_equal(&got.a, &shop.run.a, sizeof got.a);
    assert_memory_equal(&got.b, &shop.run.b, sizeof got.b);
    assert_true(str_equal(got.b_code, shop.run.b_code));
    assert_memory_equal(&got.r, &shop.run.r, sizeof got.r);
    assert_memory_equal(&got.f, &shop.run.f, sizeof got.f);
    assert_memory_equal(&got.m, &shop.run.m, sizeof got.m);
}

static void assert_figure(struct forecast_figure got, struct forecast_figure put) {
    assert_int_equal(got.value_e6, put.value_e6);
    assert_int_equal(got.low_e6, put.low_e6);
    assert_int_equal(got.high_e6, put.high_e6);
}

static void assert_forecast_kept(const struct forecast_kept *got, const struct forecast_kept *put) {
    assert_int_equal(got->method, put->method);
    assert_int_equal(got->learnt_on.n, put->learnt_on.n);
    assert_int_equal(got->customers, put->customers);
    assert_int_equal(got->purchases, put->purchases);
    assert_int_equal(got->first_day.n, put->first_day.n);
    assert_int_equal(got->enough_on.n, put->enough_on.n);
    assert_int_equal(got->origins, put->origins);
    assert_int_equal(got->warnings, put->warnings);
    assert_int_equal(got->season, put->season);
    assert_true(str_equal(got->segments, put->segments));
    assert_true(str_equal(got->model, put->model));
    assert_int_equal(got->trials, put->trials);
    for (size_t i = 0; i < put->trials; i++) {
        assert_int_equal(got->trial[i].method, put->trial[i].method);
        assert_int_equal(got->trial[i].cases, put->trial[i].cases);
        assert_int_equal(got->trial[i].happened, put->trial[i].happened);
        assert_figure(got->trial[i].log_score, put->trial[i].log_score);
        assert_figure(got->trial[i].auc, put->trial[i].auc);
    }
}

static void score_foretells_with_the_model_that_it_was_written_with(void **state) {
    struct fixture *f = *state;
    struct forecast_kept got, put = shop_forecast_kept();
    bool found;
    fixture_good(f, forecast_find(&f->cx, f->db, &found, &got));
    assert_false(found);
    shop_open(&shop, f, 20);
    fixture_good(f, forecast_find(&f->cx, f->db, &found, &got));
    assert_true(found);
    assert_forecast_kept(&got, &put);
    write_begin(f);
    shop_score_put(&shop, false); /* once more in its place */
    change_rows(f, 5);
    write_end(f);
    fixture_good(f, forecast_find(&f->cx, f->db, &found, &got));
    assert_true(found);
    assert_forecast_kept(&got, &put);
}

/* The view spells the methods out: as the program does, and all of them. */
static void score_view_names_the_model(void **state) {
    struct fixture *f = *state;
    shop_open(&shop, f, 2);
    for (int m = FORECAST_NONE; m < FORECAST_METHODS; m++) {
        write_begin(f);
        shop.customer[0].row.forecast.method = (enum forecast_method)m;
        fixture_good(f, score_row_put(&f->cx, f->db, &shop.customer[0].row, NULL, 0));
        write_end(f);
        const char *name = fixture_raw(f, "SELECT coalesce(model, 'none') FROM v_score ORDER BY customer LIMIT 1");
        struct str line = str_trim(str_from(name));
        assert_true(
            str_equal(line, m == FORECAST_NONE ? S("none") : str_from(forecast_method_name((enum forecast_method)m))));
    }
}

static void score_rows_are_found_as_they_were_put(void **state) {
    struct fixture *f = *state;
    bool found;
    struct score_row row;
    shop_open(&shop, f, CUSTOMERS);
    write_begin(f);
    change_rows(f, 100);
    write_end(f);
    for (size_t i = 0; i < shop.n; i++) {
        if (!shop.customer[i].gone)
            assert_row(f, &shop.customer[i].row);
    }
    fixture_good(f, score_row_find(&f->cx, f->db, 100000, &found, &row));
    assert_false(found);
}

static void score_changed_by_rows_is_that_of_a_rebuild(void **state) {
    struct fixture *f = *state;
    int64_t n;
    struct str what;
    shop_open(&shop, f, CUSTOMERS);
    write_begin(f);
    change_rows(f, 200);
    write_end(f);
    fixture_good(f, db_read(&f->cx, f->db));
    shop_score_put(&shop, true);
    fixture_good(f, score_difference(&f->cx, f->db, &n, &what));
    if (n)
        fail_msg("%lld in %.*s", (long long)n, STR_ARG(what));
    db_rollback(f->db);
}

static void score_difference_names_what_is_not_the_same(void **state) {
    struct fixture *f = *state;
    int64_t n;
    struct str what;
    shop_open(&shop, f, 50);
    write_begin(f);
    shop.customer[4].row.value_total += 1;
    fixture_good(f, score_row_put(&f->cx, f->db, &shop.customer[4].row, NULL, 0));
    write_end(f);
    shop.customer[4].row.value_total -= 1;
    shop.customer[4].row.status = STATUS_PROSPECT; /* without an episode on both sides */
    fixture_good(f, db_read(&f->cx, f->db));
    shop_score_put(&shop, true);
    fixture_good(f, score_difference(&f->cx, f->db, &n, &what));
    assert_true(n >= 1);
    assert_string_equal(str_terminated(&f->arena, what), "score, customer 5");
    db_rollback(f->db);
}

/* -- kept and temporary -------------------------------------------------------------------------------------------------- */

static int64_t facts_in_sight(struct fixture *f) {
    struct score_run run;
    bool found;
    fixture_good(f, score_run_find(&f->cx, f->db, &found, &run));
    return found ? run.facts : 0;
}

static void score_temporary_hides_the_kept_until_dropped(void **state) {
    struct fixture *f = *state;
    struct score_row row;
    bool found;
    shop_open(&shop, f, 60);
    fixture_good(f, db_read(&f->cx, f->db));
    assert_int_equal(facts_in_sight(f), 7);
    shop.run.facts = 8;
    shop.customer[3].row.value_total = 123456;
    shop_score_put(&shop, true);
    assert_int_equal(facts_in_sight(f), 8);
    fixture_good(f, score_row_find(&f->cx, f->db, 4, &found, &row));
    assert_int_equal(row.value_total, 123456);
    shop.run.facts = 9; /* once more over itself */
    shop_score_put(&shop, true);
    assert_int_equal(facts_in_sight(f), 9);
    fixture_good(f, score_drop_temporary(&f->cx, f->db));
    assert_int_equal(facts_in_sight(f), 7);
    fixture_good(f, score_row_find(&f->cx, f->db, 4, &found, &row));
    assert_int_not_equal(row.value_total, 123456);
    db_rollback(f->db);
    assert_string_equal(fixture_raw(f, "SELECT facts FROM score_run"), "7\n");
}

static void score_temporary_goes_with_its_transaction(void **state) {
    struct fixture *f = *state;
    shop_open(&shop, f, 20);
    fixture_good(f, db_read(&f->cx, f->db));
    shop.run.facts = 8;
    shop_score_put(&shop, true);
    db_rollback(f->db);
    assert_int_equal(facts_in_sight(f), 7);
}

static void score_written_again_replaces_all(void **state) {
    struct fixture *f = *state;
    shop_open(&shop, f, 30);
    write_begin(f);
    change_rows(f, 5);
    shop.n = 10;
    shop.run.customers = 10;
    shop_score_put(&shop, false);
    write_end(f);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM score_moved"), "0\n");
    assert_string_equal(fixture_raw(f, "SELECT max(customer_id) FROM score"), "10\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM prior"), "1\n");
}

static void score_not_committed_leaves_the_old_one(void **state) {
    struct fixture *f = *state;
    shop_open(&shop, f, 30);
    const char *before = fixture_raw(f, "SELECT customer_id, value_total FROM score ORDER BY customer_id");
    write_begin(f);
    shop.customer[0].row.value_total += 5;
    shop_score_put(&shop, false);
    db_rollback(f->db);
    assert_string_equal(fixture_raw(f, "SELECT customer_id, value_total FROM score ORDER BY customer_id"), before);
}

static void score_kept_clears_who_was_to_be_looked_at(void **state) {
    struct fixture *f = *state;
    struct score_dirty *dirty;
    size_t n;
    shop_open(&shop, f, 10);
    write_begin(f);
    fixture_good(f, customer_dirty(&f->cx, f->db, 3, (struct day){SHOP_TODAY}));
    fixture_good(f, score_dirty_list(&f->cx, f->db, &dirty, &n));
    assert_int_equal(n, 1);
    assert_int_equal(dirty[0].customer_id, 3);
    assert_int_equal(dirty[0].since.n, SHOP_TODAY);
    shop_score_put(&shop, false);
    fixture_good(f, score_dirty_list(&f->cx, f->db, &dirty, &n));
    assert_int_equal(n, 0);
    write_end(f);
}

static void score_facts_counts_every_move(void **state) {
    struct fixture *f = *state;
    int64_t facts;
    write_begin(f);
    fixture_good(f, score_facts(&f->cx, f->db, &facts));
    assert_int_equal(facts, 0);
    for (int i = 0; i < 11; i++)
        fixture_good(f, score_facts_moved(&f->cx, f->db));
    fixture_good(f, score_facts(&f->cx, f->db, &facts));
    assert_int_equal(facts, 11);
    write_end(f);
}

/* -- walks --------------------------------------------------------------------------------------------------------------- */

static int by_rank(const void *a, const void *b) {
    const struct score_row *x = *(const struct score_row *const *)a, *y = *(const struct score_row *const *)b;
    if (x->value_12m != y->value_12m)
        return x->value_12m > y->value_12m ? -1 : 1;
    return str_compare(x->code, y->code);
}

static void score_ranked_walk_meets_everybody_in_order(void **state) {
    struct fixture *f = *state;
    shop_open(&shop, f, CUSTOMERS);
    write_begin(f);
    change_rows(f, 150);
    write_end(f);
    const struct score_row **row = arena_new(&f->arena, const struct score_row *, CUSTOMERS);
    size_t ranked = 0, n;
    for (size_t i = 0; i < shop.n; i++) {
        if (!shop.customer[i].gone && shop.customer[i].row.ranked)
            row[ranked++] = &shop.customer[i].row;
    }
    qsort(row, ranked, sizeof *row, by_rank);
    for (int down = 0; down < 2; down++) {
        struct score_rank from = {down ? INT64_MAX : INT64_MIN, {0}}, *next;
        for (size_t at = 0; at < ranked; at += n) {
            fixture_good(f, score_ranked_next(&f->cx, f->db, &from, down, PAGE, &next, &n));
            assert_int_equal(n, ranked - at < PAGE ? ranked - at : PAGE);
            for (size_t i = 0; i < n; i++) {
                const struct score_row *expected = down ? row[at + i] : row[ranked - 1 - at - i];
                assert_int_equal(next[i].value_12m, expected->value_12m);
                assert_true(str_equal(next[i].code, expected->code));
            }
            from = next[n - 1];
        }
        fixture_good(f, score_ranked_next(&f->cx, f->db, &from, down, PAGE, &next, &n));
        assert_int_equal(n, 0);
    }
}

static int64_t axis_value(const struct score_row *r, enum score_axis axis) {
    return axis == SCORE_R ? r->last.n : axis == SCORE_F ? r->purchases : r->value_total;
}

/* The next value by looking at everybody. */
static bool slow_next(enum score_axis axis, int64_t from, bool up, int64_t *value, int64_t *times) {
    *times = 0;
    for (size_t i = 0; i < shop.n; i++) {
        const struct score_row *r = &shop.customer[i].row;
        int64_t v = axis_value(r, axis);
        if (shop.customer[i].gone || !r->purchases || (up ? v <= from : v >= from))
            continue;
        if (*times && v == *value) {
            ++*times;
        } else if (!*times || (up ? v < *value : v > *value)) {
            *value = v;
            *times = 1;
        }
    }
    return *times > 0;
}

static void score_axis_walk_counts_each_value(void **state) {
    struct fixture *f = *state;
    shop_open(&shop, f, CUSTOMERS);
    write_begin(f);
    change_rows(f, 150);
    write_end(f);
    for (int way = 0; way < 6; way++) {
        enum score_axis axis = (enum score_axis)(way / 2);
        bool up = way % 2, found = true;
        int64_t from = up ? -1000000000 : 1000000000, value, times, slow_value = 0, slow_times;
        while (found) {
            fixture_good(f, score_axis_next(&f->cx, f->db, axis, from, up, &found, &value, &times));
            assert_int_equal(found, slow_next(axis, from, up, &slow_value, &slow_times));
            if (!found)
                break;
            assert_int_equal(value, slow_value);
            assert_int_equal(times, slow_times);
            from = value;
        }
    }
}

/* -- reading all --------------------------------------------------------------------------------------------------------- */

struct scanned {
    size_t n;
    int64_t customer_id;
};

static struct shop_customer *customer_of(int64_t id) {
    for (size_t i = 0; i < shop.n; i++) {
        if (shop.customer[i].row.customer_id == id)
            return &shop.customer[i];
    }
    return NULL;
}

static bool scan(struct cx *cx, void *owner, const struct score_scan *row) {
    (void)cx;
    struct scanned *scanned = owner;
    const struct shop_customer *c = customer_of(row->customer_id);
    scanned->n++;
    assert_non_null(c);
    assert_int_equal(row->status, c->row.status);
    assert_int_equal(row->last.n, c->row.last.n);
    assert_int_equal(row->value_12m, c->row.value_12m);
    assert_int_equal(row->abc != 0, c->row.ranked);
    for (int kind = LABEL_COMPANY; kind < LABEL_KIND_END; kind++)
        assert_int_equal(row->label[kind], c->label_id[kind]);
    for (int64_t i = 0; i + 1 < row->purchases; i++)
        assert_int_equal(row->gap_days[i], shop.gap_days[i]);
    return true;
}

static void score_scan_meets_everybody_once(void **state) {
    struct fixture *f = *state;
    struct scanned scanned = {0};
    shop_open(&shop, f, 200);
    fixture_good(f, score_scan_each(&f->cx, f->db, scan, &scanned));
    assert_int_equal(scanned.n, 200);
}

static bool count_episode(struct cx *cx, void *owner, const struct score_episode *episode) {
    (void)cx;
    struct scanned *scanned = owner;
    assert_true(episode->customer_id >= scanned->customer_id);
    scanned->customer_id = episode->customer_id;
    scanned->n++;
    return true;
}

static void score_episodes_come_by_customer_and_are_replaced(void **state) {
    struct fixture *f = *state;
    struct scanned before = {0}, all = {0}, one = {0};
    shop_open(&shop, f, 200);
    const struct score_row *row = &shop.customer[9].row;
    const struct score_episode two[] = {{row->customer_id, {100}, {150}}, {row->customer_id, {300}, DAY_NONE}};
    write_begin(f);
    fixture_good(f, score_row_put(&f->cx, f->db, row, NULL, 0));
    fixture_good(f, score_episode_each(&f->cx, f->db, 0, count_episode, &before));
    fixture_good(f, score_row_put(&f->cx, f->db, row, two, 2));
    fixture_good(f, score_row_put(&f->cx, f->db, row, two, 2));
    write_end(f);
    fixture_good(f, score_episode_each(&f->cx, f->db, 0, count_episode, &all));
    fixture_good(f, score_episode_each(&f->cx, f->db, row->customer_id, count_episode, &one));
    assert_int_equal(all.n, before.n + 2);
    assert_int_equal(one.n, 2);
}

static void score_priors_and_waits_are_changed_in_place(void **state) {
    struct fixture *f = *state;
    struct score_prior prior = {3, 600, {101, 41, 7, 32}}, *priors;
    struct score_waited delta = {0, 5, -2}, *waits;
    size_t n;
    shop_open(&shop, f, 10);
    write_begin(f);
    fixture_good(f, score_prior_put(&f->cx, f->db, &prior));
    fixture_good(f, score_waited_add(&f->cx, f->db, &delta));
    delta = (struct score_waited){9, 7, 4};
    fixture_good(f, score_waited_add(&f->cx, f->db, &delta));
    write_end(f);
    fixture_good(f, score_prior_list(&f->cx, f->db, &priors, &n));
    assert_int_equal(n, 1);
    assert_int_equal(priors[0].cell.median_days, 32);
    assert_int_equal(priors[0].cell.at, 7);
    fixture_good(f, score_waited_list(&f->cx, f->db, 0, &waits, &n));
    assert_int_equal(n, WAITED_TENTHS - 1); /* the wait of 5 tenths is gone */
    fixture_good(f, score_waited_list(&f->cx, f->db, 9, &waits, &n));
    assert_int_equal(n, 1);
    assert_int_equal(waits[0].times, 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(score_run_is_found_as_it_was_put),
        TEST(score_foretells_with_the_model_that_it_was_written_with),
        TEST(score_view_names_the_model),
        TEST(score_rows_are_found_as_they_were_put),
        TEST(score_changed_by_rows_is_that_of_a_rebuild),
        TEST(score_difference_names_what_is_not_the_same),
        TEST(score_temporary_hides_the_kept_until_dropped),
        TEST(score_temporary_goes_with_its_transaction),
        TEST(score_written_again_replaces_all),
        TEST(score_not_committed_leaves_the_old_one),
        TEST(score_kept_clears_who_was_to_be_looked_at),
        TEST(score_facts_counts_every_move),
        TEST(score_ranked_walk_meets_everybody_in_order),
        TEST(score_axis_walk_counts_each_value),
        TEST(score_scan_meets_everybody_once),
        TEST(score_episodes_come_by_customer_and_are_replaced),
        TEST(score_priors_and_waits_are_changed_in_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
