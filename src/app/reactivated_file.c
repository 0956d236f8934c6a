// SPDX-License-Identifier: Apache-2.0
/* reactivated_file -- who came back as a file.
 */
#include <string.h>

#include "app/grid_file.h"
#include "app/reactivated.h"

static const struct grid_column column[] = {
    {"company", "column.company", GRID_TEXT, NULL},
    {"code", "column.code", GRID_TEXT, NULL},
    {"name", "column.name", GRID_TEXT, NULL},
    {"rep", "column.rep", GRID_TEXT, NULL},
    {"segment", "column.segment", GRID_TEXT, NULL},
    {"region", "column.region", GRID_TEXT, NULL},
    {"reactivated_on", "reactivated.day", GRID_DAY, NULL},
    {"orders", "reactivated.orders", GRID_WHOLE, NULL},
    {"value", "reactivated.value", GRID_MONEY, NULL},
    {"last_order", "reactivated.last", GRID_DAY, NULL},
    {"recovered_by", "reactivated.by", GRID_TEXT, NULL},
    {"contact_on", "reactivated.contact_on", GRID_DAY, NULL},
    {"contact_channel", "reactivated.channel", GRID_WORD, "contact.channel_"},
};
enum { COLUMNS = sizeof column / sizeof *column };

static void cells(const void *owner, size_t i, struct grid_cell *out) {
    const struct reactivated_row *row = ((const struct reactivated_row *const *)owner)[i];
    const struct grid_cell cell[COLUMNS] = {
        {.text = row->label[LABEL_COMPANY]},
        {.text = row->code},
        {.text = row->name},
        {.text = row->label[LABEL_REP]},
        {.text = row->label[LABEL_SEGMENT]},
        {.text = row->label[LABEL_REGION]},
        grid_day(row->day),
        {.number = row->orders},
        {.number = row->value_cents},
        grid_day(row->last_on),
        {.text = row->user},
        grid_day(row->contact_on),
        {.text = day_is(row->contact_on) ? str_from(contact_channel_name(row->channel)) : (struct str){0}},
    };
    memcpy(out, cell, sizeof cell);
}

static struct grid grid_of(const struct reactivated_row *const *row, size_t n) {
    return (struct grid){
        .title = "reactivated.title", .column = column, .columns = COLUMNS, .cells = cells, .owner = row, .rows = n};
}

void reactivated_csv(enum lang lang, const struct reactivated_row *const *row, size_t n, struct buf *to) {
    struct grid grid = grid_of(row, n);
    grid_csv(lang, &grid, to);
}

bool reactivated_xlsx(struct cx *cx, enum lang lang, const struct reactivated_row *const *row, size_t n, int *file,
                      int64_t *bytes) {
    struct grid grid = grid_of(row, n);
    return grid_xlsx(cx, lang, &grid, file, bytes);
}
