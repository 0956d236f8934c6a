// SPDX-License-Identifier: Apache-2.0
/* erase -- see the header. Must not touch what totals are made of. Invariant: an address is on the list of what may not be used before
 * the last place it was read from is emptied.
 *
 * Most of what is held of a customer hangs on its number and goes by that. Lines of the trail, rows that imports refused and answers to
 * other programs are texts of anybody: those are looked through for what the customer and the people there were ever known by. Both
 * sides are squeezed to letters and digits, so that "(11) 98765-4321" is found as 11987654321; of numbers the last eight digits are
 * looked for, which every way of writing has. */
#include "app/erase.h"

#include <string.h>

#include "app/scope.h"
#include "base/buf.h"
#include "base/secret.h"
#include "core/merge.h"
#include "core/suppression.h"
#include "stats/stat.h"
#include "store/duplicate.h"
#include "store/setting.h"

#define DAY_US INT64_C(86400000000)
enum { LEAST = 5, DIGITS = 8 }; /* what is shorter is found by chance */

struct erasing {
    struct db *db;
    const struct erase_wish *wish;
    int64_t id;
    struct erasure_said *said;
    size_t saids;
    struct str *code, *needle; /* of each said: of the customers; squeezed */
    size_t codes, needles;
    struct address *address;
    size_t addresses;
};

/* ---- what is looked for ---- */

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* What goes on in an address. */
static bool is_code(char c) {
    return is_letter(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~' || c == '%';
}

static struct str squeeze(struct arena *arena, struct str text) {
    struct str folded = str_fold(arena, text);
    char *to = arena_new(arena, char, folded.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.n; i++)
        if (is_letter(folded.p[i]))
            to[n++] = folded.p[i];
    return (struct str){to, n};
}

static void needle_add(struct erasing *e, struct str squeezed) {
    bool known = squeezed.n < LEAST;
    for (size_t i = 0; i < e->needles && !known; i++)
        known = str_equal(e->needle[i], squeezed);
    if (!known)
        e->needle[e->needles++] = squeezed;
}

static void address_add(struct cx *cx, struct erasing *e, const struct address *address) {
    struct str squeezed = squeeze(cx->arena, (struct str){address->text, address->n});
    if (address->kind == ADDRESS_PHONE && squeezed.n > DIGITS)
        squeezed = (struct str){squeezed.p + squeezed.n - DIGITS, DIGITS};
    needle_add(e, squeezed);
    for (size_t i = 0; i < e->addresses; i++)
        if (e->address[i].kind == address->kind && e->address[i].n == address->n &&
            memcmp(e->address[i].text, address->text, address->n) == 0)
            return;
    e->address[e->addresses++] = *address;
}

static void said_add(struct cx *cx, struct erasing *e, const struct erasure_said *said) {
    const struct str field[] = {said->phone, said->email, said->tax_id};
    if (said->code.n > 0)
        e->code[e->codes++] = said->code;
    needle_add(e, squeeze(cx->arena, said->name));
    for (int kind = ADDRESS_PHONE; kind < ADDRESS_KINDS; kind++) {
        struct address each[ADDRESS_EACH];
        size_t n = address_each((enum address_kind)kind, field[kind - ADDRESS_PHONE], each);
        for (size_t i = 0; i < n; i++)
            address_add(cx, e, &each[i]);
        needle_add(e, squeeze(cx->arena, field[kind - ADDRESS_PHONE])); /* also what is no address */
    }
}

static bool known_by(struct cx *cx, struct erasing *e) {
    enum { EACH = 3 * (ADDRESS_EACH + 1) + 1 };
    if (!erasure_said(cx, e->db, e->id, &e->said, &e->saids))
        return false;
    e->code = arena_new(cx->arena, struct str, e->saids + 1);
    e->needle = arena_new(cx->arena, struct str, e->saids * EACH + 1);
    e->address = arena_new(cx->arena, struct address, e->saids * 3 * ADDRESS_EACH + 1);
    for (size_t i = 0; i < e->saids; i++)
        said_add(cx, e, &e->said[i]);
    return true;
}

/* The code as a word of its own: of a short one every number would hold a part. */
static bool word_within(struct str text, struct str word) {
    for (size_t i = 0; word.n > 0 && i + word.n <= text.n; i++)
        if (memcmp(text.p + i, word.p, word.n) == 0 && (i == 0 || !is_letter(text.p[i - 1])) &&
            (i + word.n == text.n || !is_letter(text.p[i + word.n])))
            return true;
    return false;
}

/* An address of the customer's page, with the code as addresses have it; that of K11 is none of K1. */
static bool page_within(struct arena *scratch, struct str text, struct str code) {
    static const struct str above = {"/customers/", 11};
    struct str word = merge_escape(scratch, code, MERGE_FORM);
    for (size_t i = 0; code.n > 0 && i + above.n + word.n <= text.n; i++) {
        size_t end = i + above.n + word.n;
        if (text.p[i] == '/' && memcmp(text.p + i, above.p, above.n) == 0 &&
            memcmp(text.p + i + above.n, word.p, word.n) == 0 && (end == text.n || (!is_code(text.p[end]))))
            return true;
    }
    return false;
}

static bool holds(void *owner, struct arena *scratch, struct str text, enum erasure_text kind) {
    const struct erasing *e = owner;
    if (text.n == 0)
        return false;
    struct str squeezed = squeeze(scratch, text), folded = str_fold(scratch, text);
    for (size_t i = 0; i < e->needles; i++)
        if (memmem(squeezed.p, squeezed.n, e->needle[i].p, e->needle[i].n) != NULL)
            return true;
    for (size_t i = 0; i < e->codes; i++)
        if ((kind == ERASURE_ROW && word_within(folded, str_fold(scratch, e->code[i]))) ||
            (kind == ERASURE_PAGE && page_within(scratch, text, e->code[i])))
            return true;
    return false;
}

/* ---- what is done ---- */

/* token of the list: the address has one entry from erasures, however often it is erased. */
static bool suppress(struct cx *cx, const struct erasing *e) {
    for (size_t i = 0; i < e->addresses; i++) {
        int64_t hash = suppression_hash(e->db, &e->address[i]);
        struct suppression s = {.kind = e->address[i].kind,
                                .hash = hash,
                                .channel = SUPPRESSION_ALL,
                                .source = SUPPRESSION_ERASURE,
                                .day = e->wish->today,
                                .until = DAY_NONE,
                                .who = e->wish->who,
                                .made_us = e->wish->now_us};
        bool added;
        if (!suppression_add(cx, e->db, &s, cx_text(cx, "erasure:%lld", (long long)hash), &added) ||
            !erasure_address(cx, e->db, hash))
            return false;
    }
    return true;
}

static int64_t tax_hash(const struct erasing *e, struct str tax_id) {
    struct address address;
    return tax_id.n > 0 && address_tax_id(tax_id, &address) ? suppression_hash(e->db, &address) : STAT_NONE;
}

static bool codes_keep(struct cx *cx, const struct erasing *e) {
    for (size_t i = 0; i < e->saids; i++) {
        const struct erasure_said *said = &e->said[i];
        const struct erasure erasure = {.code = said->code,
                                        .tax_hash = tax_hash(e, said->tax_id),
                                        .who = e->wish->who,
                                        .made_us = e->wish->now_us,
                                        .token = e->wish->token};
        if (said->code.n > 0 && (!erasure_audit(cx, e->db, said->code) || !erasure_put(cx, e->db, &erasure)))
            return false;
    }
    return true;
}

static struct str told(struct cx *cx, const struct erasing *e, const struct erasure_count *c, int64_t texts) {
    return cx_text(cx, "persons=%lld notes=%lld contacts=%lld appointments=%lld imports=%lld addresses=%zu texts=%lld",
                   (long long)c->persons, (long long)c->notes, (long long)c->contacts, (long long)c->appointments,
                   (long long)c->facts, e->addresses, (long long)(c->texts + texts));
}

static bool erase_one(struct cx *cx, struct db *db, const struct erase_wish *wish, int64_t id) {
    struct erasing e = {.db = db, .wish = wish, .id = id};
    struct erasure_count count;
    int64_t emptied = 0;
    return erasure_count(cx, db, id, &count) && known_by(cx, &e) && suppress(cx, &e) &&
           erasure_customer(cx, db, id, wish->now_us) && codes_keep(cx, &e) &&
           erasure_texts(cx, db, holds, &e, &emptied) &&
           audit_add(cx, db, wish->now_us, wish->who, S("erase"), wish->code, (struct str){0},
                     told(cx, &e, &count, emptied));
}

static bool erase_within(struct cx *cx, struct db *db, const struct erase_wish *wish) {
    struct erasure before;
    bool found;
    int64_t id;
    if (!scope_customer(cx, db, wish->code, (struct str){0}, &id) || !erasure_find(cx, db, wish->code, &found, &before))
        return false;
    return (found && str_equal(before.token, wish->token)) || (erase_one(cx, db, wish, id) && erasure_searched(cx, db));
}

bool erase_customer(struct cx *cx, struct db *db, const struct erase_wish *wish, bool *clean) {
    *clean = false;
    if (wish->token.n != SECRET_TOKEN)
        return cx_fail(cx, ERR_INVALID, S("web.form_old"));
    if (!db_write(cx, db))
        return false;
    if (!erase_within(cx, db, wish) || !db_commit(cx, db)) {
        db_rollback(db);
        return false;
    }
    *clean = erasure_clean(cx, db);
    cx_clear(cx);
    return true;
}

static bool look_within(struct cx *cx, struct db *db, struct str code, struct erase_look *out) {
    struct erasing e = {.db = db};
    if (!scope_customer(cx, db, code, (struct str){0}, &e.id) || !erasure_count(cx, db, e.id, &out->count) ||
        !known_by(cx, &e) || !erasure_find(cx, db, code, &out->erased, &out->before))
        return false;
    out->addresses = (int64_t)e.addresses;
    return true;
}

bool erase_look(struct cx *cx, struct db *db, struct str code, struct erase_look *out) {
    *out = (struct erase_look){.erased = false};
    bool done = db_read(cx, db) && look_within(cx, db, code, out);
    db_rollback(db);
    return done;
}

/* ---- again, in an older copy ---- */

static bool suppression_collect(struct cx *cx, void *owner, const struct suppression *s) {
    struct erase_carried *to = owner;
    struct suppression *grown =
        arena_grow(cx->arena, to->suppressed, to->suppressions, to->suppressions + 1, sizeof *s);
    grown[to->suppressions] = *s;
    grown[to->suppressions].who = str_copy(cx->arena, s->who);
    grown[to->suppressions].note = grown[to->suppressions].shown = (struct str){0};
    to->suppressed = grown;
    to->suppressions++;
    return true;
}

bool erase_collect(struct cx *cx, struct db *db, struct erase_carried *out) {
    const struct suppression_filter filter = {
        .channel = -1, .source = SUPPRESSION_ERASURE, .holds = -1, .most = INT64_MAX};
    *out = (struct erase_carried){.n = 0};
    bool done = db_read(cx, db) && erasure_list(cx, db, &out->erased, &out->n) &&
                (out->n == 0 || suppression_each(cx, db, &filter, suppression_collect, out));
    db_rollback(db);
    return done;
}

/* Who was merged then and erased since by itself is parted first: its main customer asked for nothing. Erased together, the main one takes
 * it along. */
static bool one_find(struct cx *cx, struct db *db, const struct erase_carried *carried, const struct erasure *one,
                     bool *found, int64_t *id) {
    struct duplicate_merged merged;
    bool was_merged;
    if (!customer_find_id(cx, db, one->code, found, id) || *found)
        return cx->err.code == ERR_NONE;
    if (!duplicate_find(cx, db, one->code, S(""), &was_merged, &merged) || !was_merged)
        return cx->err.code == ERR_NONE;
    for (size_t i = 0; i < carried->n; i++)
        if (str_equal(carried->erased[i].code, merged.main_code) && carried->erased[i].made_us == one->made_us)
            return true;
    *found = true;
    *id = merged.id;
    return duplicate_unmerge(cx, db, merged.id) && audit_add(cx, db, one->made_us, one->who, S("unmerge"), one->code,
                                                             cx_text(cx, "customer=%.*s", STR_ARG(merged.main_code)),
                                                             cx_text(cx, "customer=%.*s", STR_ARG(one->code)));
}

bool erase_again(struct cx *cx, struct db *db, const struct erase_carried *carried) {
    bool done = true, found;
    for (size_t i = 0; done && i < carried->suppressions; i++) {
        struct suppression s = carried->suppressed[i];
        done = suppression_add(cx, db, &s, cx_text(cx, "erasure:%lld", (long long)s.hash), &found);
    }
    for (size_t i = 0; done && i < carried->n; i++) {
        const struct erasure *one = &carried->erased[i];
        const struct day day = {(int32_t)(one->made_us / DAY_US)};
        const struct erase_wish wish = {one->code, one->who, one->token, one->made_us, day};
        struct erasure there;
        int64_t id;
        done = erasure_find(cx, db, one->code, &found, &there);
        if (!done || (found && there.made_us >= one->made_us))
            continue;
        done = one_find(cx, db, carried, one, &found, &id) && (!found || erase_one(cx, db, &wish, id)) &&
               erasure_put(cx, db, one);
    }
    return done;
}
