// SPDX-License-Identifier: Apache-2.0
/* document -- an order or invoice as a fact: whose, when, what for.
 *
 * A cancelled document counts for nothing. A return lowers value by its own day and is never a purchase. Lines that
 * are no product (freight, fees, adjustments) belong to the document's value, never to "most bought products".
 */
#ifndef REATIVA_CORE_DOCUMENT_H
#define REATIVA_CORE_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/day.h"
#include "base/decimal.h"
#include "base/str.h"

enum document_kind {
    DOCUMENT_SALE = 1,
    DOCUMENT_RETURN,
    DOCUMENT_CANCELLED,
    DOCUMENT_UNVALUED /* a sale from a file that has no values: it is a purchase of unknown worth */
};

/* Which facts it came from: numbers are compared within one source only. */
enum document_source { DOCUMENT_FROM_ORDERS = 1, DOCUMENT_FROM_NFE };

/* document_state_cancelled -- does this word of a state column mean "counts for nothing"? Folded, pt and en:
 * cancelado, canceled, void, estornado, denegada, inutilizada, unavailable ... */
bool document_state_cancelled(struct arena *arena, struct str state);
/* document_type_return -- devolução, return, credit note, nota de crédito, entrada de devolução, refund ... */
bool document_type_return(struct arena *arena, struct str type);
/* document_line_value -- quantity x price (x (1 - discount)), rounded half away from zero once; false when it may not be
 * kept (document_amount_fits).
 * quantity_e4, price_e4, discount_e4 (0..10000). */
bool document_line_value(int64_t quantity_e4, int64_t price_e4, int64_t discount_e4, int64_t *cents);
/* document_amount_fits -- may this quantity, price (e4) or value (cents) be kept? Ten billion units, a trillion of money:
 * so that the sums of ninety thousand of the largest still fit 64 bits. */
bool document_amount_fits(int64_t scaled);
/* document_unit_price -- value / quantity to four decimals, rounded half away from zero; false: no such price, or none
 * that may be kept. */
bool document_unit_price(int64_t value_cents, int64_t quantity_e4, int64_t *price_e4);
/* document_row_total -- is this row a report's total line ("Total", "Total geral", "Soma", "Subtotal") rather than data? The first non-empty cell decides. */
bool document_row_total(struct arena *arena, const struct str *cell, size_t n);
/* product_is_goods -- false for freight, postage, fees, discounts, manual adjustments, vouchers, tests: by the code and
 * the words of the name (pt, en). kind is the file's own word for it, empty when it has none; it decides when known. */
bool product_is_goods(struct arena *arena, struct str code, struct str name, struct str kind);

#endif
