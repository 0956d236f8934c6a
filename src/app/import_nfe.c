// SPDX-License-Identifier: Apache-2.0
/* import_nfe.c -- electronic invoices into staged documents: sales, returns, cancellations.
 *
 * A sale is tpNF 1, finNFe 1 and a CFOP that counts as sale; finNFe 4 is a return, whoever issues it (our own entry
 * note, or the customer's note of return). Value is the sum of vProd - vDesc over items with indTot 1. Only invoices
 * that the authority took (cStat 100, 150) count. A cancellation may come before or after its invoice in one import; of
 * an earlier import, the stored invoice is cancelled.
 */
#include "app/importers.h"
#include "app/intake.h"
#include "base/catalog.h"
#include "core/cfop.h"
#include "core/taxid.h"
#include "format/nfe.h"
#include "stats/stat.h"

enum { PURPOSE_NORMAL = 1, PURPOSE_RETURN = 4, OUTGOING = 1, TAKEN = 100, TAKEN_LATE = 150 };

struct nfe_taking {
    struct importing *im;
    struct intake intake;
    struct stage *stage;
    struct map ours; /* tax numbers that issued sales: this company and its branches */
    int64_t files;
    bool second;   /* the second reading: only the notes put off in the first */
    int64_t later; /* notes put off */
};

static bool file_refuse(struct cx *cx, struct nfe_taking *t, struct str file, struct str reason, struct str detail) {
    struct import_reject reject = {.file = file, .reason = reason, .detail = detail};
    return importing_reject(cx, t->im, 0, &reject);
}

/* Why an invoice is not business of this kind; NULL when it is. */
static const char *no_business(const struct nfe *nfe) {
    if (nfe->testing) {
        return "reject.nfe_testing";
    }
    if (nfe->protocol != TAKEN && nfe->protocol != TAKEN_LATE) {
        return nfe->protocol == 0 ? "reject.nfe_no_protocol" : "reject.nfe_denied";
    }
    if (nfe->purpose == PURPOSE_RETURN) {
        return NULL;
    }
    if (nfe->purpose != PURPOSE_NORMAL) {
        return "reject.nfe_purpose";
    }
    return nfe->type == OUTGOING ? NULL : "reject.nfe_incoming";
}

static bool item_fits(const struct nfe_item *item) {
    return document_amount_fits(item->quantity_e4) && document_amount_fits(item->price_e4) &&
           document_amount_fits(item->product_cents) && document_amount_fits(item->discount_cents);
}

static bool item_stage(struct cx *cx, struct nfe_taking *t, const struct staged_heading *heading, const struct nfe *nfe,
                       const struct nfe_item *item) {
    bool returned = nfe->purpose == PURPOSE_RETURN;
    int64_t cents = item->counts ? item->product_cents - item->discount_cents : 0;
    struct staged_line line = {.flags = STAGED_VALUED | (returned ? STAGED_RETURN : 0),
                               .quantity_e4 = returned ? -item->quantity_e4 : item->quantity_e4,
                               .price_e4 = item->price_e4,
                               .value_cents = returned ? -cents : cents,
                               .product = item->code,
                               .product_name = item->name};
    return stage_add(cx, t->stage, heading, &line);
}

static bool customer_code(struct cx *cx, struct nfe_taking *t, const struct nfe_party *party, struct str *out) {
    bool found = false;
    struct taxid id = taxid_read(party->tax_id);
    struct str normal = {id.text, id.n};
    if (!customer_find_taxid(cx, t->im->db, normal, &found, out)) {
        return false;
    }
    if (!found) {
        *out = str_copy(cx->arena, normal);
    }
    return true;
}

/* On a customer's own note of return the customer is the issuer; on every other invoice it is the recipient. */
static bool issued_by_customer(const struct nfe *nfe) {
    return nfe->purpose == PURPOSE_RETURN && nfe->type == OUTGOING;
}

static struct str company_of(const struct nfe *nfe, struct taxid *room) {
    *room = taxid_read(issued_by_customer(nfe) ? nfe->customer.tax_id : nfe->issuer.tax_id);
    return (struct str){room->text, room->n};
}

static bool invoice_take(struct cx *cx, struct nfe_taking *t, struct str file, const struct nfe *nfe) {
    const char *why = no_business(nfe);
    if (why) {
        return file_refuse(cx, t, file, str_from(why), nfe->number);
    }
    if (nfe->issued.n > t->im->options->today.n) {
        return file_refuse(cx, t, file, S("reject.future_date"), nfe->number);
    }
    bool theirs = issued_by_customer(nfe);
    const struct nfe_party *customer = theirs ? &nfe->issuer : &nfe->customer;
    if (customer->tax_id.n == 0) {
        return file_refuse(cx, t, file, S("reject.no_customer"), nfe->number);
    }
    struct taxid company;
    struct staged_heading heading = {.number = nfe->access_key,
                                     .company = company_of(nfe, &company),
                                     .name = customer->name,
                                     .tax_id = customer->tax_id,
                                     .phone = customer->phone,
                                     .email = customer->email,
                                     .region = customer->state,
                                     .city = customer->city,
                                     .day = nfe->issued,
                                     .document_cents = STAT_NONE};
    if (!customer_code(cx, t, customer, &heading.customer)) {
        return false;
    }
    size_t staged = 0;
    for (size_t i = 0; i < nfe->items; i++) {
        if (!item_fits(&nfe->item[i])) {
            return file_refuse(cx, t, file, S("reject.number_too_large"), nfe->number);
        }
    }
    for (size_t i = 0; i < nfe->items; i++) {
        if (nfe->purpose == PURPOSE_RETURN ? cfop_is_return(nfe->item[i].cfop) : cfop_is_sale(nfe->item[i].cfop)) {
            if (!item_stage(cx, t, &heading, nfe, &nfe->item[i])) {
                return false;
            }
            staged++;
        }
    }
    return staged > 0 || file_refuse(cx, t, file, S("reject.nfe_no_sale"), nfe->number);
}

/* The invoice may be in this import, or stored by an earlier one: the intake sees to both. */
static bool cancellation_take(struct cx *cx, struct nfe_taking *t, const struct nfe *nfe) {
    enum { KEY_ISSUER = 6, KEY_ISSUER_END = 20 };
    struct staged_heading heading = {.number = nfe->access_key, .day = DAY_NONE, .document_cents = STAT_NONE};
    struct staged_line line = {.flags = STAGED_HEADING | STAGED_VOID, .raw = nfe->access_key};
    if (nfe->access_key.n >= KEY_ISSUER_END) {
        heading.company = (struct str){nfe->access_key.p + KEY_ISSUER, KEY_ISSUER_END - KEY_ISSUER};
    }
    return stage_add(cx, t->stage, &heading, &line);
}

/* A note of return that somebody issued: a customer's to us, or ours to a supplier. Who we are is known once all sales
 * have been read, so these are put off to a second reading. */
static bool return_take(struct cx *cx, struct nfe_taking *t, struct str file, const struct nfe *nfe) {
    struct taxid issuer = taxid_read(nfe->issuer.tax_id);
    int64_t ours = 0;
    if (!t->second) {
        t->later++;
        return true;
    }
    return map_find(&t->ours, (struct str){issuer.text, issuer.n}, &ours)
               ? file_refuse(cx, t, file, S("reject.nfe_to_supplier"), nfe->number)
               : invoice_take(cx, t, file, nfe);
}

static bool first_reading(struct cx *cx, struct nfe_taking *t, struct str file, const struct nfe *nfe) {
    if (nfe->kind == NFE_CANCELLATION) {
        return cancellation_take(cx, t, nfe);
    }
    if (nfe->kind != NFE_INVOICE) {
        return file_refuse(cx, t, file, S("reject.nfe_other"), S(""));
    }
    if (issued_by_customer(nfe)) {
        return return_take(cx, t, file, nfe);
    }
    struct taxid issuer = taxid_read(nfe->issuer.tax_id);
    if (nfe->type == OUTGOING && nfe->purpose == PURPOSE_NORMAL) {
        map_put(&t->ours, (struct str){issuer.text, issuer.n}, 1);
    }
    return invoice_take(cx, t, file, nfe);
}

static bool nfe_take(struct cx *cx, void *owner, struct str file, const struct nfe *nfe, const struct err *why) {
    struct nfe_taking *t = owner;
    arena_reset(&t->im->row);
    if (t->second) {
        return !nfe || nfe->kind != NFE_INVOICE || !issued_by_customer(nfe) || return_take(cx, t, file, nfe);
    }
    t->files++;
    if (t->im->options->progress.step) {
        t->im->options->progress.step(t->im->options->progress.owner, S("import.nfe_files"), (uint64_t)t->files, 0);
    }
    if (!nfe) {
        return file_refuse(cx, t, file, S("reject.nfe_unreadable"), catalog_error(&t->im->row, LANG_EN, why));
    }
    return first_reading(cx, t, file, nfe);
}

static bool paths_read(struct cx *cx, struct nfe_taking *t) {
    const struct import_options *options = t->im->options;
    for (size_t i = 0; i < options->paths; i++) {
        if (!nfe_each(cx, options->path[i], nfe_take, t)) {
            return false;
        }
    }
    return true;
}

static bool take_all(struct cx *cx, struct nfe_taking *t) {
    if (!intake_open(cx, &t->intake, t->im, DOCUMENT_FROM_NFE) || !stage_open(cx, &t->stage) || !paths_read(cx, t)) {
        return false;
    }
    t->second = true;
    return (t->later == 0 || paths_read(cx, t)) && intake_stage(cx, &t->intake, t->stage) &&
           intake_finish(cx, &t->intake);
}

bool import_nfe(struct cx *cx, struct db *db, const struct import_options *given, struct import_report *out) {
    struct import_options options = *given;
    struct importing im;
    struct nfe_taking t = {.im = &im};
    *out = (struct import_report){.run = {.first_day = DAY_NONE, .last_day = DAY_NONE}, .files = 1};
    options.kind = IMPORT_NFE;
    out->run.files = import_names(cx, &options);
    out->file[0].path = out->run.files;
    map_init(&t.ours, 0, arena_full_exit, NULL);
    bool ok = importing_open(cx, &im, db, &options, out->run.files, out) && take_all(cx, &t);
    stage_close(t.stage);
    intake_close(cx, &t.intake);
    map_clear(&t.ours);
    if (ok) {
        return importing_close(cx, &im);
    }
    importing_abort(cx, &im);
    return false;
}
