// SPDX-License-Identifier: Apache-2.0
/* Rows by customer: nothing is lost or mixed up, whatever the length of codes, the number of threads and the memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/gather.h"
#include "app/settle.h"
#include "base/parallel.h"

enum { CUSTOMERS = 3000, TASKS = 8, TIMES = 5, DAY = 18000 };

static void code_of(size_t customer, char to[40]) {
    snprintf(to, 40, customer % 3 == 0 ? "a-code-that-fits-no-place-%zu" : "c%zu", customer);
}

/* Each task tells of every customer, a row at a time. */
static void rows_put(void *owner, size_t task) {
    struct gather *gather = owner;
    for (size_t i = 0; i < CUSTOMERS * TIMES; i++) {
        char code[40];
        struct gather_row row = {.order = task * CUSTOMERS * TIMES + i};
        struct gather_more more = {.document = i};
        size_t customer = i % CUSTOMERS;
        code_of(customer, code);
        gather_key(&row, (struct str){code, strlen(code)});
        row.cents = (int64_t)customer + (i / CUSTOMERS == 1 ? INT64_C(1) << 40 : 0);
        row.packed = gather_pack(DAY + (int32_t)(i / CUSTOMERS), GATHER_VALUED, 0);
        gather_take(gather, gather_part_of(row.hash), &row, &more, 1);
    }
}

static int64_t value_of(const struct sale_customer *customer) {
    int64_t sum = 0;
    for (uint32_t i = 0; i < customer->days; i++)
        sum += customer->day[i].net_cents;
    return sum;
}

static void gathered_hold(bool documents, size_t limit) {
    struct gather gather;
    struct arena arena = {0};
    struct cx cx = {.arena = &arena};
    gather_open(&gather, documents, false, limit);
    parallel_run(4, TASKS, rows_put, &gather);
    assert_true(gather_check(&cx, &gather));
    struct settle settle = {.gather = &gather, .as_of = {DAY + TIMES}};
    struct settle_room room = {0};
    struct sale_day day[TASKS * TIMES];
    size_t customers = 0;
    for (size_t part = 0; part < GATHER_PARTS; part++) {
        assert_true(settle_part(&cx, &settle, part, &room));
        for (uint32_t c = 0; c < gather.part[part].n; c++) {
            struct sale_customer customer;
            struct str code = gather_code(room.customer[c]);
            char wanted[40];
            size_t number = strtoul(code.p + (code.p[0] == 'c' ? 1 : 26), NULL, 10);
            code_of(number, wanted);
            assert_int_equal(code.n, strlen(wanted));
            assert_memory_equal(code.p, wanted, code.n);
            assert_int_equal(settle_entries(&room, c), TASKS * TIMES);
            settle_customer(&settle, &room, part, c, day, &customer);
            assert_int_equal(customer.purchases, number == 0 ? 1 : TIMES);
            assert_int_equal(value_of(&customer), TASKS * (TIMES * (int64_t)number + (INT64_C(1) << 40)));
            assert_int_equal(room.customer[c]->order, number);
            customers++;
        }
    }
    assert_int_equal(customers, CUSTOMERS);
    settle_room_clear(&room);
    gather_close(&gather);
    arena_clear(&arena);
}

static void rows_of_many_threads_are_all_there(void **state) {
    (void)state;
    gathered_hold(false, 0);
}

static void rows_that_went_to_files_are_all_there(void **state) {
    (void)state;
    gathered_hold(false, 1);
    gathered_hold(true, 1);
}

static void narrow_entries_come_back_as_they_were(void **state) {
    (void)state;
    const int64_t cents[] = {0, 1, -1, (1 << 27) - 1, -(1 << 27)};
    for (size_t i = 0; i < sizeof cents / sizeof *cents; i++) {
        uint32_t packed = gather_pack(19000, GATHER_VALUED, 0);
        assert_true(gather_narrows(12345, packed, cents[i]));
        struct gather_entry entry = gather_widened(gather_narrow(12345, packed, cents[i]));
        assert_int_equal(entry.customer, 12345);
        assert_int_equal(entry.packed, packed);
        assert_int_equal(entry.cents, cents[i]);
    }
    assert_false(gather_narrows(1, gather_pack(19000, GATHER_VALUED, 0), 1 << 27));
    assert_false(gather_narrows(1 << 20, gather_pack(19000, GATHER_VALUED, 0), 1));
    assert_false(gather_narrows(1, gather_pack(19000, GATHER_VALUED | GATHER_RETURN, 0), 1));
    assert_false(gather_narrows(1, gather_pack(19000, GATHER_VALUED, 1), 1));
    assert_false(gather_narrows(1, gather_pack(60000, GATHER_VALUED, 0), 1)); /* later than 16 bits of days */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_many_threads_are_all_there),
        cmocka_unit_test(rows_that_went_to_files_are_all_there),
        cmocka_unit_test(narrow_entries_come_back_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
