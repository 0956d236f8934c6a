// SPDX-License-Identifier: Apache-2.0
/* choices -- the company's reasons, objections and occurrences: look through them, add, edit, retire, restore, start with the
 * usual ones.
 *
 * Each call is one transaction; every change leaves a line in the audit trail.
 */
#ifndef REATIVA_APP_CHOICES_H
#define REATIVA_APP_CHOICES_H

#include "base/catalog.h"
#include "store/choice.h"

enum choices_state { CHOICES_OPEN = 0, CHOICES_RETIRED, CHOICES_ALL };
enum choices_sort { CHOICES_BY_NAME = 0, CHOICES_BY_OWNER, CHOICES_BY_CONTACTS, CHOICES_BY_LAST, CHOICES_SORTS };

/* What to show. */
struct choices_look {
    enum choice_kind kind;
    struct str search; /* in name, owner and argument, without accents and capitals; empty: all */
    struct str owner;  /* this department only; empty: all */
    int preventable;   /* 1 or 0: only those; -1: all */
    enum choices_state state;
    struct day from, until; /* whose contacts are counted; DAY_NONE: open */
    enum choices_sort sort;
    bool descending;
};
struct choices_row {
    struct choice choice;
    struct choice_use use;
};
struct choices_found {
    struct choices_row *row;
    size_t n, of; /* `of` the kind, before anything was left out */
    struct str *owner;
    size_t owners; /* the departments of the kind, by name */
};
/* choices_look_through -- two statements. */
bool choices_look_through(struct cx *cx, struct db *db, const struct choices_look *look, struct choices_found *out);
bool choices_find(struct cx *cx, struct db *db, int64_t id, struct choice *out); /* NOT_FOUND choice.unknown */

struct choices_wish {
    int64_t id, version;   /* 0: a new one */
    enum choice_kind kind; /* of a new one */
    struct str name, owner, argument;
    bool preventable;
    struct str who; /* asks for it */
    int64_t now_us;
};
/* choices_put -- INVALID choice.name, choice.name_long, choice.owner_long, choice.argument_long; CONFLICT choice.taken (another of
 * the kind is called so, retired ones too, capitals and accents aside), choice.changed (somebody was first); LIMIT
 * choice.too_many; NOT_FOUND. *out: as it is now. */
bool choices_put(struct cx *cx, struct db *db, const struct choices_wish *wish, struct choice *out);
/* choices_retire -- no longer to choose, or again. CONFLICT as choices_put. */
bool choices_retire(struct cx *cx, struct db *db, int64_t id, int64_t version, bool retired, struct str who,
                    int64_t now_us);

/* choices_usual -- a first set of a kind (CHOICE_NONE: of each), in a language; those of a name that is there already are left out. */
bool choices_usual(struct cx *cx, struct db *db, enum choice_kind kind, enum lang lang, struct str who, int64_t now_us,
                   size_t *added);

#endif
