// SPDX-License-Identifier: Apache-2.0
/* gunzip -- gzip files by zlib itself: libarchive 3.6 unpacks them too, but never compares their checksum, and a sales
 * figure changed by a bad disk must not pass for a true one. Internal to format.
 */
#ifndef REATIVA_FORMAT_GUNZIP_H
#define REATIVA_FORMAT_GUNZIP_H

#include "format/source.h"

struct gunzip;
bool gunzip_open(struct cx *cx, struct source *source, struct gunzip **out);
void gunzip_close(struct gunzip *gunzip);
/* gunzip_read -- *got = 0 at the end, when length and checksum of every part have been found right. IO. */
bool gunzip_read(struct cx *cx, struct gunzip *gunzip, char *into, size_t room, size_t *got);

#endif
