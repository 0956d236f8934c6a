// SPDX-License-Identifier: Apache-2.0
/* overflow.c -- a file a part, made when it is first needed; read back through the page cache, which may drop it. */
#include "app/overflow.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static bool disk_failed(struct cx *cx) {
    cx_fail(cx, ERR_IO, S("stage.disk"), str_from(strerror(errno)));
    return false;
}

static FILE *nameless_file(void) {
    const char *folder = getenv("TMPDIR");
    int fd = open(folder && *folder ? folder : "/var/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) {
        return tmpfile();
    }
    FILE *file = fdopen(fd, "w+b");
    if (!file) {
        close(fd);
    }
    return file;
}

bool overflow_put(struct cx *cx, struct overflow *overflow, uint64_t key, const void *p, size_t n) {
    FILE **file = &overflow->part[key % OVERFLOW_PARTS];
    if (!*file) {
        *file = nameless_file();
        if (!*file) {
            return disk_failed(cx);
        }
    }
    return fwrite(p, 1, n, *file) == n || disk_failed(cx);
}

bool overflow_view(struct cx *cx, struct overflow *overflow, size_t part, const char **p, size_t *n) {
    FILE *file = overflow->part[part];
    *p = NULL;
    *n = 0;
    if (!file) {
        return true;
    }
    off_t size = fflush(file) == 0 ? ftello(file) : -1;
    if (size <= 0) {
        return size == 0 || disk_failed(cx);
    }
    void *view = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, fileno(file), 0);
    if (view == MAP_FAILED) {
        return disk_failed(cx);
    }
    *p = view;
    *n = (size_t)size;
    return true;
}

void overflow_forget(struct overflow *overflow, size_t part, const char *p, size_t n) {
    if (p) {
        munmap((void *)(uintptr_t)p, n);
    }
    if (overflow->part[part]) {
        fclose(overflow->part[part]);
        overflow->part[part] = NULL;
    }
}

void overflow_close(struct overflow *overflow) {
    for (size_t i = 0; i < OVERFLOW_PARTS; i++) {
        overflow_forget(overflow, i, NULL, 0);
    }
}
