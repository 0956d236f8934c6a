// SPDX-License-Identifier: Apache-2.0
/* letters -- what went to customers by e-mail or by a gateway: the list, one with what became of each message, both as files. Who looks after customers sees
 * what they wrote themselves; who answers for templates sees all.
 */
#include "base/text.h"
#include "web/cockpit/cockpit.h"
#include "web/cockpit/letter.h"
#include "web/csv.h"
#include "web/listing.h"
#include "web/pages.h"

enum { LETTERS_SHOWN = 300 };

static int64_t whose(const struct page *page) {
    return page_may(page, PERM_CHOICE_WRITE) ? 0 : page->user.id;
}

static struct listing_key key_of(struct page *page, struct str column, const struct mailing_row *row) {
    if (str_equal(column, S("name")))
        return (struct listing_key){.row = row, .text = str_fold(page->arena, row->mailing.name)};
    if (str_equal(column, S("by")))
        return (struct listing_key){.row = row, .text = str_fold(page->arena, row->user)};
    if (str_equal(column, S("customers")))
        return (struct listing_key){.row = row, .number = row->mailing.customers};
    if (str_equal(column, S("sent")))
        return (struct listing_key){.row = row, .number = row->sent};
    return (struct listing_key){.row = row, .number = -row->mailing.id};
}

static bool look(struct page *page, struct letters_view *v, int64_t most) {
    struct mailing_ask ask = {.user_id = whose(page), .before = INT64_MAX, .most = most + 1};
    struct mailing_row *row, *kept;
    size_t n;
    *v = (struct letters_view){
        .search = str_trim(page_query(page, "q")), .sort = page_query(page, "sort"), .own = whose(page) != 0};
    (void)page_number(page_query(page, "before"), &ask.before);
    if (!letters_list(page->cx, page->db, &ask, &row, &n))
        return false;
    if ((int64_t)n > most) {
        n = (size_t)most;
        v->older = row[n - 1].mailing.id;
    }
    struct str folded = str_fold(page->arena, v->search);
    struct listing_key *key = arena_new(page->arena, struct listing_key, n + 1);
    kept = arena_new(page->arena, struct mailing_row, n + 1);
    for (size_t i = 0; i < n; i++)
        if (listing_holds(page, row[i].mailing.name, folded) || listing_holds(page, row[i].mailing.subject, folded) ||
            listing_holds(page, row[i].user, folded) || listing_holds(page, row[i].gateway, folded) ||
            listing_holds(page, row[i].customer, folded))
            key[v->n++] = key_of(page, listing_column(v->sort), &row[i]);
    listing_sort(key, v->n, listing_down(v->sort));
    for (size_t i = 0; i < v->n; i++)
        kept[i] = *(const struct mailing_row *)key[i].row;
    v->row = kept;
    return true;
}

struct url letters_address(struct page *page, const struct letters_view *v, const char *path, const char *sort) {
    const struct http_field part[] = {{S("q"), v->search}, {S("sort"), listing_turned(page, v->sort, "day", sort)}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

const char *letters_order(const struct letters_view *v, const char *sort) {
    return listing_order(v->sort, "day", sort);
}

bool letters_show(struct page *page) {
    struct letters_view v;
    if (!look(page, &v, LETTERS_SHOWN))
        return false;
    page_top(page, page_text(page, S("letters_page.title")));
    letters_page(page, &v);
    page_bottom(page);
    return true;
}

static struct str moment(struct page *page, int64_t us) {
    return us > 0 ? text_moment_iso(page->arena, us) : (struct str){0};
}

bool letters_export(struct page *page) {
    struct letters_view v;
    if (!look(page, &v, INT32_MAX))
        return false;
    csv_start(page, "letters.csv");
    CSV_ROW(page, S("id"), S("at"), S("by"), S("template"), S("subject"), S("customer"), S("offer"), S("offer_text"),
            S("called_off_at"), S("gateway"), S("customers"), S("left_out"), S("waiting"), S("sent"), S("failed"),
            S("called_off"), S("held"), S("opened"), S("clicked"));
    for (size_t i = 0; i < v.n; i++) {
        const struct mailing_row *r = &v.row[i];
        CSV_ROW_NUMBERS(page, 10, 9, letter_number(page, r->mailing.id), moment(page, r->mailing.made_us), r->user,
                        r->mailing.name, r->mailing.subject, r->customer,
                        str_from(offer_kind_name(r->mailing.offer.kind)), r->mailing.offer.text,
                        moment(page, r->mailing.off_us), r->gateway, letter_number(page, r->mailing.customers),
                        letter_number(page, r->mailing.left_out), letter_number(page, r->due),
                        letter_number(page, r->sent), letter_number(page, r->failed), letter_number(page, r->off),
                        letter_number(page, r->held), letter_number(page, r->opened), letter_number(page, r->clicked));
    }
    return true;
}

/* ---- one ---- */

struct str letter_message_state(struct page *page, enum message_state state) {
    return page_text(page, cx_text(page->cx, "message.state_%s", message_state_name(state)));
}

struct str letter_heading(const struct mailing *mailing) {
    return mailing->subject.n > 0 ? mailing->subject : mailing->name;
}

static bool one_look(struct page *page, int64_t most, struct letter_one_view *v) {
    struct letters_ask ask = {.user_id = whose(page), .most = most, .rep = page_rep(page)};
    struct mailing_message *message;
    if (!page_arg_id(page, 0, &ask.id))
        return false;
    (void)page_number(page_query(page, "after"), &ask.after);
    if (!letters_one(page->cx, page->db, &ask, &v->row, &message, &v->n))
        return false;
    v->message = message;
    v->followed = v->row.opened + v->row.clicked > 0;
    return true;
}

bool letter_one_show(struct page *page) {
    struct letter_one_view v = {0};
    if (!one_look(page, LETTER_LINES + 1, &v))
        return false;
    if (v.n > LETTER_LINES) {
        v.n = LETTER_LINES;
        v.after = v.message[LETTER_LINES - 1].id;
    }
    page_top(page, letter_heading(&v.row.mailing));
    letter_one_page(page, &v);
    page_bottom(page);
    return true;
}

bool letter_one_export(struct page *page) {
    struct letter_one_view v = {0};
    if (!one_look(page, INT32_MAX, &v))
        return false;
    csv_start(page, "letter.csv");
    CSV_ROW(page, S("customer"), S("name"), S("to"), S("address"), S("state"), S("why"), S("due_at"), S("sent_at"),
            S("opened_at"), S("clicked_at"));
    for (size_t i = 0; i < v.n; i++) {
        const struct mailing_message *m = &v.message[i];
        struct str why = m->words.n > 0 ? m->words : m->why.n > 0 ? page_text(page, m->why) : (struct str){0};
        CSV_ROW(page, m->code, m->customer, m->person, m->address, str_from(message_state_name(m->state)), why,
                moment(page, m->due_us), moment(page, m->sent_us), moment(page, m->opened_us),
                moment(page, m->clicked_us));
    }
    return true;
}

bool letter_off_do(struct page *page) {
    int64_t id, n;
    return page_arg_id(page, 0, &id) &&
           letters_call_off(page->cx, page->db, id, whose(page), page->user.login, page->now_us, &n) &&
           page_go(page, cx_text(page->cx, "/letters/%lld", (long long)id), S("letters_page.said_off"));
}
