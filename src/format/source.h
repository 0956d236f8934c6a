// SPDX-License-Identifier: Apache-2.0
/* source -- the bytes of a file as they lie on the disk, from any position, however the file was given.
 *
 * What cannot be read twice (standard input, a pipe) is copied to an unnamed temporary file as it is read, so that
 * every source has positions. Knows nothing of packing and text. Internal to format.
 */
#ifndef REATIVA_FORMAT_SOURCE_H
#define REATIVA_FORMAT_SOURCE_H

#include <stdint.h>

#include "base/cx.h"

struct source {
    struct str path;   /* as given, for messages; without the member */
    struct str member; /* what stood after '#'; empty: none */
    int fd;            /* the file, or the copy of what comes from the pipe */
    int pipe;          /* still to be copied; -1: none */
    uint64_t at;       /* the position of the next read */
    uint64_t size;     /* of a pipe what has been copied so far */
};

/* source_open -- path, "-", or "archive#member" when no file has that whole name.
 * NOT_FOUND; INVALID (a directory, no permission); IO. */
bool source_open(struct cx *cx, struct str path, struct source *out);
void source_close(struct source *source);
/* source_read -- up to room bytes at `at`, which moves on; *got = 0 at the end. IO. */
bool source_read(struct cx *cx, struct source *source, char *into, size_t room, size_t *got);
/* source_head -- the first bytes, without moving; fewer than room only when the file is that short. */
bool source_head(struct cx *cx, struct source *source, char *into, size_t room, size_t *got);
/* source_whole -- copy what is left of a pipe, so that `size` is the true one. */
bool source_whole(struct cx *cx, struct source *source);

#endif
