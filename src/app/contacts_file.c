// SPDX-License-Identifier: Apache-2.0
/* contacts_file -- the figures of contacts, the causes that were heard and the contacts themselves as files.
 */
#include <string.h>

#include "app/contacts.h"
#include "app/grid_file.h"
#include "base/text.h"

static struct grid_cell share(int64_t part, int64_t all) {
    int64_t found = contacts_share(part, all);
    return (struct grid_cell){.number = found, .absent = found == CONTACTS_NO_SHARE};
}

/* ---- the lines ---- */

static const struct grid_column line_column[] = {
    {"group", "contacts.group", GRID_TEXT, NULL},
    {"contacts", "contacts.contacts", GRID_WHOLE, NULL},
    {"customers", "contacts.customers", GRID_WHOLE, NULL},
    {"reached", "contacts.reached", GRID_WHOLE, NULL},
    {"reached_percent", "contacts.reached_share", GRID_PERCENT, NULL},
    {"said_ordered", "contacts.ordered", GRID_WHOLE, NULL},
    {"with_purchase", "contacts.followed", GRID_WHOLE, NULL},
    {"with_purchase_percent", "contacts.followed_share", GRID_PERCENT, NULL},
    {"purchases", "contacts.purchases", GRID_WHOLE, NULL},
    {"value", "contacts.value", GRID_MONEY, NULL},
};
enum { LINE_COLUMNS = sizeof line_column / sizeof *line_column };

static void line_cells(const void *owner, size_t i, struct grid_cell *out) {
    const struct contacts_line *line = (const struct contacts_line *)owner + i;
    const struct contacts_sum *sum = &line->sum;
    const struct grid_cell cell[LINE_COLUMNS] = {
        {.text = line->name},         {.number = sum->contacts},          {.number = sum->customers},
        {.number = sum->reached},     share(sum->reached, sum->contacts), {.number = sum->ordered},
        {.number = sum->followed},    share(sum->followed, sum->reached), {.number = sum->purchases},
        {.number = sum->value_cents},
    };
    memcpy(out, cell, sizeof cell);
}

static struct grid line_grid(const struct contacts_line *line, size_t n) {
    return (struct grid){.title = "contacts.title",
                         .column = line_column,
                         .columns = LINE_COLUMNS,
                         .cells = line_cells,
                         .owner = line,
                         .rows = n};
}

void contacts_csv(enum lang lang, const struct contacts_line *line, size_t n, struct buf *to) {
    struct grid grid = line_grid(line, n);
    grid_csv(lang, &grid, to);
}

bool contacts_xlsx(struct cx *cx, enum lang lang, const struct contacts_line *line, size_t n, int *file,
                   int64_t *bytes) {
    struct grid grid = line_grid(line, n);
    return grid_xlsx(cx, lang, &grid, file, bytes);
}

/* ---- the causes ---- */

static const struct grid_column cause_column[] = {
    {"kind", "contacts.kind", GRID_TEXT, NULL},
    {"name", "choice_page.column_name", GRID_TEXT, NULL},
    {"department", "choice_page.column_owner", GRID_TEXT, NULL},
    {"preventable", "choice_page.preventable", GRID_TEXT, NULL},
    {"contacts", "contacts.contacts", GRID_WHOLE, NULL},
    {"percent", "contacts.share", GRID_PERCENT, NULL},
    {"percent_so_far", "contacts.upto", GRID_PERCENT, NULL},
    {"actions_open", NULL, GRID_WHOLE, NULL},
    {"actions_late", NULL, GRID_WHOLE, NULL},
    {"last_done_on", NULL, GRID_DAY, NULL},
};
enum { CAUSE_COLUMNS = sizeof cause_column / sizeof *cause_column };

static void cause_cells(const void *owner, size_t i, struct grid_cell *out) {
    const struct contacts *contacts = owner;
    bool reason = i < contacts->reasons.n;
    const struct contacts_causes *causes = reason ? &contacts->reasons : &contacts->objections;
    const struct contacts_cause *cause = &causes->cause[reason ? i : i - contacts->reasons.n];
    const struct grid_cell cell[CAUSE_COLUMNS] = {
        {.text = str_from(choice_kind_name(cause->choice->kind))},
        {.text = cause->choice->name},
        {.text = cause->choice->owner},
        {.text = reason ? str_from(cause->choice->preventable ? "yes" : "no") : (struct str){0}},
        {.number = cause->contacts},
        share(cause->contacts, causes->contacts),
        share(cause->upto, causes->contacts),
        {.number = cause->open},
        {.number = cause->late},
        grid_day(cause->done != NULL ? cause->done->action.done_on : DAY_NONE),
    };
    memcpy(out, cell, sizeof cell);
}

void contacts_causes_csv(enum lang lang, const struct contacts *contacts, struct buf *to) {
    const struct grid grid = {.column = cause_column,
                              .columns = CAUSE_COLUMNS,
                              .cells = cause_cells,
                              .owner = contacts,
                              .rows = contacts->reasons.n + contacts->objections.n};
    grid_csv(lang, &grid, to);
}

/* ---- the contacts ---- */

static const struct grid_column row_column[] = {
    {"day", NULL, GRID_DAY, NULL},         {"at", NULL, GRID_TEXT, NULL},        {"code", NULL, GRID_TEXT, NULL},
    {"name", NULL, GRID_TEXT, NULL},       {"rep", NULL, GRID_TEXT, NULL},       {"segment", NULL, GRID_TEXT, NULL},
    {"region", NULL, GRID_TEXT, NULL},     {"user", NULL, GRID_TEXT, NULL},      {"person", NULL, GRID_TEXT, NULL},
    {"channel", NULL, GRID_WORD, NULL},    {"outcome", NULL, GRID_WORD, NULL},   {"occurrence", NULL, GRID_TEXT, NULL},
    {"reason", NULL, GRID_TEXT, NULL},     {"objection", NULL, GRID_TEXT, NULL}, {"note", NULL, GRID_TEXT, NULL},
    {"purchases", NULL, GRID_WHOLE, NULL}, {"value", NULL, GRID_MONEY, NULL},
};
enum { ROW_COLUMNS = sizeof row_column / sizeof *row_column };
static const struct grid row_grid = {.column = row_column, .columns = ROW_COLUMNS};

void contacts_list_csv_names(enum lang lang, struct buf *to) {
    grid_csv_names(lang, &row_grid, to);
}

void contacts_list_csv_row(struct cx *cx, enum lang lang, const struct contacts_row *row, struct buf *to) {
    const struct grid_cell cell[ROW_COLUMNS] = {
        {.number = row->place.day},
        {.text = text_moment_iso(cx->arena, row->place.at_us)},
        {.text = row->code},
        {.text = row->name},
        {.text = row->rep},
        {.text = row->segment},
        {.text = row->region},
        {.text = row->user},
        {.text = row->person},
        {.text = str_from(contact_channel_name(row->channel))},
        {.text = str_from(contact_outcome_name(row->outcome))},
        {.text = row->occurrence},
        {.text = row->reason},
        {.text = row->objection},
        {.text = row->note},
        {.number = row->purchases},
        {.number = row->value_cents},
    };
    grid_csv_row(lang, &row_grid, cell, to);
}
