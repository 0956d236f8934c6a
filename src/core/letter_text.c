// SPDX-License-Identifier: Apache-2.0
/* letter_text -- see the header. */
#include "core/letter_text.h"

#include <string.h>

#include "core/merge.h"

struct writer {
    struct buf *to;
    letter_text_link *link;
    void *owner;
};

/* ---- addresses ---- */

static bool blank(char c) {
    return (unsigned char)c <= ' ' || c == 0x7F;
}

static size_t scheme_length(struct str s) {
    static const struct str https = {"https://", 8}, http = {"http://", 7};
    return str_starts(s, https) ? https.n : str_starts(s, http) ? http.n : 0;
}

/* Marks that end a sentence end no address; a bracket does when it was not opened inside. */
static size_t url_length(struct str s) {
    size_t n = 0, open = 0;
    while (n < s.n && !blank(s.p[n]) && strchr("<>\"'{}|\\^`", s.p[n]) == NULL) {
        open += s.p[n] == '(';
        if (s.p[n] == ')' && open-- == 0)
            break;
        n++;
    }
    while (n > 0 && strchr(".,;:!?", s.p[n - 1]) != NULL)
        n--;
    return n;
}

bool letter_text_next(struct str text, size_t *at, struct str *url) {
    for (size_t i = *at; i < text.n; i++) {
        struct str rest = {text.p + i, text.n - i};
        size_t scheme = text.p[i] == 'h' ? scheme_length(rest) : 0, n = scheme > 0 ? url_length(rest) : 0;
        if (n <= scheme)
            continue;
        *url = (struct str){rest.p, n};
        *at = i + n;
        return true;
    }
    return false;
}

/* ---- HTML ---- */

static void put_escaped(const struct writer *w, struct str s) {
    buf_put(w->to, merge_escape(w->to->arena, s, MERGE_HTML));
}

static void put_line(const struct writer *w, struct str line) {
    size_t from = 0, at = 0;
    struct str url;
    while (letter_text_next(line, &at, &url)) {
        put_escaped(w, (struct str){line.p + from, (size_t)(url.p - line.p) - from});
        buf_put(w->to, S("<a href=\""));
        put_escaped(w, w->link != NULL ? w->link(w->owner, w->to->arena, url) : url);
        buf_put(w->to, S("\">"));
        put_escaped(w, url);
        buf_put(w->to, S("</a>"));
        from = at;
    }
    put_escaped(w, (struct str){line.p + from, line.n - from});
}

static struct str line_take(struct str *text) {
    struct str line, rest;
    if (!str_cut(*text, '\n', &line, &rest))
        rest = (struct str){0};
    *text = rest;
    if (line.n > 0 && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

static bool listed(struct str line) {
    static const struct str mark = {"- ", 2};
    return str_starts(line, mark);
}

/* A paragraph or a list: the lines up to the next empty one. */
static void put_block(const struct writer *w, struct str *text) {
    struct str rest = *text, line;
    bool list = true;
    for (struct str look = rest; look.n > 0 && str_trim(line = line_take(&look)).n > 0;)
        list = list && listed(line);
    buf_put(w->to, list ? S("<ul>\n") : S("<p>"));
    for (size_t i = 0; rest.n > 0; i++) {
        struct str after = rest;
        line = line_take(&after);
        if (str_trim(line).n == 0)
            break;
        buf_put(w->to, list ? S("<li>") : i > 0 ? S("<br>\n") : (struct str){0});
        put_line(w, list ? (struct str){line.p + 2, line.n - 2} : line);
        buf_put(w->to, list ? S("</li>\n") : (struct str){0});
        rest = after;
    }
    buf_put(w->to, list ? S("</ul>\n") : S("</p>\n"));
    *text = rest;
}

void letter_text_html(struct buf *to, struct str text, letter_text_link *link, void *owner) {
    const struct writer w = {to, link, owner};
    while (text.n > 0) {
        struct str after = text;
        if (str_trim(line_take(&after)).n == 0)
            text = after;
        else
            put_block(&w, &text);
    }
}
