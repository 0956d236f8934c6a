// SPDX-License-Identifier: Apache-2.0
/* cluster_sql -- see the header. */
#include "app/cluster_sql.h"

#include <string.h>

#include "base/buf.h"

void cluster_set_sql(struct cluster_words *words, const char *name, struct str text) {
    size_t i = 0;
    while (i < words->n && !str_equal(words->word[i].name, str_from(name)))
        i++;
    if (i == CLUSTER_WORDS)
        return; /* cluster_sql then misses it, and says so */
    words->word[i].name = str_from(name);
    words->word[i].text = text;
    words->n += i == words->n;
}

struct str cluster_quoted(struct arena *arena, struct str text, char quote) {
    struct buf b;
    buf_init(&b, arena, 0);
    buf_char(&b, quote);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == quote || text.p[i] == '\\')
            buf_char(&b, '\\');
        if (text.p[i] == '\0')
            buf_put(&b, S("\\0"));
        else
            buf_char(&b, text.p[i]);
    }
    buf_char(&b, quote);
    return buf_str(&b);
}

void cluster_set_name(struct arena *arena, struct cluster_words *words, const char *name, struct str text) {
    cluster_set_sql(words, name, cluster_quoted(arena, text, '`'));
}

void cluster_set_text(struct arena *arena, struct cluster_words *words, const char *name, struct str text) {
    cluster_set_sql(words, name, cluster_quoted(arena, text, '\''));
}

void cluster_set_int(struct arena *arena, struct cluster_words *words, const char *name, int64_t number) {
    struct buf b;
    buf_init(&b, arena, 0);
    buf_printf(&b, "toInt64(%lld)", (long long)number);
    cluster_set_sql(words, name, buf_str(&b));
}

void cluster_set_real(struct arena *arena, struct cluster_words *words, const char *name, double number) {
    struct buf b;
    buf_init(&b, arena, 0);
    buf_printf(&b, "toFloat64(%.17g)", number);
    cluster_set_sql(words, name, buf_str(&b));
}

static bool word_fill(struct cx *cx, const struct cluster_words *words, const char *statement, struct str name,
                      struct buf *to) {
    for (size_t i = 0; i < words->n; i++) {
        if (str_equal(words->word[i].name, name)) {
            buf_put(to, words->word[i].text);
            return true;
        }
    }
    return cx_fail(cx, ERR_BUG, S("cluster.no_word"), str_from(statement), str_copy(cx->arena, name));
}

static bool is_word(struct str s) {
    for (size_t i = 0; i < s.n; i++) {
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '_'))
            return false;
    }
    return s.n > 0;
}

bool cluster_sql(struct cx *cx, const struct cluster_words *words, const char *statement, struct str *out) {
    size_t at = 0;
    while (at < cluster_statements_n && strcmp(cluster_statements[at].name, statement) != 0)
        at++;
    if (at == cluster_statements_n)
        return cx_fail(cx, ERR_BUG, S("cluster.no_word"), str_from(statement), S("-"));
    struct str rest = str_from(cluster_statements[at].text), head, name;
    struct buf b;
    buf_init(&b, cx->arena, 0);
    while (str_cut(rest, '{', &head, &rest)) {
        buf_put(&b, head);
        if (!str_cut(rest, '}', &name, &rest) || !is_word(name))
            return cx_fail(cx, ERR_BUG, S("cluster.no_word"), str_from(statement), S("{"));
        if (!word_fill(cx, words, statement, name, &b))
            return false;
    }
    buf_put(&b, head);
    *out = str_trim(buf_str(&b));
    return true;
}

bool cluster_part(struct cx *cx, struct cluster_words *words, const char *statement, const char *name) {
    struct str text;
    if (!cluster_sql(cx, words, statement, &text))
        return false;
    cluster_set_sql(words, name, text);
    return true;
}
