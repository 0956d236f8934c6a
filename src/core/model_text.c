// SPDX-License-Identifier: Apache-2.0
/* model_text -- see model_text.h. The names come from the models' own table, so that a new model needs nothing here.
 *
 * Must not know what a parameter means. Invariant: a text that was read holds every parameter of its model once, each
 * finite and where the model is defined.
 */
#include "core/model_text.h"

#include <math.h>

#include "base/buf.h"
#include "base/real.h"

/* Where a model is defined. An amount of money is large in one currency and small in millions of another. */
struct limits {
    double least, most;
    const char *least_text, *most_text;
};
static const struct limits param_limits = {1e-8, 1e8, "1e-8", "1e8"}, money_limits = {1e-15, 1e25, "1e-15", "1e25"},
                           weight_limits = {0, 1, "0", "1"};

/* -- names ------------------------------------------------------------------------------------------------------- */

const char *model_name(enum model_kind kind) {
    return model_of(kind)->name;
}

size_t model_params_n(enum model_kind kind) {
    return model_of(kind)->params;
}

const char *model_param_name(enum model_kind kind, size_t i) {
    return model_of(kind)->param[i];
}

bool model_has_k(enum model_kind kind) {
    return model_of(kind)->has_k;
}

bool model_kind_parse(struct str name, enum model_kind *out) {
    const struct model_def *def = model_named(name.p, name.n);
    if (def != NULL)
        *out = def->kind;
    return def != NULL;
}

bool model_takes_rate(enum model_kind kind) {
    return kind != MODEL_NONE && kind != MODEL_PGGG && kind != MODEL_GAMMAGAMMA;
}

bool model_takes_drop(enum model_kind kind) {
    return model_takes_rate(kind) && kind != MODEL_NBD;
}

struct str model_param_names(struct arena *arena, enum model_kind kind) {
    struct buf out;
    buf_init(&out, arena, 0);
    for (size_t i = 0; i < model_params_n(kind); i++) {
        buf_put(&out, i > 0 ? S(", ") : (struct str){0});
        buf_put(&out, str_from(model_param_name(kind, i)));
    }
    return buf_str(&out);
}

const char *model_stop_name(enum model_stop stop) {
    switch (stop) {
    case MODEL_CONVERGED:
        return "converged";
    case MODEL_AT_BOUND:
        return "at_bound";
    case MODEL_ON_RIDGE:
        return "on_ridge";
    case MODEL_SAMPLED:
        return "sampled";
    case MODEL_NOT_CONVERGED:
        break;
    }
    return "not_converged";
}

const char *model_warning_name(enum model_warning warning) {
    switch (warning) {
    case MODEL_WARN_NO_DROPOUT:
        return "no_dropout";
    case MODEL_WARN_HOMOGENEOUS:
        return "homogeneous";
    case MODEL_WARN_RIDGE:
        return "ridge";
    case MODEL_WARN_NOT_CONVERGED:
        return "not_converged";
    case MODEL_WARN_NO_REPEAT:
        return "no_repeat";
    case MODEL_WARN_VALUE_FREQUENCY:
        return "value_frequency";
    case MODEL_WARN_NO_MEAN:
        return "no_mean";
    case MODEL_WARN_CHAINS_APART:
        return "chains_apart";
    case MODEL_WARN_HETEROGENEITY_EXTREME:
        return "heterogeneity_extreme";
    case MODEL_WARN_SEPARATED:
        return "separated";
    case MODEL_WARN_PURCHASES_ALIKE:
        return "purchases_alike";
    }
    return NULL;
}

/* -- writing ----------------------------------------------------------------------------------------------------- */

static void put_escaped(struct buf *out, struct str s, const char *marks) {
    for (size_t i = 0; i < s.n; i++) {
        bool special = s.p[i] == '\\';
        for (const char *mark = marks; *mark != '\0'; mark++)
            special = special || s.p[i] == *mark;
        if (special)
            buf_char(out, '\\');
        buf_char(out, s.p[i]);
    }
}

static void put_effect_name(struct buf *out, const struct model_effect *effect) {
    buf_put(out, effect->drop ? S("drop[") : S("rate["));
    put_escaped(out, effect->column, "=]");
    if (effect->has_level) {
        buf_char(out, '=');
        put_escaped(out, effect->level, "]");
    }
    buf_char(out, ']');
}

struct str model_effect_name(struct arena *arena, const struct model_effect *effect) {
    struct buf out;
    buf_init(&out, arena, 0);
    put_effect_name(&out, effect);
    return buf_str(&out);
}

static void put_number(struct buf *out, double v) {
    char text[REAL_TEXT];
    size_t n = real_write(v, REAL_EXACT, text);
    buf_char(out, '=');
    buf_put(out, (struct str){text, n});
}

struct str model_text_write(struct arena *arena, const struct model_text *text) {
    struct buf out;
    buf_init(&out, arena, 0);
    for (size_t i = 0; i < model_params_n(text->params.kind); i++) {
        buf_put(&out, i > 0 ? S(",") : (struct str){0});
        buf_put(&out, str_from(model_param_name(text->params.kind, i)));
        put_number(&out, text->params.v[i]);
    }
    for (size_t i = 0; i < text->effects; i++) {
        buf_char(&out, ',');
        put_effect_name(&out, &text->effect[i]);
        put_number(&out, text->effect[i].value);
    }
    return buf_str(&out);
}

/* -- reading ----------------------------------------------------------------------------------------------------- */

struct reader {
    struct cx *cx;
    enum model_kind kind;
    char mark;
    bool seen[MODEL_PARAMS];
    int64_t k;
    struct model_text *out;
};

/* Where the piece that begins at `at` ends: at the mark or `=` outside brackets, or at the end of the text. */
static size_t piece_end(struct str s, size_t at, char mark) {
    bool inside = false;
    for (; at < s.n; at++) {
        if (inside && s.p[at] == '\\')
            at++;
        else if (s.p[at] == '[' || s.p[at] == ']')
            inside = s.p[at] == '[' || (inside && s.p[at] != ']');
        else if (!inside && s.p[at] == mark)
            break;
    }
    return at < s.n ? at : s.n;
}

static struct str part(struct str s, size_t from, size_t to) {
    return str_trim((struct str){s.p + from, to - from});
}

/* Digits, signs, marks, exponent: a blank or a currency sign in a parameter is a slip. */
static bool looks_like_number(struct str text, char mark) {
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool fits = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || (c | 0x20) == 'e';
        if (!fits && !(c == ',' && mark == ';'))
            return false;
    }
    return true;
}

static bool read_number(struct reader *r, struct str name, struct str text, double *out) {
    enum decimal_mark mark = r->mark == ';' ? DECIMAL_UNKNOWN : DECIMAL_POINT;
    if (!looks_like_number(text, r->mark) || real_read(text, mark, out, NULL) != DECIMAL_OK)
        return cx_fail(r->cx, ERR_INVALID, S("model.not_a_number"), name, text);
    *out += 0.0; /* there is one zero: -0 becomes it */
    return true;
}

/* Text up to an unescaped `stop` or the end, without its escapes. */
static struct str unescaped(struct arena *arena, struct str s, size_t *at, char stop) {
    struct buf out;
    buf_init(&out, arena, 0);
    for (; *at < s.n && s.p[*at] != stop; ++*at) {
        if (s.p[*at] == '\\' && *at + 1 < s.n)
            ++*at;
        buf_char(&out, s.p[*at]);
    }
    return buf_str(&out);
}

static bool effect_same(const struct model_effect *a, const struct model_effect *b) {
    return a->drop == b->drop && a->has_level == b->has_level && str_equal(a->column, b->column) &&
           str_equal(a->level, b->level);
}

static bool unknown(const struct reader *r, struct str name) {
    struct str names = model_param_names(r->cx->arena, r->kind);
    if (model_has_k(r->kind))
        names = cx_text(r->cx, "%.*s, k", STR_ARG(names));
    return cx_fail(r->cx, ERR_INVALID, S("model.unknown_param"), name, str_from(model_name(r->kind)), names);
}

static bool read_effect(struct reader *r, struct str name, double value) {
    struct model_effect effect = {.value = value, .se = INFINITY, .drop = str_starts(name, S("drop["))};
    struct str inside = {name.p + 5, name.n - 6};
    size_t at = 0;
    if (effect.drop ? !model_takes_drop(r->kind) : !model_takes_rate(r->kind))
        return unknown(r, name);
    effect.column = unescaped(r->cx->arena, inside, &at, '=');
    effect.has_level = at < inside.n;
    if (effect.has_level) {
        at++;
        effect.level = unescaped(r->cx->arena, inside, &at, ']');
    }
    if (effect.column.n == 0 || at < inside.n)
        return unknown(r, name);
    for (size_t i = 0; i < r->out->effects; i++) {
        if (effect_same(&r->out->effect[i], &effect))
            return cx_fail(r->cx, ERR_INVALID, S("model.param_twice"), name);
    }
    if (r->out->effects == 2 * MODEL_COVARIATES)
        return cx_fail(r->cx, ERR_LIMIT, S("model.too_many_effects"), cx_text(r->cx, "%d", MODEL_COVARIATES));
    r->out->effect[r->out->effects++] = effect;
    return true;
}

static bool read_k(struct reader *r, double value) {
    if (r->k != 0 && value != (double)r->k)
        return cx_fail(r->cx, ERR_INVALID, S("model.k_twice"), cx_text(r->cx, "%lld", (long long)r->k),
                       cx_text(r->cx, "%g", value));
    if (!(value >= 1 && value <= MODEL_K_MOST) || value != floor(value))
        return cx_fail(r->cx, ERR_INVALID, S("model.k_range"), cx_text(r->cx, "%g", value),
                       cx_text(r->cx, "%d", MODEL_K_MOST));
    r->k = (int64_t)value;
    return true;
}

static bool read_piece(struct reader *r, struct str piece) {
    size_t equals = piece_end(piece, 0, '=');
    struct str name = part(piece, 0, equals);
    double value = 0;
    if (equals == piece.n)
        return cx_fail(r->cx, ERR_INVALID, S("model.no_value"), str_trim(piece));
    if (!read_number(r, name, part(piece, equals + 1, piece.n), &value))
        return false;
    if (name.n > 6 && name.p[name.n - 1] == ']' && (str_starts(name, S("rate[")) || str_starts(name, S("drop["))))
        return read_effect(r, name, value);
    if (str_equal(name, S("k")) && model_has_k(r->kind))
        return read_k(r, value);
    for (size_t i = 0; i < model_params_n(r->kind); i++) {
        if (!str_equal(name, str_from(model_param_name(r->kind, i))))
            continue;
        if (r->seen[i])
            return cx_fail(r->cx, ERR_INVALID, S("model.param_twice"), name);
        r->seen[i] = true;
        r->out->params.v[i] = value;
        return true;
    }
    return unknown(r, name);
}

/* Shares of a mixture may be 0; all else is above it. */
static bool is_weight(enum model_kind kind, size_t i) {
    return kind == MODEL_MIXK && model_param_name(kind, i)[0] == 'w';
}

static const struct limits *limits_of(enum model_kind kind, size_t i) {
    if (is_weight(kind, i))
        return &weight_limits;
    bool money = kind == MODEL_GAMMAGAMMA && str_equal(str_from(model_param_name(kind, i)), S("gamma"));
    return money ? &money_limits : &param_limits;
}

static bool all_defined(struct reader *r) {
    struct cx *cx = r->cx;
    const struct model_params *params = &r->out->params;
    double weights = 0;
    for (size_t i = 0; i < model_params_n(r->kind); i++) {
        struct str name = str_from(model_param_name(r->kind, i));
        double v = params->v[i];
        bool weight = is_weight(r->kind, i);
        if (!r->seen[i])
            return cx_fail(cx, ERR_INVALID, S("model.param_missing"), name, str_from(model_name(r->kind)),
                           model_param_names(cx->arena, r->kind));
        const struct limits *limits = limits_of(r->kind, i);
        if (!(v >= limits->least && v <= limits->most))
            return cx_fail(cx, ERR_INVALID, weight ? S("model.weight_range") : S("model.param_range"), name,
                           cx_text(cx, "%g", v), str_from(limits->least_text), str_from(limits->most_text));
        weights += weight ? v : 0;
    }
    if (model_of(r->kind)->check(params) == STAT_OK)
        return true;
    if (r->kind == MODEL_MIXK)
        return cx_fail(cx, ERR_INVALID, S("model.weights_sum"), cx_text(cx, "%.12g", weights));
    return cx_fail(cx, ERR_INVALID, S("model.not_defined"), str_from(model_name(r->kind)));
}

bool model_k_ready(struct cx *cx, enum model_kind kind, int64_t k, bool needed) {
    if (!model_has_k(kind))
        return k == 0 || cx_fail(cx, ERR_INVALID, S("model.no_k"), str_from(model_name(kind)));
    if (k == 0)
        return !needed || cx_fail(cx, ERR_INVALID, S("model.k_missing"), str_from(model_name(kind)),
                                  cx_text(cx, "%d", MODEL_K_MOST));
    return (k >= 1 && k <= MODEL_K_MOST) || cx_fail(cx, ERR_INVALID, S("model.k_range"),
                                                    cx_text(cx, "%lld", (long long)k), cx_text(cx, "%d", MODEL_K_MOST));
}

bool model_text_read(struct cx *cx, enum model_kind kind, int64_t given_k, struct str text, struct model_text *out) {
    bool semicolons = piece_end(text, 0, ';') < text.n;
    *out = (struct model_text){.params = {.kind = kind, .k = 1}};
    struct reader r = {.cx = cx, .kind = kind, .mark = semicolons ? ';' : ',', .k = given_k, .out = out};
    if (!model_k_ready(cx, kind, given_k, false))
        return false;
    out->effect = arena_new(cx->arena, struct model_effect, 2 * MODEL_COVARIATES);
    for (size_t at = 0, end; at < text.n; at = end + 1) {
        end = piece_end(text, at, r.mark);
        struct str piece = part(text, at, end);
        if (piece.n > 0 && !read_piece(&r, piece))
            return false;
    }
    if (!all_defined(&r) || !model_k_ready(cx, kind, r.k, true))
        return false;
    out->params.k = r.k != 0 ? (int32_t)r.k : 1;
    return true;
}
