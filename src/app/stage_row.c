// SPDX-License-Identifier: Apache-2.0
/* stage_row.c -- the bytes of one waiting heading and one waiting line.
 *
 * Numbers take as many bytes as they need, texts stand behind their length; what is written by one process is read by the
 * same one only. Invariant: what is read here was written here, so reading checks nothing.
 */
#include "app/stage_row.h"

#include "app/heap.h"

static void bytes_room(struct stage_buf *b, size_t more) {
    if (b->n + more > b->room) {
        b->p = heap_grown(b->p, &b->room, b->n + more, 1);
    }
}

static void bytes_put(struct stage_buf *b, const void *p, size_t n) {
    bytes_room(b, n);
    if (n > 0) {
        memcpy(b->p + b->n, p, n);
    }
    b->n += n;
}

/* Seven bits a byte, low ones first; a row has some twenty small numbers. */
static void bytes_number(struct stage_buf *b, uint64_t v) {
    bytes_room(b, 10);
    while (v >= 0x80) {
        b->p[b->n++] = (char)(v | 0x80);
        v >>= 7;
    }
    b->p[b->n++] = (char)v;
}

/* Small ones of either sign are small. */
static void bytes_signed(struct stage_buf *b, int64_t v) {
    bytes_number(b, ((uint64_t)v << 1) ^ (uint64_t)(v >> 63));
}

static void bytes_text(struct stage_buf *b, struct str s) {
    bytes_number(b, s.n);
    bytes_put(b, s.p, s.n);
}

void stage_raw_read(struct stage_reader *r, void *into, size_t n) {
    memcpy(into, r->p, n);
    r->p += n;
}

static uint64_t read_number(struct stage_reader *r) {
    uint64_t v = 0;
    for (int shift = 0;; shift += 7) {
        uint8_t byte = (uint8_t)*r->p++;
        v |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            return v;
        }
    }
}

static int64_t read_signed(struct stage_reader *r) {
    uint64_t v = read_number(r);
    return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

struct str stage_text_read(struct stage_reader *r) {
    size_t n = read_number(r);
    struct str s = {r->p, n};
    r->p += n;
    return s;
}

void stage_heading_write(struct stage_buf *b, const struct staged_heading *h) {
    bytes_text(b, h->number);
    bytes_text(b, h->company);
    bytes_text(b, h->customer);
    bytes_signed(b, h->day.n);
    bytes_signed(b, h->document_cents);
    bytes_text(b, h->name);
    bytes_text(b, h->tax_id);
    bytes_text(b, h->phone);
    bytes_text(b, h->email);
    bytes_text(b, h->rep);
    bytes_text(b, h->segment);
    bytes_text(b, h->region);
    bytes_text(b, h->city);
}

void stage_heading_read(struct stage_reader *r, struct staged_heading *h) {
    h->number = stage_text_read(r);
    h->company = stage_text_read(r);
    h->customer = stage_text_read(r);
    h->day.n = (int32_t)read_signed(r);
    h->document_cents = read_signed(r);
    h->name = stage_text_read(r);
    h->tax_id = stage_text_read(r);
    h->phone = stage_text_read(r);
    h->email = stage_text_read(r);
    h->rep = stage_text_read(r);
    h->segment = stage_text_read(r);
    h->region = stage_text_read(r);
    h->city = stage_text_read(r);
}

void stage_line_write(struct stage_buf *b, const struct staged_line *l) {
    bytes_number(b, l->line);
    bytes_number(b, l->file);
    bytes_number(b, l->flags);
    bytes_signed(b, l->quantity_e4);
    bytes_signed(b, l->price_e4);
    bytes_signed(b, l->value_cents);
    bytes_text(b, l->product);
    bytes_text(b, l->product_name);
    bytes_text(b, l->product_kind);
    bytes_text(b, l->raw);
}

void stage_line_read(struct stage_reader *r, struct staged_line *l) {
    l->line = read_number(r);
    l->file = (uint32_t)read_number(r);
    l->flags = (uint32_t)read_number(r);
    l->quantity_e4 = read_signed(r);
    l->price_e4 = read_signed(r);
    l->value_cents = read_signed(r);
    l->product = stage_text_read(r);
    l->product_name = stage_text_read(r);
    l->product_kind = stage_text_read(r);
    l->raw = stage_text_read(r);
}
