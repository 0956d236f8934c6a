// SPDX-License-Identifier: Apache-2.0
/* server_parts -- what the files of the server share; private to src/http.
 */
#ifndef REATIVA_HTTP_SERVER_PARTS_H
#define REATIVA_HTTP_SERVER_PARTS_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "http/server.h"

/* -- deadlines: watch.c -- */

/* What a connection is doing, and since when: each has its own patience. */
enum watch_state { WATCH_IDLE = 0, WATCH_READING, WATCH_UPLOADING, WATCH_ANSWERING, WATCH_SENDING };
struct watched {
    struct watched *before, *after;
    int fd;
    enum watch_state state;
    int64_t since_us;
};
struct watch {
    pthread_mutex_t lock;
    pthread_cond_t stop_signal;
    pthread_t thread;
    struct watched first; /* ends both ways */
    int64_t (*clock_us)(void);
    int32_t deadline_s;
    bool stop, running;
    atomic_size_t connections, late;
};
bool watch_start(struct watch *watch, int64_t (*clock_us)(void), int32_t deadline_s);
void watch_stop(struct watch *watch);
struct watched *watch_add(struct watch *watch, int fd);
void watch_remove(struct watch *watch, struct watched *watched);
void watch_move(struct watch *watch, struct watched *watched, enum watch_state state);

/* -- figures: metrics.c -- */

enum { METRICS_BUCKETS = 12 };
struct metrics {
    atomic_uint_fast64_t by_class[6]; /* 1xx .. 5xx; 0: broken off */
    atomic_uint_fast64_t bucket[METRICS_BUCKETS + 1];
    atomic_uint_fast64_t took_us, bytes, refused;
    atomic_uint_fast64_t in_flight;
};
void metrics_count(struct metrics *metrics, int status, int64_t took_us, size_t bytes);

/* -- one request: exchange.c -- */

struct exchange {
    struct http_server *server;
    struct exchange *next; /* in the pool, or among those put aside */
    struct arena arena;
    struct http_request request;
    struct http_reply reply;
    struct buf body;
    struct multipart *multipart; /* NULL: the body is an ordinary form */
    struct MHD_Connection *connection;
    struct watched *watched;
    char *target;
    int64_t began_us;
    char *packed; /* the body compressed, to be freed; NULL: it goes out as it is */
    size_t packed_n, room;
    char id[24];
    bool begun, whole, answered;
};

/* Those put aside until a thread of their pace is free. */
struct aside {
    struct http_server *server;
    struct exchange *first, **end;
    pthread_cond_t work;
};

struct http_server {
    struct MHD_Daemon *daemon;
    struct http_config config;
    http_handle *handle;
    http_slow *slow;
    void *owner;
    char address[80];
    char *trusted, *certificate, *key;
    struct watch watch;
    struct metrics metrics;
    atomic_uint_fast64_t number; /* of the last request */
    uint64_t born;               /* tells apart the requests of two runs */
    pthread_mutex_t lock;        /* of what follows */
    pthread_cond_t idle;
    struct exchange *spare;
    struct aside slow_line, long_line;
    size_t spare_bytes;
    struct packer *packer; /* those not in use */
    atomic_bool stopping;
    pthread_t *aside_thread;
    unsigned aside_threads;
    bool stop;
};

/* The callbacks of the library. */
void *exchange_new(void *server, const char *target, struct MHD_Connection *connection);
enum MHD_Result exchange_step(void *server, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *data, size_t *n, void **exchange);
void exchange_done(void *server, struct MHD_Connection *connection, void **exchange,
                   enum MHD_RequestTerminationCode how);
void *exchange_aside_thread(void *aside);
void exchange_pool_clear(struct http_server *server);

/* -- forms with files: multipart.c -- */

bool multipart_is(const struct exchange *x);
void multipart_begin(struct exchange *x);
void multipart_take(struct exchange *x, const char *data, size_t *n);
void multipart_end(struct exchange *x); /* request->form and request->file, or request->fault */
void multipart_clear(struct exchange *x);

/* -- compressed answers: pack.c -- */

struct packer;
void pack(struct exchange *x);
void pack_clear(struct http_server *server);

#endif
