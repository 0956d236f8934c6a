// SPDX-License-Identifier: Apache-2.0
/* contacts_list -- which contacts are asked for, by an address and back into one, and the list of them.
 *
 * Pages go on from the last contact shown, not from a count, so that what is logged meanwhile moves nothing.
 */
#include "app/portfolio_file.h"
#include "base/text.h"
#include "web/listing.h"
#include "web/manage/contacts.h"
#include "web/manage/manage.h"
#include "web/pages.h"

/* ---- what is asked ---- */

static int64_t id_asked(struct str *text) {
    int64_t id;
    if (page_number(*text, &id) && id >= 0)
        return id;
    *text = (struct str){0};
    return CONTACTS_ANY;
}

static void words_asked(struct contacts_view *v) {
    struct contacts_ask *ask = &v->wish.ask;
    enum contact_channel channel;
    enum contact_outcome outcome;
    ask->channel = ask->outcome = ask->reached = CONTACTS_ANY;
    if (contact_channel_parse(v->field[CONTACTS_CHANNEL], &channel))
        ask->channel = channel;
    else
        v->field[CONTACTS_CHANNEL] = (struct str){0};
    if (contact_outcome_parse(v->field[CONTACTS_OUTCOME], &outcome))
        ask->outcome = outcome;
    else
        v->field[CONTACTS_OUTCOME] = (struct str){0};
    if (str_equal(v->field[CONTACTS_REACHED], S("1")) || str_equal(v->field[CONTACTS_REACHED], S("0")))
        ask->reached = v->field[CONTACTS_REACHED].p[0] - '0';
    else
        v->field[CONTACTS_REACHED] = (struct str){0};
    ask->followed = v->field[CONTACTS_FOLLOWED].n > 0;
    ask->last = v->field[CONTACTS_EACH].n > 0;
    ask->search = v->field[CONTACTS_Q];
}

static void labels_asked(struct page *page, struct contacts_view *v) {
    static const struct {
        const char *name;
        enum label_kind kind;
    } none[] = {{"rep", LABEL_REP}, {"segment", LABEL_SEGMENT}, {"region", LABEL_REGION}};
    struct contacts_wish *wish = &v->wish;
    if (page_rep(page).n > 0)
        v->field[CONTACTS_REP] = page_rep(page);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (str_equal(v->field[CONTACTS_OF_NONE], str_from(none[i].name)))
            wish->without = none[i].kind;
    if ((int)wish->without == 0)
        v->field[CONTACTS_OF_NONE] = (struct str){0};
    for (int kind = LABEL_COMPANY; kind <= CONTACTS_LABELS; kind++)
        wish->label[kind] = v->field[CONTACTS_COMPANY + kind - LABEL_COMPANY];
}

void contacts_asked(struct page *page, struct contacts_view *v) {
    *v = (struct contacts_view){0};
    struct contacts_ask *ask = &v->wish.ask;
    const struct str field[CONTACTS_FIELDS] = {
        [CONTACTS_COMPANY] = page_query(page, "company"), [CONTACTS_REP] = page_query(page, "rep"),
        [CONTACTS_SEGMENT] = page_query(page, "segment"), [CONTACTS_REGION] = page_query(page, "region"),
        [CONTACTS_USER] = page_query(page, "user"),       [CONTACTS_CHANNEL] = page_query(page, "channel"),
        [CONTACTS_OUTCOME] = page_query(page, "outcome"), [CONTACTS_OCCURRENCE] = page_query(page, "occurrence"),
        [CONTACTS_REASON] = page_query(page, "reason"),   [CONTACTS_OBJECTION] = page_query(page, "objection"),
        [CONTACTS_REACHED] = page_query(page, "reached"), [CONTACTS_FOLLOWED] = page_query(page, "followed"),
        [CONTACTS_EACH] = page_query(page, "each"),       [CONTACTS_OF_NONE] = page_query(page, "without"),
        [CONTACTS_Q] = str_trim(page_query(page, "q")),
    };
    for (int i = 0; i < CONTACTS_FIELDS; i++) {
        v->field[i] = field[i];
        v->narrowed |= field[i].n > 0;
    }
    period_asked(page, &v->period);
    ask->from = v->period.first;
    ask->to = v->period.last;
    ask->as_of = page->as_of;
    labels_asked(page, v);
    words_asked(v);
    ask->user_id = id_asked(&v->field[CONTACTS_USER]);
    ask->choice[CHOICE_OCCURRENCE] = id_asked(&v->field[CONTACTS_OCCURRENCE]);
    ask->choice[CHOICE_REASON] = id_asked(&v->field[CONTACTS_REASON]);
    ask->choice[CHOICE_OBJECTION] = id_asked(&v->field[CONTACTS_OBJECTION]);
    if (!contacts_by_parse(page_query(page, "by"), &v->wish.by))
        v->wish.by = CONTACTS_BY_USER;
}

void contacts_of_list_drop(struct contacts_view *v) {
    static const enum contacts_field of_list[] = {CONTACTS_FOLLOWED, CONTACTS_EACH, CONTACTS_Q};
    for (size_t i = 0; i < sizeof of_list / sizeof *of_list; i++)
        v->field[of_list[i]] = (struct str){0};
    v->wish.ask.followed = v->wish.ask.last = false;
    v->wish.ask.search = (struct str){0};
}

/* ---- its addresses ---- */

static const char *const field_names[CONTACTS_FIELDS] = {[CONTACTS_COMPANY] = "company",
                                                         [CONTACTS_REP] = "rep",
                                                         [CONTACTS_SEGMENT] = "segment",
                                                         [CONTACTS_REGION] = "region",
                                                         [CONTACTS_USER] = "user",
                                                         [CONTACTS_CHANNEL] = "channel",
                                                         [CONTACTS_OUTCOME] = "outcome",
                                                         [CONTACTS_OCCURRENCE] = "occurrence",
                                                         [CONTACTS_REASON] = "reason",
                                                         [CONTACTS_OBJECTION] = "objection",
                                                         [CONTACTS_REACHED] = "reached",
                                                         [CONTACTS_FOLLOWED] = "followed",
                                                         [CONTACTS_EACH] = "each",
                                                         [CONTACTS_OF_NONE] = "without",
                                                         [CONTACTS_Q] = "q"};

struct more { /* of an address, beside the fields */
    struct str sort, before;
};

static struct url address(struct page *page, const struct contacts_view *v, const char *path,
                          const struct period *period, const struct str field[CONTACTS_FIELDS],
                          const struct more *more) {
    enum { BY = PERIOD_PARTS, SORT, BEFORE, FIELD };
    struct http_field part[FIELD + CONTACTS_FIELDS];
    period_parts(period, part);
    part[BY] = (struct http_field){S("by"), v->wish.by == CONTACTS_BY_USER ? (struct str){0}
                                                                           : str_from(contacts_by_name(v->wish.by))};
    part[SORT] = (struct http_field){S("sort"), more->sort};
    part[BEFORE] = (struct http_field){S("before"), more->before};
    for (int i = 0; i < CONTACTS_FIELDS; i++)
        part[FIELD + i] = (struct http_field){str_from(field_names[i]), field[i]};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

struct url contacts_address(struct page *page, const struct contacts_view *v, const char *path,
                            enum contacts_field which, struct str value) {
    struct str field[CONTACTS_FIELDS];
    for (int i = 0; i < CONTACTS_FIELDS; i++)
        field[i] = i == (int)which ? value : v->field[i];
    return address(page, v, path, &v->period, field, &(struct more){.sort = v->sort});
}

struct url contacts_around(struct page *page, const struct contacts_view *v, const char *path, struct day day) {
    struct period other = period_around(page, &v->period, day);
    return address(page, v, path, &other, v->field, &(struct more){.sort = v->sort});
}

struct url contacts_sorted(struct page *page, const struct contacts_view *v, const char *sort) {
    struct more more = {.sort = listing_turned(page, v->sort, "-contacts", sort)};
    return address(page, v, "/contacts", &v->period, v->field, &more);
}

struct url contacts_older(struct page *page, const struct contacts_view *v) {
    const struct contacts_place *last = &v->row[v->rows - 1].place;
    struct more more = {.before = cx_text(page->cx, "%lld-%lld-%lld", (long long)last->day, (long long)last->at_us,
                                          (long long)last->id)};
    return address(page, v, "/contacts/list", &v->period, v->field, &more);
}

/* What a line narrows the contacts to. */
static void line_narrows(struct page *page, const struct contacts_view *v, const struct contacts_line *line,
                         struct str field[CONTACTS_FIELDS]) {
    static const struct {
        enum contacts_field field;
        bool by_id;
    } of[CONTACTS_BY_END] = {[CONTACTS_BY_USER] = {CONTACTS_USER, true},
                             [CONTACTS_BY_REP] = {CONTACTS_REP, false},
                             [CONTACTS_BY_SEGMENT] = {CONTACTS_SEGMENT, false},
                             [CONTACTS_BY_REGION] = {CONTACTS_REGION, false},
                             [CONTACTS_BY_CHANNEL] = {CONTACTS_CHANNEL, false},
                             [CONTACTS_BY_OUTCOME] = {CONTACTS_OUTCOME, false},
                             [CONTACTS_BY_OCCURRENCE] = {CONTACTS_OCCURRENCE, true},
                             [CONTACTS_BY_REASON] = {CONTACTS_REASON, true},
                             [CONTACTS_BY_OBJECTION] = {CONTACTS_OBJECTION, true}};
    enum contacts_field which = of[v->wish.by].field;
    if (of[v->wish.by].by_id)
        field[which] = contacts_id(page, line->sum.id);
    else if (line->name.n > 0)
        field[which] = line->name;
    else
        field[CONTACTS_OF_NONE] = str_from(field_names[which]);
}

struct contacts_figure contacts_opened(struct page *page, const struct contacts_view *v,
                                       const struct contacts_line *line, int64_t n, enum contacts_field which,
                                       const char *value) {
    struct str field[CONTACTS_FIELDS];
    for (int i = 0; i < CONTACTS_FIELDS; i++)
        field[i] = v->field[i];
    if (line != NULL)
        line_narrows(page, v, line, field);
    if (which != CONTACTS_FIELDS)
        field[which] = str_from(value);
    return (struct contacts_figure){
        n, address(page, v, "/contacts/list", &v->period, field, &(struct more){.sort = S("")})};
}

struct contacts_figure contacts_cause(struct page *page, const struct contacts_view *v,
                                      const struct contacts_cause *cause) {
    enum contacts_field which = cause->choice->kind == CHOICE_REASON ? CONTACTS_REASON : CONTACTS_OBJECTION;
    return (struct contacts_figure){
        cause->contacts, contacts_address(page, v, "/contacts/list", which, contacts_id(page, cause->choice->id))};
}

struct str contacts_channel(struct page *page, enum contact_channel channel) {
    return page_text(page, cx_text(page->cx, "contact.channel_%s", contact_channel_name(channel)));
}

struct str contacts_outcome(struct page *page, enum contact_outcome outcome) {
    return page_text(page, cx_text(page->cx, "contact.outcome_%s", contact_outcome_name(outcome)));
}

struct str contacts_by_words(struct page *page, enum contacts_by by) {
    return page_text(page, cx_text(page->cx, "contacts.by_%s", contacts_by_name(by)));
}

struct str contacts_id(struct page *page, int64_t id) {
    return cx_text(page->cx, "%lld", (long long)id);
}

/* ---- the list ---- */

static bool take(struct cx *cx, void *owner, const struct contacts_row *row) {
    struct contacts_view *v = owner;
    struct contacts_row *kept = &v->row[v->rows++];
    struct str *const text[] = {&kept->code,   &kept->name,      &kept->rep,    &kept->segment,
                                &kept->region, &kept->user,      &kept->person, &kept->occurrence,
                                &kept->reason, &kept->objection, &kept->note};
    *kept = *row;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        *text[i] = str_copy(cx->arena, *text[i]);
    return true;
}

static bool place_asked(struct page *page, struct contacts_place *out) {
    struct str day, rest, at, id;
    *out = CONTACTS_NEWEST;
    struct contacts_place place;
    if (!str_cut(page_query(page, "before"), '-', &day, &rest) || !str_cut(rest, '-', &at, &id) ||
        !page_number(day, &place.day) || !page_number(at, &place.at_us) || !page_number(id, &place.id))
        return false;
    *out = place;
    return true;
}

bool contacts_list_show(struct page *page) {
    struct contacts_view *v = arena_new(page->arena, struct contacts_view, 1);
    struct contacts_place after;
    contacts_asked(page, v);
    v->row = arena_new(page->arena, struct contacts_row, CONTACTS_LINES + 1);
    v->further = place_asked(page, &after);
    if (!contacts_list(page->cx, page->db, &v->wish, after, CONTACTS_LINES + 1, &v->found, take, v))
        return false;
    v->more = v->rows > CONTACTS_LINES;
    v->rows = v->more ? CONTACTS_LINES : v->rows;
    page_top(page, page_text(page, S("contacts.list")));
    contacts_list_page(page, v);
    page_bottom(page);
    return true;
}

struct writing {
    struct page *page;
    int64_t rows;
};

static bool write(struct cx *cx, void *owner, const struct contacts_row *row) {
    struct writing *w = owner;
    contacts_list_csv_row(cx, w->page->lang, row, &w->page->reply->body);
    w->rows++;
    return !w->page->reply->body.cut || cx_fail(cx, ERR_LIMIT, S("web.memory"));
}

bool contacts_list_export(struct page *page) {
    struct contacts_view v;
    struct writing writing = {page, 0};
    contacts_asked(page, &v);
    contacts_list_csv_names(page->lang, &page->reply->body);
    if (!contacts_list(page->cx, page->db, &v.wish, CONTACTS_NEWEST, INT64_MAX, &v.found, write, &writing) ||
        !portfolio_file_taken(page->cx, page_writes(page), page->user.login, page->now_us,
                              cx_text(page->cx, "%lld contacts", (long long)writing.rows),
                              contacts_address(page, &v, "/contacts/list", CONTACTS_FIELDS, S("")).text))
        return false;
    page->reply->type = S("text/csv; charset=utf-8");
    page_header(page, S("Content-Disposition"), S("attachment; filename=\"contact-list.csv\""));
    return true;
}
