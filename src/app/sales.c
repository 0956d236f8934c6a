// SPDX-License-Identifier: Apache-2.0
/* sales.c -- documents are read once and laid on piles, one for every PILE customers in a row; then pile by pile each goes
 * to its customer and is netted by day. A pile and its customers fit into the processor's cache: putting ten million
 * documents straight to a million customers costs more than all the rest of a score.
 */
#include "app/sales.h"

#include "app/heap.h"
#include "store/document.h"

enum { PROGRESS_DOCUMENTS = 1 << 16, PILE = 4096, SHEET = 1000, KINDS = 8 };

struct waiting {
    int64_t cents;
    int32_t day;
    uint32_t whose; /* place in the pile x KINDS + enum document_kind */
};

struct sheet {
    struct sheet *below;
    size_t n;
    struct waiting document[SHEET];
};

struct reading {
    struct sales *sales;
    struct progress progress;
    struct sheet **pile;
    size_t documents; /* on all piles */
    uint32_t *place;  /* by customer id; UINT32_MAX: none */
    int64_t max_id;
    size_t customer_room;
    bool later; /* there are documents after as_of */
};

static bool customer_take(struct cx *cx, void *owner, const struct customer_brief *brief) {
    (void)cx;
    struct reading *r = owner;
    struct sales *sales = r->sales;
    sales->customer = heap_grown(sales->customer, &r->customer_room, sales->n + 1, sizeof *sales->customer);
    struct sale_customer *c = &sales->customer[sales->n];
    *c = (struct sale_customer){
        .id = brief->id, .code = str_copy(&sales->texts, brief->code), .closed_on = brief->closed_on};
    for (size_t i = 0; i < LABEL_KIND_END; i++) {
        c->label[i] = (int32_t)brief->label[i];
    }
    if (brief->id >= 0 && brief->id <= r->max_id) {
        r->place[brief->id] = (uint32_t)sales->n;
    }
    sales->n++;
    return true;
}

static int by_day(const void *a, const void *b) {
    const struct sale_day *x = a, *y = b;
    return x->day < y->day ? -1 : x->day > y->day;
}

enum { SHORT = 24 };

static void sort_days(struct sale_day *day, size_t n) {
    size_t sorted = 1;
    while (sorted < n && day[sorted - 1].day <= day[sorted].day) {
        sorted++;
    }
    if (sorted >= n) {
        return;
    }
    if (n > SHORT) {
        qsort(day, n, sizeof *day, by_day);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        struct sale_day sale = day[i];
        size_t k = i;
        for (; k > 0 && day[k - 1].day > sale.day; k--) {
            day[k] = day[k - 1];
        }
        day[k] = sale;
    }
}

void sale_customer_net(struct sale_customer *c) {
    uint32_t days = 0;
    sort_days(c->day, c->days);
    c->purchases = 0;
    for (uint32_t i = 0; i < c->days;) {
        struct sale_day sum = {.day = c->day[i].day};
        bool sale = false, unvalued = false;
        for (; i < c->days && c->day[i].day == sum.day; i++) {
            int64_t cents = c->day[i].net_cents;
            bool returned = c->day[i].purchase == DOCUMENT_RETURN;
            sale = sale || !returned;
            unvalued = unvalued || c->day[i].purchase == DOCUMENT_UNVALUED;
            c->gross_cents += returned ? 0 : cents;
            c->returned_cents -= returned ? cents : 0;
            sum.net_cents += cents;
        }
        sum.purchase = (sale && sum.net_cents > 0) || unvalued;
        c->purchases += (uint32_t)sum.purchase;
        c->day[days++] = sum;
    }
    c->days = days;
}

size_t sale_customer_purchases(const struct sale_customer *c, int32_t *day, int64_t *cents) {
    size_t n = 0;
    for (uint32_t i = 0; i < c->days; i++) {
        if (c->day[i].purchase) {
            day[n] = c->day[i].day;
            cents[n++] = c->day[i].net_cents;
        }
    }
    return n;
}

static bool document_take(struct cx *cx, void *owner, const struct document_brief *d) {
    (void)cx;
    struct reading *r = owner;
    uint32_t place = d->customer_id >= 0 && d->customer_id <= r->max_id ? r->place[d->customer_id] : UINT32_MAX;
    if (place == UINT32_MAX) {
        return true;
    }
    struct sheet **pile = &r->pile[place / PILE];
    if (!*pile || (*pile)->n == SHEET) {
        struct sheet *sheet = heap_raw(1, sizeof *sheet);
        sheet->below = *pile;
        sheet->n = 0;
        *pile = sheet;
    }
    (*pile)->document[(*pile)->n++] =
        (struct waiting){d->value_cents, d->day.n, place % PILE * KINDS + (uint32_t)d->kind};
    r->documents++;
    if (r->documents % PROGRESS_DOCUMENTS == 0 && r->progress.step) {
        r->progress.step(r->progress.owner, S("score.reading"), r->documents, 0);
    }
    return true;
}

bool sale_customer_note(struct sale_customer *c, struct day as_of, int32_t day, enum document_kind kind) {
    if (day > as_of.n) {
        c->later = !c->known;
        return false;
    }
    c->known = true;
    c->later = false;
    return kind != DOCUMENT_CANCELLED;
}

void sales_span(struct sales *sales, int32_t day) {
    if (!day_is(sales->first_day) || day < sales->first_day.n) {
        sales->first_day.n = day;
    }
    if (!day_is(sales->last_day) || day > sales->last_day.n) {
        sales->last_day.n = day;
    }
}

static bool document_note(struct reading *r, struct sale_customer *c, const struct waiting *d) {
    r->later = r->later || d->day > r->sales->as_of.n;
    if (!sale_customer_note(c, r->sales->as_of, d->day, (enum document_kind)(d->whose % KINDS))) {
        return false;
    }
    sales_span(r->sales, d->day);
    return true;
}

/* The pile's documents side by side by customer, from all[sales->documents] on; then netted. */
static void pile_settle(struct reading *r, size_t pile) {
    struct sales *sales = r->sales;
    struct sale_customer *first = sales->customer + pile * PILE;
    size_t customers = sales->n - pile * PILE < PILE ? sales->n - pile * PILE : PILE;
    for (struct sheet *sheet = r->pile[pile]; sheet; sheet = sheet->below) {
        for (size_t i = 0; i < sheet->n; i++) {
            struct sale_customer *c = &first[sheet->document[i].whose / KINDS];
            c->days += document_note(r, c, &sheet->document[i]);
        }
    }
    for (size_t c = 0; c < customers; c++) {
        first[c].day = sales->all + sales->documents;
        sales->documents += first[c].days;
        first[c].days = 0;
    }
    for (struct sheet *sheet = r->pile[pile], *below; sheet; sheet = below) {
        for (size_t i = 0; i < sheet->n; i++) {
            const struct waiting *d = &sheet->document[i];
            struct sale_customer *c = &first[d->whose / KINDS];
            uint32_t kind = d->whose % KINDS;
            if (d->day <= sales->as_of.n && kind != DOCUMENT_CANCELLED) {
                c->day[c->days++] = (struct sale_day){d->day, (int32_t)kind, d->cents};
            }
        }
        below = sheet->below;
        free(sheet);
    }
    r->pile[pile] = NULL;
    for (size_t c = 0; c < customers; c++) {
        sale_customer_net(&first[c]);
    }
}

static size_t piles_of(const struct sales *sales) {
    return (sales->n + PILE - 1) / PILE;
}

static void piles_clear(struct reading *r) {
    for (size_t i = 0; r->pile && i < piles_of(r->sales); i++) {
        for (struct sheet *sheet = r->pile[i], *below; sheet; sheet = below) {
            below = sheet->below;
            free(sheet);
        }
    }
    free(r->pile);
}

void sales_total(struct sales *sales) {
    if (!day_is(sales->first_day)) {
        return;
    }
    size_t n = (size_t)(sales->as_of.n - sales->first_day.n) + 1;
    sales->day_total = heap_new(n, sizeof *sales->day_total);
    for (size_t c = 0; c < sales->n; c++) {
        const struct sale_customer *customer = &sales->customer[c];
        for (uint32_t i = 0; i < customer->days; i++) {
            sales->day_total[customer->day[i].day - sales->first_day.n] += customer->day[i].net_cents;
        }
    }
    for (size_t i = 1; i < n; i++) {
        sales->day_total[i] += sales->day_total[i - 1];
    }
}

int64_t sales_window(const struct sales *sales, int32_t from, int32_t to) {
    if (!sales->day_total || to < sales->first_day.n) {
        return 0;
    }
    int64_t upto = sales->day_total[to - sales->first_day.n];
    return from <= sales->first_day.n ? upto : upto - sales->day_total[from - 1 - sales->first_day.n];
}

/* Whom a customers file named was known all along. */
static bool registered_take(struct cx *cx, void *owner, int64_t id) {
    (void)cx;
    struct reading *r = owner;
    uint32_t place = id >= 0 && id <= r->max_id ? r->place[id] : UINT32_MAX;
    if (place != UINT32_MAX) {
        r->sales->customer[place].later = false;
    }
    return true;
}

static bool documents_read(struct cx *cx, struct db *db, bool dirty_only, struct reading *r) {
    /* Later documents are read too: they tell a customer that was not known yet from one that never bought. */
    struct day all = {INT32_MAX};
    r->pile = heap_raw(piles_of(r->sales) + 1, sizeof *r->pile);
    memset(r->pile, 0, (piles_of(r->sales) + 1) * sizeof *r->pile);
    if (!dirty_only) {
        return document_brief_each(cx, db, 0, all, document_take, r);
    }
    for (size_t i = 0; i < r->sales->n; i++) {
        if (!document_brief_each(cx, db, r->sales->customer[i].id, all, document_take, r)) {
            return false;
        }
    }
    return true;
}

bool sales_read(struct cx *cx, struct db *db, struct day as_of, bool dirty_only, struct progress progress,
                struct sales *out) {
    *out = (struct sales){.as_of = as_of, .first_day = DAY_NONE, .last_day = DAY_NONE};
    arena_init(&out->texts, 0, arena_full_exit, NULL);
    struct reading r = {.sales = out, .progress = progress};
    int64_t dirty = 0;
    if (!customer_max_id(cx, db, &r.max_id, &dirty)) {
        return false;
    }
    r.place = heap_raw((size_t)r.max_id + 1, sizeof *r.place);
    memset(r.place, 0xff, ((size_t)r.max_id + 1) * sizeof *r.place);
    bool ok = customer_brief_each(cx, db, dirty_only, customer_take, &r) && documents_read(cx, db, dirty_only, &r);
    if (ok) {
        out->all = heap_raw(r.documents + 1, sizeof *out->all);
        for (size_t i = 0; i < piles_of(out); i++) {
            pile_settle(&r, i);
        }
        ok = !r.later || customer_registered_each(cx, db, registered_take, &r);
        if (!dirty_only) {
            sales_total(out);
        }
    }
    piles_clear(&r);
    free(r.place);
    return ok;
}

void sales_clear(struct sales *sales) {
    free(sales->customer);
    free(sales->all);
    free(sales->day_total);
    arena_clear(&sales->texts);
    *sales = (struct sales){0};
}
