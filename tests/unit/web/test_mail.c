// SPDX-License-Identifier: Apache-2.0
/* What people are sent: the customers most worth calling in full and the others as a number, the same in HTML and in text; nothing that a
 * customer's name holds becomes markup, a line of its own or an address. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "web/mail/mail.h"

enum { TODAY = 20000, MANY = 12 };

struct fixture {
    struct arena arena;
    struct cx cx;
    struct customer customer[MANY];
    struct digest_customer full[MANY];
    struct mail_item item[MANY];
    struct volume volume[2];
    struct flow_row month[4];
    struct digest_rep rep[2];
    struct digest digest;
    struct alert_made made;
};

static void customers_make(struct fixture *f) {
    for (int i = 0; i < MANY; i++) {
        struct customer *c = &f->customer[i];
        *c = (struct customer){.id = {i + 1},
                               .code = cx_text(&f->cx, "C%02d", i),
                               .name = cx_text(&f->cx, "Shop %02d", i),
                               .rep = S("R01"),
                               .city = S("Umuarama"),
                               .phone = S("(44) 90000-0000"),
                               .purchases = 9,
                               .first_purchase = {TODAY - 400},
                               .last_purchase = {TODAY - 43},
                               .recency_days = 43,
                               .cycle_e4 = 300000,
                               .at_risk_on = {TODAY - 2},
                               .inactive_on = {TODAY + 5},
                               .last_contact = {TODAY - 10},
                               .last_outcome = CONTACT_OUTCOME_NO_ANSWER,
                               .value_12m = 123456,
                               .abc = 'A'};
        f->full[i] =
            (struct digest_customer){.customer = c, .phone = c->phone, .usual = {S("Coffee"), S("Sugar")}, .usuals = 2};
        f->item[i] = (struct mail_item){c->id.v, ALERT_BECAME_AT_RISK, c->at_risk_on};
    }
}

static int setup(void **state) {
    struct fixture *f = test_calloc(1, sizeof *f);
    arena_init(&f->arena, 0, arena_full_exit, NULL);
    f->cx.arena = &f->arena;
    customers_make(f);
    f->volume[0] =
        (struct volume){.id = 1, .code = S("R01"), .at_risk = 17, .crossed = 4, .not_contacted = 14, .inactive = 40};
    f->volume[1] = (struct volume){.id = 2, .code = S("R02"), .at_risk = 3, .not_contacted = 1, .inactive = 5};
    for (int i = 0; i < 2; i++) {
        struct str group = f->volume[i].code;
        f->month[2 * i] =
            (struct flow_row){.group = group, .month = month_of((struct day){TODAY}) - 1, .became_inactive = 6};
        f->month[2 * i + 1] = (struct flow_row){.group = group, .month = month_of((struct day){TODAY}), .recovered = 2};
        f->rep[i] = (struct digest_rep){.code = group, .people = S("Ana"), .now = f->volume[i], .recovered = 1};
    }
    f->rep[0].at_risk_before = 20;
    f->rep[0].inactive_before = 38;
    f->rep[1].at_risk_before = 3;
    f->rep[1].inactive_before = 5;
    f->digest = (struct digest){.as_of = {TODAY},
                                .since = {TODAY - 1},
                                .customer = f->full,
                                .customers = MANY,
                                .volume = f->volume,
                                .volumes = 2,
                                .month = f->month,
                                .months = 4,
                                .rep = f->rep,
                                .reps = 2};
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    arena_clear(&f->arena);
    test_free(f);
    return 0;
}

static bool holds(struct str in, const char *what) {
    return memmem(in.p, in.n, what, strlen(what)) != NULL;
}

static size_t times(struct str in, const char *what) {
    size_t n = 0, size = strlen(what);
    for (size_t i = 0; i + size <= in.n; i++)
        n += memcmp(in.p + i, what, size) == 0;
    return n;
}

static void make(struct fixture *f, enum lang lang, const char *base, size_t n) {
    const struct mail_digest wish = {
        .style = {.lang = lang, .base = str_from(base), .rule = S("Morning")}, .rep = S("R01"), .told = {f->item, n}};
    assert_true(mail_digest(&f->cx, &f->digest, &wish, &f->made));
}

static void digest_has_all_of_a_customer_in_html_and_in_text(void **state) {
    struct fixture *f = *state;
    make(f, LANG_EN, "https://r.example", 1);
    static const char *const both[] = {"Shop 00",
                                       "C00 · Umuarama · class A · 1,235 in 12 months",
                                       "At risk since 2024-10-02",
                                       "Last order 2024-08-22, 43 days ago. Usually every 30 days.",
                                       "Usually buys: Coffee, Sugar",
                                       "Last contact: 2024-09-24, no answer",
                                       "https://r.example/customers/C00",
                                       "https://r.example/customers/C00/contact",
                                       "https://r.example/notices",
                                       "Morning"};
    for (size_t i = 0; i < sizeof both / sizeof *both; i++) {
        if (!holds(f->made.html, both[i]) || !holds(f->made.text, both[i]))
            print_error("%s\n%.*s\n", both[i], STR_ARG(f->made.text));
        assert_true(holds(f->made.html, both[i]) && holds(f->made.text, both[i]));
    }
    assert_true(str_equal(f->made.subject, S("Shop 00 needs a call")));
    assert_true(holds(f->made.text, "Phone: (44) 90000-0000"));
    assert_true(holds(f->made.html, ">Call (44)\xc2\xa0"
                                    "90000\xe2\x80\x91"
                                    "0000</a>"));
    assert_true(holds(f->made.html, "href=\"tel:44900000000\"") && holds(f->made.html, "src=\"cid:chart\""));
    assert_true(holds(f->made.text, "17 at risk, 4 of them since") && holds(f->made.html, ">17</span>"));
    assert_true(
        holds(f->made.html, "alt=\"2024-09: 6 became inactive, 0 won back; 2024-10: 0 became inactive, 2 won back\""));
    assert_memory_equal(f->made.picture.p, "\x89PNG\r\n", 6);
    make(f, LANG_PT_BR, "https://r.example", 1);
    assert_true(holds(f->made.text, "Pré-inativo desde 02/10/2024") && holds(f->made.html, "lang=\"pt-BR\""));
}

static void digest_shows_some_in_full_and_counts_the_others(void **state) {
    struct fixture *f = *state;
    make(f, LANG_EN, "https://r.example", MANY);
    assert_int_equal(times(f->made.html, "<h2"), DIGEST_FULL + 2); /* the portfolio, the chart */
    assert_true(holds(f->made.html, "And 2 more customers.") && holds(f->made.text, "And 2 more customers."));
    assert_true(str_equal(f->made.subject, S("Calls for today: Shop 00 and 11 more")));
    make(f, LANG_EN, "https://r.example", DIGEST_FULL);
    assert_false(holds(f->made.html, " more customers"));
}

static void digest_neutralises_what_names_hold(void **state) {
    struct fixture *f = *state;
    f->customer[0].name = S("<script>x</script>\r\nBcc: all@example.com");
    f->customer[0].code = S("A/1\"?&#");
    f->full[0].usual[0] = S("\x1b[31mred</p><img src=x onerror=y>");
    make(f, LANG_EN, "https://r.example", 1);
    assert_false(holds(f->made.html, "<script") || holds(f->made.html, "<img src=x") || holds(f->made.html, "\x1b"));
    assert_true(holds(f->made.html, "href=\"https://r.example/customers/A%2F1%22%3F%26%23\""));
    assert_true(memchr(f->made.subject.p, '\n', f->made.subject.n) == NULL);
    assert_false(holds(f->made.text, "\x1b") || holds(f->made.text, "\nBcc"));
}

static void digest_offers_no_call_to_who_must_not_be_called(void **state) {
    struct fixture *f = *state;
    f->full[0].barred = true;
    f->full[0].phone = (struct str){0};
    make(f, LANG_EN, "https://r.example", 1);
    assert_false(holds(f->made.html, "tel:") || holds(f->made.html, "90000") || holds(f->made.text, "90000"));
    assert_true(holds(f->made.html, "Must not be called.") && holds(f->made.text, "Must not be called."));
}

static void digest_without_an_address_of_the_pages_leads_on_inside_them_alone(void **state) {
    struct fixture *f = *state;
    make(f, LANG_EN, "", 1);
    assert_true(holds(f->made.html, "href=\"/customers/C00\""));
    assert_false(holds(f->made.text, "/customers/"));
}

static void digest_of_those_who_came_back_is_no_list_of_calls(void **state) {
    struct fixture *f = *state;
    f->item[0].event = ALERT_REACTIVATED;
    make(f, LANG_EN, "", 1);
    assert_true(str_equal(f->made.subject, S("Shop 00 is back")) && holds(f->made.text, "Who came back"));
    make(f, LANG_EN, "", 2);
    assert_true(str_equal(f->made.subject, S("Calls for today: Shop 00 and 1 more")));
    make(f, LANG_EN, "", 0);
    assert_true(str_equal(f->made.subject, S("Your portfolio: 17 at risk, 14 not worked")));
}

static void digest_does_not_deny_a_contact_that_it_names(void **state) {
    struct fixture *f = *state;
    f->item[0].event = ALERT_UNCONTACTED_A;
    make(f, LANG_EN, "", 1);
    assert_true(holds(f->made.text, "and nobody has talked to them\n"));
    f->item[0].on = (struct day){TODAY - 12}; /* late for longer than the last contact lies back */
    make(f, LANG_EN, "", 1);
    assert_true(holds(f->made.text, "and nobody has talked to them for 10 days\n"));
    assert_true(holds(f->made.html, "and nobody has talked to them for 10 days"));
}

static void digest_carries_memos(void **state) {
    struct fixture *f = *state;
    const struct memo_row memo[] = {{.memo = {.id = 5, .text = S("Ask for\nthe new price")},
                                     .author = S("Bia"),
                                     .customer = S("Shop <3"),
                                     .unread = 7}};
    const struct mail_digest wish = {
        .style = {.lang = LANG_EN, .base = S("https://r.example"), .memo = memo, .memos = 1},
        .rep = S("R01"),
        .told = {f->item, 1}};
    assert_true(mail_digest(&f->cx, &f->digest, &wish, &f->made));
    assert_true(holds(f->made.html, "Bia, about Shop &lt;3") &&
                holds(f->made.text, "Bia, about Shop <3: Ask for the new price"));
    assert_true(holds(f->made.html, "/memos/5") && holds(f->made.html, "And 6 more memos."));
}

static void team_shows_changes_and_who_left_most_first(void **state) {
    struct fixture *f = *state;
    const struct mail_team wish = {.style = {.lang = LANG_EN, .base = S("https://r.example")}, .told = {f->item, 1}};
    assert_true(mail_team(&f->cx, &f->digest, &wish, &f->made));
    assert_true(str_equal(f->made.subject, S("Your team: 20 at risk, 15 not worked")));
    assert_true(holds(f->made.text, "17 at risk (−3), 40 inactive (+2)") && holds(f->made.html, "−3"));
    const char *first = memmem(f->made.html.p, f->made.html.n, "/team/R01", 9),
               *second = memmem(f->made.html.p, f->made.html.n, "/team/R02", 9);
    assert_true(first != NULL && second > first);
    assert_true(holds(f->made.html, "Shop 00"));
}

static void team_of_one_shows_no_other(void **state) {
    struct fixture *f = *state;
    const struct str rep[] = {S("R02")};
    const struct mail_team wish = {.style = {.lang = LANG_EN}, .rep = rep, .n = 1};
    assert_true(mail_team(&f->cx, &f->digest, &wish, &f->made));
    assert_true(str_equal(f->made.subject, S("Your team: 3 at risk, 1 not worked")));
    assert_false(holds(f->made.html, "R01") || holds(f->made.text, "R01"));
    assert_true(holds(f->made.text, "6 became inactive"));
}

static void team_of_many_is_not_cut_off_by_a_mail_program(void **state) {
    struct fixture *f = *state;
    struct digest_rep *rep = arena_new(&f->arena, struct digest_rep, 300);
    for (int i = 0; i < 300; i++)
        rep[i] = (struct digest_rep){.code = cx_text(&f->cx, "R%03d", i),
                                     .people = S("Maria das Graças de Albuquerque"),
                                     .now = {.at_risk = 300, .inactive = 1000, .not_contacted = 300 - i},
                                     .at_risk_before = 250};
    f->digest.rep = rep;
    f->digest.reps = 300;
    const struct mail_team wish = {.style = {.lang = LANG_EN, .base = S("https://reativa.example.com.br")},
                                   .told = {f->item, DIGEST_FULL}};
    assert_true(mail_team(&f->cx, &f->digest, &wish, &f->made));
    assert_true(f->made.html.n < 100000);
    assert_true(holds(f->made.html, "/team/R029") && !holds(f->made.html, "/team/R030"));
    assert_true(holds(f->made.html, "And 270 more portfolios") && holds(f->made.text, "And 270 more portfolios"));
    assert_true(str_equal(f->made.subject, S("Your team: 90,000 at risk, 45,150 not worked")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(digest_has_all_of_a_customer_in_html_and_in_text, setup, teardown),
        cmocka_unit_test_setup_teardown(digest_shows_some_in_full_and_counts_the_others, setup, teardown),
        cmocka_unit_test_setup_teardown(digest_neutralises_what_names_hold, setup, teardown),
        cmocka_unit_test_setup_teardown(digest_offers_no_call_to_who_must_not_be_called, setup, teardown),
        cmocka_unit_test_setup_teardown(digest_without_an_address_of_the_pages_leads_on_inside_them_alone, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(digest_of_those_who_came_back_is_no_list_of_calls, setup, teardown),
        cmocka_unit_test_setup_teardown(digest_does_not_deny_a_contact_that_it_names, setup, teardown),
        cmocka_unit_test_setup_teardown(digest_carries_memos, setup, teardown),
        cmocka_unit_test_setup_teardown(team_shows_changes_and_who_left_most_first, setup, teardown),
        cmocka_unit_test_setup_teardown(team_of_one_shows_no_other, setup, teardown),
        cmocka_unit_test_setup_teardown(team_of_many_is_not_cut_off_by_a_mail_program, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
