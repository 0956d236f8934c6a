// SPDX-License-Identifier: Apache-2.0
/* list_recall -- the page that was asked for before, as long as nothing it shows has changed (picture.h).
 *
 * Must not know how a page is found. Invariant: all that the answer hangs on is in the key or in the watched tables; whose
 * customers alone may be seen is in the key.
 */
#include "store/list_recall.h"

#include "base/pack.h"
#include "store/picture.h"

enum { RECALL_MOST = 200 }; /* customers of a page that is remembered; longer ones are exports */

/* Who gives these another field puts it into the key (key_filter, key_of) or among the texts (customer_texts), then its size here. */
_Static_assert(sizeof(void *) != 8 || sizeof(struct list_filter) == 4560,
               "a field of list_filter for key_filter below");
_Static_assert(sizeof(void *) != 8 || sizeof(struct list_from) == 48, "a field of list_from for key_of below");
_Static_assert(sizeof(void *) != 8 || sizeof(struct customer) == 560, "a text of customer for customer_texts below?");

static void key_number(struct buf *to, int64_t v) {
    buf_put(to, (struct str){(const char *)&v, sizeof v});
}

static void key_text(struct buf *to, struct str s) {
    key_number(to, (int64_t)s.n);
    buf_put(to, s);
}

static void key_codes(struct buf *to, const struct list_codes *codes) {
    key_number(to, (int64_t)codes->n);
    for (size_t i = 0; i < codes->n; i++)
        key_text(to, codes->code[i]);
}

static void key_work(struct buf *to, const struct list_work *w) {
    const int64_t number[] = {w->min_open_titles,
                              w->max_open_titles,
                              w->min_overdue_titles,
                              w->max_overdue_titles,
                              w->min_open_quotes,
                              w->max_open_quotes,
                              w->min_open_quote_value,
                              w->max_open_quote_value,
                              w->min_open_tickets,
                              w->max_open_tickets,
                              w->contact_from.n,
                              w->contact_to.n,
                              w->appointment_from.n,
                              w->appointment_to.n,
                              w->standings,
                              w->outcomes,
                              w->blocked,
                              w->min_credit_limit,
                              w->max_credit_limit,
                              w->min_credit_left,
                              w->max_credit_left,
                              w->registered_from.n,
                              w->registered_to.n};
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        key_number(to, number[i]);
    key_codes(to, &w->objection);
}

static void key_filter(struct buf *to, const struct list_filter *f) {
    const int64_t number[] = {f->statuses,           f->abc,
                              f->min_value,          f->max_value,
                              f->min_total,          f->max_total,
                              f->min_purchases,      f->max_purchases,
                              f->min_recency,        f->max_recency,
                              f->not_contacted_for,  f->due_from.n,
                              f->due_to.n,           f->min_chance_e4,
                              f->max_chance_e4,      f->next_from.n,
                              f->next_to.n,          f->search_wide,
                              f->inactive.from.n,    f->inactive.to.n,
                              f->recovered.from.n,   f->recovered.to.n,
                              f->written_off.from.n, f->written_off.to.n,
                              f->near.set,           f->near.lat_e5,
                              f->near.lon_e5,        f->near.metres};
    const struct list_codes *const codes[] = {&f->company, &f->rep, &f->segment, &f->region,
                                              &f->city,    &f->rfm, &f->tag};
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        key_number(to, number[i]);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        key_codes(to, codes[i]);
    key_work(to, &f->work);
    key_text(to, f->search);
    key_text(to, f->code);
    key_text(to, f->only_rep);
}

static struct str key_of(struct arena *arena, const struct list_filter *filter, struct list_order order,
                         const struct list_from *from, int64_t limit, bool totals) {
    struct buf to;
    buf_init(&to, arena, 0);
    buf_put(&to, S("page"));
    const int64_t number[] = {order.column, order.descending, limit, totals, from->set, from->back, from->number};
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        key_number(&to, number[i]);
    key_text(&to, from->text);
    key_text(&to, from->code);
    key_filter(&to, filter);
    return buf_str(&to);
}

static const size_t customer_texts[] = {
    offsetof(struct customer, code),   offsetof(struct customer, name),    offsetof(struct customer, tax_id),
    offsetof(struct customer, rep),    offsetof(struct customer, company), offsetof(struct customer, segment),
    offsetof(struct customer, region), offsetof(struct customer, city),    offsetof(struct customer, phone),
    offsetof(struct customer, email),  offsetof(struct customer, rule),    offsetof(struct customer, last_objection)};

static size_t gaps_of(const struct customer *c) {
    return c->gap_days != NULL && c->purchases > 1 ? (size_t)c->purchases - 1 : 0;
}

static void customer_put(struct buf *to, const struct customer *c) {
    pack_put(to, c, sizeof *c, customer_texts, sizeof customer_texts / sizeof *customer_texts);
    pack_bytes(to, c->gap_days, gaps_of(c) * sizeof *c->gap_days);
}

static bool customer_take(struct arena *arena, struct str *from, struct customer *c) {
    if (!pack_take(from, c, sizeof *c, customer_texts, sizeof customer_texts / sizeof *customer_texts))
        return false;
    size_t n = gaps_of(c);
    int32_t *gap = arena_new(arena, int32_t, n + 1);
    c->gap_days = c->gap_days != NULL ? gap : NULL;
    return pack_bytes_take(from, gap, n * sizeof *gap);
}

/* Keeps what it shows. */
struct keeping {
    struct buf to;
    list_visit *visit;
    void *owner;
};

static bool keep(struct cx *cx, void *owner, const struct customer *customer) {
    struct keeping *k = owner;
    customer_put(&k->to, customer);
    return k->visit(cx, k->owner, customer);
}

static bool show_kept(struct cx *cx, struct str from, list_visit *visit, void *owner, struct list_totals *totals) {
    struct list_totals sums;
    if (!pack_bytes_take(&from, &sums, sizeof sums))
        return cx_fail(cx, ERR_BUG, S("list.strips_broken"));
    if (totals)
        *totals = sums;
    while (from.n > 0) {
        struct customer customer;
        if (!customer_take(cx->arena, &from, &customer))
            return cx_fail(cx, ERR_BUG, S("list.strips_broken"));
        if (!visit(cx, owner, &customer))
            return false;
    }
    return true;
}

bool list_page(struct cx *cx, struct db *db, const struct score_run *run, const struct list_filter *filter,
               struct list_order order, const struct list_from *from, int64_t limit, list_visit *visit, void *owner,
               struct list_totals *totals) {
    struct picture_ask ask;
    struct str kept;
    bool found;
    if (filter->picked || limit <= 0 || limit > RECALL_MOST || !picture_recalls(db))
        return list_page_make(cx, db, run, filter, order, from, limit, visit, owner, totals);
    if (!picture_find(cx, db, key_of(cx->arena, filter, order, from, limit, totals != NULL), &ask, &found, &kept))
        return false;
    if (found)
        return show_kept(cx, kept, visit, owner, totals);
    struct keeping k = {.visit = visit, .owner = owner};
    struct list_totals none = {0};
    buf_init(&k.to, cx->arena, 0);
    if (!list_page_make(cx, db, run, filter, order, from, limit, keep, &k, totals))
        return false;
    struct buf whole;
    buf_init(&whole, cx->arena, 0);
    pack_bytes(&whole, totals ? totals : &none, sizeof none);
    buf_put(&whole, buf_str(&k.to));
    picture_keep(db, &ask, buf_str(&whole));
    return true;
}
