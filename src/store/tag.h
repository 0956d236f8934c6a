// SPDX-License-Identifier: Apache-2.0
/* tag -- words of the company's own that customers carry: "feira 2026", "visitar". Lists filter by them (list_filter.tag).
 */
#ifndef REATIVA_STORE_TAG_H
#define REATIVA_STORE_TAG_H

#include "store/db.h"

struct tag {
    int64_t id;
    struct str name;
    int64_t made_us, retired_us, version;
};

/* A tag and how many customers carry it. */
struct tag_use {
    struct tag tag;
    int64_t customers;
};

bool tag_find(struct cx *cx, struct db *db, struct str name, bool *found, struct tag *out);
bool tag_list(struct cx *cx, struct db *db, struct tag **out, size_t *n); /* those in use first, by name */
/* tag_of_name -- find or add; a retired one is in use again. Within the caller's transaction. */
bool tag_of_name(struct cx *cx, struct db *db, struct str name, int64_t now_us, int64_t *id);
/* tag_put, tag_take -- *changed: it did not have the tag; it had it. */
bool tag_put(struct cx *cx, struct db *db, int64_t customer_id, int64_t tag_id, bool *changed);
bool tag_take(struct cx *cx, struct db *db, int64_t customer_id, int64_t tag_id, bool *changed);
/* tag_uses -- all, by name; a count along an index each. */
bool tag_uses(struct cx *cx, struct db *db, struct tag_use **out, size_t *n);
bool tag_get(struct cx *cx, struct db *db, int64_t id, bool *found, struct tag *out);
/* tag_change -- name and retirement, if nobody has since its version; else *changed is false. */
bool tag_change(struct cx *cx, struct db *db, const struct tag *tag, bool *changed);
/* tag_move -- whoever carries the one carries the other instead; *moved: how many did. Who was merged does when parted. */
bool tag_move(struct cx *cx, struct db *db, int64_t from_id, int64_t into_id, int64_t *moved);
/* tag_put_many -- customer ids ascending; *changed: how many did not have it. */
bool tag_put_many(struct cx *cx, struct db *db, const int64_t *customer_id, size_t n, int64_t tag_id, int64_t *changed);

#endif
