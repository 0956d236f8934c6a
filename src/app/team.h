// SPDX-License-Identifier: Apache-2.0
/* team -- how each rep's portfolio stands and whether it is being worked: a row a rep, also one without a user or without customers, and
 * one for the customers of nobody.
 */
#ifndef REATIVA_APP_TEAM_H
#define REATIVA_APP_TEAM_H

#include "app/grid_file.h"
#include "store/list.h"
#include "store/team.h"
#include "store/volume.h"

struct team_row {
    struct volume volume; /* id 0, code empty: of nobody */
    int64_t contacted;    /* at risk, and somebody has talked to them since they are */
    int64_t contacts, recovered;
    int64_t seen_us;    /* the last sign-in of any of its people; 0: none */
    struct day seen_on; /* the same as a day; set by who knows the company's time */
    struct str people;  /* their names */
};
struct team {
    struct day as_of, week_from, month_from, contacts_from;
    struct team_row *row; /* by code, of nobody last */
    size_t n;
    struct team_row total;
    struct team_person *person;
    size_t persons;
};
/* team_look -- one picture. */
bool team_look(struct cx *cx, struct db *db, struct day as_of, struct team *out);

/* What is shown of a row. number: where in struct team_row it stands; 0: it is a text. */
struct team_column {
    const char *name, *title;
    enum grid_type type;
    size_t number;
};
extern const struct team_column team_columns[];
extern const size_t team_columns_n;
const struct team_column *team_column(struct str name); /* NULL: none of this name */
int64_t team_number(const struct team_row *row, const struct team_column *column);
/* team_total -- of some rows: sums, the longest of the longest; STAT_NONE for the one in the middle. */
void team_total(const struct team_row *const *row, size_t n, struct team_row *out);
void team_csv(enum lang lang, const struct team_row *const *row, size_t n, struct buf *to);
bool team_xlsx(struct cx *cx, enum lang lang, const struct team_row *const *row, size_t n, int *file, int64_t *bytes);

/* The portfolio of one: by segment, region and class. */
enum { TEAM_CLASSES = 4 };
struct team_class {
    const char *name; /* a, b, c, none */
    char letter;      /* 0: none */
    struct list_totals totals;
};
struct team_one {
    struct team team; /* one row, and the people of this rep */
    struct volume *segment, *region;
    size_t segments, regions;
    struct team_class class[TEAM_CLASSES];
};
/* team_one -- NOT_FOUND: there is no such rep. */
bool team_one(struct cx *cx, struct db *db, struct day as_of, struct str code, struct team_one *out);

#endif
