// SPDX-License-Identifier: Apache-2.0
/* commands -- what must hold for every command of the table: its texts in both languages, its options, its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "cli/command.h"
#include "cli/commands.h"
#include "core/column.h"

static int setup(void **state) {
    static struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    *state = &arena;
    return 0;
}

static int teardown(void **state) {
    arena_clear(*state);
    return 0;
}

static void assert_in_catalogs(struct str key) {
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        if (catalog_find((enum lang)lang, key) == NULL)
            fail_msg("no text for %.*s", STR_ARG(key));
    }
}

static void every_command_has_its_texts_in_both_languages(void **state) {
    for (size_t i = 0; command_table[i] != NULL; i++) {
        assert_in_catalogs(command_key(*state, command_table[i], "summary"));
        assert_in_catalogs(command_key(*state, command_table[i], "about"));
        assert_in_catalogs(command_key(*state, command_table[i], "examples"));
        struct option_tables tables = command_tables(command_table[i]);
        for (size_t t = 0; t < OPTION_TABLES && tables.table[t] != NULL; t++) {
            for (const struct option_def *def = tables.table[t]; def->kind != OPTION_END; def++)
                assert_in_catalogs(str_from(def->help));
        }
    }
}

static void every_column_has_a_title_and_an_explanation(void **state) {
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        char key[80];
        (void)state;
        snprintf(key, sizeof key, "column.%s", column_defs[i].name);
        assert_in_catalogs(str_from(key));
        snprintf(key, sizeof key, "cli_column.%s", column_defs[i].name);
        assert_in_catalogs(str_from(key));
    }
}

static void every_word_in_a_table_has_a_translation(void **state) {
    static const char *const keys[] = {
        "status.prospect",    "status.new",        "status.active",       "status.at_risk",
        "status.inactive",    "status.lost",       "status.closed",       "rfm.champions",
        "rfm.loyal",          "rfm.new",           "rfm.potential_loyal", "rfm.promising",
        "rfm.need_attention", "rfm.cannot_lose",   "rfm.about_to_sleep",  "rfm.at_risk",
        "rfm.hibernating",    "rfm.lost",          "cli_kind.orders",     "cli_kind.customers",
        "cli_kind.products",  "cli_kind.titles",   "cli_kind.quotes",     "cli_kind.tickets",
        "cli_kind.nfe",       "cli_document.sale", "cli_document.return", "cli_document.cancelled"};
    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        assert_in_catalogs(str_from(keys[i]));
}

static void every_command_has_a_name_of_its_own_and_a_run(void **state) {
    (void)state;
    for (size_t i = 0; command_table[i] != NULL; i++) {
        assert_non_null(command_table[i]->run);
        assert_ptr_equal(command_find(str_from(command_table[i]->name)), command_table[i]);
        assert_in_range(command_table[i]->group, 0, COMMAND_GROUPS - 1);
    }
}

/* The command is found before its options are known: a value must never be taken for it. */
static void an_option_takes_a_value_in_every_command_or_in_none(void **state) {
    (void)state;
    for (size_t i = 0; command_table[i] != NULL; i++) {
        struct option_tables tables = command_tables(command_table[i]);
        for (size_t t = 0; t < OPTION_TABLES && tables.table[t] != NULL; t++) {
            for (const struct option_def *def = tables.table[t]; def->kind != OPTION_END; def++) {
                const struct option_def *first = command_option_anywhere(str_from(def->name));
                assert_int_equal(first->kind == OPTION_FLAG, def->kind == OPTION_FLAG);
                assert_int_equal(def->value == NULL, def->kind == OPTION_FLAG);
                assert_int_equal(def->kind == OPTION_CHOICE && def->choices == NULL, 0);
            }
        }
    }
}

static void an_option_stands_once_in_a_command(void **state) {
    (void)state;
    for (size_t i = 0; command_table[i] != NULL; i++) {
        struct option_tables tables = command_tables(command_table[i]);
        for (size_t t = 0; t < OPTION_TABLES && tables.table[t] != NULL; t++) {
            for (const struct option_def *def = tables.table[t]; def->kind != OPTION_END; def++)
                assert_ptr_equal(option_find(&tables, str_from(def->name)), def);
        }
    }
}

static void every_error_has_an_exit_status(void **state) {
    (void)state;
    assert_int_equal(cli_exit_status(ERR_NONE), 0);
    assert_int_equal(cli_exit_status(ERR_USAGE), 2);
    for (int code = ERR_INVALID; code <= ERR_BUG; code++)
        assert_int_equal(cli_exit_status((enum err_code)code), code == ERR_USAGE ? 2 : 1);
}

static void a_password_in_an_address_is_not_shown(void **state) {
    struct str shown = cli_db_shown(*state, S("postgres://ana:secret@host:5432/shop"));
    assert_int_equal(shown.n, strlen("postgres://ana:***@host:5432/shop"));
    assert_memory_equal(shown.p, "postgres://ana:***@host:5432/shop", shown.n);
    struct str path = cli_db_shown(*state, S("a:b@c.db"));
    assert_int_equal(path.n, 8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_command_has_its_texts_in_both_languages, setup, teardown),
        cmocka_unit_test(every_column_has_a_title_and_an_explanation),
        cmocka_unit_test(every_word_in_a_table_has_a_translation),
        cmocka_unit_test(every_command_has_a_name_of_its_own_and_a_run),
        cmocka_unit_test(an_option_takes_a_value_in_every_command_or_in_none),
        cmocka_unit_test(an_option_stands_once_in_a_command),
        cmocka_unit_test(every_error_has_an_exit_status),
        cmocka_unit_test_setup_teardown(a_password_in_an_address_is_not_shown, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
