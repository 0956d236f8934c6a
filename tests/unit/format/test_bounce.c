// SPDX-License-Identifier: Apache-2.0
/* Reports as mail systems write them; the files are those that the fuzz target begins with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "format/bounce.h"
#include "sample.h"

#define assert_text(s, text) assert_true(str_equal((s), S(text)))

static struct bounce mail_read(struct sample *s, const char *name) {
    char path[512];
    const char *root = getenv("REATIVA_SOURCE");
    struct bounce out;
    snprintf(path, sizeof path, "%s/fuzz/corpus/bounce/%s", root != NULL ? root : ".", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = arena_new(&s->arena, char, 1 << 20);
    size_t n = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    bounce_read(&s->arena, (struct str){bytes, n}, &out);
    return out;
}

static bool named(const struct bounce *b, const char *id) {
    for (size_t i = 0; i < b->names; i++)
        if (str_equal(b->named[i], str_from(id)))
            return true;
    return false;
}

static void bounce_report_names_its_message_and_its_address(void **state) {
    struct bounce b = mail_read(*state, "report_hard.eml");
    assert_int_equal(b.form, BOUNCE_DELIVERY);
    assert_int_equal(b.recipients, 1);
    assert_text(b.recipient[0].address, "ana@example.com");
    assert_text(b.recipient[0].original, "ana@example.com");
    assert_text(b.recipient[0].action, "failed");
    assert_text(b.recipient[0].status, "5.1.1");
    assert_true(str_starts(b.recipient[0].diagnostic, S("smtp; 550 5.1.1 <ana@example.com>: Recipient address")));
    assert_true(str_ends(b.recipient[0].diagnostic, S("rejected: User unknown"))); /* a folded line is one */
    assert_int_equal(b.names, 1);
    assert_true(named(&b, "abc123@reativa.example"));
    assert_text(b.subject, "Não entregue");
    assert_text(b.text, "A mensagem não pôde ser entregue.");
    assert_text(b.id, "20261122.1@mx.example.net");
}

static void bounce_report_is_the_same_however_it_is_encoded(void **state) {
    static const char *const names[] = {"report_base64.eml", "report_headers_only.eml", "report_latin1.eml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct bounce b = mail_read(*state, names[i]);
        assert_int_equal(b.form, BOUNCE_DELIVERY);
        assert_int_equal(b.recipients, 1);
        assert_text(b.recipient[0].status, "5.1.1");
        assert_true(named(&b, "abc123@reativa.example"));
        assert_text(b.text, "A mensagem não pôde ser entregue.");
    }
}

static void bounce_report_of_two_recipients_tells_both(void **state) {
    struct bounce b = mail_read(*state, "report_two_recipients.eml");
    assert_int_equal(b.recipients, 2);
    assert_text(b.recipient[1].address, "bia@example.com");
    assert_text(b.recipient[1].action, "delivered");
    assert_int_equal(b.recipient[1].original.n, 0);
}

static void bounce_report_without_the_message_names_what_it_answers(void **state) {
    struct bounce b = mail_read(*state, "report_answers.eml");
    assert_int_equal(b.names, 2);
    assert_true(named(&b, "abc123@reativa.example"));
    assert_true(named(&b, "a@b"));
}

static void bounce_complaint_names_its_message_and_its_address(void **state) {
    struct bounce b = mail_read(*state, "complaint.eml");
    assert_int_equal(b.form, BOUNCE_FEEDBACK);
    assert_text(b.feedback, "abuse");
    assert_int_equal(b.recipients, 1);
    assert_text(b.recipient[0].address, "ana@example.com");
    assert_true(named(&b, "abc123@reativa.example"));
    b = mail_read(*state, "complaint_without_address.eml");
    assert_int_equal(b.recipients, 1);
    assert_int_equal(b.recipient[0].address.n, 0);
    assert_text(b.recipient[0].original, "<ana@example.com>"); /* of the message's own To */
}

static void bounce_sentences_are_no_report(void **state) {
    static const char *const names[] = {"plain_absence.eml", "plain_no_header.eml", "plain_nothing.eml",
                                        "plain_binary.eml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct bounce b = mail_read(*state, names[i]);
        assert_int_equal(b.form, BOUNCE_PLAIN);
        assert_int_equal(b.recipients, 0);
    }
    struct bounce b = mail_read(*state, "plain_absence.eml");
    assert_text(b.subject, "Ausência Re: Oferta");
    assert_text(b.from, "Ana <ana@example.com>");
}

static void bounce_malformed_reports_tell_nobody(void **state) {
    assert_int_equal(mail_read(*state, "nested.eml").recipients, 0); /* a part in a part is not looked at */
    assert_int_equal(mail_read(*state, "report_without_values.eml").recipients, 0);
}

static void bounce_texts_are_cut_between_letters(void **state) {
    struct sample *s = *state;
    struct buf mail;
    struct bounce b;
    buf_init(&mail, &s->arena, 0);
    buf_put(&mail, S("Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nx"));
    for (int i = 0; i < 200000; i++)
        buf_put(&mail, S("\xC3\xA9\x1B\r\n"));
    bounce_read(&s->arena, buf_str(&mail), &b);
    assert_true(b.text.n > BOUNCE_TEXT - 4 && b.text.n <= BOUNCE_TEXT);
    assert_true(str_valid_utf8(b.text));
    assert_null(memchr(b.text.p, '\x1B', b.text.n));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sample_set_up, sample_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(bounce_report_names_its_message_and_its_address),
        TEST(bounce_report_is_the_same_however_it_is_encoded),
        TEST(bounce_report_of_two_recipients_tells_both),
        TEST(bounce_report_without_the_message_names_what_it_answers),
        TEST(bounce_complaint_names_its_message_and_its_address),
        TEST(bounce_sentences_are_no_report),
        TEST(bounce_malformed_reports_tell_nobody),
        TEST(bounce_texts_are_cut_between_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
