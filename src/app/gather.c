// SPDX-License-Identifier: Apache-2.0
/* gather.c -- open addressing, a place half a line of the cache: a row costs one look at memory, asked for beforehand.
 *
 * Invariant: under its lock a part is whole, and its answer does not hang on the order in which batches came: of a
 * customer's texts the newest day's stands, and of equal days the greater, its first row is the least.
 */
#include "app/gather.h"

#include <string.h>
#include <sys/mman.h>

#include "app/heap.h"
#include "core/taxid.h"

enum { PLACES_FIRST = 1 << 8, AHEAD = 8, SLAB = 16 << 20, BLOCK_ROOM = 64 << 10, LARGE_PAGE = 2 << 20 };

_Static_assert(GATHER_PARTS == 64, "six bits of the hash choose the part");
_Static_assert(sizeof(struct gather_block) <= BLOCK_ROOM, "a block is 64 KB");

static inline uint64_t mix(uint64_t a, uint64_t b) {
    __extension__ unsigned __int128 product = (unsigned __int128)(a ^ 0x9E3779B97F4A7C15u) * (b ^ 0xD6E8FEB86659FD93u);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* ---- memory ---- */

static size_t age_bytes(unsigned age) {
    return ((size_t)PLACES_FIRST << age) * sizeof(struct gather_customer);
}

/* A part's empty table of that age. */
static struct gather_customer *table_new(struct gather *gather, size_t part, unsigned age) {
    size_t bytes = age_bytes(age);
    pthread_mutex_lock(&gather->lock);
    if (gather->age[age].parts++ == 0) {
        void *p = mmap(NULL, bytes * GATHER_PARTS, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                       -1, 0);
        if (p == MAP_FAILED) {
            arena_full_exit(NULL, bytes * GATHER_PARTS);
        }
        (void)madvise(p, bytes * GATHER_PARTS, MADV_HUGEPAGE);
        gather->age[age].p = p;
    }
    char *p = gather->age[age].p + part * bytes;
    pthread_mutex_unlock(&gather->lock);
    return (struct gather_customer *)(void *)p;
}

/* One part has left the age; with the last its memory goes. */
static void table_leave(struct gather *gather, unsigned age) {
    pthread_mutex_lock(&gather->lock);
    if (--gather->age[age].parts == 0) {
        munmap(gather->age[age].p, age_bytes(age) * GATHER_PARTS);
    }
    pthread_mutex_unlock(&gather->lock);
}

static struct gather_block *block_new(struct gather *gather) {
    pthread_mutex_lock(&gather->lock);
    struct gather_block *block = gather->free;
    if (block) {
        gather->free = block->next;
        pthread_mutex_unlock(&gather->lock);
        return block;
    }
    gather->held += BLOCK_ROOM;
    struct gather_slab *slab = gather->slab;
    if (!slab || slab->used == SLAB) {
        slab = heap_new(1, sizeof *slab);
        slab->next = gather->slab;
        slab->p = aligned_alloc(LARGE_PAGE, SLAB);
        if (!slab->p) {
            arena_full_exit(NULL, SLAB);
        }
        (void)madvise(slab->p, SLAB, MADV_HUGEPAGE);
        gather->slab = slab;
    }
    char *p = slab->p + slab->used;
    slab->used += BLOCK_ROOM;
    pthread_mutex_unlock(&gather->lock);
    return (struct gather_block *)(void *)p;
}

static void hint_set(struct gather *gather, const struct gather_part *part) {
    struct gather_hint *hint = &gather->hint[part - gather->part];
    atomic_store_explicit(&hint->place, (uintptr_t)part->place, memory_order_relaxed);
    atomic_store_explicit(&hint->mask, part->places - 1, memory_order_relaxed);
}

void gather_open(struct gather *gather, bool documents, bool tells, size_t limit) {
    memset(gather, 0, sizeof *gather);
    gather->documents = documents;
    gather->tells = tells;
    gather->limit = limit;
    arena_init(&gather->faults, 0, arena_full_exit, NULL);
    gather->cx.arena = &gather->faults;
    pthread_mutex_init(&gather->lock, NULL);
    pthread_mutex_init(&gather->spill, NULL);
    for (size_t i = 0; i < GATHER_PARTS; i++) {
        struct gather_part *part = &gather->part[i];
        pthread_mutex_init(&part->lock, NULL);
        part->places = PLACES_FIRST;
        part->place = table_new(gather, i, 0);
        hint_set(gather, part);
        arena_init(&part->texts, 0, arena_full_exit, NULL);
    }
}

void gather_forget(struct gather *gather) {
    for (size_t i = 0; i < GATHER_PARTS; i++) {
        gather->part[i].narrow = gather->part[i].wide = NULL;
    }
    for (struct gather_slab *slab = gather->slab, *next; slab; slab = next) {
        next = slab->next;
        free(slab->p);
        free(slab);
    }
    gather->slab = NULL;
    gather->free = NULL;
    overflow_close(&gather->files);
}

bool gather_check(struct cx *cx, const struct gather *gather) {
    const struct err *err = &gather->cx.err;
    return err->code == ERR_NONE || cx_fail(cx, err->code, err->key, err->arg[0]);
}

void gather_close(struct gather *gather) {
    gather_forget(gather);
    for (size_t i = 0; i < GATHER_PARTS; i++) {
        struct gather_part *part = &gather->part[i];
        pthread_mutex_destroy(&part->lock);
        table_leave(gather, part->age);
        free(part->kept);
        arena_clear(&part->texts);
    }
    pthread_mutex_destroy(&gather->lock);
    pthread_mutex_destroy(&gather->spill);
    arena_clear(&gather->faults);
}

/* ---- codes ---- */

void gather_key(struct gather_row *row, struct str code) {
    row->n = (uint32_t)code.n;
    row->key[0] = row->key[1] = 0;
    if (code.n > GATHER_KEY) {
        row->key[0] = (uint64_t)(uintptr_t)code.p;
        row->hash = mix(str_hash(code, 7), code.n);
        return;
    }
    memcpy(row->key, code.p, code.n);
    row->hash = mix(mix(row->key[0], row->key[1]), code.n);
}

static uint64_t first_bytes(uint64_t word, size_t n) {
    return n >= 8 ? word : word & (((uint64_t)1 << 8 * n) - 1);
}

void gather_key_near(struct gather_row *row, const char *p, size_t n) {
    if (n > GATHER_KEY) {
        gather_key(row, (struct str){p, n});
        return;
    }
    uint64_t word[2];
    memcpy(word, p, sizeof word);
    row->n = (uint32_t)n;
    row->key[0] = first_bytes(word[0], n);
    row->key[1] = n > 8 ? first_bytes(word[1], n - 8) : 0;
    row->hash = mix(mix(row->key[0], row->key[1]), n);
}

struct str gather_code(const struct gather_customer *customer) {
    return customer->n <= GATHER_KEY ? (struct str){(const char *)customer->key, customer->n}
                                     : (struct str){(const char *)(uintptr_t)customer->key[0], customer->n};
}

static inline bool same(const struct gather_customer *c, const struct gather_row *row) {
    if (c->n != row->n) {
        return false;
    }
    if (c->n <= GATHER_KEY) {
        return c->key[0] == row->key[0] && c->key[1] == row->key[1];
    }
    return memcmp((const void *)(uintptr_t)c->key[0], (const void *)(uintptr_t)row->key[0], c->n) == 0;
}

/* ---- customers ---- */

static void places_grow(struct gather *gather, struct gather_part *part) {
    size_t places = part->places * 2;
    struct gather_customer *place = table_new(gather, (size_t)(part - gather->part), part->age + 1);
    for (size_t i = 0; i < part->places; i++) {
        struct gather_row row;
        if (part->place[i].n == 0) {
            continue;
        }
        gather_key(&row, gather_code(&part->place[i]));
        size_t at = row.hash & (places - 1);
        while (place[at].n != 0) {
            at = (at + 1) & (places - 1);
        }
        place[at] = part->place[i];
    }
    table_leave(gather, part->age++);
    part->place = place;
    part->places = places;
    hint_set(gather, part);
}

static struct gather_customer *customer_add(struct gather_part *part, struct gather_customer *c,
                                            const struct gather_row *row) {
    *c = (struct gather_customer){{row->key[0], row->key[1]}, row->order, row->n, (uint32_t)part->n++};
    if (row->n > GATHER_KEY) {
        struct str own = {(const char *)(uintptr_t)row->key[0], row->n};
        c->key[0] = (uint64_t)(uintptr_t)str_copy(&part->texts, own).p;
    }
    return c;
}

static inline struct gather_customer *customer_of(struct gather_part *part, const struct gather_row *row) {
    size_t at = row->hash & (part->places - 1);
    while (part->place[at].n != 0) {
        if (same(&part->place[at], row)) {
            return &part->place[at];
        }
        at = (at + 1) & (part->places - 1);
    }
    return customer_add(part, &part->place[at], row);
}

void gather_by_number(const struct gather_part *part, const struct gather_customer **customer) {
    for (size_t i = 0; i < part->places; i++) {
        if (part->place[i].n != 0) {
            customer[part->place[i].number] = &part->place[i];
        }
    }
}

static void tell(struct gather_part *part, uint32_t number, const struct gather_told *told) {
    part->kept = heap_grown_zeroed(part->kept, &part->kept_room, number + (size_t)1, sizeof *part->kept);
    struct gather_kept **kept = &part->kept[number];
    if (!*kept) {
        *kept = arena_new(&part->texts, struct gather_kept, 1);
    }
    for (size_t i = 0; i < GATHER_TEXTS; i++) {
        struct str text = told->text[i], before = (*kept)->of[i].text;
        struct taxid id;
        if (i == GATHER_TAX_ID && text.n > 0) {
            id = taxid_read(text);
            text = (struct str){id.text, id.n};
        }
        struct day day = (*kept)->of[i].day;
        bool older = told->day.n < day.n || (told->day.n == day.n && str_compare(text, before) <= 0);
        if (text.n == 0 || (before.n > 0 && older)) {
            continue;
        }
        (*kept)->of[i].day = told->day;
        if (!str_equal(text, before)) {
            (*kept)->of[i].text = str_copy(&part->texts, text);
        }
    }
}

/* ---- rows ---- */

/* ---- what does not fit ---- */

static bool over(struct gather *gather) {
    pthread_mutex_lock(&gather->lock);
    bool full = gather->limit > 0 && gather->held >= gather->limit && !gather->free;
    pthread_mutex_unlock(&gather->lock);
    return full;
}

static void chain_spill(struct gather *gather, struct gather_block **chain, size_t file) {
    struct cx cx = {.arena = &gather->faults};
    struct gather_block *back = NULL, *next;
    for (struct gather_block *block = *chain; block; block = next) { /* oldest first to the file */
        next = block->next;
        block->next = back;
        back = block;
    }
    *chain = NULL;
    pthread_mutex_lock(&gather->spill);
    for (struct gather_block *block = back; block; block = next) {
        next = block->next;
        if (gather->cx.err.code == ERR_NONE && !overflow_put(&cx, &gather->files, file, block, sizeof *block)) {
            gather->cx.err = cx.err;
        }
        pthread_mutex_lock(&gather->lock);
        block->next = gather->free;
        gather->free = block;
        pthread_mutex_unlock(&gather->lock);
    }
    pthread_mutex_unlock(&gather->spill);
}

static void part_spill(struct gather *gather, struct gather_part *part) {
    size_t at = (size_t)(part - gather->part);
    chain_spill(gather, &part->narrow, at);
    chain_spill(gather, &part->wide, GATHER_PARTS + at);
}

bool gather_each(struct cx *cx, const struct gather *gather, size_t part, bool wide, gather_visit *visit, void *owner) {
    const struct gather_part *of = &gather->part[part];
    for (const struct gather_block *block = wide ? of->wide : of->narrow; block; block = block->next) {
        visit(owner, block);
    }
    const char *p = NULL;
    size_t n = 0;
    struct overflow *files = (struct overflow *)(uintptr_t)&gather->files;
    if (!overflow_view(cx, files, wide ? GATHER_PARTS + part : part, &p, &n)) {
        return false;
    }
    for (size_t at = n; at >= sizeof(struct gather_block); at -= sizeof(struct gather_block)) {
        visit(owner, (const struct gather_block *)(const void *)(p + at - sizeof(struct gather_block)));
    }
    if (p) {
        munmap((void *)(uintptr_t)p, n);
    }
    return true;
}

/* The block that has room for one more. */
static inline struct gather_block *block_of(struct gather *gather, struct gather_part *part, struct gather_block **last,
                                            size_t most) {
    if (!*last || (*last)->n == most) {
        if (over(gather)) {
            part_spill(gather, part);
        }
        struct gather_block *block = block_new(gather);
        block->next = *last;
        block->n = 0;
        *last = block;
    }
    return *last;
}

static inline void entry_add(struct gather *gather, struct gather_part *part, struct gather_customer *c,
                             const struct gather_row *row, const struct gather_more *more) {
    c->order = row->order < c->order ? row->order : c->order;
    if (!gather->documents && gather_narrows(c->number, row->packed, row->cents)) {
        struct gather_block *block = block_of(gather, part, &part->narrow, GATHER_NARROW);
        part->narrows++;
        block->of.narrow[block->n++] = gather_narrow(c->number, row->packed, row->cents);
        return;
    }
    struct gather_block *block = block_of(gather, part, &part->wide, GATHER_WIDE);
    part->wides++;
    if (gather->documents) {
        block->of.wide.side[block->n] = (struct gather_side){more->document, row->order};
    }
    block->of.wide.entry[block->n++] = (struct gather_entry){c->number, row->packed, row->cents};
}

void gather_take(struct gather *gather, size_t at, const struct gather_row *row, const struct gather_more *more,
                 size_t n) {
    struct gather_part *part = &gather->part[at];
    pthread_mutex_lock(&part->lock);
    while ((part->n + n) * 5 > part->places * 3) {
        places_grow(gather, part);
    }
    for (size_t i = 0; i < n && i < AHEAD; i++) {
        __builtin_prefetch(&part->place[row[i].hash & (part->places - 1)], 1);
    }
    for (size_t i = 0; i < n; i++) {
        if (i + AHEAD < n) {
            __builtin_prefetch(&part->place[row[i + AHEAD].hash & (part->places - 1)], 1);
        }
        struct gather_customer *c = customer_of(part, &row[i]);
        entry_add(gather, part, c, &row[i], more ? &more[i] : NULL);
        if (more && more[i].told) {
            tell(part, c->number, more[i].told);
        }
    }
    pthread_mutex_unlock(&part->lock);
}
