// SPDX-License-Identifier: Apache-2.0
/* zip_write -- a ZIP file from parts that come in pieces, one part behind the other, in constant memory.
 *
 * Knows nothing of what the parts mean. The file must be one that can be written anywhere: how long a part became is put before it
 * when it has ended, so that every reader understands it.
 */
#ifndef REATIVA_FORMAT_ZIP_WRITE_H
#define REATIVA_FORMAT_ZIP_WRITE_H

#include "base/cx.h"

enum { ZIP_PARTS_MOST = 16 };

struct zip_writer;

/* zip_writer_open -- at the beginning of an open file that stays the caller's. Its memory is the arena's. Errors of all: IO zip.full, zip.not_written; LIMIT
 * zip.large: a part, or all together, past the 4 GB that the form has numbers for. */
bool zip_writer_open(struct cx *cx, int file, struct zip_writer **out);
/* zip_writer_part -- the one before ends, and one of this name begins; name: ASCII, stays until the end. */
bool zip_writer_part(struct cx *cx, struct zip_writer *zip, const char *name);
bool zip_writer_put(struct cx *cx, struct zip_writer *zip, struct str bytes);
bool zip_writer_close(struct cx *cx, struct zip_writer *zip);

#endif
