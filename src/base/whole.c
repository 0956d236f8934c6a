// SPDX-License-Identifier: Apache-2.0
/* whole -- see whole.h. Invariant: a regular file of this name holds what it held before until whole_keep. */
#include "base/whole.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool io_failed(struct cx *cx, struct str path) {
    return cx_fail(cx, ERR_IO, S("whole.not_written"), path, str_from(strerror(errno)));
}

/* A device or a pipe is written to; it must not be replaced by a file. */
static bool is_device(const char *path) {
    struct stat there;
    return stat(path, &there) == 0 && !S_ISREG(there.st_mode);
}

bool whole_open(struct cx *cx, FILE *own, struct str path, struct whole *out) {
    *out = (struct whole){.to = own, .path = path};
    if (path.n == 0 || str_equal(path, S("-")))
        return true;
    out->final = str_terminated(cx->arena, path);
    out->device = is_device(out->final);
    struct str part = cx_text(cx, "%s.part", out->final);
    out->beside = out->device ? out->final : str_terminated(cx->arena, part);
    out->to = fopen(out->beside, "w");
    return out->to != NULL || io_failed(cx, path);
}

bool whole_end(struct cx *cx, struct whole *whole) {
    FILE *to = whole->to;
    whole->to = NULL;
    bool failed = ferror(to) != 0, done = fflush(to) == 0 && !failed;
    errno = failed ? EIO : errno; /* what went wrong then is not known any more */
    if (whole->beside == NULL)
        return done || io_failed(cx, S("-"));
    done = (done && (whole->device || fsync(fileno(to)) == 0)) || io_failed(cx, whole->path);
    if (fclose(to) != 0 && done)
        done = io_failed(cx, whole->path);
    return done;
}

bool whole_keep(struct cx *cx, struct whole *whole) {
    bool named = whole->beside == NULL || whole->device || rename(whole->beside, whole->final) == 0;
    return named || io_failed(cx, whole->path);
}

void whole_drop(struct whole *whole) {
    if (whole->beside == NULL)
        return;
    if (whole->to != NULL)
        fclose(whole->to);
    whole->to = NULL;
    if (!whole->device)
        remove(whole->beside);
}

bool whole_close(struct cx *cx, struct whole *whole, bool done) {
    done = done && whole_end(cx, whole) && whole_keep(cx, whole);
    if (!done)
        whole_drop(whole);
    return done;
}

static bool is_name(struct str path) {
    return path.n > 0 && !str_equal(path, S("-"));
}

bool whole_same(struct cx *cx, struct str one, struct str other) {
    struct stat a, b;
    if (!is_name(one) || !is_name(other))
        return false;
    bool there = stat(str_terminated(cx->arena, one), &a) == 0 && stat(str_terminated(cx->arena, other), &b) == 0;
    if (!there)
        return str_equal(one, other);
    return S_ISREG(a.st_mode) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}
