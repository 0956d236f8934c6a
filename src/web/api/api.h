// SPDX-License-Identifier: Apache-2.0
/* api -- the same use cases for other programs: /api/v1, JSON, a token instead of a session.
 *
 * There are no cookies here, so there is nothing that another site could make a browser send. The route table says who may, what a
 * request may hold and what comes back; api.c keeps to it, so that a handler runs with what is declared or not at all. Invariants: no
 * handler runs without its route's permission (of the token's owner) and grant (of the token); a write with an
 * Idempotency-Key that was answered before is answered in the same words and does nothing.
 */
#ifndef REATIVA_WEB_API_API_H
#define REATIVA_WEB_API_API_H

#include "app/tokens.h"
#include "web/api/answer.h"
#include "web/api/mould.h"
#include "web/web.h"

enum { API_LIMIT = 100, API_LIMIT_MOST = 500 };

struct api {
    struct page *page;
    struct cx *cx;
    struct arena *arena;
    struct db *db;
    const struct api_route *route;
    struct token token;
    unsigned grants;
    struct str rep;         /* whose customers alone are in sight; empty: all */
    struct str who;         /* for the audit trail: the owner's login and the token's name */
    struct str once;        /* for use cases that keep what must count once */
    struct json_value body; /* as the route's mould has it */
    struct answer out;
    int64_t limit;    /* rows of a page */
    struct str place; /* behind which a page begins: what the cursor held; empty: the first page */
    int64_t version;  /* set by who writes a resource that has one */
    struct str field; /* that the error is about */
    int64_t left, reset_s;
};

typedef bool api_handle(struct api *api);

struct api_route {
    enum http_method method;
    const char *path;
    const char *name; /* operationId; api.do_<name> in the catalogs says what it does */
    enum permission permission;
    enum grant grant;
    api_handle *handle;
    const char *query;    /* parameters as in mould.h; NULL: none */
    const char *takes;    /* mould of the body; NULL: none */
    const char *gives;    /* mould; "[Mould]": a page of them; NULL: nothing */
    int status;           /* when all went well */
    bool tagged;          /* one resource: with ETag; a write takes If-Match */
    bool once;            /* a write that cannot do without an Idempotency-Key */
    bool files;           /* the body is a form with files, its fields those of the mould */
    api_handle *standing; /* of a tagged write: writes what stands now */
};
extern const struct api_route api_routes[]; /* ends with a path of NULL */

/* -- what handlers use -- */

struct str api_query(const struct api *api, const char *name); /* empty when absent */
struct day api_query_day(const struct api *api, const char *name);
struct str api_text(const struct api *api, const char *name); /* of the body */
bool api_has(const struct api *api, const char *name);
int64_t api_int(const struct api *api, const char *name, int64_t absent);
int64_t api_money(const struct api *api, const char *name);
struct day api_day(const struct api *api, const char *name);
bool api_bool(const struct api *api, const char *name, bool absent);
/* api_id -- the number at :id, else NOT_FOUND api.nothing_there. */
bool api_id(struct api *api, int arg, int64_t *out);

/* api_page_end -- after the rows of "data": where the next page begins (its place; empty: this was the last). */
void api_page_begin(struct api *api);
void api_page_end(struct api *api, struct str next);
/* api_next_id, api_from_id -- places that are ids. */
struct str api_place_id(struct api *api, int64_t id);
bool api_from_id(struct api *api, int64_t *out); /* INVALID api.bad_cursor */

/* -- the frame -- */

bool api_is(const struct http_request *request);
bool api_slow(const struct http_request *request);
/* api_brings -- is this for an operation that takes files? api_may_bring: 0, or 401, 403 for who may not bring any. */
bool api_brings(struct page *page);
int api_may_bring(struct page *page);
/* api_answer -- the whole of a request; false: the error is set, api_problem answers it. */
bool api_answer(struct page *page);
void api_problem(struct page *page);

#endif
