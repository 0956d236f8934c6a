// SPDX-License-Identifier: Apache-2.0
/* library -- see the header. */
#include "channel/library.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { CONNECT_S = 20 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static void begin(void) {
    (void)curl_global_init(CURL_GLOBAL_DEFAULT);
}

void library_begin(void) {
    (void)pthread_once(&once, begin);
}

char *library_text(struct str text) {
    char *copy = malloc(text.n + 1);
    if (copy != NULL) {
        if (text.n > 0)
            memcpy(copy, text.p, text.n);
        copy[text.n] = '\0';
    }
    return copy;
}

bool library_server(CURL *curl, const struct mail_server *server, const char *ca_file, int usual_s) {
    long answer_s = server->answer_s > 0 ? server->answer_s : usual_s;
    bool good = true;
#define SET(option, value) good = good && curl_easy_setopt(curl, (option), (value)) == CURLE_OK
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_USE_SSL, (long)(server->security == MAIL_SECURITY_STARTTLS ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    if (ca_file[0] != '\0')
        SET(CURLOPT_CAINFO, ca_file);
    SET(CURLOPT_CONNECTTIMEOUT, (long)(server->connect_s > 0 ? server->connect_s : CONNECT_S));
    SET(CURLOPT_SERVER_RESPONSE_TIMEOUT, answer_s);
    /* A server that gives or takes no bytes any more, without ending the connection. */
    SET(CURLOPT_LOW_SPEED_LIMIT, 1L);
    SET(CURLOPT_LOW_SPEED_TIME, answer_s);
#undef SET
    return good;
}

bool library_post(CURL *curl, const char *url, const char *body, size_t n) {
    bool good = true;
#define SET(option, value) good = good && curl_easy_setopt(curl, (option), (value)) == CURLE_OK
    SET(CURLOPT_URL, url);
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_POST, 1L);
    SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)n);
    SET(CURLOPT_POSTFIELDS, body);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
#undef SET
    return good;
}

size_t library_words(char *to, size_t at, const char *p, size_t n) {
    for (size_t i = 0; i < n;) {
        size_t length = utf8_length(p + i, n - i);
        bool plain = length > 1 || (length == 1 && (unsigned char)p[i] >= ' ' && p[i] != 0x7f);
        if (MAIL_WORDS - at < (plain ? length : 1))
            return at;
        if (plain)
            memcpy(to + at, p + i, length);
        else
            to[at] = '?';
        at += plain ? length : 1;
        i += plain ? length : 1;
    }
    return at;
}
