// SPDX-License-Identifier: Apache-2.0
/* library -- what the ways out share of libcurl: its beginning, a mail server's safety and patience, a POST, and a server's words as they can be
 * shown. Private to this layer.
 */
#ifndef REATIVA_CHANNEL_LIBRARY_H
#define REATIVA_CHANNEL_LIBRARY_H

#include <curl/curl.h>

#include "channel/mail.h"

/* library_begin -- once for the whole program, from any thread. */
void library_begin(void);
/* library_text -- a copy that ends in NUL, to be freed; NULL: no memory. */
char *library_text(struct str text);
/* library_server -- no proxy, the certificate verified, how long it is waited for. ca_file: empty, the machine's. usual_s: for an answer,
 * where the server's settings do not say. False: no memory. */
bool library_server(CURL *curl, const struct mail_server *server, const char *ca_file, int usual_s);
/* library_post -- `n` bytes to an address by HTTP: no proxy, no redirects, the certificate verified. False: no memory. */
bool library_post(CURL *curl, const char *url, const char *body, size_t n);
/* library_words -- put behind the `at` bytes that stand in to[MAIL_WORDS]: in one line, well-formed, as much as there is room for; how many
 * bytes stand there then. */
size_t library_words(char *to, size_t at, const char *p, size_t n);

#endif
