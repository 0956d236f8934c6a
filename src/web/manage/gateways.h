// SPDX-License-Identifier: Apache-2.0
/* gateways -- what the pages of gateways show: all of them, and one with its form. */
#ifndef REATIVA_WEB_MANAGE_GATEWAYS_H
#define REATIVA_WEB_MANAGE_GATEWAYS_H

#include "app/gateways.h"
#include "web/web.h"

struct gateways_view {
    const struct gateway **row;
    size_t n, all;
    struct str q, state; /* as asked for */
};

struct gateway_view {
    struct gateway stands; /* as it is kept; id 0: a new one */
    struct gateway typed;
    struct str rate, phone; /* as typed */
    struct str fault;       /* that no field stands for */
};

struct str gateway_origin(const struct gateway *gateway);
struct str gateway_state_text(struct page *page, const struct gateway *gateway);
const char *gateway_state_class(const struct gateway *gateway);
const char *gateway_form_name(enum merge_form form); /* "json" */
struct url gateways_csv(struct page *page, const struct gateways_view *v);

void gateways_page(struct page *page, const struct gateways_view *v);
void gateway_page(struct page *page, const struct gateway_view *v);

#endif
