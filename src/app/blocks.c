// SPDX-License-Identifier: Apache-2.0
/* blocks -- see the header. The file is read and its hashes are sorted before anybody has to wait for the one writer. */
#include "app/blocks.h"

#include <string.h>

#include "app/heap.h"
#include "base/limits.h"
#include "format/input.h"
#include "store/setting.h"

#define WHAT S("block_list")

enum { CHUNK = 1 << 16, AREA = 2, WHOLE = 10 };

const char *const blocks_states[BLOCKS_STATES] = {"AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO",
                                                  "MA", "MG", "MS", "MT", "PA", "PB", "PE", "PI", "PR",
                                                  "RJ", "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO"};

struct reading {
    const struct db *db;
    int64_t *hash;
    size_t n, room;
    int64_t refused;
    int64_t hits; /* once the list is sorted */
};

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

static bool state_read(struct cx *cx, struct str text, struct str *out) {
    text = str_trim(text);
    for (size_t i = 0; text.n == 2 && i < BLOCKS_STATES; i++)
        if ((text.p[0] & ~0x20) == blocks_states[i][0] && (text.p[1] & ~0x20) == blocks_states[i][1]) {
            *out = str_from(blocks_states[i]);
            return true;
        }
    return cx_fail(cx, ERR_INVALID, S("block.bad_state"), text);
}

/* ---- a line ---- */

static size_t digits_in(struct str field) {
    size_t n = 0;
    for (size_t i = 0; i < field.n; i++)
        n += field.p[i] >= '0' && field.p[i] <= '9';
    return n;
}

static bool parts(char c) {
    return c == ';' || c == ',' || c == '\t' || c == '|';
}

/* The number of a line: one field that is a whole number, or an area code and the number behind it. */
static bool number_of(struct str line, char joined[64], struct address *out) {
    struct str before = {0};
    size_t from = 0;
    for (size_t i = 0; i <= line.n; i++) {
        if (i < line.n && !parts(line.p[i]))
            continue;
        struct str field = {line.p + from, i - from};
        size_t digits = digits_in(field), area = digits_in(before);
        from = i + 1;
        if (digits >= WHOLE && address_phone(field, out))
            return out->n > 0 && out->text[0] == '+';
        if (area == AREA && digits >= WHOLE - AREA && before.n + field.n < 64) {
            memcpy(joined, before.p, before.n);
            memcpy(joined + before.n, field.p, field.n);
            return address_phone((struct str){joined, before.n + field.n}, out) && out->text[0] == '+';
        }
        before = field;
    }
    return false;
}

static bool line_take(struct cx *cx, struct reading *r, struct str line) {
    struct address address;
    char joined[64];
    line = str_trim(line);
    if (line.n == 0)
        return true;
    if (!number_of(line, joined, &address)) {
        r->refused++;
        return true;
    }
    if (r->n == LIMIT_BLOCK_NUMBERS)
        return cx_fail(cx, ERR_LIMIT, S("block.too_long"), cx_text(cx, "%d", (int)LIMIT_BLOCK_NUMBERS));
    r->hash = heap_grown(r->hash, &r->room, r->n + 1, sizeof *r->hash);
    r->hash[r->n++] = suppression_hash(r->db, &address);
    return true;
}

/* ---- the file ---- */

/* Lines are taken from a buffer that keeps the piece of a line behind the last whole one; a line longer than it is refused in pieces. */
static bool lines_read(struct cx *cx, struct input *input, struct reading *r) {
    char *buffer = arena_new(cx->arena, char, 2 * CHUNK);
    size_t kept = 0, got = 1;
    while (got > 0) {
        if (!input_fill(cx, input, buffer + kept, CHUNK, &got))
            return false;
        size_t from = 0, all = kept + got;
        for (size_t i = kept; i < all; i++)
            if (buffer[i] == '\n' || buffer[i] == '\r') {
                if (!line_take(cx, r, (struct str){buffer + from, i - from}))
                    return false;
                from = i + 1;
            }
        bool whole = got == 0 || all - from >= CHUNK;
        if (whole && !line_take(cx, r, (struct str){buffer + from, all - from}))
            return false;
        kept = whole ? 0 : all - from;
        memmove(buffer, buffer + from, kept);
    }
    return true;
}

static int by_number(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void sort_once(struct reading *r) {
    size_t n = 0;
    if (r->n > 0)
        qsort(r->hash, r->n, sizeof *r->hash, by_number);
    for (size_t i = 0; i < r->n; i++)
        if (n == 0 || r->hash[i] != r->hash[n - 1])
            r->hash[n++] = r->hash[i];
    r->n = n;
}

static bool hit_count(struct cx *cx, void *owner, struct str phone) {
    struct reading *r = owner;
    struct address each[ADDRESS_EACH];
    size_t n = address_each(ADDRESS_PHONE, phone, each);
    (void)cx;
    for (size_t i = 0; i < n; i++) {
        int64_t hash = suppression_hash(r->db, &each[i]);
        if (bsearch(&hash, r->hash, r->n, sizeof hash, by_number) != NULL) {
            r->hits++;
            break;
        }
    }
    return true;
}

static bool file_read(struct cx *cx, struct db *db, struct str path, struct reading *r) {
    struct input *input;
    if (!input_open(cx, path, &input))
        return false;
    bool done = lines_read(cx, input, r);
    input_close(input);
    if (!done)
        return false;
    sort_once(r);
    if (r->n == 0)
        return cx_fail(cx, ERR_INVALID, S("block.empty"));
    done = db_read(cx, db) && block_phones(cx, db, hit_count, r);
    db_rollback(db);
    return done;
}

static struct str shown(struct cx *cx, const struct block_list *list) {
    char day[DAY_TEXT];
    return cx_text(cx, "day=%.*s entries=%lld refused=%lld hits=%lld file=%.*s", (int)day_iso(list->day, day), day,
                   (long long)list->entries, (long long)list->refused, (long long)list->hits, STR_ARG(list->file));
}

bool blocks_put(struct cx *cx, struct db *db, const struct blocks_wish *wish, struct block_list *out) {
    struct reading r = {.db = db};
    *out = (struct block_list){.day = wish->day, .file = wish->name, .who = wish->who, .made_us = wish->now_us};
    bool done = state_read(cx, wish->state, &out->state) && file_read(cx, db, wish->path, &r);
    out->entries = (int64_t)r.n;
    out->refused = r.refused;
    out->hits = r.hits;
    done = done && db_write(cx, db) &&
           end(cx, db,
               block_put(cx, db, out, r.hash, r.n) &&
                   audit_add(cx, db, wish->now_us, wish->who, WHAT, out->state, (struct str){0}, shown(cx, out)));
    free(r.hash);
    return done;
}

static bool drop(struct cx *cx, struct db *db, struct str state, struct str who, int64_t now_us) {
    struct block_list *list;
    size_t n, i = 0;
    if (!block_lists(cx, db, &list, &n))
        return false;
    while (i < n && !str_equal(list[i].state, state))
        i++;
    if (i == n)
        return cx_fail(cx, ERR_NOT_FOUND, S("block.unknown"), state);
    return block_drop(cx, db, state) &&
           audit_add(cx, db, now_us, who, WHAT, state, shown(cx, &list[i]), (struct str){0});
}

bool blocks_drop(struct cx *cx, struct db *db, struct str state, struct str who, int64_t now_us) {
    struct str known;
    return state_read(cx, state, &known) && db_write(cx, db) && end(cx, db, drop(cx, db, known, who, now_us));
}

bool blocks_look(struct cx *cx, struct db *db, struct block_list **out, size_t *n) {
    bool done = db_read(cx, db) && block_lists(cx, db, out, n);
    db_rollback(db);
    return done;
}
