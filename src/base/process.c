// SPDX-License-Identifier: Apache-2.0
/* process -- see the header. A name is "host:pid:boot:space:began".
 */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

enum { BOOT = 36, TEXT = 1024, BEGAN = 19 }; /* BEGAN: words of /proc/PID/stat behind the name until when it began */

static size_t file_read(const char *path, char *out, size_t room) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, out, room - 1) : 0;
    if (fd >= 0)
        (void)close(fd);
    out[n > 0 ? n : 0] = '\0';
    return n > 0 ? (size_t)n : 0;
}

/* Empty where it cannot be known. The name in it may hold anything, a parenthesis too: the last one ends it. */
static void began(long pid, char out[32]) {
    char path[64], text[TEXT];
    out[0] = '\0';
    snprintf(path, sizeof path, "/proc/%ld/stat", pid);
    if (file_read(path, text, sizeof text) == 0)
        return;
    const char *p = strrchr(text, ')');
    for (int i = 0; p != NULL && i <= BEGAN; i++)
        p = strchr(p + 1, ' ');
    if (p != NULL)
        snprintf(out, 32, "%.*s", (int)strcspn(p + 1, " \n"), p + 1);
}

/* This machine since its start, and the space of its numbers: "boot:space". */
static void here(char out[128]) {
    char boot[BOOT + 1], space[64] = "";
    if (file_read("/proc/sys/kernel/random/boot_id", boot, sizeof boot) == 0 ||
        readlink("/proc/self/ns/pid", space, sizeof space - 1) < 0)
        space[0] = '\0';
    char *number = strchr(space, '[');
    size_t n = number != NULL ? strcspn(number + 1, "]") : 0;
    out[0] = '\0';
    if (n > 0)
        snprintf(out, 128, "%.8s:%.*s", boot, (int)n, number + 1);
}

struct str process_name(struct arena *arena) {
    char host[64] = "", where[128], since[32];
    struct buf to;
    (void)gethostname(host, sizeof host - 1);
    here(where);
    began((long)getpid(), since);
    buf_init(&to, arena, 0);
    buf_printf(&to, "%s:%ld:%s:%s", host, (long)getpid(), where[0] != '\0' ? where : ":", since);
    return buf_str(&to);
}

bool process_gone(struct str name) {
    char where[128], since[32], number[24];
    struct str host, pid, boot, space, rest, then;
    here(where);
    if (where[0] == '\0' || !str_cut(name, ':', &host, &rest) || !str_cut(rest, ':', &pid, &rest) ||
        !str_cut(rest, ':', &boot, &rest) || !str_cut(rest, ':', &space, &then))
        return false;
    const struct str at = str_from(where);
    if (at.n != boot.n + 1 + space.n || !str_starts(at, boot) || !str_ends(at, space) || pid.n >= sizeof number)
        return false;
    snprintf(number, sizeof number, "%.*s", STR_ARG(pid));
    long n = strtol(number, NULL, 10);
    if (n <= 0)
        return false;
    if (kill((pid_t)n, 0) != 0 && errno == ESRCH)
        return true;
    began(n, since);
    return since[0] != '\0' && then.n > 0 && !str_equal(then, str_from(since));
}
