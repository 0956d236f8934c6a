// SPDX-License-Identifier: Apache-2.0
/* settings -- see the header. Who changed what is not kept twice: it is read from the audit trail. */
#include "app/settings.h"

#include "app/zone.h"
#include "core/contact.h"
#include "store/audit.h"
#include "store/setting.h"

#define WHAT S("setting")

static struct str tidy_or_usual(struct cx *cx, enum setting setting, bool found, struct str kept, bool *usual) {
    struct str tidy;
    *usual = !found || !setting_tidy(cx->arena, setting, kept, &tidy);
    return *usual ? str_from(setting_defs[setting].usual) : tidy;
}

static bool read(struct cx *cx, struct db *db, enum setting setting, struct str *out, bool *usual) {
    struct str kept = {0};
    bool found;
    if (!setting_find(cx, db, str_from(setting_defs[setting].name), &found, &kept))
        return false;
    *out = tidy_or_usual(cx, setting, found, kept, usual);
    return true;
}

bool settings_text(struct cx *cx, struct db *db, enum setting setting, struct str *out) {
    bool usual;
    return read(cx, db, setting, out, &usual);
}

int64_t settings_number_of(struct cx *cx, enum setting setting, bool found, struct str kept) {
    bool usual;
    return setting_whole(tidy_or_usual(cx, setting, found, kept, &usual));
}

bool settings_number(struct cx *cx, struct db *db, enum setting setting, int64_t *out) {
    struct str text;
    if (!settings_text(cx, db, setting, &text))
        return false;
    *out = setting_whole(text);
    return true;
}

/* ---- all of them ---- */

static bool kept_take(struct cx *cx, void *owner, struct str name, struct str value) {
    struct settings_line *line = owner;
    enum setting setting;
    if (setting_parse(name, &setting))
        line[setting].value = tidy_or_usual(cx, setting, true, str_copy(cx->arena, value), &line[setting].usual);
    return true;
}

static bool change_take(struct cx *cx, void *owner, const struct audit_line *change) {
    struct settings_line *line = owner;
    enum setting setting;
    if (!setting_parse(change->subject, &setting) || line[setting].at_us > 0)
        return true; /* of another kind, or older than one that was seen */
    line[setting].at_us = change->at_us;
    line[setting].who = str_copy(cx->arena, change->who);
    line[setting].was = str_copy(cx->arena, change->before);
    line[setting].became = str_copy(cx->arena, change->after);
    return true;
}

bool settings_look(struct cx *cx, struct db *db, struct settings_line out[SETTING_COUNT]) {
    const struct audit_filter filter = {.what = WHAT, .most = INT64_MAX};
    for (int i = 0; i < SETTING_COUNT; i++)
        out[i] = (struct settings_line){.value = str_from(setting_defs[i].usual), .usual = true};
    bool done =
        db_read(cx, db) && setting_each(cx, db, kept_take, out) && audit_each(cx, db, &filter, change_take, out);
    db_rollback(db);
    return done;
}

/* ---- changing one ---- */

static bool wanted(struct cx *cx, const struct settings_wish *wish, struct str *out) {
    const struct setting_def *def = &setting_defs[wish->setting];
    struct str name = str_from(def->name);
    if (!role_may(wish->role, def->permission))
        return cx_fail(cx, ERR_FORBIDDEN, S("web.not_yours"));
    *out = str_from(def->usual);
    bool fits = wish->usual || setting_tidy(cx->arena, wish->setting, wish->value, out);
    if (def->kind == SETTING_ZONE && (!fits || (out->n > 0 && !zone_known(cx->arena, *out))))
        return cx_fail(cx, ERR_INVALID, S("setting.zone"), name);
    if (fits)
        return true;
    struct str least = cx_text(cx, "%lld", (long long)def->least), most = cx_text(cx, "%lld", (long long)def->most);
    if (def->kind == SETTING_WEEK || def->kind == SETTING_CHOICE)
        return cx_fail(cx, ERR_INVALID, def->kind == SETTING_WEEK ? S("setting.week") : S("setting.choice"), name);
    return def->kind == SETTING_NUMBER ? cx_fail(cx, ERR_INVALID, S("setting.number"), name, least, most)
                                       : cx_fail(cx, ERR_INVALID, S("setting.days"), name, least, most,
                                                 cx_text(cx, "%d", (int)CONTACT_TRIES_MOST));
}

static bool put(struct cx *cx, struct db *db, const struct settings_wish *wish, struct str value) {
    struct str name = str_from(setting_defs[wish->setting].name), now;
    bool usual;
    if (!read(cx, db, wish->setting, &now, &usual))
        return false;
    if (str_equal(now, value) && usual == wish->usual)
        return true;
    if (!str_equal(now, wish->was))
        return cx_fail(cx, ERR_CONFLICT, S("setting.changed"), name, now);
    return (wish->usual ? setting_drop(cx, db, name) : setting_put(cx, db, name, value)) &&
           audit_add(cx, db, wish->now_us, wish->who, WHAT, name, now, value);
}

bool settings_put(struct cx *cx, struct db *db, const struct settings_wish *wish) {
    struct str value;
    if (!wanted(cx, wish, &value) || !db_write(cx, db))
        return false;
    if (put(cx, db, wish, value) && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}
