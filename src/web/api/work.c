// SPDX-License-Identifier: Apache-2.0
/* work -- contacts, appointments and tags: read, and written by the same use cases as on the pages.
 */
#include "app/appointment.h"
#include "app/contact.h"
#include "app/ledger.h"
#include "app/tags.h"
#include "web/api/handlers.h"
#include "web/api/write.h"

/* ---- places: when a row was written, and its id ---- */

static struct str place_of(struct api *api, int64_t at_us, int64_t id) {
    return cx_text(api->cx, "%lld,%lld", (long long)at_us, (long long)id);
}

static bool place_read(struct api *api, const char *since, struct ledger_place *out) {
    struct str at, id;
    *out = (struct ledger_place){0, 0};
    if (api_query(api, since).n > 0 && mould_moment(api_query(api, since), &out->at_us))
        out->at_us -= 1; /* what was written at that very moment is wanted */
    if (api->place.n == 0)
        return true;
    if (str_cut(api->place, ',', &at, &id) && page_number(at, &out->at_us) && page_number(id, &out->id))
        return true;
    api->field = S("cursor");
    return cx_fail(api->cx, ERR_INVALID, S("api.bad_cursor"), S("cursor"));
}

static int64_t shown(const struct api *api, size_t n) {
    return (int64_t)n < api->limit ? (int64_t)n : api->limit;
}

/* ---- contacts ---- */

bool api_contacts_list(struct api *api) {
    struct ledger_place after;
    struct ledger_contact *row;
    size_t n;
    if (!place_read(api, "logged_since", &after) ||
        !ledger_contacts_read(api->cx, api->db, after, api->rep, api->limit + 1, &row, &n))
        return false;
    int64_t rows = shown(api, n);
    api_page_begin(api);
    for (int64_t i = 0; i < rows; i++) {
        answer_object(&api->out, NULL);
        write_contact(api, &row[i].row, row[i].code);
        answer_object_end(&api->out);
    }
    const struct contact *last = rows > 0 ? &row[rows - 1].row.contact : NULL;
    api_page_end(api, (int64_t)n > rows ? place_of(api, last->made_us, last->id) : (struct str){0});
    return true;
}

bool api_customer_contacts(struct api *api) {
    struct dossier *d = arena_new(api->arena, struct dossier, 1);
    struct page *page = api->page;
    int64_t rows = 0, after, last = 0;
    if (!api_from_id(api, &after) || !ledger_customer(api->cx, api->db, page->arg[0], api->rep, page->as_of, d))
        return false;
    size_t i = 0;
    while (after > 0 && i < d->contacts && d->contact[i].contact.id != after)
        i++;
    api_page_begin(api);
    for (i += after > 0; i < d->contacts && rows < api->limit; i++, rows++) {
        answer_object(&api->out, NULL);
        write_contact(api, &d->contact[i], page->arg[0]);
        answer_object_end(&api->out);
        last = d->contact[i].contact.id;
    }
    api_page_end(api, i < d->contacts ? api_place_id(api, last) : (struct str){0});
    return true;
}

static struct day company_day(struct page *page, int64_t at_us) {
    return (struct day){(int32_t)((at_us / 1000000 + page_config(page)->utc_offset_s(at_us)) / 86400)};
}

static int minute_of(const struct api *api, const char *name, int absent) {
    int minute;
    return mould_time(api_text(api, name), &minute) ? minute : absent;
}

bool api_contact_log(struct api *api) {
    struct page *page = api->page;
    struct contact_wish wish = {.code = page->arg[0],
                                .rep = api->rep,
                                .user_id = page->user.id,
                                .who = api->who,
                                .at_us = page->now_us,
                                .now_us = page->now_us,
                                .today = page->as_of,
                                .person_id = api_int(api, "person_id", 0),
                                .occurrence_id = api_int(api, "occurrence_id", 0),
                                .reason_id = api_int(api, "reason_id", 0),
                                .objection_id = api_int(api, "objection_id", 0),
                                .worklist_id = api_int(api, "worklist_id", 0),
                                .appointment_id = api_int(api, "appointment_id", 0),
                                .value_cents = api_money(api, "value"),
                                .note = api_text(api, "note"),
                                .next_on = api_day(api, "next_on"),
                                .next_minute = minute_of(api, "next_time", APPOINTMENT_ANY_TIME),
                                .token = api->once};
    struct contact_made made;
    (void)contact_channel_parse(api_text(api, "channel"), &wish.channel);
    (void)contact_outcome_parse(api_text(api, "outcome"), &wish.outcome);
    if (api_has(api, "at"))
        (void)mould_moment(api_text(api, "at"), &wish.at_us);
    if (wish.at_us < 0 || wish.at_us > page->now_us) {
        api->field = S("at");
        return cx_fail(api->cx, ERR_INVALID, S("api.not_yet"), S("at"));
    }
    wish.day = api_has(api, "at") ? company_day(page, wish.at_us) : page->as_of;
    if (!contact_log(api->cx, api->db, &wish, &made))
        return false;
    answer_object(&api->out, NULL);
    answer_number(&api->out, "id", made.contact_id);
    answer_bool(&api->out, "repeated", made.repeated);
    answer_day(&api->out, "next_on", made.next_on);
    answer_bool(&api->out, "given_up", made.given_up);
    answer_bool(&api->out, "closed", made.closed);
    answer_object_end(&api->out);
    return true;
}

bool api_choices_list(struct api *api) {
    struct choice *choice;
    size_t n, at = 0;
    int64_t after, rows = 0;
    if (!api_from_id(api, &after) || !ledger_choices(api->cx, api->db, &choice, &n))
        return false;
    while (after > 0 && at < n && choice[at].id != after)
        at++;
    api_page_begin(api);
    for (at += after > 0; at < n && rows < api->limit; at++, rows++) {
        answer_object(&api->out, NULL);
        answer_number(&api->out, "id", choice[at].id);
        answer_chars(&api->out, "kind", choice_kind_name(choice[at].kind));
        answer_text(&api->out, "name", choice[at].name);
        answer_text(&api->out, "argument", choice[at].argument);
        answer_object_end(&api->out);
    }
    api_page_end(api, at < n ? api_place_id(api, choice[at - 1].id) : (struct str){0});
    return true;
}

/* ---- appointments ---- */

bool api_appointments_list(struct api *api) {
    struct ledger_place after;
    struct appointment_row *row;
    size_t n;
    if (!place_read(api, "changed_since", &after) ||
        !ledger_appointments_read(api->cx, api->db, after, api->rep, api->limit + 1, &row, &n))
        return false;
    int64_t rows = shown(api, n);
    api_page_begin(api);
    for (int64_t i = 0; i < rows; i++) {
        answer_object(&api->out, NULL);
        write_appointment(api, &row[i], row[i].code);
        answer_object_end(&api->out);
    }
    const struct appointment *last = rows > 0 ? &row[rows - 1].appointment : NULL;
    api_page_end(api, (int64_t)n > rows ? place_of(api, last->changed_us, last->id) : (struct str){0});
    return true;
}

bool api_customer_appointments(struct api *api) {
    struct appointment_row *row;
    struct page *page = api->page;
    int64_t rows = 0, after, last = 0;
    size_t n, i = 0;
    if (!api_from_id(api, &after) || !appointment_of_customer(api->cx, api->db, page->arg[0], api->rep, 0, &row, &n))
        return false;
    while (after > 0 && i < n && row[i].appointment.id != after)
        i++;
    api_page_begin(api);
    for (i += after > 0; i < n && rows < api->limit; i++, rows++) {
        answer_object(&api->out, NULL);
        write_appointment(api, &row[i], page->arg[0]);
        answer_object_end(&api->out);
        last = row[i].appointment.id;
    }
    api_page_end(api, i < n ? api_place_id(api, last) : (struct str){0});
    return true;
}

static bool one_find(struct api *api, int64_t id, struct appointment_row *out) {
    struct appointment_row *row;
    struct page *page = api->page;
    size_t n;
    if (!appointment_of_customer(api->cx, api->db, page->arg[0], api->rep, 0, &row, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        if (row[i].appointment.id == id) {
            *out = row[i];
            return true;
        }
    return cx_fail(api->cx, ERR_NOT_FOUND, S("appointment.unknown"));
}

static bool one_write(struct api *api, int64_t id) {
    struct appointment_row row;
    if (!one_find(api, id, &row))
        return false;
    answer_object(&api->out, NULL);
    write_appointment(api, &row, api->page->arg[0]);
    answer_object_end(&api->out);
    return true;
}

bool api_appointment_show(struct api *api) {
    int64_t id;
    return api_id(api, 1, &id) && one_write(api, id);
}

static struct appointment_wish wish_of(struct api *api, const struct appointment *standing) {
    struct page *page = api->page;
    struct appointment_wish wish = {.code = page->arg[0],
                                    .rep = api->rep,
                                    .id = standing->id,
                                    .version = api->version > 0 ? api->version : standing->version,
                                    .user_id = standing->id == 0 ? page->user.id : 0,
                                    .asker_id = page->user.id,
                                    .role = page->user.role,
                                    .who = api->who,
                                    .day = standing->day,
                                    .today = page->as_of,
                                    .minute = standing->minute,
                                    .channel = standing->channel,
                                    .note = standing->note,
                                    .token = api->once,
                                    .now_us = page->now_us};
    const struct json_value *time = json_member(&api->body, S("time"));
    if (api_has(api, "day"))
        wish.day = api_day(api, "day");
    if (time != NULL)
        wish.minute = minute_of(api, "time", APPOINTMENT_ANY_TIME);
    if (api_has(api, "channel"))
        (void)contact_channel_parse(api_text(api, "channel"), &wish.channel);
    if (json_member(&api->body, S("note")) != NULL)
        wish.note = api_text(api, "note");
    return wish;
}

bool api_appointment_make(struct api *api) {
    struct appointment made;
    const struct appointment none = {.day = DAY_NONE, .minute = APPOINTMENT_ANY_TIME};
    const struct appointment_wish wish = wish_of(api, &none);
    return appointment_make(api->cx, api->db, &wish, &made) && one_write(api, made.id);
}

bool api_appointment_move(struct api *api) {
    struct appointment_row standing;
    struct appointment moved;
    int64_t id;
    if (!api_id(api, 1, &id) || !one_find(api, id, &standing))
        return false;
    const struct appointment_wish wish = wish_of(api, &standing.appointment);
    return appointment_move(api->cx, api->db, &wish, &moved) && one_write(api, id);
}

static bool settle(struct api *api, enum appointment_state state) {
    struct appointment_row standing;
    struct appointment settled;
    int64_t id;
    if (!api_id(api, 1, &id) || !one_find(api, id, &standing))
        return false;
    const struct appointment_wish wish = wish_of(api, &standing.appointment);
    return appointment_settle(api->cx, api->db, &wish, state, &settled) && one_write(api, id);
}

bool api_appointment_done(struct api *api) {
    return settle(api, APPOINTMENT_KEPT);
}

bool api_appointment_off(struct api *api) {
    return settle(api, APPOINTMENT_OFF);
}

/* ---- tags ---- */

bool api_tags_show(struct api *api) {
    struct dossier *d = arena_new(api->arena, struct dossier, 1);
    if (!ledger_customer(api->cx, api->db, api->page->arg[0], api->rep, api->page->as_of, d))
        return false;
    answer_object(&api->out, NULL);
    answer_array(&api->out, "tags");
    for (size_t i = 0; i < d->tags; i++)
        answer_text(&api->out, NULL, d->tag[i]);
    answer_array_end(&api->out);
    answer_object_end(&api->out);
    return true;
}

static bool tag_set(struct api *api, bool take) {
    const struct tags_wish wish = {.code = api->page->arg[0],
                                   .rep = api->rep,
                                   .name = api->page->arg[1],
                                   .take = take,
                                   .may_revive = page_may(api->page, PERM_CHOICE_WRITE),
                                   .who = api->who,
                                   .now_us = api->page->now_us};
    return tags_change(api->cx, api->db, &wish) && api_tags_show(api);
}

bool api_tag_put(struct api *api) {
    return tag_set(api, false);
}

bool api_tag_take(struct api *api) {
    return tag_set(api, true);
}
