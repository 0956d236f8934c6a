// SPDX-License-Identifier: Apache-2.0
/* ledger -- see ledger.h. */
#include "app/ledger.h"

#include "app/scope.h"

static bool customer_read(struct cx *cx, struct db *db, struct str code, struct str rep, struct day as_of,
                          struct dossier *out) {
    struct dossier_wish wish = {.as_of = as_of,
                                .since = DAY_NONE,
                                .documents = INT64_MAX,
                                .notes = INT64_MAX,
                                .contacts = INT64_MAX,
                                .appointments = INT64_MAX};
    return scope_customer(cx, db, code, rep, &wish.customer_id) && dossier_read(cx, db, &wish, out);
}

bool ledger_customer(struct cx *cx, struct db *db, struct str code, struct str rep, struct day as_of,
                     struct dossier *out) {
    bool done = db_read(cx, db) && customer_read(cx, db, code, rep, as_of, out);
    db_rollback(db);
    return done;
}

bool ledger_customer_id(struct cx *cx, struct db *db, struct str code, struct str rep, int64_t *id) {
    bool done = db_read(cx, db) && scope_customer(cx, db, code, rep, id);
    db_rollback(db);
    return done;
}

bool ledger_contacts_read(struct cx *cx, struct db *db, struct ledger_place after, struct str rep, int64_t most,
                          struct ledger_contact **out, size_t *n) {
    bool done = db_read(cx, db) && ledger_contacts(cx, db, after, rep, most, out, n);
    db_rollback(db);
    return done;
}

bool ledger_appointments_read(struct cx *cx, struct db *db, struct ledger_place after, struct str rep, int64_t most,
                              struct appointment_row **out, size_t *n) {
    bool done = db_read(cx, db) && ledger_appointments(cx, db, after, rep, most, out, n);
    db_rollback(db);
    return done;
}

bool ledger_flow(struct cx *cx, struct db *db, struct day as_of, enum flow_by by, struct flow_row **out, size_t *n) {
    struct score_run *run = arena_new(cx->arena, struct score_run, 1);
    const struct score_need need = {.as_of = as_of};
    const struct flow_wish wish = {.as_of = as_of, .by = by};
    bool done = score_for(cx, db, &need, NULL, run) && flow_make(cx, db, &wish, out, n);
    db_rollback(db);
    return done;
}

bool ledger_choices(struct cx *cx, struct db *db, struct choice **out, size_t *n) {
    bool done = db_read(cx, db) && choice_list(cx, db, CHOICE_NONE, false, out, n);
    db_rollback(db);
    return done;
}
