// SPDX-License-Identifier: Apache-2.0
/* The demo company as its files tell it: the same for everybody, readable by our own importers, and like a real one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <unistd.h>

#include "app/demo.h"
#include "app/demo_basket.h"
#include "app/demo_goods.h"
#include "app/demo_write.h"
#include "base/map.h"
#include "core/document.h"
#include "core/taxid.h"
#include "store/db.h"
#include "store/score.h"

enum { ORDERS = 2, CUSTOMERS = 1, TITLES = 3, QUOTES = 4, CELLS = 24, UNTIL = 20778 /* 2026-11-21 */ };

/* -- a folder of files, in memory -- */

struct folder {
    struct arena arena;
    struct cx cx;
    char path[200];
    struct str file[DEMO_FILES];
};

struct table {
    struct str rest;
    struct str cell[CELLS];
    size_t cells;
};

static struct demo_options company(int32_t customers) {
    return (struct demo_options){.seed = 1, .until = {UNTIL}, .customers = customers, .years = 3};
}

static void folder_open(struct folder *f) {
    const char *parent = getenv("TMPDIR");
    *f = (struct folder){0};
    arena_init(&f->arena, 0, arena_full_exit, NULL);
    f->cx.arena = &f->arena;
    snprintf(f->path, sizeof f->path, "%s/reativa-test-XXXXXX", parent && *parent ? parent : "/tmp");
    assert_non_null(mkdtemp(f->path));
}

static const char *folder_path(struct folder *f, size_t i) {
    return str_terminated(&f->arena, cx_text(&f->cx, "%s/%s", f->path, demo_file_kinds[i].name));
}

static struct str file_read(struct folder *f, size_t i) {
    FILE *file = fopen(folder_path(f, i), "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    size_t n = (size_t)ftell(file);
    rewind(file);
    char *p = arena_new(&f->arena, char, n + 1);
    assert_int_equal(fread(p, 1, n, file), n);
    fclose(file);
    return (struct str){p, n};
}

static void folder_close(struct folder *f) {
    for (size_t i = 0; i < DEMO_FILES; i++) {
        unlink(folder_path(f, i));
    }
    assert_int_equal(rmdir(f->path), 0); /* nothing else was left in it */
    arena_clear(&f->arena);
}

static void folder_write(struct folder *f, const struct demo_options *options) {
    folder_open(f);
    assert_true(demo_write(&f->cx, str_from(f->path), options));
    for (size_t i = 0; i < DEMO_FILES; i++) {
        f->file[i] = file_read(f, i);
    }
}

static bool row_next(struct table *t) {
    struct str line;
    if (t->rest.n == 0) {
        return false;
    }
    str_cut(t->rest, '\n', &line, &t->rest);
    t->cells = 0;
    for (bool more = true; more;) {
        assert_true(t->cells < CELLS);
        more = str_cut(line, ';', &t->cell[t->cells++], &line);
    }
    return true;
}

/* Positioned after the header. */
static struct table table_of(const struct folder *f, size_t i) {
    struct table t = {.rest = f->file[i]};
    assert_true(row_next(&t));
    return t;
}

static size_t column(const struct folder *f, size_t file, const char *name) {
    struct table t = {.rest = f->file[file]};
    assert_true(row_next(&t));
    for (size_t i = 0; i < t.cells; i++) {
        if (str_equal(t.cell[i], str_from(name))) {
            return i;
        }
    }
    fail_msg("no column %s", name);
    return 0;
}

static int32_t day_of(struct str s) {
    struct day day;
    enum date_order seen;
    assert_int_equal(date_read(s, DATE_ORDER_DMY, &day, &seen), DATE_READ_OK);
    return day.n;
}

static int64_t cents_of(struct str s) {
    int64_t v = 0;
    assert_int_equal(decimal_read(s, DECIMAL_COMMA, 2, &v, NULL), DECIMAL_OK);
    return v;
}

static int64_t line_cents(const struct table *t) {
    int64_t quantity = 0, price = 0, discount = 0, value = 0;
    assert_int_equal(decimal_read(t->cell[14], DECIMAL_COMMA, 4, &quantity, NULL), DECIMAL_OK);
    assert_int_equal(decimal_read(t->cell[15], DECIMAL_COMMA, 4, &price, NULL), DECIMAL_OK);
    if (t->cell[16].n > 0) {
        assert_int_equal(decimal_read(t->cell[16], DECIMAL_COMMA, 2, &discount, NULL), DECIMAL_OK);
    }
    assert_true(document_line_value(quantity, price, discount, &value));
    return value;
}

/* -- the same for everybody -- */

static uint64_t folder_hash(const struct folder *f) {
    uint64_t hash = 0;
    for (size_t i = 0; i < DEMO_FILES; i++) {
        for (size_t k = 0; k < f->file[i].n; k++) {
            hash = (hash ^ (unsigned char)f->file[i].p[k]) * 0x100000001B3u;
        }
    }
    return hash;
}

static uint64_t hash_of(struct demo_options options) {
    struct folder f;
    folder_write(&f, &options);
    uint64_t hash = folder_hash(&f);
    folder_close(&f);
    return hash;
}

static void demo_of_one_seed_is_the_same_and_of_another_is_not(void **state) {
    (void)state;
    struct demo_options one = company(120), other = company(120);
    other.seed = 2;
    assert_true(hash_of(one) == hash_of(one));
    assert_true(hash_of(one) != hash_of(other));
}

/* Known from a run of each compiler. A change of the demo changes it, and is then a decision: people's notes on
 * "customer 10042" no longer fit. */
static void demo_bytes_are_the_same_on_every_machine(void **state) {
    (void)state;
    uint64_t hash = hash_of(company(60));
    if (hash != UINT64_C(0x4efb748b3bd51f00)) {
        fail_msg("the files hash to 0x%016llx", (unsigned long long)hash);
    }
}

static void demo_that_ends_later_keeps_people_and_first_baskets(void **state) {
    (void)state;
    struct folder a, b;
    struct demo_options one = company(200), later = company(200);
    later.until.n += 7;
    folder_write(&a, &one);
    folder_write(&b, &later);
    struct table x = table_of(&a, CUSTOMERS), y = table_of(&b, CUSTOMERS);
    while (row_next(&x)) {
        assert_true(row_next(&y));
        for (size_t i = 0; i < 11; i++) {
            assert_true(str_equal(x.cell[i], y.cell[i]));
        }
    }
    /* The first rows of a customer's first order, by code. */
    struct map first;
    map_init(&first, 0, arena_full_exit, NULL);
    size_t compared = 0;
    for (x = table_of(&a, ORDERS); row_next(&x);) {
        int64_t known;
        if (!map_find(&first, x.cell[2], &known)) {
            map_put(&first, x.cell[2], (int64_t)str_hash(x.cell[12], 1));
        }
    }
    for (y = table_of(&b, ORDERS); row_next(&y);) {
        int64_t known;
        if (map_find(&first, y.cell[2], &known) && known != 0) {
            assert_true(known == (int64_t)str_hash(y.cell[12], 1));
            map_put(&first, y.cell[2], 0);
            compared++;
        }
    }
    assert_true(compared > 150);
    map_clear(&first);
    folder_close(&a);
    folder_close(&b);
}

/* -- readable by our own importers -- */

static void demo_headers_are_all_recognised(void **state) {
    (void)state;
    static const enum field wanted[DEMO_FILES][16] = {
        {FIELD_PRODUCT, FIELD_PRODUCT_NAME, FIELD_PRODUCT_KIND},
        {FIELD_CUSTOMER, FIELD_CUSTOMER_NAME, FIELD_TAX_ID, FIELD_COMPANY, FIELD_REP, FIELD_SEGMENT, FIELD_REGION,
         FIELD_CITY, FIELD_PHONE, FIELD_EMAIL, FIELD_LAST_CONTACT, FIELD_CLOSED_DATE, FIELD_TEXT},
        {FIELD_DOCUMENT, FIELD_DATE, FIELD_CUSTOMER, FIELD_CUSTOMER_NAME, FIELD_TAX_ID, FIELD_COMPANY, FIELD_REP,
         FIELD_SEGMENT, FIELD_REGION, FIELD_CITY, FIELD_STATE, FIELD_TYPE, FIELD_PRODUCT, FIELD_QUANTITY, FIELD_PRICE,
         FIELD_DISCOUNT},
        {FIELD_DOCUMENT, FIELD_PART, FIELD_CUSTOMER, FIELD_COMPANY, FIELD_DATE, FIELD_DUE_DATE, FIELD_VALUE,
         FIELD_OPEN_VALUE, FIELD_CLOSED_DATE, FIELD_STATE},
        {FIELD_DOCUMENT, FIELD_CUSTOMER, FIELD_COMPANY, FIELD_REP, FIELD_DATE, FIELD_DUE_DATE, FIELD_VALUE, FIELD_STATE,
         FIELD_CLOSED_DATE, FIELD_TEXT},
        {FIELD_DOCUMENT, FIELD_CUSTOMER, FIELD_COMPANY, FIELD_DATE, FIELD_CLOSED_DATE, FIELD_TYPE, FIELD_TEXT,
         FIELD_STATE},
    };
    struct folder f;
    struct demo_options options = company(5);
    folder_write(&f, &options);
    for (size_t i = 0; i < DEMO_FILES; i++) {
        struct table t = {.rest = f.file[i]};
        enum field field[CELLS];
        assert_true(row_next(&t));
        field_recognise(&f.arena, demo_file_kinds[i].kind, t.cell, t.cells, field);
        for (size_t k = 0; k < 16 && wanted[i][k] != FIELD_NONE; k++) {
            size_t at = 0;
            while (at < t.cells && field[at] != wanted[i][k]) {
                at++;
            }
            if (at == t.cells) {
                fail_msg("%s: no column for %s", demo_file_kinds[i].name, field_name(wanted[i][k]));
            }
        }
    }
    folder_close(&f);
}

static void demo_words_mean_what_they_say(void **state) {
    (void)state;
    struct folder f;
    struct demo_options options = company(300);
    folder_write(&f, &options);
    int64_t returned = 0, cancelled = 0, freight = 0, gifts = 0;
    struct table t = table_of(&f, ORDERS);
    while (row_next(&t)) {
        struct arena_mark mark = arena_mark_get(&f.arena);
        bool back = document_type_return(&f.arena, t.cell[11]);
        int64_t cents = line_cents(&t);
        assert_int_equal(back, cents < 0);
        returned += back;
        cancelled += document_state_cancelled(&f.arena, t.cell[10]);
        freight += !product_is_goods(&f.arena, t.cell[12], t.cell[13], S(""));
        gifts += cents == 0;
        arena_rewind(&f.arena, mark);
    }
    assert_true(returned > 0 && cancelled > 0 && freight > 0 && gifts > 0);
    for (int32_t i = 0; i < ware_count(); i++) {
        enum family family;
        struct str name = str_from(ware_at(i, &family)->name);
        assert_true(product_is_goods(&f.arena, S("1001"), name, S("")));
    }
    folder_close(&f);
}

/* -- like a real company -- */

static void demo_tax_numbers_are_valid_and_a_few_are_shared(void **state) {
    (void)state;
    struct folder f;
    struct demo_options options = company(2500);
    folder_write(&f, &options);
    struct map seen;
    map_init(&seen, 0, arena_full_exit, NULL);
    int64_t owners = 0, letters = 0, shared = 0, known;
    struct table t = table_of(&f, CUSTOMERS);
    while (row_next(&t)) {
        struct taxid id = taxid_read(t.cell[2]);
        assert_true(id.valid);
        assert_true(id.kind == TAXID_CPF || id.kind == TAXID_CNPJ);
        owners += id.kind == TAXID_CPF;
        letters += id.n > 2 && id.text[2] >= 'A';
        shared += map_find(&seen, t.cell[2], &known);
        map_put(&seen, t.cell[2], 1);
    }
    assert_in_range(owners, 2500 * 12 / 100, 2500 * 18 / 100);
    assert_in_range(letters, 3, 30);
    assert_in_range(shared, 2, 12);
    map_clear(&seen);
    folder_close(&f);
}

static void demo_orders_come_in_the_order_of_working_days(void **state) {
    (void)state;
    struct folder f;
    struct demo_options options = company(300);
    folder_write(&f, &options);
    struct table t = table_of(&f, ORDERS);
    int32_t before = 0;
    while (row_next(&t)) {
        int32_t day = day_of(t.cell[1]);
        assert_true(day >= before && day <= UNTIL);
        before = day;
        assert_in_range((day + 4) % 7, 1, 5);
        assert_false(str_starts(t.cell[1], S("25/12")) || str_starts(t.cell[1], S("01/01")));
    }
    assert_true(before > UNTIL - 5);
    folder_close(&f);
}

static void demo_closed_customers_order_no_more(void **state) {
    (void)state;
    struct folder f;
    struct demo_options options = company(2500);
    folder_write(&f, &options);
    struct map closed;
    map_init(&closed, 0, arena_full_exit, NULL);
    size_t at = column(&f, CUSTOMERS, "Encerrado em");
    struct table t = table_of(&f, CUSTOMERS);
    int64_t n = 0;
    while (row_next(&t)) {
        if (t.cell[at].n > 0) {
            map_put(&closed, t.cell[0], day_of(t.cell[at]));
            n++;
        }
    }
    assert_in_range(n, 8, 60);
    for (t = table_of(&f, ORDERS); row_next(&t);) {
        int64_t day;
        if (map_find(&closed, t.cell[2], &day) && cents_of(t.cell[15]) > 0 && line_cents(&t) > 0) {
            assert_true(day_of(t.cell[1]) < day);
        }
    }
    map_clear(&closed);
    folder_close(&f);
}

static void demo_titles_add_up_to_their_orders(void **state) {
    (void)state;
    struct folder f;
    struct demo_options options = company(300);
    folder_write(&f, &options);
    struct map value;
    map_init(&value, 0, arena_full_exit, NULL);
    struct table t = table_of(&f, ORDERS);
    while (row_next(&t)) {
        int64_t sum = 0;
        (void)map_find(&value, t.cell[0], &sum);
        map_put(&value, t.cell[0], sum + line_cents(&t));
    }
    /* Of the last year all parts are there. */
    int64_t overdue = 0;
    for (t = table_of(&f, TITLES); row_next(&t);) {
        int64_t left = 0;
        assert_true(map_find(&value, t.cell[0], &left));
        map_put(&value, t.cell[0], left - cents_of(t.cell[6]));
        assert_int_equal(cents_of(t.cell[7]) == 0, t.cell[8].n > 0);
        assert_int_equal(t.cell[8].n > 0, str_equal(t.cell[9], S("Pago")));
        overdue += cents_of(t.cell[7]) > 0 && day_of(t.cell[5]) <= UNTIL;
    }
    int64_t whole = 0;
    for (t = table_of(&f, TITLES); row_next(&t);) {
        if (day_of(t.cell[4]) >= UNTIL - 360) {
            int64_t left = 1;
            assert_true(map_find(&value, t.cell[0], &left));
            assert_int_equal(left, 0);
            whole++;
        }
    }
    assert_true(whole > 1000 && overdue > 20);
    map_clear(&value);
    folder_close(&f);
}

/* What the file of orders says of the company. */
struct picture {
    int64_t lines, documents, returned, cancelled, buyers, once;
    int64_t month_cents[12];
    int64_t silent_180; /* customers with an order, but none in the last 180 days */
};

static void picture_make(const struct folder *f, struct picture *out) {
    struct map last, times;
    map_init(&last, 0, arena_full_exit, NULL);
    map_init(&times, 0, arena_full_exit, NULL);
    *out = (struct picture){0};
    struct str number = {0};
    struct table t = table_of(f, ORDERS);
    while (row_next(&t)) {
        out->lines++;
        out->month_cents[(t.cell[1].p[3] - '0') * 10 + (t.cell[1].p[4] - '0') - 1] += line_cents(&t);
        if (str_equal(number, t.cell[0])) {
            continue;
        }
        number = t.cell[0];
        out->documents++;
        out->cancelled += str_equal(t.cell[10], S("Cancelado"));
        out->returned += str_equal(t.cell[11], S("Devolução"));
        if (str_equal(t.cell[11], S("Venda"))) {
            int64_t n = 0;
            (void)map_find(&times, t.cell[2], &n);
            map_put(&times, t.cell[2], n + 1);
            map_put(&last, t.cell[2], day_of(t.cell[1]));
        }
    }
    for (t = table_of(f, CUSTOMERS); row_next(&t);) {
        int64_t n = 0, day = 0;
        if (map_find(&times, t.cell[0], &n) && map_find(&last, t.cell[0], &day)) {
            out->buyers++;
            out->once += n == 1;
            out->silent_180 += day < UNTIL - 180;
        }
    }
    map_clear(&last);
    map_clear(&times);
}

static void demo_company_looks_like_one(void **state) {
    (void)state;
    struct folder f;
    struct demo_options options = company(2500);
    struct picture p;
    folder_write(&f, &options);
    picture_make(&f, &p);
    assert_in_range(p.documents, 60000, 90000);
    assert_in_range(p.lines, 180000, 250000);
    assert_in_range(p.returned * 1000 / p.documents, 20, 32);
    assert_in_range(p.cancelled * 1000 / p.documents, 12, 30);
    assert_in_range(p.buyers, 2450, 2500);
    assert_in_range(p.once * 100 / p.buyers, 8, 13);
    assert_in_range(p.silent_180 * 100 / p.buyers, 22, 38);
    /* December up, February down; no month is empty. */
    for (size_t m = 0; m < 12; m++) {
        assert_true(m == 1 || p.month_cents[m] > p.month_cents[1]);
        assert_true(m == 11 || p.month_cents[m] < p.month_cents[11]);
    }
    folder_close(&f);
}

static void demo_quotes_are_won_and_lost(void **state) {
    (void)state;
    struct folder f;
    struct demo_options options = company(600);
    folder_write(&f, &options);
    int64_t won = 0, lost = 0, open = 0;
    struct table t = table_of(&f, QUOTES);
    while (row_next(&t)) {
        bool is_lost = str_equal(t.cell[7], S("Perdido")), is_open = str_equal(t.cell[7], S("Em aberto"));
        won += str_equal(t.cell[7], S("Aprovado"));
        lost += is_lost;
        open += is_open;
        assert_int_equal(is_lost, t.cell[9].n > 0);
        assert_int_equal(is_open, t.cell[8].n == 0);
        assert_true(cents_of(t.cell[6]) > 0);
    }
    assert_true(won > lost && lost > won / 3 && open > 0);
    folder_close(&f);
}

/* -- the parts -- */

static void demo_calendar_knows_moving_holidays(void **state) {
    (void)state;
    struct arena arena;
    struct calendar calendar;
    struct day first, day;
    static const int off[][3] = {{2024, 2, 12}, {2024, 2, 13}, {2024, 3, 29},  {2024, 5, 30}, {2025, 6, 19},
                                 {2026, 2, 16}, {2026, 4, 3},  {2024, 11, 20}, {2026, 9, 7},  {2025, 12, 25}};
    static const int on[][3] = {{2024, 2, 14}, {2024, 3, 28}, {2025, 6, 20}, {2026, 11, 16}};
    arena_init(&arena, 0, arena_full_exit, NULL);
    assert_true(day_make(2024, 1, 1, &first));
    calendar_make(&arena, first, 1096, &calendar);
    for (size_t i = 0; i < sizeof off / sizeof *off; i++) {
        assert_true(day_make(off[i][0], off[i][1], off[i][2], &day));
        assert_false(calendar.workday[day.n - first.n]);
    }
    for (size_t i = 0; i < sizeof on / sizeof *on; i++) {
        assert_true(day_make(on[i][0], on[i][1], on[i][2], &day));
        assert_true(calendar.workday[day.n - first.n]);
    }
    arena_clear(&arena);
}

static void demo_dropped_product_is_bought_no_more(void **state) {
    (void)state;
    struct life life = {.size_e2 = 100, .stop = NO_DAY, .pause_from = NO_DAY, .pause_to = NO_DAY};
    struct habit habit = {.ware = {3, 20, 40, 60}, .n = 4, .first_until = 500};
    int64_t before = 0;
    for (int32_t order = 0; order < 200; order++) {
        struct basket basket;
        int32_t day = order * 5;
        basket_make(1, 7, &segments[0], &life, &habit, order, day, 6, &basket);
        for (int32_t i = 0; i < basket.lines; i++) {
            assert_true(basket.line[i].ware != 3 || day < 500);
            before += basket.line[i].ware == 3;
        }
    }
    assert_true(before > 50);
}

/* -- what is refused -- */

static void demo_never_writes_over_a_file(void **state) {
    (void)state;
    struct folder f;
    struct demo_options options = company(10);
    folder_open(&f);
    FILE *mine = fopen(folder_path(&f, ORDERS), "wb");
    assert_non_null(mine);
    fputs("mine\n", mine);
    fclose(mine);
    assert_false(demo_write(&f.cx, str_from(f.path), &options));
    assert_int_equal(f.cx.err.code, ERR_CONFLICT);
    assert_true(str_equal(f.cx.err.key, S("demo.file_there")));
    assert_true(str_equal(file_read(&f, ORDERS), S("mine\n")));
    folder_close(&f); /* and nothing was left beside it */
    assert_int_equal(access(f.path, F_OK), -1);
}

static void demo_refuses_what_it_cannot_make(void **state) {
    (void)state;
    struct demo_options none = company(0), many = company(2000001), long_ago = company(10), old = company(10);
    long_ago.years = 21;
    old.until.n = 300;
    const struct demo_options *const bad[] = {&none, &many, &long_ago, &old};
    for (size_t i = 0; i < 4; i++) {
        struct arena arena;
        arena_init(&arena, 0, arena_full_exit, NULL);
        struct cx cx = {.arena = &arena};
        assert_false(demo_write(&cx, S("/nowhere/at/all"), bad[i]));
        assert_int_equal(cx.err.code, ERR_INVALID);
        arena_clear(&arena);
    }
}

static void no_step(void *owner, struct str what, uint64_t done, uint64_t total) {
    (void)owner, (void)what, (void)done, (void)total;
}

static void demo_company_is_imported_without_a_reject_once(void **state) {
    (void)state;
    struct folder f;
    struct demo_options options = company(80), too_early = company(80);
    struct progress progress = {no_step, NULL};
    struct db *db = NULL;
    struct import_run *run;
    struct score_run score;
    size_t n = 0;
    bool scored = false;
    too_early.until.n = 300;
    folder_open(&f);
    const char *before = getenv("TMPDIR");
    char *parent = before ? str_terminated(&f.arena, str_from(before)) : NULL;
    assert_int_equal(setenv("TMPDIR", f.path, 1), 0);
    struct str path = cx_text(&f.cx, "%s/demo.db", f.path);
    assert_true(db_open(&f.cx, path, DB_CREATE, &db));
    assert_false(demo_make(&f.cx, db, &too_early, 1, progress));
    assert_int_equal(f.cx.err.code, ERR_INVALID);
    cx_clear(&f.cx);
    assert_true(demo_make(&f.cx, db, &options, 1, progress));
    assert_true(import_list(&f.cx, db, &run, &n));
    assert_int_equal(n, DEMO_FILES);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(run[i].counts.rejected, 0);
        assert_int_equal(run[i].counts.added, run[i].counts.rows);
    }
    assert_true(score_run_find(&f.cx, db, &scored, &score));
    assert_true(scored);
    assert_int_equal(score.as_of.n, UNTIL + 1);
    assert_false(demo_make(&f.cx, db, &options, 2, progress));
    assert_int_equal(f.cx.err.code, ERR_CONFLICT);
    db_close(db);
    unlink(str_terminated(&f.arena, path));
    assert_int_equal(parent ? setenv("TMPDIR", parent, 1) : unsetenv("TMPDIR"), 0);
    folder_close(&f); /* and so no folder of the demo's was left in it */
}

static void demo_of_one_customer_is_written(void **state) {
    (void)state;
    struct folder f;
    struct demo_options options = company(1);
    folder_write(&f, &options);
    struct table t = table_of(&f, CUSTOMERS);
    assert_true(row_next(&t));
    assert_false(row_next(&t));
    folder_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(demo_of_one_seed_is_the_same_and_of_another_is_not),
        cmocka_unit_test(demo_bytes_are_the_same_on_every_machine),
        cmocka_unit_test(demo_that_ends_later_keeps_people_and_first_baskets),
        cmocka_unit_test(demo_headers_are_all_recognised),
        cmocka_unit_test(demo_words_mean_what_they_say),
        cmocka_unit_test(demo_tax_numbers_are_valid_and_a_few_are_shared),
        cmocka_unit_test(demo_orders_come_in_the_order_of_working_days),
        cmocka_unit_test(demo_closed_customers_order_no_more),
        cmocka_unit_test(demo_titles_add_up_to_their_orders),
        cmocka_unit_test(demo_company_looks_like_one),
        cmocka_unit_test(demo_quotes_are_won_and_lost),
        cmocka_unit_test(demo_calendar_knows_moving_holidays),
        cmocka_unit_test(demo_dropped_product_is_bought_no_more),
        cmocka_unit_test(demo_never_writes_over_a_file),
        cmocka_unit_test(demo_refuses_what_it_cannot_make),
        cmocka_unit_test(demo_company_is_imported_without_a_reject_once),
        cmocka_unit_test(demo_of_one_customer_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
