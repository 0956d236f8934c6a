// SPDX-License-Identifier: Apache-2.0
/* exchange -- one request from its first byte to the last of its answer.
 *
 * The library calls exchange_step when the headers are there, for every piece of the body, and at its end. What has two
 * readings is refused at the first call, before the body is read: that is where smuggled requests come from. A request whose
 * answer may take long is put aside (the connection sleeps) and answered by a slow thread, so that the others on its
 * thread go on. Exchanges are used again, with the memory their arena has grown to.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

#include "http/server_parts.h"

enum { SPARES_MOST = 64, ARENA_MOST = 128 << 20, SPARE_BYTES_MOST = 4 << 20, LOG_LINE = 1024, LOG_PATH_MOST = 200 };

/* ---- the pool ---- */

static _Noreturn void no_memory(void *owner, size_t wanted) {
    (void)owner;
    fprintf(stderr, "reativa: a request asked for %zu bytes more than there are\n", wanted);
    abort();
}

static struct exchange *pool_take(struct http_server *server) {
    pthread_mutex_lock(&server->lock);
    struct exchange *x = server->spare;
    if (x != NULL) {
        server->spare = x->next;
        server->spares--;
    }
    pthread_mutex_unlock(&server->lock);
    if (x == NULL) {
        x = calloc(1, sizeof *x);
        if (x != NULL)
            arena_init(&x->arena, 0, no_memory, NULL);
    }
    return x;
}

static void exchange_free(struct exchange *x) {
    arena_clear(&x->arena);
    free(x);
}

static void pool_give(struct http_server *server, struct exchange *x) {
    struct arena arena = x->arena;
    bool large = arena.used > SPARE_BYTES_MOST;
    arena_reset(&arena);
    *x = (struct exchange){.arena = arena};
    pthread_mutex_lock(&server->lock);
    bool keep = !large && server->spares < SPARES_MOST;
    if (keep) {
        x->next = server->spare;
        server->spare = x;
        server->spares++;
    }
    pthread_mutex_unlock(&server->lock);
    if (!keep)
        exchange_free(x);
}

void exchange_pool_clear(struct http_server *server) {
    while (server->spare != NULL) {
        struct exchange *x = server->spare;
        server->spare = x->next;
        exchange_free(x);
    }
}

void *exchange_new(void *owner, const char *target, struct MHD_Connection *connection) {
    struct http_server *server = owner;
    struct exchange *x = pool_take(server);
    if (x == NULL)
        return NULL;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    x->server = server;
    x->connection = connection;
    x->watched = info != NULL ? info->socket_context : NULL;
    x->began_us = server->config.clock_us();
    x->target = str_terminated(&x->arena, str_from(target));
    x->request = (struct http_request){.arena = &x->arena, .connection = connection, .target = str_from(x->target)};
    snprintf(x->id, sizeof x->id, "%08llx-%llx", (unsigned long long)(server->born & 0xffffffff),
             (unsigned long long)atomic_fetch_add(&server->number, 1) + 1);
    x->request.id = str_from(x->id);
    buf_init(&x->body, &x->arena, HTTP_BODY_MOST);
    watch_move(&server->watch, x->watched, WATCH_READING);
    return x;
}

/* ---- what was asked ---- */

struct str http_header(const struct http_request *request, const char *name) {
    return str_from(MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name));
}

struct seen {
    int host, length, encoding;
};

static enum MHD_Result header_see(void *owner, enum MHD_ValueKind kind, const char *name, const char *value) {
    struct seen *seen = owner;
    (void)kind;
    (void)value;
    seen->host += strcasecmp(name, MHD_HTTP_HEADER_HOST) == 0;
    seen->length += strcasecmp(name, MHD_HTTP_HEADER_CONTENT_LENGTH) == 0;
    seen->encoding += strcasecmp(name, MHD_HTTP_HEADER_TRANSFER_ENCODING) == 0;
    return MHD_YES;
}

static int headers_fault(const struct exchange *x) {
    struct seen seen = {0};
    (void)MHD_get_connection_values(x->connection, MHD_HEADER_KIND, header_see, &seen);
    if (seen.host != 1 || seen.length > 1 || seen.encoding > 1 || (seen.length > 0 && seen.encoding > 0))
        return 400;
    struct str length = http_header(&x->request, MHD_HTTP_HEADER_CONTENT_LENGTH);
    if (length.n > 7 || strtoull(length.n > 0 ? length.p : "0", NULL, 10) > HTTP_BODY_MOST)
        return 413;
    return x->request.target.n > HTTP_TARGET_MOST ? 414 : 0;
}

static bool trusts(const struct http_server *server, struct str address) {
    struct str rest = str_from(server->trusted), one;
    while (rest.n > 0) {
        str_cut(rest, ' ', &one, &rest);
        if (str_equal(one, address))
            return true;
    }
    return false;
}

static struct str socket_address(const struct exchange *x) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char *text = arena_new(x->request.arena, char, INET6_ADDRSTRLEN);
    if (info == NULL || info->client_addr == NULL)
        return (struct str){0};
    const struct sockaddr *at = info->client_addr;
    if (at->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)at)->sin_addr, text, INET6_ADDRSTRLEN);
    else if (at->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)at)->sin6_addr, text, INET6_ADDRSTRLEN);
    return str_starts(str_from(text), S("::ffff:")) ? str_from(text + 7) : str_from(text);
}

/* Of "client, proxy, proxy" the last that is no proxy of ours: what stands before it anybody can have written. */
static struct str forwarded_for(const struct http_server *server, struct str list, struct str address) {
    while (list.n > 0 && trusts(server, address)) {
        size_t from = list.n;
        while (from > 0 && list.p[from - 1] != ',')
            from--;
        struct str one = str_trim((struct str){list.p + from, list.n - from});
        if (one.n == 0 || one.n > INET6_ADDRSTRLEN)
            break;
        address = one;
        list.n = from > 0 ? from - 1 : 0;
    }
    return address;
}

static void from_read(struct exchange *x) {
    struct http_request *r = &x->request;
    r->secure = http_secure(x->server);
    r->address = socket_address(x);
    if (!trusts(x->server, r->address))
        return;
    r->secure = str_equal(http_header(r, "X-Forwarded-Proto"), S("https"));
    r->address = forwarded_for(x->server, http_header(r, "X-Forwarded-For"), r->address);
}

static void target_read(struct exchange *x) {
    struct http_request *r = &x->request;
    struct str path, query;
    str_cut(r->target, '?', &path, &query);
    if (path.n == 0 || path.p[0] != '/' || !http_decode(r->arena, path, false, &r->path) ||
        !http_fields_read(r->arena, query, &r->query))
        r->fault = 400;
}

static void head_read(struct exchange *x, const char *method) {
    struct http_request *r = &x->request;
    r->method_name = str_from(method);
    r->method = str_equal(r->method_name, S("GET"))    ? HTTP_GET
                : str_equal(r->method_name, S("HEAD")) ? HTTP_HEAD
                : str_equal(r->method_name, S("POST")) ? HTTP_POST
                                                       : HTTP_OTHER;
    r->fault = headers_fault(x);
    r->host = http_header(r, MHD_HTTP_HEADER_HOST);
    from_read(x);
    target_read(x);
}

static void body_read(struct exchange *x) {
    struct http_request *r = &x->request;
    struct str type = http_header(r, MHD_HTTP_HEADER_CONTENT_TYPE), name, rest;
    if (x->body.cut)
        r->fault = 413;
    if (r->fault != 0 || x->body.n == 0)
        return;
    str_cut(type, ';', &name, &rest);
    if (!str_equal(str_lower(r->arena, str_trim(name)), S("application/x-www-form-urlencoded")))
        r->fault = 415;
    else if (!http_fields_read(r->arena, buf_str(&x->body), &r->form))
        r->fault = 400;
}

/* ---- what is answered ---- */

static void answer_make(struct exchange *x) {
    struct http_reply *reply = &x->reply;
    x->request.at_us = x->server->config.clock_us();
    *reply = (struct http_reply){.status = 200, .type = S("text/html; charset=utf-8")};
    buf_init(&reply->body, &x->arena, HTTP_REPLY_MOST);
    x->server->handle(x->server->owner, &x->request, reply);
    x->answered = true;
}

static size_t reply_bytes(const struct http_reply *reply) {
    return reply->fixed.n > 0 ? reply->fixed.n : reply->body.n;
}

static enum MHD_Result answer_send(struct exchange *x) {
    const struct http_reply *reply = &x->reply;
    const char *bytes = reply->fixed.n > 0 ? reply->fixed.p : reply->body.p;
    /* The arena is given back only when the library has said that the exchange is over. */
    struct MHD_Response *response =
        MHD_create_response_from_buffer(reply_bytes(reply), (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
    if (response == NULL)
        return MHD_NO;
    if (reply->type.n > 0)
        (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, str_terminated(&x->arena, reply->type));
    (void)MHD_add_response_header(response, "X-Request-Id", x->id);
    for (size_t i = 0; i < reply->headers; i++)
        (void)MHD_add_response_header(response, str_terminated(&x->arena, reply->header[i].name),
                                      str_terminated(&x->arena, reply->header[i].value));
    watch_move(&x->server->watch, x->watched, WATCH_SENDING);
    enum MHD_Result queued = MHD_queue_response(x->connection, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    return queued;
}

static void put_aside(struct exchange *x) {
    struct http_server *server = x->server;
    MHD_suspend_connection(x->connection);
    pthread_mutex_lock(&server->lock);
    x->next = NULL;
    *server->waiting_end = x;
    server->waiting_end = &x->next;
    pthread_cond_signal(&server->work);
    pthread_mutex_unlock(&server->lock);
}

void *exchange_slow_thread(void *given) {
    struct http_server *server = given;
    pthread_mutex_lock(&server->lock);
    for (;;) {
        while (server->waiting == NULL && !server->stop)
            pthread_cond_wait(&server->work, &server->lock);
        struct exchange *x = server->waiting;
        if (x == NULL)
            break;
        server->waiting = x->next;
        if (server->waiting == NULL)
            server->waiting_end = &server->waiting;
        pthread_mutex_unlock(&server->lock);
        answer_make(x);
        MHD_resume_connection(x->connection);
        pthread_mutex_lock(&server->lock);
    }
    pthread_mutex_unlock(&server->lock);
    return NULL;
}

static void body_add(struct exchange *x, const char *data, size_t *n) {
    buf_put(&x->body, (struct str){data, *n});
    *n = 0;
}

enum MHD_Result exchange_step(void *owner, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *data, size_t *n, void **given) {
    struct http_server *server = owner;
    struct exchange *x = *given;
    (void)connection;
    (void)url;
    (void)version;
    if (x == NULL)
        return MHD_NO;
    if (!x->begun) {
        x->begun = true;
        atomic_fetch_add(&server->metrics.in_flight, 1);
        head_read(x, method);
        if (x->request.fault == 0)
            return MHD_YES;
        atomic_fetch_add(&server->metrics.refused, 1);
        answer_make(x); /* before its body is read: it is not wanted */
        http_reply_header(&x->reply, S("Connection"), S("close"));
        return answer_send(x);
    }
    if (*n > 0) {
        body_add(x, data, n);
        return MHD_YES;
    }
    if (!x->whole) {
        x->whole = true;
        body_read(x);
        watch_move(&server->watch, x->watched, WATCH_ANSWERING);
        x->slow = server->slow != NULL && x->request.fault == 0 && server->slow(server->owner, &x->request);
        if (x->slow) {
            put_aside(x);
            return MHD_YES;
        }
        answer_make(x);
    }
    return x->answered ? answer_send(x) : MHD_YES;
}

/* ---- the end ---- */

/* One line, in one write, so that lines of several threads never mix; the query is left out: it holds names of people. */
static void log_write(const struct exchange *x, int status, int64_t took_us) {
    const struct http_request *r = &x->request;
    char line[LOG_LINE], path[LOG_PATH_MOST + 1];
    size_t most = 0;
    for (; most < r->path.n && most < LOG_PATH_MOST; most++) {
        unsigned char c = (unsigned char)r->path.p[most];
        path[most] = c <= ' ' || c == '"' || c == 0x7f ? '?' : (char)c;
    }
    path[most] = '\0';
    int n = snprintf(line, sizeof line,
                     "at=%lld.%06lld id=%s from=%.*s who=%.*s method=%.*s path=%s status=%d bytes=%zu ms=%.3f\n",
                     (long long)(x->began_us / 1000000), (long long)(x->began_us % 1000000), x->id,
                     (int)(r->address.n < 64 ? r->address.n : 64), r->address.n > 0 ? r->address.p : "",
                     (int)(x->reply.who.n < 80 ? x->reply.who.n : 80), x->reply.who.n > 0 ? x->reply.who.p : "",
                     (int)(r->method_name.n < 16 ? r->method_name.n : 16), r->method_name.n > 0 ? r->method_name.p : "",
                     path, status, reply_bytes(&x->reply), (double)took_us / 1000);
    if (n > 0 && write(x->server->config.log, line, (size_t)n) < 0)
        return; /* a log that cannot be written must not stop the work */
}

void exchange_done(void *owner, struct MHD_Connection *connection, void **given, enum MHD_RequestTerminationCode how) {
    struct http_server *server = owner;
    struct exchange *x = *given;
    (void)connection;
    if (x == NULL)
        return;
    *given = NULL;
    int64_t took_us = server->config.clock_us() - x->began_us;
    int status = x->answered && how == MHD_REQUEST_TERMINATED_COMPLETED_OK ? x->reply.status : 0;
    if (x->begun) {
        metrics_count(&server->metrics, status, took_us, x->answered ? reply_bytes(&x->reply) : 0);
        if (server->config.log >= 0)
            log_write(x, x->answered ? x->reply.status : 0, took_us);
    }
    watch_move(&server->watch, x->watched, WATCH_IDLE);
    bool begun = x->begun;
    pool_give(server, x);
    if (begun && atomic_fetch_sub(&server->metrics.in_flight, 1) == 1) {
        pthread_mutex_lock(&server->lock);
        pthread_cond_broadcast(&server->idle);
        pthread_mutex_unlock(&server->lock);
    }
}
