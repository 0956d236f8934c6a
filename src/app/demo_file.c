// SPDX-License-Identifier: Apache-2.0
/* demo_file.c -- rows gathered in a buffer and written when it is full. */
#include "app/demo_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <unistd.h>

enum { FILE_ROOM = 1 << 18 };

bool demo_file_open(struct cx *cx, struct str folder, const char *name, const char *header, struct demo_file *out) {
    struct str path = cx_text(cx, "%.*s/%s", STR_ARG(folder), name);
    *out = (struct demo_file){.fd = -1, .path = str_terminated(cx->arena, path)};
    out->p = arena_new(cx->arena, char, FILE_ROOM);
    out->fd = open(out->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (out->fd < 0 && errno == EEXIST) {
        return cx_fail(cx, ERR_CONFLICT, S("demo.file_there"), path);
    }
    if (out->fd < 0) {
        return cx_fail(cx, ERR_IO, S("demo.cannot_write"), path, str_from(strerror(errno)));
    }
    out->made = true;
    demo_file_put(out, "%s\n", header);
    return true;
}

static void file_flush(struct demo_file *file) {
    for (size_t at = 0; at < file->n && !file->error;) {
        ssize_t wrote = write(file->fd, file->p + at, file->n - at);
        if (wrote >= 0) {
            at += (size_t)wrote;
        } else if (errno != EINTR) {
            file->error = errno;
        }
    }
    file->n = 0;
}

void demo_file_put(struct demo_file *file, const char *format, ...) {
    if (file->n + DEMO_FILE_PIECE > FILE_ROOM) {
        file_flush(file);
    }
    va_list args;
    va_start(args, format);
    int n = vsnprintf(file->p + file->n, DEMO_FILE_PIECE, format, args);
    va_end(args);
    if (n < 0 || n >= DEMO_FILE_PIECE) {
        file->error = EOVERFLOW;
    } else {
        file->n += (size_t)n;
    }
}

bool demo_file_close(struct cx *cx, struct demo_file *file) {
    file_flush(file);
    if (close(file->fd) < 0 && !file->error) {
        file->error = errno;
    }
    file->fd = -1;
    return !file->error ||
           cx_fail(cx, ERR_IO, S("demo.cannot_write"), str_from(file->path), str_from(strerror(file->error)));
}

void demo_file_remove(struct demo_file *file) {
    if (file->made && file->fd >= 0) {
        close(file->fd);
    }
    if (file->made) {
        unlink(file->path);
    }
    file->made = false;
}

const char *demo_day(struct day day, char out[DAY_TEXT]) {
    day_local(day, true, out);
    return out;
}

const char *demo_cents(int64_t cents, char out[24]) {
    int64_t whole = cents < 0 ? -cents : cents;
    snprintf(out, 24, "%s%lld,%02d", cents < 0 ? "-" : "", (long long)(whole / 100), (int)(whole % 100));
    return out;
}

const char *demo_tenths(int32_t e1, char out[24]) {
    int32_t whole = e1 < 0 ? -e1 : e1;
    if (whole % 10 == 0) {
        snprintf(out, 24, "%s%d", e1 < 0 ? "-" : "", whole / 10);
    } else {
        snprintf(out, 24, "%s%d,%d", e1 < 0 ? "-" : "", whole / 10, whole % 10);
    }
    return out;
}
