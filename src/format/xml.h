// SPDX-License-Identifier: Apache-2.0
/* xml -- a stream of elements and texts out of an XML file that is not to be trusted.
 *
 * libxml2's reader with entities and network off: any document type declaration is refused, so there are no entities
 * but the five of XML itself; LIMIT_XML_DEPTH is kept. Names come without their prefix. Internal to format.
 */
#ifndef REATIVA_FORMAT_XML_H
#define REATIVA_FORMAT_XML_H

#include "base/cx.h"

enum xml_next { XML_BEGIN = 0, XML_TEXT, XML_END /* of an element; an empty one has it too */, XML_DONE, XML_FAIL };

/* As csv_fill: *got = 0 at the end. */
typedef bool xml_fill(struct cx *cx, void *source, char *into, size_t room, size_t *got);

struct xml;
/* xml_open -- name: of the file, for messages. encoding: NULL, or what to take the bytes for whatever they say. */
bool xml_open(struct cx *cx, xml_fill *fill, void *source, struct str name, const char *encoding, struct xml **out);
void xml_close(struct xml *xml); /* NULL is fine */
enum xml_next xml_next(struct cx *cx, struct xml *xml);
/* xml_name -- of the element begun or ended; until the next xml_next. xml_is compares it. */
const char *xml_name(const struct xml *xml);
bool xml_is(const struct xml *xml, const char *name);
struct str xml_text(const struct xml *xml); /* of XML_TEXT, a piece of it; until the next xml_next */
/* xml_attribute -- of the element begun; empty when it has none of that name; until the next xml_next. */
struct str xml_attribute(const struct xml *xml, const char *name);

#endif
