// SPDX-License-Identifier: Apache-2.0
/* html -- how values become HTML, by their type: what templates/ are compiled to.
 *
 * Text is escaped, numbers, money and days are written as people of the page's language write them, a struct html (made only
 * by code that knows what it does) stands as it is, and any other type does not compile.
 */
#ifndef REATIVA_WEB_HTML_H
#define REATIVA_WEB_HTML_H

#include "base/catalog.h"
#include "base/day.h"
#include "base/decimal.h"
#include "base/str.h"

struct page;

struct html {
    struct str text;
};
/* An address that is ours, or tel: and mailto: made of checked parts: see url_*. */
struct url {
    struct str text;
};

void html_literal(struct page *page, const char *text, size_t n);

void html_put_str(struct page *page, struct str s);
void html_put_chars(struct page *page, const char *s);
void html_put_int(struct page *page, int v);
void html_put_long(struct page *page, long v); /* STAT_NONE: nothing */
void html_put_size(struct page *page, size_t v);
void html_put_day(struct page *page, struct day day);
void html_put_money(struct page *page, struct money money);
void html_put_html(struct page *page, struct html html);
#define html_put(page, v)                                                                                              \
    _Generic((v), struct str: html_put_str, char *: html_put_chars, const char *: html_put_chars, int: html_put_int,   \
             long: html_put_long, size_t: html_put_size, struct day: html_put_day, struct money: html_put_money,       \
             struct html: html_put_html)((page), (v))

/* What a program reads: whole numbers are digits alone. */
void html_plain_int(struct page *page, int v);
void html_plain_long(struct page *page, long v); /* STAT_NONE: nothing */
void html_plain_size(struct page *page, size_t v);
#define html_put_plain(page, v)                                                                                        \
    _Generic((v), struct str: html_put_str, char *: html_put_chars, const char *: html_put_chars, int: html_plain_int, \
             long: html_plain_long, size_t: html_plain_size, struct day: html_put_day, struct money: html_put_money,   \
             struct html: html_put_html)((page), (v))

/* The same as text, for the places of a catalog's text. */
struct str html_arg_str(struct page *page, struct str s);
struct str html_arg_chars(struct page *page, const char *s);
struct str html_arg_int(struct page *page, int v);
struct str html_arg_long(struct page *page, long v);
struct str html_arg_size(struct page *page, size_t v);
struct str html_arg_day(struct page *page, struct day day);
struct str html_arg_money(struct page *page, struct money money);
#define html_arg(page, v)                                                                                              \
    _Generic((v), struct str: html_arg_str, char *: html_arg_chars, const char *: html_arg_chars, int: html_arg_int,   \
             long: html_arg_long, size_t: html_arg_size, struct day: html_arg_day, struct money: html_arg_money)(      \
        (page), (v))
void html_text(struct page *page, struct str key, const struct str *args, size_t n);

/* A whole address, and a piece of one: everything but letters, digits and -._~ as %XX. */
void html_url(struct page *page, struct url url);
void html_url_part_str(struct page *page, struct str s);
void html_url_part_long(struct page *page, long v);
void html_url_part_int(struct page *page, int v);
void html_url_part_day(struct page *page, struct day day); /* 2026-11-22 */
#define html_url_part(page, v)                                                                                         \
    _Generic((v), struct str                                                                                           \
             : html_url_part_str, long                                                                                 \
             : html_url_part_long, int                                                                                 \
             : html_url_part_int, struct day                                                                           \
             : html_url_part_day)((page), (v))

/* html_escape -- & < > " ' as entities; control characters but tab and line ends left out. */
void html_escape(struct buf *to, struct str s);

/* Addresses. url_local -- a path of ours with its query, as a request had it or code made it; anything else gives "/". */
struct url url_local(struct str path);
struct url url_asset(struct page *page, const char *name); /* a file of assets/, under the name that carries its hash */
struct url url_icon(struct page *page, const char *name);  /* a symbol of icons.svg */
struct url url_tel(struct page *page, struct str phone);   /* digits and + only */
struct url url_mail(struct page *page, struct str email);
/* url_geo -- geo:-23.76639,-53.32056, which a phone opens in its map. */
struct url url_geo(struct page *page, int32_t lat_e5, int32_t lon_e5);
/* html_degrees -- -23.76639, for scripts and addresses; in every language with a point. */
struct str html_degrees(struct page *page, int32_t e5);

#endif
