// SPDX-License-Identifier: Apache-2.0
/* Erasing a customer empties every text of every table that tells who it was, in any way of writing, and no text of anybody else; and does
 * so again in an older copy that is brought back.
 */
#include "../store/fixture.h"

#include "app/erase.h"
#include "store/backup.h"

enum { TODAY = 20000 };
static const int64_t NOW_US = INT64_C(20000) * 86400000000;

#define MESSAGES                                                                                                       \
    "INSERT INTO message (id, cause, recipient, day, channel, kind, state, user_id, customer_id, address, subject, "   \
    "fold, token, header, person_id, from_user_id, template_id, gateway_id, offer, name, reply_to, made_us, due_us) "  \
    "VALUES "
#define REST ", 0, 0, 0, 0, '', '', '', 1, 1)"

/* 1 is to be erased and 2 was merged into it; 3 is somebody else. Each text of 1, 2 and the person there holds one of the words. */
static const char *const filled[] = {
    "INSERT INTO customer (id, code, name, name_fold, tax_id, phone, email, place) VALUES "
    "(1, 'K1', 'Zélia Quaresma', 'zelia quaresma', '52998224725', '(11) 98123-4567', 'zelia@quaresma.example', 7), "
    "(3, 'K3', 'Other', 'other', '', '(11) 97777-0003', 'other@example.com', 9)",
    "INSERT INTO duplicate_absorbed (id, code, company_id, rep_id, segment_id, region_id, city_id, name, name_fold, "
    "tax_id, "
    "phone, email) VALUES (2, 'K2', 0, 0, 0, 0, 0, 'Quaresma ME', 'quaresma me', '', '1133221100', '')",
    "INSERT INTO duplicate_merge (customer_id, into_id, main_id, who, made_us) VALUES (2, 1, 1, 'ana', 5)",
    "INSERT INTO duplicate_pair (a_id, b_id, kinds, strength_e4, likeness_e4) VALUES (1, 3, 1, 1, 1)",
    "INSERT INTO customer_fact (customer_id, import_id, part, source, name, tax_id, phone, email, company_id, rep_id, "
    "segment_id, "
    "region_id, city_id, place) VALUES (1, 1, 0, 2, 'Zélia Quaresma', '', '(11) 98123-4567', '', 0, 0, 0, 0, 0, 7), "
    "(2, 1, 0, 2, 'Quaresma ME', '', '1133221100', 'me@quaresma.example', 0, 0, 0, 0, 0, NULL), "
    "(3, 1, 0, 2, 'Other', '', '(11) 97777-0003', 'other@example.com', 0, 0, 0, 0, 0, 9)",
    "INSERT INTO person (id, customer_id, name, position, phone, email, consent_phone, consent_source, token, made_us) "
    "VALUES "
    "(1, 1, 'Gildo Tavares', 'tavares', '2197444-3322', '', 1, 'tavares', 'a', 1), (2, 3, 'Bia', '', '', '', 1, '', "
    "'b', 1)",
    "INSERT INTO contact (id, customer_id, user_id, at_us, day, channel, outcome, note, token, made_us) VALUES "
    "(1, 1, 1, 1, 1, 1, 1, 'tavares', 'a', 1), (2, 3, 1, 1, 1, 1, 1, 'kept', 'b', 1)",
    "INSERT INTO appointment (id, customer_id, user_id, day, minute, channel, note, token, made_us, changed_us) VALUES "
    "(1, 1, 1, 1, 1, 1, 'tavares', 'a', 1, 1), (2, 3, 1, 1, 1, 1, 'kept', 'b', 1, 1)",
    "INSERT INTO customer_note (id, customer_id, user_id, at_us, text, token) VALUES "
    "(1, 1, 1, 1, 'tavares', 'a'), (2, 3, 1, 1, 'kept', 'b')",
    "INSERT INTO memo (id, user_id, customer_id, aim, day, text, text_fold, token, made_us) VALUES "
    "(1, 1, 1, 2, 1, 'tavares', 'tavares', 'a', 1), (2, 1, 0, 2, 1, 'Call Gildo Tavares', 'call gildo tavares', 'b', "
    "1), "
    "(3, 1, 3, 2, 1, 'kept', 'kept', 'c', 1)",
    "INSERT INTO worklist_skip (worklist_id, customer_id, user_id, until_on, why) VALUES (1, 1, 1, 1, 'tavares')",
    "INSERT INTO record (id, customer_id, kind, number, part, state, text, import_id) VALUES "
    "(1, 1, 6, 'T1', '', 'open', 'tavares', 1), (2, 3, 6, 'T2', '', 'open', 'kept', 1)",
    "INSERT INTO record_before (id, by_import, customer_id, kind, number, part, state, text, import_id) VALUES "
    "(1, 2, 2, 6, 'T1', '', 'open', 'tavares', 1)",
    "INSERT INTO transfer (id, state, day, rep_id, along, reason, said, who, made_us, token) VALUES "
    "(1, 2, 1, 1, 0, 'tavares left', 'one', 'ana', 1, 'a'), (2, 2, 1, 1, 0, 'kept', 'q=zelia quaresma', 'ana', 1, "
    "'b'), "
    "(3, 2, 1, 1, 0, 'kept', 'q=other', 'ana', 1, 'c')",
    "INSERT INTO transfer_customer (transfer_id, customer_id, from_rep_id) VALUES (1, 1, 0), (3, 3, 0)",
    "INSERT INTO audit (id, at_us, who, what, subject, before_text, after_text) VALUES "
    "(1, 1, 'ana', 'note', 'K1', '', 'tavares'), (2, 1, 'ana', 'merge', 'K2', 'name=Tavares', ''), "
    "(3, 1, 'ana', 'export', 'x', '', 'q=55 11 98123 4567'), (4, 1, 'ana', 'note', 'K3', '', 'kept')",
    "INSERT INTO import_reject (import_id, seq, file, line, column_name, reason, detail, row_text) VALUES "
    "(1, 1, 'f', 1, '', '', 'tavares', 'K1;tavares'), (1, 2, 'f', 2, '', '', 'x', 'K9;ZELIA  QUARESMA;1'), "
    "(1, 3, 'f', 3, '', '', 'x', 'K11;Other;K1a')",
    "INSERT INTO api_answer (token_id, key, digest, status, body, made_us) VALUES "
    "(1, 'a', '', 201, '{\"customer\":\"K1\",\"note\":\"tavares\"}', 1), (1, 'b', '', 201, '{\"customer\":\"K3\"}', 1)",
    "INSERT INTO webhook_delivery (id, webhook_id, event_id, state, tries_left, due_us, answer) VALUES "
    "(1, 1, 1, 2, 0, 0, 'thanks, zelia@quaresma.example'), (2, 1, 2, 2, 0, 0, 'kept')",
    "INSERT INTO alert_told (customer_id, alert_id, user_id, event, last_on, told_on) VALUES (2, 4, 9, 1, 1, 100), "
    "(3, 4, 9, 1, 1, 101)",
    MESSAGES
    "(1, 'alert:4', 'user:9', 100, 2, 1, 7, 9, 0, 'nine@example.com', 'zequinha and more', 'zequinha', 'a', 'a'" REST
    ", "
    "(2, 'alert:4', 'user:9', 101, 2, 1, 1, 9, 0, 'nine@example.com', 'kept', 'kept', 'b', 'b'" REST ", "
    "(3, 'alert:5', 'user:9', 100, 2, 1, 2, 9, 0, 'nine@example.com', 'zequinha', 'zequinha', 'c', 'c'" REST ", "
    "(4, 'letter:1', 'customer:1', 100, 2, 3, 3, 0, 1, 'zelia@quaresma.example', 'kept', '', 'd', 'd'" REST ", "
    "(5, 'test:x', 'user:9', 100, 2, 2, 3, 9, 0, 'zelia@quaresma.example', 'x', '', 'e', 'e'" REST,
    "INSERT INTO message_body (message_id, text, html, picture) VALUES (1, 'zequinha', 'zequinha', ''), "
    "(2, 'kept', '<a href=\"https://x.example/customers/K11\">kept</a>', ''), "
    "(3, 'zequinha', '<a href=\"https://x.example/customers/K2/contact\">zequinha</a>', ''), "
    "(4, 'zequinha', '', ''), (5, 'Gildo\n  Tavares', '', '')",
    "INSERT INTO mailing_mark (message_id, kind, url, first_us, last_us, times) VALUES (4, 2, "
    "'https://x.example/?zequinha', "
    "1, 1, 1)",
    "INSERT INTO mailing (id, template_id, name, subject, body, offer, offer_text, user_id, one, asked, customers, "
    "left_out, day, token, made_us) VALUES (1, 0, '', 'kept', 'As Gildo Tavares says', 0, '', 1, 0, 0, 1, 0, 1, 'a', "
    "1), "
    "(2, 0, '', 'kept', 'kept', 0, '', 1, 0, 0, 1, 0, 1, 'b', 1)",
    "INSERT INTO upload (id, kind, state, who, made_us, told, place, token) VALUES (1, 2, 4, 'ana', 1, 'x Gildo "
    "Tavares', 'p', 'a'), "
    "(2, 2, 1, 'ana', 1, 'kept', 'p', 'b')",
};

static void fill(struct fixture *f) {
    for (size_t i = 0; i < sizeof filled / sizeof *filled; i++)
        fixture_raw_run(f, filled[i]);
}

static struct erase_wish wish_of(const char *token) {
    static char text[2][64];
    char *to = text[token[0] == 'a'];
    memset(to, token[0], 43);
    return (struct erase_wish){.code = S("K1"), .who = S("ada"), .token = {to, 43}, .now_us = NOW_US, .today = {TODAY}};
}

/* Every text column of every table that is there: a new one is looked at without being named here. */
static void no_text_holds_a_word(struct fixture *f) {
    static const char *const words[] = {"quaresma", "tavares", "zequinha", "98123", "97444", "33221100"};
    const char *line = fixture_raw(
        f, f->pg ? "SELECT table_name, column_name FROM information_schema.columns WHERE data_type = 'text' "
                   "AND table_schema = current_schema() AND table_name NOT LIKE 'v\\_%'"
                 : "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON "
                   "lower(c.type) = 'text' WHERE m.type = 'table'");
    size_t columns = 0;
    for (const char *end; (end = strchr(line, '\n')) != NULL; line = end + 1, columns++) {
        struct str both = {line, (size_t)(end - line)}, table, column;
        assert_true(str_cut(both, '|', &table, &column));
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            const char *sql = str_terminated(
                &f->arena, cx_text(&f->cx, "SELECT count(*) FROM %.*s WHERE lower(\"%.*s\") LIKE '%%%s%%'",
                                   STR_ARG(table), STR_ARG(column), words[i]));
            if (strcmp(fixture_raw(f, sql), "0\n") != 0)
                fail_msg("%s in %.*s", words[i], STR_ARG(both));
        }
    }
    assert_true(columns > 100);
}

static void nobody_else_lost_a_word(struct fixture *f) {
    assert_string_equal(fixture_raw(f, "SELECT name, phone, email, place FROM customer WHERE id = 3"),
                        "Other|(11) 97777-0003|other@example.com|9\n");
    assert_string_equal(fixture_raw(f, "SELECT name, phone, place FROM customer_fact WHERE customer_id = 3"),
                        "Other|(11) 97777-0003|9\n");
    assert_string_equal(fixture_raw(f, "SELECT name, retired_us FROM person WHERE id = 2"), "Bia|0\n");
    assert_string_equal(
        fixture_raw(f, "SELECT (SELECT note FROM contact WHERE id = 2), (SELECT note FROM appointment WHERE id = 2), "
                       "(SELECT text FROM customer_note WHERE id = 2), (SELECT text FROM record WHERE id = 2), "
                       "(SELECT reason FROM transfer WHERE id = 3), (SELECT after_text FROM audit WHERE id = 4), "
                       "(SELECT answer FROM webhook_delivery WHERE id = 2), (SELECT told FROM upload WHERE id = 2), "
                       "(SELECT text FROM memo WHERE id = 3), (SELECT text FROM message_body WHERE message_id = 2), "
                       "(SELECT subject FROM message WHERE id = 2), (SELECT body FROM mailing WHERE id = 2)"),
        "kept|kept|kept|kept|kept|kept|kept|kept|kept|kept|kept|kept\n");
    assert_string_equal(fixture_raw(f, "SELECT row_text FROM import_reject WHERE seq = 3"), "K11;Other;K1a\n");
    assert_string_equal(fixture_raw(f, "SELECT body FROM api_answer WHERE key = 'b'"), "{\"customer\":\"K3\"}\n");
}

static void erased_customer_is_in_no_text_of_any_table(void **state) {
    struct fixture *f = *state;
    struct erase_look look;
    bool clean;
    fill(f);
    fixture_good(f, erase_look(&f->cx, f->db, S("K1"), &look));
    assert_int_equal(look.addresses, 6); /* three phones, two e-mails, a CPF */
    assert_int_equal(look.count.persons, 1);
    assert_int_equal(look.count.facts, 2);
    struct erase_wish wish = wish_of("a");
    fixture_good(f, erase_customer(&f->cx, f->db, &wish, &clean));
    no_text_holds_a_word(f);
    nobody_else_lost_a_word(f);
    assert_string_equal(fixture_raw(f, "SELECT code, who FROM erasure ORDER BY code"), "K1|ada\nK2|ada\n");
    assert_string_equal(
        fixture_raw(f, "SELECT count(*), count(DISTINCT hash) FROM suppression WHERE source = 5 AND channel = 0 AND "
                       "until_on IS NULL AND shown = ''"),
        "6|6\n");
    assert_string_equal(fixture_raw(f, "SELECT tax_id FROM customer WHERE id = 1"), "52998224725\n");
    assert_string_equal(fixture_raw(f, "SELECT state FROM upload ORDER BY id"), "4\n6\n");
    fixture_good(f, erase_customer(&f->cx, f->db, &wish, &clean)); /* the same form again */
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM audit WHERE what = 'erase' AND subject = 'K1'"), "1\n");
    wish = wish_of("b");
    fixture_good(f, erase_customer(&f->cx, f->db, &wish, &clean)); /* and on another day */
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM suppression"), "6\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM audit WHERE what = 'erase' AND after_text > ''"), "2\n");
    wish.code = S("K2");
    fixture_refused(f, erase_customer(&f->cx, f->db, &wish, &clean), ERR_NOT_FOUND, "scope.no_customer");
}

/* What says nothing any more would be taken by every sender in vain; what was told of others waits as before. */
static void messages_to_users_that_named_the_erased_say_nothing_and_are_not_sent(void **state) {
    struct fixture *f = *state;
    bool clean;
    fill(f);
    struct erase_wish wish = wish_of("a");
    fixture_good(f, erase_customer(&f->cx, f->db, &wish, &clean));
    assert_string_equal(fixture_raw(f, "SELECT id, state, address FROM message ORDER BY id"),
                        "1|6|nine@example.com\n2|1|nine@example.com\n3|6|nine@example.com\n4|3|\n5|3|\n");
    assert_string_equal(fixture_raw(f, "SELECT message_id FROM message_body"), "2\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM mailing_mark"), "0\n");
}

static bool again(struct cx *cx, struct db *db, void *owner) {
    return erase_again(cx, db, owner);
}

static void older_copy_that_is_brought_back_is_erased_again(void **state) {
    struct fixture *f = *state;
    struct erase_carried carried;
    bool clean;
    char path[] = "/tmp/reativa-test-erase.XXXXXX";
    assert_true(mkdtemp(path) != NULL);
    struct str copy = cx_text(&f->cx, "%s/copy.db", path);
    fill(f);
    fixture_good(f, backup_write(&f->cx, f->db, copy));
    struct erase_wish wish = wish_of("a");
    fixture_good(f, erase_customer(&f->cx, f->db, &wish, &clean));
    fixture_good(f, erase_collect(&f->cx, f->db, &carried));
    fixture_good(f, backup_replace(&f->cx, f->db, copy, again, &carried));
    no_text_holds_a_word(f);
    nobody_else_lost_a_word(f);
    assert_string_equal(fixture_raw(f, "SELECT code, who, made_us FROM erasure ORDER BY code"),
                        "K1|ada|1728000000000000\nK2|ada|1728000000000000\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM suppression WHERE source = 5"), "6\n");
    unlink(str_terminated(&f->arena, copy));
    rmdir(path);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_ready, fixture_done)

int main(void) {
    const struct CMUnitTest tests[] = {CASE(erased_customer_is_in_no_text_of_any_table),
                                       CASE(messages_to_users_that_named_the_erased_say_nothing_and_are_not_sent),
                                       CASE(older_copy_that_is_brought_back_is_erased_again)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
