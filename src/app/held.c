// SPDX-License-Identifier: Apache-2.0
/* held -- see the header. Must not judge who may ask: that is the route's permission. */
#include "app/held.h"

#include <string.h>

#include "app/scope.h"
#include "base/limits.h"
#include "store/setting.h"

/* ---- where it is ---- */

struct finding {
    struct str typed, folded;
    struct address address;
    bool is_address;
    struct held_found *found;
};

static bool address_is(const struct finding *f, struct str phone, struct str email, struct str tax_id) {
    struct address each[ADDRESS_EACH];
    const struct str field = f->address.kind == ADDRESS_PHONE   ? phone
                             : f->address.kind == ADDRESS_EMAIL ? email
                                                                : tax_id;
    size_t n = f->is_address && field.n > 0 ? address_each(f->address.kind, field, each) : 0;
    for (size_t i = 0; i < n; i++)
        if (each[i].n == f->address.n && memcmp(each[i].text, f->address.text, each[i].n) == 0)
            return true;
    return false;
}

static bool name_holds(struct cx *cx, const struct finding *f, struct str name) {
    struct str folded = str_fold(cx->arena, name);
    for (size_t i = 0; i + f->folded.n <= folded.n; i++)
        if (memcmp(folded.p + i, f->folded.p, f->folded.n) == 0)
            return true;
    return false;
}

static bool look(struct cx *cx, void *owner, const struct held_who *who) {
    struct finding *f = owner;
    struct arena_mark mark = arena_mark_get(cx->arena);
    bool fits = address_is(f, who->phone, who->email, who->tax_id) ||
                (who->person_id == 0 && str_equal(who->own_code, f->typed)) ||
                name_holds(cx, f, who->person_id == 0 ? who->customer : who->person);
    arena_rewind(cx->arena, mark);
    if (!fits)
        return true;
    if (f->found->n == HELD_FOUND) {
        f->found->more = true;
        return true;
    }
    struct held_who *to = &f->found->who[f->found->n++];
    *to = *who;
    struct str *text[] = {&to->code, &to->customer, &to->person, &to->phone, &to->email, &to->tax_id, &to->own_code};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        *text[i] = str_copy(cx->arena, *text[i]);
    return true;
}

bool held_find(struct cx *cx, struct db *db, struct str typed, struct held_found *out) {
    struct finding f = {.typed = str_trim(typed), .found = out};
    *out = (struct held_found){.n = 0};
    f.folded = str_fold(cx->arena, f.typed);
    if (f.folded.n < HELD_LETTERS_LEAST || f.typed.n > LIMIT_CODE)
        return cx_fail(cx, ERR_INVALID, S("held.too_short"), cx_text(cx, "%d", (int)HELD_LETTERS_LEAST));
    f.is_address = address_read(f.typed, &f.address);
    bool done = db_read(cx, db) && held_scan(cx, db, look, &f);
    db_rollback(db);
    return done;
}

/* ---- all of it ---- */

static bool suppressions_give(struct cx *cx, struct db *db, int64_t customer_id, suppression_take *take, void *owner) {
    struct reach_row *row;
    size_t rows;
    bool done = reach_address(cx, db, &customer_id, 1, &row, &rows);
    for (size_t i = 0; done && i < rows; i++) {
        const struct str field[] = {row[i].phone, row[i].email, row[i].tax_id};
        for (int kind = ADDRESS_PHONE; done && kind < ADDRESS_KINDS; kind++) {
            struct address each[ADDRESS_EACH];
            size_t n = address_each((enum address_kind)kind, field[kind - ADDRESS_PHONE], each);
            for (size_t k = 0; done && k < n; k++) {
                const struct suppression_filter filter = {.of_hash = true,
                                                          .hash = suppression_hash(db, &each[k]),
                                                          .channel = -1,
                                                          .source = -1,
                                                          .holds = -1,
                                                          .most = INT64_MAX};
                done = suppression_each(cx, db, &filter, take, owner);
            }
        }
    }
    return done;
}

static bool export_within(struct cx *cx, struct db *db, const struct held_wish *wish, held_take *take,
                          suppression_take *suppression, void *owner) {
    int64_t id;
    return scope_customer(cx, db, wish->code, (struct str){0}, &id) &&
           audit_add(cx, db, wish->now_us, wish->who, S("held"), wish->code, (struct str){0}, S("given out")) &&
           held_each(cx, db, id, wish->code, take, owner) && suppressions_give(cx, db, id, suppression, owner);
}

bool held_export(struct cx *cx, struct db *db, const struct held_wish *wish, held_take *take,
                 suppression_take *suppression, void *owner) {
    if (!db_write(cx, db))
        return false;
    if (export_within(cx, db, wish, take, suppression, owner) && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}
