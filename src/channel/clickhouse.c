// SPDX-License-Identifier: Apache-2.0
/* clickhouse -- see the header. One handle of the library for all statements, so that a connection is used again.
 *
 * Never ask for progress in headers: with the first of them the server has said 200, and a fault that comes later arrives as if it were rows.
 */
#include "channel/clickhouse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "channel/library.h"

enum { UNAUTHORIZED = 401, FORBIDDEN = 403, GOOD = 200, KEEP_ALIVE_S = 30 };

_Static_assert(CLICKHOUSE_WORDS >= (int)MAIL_WORDS, "library_words fills so many");

static const char *const faults[CLICKHOUSE_FAULTS] = {"done", "refused", "denied", "unreached",
                                                      "late", "tls",     "broken", "stopped"};

struct clickhouse {
    CURL *curl;
    char *base, *shown, *database, *user, *password, *ca_file;
    int answer_s;
};

/* What an answer is read into. */
struct taking {
    CURL *curl;
    clickhouse_line *line;
    void *owner;
    char *rest; /* the beginning of a line whose end is still to come */
    size_t rest_n, rest_room;
    bool stopped, too_long;
    struct clickhouse_answer *out;
};

const char *clickhouse_fault_name(enum clickhouse_fault fault) {
    return faults[fault];
}

bool clickhouse_url(struct str url) {
    return str_starts(url, S("clickhouse://")) || str_starts(url, S("clickhouses://"));
}

/* ---- the address ---- */

static char *part_of(CURLU *url, CURLUPart part, unsigned flags) {
    char *text = NULL, *copy = NULL;
    if (curl_url_get(url, part, &text, flags) == CURLUE_OK) {
        copy = strdup(text);
        curl_free(text);
    }
    return copy;
}

/* JOINED -- texts one after another, to be freed; NULL: no memory. */
#define JOINED(...) joined((const char *const[]){__VA_ARGS__, NULL})
static char *joined(const char *const *part) {
    size_t n = 0;
    for (size_t i = 0; part[i] != NULL; i++)
        n += strlen(part[i]);
    char *text = malloc(n + 1), *at = text;
    for (size_t i = 0; text != NULL && part[i] != NULL; i++)
        at = stpcpy(at, part[i]);
    if (text != NULL)
        *at = '\0';
    return text;
}

static bool address_take(struct clickhouse *ch, CURLU *url, bool tls) {
    char *host = part_of(url, CURLUPART_HOST, 0), *port = part_of(url, CURLUPART_PORT, 0);
    char *path = part_of(url, CURLUPART_PATH, CURLU_URLDECODE);
    if (port == NULL)
        port = strdup(tls ? "8443" : "8123");
    ch->user = part_of(url, CURLUPART_USER, CURLU_URLDECODE);
    ch->password = part_of(url, CURLUPART_PASSWORD, CURLU_URLDECODE);
    if (ch->user == NULL)
        ch->user = strdup("default");
    bool good = host != NULL && port != NULL && ch->user != NULL && path != NULL;
    if (good) {
        ch->database = strdup(strlen(path) > 1 ? path + 1 : "default");
        ch->base = JOINED(tls ? "https://" : "http://", host, ":", port, "/");
        ch->shown = ch->database != NULL ? JOINED(host, ":", port, "/", ch->database) : NULL;
    }
    free(host);
    free(port);
    free(path);
    return good && ch->base != NULL && ch->shown != NULL;
}

struct clickhouse *clickhouse_open(const struct clickhouse_server *server) {
    struct clickhouse *ch = clickhouse_url(server->url) ? calloc(1, sizeof *ch) : NULL;
    CURLU *url = curl_url();
    char *text = library_text(server->url);
    library_begin();
    if (ch != NULL && url != NULL && text != NULL &&
        curl_url_set(url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
        address_take(ch, url, str_starts(server->url, S("clickhouses:")))) {
        ch->curl = curl_easy_init();
        ch->ca_file = library_text(server->ca_file);
        ch->answer_s = server->answer_s;
        if (ch->password == NULL)
            ch->password = library_text(server->password);
    }
    free(text);
    curl_url_cleanup(url);
    if (ch != NULL && ch->curl != NULL && ch->ca_file != NULL && ch->password != NULL)
        return ch;
    clickhouse_close(ch);
    return NULL;
}

void clickhouse_close(struct clickhouse *ch) {
    if (ch == NULL)
        return;
    if (ch->curl != NULL)
        curl_easy_cleanup(ch->curl);
    free(ch->base);
    free(ch->shown);
    free(ch->database);
    free(ch->user);
    free(ch->password);
    free(ch->ca_file);
    free(ch);
}

const char *clickhouse_shown(const struct clickhouse *ch) {
    return ch->shown;
}

const char *clickhouse_database(const struct clickhouse *ch) {
    return ch->database;
}

/* ---- what comes ---- */

static bool rest_add(struct taking *t, const char *p, size_t n) {
    if (n > CLICKHOUSE_LINE_MOST - t->rest_n) {
        t->too_long = true;
        return false;
    }
    if (t->rest_n + n > t->rest_room) {
        size_t room = 2 * (t->rest_n + n);
        char *more = realloc(t->rest, room);
        if (more == NULL)
            return false;
        t->rest = more;
        t->rest_room = room;
    }
    if (n > 0)
        memcpy(t->rest + t->rest_n, p, n);
    t->rest_n += n;
    return true;
}

static bool lines_take(struct taking *t, const char *p, size_t n) {
    while (n > 0) {
        const char *end = memchr(p, '\n', n);
        size_t here = end != NULL ? (size_t)(end - p) : n;
        if (end == NULL || t->rest_n > 0) {
            if (!rest_add(t, p, here))
                return false;
        }
        if (end == NULL)
            return true;
        struct str line = t->rest_n > 0 ? (struct str){t->rest, t->rest_n} : (struct str){p, here};
        t->rest_n = 0;
        if (t->line != NULL && !t->line(t->owner, line)) {
            t->stopped = true;
            return false;
        }
        p += here + 1;
        n -= here + 1;
    }
    return true;
}

static size_t body_take(char *p, size_t size, size_t n, void *owner) {
    struct taking *t = owner;
    long status = 0;
    (void)curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &status);
    if (status == GOOD)
        return lines_take(t, p, size * n) ? size * n : 0;
    t->out->words_n = library_words(t->out->words, t->out->words_n, p, size * n);
    return size * n;
}

/* "Code: 60, e.displayText() = DB::Exception: Table x doesn't exist., e.what() = ..." -- what a person wants of it is in the middle. */
static void words_trim(struct clickhouse_answer *out) {
    static const char begin[] = "DB::Exception: ";
    static const char *const ends[] = {", e.what() =", " (version "};
    struct str words = {out->words, out->words_n};
    for (size_t i = 0; i + sizeof begin - 1 <= words.n; i++) {
        if (memcmp(words.p + i, begin, sizeof begin - 1) == 0) {
            words = (struct str){words.p + i + sizeof begin - 1, words.n - i - (sizeof begin - 1)};
            break;
        }
    }
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
        size_t n = strlen(ends[k]);
        for (size_t i = 0; i + n <= words.n; i++) {
            if (memcmp(words.p + i, ends[k], n) == 0) {
                words.n = i;
                break;
            }
        }
    }
    while (words.n > 0 && (words.p[words.n - 1] == '?' || words.p[words.n - 1] == '.'))
        words.n--;
    memmove(out->words, words.p, words.n);
    out->words_n = words.n;
}

/* ---- one statement ---- */

static bool header_add(struct curl_slist **headers, const char *name, const char *value) {
    char *text = JOINED(name, value);
    struct curl_slist *longer =
        text != NULL && strpbrk(value, "\r\n") == NULL ? curl_slist_append(*headers, text) : NULL;
    free(text);
    if (longer != NULL)
        *headers = longer;
    return longer != NULL;
}

static bool query_add(CURL *curl, char **url, const char *name, struct str value) {
    char *text = curl_easy_escape(curl, value.n > 0 ? value.p : "", (int)value.n);
    char *longer = text != NULL ? JOINED(*url, "&", name, "=", text) : NULL;
    curl_free(text);
    if (longer == NULL)
        return false;
    free(*url);
    *url = longer;
    return true;
}

/* Where the statement has rows with it, it goes into the address and they into the body. */
static char *url_make(const struct clickhouse *ch, const struct clickhouse_wish *wish) {
    char *url = JOINED(ch->base, "?wait_end_of_query=1");
    char *settings = library_text(wish->settings);
    bool good = url != NULL && settings != NULL && query_add(ch->curl, &url, "database", str_from(ch->database));
    if (good && wish->session.n > 0)
        good = query_add(ch->curl, &url, "session_id", wish->session);
    if (good && wish->id.n > 0)
        good = query_add(ch->curl, &url, "query_id", wish->id);
    if (good && wish->data.n > 0)
        good = query_add(ch->curl, &url, "query", wish->sql);
    if (good && wish->settings.n > 0) {
        char *longer = JOINED(url, "&", settings);
        free(url);
        url = longer;
    }
    free(settings);
    if (good)
        return url;
    free(url);
    return NULL;
}

static bool set_up(const struct clickhouse *ch, const struct clickhouse_wish *wish, const char *url,
                   struct curl_slist *headers, struct taking *taking) {
    struct str body = wish->data.n > 0 ? wish->data : wish->sql;
    CURL *c = ch->curl;
    curl_easy_reset(c);
    bool good = library_post(c, url, body.p, body.n);
#define SET(option, value) good = good && curl_easy_setopt(c, (option), (value)) == CURLE_OK
    SET(CURLOPT_HTTPHEADER, headers);
    SET(CURLOPT_CONNECTTIMEOUT, (long)CLICKHOUSE_CONNECT_S);
    SET(CURLOPT_TIMEOUT, (long)ch->answer_s);
    /* A statement may be silent for an hour; a machine that is gone is noticed by this. */
    SET(CURLOPT_TCP_KEEPALIVE, 1L);
    SET(CURLOPT_TCP_KEEPIDLE, (long)KEEP_ALIVE_S);
    SET(CURLOPT_TCP_KEEPINTVL, (long)KEEP_ALIVE_S);
    if (ch->ca_file[0] != '\0')
        SET(CURLOPT_CAINFO, ch->ca_file);
    SET(CURLOPT_WRITEFUNCTION, body_take);
    SET(CURLOPT_WRITEDATA, taking);
#undef SET
    return good;
}

static enum clickhouse_fault fault_of(const struct taking *t, CURLcode code) {
    if (t->stopped)
        return CLICKHOUSE_STOPPED;
    switch ((int)code) {
    case CURLE_OK:
        return t->out->status == GOOD                                          ? CLICKHOUSE_DONE
               : t->out->status == UNAUTHORIZED || t->out->status == FORBIDDEN ? CLICKHOUSE_DENIED
                                                                               : CLICKHOUSE_REFUSED;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
        return CLICKHOUSE_UNREACHED;
    case CURLE_OPERATION_TIMEDOUT: {
        curl_off_t ready_us = 0;
        (void)curl_easy_getinfo(t->curl, CURLINFO_PRETRANSFER_TIME_T, &ready_us);
        return ready_us > 0 ? CLICKHOUSE_LATE : CLICKHOUSE_UNREACHED; /* nothing was asked yet */
    }
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
        return CLICKHOUSE_TLS;
    default:
        return CLICKHOUSE_BROKEN;
    }
}

static void ended(struct taking *t, CURLcode code, size_t sent) {
    struct clickhouse_answer *out = t->out;
    curl_off_t received = 0;
    long head = 0, asked = 0;
    (void)curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &out->status);
    (void)curl_easy_getinfo(t->curl, CURLINFO_SIZE_DOWNLOAD_T, &received);
    (void)curl_easy_getinfo(t->curl, CURLINFO_HEADER_SIZE, &head);
    (void)curl_easy_getinfo(t->curl, CURLINFO_REQUEST_SIZE, &asked);
    out->received = (int64_t)received + head;
    out->sent = (int64_t)sent + asked;
    out->fault = fault_of(t, code);
    if (t->too_long)
        out->fault = CLICKHOUSE_BROKEN;
    if (out->words_n > 0)
        words_trim(out);
    else if (code != CURLE_OK)
        out->words_n = library_words(out->words, 0, curl_easy_strerror(code), strlen(curl_easy_strerror(code)));
}

bool clickhouse_ask(struct clickhouse *ch, const struct clickhouse_wish *wish, struct clickhouse_answer *out) {
    struct curl_slist *headers = NULL;
    *out = (struct clickhouse_answer){.fault = CLICKHOUSE_BROKEN};
    struct taking taking = {.curl = ch->curl, .line = wish->line, .owner = wish->owner, .out = out};
    char *url = url_make(ch, wish);
    if (url != NULL && header_add(&headers, "Expect:", "") && header_add(&headers, "X-ClickHouse-User: ", ch->user) &&
        (ch->password[0] == '\0' || header_add(&headers, "X-ClickHouse-Key: ", ch->password)) &&
        set_up(ch, wish, url, headers, &taking)) {
        CURLcode code = curl_easy_perform(ch->curl);
        ended(&taking, code, wish->data.n > 0 ? wish->data.n : wish->sql.n);
    }
    curl_slist_free_all(headers);
    free(taking.rest);
    free(url);
    return out->fault == CLICKHOUSE_DONE;
}
