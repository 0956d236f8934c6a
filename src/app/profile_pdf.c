// SPDX-License-Identifier: Apache-2.0
/* profile_pdf -- see profile_pdf.h. Must not compute: it says what the profile holds, the few rows of each table that matter
 * for a visit. Empty parts are left out, but those whose absence is an answer.
 */
#include "app/profile_pdf.h"

#include "base/text.h"
#include "core/taxid.h"
#include "core/why.h"
#include "format/pdf.h"

enum {
    PRODUCTS = 8,
    STOPPED = 6,
    PAPERS = 6,
    PEOPLE = 6,
    CONTACTS = 5,
    NOTES = 3,
    MARKS = 40,
    LINES = 4,
    FACTS = 12,
    NOTE_SHOWN = 400, /* columns */
    WHOLE_FROM = 100000
};

struct sheet_pdf {
    struct cx *cx;
    struct arena *arena;
    enum lang lang;
    int32_t offset_s;
    const struct profile *profile;
    const struct customer *c;
    struct pdf *pdf;
};

#define T(s, ...)                                                                                                      \
    text_of((s), (const struct str[]){__VA_ARGS__}, sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
static struct str text_of(const struct sheet_pdf *s, const struct str *key_and_args, size_t n) {
    return catalog_text(s->arena, s->lang, key_and_args[0], key_and_args + 1, n - 1);
}

static struct str day(const struct sheet_pdf *s, struct day d) {
    return day_is(d) ? text_day(s->arena, s->lang, d) : (struct str){0};
}

static struct str money(const struct sheet_pdf *s, int64_t cents) {
    return cents == STAT_NONE ? (struct str){0} : text_money(s->arena, s->lang, cents);
}

static struct str whole(const struct sheet_pdf *s, int64_t v) {
    return v == STAT_NONE ? (struct str){0} : text_int(s->arena, s->lang, v);
}

static struct str e4(const struct sheet_pdf *s, int64_t v, int places) {
    return v == STAT_NONE ? (struct str){0} : text_decimal(s->arena, s->lang, v, 4, places);
}

static struct str chance(const struct sheet_pdf *s, int64_t p_e4) {
    return p_e4 == STAT_NONE ? (struct str){0} : text_chance(s->arena, s->lang, p_e4);
}

static struct str word(const struct sheet_pdf *s, const char *noun, const char *name) {
    return T(s, cx_text(s->cx, "%s%s", noun, name));
}

/* ---- who, and why ---- */

static void part_put(struct buf *to, struct str part) {
    if (part.n == 0)
        return;
    buf_put(to, to->n > 0 ? S(" · ") : S(""));
    buf_put(to, part);
}

/* Paper cannot be called back: what may not be used is not printed, but that it may not is. */
static struct str reachable(const struct sheet_pdf *s, int64_t person_id, enum reach_channel channel, struct str text) {
    const struct reach_way *way = reach_of(&s->profile->reach, person_id);
    if (text.n == 0 || way == NULL || !way->by[channel].barred)
        return text;
    return T(s, channel == REACH_CALL ? S("person.not_to_call") : S("person.not_to_mail"));
}

static void head_put(const struct sheet_pdf *s) {
    const struct customer *c = s->c;
    char tax_id[TAXID_TEXT];
    struct buf below;
    buf_init(&below, s->arena, 0);
    part_put(&below, c->code);
    part_put(&below, (struct str){tax_id, c->tax_id.n > 0 ? taxid_pretty(c->tax_id, tax_id) : 0});
    part_put(&below, c->city);
    part_put(&below, c->region);
    part_put(&below, c->segment);
    part_put(&below,
             c->rep.n > 0 ? cx_text(s->cx, "%.*s %.*s", STR_ARG(T(s, S("column.rep"))), STR_ARG(c->rep)) : c->rep);
    part_put(&below, reachable(s, 0, REACH_CALL, c->phone));
    part_put(&below, reachable(s, 0, REACH_EMAIL, c->email));
    pdf_title(s->pdf, c->name.n > 0 ? c->name : c->code, word(s, "status.", status_name(c->status)), buf_str(&below));
    pdf_paragraph(s->pdf, why_text(s->arena, s->lang, c, s->profile->as_of));
}

static size_t forecast_facts(const struct sheet_pdf *s, struct pdf_fact *fact) {
    const struct forecast *f = &s->c->forecast;
    size_t n = 0;
    if (f->method == FORECAST_NONE || f->p_active_e4 == STAT_NONE) {
        fact[n++] = (struct pdf_fact){T(s, S("customer.chance")), T(s, S("customer.nothing_foretold"))};
        return n;
    }
    fact[n++] =
        (struct pdf_fact){T(s, S("customer.chance")), T(s, S("customer.chance_is"), chance(s, f->p_active_e4),
                                                        chance(s, f->p_active_low_e4), chance(s, f->p_active_high_e4))};
    if (day_is(f->next_on))
        fact[n++] = (struct pdf_fact){T(s, S("customer.next")), T(s, S("customer.next_is"), day(s, f->next_on),
                                                                  day(s, f->next_from), day(s, f->next_to))};
    if (f->expected_value_365d_cents != STAT_NONE)
        fact[n++] = (struct pdf_fact){T(s, S("customer.year")), money(s, f->expected_value_365d_cents)};
    return n;
}

static void facts_put(const struct sheet_pdf *s) {
    const struct customer *c = s->c;
    struct pdf_fact fact[FACTS];
    size_t n = 0;
    if (c->purchases == 0) {
        pdf_paragraph(s->pdf, T(s, S("customer.never")));
        return;
    }
    fact[n++] =
        (struct pdf_fact){T(s, S("customer.purchases")), T(s, S("customer.purchases_are"), whole(s, c->purchases),
                                                           day(s, c->first_purchase), day(s, c->last_purchase))};
    if (c->cycle_e4 != STAT_NONE)
        fact[n++] =
            (struct pdf_fact){T(s, S("customer.cycle")),
                              T(s, S("customer.cycle_is"), e4(s, c->cycle_e4, c->cycle_e4 >= WHOLE_FROM ? 0 : 1),
                                whole(s, c->recency_days))};
    if (c->status != STATUS_CLOSED) {
        fact[n++] = (struct pdf_fact){T(s, S("customer.dates")), T(s, S("customer.dates_are"), day(s, c->at_risk_on),
                                                                   day(s, c->inactive_on), day(s, c->lost_on))};
        n += forecast_facts(s, fact + n);
    }
    fact[n++] = (struct pdf_fact){T(s, S("customer.value_12m")),
                                  T(s, S("customer.value_is"), money(s, c->value_12m), money(s, c->value_prev_12m))};
    fact[n++] = (struct pdf_fact){T(s, S("customer.value_total")),
                                  T(s, S("customer.total_is"), money(s, c->value_total), money(s, c->average_cents))};
    pdf_facts(s->pdf, fact, n);
}

/* ---- charts ---- */

static void rhythm_put(const struct sheet_pdf *s) {
    const struct sheet *sheet = &s->profile->sheet;
    const struct customer *c = s->c;
    size_t marks = sheet->purchases < MARKS ? sheet->purchases : MARKS, lines = 0;
    int32_t *mark = arena_new(s->arena, int32_t, marks + 1), today = s->profile->as_of.n;
    if (marks == 0)
        return;
    for (size_t i = 0; i < marks; i++)
        mark[i] = sheet->purchase[sheet->purchases - marks + i].n;
    bool open = c->status != STATUS_CLOSED && day_is(c->at_risk_on), foretold = open && day_is(c->forecast.next_from);
    struct pdf_rhythm rhythm = {.mark = mark, .marks = marks, .first = mark[0] - 5, .has_window = open};
    rhythm.window_from = foretold ? c->forecast.next_from.n : c->last_purchase.n;
    rhythm.window_to = foretold ? c->forecast.next_to.n : open ? c->at_risk_on.n : c->last_purchase.n;
    int32_t ahead = (today - rhythm.first) / 3 > 45 ? (today - rhythm.first) / 3 : 45;
    rhythm.last = today + ahead > rhythm.window_to ? today + ahead : rhythm.window_to;
    struct pdf_line line[LINES];
    const struct pdf_line all[LINES] = {{today, T(s, S("customer.chart_today")), true},
                                        {c->at_risk_on.n, T(s, S("status.at_risk")), false},
                                        {c->inactive_on.n, T(s, S("status.inactive")), false},
                                        {c->lost_on.n, T(s, S("status.lost")), false}};
    for (size_t i = 0; i < LINES; i++) {
        if (i > 0 && (!open || all[i].day < rhythm.first || all[i].day > rhythm.last))
            continue;
        size_t at = lines++;
        for (; at > 0 && line[at - 1].day > all[i].day; at--)
            line[at] = line[at - 1];
        line[at] = all[i];
        line[at].word = cx_text(s->cx, "%.*s %.*s", STR_ARG(all[i].word), STR_ARG(day(s, (struct day){all[i].day})));
    }
    rhythm.line = line;
    rhythm.lines = lines;
    pdf_heading(s->pdf, T(s, S("customer.rhythm")));
    pdf_rhythm(s->pdf, &rhythm);
}

static void months_put(const struct sheet_pdf *s) {
    struct pdf_bar bar[SHEET_MONTHS];
    bool any = false;
    for (size_t i = 0; i < SHEET_MONTHS; i++) {
        const struct sheet_month *m = &s->profile->sheet.month[i];
        bar[i] = (struct pdf_bar){text_month(s->arena, s->lang, m->month), m->value_cents, m->before_cents};
        any = any || m->value_cents != 0 || m->before_cents != 0;
    }
    if (!any)
        return;
    pdf_heading(s->pdf, T(s, S("customer.months")));
    pdf_bars(s->pdf, bar, SHEET_MONTHS, T(s, S("customer.this_year")), T(s, S("customer.year_before")));
}

/* ---- tables ---- */

static void products_put(const struct sheet_pdf *s, bool stopped, struct str heading, size_t most) {
    enum { COLUMNS = 5 };
    const struct pdf_column column[COLUMNS] = {{T(s, S("customer.product")), 46, false},
                                               {T(s, S("customer.times")), 9, true},
                                               {T(s, S("customer.last_price")), 14, true},
                                               {T(s, S("customer.last_bought")), 14, true},
                                               {T(s, S("customer.value")), 17, true}};
    struct str *cell = arena_new(s->arena, struct str, most * COLUMNS);
    size_t rows = 0;
    for (size_t i = 0; i < s->profile->sheet.boughts && rows < most; i++) {
        const struct bought *b = &s->profile->sheet.bought[i].bought;
        if (s->profile->sheet.bought[i].stopped != stopped)
            continue;
        struct str *to = cell + rows++ * COLUMNS;
        to[0] = b->name.n > 0 ? cx_text(s->cx, "%.*s · %.*s", STR_ARG(b->name), STR_ARG(b->code)) : b->code;
        to[1] = whole(s, b->times);
        to[2] = e4(s, b->last_price_e4, 2);
        to[3] = day(s, b->last);
        to[4] = money(s, b->value_cents);
    }
    if (rows == 0)
        return;
    pdf_heading(s->pdf, heading);
    pdf_table(s->pdf, column, COLUMNS, cell, rows);
}

static bool record_open(const struct record *r) {
    return r->kind == IMPORT_TITLES ? r->open_cents > 0 : !day_is(r->closed_on);
}

static void records_put(const struct sheet_pdf *s, struct str heading, struct str due, const struct record *record,
                        size_t n) {
    enum { COLUMNS = 5 };
    const struct pdf_column column[COLUMNS] = {{T(s, S("customer.number")), 20, false},
                                               {T(s, S("customer.day")), 15, false},
                                               {due, 15, false},
                                               {T(s, S("customer.amount")), 18, true},
                                               {T(s, S("customer.state")), 32, false}};
    struct str cell[PAPERS * COLUMNS];
    size_t rows = 0;
    for (size_t i = 0; i < n && rows < PAPERS; i++) {
        const struct record *r = &record[i];
        if (!record_open(r))
            continue;
        bool late = day_is(r->due_on) && r->due_on.n < s->profile->as_of.n;
        struct str *to = cell + rows++ * COLUMNS, state = r->text.n > 0 ? r->text : r->state;
        to[0] = r->part.n > 0 ? cx_text(s->cx, "%.*s/%.*s", STR_ARG(r->number), STR_ARG(r->part)) : r->number;
        to[1] = day(s, r->day);
        to[2] = day(s, r->due_on);
        to[3] = money(s, r->open_cents > 0 ? r->open_cents : r->amount_cents);
        to[4] = late && state.n == 0 ? T(s, S("customer.late")) : state;
    }
    if (rows == 0)
        return;
    pdf_heading(s->pdf, heading);
    pdf_table(s->pdf, column, COLUMNS, cell, rows);
}

static void standing_put(const struct sheet_pdf *s) {
    const struct sheet *sheet = &s->profile->sheet;
    struct profile_standing st = profile_standing(sheet, s->profile->as_of);
    struct pdf_fact fact[3];
    size_t n = 0;
    if (sheet->titles == 0)
        return;
    fact[n++] = (struct pdf_fact){T(s, S("customer.open")),
                                  T(s, S("customer.open_is"), money(s, sheet->open_cents), whole(s, st.open))};
    fact[n++] = (struct pdf_fact){T(s, S("customer.overdue")),
                                  st.overdue == 0 ? T(s, S("customer.overdue_none"))
                                                  : T(s, S("customer.overdue_is"), money(s, sheet->overdue_cents),
                                                      whole(s, st.overdue), whole(s, st.overdue_days))};
    if (st.paid > 0)
        fact[n++] = (struct pdf_fact){T(s, S("customer.paid")),
                                      st.paid_late == 0 ? T(s, S("customer.paid_in_time"), whole(s, st.paid))
                                                        : T(s, S("customer.paid_late"), whole(s, st.paid_late),
                                                            whole(s, st.paid), whole(s, st.late_days_mean))};
    pdf_heading(s->pdf, T(s, S("customer.standing")));
    pdf_facts(s->pdf, fact, n);
    records_put(s, T(s, S("customer.titles")), T(s, S("customer.due")), sheet->title, sheet->titles);
}

static void orders_put(const struct sheet_pdf *s) {
    enum { COLUMNS = 4 };
    const struct pdf_column column[COLUMNS] = {{T(s, S("customer.number")), 30, false},
                                               {T(s, S("customer.day")), 25, false},
                                               {T(s, S("customer.what")), 25, false},
                                               {T(s, S("customer.value")), 20, true}};
    static const char *const kind[] = {[DOCUMENT_SALE] = "sale",
                                       [DOCUMENT_RETURN] = "return",
                                       [DOCUMENT_CANCELLED] = "cancelled",
                                       [DOCUMENT_UNVALUED] = "sale"};
    struct str cell[PAPERS * COLUMNS];
    size_t rows = 0;
    for (; rows < s->profile->sheet.documents && rows < PAPERS; rows++) {
        const struct document_row *d = &s->profile->sheet.document[rows];
        struct str *to = cell + rows * COLUMNS;
        to[0] = d->number;
        to[1] = day(s, d->day);
        to[2] = word(s, "customer.kind_", kind[d->kind]);
        to[3] = d->kind == DOCUMENT_UNVALUED ? (struct str){0} : money(s, d->value_cents);
    }
    if (rows == 0)
        return;
    pdf_heading(s->pdf, T(s, S("customer.orders")));
    pdf_table(s->pdf, column, COLUMNS, cell, rows);
}

/* ---- people and what was said ---- */

static void people_put(const struct sheet_pdf *s) {
    enum { COLUMNS = 4 };
    const struct pdf_column column[COLUMNS] = {{T(s, S("person.name")), 32, false},
                                               {T(s, S("person.phone")), 20, false},
                                               {T(s, S("person.email")), 26, false},
                                               {T(s, S("person.consents")), 22, false}};
    struct str cell[PEOPLE * COLUMNS];
    size_t rows = 0;
    for (; rows < s->profile->persons && rows < PEOPLE; rows++) {
        const struct person *p = &s->profile->person[rows];
        struct str *to = cell + rows * COLUMNS;
        to[0] = p->position.n > 0 ? cx_text(s->cx, "%.*s, %.*s", STR_ARG(p->name), STR_ARG(p->position)) : p->name;
        to[1] = reachable(s, p->id, REACH_CALL, p->phone);
        to[2] = reachable(s, p->id, REACH_EMAIL, p->email);
        to[3] = cx_text(s->cx, "%.*s / %.*s", STR_ARG(word(s, "person.consent_", consent_name(p->consent_phone))),
                        STR_ARG(word(s, "person.consent_", consent_name(p->consent_email))));
    }
    if (rows == 0)
        return;
    pdf_heading(s->pdf, T(s, S("customer.people")));
    pdf_table(s->pdf, column, COLUMNS, cell, rows);
}

static void contacts_put(const struct sheet_pdf *s) {
    size_t n = s->profile->contacts < CONTACTS ? s->profile->contacts : CONTACTS;
    if (n > 0)
        pdf_heading(s->pdf, T(s, S("customer.contacts")));
    for (size_t i = 0; i < n; i++) {
        const struct contact_row *r = &s->profile->contact[i];
        struct buf line;
        buf_init(&line, s->arena, 0);
        part_put(&line, text_moment(s->arena, s->lang, r->contact.at_us, s->offset_s));
        part_put(&line, word(s, "contact.channel_", contact_channel_name(r->contact.channel)));
        part_put(&line, word(s, "contact.outcome_", contact_outcome_name(r->contact.outcome)));
        part_put(&line, r->user);
        part_put(&line, r->person);
        part_put(&line, r->reason);
        part_put(&line, r->objection);
        part_put(&line, text_shorten(s->arena, text_clean(s->arena, r->contact.note), NOTE_SHOWN));
        pdf_paragraph(s->pdf, buf_str(&line));
    }
}

static void notes_put(const struct sheet_pdf *s) {
    size_t n = s->profile->notes < NOTES ? s->profile->notes : NOTES;
    if (n > 0)
        pdf_heading(s->pdf, T(s, S("customer.notes")));
    for (size_t i = 0; i < n; i++) {
        const struct note *note = &s->profile->note[i];
        struct str text = text_shorten(s->arena, text_clean(s->arena, note->text), NOTE_SHOWN);
        pdf_paragraph(s->pdf, cx_text(s->cx, "%.*s · %.*s: %.*s",
                                      STR_ARG(text_moment(s->arena, s->lang, note->at_us, s->offset_s)),
                                      STR_ARG(note->author), STR_ARG(text)));
    }
}

bool profile_pdf(struct cx *cx, const struct profile *profile, enum lang lang, int32_t utc_offset_s, struct str *out) {
    struct sheet_pdf s = {.cx = cx,
                          .arena = cx->arena,
                          .lang = lang,
                          .offset_s = utc_offset_s,
                          .profile = profile,
                          .c = &profile->sheet.customer};
    char iso[DAY_TEXT];
    const struct pdf_wish wish = {.title = s.c->name.n > 0 ? s.c->name : s.c->code,
                                  .foot = T(&s, S("customer.pdf_foot"), s.c->code, s.c->name, day(&s, profile->as_of)),
                                  .made_on = str_copy(cx->arena, (struct str){iso, day_iso(profile->as_of, iso)})};
    const struct sheet *sheet = &profile->sheet;
    if (!pdf_open(cx, &wish, &s.pdf))
        return false;
    head_put(&s);
    facts_put(&s);
    rhythm_put(&s);
    months_put(&s);
    people_put(&s);
    products_put(&s, false, T(&s, S("customer.products")), PRODUCTS);
    products_put(&s, true, T(&s, S("customer.stopped")), STOPPED);
    standing_put(&s);
    records_put(&s, T(&s, S("customer.quotes")), T(&s, S("customer.until")), sheet->quote, sheet->quotes);
    records_put(&s, T(&s, S("customer.tickets")), T(&s, S("customer.until")), sheet->ticket, sheet->tickets);
    orders_put(&s);
    contacts_put(&s);
    notes_put(&s);
    return pdf_close(cx, s.pdf, out);
}
