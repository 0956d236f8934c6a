// SPDX-License-Identifier: Apache-2.0
/* analyze_plain.c -- the short way of a row: a code without blanks, a date whose text was seen before, digits.
 *
 * Must not decide anything: what it takes, order_row_read takes with the same result; what it is not sure of it leaves.
 */
#include <string.h>

#include "app/analyze_taker.h"
#include "base/limits.h"

enum { DATE_LEAST = 8, DATE_MOST = 16, WHOLE_MOST = 12, CENTS = 100 };

static inline uint64_t load(const char *p) {
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline bool digit(char c) {
    return (unsigned char)(c - '0') <= 9;
}

/* A text that cell_code gives back as it is. */
static inline bool plain_code(const char *p, size_t n) {
    if (n == 0 || p[0] <= ' ' || p[n - 1] <= ' ' || n > LIMIT_CODE) {
        return false;
    }
    if (n == 4 && (p[0] | 0x20) == 'n') {
        return false; /* NULL */
    }
    return p[n - 1] != '0' || !memchr(p, '.', n);
}

/* -?digits, perhaps the mark and one or two more, in cents. */
static inline bool plain_cents(const char *p, const char *end, char mark, int64_t *out) {
    bool negative = *p == '-';
    p += negative;
    const char *first = p;
    uint64_t v = 0;
    while (digit(*p)) {
        v = v * 10 + (uint64_t)(*p++ - '0');
    }
    if (p == first || p - first > WHOLE_MOST) {
        return false;
    }
    if (p == end) {
        v *= CENTS;
    } else if (*p == mark && end - p == 3 && digit(p[1]) && digit(p[2])) {
        v = v * CENTS + (uint64_t)(p[1] - '0') * 10 + (uint64_t)(p[2] - '0');
    } else if (*p == mark && end - p == 2 && digit(p[1])) {
        v = v * CENTS + (uint64_t)(p[1] - '0') * 10;
    } else {
        return false;
    }
    *out = negative ? -(int64_t)v : (int64_t)v;
    return true;
}

static bool day_look(struct taker *r, const char *p, size_t n, struct seen_day *seen, uint64_t head, uint64_t tail) {
    struct day day = DAY_NONE;
    if (date_read((struct str){p, n}, r->rows.shape->date_order, &day, NULL) != DATE_READ_OK ||
        day.n < ORDER_OLDEST_DAY || day.n > r->rows.today.n) {
        return false;
    }
    *seen = (struct seen_day){head, tail, (uint32_t)n, day.n};
    return true;
}

static inline bool plain_day(struct taker *r, const char *p, size_t n, int32_t *out) {
    if (n < DATE_LEAST || n > DATE_MOST) {
        return false;
    }
    uint64_t head = load(p), tail = load(p + n - 8);
    uint64_t hash = (head ^ tail << 1) * 0x9E3779B97F4A7C15u;
    struct seen_day *seen = &r->seen[hash >> 32 & (SEEN_DAYS - 1)];
    if (seen->head != head || seen->tail != tail || seen->n != n) {
        if (!day_look(r, p, n, seen, head, tail)) {
            return false;
        }
    }
    *out = seen->day;
    return true;
}

bool plain_row(struct taker *r, size_t from, const uint32_t *mark) {
    const struct plain_form *form = &r->form;
    const char *p = r->chunk.p;
    size_t end = mark[form->columns - 1];
    if (end - from > LIMIT_CODE || p[end] != '\n') {
        return false;
    }
    for (size_t i = 0; i + 1 < form->columns; i++) {
        if (p[mark[i]] == '\n') {
            return false;
        }
    }
    bool crlf = end > from && p[end - 1] == '\r';
#define CELL_FROM(column) ((column) == 0 ? from : mark[(column)-1] + (size_t)1)
#define CELL_END(column) ((size_t)mark[column] - ((size_t)(column) + 1 == form->columns && crlf))
    struct gather_row row;
    size_t code = CELL_FROM(form->customer), date = CELL_FROM(form->date), value = CELL_FROM(form->value);
    size_t code_n = CELL_END(form->customer) - code;
    int32_t day;
    if (!plain_code(p + code, code_n) || !plain_day(r, p + date, CELL_END(form->date) - date, &day) ||
        !plain_cents(p + value, p + CELL_END(form->value), form->mark, &row.cents)) {
        return false;
    }
    unsigned flags = GATHER_VALUED;
    struct gather_more more = {0};
    if (form->document >= 0) {
        size_t number = CELL_FROM(form->document), n = CELL_END(form->document) - number;
        if (!plain_code(p + number, n)) {
            return false;
        }
        more.document = taker_document((struct str){0}, (struct str){p + number, n}, DAY_NONE);
        flags |= GATHER_NUMBERED;
    }
    if (form->document < 0 && r->of->gather->documents) {
        more.document = taker_document((struct str){0}, (struct str){0}, (struct day){day});
    }
    row.packed = gather_pack(day, flags, r->of->file);
    row.order = r->order;
    gather_key_near(&row, p + code, code_n);
    taker_put(r, &row, &more);
    return true;
}
