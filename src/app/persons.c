// SPDX-License-Identifier: Apache-2.0
/* persons -- see persons.h. A form sent twice is answered twice and kept once: the token decides, in the database.
 */
#include "app/persons.h"

#include "app/scope.h"
#include "base/secret.h"
#include "store/person.h"
#include "store/setting.h"

static struct str day_text(struct cx *cx, struct day day) {
    char text[DAY_TEXT];
    return str_copy(cx->arena, (struct str){text, day_iso(day, text)});
}

static struct str shown(struct cx *cx, const struct person *p) {
    return cx_text(
        cx, "name=%.*s position=%.*s phone=%.*s email=%.*s may_call=%s may_mail=%s on=%.*s source=%.*s retired=%s",
        STR_ARG(p->name), STR_ARG(p->position), STR_ARG(p->phone), STR_ARG(p->email), consent_name(p->consent_phone),
        consent_name(p->consent_email), STR_ARG(day_text(cx, p->consent_on)), STR_ARG(p->consent_source),
        p->retired_us > 0 ? "yes" : "no");
}

static bool add(struct cx *cx, struct db *db, const struct persons_wish *wish, int64_t customer_id) {
    bool added = false;
    if (wish->token.n != SECRET_TOKEN)
        return cx_fail(cx, ERR_INVALID, S("web.form_old"));
    struct person person = wish->person;
    person.made_us = wish->now_us;
    if (!person_add(cx, db, customer_id, &person, wish->token, &added))
        return false;
    return !added ||
           audit_add(cx, db, wish->now_us, wish->who, S("person"), wish->code, (struct str){0}, shown(cx, &person));
}

static bool change(struct cx *cx, struct db *db, const struct persons_wish *wish, int64_t customer_id,
                   struct person *now) {
    bool found = false, changed = false;
    if (!person_find(cx, db, customer_id, wish->person.id, &found, now))
        return false;
    if (!found)
        return cx_fail(cx, ERR_NOT_FOUND, S("person.unknown"));
    if (now->retired_us > 0 && wish->person.retired_us > 0)
        return true;
    if (!person_change(cx, db, customer_id, &wish->person, &changed))
        return false;
    if (!changed)
        return cx_fail(cx, ERR_CONFLICT, S("person.changed"), now->name);
    return audit_add(cx, db, wish->now_us, wish->who, S("person"), wish->code, shown(cx, now),
                     shown(cx, &wish->person));
}

static bool put(struct cx *cx, struct db *db, const struct persons_wish *wish, struct person *now) {
    int64_t customer_id;
    return scope_customer(cx, db, wish->code, wish->rep, &customer_id) &&
           (wish->person.id == 0 ? add(cx, db, wish, customer_id) : change(cx, db, wish, customer_id, now));
}

bool persons_put(struct cx *cx, struct db *db, const struct persons_wish *wish, struct person *now) {
    struct person_fault fault[PERSON_FAULTS];
    *now = wish->person;
    if (wish->person.retired_us == 0 && person_check(&wish->person, wish->today, fault) > 0)
        return cx_fail(cx, ERR_INVALID, fault[0].text);
    if (!db_write(cx, db))
        return false;
    if (put(cx, db, wish, now) && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

bool persons_find(struct cx *cx, struct db *db, struct str code, struct str rep, int64_t id, struct person *out) {
    int64_t customer_id;
    bool found = false;
    bool done = db_read(cx, db) && scope_customer(cx, db, code, rep, &customer_id) &&
                person_find(cx, db, customer_id, id, &found, out);
    db_rollback(db);
    return done && ((found && out->retired_us == 0) || cx_fail(cx, ERR_NOT_FOUND, S("person.unknown")));
}
