// SPDX-License-Identifier: Apache-2.0
/* merge -- see the header. One loop reads pieces: literal text, or a field; checking and writing are what is done with them. */
#include "core/merge.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/utf8.h"

/* ---- reading ---- */

struct reader {
    struct str text;
    size_t at, line, fields;
};
struct piece {
    bool is_field;
    struct str text; /* literal text, or the field's name */
    struct str other;
    bool has_other; /* a default, which may be empty */
    size_t line;
};

static bool letter_at(struct str text, size_t at) {
    if (at >= text.n)
        return false;
    unsigned char c = (unsigned char)text.p[at];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* A brace, blanks, a letter. */
static bool opens_at(struct str text, size_t at) {
    if (text.p[at] != '{')
        return false;
    do
        at++;
    while (at < text.n && text.p[at] == ' ');
    return letter_at(text, at);
}

static bool fault_at(struct merge_fault *fault, enum merge_kind kind, struct str field, size_t line) {
    *fault = (struct merge_fault){kind, field, line};
    return false;
}

static bool field_read(struct reader *r, struct piece *out, struct merge_fault *fault) {
    struct str inside = {r->text.p + r->at + 1, r->text.n - r->at - 1};
    size_t n = 0;
    while (n < inside.n && n <= MERGE_FIELD_MOST && inside.p[n] != '}' && inside.p[n] != '{' && inside.p[n] != '\n')
        n++;
    struct str whole = {inside.p, n};
    *out = (struct piece){.is_field = true, .line = r->line};
    out->has_other = str_cut(whole, '|', &out->text, &out->other);
    out->text = str_trim(out->text);
    if (n >= inside.n || inside.p[n] != '}')
        return fault_at(fault, MERGE_UNCLOSED, out->text, r->line);
    if (r->at > 0 && r->text.p[r->at - 1] == '{')
        return fault_at(fault, MERGE_DOUBLED, out->text, r->line);
    if (++r->fields > MERGE_FIELDS_MOST)
        return fault_at(fault, MERGE_TOO_MANY, out->text, r->line);
    r->at += n + 2;
    return true;
}

static void literal_read(struct reader *r, struct piece *out) {
    size_t from = r->at;
    while (r->at < r->text.n && !opens_at(r->text, r->at))
        r->line += r->text.p[r->at++] == '\n';
    *out = (struct piece){.text = {r->text.p + from, r->at - from}, .line = r->line};
}

static bool piece_read(struct reader *r, struct piece *out, struct merge_fault *fault) {
    if (opens_at(r->text, r->at))
        return field_read(r, out, fault);
    literal_read(r, out);
    return true;
}

static const struct merge_value *value_find(struct arena *arena, const struct merge_value *value, size_t n,
                                            struct str name) {
    struct str folded = str_fold(arena, name);
    for (size_t i = 0; i < n; i++)
        if (str_equal(value[i].name, folded) || (value[i].also.n > 0 && str_equal(value[i].also, folded)))
            return &value[i];
    return NULL;
}

static bool text_good(struct str text, struct merge_fault *fault) {
    if (text.n > MERGE_TEXT_MOST)
        return fault_at(fault, MERGE_TOO_LONG, (struct str){0}, 1);
    if (text.n > 0 && (!str_valid_utf8(text) || memchr(text.p, '\0', text.n) != NULL))
        return fault_at(fault, MERGE_NOT_TEXT, (struct str){0}, 1);
    return true;
}

/* ---- values in their form ---- */

static bool control(struct str c) {
    unsigned char first = (unsigned char)c.p[0];
    return first < 0x20 || first == 0x7F || (c.n == 2 && first == 0xC2 && (unsigned char)c.p[1] < 0xA0);
}

/* The two line ends that only Unicode has. */
static bool line_end(struct str c) {
    return c.n == 3 && (memcmp(c.p, "\xE2\x80\xA8", 3) == 0 || memcmp(c.p, "\xE2\x80\xA9", 3) == 0);
}

static void put_plain(struct buf *to, struct str c, bool one_line) {
    bool kept = c.p[0] == '\n' && !one_line;
    if (!kept && (control(c) || (one_line && line_end(c))))
        buf_char(to, ' ');
    else
        buf_put(to, c);
}

static void put_html(struct buf *to, struct str c) {
    switch (c.p[0]) {
    case '&':
        buf_put(to, S("&amp;"));
        break;
    case '<':
        buf_put(to, S("&lt;"));
        break;
    case '>':
        buf_put(to, S("&gt;"));
        break;
    case '"':
        buf_put(to, S("&quot;"));
        break;
    case '\'':
        buf_put(to, S("&#39;"));
        break;
    default:
        put_plain(to, c, false);
    }
}

static void put_form(struct buf *to, struct str c) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    for (size_t i = 0; i < c.n; i++)
        if (memchr(plain, c.p[i], sizeof plain - 1) != NULL)
            buf_char(to, c.p[i]);
        else
            buf_printf(to, "%%%02X", (unsigned)(unsigned char)c.p[i]);
}

static void put_json(struct buf *to, struct arena *arena, struct str s) {
    struct buf quoted;
    buf_init(&quoted, arena, 0);
    buf_json(&quoted, s);
    struct str all = buf_str(&quoted);
    buf_put(to, (struct str){all.p + 1, all.n - 2});
}

static void put_value(struct buf *to, struct arena *arena, struct str s, enum merge_form form) {
    if (form == MERGE_JSON) {
        put_json(to, arena, s);
        return;
    }
    for (size_t at = 0; at < s.n;) {
        /* As browsers send a line's end: one end, not a blank before it. */
        if ((form == MERGE_TEXT || form == MERGE_HTML) && s.p[at] == '\r' && at + 1 < s.n && s.p[at + 1] == '\n') {
            at++;
            continue;
        }
        size_t length = utf8_length(s.p + at, s.n - at);
        struct str c = length > 0 ? (struct str){s.p + at, length} : S("\xEF\xBF\xBD");
        at += length > 0 ? length : 1;
        if (form == MERGE_HTML)
            put_html(to, c);
        else if (form == MERGE_FORM)
            put_form(to, c);
        else
            put_plain(to, c, form == MERGE_LINE);
    }
}

struct str merge_escape(struct arena *arena, struct str value, enum merge_form form) {
    struct buf to;
    buf_init(&to, arena, 0);
    put_value(&to, arena, value, form);
    return buf_str(&to);
}

/* ---- what is done with the pieces ---- */

bool merge_check(struct arena *arena, struct str text, const struct merge_value *known, size_t n,
                 struct merge_fault *out) {
    struct reader r = {.text = text, .line = 1};
    struct piece piece;
    *out = (struct merge_fault){0};
    if (!text_good(text, out))
        return false;
    while (r.at < text.n) {
        if (!piece_read(&r, &piece, out))
            return false;
        if (piece.is_field && value_find(arena, known, n, piece.text) == NULL)
            return fault_at(out, MERGE_UNKNOWN, piece.text, piece.line);
    }
    return true;
}

bool merge_write(struct arena *arena, struct str text, const struct merge_value *value, size_t n, enum merge_form form,
                 size_t most, struct str *out, struct merge_fault *fault) {
    struct reader r = {.text = text, .line = 1};
    struct piece piece;
    struct buf to;
    buf_init(&to, arena, most);
    *fault = (struct merge_fault){0};
    if (!text_good(text, fault))
        return false;
    while (r.at < text.n) {
        if (!piece_read(&r, &piece, fault))
            return false;
        if (!piece.is_field) {
            if (form == MERGE_LINE)
                put_value(&to, arena, piece.text, form);
            else
                buf_put(&to, piece.text);
            continue;
        }
        const struct merge_value *found = value_find(arena, value, n, piece.text);
        if (found == NULL)
            return fault_at(fault, MERGE_UNKNOWN, piece.text, piece.line);
        bool there = str_trim(merge_escape(arena, found->value, MERGE_LINE)).n > 0;
        if (!there && !piece.has_other)
            return fault_at(fault, MERGE_MISSING, piece.text, piece.line);
        put_value(&to, arena, there ? found->value : piece.other, form);
    }
    if (to.cut)
        return fault_at(fault, MERGE_TOO_LONG, (struct str){0}, 1);
    *out = buf_str(&to);
    return true;
}

bool merge_fail(struct cx *cx, const struct merge_fault *fault, struct str whose) {
    static const char *const keys[] = {[MERGE_GOOD] = "",
                                       [MERGE_UNKNOWN] = "merge.unknown",
                                       [MERGE_UNCLOSED] = "merge.unclosed",
                                       [MERGE_DOUBLED] = "merge.doubled",
                                       [MERGE_TOO_LONG] = "merge.too_long",
                                       [MERGE_TOO_MANY] = "merge.too_many",
                                       [MERGE_NOT_TEXT] = "merge.not_text",
                                       [MERGE_MISSING] = "merge.missing"};
    struct str field = text_shorten(cx->arena, text_clean(cx->arena, fault->field), 60);
    struct str line = cx_text(cx, "%zu", fault->line);
    if (fault->kind == MERGE_MISSING)
        return cx_fail(cx, ERR_INVALID, whose.n > 0 ? S("merge.missing") : S("merge.missing_nobody"), field, whose);
    if (fault->kind == MERGE_TOO_LONG || fault->kind == MERGE_TOO_MANY)
        return cx_fail(
            cx, ERR_INVALID, str_from(keys[fault->kind]),
            cx_text(cx, "%d", fault->kind == MERGE_TOO_MANY ? (int)MERGE_FIELDS_MOST : (int)MERGE_TEXT_MOST));
    return cx_fail(cx, ERR_INVALID, str_from(keys[fault->kind]), field, line);
}
