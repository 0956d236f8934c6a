// SPDX-License-Identifier: Apache-2.0
/* Every filter with every order, against a slow way: all customers in memory, one comparison after another. */
#include "shop.h"
#include "stats/rfm.h"
#include "store/list.h"

enum { CUSTOMERS = 9000, SHOWN = 23 };

static struct fixture *fixture;
static struct shop shop;

/* -- the slow way ------------------------------------------------------------------------------------------------------ */

static bool in_codes(const struct list_codes *codes, struct str code) {
    bool in = !codes->n;
    for (size_t i = 0; i < codes->n; i++)
        in = in || str_equal(codes->code[i], code);
    return in;
}

static bool between(int64_t v, int64_t low, int64_t high) {
    if (low == STAT_NONE && high == STAT_NONE)
        return true;
    return v != STAT_NONE && (low == STAT_NONE || v >= low) && (high == STAT_NONE || v <= high);
}

static int64_t day_number(struct day d) {
    return day_is(d) ? d.n : STAT_NONE;
}

static int64_t slow_chance(const struct score_row *r) {
    return r->forecast.method == FORECAST_NONE ? STAT_NONE : r->forecast.p_active_e4;
}

static int64_t slow_next(const struct score_row *r) {
    return r->forecast.method == FORECAST_NONE ? STAT_NONE : day_number(r->forecast.next_on);
}

static char slow_abc(const struct score_row *r) {
    const struct score_run *run = &shop.run;
    if (!r->ranked)
        return 0;
    if (r->value_12m > run->a.value_cents ||
        (r->value_12m == run->a.value_cents && str_compare(r->code, run->a_code) <= 0))
        return 'A';
    if (r->value_12m > run->b.value_cents ||
        (r->value_12m == run->b.value_cents && str_compare(r->code, run->b_code) <= 0))
        return 'B';
    return 'C';
}

static bool contains(struct str text, struct str part) {
    return memmem(text.p ? text.p : "", text.n, part.p ? part.p : "", part.n) != NULL;
}

static bool slow_pass(const struct list_filter *f, const struct shop_customer *c) {
    const struct score_row *r = &c->row;
    char abc = slow_abc(r);
    unsigned abc_bit = abc == 0 ? 8 : 1u << (abc - 'A');
    int64_t recency = r->purchases ? SHOP_TODAY - r->last.n : STAT_NONE;
    struct str segment =
        r->purchases ? str_from(rfm_segment(rfm_score(&shop.run.r, r->last.n), rfm_score(&shop.run.f, r->purchases)))
                     : (struct str){0};
    struct str search = str_fold(&fixture->arena, f->search);
    bool found = !search.n || contains(c->name_fold, search) || contains(str_fold(&fixture->arena, r->code), search) ||
                 contains(c->tax_id, search);
    bool contact = f->not_contacted_for == STAT_NONE || !day_is(c->last_contact) ||
                   SHOP_TODAY - c->last_contact.n > f->not_contacted_for;
    return !c->gone && (!f->statuses || (f->statuses >> r->status & 1)) &&
           in_codes(&f->company, c->label[LABEL_COMPANY]) && in_codes(&f->rep, c->label[LABEL_REP]) &&
           in_codes(&f->segment, c->label[LABEL_SEGMENT]) && in_codes(&f->region, c->label[LABEL_REGION]) &&
           in_codes(&f->city, c->label[LABEL_CITY]) && in_codes(&f->rfm, segment) && (!f->abc || (f->abc & abc_bit)) &&
           between(r->value_12m, f->min_value, f->max_value) && between(r->value_total, f->min_total, f->max_total) &&
           between(r->purchases, f->min_purchases, f->max_purchases) &&
           between(recency, f->min_recency, f->max_recency) && contact &&
           between(day_number(r->at_risk_on), day_number(f->due_from), day_number(f->due_to)) && found &&
           between(slow_chance(r), f->min_chance_e4, f->max_chance_e4) &&
           between(slow_next(r), day_number(f->next_from), day_number(f->next_to)) &&
           (!f->code.n || str_equal(f->code, r->code));
}

static struct str slow_text(const struct shop_customer *c, enum column column) {
    switch ((int)column) {
    case COLUMN_CODE:
        return c->row.code;
    case COLUMN_NAME:
        return c->name_fold;
    case COLUMN_TAX_ID:
        return c->tax_id;
    case COLUMN_COMPANY:
        return c->label[LABEL_COMPANY];
    case COLUMN_REP:
        return c->label[LABEL_REP];
    case COLUMN_SEGMENT:
        return c->label[LABEL_SEGMENT];
    case COLUMN_REGION:
        return c->label[LABEL_REGION];
    default:
        return c->label[LABEL_CITY];
    }
}

static int64_t slow_forecast(const struct forecast *f, enum column column) {
    if (f->method == FORECAST_NONE)
        return STAT_NONE;
    switch ((int)column) {
    case COLUMN_P_ACTIVE:
        return f->p_active_e4;
    case COLUMN_P_ACTIVE_LOW:
        return f->p_active_low_e4;
    case COLUMN_P_ACTIVE_HIGH:
        return f->p_active_high_e4;
    case COLUMN_P_ALIVE:
        return f->p_alive_e4;
    case COLUMN_NEXT_ON:
        return day_number(f->next_on);
    case COLUMN_NEXT_FROM:
        return day_number(f->next_from);
    case COLUMN_NEXT_TO:
        return day_number(f->next_to);
    case COLUMN_EXPECTED_90D:
        return f->expected_90d_e4;
    default:
        return f->expected_value_365d_cents;
    }
}

static int64_t slow_number(const struct shop_customer *c, enum column column) {
    const struct score_row *r = &c->row;
    switch ((int)column) {
    case COLUMN_STATUS:
        return r->status;
    case COLUMN_PURCHASES:
        return r->purchases;
    case COLUMN_FIRST_PURCHASE:
        return day_number(r->first);
    case COLUMN_LAST_PURCHASE:
        return day_number(r->last);
    case COLUMN_RECENCY_DAYS:
        return r->purchases ? SHOP_TODAY - r->last.n : STAT_NONE;
    case COLUMN_GAP_MEDIAN_DAYS:
        return r->gap_median_e4;
    case COLUMN_GAP_MEAN_DAYS:
        return r->gap_mean_e4;
    case COLUMN_GAP_SD_DAYS:
        return r->gap_sd_e4;
    case COLUMN_CYCLE_DAYS:
        return r->cycle_e4;
    case COLUMN_OVERDUE_RATIO:
        return r->overdue_e4;
    case COLUMN_AT_RISK_ON:
        return day_number(r->at_risk_on);
    case COLUMN_INACTIVE_ON:
        return day_number(r->inactive_on);
    case COLUMN_LOST_ON:
        return day_number(r->lost_on);
    case COLUMN_VALUE_TOTAL:
        return r->value_total;
    case COLUMN_VALUE_12M:
        return r->value_12m;
    case COLUMN_VALUE_PREV_12M:
        return r->value_prev_12m;
    case COLUMN_AVERAGE_PURCHASE:
        return r->average_cents;
    case COLUMN_RETURN_RATE:
        return r->return_e4;
    case COLUMN_LAST_CONTACT:
        return day_number(c->last_contact);
    default: /* nothing is open in this shop */
        return column < COLUMN_MODEL ? slow_forecast(&r->forecast, column) : STAT_NONE;
    }
}

static struct list_order slow_order;

static int slow_compare(const void *a, const void *b) {
    const struct shop_customer *x = *(const struct shop_customer *const *)a,
                               *y = *(const struct shop_customer *const *)b;
    int order = 0;
    if (slow_order.column <= COLUMN_CITY) {
        struct str s = slow_text(x, slow_order.column), t = slow_text(y, slow_order.column);
        if (!s.n != !t.n)
            return s.n ? -1 : 1;
        order = str_compare(s, t);
    } else {
        int64_t s = slow_number(x, slow_order.column), t = slow_number(y, slow_order.column);
        if ((s == STAT_NONE) != (t == STAT_NONE))
            return t == STAT_NONE ? -1 : 1;
        order = s < t ? -1 : s > t;
    }
    order = slow_order.descending ? -order : order;
    return order ? order : str_compare(x->row.code, y->row.code);
}

/* -- both ways --------------------------------------------------------------------------------------------------------- */

struct seen {
    struct str *code;
    size_t n;
};

static bool see(struct cx *cx, void *owner, const struct customer *customer) {
    struct seen *seen = owner;
    assert_true(seen->n < CUSTOMERS);
    seen->code[seen->n++] = str_copy(cx->arena, customer->code);
    return true;
}

static void compare(const struct list_filter *filter, struct list_order order, int64_t limit) {
    struct arena_mark mark = arena_mark_get(&fixture->arena);
    const struct shop_customer **expected = arena_new(&fixture->arena, const struct shop_customer *, shop.n);
    struct list_totals slow = {0}, totals;
    for (size_t i = 0; i < shop.n; i++) {
        if (!slow_pass(filter, &shop.customer[i]))
            continue;
        expected[slow.customers++] = &shop.customer[i];
        slow.value_total += shop.customer[i].row.value_total;
        slow.value_12m += shop.customer[i].row.value_12m;
    }
    slow_order = order;
    qsort(expected, (size_t)slow.customers, sizeof *expected, slow_compare);
    struct seen seen = {arena_new(&fixture->arena, struct str, shop.n + 1), 0};
    fixture_good(fixture, list_each(&fixture->cx, fixture->db, &shop.run, filter, order, limit, see, &seen));
    fixture_good(fixture, list_total(&fixture->cx, fixture->db, &shop.run, filter, &totals));
    assert_memory_equal(&totals, &slow, sizeof slow);
    size_t shown = limit && limit < slow.customers ? (size_t)limit : (size_t)slow.customers;
    assert_int_equal(seen.n, shown);
    for (size_t i = 0; i < shown; i++) {
        if (!str_equal(seen.code[i], expected[i]->row.code))
            fail_msg("by column %d%s, place %zu: %.*s, not %.*s", order.column, order.descending ? " down" : "", i,
                     STR_ARG(seen.code[i]), STR_ARG(expected[i]->row.code));
    }
    arena_rewind(&fixture->arena, mark);
}

static struct list_codes codes(struct str a, struct str b) {
    return (struct list_codes){.code = {a, b}, .n = b.n ? 2 : 1};
}

enum { FILTERS = 28 };

static size_t single_filters(struct list_filter *f) {
    for (size_t i = 0; i < FILTERS; i++)
        f[i] = list_filter_any();
    size_t n = 1; /* the first one: everybody */
    f[n++].statuses = 1u << STATUS_LOST;
    f[n++].statuses = 1u << STATUS_AT_RISK | 1u << STATUS_PROSPECT;
    f[n++].company = codes(S("L1"), (struct str){0});
    f[n++].rep = codes(S("L7"), S("L2"));
    f[n++].segment = codes(S("L3"), (struct str){0});
    f[n++].region = codes(S("L20"), (struct str){0});
    f[n++].city = codes(S("L255"), (struct str){0});
    f[n++].rfm = codes(S("champions"), S("at_risk"));
    f[n++].abc = 1;
    f[n++].abc = 2 | 8;
    f[n++].abc = 4;
    f[n++].min_value = 150000;
    f[n++].max_value = 0;
    f[n++].min_total = 60000;
    f[n++].min_purchases = 20;
    f[n++].max_purchases = 1;
    f[n++].min_recency = 100;
    f[n++].max_recency = 100;
    f[n++].not_contacted_for = 90;
    f[n].due_from = (struct day){SHOP_TODAY};
    f[n++].due_to = (struct day){SHOP_TODAY + 7};
    f[n++].min_chance_e4 = 7500;
    f[n++].max_chance_e4 = 1000;
    f[n++].next_from = (struct day){SHOP_TODAY + 30};
    f[n].next_from = (struct day){SHOP_TODAY + 3};
    f[n++].next_to = (struct day){SHOP_TODAY + 9};
    f[n++].search = S("ÔMEGA");
    f[n++].search = S("-0001");
    f[n++].code = shop.customer[77].row.code;
    return n;
}

/* Every filter with every order, or with one in `step` of them. */
static void compare_all(size_t step) {
    struct list_filter filter[FILTERS];
    size_t n = single_filters(filter);
    for (size_t i = 0; i < n; i++) {
        for (int column = 0; column < COLUMN_COUNT; column++) {
            if (!column_defs[column].sortable || (i + (size_t)column) % step)
                continue;
            compare(&filter[i], (struct list_order){(enum column)column, false}, SHOWN);
            compare(&filter[i], (struct list_order){(enum column)column, true}, SHOWN);
        }
        compare(&filter[i], (struct list_order){COLUMN_VALUE_12M, true}, 0);
    }
}

static int start(void **state) {
    fixture_ready(state);
    fixture = *state;
    shop_open(&shop, fixture, CUSTOMERS);
    return 0;
}

/* -- tests ------------------------------------------------------------------------------------------------------------- */

static void list_of_every_filter_in_every_order(void **state) {
    (void)state;
    compare_all(1);
}

static void list_of_several_filters_holds_all_of_them(void **state) {
    (void)state;
    struct list_filter f = list_filter_any();
    f.statuses = 1u << STATUS_LOST | 1u << STATUS_INACTIVE | 1u << STATUS_ACTIVE;
    f.rep = codes(S("L7"), S("L2"));
    f.min_total = 20000;
    f.abc = 1 | 2;
    f.search = S("omega");
    compare(&f, (struct list_order){COLUMN_OVERDUE_RATIO, true}, 0);
}

static void list_counts_rows_that_changed_since(void **state) {
    (void)state;
    fixture_good(fixture, db_write(&fixture->cx, fixture->db));
    for (size_t i = 0; i < 180; i++) {
        struct shop_customer *c = &shop.customer[shop_random(&shop, shop.n)];
        if (i % 9 == 0 && c != &shop.customer[77]) {
            c->gone = true;
            fixture_good(fixture, score_row_remove(&fixture->cx, fixture->db, c->row.customer_id));
        } else if (!c->gone) {
            shop_row(&shop, c);
            fixture_good(fixture, score_row_put(&fixture->cx, fixture->db, &c->row, NULL, 0));
        }
    }
    fixture_good(fixture, db_commit(&fixture->cx, fixture->db));
    compare_all(5);
}

static void list_is_exact_after_more_changes_than_are_kept_apart(void **state) {
    (void)state;
    fixture_good(fixture, db_write(&fixture->cx, fixture->db));
    for (size_t i = 0; i < 2500; i++) {
        struct shop_customer *c = &shop.customer[i];
        if (c->gone)
            continue;
        shop_row(&shop, c);
        fixture_good(fixture, score_row_put(&fixture->cx, fixture->db, &c->row, NULL, 0));
    }
    fixture_good(fixture, score_run_put(&fixture->cx, fixture->db, &shop.run));
    fixture_good(fixture, db_commit(&fixture->cx, fixture->db));
    struct list_filter f = list_filter_any();
    compare(&f, (struct list_order){COLUMN_NAME, true}, 0);
    compare(&f, (struct list_order){COLUMN_VALUE_12M, true}, SHOWN);
}

static bool keep_one(struct cx *cx, void *owner, const struct customer *customer) {
    (void)cx;
    struct customer *out = owner;
    *out = *customer;
    int32_t *gap = arena_new(&fixture->arena, int32_t, (size_t)customer->purchases + 1);
    for (int64_t i = 0; i + 1 < customer->purchases; i++)
        gap[i] = customer->gap_days[i];
    out->gap_days = gap;
    out->name = str_copy(&fixture->arena, customer->name);
    out->rep = str_copy(&fixture->arena, customer->rep);
    return true;
}

static void list_fills_the_whole_customer(void **state) {
    (void)state;
    const struct shop_customer *c = &shop.customer[0];
    while (c->gone || c->row.purchases < 3 || !c->name.n || !c->row.ranked || c->row.forecast.method == FORECAST_NONE)
        c++;
    struct list_filter f = list_filter_any();
    struct customer got = {0};
    f.code = c->row.code;
    fixture_good(fixture, list_each(&fixture->cx, fixture->db, &shop.run, &f, (struct list_order){COLUMN_CODE, false},
                                    1, keep_one, &got));
    assert_true(str_equal(got.name, c->name));
    assert_true(str_equal(got.rep, c->label[LABEL_REP]));
    assert_int_equal(got.recency_days, SHOP_TODAY - c->row.last.n);
    assert_int_equal(got.abc, slow_abc(&c->row));
    assert_int_equal(got.r, rfm_score(&shop.run.r, c->row.last.n));
    assert_int_equal(got.f, rfm_score(&shop.run.f, c->row.purchases));
    assert_int_equal(got.m, rfm_score(&shop.run.m, c->row.value_total));
    assert_int_equal(got.trend, c->row.trend);
    assert_int_equal(got.forecast.method, c->row.forecast.method);
    assert_int_equal(got.forecast.p_active_e4, c->row.forecast.p_active_e4);
    assert_int_equal(got.forecast.p_active_low_e4, c->row.forecast.p_active_low_e4);
    assert_int_equal(got.forecast.p_active_high_e4, c->row.forecast.p_active_high_e4);
    assert_int_equal(got.forecast.p_alive_e4, c->row.forecast.p_alive_e4);
    assert_int_equal(got.forecast.next_on.n, c->row.forecast.next_on.n);
    assert_int_equal(got.forecast.next_from.n, c->row.forecast.next_from.n);
    assert_int_equal(got.forecast.next_to.n, c->row.forecast.next_to.n);
    assert_int_equal(got.forecast.expected_90d_e4, c->row.forecast.expected_90d_e4);
    assert_int_equal(got.forecast.expected_value_365d_cents, c->row.forecast.expected_value_365d_cents);
    assert_int_equal(got.gap_days[1], shop.gap_days[1]);
    assert_string_equal(str_terminated(&fixture->arena, got.rule),
                        c->row.rule ? "cycle 2.5 at-risk 1.5 between 20 and 365" : "days 60 at-risk 40");
    int64_t tenths = got.recency_days * 100000 / got.cycle_e4;
    int64_t longer = tenths < WAITED_TENTHS ? WAITED_TENTHS - 1 - tenths : 0; /* the shop waits every length alike */
    assert_int_equal(got.waited_e4, longer * 10000 / WAITED_TENTHS);
}

static void list_finds_a_tax_number_written_with_points(void **state) {
    (void)state;
    struct list_filter f = list_filter_any();
    struct list_totals totals;
    const struct shop_customer *c = &shop.customer[0];
    while (c->gone || !c->tax_id.n)
        c++;
    char text[32];
    snprintf(text, sizeof text, "%.2s.%.3s.%.3s/%.4s-%.2s", c->tax_id.p, c->tax_id.p + 2, c->tax_id.p + 5,
             c->tax_id.p + 8, c->tax_id.p + 12);
    f.search = str_from(text);
    fixture_good(fixture, list_total(&fixture->cx, fixture->db, &shop.run, &f, &totals));
    assert_true(totals.customers >= 1 && totals.customers < 5);
}

static void fails_with(const struct list_filter *f, struct list_order order, enum err_code code, const char *key) {
    struct seen seen = {0};
    assert_false(list_each(&fixture->cx, fixture->db, &shop.run, f, order, 1, see, &seen));
    assert_int_equal(fixture->cx.err.code, code);
    assert_string_equal(str_terminated(&fixture->arena, fixture->cx.err.key), key);
}

static void list_of_an_unknown_code_names_the_nearest(void **state) {
    (void)state;
    const struct list_order order = {COLUMN_CODE, false};
    struct list_filter f = list_filter_any();
    f.rep = codes(S("M11"), (struct str){0});
    struct seen nobody = {0};
    assert_true(list_each(&fixture->cx, fixture->db, &shop.run, &f, order, 0, see, &nobody));
    assert_int_equal(nobody.n, 0);
    assert_false(list_codes_known(&fixture->cx, fixture->db, &f));
    assert_int_equal(fixture->cx.err.code, ERR_NOT_FOUND);
    assert_true(str_starts(fixture->cx.err.arg[1], S("L11")) || str_starts(fixture->cx.err.arg[1], S("L1")));
    cx_clear(&fixture->cx);
    f = list_filter_any();
    f.rfm = codes(S("heroes"), (struct str){0});
    fails_with(&f, order, ERR_NOT_FOUND, "list.unknown_rfm");
    cx_clear(&fixture->cx);
    f = list_filter_any();
    f.code = S("CLIENTE-99999X");
    fails_with(&f, order, ERR_NOT_FOUND, "list.unknown_customer");
    cx_clear(&fixture->cx);
    f = list_filter_any();
    fails_with(&f, (struct list_order){COLUMN_WHY, false}, ERR_INVALID, "list.no_order");
    cx_clear(&fixture->cx);
}

static void list_plan_reads_by_key_only(void **state) {
    (void)state;
    struct list_filter f = list_filter_any();
    struct str plan;
    f.statuses = 1u << STATUS_LOST;
    fixture_good(fixture, list_plan(&fixture->cx, fixture->db, &shop.run, &f,
                                    (struct list_order){COLUMN_VALUE_12M, true}, 50, &plan));
    if (db_kind(fixture->db) == DB_SQLITE) {
        assert_true(contains(plan, S("SEARCH score_strip USING INDEX")));
        assert_true(contains(plan, S("SEARCH s USING INTEGER PRIMARY KEY")));
        assert_false(contains(plan, S("SCAN")));
    } else {
        assert_true(contains(plan, S("Index Scan")));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(list_of_every_filter_in_every_order),
        cmocka_unit_test(list_of_several_filters_holds_all_of_them),
        cmocka_unit_test(list_fills_the_whole_customer),
        cmocka_unit_test(list_finds_a_tax_number_written_with_points),
        cmocka_unit_test(list_of_an_unknown_code_names_the_nearest),
        cmocka_unit_test(list_plan_reads_by_key_only),
        cmocka_unit_test(list_counts_rows_that_changed_since),
        cmocka_unit_test(list_is_exact_after_more_changes_than_are_kept_apart),
    };
    return cmocka_run_group_tests(tests, start, fixture_done);
}
