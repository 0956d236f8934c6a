// SPDX-License-Identifier: Apache-2.0
/* settle.c -- a counting sort by customer, then small sorts by document and by day.
 *
 * Must not know what a purchase is: what a document is worth is said by claim_kind, what a day is by sale_customer_net.
 * Invariant: the answer does not hang on the order of the entries.
 */
#include "app/settle.h"

#include <string.h>

#include "app/heap.h"
#include "app/intake_claim.h"

enum { SHORT = 32, LONG = 96 };

/* An entry with its document, to be sorted. */
struct settle_row {
    uint64_t document, order;
    int64_t cents;
    uint32_t packed;
};

void settle_room_clear(struct settle_room *room) {
    free(room->narrow);
    free(room->entry);
    free(room->side);
    free(room->narrow_from);
    free(room->from);
    free(room->customer);
    free(room->row);
    free(room->mixed);
    *room = (struct settle_room){0};
}

static void narrow_count(void *owner, const struct gather_block *block) {
    struct settle_room *room = owner;
    for (size_t i = 0; i < block->n; i++) {
        room->narrow_from[gather_narrow_customer(block->of.narrow[i])]++;
    }
}

static void wide_count(void *owner, const struct gather_block *block) {
    struct settle_room *room = owner;
    for (size_t i = 0; i < block->n; i++) {
        room->from[block->of.wide.entry[i].customer]++;
    }
}

/* Each to its customer's place, from the last backwards: blocks stand newest first, so that the rows of a file that is sorted by day
 * come out sorted. from[c], the end of each, becomes its beginning. */
static void narrow_spread(void *owner, const struct gather_block *block) {
    struct settle_room *room = owner;
    for (size_t i = block->n; i-- > 0;) {
        uint64_t narrow = block->of.narrow[i];
        room->narrow[--room->narrow_from[gather_narrow_customer(narrow)]] = narrow;
    }
}

static void wide_spread(void *owner, const struct gather_block *block) {
    struct settle_room *room = owner;
    for (size_t i = block->n; i-- > 0;) {
        uint64_t to = --room->from[block->of.wide.entry[i].customer];
        room->entry[to] = block->of.wide.entry[i];
        if (room->documents) {
            room->side[to] = block->of.wide.side[i];
        }
    }
}

/* Counts to where each ends. */
static void ends_find(uint64_t *from, size_t n) {
    uint64_t sum = 0;
    for (size_t c = 0; c <= n; c++) {
        sum += from[c];
        from[c] = sum;
    }
}

bool settle_part(struct cx *cx, const struct settle *settle, size_t at, struct settle_room *room) {
    const struct gather_part *part = &settle->gather->part[at];
    room->narrow_from = heap_grown(room->narrow_from, &room->narrow_froms, part->n + 1, sizeof *room->narrow_from);
    room->from = heap_grown(room->from, &room->froms, part->n + 1, sizeof *room->from);
    room->narrow = heap_grown(room->narrow, &room->narrows, part->narrows + 1, sizeof *room->narrow);
    room->entry = heap_grown(room->entry, &room->entries, part->wides + 1, sizeof *room->entry);
    if (settle->gather->documents) {
        room->side = heap_grown(room->side, &room->sides, part->wides + 1, sizeof *room->side);
    }
    room->customer = heap_grown(room->customer, &room->customers, part->n + 1, sizeof *room->customer);
    gather_by_number(part, room->customer);
    room->documents = settle->gather->documents;
    memset(room->narrow_from, 0, (part->n + 1) * sizeof *room->narrow_from);
    memset(room->from, 0, (part->n + 1) * sizeof *room->from);
    if (!gather_each(cx, settle->gather, at, false, narrow_count, room) ||
        !gather_each(cx, settle->gather, at, true, wide_count, room)) {
        return false;
    }
    ends_find(room->narrow_from, part->n);
    ends_find(room->from, part->n);
    return gather_each(cx, settle->gather, at, false, narrow_spread, room) &&
           gather_each(cx, settle->gather, at, true, wide_spread, room);
}

/* ---- one document ---- */

struct document {
    struct claim_sum sum;
    int32_t day;
    int64_t whole;
    uint64_t whole_order;
    bool has_whole;
};

static inline void document_begin(struct document *d, int32_t day) {
    *d = (struct document){.day = day};
}

static inline void document_add(struct document *d, uint32_t packed, int64_t cents, uint64_t order) {
    unsigned flags = gather_flags(packed);
    int32_t day = gather_day(packed);
    d->day = day < d->day ? day : d->day;
    bool cancelled = flags & GATHER_CANCELLED;
    d->sum.cancelled = d->sum.cancelled || cancelled;
    d->sum.kept = d->sum.kept || !cancelled;
    d->sum.sold_lines += !cancelled && !(flags & GATHER_RETURN);
    if (flags & GATHER_VALUED) {
        d->sum.valued = true;
        d->sum.cents += cents;
    }
    if ((flags & GATHER_WHOLE) && (!d->has_whole || order < d->whole_order)) {
        d->has_whole = true;
        d->whole = cents;
        d->whole_order = order;
    }
}

static inline void document_end(const struct settle *settle, struct document *d, struct sale_day *day,
                                struct sale_customer *out) {
    d->sum.returned = d->sum.kept && d->sum.sold_lines == 0;
    if (!d->sum.valued && d->has_whole) {
        d->sum.valued = true;
        d->sum.cents = d->sum.returned && d->whole > 0 ? -d->whole : d->whole;
    }
    enum document_kind kind = claim_kind(&d->sum);
    if (sale_customer_note(out, settle->as_of, d->day, kind)) {
        day[out->days++] = (struct sale_day){d->day, (int32_t)kind, d->sum.cents};
    }
}

/* ---- the documents of a customer that has no numbers: its days ---- */

static int by_day(const void *a, const void *b) {
    const struct gather_entry *x = a, *y = b;
    int32_t one = gather_day(x->packed), other = gather_day(y->packed);
    return one < other ? -1 : one > other;
}

static void sort_entries(struct gather_entry *e, size_t n) {
    if (n > SHORT) {
        bool sorted = true;
        for (size_t i = 1; sorted && i < n; i++) {
            sorted = gather_day(e[i - 1].packed) <= gather_day(e[i].packed);
        }
        if (!sorted) {
            qsort(e, n, sizeof *e, by_day);
        }
        return;
    }
    for (size_t i = 1; i < n; i++) {
        struct gather_entry moving = e[i];
        int32_t day = gather_day(moving.packed);
        size_t k = i;
        for (; k > 0 && gather_day(e[k - 1].packed) > day; k--) {
            e[k] = e[k - 1];
        }
        e[k] = moving;
    }
}

static void sort_narrow(uint64_t *v, size_t n) {
    for (size_t i = 1; i < n; i++) {
        uint64_t moving = v[i];
        size_t k = i;
        for (; k > 0 && v[k - 1] > moving; k--) {
            v[k] = v[k - 1];
        }
        v[k] = moving;
    }
}

static int by_value(const void *a, const void *b) {
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Plain sales alone: each day is one document of one value. */
static void narrow_settle(const struct settle *settle, uint64_t *v, size_t n, struct sale_day *day,
                          struct sale_customer *out) {
    bool sorted = true;
    for (size_t i = 1; sorted && i < n; i++) {
        sorted = v[i - 1] <= v[i];
    }
    if (!sorted && n > LONG) {
        qsort(v, n, sizeof *v, by_value);
    } else if (!sorted) {
        sort_narrow(v, n);
    }
    for (size_t i = 0; i < n;) {
        struct gather_entry e = gather_widened(v[i]);
        struct document d;
        document_begin(&d, gather_day(e.packed));
        for (; i < n && v[i] >> (64 - NARROW_DAY) == (e.packed & 0xffff); i++) {
            document_add(&d, e.packed, gather_widened(v[i]).cents, 0);
        }
        document_end(settle, &d, day, out);
    }
}

static void days_settle(const struct settle *settle, struct gather_entry *e, size_t n, struct sale_day *day,
                        struct sale_customer *out) {
    sort_entries(e, n);
    for (size_t i = 0, to; i < n; i = to) {
        struct document d;
        int32_t of = gather_day(e[i].packed);
        unsigned last = gather_file(e[i].packed);
        for (to = i + 1; to < n && gather_day(e[to].packed) == of; to++) {
            unsigned file = gather_file(e[to].packed);
            last = file > last ? file : last;
        }
        document_begin(&d, of);
        for (size_t k = i; k < to; k++) {
            if (gather_file(e[k].packed) == last) {
                document_add(&d, e[k].packed, e[k].cents, 0);
            }
        }
        document_end(settle, &d, day, out);
    }
}

/* ---- the documents of one that has ---- */

static int by_document(const void *a, const void *b) {
    const struct settle_row *x = a, *y = b;
    return x->document < y->document ? -1 : x->document > y->document;
}

static int by_key(const void *a, const void *b) {
    const struct settle_key *x = a, *y = b;
    if (x->document != y->document) {
        return x->document < y->document ? -1 : 1;
    }
    if (x->file != y->file) {
        return x->file < y->file ? -1 : 1;
    }
    if (x->part != y->part) {
        return x->part < y->part ? -1 : 1;
    }
    return x->customer < y->customer ? -1 : x->customer > y->customer;
}

static bool lost(const struct settle *settle, uint64_t document, unsigned file, size_t part, uint32_t customer) {
    struct settle_key key = {document, file, customer, (uint32_t)part};
    return settle->lost.n > 0 && bsearch(&key, settle->lost.key, settle->lost.n, sizeof key, by_key);
}

/* Rows of one document of one customer, perhaps of several files. */
static void numbered_settle(const struct settle *settle, const struct settle_row *row, size_t n, size_t part,
                            uint32_t customer, struct sale_day *day, struct sale_customer *out) {
    bool numbered = gather_flags(row[0].packed) & GATHER_NUMBERED;
    unsigned last = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned file = gather_file(row[i].packed);
        bool stands = !numbered || !lost(settle, row[i].document, file, part, customer);
        last = stands && file > last ? file : last;
    }
    struct document d;
    bool any = false;
    document_begin(&d, INT32_MAX);
    for (size_t i = 0; i < n; i++) {
        unsigned file = gather_file(row[i].packed);
        if (file == last && !(numbered && lost(settle, row[i].document, file, part, customer))) {
            any = true;
            document_add(&d, row[i].packed, row[i].cents, row[i].order);
        }
    }
    if (any) {
        document_end(settle, &d, day, out);
    }
}

static void documents_settle(const struct settle *settle, struct settle_room *room, size_t part, uint32_t c,
                             struct sale_day *day, struct sale_customer *out) {
    uint64_t from = room->from[c];
    size_t n = (size_t)(room->from[c + 1] - from);
    room->row = heap_grown(room->row, &room->rows, n + 1, sizeof *room->row);
    for (size_t i = 0; i < n; i++) {
        const struct gather_entry *e = &room->entry[from + i];
        const struct gather_side *side = &room->side[from + i];
        room->row[i] = (struct settle_row){side->document, side->order, e->cents, e->packed};
    }
    qsort(room->row, n, sizeof *room->row, by_document);
    for (size_t i = 0, to; i < n; i = to) {
        for (to = i + 1; to < n && room->row[to].document == room->row[i].document; to++) {
        }
        numbered_settle(settle, &room->row[i], to - i, part, c, day, out);
    }
}

/* Both kinds of entries of one customer, wide. */
static struct gather_entry *entries_mixed(struct settle_room *room, uint32_t c, size_t *n) {
    size_t narrows = (size_t)(room->narrow_from[c + 1] - room->narrow_from[c]);
    size_t wides = (size_t)(room->from[c + 1] - room->from[c]);
    *n = narrows + wides;
    if (narrows == 0) {
        return &room->entry[room->from[c]];
    }
    room->mixed = heap_grown(room->mixed, &room->mixeds, *n, sizeof *room->mixed);
    for (size_t i = 0; i < narrows; i++) {
        room->mixed[i] = gather_widened(room->narrow[room->narrow_from[c] + i]);
    }
    memcpy(room->mixed + narrows, room->entry + room->from[c], wides * sizeof *room->mixed);
    return room->mixed;
}

void settle_customer(const struct settle *settle, struct settle_room *room, size_t part, uint32_t c,
                     struct sale_day *day, struct sale_customer *out) {
    *out = (struct sale_customer){.day = day, .closed_on = DAY_NONE};
    if (settle->gather->documents) {
        documents_settle(settle, room, part, c, day, out);
    } else if (room->from[c] == room->from[c + 1]) {
        uint64_t from = room->narrow_from[c];
        narrow_settle(settle, &room->narrow[from], (size_t)(room->narrow_from[c + 1] - from), day, out);
    } else {
        size_t n = 0;
        struct gather_entry *entry = entries_mixed(room, c, &n);
        days_settle(settle, entry, n, day, out);
    }
    sale_customer_net(out);
}

/* ---- one number in several files ---- */

struct numbers {
    struct settle_key *key;
    size_t n, room;
    uint32_t part;
};

static void numbers_take(void *owner, const struct gather_block *block) {
    struct numbers *all = owner;
    for (size_t i = 0; i < block->n; i++) {
        const struct gather_entry *e = &block->of.wide.entry[i];
        if (gather_flags(e->packed) & GATHER_NUMBERED) {
            all->key = heap_grown(all->key, &all->room, all->n + 1, sizeof *all->key);
            all->key[all->n++] =
                (struct settle_key){block->of.wide.side[i].document, gather_file(e->packed), e->customer, all->part};
        }
    }
}

static bool numbers_collect(struct cx *cx, const struct gather *gather, struct numbers *all) {
    for (all->part = 0; all->part < GATHER_PARTS; all->part++) {
        if (!gather_each(cx, gather, all->part, true, numbers_take, all)) {
            return false;
        }
    }
    if (all->n == 0) {
        return true;
    }
    qsort(all->key, all->n, sizeof *all->key, by_key);
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++) {
        if (n == 0 || by_key(&all->key[n - 1], &all->key[i]) != 0) {
            all->key[n++] = all->key[i];
        }
    }
    all->n = n;
    return true;
}

static bool same_customer(const struct settle_key *a, const struct settle_key *b) {
    return a->part == b->part && a->customer == b->customer;
}

/* What an import stores of one number, file by file (intake.c's document_meet): under the number itself one customer's,
 * under number and customer those of a number that several share. */
struct stored {
    const struct settle_key *plain; /* NULL: none */
    const struct settle_key **own;
    size_t owns, room;
};

static size_t own_of(const struct stored *s, const struct settle_key *key) {
    size_t i = 0;
    while (i < s->owns && !same_customer(s->own[i], key)) {
        i++;
    }
    return i;
}

static void own_put(struct stored *s, size_t at, const struct settle_key *key) {
    if (at == s->owns) {
        s->own = heap_grown(s->own, &s->room, s->owns + 1, sizeof *s->own);
        s->owns++;
    }
    s->own[at] = key;
}

static void meet(struct stored *s, const struct settle_key *key, bool alone) {
    size_t own = own_of(s, key);
    bool mine = s->plain && same_customer(s->plain, key);
    if (alone && (mine || own == s->owns)) {
        s->plain = key;
    } else if (alone || own < s->owns || !mine) {
        own_put(s, own, key);
    } else {
        s->plain = key;
    }
}

static bool stands(const struct stored *s, const struct settle_key *key) {
    bool found = s->plain == key;
    for (size_t i = 0; i < s->owns; i++) {
        found = found || s->own[i] == key;
    }
    return found;
}

/* The keys of one number, by file. */
static void number_settle(const struct settle_key *key, size_t n, struct stored *s, struct settle_lost *out,
                          size_t *room) {
    s->plain = NULL;
    s->owns = 0;
    for (size_t i = 0, to; i < n; i = to) {
        for (to = i + 1; to < n && key[to].file == key[i].file; to++) {
        }
        for (size_t k = i; k < to; k++) {
            meet(s, &key[k], to - i == 1);
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (!stands(s, &key[i])) {
            out->key = heap_grown(out->key, room, out->n + 1, sizeof *out->key);
            out->key[out->n++] = key[i];
        }
    }
}

bool settle_across(struct cx *cx, struct settle *settle) {
    struct numbers all = {0};
    struct stored stored = {0};
    size_t room = 0;
    bool ok = numbers_collect(cx, settle->gather, &all);
    for (size_t i = 0, to; ok && i < all.n; i = to) {
        for (to = i + 1; to < all.n && all.key[to].document == all.key[i].document; to++) {
        }
        if (all.key[to - 1].file != all.key[i].file) {
            number_settle(&all.key[i], to - i, &stored, &settle->lost, &room);
        }
    }
    free(all.key);
    free(stored.own);
    return ok;
}
