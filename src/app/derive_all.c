// SPDX-License-Identifier: Apache-2.0
/* derive_all.c -- two blocks of customers: while the one is handed over (a database takes rows from one hand only), the
 * other is worked out. A customer depends on nobody but itself once company and model stand, so the rows are the same
 * bits in the same order for any number of threads.
 */
#include "app/derive_all.h"

#include "app/heap.h"
#include "base/parallel.h"

enum { BLOCK = 2048, PIECE = 128 };

struct block {
    size_t first, n;
    struct derived *derived; /* [BLOCK] */
    bool *good;              /* [BLOCK] */
};

struct running {
    struct cx *cx;
    const struct derive_company *company;
    const struct sales *sales;
    const char *abc;
    derive_visit *visit;
    void *owner;
    struct block block[2];
    struct block *out, *next; /* handed over; worked out */
    bool ok;
};

static void piece_derive(struct running *r, size_t piece) {
    struct block *b = r->next;
    size_t end = (piece + 1) * PIECE < b->n ? (piece + 1) * PIECE : b->n;
    for (size_t i = piece * PIECE; i < end; i++) {
        const struct sale_customer *c = &r->sales->customer[b->first + i];
        b->good[i] = c->later || derive_customer(r->company, c, r->abc[b->first + i], &b->derived[i]);
    }
}

static void block_visit(struct running *r) {
    const struct block *b = r->out;
    for (size_t i = 0; i < b->n && r->ok; i++) {
        const struct sale_customer *c = &r->sales->customer[b->first + i];
        if (!b->good[i]) {
            r->ok = derive_failed(r->cx, c);
        } else if (!c->later) {
            r->ok = r->visit(r->cx, r->owner, b->first + i, &b->derived[i]);
        }
    }
}

/* Task 0 hands over, the others work out. */
static void task(void *owner, size_t number) {
    if (number == 0) {
        block_visit(owner);
    } else {
        piece_derive(owner, number - 1);
    }
}

static void block_set(struct block *b, size_t first, size_t all) {
    b->first = first < all ? first : all;
    b->n = all - b->first < BLOCK ? all - b->first : BLOCK;
}

static void block_clear(struct block *b) {
    for (size_t i = 0; i < BLOCK; i++) {
        derived_clear(&b->derived[i]);
    }
    free(b->derived);
    free(b->good);
}

bool derive_all(struct cx *cx, const struct derive_company *company, const struct sales *sales, const char *abc,
                derive_visit *visit, void *owner) {
    struct running r = {
        .cx = cx, .company = company, .sales = sales, .abc = abc, .visit = visit, .owner = owner, .ok = true};
    for (size_t i = 0; i < 2; i++) {
        r.block[i].derived = heap_new(BLOCK, sizeof *r.block[i].derived);
        r.block[i].good = heap_new(BLOCK, sizeof *r.block[i].good);
    }
    r.out = &r.block[0];
    r.next = &r.block[1];
    do {
        struct block *worked_out = r.next;
        r.next = r.out;
        r.out = worked_out;
        block_set(r.next, r.out->first + r.out->n, sales->n);
        parallel_run(0, 1 + (r.next->n + PIECE - 1) / PIECE, task, &r);
    } while (r.ok && r.next->n > 0);
    block_clear(&r.block[0]);
    block_clear(&r.block[1]);
    return r.ok;
}
