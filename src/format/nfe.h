// SPDX-License-Identifier: Apache-2.0
/* nfe -- electronic invoices (NF-e layout 4.00) and their cancellation events out of XML files, folders and zip files.
 *
 * libxml2's streaming reader, entities and network off, LIMIT_XML_DOCUMENT and LIMIT_XML_DEPTH kept: an external
 * entity, a DTD at all, or a billion laughs is refused as a bad file. Only what is needed is read; what it means for
 * sales is decided by app.
 */
#ifndef REATIVA_FORMAT_NFE_H
#define REATIVA_FORMAT_NFE_H

#include <stdint.h>

#include "base/cx.h"
#include "base/day.h"

struct nfe_item {
    struct str code, name, cfop;
    int64_t quantity_e4, price_e4;         /* qCom, vUnCom (rounded to four places) */
    int64_t product_cents, discount_cents; /* vProd, vDesc */
    bool counts;                           /* indTot = 1 */
};

struct nfe_party {
    struct str tax_id, name, city, state, phone,
        email; /* CNPJ or CPF, xNome, xMun, UF, fone, email; idEstrangeiro goes to tax_id */
};

enum nfe_kind {
    NFE_INVOICE = 1,
    NFE_CANCELLATION /* event 110111 with cStat 135, 136 or 155 */,
    NFE_OTHER /* another event, an inutilisation */
};

struct nfe {
    enum nfe_kind kind;
    struct str access_key; /* 44 characters (the invoice that an event cancels) */
    struct str number, series;
    struct day issued; /* the date part of dhEmi, in the invoice's own offset; of an event dhEvento */
    int type, purpose; /* tpNF, finNFe */
    int protocol;      /* cStat of protNFe, of an event that of its answer; 0 when the file holds no such thing */
    bool testing;      /* tpAmb = 2: made in the authority's test environment, so nothing was sold */
    struct nfe_party issuer, customer;
    struct nfe_item *item;
    size_t items;
};

/* Told of each XML file; `file` is its path (archive#member). nfe is NULL when it could not be read: why is the error
 * (then nothing is lost but this file). False stops with cx->err set. Both live until it returns. */
typedef bool nfe_visit(struct cx *cx, void *owner, struct str file, const struct nfe *nfe, const struct err *why);

/* nfe_parse_bytes -- the documents of one XML file (a batch holds several), in the order in which they stand; file: its
 * name, for errors. INVALID, LIMIT. Memory comes from cx->arena; texts longer than LIMIT_NAME are refused. */
bool nfe_parse_bytes(struct cx *cx, struct str file, struct str bytes, struct nfe **out, size_t *n);

/* nfe_each -- every .xml under the path (file, folder walked by name order, zip with members), O(one document)
 * memory. */
bool nfe_each(struct cx *cx, struct str path, nfe_visit *visit, void *owner);

#endif
