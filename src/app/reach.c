// SPDX-License-Identifier: Apache-2.0
/* reach -- see the header. What was read is remembered under the picture of the database; what follows from it is worked out each time,
 * as it is little. */
#include "app/reach.h"

#include "app/settings.h"
#include "base/pack.h"
#include "store/picture.h"

/* What was read. */
struct reading {
    struct pressure_limit limit;
    struct reach_row *row;
    size_t rows;
    struct reach_contact *contact;
    size_t contacts;
    struct suppression_hit *hit;
    size_t hits;
};

/* ---- reading ---- */

static bool limit_read(struct cx *cx, struct db *db, struct pressure_limit *out) {
    return settings_number(cx, db, SETTING_CONTACT_LIMIT, &out->most) &&
           settings_number(cx, db, SETTING_CONTACT_LIMIT_DAYS, &out->days);
}

static size_t hashes_of(const struct db *db, enum address_kind kind, struct str text, int64_t out[ADDRESS_EACH]) {
    struct address address[ADDRESS_EACH];
    size_t n = address_each(kind, text, address);
    for (size_t i = 0; i < n; i++)
        out[i] = suppression_hash(db, &address[i]);
    return n;
}

static bool hits_read(struct cx *cx, struct db *db, struct day as_of, struct reading *r) {
    int64_t *hash = arena_new(cx->arena, int64_t, r->rows * 3 * ADDRESS_EACH + 1);
    size_t n = 0;
    for (size_t i = 0; i < r->rows; i++) {
        n += hashes_of(db, ADDRESS_PHONE, r->row[i].phone, hash + n);
        n += hashes_of(db, ADDRESS_EMAIL, r->row[i].email, hash + n);
        n += hashes_of(db, ADDRESS_TAX_ID, r->row[i].tax_id, hash + n);
    }
    return suppression_among(cx, db, hash, n, as_of, &r->hit, &r->hits);
}

static bool read_all(struct cx *cx, struct db *db, const int64_t *customer, size_t n, struct day as_of,
                     struct reading *r) {
    return limit_read(cx, db, &r->limit) && reach_address(cx, db, customer, n, &r->row, &r->rows) &&
           (r->limit.most == 0 || reach_contact(cx, db, customer, n, (struct day){as_of.n - (int32_t)r->limit.days},
                                                &r->contact, &r->contacts)) &&
           hits_read(cx, db, as_of, r);
}

/* ---- what is remembered ---- */

static const size_t row_texts[] = {offsetof(struct reach_row, phone), offsetof(struct reach_row, email),
                                   offsetof(struct reach_row, tax_id)};
static const size_t hit_texts[] = {offsetof(struct suppression_hit, state)};
static const struct pack_kind row_kind = {sizeof(struct reach_row), row_texts, 3},
                              contact_kind = {sizeof(struct reach_contact), NULL, 0},
                              hit_kind = {sizeof(struct suppression_hit), hit_texts, 1};

/* Who gives these another text puts it above, then the size here. */
_Static_assert(sizeof(void *) != 8 || sizeof(struct reach_row) == 72, "a text of reach_row for row_texts?");
_Static_assert(sizeof(void *) != 8 || sizeof(struct suppression_hit) == 40, "a text of suppression_hit for hit_texts?");

static struct str packed(struct arena *arena, const struct reading *r) {
    const struct str part[] = {pack_list(arena, &row_kind, r->row, r->rows),
                               pack_list(arena, &contact_kind, r->contact, r->contacts),
                               pack_list(arena, &hit_kind, r->hit, r->hits)};
    struct buf to;
    buf_init(&to, arena, 0);
    pack_bytes(&to, &r->limit, sizeof r->limit);
    pack_parts(&to, part, sizeof part / sizeof *part);
    return buf_str(&to);
}

static void unpacked(struct arena *arena, struct str from, struct reading *r) {
    (void)pack_bytes_take(&from, &r->limit, sizeof r->limit);
    r->row = pack_part_take(arena, &from, &row_kind, &r->rows);
    r->contact = pack_part_take(arena, &from, &contact_kind, &r->contacts);
    r->hit = pack_part_take(arena, &from, &hit_kind, &r->hits);
}

static bool read_recalled(struct cx *cx, struct db *db, const int64_t *customer, size_t n, struct day as_of,
                          struct reading *r) {
    struct picture_ask ask;
    struct str known;
    struct buf key;
    bool found;
    buf_init(&key, cx->arena, 0);
    buf_put(&key, S("reach"));
    pack_bytes(&key, &as_of.n, sizeof as_of.n);
    pack_bytes(&key, customer, n * sizeof *customer);
    if (!picture_find(cx, db, buf_str(&key), &ask, &found, &known))
        return false;
    if (found) {
        unpacked(cx->arena, known, r);
        return true;
    }
    if (!read_all(cx, db, customer, n, as_of, r))
        return false;
    if (picture_recalls(db))
        picture_keep(db, &ask, packed(cx->arena, r));
    return true;
}

/* ---- what follows ---- */

static void bar(struct reach_bar *to, const struct suppression_hit *hit) {
    if (!to->barred)
        *to = (struct reach_bar){true, hit->source, hit->day, hit->until, hit->state};
}

/* All that holds for the addresses in one field, on the channels that such an address serves. The lists of states hold for messages as for
 * calls; lists: they count. */
static void field_bar(const struct db *db, const struct reading *r, enum address_kind kind, struct str text, bool lists,
                      struct reach_way *way, bool *all) {
    static const enum suppression_channel channel_of[REACH_CHANNELS] = {SUPPRESSION_CALL, SUPPRESSION_MESSAGE,
                                                                        SUPPRESSION_EMAIL, SUPPRESSION_LETTER};
    int64_t hash[ADDRESS_EACH];
    size_t n = hashes_of(db, kind, text, hash);
    for (size_t i = 0; i < n; i++)
        for (size_t h = 0; h < r->hits; h++) {
            const struct suppression_hit *hit = &r->hit[h];
            if (hit->hash != hash[i] || (hit->source == SUPPRESSION_BLOCK && !lists))
                continue;
            *all = *all || hit->channel == SUPPRESSION_ALL;
            for (int c = 0; c < REACH_CHANNELS; c++) {
                bool serves =
                    kind == ADDRESS_TAX_ID || (c == REACH_EMAIL ? kind == ADDRESS_EMAIL : kind == ADDRESS_PHONE);
                if (serves && (suppression_bars(hit->channel, channel_of[c]) || hit->source == SUPPRESSION_BLOCK))
                    bar(&way->by[c], hit);
            }
        }
}

static struct reach_way way_of(const struct db *db, const struct reading *r, const struct reach_row *row,
                               const struct reach_row *owner, bool *all) {
    struct reach_way way = {.person_id = row->person_id, .has_phone = row->phone.n > 0, .has_email = row->email.n > 0};
    bool ignored = false;
    const struct suppression_hit answer = {.source = SUPPRESSION_CONSENT, .day = DAY_NONE, .until = DAY_NONE};
    if (row->consent_phone == CONSENT_NO) {
        bar(&way.by[REACH_CALL], &answer);
        bar(&way.by[REACH_MESSAGE], &answer);
    }
    if (row->consent_email == CONSENT_NO)
        bar(&way.by[REACH_EMAIL], &answer);
    field_bar(db, r, ADDRESS_TAX_ID, owner->tax_id, true, &way, all);
    field_bar(db, r, ADDRESS_PHONE, row->phone, true, &way, &ignored);
    field_bar(db, r, ADDRESS_EMAIL, row->email, true, &way, &ignored);
    return way;
}

/* What one that was merged into it asked for holds for the customer: of its tax number for everybody there, of its own phone and e-mail
 * for the customer's. That a state lists a number says nothing of another number. */
static void merged_bar(const struct db *db, const struct reading *r, const struct reach_row *row, struct reach *out,
                       bool *all) {
    bool ignored = false;
    for (size_t i = 0; i < out->ways; i++)
        field_bar(db, r, ADDRESS_TAX_ID, row->tax_id, false, &out->way[i], all);
    field_bar(db, r, ADDRESS_PHONE, row->phone, false, &out->way[0], &ignored);
    field_bar(db, r, ADDRESS_EMAIL, row->email, false, &out->way[0], &ignored);
}

static bool none_left(const struct reach *reach) {
    size_t addresses = 0, usable = 0;
    for (size_t i = 0; i < reach->ways; i++) {
        const struct reach_way *w = &reach->way[i];
        addresses += (size_t)w->has_phone + (size_t)w->has_email;
        usable += w->has_phone && (!w->by[REACH_CALL].barred || !w->by[REACH_MESSAGE].barred);
        usable += w->has_email && !w->by[REACH_EMAIL].barred;
    }
    return addresses > 0 && usable == 0;
}

static struct pressure pressed(struct cx *cx, const struct reading *r, int64_t customer, struct day as_of) {
    struct day *day = arena_new(cx->arena, struct day, r->contacts + 1);
    size_t n = 0;
    for (size_t i = 0; i < r->contacts; i++)
        if (r->contact[i].customer_id == customer)
            day[n++] = r->contact[i].day;
    return pressure_of(&r->limit, day, n, as_of);
}

static void reach_make(struct cx *cx, const struct db *db, const struct reading *r, int64_t customer, struct day as_of,
                       struct reach *out) {
    const struct reach_row *owner = NULL;
    bool all = false;
    *out = (struct reach){.customer_id = customer, .limit = r->limit, .pressure = pressed(cx, r, customer, as_of)};
    out->way = arena_new(cx->arena, struct reach_way, r->rows + 1);
    for (size_t i = 0; i < r->rows; i++)
        if (r->row[i].customer_id == customer && r->row[i].person_id == 0)
            owner = &r->row[i];
    if (owner == NULL)
        return;
    out->way[out->ways++] = way_of(db, r, owner, owner, &all);
    for (size_t i = 0; i < r->rows; i++)
        if (r->row[i].customer_id == customer && r->row[i].person_id > 0)
            out->way[out->ways++] = way_of(db, r, &r->row[i], owner, &all);
    for (size_t i = 0; i < r->rows; i++)
        if (r->row[i].customer_id == customer && r->row[i].person_id == REACH_MERGED)
            merged_bar(db, r, &r->row[i], out, &all);
    out->none = all || none_left(out);
}

bool reach_look(struct cx *cx, struct db *db, const int64_t *customer, size_t n, struct day as_of, struct reach *out) {
    struct reading reading = {.row = NULL};
    if (n == 0)
        return true;
    if (!read_recalled(cx, db, customer, n, as_of, &reading))
        return false;
    for (size_t i = 0; i < n; i++)
        reach_make(cx, db, &reading, customer[i], as_of, &out[i]);
    return true;
}

const struct reach_way *reach_of(const struct reach *reach, int64_t person_id) {
    for (size_t i = 0; i < reach->ways; i++)
        if (reach->way[i].person_id == person_id)
            return &reach->way[i];
    return NULL;
}

bool reach_calls(struct cx *cx, struct db *db, const struct reach_phone *phone, size_t n, struct day as_of) {
    int64_t *id = arena_new(cx->arena, int64_t, n + 1);
    struct reach *reach = arena_new(cx->arena, struct reach, n + 1);
    for (size_t i = 0; i < n; i++)
        id[i] = phone[i].customer_id;
    bool done = n == 0 || (db_read(cx, db) && reach_look(cx, db, id, n, as_of, reach));
    db_rollback(db);
    for (size_t i = 0; done && i < n; i++) {
        const struct reach_way *own = reach_of(&reach[i], 0);
        if (own != NULL && own->by[REACH_CALL].barred)
            *phone[i].phone = (struct str){0};
    }
    return done;
}
