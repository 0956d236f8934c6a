// SPDX-License-Identifier: Apache-2.0
/* gather -- rows of many customers brought together by customer, as they come, from several threads at once.
 *
 * Customers are parted by the hash of their code; a part is a table of its own with its own lock, so that threads seldom
 * meet. Rows come in batches of one part: the places of a whole batch are asked of the memory before the first is looked at,
 * which is what makes ten million rows of a million customers cheap. What a part keeps of a row is small, for fresh memory is
 * dear: 8 bytes of a plain sale; of any other the customer's number, the day, the value and five flags, 16 bytes; and
 * where the files have documents a hash of the document's key and the row's place, 16 more.
 *
 * Past a limit that its owner chose the entries of a part go to a file of its own and its memory is used again; customers stay.
 *
 * Knows neither files nor rules: what the rows come to is settle's.
 */
#ifndef REATIVA_APP_GATHER_H
#define REATIVA_APP_GATHER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "app/overflow.h"
#include "base/cx.h"
#include "base/day.h"

enum {
    GATHER_PARTS = 64,
    GATHER_AGES = 30,
    GATHER_KEY = 16,      /* bytes of a code that stand in the table itself */
    GATHER_NARROW = 8000, /* entries of a block; with what stands before them 64 KB */
    GATHER_WIDE = 2000
};

/* What a row may tell of its customer beside its purchases. */
enum gather_text {
    GATHER_NAME = 0,
    GATHER_TAX_ID,
    GATHER_COMPANY,
    GATHER_REP,
    GATHER_SEGMENT,
    GATHER_REGION,
    GATHER_CITY,
    GATHER_TEXTS
};
struct gather_told {
    struct str text[GATHER_TEXTS];
    struct day day;
};

enum gather_flag {
    GATHER_VALUED = 1,
    GATHER_RETURN = 2,
    GATHER_CANCELLED = 4,
    GATHER_WHOLE = 8,    /* cents are the whole document's, not the line's */
    GATHER_NUMBERED = 16 /* has a document's number */
};
enum { GATHER_DAY_BITS = 20, GATHER_FLAG_BITS = 5, GATHER_FILES = 64 };
/* Day (from 1900 on), flags and file in 32 bits. */
static inline uint32_t gather_pack(int32_t day, unsigned flags, unsigned file) {
    return (uint32_t)(day + 25567) | flags << GATHER_DAY_BITS | file << (GATHER_DAY_BITS + GATHER_FLAG_BITS);
}
static inline int32_t gather_day(uint32_t packed) {
    return (int32_t)(packed & ((1u << GATHER_DAY_BITS) - 1)) - 25567;
}
static inline unsigned gather_flags(uint32_t packed) {
    return packed >> GATHER_DAY_BITS & ((1u << GATHER_FLAG_BITS) - 1);
}
static inline unsigned gather_file(uint32_t packed) {
    return packed >> (GATHER_DAY_BITS + GATHER_FLAG_BITS);
}

/* A row on its way in. */
struct gather_row {
    uint64_t key[2]; /* the code, zeros behind; of a longer one key[0] is where it stands, until the batch is taken */
    uint64_t hash;
    uint64_t order; /* of its place among all rows */
    int64_t cents;
    uint32_t n; /* bytes of the code */
    uint32_t packed;
};
/* What else there is to a row, where the gather keeps it. */
struct gather_more {
    uint64_t document;
    const struct gather_told *told; /* NULL: nothing */
};

struct gather_entry {
    uint32_t customer;
    uint32_t packed;
    int64_t cents;
};
/* Where documents matter: side by side with the entries. */
struct gather_side {
    uint64_t document, order;
};
/* A sale of the only file, without a document: 16 bits of day, 28 of value, 20 of customer, so that their order is by day. */
enum { NARROW_CENTS = 28, NARROW_DAY = 16, NARROW_CUSTOMER = 20 };
static inline bool gather_narrows(uint32_t number, uint32_t packed, int64_t cents) {
    return number >> NARROW_CUSTOMER == 0 &&
           packed >> NARROW_DAY == (uint32_t)GATHER_VALUED << (GATHER_DAY_BITS - NARROW_DAY) &&
           cents >= -(1 << (NARROW_CENTS - 1)) && cents < 1 << (NARROW_CENTS - 1);
}
static inline uint64_t gather_narrow(uint32_t number, uint32_t packed, int64_t cents) {
    return (uint64_t)packed << (64 - NARROW_DAY) | (uint64_t)cents << (64 - NARROW_CENTS) >> NARROW_DAY | number;
}
static inline uint32_t gather_narrow_customer(uint64_t narrow) {
    return (uint32_t)(narrow & ((1u << NARROW_CUSTOMER) - 1));
}
static inline struct gather_entry gather_widened(uint64_t narrow) {
    return (struct gather_entry){gather_narrow_customer(narrow),
                                 (uint32_t)(narrow >> (64 - NARROW_DAY)) | GATHER_VALUED << GATHER_DAY_BITS,
                                 (int64_t)(narrow << NARROW_DAY) >> (64 - NARROW_CENTS)};
}

/* A place of the table; n 0: empty. */
struct gather_customer {
    uint64_t key[2];
    uint64_t order; /* of its first row */
    uint32_t n;
    uint32_t number; /* in the part, by first come */
};

struct gather_kept {
    struct {
        struct str text;
        struct day day;
    } of[GATHER_TEXTS];
};

struct gather_block {
    struct gather_block *next;
    size_t n;
    union {
        uint64_t narrow[GATHER_NARROW];
        struct {
            struct gather_entry entry[GATHER_WIDE];
            struct gather_side side[GATHER_WIDE];
        } wide;
    } of;
};

/* Memory for blocks, in pieces that the system can give as large pages. */
struct gather_slab {
    struct gather_slab *next;
    char *p;
    size_t used;
};

struct gather_part {
    pthread_mutex_t lock;
    struct gather_customer *place;
    size_t places, n;
    unsigned age;              /* how often it has grown */
    struct gather_kept **kept; /* by number; NULL: nobody was told anything */
    size_t kept_room;
    struct gather_block *narrow, *wide; /* the block that is being filled, before it the full ones */
    uint64_t narrows, wides;            /* entries */
    struct arena texts;
};

/* Where a part's table stands, for who asks the memory for a place before it has the lock. */
struct gather_hint {
    atomic_uintptr_t place;
    atomic_size_t mask;
};

struct gather {
    struct gather_hint hint[GATHER_PARTS];
    struct gather_part part[GATHER_PARTS];
    bool documents; /* entries have a side */
    bool tells;     /* texts are kept */
    size_t limit;   /* bytes of entries in memory; 0: none */
    size_t held;
    struct gather_block *free; /* blocks to be used again */
    struct overflow files;     /* of part i: narrow blocks i, wide ones GATHER_PARTS + i */
    struct cx cx;              /* the first fault of the disk */
    struct arena faults;
    pthread_mutex_t lock, spill; /* of the memory; of cx, files and faults */
    struct gather_slab *slab;
    /* The tables of all parts that have grown equally often stand side by side: by themselves most are smaller than a large page. */
    struct {
        char *p;
        size_t parts; /* that are of this age */
    } age[GATHER_AGES];
};

void gather_open(struct gather *gather, bool documents, bool tells, size_t limit);
void gather_close(struct gather *gather);
/* gather_check -- IO: entries that did not fit in memory could not be put on the disk. */
bool gather_check(struct cx *cx, const struct gather *gather);

/* gather_key -- the code into row->key, n and hash; a long one must stay where it is. The part is gather_part_of(row->hash). */
void gather_key(struct gather_row *row, struct str code);
/* gather_key_near -- the same of a code after which sixteen bytes more may be looked at. */
void gather_key_near(struct gather_row *row, const char *p, size_t n);
static inline size_t gather_part_of(uint64_t hash) {
    return hash >> 58;
}
/* gather_expect -- a row of this hash will be taken soon. While the table grows the wrong memory may be asked for, to no harm. */
static inline void gather_expect(struct gather *gather, uint64_t hash) {
    struct gather_hint *hint = &gather->hint[gather_part_of(hash)];
    uintptr_t place = atomic_load_explicit(&hint->place, memory_order_relaxed);
    size_t at = hash & atomic_load_explicit(&hint->mask, memory_order_relaxed);
    __builtin_prefetch((const void *)(place + at * sizeof(struct gather_customer)), 1);
}
/* gather_take -- rows of one part; more: NULL where the gather keeps nothing of it. Threads may call it at once. */
void gather_take(struct gather *gather, size_t part, const struct gather_row *row, const struct gather_more *more,
                 size_t n);
struct str gather_code(const struct gather_customer *customer);
/* gather_by_number -- the part's customers, customer[n]. */
void gather_by_number(const struct gather_part *part, const struct gather_customer **customer);
void gather_forget(struct gather *gather); /* all entries */

/* gather_each -- the blocks of a part, wide ones or narrow ones, newest first; those on the disk too. */
typedef void gather_visit(void *owner, const struct gather_block *block);
bool gather_each(struct cx *cx, const struct gather *gather, size_t part, bool wide, gather_visit *visit, void *owner);

#endif
