// SPDX-License-Identifier: Apache-2.0
/* mail_field -- see the header. A new field is a line here, its texts, and whoever reads it. */
#include "core/mail_field.h"

#include <string.h>

#include "base/buf.h"
#include "core/mailbox.h"

enum { WEEK = 7, PORT_MOST = 65535, DIGITS_MOST = 6 };

const struct mail_field_def mail_field_defs[MAIL_FIELDS] = {
    [MAIL_FIELD_HOST] = {"mail_host", MAIL_FIELD_IS_HOST, 253, ""},
    [MAIL_FIELD_PORT] = {"mail_port", MAIL_FIELD_IS_PORT, PORT_MOST, ""},
    [MAIL_FIELD_SAFETY] = {"mail_safety", MAIL_FIELD_IS_SAFETY, 8, "starttls"},
    [MAIL_FIELD_USER] = {"mail_user", MAIL_FIELD_TEXT, 254, ""},
    [MAIL_FIELD_PASSWORD] = {"mail_password", MAIL_FIELD_IS_SECRET, 1000, ""},
    [MAIL_FIELD_CA_FILE] = {"mail_ca_file", MAIL_FIELD_TEXT, 400, ""},
    [MAIL_FIELD_FROM] = {"mail_from", MAIL_FIELD_IS_ADDRESS, MAILBOX_MOST, ""},
    [MAIL_FIELD_FROM_NAME] = {"mail_from_name", MAIL_FIELD_TEXT, 100, ""},
    [MAIL_FIELD_REPLY_TO] = {"mail_reply_to", MAIL_FIELD_IS_ADDRESS, MAILBOX_MOST, ""},
    [MAIL_FIELD_PER_MINUTE] = {"mail_per_minute", MAIL_FIELD_IS_NUMBER, 100000, "60"},
    [MAIL_FIELD_PUBLIC_URL] = {"mail_public_url", MAIL_FIELD_IS_URL, 300, ""},
    [MAIL_FIELD_COMPANY] = {"mail_company", MAIL_FIELD_TEXT, 200, ""},
    [MAIL_FIELD_POSTAL] = {"mail_postal", MAIL_FIELD_TEXT, 300, ""},
    [MAIL_FIELD_QUIET_FROM] = {"mail_quiet_from", MAIL_FIELD_IS_TIME, 5, "20:00"},
    [MAIL_FIELD_QUIET_UNTIL] = {"mail_quiet_until", MAIL_FIELD_IS_TIME, 5, "08:00"},
    [MAIL_FIELD_QUIET_DAYS] = {"mail_quiet_days", MAIL_FIELD_IS_DAYS, 13, "6,7"},
    [MAIL_FIELD_QUIET_HOLIDAYS] = {"mail_quiet_holidays", MAIL_FIELD_IS_FLAG, 3, "yes"},
    [MAIL_FIELD_OPENS] = {"mail_opens", MAIL_FIELD_IS_FLAG, 3, ""},
    [MAIL_FIELD_CLICKS] = {"mail_clicks", MAIL_FIELD_IS_FLAG, 3, ""},
    [MAIL_FIELD_BOX_HOST] = {"mail_box_host", MAIL_FIELD_IS_HOST, 253, ""},
    [MAIL_FIELD_BOX_PORT] = {"mail_box_port", MAIL_FIELD_IS_PORT, PORT_MOST, ""},
    [MAIL_FIELD_BOX_SAFETY] = {"mail_box_safety", MAIL_FIELD_IS_SAFETY, 8, "tls"},
    [MAIL_FIELD_BOX_USER] = {"mail_box_user", MAIL_FIELD_TEXT, 254, ""},
    [MAIL_FIELD_BOX_PASSWORD] = {"mail_box_password", MAIL_FIELD_IS_SECRET, 1000, ""},
    [MAIL_FIELD_BOX_FOLDER] = {"mail_box_folder", MAIL_FIELD_TEXT, 200, "INBOX"},
};

static const char *const faults[] = {
    [MAIL_FIELD_TEXT] = "mail.bad_text",        [MAIL_FIELD_IS_HOST] = "mail.bad_host",
    [MAIL_FIELD_IS_PORT] = "mail.bad_port",     [MAIL_FIELD_IS_SAFETY] = "mail.bad_safety",
    [MAIL_FIELD_IS_SECRET] = "mail.bad_secret", [MAIL_FIELD_IS_ADDRESS] = "mail.bad_address",
    [MAIL_FIELD_IS_NUMBER] = "mail.bad_number", [MAIL_FIELD_IS_URL] = "mail.bad_url",
    [MAIL_FIELD_IS_TIME] = "mail.bad_time",     [MAIL_FIELD_IS_DAYS] = "mail.bad_days",
    [MAIL_FIELD_IS_FLAG] = "mail.bad_flag"};
static const char *const safeties[MAIL_SAFETIES] = {"none", "starttls", "tls"};

const char *mail_safety_name(enum mail_safety safety) {
    return safeties[safety];
}

bool mail_safety_parse(struct str name, enum mail_safety *out) {
    for (int i = 0; i < MAIL_SAFETIES; i++)
        if (str_equal(name, str_from(safeties[i]))) {
            *out = (enum mail_safety)i;
            return true;
        }
    return false;
}

bool mail_field_parse(struct str name, enum mail_field *out) {
    for (int i = 0; i < MAIL_FIELDS; i++)
        if (str_equal(name, str_from(mail_field_defs[i].name))) {
            *out = (enum mail_field)i;
            return true;
        }
    return false;
}

const char *mail_field_fault(enum mail_field field) {
    return faults[mail_field_defs[field].kind];
}

/* ---- each kind ---- */

static bool plain(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
            return false;
    return str_valid_utf8(s);
}

static bool number_tidy(struct str typed, int most, struct buf *to) {
    int v = 0;
    if (typed.n == 0 || typed.n > DIGITS_MOST)
        return false;
    for (size_t i = 0; i < typed.n; i++) {
        if (typed.p[i] < '0' || typed.p[i] > '9')
            return false;
        v = v * 10 + (typed.p[i] - '0');
    }
    buf_int(to, v);
    return v >= 1 && v <= most;
}

/* "8:00", "08:00", "8h00", "8h", "8". */
static bool time_tidy(struct str typed, struct buf *to) {
    int part[2] = {0, 0}, at = 0, digits = 0;
    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];
        if ((c == ':' || c == 'h') && at == 0 && digits > 0) {
            at = 1;
            digits = 0;
        } else if (c >= '0' && c <= '9' && digits < 2) {
            part[at] = part[at] * 10 + (c - '0');
            digits++;
        } else {
            return false;
        }
    }
    bool whole = typed.n > 0 && (at == 0 || digits == 2 || typed.p[typed.n - 1] == 'h');
    buf_printf(to, "%02d:%02d", part[0], part[1]);
    return whole && part[0] < 24 && part[1] < 60;
}

static bool days_tidy(struct str typed, struct buf *to) {
    unsigned days = 0;
    struct str one, rest = typed;
    while (rest.n > 0) {
        (void)str_cut(rest, ',', &one, &rest);
        one = str_trim(one);
        if (one.n != 1 || one.p[0] < '1' || one.p[0] > '0' + WEEK)
            return false;
        days |= 1u << (one.p[0] - '1');
    }
    for (int i = 0; i < WEEK; i++)
        if ((days >> i & 1) != 0)
            buf_printf(to, "%s%d", to->n > 0 ? "," : "", i + 1);
    return days != (1u << WEEK) - 1;
}

static bool url_tidy(struct str typed, struct buf *to) {
    struct str rest, host, path;
    bool https = str_starts(typed, S("https://"));
    if (!https && !str_starts(typed, S("http://")))
        return false;
    while (typed.n > 0 && typed.p[typed.n - 1] == '/')
        typed.n--;
    size_t scheme = https ? 8 : 7;
    if (typed.n <= scheme)
        return false;
    for (size_t i = 0; i < typed.n; i++)
        if (typed.p[i] <= ' ' || typed.p[i] >= 0x7f || strchr("\"'<>\\`?#@", typed.p[i]) != NULL)
            return false;
    rest = (struct str){typed.p + scheme, typed.n - scheme};
    (void)str_cut(rest, '/', &host, &path);
    if (host.p[0] == '[') {
        buf_put(to, typed);
        return true;
    }
    struct str name, port;
    bool numbered = str_cut(host, ':', &name, &port);
    struct buf number;
    buf_init(&number, to->arena, 0);
    buf_put(to, typed);
    return mailbox_host_is(name) && (!numbered || number_tidy(port, PORT_MOST, &number));
}

bool mail_field_tidy(struct arena *arena, enum mail_field field, struct str typed, struct str *out) {
    const struct mail_field_def *def = &mail_field_defs[field];
    struct buf to;
    enum mail_safety safety;
    bool fits = false, secret = def->kind == MAIL_FIELD_IS_SECRET;
    buf_init(&to, arena, 0);
    if (!secret) /* blanks at the ends may be part of it */
        typed = str_trim(typed);
    *out = typed;
    if (!plain(typed))
        return false;
    if (typed.n == 0)
        return def->kind != MAIL_FIELD_IS_SAFETY;
    if (def->kind != MAIL_FIELD_IS_PORT && def->kind != MAIL_FIELD_IS_NUMBER && typed.n > (size_t)def->most)
        return false;
    switch (def->kind) {
    case MAIL_FIELD_TEXT:
    case MAIL_FIELD_IS_SECRET:
        return true;
    case MAIL_FIELD_IS_HOST:
        return mailbox_host_is(typed);
    case MAIL_FIELD_IS_ADDRESS:
        return mailbox_is(typed);
    case MAIL_FIELD_IS_SAFETY:
        return mail_safety_parse(typed, &safety);
    case MAIL_FIELD_IS_FLAG:
        return str_equal(typed, S("yes"));
    case MAIL_FIELD_IS_PORT:
    case MAIL_FIELD_IS_NUMBER:
        fits = number_tidy(typed, def->most, &to);
        break;
    case MAIL_FIELD_IS_URL:
        fits = url_tidy(typed, &to);
        break;
    case MAIL_FIELD_IS_TIME:
        fits = time_tidy(typed, &to);
        break;
    case MAIL_FIELD_IS_DAYS:
        fits = days_tidy(typed, &to);
        break;
    }
    *out = buf_str(&to);
    return fits;
}

/* ---- quiet hours ---- */

int mail_quiet_minute(struct str tidy) {
    return tidy.n != 5 ? 0
                       : ((tidy.p[0] - '0') * 10 + (tidy.p[1] - '0')) * 60 + (tidy.p[3] - '0') * 10 + (tidy.p[4] - '0');
}

unsigned mail_quiet_days(struct str tidy) {
    unsigned days = 0;
    for (size_t i = 0; i < tidy.n; i += 2)
        days |= 1u << (tidy.p[i] - '1');
    return days;
}

bool mail_quiet_is(const struct mail_quiet *quiet, int minute, int weekday, bool holiday) {
    int from = quiet->from_min, until = quiet->until_min;
    bool hour = from < until ? minute >= from && minute < until : from > until && (minute >= from || minute < until);
    return hour || (quiet->days >> weekday & 1) != 0 || (holiday && quiet->holidays);
}
