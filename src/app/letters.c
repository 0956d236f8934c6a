// SPDX-License-Identifier: Apache-2.0
/* letters -- see the header: who gets one, and its way into the outbox. What each says is in letters_text.c, what comes after in
 * letters_go.c.
 */
#include "app/letters.h"

#include <stdlib.h>

#include "app/letters_parts.h"
#include "app/outbox.h"
#include "app/scope.h"
#include "core/mailbox.h"
#include "store/gateway.h"
#include "store/setting.h"

enum { LOOK_AT_ONCE = 500, YEARS_OF_PRODUCTS = 2, YEAR_DAYS = 365, HOUR_S = 3600 };
static const int64_t SECOND_US = 1000000;

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

/* ---- whom it can go to ---- */

/* Of "Ana <ana@x>; b@y" the first that is one, in its one form. */
static enum letters_bar address_of(struct cx *cx, struct str field, struct str *out) {
    struct address address[ADDRESS_EACH];
    size_t n = address_each(ADDRESS_EMAIL, field, address);
    for (size_t i = 0; i < n; i++) {
        *out = str_copy(cx->arena, (struct str){address[i].text, address[i].n});
        if (mailbox_is(*out))
            return LETTERS_GOES;
    }
    *out = str_trim(field);
    return LETTERS_BAD_ADDRESS;
}

/* Of "3333-4444 / 98888-7777" the first mobile one that says its area, else the first that does. */
static enum letters_bar phone_of(struct cx *cx, struct str field, struct str *out, bool *landline) {
    struct address address[ADDRESS_EACH];
    size_t n = address_each(ADDRESS_PHONE, field, address);
    const struct address *best = NULL;
    for (size_t i = 0; i < n; i++)
        if (address_dials(&address[i]) && (best == NULL || (address_landline(best) && !address_landline(&address[i]))))
            best = &address[i];
    *landline = best != NULL && address_landline(best);
    *out = best != NULL ? str_copy(cx->arena, (struct str){best->text, best->n}) : str_trim(field);
    return best != NULL ? LETTERS_GOES : LETTERS_BAD_ADDRESS;
}

static struct letters_way way_of(struct cx *cx, const struct letters_wish *wish, const struct reach *reach,
                                 int64_t person_id, struct str name, struct str field) {
    struct letters_way way = {.person_id = person_id, .name = name};
    const struct reach_way *told = reach_of(reach, person_id);
    bool by_phone = letters_by_phone(wish);
    way.bar = by_phone ? phone_of(cx, field, &way.address, &way.landline) : address_of(cx, field, &way.address);
    const struct reach_bar *bar = told != NULL ? &told->by[by_phone ? REACH_MESSAGE : REACH_EMAIL] : NULL;
    if (way.bar == LETTERS_GOES && bar != NULL && bar->barred) {
        way.bar = LETTERS_SUPPRESSED;
        way.source = bar->source;
    }
    return way;
}

static const struct letters_way *first(const struct letters_seat *seat, bool agreed, bool landline) {
    for (size_t i = 0; i < seat->ways; i++)
        if (seat->way[i].bar == LETTERS_GOES && seat->way[i].agreed == agreed && seat->way[i].landline == landline)
            return &seat->way[i];
    return NULL;
}

/* Who agreed to it first, then the customer's own address, then whoever is there. A landline only where a person looks at it. */
static const struct letters_way *best(const struct letters_wish *wish, const struct letters_seat *seat) {
    const struct letters_way *way = first(seat, true, false);
    way = way != NULL ? way : first(seat, false, false);
    way = way != NULL || !wish->one ? way : first(seat, true, true);
    return way != NULL || !wish->one ? way : first(seat, false, true);
}

static const struct letters_way *chosen(const struct letters_wish *wish, const struct letters_seat *seat) {
    if (wish->person_id == LETTERS_ANY)
        return best(wish, seat);
    for (size_t i = 0; i < seat->ways; i++)
        if (seat->way[i].person_id == wish->person_id && seat->way[i].bar == LETTERS_GOES)
            return &seat->way[i];
    return NULL;
}

/* Why it can go to none of them. */
static void bar_put(const struct letters_wish *wish, struct letters_seat *seat) {
    bool landline = false;
    seat->bar = seat->ways == 0 ? LETTERS_NO_ADDRESS : seat->way[0].bar;
    for (size_t i = 0; i < seat->ways; i++)
        if (seat->way[i].bar == LETTERS_SUPPRESSED) {
            seat->bar = LETTERS_SUPPRESSED;
            seat->source = seat->way[i].source;
        } else
            landline = landline || (seat->way[i].landline && !wish->one);
    if (seat->bar != LETTERS_SUPPRESSED && landline)
        seat->bar = LETTERS_LANDLINE;
    if (seat->bar == LETTERS_GOES) /* not the address that was asked for */
        seat->bar = LETTERS_NO_ADDRESS;
}

static void ways_put(struct cx *cx, const struct letters_wish *wish, const struct mailing_party *party,
                     const struct reach *reach, const struct mailing_person *person, size_t persons,
                     struct letters_seat *seat) {
    struct letters_way *way = arena_new(cx->arena, struct letters_way, persons + 1);
    bool by_phone = letters_by_phone(wish);
    struct str own = by_phone ? party->phone : party->email;
    if (str_trim(own).n > 0)
        way[seat->ways++] = way_of(cx, wish, reach, 0, seat->customer, own);
    for (size_t i = 0; i < persons; i++) {
        struct str field = by_phone ? person[i].phone : person[i].email;
        if (str_trim(field).n == 0)
            continue;
        struct letters_way one = way_of(cx, wish, reach, person[i].id, person[i].name, field);
        one.agreed = (by_phone ? person[i].by_phone : person[i].by_email) == CONSENT_YES;
        way[seat->ways++] = one;
    }
    seat->way = way;
}

struct look {
    const struct letters_wish *wish;
    const struct mail_settings *mail;
    bool products; /* a field says what the customer buys */
    struct mailing_ways of;
    size_t at; /* the next of its persons */
};

static bool products_find(struct cx *cx, struct db *db, const struct look *look, int64_t customer_id,
                          struct str product[MAILING_PRODUCTS], size_t *n) {
    const struct day since = {look->wish->as_of.n - YEARS_OF_PRODUCTS * YEAR_DAYS};
    *n = 0;
    return !look->products || mailing_products(cx, db, customer_id, since, product, n);
}

/* What nobody can be told is kept apart from what the company forbids: the text is tried last. */
static bool seat_make(struct cx *cx, struct db *db, struct look *look, const struct mailing_party *party,
                      const struct reach *reach, struct letters_seat *seat) {
    const struct letters_wish *wish = look->wish;
    struct str product[MAILING_PRODUCTS], subject, text;
    struct merge_fault fault = {0};
    size_t products, first = look->at;
    while (look->at < look->of.persons && look->of.person[look->at].customer_id == party->customer_id)
        look->at++;
    *seat = (struct letters_seat){.customer_id = party->customer_id, .code = party->code, .again = DAY_NONE};
    seat->customer = party->name.n > 0 ? party->name : party->code;
    ways_put(cx, wish, party, reach, look->at > first ? look->of.person + first : NULL, look->at - first, seat);
    seat->to = chosen(wish, seat);
    if (!products_find(cx, db, look, party->customer_id, product, &products))
        return false;
    letters_values(cx, wish, look->mail, party, product, products, seat);
    if (seat->to == NULL)
        bar_put(wish, seat);
    else if (day_is(party->closed_on) && party->closed_on.n <= wish->as_of.n && !wish->asked)
        seat->bar = LETTERS_CLOSED;
    else if (reach->pressure.reached && !wish->asked) {
        seat->bar = LETTERS_PRESSED;
        seat->again = reach->pressure.next;
    } else if (!letters_merge(cx, wish, seat, &subject, &text, &fault)) {
        seat->bar = LETTERS_LACKING;
        seat->lacks = fault.field;
    }
    return true;
}

/* Some hundreds at a time: reach compares all it was asked for with each. */
static bool some_look(struct cx *cx, struct db *db, struct look *look, const int64_t *customer, size_t n,
                      struct letters_seat *seat, size_t *seats) {
    struct reach *reach = arena_new(cx->arena, struct reach, n + 1);
    look->at = 0;
    if (!mailing_way_list(cx, db, customer, n, &look->of) || !reach_look(cx, db, customer, n, look->wish->as_of, reach))
        return false;
    for (size_t i = 0, at = 0; i < look->of.parties; i++) {
        const struct mailing_party *party = &look->of.party[i];
        while (customer[at] != party->customer_id) /* both ascending; who is gone has no party */
            at++;
        if (!seat_make(cx, db, look, party, &reach[at], &seat[*seats]))
            return false;
        ++*seats;
    }
    return true;
}

struct addressed {
    struct str address;
    struct letters_seat *seat;
};

static int addressed_compare(const void *a, const void *b) {
    const struct addressed *x = a, *y = b;
    int order = str_compare(x->address, y->address);
    return order != 0 ? order : (x->seat > y->seat) - (x->seat < y->seat);
}

/* The first to have an address keeps it. */
static void twice_mark(struct arena *arena, struct letters_seat *seat, size_t n) {
    struct addressed *one = arena_new(arena, struct addressed, n + 1);
    size_t going = 0;
    for (size_t i = 0; i < n; i++)
        if (seat[i].bar == LETTERS_GOES)
            one[going++] = (struct addressed){seat[i].to->address, &seat[i]};
    qsort(one, going, sizeof *one, addressed_compare);
    for (size_t i = 1; i < going; i++)
        if (str_equal(one[i].address, one[i - 1].address))
            one[i].seat->bar = LETTERS_TWICE;
}

static bool uses(struct cx *cx, const struct letters_wish *wish, enum letter_field field) {
    struct merge_value all[LETTER_FIELDS];
    struct merge_fault fault;
    (void)template_fields(true, all);
    all[field] = all[LETTER_FIELDS - 1];
    return !wish->literal && (!merge_check(cx->arena, wish->letter.subject, all, LETTER_FIELDS, &fault) ||
                              !merge_check(cx->arena, wish->letter.body, all, LETTER_FIELDS, &fault));
}

/* Within the caller's transaction. */
static bool look_all(struct cx *cx, struct db *db, const struct letters_wish *wish, const struct mail_settings *mail,
                     struct letters_seat **out, size_t *n) {
    struct look look = {.wish = wish, .mail = mail, .products = uses(cx, wish, LETTER_PRODUCTS)};
    if (wish->n > LETTERS_MOST)
        return cx_fail(cx, ERR_LIMIT, S("letters.too_many"), cx_text(cx, "%d", LETTERS_MOST));
    *out = arena_new(cx->arena, struct letters_seat, wish->n + 1);
    *n = 0;
    for (size_t from = 0; from < wish->n; from += LOOK_AT_ONCE) {
        size_t some = wish->n - from < LOOK_AT_ONCE ? wish->n - from : LOOK_AT_ONCE;
        if (!some_look(cx, db, &look, wish->customer + from, some, *out, n))
            return false;
    }
    twice_mark(cx->arena, *out, *n);
    return true;
}

bool letters_customer(struct cx *cx, struct db *db, struct str code, struct str rep, int64_t *id) {
    bool done = db_read(cx, db) && scope_customer(cx, db, code, rep, id);
    db_rollback(db);
    return done;
}

bool letters_look(struct cx *cx, struct db *db, const struct letters_wish *wish, struct letters_seat **out, size_t *n) {
    struct mail_settings mail;
    bool done =
        db_read(cx, db) && mail_settings(cx, db, (struct str){0}, &mail) && look_all(cx, db, wish, &mail, out, n);
    db_rollback(db);
    return done;
}

/* ---- on their way ---- */

struct going {
    const struct letters_wish *wish;
    const struct mail_settings *mail;
    int64_t mailing_id, due_us;
    struct str offer, cause;
};

/* As it goes out. */
static void page_put(struct cx *cx, const struct letters_wish *wish, const struct letters_page *page,
                     struct outbox_wish *out) {
    if (letters_by_phone(wish)) {
        out->text = letters_brief(cx->arena, page);
        out->subject = letters_excerpt(cx->arena, page->text);
        return;
    }
    out->subject = page->subject;
    out->text = letters_plain(cx->arena, page);
    out->html = letters_html(cx->arena, page);
}

static bool seat_send(struct cx *cx, struct db *db, const struct going *g, const struct letters_seat *seat) {
    const struct letters_wish *wish = g->wish;
    struct letters_page page = {.mail = g->mail, .lang = wish->letter.lang, .token = outbox_token(cx->arena), .db = db};
    struct outbox_wish out = {.cause = g->cause,
                              .day = wish->today,
                              .channel = letters_by_phone(wish) ? MESSAGE_HTTP : MESSAGE_EMAIL,
                              .kind = MESSAGE_LETTER,
                              .gateway_id = wish->letter.gateway_id,
                              .customer_id = seat->customer_id,
                              .person_id = seat->to->person_id,
                              .from_user_id = wish->user_id,
                              .template_id = wish->letter.id,
                              .offer = g->offer,
                              .address = seat->to->address,
                              .name = seat->to->name,
                              .reply_to = wish->sender_email,
                              .token = page.token,
                              .due_us = g->due_us,
                              .now_us = wish->now_us};
    int64_t id;
    bool again;
    out.recipient = seat->to->person_id > 0 ? cx_text(cx, "person:%lld", (long long)seat->to->person_id)
                                            : cx_text(cx, "customer:%lld", (long long)seat->customer_id);
    if (!letters_write(cx, wish, seat, &page.subject, &page.text))
        return false;
    page_put(cx, wish, &page, &out);
    return outbox_put(cx, db, &out, &again, &id);
}

/* One after the other, and none into an hour in which customers get none. What was written is given back: it stands in the database. */
static bool seats_send(struct cx *cx, struct db *db, struct going *g, const struct letters_seat *seat, size_t n) {
    const struct letters_clock clock = {g->wish->now_us, g->wish->utc_offset_s};
    int64_t step_us = g->wish->per_hour > 0 ? HOUR_S * SECOND_US / g->wish->per_hour : 0;
    g->due_us = g->wish->now_us;
    for (size_t i = 0; i < n; i++) {
        if (seat[i].bar != LETTERS_GOES)
            continue;
        struct arena_mark mark = arena_mark_get(cx->arena);
        if (!letters_awake(cx, db, &g->mail->quiet, &clock, g->due_us, &g->due_us) || !seat_send(cx, db, g, &seat[i]))
            return false;
        arena_rewind(cx->arena, mark);
        g->due_us += step_us;
    }
    return true;
}

static bool gap_left(const struct letters_wish *wish) {
    static const struct str gap = {"___", 3};
    const struct str text[] = {wish->letter.subject, wish->letter.body};
    for (size_t t = 0; wish->one && t < 2; t++)
        for (size_t i = 0; i + gap.n <= text[t].n; i++)
            if (str_starts((struct str){text[t].p + i, text[t].n - i}, gap))
                return true;
    return false;
}

static bool wish_check(struct cx *cx, const struct letters_wish *wish, const struct mail_settings *mail) {
    bool by_phone = letters_by_phone(wish);
    if (str_trim(wish->letter.subject).n == 0 && !by_phone)
        return cx_fail(cx, ERR_INVALID, S("template.no_subject"));
    if (str_trim(wish->letter.body).n == 0)
        return cx_fail(cx, ERR_INVALID, S("template.no_body"));
    if (wish->letter.subject.n > TEMPLATE_SUBJECT_MOST)
        return cx_fail(cx, ERR_INVALID, S("template.subject_long"), cx_text(cx, "%d", TEMPLATE_SUBJECT_MOST));
    if (wish->letter.body.n > MERGE_TEXT_MOST)
        return cx_fail(cx, ERR_INVALID, S("template.body_long"), cx_text(cx, "%d", MERGE_TEXT_MOST));
    if (by_phone && template_characters(wish->letter.body) > TEMPLATE_BRIEF_MOST)
        return cx_fail(cx, ERR_INVALID, S("template.brief_long"), cx_text(cx, "%d", TEMPLATE_BRIEF_MOST));
    if (gap_left(wish))
        return cx_fail(cx, ERR_INVALID, S("letters.gap"), LETTERS_GAP);
    if ((mail->ready || by_phone) && mail->public_url.n == 0)
        return cx_fail(cx, ERR_INVALID, S("letters.no_public"));
    return true;
}

static bool gateway_check(struct cx *cx, struct db *db, const struct letters_wish *wish) {
    bool stands;
    return !letters_by_phone(wish) || (gateway_stands(cx, db, wish->letter.gateway_id, &stands) &&
                                       (stands || cx_fail(cx, ERR_INVALID, S("letters.no_gateway"))));
}

static struct mailing mailing_of(const struct letters_wish *wish, size_t n, size_t going) {
    const struct str none = {0};
    return (struct mailing){.template_id = wish->letter.id,
                            .name = wish->letter.name,
                            .subject = wish->one ? none : wish->letter.subject,
                            .body = wish->one ? none : wish->letter.body,
                            .offer = wish->letter.offer,
                            .user_id = wish->user_id,
                            .one = wish->one,
                            .asked = wish->asked,
                            .customers = (int64_t)going,
                            .left_out = (int64_t)(n - going),
                            .day = wish->today,
                            .token = wish->token,
                            .gateway_id = wish->letter.gateway_id,
                            .made_us = wish->now_us};
}

/* One is told which of the reasons it was; of many they were shown before. */
static bool nobody(struct cx *cx, const struct letters_wish *wish, const struct letters_seat *seat, size_t n) {
    struct str subject, text;
    if (!wish->one || n == 0)
        return cx_fail(cx, ERR_INVALID, S("letters.nobody"));
    if (seat->bar == LETTERS_LACKING)
        return letters_write(cx, wish, seat, &subject, &text);
    return cx_fail(cx, ERR_INVALID, S("letters.not_to"), seat->customer);
}

static bool letter_audit(struct cx *cx, struct db *db, const struct letters_wish *wish, const struct mailing *m) {
    return audit_add(
        cx, db, wish->now_us, wish->who, S("letter"), cx_text(cx, "%lld", (long long)m->id), (struct str){0},
        cx_text(cx, "template=%.*s gateway=%lld customers=%lld left_out=%lld offer=%s %.*s asked=%s", STR_ARG(m->name),
                (long long)m->gateway_id, (long long)m->customers, (long long)m->left_out,
                offer_kind_name(m->offer.kind), STR_ARG(m->offer.text), m->asked ? "yes" : "no"));
}

static bool send(struct cx *cx, struct db *db, const struct letters_wish *wish, struct letters_sent_report *out) {
    struct mail_settings mail;
    struct letters_seat *seat;
    size_t n, going = 0;
    bool again;
    if (!mailing_find_token(cx, db, wish->token, &again, &out->mailing_id) || again)
        return cx->err.code == ERR_NONE;
    if (!mail_settings(cx, db, (struct str){0}, &mail) || !wish_check(cx, wish, &mail) ||
        !gateway_check(cx, db, wish) || !look_all(cx, db, wish, &mail, &seat, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        going += seat[i].bar == LETTERS_GOES;
    if (going == 0)
        return nobody(cx, wish, seat, n);
    struct mailing mailing = mailing_of(wish, n, going);
    if (!mailing_add(cx, db, &mailing) || !letter_audit(cx, db, wish, &mailing))
        return false;
    *out = (struct letters_sent_report){mailing.id, mailing.customers, mailing.left_out};
    struct going g = {.wish = wish,
                      .mail = &mail,
                      .mailing_id = mailing.id,
                      .offer = letters_offer_text(cx, wish->letter.lang, &wish->letter.offer),
                      .cause = mailing_cause(cx, mailing.id)};
    return seats_send(cx, db, &g, seat, n);
}

bool letters_send(struct cx *cx, struct db *db, const struct letters_wish *wish, struct letters_sent_report *out) {
    *out = (struct letters_sent_report){0};
    if (wish->token.n == 0)
        return cx_fail(cx, ERR_INVALID, S("contact.bad_token"));
    return db_write(cx, db) && end(cx, db, send(cx, db, wish, out));
}

/* ---- a test ---- */

static bool test(struct cx *cx, struct db *db, const struct letters_wish *wish, struct str address) {
    struct mail_settings mail;
    struct letters_seat *seat;
    size_t n;
    int64_t id;
    bool again;
    if (!mail_settings(cx, db, (struct str){0}, &mail) || !gateway_check(cx, db, wish) ||
        !look_all(cx, db, wish, &mail, &seat, &n))
        return false;
    if (n == 0)
        return cx_fail(cx, ERR_INVALID, S("letters.no_example"));
    struct letters_page page = {.mail = &mail, .lang = wish->letter.lang};
    if (!letters_write(cx, wish, seat, &page.subject, &page.text))
        return false;
    page.subject = catalog_text(cx->arena, wish->letter.lang, S("letters.test_subject"), &page.subject, 1);
    struct outbox_wish out = {.cause = cx_text(cx, "test:%.*s", STR_ARG(wish->token)),
                              .recipient = cx_text(cx, "user:%lld", (long long)wish->user_id),
                              .day = wish->today,
                              .channel = letters_by_phone(wish) ? MESSAGE_HTTP : MESSAGE_EMAIL,
                              .kind = MESSAGE_TEST,
                              .gateway_id = wish->letter.gateway_id,
                              .user_id = wish->user_id,
                              .from_user_id = wish->user_id,
                              .template_id = wish->letter.id,
                              .address = address,
                              .name = wish->sender,
                              .now_us = wish->now_us};
    page_put(cx, wish, &page, &out);
    return outbox_put(cx, db, &out, &again, &id);
}

bool letters_test(struct cx *cx, struct db *db, const struct letters_wish *wish) {
    struct str address = wish->sender_email;
    bool landline;
    if (letters_by_phone(wish) && phone_of(cx, wish->sender_phone, &address, &landline) != LETTERS_GOES)
        return cx_fail(cx, ERR_INVALID, S("letters.no_own_phone"));
    if (address.n == 0)
        return cx_fail(cx, ERR_INVALID, S("letters.no_own_address"));
    return db_write(cx, db) && end(cx, db, test(cx, db, wish, address));
}
