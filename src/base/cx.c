// SPDX-License-Identifier: Apache-2.0
/* cx -- setting an error once, with copies of its arguments.
 *
 * Must not render texts: that happens at the border, in the person's language. Invariant: the first error stays until
 * cx_clear, so that what a caller adds on the way up never hides the cause.
 */
#include "base/cx.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool cx_fail_with(struct cx *cx, enum err_code code, const struct str *key_and_args, size_t n) {
    struct err *err = &cx->err;
    if (err->code != ERR_NONE)
        return false;
    err->code = code == ERR_NONE ? ERR_BUG : code;
    err->key = str_copy(cx->arena, key_and_args[0]);
    err->args = n - 1 > ERR_ARGS ? ERR_ARGS : n - 1;
    for (size_t i = 0; i < err->args; i++)
        err->arg[i] = str_copy(cx->arena, key_and_args[1 + i]);
    return false;
}

bool cx_detail(struct cx *cx, const char *format, ...) {
    char *detail = cx->err.detail;
    size_t n = strnlen(detail, ERR_DETAIL - 1);
    if (n > 0 && n + 2 < ERR_DETAIL) {
        memcpy(detail + n, "; ", 2);
        n += 2;
    }
    va_list args;
    va_start(args, format);
    vsnprintf(detail + n, ERR_DETAIL - n, format, args);
    va_end(args);
    return false;
}

void cx_clear(struct cx *cx) {
    cx->err = (struct err){.code = ERR_NONE};
}

struct str cx_text(struct cx *cx, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    struct str out = {NULL, 0};
    if (n > 0) {
        char *p = arena_new(cx->arena, char, (size_t)n + 1);
        vsnprintf(p, (size_t)n + 1, format, again);
        out = (struct str){p, (size_t)n};
    }
    va_end(again);
    return out;
}

struct str err_line(struct arena *arena, const struct err *err) {
    size_t most = err->key.n, n = err->key.n;
    for (size_t i = 0; i < err->args; i++)
        most += err->arg[i].n + 1;
    char *text = arena_new(arena, char, most + 1);
    memcpy(text, err->key.p, n);
    for (size_t i = 0; i < err->args; i++) {
        text[n++] = '\t';
        for (size_t k = 0; k < err->arg[i].n; k++) {
            char c = err->arg[i].p[k];
            text[n++] = c == '\t' || c == '\n' ? ' ' : c;
        }
    }
    return (struct str){text, n};
}

struct err err_read(struct arena *arena, struct str line) {
    struct err err = {.code = ERR_INVALID};
    line = str_copy(arena, line);
    bool more = str_cut(line, '\t', &err.key, &line);
    while (more && err.args < ERR_ARGS)
        more = str_cut(line, '\t', &err.arg[err.args++], &line);
    return err;
}
