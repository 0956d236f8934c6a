// SPDX-License-Identifier: Apache-2.0
/* shown -- a message as it was sent, for a frame of one of our pages: no script runs in it, nothing is fetched, no form is sent, and its links
 * open beside the page.
 */
#ifndef REATIVA_WEB_SHOWN_H
#define REATIVA_WEB_SHOWN_H

#include "app/outbox_desk.h"
#include "web/web.h"

/* shown_message -- the whole answer. The page's frame is made by {{ call shown_frame(url) }} of templates/shown.html. */
void shown_message(struct page *page, struct str subject, const struct message_body *body);
/* shown_own -- the same to the person it was sent to: its links lead on in the window, and the page may see how high it is. */
void shown_own(struct page *page, struct str subject, const struct message_body *body);

#endif
