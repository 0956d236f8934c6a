// SPDX-License-Identifier: Apache-2.0
/* worklist -- the pages of work lists: all of them with their progress, one with its form, and the file.
 */
#include "web/cockpit/worklist.h"

#include "base/text.h"
#include "web/cockpit/cockpit.h"
#include "web/csv.h"
#include "web/listing.h"
#include "web/pages.h"

/* ---- all of them ---- */

/* Who does not manage lists sees those they can work. */
static bool seen(const struct page *page, int64_t id, const struct worklist_user *user, size_t users) {
    return page_may(page, PERM_WORKLIST_WRITE) || worklist_for(id, page->user.id, user, users);
}

static bool wanted(struct page *page, const struct worklist_list_view *v, const struct worklist *w) {
    struct str q = str_fold(page->arena, v->q);
    if (!seen(page, w->id, v->user, v->users))
        return false;
    if (!str_equal(v->state, S("all")) && (w->retired_us > 0) != str_equal(v->state, S("retired")))
        return false;
    return listing_holds(page, w->name, q);
}

static struct listing_key key_of(struct page *page, struct str column, const struct worklist_row *row) {
    struct listing_key key = {.row = row};
    if (str_equal(column, S("ends_on")))
        key.number = day_is(row->worklist.ends_on) ? row->worklist.ends_on.n : INT32_MAX;
    else if (str_equal(column, S("worked")))
        key.number = row->all.customers;
    else if (str_equal(column, S("ordered")))
        key.number = row->all.ordered;
    else
        key.text = str_fold(page->arena, row->worklist.name);
    return key;
}

static bool list_read(struct page *page, struct worklist_list_view *v) {
    struct worklist_board board;
    *v = (struct worklist_list_view){
        .q = str_trim(page_query(page, "q")), .state = page_query(page, "state"), .sort = page_query(page, "sort")};
    if (!worklists_list(page->cx, page->db, page->as_of, &board))
        return false;
    v->all = board.rows;
    v->user = board.user;
    v->users = board.users;
    struct listing_key *key = arena_new(page->arena, struct listing_key, v->all + 1);
    for (size_t i = 0; i < v->all; i++)
        if (wanted(page, v, &board.row[i].worklist))
            key[v->n++] = key_of(page, listing_column(v->sort), &board.row[i]);
    listing_sort(key, v->n, listing_down(v->sort));
    v->row = arena_new(page->arena, const struct worklist_row *, v->n + 1);
    for (size_t i = 0; i < v->n; i++)
        v->row[i] = key[i].row;
    return true;
}

struct url worklist_address(struct page *page, const struct worklist_list_view *v, const char *path, const char *sort) {
    const struct http_field part[] = {
        {S("q"), v->q}, {S("state"), v->state}, {S("sort"), listing_turned(page, v->sort, "name", sort)}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

const char *worklist_sorted(const struct worklist_list_view *v, const char *sort) {
    return listing_order(v->sort, "name", sort);
}

struct str worklist_people(struct page *page, const struct worklist_list_view *v, int64_t id) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    for (size_t i = 0; i < v->users; i++)
        if (v->user[i].worklist_id == id) {
            buf_put(&to, to.n > 0 ? S(", ") : (struct str){0});
            buf_put(&to, v->user[i].name);
        }
    return to.n > 0 ? buf_str(&to) : page_text(page, S("worklist_page.everybody"));
}

bool worklist_figures(const struct page *page) {
    return page_rep(page).n == 0;
}

bool worklist_list_show(struct page *page) {
    struct worklist_list_view v;
    if (!list_read(page, &v))
        return false;
    page_top(page, page_text(page, S("menu.worklists")));
    worklist_list_page(page, &v);
    page_bottom(page);
    return true;
}

static struct str iso(struct page *page, struct day day) {
    char text[DAY_TEXT];
    size_t n = day_iso(day, text);
    return str_copy(page->arena, (struct str){text, n});
}

static struct str number(struct page *page, int64_t v) {
    return cx_text(page->cx, "%lld", (long long)v);
}

bool worklist_export(struct page *page) {
    struct worklist_list_view v;
    if (!list_read(page, &v))
        return false;
    csv_start(page, "worklists.csv");
    CSV_ROW(page, S("name"), S("query"), S("capacity"), S("starts_on"), S("ends_on"), S("people"), S("worked"),
            S("reached"), S("ordered"), S("worked_today"), S("retired"));
    bool figures = worklist_figures(page);
    for (size_t i = 0; i < v.n; i++) {
        const struct worklist *w = &v.row[i]->worklist;
        const struct contact_tally all = v.row[i]->all, day = v.row[i]->day;
        CSV_ROW(page, w->name, w->query, number(page, w->capacity), iso(page, w->starts_on), iso(page, w->ends_on),
                worklist_people(page, &v, w->id), figures ? number(page, all.customers) : (struct str){0},
                figures ? number(page, all.reached) : (struct str){0},
                figures ? number(page, all.ordered) : (struct str){0},
                figures ? number(page, day.customers) : (struct str){0},
                w->retired_us > 0 ? S("yes") : (struct str){0});
    }
    return true;
}

/* ---- one of them ---- */

bool worklist_works(const struct worklist_view *v, int64_t user_id) {
    for (size_t i = 0; i < v->workers; i++)
        if (v->works[i] == user_id)
            return true;
    return false;
}

static void texts_fill(struct page *page, struct worklist_view *v) {
    v->capacity = number(page, v->worklist.capacity);
    v->starts_on = iso(page, v->worklist.starts_on);
    v->ends_on = iso(page, v->worklist.ends_on);
}

/* Who could work it; and of a list that is there who does, and how far it is. */
static bool view_fill(struct page *page, struct worklist_view *v, bool typed) {
    struct user *user;
    struct worklist_board board;
    if (!users_list(page->cx, page->db, &user, &v->users) || !worklists_list(page->cx, page->db, page->as_of, &board))
        return false;
    if (v->worklist.id != 0 && !seen(page, v->worklist.id, board.user, board.users))
        return cx_fail(page->cx, ERR_NOT_FOUND, S("worklist.unknown"));
    v->user = user;
    v->may_edit = page_may(page, PERM_WORKLIST_WRITE);
    int64_t *ids = arena_new(page->arena, int64_t, board.users + 1);
    for (size_t i = 0; i < board.users && !typed; i++)
        if (board.user[i].worklist_id == v->worklist.id)
            ids[v->workers++] = board.user[i].user_id;
    if (!typed)
        v->works = ids;
    for (size_t i = 0; i < board.rows; i++)
        if (board.row[i].worklist.id == v->worklist.id) {
            v->all = board.row[i].all;
            v->day = board.row[i].day;
        }
    return true;
}

static bool left_fill(struct page *page, struct worklist_view *v) {
    struct queue *queue = arena_new(page->arena, struct queue, 1);
    const struct queue_wish wish = {.user_id = page->user.id,
                                    .worklist_id = v->worklist.id,
                                    .rep = page_rep(page),
                                    .as_of = page->as_of,
                                    .now_us = page->now_us,
                                    .manages = true};
    if (v->worklist.id == 0)
        return true;
    bool done = queue_look(page->cx, page->db, &wish, queue);
    v->left = queue->left;
    return done;
}

static bool show(struct page *page, struct worklist_view *v, bool typed) {
    if (!view_fill(page, v, typed) || !left_fill(page, v))
        return false;
    page_top(page, v->worklist.id == 0 ? page_text(page, S("worklist_page.new")) : v->worklist.name);
    worklist_page(page, v);
    page_bottom(page);
    return true;
}

bool worklist_new_show(struct page *page) {
    struct worklist_view v = {.worklist = {.starts_on = page->as_of,
                                           .ends_on = DAY_NONE,
                                           .query = page_query(page, "query"),
                                           .name = page_query(page, "name")}};
    if (v.worklist.query.n == 0)
        v.worklist.query = S("status=at_risk&sort=-value_12m");
    texts_fill(page, &v);
    return show(page, &v, false);
}

bool worklist_show(struct page *page) {
    struct worklist_view v = {0};
    int64_t id;
    if (!page_arg_id(page, 0, &id) || !worklists_find(page->cx, page->db, id, &v.worklist))
        return false;
    texts_fill(page, &v);
    return show(page, &v, false);
}

/* ---- what its form does ---- */

static void users_read(const struct page *page, struct worklists_wish *wish) {
    const struct http_fields *form = &page->request->form;
    for (size_t i = 0; i < form->n && wish->users < WORKLIST_USERS; i++)
        if (str_equal(form->field[i].name, S("user")) && page_number(form->field[i].value, &wish->user[wish->users]))
            wish->users++;
}

static struct str query_of(struct str typed) {
    struct str before, after, query = str_trim(typed);
    return str_cut(query, '?', &before, &after) ? after : query; /* a whole address may be pasted */
}

static bool wish_read(struct page *page, struct worklists_wish *wish, struct worklist_view *v) {
    v->capacity = str_trim(page_form(page, "capacity"));
    v->starts_on = page_form(page, "starts_on");
    v->ends_on = page_form(page, "ends_on");
    *wish = (struct worklists_wish){.name = page_form(page, "name"),
                                    .query = query_of(page_form(page, "query")),
                                    .script = page_form(page, "script"),
                                    .starts_on = DAY_NONE,
                                    .ends_on = DAY_NONE,
                                    .as_of = page->as_of,
                                    .user_id = page->user.id,
                                    .who = page->user.login,
                                    .now_us = page->now_us};
    users_read(page, wish);
    if (v->capacity.n > 0 && !page_number(v->capacity, &wish->capacity))
        wish->capacity = -1;
    if (v->ends_on.n > 0 && !day_parse_iso(v->ends_on, &wish->ends_on))
        page_fault_add(page, S("ends_on"), page_text(page, S("worklist.bad_ends_on")));
    day_parse_iso(v->starts_on, &wish->starts_on);
    page_number(page_form(page, "version"), &wish->version);
    return page->faults == 0;
}

/* What worklists_put said: at its field; what is wrong with the question, at the question. */
static bool refused(struct page *page, bool *conflict) {
    struct str field = worklists_field(&page->cx->err);
    *conflict = page->cx->err.code == ERR_CONFLICT;
    if (!*conflict && page->cx->err.code != ERR_INVALID)
        return false;
    page_fault_add(page,
                   *conflict     ? S("version")
                   : field.n > 0 ? field
                                 : S("query"),
                   catalog_error(page->arena, page->lang, &page->cx->err));
    cx_clear(page->cx);
    return true;
}

static bool put(struct page *page, int64_t id, bool retired) {
    struct worklist_view v = {0};
    struct worklists_wish *wish = arena_new(page->arena, struct worklists_wish, 1);
    struct worklist made;
    bool good = wish_read(page, wish, &v);
    wish->id = id;
    wish->retired = retired;
    if (good && worklists_put(page->cx, page->db, wish, &made))
        return page_go(page, cx_text(page->cx, "/worklists/%lld", (long long)made.id), S("worklist_page.said_kept"));
    if (good && !refused(page, &v.conflict))
        return false;
    page_refused(page);
    if (v.conflict)
        page->reply->status = 409;
    if (id != 0 && !worklists_find(page->cx, page->db, id, &v.worklist))
        return false;
    v.worklist.name = wish->name;
    v.worklist.query = wish->query;
    v.worklist.script = wish->script;
    v.works = wish->user;
    v.workers = wish->users;
    return show(page, &v, true);
}

bool worklist_new_do(struct page *page) {
    return put(page, 0, false);
}

bool worklist_do(struct page *page) {
    int64_t id;
    return page_arg_id(page, 0, &id) && put(page, id, page_form(page, "retired").n > 0);
}
