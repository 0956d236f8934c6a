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

bool tag_find(struct cx *cx, struct db *db, struct str name, bool *found, struct tag *out);
bool tag_list(struct cx *cx, struct db *db, struct tag **out, size_t *n); /* those in use first, by name */
/* tag_of_name -- find or add; a retired one is in use again. Within the caller's transaction. */
bool tag_of_name(struct cx *cx, struct db *db, struct str name, int64_t now_us, int64_t *id);
bool tag_of(struct cx *cx, struct db *db, int64_t customer_id, struct str **out, size_t *n); /* names */
/* tag_put, tag_take -- *changed: it did not have the tag; it had it. */
bool tag_put(struct cx *cx, struct db *db, int64_t customer_id, int64_t tag_id, bool *changed);
bool tag_take(struct cx *cx, struct db *db, int64_t customer_id, int64_t tag_id, bool *changed);
/* tag_put_many -- customer ids ascending; *changed: how many did not have it. */
bool tag_put_many(struct cx *cx, struct db *db, const int64_t *customer_id, size_t n, int64_t tag_id, int64_t *changed);

#endif
