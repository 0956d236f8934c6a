// SPDX-License-Identifier: Apache-2.0
/* server -- the border to the HTTP library: sockets, limits, deadlines, threads; a request in, a reply out.
 *
 * Knows no page and no person. Invariant: the handler sees only requests that are whole, in time, within the limits and
 * without two readings (one Host, one Content-Length, never with Transfer-Encoding); everything else was refused before.
 */
#ifndef REATIVA_HTTP_SERVER_H
#define REATIVA_HTTP_SERVER_H

#include "base/cx.h"
#include "http/request.h"

struct http_server;

/* http_room -- how many bytes may this request bring in files, and for how many is there room now? 0: it is no form for files; minus a
 * status (401, 403): from somebody who may not. Asked once, before the body is read. */
typedef int64_t http_room(void *owner, const struct http_request *request, int64_t *free_bytes);

struct http_config {
    struct str listen;      /* "127.0.0.1:8080", "[::1]:0", ":8080"; port 0: any free one */
    struct str certificate; /* files in PEM; empty: no TLS */
    struct str key;
    struct str plain;      /* "/api/": below it a body of any type is handed on as it came; empty: nowhere */
    struct str trusted;    /* addresses of proxies whose X-Forwarded-For and -Proto are believed, blanks between */
    unsigned threads;      /* that answer; 0: as many as processors, at least 2 */
    unsigned slow_threads; /* that answer what is slow; 0: 2 */
    unsigned connections;  /* at once; 0: HTTP_CONNECTIONS */
    int32_t deadline_s;    /* for a request to be there in full; 0: HTTP_DEADLINE_S */
    http_room *room;       /* NULL: no request brings files */
    struct str spool;      /* the folder for them; it is there */
    int log;               /* file descriptor of the access log; -1: none */
    int64_t (*clock_us)(void);
};
/* Without a proxy one address has at most one HTTP_ADDRESS_SHAREth of the connections, so that none can have them all. */
enum { HTTP_ADDRESS_SHARE = 2 };
enum { HTTP_LONG_THREADS = 2 };
enum { HTTP_CONNECTIONS = 1024, HTTP_DEADLINE_S = 15, HTTP_IDLE_S = 60, HTTP_UPLOAD_S = 60, HTTP_SEND_S = 600 };

/* http_handle -- fills the reply; runs on any of the threads, many at a time. */
typedef void http_handle(void *owner, struct http_request *request, struct http_reply *reply);
/* How long answering may take: what is slow (a form, a PDF) or long (a file of a million rows) is answered by threads of its own, each
 * kind by others, so that nobody waits for what takes longer than their own page. */
enum http_pace { HTTP_SOON = 0, HTTP_SLOW, HTTP_LONG };
/* http_slow -- NULL: all is answered soon. */
typedef enum http_pace http_slow(void *owner, const struct http_request *request);

/* http_start -- INVALID: an address that is none, a certificate that cannot be used; CONFLICT: the port is taken; IO. */
bool http_start(struct cx *cx, const struct http_config *config, http_handle *handle, http_slow *slow, void *owner,
                struct http_server **out);
/* http_address -- "127.0.0.1:40213": where it listens. */
struct str http_address(const struct http_server *server);
bool http_secure(const struct http_server *server);
/* http_stop -- no new connection is taken; what is being answered has grace_s to finish. */
void http_stop(struct http_server *server, int32_t grace_s);
/* http_metrics -- requests, durations, connections, as Prometheus reads them. */
void http_metrics(const struct http_server *server, struct buf *to);

#endif
