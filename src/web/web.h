// SPDX-License-Identifier: Apache-2.0
/* web -- a request becomes a page: who asks, may they, which handler, what if it fails.
 *
 * Handlers get a `struct page` with all they need and return false with page->cx->err set when they cannot answer; the error
 * page is made here, once, in the person's language. Invariants: no handler runs without its route's permission; no handler of
 * a POST runs without the token of the form; what a handler wrote before it failed is not sent.
 */
#ifndef REATIVA_WEB_WEB_H
#define REATIVA_WEB_WEB_H

#include "app/signin.h"
#include "app/uploads.h"
#include "http/server.h"
#include "web/html.h"
#include "web/work.h"

struct web;

struct web_config {
    struct str db_url, version;
    struct day as_of;                       /* answers for this day; DAY_NONE: today */
    struct str uploads;                     /* folder for files that come in by the pages; empty: none may */
    struct str watched;                     /* folder that other programs drop files into; empty: none */
    struct str backups;                     /* folder of restore points; empty: none are made */
    struct str read_url;                    /* of a replica that reports may be read from; empty: there is none */
    struct str secrets;                     /* file with the key of sealed secrets */
    struct str tiles;                       /* address of map tiles, "https://.../{z}/{x}/{y}.png"; empty: none */
    bool webhook_private;                   /* may webhooks tell addresses of the company's own network? */
    int64_t (*clock_us)(void);              /* microseconds UTC */
    int32_t (*utc_offset_s)(int64_t at_us); /* of the company's time */
    unsigned workers;                       /* connections to the database: so many pages are answered at once */
};

/* web_open -- errors as db_open. web_close -- after the server has stopped. */
bool web_open(struct cx *cx, const struct web_config *config, struct web **out);
void web_close(struct web *web);
void web_handle(void *web, struct http_request *request, struct http_reply *reply);   /* an http_handle */
enum http_pace web_slow(void *web, const struct http_request *request);               /* an http_slow */
int64_t web_room(void *web, const struct http_request *request, int64_t *free_bytes); /* an http_room */
struct str web_spool(const struct web *web);                                          /* where files come in */
/* web_watch -- whose figures /metrics shows. */
void web_watch(struct web *web, const struct http_server *server);

enum { WEB_FILES_MOST = 4 }; /* files being made or sent at once */
enum { PAGE_ARGS = 4, PAGE_FAULTS = 24 };

/* A field that cannot be used, and why, in the person's words; shown at the field. */
struct page_fault {
    struct str field, text;
};

struct page {
    struct web *web;
    struct http_request *request;
    struct http_reply *reply;
    struct cx *cx;
    struct arena *arena;
    struct db *db;
    struct db
        *primary; /* where page->db is a replica: the database itself, for what is written all the same; else NULL */
    int64_t asked_before; /* admin_statements when the request began */
    const struct route *route;
    struct str arg[PAGE_ARGS]; /* what stood at :name in the route's path */
    enum lang lang;
    struct str theme; /* "light", "dark", or empty: as the device says */
    int64_t now_us;
    struct day today; /* in the company's time */
    struct day as_of; /* the day answered for: today, or the one the program was started for */
    bool signed_in;
    struct user user;
    struct session session;
    struct str csrf_secret;
    bool partial; /* htmx asks for a part */
    struct page_fault fault[PAGE_FAULTS];
    size_t faults;
    struct api *api; /* of who asks by the API (web/api); NULL: a page */
};

typedef bool page_handle(struct page *page);

enum route_kind {
    ROUTE_PAGE = 0,
    ROUTE_ALONE,  /* answers without database and person */
    ROUTE_FILES,  /* its form may bring files */
    ROUTE_REPORT, /* only reads, nothing that must be of this very moment: a replica may answer it */
    ROUTE_OPEN    /* a POST that needs no token of a form of ours: what is in its address is the key */
};

struct route {
    enum http_method method; /* GET serves HEAD too */
    const char *path;        /* "/customers/:code" */
    enum permission permission;
    page_handle *handle;
    enum http_pace slow; /* true is HTTP_SLOW: an export, a PDF; HTTP_LONG: a list as a file */
    const char *menu;    /* which entry of the menu is lit; NULL: none */
    enum route_kind kind;
};

/* The routes, by audience; each table ends with a path of NULL, the list of tables with NULL. Tests walk them. */
extern const struct route cockpit_routes[], manage_routes[];
extern const struct route *const route_tables[];

/* -- what handlers use -- */

/* page_writes -- the database that is written to, also where the page is read from a replica. */
struct db *page_writes(const struct page *page);
struct str page_query(const struct page *page, const char *name); /* of the address; empty when absent */
struct str page_form(const struct page *page, const char *name);  /* of the form */
bool page_number(struct str text, int64_t *out);                  /* a whole number of at most 18 digits */
/* page_arg_id -- the number at :id, else NOT_FOUND. */
bool page_arg_id(struct page *page, int arg, int64_t *out);

/* page_top, page_bottom -- the frame around a page; title: a text. */
void page_top(struct page *page, struct str title);
void page_bottom(struct page *page);

/* page_go -- after a POST: see other; to: a path of ours. said: a catalog key shown once on the next page, or empty. */
bool page_go(struct page *page, struct str to, struct str said);
/* page_said -- what the page before wanted said; empty: nothing. */
struct str page_said(struct page *page);

/* Faults of fields: page_fault_add; page_fault_of -- the text for a field, empty when it is fine. */
void page_fault_add(struct page *page, struct str field, struct str text);
struct str page_fault_of(const struct page *page, struct str field);
/* page_refused -- the answer of a form with faults: the same page again, status 422. */
void page_refused(struct page *page);
/* page_refused_at -- the error of a use case becomes the fault of the field it is about, and is cleared. What is about none of them is
 * given back as a sentence; else empty. */
struct page_place {
    const char *key, *field;
};
struct str page_refused_at(struct page *page, const struct page_place *place, size_t n);
/* page_refused_again -- the same for what has a version; false: it is no error of what was typed, and stands as it is. *other: somebody else
 * was first, and the caller shows what they kept (status 409). */
bool page_refused_again(struct page *page, const struct page_place *place, size_t n, struct str *said, bool *other);

/* page_text -- a catalog text in the page's language: page_text(page, S("key"), arg...). */
#define page_text(page, ...)                                                                                           \
    page_text_with((page), (const struct str[]){__VA_ARGS__},                                                          \
                   sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
struct str page_text_with(struct page *page, const struct str *key_and_args, size_t n);

/* page_file_begin -- may one more file be made? Those that are still on their way count. LIMIT web.files. page_file -- it is the answer,
 * and closed when that is out, also when the page fails after all; -1: none could be opened. */
bool page_file_begin(struct page *page);
void page_file(struct page *page, int file, int64_t bytes);
/* page_csrf -- the hidden field's value. page_token -- a new one for a form that must count once. */
struct str page_csrf(struct page *page);
struct str page_token(struct page *page);
bool page_may(const struct page *page, enum permission permission);
/* page_rep -- the rep code whose customers alone this person sees; empty: all. */
struct str page_rep(const struct page *page);
void page_header(struct page *page, struct str name, struct str value);
/* page_guessed -- nobody has the token that stands in the address: NOT_FOUND with this key, or 429 where too many came from there. */
bool page_guessed(struct page *page, struct str key);
struct signin_from page_from(const struct page *page);
/* page_cookie -- HttpOnly, SameSite=Lax, Secure where it came over TLS; max_age_s 0: until the browser ends, -1: away. */
void page_cookie(struct page *page, struct str name, struct str value, int64_t max_age_s);
const struct web_config *page_config(const struct page *page);
const struct uploads_folder *page_uploads(const struct page *page); /* path empty: no files are taken */
struct work *page_work(const struct page *page);
struct hands *page_hands(const struct page *page);        /* who does what is due (hands.h) */
struct str page_moment(struct page *page, int64_t at_us); /* day and time in the company's time */

#endif
