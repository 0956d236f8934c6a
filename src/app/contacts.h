// SPDX-License-Identifier: Apache-2.0
/* contacts -- what the contacts of some days brought: how many were made, whom they reached, which purchases came after them, and which
 * reasons and objections were heard; and the contacts themselves, one by one.
 *
 * "After" is no "because of": docs/methods/contacts.md.
 */
#ifndef REATIVA_APP_CONTACTS_H
#define REATIVA_APP_CONTACTS_H

#include "base/catalog.h"
#include "store/action.h"
#include "store/contacts.h"

struct contacts_wish {
    struct contacts_ask ask;               /* its labels and within_days are found here */
    struct str label[CONTACTS_LABELS + 1]; /* codes by kind; empty: any */
    enum label_kind without;               /* customers that have none of this kind; 0: whichever */
    enum contacts_by by;
};

struct contacts_line {
    struct contacts_sum sum;
    struct str name;  /* a channel's and an outcome's: its word ("call"); empty: without */
    const char *word; /* what stands before that word in the catalogs; NULL: the name is a name */
};
struct contacts_cause { /* a reason or an objection */
    const struct choice *choice;
    int64_t contacts, upto;        /* upto: of this one and all before it */
    int64_t open, late;            /* actions about it that are not done yet; of these past their day */
    const struct action_row *done; /* the one done last; NULL: none */
};
struct contacts_causes {
    struct contacts_cause *cause; /* the most frequent first */
    size_t n;
    int64_t contacts; /* that name one */
};
struct contacts {
    int64_t within_days;
    struct contacts_names names;
    struct contacts_sum all;
    struct contacts_line *line; /* the most contacts first */
    size_t lines;
    struct contacts_causes reasons, objections;
};
const char *contacts_by_name(enum contacts_by by); /* "user", "rep" ... "objection" */
bool contacts_by_parse(struct str name, enum contacts_by *out);
/* contacts_look -- one picture. NOT_FOUND flow.no_group. */
bool contacts_look(struct cx *cx, struct db *db, const struct contacts_wish *wish, struct contacts *out);

/* contacts_list -- one by one, the newest first; names NULL: not wanted. Errors as contacts_look. */
bool contacts_list(struct cx *cx, struct db *db, const struct contacts_wish *wish, struct contacts_place after,
                   int64_t most, struct contacts *out, contacts_visit *visit, void *owner);

/* contacts_share -- part of all in hundredths of a per cent, rounded; of nothing: CONTACTS_NO_SHARE. */
enum { CONTACTS_NO_SHARE = -1 };
int64_t contacts_share(int64_t part, int64_t all);

/* As files: the lines as they stand, the causes, the contacts (a row at a time). */
void contacts_csv(enum lang lang, const struct contacts_line *line, size_t n, struct buf *to);
bool contacts_xlsx(struct cx *cx, enum lang lang, const struct contacts_line *line, size_t n, int *file,
                   int64_t *bytes);
void contacts_causes_csv(enum lang lang, const struct contacts *contacts, struct buf *to);
void contacts_list_csv_names(enum lang lang, struct buf *to);
void contacts_list_csv_row(struct cx *cx, enum lang lang, const struct contacts_row *row, struct buf *to);

#endif
