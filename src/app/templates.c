// SPDX-License-Identifier: Apache-2.0
/* templates -- see the header. */
#include "app/templates.h"

#include "store/setting.h"

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

bool templates_list(struct cx *cx, struct db *db, struct template **out, size_t *n) {
    bool done = db_read(cx, db) && template_list(cx, db, out, n);
    db_rollback(db);
    return done;
}

bool templates_choices(struct cx *cx, struct db *db, struct template_choices *out) {
    bool done = db_read(cx, db) && template_choices(cx, db, out);
    db_rollback(db);
    return done;
}

static bool known(struct cx *cx, struct db *db, int64_t id, struct template *out) {
    bool found;
    return template_find(cx, db, id, &found, out) && (found || cx_fail(cx, ERR_NOT_FOUND, S("template.unknown")));
}

bool templates_find(struct cx *cx, struct db *db, int64_t id, struct template *out) {
    bool done = db_read(cx, db) && known(cx, db, id, out);
    db_rollback(db);
    return done;
}

/* ---- changing ---- */

static bool short_enough(struct cx *cx, struct str text, int most, const char *key) {
    return text.n <= (size_t)most || cx_fail(cx, ERR_INVALID, str_from(key), cx_text(cx, "%d", most));
}

/* The fault's own sentence, under a key that says which of the two texts it stands in. */
static bool text_good(struct cx *cx, struct str text, bool by_phone, enum lang lang, struct str key) {
    struct merge_value field[LETTER_FIELDS];
    struct merge_fault fault;
    struct cx own = {.arena = cx->arena};
    size_t fields = template_fields(by_phone, field);
    if (merge_check(cx->arena, text, field, fields, &fault))
        return true;
    (void)merge_fail(&own, &fault, (struct str){0});
    return cx_fail(cx, ERR_INVALID, key, catalog_error(cx->arena, lang, &own.err));
}

/* The offer is the template's own: a field of it that is empty here would be missing for every customer. */
static bool offer_there(struct cx *cx, const struct template *t, struct str text, struct str key) {
    struct merge_value field[LETTER_FIELDS];
    struct merge_fault fault;
    struct str written;
    (void)template_fields(true, field);
    for (int i = 0; i < LETTER_FIELDS; i++)
        field[i].value = S("x");
    if (str_trim(t->offer.text).n == 0)
        field[LETTER_OFFER].value = (struct str){0};
    if (!day_is(t->offer.until))
        field[LETTER_UNTIL].value = (struct str){0};
    return merge_write(cx->arena, text, field, LETTER_FIELDS, MERGE_TEXT, MERGE_TEXT_MOST, &written, &fault) ||
           fault.kind != MERGE_MISSING || cx_fail(cx, ERR_INVALID, key, cx_text(cx, "%zu", fault.line), fault.field);
}

static bool offer_good(struct cx *cx, const struct offer *offer) {
    struct merge_fault fault;
    bool words = str_trim(offer->text).n > 0;
    if (offer->kind != OFFER_NONE && !words)
        return cx_fail(cx, ERR_INVALID, S("template.no_offer"));
    if (offer->kind == OFFER_NONE && (words || day_is(offer->until)))
        return cx_fail(cx, ERR_INVALID, S("template.no_kind"));
    return merge_check(cx->arena, offer->text, NULL, 0, &fault) || cx_fail(cx, ERR_INVALID, S("template.offer_plain"));
}

bool templates_check(struct cx *cx, const struct template *t, enum lang lang) {
    if (str_trim(t->name).n == 0)
        return cx_fail(cx, ERR_INVALID, S("template.no_name"));
    bool by_phone = t->gateway_id != 0;
    if (str_trim(t->subject).n == 0 && !by_phone)
        return cx_fail(cx, ERR_INVALID, S("template.no_subject"));
    if (str_trim(t->body).n == 0)
        return cx_fail(cx, ERR_INVALID, S("template.no_body"));
    if (by_phone && template_characters(t->body) > TEMPLATE_BRIEF_MOST)
        return cx_fail(cx, ERR_INVALID, S("template.brief_long"), cx_text(cx, "%d", TEMPLATE_BRIEF_MOST));
    return offer_good(cx, &t->offer) && short_enough(cx, t->name, TEMPLATE_NAME_MOST, "template.name_long") &&
           short_enough(cx, t->subject, TEMPLATE_SUBJECT_MOST, "template.subject_long") &&
           short_enough(cx, t->offer.text, TEMPLATE_OFFER_MOST, "template.offer_long") &&
           text_good(cx, t->subject, by_phone, lang, S("template.in_subject")) &&
           text_good(cx, t->body, by_phone, lang, S("template.in_body")) &&
           offer_there(cx, t, t->subject, S("template.subject_lacks")) &&
           offer_there(cx, t, t->body, S("template.body_lacks"));
}

static struct str said(struct cx *cx, const struct template *t) {
    char until[DAY_TEXT];
    struct str until_on = {until, day_is(t->offer.until) ? day_iso(t->offer.until, until) : 0};
    struct str by = t->gateway_id == 0 ? S("e-mail") : cx_text(cx, "gateway %lld", (long long)t->gateway_id);
    return cx_text(cx, "name=%.*s by=%.*s language=%s subject=%.*s offer=%s %.*s until=%.*s retired=%s text=%.*s",
                   STR_ARG(t->name), STR_ARG(by), t->lang == LANG_EN ? "en" : "pt-BR", STR_ARG(t->subject),
                   offer_kind_name(t->offer.kind), STR_ARG(t->offer.text), STR_ARG(until_on),
                   t->retired_us > 0 ? "yes" : "no", STR_ARG(t->body));
}

/* One that is in use has a name of its own: it is chosen by it. */
static bool name_free(struct cx *cx, struct db *db, const struct template *template) {
    struct template *t;
    size_t n;
    struct str name = str_fold(cx->arena, template->name);
    if (!template_list(cx, db, &t, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        if (t[i].id != template->id && t[i].retired_us == 0 && str_equal(str_fold(cx->arena, t[i].name), name))
            return cx_fail(cx, ERR_INVALID, S("template.taken"), t[i].name);
    return true;
}

/* One that is retired sends nothing: whoever keeps it would find out from the first letter. */
static bool gateway_good(struct cx *cx, struct db *db, int64_t id) {
    bool stands;
    return id == 0 ||
           (gateway_stands(cx, db, id, &stands) && (stands || cx_fail(cx, ERR_INVALID, S("template.bad_gateway"))));
}

static bool change(struct cx *cx, struct db *db, const struct template *before, const struct template *after,
                   struct str who, int64_t now_us) {
    bool changed;
    if (!template_change(cx, db, after, &changed))
        return false;
    if (!changed)
        return cx_fail(cx, ERR_CONFLICT, S("template.changed"));
    return audit_add(cx, db, now_us, who, S("template"), after->name, said(cx, before), said(cx, after));
}

static bool add(struct cx *cx, struct db *db, struct template *t, struct str who, int64_t now_us) {
    int64_t greatest, n;
    if (!template_count(cx, db, &greatest, &n))
        return false;
    if (n >= TEMPLATES_MOST)
        return cx_fail(cx, ERR_LIMIT, S("template.too_many"), cx_text(cx, "%d", TEMPLATES_MOST));
    t->id = greatest + 1;
    t->made_us = now_us;
    return template_add(cx, db, t) &&
           audit_add(cx, db, now_us, who, S("template"), t->name, (struct str){0}, said(cx, t));
}

static bool put(struct cx *cx, struct db *db, const struct templates_wish *wish, int64_t *id) {
    struct template t = wish->template, before;
    bool again = false;
    t.name = str_trim(t.name);
    t.subject = t.gateway_id == 0 ? str_trim(t.subject) : (struct str){0};
    t.offer.text = str_trim(t.offer.text);
    if (t.offer.kind == OFFER_NONE)
        t.offer = (struct offer){.kind = OFFER_NONE, .until = DAY_NONE};
    if (t.id != 0) {
        if (!known(cx, db, t.id, &before))
            return false;
        t.retired_us = before.retired_us;
        *id = t.id;
        return name_free(cx, db, &t) && gateway_good(cx, db, t.gateway_id) &&
               change(cx, db, &before, &t, wish->who, wish->now_us);
    }
    if (!template_find_token(cx, db, t.token, &again, &before))
        return false;
    if (!again &&
        !(name_free(cx, db, &t) && gateway_good(cx, db, t.gateway_id) && add(cx, db, &t, wish->who, wish->now_us)))
        return false;
    *id = again ? before.id : t.id;
    return true;
}

bool templates_put(struct cx *cx, struct db *db, const struct templates_wish *wish, int64_t *id) {
    if (wish->template.id == 0 && wish->template.token.n == 0)
        return cx_fail(cx, ERR_INVALID, S("contact.bad_token"));
    return templates_check(cx, &wish->template, wish->lang) && db_write(cx, db) && end(cx, db, put(cx, db, wish, id));
}

static bool retire(struct cx *cx, struct db *db, int64_t id, int64_t version, bool retired, struct str who,
                   int64_t now_us) {
    struct template before;
    if (!known(cx, db, id, &before))
        return false;
    if ((before.retired_us > 0) == retired)
        return true; /* sent twice */
    struct template after = before;
    after.version = version;
    after.retired_us = retired ? now_us : 0;
    return (retired || name_free(cx, db, &after)) && change(cx, db, &before, &after, who, now_us);
}

bool templates_retire(struct cx *cx, struct db *db, int64_t id, int64_t version, bool retired, struct str who,
                      int64_t now_us) {
    return db_write(cx, db) && end(cx, db, retire(cx, db, id, version, retired, who, now_us));
}

/* ---- a first set ---- */

/* In the catalogs a field stands between < and >: there a brace is a place for an argument. */
static struct str usual_text(struct cx *cx, enum lang lang, const char *what, int i) {
    struct str key = cx_text(cx, "template_usual.%s_%d", what, i);
    char *text = str_terminated(cx->arena, catalog_text(cx->arena, lang, key, NULL, 0));
    for (char *p = text; *p != '\0'; p++)
        *p = (char)(*p == '<' ? '{' : *p == '>' ? '}' : *p);
    return str_from(text);
}

static bool usual(struct cx *cx, struct db *db, enum lang lang, struct str who, int64_t now_us, size_t *added) {
    enum { USUAL = 3 };
    int64_t greatest, n;
    if (!template_count(cx, db, &greatest, &n))
        return false;
    for (int i = 1; n == 0 && i <= USUAL; i++) {
        struct template t = {.name = usual_text(cx, lang, "name", i),
                             .subject = usual_text(cx, lang, "subject", i),
                             .body = usual_text(cx, lang, "body", i),
                             .lang = lang,
                             .offer = {.text = usual_text(cx, lang, "offer", i), .until = DAY_NONE},
                             .token = cx_text(cx, "usual-%d", i)};
        t.offer.kind = t.offer.text.n > 0 ? OFFER_DISCOUNT : OFFER_NONE;
        if (!templates_check(cx, &t, lang) || !add(cx, db, &t, who, now_us))
            return false;
        ++*added;
    }
    return true;
}

bool templates_usual(struct cx *cx, struct db *db, enum lang lang, struct str who, int64_t now_us, size_t *added) {
    *added = 0;
    return db_write(cx, db) && end(cx, db, usual(cx, db, lang, who, now_us, added));
}
