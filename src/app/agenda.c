// SPDX-License-Identifier: Apache-2.0
/* agenda -- see the header. Must not write. */
#include "app/agenda.h"

#include "app/reach.h"
#include "base/secret.h"
#include "format/calendar.h"
#include "store/user.h"

enum { VISIT_MINUTES = 60, CALL_MINUTES = 20, WARN_MINUTES = 15, DAY_S = 86400 };

int64_t agenda_moment(struct day day, int minute, int32_t (*utc_offset_s)(int64_t at_us)) {
    int64_t local = ((int64_t)day.n * DAY_S + (int64_t)minute * 60) * 1000000;
    /* The offset is known by the moment that is looked for: one more look is enough, zones move by an hour. */
    int64_t before = local - (int64_t)utc_offset_s(local - INT64_C(86400000000)) * 1000000;
    if (before + (int64_t)utc_offset_s(before) * 1000000 == local)
        return before;
    return local - (int64_t)utc_offset_s(before) * 1000000;
}

static struct str named(const struct appointment_row *row) {
    return row->customer.n > 0 ? row->customer : row->code;
}

static struct str url_of(struct cx *cx, const struct agenda_feed *feed, struct str code) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    struct buf to;
    buf_init(&to, cx->arena, 0);
    buf_put(&to, feed->base);
    buf_put(&to, S("/customers/"));
    for (size_t i = 0; i < code.n; i++) {
        bool keeps = false;
        for (size_t k = 0; plain[k] != 0; k++)
            keeps = keeps || plain[k] == code.p[i];
        if (keeps)
            buf_char(&to, code.p[i]);
        else
            buf_printf(&to, "%%%02X", (unsigned)(unsigned char)code.p[i]);
    }
    return buf_str(&to);
}

static struct calendar_event event_of(struct cx *cx, const struct agenda_feed *feed, enum lang lang,
                                      const struct appointment_row *row) {
    const struct appointment *a = &row->appointment;
    bool timed = a->minute != APPOINTMENT_ANY_TIME;
    struct str channel = str_from(contact_channel_name(a->channel));
    struct str how = catalog_text(cx->arena, lang, cx_text(cx, "contact.channel_%.*s", STR_ARG(channel)), NULL, 0);
    struct buf about;
    buf_init(&about, cx->arena, 0);
    buf_put(&about, row->code);
    if (row->phone.n > 0)
        buf_printf(&about, " · %.*s", STR_ARG(row->phone));
    if (a->note.n > 0)
        buf_printf(&about, " · %.*s", STR_ARG(a->note));
    return (struct calendar_event){.uid = cx_text(cx, "%lld-%lld@reativa", (long long)a->id, (long long)a->made_us),
                                   .version = a->version,
                                   .changed_us = a->changed_us,
                                   .day = a->day,
                                   .from_us = timed ? agenda_moment(a->day, a->minute, feed->utc_offset_s) : 0,
                                   .minutes = a->channel == CONTACT_CHANNEL_VISIT ? VISIT_MINUTES : CALL_MINUTES,
                                   .warn_before = WARN_MINUTES,
                                   .title = cx_text(cx, "%.*s: %.*s", STR_ARG(how), STR_ARG(named(row))),
                                   .about = buf_str(&about),
                                   .place = row->city,
                                   .url = url_of(cx, feed, row->code)};
}

/* Who may not be called has no number in a phone's calendar either. */
static bool calls_bar(struct cx *cx, struct db *db, struct appointment_row *row, size_t n, struct day today) {
    struct reach_phone *phone = arena_new(cx->arena, struct reach_phone, n + 1);
    for (size_t i = 0; i < n; i++)
        phone[i] = (struct reach_phone){row[i].appointment.customer_id, &row[i].phone};
    return reach_calls(cx, db, phone, n, today);
}

bool agenda_feed_write(struct cx *cx, struct db *db, const struct agenda_feed *feed, struct buf *to) {
    struct user user;
    struct appointment_row *row;
    bool found = false;
    size_t n = 0;
    enum lang lang = LANG_PT_BR;
    if (feed->token.n != SECRET_TOKEN)
        return cx_fail(cx, ERR_NOT_FOUND, S("agenda.no_feed"));
    if (!db_read(cx, db))
        return false;
    bool done = user_find_feed(cx, db, secret_hash(cx->arena, feed->token), &found, &user);
    if (done && (!found || user.retired_us > 0))
        done = cx_fail(cx, ERR_NOT_FOUND, S("agenda.no_feed"));
    done = done && appointment_due(cx, db, user.id, (struct day){feed->today.n - AGENDA_FEED_BACK},
                                   (struct day){feed->today.n + AGENDA_FEED_AHEAD}, AGENDA_FEED_MOST, &row, &n);
    db_rollback(db);
    if (!done || !calls_bar(cx, db, row, n, feed->today))
        return false;
    (void)lang_parse(user.lang, &lang);
    struct calendar_event *event = arena_new(cx->arena, struct calendar_event, n + 1);
    for (size_t i = 0; i < n; i++)
        event[i] = event_of(cx, feed, lang, &row[i]);
    return calendar_write(cx, cx_text(cx, "Reativa: %.*s", STR_ARG(user.name)), event, n, to);
}
