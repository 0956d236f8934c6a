// SPDX-License-Identifier: Apache-2.0
/* notices -- one's own messages inside the program: the list, one as it was sent, and those that were read.
 */
#include "web/cockpit/notices.h"

#include "base/text.h"
#include "web/cockpit/cockpit.h"
#include "web/csv.h"
#include "web/listing.h"
#include "web/pages.h"
#include "web/shown.h"

/* What was not read stands first, then the newest. */
static struct listing_key key_of(struct page *page, struct str column, const struct notice *n) {
    struct listing_key key = {.row = n};
    if (str_equal(column, S("subject")))
        key.text = n->fold;
    else if (str_equal(column, S("made")))
        key.number = -n->made_us;
    else
        key =
            (struct listing_key){n->read_us > 0, cx_text(page->cx, "%020lld", (long long)(INT64_MAX - n->made_us)), n};
    return key;
}

static bool view_read(struct page *page, struct notices_view *v) {
    struct notice *notice;
    *v = (struct notices_view){
        .q = str_trim(page_query(page, "q")), .show = page_query(page, "show"), .sort = page_query(page, "sort")};
    if (!notices_list(page->cx, page->db, page->user.id, &notice, &v->all))
        return false;
    bool unread = str_equal(v->show, S("unread"));
    struct str q = str_fold(page->arena, v->q);
    struct listing_key *key = arena_new(page->arena, struct listing_key, v->all + 1);
    for (size_t i = 0; i < v->all; i++) {
        v->unread += notice[i].read_us == 0;
        if ((!unread || notice[i].read_us == 0) && listing_holds(page, notice[i].fold, q))
            key[v->n++] = key_of(page, listing_column(v->sort), &notice[i]);
    }
    listing_sort(key, v->n, listing_down(v->sort));
    v->notice = arena_new(page->arena, const struct notice *, v->n + 1);
    for (size_t i = 0; i < v->n; i++)
        v->notice[i] = key[i].row;
    return true;
}

struct url notices_address(struct page *page, const struct notices_view *v, const char *path, const char *sort) {
    const struct http_field part[] = {
        {S("q"), v->q}, {S("show"), v->show}, {S("sort"), listing_turned(page, v->sort, "unread", sort)}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

const char *notices_order(const struct notices_view *v, const char *sort) {
    return listing_order(v->sort, "unread", sort);
}

bool notices_show(struct page *page) {
    struct notices_view v;
    if (!view_read(page, &v))
        return false;
    page_top(page, page_text(page, S("notices.title")));
    notices_page(page, &v);
    page_bottom(page);
    return true;
}

bool notices_export(struct page *page) {
    struct notices_view v;
    if (!view_read(page, &v))
        return false;
    csv_start(page, "notices.csv");
    CSV_ROW(page, S("subject"), S("kind"), S("from"), S("made"), S("read"));
    for (size_t i = 0; i < v.n; i++) {
        const struct notice *n = v.notice[i];
        CSV_ROW(page, n->subject, str_from(message_kind_name(n->kind)), n->sender,
                text_moment_iso(page->arena, n->made_us),
                n->read_us > 0 ? text_moment_iso(page->arena, n->read_us) : (struct str){0});
    }
    return true;
}

bool notice_show(struct page *page) {
    struct message message;
    struct notice_view v = {.message = &message};
    int64_t id;
    if (!page_arg_id(page, 0, &id) || !notices_read(page->cx, page->db, page->user.id, id, page->now_us, &message) ||
        !notices_body(page->cx, page->db, page->user.id, id, &v.there, &v.body))
        return false;
    if (message.read_us == page->now_us && page->session.unread > 0)
        page->session.unread--; /* counted before this one was opened */
    page_top(page, message.subject.n > 0 ? message.subject : page_text(page, S("outbox.no_subject")));
    notice_page(page, &v);
    page_bottom(page);
    return true;
}

bool notice_html_show(struct page *page) {
    struct message_body body;
    int64_t id;
    bool found = false;
    if (!page_arg_id(page, 0, &id) || !notices_body(page->cx, page->db, page->user.id, id, &found, &body))
        return false;
    if (!found)
        return cx_fail(page->cx, ERR_NOT_FOUND, S("notice.unknown"));
    shown_own(page, page_text(page, S("notices.title")), &body);
    return true;
}

bool notices_read_do(struct page *page) {
    return notices_read_all(page->cx, page->db, page->user.id, page->now_us) &&
           page_go(page, S("/notices"), S("notices.said_read"));
}
