// SPDX-License-Identifier: Apache-2.0
/* duplicates_find.c -- looks at all customers and finds the pairs that may be one.
 *
 * Nobody is held against everybody. Customers get keys of several kinds (tax number, its root, phone, name, rare words of the name in
 * a municipality, place among the names of one); those of one key are neighbours, and neighbours are judged by all evidence at once.
 * The keys of a kind are in memory together, sorted, so that a million customers take seconds. Work is bounded: under one key each
 * is held against the few that follow in it. Must not write; the outcome hangs on nothing but the customers.
 */
#include "app/duplicates.h"

#include "app/heap.h"
#include "base/limits.h"
#include "core/taxid.h"

enum {
    ROOT = 8,
    PHONES = 6,
    NEXT = 20,     /* of one key each is held against so many that follow */
    NEXT_NAME = 6, /* of those beside it in the order of names */
    CROWD = 30,    /* a phone or name of more than so many is nobody's: the rep's, "consumidor" */
    CROWD_WORD = 100,
    WORD_BITS = 20, /* words are counted by so many bits of their hash */
    LOOKED = 1 << 16
};

struct one {
    int64_t id, city;
    struct str tax, name;
    int64_t phone[PHONES];
    size_t phones;
};

struct key {
    uint64_t hash;
    uint32_t at;
};

struct looking {
    struct arena texts;
    struct one *one;
    size_t n, room;
    size_t at;       /* of the customer whose persons come */
    uint32_t *words; /* how many names hold a word */
    struct key *key;
    size_t keys, key_room;
    uint64_t *pair; /* candidates: places, the smaller in the upper half */
    size_t pairs, pair_room;
    struct duplicate_pair *found;
    size_t founds, found_room;
    struct progress progress;
};

static void phones_add(struct one *one, struct str text) {
    int64_t phone[DUPLICATE_PHONES];
    size_t n = duplicate_phones(text, phone);
    for (size_t i = 0; i < n && one->phones < PHONES; i++)
        one->phone[one->phones++] = phone[i];
}

static bool customer_take(struct cx *cx, void *owner, int64_t id, int64_t city_id, struct str name, struct str tax_id,
                          struct str phone) {
    struct looking *l = owner;
    (void)cx;
    l->one = heap_grown(l->one, &l->room, l->n + 1, sizeof *l->one);
    struct one *one = &l->one[l->n++];
    *one = (struct one){.id = id, .city = city_id};
    one->tax = str_copy(&l->texts, tax_id);
    one->name = duplicate_name(&l->texts, name);
    phones_add(one, phone);
    if (l->n % LOOKED == 0 && l->progress.step)
        l->progress.step(l->progress.owner, S("duplicate.looking"), l->n, 0);
    return true;
}

/* Both come by id. */
static bool phone_take(struct cx *cx, void *owner, int64_t id, struct str phone) {
    struct looking *l = owner;
    (void)cx;
    while (l->at < l->n && l->one[l->at].id < id)
        l->at++;
    if (l->at < l->n && l->one[l->at].id == id)
        phones_add(&l->one[l->at], phone);
    return true;
}

/* ---- neighbours ---- */

static void key_add(struct looking *l, uint64_t hash, size_t at) {
    l->key = heap_grown(l->key, &l->key_room, l->keys + 1, sizeof *l->key);
    l->key[l->keys++] = (struct key){hash, (uint32_t)at};
}

static int by_key(const void *a, const void *b) {
    const struct key *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static void pair_add(struct looking *l, uint32_t a, uint32_t b) {
    if (a == b)
        return;
    l->pair = heap_grown(l->pair, &l->pair_room, l->pairs + 1, sizeof *l->pair);
    l->pair[l->pairs++] = a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

/* Neighbours of all keys so far; those of more than `crowd` (0: however many) say nothing. */
static void keys_settle(struct looking *l, size_t crowd) {
    if (l->keys > 0)
        qsort(l->key, l->keys, sizeof *l->key, by_key);
    for (size_t from = 0, to = 0; from < l->keys; from = to) {
        while (to < l->keys && l->key[to].hash == l->key[from].hash)
            to++;
        if (crowd > 0 && to - from > crowd)
            continue;
        for (size_t i = from; i < to; i++) {
            for (size_t k = i + 1; k < to && k <= i + NEXT; k++)
                pair_add(l, l->key[i].at, l->key[k].at);
        }
    }
    l->keys = 0;
}

static void by_tax(struct looking *l) {
    for (size_t i = 0; i < l->n; i++) {
        if (l->one[i].tax.n >= ROOT)
            key_add(l, str_hash(l->one[i].tax, 1), i);
    }
    keys_settle(l, 0);
    for (size_t i = 0; i < l->n; i++) {
        if (l->one[i].tax.n > ROOT + 3) /* longer than a CPF */
            key_add(l, str_hash((struct str){l->one[i].tax.p, ROOT}, 2), i);
    }
    keys_settle(l, 0);
}

static uint64_t number_hash(int64_t number, int64_t city, uint64_t seed) {
    const int64_t both[] = {number, city};
    return str_hash((struct str){(const char *)both, sizeof both}, seed);
}

/* A number without DDD is one of the municipality's. */
static void by_phone(struct looking *l) {
    for (size_t i = 0; i < l->n; i++) {
        const struct one *one = &l->one[i];
        for (size_t k = 0; k < one->phones; k++) {
            int64_t local = duplicate_phone_local(one->phone[k]);
            if (one->phone[k] != local)
                key_add(l, number_hash(one->phone[k], 0, 3), i);
            if (local != 0 && one->city != 0)
                key_add(l, number_hash(local, one->city, 4), i);
        }
    }
    keys_settle(l, CROWD);
}

static uint32_t *word_count(struct looking *l, struct str word) {
    return &l->words[str_hash(word, 5) >> (64 - WORD_BITS)];
}

static void words_count(struct looking *l) {
    l->words = heap_new((size_t)1 << WORD_BITS, sizeof *l->words);
    for (size_t i = 0; i < l->n; i++) {
        for (struct str rest = l->one[i].name, word; rest.n > 0;) {
            str_cut(rest, ' ', &word, &rest);
            ++*word_count(l, word);
        }
    }
}

/* Under its two rarest words, in its municipality: one of them may be mistyped. */
static void by_rare_words(struct looking *l) {
    for (size_t i = 0; i < l->n; i++) {
        uint64_t rare[2] = {0, 0};
        uint32_t times[2] = {UINT32_MAX, UINT32_MAX};
        for (struct str rest = l->one[i].name, word; rest.n > 0;) {
            str_cut(rest, ' ', &word, &rest);
            uint32_t n = *word_count(l, word);
            size_t at = n < times[0] ? 0 : 1;
            if (n >= times[1])
                continue;
            if (at == 0) {
                times[1] = times[0];
                rare[1] = rare[0];
            }
            times[at] = n;
            rare[at] = str_hash(word, 5);
        }
        for (size_t k = 0; k < 2 && times[k] != UINT32_MAX; k++)
            key_add(l, number_hash((int64_t)rare[k], l->one[i].city, 6), i);
    }
    keys_settle(l, CROWD_WORD);
}

static void by_name(struct looking *l) {
    for (size_t i = 0; i < l->n; i++) {
        if (l->one[i].name.n > 0)
            key_add(l, str_hash(l->one[i].name, 7), i);
    }
    keys_settle(l, CROWD);
}

struct placed {
    const struct one *one;
};

static int by_city_and_name(const void *a, const void *b) {
    const struct one *x = ((const struct placed *)a)->one, *y = ((const struct placed *)b)->one;
    if (x->city != y->city)
        return x->city < y->city ? -1 : 1;
    int order = str_compare(x->name, y->name);
    return order != 0 ? order : x < y ? -1 : x > y;
}

/* Those beside it among the names of its municipality: all words but the first may be mistyped. */
static void by_order(struct looking *l) {
    struct placed *placed = heap_raw(l->n + 1, sizeof *placed);
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++) {
        if (l->one[i].name.n > 0)
            placed[n++].one = &l->one[i];
    }
    if (n > 0)
        qsort(placed, n, sizeof *placed, by_city_and_name);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i + 1; k < n && k <= i + NEXT_NAME && placed[k].one->city == placed[i].one->city; k++)
            pair_add(l, (uint32_t)(placed[i].one - l->one), (uint32_t)(placed[k].one - l->one));
    }
    free(placed);
}

/* ---- judging ---- */

static bool share_phone(const struct one *a, const struct one *b) {
    for (size_t i = 0; i < a->phones; i++) {
        for (size_t k = 0; k < b->phones; k++) {
            int64_t x = a->phone[i], y = b->phone[k];
            bool near = a->city != 0 && a->city == b->city;
            int64_t local = duplicate_phone_local(x);
            bool bare = x == local || y == duplicate_phone_local(y);
            if (x == y ? !bare || near : bare && near && local != 0 && local == duplicate_phone_local(y))
                return true;
        }
    }
    return false;
}

/* Names that differ count when nothing says that they are two companies. */
static bool judge(const struct one *a, const struct one *b, struct duplicate_pair *out) {
    unsigned found = duplicate_tax_says(a->tax, b->tax);
    int32_t like = duplicate_likeness(a->name, b->name);
    if (share_phone(a, b))
        found |= DUPLICATE_PHONE;
    if (like == 10000)
        found |= DUPLICATE_NAME;
    else if (like >= DUPLICATE_ALIKE_FROM)
        found |= DUPLICATE_ALIKE;
    if (a->city != 0 && b->city != 0)
        found |= a->city == b->city ? DUPLICATE_PLACE : DUPLICATE_AWAY;
    *out = (struct duplicate_pair){a->id, b->id, found, duplicate_strength(found, like), like};
    return out->strength_e4 >= DUPLICATE_WEAK;
}

static int by_number(const void *a, const void *b) {
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void pairs_judge(struct looking *l) {
    if (l->pairs > 0)
        qsort(l->pair, l->pairs, sizeof *l->pair, by_number);
    for (size_t i = 0; i < l->pairs; i++) {
        struct duplicate_pair pair;
        if ((i > 0 && l->pair[i] == l->pair[i - 1]) ||
            !judge(&l->one[l->pair[i] >> 32], &l->one[(uint32_t)l->pair[i]], &pair))
            continue;
        l->found = heap_grown(l->found, &l->found_room, l->founds + 1, sizeof *l->found);
        l->found[l->founds++] = pair;
    }
    l->pairs = 0;
}

static int by_strength(const void *a, const void *b) {
    const struct duplicate_pair *x = a, *y = b;
    if (x->strength_e4 != y->strength_e4)
        return x->strength_e4 > y->strength_e4 ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

bool duplicates_find(struct cx *cx, struct db *db, struct progress progress, struct duplicates_all *out) {
    struct looking l = {.progress = progress};
    *out = (struct duplicates_all){0};
    arena_init(&l.texts, 0, arena_full_exit, NULL);
    bool done = duplicate_each(cx, db, customer_take, &l) && duplicate_phone_each(cx, db, phone_take, &l);
    if (done) {
        by_tax(&l);
        by_phone(&l);
        words_count(&l);
        by_rare_words(&l);
        by_name(&l);
        by_order(&l);
        pairs_judge(&l);
        if (l.founds > 0)
            qsort(l.found, l.founds, sizeof *l.found, by_strength);
        out->customers = (int64_t)l.n;
        out->found = (int64_t)l.founds;
        out->n = l.founds < LIMIT_DUPLICATE_PAIRS ? l.founds : LIMIT_DUPLICATE_PAIRS;
        out->pair = arena_new(cx->arena, struct duplicate_pair, out->n + 1);
        if (out->n > 0)
            memcpy(out->pair, l.found, out->n * sizeof *out->pair);
    }
    free(l.one);
    free(l.words);
    free(l.key);
    free(l.pair);
    free(l.found);
    arena_clear(&l.texts);
    return done;
}
