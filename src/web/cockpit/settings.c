// SPDX-License-Identifier: Apache-2.0
/* settings -- the page of what the company sets: made from the table of core/setting, a form each, so that two people who change
 * different ones never meet.
 */
#include "web/cockpit/settings.h"

#include "web/cockpit/cockpit.h"
#include "web/pages.h"

struct str settings_says(struct page *page, enum setting setting, const char *what) {
    return page_text(page, cx_text(page->cx, "setting.%s_%s", what, setting_defs[setting].name));
}

struct str settings_value(struct page *page, enum setting setting, struct str value) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    for (size_t i = 0; i < value.n; i++)
        buf_put(&to, value.p[i] == ',' ? S(", ") : (struct str){value.p + i, 1});
    return value.n == 0
               ? page_text(page, S("setting.none"))
               : cx_text(page->cx, "%.*s %.*s", STR_ARG(buf_str(&to)), STR_ARG(settings_says(page, setting, "unit")));
}

struct str settings_bounds(struct page *page, enum setting setting) {
    const struct setting_def *def = &setting_defs[setting];
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

/* The page again, with what was typed at its setting; beside it stands what holds now. */
static bool again(struct page *page, enum setting setting) {
    enum err_code code = page->cx->err.code;
    if (code != ERR_INVALID && code != ERR_CONFLICT)
        return false;
    struct settings_view v = {.typing = true,
                              .typed_of = setting,
                              .typed = page_form(page, "value"),
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
    struct settings_wish wish = {.value = page_form(page, "value"),
                                 .usual = page_form(page, "usual").n > 0,
                                 .was = page_form(page, "was"),
                                 .role = page->user.role,
                                 .who = page->user.login,
                                 .now_us = page->now_us};
    if (!setting_parse(page->arg[0], &wish.setting))
        return cx_fail(page->cx, ERR_NOT_FOUND, S("setting.unknown"));
    if (!settings_put(page->cx, page->db, &wish))
        return again(page, wish.setting);
    return page_go(page, S("/settings"), S("setting.said_kept"));
}
