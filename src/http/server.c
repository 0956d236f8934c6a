// SPDX-License-Identifier: Apache-2.0
/* server -- start, address, stop. Built on GNU libmicrohttpd: epoll, one loop a thread, each with its own connections.
 */
#include "http/server.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/forwarded.h"
#include "http/server_parts.h"

enum { FILE_MOST = 1 << 20, THREADS_LEAST = 2, THREADS_MOST = 64, PORT_MOST = 65535 };

/* GnuTLS's words for: what it thinks good, but nothing before TLS 1.2. */
static char tls_versions[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";

/* ---- addresses ---- */

/* The C library takes 99999 and listens on what is left of it. */
static bool is_port(struct str s) {
    long port = 0;
    for (size_t i = 0; i < s.n && port <= PORT_MOST; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        port = port * 10 + (s.p[i] - '0');
    }
    return s.n > 0 && port <= PORT_MOST;
}

static bool listen_split(struct cx *cx, struct str listen, char **host, char **port) {
    size_t colon = listen.n;
    while (colon > 0 && listen.p[colon - 1] != ':')
        colon--;
    struct str before = {listen.p, colon > 0 ? colon - 1 : 0}, after = {listen.p + colon, listen.n - colon};
    if (before.n >= 2 && before.p[0] == '[' && before.p[before.n - 1] == ']')
        before = (struct str){before.p + 1, before.n - 2};
    if (colon == 0 || !is_port(after))
        return cx_fail(cx, ERR_INVALID, S("http.listen"), listen);
    *host = before.n > 0 ? str_terminated(cx->arena, before) : NULL;
    *port = str_terminated(cx->arena, after);
    return true;
}

static bool listen_read(struct cx *cx, struct str listen, struct sockaddr_storage *out, socklen_t *n) {
    char *host = NULL, *port = NULL;
    const struct addrinfo hints = {
        .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV | AI_ADDRCONFIG, .ai_family = AF_UNSPEC};
    struct addrinfo *found = NULL;
    if (!listen_split(cx, listen, &host, &port))
        return false;
    int fault = getaddrinfo(host, port, &hints, &found);
    if (fault != 0 || found == NULL) {
        cx_fail(cx, ERR_INVALID, S("http.listen"), listen);
        return cx_detail(cx, "%s", gai_strerror(fault));
    }
    memcpy(out, found->ai_addr, found->ai_addrlen);
    *n = found->ai_addrlen;
    freeaddrinfo(found);
    return true;
}

/* Our own socket, so that "taken" can be told from every other fault. */
static bool socket_open(struct cx *cx, struct str listen_on, int *out) {
    struct sockaddr_storage at;
    socklen_t n = 0;
    if (!listen_read(cx, listen_on, &at, &n))
        return false;
    int fd = socket(at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), yes = 1;
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        bind(fd, (struct sockaddr *)&at, n) != 0 || listen(fd, SOMAXCONN) != 0) {
        int fault = errno;
        if (fd >= 0)
            close(fd);
        if (fault == EADDRINUSE)
            cx_fail(cx, ERR_CONFLICT, S("http.taken"), listen_on);
        else
            cx_fail(cx, ERR_IO, S("http.no_listen"), listen_on);
        return cx_detail(cx, "%s", strerror(fault));
    }
    *out = fd;
    return true;
}

static void address_keep(struct http_server *server, int fd) {
    struct sockaddr_storage at;
    socklen_t n = sizeof at;
    char host[64] = "", port[8] = "";
    if (getsockname(fd, (struct sockaddr *)&at, &n) == 0)
        (void)getnameinfo((struct sockaddr *)&at, n, host, sizeof host, port, sizeof port,
                          NI_NUMERICHOST | NI_NUMERICSERV);
    snprintf(server->address, sizeof server->address, at.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}

struct str http_address(const struct http_server *server) {
    return str_from(server->address);
}

bool http_secure(const struct http_server *server) {
    return server->certificate != NULL;
}

/* ---- starting ---- */

static bool file_read(struct cx *cx, struct str path, char **out) {
    FILE *file = fopen(str_terminated(cx->arena, path), "rb");
    char *text = calloc(1, FILE_MOST + 1);
    size_t n = file != NULL && text != NULL ? fread(text, 1, FILE_MOST, file) : 0;
    if (file != NULL)
        fclose(file);
    if (n == 0) {
        free(text);
        cx_fail(cx, ERR_INVALID, S("http.certificate"), path);
        return cx_detail(cx, "%s", strerror(errno));
    }
    *out = text;
    return true;
}

static void connection_note(void *owner, struct MHD_Connection *connection, void **context,
                            enum MHD_ConnectionNotificationCode what) {
    struct http_server *server = owner;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        watch_remove(&server->watch, *context);
        *context = NULL;
        return;
    }
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    *context = info != NULL ? watch_add(&server->watch, info->connect_fd) : NULL;
}

/* Addresses stay as they were sent: they are decoded once, by us. */
static size_t decode_nothing(void *owner, struct MHD_Connection *connection, char *s) {
    (void)owner;
    (void)connection;
    return strlen(s);
}

static bool daemon_start(struct cx *cx, struct http_server *server, int fd) {
    const struct http_config *config = &server->config;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO;
    struct MHD_OptionItem tls[4] = {{MHD_OPTION_END, 0, NULL}};
    if (server->certificate != NULL) {
        flags |= MHD_USE_TLS;
        tls[0] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, server->certificate};
        tls[1] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, server->key};
        tls[2] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0, tls_versions};
        tls[3] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    }
    server->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, exchange_step, server, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE,
        config->threads, MHD_OPTION_CONNECTION_LIMIT, config->connections, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)HTTP_IDLE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HTTP_HEAD_MOST, MHD_OPTION_STRICT_FOR_CLIENT,
        1, MHD_OPTION_URI_LOG_CALLBACK, exchange_new, server, MHD_OPTION_NOTIFY_COMPLETED, exchange_done, server,
        MHD_OPTION_NOTIFY_CONNECTION, connection_note, server, MHD_OPTION_UNESCAPE_CALLBACK, decode_nothing, NULL,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, server->trusted[0] == '\0' ? config->connections / HTTP_ADDRESS_SHARE : 0,
        MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
    if (server->daemon != NULL)
        return true;
    if (server->certificate != NULL)
        return cx_fail(cx, ERR_INVALID, S("http.certificate"), config->certificate);
    return cx_fail(cx, ERR_IO, S("http.no_listen"), config->listen);
}

static void line_init(struct http_server *server, struct aside *line) {
    line->server = server;
    line->end = &line->first;
    pthread_cond_init(&line->work, NULL);
}

static bool aside_threads_start(struct cx *cx, struct http_server *server) {
    unsigned n = server->config.slow_threads + HTTP_LONG_THREADS;
    server->aside_thread = calloc(n, sizeof *server->aside_thread);
    while (server->aside_thread != NULL && server->aside_threads < n) {
        bool slow = server->aside_threads < server->config.slow_threads;
        struct aside *line = slow ? &server->slow_line : &server->long_line;
        if (pthread_create(&server->aside_thread[server->aside_threads], NULL, exchange_aside_thread, line) != 0)
            break;
        server->aside_threads++;
    }
    return server->aside_threads == n || cx_fail(cx, ERR_IO, S("http.no_listen"), server->config.listen);
}

static void config_fill(struct http_server *server) {
    struct http_config *config = &server->config;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (config->threads == 0)
        config->threads = processors > THREADS_LEAST ? (unsigned)processors : THREADS_LEAST;
    config->threads = config->threads < THREADS_MOST ? config->threads : THREADS_MOST;
    config->threads =
        config->threads > 1 ? config->threads : THREADS_LEAST; /* a pool of one is no pool to the library */
    config->slow_threads = config->slow_threads > 0 ? config->slow_threads : 2;
    config->connections = config->connections > 0 ? config->connections : HTTP_CONNECTIONS;
    if (config->connections < config->threads)
        config->connections = config->threads;
    config->deadline_s = config->deadline_s > 0 ? config->deadline_s : HTTP_DEADLINE_S;
}

static bool trusted_read(struct cx *cx, struct http_server *server) {
    struct str trusted;
    if (!addresses_normal(cx->arena, server->config.trusted, &trusted))
        return cx_fail(cx, ERR_INVALID, S("http.trusted"), trusted);
    server->trusted = strndup(trusted.n > 0 ? trusted.p : "", trusted.n);
    return server->trusted != NULL || cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
}

static void server_free(struct http_server *server) {
    watch_stop(&server->watch);
    exchange_pool_clear(server);
    pack_clear(server);
    free(server->aside_thread);
    free(server->certificate);
    free(server->key);
    free(server->trusted);
    free(server);
}

static void aside_threads_stop(struct http_server *server) {
    pthread_mutex_lock(&server->lock);
    server->stop = true;
    pthread_cond_broadcast(&server->slow_line.work);
    pthread_cond_broadcast(&server->long_line.work);
    pthread_mutex_unlock(&server->lock);
    while (server->aside_threads > 0)
        (void)pthread_join(server->aside_thread[--server->aside_threads], NULL);
}

bool http_start(struct cx *cx, const struct http_config *config, http_handle *handle, http_slow *slow, void *owner,
                struct http_server **out) {
    struct http_server *server = calloc(1, sizeof *server);
    int fd = -1;
    if (server == NULL)
        return cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
    server->config = *config;
    server->handle = handle;
    server->slow = slow;
    server->owner = owner;
    server->born = (uint64_t)config->clock_us();
    pthread_mutex_init(&server->lock, NULL);
    pthread_cond_init(&server->idle, NULL);
    line_init(server, &server->slow_line);
    line_init(server, &server->long_line);
    config_fill(server);
    bool ok = trusted_read(cx, server) &&
              (config->certificate.n == 0 || (file_read(cx, config->certificate, &server->certificate) &&
                                              file_read(cx, config->key, &server->key))) &&
              socket_open(cx, config->listen, &fd);
    if (ok) {
        address_keep(server, fd);
        ok = (watch_start(&server->watch, config->clock_us, server->config.deadline_s) ||
              cx_fail(cx, ERR_IO, S("http.no_listen"), config->listen)) &&
             aside_threads_start(cx, server) && daemon_start(cx, server, fd);
    }
    if (!ok) {
        if (fd >= 0)
            close(fd);
        aside_threads_stop(server);
        server_free(server);
        return false;
    }
    *out = server;
    return true;
}

void http_stop(struct http_server *server, int32_t grace_s) {
    atomic_store(&server->stopping, true);
    int fd = MHD_quiesce_daemon(server->daemon);
    if (fd >= 0)
        close(fd);
    int64_t until = server->config.clock_us() + (int64_t)grace_s * 1000000;
    const struct timespec at = {.tv_sec = until / 1000000, .tv_nsec = until % 1000000 * 1000};
    pthread_mutex_lock(&server->lock);
    int waited = 0;
    while (waited == 0 && atomic_load(&server->metrics.in_flight) > 0)
        waited = pthread_cond_timedwait(&server->idle, &server->lock, &at);
    pthread_mutex_unlock(&server->lock);
    aside_threads_stop(server); /* none sleeps on when the library ends its connections */
    MHD_stop_daemon(server->daemon);
    server_free(server);
}
