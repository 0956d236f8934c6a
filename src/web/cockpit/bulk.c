// SPDX-License-Identifier: Apache-2.0
/* bulk -- one thing done to many customers: first a page that says how many, then what was done. Nobody does by this what they
 * may not do to one.
 */
#include "web/cockpit/cockpit.h"
#include "web/cockpit/customers.h"
#include "web/cockpit/letter.h"
#include "web/manage/transfer.h"
#include "web/pages.h"

static enum permission permission_of(enum bulk_kind kind) {
    switch (kind) {
    case BULK_TAG:
    case BULK_UNTAG:
        return PERM_CUSTOMER_NOTE;
    case BULK_ASSIGN:
    case BULK_CLOSE:
        return PERM_CUSTOMER_ASSIGN;
    case BULK_WORKLIST:
        return PERM_WORKLIST_WRITE;
    case BULK_LETTER:
        return PERM_CONTACT_WRITE;
    case BULK_NONE:
        break;
    }
    return PERM_UNSET;
}

/* The customers picked in the form; none: all that its query finds. */
static void picked_read(struct page *page, struct customers_act *v) {
    const struct http_fields *form = &page->request->form;
    struct str *code = arena_new(page->arena, struct str, form->n + 1);
    bool all = page_form(page, "all").n > 0;
    for (size_t i = 0; i < form->n && !all; i++) {
        if (str_equal(form->field[i].name, S("pick")))
            code[v->codes++] = form->field[i].value;
    }
    v->code = code;
}

bool bulk_asked(struct page *page, struct str act, struct customers_act *v, struct portfolio *p,
                struct list_request *request, struct bulk_wish *wish) {
    *v = (struct customers_act){.query = page_form(page, "query"), .text = page_form(page, "text")};
    if (!bulk_parse(act, &v->kind))
        return cx_fail(page->cx, ERR_INVALID, S("customers.no_act"));
    if (!page_may(page, permission_of(v->kind)))
        return cx_fail(page->cx, ERR_FORBIDDEN, S("web.not_yours"));
    picked_read(page, v);
    if (v->codes == 0 && page_form(page, "all").n == 0)
        return cx_fail(page->cx, ERR_INVALID, S("customers.none_picked"));
    if (!customers_asked(page, v->query, p, request) || !portfolio_good(page->cx, p))
        return false;
    *wish = (struct bulk_wish){.kind = v->kind,
                               .request = request,
                               .code = v->code,
                               .codes = v->codes,
                               .text = v->text,
                               .said = v->codes > 0 ? v->code[0] : v->query,
                               .may_revive = page_may(page, PERM_CHOICE_WRITE),
                               .who = page->user.login,
                               .now_us = page->now_us};
    return true;
}

bool bulk_filled(struct page *page, struct customers_act *v) {
    struct label *label;
    struct tag *tag;
    struct worklist_board board;
    if (v->kind == BULK_WORKLIST) {
        if (!worklists_list(page->cx, page->db, page->as_of, &board))
            return false;
        v->worklist = board.row;
        v->worklists = board.rows;
        return true;
    }
    if (!labels_all(page->cx, page->db, page_rep(page), &label, &v->labels) ||
        !tags_all(page->cx, page->db, &tag, &v->tags))
        return false;
    v->label = label;
    v->tag = tag;
    return true;
}

static bool ask(struct page *page, struct customers_act *v, const struct bulk_wish *wish) {
    if (v->kind == BULK_LETTER)
        return letter_bulk_ask(page, v, wish);
    if (v->kind == BULK_ASSIGN)
        return bulk_filled(page, v) && transfer_ask(page, v, wish);
    if (!bulk_count(page->cx, page->db, wish, &v->customers) || !bulk_filled(page, v))
        return false;
    page_top(page, page_text(page, cx_text(page->cx, "customers.act_%s", bulk_name(v->kind))));
    bulk_page(page, v);
    page_bottom(page);
    return true;
}

bool bulk_show(struct page *page) {
    struct portfolio *p = arena_new(page->arena, struct portfolio, 1);
    struct customers_act v;
    struct list_request request;
    struct bulk_wish wish;
    return bulk_asked(page, page_form(page, "act"), &v, p, &request, &wish) && ask(page, &v, &wish);
}

bool bulk_send(struct page *page) {
    struct portfolio *p = arena_new(page->arena, struct portfolio, 1);
    struct customers_act v;
    struct list_request request;
    struct bulk_wish wish;
    struct bulk_report report;
    if (!bulk_asked(page, page_form(page, "act"), &v, p, &request, &wish))
        return false;
    if (v.kind == BULK_LETTER)
        return letter_bulk_send(page, &v, &wish);
    if (!bulk_do(page->cx, page->db, &wish, &report)) {
        if (page->cx->err.code != ERR_INVALID)
            return false;
        v.fault = catalog_error(page->arena, page->lang, &page->cx->err);
        cx_clear(page->cx);
        page_fault_add(page, S("rep"), v.fault); /* of the only form here that has fields of its own */
        page_refused(page);
        return ask(page, &v, &wish);
    }
    struct buf to;
    buf_init(&to, page->arena, 0);
    buf_printf(&to, "/customers?%.*s%sdid=%s&n=%lld&of=%lld", STR_ARG(v.query), v.query.n > 0 ? "&" : "",
               bulk_name(v.kind), (long long)report.changed, (long long)report.customers);
    if (report.import_id > 0)
        buf_printf(&to, "&import=%lld", (long long)report.import_id);
    return page_go(page, buf_str(&to), (struct str){0});
}

/* ---- the tags of one ---- */

static bool tag_give_or_take(struct page *page, bool take) {
    const struct tags_wish wish = {.code = page->arg[0],
                                   .rep = page_rep(page),
                                   .name = page_form(page, "tag"),
                                   .take = take,
                                   .may_revive = page_may(page, PERM_CHOICE_WRITE),
                                   .who = page->user.login,
                                   .now_us = page->now_us};
    if (!tags_change(page->cx, page->db, &wish))
        return false;
    struct buf to;
    buf_init(&to, page->arena, 0);
    buf_put(&to, S("/customers/"));
    http_encode(&to, page->arg[0], false);
    return page_go(page, buf_str(&to), take ? S("customers.said_untagged") : S("customers.said_tagged"));
}

bool tag_put_do(struct page *page) {
    return tag_give_or_take(page, false);
}

bool tag_take_do(struct page *page) {
    return tag_give_or_take(page, true);
}
