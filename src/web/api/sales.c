// SPDX-License-Identifier: Apache-2.0
/* sales -- the papers of one customer: orders and invoices, titles, quotes, tickets; the newest first.
 */
#include "app/ledger.h"
#include "web/api/handlers.h"
#include "web/api/write.h"

bool api_documents_list(struct api *api) {
    struct dossier *d = arena_new(api->arena, struct dossier, 1);
    int64_t rows = 0, after, last = 0;
    size_t i = 0;
    if (!api_from_id(api, &after) ||
        !ledger_customer(api->cx, api->db, api->page->arg[0], api->rep, api->page->as_of, d))
        return false;
    while (after > 0 && i < d->documents && d->document[i].id != after)
        i++;
    api_page_begin(api);
    for (i += after > 0; i < d->documents && rows < api->limit; i++, rows++) {
        answer_object(&api->out, NULL);
        write_document(api, &d->document[i]);
        answer_object_end(&api->out);
        last = d->document[i].id;
    }
    api_page_end(api, i < d->documents ? api_place_id(api, last) : (struct str){0});
    return true;
}

/* As files brought them, whatever the day asked for. */
static bool records_write(struct api *api, enum import_kind kind) {
    struct dossier *d = arena_new(api->arena, struct dossier, 1);
    int64_t rows = 0, after, last = 0;
    size_t n = 0, i = 0;
    if (!api_from_id(api, &after) ||
        !ledger_customer(api->cx, api->db, api->page->arg[0], api->rep, api->page->as_of, d))
        return false;
    for (size_t k = 0; k < d->records; k++)
        if (d->record[k].kind == kind)
            d->record[n++] = d->record[k];
    while (after > 0 && i < n && d->record[i].id != after)
        i++;
    api_page_begin(api);
    for (i += after > 0; i < n && rows < api->limit; i++, rows++) {
        answer_object(&api->out, NULL);
        write_record(api, &d->record[i]);
        answer_object_end(&api->out);
        last = d->record[i].id;
    }
    api_page_end(api, i < n ? api_place_id(api, last) : (struct str){0});
    return true;
}

bool api_titles_list(struct api *api) {
    return records_write(api, IMPORT_TITLES);
}

bool api_quotes_list(struct api *api) {
    return records_write(api, IMPORT_QUOTES);
}

bool api_tickets_list(struct api *api) {
    return records_write(api, IMPORT_TICKETS);
}
