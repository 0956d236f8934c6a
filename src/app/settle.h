// SPDX-License-Identifier: Apache-2.0
/* settle -- what was gathered of a customer becomes documents, and these its days of business.
 *
 * The same as an import of those files would store and a score read back: rows of one number are one document, on the
 * earliest of their days; a document that several files hold is the last file's (settle_across finds those that are not).
 */
#ifndef REATIVA_APP_SETTLE_H
#define REATIVA_APP_SETTLE_H

#include "app/gather.h"
#include "app/sales.h"

/* Documents that a later file wrote over. */
struct settle_lost {
    struct settle_key {
        uint64_t document;
        uint32_t file, customer;
        uint32_t part;
    } * key; /* sorted */
    size_t n;
};

struct settle {
    const struct gather *gather;
    struct day as_of;
    bool files; /* more than one */
    struct settle_lost lost;
};

/* A thread's room, used again from part to part. */
struct settle_room {
    bool documents;
    uint64_t *narrow;
    struct gather_entry *entry;
    struct gather_side *side;
    uint64_t *narrow_from, *from; /* those of customer c: from[c] .. [c + 1] */
    size_t narrows, entries, sides, narrow_froms, froms;
    const struct gather_customer **customer; /* by number */
    size_t customers;
    struct settle_row *row;
    struct gather_entry *mixed; /* of a customer that has both */
    size_t rows, mixeds;
};

/* settle_part -- the part's entries by customer, into room. IO, where some were on the disk. settle_entries: how many customer c has. */
bool settle_part(struct cx *cx, const struct settle *settle, size_t part, struct settle_room *room);
static inline size_t settle_entries(const struct settle_room *room, size_t c) {
    return (size_t)(room->narrow_from[c + 1] - room->narrow_from[c] + room->from[c + 1] - room->from[c]);
}
/* settle_customer -- customer c of the part that is in room: its days into day[], which has room for its entries, and what
 * else a sale_customer holds but id, labels and code. */
void settle_customer(const struct settle *settle, struct settle_room *room, size_t part, uint32_t c,
                     struct sale_day *day, struct sale_customer *out);
void settle_room_clear(struct settle_room *room);

/* settle_across -- finds settle->lost; only where there are several files with numbers. */
bool settle_across(struct cx *cx, struct settle *settle);

#endif
