// SPDX-License-Identifier: Apache-2.0
/* nfe_document -- what one XML file of the electronic invoice says, by a table of the few tags that are needed.
 *
 * A tag is known by its parent and its own name, so that the CNPJ of a carrier is not taken for the customer's.
 * Must not judge: whether a document is a sale is for app. The invariant: a document in the list is complete, every
 * number and date in it has been read without doubt.
 */
#include <stddef.h>
#include <string.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "format/nfe.h"
#include "format/xml.h"

enum box { /* elements that hold others */
           BOX_OTHER = 0,
           BOX_INFNFE,
           BOX_IDE,
           BOX_EMIT,
           BOX_ENDEREMIT,
           BOX_DEST,
           BOX_ENDERDEST,
           BOX_DET,
           BOX_PROD,
           BOX_INFPROT,
           BOX_EVENTO,
           BOX_RETEVENTO,
           BOX_INFEVENTO
};

static const struct {
    const char *name;
    enum box box;
} boxes[] = {
    {"infNFe", BOX_INFNFE},
    {"ide", BOX_IDE},
    {"emit", BOX_EMIT},
    {"enderEmit", BOX_ENDEREMIT},
    {"dest", BOX_DEST},
    {"enderDest", BOX_ENDERDEST},
    {"det", BOX_DET},
    {"prod", BOX_PROD},
    {"infProt", BOX_INFPROT},
    {"evento", BOX_EVENTO},
    {"retEvento", BOX_RETEVENTO},
    {"infEvento", BOX_INFEVENTO},
};

enum leaf_kind { LEAF_TEXT = 0, LEAF_INT, LEAF_DAY, LEAF_E4, LEAF_CENTS };
enum leaf_place { PLACE_INVOICE = 0, PLACE_ITEM, PLACE_ANSWER };

/* What infProt and infEvento say: gathered first, then given to the document it speaks of. */
struct answer {
    struct str key;
    int event, status, environment;
    struct day on;
};

struct leaf {
    enum box parent;
    const char *name;
    enum leaf_place place;
    enum leaf_kind kind;
    size_t at;
};

#define INVOICE(parent, name, kind, member)                                                                            \
    { parent, name, PLACE_INVOICE, kind, offsetof(struct nfe, member) }
#define ITEM(name, kind, member)                                                                                       \
    { BOX_PROD, name, PLACE_ITEM, kind, offsetof(struct nfe_item, member) }
#define ANSWER(parent, name, kind, member)                                                                             \
    { parent, name, PLACE_ANSWER, kind, offsetof(struct answer, member) }

static const struct leaf leaves[] = {
    INVOICE(BOX_IDE, "nNF", LEAF_TEXT, number),
    INVOICE(BOX_IDE, "serie", LEAF_TEXT, series),
    INVOICE(BOX_IDE, "dhEmi", LEAF_DAY, issued),
    INVOICE(BOX_IDE, "dEmi", LEAF_DAY, issued),
    INVOICE(BOX_IDE, "tpNF", LEAF_INT, type),
    INVOICE(BOX_IDE, "finNFe", LEAF_INT, purpose),
    INVOICE(BOX_EMIT, "CNPJ", LEAF_TEXT, issuer.tax_id),
    INVOICE(BOX_EMIT, "CPF", LEAF_TEXT, issuer.tax_id),
    INVOICE(BOX_EMIT, "xNome", LEAF_TEXT, issuer.name),
    INVOICE(BOX_ENDEREMIT, "xMun", LEAF_TEXT, issuer.city),
    INVOICE(BOX_ENDEREMIT, "UF", LEAF_TEXT, issuer.state),
    INVOICE(BOX_ENDEREMIT, "fone", LEAF_TEXT, issuer.phone),
    INVOICE(BOX_DEST, "CNPJ", LEAF_TEXT, customer.tax_id),
    INVOICE(BOX_DEST, "CPF", LEAF_TEXT, customer.tax_id),
    INVOICE(BOX_DEST, "idEstrangeiro", LEAF_TEXT, customer.tax_id),
    INVOICE(BOX_DEST, "xNome", LEAF_TEXT, customer.name),
    INVOICE(BOX_DEST, "email", LEAF_TEXT, customer.email),
    INVOICE(BOX_ENDERDEST, "xMun", LEAF_TEXT, customer.city),
    INVOICE(BOX_ENDERDEST, "UF", LEAF_TEXT, customer.state),
    INVOICE(BOX_ENDERDEST, "fone", LEAF_TEXT, customer.phone),
    ITEM("cProd", LEAF_TEXT, code),
    ITEM("xProd", LEAF_TEXT, name),
    ITEM("CFOP", LEAF_TEXT, cfop),
    ITEM("qCom", LEAF_E4, quantity_e4),
    ITEM("vUnCom", LEAF_E4, price_e4),
    ITEM("vProd", LEAF_CENTS, product_cents),
    ITEM("vDesc", LEAF_CENTS, discount_cents),
    ANSWER(BOX_INFPROT, "chNFe", LEAF_TEXT, key),
    ANSWER(BOX_INFPROT, "cStat", LEAF_INT, status),
    ANSWER(BOX_INFEVENTO, "chNFe", LEAF_TEXT, key),
    ANSWER(BOX_INFEVENTO, "tpEvento", LEAF_INT, event),
    ANSWER(BOX_INFEVENTO, "cStat", LEAF_INT, status),
    ANSWER(BOX_INFEVENTO, "tpAmb", LEAF_INT, environment),
    ANSWER(BOX_INFEVENTO, "dhEvento", LEAF_DAY, on),
    ANSWER(BOX_INFEVENTO, "dhRegEvento", LEAF_DAY, on),
};
enum { LEAVES = sizeof leaves / sizeof *leaves };

/* Two leaves that no member of the outer struct holds as it stands. */
static const struct leaf leaf_environment = {BOX_IDE, "tpAmb", PLACE_INVOICE, LEAF_INT, 0};
static const struct leaf leaf_counts = {BOX_PROD, "indTot", PLACE_ITEM, LEAF_INT, 0};

struct reader {
    struct str file;
    struct nfe *doc;
    size_t docs, room;
    size_t item_room; /* of the last document */
    bool invoice;     /* within infNFe: the last document is being filled */
    bool event;       /* within evento, else retEvento */
    bool known;       /* a root that belongs to the NF-e, whatever it holds */
    struct answer answer;
    enum box box[LIMIT_XML_DEPTH + 1]; /* open elements */
    size_t depth;
    const struct leaf *leaf; /* whose text is being gathered */
    struct buf text;
};

static bool missing(struct cx *cx, const struct reader *r, struct str tag) {
    return cx_fail(cx, ERR_INVALID, S("nfe.missing"), r->file, tag);
}

static bool bad_value(struct cx *cx, const struct reader *r, const char *tag, struct str value) {
    return cx_fail(cx, ERR_INVALID, S("nfe.bad_value"), r->file, str_from(tag), value);
}

/* -- leaves -------------------------------------------------------------------------------------------------------- */

static const struct leaf *leaf_find(enum box parent, const char *name) {
    if (parent == BOX_IDE && strcmp(name, leaf_environment.name) == 0)
        return &leaf_environment;
    if (parent == BOX_PROD && strcmp(name, leaf_counts.name) == 0)
        return &leaf_counts;
    for (size_t i = 0; i < LEAVES; i++)
        if (leaves[i].parent == parent && strcmp(leaves[i].name, name) == 0)
            return &leaves[i];
    return NULL;
}

/* Where the leaf's value goes; NULL when its document is not open (a look-alike elsewhere in the file). */
static char *leaf_place(struct reader *r) {
    struct nfe *doc = r->invoice ? &r->doc[r->docs - 1] : NULL;
    if (r->leaf->place == PLACE_ANSWER)
        return (char *)&r->answer;
    if (!doc || (r->leaf->place == PLACE_ITEM && doc->items == 0))
        return NULL;
    return r->leaf->place == PLACE_ITEM ? (char *)&doc->item[doc->items - 1] : (char *)doc;
}

static bool number_read(struct cx *cx, const struct reader *r, struct str text, int scale, int64_t *out) {
    if (decimal_read(text, DECIMAL_POINT, scale, out, NULL) == DECIMAL_OK)
        return true;
    return bad_value(cx, r, r->leaf->name, text);
}

static bool int_read(struct cx *cx, const struct reader *r, struct str text, int *out) {
    int64_t v;
    if (!number_read(cx, r, text, 0, &v))
        return false;
    if (v < 0 || v > 999999)
        return bad_value(cx, r, r->leaf->name, text);
    *out = (int)v;
    return true;
}

static bool leaf_store(struct cx *cx, struct reader *r, struct str text, char *place) {
    void *at = place + r->leaf->at;
    switch (r->leaf->kind) {
    case LEAF_TEXT:
        /* The customer's tax id has three tags, and the one that does not apply may stand there empty. */
        if (text.n > 0)
            *(struct str *)at = str_copy(cx->arena, text);
        return true;
    case LEAF_INT:
        return int_read(cx, r, text, at);
    case LEAF_DAY:
        if (text.n >= 10 && day_parse_iso((struct str){text.p, 10}, at))
            return true;
        return bad_value(cx, r, r->leaf->name, text);
    case LEAF_E4:
        return number_read(cx, r, text, 4, at);
    case LEAF_CENTS:
        return number_read(cx, r, text, 2, at);
    }
    return true;
}

static bool leaf_end(struct cx *cx, struct reader *r) {
    struct str text = str_trim(buf_str(&r->text));
    char *place = leaf_place(r);
    int flag;
    bool ok = true;
    if (r->text.cut) {
        ok = cx_fail(cx, ERR_LIMIT, S("nfe.too_long"), r->file, str_from(r->leaf->name));
    } else if (place && (r->leaf == &leaf_environment || r->leaf == &leaf_counts)) {
        ok = int_read(cx, r, text, &flag);
        if (ok && r->leaf == &leaf_environment)
            ((struct nfe *)(void *)place)->testing = flag == 2;
        if (ok && r->leaf == &leaf_counts)
            ((struct nfe_item *)(void *)place)->counts = flag == 1;
    } else if (place) {
        ok = leaf_store(cx, r, text, place);
    }
    r->leaf = NULL;
    return ok;
}

/* -- documents ----------------------------------------------------------------------------------------------------- */

static struct nfe *doc_add(struct cx *cx, struct reader *r, enum nfe_kind kind) {
    if (r->docs == r->room) {
        size_t room = r->room ? r->room * 2 : 1;
        r->doc = arena_grow(cx->arena, r->doc, r->docs, room, sizeof *r->doc);
        r->room = room;
    }
    struct nfe *doc = &r->doc[r->docs++];
    *doc = (struct nfe){.kind = kind, .issued = DAY_NONE, .type = -1};
    r->item_room = 0;
    return doc;
}

static void item_add(struct cx *cx, struct reader *r) {
    struct nfe *doc = &r->doc[r->docs - 1];
    if (doc->items == r->item_room) {
        size_t room = r->item_room ? r->item_room * 2 : 4;
        doc->item = arena_grow(cx->arena, doc->item, doc->items, room, sizeof *doc->item);
        r->item_room = room;
    }
    doc->item[doc->items++] = (struct nfe_item){.product_cents = INT64_MIN, .quantity_e4 = INT64_MIN, .counts = true};
}

static bool key_check(struct cx *cx, const struct reader *r, struct str key) {
    bool ok = key.n == 44;
    for (size_t i = 0; ok && i < key.n; i++)
        ok = (key.p[i] >= '0' && key.p[i] <= '9') || (key.p[i] >= 'A' && key.p[i] <= 'Z');
    return ok || cx_fail(cx, ERR_INVALID, S("nfe.bad_key"), r->file, key);
}

static bool invoice_begin(struct cx *cx, struct reader *r, const struct xml *xml) {
    struct nfe *doc = doc_add(cx, r, NFE_INVOICE);
    struct str id = xml_attribute(xml, "Id");
    if (id.n == 0)
        return missing(cx, r, S("Id"));
    if (str_starts(id, S("NFe")))
        id = (struct str){id.p + 3, id.n - 3};
    doc->access_key = str_copy(cx->arena, id);
    r->invoice = true;
    return key_check(cx, r, doc->access_key);
}

static bool invoice_end(struct cx *cx, struct reader *r) {
    const struct nfe *doc = &r->doc[r->docs - 1];
    r->invoice = false;
    if (doc->number.n == 0)
        return missing(cx, r, S("nNF"));
    if (!day_is(doc->issued))
        return missing(cx, r, S("dhEmi"));
    if (doc->type < 0)
        return missing(cx, r, S("tpNF"));
    if (doc->purpose == 0)
        return missing(cx, r, S("finNFe"));
    if (doc->items == 0)
        return missing(cx, r, S("det"));
    for (size_t i = 0; i < doc->items; i++) {
        if (doc->item[i].product_cents == INT64_MIN)
            return missing(cx, r, S("vProd"));
        if (doc->item[i].quantity_e4 == INT64_MIN)
            return missing(cx, r, S("qCom"));
    }
    return true;
}

/* A protocol belongs to the invoice with its key; one without a key to the invoice before it. */
static void protocol_end(struct reader *r) {
    for (size_t i = r->docs; i-- > 0;) {
        struct nfe *doc = &r->doc[i];
        if (doc->kind != NFE_INVOICE || doc->protocol != 0)
            continue;
        if (r->answer.key.n > 0 && !str_equal(r->answer.key, doc->access_key))
            continue;
        doc->protocol = r->answer.status;
        return;
    }
}

/* What was asked for (evento) makes a document; the authority's answer (retEvento) says whether it holds. */
static bool event_end(struct cx *cx, struct reader *r) {
    enum { EVENT_CANCELLATION = 110111 };
    const struct answer *a = &r->answer;
    if (a->key.n == 0)
        return missing(cx, r, S("chNFe"));
    if (!key_check(cx, r, a->key))
        return false;
    struct nfe *doc = r->docs > 0 ? &r->doc[r->docs - 1] : NULL;
    bool same = doc && doc->kind == NFE_OTHER && doc->protocol == 0 && str_equal(doc->access_key, a->key);
    if (r->event || !same) {
        doc = doc_add(cx, r, NFE_OTHER);
        doc->access_key = a->key;
        doc->issued = a->on;
    }
    if (a->environment == 2)
        doc->testing = true;
    if (r->event)
        return true;
    doc->protocol = a->status;
    bool done = a->status == 135 || a->status == 136 || a->status == 155;
    if (a->event == EVENT_CANCELLATION && done)
        doc->kind = NFE_CANCELLATION;
    return true;
}

/* -- elements ------------------------------------------------------------------------------------------------------ */

static bool root_known(const char *name) {
    static const char *const roots[] = {"nfeProc",    "NFe",          "enviNFe",     "procEventoNFe", "evento",
                                        "envEvento",  "retEnvEvento", "procInutNFe", "ProcInutNFe",   "inutNFe",
                                        "retInutNFe", "resNFe",       "resEvento",   "procCancNFe",   "retEvento"};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (strcmp(name, roots[i]) == 0)
            return true;
    return false;
}

static bool element_begin(struct cx *cx, struct reader *r, const struct xml *xml) {
    const char *name = xml_name(xml);
    enum box parent = r->depth > 0 ? r->box[r->depth - 1] : BOX_OTHER, box = BOX_OTHER;
    if (r->depth == 0)
        r->known = root_known(name);
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++)
        if (strcmp(boxes[i].name, name) == 0)
            box = boxes[i].box;
    r->box[r->depth++] = box;
    r->leaf = leaf_find(parent, name);
    r->text.n = 0;
    r->text.cut = false;
    if (box == BOX_INFNFE && r->invoice)
        return bad_value(cx, r, "infNFe", S("infNFe"));
    if (box == BOX_INFNFE)
        return invoice_begin(cx, r, xml);
    if (box == BOX_DET && r->invoice)
        item_add(cx, r);
    if (box == BOX_EVENTO || box == BOX_RETEVENTO)
        r->event = box == BOX_EVENTO;
    if (box == BOX_INFPROT || box == BOX_INFEVENTO)
        r->answer = (struct answer){.on = DAY_NONE};
    return true;
}

static bool element_end(struct cx *cx, struct reader *r) {
    enum box box = r->box[--r->depth];
    if (r->leaf)
        return leaf_end(cx, r);
    if (box == BOX_INFNFE)
        return invoice_end(cx, r);
    if (box == BOX_INFPROT)
        protocol_end(r);
    return box != BOX_INFEVENTO || event_end(cx, r);
}

static bool document_read(struct cx *cx, struct reader *r, struct xml *xml) {
    struct str root = {0};
    for (;;) {
        bool ok = true;
        switch (xml_next(cx, xml)) {
        case XML_BEGIN:
            if (root.n == 0)
                root = str_copy(cx->arena, str_from(xml_name(xml)));
            ok = element_begin(cx, r, xml);
            break;
        case XML_TEXT:
            if (r->leaf)
                buf_put(&r->text, xml_text(xml));
            break;
        case XML_END:
            ok = element_end(cx, r);
            break;
        case XML_DONE:
            if (r->docs > 0)
                return true;
            if (!r->known)
                return cx_fail(cx, ERR_INVALID, S("nfe.other_xml"), r->file, root);
            doc_add(cx, r, NFE_OTHER);
            return true;
        case XML_FAIL:
            return false;
        }
        if (!ok)
            return false;
    }
}

struct cursor {
    struct str left;
};

static bool cursor_fill(struct cx *cx, void *owner, char *into, size_t room, size_t *got) {
    (void)cx;
    struct cursor *c = owner;
    *got = c->left.n < room ? c->left.n : room;
    memcpy(into, c->left.p, *got);
    c->left = (struct str){c->left.p + *got, c->left.n - *got};
    return true;
}

static bool parse(struct cx *cx, struct str file, struct str bytes, const char *encoding, struct reader *r) {
    *r = (struct reader){.file = file};
    buf_init(&r->text, cx->arena, LIMIT_NAME);
    struct cursor cursor = {bytes};
    struct xml *xml;
    if (!xml_open(cx, cursor_fill, &cursor, file, encoding, &xml))
        return false;
    bool ok = document_read(cx, r, xml);
    xml_close(xml);
    return ok;
}

/* Some programs write blank lines or a mark before the declaration, where none may be. */
static struct str from_first_tag(struct str bytes) {
    size_t i = 0;
    while (i < bytes.n && i < 64 && bytes.p[i] != '<' && (unsigned char)bytes.p[i] < 0xfe && bytes.p[i] != 0)
        i++;
    bool tag = i + 1 < bytes.n && bytes.p[i] == '<' && bytes.p[i + 1] != 0;
    return tag ? (struct str){bytes.p + i, bytes.n - i} : bytes;
}

bool nfe_parse_bytes(struct cx *cx, struct str file, struct str bytes, struct nfe **out, size_t *n) {
    if (str_trim(bytes).n == 0)
        return cx_fail(cx, ERR_INVALID, S("nfe.empty"), file);
    if (bytes.n > LIMIT_XML_DOCUMENT)
        return cx_fail(cx, ERR_LIMIT, S("nfe.too_large"), file);
    bytes = from_first_tag(bytes);
    struct reader r;
    if (!parse(cx, file, bytes, NULL, &r)) {
        /* Says it is UTF-8 and is not: as Windows wrote it, if that can be read. The first error is the true one. */
        struct cx again = {.arena = cx->arena};
        if (str_valid_utf8(bytes) || !parse(&again, file, bytes, "windows-1252", &r))
            return false;
        cx_clear(cx);
    }
    *out = r.doc;
    *n = r.docs;
    return true;
}
