// SPDX-License-Identifier: Apache-2.0
/* letter_text -- the plain text of a letter as simple HTML: paragraphs, lists, links.
 *
 * An empty line ends a paragraph; lines that all begin with "- " are a list; an address that begins with https:// or http:// is a link,
 * without the marks behind it. Everything else stands as it was written. Invariant: nothing of the text becomes a tag, an attribute of
 * another kind, or a link to anything but http.
 */
#ifndef REATIVA_CORE_LETTER_TEXT_H
#define REATIVA_CORE_LETTER_TEXT_H

#include "base/buf.h"

/* What stands in the place of an address, in the arena; it is escaped afterwards. */
typedef struct str letter_text_link(void *owner, struct arena *arena, struct str url);

/* letter_text_html -- link NULL: addresses stand as they are. O(n). */
void letter_text_html(struct buf *to, struct str text, letter_text_link *link, void *owner);
/* letter_text_next -- the next address from *at on, which moves behind it; false: none. */
bool letter_text_next(struct str text, size_t *at, struct str *url);

#endif
