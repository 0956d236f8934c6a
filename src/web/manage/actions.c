// SPDX-License-Identifier: Apache-2.0
/* actions -- what is done about reasons and objections: the list, its file and a form.
 */
#include "web/manage/actions.h"

#include "base/text.h"
#include "web/listing.h"
#include "web/manage/manage.h"
#include "web/pages.h"

const char *const actions_shows[ACTIONS_SHOWS] = {"open", "finished", "retired", "all"};

/* ---- the list ---- */

static struct listing_key key_of(struct page *page, struct str column, const struct action_row *row) {
    const struct action *action = &row->action;
    if (str_equal(column, S("cause")))
        return (struct listing_key){.row = row, .text = str_fold(page->arena, row->choice)};
    if (str_equal(column, S("what")))
        return (struct listing_key){.row = row, .text = str_fold(page->arena, action->what)};
    if (str_equal(column, S("owner")))
        return (struct listing_key){.row = row, .text = str_fold(page->arena, action->owner)};
    if (str_equal(column, S("state")))
        return (struct listing_key){.row = row, .number = action->state};
    return (struct listing_key){.row = row, .number = action->due_on.n};
}

static void order(struct page *page, struct actions_view *v) {
    size_t n = v->found.n;
    struct listing_key *key = arena_new(page->arena, struct listing_key, n + 1);
    v->row = arena_new(page->arena, const struct action_row *, n + 1);
    for (size_t i = 0; i < n; i++)
        key[i] = key_of(page, listing_column(v->sort), &v->found.row[i]);
    listing_sort(key, n, listing_down(v->sort));
    for (size_t i = 0; i < n; i++)
        v->row[i] = key[i].row;
}

static bool look(struct page *page, struct actions_view *v) {
    *v = (struct actions_view){.sort = page_query(page, "sort"), .show = S("open")};
    v->look.as_of = page->as_of;
    v->look.search = str_trim(page_query(page, "q"));
    v->look.late = page_query(page, "late").n > 0;
    for (int i = 0; i < ACTIONS_SHOWS; i++)
        if (str_equal(page_query(page, "show"), str_from(actions_shows[i]))) {
            v->look.show = (enum actions_show)i;
            v->show = str_from(actions_shows[i]);
        }
    if (!page_number(page_query(page, "choice"), &v->look.choice_id) || v->look.choice_id < 0)
        v->look.choice_id = 0;
    v->filtered = v->look.search.n > 0 || v->look.late || v->look.show != ACTIONS_OPEN || v->look.choice_id > 0;
    if (!actions_look_through(page->cx, page->db, &v->look, &v->found))
        return false;
    order(page, v);
    return true;
}

struct url actions_address(struct page *page, const struct actions_view *v, const char *path, const char *sort) {
    const struct http_field part[] = {
        {S("q"), v->look.search},
        {S("show"), v->look.show == ACTIONS_OPEN ? (struct str){0} : v->show},
        {S("late"), v->look.late ? S("1") : (struct str){0}},
        {S("choice"), v->look.choice_id > 0 ? action_id(page, v->look.choice_id) : (struct str){0}},
        {S("sort"), listing_turned(page, v->sort, "due", sort)}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

const char *actions_order(const struct actions_view *v, const char *sort) {
    return listing_order(v->sort, "due", sort);
}

bool actions_show(struct page *page) {
    struct actions_view v;
    if (!look(page, &v))
        return false;
    page_top(page, page_text(page, S("action.title")));
    actions_page(page, &v);
    page_bottom(page);
    return true;
}

bool actions_export(struct page *page) {
    struct actions_view v;
    if (!look(page, &v))
        return false;
    struct action_row *row = arena_new(page->arena, struct action_row, v.found.n + 1);
    for (size_t i = 0; i < v.found.n; i++)
        row[i] = *v.row[i];
    actions_csv(page->lang, row, v.found.n, &page->reply->body);
    page->reply->type = S("text/csv; charset=utf-8");
    page_header(page, S("Content-Disposition"), S("attachment; filename=\"actions.csv\""));
    return true;
}

/* ---- what the templates ask for ---- */

struct url action_form_url(struct page *page, const struct action_form_view *v) {
    return url_local(v->typed.id == 0 ? S("/actions") : cx_text(page->cx, "/actions/%lld", (long long)v->typed.id));
}

struct str action_state(struct page *page, enum action_state state) {
    return page_text(page, cx_text(page->cx, "action.state_%s", action_state_name(state)));
}

struct str action_day(struct page *page, struct day day) {
    char text[DAY_TEXT];
    return day_is(day) ? str_copy(page->arena, (struct str){text, day_iso(day, text)}) : (struct str){0};
}

struct str action_id(struct page *page, int64_t id) {
    return cx_text(page->cx, "%lld", (long long)id);
}

struct str action_cause(struct page *page, const struct action_row *row) {
    return page_text(page, row->kind == CHOICE_REASON ? S("action.reason") : S("action.objection"), row->choice);
}

static struct str monthly(struct page *page, int64_t n, int64_t days) {
    return text_decimal(page->arena, page->lang, actions_month(n, days), 1, 1);
}

struct str action_effect_short(struct page *page, const struct action_row *row) {
    const struct action_effect *e = &row->effect;
    if (e->days == 0)
        return (struct str){0};
    return page_text(page, S("action.effect_short"), monthly(page, e->before, ACTION_EFFECT_DAYS),
                     monthly(page, e->after, e->days), html_arg_long(page, e->before),
                     html_arg_long(page, e->before_all), html_arg_long(page, e->after),
                     html_arg_long(page, e->after_all));
}

struct str action_effect_said(struct page *page, const struct action_row *row) {
    const struct action_effect *e = &row->effect;
    if (e->days == 0)
        return (struct str){0};
    return page_text(page, S("action.effect_long"), html_arg_long(page, e->before), html_arg_long(page, e->before_all),
                     html_arg_int(page, ACTION_EFFECT_DAYS), html_arg_long(page, e->after),
                     html_arg_long(page, e->after_all), html_arg_long(page, e->days));
}

/* ---- the form ---- */

static bool form_show(struct page *page, struct action_form_view *v) {
    struct actions_look look = {.show = ACTIONS_ALL, .as_of = page->as_of};
    struct actions_found found;
    if (!actions_look_through(page->cx, page->db, &look, &found))
        return false;
    v->names = found.names;
    for (size_t i = 0; i < found.n && v->typed.id != 0; i++)
        if (found.row[i].action.id == v->typed.id)
            v->row = &found.row[i];
    page_top(page, page_text(page, v->typed.id == 0 ? S("action.new") : S("action.one")));
    action_form_page(page, v);
    page_bottom(page);
    return true;
}

bool action_new_show(struct page *page) {
    struct action_form_view v = {.typed = {.state = ACTION_PLANNED, .due_on = DAY_NONE, .done_on = DAY_NONE}};
    v.typed.token = page_token(page);
    if (!page_number(page_query(page, "choice"), &v.typed.choice_id))
        v.typed.choice_id = 0;
    return form_show(page, &v);
}

bool action_show(struct page *page) {
    struct action_form_view v = {0};
    int64_t id;
    return page_arg_id(page, 0, &id) && actions_find(page->cx, page->db, id, &v.typed) && form_show(page, &v);
}

/* What cannot be kept comes back with what was typed: at its field, or, when somebody else was first, beside what they kept. */
static bool form_again(struct page *page, struct action_form_view *v) {
    static const struct page_place places[] = {
        {"action.no_cause", "choice"}, {"action.no_what", "what"},     {"action.what_long", "what"},
        {"action.no_owner", "owner"},  {"action.owner_long", "owner"}, {"action.no_due", "due_on"},
        {"action.no_state", "state"},  {"action.bad_done", "done_on"}, {"action.effect_too_long", "effect"}};
    struct action now;
    bool other;
    if (!page_refused_again(page, places, sizeof places / sizeof *places, &v->fault, &other) ||
        (other && !actions_find(page->cx, page->db, v->typed.id, &now)))
        return false;
    if (other) {
        v->now = &now;
        v->typed.version = now.version;
        v->typed.retired_us = now.retired_us;
    }
    return form_show(page, v);
}

static void typed(struct page *page, struct action *out) {
    out->what = page_form(page, "what");
    out->owner = page_form(page, "owner");
    out->effect = page_form(page, "effect");
    out->token = page_form(page, "token");
    out->due_on = out->done_on = DAY_NONE;
    day_parse_iso(page_form(page, "due_on"), &out->due_on);
    day_parse_iso(page_form(page, "done_on"), &out->done_on);
    if (!page_number(page_form(page, "choice"), &out->choice_id))
        out->choice_id = 0;
    if (!page_number(page_form(page, "version"), &out->version))
        out->version = 0;
    if (!action_state_parse(page_form(page, "state"), &out->state))
        out->state = ACTION_NONE;
}

static bool put(struct page *page, int64_t id) {
    struct actions_wish wish = {.as_of = page->as_of, .who = page->user.login, .now_us = page->now_us};
    typed(page, &wish.action);
    wish.action.id = id;
    if (actions_put(page->cx, page->db, &wish))
        return page_go(page, S("/actions"), S("action.said_saved"));
    return form_again(page, &(struct action_form_view){.typed = wish.action});
}

bool action_new_do(struct page *page) {
    return put(page, 0);
}

bool action_do(struct page *page) {
    struct action action;
    int64_t id;
    return page_arg_id(page, 0, &id) && actions_find(page->cx, page->db, id, &action) && put(page, id);
}

static bool retire(struct page *page, bool retired, struct str said) {
    struct action_form_view v = {0};
    int64_t id, version = 0;
    page_number(page_form(page, "version"), &version);
    if (!page_arg_id(page, 0, &id) || !actions_find(page->cx, page->db, id, &v.typed))
        return false;
    if (actions_retire(page->cx, page->db, id, version, retired, page->user.login, page->now_us))
        return page_go(page, S("/actions"), said);
    return form_again(page, &v);
}

bool action_retire_do(struct page *page) {
    return retire(page, true, S("action.said_retired"));
}

bool action_restore_do(struct page *page) {
    return retire(page, false, S("action.said_restored"));
}
