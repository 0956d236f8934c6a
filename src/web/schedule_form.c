// SPDX-License-Identifier: Apache-2.0
/* schedule_form -- see the header. */
#include "web/schedule_form.h"

enum { EVERY_USUAL = 60, DAY_USUAL = 1, HOUR_USUAL = 8 * 60 };

const char *const schedule_kinds[] = {"workdays",           "daily",    "week",  "month-first-workday",
                                      "month-last-workday", "monthday", "every", NULL};

struct str schedule_weekday(struct page *page, int day) {
    return page_text(page, cx_text(page->cx, "schedule.%s", weekday_names[day]));
}

struct str schedule_words(struct page *page, struct str kept) {
    struct schedule schedule;
    return schedule_parse(kept, &schedule) ? schedule_text(page->arena, page->lang, &schedule) : kept;
}

/* The word of a schedule as it is kept is the kind, but for days of the week. */
static struct str kind_of(struct page *page, const struct schedule *schedule) {
    struct str word, rest;
    (void)str_cut(schedule_write(page->arena, schedule), ' ', &word, &rest);
    return schedule->kind == SCHEDULE_WEEK ? S("week") : word;
}

struct schedule_form schedule_form_of(struct page *page, const struct schedule *schedule) {
    bool every = schedule->kind == SCHEDULE_EVERY, monthly = schedule->kind == SCHEDULE_MONTHDAY;
    return (struct schedule_form){.kind = kind_of(page, schedule),
                                  .at = schedule_minute_text(page->arena, every ? HOUR_USUAL : schedule->minute),
                                  .month_day = cx_text(page->cx, "%d", monthly ? schedule->month_day : DAY_USUAL),
                                  .every = cx_text(page->cx, "%d", every ? schedule->every_minutes : EVERY_USUAL),
                                  .week = schedule->week};
}

static bool wrong(struct page *page, const char *field, struct str key) {
    page_fault_add(page, str_from(field), page_text(page, key));
    return false;
}

bool schedule_form_read(struct page *page, struct schedule_form *out, struct str *kept) {
    *out = (struct schedule_form){.kind = page_form(page, "schedule_kind"),
                                  .at = str_trim(page_form(page, "schedule_at")),
                                  .month_day = str_trim(page_form(page, "schedule_day")),
                                  .every = str_trim(page_form(page, "schedule_every"))};
    for (int day = 0; day < WEEK_DAYS; day++)
        if (page_form(page, str_terminated(page->arena, cx_text(page->cx, "schedule_%s", weekday_names[day]))).n > 0)
            out->week |= 1u << day;
    struct schedule schedule;
    int minute;
    bool every = str_equal(out->kind, S("every")), week = str_equal(out->kind, S("week")),
         monthday = str_equal(out->kind, S("monthday"));
    struct str at = every ? cx_text(page->cx, "%.*sm", STR_ARG(out->every))
                    : out->at.n > 5 && out->at.p[2] == ':' && !monthday ? (struct str){out->at.p, 5}
                                                                        : out->at; /* some browsers send seconds */
    if (week && out->week == 0)
        return wrong(page, "schedule_week", S("schedule.bad_week"));
    if (!every && !schedule_minute_parse(at, &minute))
        return wrong(page, "schedule_at", S("schedule.bad_at"));
    struct str text = week
                          ? cx_text(page->cx, "%.*s %.*s", STR_ARG(weekdays_write(page->arena, out->week)), STR_ARG(at))
                      : monthday ? cx_text(page->cx, "monthday %.*s %.*s", STR_ARG(out->month_day), STR_ARG(at))
                                 : cx_text(page->cx, "%.*s %.*s", STR_ARG(out->kind), STR_ARG(at));
    if (!schedule_parse(text, &schedule))
        return every      ? wrong(page, "schedule_every", S("schedule.bad_every"))
               : monthday ? wrong(page, "schedule_day", S("schedule.bad_day"))
                          : wrong(page, "schedule_kind", S("schedule.bad_kind"));
    *kept = schedule_write(page->arena, &schedule);
    return true;
}
