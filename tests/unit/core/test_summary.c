// SPDX-License-Identifier: Apache-2.0
/* Headings of summary files: ours, the literature's, those of the usual packages; and words for every fault. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/catalog.h"
#include "core/summary.h"

enum { COLUMNS_MOST = 16 };

/* The fields of this header, as their names with one blank between, - for none. */
static void recognised(const char *header, const char *expected) {
    struct arena arena;
    struct str column[COLUMNS_MOST];
    enum summary_field field[COLUMNS_MOST];
    size_t n = 0;
    arena_init(&arena, 0, arena_full_exit, NULL);
    for (struct str rest = str_from(header); n == 0 || rest.n > 0; n++)
        str_cut(rest, ',', &column[n], &rest);
    summary_recognise(&arena, column, n, field);
    struct buf found;
    buf_init(&found, &arena, 0);
    for (size_t i = 0; i < n; i++)
        buf_printf(&found, "%s%s", i > 0 ? " " : "", field[i] == SUMMARY_NONE ? "-" : summary_field_name(field[i]));
    buf_char(&found, '\0');
    assert_string_equal(found.p, expected);
    arena_clear(&arena);
}

static void summary_headings_of_ours_are_known(void **state) {
    (void)state;
    recognised("customer,x,t_x,T,litt,spend", "customer x t_x T litt spend");
    recognised("T,t_x,x", "T t_x x");
    recognised(" customer , x , t_x , T ,region", "customer x t_x T -");
}

static void summary_headings_of_others_are_known(void **state) {
    (void)state;
    recognised("ID,x,t_x,T,zbar", "customer x t_x T spend");
    recognised("customer_id,frequency,recency,T,monetary_value", "customer x t_x T spend");
    recognised("cust,x,t.x,litt,sales,first,T.cal", "customer x t_x litt - - T");
    recognised("Id,x,t.x,T.cal,Spending", "customer x t_x T -");
    recognised("cliente,frequência,recência,idade,valor médio", "customer x t_x T spend");
}

static void summary_exact_names_come_first(void **state) {
    (void)state;
    recognised("t,T,x,t_x", "- T x t_x");
    recognised("frequency,x,t_x,T", "- x t_x T");
    recognised("id,customer,x,t_x,T", "- customer x t_x T");
    recognised("t,x,tx", "T x t_x");
}

static void summary_days_since_the_last_purchase_are_no_t_x(void **state) {
    (void)state;
    recognised("code,x,recency_days,T", "customer x - T");
}

static void summary_header_of_orders_is_none(void **state) {
    (void)state;
    recognised("invoice,date,customer,value", "- - customer -");
}

static void summary_faults_have_words_in_every_language(void **state) {
    (void)state;
    for (int fault = CBS_FINE + 1; fault < CBS_FAULTS; fault++)
        for (int lang = 0; lang < LANG_COUNT; lang++)
            assert_non_null(catalog_find((enum lang)lang, summary_fault_key((enum cbs_fault)fault)));
    assert_int_equal(summary_fault_key(CBS_FINE).n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(summary_headings_of_ours_are_known),
        cmocka_unit_test(summary_headings_of_others_are_known),
        cmocka_unit_test(summary_exact_names_come_first),
        cmocka_unit_test(summary_days_since_the_last_purchase_are_no_t_x),
        cmocka_unit_test(summary_header_of_orders_is_none),
        cmocka_unit_test(summary_faults_have_words_in_every_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
