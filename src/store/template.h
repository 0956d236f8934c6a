// SPDX-License-Identifier: Apache-2.0
/* template -- letters to customers that are written once.
 */
#ifndef REATIVA_STORE_TEMPLATE_H
#define REATIVA_STORE_TEMPLATE_H

#include "core/template.h"
#include "store/gateway.h"

/* template_list -- all of them by id, the retired too; one statement. */
bool template_list(struct cx *cx, struct db *db, struct template **out, size_t *n);
/* template_choices -- the same, and all gateways by name, the retired too; one statement. */
struct template_choices {
    struct template *template;
    struct gateway_name *gateway;
    size_t templates, gateways;
};
bool template_choices(struct cx *cx, struct db *db, struct template_choices *out);
bool template_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct template *out);
bool template_find_token(struct cx *cx, struct db *db, struct str token, bool *found, struct template *out);
bool template_count(struct cx *cx, struct db *db, int64_t *greatest_id, int64_t *out);
bool template_add(struct cx *cx, struct db *db, const struct template *template); /* its id is the caller's */
/* template_change -- what a person edits and the retirement, if nobody has since its version; else *changed is false. */
bool template_change(struct cx *cx, struct db *db, const struct template *template, bool *changed);

#endif
