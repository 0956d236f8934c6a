// SPDX-License-Identifier: Apache-2.0
/* period -- see the header.
 */
#include "web/manage/period.h"

const char *const period_names[PERIOD_NAMES] = {"month", "fortnight", "quarter", "own"};

static struct str name_asked(struct page *page) {
    struct str asked = page_query(page, "period");
    bool days = page_query(page, "from").n > 0 || page_query(page, "to").n > 0;
    /* Days that were typed while the form showed another time are meant. */
    if (days && (asked.n == 0 || str_equal(asked, page_query(page, "was"))))
        return S("own");
    for (int i = 0; i < PERIOD_NAMES; i++)
        if (str_equal(asked, str_from(period_names[i])))
            return asked;
    return str_from(period_names[0]);
}

static struct str day_asked(struct str text, struct day *out) {
    return day_parse_iso(text, out) ? text : (struct str){0};
}

static void own_days(struct page *page, struct period *p) {
    p->first = PERIOD_OPEN;
    p->last = page->as_of;
    p->from = day_asked(page_query(page, "from"), &p->first);
    p->to = day_asked(page_query(page, "to"), &p->last);
}

/* The month, its half or its quarter of a year around a day. */
static void calendar_days(struct page *page, struct period *p) {
    struct day around = page->as_of;
    int year, month, of_month;
    p->day = day_asked(page_query(page, "day"), &around);
    day_split(around, &year, &month, &of_month);
    int32_t first = month_of(around), months = 1;
    if (str_equal(p->name, S("quarter"))) {
        first -= (month - 1) % 3;
        months = 3;
    }
    p->first = month_first(first);
    p->last = (struct day){month_first(first + months).n - 1};
    if (str_equal(p->name, S("fortnight"))) {
        if (of_month <= 15)
            p->last = (struct day){p->first.n + 14};
        else
            p->first = (struct day){p->first.n + 15};
    }
    p->before = (struct day){p->first.n - 1};
    if (p->last.n < page->as_of.n)
        p->after = (struct day){p->last.n + 1};
}

void period_asked(struct page *page, struct period *out) {
    *out = (struct period){.name = name_asked(page), .before = DAY_NONE, .after = DAY_NONE};
    if (str_equal(out->name, S("own")))
        own_days(page, out);
    else
        calendar_days(page, out);
    if (out->last.n > page->as_of.n)
        out->last = page->as_of;
}

void period_parts(const struct period *period, struct http_field part[PERIOD_PARTS]) {
    part[0] = (struct http_field){S("period"), period->name};
    part[1] = (struct http_field){S("day"), period->day};
    part[2] = (struct http_field){S("from"), period->from};
    part[3] = (struct http_field){S("to"), period->to};
}

struct period period_around(struct page *page, const struct period *period, struct day day) {
    char text[DAY_TEXT];
    struct period other = *period;
    other.day = str_copy(page->arena, (struct str){text, day_iso(day, text)});
    return other;
}

struct str period_words(struct page *page, const char *name) {
    return page_text(page, cx_text(page->cx, "period.%s", name));
}
