// SPDX-License-Identifier: Apache-2.0
/* import_records.c -- the files beside the orders: customers, products, titles, quotes, tickets.
 *
 * Rows are judged one by one. A title, quote or ticket of a customer that is not known yet makes the customer, so the
 * order in which a company imports its files does not matter.
 */
#include "app/goods.h"
#include "app/importers.h"
#include "app/party.h"
#include "base/limits.h"
#include "core/document.h"
#include "core/place.h"
#include "stats/stat.h"
#include "store/record.h"

struct reading {
    struct importing *im;
    const struct shape *shape;
    size_t at;
    struct parties *parties;
    struct goods *goods;
};

typedef bool row_take(struct cx *cx, struct reading *r, const struct table_row *row, struct import_reject *why,
                      bool *refused);

/* Every row of every file through `take`; what all kinds refuse alike is refused here. */
static bool rows_each(struct cx *cx, struct reading *r, struct import_source *source, size_t n, row_take *take) {
    struct table_row row;
    for (size_t i = 0; i < n; i++) {
        r->at = i;
        r->shape = &source[i].shape;
        struct import_file_report *file = &r->im->report->file[i];
        for (;;) {
            importing_row(r->im, source[i].table, source[i].shape.path);
            enum table_next next = table_next(cx, source[i].table, &row);
            if (next == TABLE_END) {
                break;
            }
            if (next == TABLE_FAIL) {
                return false;
            }
            if (next == TABLE_BAD) {
                if (!importing_bad(cx, r->im, i, &row)) {
                    return false;
                }
                continue;
            }
            if (row.line <= source[i].shape.header_line) {
                continue;
            }
            file->recoded += row.recoded;
            file->mended += shape_mend(&r->im->row, r->shape, table_delimiter(source[i].table), &row);
            if (row.blank) {
                file->counts.rows++;
                file->counts.blank++;
                continue;
            }
            struct import_reject why = {.line = (int64_t)row.line, .row = row.raw};
            bool refused = false;
            if (row.last_unended && row.cells < r->shape->columns) {
                file->cut = true;
                why.reason = S("reject.cut");
                refused = true;
            } else if (row_overflows(r->shape, &row)) {
                why.reason = S("reject.too_many_cells");
                why.detail = importing_number(r->im, row.cells);
                refused = true;
            } else if (!take(cx, r, &row, &why, &refused)) {
                return false;
            }
            if (refused ? !importing_reject(cx, r->im, i, &why) : false) {
                return false;
            }
            file->counts.rows += !refused;
        }
    }
    return true;
}

/* The row's customer; refused when it names none. */
static bool row_party(struct cx *cx, struct reading *r, const struct table_row *row, struct import_reject *why,
                      bool *refused, struct party **out) {
    struct str code = cell_code(r->shape, row, FIELD_CUSTOMER);
    if (code.n == 0) {
        why->column = r->shape->header[r->shape->column[FIELD_CUSTOMER]];
        why->reason =
            document_row_total(&r->im->row, row->cell, row->cells) ? S("reject.total_line") : S("reject.no_customer");
        *refused = true;
        return true;
    }
    *refused = !cell_fits(r->shape, FIELD_CUSTOMER, code, LIMIT_CODE, why);
    return *refused || party_of(cx, r->parties, code, out);
}

/* Rows that have no date are as new as each other but for their place: the later row, in the file or in the files of one
 * call, is taken as said a day later. */
static struct day row_day(const struct reading *r) {
    return (struct day){(int32_t)(r->im->rows_done & 0x3fffffff)};
}

/* ---- customers ---- */

/* Yes and no as systems write them (Protheus: 2 is no); any other word says nothing. 1: no, 2: yes. */
static int64_t blocked_read(struct reading *r, struct str cell) {
    static const char *const words[2][10] = {{"n", "no", "nao", "não", "0", "2", "false", "f", "livre", "liberado"},
                                             {"s", "sim", "y", "yes", "1", "true", "t", "x", "bloqueado", "blocked"}};
    struct str word = str_fold(&r->im->row, cell);
    for (int64_t yes = 0; yes < 2; yes++) {
        for (size_t i = 0; i < sizeof words[yes] / sizeof *words[yes]; i++) {
            if (str_equal(word, str_from(words[yes][i]))) {
                return 1 + yes;
            }
        }
    }
    return STAT_NONE;
}

/* Both or nothing; 0, 0 is what systems write where nothing is known. */
static bool place_read(struct reading *r, const struct table_row *row, int64_t *out, struct import_reject *why) {
    int64_t lat, lon;
    if (!cell_degrees(r->shape, row, FIELD_LATITUDE, 90, &lat, why) ||
        !cell_degrees(r->shape, row, FIELD_LONGITUDE, 180, &lon, why)) {
        return false;
    }
    bool told = lat != STAT_NONE && lon != STAT_NONE && (lat != 0 || lon != 0);
    *out = told ? place_pack((int32_t)lat, (int32_t)lon) : STAT_NONE;
    return true;
}

/* False: the row cannot be used, *why says for which cell. */
static bool numbers_read(struct reading *r, const struct table_row *row, int64_t out[CUSTOMER_NUMBERS],
                         struct import_reject *why) {
    const struct shape *s = r->shape;
    struct day registered;
    for (int i = 0; i < CUSTOMER_NUMBERS; i++) {
        out[i] = STAT_NONE;
    }
    if (!cell_day(s, row, FIELD_REGISTERED, &registered, why) ||
        !cell_number(s, row, FIELD_CREDIT_LIMIT, 2, &out[CUSTOMER_CREDIT], why) ||
        !place_read(r, row, &out[CUSTOMER_PLACE], why)) {
        return false;
    }
    out[CUSTOMER_REGISTERED] = day_is(registered) ? registered.n : STAT_NONE;
    out[CUSTOMER_BLOCKED] = blocked_read(r, shape_cell(s, row, FIELD_BLOCKED));
    return true;
}

static bool customer_row(struct cx *cx, struct reading *r, const struct table_row *row, struct import_reject *why,
                         bool *refused) {
    static const struct {
        enum field field;
        enum party_text text;
    } texts[] = {{FIELD_CUSTOMER_NAME, PARTY_NAME},
                 {FIELD_TAX_ID, PARTY_TAX_ID},
                 {FIELD_PHONE, PARTY_PHONE},
                 {FIELD_EMAIL, PARTY_EMAIL}};
    static const struct {
        enum field field;
        enum label_kind kind;
    } labels[] = {{FIELD_COMPANY, LABEL_COMPANY},
                  {FIELD_REP, LABEL_REP},
                  {FIELD_SEGMENT, LABEL_SEGMENT},
                  {FIELD_REGION, LABEL_REGION},
                  {FIELD_CITY, LABEL_CITY}};
    const struct shape *s = r->shape;
    struct day closed_on, last_contact;
    int64_t number[CUSTOMER_NUMBERS];
    if (!cell_day(s, row, FIELD_CLOSED_DATE, &closed_on, why) || !numbers_read(r, row, number, why) ||
        !cell_day(s, row, FIELD_LAST_CONTACT, &last_contact, why)) {
        *refused = true;
        return true;
    }
    for (size_t i = 0; i < 4; i++) {
        *refused = *refused || !cell_fits(s, texts[i].field, shape_cell(s, row, texts[i].field), LIMIT_NAME, why);
    }
    for (size_t i = 0; i < 5; i++) {
        *refused = *refused || !cell_fits(s, labels[i].field, shape_cell(s, row, labels[i].field), LIMIT_CODE, why);
    }
    struct party *party = NULL;
    int64_t before = r->im->report->customers_added;
    if (*refused || !row_party(cx, r, row, why, refused, &party) || *refused) {
        return *refused;
    }
    struct day said = row_day(r);
    for (size_t i = 0; i < 4; i++) {
        party_tell_text(r->parties, party, said, texts[i].text, shape_cell(s, row, texts[i].field));
    }
    for (size_t i = 0; i < 5; i++) {
        if (!party_tell_label(cx, r->parties, party, said, labels[i].kind, cell_code(s, row, labels[i].field))) {
            return false;
        }
    }
    if (day_is(closed_on)) {
        party_tell_closed(party, said, closed_on);
    }
    party_tell_contact(party, last_contact);
    for (int i = 0; i < CUSTOMER_NUMBERS; i++) {
        party_tell_number(party, (enum customer_number)i, number[i]);
    }
    r->im->report->file[r->at].counts.added += r->im->report->customers_added - before;
    return true;
}

/* Rows whose customer is new count as added; of the rest, as many changed as customers did. */
static void settle_counts(struct import_report *report, int64_t changed) {
    for (size_t i = 0; i < report->files; i++) {
        struct import_counts *c = &report->file[i].counts;
        int64_t rest = c->rows - c->added - c->rejected - c->blank;
        c->changed = changed < rest ? changed : rest;
        c->unchanged = rest - c->changed;
        changed -= c->changed;
    }
}

bool import_customers(struct cx *cx, struct importing *im, struct import_source *source, size_t n) {
    struct reading r = {.im = im};
    int64_t changed = 0;
    bool ok = parties_open(cx, im, FACT_FROM_CUSTOMERS, &r.parties) && rows_each(cx, &r, source, n, customer_row) &&
              parties_finish(cx, r.parties, &changed);
    parties_close(cx, r.parties);
    int64_t fresh = im->report->customers_added;
    settle_counts(im->report, changed > fresh ? changed - fresh : 0);
    return ok;
}

/* ---- products ---- */

static bool product_row(struct cx *cx, struct reading *r, const struct table_row *row, struct import_reject *why,
                        bool *refused) {
    const struct shape *s = r->shape;
    struct str code = cell_code(s, row, FIELD_PRODUCT);
    struct str name = shape_cell(s, row, FIELD_PRODUCT_NAME);
    if (code.n == 0) {
        why->column = s->header[s->column[FIELD_PRODUCT]];
        why->reason = S("reject.no_product");
        *refused = true;
        return true;
    }
    if (!cell_fits(s, FIELD_PRODUCT, code, LIMIT_CODE, why) ||
        !cell_fits(s, FIELD_PRODUCT_NAME, name, LIMIT_NAME, why)) {
        *refused = true;
        return true;
    }
    struct day said = row_day(r);
    int64_t id = 0, before = goods_added(r->goods);
    if (!goods_of(cx, r->goods, code, said, name, shape_cell(s, row, FIELD_PRODUCT_KIND), &id)) {
        return false;
    }
    r->im->report->file[r->at].counts.added += goods_added(r->goods) - before;
    return true;
}

bool import_products(struct cx *cx, struct importing *im, struct import_source *source, size_t n) {
    struct reading r = {.im = im};
    int64_t changed = 0;
    bool ok = goods_open(cx, im, FACT_FROM_CUSTOMERS, &r.goods) && rows_each(cx, &r, source, n, product_row) &&
              goods_finish(cx, r.goods, &changed);
    int64_t fresh = r.goods ? goods_added(r.goods) : 0;
    settle_counts(im->report, changed > fresh ? changed - fresh : 0);
    goods_close(r.goods);
    return ok;
}

/* ---- titles, quotes, tickets ---- */

/* What is still to be paid: said, or nothing once it is paid, or all of it. */
static int64_t open_of(const struct record *record, int64_t open) {
    if (open != STAT_NONE || record->amount_cents == STAT_NONE) {
        return open;
    }
    return day_is(record->closed_on) ? 0 : record->amount_cents;
}

static bool record_read(struct reading *r, const struct table_row *row, struct record *out, struct import_reject *why) {
    const struct shape *s = r->shape;
    *out = (struct record){.kind = r->im->options->kind};
    out->number = cell_code(s, row, FIELD_DOCUMENT);
    out->part = cell_code(s, row, FIELD_PART);
    out->state = shape_cell(s, row, FIELD_STATE);
    out->text = shape_cell(s, row, FIELD_TEXT);
    int64_t open = STAT_NONE;
    if (!cell_fits(s, FIELD_DOCUMENT, out->number, LIMIT_CODE, why) ||
        !cell_fits(s, FIELD_PART, out->part, LIMIT_CODE, why) ||
        !cell_fits(s, FIELD_STATE, out->state, LIMIT_CODE, why) ||
        !cell_fits(s, FIELD_TEXT, out->text, LIMIT_NAME, why) || !cell_day(s, row, FIELD_DATE, &out->day, why) ||
        !cell_day(s, row, FIELD_DUE_DATE, &out->due_on, why) ||
        !cell_day(s, row, FIELD_CLOSED_DATE, &out->closed_on, why) ||
        !cell_number(s, row, FIELD_VALUE, 2, &out->amount_cents, why) ||
        !cell_number(s, row, FIELD_OPEN_VALUE, 2, &open, why)) {
        return false;
    }
    if (out->number.n == 0) {
        why->column = s->header[s->column[FIELD_DOCUMENT]];
        why->reason = S("reject.no_number");
        return false;
    }
    enum field needed = out->kind == IMPORT_TITLES ? FIELD_DUE_DATE : FIELD_DATE;
    struct day day = out->kind == IMPORT_TITLES ? out->due_on : out->day;
    if (!day_is(day)) {
        why->column = s->header[s->column[needed]];
        why->reason = S("reject.no_date");
        return false;
    }
    out->open_cents = open_of(out, open);
    return true;
}

static bool record_row(struct cx *cx, struct reading *r, const struct table_row *row, struct import_reject *why,
                       bool *refused) {
    struct record record;
    struct party *party = NULL;
    enum record_put put = RECORD_SAME;
    if (!record_read(r, row, &record, why)) {
        *refused = true;
        return true;
    }
    if (!row_party(cx, r, row, why, refused, &party) || *refused) {
        return *refused;
    }
    party_tell_text(r->parties, party, (struct day){0}, PARTY_NAME, shape_cell(r->shape, row, FIELD_CUSTOMER_NAME));
    record.customer_id = party_id(party);
    if (!parties_send(cx, r->parties) || !record_put(cx, r->im->db, r->im->id, &record, &put)) {
        return false;
    }
    struct import_counts *counts = &r->im->report->file[r->at].counts;
    counts->added += put == RECORD_ADDED;
    counts->changed += put == RECORD_CHANGED;
    counts->unchanged += put == RECORD_SAME;
    return true;
}

bool import_records(struct cx *cx, struct importing *im, struct import_source *source, size_t n) {
    struct reading r = {.im = im};
    int64_t changed = 0;
    bool ok = parties_open(cx, im, FACT_FROM_ORDERS, &r.parties) && rows_each(cx, &r, source, n, record_row) &&
              parties_finish(cx, r.parties, &changed);
    parties_close(cx, r.parties);
    return ok;
}
