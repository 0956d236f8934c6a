// SPDX-License-Identifier: Apache-2.0
/* clickhouse -- a statement for a ClickHouse server, by its HTTP interface and libcurl.
 *
 * An answer is whole or it is a fault: the server is told to hold it back until the statement has ended, so what comes with the status 200 is
 * all of it. Rows come line by line and are not kept. No redirect is followed, no proxy of the environment used, certificates are verified,
 * and the password travels in a header, never in an address. Must not know what is asked. One thread.
 */
#ifndef REATIVA_CHANNEL_CLICKHOUSE_H
#define REATIVA_CHANNEL_CLICKHOUSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum { CLICKHOUSE_WORDS = 500, CLICKHOUSE_CONNECT_S = 20, CLICKHOUSE_LINE_MOST = 16 << 20 };

enum clickhouse_fault {
    CLICKHOUSE_DONE = 0,
    CLICKHOUSE_REFUSED, /* the server's answer is no: its words say why */
    CLICKHOUSE_DENIED,  /* it does not know the user, or the password is another */
    CLICKHOUSE_UNREACHED,
    CLICKHOUSE_LATE,
    CLICKHOUSE_TLS,
    CLICKHOUSE_BROKEN,  /* the connection ended, or what came is no answer */
    CLICKHOUSE_STOPPED, /* by who took the rows */
    CLICKHOUSE_FAULTS
};
const char *clickhouse_fault_name(enum clickhouse_fault fault); /* "denied" */

struct clickhouse_server {
    struct str url;      /* clickhouse://[user[:password]@]host[:port][/database]; clickhouses:// with TLS */
    struct str password; /* where the address holds none */
    struct str ca_file;  /* empty: the machine's */
    int answer_s;        /* how long one statement may take; 0: any time */
};

struct clickhouse;
/* clickhouse_url -- is it an address of this kind? */
bool clickhouse_url(struct str url);
/* clickhouse_open -- copies all it needs and opens no connection yet. NULL: the address is none, or there is no memory. */
struct clickhouse *clickhouse_open(const struct clickhouse_server *server);
void clickhouse_close(struct clickhouse *clickhouse);                 /* NULL is fine */
const char *clickhouse_shown(const struct clickhouse *clickhouse);    /* host:port/database, as people may see it */
const char *clickhouse_database(const struct clickhouse *clickhouse); /* "default" where the address names none */

/* clickhouse_line -- one row as it came, without its end; false: no more, the statement counts as stopped. */
typedef bool clickhouse_line(void *owner, struct str line);

struct clickhouse_wish {
    struct str sql;
    struct str data;       /* the rows of an INSERT; empty: the statement stands alone */
    struct str session;    /* of temporary tables; empty: none */
    struct str id;         /* under which the statement can be stopped; empty: the server's own */
    struct str settings;   /* "name=value&...", of the statement */
    clickhouse_line *line; /* NULL: nobody wants rows */
    void *owner;
};

struct clickhouse_answer {
    enum clickhouse_fault fault;
    long status;                  /* of HTTP; 0: no answer came */
    char words[CLICKHOUSE_WORDS]; /* the server's own in one line, UTF-8; without an answer the library's */
    size_t words_n;
    int64_t sent, received; /* bytes, with their headers */
};
/* clickhouse_ask -- false: out->fault says why. */
bool clickhouse_ask(struct clickhouse *clickhouse, const struct clickhouse_wish *wish, struct clickhouse_answer *out);

#endif
