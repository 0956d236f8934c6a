// SPDX-License-Identifier: Apache-2.0
/* cx -- what a fallible call works with: where memory comes from and where its error goes.
 *
 * Fallible functions take a `struct cx *` first and return bool. False means that cx->err is set, exactly once, by who
 * found the fault; callers up the stack pass it on unchanged. An error speaks to three: `key` with its arguments is a
 * sentence of the catalogs for the person, the catalog's `<key>.hint` (when there is one) says what to do, `detail` is
 * for the log. Texts are rendered only at the border (cli, web), in the person's language.
 */
#ifndef REATIVA_BASE_CX_H
#define REATIVA_BASE_CX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

enum err_code {
    ERR_NONE = 0,
    ERR_INVALID,   /* what was given is wrong */
    ERR_FORBIDDEN, /* not theirs */
    ERR_NOT_FOUND,
    ERR_CONFLICT, /* someone else was there first; a newer schema */
    ERR_LIMIT,    /* larger than a named maximum */
    ERR_DB,
    ERR_IO,
    ERR_USAGE, /* the command line's words */
    ERR_BUG
};

enum { ERR_ARGS = 6, ERR_DETAIL = 400 };

struct err {
    enum err_code code;
    struct str key;
    struct str arg[ERR_ARGS];
    size_t args;
    char detail[ERR_DETAIL]; /* NUL-ended, for the log */
};

struct cx {
    struct arena *arena;
    struct err err;
};

/* cx_fail -- set the error and return false: return cx_fail(cx, ERR_INVALID, S("import.no_column"), name, found);
 * Arguments after the key are struct str, at most ERR_ARGS; they are copied into cx->arena. The first error stays: a
 * second cx_fail before cx_clear changes nothing. */
#define cx_fail(cx, code, ...)                                                                                         \
    cx_fail_with((cx), (code), (const struct str[]){__VA_ARGS__},                                                      \
                 sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
bool cx_fail_with(struct cx *cx, enum err_code code, const struct str *key_and_args, size_t n);

/* cx_detail -- add what the log should hold (a database's own message, errno's text); returns false. */
bool cx_detail(struct cx *cx, const char *format, ...) __attribute__((format(printf, 2, 3)));

void cx_clear(struct cx *cx);

/* err_line -- an error as a line of text, to be kept and said later in any language: its key and arguments between tabs. err_read -- back
 * again, in the arena. */
struct str err_line(struct arena *arena, const struct err *err);
struct err err_read(struct arena *arena, struct str line);

/* cx_text -- printf into the arena; for arguments of errors and small texts. */
struct str cx_text(struct cx *cx, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
