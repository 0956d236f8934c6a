// SPDX-License-Identifier: Apache-2.0
/* api -- see the header: from a request to a handler and back. Problems are answered as RFC 9457 has it, in the language asked for.
 */
#include "web/api/api.h"

#include <string.h>
#include <strings.h>

#include "base/secret.h"
#include "core/customer.h"
#include "web/api/rate.h"
#include "web/web_parts.h"

enum { TAG_DIGITS = 24 };

static bool writes(enum http_method method) {
    return method != HTTP_GET && method != HTTP_HEAD;
}

/* ---- which route ---- */

bool api_is(const struct http_request *request) {
    return str_starts(request->target, S("/api/v1/"));
}

bool api_slow(const struct http_request *request) {
    return writes(request->method);
}

static const struct api_route *route_of(struct page *page, unsigned *methods) {
    *methods = 0;
    for (const struct api_route *route = api_routes; route->path != NULL; route++)
        if (route_takes(page, route->path, route->method, methods))
            return route;
    return NULL;
}

static bool no_route(struct page *page, unsigned methods) {
    static const char *const name[] = {[HTTP_GET] = "GET, HEAD",
                                       [HTTP_POST] = "POST",
                                       [HTTP_PUT] = "PUT",
                                       [HTTP_PATCH] = "PATCH",
                                       [HTTP_DELETE] = "DELETE"};
    struct buf allow;
    if (methods == 0)
        return cx_fail(page->cx, ERR_NOT_FOUND, S("api.no_route"));
    buf_init(&allow, page->arena, 0);
    for (size_t i = HTTP_GET; i < sizeof name / sizeof *name; i++)
        if ((methods >> i & 1) != 0 && name[i] != NULL)
            buf_printf(&allow, "%s%s", allow.n > 0 ? ", " : "", name[i]);
    page->reply->status = 405;
    page_header(page, S("Allow"), buf_str(&allow));
    return cx_fail(page->cx, ERR_INVALID, S("web.method"));
}

/* ---- who asks, may they, may they now ---- */

static bool token_read(struct api *api) {
    struct page *page = api->page;
    struct str given = http_header(page->request, "Authorization"), scheme, token;
    str_cut(given, ' ', &scheme, &token);
    bool bearer = scheme.n == 6 && strncasecmp(scheme.p, "bearer", 6) == 0;
    bool done = given.n == 0 ? cx_fail(api->cx, ERR_FORBIDDEN, S("api.no_token"))
                             : tokens_open(api->cx, api->db, bearer ? str_trim(token) : S(""), page->now_us,
                                           &api->token, &page->user);
    struct str bad;
    if (!done) {
        if (api->cx->err.code == ERR_FORBIDDEN) {
            page->reply->status = 401;
            page_header(page, S("WWW-Authenticate"), S("Bearer realm=\"reativa\""));
        }
        return false;
    }
    (void)grant_parse_set(api->token.grants, &api->grants, &bad);
    page->signed_in = true;
    page->reply->who = page->user.login;
    api->rep = page_rep(page);
    api->who = cx_text(api->cx, "%.*s (%.*s)", STR_ARG(page->user.login), STR_ARG(api->token.name));
    return true;
}

static struct str number_text(struct api *api, int64_t v) {
    return cx_text(api->cx, "%lld", (long long)v);
}

static bool rate_keep(struct api *api) {
    struct page *page = api->page;
    struct rate rate = rate_take(web_rates(page->web), api->token.id, api->token.rate, page->now_us);
    page_header(page, S("RateLimit-Limit"), number_text(api, api->token.rate));
    page_header(page, S("RateLimit-Remaining"), number_text(api, rate.left));
    page_header(page, S("RateLimit-Reset"), number_text(api, rate.reset_s));
    if (rate.allowed)
        return true;
    page->reply->status = 429;
    page_header(page, S("Retry-After"), number_text(api, rate.wait_s));
    return cx_fail(api->cx, ERR_LIMIT, S("api.too_many"), number_text(api, api->token.rate),
                   number_text(api, rate.wait_s));
}

static bool allowed(struct api *api) {
    if (!role_may(api->page->user.role, api->route->permission))
        return cx_fail(api->cx, ERR_FORBIDDEN, S("web.not_yours"));
    return grant_holds(api->grants, api->route->grant) ||
           cx_fail(api->cx, ERR_FORBIDDEN, S("api.not_granted"), str_from(grant_name(api->route->grant)));
}

/* ---- parameters ---- */

static bool paged(const struct api *api) {
    return api->route->gives != NULL && api->route->gives[0] == '[';
}

static bool bad_parameter(struct api *api, struct str name, struct str key) {
    api->field = name;
    api->page->reply->status = 400;
    return cx_fail(api->cx, ERR_INVALID, key, name);
}

static int hex(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A cursor is the place in hexadecimal digits: nobody is invited to make one. */
static bool cursor_read(struct api *api, struct str text) {
    char *to = arena_new(api->arena, char, text.n / 2 + 1);
    for (size_t i = 0; i + 1 < text.n; i += 2) {
        int high = hex(text.p[i]), low = hex(text.p[i + 1]);
        if (high < 0 || low < 0)
            return bad_parameter(api, S("cursor"), S("api.bad_cursor"));
        to[i / 2] = (char)(high * 16 + low);
    }
    api->place = (struct str){to, text.n / 2};
    return (text.n % 2 == 0 && text.n > 0 && str_valid_utf8(api->place) && memchr(to, '\0', api->place.n) == NULL) ||
           bad_parameter(api, S("cursor"), S("api.bad_cursor"));
}

static bool limit_read(struct api *api, struct str text) {
    if (page_number(text, &api->limit) && api->limit >= 1 && api->limit <= API_LIMIT_MOST)
        return true;
    api->field = S("limit");
    return cx_fail(api->cx, ERR_INVALID, S("api.bad_limit"), number_text(api, API_LIMIT_MOST));
}

static bool parameter_check(struct api *api, const struct mould_field *field, size_t n,
                            const struct http_field *given) {
    if (paged(api) && str_equal(given->name, S("limit")))
        return limit_read(api, given->value);
    if (paged(api) && str_equal(given->name, S("cursor")))
        return cursor_read(api, given->value);
    for (size_t i = 0; i < n; i++)
        if (str_equal(field[i].name, given->name))
            return mould_text_fits(field[i].type, given->value) ||
                   bad_parameter(api, given->name, S("api.bad_parameter"));
    return bad_parameter(api, given->name, S("api.unknown_parameter"));
}

static bool query_check(struct api *api) {
    const struct http_fields *query = &api->page->request->query;
    struct mould_field *field = NULL;
    bool several = api->route->query != NULL && strstr(api->route->query, "*filters") != NULL;
    size_t n = api->route->query == NULL || (several && query->n == 0)
                   ? 0
                   : mould_fields(api->arena, api->route->query, &field);
    api->limit = API_LIMIT;
    for (size_t i = 0; i < query->n; i++) {
        struct str first;
        bool again = http_field_find(query, query->field[i].name, &first) && first.p != query->field[i].value.p;
        if (again && !several)
            return bad_parameter(api, query->field[i].name, S("api.repeated_parameter"));
        if (!parameter_check(api, field, n, &query->field[i]))
            return false;
    }
    for (size_t i = 0; i < n; i++)
        if (!field[i].optional && http_field(query, field[i].name).n == 0)
            return bad_parameter(api, field[i].name, S("api.missing_parameter"));
    return true;
}

/* ---- the body ---- */

static bool type_is(struct api *api, struct str wanted) {
    struct str type, rest;
    str_cut(http_header(api->page->request, "Content-Type"), ';', &type, &rest);
    if (str_equal(str_lower(api->arena, str_trim(type)), wanted))
        return true;
    api->page->reply->status = 415;
    return cx_fail(api->cx, ERR_INVALID, S("api.other_type"), wanted);
}

static bool bad_field(struct api *api, struct str name, struct str key, struct str type) {
    api->field = name;
    return cx_fail(api->cx, ERR_INVALID, key, name, type);
}

/* A form holds texts: each field as its mould has it, several of a name where that is a list. */
static bool form_check(struct api *api) {
    const struct http_fields *form = &api->page->request->form;
    struct mould_field *field;
    struct str item;
    size_t n = mould_fields(api->arena, mould_find(moulds_taken, str_from(api->route->takes))->fields, &field);
    for (size_t i = 0; i < form->n; i++) {
        const struct http_field *given = &form->field[i];
        struct str first;
        size_t at = 0;
        while (at < n && !str_equal(field[at].name, given->name))
            at++;
        if (at == n)
            return bad_field(api, given->name, S("api.unknown_field"), (struct str){0});
        bool list = mould_item(field[at].type, &item);
        bool again = http_field_find(form, given->name, &first) && first.p != given->value.p;
        if ((again && !list) || !mould_text_fits(list ? item : field[at].type, given->value))
            return bad_field(api, given->name, S("api.bad_field"), field[at].type);
    }
    for (size_t at = 0; at < n; at++)
        if (!field[at].optional && !str_equal(field[at].type, S("[file]")) && http_field(form, field[at].name).n == 0)
            return bad_field(api, field[at].name, S("api.missing_field"), (struct str){0});
    return true;
}

static bool body_check(struct api *api) {
    struct str body = api->page->request->body, takes = str_from(api->route->takes);
    if (takes.n == 0)
        return true;
    if (str_equal(takes, S("text/csv")))
        return type_is(api, takes);
    if (api->route->files)
        return type_is(api, S("multipart/form-data")) && form_check(api);
    if (!type_is(api, S("application/json")))
        return false;
    if (!json_read(api->cx, body, &api->body)) {
        api->page->reply->status = 400;
        return false;
    }
    return mould_check(api->cx, mould_find(moulds_taken, takes), &api->body, &api->field);
}

/* ---- the answer and its tag ---- */

static struct str tag_of(struct api *api, struct str body) {
    struct str hash = secret_hash(api->arena, body);
    return cx_text(api->cx, "\"%.*s\"", TAG_DIGITS, hash.p);
}

static bool tag_is_in(struct str list, struct str tag) {
    struct str one;
    while (list.n > 0) {
        str_cut(list, ',', &one, &list);
        one = str_trim(one);
        if (str_equal(one, tag) || str_equal(one, S("*")))
            return true;
    }
    return false;
}

/* A write of one resource that names the state it was made for. */
static bool match_check(struct api *api) {
    struct str wanted = http_header(api->page->request, "If-Match");
    struct buf standing;
    if (wanted.n == 0 || api->route->standing == NULL)
        return true;
    buf_init(&standing, api->arena, HTTP_REPLY_MOST);
    api->out = (struct answer){.to = &standing};
    if (!api->route->standing(api))
        return false;
    if (tag_is_in(wanted, tag_of(api, buf_str(&standing))))
        return true;
    api->page->reply->status = 412;
    return cx_fail(api->cx, ERR_CONFLICT, S("api.changed"));
}

static bool run(struct api *api) {
    struct http_reply *reply = api->page->reply;
    if (writes(api->route->method) && !match_check(api))
        return false;
    api->out = (struct answer){.to = &reply->body};
    if (!api->route->handle(api)) {
        if (api->cx->err.code == ERR_CONFLICT && http_header(api->page->request, "If-Match").n > 0)
            reply->status = 412;
        return false;
    }
    reply->status = api->route->status;
    return !reply->body.cut || cx_fail(api->cx, ERR_LIMIT, S("web.memory"));
}

static void tag_put(struct api *api) {
    struct http_reply *reply = api->page->reply;
    if (!api->route->tagged || reply->body.n == 0)
        return;
    struct str tag = tag_of(api, buf_str(&reply->body));
    page_header(api->page, S("ETag"), tag);
    if (!writes(api->route->method) && tag_is_in(http_header(api->page->request, "If-None-Match"), tag)) {
        reply->status = 304;
        reply->body.n = 0;
    }
}

/* ---- writes that count once ---- */

static bool key_is_good(struct api *api, struct str key) {
    for (size_t i = 0; i < key.n; i++)
        if (key.p[i] < ' ' || key.p[i] > '~')
            return false;
    return key.n <= TOKENS_KEY_MOST || api == NULL;
}

static void answer_again(struct api *api, const struct answered *answered) {
    struct page *page = api->page;
    page->reply->status = (int)answered->status;
    buf_put(&page->reply->body, answered->body);
    page_header(page, S("Idempotency-Replayed"), S("true"));
    tag_put(api);
}

/* What was done is done, whether or not the answer could be kept; what failed may be tried again with the same key. */
static void key_keep(struct api *api, struct str key, bool done) {
    struct http_reply *reply = api->page->reply;
    struct err err = api->cx->err;
    struct answered answered = {.status = done ? reply->status : 0, .body = buf_str(&reply->body)};
    cx_clear(api->cx);
    (void)tokens_key_keep(api->cx, api->db, api->token.id, key, &answered);
    cx_clear(api->cx);
    api->cx->err = err;
}

/* What was sent, in few bytes: files by what stands in them. */
static bool body_digest(struct api *api, struct str *out) {
    const struct http_request *request = api->page->request;
    struct buf to;
    buf_init(&to, api->arena, 0);
    buf_put(&to, secret_hash(api->arena, request->body));
    for (size_t i = 0; api->route->files && i < request->form.n; i++) {
        buf_put(&to, secret_hash(api->arena, request->form.field[i].name));
        buf_put(&to, secret_hash(api->arena, request->form.field[i].value));
    }
    for (size_t i = 0; i < request->files; i++) {
        struct str hash;
        if (!secret_hash_file(api->arena, request->file[i].path, &hash))
            return cx_fail(api->cx, ERR_IO, S("web.files_full"));
        buf_put(&to, secret_hash(api->arena, request->file[i].name));
        buf_put(&to, hash);
    }
    *out = buf_str(&to);
    return true;
}

static bool write_once(struct api *api, struct str key) {
    struct page *page = api->page;
    struct answered answered;
    bool before;
    struct str asked =
        cx_text(api->cx, "%.*s %.*s\n", STR_ARG(page->request->method_name), STR_ARG(page->request->target));
    struct str body;
    if (!body_digest(api, &body))
        return false;
    struct str digest = secret_hash(api->arena, cx_text(api->cx, "%.*s%.*s", STR_ARG(asked), STR_ARG(body)));
    if (!tokens_key_take(api->cx, api->db, api->token.id, key, digest, page->now_us, &before, &answered)) {
        if (api->cx->err.code == ERR_INVALID)
            page->reply->status = 422;
        return false;
    }
    if (before) {
        answer_again(api, &answered);
        return true;
    }
    bool done = run(api);
    key_keep(api, key, done);
    if (done)
        tag_put(api);
    return done;
}

static bool write_do(struct api *api) {
    struct str key = http_header(api->page->request, "Idempotency-Key");
    if (!key_is_good(api, key) || (key.n == 0 && api->route->once)) {
        api->page->reply->status = 400;
        return cx_fail(api->cx, ERR_INVALID, S("api.no_key"), number_text(api, TOKENS_KEY_MOST));
    }
    if (key.n > 0) {
        api->once = cx_text(api->cx, "api:%lld:%.*s", (long long)api->token.id, STR_ARG(secret_hash(api->arena, key)));
        return write_once(api, key);
    }
    api->once = secret_token(api->arena);
    if (!run(api))
        return false;
    tag_put(api);
    return true;
}

/* ---- one request ---- */

static bool respond(struct api *api) {
    if (!writes(api->route->method)) {
        if (!run(api))
            return false;
        tag_put(api);
        return true;
    }
    if (!write_do(api))
        return false;
    web_follow(api->page);
    return true;
}

bool api_brings(struct page *page) {
    unsigned methods;
    const struct api_route *route = api_is(page->request) ? route_of(page, &methods) : NULL;
    return route != NULL && route->files;
}

int api_may_bring(struct page *page) {
    unsigned methods;
    struct api *api = arena_new(page->arena, struct api, 1);
    *api = (struct api){.page = page, .cx = page->cx, .arena = page->arena, .db = page->db};
    api->route = route_of(page, &methods);
    if (!token_read(api))
        return page->cx->err.code == ERR_FORBIDDEN ? 401 : 0;
    return allowed(api) ? 0 : 403;
}

bool api_answer(struct page *page) {
    unsigned methods;
    struct api *api = arena_new(page->arena, struct api, 1);
    *api = (struct api){.page = page, .cx = page->cx, .arena = page->arena, .db = page->db};
    page->api = api;
    bool chosen = web_lang_accepted(page);
    api->route = route_of(page, &methods);
    if (api->route == NULL)
        return no_route(page, methods);
    page->reply->type = S("application/json");
    api->out = (struct answer){.to = &page->reply->body};
    if (api->route->permission == PERM_PUBLIC)
        return api->route->handle(api);
    if (!token_read(api))
        return false;
    if (!chosen && page->user.lang.n > 0)
        (void)lang_parse(page->user.lang, &page->lang);
    return rate_keep(api) && allowed(api) && query_check(api) && body_check(api) && respond(api);
}

/* ---- problems ---- */

static const char *title_of(int status) {
    static const struct {
        int status;
        const char *title;
    } titles[] = {{400, "Bad Request"},
                  {401, "Unauthorized"},
                  {403, "Forbidden"},
                  {404, "Not Found"},
                  {405, "Method Not Allowed"},
                  {409, "Conflict"},
                  {412, "Precondition Failed"},
                  {413, "Content Too Large"},
                  {414, "URI Too Long"},
                  {415, "Unsupported Media Type"},
                  {422, "Unprocessable Content"},
                  {429, "Too Many Requests"},
                  {503, "Service Unavailable"},
                  {507, "Insufficient Storage"}};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (titles[i].status == status)
            return titles[i].title;
    return "Internal Server Error";
}

static int problem_status(const struct page *page) {
    const struct err *err = &page->cx->err;
    const struct api *api = page->api;
    if (page->request->fault != 0)
        return page->request->fault;
    if (page->reply->status != 200)
        return page->reply->status;
    if (str_starts(err->key, S("db.")))
        return 503;
    bool of_body = err->code == ERR_INVALID && api != NULL && api->route != NULL && writes(api->route->method);
    return of_body ? 422 : error_status(err->code);
}

/* What forms and use cases call otherwise. */
static struct str field_name_of(struct str name) {
    static const char *const names[][2] = {{"date", "next_on"},         {"minute", "time"},
                                           {"person", "person_id"},     {"occurrence", "occurrence_id"},
                                           {"reason", "reason_id"},     {"objection", "objection_id"},
                                           {"worklist", "worklist_id"}, {"appointment", "appointment_id"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(name, str_from(names[i][0])))
            return str_from(names[i][1]);
    return name;
}

/* The field of a use case's error stands in its key: contact.bad_channel. */
static struct str field_of(const struct page *page) {
    const struct err *err = &page->cx->err;
    struct str noun, phrase;
    if (page->api != NULL && page->api->field.n > 0)
        return page->api->field;
    bool told = err->code == ERR_INVALID && str_cut(err->key, '.', &noun, &phrase) && str_starts(phrase, S("bad_"));
    return told ? field_name_of((struct str){phrase.p + 4, phrase.n - 4}) : (struct str){0};
}

void api_problem(struct page *page) {
    int status = problem_status(page);
    struct http_reply *reply = page->reply;
    struct str code = str_copy(page->arena, page->cx->err.key), field = field_of(page);
    error_words(page, status);
    reply->status = status;
    reply->type = S("application/problem+json");
    reply->body.n = 0;
    reply->body.cut = false;
    if (page->cx->err.key.n > 0 && str_starts(code, S("db.")))
        code = page->cx->err.key;
    struct answer out = {.to = &reply->body};
    answer_object(&out, NULL);
    answer_chars(&out, "type", "about:blank");
    answer_chars(&out, "title", title_of(status));
    answer_number(&out, "status", status);
    answer_text(&out, "detail", catalog_error_api(page->arena, page->lang, &page->cx->err));
    answer_text(&out, "code", code);
    answer_text(&out, "field", field);
    answer_text(&out, "request_id", page->request->id);
    answer_object_end(&out);
}

/* ---- what handlers use ---- */

struct str api_query(const struct api *api, const char *name) {
    return page_query(api->page, name);
}

struct day api_query_day(const struct api *api, const char *name) {
    struct day day = DAY_NONE;
    return day_parse_iso(api_query(api, name), &day) ? day : DAY_NONE;
}

bool api_has(const struct api *api, const char *name) {
    const struct json_value *v = json_member(&api->body, str_from(name));
    return v != NULL && v->kind != JSON_NULL;
}

struct str api_text(const struct api *api, const char *name) {
    const struct json_value *v = json_member(&api->body, str_from(name));
    return v != NULL ? v->text : (struct str){0};
}

int64_t api_int(const struct api *api, const char *name, int64_t absent) {
    int64_t v;
    return decimal_read(api_text(api, name), DECIMAL_POINT, 0, &v, NULL) == DECIMAL_OK ? v : absent;
}

int64_t api_money(const struct api *api, const char *name) {
    int64_t cents;
    return decimal_read(api_text(api, name), DECIMAL_POINT, 2, &cents, NULL) == DECIMAL_OK ? cents : STAT_NONE;
}

struct day api_day(const struct api *api, const char *name) {
    struct day day = DAY_NONE;
    return day_parse_iso(api_text(api, name), &day) ? day : DAY_NONE;
}

bool api_bool(const struct api *api, const char *name, bool absent) {
    const struct json_value *v = json_member(&api->body, str_from(name));
    return v != NULL && v->kind == JSON_BOOL ? v->truth : absent;
}

bool api_id(struct api *api, int arg, int64_t *out) {
    return page_number(api->page->arg[arg], out) || cx_fail(api->cx, ERR_NOT_FOUND, S("api.nothing_there"));
}

void api_page_begin(struct api *api) {
    answer_object(&api->out, NULL);
    answer_array(&api->out, "data");
}

void api_page_end(struct api *api, struct str next) {
    struct buf cursor;
    buf_init(&cursor, api->arena, 0);
    for (size_t i = 0; i < next.n; i++)
        buf_printf(&cursor, "%02x", (unsigned)(unsigned char)next.p[i]);
    answer_array_end(&api->out);
    answer_text(&api->out, "next", buf_str(&cursor));
    answer_object_end(&api->out);
}

struct str api_place_id(struct api *api, int64_t id) {
    return number_text(api, id);
}

bool api_from_id(struct api *api, int64_t *out) {
    *out = 0;
    return api->place.n == 0 || page_number(api->place, out) || bad_parameter(api, S("cursor"), S("api.bad_cursor"));
}
