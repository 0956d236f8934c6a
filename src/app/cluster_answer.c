// SPDX-License-Identifier: Apache-2.0
/* cluster_answer -- a row of an answer as TabSeparated has it: fields between tabs, letters that would part them behind a backslash.
 *
 * A field that is missing reads as an empty one, a number too large for 64 bits as the largest: whoever asked judges what came.
 */
#include <string.h>

#include "app/cluster_parts.h"

struct str cluster_field(struct str *line) {
    struct str field, rest = {0};
    str_cut(*line, '\t', &field, &rest);
    *line = rest;
    return field;
}

int64_t cluster_int(struct str field) {
    int64_t v = 0;
    bool minus = field.n > 0 && field.p[0] == '-';
    for (size_t i = minus; i < field.n && field.p[i] >= '0' && field.p[i] <= '9'; i++) {
        if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, field.p[i] - '0', &v))
            return minus ? INT64_MIN : INT64_MAX;
    }
    return minus ? v : -(v + (v == INT64_MIN));
}

struct str cluster_text(struct arena *arena, struct str field) {
    static const char from[] = "tnrbf0", to[] = "\t\n\r\b\f";
    char *text = arena_alloc(arena, field.n + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < field.n; i++) {
        bool escaped = field.p[i] == '\\' && i + 1 < field.n;
        const char *known = escaped && field.p[i + 1] != '\0' ? strchr(from, field.p[i + 1]) : NULL;
        i += escaped;
        text[n++] = known != NULL ? to[known - from] : field.p[i];
    }
    return (struct str){text, n};
}
