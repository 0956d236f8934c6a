// SPDX-License-Identifier: Apache-2.0
/* lists -- saved views and work lists, and the customers that they hold now.
 */
#include "app/ledger.h"
#include "app/views.h"
#include "app/worklists.h"
#include "web/api/handlers.h"
#include "web/api/write.h"

/* ---- views ---- */

bool api_views_list(struct api *api) {
    struct saved_view *view;
    size_t n, i = 0;
    int64_t after, rows = 0, last = 0;
    if (!api_from_id(api, &after) || !views_list(api->cx, api->db, api->page->user.id, &view, &n))
        return false;
    while (after > 0 && i < n && view[i].id != after)
        i++;
    api_page_begin(api);
    for (i += after > 0; i < n && rows < api->limit; i++) {
        if (view[i].retired_us > 0)
            continue;
        answer_object(&api->out, NULL);
        answer_number(&api->out, "id", view[i].id);
        answer_text(&api->out, "name", view[i].name);
        answer_text(&api->out, "query", view[i].query);
        answer_bool(&api->out, "shared", view[i].shared);
        answer_text(&api->out, "owner", view[i].owner);
        answer_object_end(&api->out);
        last = view[i].id;
        rows++;
    }
    while (i < n && view[i].retired_us > 0)
        i++;
    api_page_end(api, i < n ? api_place_id(api, last) : (struct str){0});
    return true;
}

bool api_view_customers(struct api *api) {
    struct saved_view view;
    int64_t id;
    return api_id(api, 0, &id) && views_find(api->cx, api->db, api->page->user.id, id, &view) &&
           write_customers(api, view.query);
}

/* ---- work lists ---- */

static void list_write(struct api *api, const struct worklist_board *lists, const struct worklist_row *row) {
    const struct worklist *w = &row->worklist;
    answer_object(&api->out, NULL);
    answer_number(&api->out, "id", w->id);
    answer_text(&api->out, "name", w->name);
    answer_text(&api->out, "query", w->query);
    answer_number(&api->out, "capacity", w->capacity);
    answer_day(&api->out, "starts_on", w->starts_on);
    answer_day(&api->out, "ends_on", w->ends_on);
    answer_text(&api->out, "script", w->script);
    answer_bool(&api->out, "retired", w->retired_us > 0);
    answer_array(&api->out, "users");
    for (size_t i = 0; i < lists->users; i++)
        if (lists->user[i].worklist_id == w->id)
            answer_text(&api->out, NULL, lists->user[i].name);
    answer_array_end(&api->out);
    answer_number(&api->out, "customers", row->all.customers);
    answer_number(&api->out, "reached", row->all.reached);
    answer_number(&api->out, "ordered", row->all.ordered);
    answer_number(&api->out, "version", w->version);
    answer_object_end(&api->out);
}

/* Whoever makes lists sees all of them, others those that they may work. */
static bool is_theirs(const struct api *api, const struct worklist_board *lists, int64_t id) {
    const struct user *user = &api->page->user;
    return role_may(user->role, PERM_WORKLIST_WRITE) || worklist_for(id, user->id, lists->user, lists->users);
}

bool api_worklists_list(struct api *api) {
    struct worklist_board lists;
    size_t i = 0, last = 0;
    int64_t after, rows = 0;
    if (!api_from_id(api, &after) || !worklists_list(api->cx, api->db, api->page->as_of, &lists))
        return false;
    while (after > 0 && i < lists.rows && lists.row[i].worklist.id != after)
        i++;
    api_page_begin(api);
    for (i += after > 0; i < lists.rows; i++) {
        if (!is_theirs(api, &lists, lists.row[i].worklist.id))
            continue;
        if (rows == api->limit)
            break;
        list_write(api, &lists, &lists.row[last = i]);
        rows++;
    }
    api_page_end(api, i < lists.rows ? api_place_id(api, lists.row[last].worklist.id) : (struct str){0});
    return true;
}

bool api_worklist_show(struct api *api) {
    struct worklist_board lists;
    int64_t id;
    if (!api_id(api, 0, &id) || !worklists_list(api->cx, api->db, api->page->as_of, &lists))
        return false;
    for (size_t i = 0; i < lists.rows; i++)
        if (lists.row[i].worklist.id == id && is_theirs(api, &lists, id)) {
            list_write(api, &lists, &lists.row[i]);
            return true;
        }
    return cx_fail(api->cx, ERR_NOT_FOUND, S("worklist.unknown"));
}

bool api_worklist_customers(struct api *api) {
    struct worklist_board lists;
    struct worklist worklist;
    int64_t id;
    if (!api_id(api, 0, &id) || !worklists_find(api->cx, api->db, id, &worklist) ||
        !worklists_list(api->cx, api->db, api->page->as_of, &lists))
        return false;
    if (!is_theirs(api, &lists, id))
        return cx_fail(api->cx, ERR_NOT_FOUND, S("worklist.unknown"));
    if (worklist.query.n > 0)
        return write_customers(api, worklist.query);
    api_page_begin(api); /* without a question only those picked by hand, who are given out one by one */
    api_page_end(api, (struct str){0});
    return true;
}

bool api_member_add(struct api *api) {
    int64_t id, customer;
    struct worklist worklist;
    return api_id(api, 0, &id) && worklists_find(api->cx, api->db, id, &worklist) &&
           ledger_customer_id(api->cx, api->db, api->page->arg[1], api->rep, &customer) &&
           worklists_pick(api->cx, api->db, id, &customer, 1, api->who, api->page->now_us);
}

bool api_member_drop(struct api *api) {
    int64_t id, customer, dropped;
    struct worklist worklist;
    return api_id(api, 0, &id) && worklists_find(api->cx, api->db, id, &worklist) &&
           ledger_customer_id(api->cx, api->db, api->page->arg[1], api->rep, &customer) &&
           worklists_drop(api->cx, api->db, id, &api->page->arg[1], 1, api->who, api->page->now_us, &dropped);
}
