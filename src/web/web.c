// SPDX-License-Identifier: Apache-2.0
/* web -- see the header. A
 * request that asks for more memory than a page may have jumps back to here and becomes an error page; the connection it
 * had is closed, since nobody knows where it stopped.
 */
#include "web/web.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/admin.h"
#include "app/backups.h"
#include "app/daily.h"
#include "app/watched.h"
#include "base/recall.h"
#include "base/secret.h"
#include "web/api/api.h"
#include "web/api/rate.h"
#include "web/hands.h"
#include "web/mailer.h"
#include "web/send.h"
#include "web/web_state.h"

enum { REQUEST_MEMORY = 96 << 20, RECALL_MEMORY = 16 << 20 };

static char *copied(struct str s) {
    char *text = strndup(s.n > 0 ? s.p : "", s.n);
    if (text == NULL)
        abort();
    return text;
}

/* The gate of work.h: of those who are answered, and of what is done in the background. */
static bool gate(void *owner, bool closed) {
    struct web *web = owner;
    if (closed && !hands_gate(web->hands, true, WEB_GATE_WAIT_S))
        return false;
    bool done = worker_gate(web, closed);
    if (!closed || !done)
        (void)hands_gate(web->hands, false, 0);
    return done;
}

/* Where files come in, restore points, and who does what nobody waits for. */
static bool work_ready(struct cx *cx, struct web *web) {
    struct cx own = {.arena = &web->kept};
    const struct work_config config = {.db_url = web->config.db_url,
                                       .folder = &web->uploads,
                                       .watched = web->config.uploads.n > 0 ? web->config.watched : (struct str){0},
                                       .as_of = web->config.as_of,
                                       .backups = web->config.uploads.n > 0 ? web->config.backups : (struct str){0},
                                       .version = web->config.version,
                                       .clock_us = web->config.clock_us,
                                       .utc_offset_s = web->config.utc_offset_s,
                                       .gate = gate,
                                       .gate_owner = web};
    if (web->config.uploads.n == 0 || ((web->config.backups.n == 0 || backups_folder_open(&own, web->config.backups)) &&
                                       (web->config.watched.n == 0 || watched_ready(&own, web->config.watched)) &&
                                       uploads_folder_open(&own, web->config.uploads, &web->uploads)))
        return work_start(cx, &config, &web->work);
    cx->err = own.err;
    return false;
}

static bool send_ready(struct cx *cx, struct web *web) {
    const struct send_config config = {.db_url = web->config.db_url,
                                       .version = web->config.version,
                                       .private_too = web->config.webhook_private,
                                       .secrets = web->config.secrets,
                                       .clock_us = web->config.clock_us};
    return send_start(cx, &config, &web->send);
}

static bool mailer_ready(struct cx *cx, struct web *web) {
    const struct mailer_config config = {.db_url = web->config.db_url,
                                         .secrets = web->config.secrets,
                                         .clock_us = web->config.clock_us,
                                         .utc_offset_s = web->config.utc_offset_s};
    return mailer_start(cx, &config, &web->mailer);
}

static bool hands_ready(struct cx *cx, struct web *web) {
    const struct hands_config config = {.db_url = web->config.db_url,
                                        .world = {.clock_us = web->config.clock_us,
                                                  .utc_offset_s = web->config.utc_offset_s,
                                                  .as_of = web->config.as_of,
                                                  .version = web->config.version,
                                                  .backups = web->config.backups,
                                                  .secrets = web->config.secrets,
                                                  .private_too = web->config.webhook_private}};
    return hands_start(cx, &config, &web->hands);
}

bool web_open(struct cx *cx, const struct web_config *config, struct web **out) {
    if (!secret_ready())
        return cx_fail(cx, ERR_IO, S("web.no_chance"));
    struct web *web = calloc(1, sizeof *web);
    if (web == NULL)
        return cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
    web->config = *config;
    web->db_url = copied(config->db_url);
    web->version = copied(config->version);
    web->tiles = copied(config->tiles);
    web->backups = copied(config->backups);
    web->secrets = copied(config->secrets);
    web->read_url = copied(config->read_url);
    web->config.secrets = str_from(web->secrets);
    web->config.backups = str_from(web->backups);
    web->config.db_url = str_from(web->db_url);
    web->config.version = str_from(web->version);
    web->config.tiles = str_from(web->tiles);
    web->config.read_url = str_from(web->read_url);
    web->workers = config->workers > 0 ? config->workers : 1;
    web->recall = recall_new(RECALL_MEMORY);
    web->worker = calloc(web->workers, sizeof *web->worker);
    web->rates = rates_new();
    web->guesses = rates_new();
    pthread_mutex_init(&web->lock, NULL);
    pthread_cond_init(&web->free, NULL);
    arena_init(&web->kept, 0, arena_full_exit, NULL);
    *out = web;
    /* The first one now, so that a wrong address is told at once; the others when they are needed. */
    if (web->worker != NULL && web->rates != NULL && web->guesses != NULL &&
        admin_keep(cx, web->config.db_url, WEB_WRITE_WAIT_S, web->recall, &web->worker[0].db) &&
        replica_new(cx, web->config.read_url, web->config.clock_us, web->worker[0].db, &web->replica) &&
        work_ready(cx, web) && send_ready(cx, web) && mailer_ready(cx, web) && hands_ready(cx, web))
        return true;
    web_close(web);
    return false;
}

void web_close(struct web *web) {
    hands_stop(web->hands);
    mailer_stop(web->mailer);
    send_stop(web->send);
    work_stop(web->work);
    for (size_t i = 0; i < web->workers && web->worker != NULL; i++)
        worker_disconnect(&web->worker[i]);
    arena_clear(&web->kept);
    free(web->worker);
    recall_free(web->recall);
    rates_free(web->rates);
    rates_free(web->guesses);
    free(web->db_url);
    free(web->version);
    free(web->tiles);
    free(web->backups);
    free(web->secrets);
    free(web->read_url);
    replica_free(web->replica);
    free(web);
}

void web_watch(struct web *web, const struct http_server *server) {
    web->server = server;
}

struct rates *web_rates(const struct web *web) {
    return web->rates;
}

struct rates *web_guesses(const struct web *web) {
    return web->guesses;
}

void web_metrics(struct web *web, struct buf *to) {
    size_t open = 0;
    pthread_mutex_lock(&web->lock);
    for (size_t i = 0; i < web->workers; i++)
        open += web->worker[i].open;
    pthread_mutex_unlock(&web->lock);
    buf_printf(
        to,
        "# HELP reativa_db_connections Connections of pages to the database.\n# TYPE reativa_db_connections gauge\n"
        "reativa_db_connections %zu\n# HELP reativa_db_connections_most The most of them.\n"
        "# TYPE reativa_db_connections_most gauge\nreativa_db_connections_most %zu\n",
        open, web->workers);
    if (web->replica != NULL)
        replica_metrics(web->replica, to);
}

const struct http_server *web_server(const struct web *web) {
    return web->server;
}

const struct uploads_folder *page_uploads(const struct page *page) {
    return &page->web->uploads;
}

struct work *page_work(const struct page *page) {
    return page->web->work;
}

struct hands *page_hands(const struct page *page) {
    return page->web->hands;
}

struct str web_spool(const struct web *web) {
    return web->uploads.path;
}

const struct web_config *page_config(const struct page *page) {
    return &page->web->config;
}

/* ---- in which language ---- */

bool web_lang_accepted(struct page *page) {
    struct str rest = http_header(page->request, "Accept-Language"), one;
    while (rest.n > 0) {
        struct str tag, weight;
        str_cut(rest, ',', &one, &rest);
        str_cut(str_trim(one), ';', &tag, &weight);
        if (lang_parse(tag, &page->lang))
            return true;
    }
    return false;
}

void web_lang_find(struct page *page) {
    page->lang = LANG_PT_BR;
    if (page->user.lang.n > 0 && lang_parse(page->user.lang, &page->lang))
        return;
    struct str chosen = http_cookie(page->request, S("reativa_lang"));
    if (chosen.n > 0 && lang_parse(chosen, &page->lang))
        return;
    (void)web_lang_accepted(page);
}

/* ---- who asks ---- */

static bool person_find(struct page *page) {
    struct str token = http_cookie(page->request, COOKIE_SESSION);
    bool found = false;
    if (!signin_session(page->cx, page->db, token, page->now_us, &found, &page->session, &page->user))
        return false;
    page->signed_in = found && !page->session.half;
    if (!page->signed_in)
        page->user = (struct user){0};
    if (!found)
        page->session = (struct session){0};
    page->theme = page->user.theme;
    if (!found) {
        token = http_cookie(page->request, COOKIE_GUEST);
        if (token.n != SECRET_TOKEN) {
            token = secret_token(page->arena);
            page_cookie(page, COOKIE_GUEST, token, 0);
        }
    }
    page->csrf_secret = secret_hash(page->arena, cx_text(page->cx, "form:%.*s", STR_ARG(token)));
    return true;
}

/* ---- may they ---- */

static bool gone_to_sign_in(struct page *page) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    buf_put(&to, S("/signin"));
    if (page->request->method == HTTP_GET && page->request->target.n > 1) {
        buf_put(&to, S("?next="));
        http_encode(&to, page->partial ? S("/") : page->request->target, false);
    }
    if (page->partial) { /* a part of a page must not become the sign-in page */
        page->reply->status = 401;
        page_header(page, S("HX-Redirect"), S("/signin"));
        return true;
    }
    return page_go(page, buf_str(&to), (struct str){0});
}

static bool form_is_ours(struct page *page) {
    struct str site = http_header(page->request, "Sec-Fetch-Site"), told = http_header(page->request, "X-CSRF-Token");
    if (told.n == 0)
        told = page_form(page, "csrf");
    if (str_equal(site, S("cross-site")) || !secret_mask_is(told, page->csrf_secret))
        return cx_fail(page->cx, ERR_FORBIDDEN, S("web.form_old"));
    return true;
}

/* A manager asked for a second factor: until it is there, nothing else opens. */
static bool second_factor_missing(const struct page *page) {
    return page->signed_in && page->user.must_totp && page->user.totp.n == 0 &&
           page->route->permission != PERM_PUBLIC && page->route->permission != PERM_SIGNED_IN;
}

/* An empty scope means everybody's customers: it must never be that of a rep, whatever became of their code. */
static bool portfolio_missing(const struct page *page) {
    return page->user.role == ROLE_REP && page->user.rep.n == 0 && page->route->permission != PERM_PUBLIC &&
           page->route->permission != PERM_SIGNED_IN;
}

/* What was typed is kept already: a score that cannot be had now is the next page's, or the daily one's. */
static bool facts_followed(struct page *page) {
    const struct daily_wish wish = {.as_of = page->as_of, .today = page->today, .now_us = page->now_us};
    if (page->cx->err.code == ERR_NONE && !daily_follow(page->cx, page->db, &wish))
        cx_clear(page->cx);
    return true;
}

void web_follow(struct page *page) {
    (void)facts_followed(page);
}

/* A report is answered by a replica where there is one that knows enough; whatever goes wrong there, the database itself is asked. */
static bool read_run(struct page *page, struct worker *worker) {
    struct db *primary = page->db;
    const struct page_mark mark = page_mark_get(page);
    if (page->route->kind != ROUTE_REPORT || page->web->replica == NULL ||
        !replica_take(page, page->web->replica, page->web->recall, &worker->replica))
        return page->route->handle(page);
    page->db = worker->replica;
    page->primary = primary;
    page->asked_before -= admin_statements(primary);
    page->asked_before += admin_statements(page->db);
    if (page->route->handle(page) && !page->reply->body.cut)
        return true;
    page->asked_before += admin_statements(primary) - admin_statements(page->db);
    page->db = primary;
    page->primary = NULL;
    replica_failed(page->web->replica, page->cx, &worker->replica);
    page_rewind(page, mark);
    return page->route->handle(page);
}

static bool written(struct page *page) {
    bool done =
        (page->route->kind == ROUTE_OPEN || form_is_ours(page)) && page->route->handle(page) && facts_followed(page);
    if (page->web->replica != NULL)
        replica_wrote(page);
    return done;
}

static bool route_run(struct page *page, struct worker *worker) {
    enum permission permission = page->route->permission;
    if (permission != PERM_PUBLIC && !page->signed_in)
        return gone_to_sign_in(page);
    if (second_factor_missing(page))
        return page_go(page, S("/account"), S("account.said_second_factor"));
    if (!role_may(page->user.role, permission) || portfolio_missing(page))
        return cx_fail(page->cx, ERR_FORBIDDEN, S("web.not_yours"));
    if (page->request->method != HTTP_POST)
        return read_run(page, worker);
    return written(page);
}

/* ---- one request ---- */

static bool fault_answer(struct page *page) {
    switch (page->request->fault) {
    case 413:
        return cx_fail(page->cx, ERR_LIMIT, S("web.too_large"));
    case 401:
        return cx_fail(page->cx, ERR_FORBIDDEN, S("api.no_token"));
    case 403:
        return cx_fail(page->cx, ERR_FORBIDDEN, S("web.files_from_whom"));
    case 507:
        return cx_fail(page->cx, ERR_IO, S("web.files_full"));
    case 414:
        return cx_fail(page->cx, ERR_LIMIT, S("web.address_long"));
    default:
        return cx_fail(page->cx, ERR_INVALID, S("web.malformed"));
    }
}

static bool method_answer(struct page *page, unsigned methods) {
    bool get = methods & 1u << HTTP_GET, post = methods & 1u << HTTP_POST;
    page->reply->status = 405;
    struct str allow = get && post ? S("GET, HEAD, POST") : get ? S("GET, HEAD") : S("POST");
    page_header(page, S("Allow"), allow);
    return cx_fail(page->cx, ERR_INVALID, S("web.method"));
}

static bool answer(struct page *page, struct worker *worker) {
    unsigned methods = 0;
    if (page->request->fault != 0)
        return fault_answer(page);
    if (api_is(page->request))
        return worker_connect(page, worker) && api_answer(page);
    page->route = route_find(page, &methods);
    if (page->route == NULL && methods != 0)
        return method_answer(page, methods);
    if (page->route == NULL)
        return cx_fail(page->cx, ERR_NOT_FOUND, S("web.no_page"));
    if (page->route->kind == ROUTE_ALONE) {
        web_lang_find(page);
        return page->route->handle(page);
    }
    if (!worker_connect(page, worker) || !person_find(page))
        return false;
    web_lang_find(page);
    page->reply->who = page->user.login;
    return route_run(page, worker);
}

/* A page cut short must not go out as if it were whole. */
static bool answer_whole(struct page *page, struct worker *worker) {
    if (!answer(page, worker))
        return false;
    return !page->reply->body.cut || cx_fail(page->cx, ERR_LIMIT, S("web.memory"));
}

static bool header_said(const struct page *page, struct str name) {
    for (size_t i = 0; i < page->reply->headers; i++)
        if (str_equal(page->reply->header[i].name, name))
            return true;
    return false;
}

static void headers_add(struct page *page) {
    static const char policy[] =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:%s%.*s; connect-src 'self'; "
        "font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    struct str tiles = page->web->config.tiles;
    size_t n = 0; /* of scheme and host: what stands before the third slash */
    for (int slashes = 0; n < tiles.n; n++)
        if (tiles.p[n] == '/' && ++slashes == 3)
            break;
    if (!header_said(page, S("Content-Security-Policy"))) /* a message that is shown has a stricter one */
        page_header(page, S("Content-Security-Policy"), cx_text(page->cx, policy, n > 0 ? " " : "", (int)n, tiles.p));
    page_header(page, S("X-Content-Type-Options"), S("nosniff"));
    page_header(page, S("Referrer-Policy"), S("same-origin"));
    if (page->request->secure)
        page_header(page, S("Strict-Transport-Security"), S("max-age=31536000"));
    if (!header_said(page, S("Cache-Control")))
        page_header(page, S("Cache-Control"), S("no-store"));
}

struct jump {
    jmp_buf back;
};

/* When not even the page that says so can be made. */
static void last_words(struct http_reply *reply) {
    reply->status = 503;
    reply->headers = 0;
    reply->type = S("text/plain; charset=utf-8");
    reply->body.n = 0;
    http_reply_file(reply, -1, 0);
    reply->fixed = S("503\n");
}

static _Noreturn void memory_full(void *owner, size_t wanted) {
    (void)wanted;
    struct jump *jump = owner;
    longjmp(jump->back, 1);
}

/* The page from the start, as it is known without asking anybody. */
static void page_init(struct page *page, struct web *web, struct http_request *request, struct http_reply *reply,
                      struct cx *cx) {
    *cx = (struct cx){.arena = request->arena};
    *page = (struct page){
        .web = web, .request = request, .reply = reply, .cx = cx, .arena = request->arena, .lang = LANG_PT_BR};
    page->now_us = request->at_us;
    page->today = (struct day){(int32_t)((page->now_us / 1000000 + web->config.utc_offset_s(page->now_us)) / 86400)};
    page->as_of = day_is(web->config.as_of) ? web->config.as_of : page->today;
    page->partial = request->fault == 0 && str_equal(http_header(request, "HX-Request"), S("true")) &&
                    !str_equal(http_header(request, "HX-History-Restore-Request"), S("true"));
}

static void error_answer(struct page *page) {
    if (api_is(page->request))
        api_problem(page);
    else
        error_page(page);
}

void web_handle(void *owner, struct http_request *request, struct http_reply *reply) {
    struct web *web = owner;
    struct cx cx;
    struct page page;
    struct jump jump;
    page_init(&page, web, request, reply, &cx);
    if (request->fault == 0 && str_starts(request->path, S("/assets/")) && asset_answer(&page, request->path))
        return;
    struct worker *worker = worker_take(web);
    struct arena *arena = request->arena;
    size_t limit = arena->limit;
    void (*full)(void *, size_t) = arena->full;
    void *full_owner = arena->owner;
    volatile int jumps = 0;
    arena->limit = REQUEST_MEMORY;
    arena->full = memory_full;
    arena->owner = &jump;
    if (setjmp(jump.back) == 0) {
        if (!answer_whole(&page, worker))
            error_answer(&page);
        headers_add(&page);
    } else if (++jumps == 1) {
        arena->limit = limit; /* the error page needs a little more */
        cx_clear(&cx);
        cx_fail(&cx, ERR_LIMIT, S("web.memory"));
        error_answer(&page);
        headers_add(&page);
    } else {
        last_words(reply);
    }
    arena->limit = limit;
    arena->full = full;
    arena->owner = full_owner;
    reply->statements = page.db != NULL ? admin_statements(page.db) - page.asked_before : 0;
    worker_after(&page, worker, jumps > 0);
    worker_give(web, worker);
    if (request->method != HTTP_GET && request->method != HTTP_HEAD && web->send != NULL) {
        send_poke(web->send); /* what was written may be something to tell */
        mailer_poke(web->mailer);
    }
}

/* ---- files ---- */

static void file_over(void *owner) {
    struct web *web = owner;
    pthread_mutex_lock(&web->lock);
    web->files--;
    pthread_mutex_unlock(&web->lock);
}

bool page_file_begin(struct page *page) {
    struct web *web = page->web;
    pthread_mutex_lock(&web->lock);
    bool room = web->files < WEB_FILES_MOST;
    web->files += room;
    pthread_mutex_unlock(&web->lock);
    if (!room) {
        page->reply->status = 503;
        return cx_fail(page->cx, ERR_LIMIT, S("web.files"), cx_text(page->cx, "%d", WEB_FILES_MOST));
    }
    page->reply->over = file_over;
    page->reply->over_owner = web;
    return true;
}

struct page_mark page_mark_get(const struct page *page) {
    return (struct page_mark){.status = page->reply->status,
                              .headers = page->reply->headers,
                              .body = page->reply->body.n,
                              .type = page->reply->type};
}

void page_rewind(struct page *page, struct page_mark mark) {
    struct http_reply *reply = page->reply;
    http_reply_file(reply, -1, 0);
    if (reply->over != NULL)
        reply->over(reply->over_owner);
    reply->over = NULL;
    reply->status = mark.status;
    reply->headers = mark.headers;
    reply->body.n = mark.body;
    reply->body.cut = false;
    reply->fixed = (struct str){0};
    reply->type = mark.type;
    page->faults = 0;
    cx_clear(page->cx);
}

void page_file(struct page *page, int file, int64_t bytes) {
    http_reply_file(page->reply, file, bytes);
}

static bool person_may_bring(struct page *page) {
    return person_find(page) && page->signed_in && !second_factor_missing(page) &&
           role_may(page->user.role, page->route->permission);
}

/* Asked before a body is read that may fill the disk: so only who may bring files may send one. */
int64_t web_room(void *owner, const struct http_request *request, int64_t *free_bytes) {
    struct web *web = owner;
    struct http_reply reply = {.file = -1};
    struct cx cx;
    struct page page;
    unsigned methods = 0;
    page_init(&page, web, (struct http_request *)(uintptr_t)request, &reply, &cx);
    bool program = api_brings(&page);
    page.route = program ? NULL : route_find(&page, &methods);
    if ((!program && (page.route == NULL || page.route->kind != ROUTE_FILES)) || web->uploads.path.n == 0)
        return 0;
    page.now_us = web->config.clock_us();
    struct worker *worker = worker_take(web);
    bool connected = worker_connect(&page, worker);
    int refused = !connected ? 0 : program ? api_may_bring(&page) : person_may_bring(&page) ? 0 : 403;
    worker_after(&page, worker, false);
    worker_give(web, worker);
    return refused > 0 ? -refused : connected ? uploads_room(&web->uploads, free_bytes) : 0;
}

/* A form may have to wait for another writer: not on the thread that serves others' pages. */
enum http_pace web_slow(void *owner, const struct http_request *request) {
    struct page page = {.web = owner, .request = (struct http_request *)(uintptr_t)request};
    unsigned methods;
    const struct route *route = route_find(&page, &methods);
    if (request->method == HTTP_POST || (api_is(request) && api_slow(request)))
        return HTTP_SLOW;
    return route != NULL ? route->slow : HTTP_SOON;
}
