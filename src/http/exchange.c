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
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "http/forwarded.h"
#include "http/server_parts.h"

/* A spare may keep SPARE_BYTES_MOST, all together POOL_BYTES_MOST: what one large export took goes back to the system. A list of
 * a million customers takes 13 MB; fetched anew from the system for each page that was a third of its time. */
enum {
    SPARE_BYTES_MOST = 16 << 20,
    POOL_BYTES_MOST = 64 << 20,
    LENGTH_DIGITS = 15,
    UNWANTED_MOST = 64 << 20, /* of a body that is read only so that its sender can read why it is refused */
    LOG_LINE = 1024,
    LOG_WORD_MOST = 80,
    LOG_PATH_MOST = 200
};

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
        server->spare_bytes -= x->room;
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
    multipart_clear(x); /* it knows its files by names in the arena */
    struct arena arena = x->arena;
    size_t room = arena.used > x->room ? arena.used : x->room;
    arena_reset(&arena);
    free(x->packed);
    *x = (struct exchange){.arena = arena, .room = room};
    pthread_mutex_lock(&server->lock);
    bool keep = room <= SPARE_BYTES_MOST && server->spare_bytes + room <= POOL_BYTES_MOST;
    if (keep) {
        x->next = server->spare;
        server->spare = x;
        server->spare_bytes += room;
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
    bool odd; /* a name with something in it that no name holds: a blank before the colon hides a header from a proxy */
};

static bool name_is_odd(const char *name) {
    for (; *name != '\0'; name++)
        if ((unsigned char)*name <= ' ' || (unsigned char)*name >= 0x7f || strchr("\"(),/:;<=>?@[\\]{}", *name) != NULL)
            return true;
    return false;
}

static enum MHD_Result header_see(void *owner, enum MHD_ValueKind kind, const char *name, const char *value) {
    struct seen *seen = owner;
    (void)kind;
    (void)value;
    seen->odd = seen->odd || name_is_odd(name);
    seen->host += strcasecmp(name, MHD_HTTP_HEADER_HOST) == 0;
    seen->length += strcasecmp(name, MHD_HTTP_HEADER_CONTENT_LENGTH) == 0;
    seen->encoding += strcasecmp(name, MHD_HTTP_HEADER_TRANSFER_ENCODING) == 0;
    return MHD_YES;
}

static int headers_fault(const struct exchange *x) {
    struct seen seen = {0};
    (void)MHD_get_connection_values(x->connection, MHD_HEADER_KIND, header_see, &seen);
    if (seen.odd || seen.host != 1 || seen.length > 1 || seen.encoding > 1 || (seen.length > 0 && seen.encoding > 0))
        return 400;
    return x->request.target.n > HTTP_TARGET_MOST ? 414 : 0;
}

/* The body: a form of a few lines or, where there is room for it, files. */
static int length_fault(struct exchange *x) {
    const struct http_server *server = x->server;
    struct str length = http_header(&x->request, MHD_HTTP_HEADER_CONTENT_LENGTH);
    uint64_t bytes = length.n > LENGTH_DIGITS ? UINT64_MAX : strtoull(length.n > 0 ? length.p : "0", NULL, 10);
    bool brings = multipart_is(x) && server->config.room != NULL;
    int64_t free_bytes = 0, room = brings ? server->config.room(server->owner, &x->request, &free_bytes) : 0;
    if (room < 0)
        return (int)-room;
    if (room > 0 && length.n > 0)
        multipart_begin(x);
    if (bytes > (uint64_t)(x->multipart != NULL ? room : HTTP_BODY_MOST))
        return 413;
    return x->multipart != NULL && bytes > (uint64_t)free_bytes ? 507 : x->request.fault;
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
    struct str normal = str_from(text);
    (void)address_normal(x->request.arena, normal, &normal);
    return normal;
}

/* A proxy that adds a header of its own puts it last; what comes before the client may have sent. */
struct last {
    const char *name, *value;
};

static enum MHD_Result last_see(void *owner, enum MHD_ValueKind kind, const char *name, const char *value) {
    struct last *last = owner;
    (void)kind;
    if (strcasecmp(name, last->name) == 0)
        last->value = value;
    return MHD_YES;
}

static struct str header_last(const struct exchange *x, const char *name) {
    struct last last = {name, NULL};
    (void)MHD_get_connection_values(x->connection, MHD_HEADER_KIND, last_see, &last);
    return str_from(last.value);
}

/* From a program on this machine that asked for it by a name of this machine, with nothing that a proxy adds. */
static bool is_local(const struct exchange *x, struct str peer) {
    static const char *const proxied[] = {"X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via"};
    const struct http_request *r = &x->request;
    for (size_t i = 0; i < sizeof proxied / sizeof proxied[0]; i++)
        if (http_header(r, proxied[i]).n > 0)
            return false;
    struct str host;
    bool named = str_starts(r->host, S("localhost:")) || str_equal(r->host, S("localhost")) ||
                 (address_normal(r->arena, r->host, &host) && address_loopback(host));
    return named && address_loopback(peer) && !addresses_hold(str_from(x->server->trusted), peer);
}

static void from_read(struct exchange *x) {
    struct http_request *r = &x->request;
    struct str trusted = str_from(x->server->trusted), peer = socket_address(x);
    r->secure = http_secure(x->server);
    r->local = is_local(x, peer);
    r->address = peer;
    if (!addresses_hold(trusted, peer))
        return;
    r->secure = str_equal(header_last(x, "X-Forwarded-Proto"), S("https"));
    r->address = forwarded_for(r->arena, trusted, header_last(x, "X-Forwarded-For"), peer);
}

static void target_read(struct exchange *x) {
    struct http_request *r = &x->request;
    struct str query;
    str_cut(r->target, '?', &r->path_sent, &query);
    if (r->fault == 0 &&
        (r->path_sent.n == 0 || r->path_sent.p[0] != '/' || !http_decode(r->arena, r->path_sent, false, &r->path) ||
         !http_fields_read(r->arena, query, &r->query)))
        r->fault = 400;
}

static enum http_method method_of(struct str name) {
    static const char *const names[] = {[HTTP_GET] = "GET", [HTTP_HEAD] = "HEAD",   [HTTP_POST] = "POST",
                                        [HTTP_PUT] = "PUT", [HTTP_PATCH] = "PATCH", [HTTP_DELETE] = "DELETE"};
    for (int method = HTTP_GET; method <= HTTP_DELETE; method++)
        if (str_equal(name, str_from(names[method])))
            return (enum http_method)method;
    return HTTP_OTHER;
}

static void head_read(struct exchange *x, const char *method) {
    struct http_request *r = &x->request;
    r->method_name = str_from(method);
    r->method = method_of(r->method_name);
    r->fault = headers_fault(x);
    r->host = http_header(r, MHD_HTTP_HEADER_HOST);
    from_read(x);
    target_read(x);
    if (r->fault == 0)
        r->fault = length_fault(x);
}

static bool is_plain(const struct exchange *x) {
    struct str below = x->server->config.plain;
    return below.n > 0 && str_starts(x->request.path_sent, below);
}

static void body_read(struct exchange *x) {
    struct http_request *r = &x->request;
    struct str type = http_header(r, MHD_HTTP_HEADER_CONTENT_TYPE), name, rest;
    if (x->multipart != NULL) {
        multipart_end(x);
        return;
    }
    if (x->body.cut)
        r->fault = 413;
    if (r->fault != 0 || x->body.n == 0)
        return;
    if (is_plain(x)) {
        r->body = buf_str(&x->body);
        return;
    }
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
    reply->file = -1;
    buf_init(&reply->body, &x->arena, HTTP_REPLY_MOST);
    x->server->handle(x->server->owner, &x->request, reply);
    pack(x);
    /* What could not be read may have left half a request on the line; a server that stops takes no other. */
    if (x->request.fault != 0 || atomic_load(&x->server->stopping))
        http_reply_header(reply, S("Connection"), S("close"));
    x->answered = true;
}

static struct str reply_bytes(const struct exchange *x) {
    if (x->packed != NULL)
        return (struct str){x->packed, x->packed_n};
    return x->reply.fixed.n > 0 ? x->reply.fixed : buf_str(&x->reply.body);
}

static size_t reply_length(const struct exchange *x) {
    return x->reply.file_bytes > 0 ? (size_t)x->reply.file_bytes : reply_bytes(x).n;
}

/* The memory is given back only when the library has said that the exchange is over; a file is the library's to close. */
static struct MHD_Response *response_make(struct exchange *x) {
    struct str bytes = reply_bytes(x);
    if (x->reply.file < 0)
        return MHD_create_response_from_buffer(bytes.n, (void *)(uintptr_t)bytes.p, MHD_RESPMEM_PERSISTENT);
    struct MHD_Response *response = MHD_create_response_from_fd64((uint64_t)x->reply.file_bytes, x->reply.file);
    if (response != NULL)
        x->reply.file = -1;
    return response;
}

static enum MHD_Result answer_send(struct exchange *x) {
    const struct http_reply *reply = &x->reply;
    struct MHD_Response *response = response_make(x);
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

static void put_aside(struct exchange *x, struct aside *line) {
    struct http_server *server = x->server;
    MHD_suspend_connection(x->connection);
    pthread_mutex_lock(&server->lock);
    x->next = NULL;
    *line->end = x;
    line->end = &x->next;
    pthread_cond_signal(&line->work);
    pthread_mutex_unlock(&server->lock);
}

void *exchange_aside_thread(void *given) {
    struct aside *line = given;
    struct http_server *server = line->server;
    pthread_mutex_lock(&server->lock);
    for (;;) {
        while (line->first == NULL && !server->stop)
            pthread_cond_wait(&line->work, &server->lock);
        struct exchange *x = line->first;
        if (x == NULL)
            break;
        line->first = x->next;
        if (line->first == NULL)
            line->end = &line->first;
        pthread_mutex_unlock(&server->lock);
        answer_make(x);
        MHD_resume_connection(x->connection);
        pthread_mutex_lock(&server->lock);
    }
    pthread_mutex_unlock(&server->lock);
    return NULL;
}

/* A browser that still sends does not read: it shows a broken line instead of the reason. Only what is refused for its size or its
 * sender, and is soon over; what has two readings is cut at once. */
static bool is_read_out(const struct exchange *x) {
    struct str length = http_header(&x->request, MHD_HTTP_HEADER_CONTENT_LENGTH);
    bool soon = length.n > 0 && length.n < LENGTH_DIGITS && strtoull(length.p, NULL, 10) <= UNWANTED_MOST;
    int fault = x->request.fault;
    return soon && multipart_is(x) && (fault == 401 || fault == 403 || fault == 413 || fault == 507);
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
        if (x->request.fault != 0)
            atomic_fetch_add(&server->metrics.refused, 1);
        if (x->request.fault == 0 || is_read_out(x))
            return MHD_YES;
        answer_make(x); /* before its body is read: it is not wanted */
        return answer_send(x);
    }
    if (*n > 0) {
        if (x->request.fault != 0)
            *n = 0;
        else if (x->multipart != NULL)
            multipart_take(x, data, n);
        else
            body_add(x, data, n);
        return MHD_YES;
    }
    if (!x->whole) {
        x->whole = true;
        if (x->request.fault == 0)
            body_read(x);
        watch_move(&server->watch, x->watched, WATCH_ANSWERING);
        enum http_pace pace =
            server->slow != NULL && x->request.fault == 0 ? server->slow(server->owner, &x->request) : HTTP_SOON;
        if (pace != HTTP_SOON) {
            put_aside(x, pace == HTTP_LONG ? &server->long_line : &server->slow_line);
            return MHD_YES;
        }
        answer_make(x);
    }
    return x->answered ? answer_send(x) : MHD_YES;
}

/* ---- the end ---- */

/* What a client sent must not look like another line, another word, or an order to a terminal. */
static void log_put(struct buf *line, const char *name, struct str s, size_t most) {
    buf_put(line, str_from(name));
    for (size_t i = 0; i < s.n && i < most; i++)
        buf_char(line, s.p[i] > ' ' && s.p[i] < 0x7f && s.p[i] != '"' ? s.p[i] : '?');
}

/* One line, in one write, so that lines of several threads never mix; the query is left out: it holds names of people. */
static void log_write(struct exchange *x, int status, int64_t took_us) {
    const struct http_request *r = &x->request;
    struct buf line;
    buf_init(&line, &x->arena, LOG_LINE);
    buf_printf(&line, "at=%lld.%06lld id=%s", (long long)(x->began_us / 1000000), (long long)(x->began_us % 1000000),
               x->id);
    log_put(&line, " from=", r->address, LOG_WORD_MOST);
    log_put(&line, " who=", x->reply.who, LOG_WORD_MOST);
    log_put(&line, " method=", r->method_name, 16);
    log_put(&line, " path=", r->path_sent, LOG_PATH_MOST);
    buf_printf(&line, " status=%d bytes=%zu ms=%.3f statements=%lld\n", status, reply_length(x), (double)took_us / 1000,
               (long long)x->reply.statements);
    if (write(x->server->config.log, line.p, line.n) < 0)
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
        metrics_count(&server->metrics, status, took_us, x->answered ? reply_length(x) : 0);
        if (server->config.log >= 0)
            log_write(x, x->answered ? x->reply.status : 0, took_us);
    }
    watch_move(&server->watch, x->watched, WATCH_IDLE);
    if (x->answered) {
        http_reply_file(&x->reply, -1, 0);
        if (x->reply.over != NULL)
            x->reply.over(x->reply.over_owner);
    }
    bool begun = x->begun;
    pool_give(server, x);
    if (begun && atomic_fetch_sub(&server->metrics.in_flight, 1) == 1) {
        pthread_mutex_lock(&server->lock);
        pthread_cond_broadcast(&server->idle);
        pthread_mutex_unlock(&server->lock);
    }
}
