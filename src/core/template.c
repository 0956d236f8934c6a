// SPDX-License-Identifier: Apache-2.0
/* template -- see the header. */
#include "core/template.h"

static const char *const offers[OFFER_KINDS] = {"none", "discount", "promotion", "payment_term"};

/* By language: a text may use either. */
static const char *const fields[LETTER_FIELDS][2] = {
    [LETTER_CUSTOMER] = {"customer", "cliente"},
    [LETTER_PERSON] = {"person", "pessoa"},
    [LETTER_CODE] = {"code", "codigo"},
    [LETTER_CITY] = {"city", "cidade"},
    [LETTER_REP] = {"rep", "vendedor"},
    [LETTER_LAST_PURCHASE] = {"last_purchase", "ultima_compra"},
    [LETTER_DAYS] = {"days", "dias"},
    [LETTER_PRODUCTS] = {"products", "produtos"},
    [LETTER_OFFER] = {"offer", "oferta"},
    [LETTER_UNTIL] = {"until", "validade"},
    [LETTER_SENDER] = {"sender", "remetente"},
    [LETTER_COMPANY] = {"company", "empresa"},
    [LETTER_OPT_OUT] = {"opt_out", "sair"},
};

const char *offer_kind_name(enum offer_kind kind) {
    return offers[kind];
}

bool offer_kind_parse(struct str name, enum offer_kind *out) {
    for (int kind = OFFER_NONE; kind < OFFER_KINDS; kind++)
        if (str_equal(name, str_from(offers[kind]))) {
            *out = (enum offer_kind)kind;
            return true;
        }
    return false;
}

const char *letter_field_name(enum letter_field field, enum lang lang) {
    return fields[field][lang == LANG_PT_BR];
}

size_t template_fields(bool by_phone, struct merge_value out[LETTER_FIELDS]) {
    for (int i = 0; i < LETTER_FIELDS; i++)
        out[i] = (struct merge_value){.name = str_from(fields[i][0]), .also = str_from(fields[i][1])};
    return by_phone ? LETTER_FIELDS : LETTER_OPT_OUT;
}

size_t template_characters(struct str text) {
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += ((unsigned char)text.p[i] & 0xc0) != 0x80;
    return n;
}
