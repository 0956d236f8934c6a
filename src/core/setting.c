// SPDX-License-Identifier: Apache-2.0
/* setting -- see the header. A new setting is a line here, its three texts in each language, and whoever reads it. */
#include "core/setting.h"

#include "base/buf.h"
#include "core/contact.h"
#include "core/holiday.h"

enum { DIGITS_MOST = 9 };

const struct setting_def setting_defs[SETTING_COUNT] = {
    [SETTING_CONTACT_TRIES] = {"contact_tries", SETTING_DAYS, 1, CONTACT_TRY_DAYS_MOST, "1,3,7", PERM_SETTING_WRITE,
                               NULL},
    [SETTING_WORKLIST_REST_DAYS] = {"worklist_rest_days", SETTING_NUMBER, 1, 365, "30", PERM_SETTING_WRITE, NULL},
    [SETTING_HOLD_MINUTES] = {"hold_minutes", SETTING_NUMBER, 2, 240, "15", PERM_SETTING_WRITE, NULL},
    [SETTING_RECOVERY_DAYS] = {"recovery_days", SETTING_NUMBER, 1, 365, "30", PERM_SETTING_WRITE, NULL},
    [SETTING_CONTACT_LIMIT] = {"contact_limit", SETTING_NUMBER, 0, 100, "0", PERM_SETTING_WRITE, NULL},
    [SETTING_CONTACT_LIMIT_DAYS] = {"contact_limit_days", SETTING_NUMBER, 1, 365, "7", PERM_SETTING_WRITE, NULL},
    [SETTING_BACKUP_DAYS] = {"backup_days", SETTING_NUMBER, 1, 366, "7", PERM_BACKUP, NULL},
    [SETTING_BACKUP_WEEKS] = {"backup_weeks", SETTING_NUMBER, 0, 520, "4", PERM_BACKUP, NULL},
    [SETTING_BACKUP_MONTHS] = {"backup_months", SETTING_NUMBER, 0, 120, "6", PERM_BACKUP, NULL},
    [SETTING_WORKDAYS] = {"workdays", SETTING_WEEK, 0, 0, "mon,tue,wed,thu,fri", PERM_SETTING_WRITE, NULL},
    [SETTING_COUNTRY] = {"country", SETTING_CHOICE, 0, 0, "br", PERM_SETTING_WRITE, "br,none"},
    [SETTING_TIME_ZONE] = {"time_zone", SETTING_ZONE, 0, 0, "", PERM_SETTING_WRITE, NULL},
};

bool setting_parse(struct str name, enum setting *out) {
    for (int i = 0; i < SETTING_COUNT; i++)
        if (str_equal(name, str_from(setting_defs[i].name))) {
            *out = (enum setting)i;
            return true;
        }
    return false;
}

int64_t setting_whole(struct str tidy) {
    int64_t v = 0;
    for (size_t i = 0; i < tidy.n; i++)
        v = v * 10 + (tidy.p[i] - '0');
    return v;
}

static bool number_tidy(const struct setting_def *def, struct str typed, struct buf *to) {
    if (typed.n == 0 || typed.n > DIGITS_MOST)
        return false;
    for (size_t i = 0; i < typed.n; i++)
        if (typed.p[i] < '0' || typed.p[i] > '9')
            return false;
    int64_t v = setting_whole(typed);
    buf_int(to, v);
    return v >= def->least && v <= def->most;
}

static bool days_tidy(struct str typed, struct buf *to) {
    struct contact_tries tries;
    if (!contact_tries_parse(typed, &tries))
        return false;
    for (size_t i = 0; i < tries.n; i++)
        buf_printf(to, "%s%d", i > 0 ? "," : "", tries.days[i]);
    return true;
}

bool setting_choice(enum setting setting, size_t i, struct str *out) {
    struct str rest = str_from(setting_defs[setting].choices);
    bool more = rest.n > 0;
    for (size_t at = 0; more; at++) {
        more = str_cut(rest, ',', out, &rest);
        if (at == i)
            return true;
    }
    return false;
}

static bool choice_tidy(enum setting setting, struct str typed, struct buf *to) {
    struct str word;
    for (size_t i = 0; setting_choice(setting, i, &word); i++)
        if (str_equal(word, typed)) {
            buf_put(to, word);
            return true;
        }
    return false;
}

/* Only what can be no other file than one of a zone. */
static bool zone_tidy(struct str typed, struct buf *to) {
    enum { MOST = 64 };
    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), digit = c >= '0' && c <= '9';
        if (!letter && (i == 0 || (!digit && c != '/' && c != '_' && c != '-' && c != '+')))
            return false;
    }
    buf_put(to, typed);
    return typed.n <= MOST;
}

static bool week_tidy(struct arena *arena, struct str typed, struct buf *to) {
    unsigned week;
    if (!weekdays_parse(typed, &week))
        return false;
    buf_put(to, weekdays_write(arena, week));
    return true;
}

bool setting_tidy(struct arena *arena, enum setting setting, struct str typed, struct str *out) {
    const struct setting_def *def = &setting_defs[setting];
    struct buf to;
    bool fits = false;
    buf_init(&to, arena, 0);
    typed = str_trim(typed);
    switch (def->kind) {
    case SETTING_NUMBER:
        fits = number_tidy(def, typed, &to);
        break;
    case SETTING_DAYS:
        fits = days_tidy(typed, &to);
        break;
    case SETTING_WEEK:
        fits = week_tidy(arena, typed, &to);
        break;
    case SETTING_CHOICE:
        fits = choice_tidy(setting, typed, &to);
        break;
    case SETTING_ZONE:
        fits = zone_tidy(typed, &to);
        break;
    }
    *out = buf_str(&to);
    return fits;
}
