// SPDX-License-Identifier: Apache-2.0
/* duplicates -- customers that may be one: the list of groups, a few side by side, merging, and what was decided.
 *
 * Must not decide anything by itself: what is merged was looked at and said. Every form may be sent twice.
 */
#include "web/manage/duplicates.h"

#include <limits.h>

#include "base/decimal.h"
#include "base/text.h"
#include "core/taxid.h"
#include "web/csv.h"
#include "web/listing.h"
#include "web/manage/manage.h"
#include "web/pages.h"

const char *const duplicates_kinds[7] = {"", "tax", "phone", "name", "alike", "root", "all"};
const char *const duplicates_sorts[3] = {"strength", "value", "name"};

/* ---- the list ---- */

static void asked(struct page *page, struct duplicates_view *v) {
    enum duplicate_kind kind;
    *v = (struct duplicates_view){.sort = page_query(page, "sort")};
    v->wish.search = str_trim(page_query(page, "q"));
    if (str_equal(page_query(page, "kind"), S("all")))
        v->wish.kinds = UINT_MAX;
    else if (duplicate_kind_parse(page_query(page, "kind"), &kind))
        v->wish.kinds = kind;
    v->kind = v->wish.kinds != 0 ? page_query(page, "kind") : S("");
    for (int i = 0; i < 3; i++)
        if (str_equal(v->sort, str_from(duplicates_sorts[i])))
            v->wish.sort = (enum duplicates_sort)i;
    v->sort = str_from(duplicates_sorts[v->wish.sort]);
}

static void page_cut(struct page *page, struct duplicates_view *v) {
    int64_t number;
    size_t n = v->found.n;
    v->pages = n > 0 ? (n - 1) / DUPLICATES_LINES + 1 : 1;
    if (!page_number(page_query(page, "page"), &number) || number < 1)
        number = 1;
    v->page = (size_t)number < v->pages ? (size_t)number : v->pages;
    v->first = (v->page - 1) * DUPLICATES_LINES;
    v->last = v->first + DUPLICATES_LINES < n ? v->first + DUPLICATES_LINES : n;
}

struct url duplicates_address(struct page *page, const struct duplicates_view *v, const char *path, size_t number) {
    const struct http_field part[] = {{S("q"), v->wish.search},
                                      {S("kind"), v->kind},
                                      {S("sort"), v->wish.sort == DUPLICATES_BY_STRENGTH ? (struct str){0} : v->sort},
                                      {S("page"), number > 1 ? cx_text(page->cx, "%zu", number) : (struct str){0}}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

struct str duplicates_strength(struct page *page, int32_t strength_e4) {
    return text_chance(page->arena, page->lang, strength_e4);
}

const char *duplicates_badge(int32_t strength_e4) {
    return strength_e4 >= DUPLICATE_STRONG ? "bg-red-lt"
           : strength_e4 >= DUPLICATE_FAIR ? "bg-orange-lt"
                                           : "bg-secondary-lt";
}

struct str duplicates_word(struct page *page, int32_t strength_e4) {
    return page_text(page, strength_e4 >= DUPLICATE_STRONG ? S("duplicates_page.strong")
                           : strength_e4 >= DUPLICATE_FAIR ? S("duplicates_page.fair")
                                                           : S("duplicates_page.weak"));
}

/* Where they are is a word only beside their names. */
bool duplicates_kind_holds(unsigned kinds, size_t bit) {
    unsigned kind = 1u << bit;
    bool named = kinds & (DUPLICATE_NAME | DUPLICATE_ALIKE);
    return (kinds & kind) != 0 && ((kind & (DUPLICATE_PLACE | DUPLICATE_AWAY)) == 0 || named);
}

struct str duplicates_kind_word(struct page *page, size_t bit) {
    return page_text(page,
                     cx_text(page->cx, "duplicate.kind_%s", duplicate_kind_name((enum duplicate_kind)(1u << bit))));
}

struct str duplicates_tax(struct page *page, struct str tax_id) {
    char text[TAXID_TEXT];
    return tax_id.n == 0 ? tax_id : str_copy(page->arena, (struct str){text, taxid_pretty(tax_id, text)});
}

struct url duplicates_compare_address(struct page *page, const struct duplicates_group *group) {
    struct http_field part[DUPLICATE_SIDES];
    size_t n = 0;
    for (; n < group->n && n < DUPLICATE_SIDES; n++)
        part[n] = (struct http_field){S("code"), group->customer[n]->code};
    return listing_address(page, "/duplicates/compare", part, n);
}

bool duplicates_show(struct page *page) {
    struct duplicates_view v;
    asked(page, &v);
    if (!duplicates_groups(page->cx, page->db, &v.wish, &v.found))
        return false;
    page_cut(page, &v);
    page_top(page, page_text(page, S("menu.duplicates")));
    duplicates_page(page, &v);
    page_bottom(page);
    return true;
}

static struct str number(struct page *page, int64_t n) {
    return cx_text(page->cx, "%lld", (long long)n);
}

static struct str cents(struct page *page, int64_t v) {
    return text_money(page->arena, page->lang, v);
}

/* For the file: text_money is for eyes. */
static struct str cents_plain(struct page *page, int64_t v) {
    char text[32];
    return str_copy(page->arena, (struct str){text, decimal_write(v, 2, 2, text)});
}

static struct str iso(struct page *page, struct day day) {
    char text[DAY_TEXT];
    return day_is(day) ? str_copy(page->arena, (struct str){text, day_iso(day, text)}) : (struct str){0};
}

static struct str kinds_words(struct page *page, unsigned kinds) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    for (size_t bit = 0; bit < DUPLICATE_KINDS; bit++)
        if (duplicates_kind_holds(kinds, bit)) {
            buf_put(&to, to.n > 0 ? S("; ") : S(""));
            buf_put(&to, duplicates_kind_word(page, bit));
        }
    return buf_str(&to);
}

bool duplicates_export(struct page *page) {
    struct duplicates_view v;
    asked(page, &v);
    if (!duplicates_groups(page->cx, page->db, &v.wish, &v.found))
        return false;
    csv_start(page, "duplicates.csv");
    CSV_ROW(page, S("group"), S("strength"), S("evidence"), S("code"), S("name"), S("tax_id"), S("phone"), S("city"),
            S("rep"), S("purchases"), S("value"), S("last_purchase"));
    for (size_t i = 0; i < v.found.n; i++) {
        const struct duplicates_group *group = &v.found.group[i];
        for (size_t k = 0; k < group->n; k++) {
            const struct duplicate_customer *c = group->customer[k];
            CSV_ROW_NUMBERS(page, 9, 2, number(page, (int64_t)i + 1), number(page, group->strength_e4 / 100),
                            kinds_words(page, group->kinds), c->code, c->name, c->tax_id, c->phone, c->city, c->rep,
                            number(page, c->purchases), cents_plain(page, c->value_cents), iso(page, c->last_on));
        }
    }
    return !page->reply->body.cut || cx_fail(page->cx, ERR_LIMIT, S("web.memory"));
}

bool duplicates_look_do(struct page *page) {
    struct duplicate_run run;
    struct progress none = {0};
    return duplicates_look(page->cx, page->db, page->now_us, none, &run) &&
           page_go(page, S("/duplicates"), S("duplicates_page.said_looked"));
}

/* ---- side by side ---- */

/* All fields called code; one more than can be is enough to be refused. */
static size_t codes_of(const struct http_fields *fields, struct str out[DUPLICATE_SIDES + 1]) {
    size_t n = 0;
    for (size_t i = 0; i < fields->n && n <= DUPLICATE_SIDES; i++)
        if (str_equal(fields->field[i].name, S("code")) && fields->field[i].value.n > 0)
            out[n++] = str_trim(fields->field[i].value);
    return n;
}

static struct str status_word(struct page *page, int64_t status) {
    return status == STAT_NONE ? (struct str){0}
                               : page_text(page, cx_text(page->cx, "status.%s", status_name((enum status)status)));
}

static struct str count(struct page *page, int64_t n) {
    return n == STAT_NONE || n == 0 ? (struct str){0} : text_int(page->arena, page->lang, n);
}

static struct str money(struct page *page, int64_t v) {
    return v == STAT_NONE ? (struct str){0} : cents(page, v);
}

static struct str day(struct page *page, struct day day) {
    return day_is(day) ? text_day(page->arena, page->lang, day) : (struct str){0};
}

static void line_add(struct page *page, struct duplicates_compare *v, struct str key, const struct str *value) {
    struct duplicates_line *line = &v->line[v->lines++];
    line->title = page_text(page, key);
    for (size_t i = 0; i < v->sides.n; i++) {
        line->value[i] = value[i];
        line->differs = line->differs || !str_equal(value[i], value[0]);
    }
}

#define LINE(key, of)                                                                                                  \
    do {                                                                                                               \
        struct str value[DUPLICATE_SIDES];                                                                             \
        for (size_t i = 0; i < v->sides.n; i++) {                                                                      \
            const struct duplicate_side *s = &v->sides.side[i];                                                        \
            value[i] = (of);                                                                                           \
        }                                                                                                              \
        line_add(page, v, S(key), value);                                                                              \
    } while (0)

static void lines_fill(struct page *page, struct duplicates_compare *v) {
    LINE("duplicates_page.name", s->name);
    LINE("duplicates_page.tax_id", duplicates_tax(page, s->tax_id));
    LINE("duplicates_page.phone", s->phone);
    LINE("duplicates_page.email", s->email);
    LINE("duplicates_page.city", s->city);
    LINE("duplicates_page.region", s->region);
    LINE("duplicates_page.rep", s->rep);
    v->reps = v->line[v->lines - 1].differs;
    LINE("duplicates_page.segment", s->segment);
    LINE("duplicates_page.company", s->company);
    LINE("duplicates_page.status", status_word(page, s->status));
    LINE("duplicates_page.closed", day(page, s->closed_on));
    LINE("duplicates_page.first", day(page, s->first_on));
    LINE("duplicates_page.last", day(page, s->last_on));
    LINE("duplicates_page.purchases", count(page, s->purchases));
    LINE("duplicates_page.value_total", money(page, s->value_total));
    LINE("duplicates_page.value_12m", money(page, s->value_12m));
    LINE("duplicates_page.documents", count(page, s->documents));
    LINE("duplicates_page.titles", count(page, s->titles));
    LINE("duplicates_page.open", money(page, s->open_cents));
    LINE("duplicates_page.last_contact", day(page, s->last_contact));
    LINE("duplicates_page.contacts", count(page, s->contacts));
    LINE("duplicates_page.persons", count(page, s->persons));
    LINE("duplicates_page.notes", count(page, s->notes));
    LINE("duplicates_page.tags", count(page, s->tags));
}

/* Who bought most is offered to stay. */
static struct str main_offered(const struct duplicates_sides *sides) {
    size_t best = 0;
    for (size_t i = 1; i < sides->n; i++) {
        const struct duplicate_side *a = &sides->side[i], *b = &sides->side[best];
        if (a->purchases > b->purchases || (a->purchases == b->purchases && a->value_total > b->value_total))
            best = i;
    }
    return sides->side[best].code;
}

static bool compare_show(struct page *page, const struct http_fields *from, struct str fault) {
    struct duplicates_compare *v = arena_new(page->arena, struct duplicates_compare, 1);
    struct str code[DUPLICATE_SIDES + 1];
    size_t n = codes_of(from, code);
    if (!duplicates_sides(page->cx, page->db, code, n, &v->sides))
        return false;
    v->fault = fault;
    v->main = main_offered(&v->sides);
    lines_fill(page, v);
    page_top(page, page_text(page, S("duplicates_page.compare")));
    duplicates_compare_page(page, v);
    page_bottom(page);
    return true;
}

/* Of less than two there is nothing to compare: the list has whom. */
bool duplicates_compare_show(struct page *page) {
    struct str code[DUPLICATE_SIDES + 1];
    if (codes_of(&page->request->query, code) < 2)
        return page_go(page, S("/duplicates"), (struct str){0});
    return compare_show(page, &page->request->query, (struct str){0});
}

/* ---- deciding ---- */

static struct duplicates_act act_of(struct page *page, struct str code[DUPLICATE_SIDES + 1]) {
    return (struct duplicates_act){.code = code,
                                   .n = codes_of(&page->request->form, code),
                                   .main = page_form(page, "main"),
                                   .who = page->user.login,
                                   .now_us = page->now_us};
}

bool duplicates_merge_do(struct page *page) {
    struct str code[DUPLICATE_SIDES + 1];
    struct duplicates_act act = act_of(page, code);
    size_t changed = 0;
    if ((page_form(page, "sure").n > 0 || cx_fail(page->cx, ERR_INVALID, S("duplicates_page.not_sure"))) &&
        duplicates_merge(page->cx, page->db, &act, &changed))
        return page_go(page, S("/duplicates"), S("duplicates_page.said_merged"));
    if (page->cx->err.code != ERR_INVALID || act.n < 2)
        return false;
    struct str fault = catalog_error(page->arena, page->lang, &page->cx->err);
    cx_clear(page->cx);
    page_refused(page);
    return compare_show(page, &page->request->form, fault);
}

bool duplicates_apart_do(struct page *page) {
    struct str code[DUPLICATE_SIDES + 1];
    struct duplicates_act act = act_of(page, code);
    return duplicates_apart(page->cx, page->db, &act) &&
           page_go(page, S("/duplicates"), S("duplicates_page.said_apart"));
}

bool duplicates_doubt_do(struct page *page) {
    struct str code[DUPLICATE_SIDES + 1];
    struct duplicates_act act = act_of(page, code);
    return duplicates_doubt(page->cx, page->db, &act) &&
           page_go(page, S("/duplicates/decided"), S("duplicates_page.said_doubt"));
}

bool duplicates_unmerge_do(struct page *page) {
    struct str main;
    return duplicates_unmerge(page->cx, page->db, page_form(page, "code"), page->user.login, page->now_us, &main) &&
           page_go(page, S("/duplicates/decided"), S("duplicates_page.said_unmerged"));
}

/* ---- what was decided ---- */

static bool decided_read(struct page *page, struct duplicates_decided_view *v) {
    size_t kept = 0;
    *v = (struct duplicates_decided_view){.q = str_trim(page_query(page, "q"))};
    struct str folded = str_fold(page->arena, v->q);
    if (!duplicates_decided(page->cx, page->db, &v->found))
        return false;
    for (size_t i = 0; i < v->found.mergeds; i++) {
        const struct duplicate_merged *m = &v->found.merged[i];
        if (listing_holds(page, m->code, folded) || listing_holds(page, m->name, folded) ||
            listing_holds(page, m->main_code, folded) || listing_holds(page, m->who, folded))
            v->found.merged[kept++] = *m;
    }
    v->found.mergeds = kept;
    kept = 0;
    for (size_t i = 0; i < v->found.aparts; i++) {
        const struct duplicate_apart *a = &v->found.apart[i];
        if (listing_holds(page, a->a_code, folded) || listing_holds(page, a->a_name, folded) ||
            listing_holds(page, a->b_code, folded) || listing_holds(page, a->b_name, folded) ||
            listing_holds(page, a->who, folded))
            v->found.apart[kept++] = *a;
    }
    v->found.aparts = kept;
    return true;
}

bool duplicates_decided_show(struct page *page) {
    struct duplicates_decided_view v;
    if (!decided_read(page, &v))
        return false;
    page_top(page, page_text(page, S("duplicates_page.decided")));
    duplicates_decided_page(page, &v);
    page_bottom(page);
    return true;
}

bool duplicates_decided_export(struct page *page) {
    struct duplicates_decided_view v;
    if (!decided_read(page, &v))
        return false;
    csv_start(page, "duplicates-decided.csv");
    CSV_ROW(page, S("decision"), S("code"), S("name"), S("other"), S("main"), S("who"), S("at"));
    for (size_t i = 0; i < v.found.mergeds; i++) {
        const struct duplicate_merged *m = &v.found.merged[i];
        CSV_ROW(page, S("merged"), m->code, m->name, m->into_code, m->main_code, m->who,
                text_moment_iso(page->arena, m->made_us));
    }
    for (size_t i = 0; i < v.found.aparts; i++) {
        const struct duplicate_apart *a = &v.found.apart[i];
        CSV_ROW(page, S("apart"), a->a_code, a->a_name, a->b_code, S(""), a->who,
                text_moment_iso(page->arena, a->made_us));
    }
    return !page->reply->body.cut || cx_fail(page->cx, ERR_LIMIT, S("web.memory"));
}
