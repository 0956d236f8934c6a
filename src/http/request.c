// SPDX-License-Identifier: Apache-2.0
/* request -- forms, addresses and cookies as text becomes fields. Must not guess: what is malformed is refused, not mended.
 */
#include "http/request.h"

#include <strings.h>
#include <unistd.h>

static int digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool http_decode(struct arena *arena, struct str s, bool form, struct str *out) {
    char *to = arena_new(arena, char, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '%') {
            int high = s.n - i > 2 ? digit(s.p[i + 1]) : -1, low = s.n - i > 2 ? digit(s.p[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && form) {
            c = ' ';
        }
        if (c == '\0')
            return false;
        to[n++] = c;
    }
    *out = (struct str){to, n};
    return str_valid_utf8(*out);
}

void http_encode(struct buf *to, struct str s, bool keep_slash) {
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                     c == '.' || c == '_' || c == '~' || (c == '/' && keep_slash);
        if (plain)
            buf_char(to, (char)c);
        else
            buf_printf(to, "%%%02X", c);
    }
}

bool http_fields_read(struct arena *arena, struct str text, struct http_fields *out) {
    size_t most = text.n > 0;
    for (size_t i = 0; i < text.n; i++)
        most += text.p[i] == '&';
    *out = (struct http_fields){0};
    if (most > HTTP_FIELDS_MOST)
        return false;
    struct http_field *field = arena_new(arena, struct http_field, most + 1);
    struct str rest = text, one, name, value;
    while (rest.n > 0) {
        str_cut(rest, '&', &one, &rest);
        if (one.n == 0)
            continue;
        value = (struct str){0};
        if (!str_cut(one, '=', &name, &value))
            value = (struct str){0};
        if (!http_decode(arena, name, true, &field[out->n].name) ||
            !http_decode(arena, value, true, &field[out->n].value))
            return false;
        out->n++;
    }
    out->field = field;
    return true;
}

bool http_field_find(const struct http_fields *fields, struct str name, struct str *out) {
    for (size_t i = 0; i < fields->n; i++)
        if (str_equal(fields->field[i].name, name)) {
            *out = fields->field[i].value;
            return true;
        }
    return false;
}

struct str http_field(const struct http_fields *fields, struct str name) {
    struct str value = {0};
    (void)http_field_find(fields, name, &value);
    return value;
}

struct str http_cookie(const struct http_request *request, struct str name) {
    struct str rest = http_header(request, "Cookie"), one, key, value;
    while (rest.n > 0) {
        str_cut(rest, ';', &one, &rest);
        if (str_cut(str_trim(one), '=', &key, &value) && str_equal(key, name))
            return value;
    }
    return (struct str){0};
}

/* A weight that is more than 0: "q=0", "q=0.000" are not. */
static bool weighs(struct str weight) {
    struct str name, value;
    if (!str_cut(weight, '=', &name, &value))
        return true;
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] >= '1' && value.p[i] <= '9')
            return true;
    return false;
}

bool http_accepts(struct str list, struct str coding) {
    bool any = false;
    while (list.n > 0) {
        struct str one, name, weight;
        str_cut(list, ',', &one, &list);
        str_cut(str_trim(one), ';', &name, &weight);
        name = str_trim(name);
        if (name.n == coding.n && strncasecmp(name.p, coding.p, name.n) == 0)
            return weighs(weight);
        any = any || (str_equal(name, S("*")) && weighs(weight));
    }
    return any;
}

void http_reply_header(struct http_reply *reply, struct str name, struct str value) {
    if (reply->headers < HTTP_HEADERS_MOST)
        reply->header[reply->headers++] = (struct http_field){name, value};
}

void http_reply_file(struct http_reply *reply, int file, int64_t bytes) {
    if (reply->file >= 0)
        (void)close(reply->file);
    reply->file = file;
    reply->file_bytes = bytes;
}
