// SPDX-License-Identifier: Apache-2.0
/* tags -- a customer gets a tag, or loses it; the company's tags are looked through, renamed, merged, retired.
 *
 * Saved views and work lists name tags by their text: whoever renames or merges a tag rewrites them in the same transaction, so that they
 * ask for the same customers as before. Bookmarks of a browser are out of reach.
 */
#ifndef REATIVA_APP_TAGS_H
#define REATIVA_APP_TAGS_H

#include "store/tag.h"

enum { TAG_NAME_MOST = 60 }; /* bytes */

/* tags_name -- a name as tags are kept: blanks trimmed and made one. INVALID when it is empty, too long or holds a comma. */
bool tags_name(struct cx *cx, struct str name, struct str *out);

struct tags_wish {
    struct str code, rep; /* the customer; whose portfolio it must be in, empty: anybody's */
    struct str name;
    bool take;       /* away */
    bool may_revive; /* a tag that was retired is in use again when it is given */
    struct str who;
    int64_t now_us;
};
/* tags_change -- NOT_FOUND: no such customer within the scope; INVALID tag.retired. Twice is once. */
bool tags_change(struct cx *cx, struct db *db, const struct tags_wish *wish);
/* tags_give -- the tag of this name, made when there is none, within the caller's transaction. INVALID tag.retired. */
bool tags_give(struct cx *cx, struct db *db, struct str name, bool may_revive, int64_t now_us, int64_t *id);
/* tags_all -- those in use. */
bool tags_all(struct cx *cx, struct db *db, struct tag **out, size_t *n);

/* ---- the company's tags ---- */

enum tags_state { TAGS_OPEN = 0, TAGS_RETIRED, TAGS_EVERY };
enum tags_sort { TAGS_BY_NAME = 0, TAGS_BY_CUSTOMERS, TAGS_BY_MADE, TAGS_SORTS };
struct tags_look {
    struct str search; /* without accents and capitals; empty: all */
    enum tags_state state;
    enum tags_sort sort;
    bool descending;
};
/* tags_look_through -- one statement; of: all there are. */
bool tags_look_through(struct cx *cx, struct db *db, const struct tags_look *look, struct tag_use **out, size_t *n,
                       size_t *of);

struct tags_edit {
    int64_t id, version;
    struct str name; /* new name; of the tag to merge into */
    bool retired;
    struct str who;
    int64_t now_us;
};
struct tags_moved {
    int64_t customers;
    size_t views, worklists, alerts; /* rewritten */
};
/* All three: NOT_FOUND tag.unknown; CONFLICT tag.changed: another was first.
 * tags_rename -- INVALID as tags_name; CONFLICT tag.taken: there is one of that name.
 * tags_merge -- the customers of the one carry the other instead; the one is retired and has none. INVALID tag.no_other, tag.itself.
 * tags_retire -- not offered any more, or again; customers keep it. */
bool tags_rename(struct cx *cx, struct db *db, const struct tags_edit *edit, struct tags_moved *out);
bool tags_merge(struct cx *cx, struct db *db, const struct tags_edit *edit, struct tags_moved *out);
bool tags_retire(struct cx *cx, struct db *db, const struct tags_edit *edit);

#endif
