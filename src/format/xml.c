// SPDX-License-Identifier: Apache-2.0
/* xml -- the one place where libxml2 is set up and its refusals become our errors.
 *
 * Must never ask for entities, the network, catalogs or "huge" documents. The invariant: nothing is handed out after a
 * document type declaration has been seen.
 */
#include "format/xml.h"

#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"

struct xml {
    xmlTextReaderPtr reader;
    xml_fill *fill;
    void *source;
    struct cx *cx; /* of the call under way, for the callback */
    struct str name;
    /* what libxml2 found wrong first */
    int code, line;
    char message[ERR_DETAIL / 2];
    bool end_due;  /* the element begun last is empty: its end comes next */
    size_t entity; /* letters of ENTITY that the last bytes were */
    bool failed;
};

/* Declared entities that name each other keep libxml2 busy for hours, though it expands none for us: they are refused before it
 * sees them. In UTF-16 zeros stand between the letters. */
static bool entity_seen(struct xml *xml, const char *bytes, size_t n) {
    static const char mark[] = "<!ENTITY";
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] == '\0')
            continue;
        xml->entity = bytes[i] == mark[xml->entity] ? xml->entity + 1 : bytes[i] == '<';
        if (xml->entity == sizeof mark - 1)
            return true;
    }
    return false;
}

static int on_read(void *owner, char *into, int room) {
    struct xml *xml = owner;
    size_t got;
    xml->failed = xml->failed || !xml->fill(xml->cx, xml->source, into, (size_t)room, &got);
    if (!xml->failed && entity_seen(xml, into, got)) {
        xml->entity = 0;
        xml->failed = true;
        cx_fail(xml->cx, ERR_INVALID, S("xml.entities"), xml->name);
    }
    return xml->failed ? -1 : (int)got;
}

#if LIBXML_VERSION >= 21200
typedef const xmlError *error_given;
#else
typedef xmlErrorPtr error_given;
#endif

/* Without a listener of our own some of its errors are printed. */
static void on_error(void *owner, error_given why) {
    struct xml *xml = owner;
    if (xml->code != 0 || why->level < XML_ERR_ERROR)
        return;
    xml->code = why->code;
    xml->line = why->line;
    snprintf(xml->message, sizeof xml->message, "%s", why->message ? why->message : "");
}

bool xml_open(struct cx *cx, xml_fill *fill, void *source, struct str name, const char *encoding, struct xml **out) {
    struct xml *xml = arena_new(cx->arena, struct xml, 1);
    *xml = (struct xml){.fill = fill, .source = source, .cx = cx, .name = name};
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xml->reader = xmlReaderForIO(on_read, NULL, xml, NULL, encoding, options);
    if (!xml->reader)
        return cx_fail(cx, ERR_IO, S("xml.broken"), name, S("0"));
    xmlTextReaderSetStructuredErrorHandler(xml->reader, on_error, xml);
    *out = xml;
    return true;
}

void xml_close(struct xml *xml) {
    if (!xml)
        return;
    xmlFreeTextReader(xml->reader);
    xml->reader = NULL;
}

/* An entity in an attribute is looked at before its declaration reaches us: then libxml2's own refusal tells. */
static enum xml_next broken(struct cx *cx, const struct xml *xml) {
    if (xml->code == XML_ERR_ENTITY_IS_EXTERNAL || xml->code == XML_ERR_ENTITY_LOOP)
        cx_fail(cx, ERR_INVALID, S("xml.entities"), xml->name);
    else
        cx_fail(cx, ERR_INVALID, S("xml.broken"), xml->name, cx_text(cx, "%d", xml->line));
    cx_detail(cx, "libxml2: %s", xml->message);
    return XML_FAIL;
}

static enum xml_next refused(struct cx *cx, struct str key, struct str name) {
    cx_fail(cx, ERR_INVALID, key, name);
    return XML_FAIL;
}

enum xml_next xml_next(struct cx *cx, struct xml *xml) {
    xml->cx = cx;
    if (xml->end_due) {
        xml->end_due = false;
        return XML_END;
    }
    for (;;) {
        int code = xmlTextReaderRead(xml->reader);
        if (code == 0)
            return XML_DONE;
        if (code < 0)
            return broken(cx, xml);
        switch (xmlTextReaderNodeType(xml->reader)) {
        case XML_READER_TYPE_ELEMENT:
            if (xmlTextReaderDepth(xml->reader) >= LIMIT_XML_DEPTH)
                return refused(cx, S("xml.too_deep"), xml->name);
            xml->end_due = xmlTextReaderIsEmptyElement(xml->reader) == 1;
            return XML_BEGIN;
        case XML_READER_TYPE_END_ELEMENT:
            return XML_END;
        case XML_READER_TYPE_TEXT:
        case XML_READER_TYPE_CDATA:
        case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
            return XML_TEXT;
        case XML_READER_TYPE_DOCUMENT_TYPE:
        case XML_READER_TYPE_ENTITY_REFERENCE:
        case XML_READER_TYPE_ENTITY:
            return refused(cx, S("xml.entities"), xml->name);
        default:
            break;
        }
    }
}

const char *xml_name(const struct xml *xml) {
    const xmlChar *name = xmlTextReaderConstLocalName(xml->reader);
    return name ? (const char *)name : "";
}

bool xml_is(const struct xml *xml, const char *name) {
    return strcmp(xml_name(xml), name) == 0;
}

struct str xml_text(const struct xml *xml) {
    return str_from((const char *)xmlTextReaderConstValue(xml->reader));
}

/* By the node itself: the reader's own calls copy every value. */
struct str xml_attribute(const struct xml *xml, const char *name) {
    const xmlNode *node = xmlTextReaderCurrentNode(xml->reader);
    if (!node || node->type != XML_ELEMENT_NODE)
        return (struct str){0};
    for (const xmlAttr *a = node->properties; a; a = a->next) {
        if (strcmp((const char *)a->name, name) != 0)
            continue;
        return a->children ? str_from((const char *)a->children->content) : (struct str){0};
    }
    return (struct str){0};
}
