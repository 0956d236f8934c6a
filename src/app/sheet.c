// SPDX-License-Identifier: Apache-2.0
/* sheet.c -- one customer from every table that knows it. */
#include "app/sheet.h"

#include "app/list.h"

enum { STOPPED_TIMES = 3, STOPPED_GAPS = 2, ROOM_FIRST = 16 };

struct keeping {
    struct sheet *sheet;
    struct cx *cx;
    bool found;
    size_t episode_room;
};

static struct str kept(struct cx *cx, struct str s) {
    return str_copy(cx->arena, s);
}

static bool customer_keep(struct cx *cx, void *owner, const struct customer *customer) {
    struct keeping *k = owner;
    struct customer *c = &k->sheet->customer;
    *c = *customer;
    struct str *text[] = {&c->code,   &c->name, &c->tax_id, &c->company, &c->rep,  &c->segment,
                          &c->region, &c->city, &c->phone,  &c->email,   &c->rule, &c->last_objection};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        *text[i] = kept(cx, *text[i]);
    }
    size_t gaps = c->purchases > 1 ? (size_t)c->purchases - 1 : 0;
    int32_t *gap = arena_new(cx->arena, int32_t, gaps + 1);
    for (size_t i = 0; i < gaps; i++) {
        gap[i] = customer->gap_days[i];
    }
    c->gap_days = gap;
    k->found = true;
    return true;
}

static void purchases_fill(struct cx *cx, struct sheet *sheet) {
    const struct customer *c = &sheet->customer;
    sheet->purchases = (size_t)c->purchases;
    sheet->purchase = arena_new(cx->arena, struct day, sheet->purchases + 1);
    struct day day = c->first_purchase;
    for (size_t i = 0; i < sheet->purchases; i++) {
        day.n += i > 0 ? c->gap_days[i - 1] : 0;
        sheet->purchase[i] = day;
    }
}

static bool episode_keep(struct cx *cx, void *owner, const struct score_episode *episode) {
    struct keeping *k = owner;
    struct sheet *sheet = k->sheet;
    if (sheet->episodes == k->episode_room) {
        size_t room = k->episode_room ? 2 * k->episode_room : ROOM_FIRST;
        sheet->episode = arena_grow(cx->arena, sheet->episode, k->episode_room, room, sizeof *sheet->episode);
        k->episode_room = room;
    }
    sheet->episode[sheet->episodes++] = *episode;
    return true;
}

/* As it stood that day: what came later was not there, what was settled later was still open. Of a part that was paid
 * before, only the newest state is known. */
static bool record_as_of(struct record *record, struct day as_of) {
    if (day_is(record->day) && record->day.n > as_of.n) {
        return false;
    }
    if (day_is(record->closed_on) && record->closed_on.n > as_of.n) {
        record->closed_on = DAY_NONE;
        record->open_cents = record->amount_cents;
        record->state = (struct str){0};
    }
    return true;
}

static bool records_of(struct sheet *sheet, enum import_kind kind, struct record ***record, size_t **n) {
    switch ((int)kind) {
    case IMPORT_TITLES:
        *record = &sheet->title;
        *n = &sheet->titles;
        return true;
    case IMPORT_QUOTES:
        *record = &sheet->quote;
        *n = &sheet->quotes;
        return true;
    case IMPORT_TICKETS:
        *record = &sheet->ticket;
        *n = &sheet->tickets;
        return true;
    default:
        return false;
    }
}

/* Kind by kind, as they come. */
static void records_fill(struct cx *cx, struct day as_of, const struct dossier *dossier, struct sheet *sheet) {
    for (size_t i = 0; i < dossier->records; i++) {
        struct record then = dossier->record[i], **records;
        size_t *n;
        if (!records_of(sheet, then.kind, &records, &n) || !record_as_of(&then, as_of)) {
            continue;
        }
        if (*n == 0) {
            *records = arena_new(cx->arena, struct record, dossier->records - i);
        }
        (*records)[(*n)++] = then;
    }
}

/* Open ones first, then by the day they are due. */
static int by_due(const void *a, const void *b) {
    const struct record *x = a, *y = b;
    bool x_open = x->open_cents > 0, y_open = y->open_cents > 0;
    if (x_open != y_open) {
        return x_open ? -1 : 1;
    }
    return x->due_on.n < y->due_on.n ? -1 : x->due_on.n > y->due_on.n;
}

static void titles_sum(struct sheet *sheet, struct day as_of) {
    if (sheet->titles > 0) {
        qsort(sheet->title, sheet->titles, sizeof *sheet->title, by_due);
    }
    for (size_t i = 0; i < sheet->titles; i++) {
        const struct record *t = &sheet->title[i];
        if (t->open_cents > 0) {
            sheet->open_cents += t->open_cents;
            sheet->overdue_cents += t->due_on.n < as_of.n ? t->open_cents : 0;
        }
    }
}

bool sheet_stopped(const struct bought *b, const struct customer *c) {
    if (b->times < STOPPED_TIMES || b->last.n <= b->first.n || !day_is(c->last_purchase)) {
        return false;
    }
    int64_t usual = (b->last.n - b->first.n) / (b->times - 1);
    return c->last_purchase.n - b->last.n > STOPPED_GAPS * (usual > 0 ? usual : 1);
}

static void bought_fill(struct cx *cx, const struct dossier *dossier, struct sheet *sheet) {
    sheet->boughts = dossier->boughts;
    sheet->bought = arena_new(cx->arena, struct sheet_bought, sheet->boughts + 1);
    for (size_t i = 0; i < sheet->boughts; i++) {
        sheet->bought[i] =
            (struct sheet_bought){dossier->bought[i], sheet_stopped(&dossier->bought[i], &sheet->customer)};
    }
}

/* Months before `since` are not looked at; returns of a month lower it, also below nothing. */
static void months_fill(struct sheet *sheet, struct day as_of, const struct document_row *document, size_t n) {
    int32_t now = month_of(as_of);
    struct day same_day = day_add_months(as_of, -12);
    for (int32_t i = 0; i < SHEET_MONTHS; i++) {
        sheet->month[i].month = now - SHEET_MONTHS + 1 + i;
    }
    for (size_t i = 0; i < n; i++) {
        const struct document_row *d = &document[i];
        int32_t back = now - month_of(d->day);
        if (d->kind == DOCUMENT_CANCELLED || d->kind == DOCUMENT_UNVALUED || back >= 2 * SHEET_MONTHS) {
            continue;
        }
        if (back < SHEET_MONTHS) {
            sheet->month[SHEET_MONTHS - 1 - back].value_cents += d->value_cents;
        } else if (back > SHEET_MONTHS || d->day.n <= same_day.n) {
            sheet->month[2 * SHEET_MONTHS - 1 - back].before_cents += d->value_cents;
        }
    }
}

/* All but who it is. */
static void parts_fill(struct cx *cx, const struct score_run *run, const struct dossier *dossier, struct sheet *sheet) {
    purchases_fill(cx, sheet);
    sheet->model = run->model;
    bought_fill(cx, dossier, sheet);
    months_fill(sheet, run->as_of, dossier->document, dossier->documents);
    sheet->document = dossier->document;
    sheet->documents = dossier->documents < SHEET_DOCUMENTS ? dossier->documents : SHEET_DOCUMENTS;
    records_fill(cx, run->as_of, dossier, sheet);
    titles_sum(sheet, run->as_of);
}

/* The months that are shown want all documents since their first one. */
static bool kept_read(struct cx *cx, struct db *db, const struct score_run *run, struct dossier_wish wish,
                      struct dossier *out) {
    wish.as_of = run->as_of;
    wish.documents = SHEET_DOCUMENTS;
    wish.since = month_first(month_of(run->as_of) - 2 * SHEET_MONTHS + 1);
    return dossier_read(cx, db, &wish, out);
}

bool sheet_make(struct cx *cx, struct db *db, const struct score_run *run, struct str code, struct sheet *out) {
    struct list_filter filter = list_filter_any();
    struct list_order order = {COLUMN_CODE, false};
    struct keeping k = {.sheet = out, .cx = cx};
    *out = (struct sheet){0};
    filter.code = code;
    if (!list_each(cx, db, run, &filter, order, 1, customer_keep, &k)) {
        return false;
    }
    if (!k.found) {
        return cx_fail(cx, ERR_NOT_FOUND, S("show.no_customer"), code);
    }
    bool foretold = false;
    struct dossier dossier;
    if (!kept_read(cx, db, run, (struct dossier_wish){.customer_id = out->customer.id.v}, &dossier)) {
        return false;
    }
    parts_fill(cx, run, &dossier, out);
    return forecast_find(cx, db, &foretold, &out->forecast) &&
           score_episode_each(cx, db, out->customer.id.v, episode_keep, &k);
}

bool sheet_of(struct cx *cx, struct db *db, const struct score_run *run, const struct dossier_wish *wish, bool *found,
              struct dossier *dossier, struct sheet *out) {
    *out = (struct sheet){0};
    if (!list_customer(cx, db, run, wish->customer_id, found, &out->customer)) {
        return false;
    }
    if (!*found) {
        return true;
    }
    if (!kept_read(cx, db, run, *wish, dossier)) {
        return false;
    }
    parts_fill(cx, run, dossier, out);
    return true;
}
