// SPDX-License-Identifier: Apache-2.0
/* json -- see the header. What the library made is given back before anything else is done with what it held. */
#include "web/api/json.h"

#include <json-c/json.h>
#include <string.h>

struct reading {
    struct cx *cx;
    size_t values;
};

static bool take(struct reading *r, json_object *from, struct json_value *out);

static bool text_take(struct reading *r, const char *p, size_t n, struct str *out) {
    if (memchr(p, '\0', n) != NULL)
        return cx_fail(r->cx, ERR_INVALID, S("api.malformed"));
    *out = str_copy(r->cx->arena, (struct str){p, n});
    return true;
}

static bool array_take(struct reading *r, json_object *from, struct json_value *out) {
    out->kind = JSON_ARRAY;
    out->n = json_object_array_length(from);
    if (out->n > JSON_VALUES)
        return cx_fail(r->cx, ERR_LIMIT, S("api.too_deep"));
    out->item = arena_new(r->cx->arena, struct json_value, out->n + 1);
    for (size_t i = 0; i < out->n; i++)
        if (!take(r, json_object_array_get_idx(from, i), &out->item[i]))
            return false;
    return true;
}

static bool object_take(struct reading *r, json_object *from, struct json_value *out) {
    size_t most = (size_t)json_object_object_length(from);
    out->kind = JSON_OBJECT;
    if (most > JSON_VALUES)
        return cx_fail(r->cx, ERR_LIMIT, S("api.too_deep"));
    out->name = arena_new(r->cx->arena, struct str, most + 1);
    out->item = arena_new(r->cx->arena, struct json_value, most + 1);
    struct json_object_iterator at = json_object_iter_begin(from), end = json_object_iter_end(from);
    for (; !json_object_iter_equal(&at, &end) && out->n < most; json_object_iter_next(&at)) {
        const char *name = json_object_iter_peek_name(&at);
        if (!text_take(r, name, strlen(name), &out->name[out->n]) ||
            !take(r, json_object_iter_peek_value(&at), &out->item[out->n]))
            return false;
        out->n++;
    }
    return true;
}

static bool take(struct reading *r, json_object *from, struct json_value *out) {
    *out = (struct json_value){.kind = JSON_NULL};
    if (++r->values > JSON_VALUES)
        return cx_fail(r->cx, ERR_LIMIT, S("api.too_deep"));
    switch (json_object_get_type(from)) {
    case json_type_null:
        return true;
    case json_type_boolean:
        out->kind = JSON_BOOL;
        out->truth = json_object_get_boolean(from) != 0;
        return true;
    case json_type_double:
    case json_type_int:
        out->kind = JSON_NUMBER; /* written as it came */
        out->text = str_copy(r->cx->arena, str_from(json_object_to_json_string_ext(from, JSON_C_TO_STRING_PLAIN)));
        return true;
    case json_type_string:
        out->kind = JSON_TEXT;
        return text_take(r, json_object_get_string(from), (size_t)json_object_get_string_len(from), &out->text);
    case json_type_array:
        return array_take(r, from, out);
    case json_type_object:
        return object_take(r, from, out);
    }
    return true;
}

/* The library takes more than JSON even when it is told to be strict ('a' for "a", NaN, remarks): outside of texts nothing
 * may stand but what JSON has there. */
static bool plain_json(struct str text) {
    bool inside = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (inside && c == '\\')
            i++;
        else if (c == '"')
            inside = !inside;
        else if (!inside && (c == '\0' || strchr(" \t\r\n{}[]:,0123456789+-.eEtrufalsn", c) == NULL))
            return false;
    }
    return true;
}

bool json_read(struct cx *cx, struct str text, struct json_value *out) {
    struct reading r = {cx, 0};
    *out = (struct json_value){.kind = JSON_NULL};
    struct json_tokener *tokener = json_tokener_new_ex(JSON_DEPTH);
    if (tokener == NULL)
        return cx_fail(cx, ERR_LIMIT, S("web.memory"));
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    /* The library reads to the NUL: without it, it would wait for the end of a number. */
    bool fits = text.n < INT32_MAX && memchr(text.n > 0 ? text.p : "", '\0', text.n) == NULL && plain_json(text);
    json_object *from = fits ? json_tokener_parse_ex(tokener, str_terminated(cx->arena, text), (int)text.n + 1) : NULL;
    enum json_tokener_error error = json_tokener_get_error(tokener);
    bool whole = fits && error == json_tokener_success && json_tokener_get_parse_end(tokener) >= text.n;
    bool done = whole ? take(&r, from, out)
                      : cx_fail(cx, error == json_tokener_error_depth ? ERR_LIMIT : ERR_INVALID,
                                error == json_tokener_error_depth ? S("api.too_deep") : S("api.malformed"));
    json_object_put(from);
    json_tokener_free(tokener);
    return done;
}

const struct json_value *json_member(const struct json_value *object, struct str name) {
    for (size_t i = object->n; object->kind == JSON_OBJECT && i > 0; i--)
        if (str_equal(object->name[i - 1], name))
            return &object->item[i - 1];
    return NULL;
}
