// SPDX-License-Identifier: Apache-2.0
/* packed -- gz, xz, zst, bz2 and zip, unpacked as they are read, one member after the other.
 *
 * What unpacks to more than LIMIT_PACKED_RATIO times the file's size is refused; a packed file in a packed file is the
 * caller's matter. Internal to format.
 */
#ifndef REATIVA_FORMAT_PACKED_H
#define REATIVA_FORMAT_PACKED_H

#include "format/source.h"

enum packed_kind { PACKED_NOT = 0, PACKED_GZIP, PACKED_XZ, PACKED_ZSTD, PACKED_BZIP2, PACKED_ZIP };
enum { PACKED_MAGIC = 6 }; /* bytes that packed_kind wants to see */

enum packed_kind packed_kind(struct str head);

struct packed;
/* packed_open -- from the beginning of the source, which stays the caller's and must outlive it. IO. */
bool packed_open(struct cx *cx, struct source *source, enum packed_kind kind, struct packed **out);
void packed_close(struct packed *packed); /* NULL is fine */
/* packed_next -- on to the next file in it; *name is its name (empty but for zip), NULL at the end. Folders and what
 * packers add for themselves (__MACOSX, .DS_Store) are passed over. */
bool packed_next(struct cx *cx, struct packed *packed, struct str *name);
/* packed_read -- of the current file. IO (damaged, cut), INVALID (wants a password), LIMIT (a bomb). */
bool packed_read(struct cx *cx, struct packed *packed, char *into, size_t room, size_t *got);
/* packed_rest -- read the current file to its end: only then its checksum has been compared. */
bool packed_rest(struct cx *cx, struct packed *packed);

#endif
