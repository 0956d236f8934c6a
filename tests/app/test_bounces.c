// SPDX-License-Identifier: Apache-2.0
/* Mail that came back bars an address when it is about a message of ours that went to it, and never otherwise, whatever it says. */
#include "../store/fixture.h"

#include "app/bounces.h"
#include "app/outbox.h"
#include "base/secret.h"
#include "store/setting.h"
#include "store/suppression.h"

enum { TODAY = 20000 };
static const int64_t NOW = INT64_C(20000) * 86400 * 1000000, DAY_US = INT64_C(86400) * 1000000;

static int ready(void **state) {
    if (!secret_ready() || fixture_ready(state) != 0)
        return -1;
    struct fixture *f = *state;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, setting_put(&f->cx, f->db, S("mail_host"), S("mail.example")));
    fixture_good(f, db_commit(&f->cx, f->db));
    return 0;
}
#define CASE(name) cmocka_unit_test_setup_teardown(name, ready, fixture_done)

/* A message that went out; what it is known by outside. */
static struct str sent(struct fixture *f, int64_t n, int64_t customer, const char *address, bool gone) {
    struct outbox_wish wish = {.cause = cx_text(&f->cx, "letter:%lld", (long long)n),
                               .recipient = cx_text(&f->cx, "customer:%lld", (long long)customer),
                               .day = {TODAY},
                               .channel = MESSAGE_EMAIL,
                               .kind = customer > 0 ? MESSAGE_LETTER : MESSAGE_ALERT,
                               .customer_id = customer,
                               .user_id = customer > 0 ? 0 : 1,
                               .address = str_from(address),
                               .subject = S("Oferta"),
                               .text = S("Bom dia"),
                               .now_us = NOW};
    struct message m;
    bool again, found;
    int64_t id;
    fixture_good(f, db_write(&f->cx, f->db));
    fixture_good(f, outbox_put(&f->cx, f->db, &wish, &again, &id));
    fixture_good(f, message_find(&f->cx, f->db, id, &found, &m));
    fixture_good(f, db_commit(&f->cx, f->db));
    if (gone)
        fixture_raw_run(
            f, str_terminated(&f->arena, cx_text(&f->cx, "UPDATE message SET state = 3, began_us = 1 WHERE id = %lld",
                                                 (long long)id)));
    return cx_text(&f->cx, "<%.*s@reativa.example>", STR_ARG(m.header));
}

static struct str report(struct fixture *f, struct str id, const char *to, const char *action, const char *status) {
    return cx_text(&f->cx,
                   "From: mailer-daemon@mx.example\r\nSubject: failed\r\nContent-Type: multipart/report; "
                   "report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
                   "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; %s\r\nAction: %s\r\nStatus: %s\r\n"
                   "Diagnostic-Code: smtp; 550 no\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
                   "Message-ID: %.*s\r\n\r\n--b--\r\n",
                   to, action, status, STR_ARG(id));
}

static struct str complaint(struct fixture *f, struct str id, const char *to, const char *type) {
    return cx_text(
        &f->cx,
        "From: staff@isp.example\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\r\n"
        "\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: %s\r\n%s%s\r\n\r\n--b\r\n"
        "Content-Type: message/rfc822\r\n\r\nMessage-ID: %.*s\r\n\r\nx\r\n--b--\r\n",
        type, to[0] != '\0' ? "Original-Rcpt-To: " : "X: ", to, STR_ARG(id));
}

static struct bounces_sum take_at(struct fixture *f, struct str mail, int64_t now_us) {
    bool letter;
    struct bounces_sum sum = {0};
    const struct bounces_batch batch = {
        .mail = &mail, .n = 1, .letter = &letter, .today = {(int32_t)(now_us / DAY_US)}, .now_us = now_us};
    fixture_good(f, bounces_take(&f->cx, f->db, &batch, &sum));
    return sum;
}

static struct bounces_sum take(struct fixture *f, struct str mail) {
    return take_at(f, mail, NOW);
}

static bool barred(struct fixture *f, const char *address, enum suppression_source *source) {
    struct address a;
    struct suppression_hit *hit;
    size_t n;
    assert_true(address_email(str_from(address), &a));
    int64_t hash = suppression_hash(f->db, &a);
    fixture_good(f, db_read(&f->cx, f->db));
    fixture_good(f, suppression_among(&f->cx, f->db, &hash, 1, (struct day){TODAY + 40}, &hit, &n));
    db_rollback(f->db);
    assert_true(n <= 1);
    *source = n > 0 ? hit[0].source : SUPPRESSION_NOBODY;
    return n > 0;
}

static struct bounce_row newest(struct fixture *f) {
    struct bounces_found *found = arena_new(&f->arena, struct bounces_found, 1);
    fixture_good(f, bounces_look(&f->cx, f->db, &(struct bounce_filter){0}, found));
    assert_true(found->n > 0);
    return found->row[0];
}

static void bounce_hard_suppresses_the_address_once(void **state) {
    struct fixture *f = *state;
    enum suppression_source source;
    struct str mail = report(f, sent(f, 1, 5, "Ana@Example.com", true), "ana@example.com", "failed", "5.1.1");
    assert_int_equal(take(f, mail).suppressed, 1);
    assert_true(barred(f, "ana@example.com", &source));
    assert_int_equal(source, SUPPRESSION_BOUNCE);
    assert_int_equal(newest(f).end, BOUNCE_SUPPRESSED);
    /* the same mail read again, and another report of the same message */
    assert_int_equal(take(f, mail).mails, 0);
    assert_int_equal(
        take(f, report(f, sent(f, 2, 5, "ana@example.com", true), "ana@example.com", "failed", "5.1.1")).suppressed, 1);
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM suppression"), "1\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM audit WHERE what = 'suppression' AND who = 'reativa'"),
                        "1\n");
}

static void bounce_that_is_forged_bars_nobody(void **state) {
    struct fixture *f = *state;
    enum suppression_source source;
    struct str id = sent(f, 1, 5, "ana@example.com", true), waiting = sent(f, 2, 6, "eva@example.com", false);
    const struct str mails[] = {
        report(f, S("<guessed@reativa.example>"), "ana@example.com", "failed", "5.1.1"),
        report(f, S("<AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA@reativa.example>"), "ana@example.com", "failed",
               "5.1.1"),
        report(f, id, "bia@example.com", "failed", "5.1.1"),      /* who got ours reports on another */
        report(f, waiting, "eva@example.com", "failed", "5.1.1"), /* it never went out */
        report(f, id, "ana@example.com, x", "failed", "5.1.1"),
        complaint(f, S("<guessed@reativa.example>"), "ana@example.com", "abuse"),
        complaint(f, id, "bia@example.com", "abuse"),
        complaint(f, id, "ana@example.com", "not-spam"),
        cx_text(&f->cx, "In-Reply-To: %.*s\r\n\r\n550 5.1.1 ana@example.com user unknown\r\n", STR_ARG(id)),
        S(""),
        S("\0\xFF\r\n\r\n\r\n"),
    };
    for (size_t i = 0; i < sizeof mails / sizeof *mails; i++) {
        struct bounces_sum sum = take(f, mails[i]);
        assert_int_equal(sum.mails, 1);
        assert_int_equal(sum.suppressed + sum.counted, 0);
    }
    assert_false(barred(f, "ana@example.com", &source) || barred(f, "bia@example.com", &source) ||
                 barred(f, "eva@example.com", &source));
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM bounce"), "11\n"); /* all can be looked at */
}

static void bounce_soft_three_times_is_hard(void **state) {
    struct fixture *f = *state;
    enum suppression_source source;
    struct str first = sent(f, 1, 5, "ana@example.com", true);
    assert_int_equal(take(f, report(f, first, "ana@example.com", "failed", "5.2.2")).counted, 1);
    /* the same message again is the same refusal */
    assert_int_equal(take(f, report(f, first, "ana@example.com", "failed", "4.2.2")).counted, 1);
    assert_int_equal(
        take(f, report(f, sent(f, 2, 5, "ana@example.com", true), "ana@example.com", "failed", "5.2.2")).counted, 1);
    /* delayed is not given up */
    assert_int_equal(
        take(f, report(f, sent(f, 3, 5, "ana@example.com", true), "ana@example.com", "delayed", "4.2.2")).shown, 1);
    /* too long ago for the first two to count */
    assert_int_equal(take_at(f, report(f, sent(f, 4, 5, "ana@example.com", true), "ana@example.com", "failed", "5.2.2"),
                             NOW + 31 * DAY_US)
                         .counted,
                     1);
    assert_false(barred(f, "ana@example.com", &source));
    assert_int_equal(
        take(f, report(f, sent(f, 5, 5, "ana@example.com", true), "ana@example.com", "failed", "5.2.2")).suppressed, 1);
    assert_true(barred(f, "ana@example.com", &source));
}

static void bounce_complaint_suppresses_also_without_the_address(void **state) {
    struct fixture *f = *state;
    enum suppression_source source;
    assert_int_equal(
        take(f, complaint(f, sent(f, 1, 5, "ana@example.com", true), "<ana@example.com>", "abuse")).suppressed, 1);
    assert_true(barred(f, "ana@example.com", &source));
    assert_int_equal(source, SUPPRESSION_COMPLAINT);
    assert_int_equal(take(f, complaint(f, sent(f, 2, 6, "eva@example.com", true), "", "abuse")).suppressed, 1);
    assert_true(barred(f, "eva@example.com", &source));
}

/* Mail programs try for days: the customer may have been erased meanwhile, and what comes back then names nobody. */
static void bounce_of_the_erased_brings_nothing_back(void **state) {
    struct fixture *f = *state;
    struct str id = sent(f, 1, 9, "ana@example.com", true);
    fixture_raw_run(f, "UPDATE message SET address = '', subject = '', fold = ''");
    assert_int_equal(take(f, report(f, id, "ana@example.com", "failed", "5.1.1")).mails, 1);
    assert_int_equal(take(f, complaint(f, id, "ana@example.com", "abuse")).mails, 1);
    assert_int_equal(
        take(f,
             cx_text(&f->cx, "From: ana@example.com\r\nSubject: Ana\r\nIn-Reply-To: %.*s\r\n\r\nAna\r\n", STR_ARG(id)))
            .mails,
        1);
    assert_string_equal(
        fixture_raw(f, "SELECT count(*) FROM bounce WHERE message_id > 0 AND hash = 0 AND address || status || said || "
                       "sender || subject || text || fold IN ('', '5.1.1')"),
        "3\n");
}

static void bounce_of_an_employee_is_shown_and_bars_nobody(void **state) {
    struct fixture *f = *state;
    enum suppression_source source;
    struct str id = sent(f, 1, 0, "rep@example.com", true);
    assert_int_equal(take(f, report(f, id, "rep@example.com", "failed", "5.1.1")).counted, 1);
    assert_false(barred(f, "rep@example.com", &source));
    struct bounce_row *row;
    size_t n;
    fixture_good(f, bounces_of(&f->cx, f->db, 1, &row, &n));
    assert_int_equal(n, 1);
    assert_int_equal(row[0].result, BOUNCE_HARD);
}

static void bounce_place_is_kept_for_its_mailbox_alone(void **state) {
    struct fixture *f = *state;
    struct bounces_place place;
    take(f, S("Subject: x\r\n\r\nhello"));
    const struct bounces_place read = {S("imap.example/INBOX"), 7, 3};
    fixture_good(f, bounces_went_on(&f->cx, f->db, &read));
    fixture_good(f, bounces_place(&f->cx, f->db, S("imap.example/INBOX"), &place));
    assert_int_equal(place.validity, 7);
    assert_int_equal(place.uid, 3);
    fixture_good(f, bounces_place(&f->cx, f->db, S("imap.example/Other"), &place));
    assert_int_equal(place.validity + place.uid, 0);
}

static void bounce_flood_is_swept_and_reports_of_ours_stay(void **state) {
    struct fixture *f = *state;
    take(f, report(f, sent(f, 1, 5, "ana@example.com", true), "ana@example.com", "failed", "5.1.1"));
    take(f, S("Subject: advertising\r\n\r\nbuy"));
    fixture_good(f, bounces_sweep(&f->cx, f->db, NOW + (BOUNCES_OTHER_DAYS - 1) * DAY_US));
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM bounce"), "2\n");
    fixture_good(f, bounces_sweep(&f->cx, f->db, NOW + (BOUNCES_OTHER_DAYS + 1) * DAY_US));
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM bounce"), "1\n");
    take(f, S("Subject: more\r\n\r\nbuy"));
    fixture_raw_run(f, "UPDATE bounce SET id = id + 100000 WHERE message_id > 0"); /* as if so many had come since */
    fixture_good(f, bounces_sweep(&f->cx, f->db, NOW));
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM bounce WHERE message_id = 0"), "0\n");
    assert_string_equal(fixture_raw(f, "SELECT count(*) FROM bounce"), "1\n");
}

static void bounces_are_found_by_text_and_by_what_followed(void **state) {
    struct fixture *f = *state;
    struct bounces_found *found = arena_new(&f->arena, struct bounces_found, 1);
    take(f, report(f, sent(f, 1, 5, "ana@example.com", true), "ana@example.com", "failed", "5.1.1"));
    take(f, S("Subject: =?utf-8?q?Aus=C3=AAncia?=\r\n\r\n100% away"));
    fixture_good(f, bounces_look(&f->cx, f->db, &(struct bounce_filter){.holds = S("AUSENCIA")}, found));
    assert_int_equal(found->n, 1);
    fixture_good(f, bounces_look(&f->cx, f->db, &(struct bounce_filter){.holds = S("%")}, found));
    assert_int_equal(found->n, 0);
    fixture_good(f, bounces_look(&f->cx, f->db, &(struct bounce_filter){.end = BOUNCE_SUPPRESSED}, found));
    assert_int_equal(found->n, 1);
    fixture_good(f, bounces_look(&f->cx, f->db, &(struct bounce_filter){.before = found->row[0].id}, found));
    assert_int_equal(found->n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(bounce_hard_suppresses_the_address_once),
        CASE(bounce_that_is_forged_bars_nobody),
        CASE(bounce_soft_three_times_is_hard),
        CASE(bounce_complaint_suppresses_also_without_the_address),
        CASE(bounce_of_the_erased_brings_nothing_back),
        CASE(bounce_of_an_employee_is_shown_and_bars_nobody),
        CASE(bounce_place_is_kept_for_its_mailbox_alone),
        CASE(bounce_flood_is_swept_and_reports_of_ours_stay),
        CASE(bounces_are_found_by_text_and_by_what_followed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
