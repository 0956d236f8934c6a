// SPDX-License-Identifier: Apache-2.0
/* policy_scope -- whom a rule is for, as text: `company=1 segment="Varejo Sul" abc=A`.
 *
 * A value that holds a blank or a quote stands in quotes, a quote inside doubled. Nothing here knows which codes
 * exist. Invariant: policy_scope_text of any scope is read back to the same scope.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "core/policy.h"

enum { LABELS = 4, SCOPE_TEXT = LABELS * (2 * LIMIT_CODE + 16) };

/* The keys in canonical order, English first. The last, abc, is a letter and no label. */
static const char *const scope_keys[LABELS + 1][4] = {
    {"company", "empresa"},  {"rep", "representante", "vendedor"},
    {"segment", "segmento"}, {"region", "regiao", "região"},
    {"abc", "classe"},
};

static struct str *scope_label(struct policy_scope *s, size_t i) {
    struct str *label[LABELS] = {&s->company, &s->rep, &s->segment, &s->region};
    return label[i];
}

static struct str scope_label_of(const struct policy_scope *s, size_t i) {
    const struct str label[LABELS] = {s->company, s->rep, s->segment, s->region};
    return label[i];
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool needs_quotes(struct str value) {
    for (size_t i = 0; i < value.n; i++)
        if (is_blank(value.p[i]) || value.p[i] == '"')
            return true;
    return false;
}

static void put_value(struct buf *buf, struct str value) {
    if (!needs_quotes(value)) {
        buf_put(buf, value);
        return;
    }
    buf_char(buf, '"');
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] == '"')
            buf_char(buf, '"');
        buf_char(buf, value.p[i]);
    }
    buf_char(buf, '"');
}

struct str policy_scope_text(struct arena *arena, const struct policy_scope *scope) {
    struct buf buf;
    buf_init(&buf, arena, SCOPE_TEXT);
    for (size_t i = 0; i < LABELS; i++) {
        struct str value = scope_label_of(scope, i);
        if (value.n == 0)
            continue;
        buf_printf(&buf, "%s%s=", buf.n > 0 ? " " : "", scope_keys[i][0]);
        put_value(&buf, value);
    }
    if (scope->abc != 0)
        buf_printf(&buf, "%sabc=%c", buf.n > 0 ? " " : "", scope->abc);
    return buf_str(&buf);
}

static bool scope_fail(struct cx *cx, struct str key, struct str text, size_t at) {
    size_t character = 1;
    for (size_t i = 0; i < at; i++)
        character += ((unsigned char)text.p[i] & 0xC0) != 0x80;
    return cx_fail(cx, ERR_INVALID, key, cx_text(cx, "%zu", character), text);
}

/* LABELS + 1 when it is no key of ours. */
static size_t key_index(struct arena *arena, struct str key) {
    struct str lower = str_lower(arena, key);
    for (size_t i = 0; i <= LABELS; i++)
        for (size_t k = 0; k < 4 && scope_keys[i][k] != NULL; k++)
            if (str_equal(lower, str_from(scope_keys[i][k])))
                return i;
    return LABELS + 1;
}

/* The value that begins at *at; *at moves behind it. */
static bool read_value(struct cx *cx, struct str text, size_t *at, struct str *out) {
    struct buf buf;
    buf_init(&buf, cx->arena, LIMIT_CODE);
    size_t begin = *at, i = begin;
    bool quoted = i < text.n && text.p[i] == '"', closed = !quoted;
    for (i += quoted; i < text.n; i++) {
        char c = text.p[i];
        if (!quoted && is_blank(c))
            break;
        if (quoted && c == '"') {
            if (i + 1 == text.n || text.p[i + 1] != '"') {
                closed = true;
                i++;
                break;
            }
            i++;
        }
        buf_char(&buf, c);
    }
    if (!closed)
        return scope_fail(cx, S("policy.scope_quote"), text, begin);
    if (buf.n == 0)
        return scope_fail(cx, S("policy.scope_value"), text, begin);
    if (buf.cut)
        return scope_fail(cx, S("policy.scope_long"), text, begin);
    *out = buf_str(&buf);
    *at = i;
    return true;
}

static bool set_abc(struct policy_scope *scope, struct str value) {
    char c = value.n == 1 ? value.p[0] : '\0';
    if (c >= 'a')
        c = (char)(c - ('a' - 'A'));
    if (c < 'A' || c > 'C')
        return false;
    scope->abc = c;
    return true;
}

/* One `key=value` that begins at *at. */
static bool read_condition(struct cx *cx, struct str text, size_t *at, struct policy_scope *scope) {
    size_t begin = *at, equal = begin;
    while (equal < text.n && text.p[equal] != '=' && !is_blank(text.p[equal]))
        equal++;
    size_t i = key_index(cx->arena, (struct str){text.p + begin, equal - begin});
    if (equal == text.n || text.p[equal] != '=' || i > LABELS)
        return scope_fail(cx, S("policy.scope_key"), text, begin);
    bool twice = i == LABELS ? scope->abc != 0 : scope_label(scope, i)->n > 0;
    if (twice)
        return scope_fail(cx, S("policy.scope_twice"), text, begin);
    size_t value_at = equal + 1;
    struct str value;
    *at = value_at;
    if (!read_value(cx, text, at, &value))
        return false;
    if (*at < text.n && !is_blank(text.p[*at]))
        return scope_fail(cx, S("policy.scope_quote"), text, value_at);
    if (i < LABELS) {
        *scope_label(scope, i) = value;
        return true;
    }
    return set_abc(scope, value) || scope_fail(cx, S("policy.scope_abc"), text, value_at);
}

bool policy_scope_parse(struct cx *cx, struct str text, struct policy_scope *out) {
    struct policy_scope scope = {0};
    for (size_t at = 0; at < text.n;) {
        if (is_blank(text.p[at]))
            at++;
        else if (!read_condition(cx, text, &at, &scope))
            return false;
    }
    *out = scope;
    return true;
}

static int conditions(const struct policy_scope *s) {
    int n = s->abc != 0;
    for (size_t i = 0; i < LABELS; i++)
        n += scope_label_of(s, i).n > 0;
    return n;
}

/* A set condition comes before an unset one: rules for one company stand together. */
static int label_compare(struct str a, struct str b) {
    if ((a.n == 0) != (b.n == 0))
        return a.n == 0 ? 1 : -1;
    return str_compare(a, b);
}

int policy_scope_compare(const struct policy_scope *a, const struct policy_scope *b) {
    int more = conditions(b) - conditions(a);
    if (more != 0)
        return more;
    for (size_t i = 0; i < LABELS; i++) {
        int order = label_compare(scope_label_of(a, i), scope_label_of(b, i));
        if (order != 0)
            return order;
    }
    if ((a->abc == 0) != (b->abc == 0))
        return a->abc == 0 ? 1 : -1;
    return a->abc - b->abc;
}
