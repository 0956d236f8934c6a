// SPDX-License-Identifier: Apache-2.0
/* html -- see the header. Must not let a byte of a person's text through that a browser could read as anything but text.
 */
#include "web/html.h"

#include <string.h>

#include "base/text.h"
#include "core/customer.h"
#include "web/web.h"

static struct buf *out(struct page *page) {
    return &page->reply->body;
}

/* What stands for a byte that must not stand for itself. */
static const char *entity_of(unsigned char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default: /* a control character */
        return "";
    }
}

#define BIT(c) (UINT64_C(1) << (c))
/* A bit for each byte that must not; nearly all bytes of a page go through here, and one look at it lets them pass. */
static const uint64_t special[2] = {(BIT(' ') - 1 - BIT('\t') - BIT('\n') - BIT('\r')) | BIT('&') | BIT('<') |
                                        BIT('>') | BIT('"') | BIT('\''),
                                    BIT(0x7f - 64)};

void html_escape(struct buf *to, struct str s) {
    size_t from = 0;
    if (s.n == 0) /* an empty text may have no place at all */
        return;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c > 0x7f || !(special[c >> 6] >> (c & 63) & 1))
            continue;
        buf_put(to, (struct str){s.p + from, i - from});
        buf_put(to, str_from(entity_of(c)));
        from = i + 1;
    }
    buf_put(to, (struct str){s.p + from, s.n - from});
}

void html_literal(struct page *page, const char *text, size_t n) {
    buf_put(out(page), (struct str){text, n});
}

void html_put_str(struct page *page, struct str s) {
    html_escape(out(page), s);
}

void html_put_chars(struct page *page, const char *s) {
    html_escape(out(page), str_from(s));
}

struct str html_arg_str(struct page *page, struct str s) {
    (void)page;
    return s;
}

struct str html_arg_chars(struct page *page, const char *s) {
    (void)page;
    return str_from(s);
}

struct str html_arg_int(struct page *page, int v) {
    return text_int(page->arena, page->lang, v);
}

struct str html_arg_long(struct page *page, long v) {
    return v == STAT_NONE ? (struct str){0} : text_int(page->arena, page->lang, v);
}

struct str html_arg_size(struct page *page, size_t v) {
    return text_int(page->arena, page->lang, (int64_t)v);
}

struct str html_arg_day(struct page *page, struct day day) {
    return day_is(day) ? text_day(page->arena, page->lang, day) : (struct str){0};
}

struct str html_arg_money(struct page *page, struct money money) {
    return money.cents == STAT_NONE ? (struct str){0} : text_money(page->arena, page->lang, money.cents);
}

void html_plain_int(struct page *page, int v) {
    buf_int(out(page), v);
}

void html_plain_long(struct page *page, long v) {
    if (v != STAT_NONE)
        buf_int(out(page), v);
}

void html_plain_size(struct page *page, size_t v) {
    buf_int(out(page), (int64_t)v);
}

void html_put_int(struct page *page, int v) {
    buf_put(out(page), html_arg_int(page, v));
}

void html_put_long(struct page *page, long v) {
    buf_put(out(page), html_arg_long(page, v));
}

void html_put_size(struct page *page, size_t v) {
    buf_put(out(page), html_arg_size(page, v));
}

void html_put_day(struct page *page, struct day day) {
    buf_put(out(page), html_arg_day(page, day));
}

void html_put_money(struct page *page, struct money money) {
    buf_put(out(page), html_arg_money(page, money));
}

void html_put_html(struct page *page, struct html html) {
    buf_put(out(page), html.text);
}

void html_text(struct page *page, struct str key, const struct str *args, size_t n) {
    html_escape(out(page), catalog_text(page->arena, page->lang, key, args, n));
}

/* ---- addresses ---- */

void html_url(struct page *page, struct url url) {
    html_escape(out(page), url.text);
}

void html_url_part_str(struct page *page, struct str s) {
    http_encode(out(page), s, false);
}

void html_url_part_long(struct page *page, long v) {
    buf_int(out(page), v);
}

void html_url_part_int(struct page *page, int v) {
    buf_int(out(page), v);
}

void html_url_part_day(struct page *page, struct day day) {
    char text[DAY_TEXT];
    buf_put(out(page), (struct str){text, day_iso(day, text)});
}

/* "//host" and "/\host" are other people's addresses to a browser. */
struct url url_local(struct str path) {
    bool ours = path.n > 0 && path.p[0] == '/' && !(path.n > 1 && (path.p[1] == '/' || path.p[1] == '\\'));
    for (size_t i = 0; i < path.n && ours; i++)
        ours = (unsigned char)path.p[i] > ' ' && path.p[i] != '\\' && path.p[i] != 0x7f;
    return (struct url){ours ? path : S("/")};
}

struct url url_tel(struct page *page, struct str phone) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    buf_put(&to, S("tel:"));
    for (size_t i = 0; i < phone.n; i++)
        if ((phone.p[i] >= '0' && phone.p[i] <= '9') || (phone.p[i] == '+' && to.n == 4))
            buf_char(&to, phone.p[i]);
    return (struct url){buf_str(&to)};
}

struct url url_mail(struct page *page, struct str email) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    buf_put(&to, S("mailto:"));
    struct str head, tail;
    bool at = str_cut(email, '@', &head, &tail);
    http_encode(&to, head, false);
    if (at) {
        buf_char(&to, '@');
        http_encode(&to, tail, false);
    }
    return (struct url){buf_str(&to)};
}

struct str html_degrees(struct page *page, int32_t e5) {
    enum { DEGREE = 100000 };
    int32_t size = e5 < 0 ? -e5 : e5;
    return cx_text(page->cx, "%s%d.%05d", e5 < 0 ? "-" : "", (int)(size / DEGREE), (int)(size % DEGREE));
}

struct url url_geo(struct page *page, int32_t lat_e5, int32_t lon_e5) {
    struct str lat = html_degrees(page, lat_e5), lon = html_degrees(page, lon_e5);
    return (struct url){cx_text(page->cx, "geo:%.*s,%.*s", STR_ARG(lat), STR_ARG(lon))};
}
