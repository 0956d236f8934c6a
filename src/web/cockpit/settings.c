// SPDX-License-Identifier: Apache-2.0
/* settings -- the page of what the company sets: made from the table of core/setting, a form each, so that two people who change
 * different ones never meet.
 */
#include "web/cockpit/settings.h"

#include "core/holiday.h"
#include "web/cockpit/cockpit.h"
#include "web/pages.h"

struct str settings_says(struct page *page, enum setting setting, const char *what) {
    return page_text(page, cx_text(page->cx, "setting.%s_%s", what, setting_defs[setting].name));
}

struct str settings_weekday(struct page *page, int day) {
    return page_text(page, cx_text(page->cx, "schedule.%s", weekday_names[day]));
}

static struct str week_text(struct page *page, struct str value) {
    struct buf to;
    unsigned week = 0;
    (void)weekdays_parse(value, &week);
    buf_init(&to, page->arena, 0);
    for (int day = 0; day < WEEK_DAYS; day++)
        if ((week >> day & 1) != 0)
            buf_printf(&to, "%s%.*s", to.n > 0 ? ", " : "", STR_ARG(settings_weekday(page, day)));
    return buf_str(&to);
}

bool settings_week_holds(struct str value, int day) {
    unsigned week;
    return weekdays_parse(value, &week) && (week >> day & 1) != 0;
}

struct str settings_choice_text(struct page *page, enum setting setting, struct str word) {
    return page_text(page, cx_text(page->cx, "setting.%s_%.*s", setting_defs[setting].name, STR_ARG(word)));
}

struct str settings_value(struct page *page, enum setting setting, struct str value) {
    struct buf to;
    if (setting_defs[setting].kind == SETTING_WEEK)
        return week_text(page, value);
    if (setting_defs[setting].kind == SETTING_CHOICE)
        return settings_choice_text(page, setting, value);
    if (setting_defs[setting].kind == SETTING_ZONE)
        return value.n > 0 ? value : page_text(page, S("setting.zone_machine"));
    buf_init(&to, page->arena, 0);
    for (size_t i = 0; i < value.n; i++)
        buf_put(&to, value.p[i] == ',' ? S(", ") : (struct str){value.p + i, 1});
    return value.n == 0
               ? page_text(page, S("setting.none"))
               : cx_text(page->cx, "%.*s %.*s", STR_ARG(buf_str(&to)), STR_ARG(settings_says(page, setting, "unit")));
}

struct str settings_bounds(struct page *page, enum setting setting) {
    const struct setting_def *def = &setting_defs[setting];
    if (def->kind != SETTING_NUMBER && def->kind != SETTING_DAYS)
        return page_text(page, S("setting.usually"), settings_value(page, setting, str_from(def->usual)));
    return page_text(page, def->kind == SETTING_NUMBER ? S("setting.bounds_number") : S("setting.bounds_days"),
                     html_arg_long(page, (long)def->least), html_arg_long(page, (long)def->most),
                     settings_value(page, setting, str_from(def->usual)), html_arg_int(page, CONTACT_TRIES_MOST));
}

static bool show(struct page *page, struct settings_view *v) {
    if (!settings_look(page->cx, page->db, v->line))
        return false;
    page_top(page, page_text(page, S("menu.settings")));
    settings_page(page, v);
    page_bottom(page);
    return true;
}

bool settings_show(struct page *page) {
    struct settings_view v = {0};
    return show(page, &v);
}

/* The days of the week are boxes, a field each. */
static struct str value_typed(struct page *page, enum setting setting) {
    unsigned week = 0;
    if (setting_defs[setting].kind != SETTING_WEEK)
        return page_form(page, "value");
    for (int day = 0; day < WEEK_DAYS; day++)
        if (page_form(page, weekday_names[day]).n > 0)
            week |= 1u << day;
    return weekdays_write(page->arena, week);
}

/* The page again, with what was typed at its setting; beside it stands what holds now. */
static bool again(struct page *page, enum setting setting) {
    enum err_code code = page->cx->err.code;
    if (code != ERR_INVALID && code != ERR_CONFLICT)
        return false;
    struct settings_view v = {.typing = true,
                              .typed_of = setting,
                              .typed = value_typed(page, setting),
                              .fault = catalog_error(page->arena, page->lang, &page->cx->err)};
    if (str_equal(page->cx->err.key, S("setting.changed"))) {
        struct str now = page->cx->err.arg[1];
        v.fault = page_text(page, S("setting.changed"), settings_says(page, setting, "name"),
                            settings_value(page, setting, now));
    }
    page->reply->status = code == ERR_CONFLICT ? 409 : 422;
    cx_clear(page->cx);
    return show(page, &v);
}

bool settings_do(struct page *page) {
    struct settings_wish wish = {.usual = page_form(page, "usual").n > 0,
                                 .was = page_form(page, "was"),
                                 .role = page->user.role,
                                 .who = page->user.login,
                                 .now_us = page->now_us};
    if (!setting_parse(page->arg[0], &wish.setting))
        return cx_fail(page->cx, ERR_NOT_FOUND, S("setting.unknown"));
    wish.value = value_typed(page, wish.setting);
    if (!settings_put(page->cx, page->db, &wish))
        return again(page, wish.setting);
    return page_go(page, S("/settings"),
                   wish.setting == SETTING_TIME_ZONE ? S("setting.said_kept_later") : S("setting.said_kept"));
}
