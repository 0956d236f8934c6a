// SPDX-License-Identifier: Apache-2.0
/* memos -- what one got and wrote, one of them, and the form. Looking at a memo does not make it read: its reader says so, as that is
 * what the writer is told.
 */
#include "web/cockpit/memos.h"

#include "base/text.h"
#include "web/cockpit/agenda.h"
#include "web/cockpit/cockpit.h"
#include "web/csv.h"
#include "web/listing.h"
#include "web/pages.h"

/* ---- what the templates ask for ---- */

const char *memos_show_name(bool sent, size_t i) {
    static const char *const received[] = {"here", "unread", "archived", "all"};
    static const char *const written[] = {"here", "waiting", "taken", "all"};
    return i < sizeof received / sizeof *received ? (sent ? written : received)[i] : NULL;
}

struct str memo_id(struct page *page, int64_t id) {
    return cx_text(page->cx, "%lld", (long long)id);
}

struct str memo_iso(struct page *page, struct day day) {
    return agenda_iso(page, day);
}

static struct str group(struct page *page, const struct memo *memo) {
    if (memo->aim == MEMO_ROLE)
        return page_text(page, cx_text(page->cx, "memo_page.all_%.*s", STR_ARG(memo->aimed)));
    if (memo->aim == MEMO_REGION)
        return page_text(page, S("memo_page.to_region"), memo->aimed);
    if (memo->aim == MEMO_TEAM)
        return page_text(page, S("memo_page.to_team"), memo->aimed);
    return page_text(page, S("memo_page.to_all"));
}

struct str memo_to(struct page *page, const struct memo_row *row) {
    if (row->memo.aim != MEMO_PEOPLE)
        return group(page, &row->memo);
    return row->readers <= 1
               ? row->first
               : page_text(page, S("memo_page.and_more"), row->first, html_arg_long(page, row->readers - 1));
}

bool memo_named(const struct memo_form_view *v, int64_t user_id) {
    for (size_t i = 0; i < v->typed->users; i++)
        if (v->typed->user[i] == user_id)
            return true;
    return false;
}

bool memo_leads(const struct memo_form_view *v, const struct user *user) {
    for (size_t i = 0; i < v->users; i++)
        if (v->user[i]->manager_id == user->id)
            return true;
    return false;
}

/* By name, as people look for them; of who has left only one that is asked for. */
static const struct user **by_name(struct page *page, const struct user *user, size_t n, int64_t asked, size_t *out) {
    struct listing_key *key = arena_new(page->arena, struct listing_key, n + 1);
    const struct user **sorted = arena_new(page->arena, const struct user *, n + 1);
    *out = 0;
    for (size_t i = 0; i < n; i++)
        if (user[i].retired_us == 0 || user[i].id == asked)
            key[(*out)++] = (struct listing_key){.row = &user[i], .text = str_fold(page->arena, user[i].name)};
    listing_sort(key, *out, false);
    for (size_t i = 0; i < *out; i++)
        sorted[i] = key[i].row;
    return sorted;
}

/* ---- the list ---- */

static void look_read(struct page *page, struct memos_view *v, struct memos_look *look) {
    struct str day, id;
    v->sent = str_equal(page_query(page, "box"), S("sent"));
    v->search = str_trim(page_query(page, "q"));
    v->show = S("here");
    for (size_t i = 0; memos_show_name(v->sent, i) != NULL; i++)
        if (str_equal(page_query(page, "show"), str_from(memos_show_name(v->sent, i))))
            v->show = str_from(memos_show_name(v->sent, i));
    bool all = str_equal(v->show, S("all"));
    *look = (struct memos_look){.sent = v->sent, .search = v->search};
    struct memo_look *row = &look->row;
    *row = (struct memo_look){.viewer = page->user.id,
                              .day = page->as_of,
                              .read = str_equal(v->show, S("unread")) ? MEMO_NO : MEMO_EITHER,
                              .archived = all ? MEMO_EITHER : str_equal(v->show, S("archived")),
                              .taken = all ? MEMO_EITHER : str_equal(v->show, S("taken")),
                              .waiting = str_equal(v->show, S("waiting")),
                              .before_day = DAY_NONE,
                              .most = MEMOS_SHOWN};
    if (page_number(page_query(page, "other"), &row->other) && row->other > 0)
        v->other = memo_id(page, row->other);
    else
        row->other = 0;
    v->further = str_cut(page_query(page, "before"), '_', &day, &id) && day_parse_iso(day, &row->before_day) &&
                 page_number(id, &row->before_id);
    if (!v->further) {
        row->before_day = DAY_NONE;
        row->before_id = 0;
    }
    v->filtered = v->search.n > 0 || row->other > 0 || !str_equal(v->show, S("here"));
}

static struct url address(struct page *page, const struct memos_view *v, const char *path, struct str before) {
    const struct http_field part[] = {{S("box"), v->sent ? S("sent") : (struct str){0}},
                                      {S("show"), str_equal(v->show, S("here")) ? (struct str){0} : v->show},
                                      {S("q"), v->search},
                                      {S("other"), v->other},
                                      {S("before"), before}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

struct url memos_address(struct page *page, const struct memos_view *v, const char *path) {
    return address(page, v, path, (struct str){0});
}

struct url memos_older(struct page *page, const struct memos_view *v) {
    const struct memo *last = &v->found.row[v->found.n - 1].memo;
    return address(page, v, "/memos",
                   cx_text(page->cx, "%.*s_%lld", STR_ARG(agenda_iso(page, last->day)), (long long)last->id));
}

bool memos_show(struct page *page) {
    struct memos_view v = {0};
    struct memos_look look;
    look_read(page, &v, &look);
    if (!memos_find(page->cx, page->db, &look, &v.found))
        return false;
    v.user = by_name(page, v.found.user, v.found.users, look.row.other, &v.users);
    page_top(page, page_text(page, S("menu.memos")));
    memos_page(page, &v);
    page_bottom(page);
    return true;
}

static struct str moment(struct page *page, int64_t at_us) {
    return at_us > 0 ? text_moment_iso(page->arena, at_us) : (struct str){0};
}

bool memos_export(struct page *page) {
    struct memos_view v = {0};
    struct memos_look look;
    look_read(page, &v, &look);
    look.row.most = INT64_MAX;
    if (!memos_find(page->cx, page->db, &look, &v.found))
        return false;
    csv_start(page, "memos.csv");
    CSV_ROW(page, S("number"), S("written"), S("appears_on"), S("from"), S("to"), S("customer"), S("name"), S("memo"),
            S("read"), S("archived"), S("people"), S("have_read"), S("taken_back"));
    for (size_t i = 0; i < v.found.n; i++) {
        const struct memo_row *row = &v.found.row[i];
        struct str none = {0};
        CSV_ROW(page, memo_id(page, row->memo.id), moment(page, row->memo.made_us), memo_iso(page, row->memo.day),
                row->author, v.sent ? memo_to(page, row) : page->user.name, row->code, row->customer, row->memo.text,
                moment(page, row->read_us), moment(page, row->archived_us), v.sent ? memo_id(page, row->readers) : none,
                v.sent ? memo_id(page, row->read) : none, moment(page, row->memo.taken_us));
    }
    return true;
}

/* ---- the form ---- */

static bool form_show(struct page *page, struct memo_form_view *v) {
    if (!memos_names(page->cx, page->db, &v->names))
        return false;
    v->user = by_name(page, v->names.user, v->names.users, 0, &v->users);
    page_top(page, page_text(page, S("memo_page.new")));
    memo_form_page(page, v);
    page_bottom(page);
    return true;
}

bool memo_new_show(struct page *page) {
    struct memos_wish *wish = arena_new(page->arena, struct memos_wish, 1);
    struct memo_form_view v = {.typed = wish, .aim = S("people"), .day = agenda_iso(page, page->as_of)};
    wish->token = page_token(page);
    wish->code = page_query(page, "code");
    v.remind = page_query(page, "remind").n > 0;
    if (page_number(page_query(page, "to"), &wish->user[0]))
        wish->users = 1;
    return form_show(page, &v);
}

static void aim_read(struct page *page, struct memos_wish *wish, struct memo_form_view *v) {
    const struct http_fields *form = &page->request->form;
    struct str word, of;
    v->aim = page_form(page, "aim");
    if (!str_cut(v->aim, ':', &word, &of)) {
        word = v->aim;
        of = (struct str){0};
    }
    if (!memo_aim_parse(word, &wish->aim))
        wish->aim = MEMO_NOBODY;
    if (wish->aim == MEMO_ROLE && !role_parse(of, &wish->role))
        wish->role = ROLE_NONE;
    if (wish->aim == MEMO_REGION)
        wish->region = of;
    if (wish->aim == MEMO_TEAM && !page_number(of, &wish->manager_id))
        wish->manager_id = 0;
    for (size_t i = 0; i < form->n && wish->users < MEMOS_NAMED; i++)
        if (str_equal(form->field[i].name, S("user")) && page_number(form->field[i].value, &wish->user[wish->users]))
            wish->users++;
}

static bool wish_read(struct page *page, struct memo_form_view *v) {
    struct memos_wish *wish = v->typed;
    wish->by = &page->user;
    wish->code = str_trim(page_form(page, "code"));
    wish->text = page_form(page, "text");
    wish->token = page_form(page, "token");
    wish->today = page->as_of;
    wish->now_us = page->now_us;
    v->remind = page_form(page, "remind").n > 0;
    v->day = page_form(page, "day");
    v->time = page_form(page, "time");
    aim_read(page, wish, v);
    wish->day = DAY_NONE;
    if (v->day.n > 0 && !day_parse_iso(v->day, &wish->day))
        return cx_fail(page->cx, ERR_INVALID, S("memo.bad_day"));
    return agenda_minute(v->time, &wish->minute) || cx_fail(page->cx, ERR_INVALID, S("appointment.bad_minute"));
}

/* What cannot be sent comes back with what was typed, and why at its field. */
static bool form_again(struct page *page, struct memo_form_view *v) {
    static const struct page_place places[] = {{"memo.no_team", "aim"},
                                               {"memo.no_text", "text"},
                                               {"memo.long", "text"},
                                               {"memo.bad_day", "day"},
                                               {"memo.no_aim", "aim"},
                                               {"memo.no_people", "user"},
                                               {"memo.no_user", "user"},
                                               {"memo.no_region", "aim"},
                                               {"memo.nobody", "aim"},
                                               {"memo.remind_people", "aim"},
                                               {"memo.remind_customer", "code"},
                                               {"memo.not_theirs", "user"},
                                               {"scope.no_customer", "code"},
                                               {"appointment.bad_minute", "time"}};
    enum err_code code = page->cx->err.code;
    if (code != ERR_INVALID && code != ERR_LIMIT && code != ERR_NOT_FOUND)
        return false;
    v->fault = page_refused_at(page, places, sizeof places / sizeof *places);
    return form_show(page, v);
}

bool memo_new_do(struct page *page) {
    struct memos_done done;
    struct memo_form_view v = {.typed = arena_new(page->arena, struct memos_wish, 1)};
    if (!wish_read(page, &v))
        return form_again(page, &v);
    if (!v.remind)
        return memos_write(page->cx, page->db, v.typed, &done)
                   ? page_go(page, S("/memos?box=sent"), S("memo_page.said_sent"))
                   : form_again(page, &v);
    if (!memos_remind(page->cx, page->db, v.typed, &done))
        return form_again(page, &v);
    struct day day = day_is(v.typed->day) ? v.typed->day : page->as_of;
    bool own = v.typed->users == 1 && v.typed->user[0] == page->user.id;
    return page_go(page, own ? cx_text(page->cx, "/agenda?day=%.*s", STR_ARG(agenda_iso(page, day))) : S("/memos"),
                   S("memo_page.said_reminded"));
}

/* ---- one of them ---- */

static bool one_show(struct page *page, struct memo_view *v, int64_t id) {
    if (!memos_open(page->cx, page->db, id, page->user.id, page->as_of, &v->one))
        return false;
    v->mine = v->one.row.memo.user_id == page->user.id;
    if (v->token.n == 0)
        v->token = page_token(page);
    page_top(page, page_text(page, S("memo_page.one")));
    memo_page(page, v);
    page_bottom(page);
    return true;
}

bool memo_show(struct page *page) {
    struct memo_view v = {0};
    int64_t id;
    return page_arg_id(page, 0, &id) && one_show(page, &v, id);
}

bool memo_reply_do(struct page *page) {
    struct memos_wish *wish = arena_new(page->arena, struct memos_wish, 1);
    struct memos_done done;
    struct memo_view v = {.token = page_form(page, "token"), .reply = page_form(page, "text")};
    int64_t id;
    if (!page_arg_id(page, 0, &id))
        return false;
    wish->by = &page->user;
    wish->aim = MEMO_PEOPLE;
    wish->answers = id;
    wish->text = v.reply;
    wish->token = v.token;
    wish->day = DAY_NONE;
    wish->today = page->as_of;
    wish->now_us = page->now_us;
    if (memos_write(page->cx, page->db, wish, &done))
        return page_go(page, cx_text(page->cx, "/memos/%lld", (long long)id), S("memo_page.said_sent"));
    if (page->cx->err.code != ERR_INVALID && page->cx->err.code != ERR_LIMIT)
        return false;
    /* A memo that is not there is none whatever was typed. */
    v.fault = page_refused_at(page, NULL, 0);
    return one_show(page, &v, id);
}

static bool act_read(struct page *page, struct memos_act *out) {
    *out = (struct memos_act){.by = &page->user, .day = page->as_of, .now_us = page->now_us};
    return page_arg_id(page, 0, &out->id);
}

/* Back to where it stood: Today, or the list. */
static bool back(struct page *page, struct str said) {
    return page_go(page, str_equal(page_form(page, "at"), S("today")) ? S("/") : S("/memos"), said);
}

bool memo_read_do(struct page *page) {
    struct memos_act act;
    return act_read(page, &act) && memos_read(page->cx, page->db, &act) && back(page, S("memo_page.said_read"));
}

bool memo_archive_do(struct page *page) {
    struct memos_act act;
    return act_read(page, &act) && memos_archive(page->cx, page->db, &act, true) &&
           back(page, S("memo_page.said_archived"));
}

bool memo_restore_do(struct page *page) {
    struct memos_act act;
    return act_read(page, &act) && memos_archive(page->cx, page->db, &act, false) &&
           back(page, S("memo_page.said_restored"));
}

bool memo_take_do(struct page *page) {
    struct memos_act act;
    return act_read(page, &act) && memos_take(page->cx, page->db, &act) &&
           page_go(page, S("/memos?box=sent"), S("memo_page.said_taken"));
}
