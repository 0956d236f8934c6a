// SPDX-License-Identifier: Apache-2.0
/* What the answers of a mail server mean for a message, told to a server that says what is written here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "channel/mail.h"

enum { LINE = 600, LOG = 20000 };
#define CUT "" /* instead of an answer the connection ends */

/* What a connection is answered; NULL is what a good server says. */
struct script {
    const char *greeting, *hello, *from, *to, *data, *end;
    const char *
        after; /* once a message was taken the connection is answered by the next script, or ended before the next message */
};

static struct {
    int listener, port;
    pthread_t thread;
    const struct script *script;
    size_t scripts, connections;
    char log[LOG]; /* all that clients said */
} server;

static bool say(FILE *to, const char *text, const char *usual) {
    text = text == NULL ? usual : text;
    return text[0] != '\0' && fprintf(to, "%s\r\n", text) > 0 && fflush(to) == 0;
}

static bool body_read(FILE *from) {
    char line[LINE];
    while (fgets(line, sizeof line, from) != NULL) {
        (void)snprintf(server.log + strlen(server.log), sizeof server.log - strlen(server.log), "%s", line);
        if (strcmp(line, ".\r\n") == 0)
            return true;
    }
    return false;
}

static void talk(FILE *both, const struct script *s) {
    char line[LINE];
    if (!say(both, s->greeting, "220 hello") || s->greeting != NULL)
        return;
    while (fgets(line, sizeof line, both) != NULL) {
        (void)snprintf(server.log + strlen(server.log), sizeof server.log - strlen(server.log), "%s", line);
        bool on = true;
        if (strncmp(line, "EHLO", 4) == 0 || strncmp(line, "HELO", 4) == 0)
            on = say(both, s->hello, "250 hello");
        else if (strncmp(line, "MAIL", 4) == 0)
            on = say(both, s->from, "250 ok");
        else if (strncmp(line, "RCPT", 4) == 0)
            on = say(both, s->to, "250 ok");
        else if (strncmp(line, "DATA", 4) == 0) {
            on = say(both, s->data, "354 go on");
            if (on && (s->data == NULL || s->data[0] == '3'))
                on = body_read(both) && say(both, s->end, "250 taken as 1") && s->after == NULL;
        } else if (strncmp(line, "QUIT", 4) == 0) {
            (void)say(both, NULL, "221 bye");
            on = false;
        } else
            on = say(both, NULL, "502 what?");
        if (!on)
            return;
    }
}

static void *serve(void *given) {
    (void)given;
    for (size_t i = 0; i < server.scripts; i++) {
        int fd = accept(server.listener, NULL, NULL);
        if (fd < 0)
            break;
        server.connections++;
        FILE *both = fdopen(fd, "r+");
        setvbuf(both, NULL, _IONBF, 0);
        talk(both, &server.script[i]);
        fclose(both);
    }
    return NULL;
}

static void begin(const struct script *script, size_t n) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof at;
    memset(&server, 0, sizeof server);
    server.script = script;
    server.scripts = n;
    server.listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(server.listener, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(server.listener, 5), 0);
    assert_int_equal(getsockname(server.listener, (struct sockaddr *)&at, &length), 0);
    server.port = ntohs(at.sin_port);
    assert_int_equal(pthread_create(&server.thread, NULL, serve, NULL), 0);
}

static void finish(void) {
    (void)shutdown(server.listener, SHUT_RDWR);
    pthread_join(server.thread, NULL);
    (void)close(server.listener);
}

static struct mail *opened(void) {
    const struct mail_server to = {.host = S("127.0.0.1"), .port = server.port, .connect_s = 20, .answer_s = 60};
    struct mail *mail = mail_open(&to);
    assert_non_null(mail);
    return mail;
}

static int asked;
static bool let(void *owner) {
    asked++;
    return *(bool *)owner;
}

static struct mail_answer sent(struct mail *mail, bool allowed) {
    const struct mail_wish wish = {.from = S("a@example.com"),
                                   .to = S("b@example.org"),
                                   .bytes = S("Subject: x\r\n\r\n.a dot\r\n.\r\nend\r\n"),
                                   .before_end = let,
                                   .owner = &allowed};
    struct mail_answer answer;
    asked = 0;
    mail_send(mail, &wish, &answer);
    return answer;
}

static void is(const struct mail_answer *answer, enum mail_end end, bool by_server, int code, const char *words) {
    assert_int_equal(answer->end, end);
    assert_int_equal(answer->server, by_server);
    assert_int_equal(answer->code, code);
    if (words != NULL) {
        assert_int_equal(answer->words_n, strlen(words));
        assert_memory_equal(answer->words, words, strlen(words));
    } else {
        assert_true(answer->words_n > 0); /* something is always said */
    }
}

static void mail_answer_means_what_its_stage_and_code_say(void **state) {
    (void)state;
    static const struct {
        struct script script;
        enum mail_end end;
        bool by_server, asked;
        int code;
        const char *words;
    } cases[] = {
        {{.end = "250 2.0.0 taken as 7"}, MAIL_TAKEN, false, true, 250, "2.0.0 taken as 7"},
        {{.end = "554 5.6.0 spam"}, MAIL_REFUSED, false, true, 554, "5.6.0 spam"},
        {{.end = "451 4.3.0 later"}, MAIL_LATER, false, true, 451, "4.3.0 later"},
        {{.end = "421 4.3.2 closing"}, MAIL_LATER, true, true, 421, "4.3.2 closing"},
        {{.end = CUT}, MAIL_BROKEN, true, true, 0, NULL},
        {{.end = "what", .after = "it ends"}, MAIL_BROKEN, true, true, 0, NULL},
        {{.data = "554 no"}, MAIL_REFUSED, false, false, 554, "no"},
        {{.data = "452 full"}, MAIL_LATER, false, false, 452, "full"},
        {{.data = CUT}, MAIL_LATER, true, false, 0, NULL},
        {{.to = "550-5.1.1 nobody\r\n550 of that name"}, MAIL_REFUSED, false, false, 550, "5.1.1 nobody of that name"},
        {{.to = "450 greylisted"}, MAIL_LATER, false, false, 450, "greylisted"},
        {{.to = "421 bye"}, MAIL_LATER, true, false, 421, "bye"},
        {{.to = CUT}, MAIL_LATER, true, false, 0, NULL},
        {{.from = "553 not you"}, MAIL_LATER, true, false, 553, "not you"},
        {{.from = "552 too large"}, MAIL_REFUSED, false, false, 552, "too large"},
        {{.from = "450 not now"}, MAIL_LATER, true, false, 450, "not now"},
        {{.hello = CUT}, MAIL_LATER, true, false, 0, NULL},
        {{.greeting = "554 not for you"}, MAIL_LATER, true, false, 554, "not for you"},
        {{.greeting = "SSH-2.0-x"}, MAIL_LATER, true, false, 0, NULL},
        {{.to = "550 n\xe3o \x01 d\xc3\xa1"}, MAIL_REFUSED, false, false, 550, "n?o ? d\xc3\xa1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(&cases[i].script, 1);
        struct mail *mail = opened();
        struct mail_answer answer = sent(mail, true);
        is(&answer, cases[i].end, cases[i].by_server, cases[i].code, cases[i].words);
        assert_int_equal(asked, cases[i].asked); /* once, or never before the server is ready to take it */
        mail_close(mail);
        finish();
    }
}

static void mail_that_may_not_end_is_not_with_the_server(void **state) {
    (void)state;
    static const struct script good = {0};
    begin(&good, 1);
    struct mail *mail = opened();
    struct mail_answer answer = sent(mail, false);
    assert_int_equal(answer.end, MAIL_LATER);
    assert_false(answer.server);
    mail_close(mail);
    finish();
    assert_null(strstr(server.log, "\r\n.\r\n"));
}

static void mail_arrives_as_it_was_given(void **state) {
    (void)state;
    static const struct script good = {0};
    begin(&good, 1);
    struct mail *mail = opened();
    struct mail_answer answer = sent(mail, true);
    is(&answer, MAIL_TAKEN, false, 250, "taken as 1");
    mail_close(mail);
    finish();
    assert_non_null(strstr(server.log, "EHLO example.com\r\n"));
    assert_non_null(strstr(server.log, "MAIL FROM:<a@example.com>"));
    assert_non_null(strstr(server.log, "RCPT TO:<b@example.org>\r\n"));
    assert_non_null(strstr(
        server.log, "DATA\r\nSubject: x\r\n\r\n..a dot\r\n..\r\nend\r\n.\r\n")); /* dots are doubled on the way */
}

static void mail_uses_one_connection_for_many(void **state) {
    (void)state;
    static const struct script good = {0};
    begin(&good, 1);
    struct mail *mail = opened();
    for (int i = 0; i < 5; i++) {
        struct mail_answer answer = sent(mail, true);
        is(&answer, MAIL_TAKEN, false, 250, "taken as 1");
    }
    mail_close(mail);
    finish();
    assert_int_equal(server.connections, 1);
    assert_non_null(strstr(server.log, "QUIT\r\n"));
}

static void mail_goes_on_after_a_refusal(void **state) {
    (void)state;
    static const struct script scripts[] = {{.to = "550 no"}, {0}};
    begin(scripts, 2);
    struct mail *mail = opened();
    struct mail_answer answer = sent(mail, true);
    is(&answer, MAIL_REFUSED, false, 550, "no");
    answer = sent(mail, true); /* on the same connection, which refuses again, or on a new one */
    assert_true(answer.end == MAIL_TAKEN || answer.end == MAIL_REFUSED);
    mail_close(mail);
    finish();
}

static void mail_makes_a_connection_anew_that_died_between_two_messages(void **state) {
    (void)state;
    static const struct script scripts[] = {{.after = "it ends"}, {0}};
    begin(scripts, 2);
    struct mail *mail = opened();
    struct mail_answer answer = sent(mail, true);
    is(&answer, MAIL_TAKEN, false, 250, "taken as 1");
    answer = sent(mail, true);
    is(&answer, MAIL_TAKEN, false, 250, "taken as 1");
    assert_int_equal(asked, 1);
    mail_close(mail);
    finish();
    assert_int_equal(server.connections, 2);
}

static void mail_to_nobody_is_later_and_says_why(void **state) {
    (void)state;
    static const struct script good = {0};
    begin(&good, 0);
    finish();
    struct mail *mail = opened();
    struct mail_answer answer = sent(mail, true);
    is(&answer, MAIL_LATER, true, 0, NULL);
    assert_int_equal(answer.stage, MAIL_CONNECT);
    mail_close(mail);
}

static bool at_once(void *owner) {
    (void)owner;
    return true;
}

static bool hand_over(void *owner) {
    *(bool *)owner = true;
    return true;
}

static bool when_handed(void *owner) {
    return *(bool *)owner;
}

static void mail_that_is_stopped_before_its_end_is_later(void **state) {
    (void)state;
    static const struct script good = {0};
    begin(&good, 1);
    struct mail *mail = opened();
    const struct mail_wish wish = {
        .from = S("a@example.com"), .to = S("b@example.org"), .bytes = S("x\r\n"), .stop = at_once};
    struct mail_answer answer;
    mail_send(mail, &wish, &answer);
    assert_int_equal(answer.end, MAIL_LATER);
    assert_false(answer.server);
    mail_close(mail);
    finish();
}

static void mail_that_is_stopped_after_its_end_hears_the_answer(void **state) {
    (void)state;
    static const struct script good = {0};
    begin(&good, 1);
    struct mail *mail = opened();
    bool handed = false;
    const struct mail_wish wish = {.from = S("a@example.com"),
                                   .to = S("b@example.org"),
                                   .bytes = S("x\r\n"),
                                   .before_end = hand_over,
                                   .stop = when_handed,
                                   .owner = &handed};
    struct mail_answer answer;
    mail_send(mail, &wish, &answer);
    is(&answer, MAIL_TAKEN, false, 250, "taken as 1");
    mail_close(mail);
    finish();
}

static void mail_of_an_address_that_is_too_long_is_not_sent(void **state) {
    (void)state;
    static const struct script good = {0};
    char much[700];
    memset(much, 'a', sizeof much);
    begin(&good, 0);
    finish();
    struct mail *mail = opened();
    const struct mail_wish wish = {.from = S("a@example.com"), .to = {much, sizeof much}, .bytes = S("x\r\n")};
    struct mail_answer answer;
    mail_send(mail, &wish, &answer);
    assert_int_equal(answer.end, MAIL_LATER);
    mail_close(mail);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mail_answer_means_what_its_stage_and_code_say),
        cmocka_unit_test(mail_that_may_not_end_is_not_with_the_server),
        cmocka_unit_test(mail_arrives_as_it_was_given),
        cmocka_unit_test(mail_uses_one_connection_for_many),
        cmocka_unit_test(mail_goes_on_after_a_refusal),
        cmocka_unit_test(mail_makes_a_connection_anew_that_died_between_two_messages),
        cmocka_unit_test(mail_to_nobody_is_later_and_says_why),
        cmocka_unit_test(mail_that_is_stopped_before_its_end_is_later),
        cmocka_unit_test(mail_that_is_stopped_after_its_end_hears_the_answer),
        cmocka_unit_test(mail_of_an_address_that_is_too_long_is_not_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
