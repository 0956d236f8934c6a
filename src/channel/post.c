// SPDX-License-Identifier: Apache-2.0
/* post -- see the header. A line is a transfer with what it sends and keeps; it lives from post_start to the post_wait that gives it
 * back. Invariant: no socket is opened to an address that open_socket has not judged.
 */
#include "channel/post.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "channel/address.h"
#include "channel/library.h"

static const char *const faults[POST_FAULTS] = {"answered", "private", "unresolved", "unreached",
                                                "late",     "tls",     "broken"};

struct line {
    struct post *post;
    CURL *curl;
    struct curl_slist *headers;
    char *body;
    bool refused; /* an address was */
    struct post_line said;
    struct line *next;
};

struct post {
    CURLM *multi;
    struct line *line; /* under way */
    size_t lines, most;
    bool private_too;
    char *agent;
};

const char *post_fault_name(enum post_fault fault) {
    return faults[fault];
}

struct post *post_open(size_t most, bool private_too, const char *agent) {
    struct post *post = calloc(1, sizeof *post);
    library_begin();
    if (post == NULL)
        return NULL;
    *post = (struct post){.multi = curl_multi_init(), .most = most, .private_too = private_too, .agent = strdup(agent)};
    if (post->multi != NULL && post->agent != NULL)
        return post;
    post_close(post);
    return NULL;
}

static void line_free(struct line *line) {
    if (line->curl != NULL)
        curl_easy_cleanup(line->curl);
    curl_slist_free_all(line->headers);
    free(line->body);
    free(line);
}

static void line_drop(struct line *line) {
    struct post *post = line->post;
    struct line **at = &post->line;
    while (*at != line)
        at = &(*at)->next;
    *at = line->next;
    post->lines--;
    (void)curl_multi_remove_handle(post->multi, line->curl);
    line_free(line);
}

void post_close(struct post *post) {
    if (post == NULL)
        return;
    while (post->line != NULL)
        line_drop(post->line);
    if (post->multi != NULL)
        (void)curl_multi_cleanup(post->multi);
    free(post->agent);
    free(post);
}

/* ---- what the library asks ---- */

static curl_socket_t open_socket(void *owner, curlsocktype purpose, struct curl_sockaddr *address) {
    struct line *line = owner;
    (void)purpose;
    if (!line->post->private_too && !address_public(&address->addr)) {
        line->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* What is past the kept part is not waited for: a status is all that counts. */
static size_t body_take(char *p, size_t size, size_t n, void *owner) {
    struct line *line = owner;
    size_t room = POST_KEPT - line->said.kept_n, all = size * n, take = all < room ? all : room;
    memcpy(line->said.kept + line->said.kept_n, p, take);
    line->said.kept_n += take;
    return take == all ? all : 0;
}

/* ---- one ---- */

static bool set_up(struct line *line, const struct post_wish *wish, const char *url) {
    CURL *c = line->curl;
    bool good = library_post(c, url, line->body, wish->body.n);
#define SET(option, value) good = good && curl_easy_setopt(c, (option), (value)) == CURLE_OK
    SET(CURLOPT_HTTPHEADER, line->headers);
    SET(CURLOPT_USERAGENT, line->post->agent);
    SET(CURLOPT_CONNECTTIMEOUT, (long)POST_CONNECT_S);
    SET(CURLOPT_TIMEOUT, (long)POST_TOTAL_S);
    SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    SET(CURLOPT_OPENSOCKETDATA, line);
    SET(CURLOPT_WRITEFUNCTION, body_take);
    SET(CURLOPT_WRITEDATA, line);
    SET(CURLOPT_PRIVATE, line);
    /* A name still being looked up when its time is over: nobody waits for the thread that looks, it ends by itself. */
    SET(CURLOPT_QUICK_EXIT, 1L);
    /* A new connection each: one that was judged under another setting, or of a name since gone elsewhere, is never used again. */
    SET(CURLOPT_FORBID_REUSE, 1L);
    SET(CURLOPT_FRESH_CONNECT, 1L);
#undef SET
    return good;
}

/* Nothing past its end is looked at: what we are given lies in arenas, where others' bytes follow. */
static bool header_add(struct line *line, struct str header) {
    char *text = library_text(header);
    struct curl_slist *longer = text != NULL ? curl_slist_append(line->headers, text) : NULL;
    free(text);
    if (longer != NULL)
        line->headers = longer;
    return longer != NULL;
}

bool post_start(struct post *post, const struct post_wish *wish) {
    struct line *line = post->lines < post->most ? calloc(1, sizeof *line) : NULL;
    if (line == NULL)
        return false;
    *line = (struct line){.post = post, .curl = curl_easy_init(), .body = library_text(wish->body)};
    line->said.tag = wish->tag;
    char *url = library_text(wish->url);
    /* curl asks "Expect: 100-continue" of large bodies, and waits; few receivers answer it. */
    bool good = line->curl != NULL && line->body != NULL && url != NULL && header_add(line, S("Expect:"));
    for (size_t i = 0; good && i < wish->headers; i++)
        good = header_add(line, wish->header[i]);
    good = good && set_up(line, wish, url) && curl_multi_add_handle(post->multi, line->curl) == CURLM_OK;
    free(url);
    if (!good) {
        line_free(line);
        return false;
    }
    line->next = post->line;
    post->line = line;
    post->lines++;
    return true;
}

size_t post_under_way(const struct post *post) {
    return post->lines;
}

/* ---- how it ended ---- */

static enum post_fault fault_of(const struct line *line, CURLcode code) {
    if (line->said.status > 0)
        return POST_ANSWERED; /* also when the rest of the body was not taken */
    if (line->refused && code != CURLE_OPERATION_TIMEDOUT)
        return POST_PRIVATE;
    switch ((int)code) {
    case CURLE_OK:
        return POST_ANSWERED;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
        return POST_UNRESOLVED;
    case CURLE_COULDNT_CONNECT:
        return POST_UNREACHED;
    case CURLE_OPERATION_TIMEDOUT:
        return POST_LATE;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
        return POST_TLS;
    default:
        return POST_BROKEN;
    }
}

static void ended(struct line *line, CURLcode code, struct post_line *out) {
    curl_off_t us = 0, retry = 0;
    (void)curl_easy_getinfo(line->curl, CURLINFO_RESPONSE_CODE, &line->said.status);
    (void)curl_easy_getinfo(line->curl, CURLINFO_TOTAL_TIME_T, &us);
    (void)curl_easy_getinfo(line->curl, CURLINFO_RETRY_AFTER, &retry);
    line->said.fault = fault_of(line, code);
    line->said.ms = us / 1000;
    line->said.retry_after_s = retry;
    *out = line->said;
    line_drop(line);
}

static bool one_ended(struct post *post, struct post_line *out) {
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(post->multi, &left)) != NULL) {
        char *owner = NULL;
        if (message->msg != CURLMSG_DONE)
            continue;
        CURLcode code = message->data.result;
        (void)curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
        ended((struct line *)(void *)owner, code, out);
        return true;
    }
    return false;
}

bool post_wait(struct post *post, int wait_ms, struct post_line *out) {
    int running = 0;
    (void)curl_multi_perform(post->multi, &running);
    if (one_ended(post, out))
        return true;
    (void)curl_multi_poll(post->multi, NULL, 0, wait_ms, NULL);
    (void)curl_multi_perform(post->multi, &running);
    return one_ended(post, out);
}

void post_wake(struct post *post) {
    (void)curl_multi_wakeup(post->multi);
}
