// SPDX-License-Identifier: Apache-2.0
/* source -- files by pread, pipes through an unnamed temporary copy.
 *
 * Must not look into the bytes. The invariant: for a pipe, `size` bytes are in the copy and the next byte of the pipe
 * is byte `size`.
 */
#include "format/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool open_failed(struct cx *cx, struct str path, int why) {
    switch (why) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
        cx_fail(cx, ERR_NOT_FOUND, S("input.not_found"), path);
        break;
    case EACCES:
    case EPERM:
        cx_fail(cx, ERR_INVALID, S("input.forbidden"), path);
        break;
    default:
        cx_fail(cx, ERR_IO, S("input.unreadable"), path);
        break;
    }
    return cx_detail(cx, "open: %s", strerror(why));
}

static bool spool_failed(struct cx *cx, struct str folder, const char *doing) {
    int why = errno;
    cx_fail(cx, ERR_IO, S("input.spool"), folder);
    return cx_detail(cx, "%s: %s", doing, strerror(why));
}

static bool spool_open(struct cx *cx, int *out) {
    const char *folder = getenv("TMPDIR");
    if (!folder || !*folder)
        folder = "/var/tmp";
    *out = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (*out >= 0)
        return true;
    /* Not every file system has unnamed files. */
    char *name = str_terminated(cx->arena, cx_text(cx, "%s/reativa-XXXXXX", folder));
    *out = mkostemp(name, O_CLOEXEC);
    if (*out < 0)
        return spool_failed(cx, str_from(folder), "mkostemp");
    unlink(name);
    return true;
}

/* A file may really be called "a#b": the longest reading that names a file wins. */
static int open_path(struct cx *cx, struct str path, struct str *file, struct str *member) {
    *file = str_copy(cx->arena, path);
    *member = (struct str){0};
    int fd = open(str_terminated(cx->arena, path), O_RDONLY | O_CLOEXEC);
    if (fd >= 0 || (errno != ENOENT && errno != ENOTDIR))
        return fd;
    int why = errno;
    for (size_t i = path.n; i-- > 1;) {
        if (path.p[i] != '#')
            continue;
        struct str before = {path.p, i};
        fd = open(str_terminated(cx->arena, before), O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            continue;
        *file = str_copy(cx->arena, before);
        *member = str_copy(cx->arena, (struct str){path.p + i + 1, path.n - i - 1});
        return fd;
    }
    errno = why;
    return -1;
}

bool source_open(struct cx *cx, struct str path, struct source *out) {
    struct source s = {.fd = -1, .pipe = -1};
    int fd = STDIN_FILENO;
    if (str_equal(path, S("-"))) {
        s.path = path;
    } else {
        fd = open_path(cx, path, &s.path, &s.member);
        if (fd < 0)
            return open_failed(cx, path, errno);
    }
    struct stat st;
    if (fstat(fd, &st) != 0) {
        open_failed(cx, path, errno);
    } else if (S_ISDIR(st.st_mode)) {
        cx_fail(cx, ERR_INVALID, S("input.directory"), path);
    } else if (S_ISREG(st.st_mode) && fd != STDIN_FILENO) {
        posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
        s.fd = fd;
        s.size = (uint64_t)st.st_size;
        *out = s;
        return true;
    } else if (spool_open(cx, &s.fd)) {
        s.pipe = fd;
        *out = s;
        return true;
    }
    if (fd != STDIN_FILENO)
        close(fd);
    return false;
}

void source_close(struct source *source) {
    if (source->fd >= 0)
        close(source->fd);
    if (source->pipe > STDIN_FILENO)
        close(source->pipe);
    source->fd = source->pipe = -1;
}

static bool spool_write(struct cx *cx, struct source *source, const char *bytes, size_t n) {
    while (n > 0) {
        ssize_t put = pwrite(source->fd, bytes, n, (off_t)source->size);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return spool_failed(cx, source->path, "pwrite");
        bytes += put;
        n -= (size_t)put;
        source->size += (uint64_t)put;
    }
    return true;
}

static bool read_failed(struct cx *cx, const struct source *source) {
    int why = errno;
    cx_fail(cx, ERR_IO, S("input.unreadable"), source->path);
    return cx_detail(cx, "read: %s", strerror(why));
}

static bool pipe_read(struct cx *cx, struct source *source, char *into, size_t room, size_t *got) {
    ssize_t n;
    do
        n = read(source->pipe, into, room);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return read_failed(cx, source);
    if (n == 0) {
        if (source->pipe > STDIN_FILENO)
            close(source->pipe);
        source->pipe = -1;
    }
    *got = (size_t)n;
    return spool_write(cx, source, into, (size_t)n);
}

bool source_read(struct cx *cx, struct source *source, char *into, size_t room, size_t *got) {
    *got = 0;
    if (source->pipe >= 0 && source->at == source->size) {
        if (!pipe_read(cx, source, into, room, got))
            return false;
    } else {
        ssize_t n;
        do
            n = pread(source->fd, into, room, (off_t)source->at);
        while (n < 0 && errno == EINTR);
        if (n < 0)
            return read_failed(cx, source);
        *got = (size_t)n;
    }
    source->at += *got;
    return true;
}

bool source_head(struct cx *cx, struct source *source, char *into, size_t room, size_t *got) {
    uint64_t at = source->at;
    source->at = 0;
    *got = 0;
    bool ok = true;
    for (size_t n = 1; ok && n > 0 && *got < room; *got += n)
        ok = source_read(cx, source, into + *got, room - *got, &n);
    source->at = at;
    return ok;
}

bool source_whole(struct cx *cx, struct source *source) {
    enum { STEP = 64 << 10 };
    struct arena_mark mark = arena_mark_get(cx->arena);
    char *step = arena_alloc(cx->arena, STEP, 1);
    bool ok = true;
    for (size_t n; ok && source->pipe >= 0;)
        ok = pipe_read(cx, source, step, STEP, &n);
    if (ok)
        arena_rewind(cx->arena, mark);
    return ok;
}
