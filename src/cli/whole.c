// SPDX-License-Identifier: Apache-2.0
/* whole -- see whole.h. */
#include "cli/whole.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool io_failed(struct cli *cli, struct str path) {
    int why = errno;
    cx_fail(cli->cx, ERR_IO, S("cli_export.not_written"), path);
    return cx_detail(cli->cx, "%s", strerror(why));
}

/* A device or a pipe is written to; it must not be replaced by a file. */
static bool is_device(const char *path) {
    struct stat there;
    return stat(path, &there) == 0 && !S_ISREG(there.st_mode);
}

bool whole_open(struct cli *cli, struct str path, struct whole *out) {
    *out = (struct whole){.to = cli->world->out, .path = path};
    if (path.n == 0 || str_equal(path, S("-")))
        return true;
    out->final = str_terminated(cli->keep, path);
    out->device = is_device(out->final);
    struct str part = cx_text(cli->cx, "%s.part", out->final);
    out->beside = out->device ? out->final : str_terminated(cli->keep, part);
    out->to = fopen(out->beside, "w");
    return out->to != NULL || io_failed(cli, path);
}

bool whole_close(struct cli *cli, struct whole *whole, bool done) {
    if (whole->beside == NULL)
        return done;
    if (done && (fflush(whole->to) != 0 || (!whole->device && fsync(fileno(whole->to)) != 0)))
        done = io_failed(cli, whole->path);
    if (fclose(whole->to) != 0 && done)
        done = io_failed(cli, whole->path);
    if (done && !whole->device && rename(whole->beside, whole->final) != 0)
        done = io_failed(cli, whole->path);
    if (!done && !whole->device)
        remove(whole->beside);
    return done;
}
