// SPDX-License-Identifier: Apache-2.0
/* transfer -- customers handed to another rep: the form that says first who and what goes, all transfers that were made or wait, and one
 * with its customers, to be called off or undone.
 */
#include "web/manage/transfer.h"

#include "base/limits.h"
#include "base/text.h"
#include "web/cockpit/cockpit.h"
#include "web/csv.h"
#include "web/listing.h"
#include "web/manage/figures.h"
#include "web/manage/manage.h"
#include "web/pages.h"

static const char *const states[] = {
    [TRANSFER_WAITS] = "waits", [TRANSFER_DONE] = "done", [TRANSFER_OFF] = "off", [TRANSFER_UNDONE] = "undone"};

struct str transfer_state_text(struct page *page, enum transfer_state state) {
    return page_text(page, cx_text(page->cx, "transfer.state_%s", states[state]));
}

const char *transfer_badge(enum transfer_state state) {
    return state == TRANSFER_WAITS ? "bg-azure-lt" : state == TRANSFER_DONE ? "bg-green-lt" : "bg-secondary-lt";
}

static struct str iso(struct page *page, struct day day) {
    char text[DAY_TEXT];
    return str_copy(page->arena, (struct str){text, day_iso(day, text)});
}

/* ---- making one ---- */

static bool checked(struct page *page, const char *name) {
    return page_form(page, name).n > 0;
}

bool transfer_ask(struct page *page, const struct customers_act *of, const struct bulk_wish *wish) {
    struct transfer_form *v = arena_new(page->arena, struct transfer_form, 1);
    bool again = checked(page, "token"); /* came back to be mended: as it was typed */
    *v = (struct transfer_form){.of = of,
                                .rep = again ? page_form(page, "rep") : of->text,
                                .today = iso(page, page->today),
                                .day = again ? page_form(page, "day") : iso(page, page->today),
                                .reason = page_form(page, "reason"),
                                .token = again ? page_form(page, "token") : page_token(page),
                                .new_rep = checked(page, "new_rep"),
                                .appointments = !again || checked(page, "appointments"),
                                .worklists = !again || checked(page, "worklists")};
    if (!transfers_look(page->cx, page->db, wish, &v->preview))
        return false;
    page_top(page, page_text(page, S("customers.act_assign")));
    transfer_form_page(page, v);
    page_bottom(page);
    return true;
}

static struct transfers_wish wish_read(struct page *page, const struct bulk_wish *of) {
    struct transfers_wish wish = {.of = of,
                                  .rep = page_form(page, "rep"),
                                  .new_rep = checked(page, "new_rep"),
                                  .day = DAY_NONE,
                                  .today = page->today,
                                  .reason = page_form(page, "reason"),
                                  .token = page_form(page, "token"),
                                  .along = (checked(page, "appointments") ? TRANSFER_APPOINTMENTS : 0) |
                                           (checked(page, "worklists") ? TRANSFER_WORKLISTS : 0)};
    (void)day_parse_iso(page_form(page, "day"), &wish.day);
    return wish;
}

static bool asked_again(struct page *page, struct customers_act *v, const struct bulk_wish *of) {
    if (page->cx->err.code != ERR_INVALID)
        return false;
    struct str text = catalog_error(page->arena, page->lang, &page->cx->err), key = page->cx->err.key;
    bool of_day = str_equal(key, S("transfer.bad_day")), of_reason = str_equal(key, S("transfer.bad_reason"));
    page_fault_add(page, of_day ? S("day") : of_reason ? S("reason") : S("rep"), text);
    cx_clear(page->cx);
    page_refused(page);
    return bulk_filled(page, v) && transfer_ask(page, v, of);
}

bool transfer_make_do(struct page *page) {
    struct portfolio *p = arena_new(page->arena, struct portfolio, 1);
    struct customers_act *v = arena_new(page->arena, struct customers_act, 1);
    struct list_request request;
    struct bulk_wish of;
    struct transfer made;
    if (!bulk_asked(page, S("assign"), v, p, &request, &of))
        return false;
    const struct transfers_wish wish = wish_read(page, &of);
    if (wish.token.n == 0 || wish.token.n > LIMIT_CODE)
        return cx_fail(page->cx, ERR_INVALID, S("transfer.bad_token"));
    if (!transfers_make(page->cx, page->db, &wish, &made))
        return asked_again(page, v, &of);
    if (made.id == 0) {
        cx_fail(page->cx, ERR_INVALID, S("transfer.nobody"));
        return asked_again(page, v, &of);
    }
    return page_go(page, cx_text(page->cx, "/transfers/%lld", (long long)made.id),
                   made.state == TRANSFER_WAITS ? S("transfer.said_waits") : S("transfer.said_done"));
}

/* ---- all of them ---- */

static bool look(struct page *page, struct transfers_view *v) {
    struct transfer *all;
    size_t n;
    *v = (struct transfers_view){.text = str_trim(page_query(page, "q"))};
    struct str folded = str_fold(page->arena, v->text);
    if (!transfers_list(page->cx, page->db, 0, &all, &n))
        return false;
    v->transfer = all;
    for (size_t i = 0; i < n; i++)
        if (listing_holds(page, all[i].rep, folded) || listing_holds(page, all[i].reason, folded) ||
            listing_holds(page, all[i].said, folded) || listing_holds(page, all[i].who, folded))
            v->transfer[v->n++] = all[i];
    return true;
}

bool transfers_show(struct page *page) {
    struct transfers_view *v = arena_new(page->arena, struct transfers_view, 1);
    if (!look(page, v))
        return false;
    page_top(page, page_text(page, S("transfer.all")));
    transfers_page(page, v);
    page_bottom(page);
    return true;
}

static struct str number(struct page *page, int64_t n) {
    return cx_text(page->cx, "%lld", (long long)n);
}

bool transfers_export(struct page *page) {
    struct transfers_view v;
    if (!look(page, &v))
        return false;
    csv_start(page, "transfers.csv");
    CSV_ROW(page, S("id"), S("state"), S("day"), S("to"), S("customers"), S("moved"), S("reason"), S("which"), S("who"),
            S("made"), S("done"), S("ended"), S("ended_by"));
    for (size_t i = 0; i < v.n; i++) {
        const struct transfer *t = &v.transfer[i];
        CSV_ROW(page, number(page, t->id), str_from(states[t->state]), iso(page, t->day), t->rep,
                number(page, t->customers), number(page, t->moved), t->reason, t->said, t->who,
                text_moment_iso(page->arena, t->made_us),
                t->done_us > 0 ? text_moment_iso(page->arena, t->done_us) : S(""),
                t->ended_us > 0 ? text_moment_iso(page->arena, t->ended_us) : S(""), t->ended_by);
    }
    return true;
}

/* ---- one ---- */

bool transfer_show(struct page *page) {
    struct transfer_view *v = arena_new(page->arena, struct transfer_view, 1);
    int64_t id;
    if (!page_arg_id(page, 0, &id) || !transfers_one(page->cx, page->db, id, &v->transfer) ||
        !transfers_members(page->cx, page->db, id, page_query(page, "after"), TRANSFERS_MEMBERS + 1, &v->member,
                           &v->members))
        return false;
    if (v->members > TRANSFERS_MEMBERS) {
        v->members = TRANSFERS_MEMBERS;
        v->next = figures_address(page, "/transfers/%lld?after=%.*s", (long long)id,
                                  STR_ARG(figures_code(page, v->member[v->members - 1].code)));
    }
    page_top(page, page_text(page, S("transfer.one"), html_arg_long(page, (long)id)));
    transfer_page(page, v);
    page_bottom(page);
    return true;
}

bool transfer_export(struct page *page) {
    struct transfer t;
    struct transfer_member *member;
    size_t n;
    int64_t id;
    if (!page_arg_id(page, 0, &id) || !transfers_one(page->cx, page->db, id, &t) ||
        !transfers_members(page->cx, page->db, id, (struct str){0}, INT64_MAX, &member, &n))
        return false;
    csv_start(page, "transfer.csv");
    CSV_ROW(page, S("code"), S("name"), S("from"), S("to"), S("moved"), S("rep"));
    for (size_t i = 0; i < n; i++)
        CSV_ROW(page, member[i].code, member[i].name, member[i].from, t.rep, member[i].moved ? S("1") : S("0"),
                member[i].now);
    return true;
}

bool transfer_off_do(struct page *page) {
    int64_t id;
    return page_arg_id(page, 0, &id) && transfers_off(page->cx, page->db, id, page->user.login, page->now_us) &&
           page_go(page, cx_text(page->cx, "/transfers/%lld", (long long)id), S("transfer.said_off"));
}

bool transfer_undo_do(struct page *page) {
    int64_t id;
    return page_arg_id(page, 0, &id) && transfers_undo(page->cx, page->db, id, page->user.login, page->now_us) &&
           page_go(page, cx_text(page->cx, "/transfers/%lld", (long long)id), S("transfer.said_undone"));
}
