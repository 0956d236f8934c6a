// SPDX-License-Identifier: Apache-2.0
/* mime -- GMime made ready, once in the program, whoever needs it first and from whatever thread. */
#ifndef REATIVA_FORMAT_MIME_H
#define REATIVA_FORMAT_MIME_H

void mime_ready(void);

#endif
