// SPDX-License-Identifier: Apache-2.0
/* input -- the bytes of a file, unpacked as they are read.
 *
 * A path may be a plain file, `-` for standard input, a .gz, .xz, .zst (also .bz2) file, or a .zip with one file in
 * it, or `archive.zip#member`; what it is is told by its content, not by its name. UTF-16, with a byte order mark
 * or plain to see without one, comes out as UTF-8; a UTF-8 mark is dropped. Memory is bounded; what unpacks to more
 * than LIMIT_PACKED_RATIO times its size is refused. Standard input is copied to an unnamed temporary file as it is
 * read, so that every input can be read again. What an input needs lives in the arena of the cx it was opened with.
 */
#ifndef REATIVA_FORMAT_INPUT_H
#define REATIVA_FORMAT_INPUT_H

#include <stdint.h>

#include "base/cx.h"

struct input;

/* input_open -- IO / NOT_FOUND / INVALID (a directory, no permission, empty file is not an error here). The text of an
 * error names the path and what to do. */
bool input_open(struct cx *cx, struct str path, struct input **out);
void input_close(struct input *input); /* NULL is fine */
bool input_rewind(struct cx *cx, struct input *input);
/* input_fill -- a csv_fill: up to `room` bytes of unpacked text; *got = 0 at the end. A packed file that ends too early
 * or fails its checksum is IO. */
bool input_fill(struct cx *cx, void *input, char *into, size_t room, size_t *got);
/* How far: packed bytes read and their total (0: unknown, as of standard input). */
void input_progress(const struct input *input, uint64_t *done, uint64_t *total);

#endif
