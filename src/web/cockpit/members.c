// SPDX-License-Identifier: Apache-2.0
/* members -- the customers picked by hand for a work list: how far it is with each, searched, taken away, as a file.
 *
 * Who does not manage lists sees those of lists they can work, and a rep of those their own customers alone.
 */
#include "web/cockpit/members.h"

#include "web/cockpit/cockpit.h"
#include "web/csv.h"
#include "web/pages.h"

enum { PICKED_MOST = WORKLIST_MEMBERS_SHOWN };

struct url members_address(struct page *page, const struct members_view *v, const char *ending, struct str after) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    buf_printf(&to, "/worklists/%lld/customers%s?q=", (long long)v->worklist.id, ending);
    http_encode(&to, v->q, false);
    if (after.n > 0) {
        buf_put(&to, S("&after="));
        http_encode(&to, after, false);
    }
    return url_local(buf_str(&to));
}

struct url members_customer(struct page *page, const struct worklist_member *m) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    buf_put(&to, S("/customers/"));
    http_encode(&to, m->code, false);
    return url_local(buf_str(&to));
}

struct str members_state(struct page *page, const struct worklist_member *m) {
    bool skipped = day_is(m->skip_until) && m->skip_until.n > page->as_of.n;
    if (day_is(m->closed_on) && m->closed_on.n <= page->as_of.n)
        return page_text(page, S("members.closed"));
    if (skipped)
        return page_text(page, S("members.skipped"), html_arg_day(page, m->skip_until), m->skip_why);
    if (m->contacts == 0)
        return page_text(page, S("members.open"));
    return page_text(page, cx_text(page->cx, "contact.outcome_%s", contact_outcome_name(m->last_outcome)));
}

/* The list, if this person may see it. */
static bool list_find(struct page *page, struct members_view *v) {
    struct worklist_board board;
    int64_t id;
    v->may_drop = page_may(page, PERM_WORKLIST_WRITE);
    if (!page_arg_id(page, 0, &id) || !worklists_find(page->cx, page->db, id, &v->worklist))
        return false;
    if (v->may_drop)
        return true;
    return worklists_list(page->cx, page->db, page->as_of, &board) &&
           (worklist_for(id, page->user.id, board.user, board.users) ||
            cx_fail(page->cx, ERR_NOT_FOUND, S("worklist.unknown")));
}

static bool show(struct page *page, struct members_view *v) {
    if (!worklists_members(page->cx, page->db, v->worklist.id, page_rep(page), v->q, v->after, WORKLIST_MEMBERS_SHOWN,
                           &v->found))
        return false;
    page_top(page, page_text(page, S("members.title"), v->worklist.name));
    members_page(page, v);
    page_bottom(page);
    return true;
}

bool members_show(struct page *page) {
    struct members_view v = {.q = str_trim(page_query(page, "q")), .after = page_query(page, "after")};
    return list_find(page, &v) && show(page, &v);
}

static struct str iso(struct page *page, struct day day) {
    char text[DAY_TEXT];
    return str_copy(page->arena, (struct str){text, day_iso(day, text)});
}

bool members_export(struct page *page) {
    struct members_view v = {.q = str_trim(page_query(page, "q"))};
    if (!list_find(page, &v) ||
        !worklists_members(page->cx, page->db, v.worklist.id, page_rep(page), v.q, (struct str){0}, 0, &v.found))
        return false;
    csv_start(page, "picked.csv");
    CSV_ROW(page, S("code"), S("name"), S("city"), S("rep"), S("contacts"), S("last_contact"), S("outcome"), S("by"),
            S("put_off_until"), S("put_off_why"));
    for (size_t i = 0; i < v.found.n; i++) {
        const struct worklist_member *m = &v.found.member[i];
        CSV_ROW(page, m->code, m->name, m->city, m->rep, cx_text(page->cx, "%lld", (long long)m->contacts),
                iso(page, m->last_day),
                m->contacts > 0 ? str_from(contact_outcome_name(m->last_outcome)) : (struct str){0}, m->last_user,
                iso(page, m->skip_until), m->skip_why);
    }
    return true;
}

bool members_drop_do(struct page *page) {
    struct members_view v = {.q = str_trim(page_form(page, "q")), .after = page_form(page, "after")};
    const struct http_fields *form = &page->request->form;
    struct str code[PICKED_MOST];
    size_t n = 0;
    int64_t dropped;
    if (!list_find(page, &v))
        return false;
    for (size_t i = 0; i < form->n && n < PICKED_MOST; i++)
        if (str_equal(form->field[i].name, S("pick")))
            code[n++] = form->field[i].value;
    if (n == 0) {
        v.fault = page_text(page, S("members.none_picked"));
        page_refused(page);
        return show(page, &v);
    }
    return worklists_drop(page->cx, page->db, v.worklist.id, code, n, page->user.login, page->now_us, &dropped) &&
           page_go(page, members_address(page, &v, "", v.after).text, S("members.said_dropped"));
}
