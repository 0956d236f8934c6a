// SPDX-License-Identifier: Apache-2.0
/* analyze_csv.c -- blocks of customers become text side by side and are written in their order, so that a million rows take
 * no longer to write than to find.
 */
#include "cli/analyze_csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/parallel.h"
#include "cli/out.h"

enum { BLOCK = 2048, BLOCKS = 32 };

struct writing {
    const struct analyze *analyze;
    const enum column *column;
    size_t columns, first, n; /* customers of this round */
    struct arena arena[BLOCKS], scratch[BLOCKS];
    struct buf text[BLOCKS];
};

static void value_put(struct buf *to, const struct column_value *value, enum column_type type) {
    char text[32];
    switch (type) {
    case COLUMN_TEXT:
    case COLUMN_WORD:
        buf_csv(to, value->text, ',');
        return;
    case COLUMN_INTEGER:
        buf_int(to, value->number);
        return;
    case COLUMN_E4:
        buf_put(to, (struct str){text, decimal_write(value->number, 4, 0, text)});
        return;
    case COLUMN_MONEY:
        buf_put(to, (struct str){text, decimal_write(value->number, 2, 2, text)});
        return;
    case COLUMN_DAY:
        buf_put(to, (struct str){text, day_iso((struct day){(int32_t)value->number}, text)});
        return;
    }
}

static void block_write(void *owner, size_t block) {
    struct writing *w = owner;
    struct buf *to = &w->text[block];
    struct arena *scratch = &w->scratch[block];
    size_t first = w->first + block * BLOCK, end = first + BLOCK;
    size_t last = w->first + w->n;
    arena_reset(&w->arena[block]);
    buf_init(to, &w->arena[block], 0);
    for (size_t i = first; i < end && i < last; i++) {
        struct customer customer;
        analyze_customer(w->analyze, i, &customer);
        arena_reset(scratch);
        for (size_t k = 0; k < w->columns; k++) {
            struct column_value value = column_value(scratch, &customer, w->column[k]);
            if (k > 0) {
                buf_char(to, ',');
            }
            if (!value.absent) {
                value_put(to, &value, column_defs[w->column[k]].type);
            }
        }
        buf_char(to, '\n');
    }
}

static void head_write(const enum column *column, size_t columns, FILE *to) {
    for (size_t i = 0; i < columns; i++) {
        fprintf(to, "%s%s", i > 0 ? "," : "", column_defs[column[i]].name);
    }
    fputc('\n', to);
}

bool analyze_csv(struct cx *cx, const struct analyze *analyze, const enum column *column, size_t columns, FILE *to) {
    struct writing *w = arena_new(cx->arena, struct writing, 1);
    size_t all = analyze_customers(analyze);
    *w = (struct writing){.analyze = analyze, .column = column, .columns = columns};
    for (size_t i = 0; i < BLOCKS; i++) {
        arena_init(&w->arena[i], 0, arena_full_exit, NULL);
        arena_init(&w->scratch[i], 0, arena_full_exit, NULL);
    }
    head_write(column, columns, to);
    bool ok = true;
    for (; ok && w->first < all; w->first += w->n) {
        w->n = all - w->first < BLOCK * BLOCKS ? all - w->first : BLOCK * BLOCKS;
        size_t blocks = (w->n + BLOCK - 1) / BLOCK;
        parallel_run(0, blocks, block_write, w);
        for (size_t i = 0; i < blocks; i++) {
            fwrite(w->text[i].p, 1, w->text[i].n, to);
        }
        ok = !ferror(to) || out_written(cx, to);
    }
    for (size_t i = 0; i < BLOCKS; i++) {
        arena_clear(&w->arena[i]);
        arena_clear(&w->scratch[i]);
    }
    return ok;
}
