// SPDX-License-Identifier: Apache-2.0
/* text -- see text.h. The language is an argument: libc's locale is not used, so that an answer looks the same on
 * every machine. */
#include "base/text.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/real.h"
#include "base/utf8.h"

static struct str made(struct buf *buf) {
    return buf_str(buf);
}

struct str text_decimal(struct arena *arena, enum lang lang, int64_t v, int scale, int shown) {
    int64_t unit = 1;
    for (; scale > shown; scale--)
        unit *= 10;
    v = decimal_divide(v, unit);
    char digits[32];
    size_t n = decimal_write(v, scale, scale, digits);
    struct buf out;
    buf_init(&out, arena, 0);
    size_t at = 0;
    if (digits[0] == '-') {
        buf_char(&out, '-');
        at = 1;
    }
    size_t whole = at;
    while (whole < n && digits[whole] != '.')
        whole++;
    for (; at < whole; at++) {
        buf_char(&out, digits[at]);
        if ((whole - at - 1) % 3 == 0 && at + 1 < whole)
            buf_char(&out, lang == LANG_PT_BR ? '.' : ',');
    }
    if (whole < n) {
        buf_char(&out, lang == LANG_PT_BR ? ',' : '.');
        buf_put(&out, (struct str){digits + whole + 1, n - whole - 1});
    }
    return made(&out);
}

struct str text_int(struct arena *arena, enum lang lang, int64_t v) {
    return text_decimal(arena, lang, v, 0, 0);
}

/* What the C library wrote, with the language's mark. */
static struct str marked(struct arena *arena, enum lang lang, const char *text, size_t n) {
    char *out = arena_new(arena, char, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = text[i] == '.' && lang == LANG_PT_BR ? ',' : text[i];
    return (struct str){out, n};
}

struct str text_real(struct arena *arena, enum lang lang, double v, int digits) {
    char text[REAL_TEXT];
    size_t n = real_write(v, digits, text);
    return n > 0 ? marked(arena, lang, text, n) : S("-");
}

struct str text_fixed(struct arena *arena, enum lang lang, double v, int places) {
    struct buf out;
    if (!isfinite(v))
        return S("-");
    buf_init(&out, arena, 0);
    buf_printf(&out, "%.*f", places, v);
    return marked(arena, lang, out.p, out.n);
}

struct str text_money(struct arena *arena, enum lang lang, int64_t cents) {
    return text_decimal(arena, lang, cents, 2, 2);
}

struct str text_share(struct arena *arena, enum lang lang, int64_t share_e4) {
    struct buf out;
    buf_init(&out, arena, 0);
    buf_put(&out, text_decimal(arena, lang, share_e4, 2, 1));
    buf_put(&out, S(" %"));
    return made(&out);
}

struct str text_chance(struct arena *arena, enum lang lang, int64_t p_e4) {
    enum { PERCENT_E4 = 100, ALL = 100 };
    int64_t percent = decimal_divide(p_e4, PERCENT_E4);
    struct buf out;
    buf_init(&out, arena, 0);
    if (percent < 1)
        buf_char(&out, '<');
    if (percent >= ALL)
        buf_char(&out, '>');
    buf_put(&out, text_int(arena, lang, percent < 1 ? 1 : percent >= ALL ? ALL - 1 : percent));
    buf_put(&out, S(" %"));
    return made(&out);
}

struct str text_day(struct arena *arena, enum lang lang, struct day day) {
    char text[DAY_TEXT];
    if (!day_is(day))
        return S("-");
    size_t n = day_local(day, lang == LANG_PT_BR, text);
    return str_copy(arena, (struct str){text, n});
}

static struct str month_text(struct arena *arena, int32_t month, bool month_first_shown) {
    int y, m, d;
    day_split(month_first(month), &y, &m, &d);
    struct buf out;
    buf_init(&out, arena, 0);
    if (month_first_shown)
        buf_printf(&out, "%02d/%04d", m, y);
    else
        buf_printf(&out, "%04d-%02d", y, m);
    return made(&out);
}

struct str text_month(struct arena *arena, enum lang lang, int32_t month) {
    return month_text(arena, month, lang == LANG_PT_BR);
}

struct str text_month_iso(struct arena *arena, int32_t month) {
    return month_text(arena, month, false);
}

/* Whole days and the seconds within the day, also before 1970. */
static struct day moment_day(int64_t us, int32_t *second) {
    int64_t s = us / 1000000 - (us % 1000000 < 0 ? 1 : 0);
    int64_t day = s / 86400 - (s % 86400 < 0 ? 1 : 0);
    *second = (int32_t)(s - day * 86400);
    return (struct day){(int32_t)day};
}

struct str text_moment(struct arena *arena, enum lang lang, int64_t us, int32_t offset_s) {
    int32_t second;
    struct day day = moment_day(us + (int64_t)offset_s * 1000000, &second);
    struct buf out;
    buf_init(&out, arena, 0);
    buf_put(&out, text_day(arena, lang, day));
    buf_printf(&out, " %02d:%02d", second / 3600, second / 60 % 60);
    return made(&out);
}

struct str text_moment_iso(struct arena *arena, int64_t us) {
    int32_t second;
    char text[DAY_TEXT];
    size_t n = day_iso(moment_day(us, &second), text);
    struct buf out;
    buf_init(&out, arena, 0);
    buf_printf(&out, "%.*sT%02d:%02d:%02dZ", (int)n, text, second / 3600, second / 60 % 60, second % 60);
    return made(&out);
}

struct str text_lines(struct arena *arena, struct str s) {
    struct buf out;
    buf_init(&out, arena, 0);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\r')
            buf_char(&out, s.p[i]);
    return str_trim(made(&out));
}

struct str text_clean(struct arena *arena, struct str s) {
    struct buf out;
    buf_init(&out, arena, 0);
    for (size_t at = 0; at < s.n;) {
        size_t length = utf8_length(s.p + at, s.n - at);
        unsigned char c = (unsigned char)s.p[at];
        bool control = c < 0x20 || c == 0x7F || (length == 2 && c == 0xC2 && (unsigned char)s.p[at + 1] < 0xA0);
        if (length == 0)
            buf_put(&out, S("\xEF\xBF\xBD"));
        else if (control)
            buf_char(&out, ' ');
        else
            buf_put(&out, (struct str){s.p + at, length});
        at += length > 0 ? length : 1;
    }
    return made(&out);
}

struct str text_shell(struct arena *arena, struct str s) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:@%+=,";
    size_t at = 0;
    while (at < s.n && memchr(plain, s.p[at], sizeof plain - 1) != NULL)
        at++;
    if (s.n > 0 && at == s.n)
        return s;
    struct buf out;
    buf_init(&out, arena, 0);
    buf_char(&out, '\'');
    for (size_t i = 0; i < s.n; i++)
        buf_put(&out, s.p[i] == '\'' ? S("'\\''") : (struct str){s.p + i, 1});
    buf_char(&out, '\'');
    return buf_str(&out);
}

struct str text_shorten(struct arena *arena, struct str s, size_t columns) {
    if (str_width(s) <= columns)
        return s;
    size_t at = 0, width = 0;
    while (at < s.n) {
        size_t length = utf8_length(s.p + at, s.n - at);
        length = length > 0 ? length : 1;
        size_t more = str_width((struct str){s.p + at, length});
        if (width + more + 1 > columns)
            break;
        width += more;
        at += length;
    }
    while (at > 0 && s.p[at - 1] == ' ')
        at--;
    struct buf out;
    buf_init(&out, arena, 0);
    buf_put(&out, (struct str){s.p, at});
    buf_put(&out, S("…"));
    return made(&out);
}

struct str text_wrap(struct arena *arena, struct str s, size_t columns, size_t indent) {
    struct buf out;
    buf_init(&out, arena, 0);
    size_t width = 0;
    for (struct str rest = s, word; rest.n > 0;) {
        str_cut(rest, ' ', &word, &rest);
        size_t wide = str_width(word);
        if (width > 0 && columns > 0 && width + 1 + wide > columns) {
            buf_char(&out, '\n');
            width = 0;
        }
        if (width == 0) {
            for (; width < indent; width++)
                buf_char(&out, ' ');
        } else if (width > indent) {
            buf_char(&out, ' ');
            width++;
        }
        buf_put(&out, word);
        width += wide;
    }
    buf_char(&out, '\n');
    return made(&out);
}
