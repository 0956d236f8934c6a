// SPDX-License-Identifier: Apache-2.0
/* mail -- see the header. libcurl keeps the connection in its handle and uses it again as long as the server's name and the user stay.
 *
 * The last line that the server said, and the last command it was told, are taken from what libcurl logs: its error codes alone do
 * not tell whose fault it was. Invariant: once the last bytes were handed over, only a code of the server ends in anything but BROKEN.
 */
#include "channel/mail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "channel/library.h"

enum { ANSWER_S = 300, TEXT_MOST = 512 };

struct mail {
    CURL *curl;
    struct mail_server server;
    char *host, *user, *password, *ca_file;
    char trouble[CURL_ERROR_SIZE];
    /* of the message under way */
    const struct mail_wish *wish;
    size_t at;
    bool handed, declined, stopped; /* the last bytes are gone; before_end said no; stop said so */
    int64_t stopped_us;             /* when, if the last bytes were gone by then */
    bool leaving;                   /* the good-bye was said: what is answered to it is about no message */
    enum mail_stage stage;
    int code;
    char words[MAIL_WORDS];
    size_t words_n;
};

/* ---- what the library tells ---- */

static int code_of(const char *p, size_t n) {
    int code = 0;
    for (size_t i = 0; i < 3; i++) {
        if (i >= n || p[i] < '0' || p[i] > '9')
            return 0;
        code = code * 10 + (p[i] - '0');
    }
    return n == 3 || p[3] == ' ' || p[3] == '-' || p[3] == '\r' || p[3] == '\n' ? code : 0;
}

/* In one line, well-formed, as much as there is room for. */
static void words_add(struct mail *mail, const char *p, size_t n) {
    if (mail->words_n > 0 && mail->words_n < MAIL_WORDS)
        mail->words[mail->words_n++] = ' ';
    mail->words_n = library_words(mail->words, mail->words_n, p, n);
}

static void server_said(struct mail *mail, const char *p, size_t n) {
    int code = code_of(p, n);
    while (n > 0 && (p[n - 1] == '\r' || p[n - 1] == '\n'))
        n--;
    /* The answer to DATA may be seen after the message was handed over; it is not about it. */
    if (code == 0 || (mail->handed && code == 354))
        return;
    if (code != mail->code)
        mail->words_n = 0;
    mail->code = code;
    words_add(mail, p + 4, n > 4 ? n - 4 : 0);
}

static void server_told(struct mail *mail, const char *p, size_t n) {
    static const struct {
        const char *verb;
        enum mail_stage stage;
    } verbs[] = {{"EHLO", MAIL_CONNECT}, {"HELO", MAIL_CONNECT},   {"STARTTLS", MAIL_CONNECT}, {"AUTH", MAIL_SIGN_IN},
                 {"MAIL", MAIL_SENDER},  {"RCPT", MAIL_RECIPIENT}, {"DATA", MAIL_DATA}};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        size_t length = strlen(verbs[i].verb);
        if (n > length && memcmp(p, verbs[i].verb, length) == 0 && (p[length] == ' ' || p[length] == '\r')) {
            mail->stage = verbs[i].stage;
            break;
        }
    }
    mail->code = 0;
    mail->words_n = 0;
}

static int logged(CURL *curl, curl_infotype kind, char *p, size_t n, void *owner) {
    struct mail *mail = owner;
    (void)curl;
    if (kind == CURLINFO_HEADER_OUT && n >= 4 && memcmp(p, "QUIT", 4) == 0)
        mail->leaving = true;
    else if (kind == CURLINFO_HEADER_IN && !mail->leaving)
        server_said(mail, p, n);
    else if (kind == CURLINFO_HEADER_OUT && !mail->handed && !mail->leaving)
        server_told(mail, p, n);
    return 0;
}

static size_t bytes_give(char *to, size_t size, size_t n, void *owner) {
    struct mail *mail = owner;
    size_t left = mail->wish->bytes.n - mail->at, room = size * n, take = left < room ? left : room;
    if (take == left && !mail->handed) {
        if (mail->wish->before_end != NULL && !mail->wish->before_end(mail->wish->owner)) {
            mail->declined = true;
            return CURL_READFUNC_ABORT;
        }
        mail->handed = true;
        mail->stage = MAIL_FINISH;
        mail->code = 0;
        mail->words_n = 0;
    }
    memcpy(to, mail->wish->bytes.p + mail->at, take);
    mail->at += take;
    return take;
}

static int asked(void *owner, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    struct mail *mail = owner;
    (void)a, (void)b, (void)c, (void)d;
    curl_off_t us = 0;
    mail->stopped = mail->stopped || (mail->wish->stop != NULL && mail->wish->stop(mail->wish->owner));
    if (!mail->stopped || !mail->handed)
        return mail->stopped ? 1 : 0;
    (void)curl_easy_getinfo(mail->curl, CURLINFO_TOTAL_TIME_T, &us);
    if (mail->stopped_us == 0)
        mail->stopped_us = us + 1;
    return us - mail->stopped_us >= MAIL_STOP_S * INT64_C(1000000) ? 1 : 0;
}

/* ---- open, close ---- */

struct mail *mail_open(const struct mail_server *server) {
    struct mail *mail = calloc(1, sizeof *mail);
    library_begin();
    if (mail == NULL)
        return NULL;
    *mail = (struct mail){.curl = curl_easy_init(),
                          .server = *server,
                          .host = library_text(server->host),
                          .user = library_text(server->user),
                          .password = library_text(server->password),
                          .ca_file = library_text(server->ca_file)};
    if (mail->curl != NULL && mail->host != NULL && mail->user != NULL && mail->password != NULL &&
        mail->ca_file != NULL)
        return mail;
    mail_close(mail);
    return NULL;
}

void mail_close(struct mail *mail) {
    if (mail == NULL)
        return;
    if (mail->curl != NULL) {
        /* The good-bye is logged too, to nobody. */
        (void)curl_easy_setopt(mail->curl, CURLOPT_VERBOSE, 0L);
        curl_easy_cleanup(mail->curl);
    }
    free(mail->host);
    free(mail->user);
    if (mail->password != NULL)
        explicit_bzero(mail->password, mail->server.password.n);
    free(mail->password);
    free(mail->ca_file);
    free(mail);
}

/* ---- one message ---- */

static bool text_fits(char *to, const char *before, struct str text, const char *after) {
    int n = snprintf(to, TEXT_MOST, "%s%.*s%s", before, STR_ARG(text), after);
    return n > 0 && n < TEXT_MOST;
}

static bool url_of(const struct mail *mail, struct str from, char *url) {
    struct str host = str_from(mail->host), local, domain;
    bool six = host.n > 0 && memchr(host.p, ':', host.n) != NULL;
    (void)str_cut(from, '@', &local, &domain);
    /* The name we say hello with: this machine's own is often one that a server does not take. */
    int n =
        snprintf(url, TEXT_MOST, "%s://%s%s%s:%d/%.*s", mail->server.security == MAIL_SECURITY_TLS ? "smtps" : "smtp",
                 six ? "[" : "", mail->host, six ? "]" : "", mail->server.port, STR_ARG(domain));
    return n > 0 && n < TEXT_MOST;
}

static bool set_up(struct mail *mail, const char *url, const char *from, struct curl_slist *to) {
    const struct mail_server *server = &mail->server;
    CURL *c = mail->curl;
    curl_easy_reset(c); /* keeps the connection */
    bool good = library_server(c, server, mail->ca_file, ANSWER_S);
#define SET(option, value) good = good && curl_easy_setopt(c, (option), (value)) == CURLE_OK
    SET(CURLOPT_URL, url);
    SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    if (mail->user[0] != '\0') {
        SET(CURLOPT_USERNAME, mail->user);
        SET(CURLOPT_PASSWORD, mail->password);
    }
    SET(CURLOPT_MAIL_FROM, from);
    SET(CURLOPT_MAIL_RCPT, to);
    SET(CURLOPT_UPLOAD, 1L);
    SET(CURLOPT_INFILESIZE_LARGE,
        (curl_off_t)mail->wish->bytes.n); /* servers that say how much they take are asked first */
    SET(CURLOPT_READFUNCTION, bytes_give);
    SET(CURLOPT_READDATA, mail);
    SET(CURLOPT_VERBOSE, 1L);
    SET(CURLOPT_DEBUGFUNCTION, logged);
    SET(CURLOPT_DEBUGDATA, mail);
    SET(CURLOPT_NOPROGRESS, 0L);
    SET(CURLOPT_XFERINFOFUNCTION, asked);
    SET(CURLOPT_XFERINFODATA, mail);
    SET(CURLOPT_ERRORBUFFER, mail->trouble);
#undef SET
    return good;
}

static CURLcode perform(struct mail *mail, const char *url, const char *from, struct curl_slist *to) {
    mail->at = 0;
    mail->stopped_us = 0;
    mail->handed = mail->declined = mail->stopped = mail->leaving = false;
    mail->stage = MAIL_CONNECT;
    mail->code = 0;
    mail->words_n = 0;
    mail->trouble[0] = '\0';
    return set_up(mail, url, from, to) ? curl_easy_perform(mail->curl) : CURLE_OUT_OF_MEMORY;
}

/* The server let us in some time ago and has closed the door since, which shows only when the next message begins. */
static bool gone_stale(const struct mail *mail, CURLcode code) {
    long connects = 1;
    (void)curl_easy_getinfo(mail->curl, CURLINFO_NUM_CONNECTS, &connects);
    return code != CURLE_OK && connects == 0 && !mail->handed && !mail->declined && !mail->stopped &&
           (mail->code == 0 || mail->code == 421);
}

/* ---- what it means ---- */

static enum mail_end end_of(const struct mail *mail, CURLcode code, bool *server) {
    int kind = mail->code / 100;
    *server = false;
    if (code == CURLE_OK)
        return MAIL_TAKEN;
    if (mail->handed) {
        if (kind == 4 || kind == 5) {
            *server = mail->code == 421;
            return kind == 5 ? MAIL_REFUSED : MAIL_LATER;
        }
        *server = true;
        return kind == 2 ? MAIL_TAKEN : MAIL_BROKEN;
    }
    /* 5xx to what every message begins with is about the server's settings or ours; but for one that is too large. */
    bool ours = mail->stage >= MAIL_RECIPIENT || (mail->stage == MAIL_SENDER && mail->code == 552);
    *server = !mail->declined && !mail->stopped && (!ours || mail->code == 421 || mail->code == 0);
    return kind == 5 && ours ? MAIL_REFUSED : MAIL_LATER;
}

static void answer(struct mail *mail, CURLcode code, struct mail_answer *out) {
    curl_off_t us = 0;
    (void)curl_easy_getinfo(mail->curl, CURLINFO_TOTAL_TIME_T, &us);
    *out = (struct mail_answer){.stage = mail->stage, .code = mail->code, .ms = us / 1000};
    out->end = end_of(mail, code, &out->server);
    if (out->end != MAIL_TAKEN && (mail->code < 400 || mail->words_n == 0)) {
        struct str trouble = str_from(mail->trouble[0] != '\0' ? mail->trouble : curl_easy_strerror(code));
        out->code = mail->code < 400 ? 0 : mail->code;
        mail->words_n = 0;
        words_add(mail, trouble.p, trouble.n);
    }
    memcpy(out->words, mail->words, mail->words_n);
    out->words_n = mail->words_n;
}

void mail_send(struct mail *mail, const struct mail_wish *wish, struct mail_answer *out) {
    char url[TEXT_MOST], from[TEXT_MOST], to[TEXT_MOST];
    struct curl_slist *recipients = NULL;
    CURLcode code = CURLE_OUT_OF_MEMORY;
    mail->wish = wish;
    bool good = url_of(mail, wish->from, url) && text_fits(from, "<", wish->from, ">") &&
                text_fits(to, "<", wish->to, ">") && (recipients = curl_slist_append(NULL, to)) != NULL;
    if (good) {
        code = perform(mail, url, from, recipients);
        if (gone_stale(mail, code))
            code = perform(mail, url, from, recipients);
    }
    answer(mail, code, out);
    curl_slist_free_all(recipients);
    mail->wish = NULL;
}
