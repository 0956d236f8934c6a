// SPDX-License-Identifier: Apache-2.0
/* setting -- what a company may set: one table of names, bounds and what holds until somebody sets it. The page, its checks and
 * whoever reads a setting go by it.
 *
 * The names are kept in the database and in the audit trail. Invariant: what stands in the database fits the table, or what holds
 * usually is taken in its place.
 */
#ifndef REATIVA_CORE_SETTING_H
#define REATIVA_CORE_SETTING_H

#include "base/arena.h"
#include "core/permission.h"

enum setting {
    SETTING_CONTACT_TRIES = 0,
    SETTING_WORKLIST_REST_DAYS,
    SETTING_HOLD_MINUTES,
    SETTING_RECOVERY_DAYS,
    SETTING_CONTACT_LIMIT, /* contacts at most within SETTING_CONTACT_LIMIT_DAYS days; 0: no limit */
    SETTING_CONTACT_LIMIT_DAYS,
    SETTING_BACKUP_DAYS,
    SETTING_BACKUP_WEEKS,
    SETTING_BACKUP_MONTHS,
    SETTING_WORKDAYS, /* days of the week that are worked */
    SETTING_COUNTRY,  /* whose national holidays count */
    SETTING_TIME_ZONE,
    SETTING_COUNT
};

enum setting_kind {
    SETTING_NUMBER = 1, /* whole, least to most */
    SETTING_DAYS,       /* "1,3,7": at most CONTACT_TRIES_MOST of them, each least to most; empty: none */
    SETTING_WEEK,       /* "mon,tue": at least one day of the week */
    SETTING_CHOICE,     /* one of the words in `choices` */
    SETTING_ZONE        /* a time zone by its name, "America/Sao_Paulo"; empty: the machine's own */
};

struct setting_def {
    const char
        *name; /* "contact_tries"; setting.name_<name>, setting.about_<name>, setting.unit_<name> in the catalogs */
    enum setting_kind kind;
    int64_t least, most;
    const char *usual;
    enum permission permission; /* to change it */
    const char *choices;        /* of SETTING_CHOICE: "br,none"; setting.<name>_<word> in the catalogs */
};
extern const struct setting_def setting_defs[SETTING_COUNT];

bool setting_parse(struct str name, enum setting *out);
/* setting_tidy -- as it is kept: "030" is 30, " 1, 3" is 1,3; false: it does not fit the table. */
bool setting_tidy(struct arena *arena, enum setting setting, struct str typed, struct str *out);
/* setting_choice -- the i-th word of a choice (0..); false: there are no more. */
bool setting_choice(enum setting setting, size_t i, struct str *out);
/* setting_whole -- the number of a tidy text. */
int64_t setting_whole(struct str tidy);

#endif
