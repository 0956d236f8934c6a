// SPDX-License-Identifier: Apache-2.0
/* cfop -- which fiscal operation codes (CFOP) of an NF-e item are a sale to a customer, which a sale that comes back.
 *
 * The first digit says where (5 in the state, 6 other states, 7 abroad; 1, 2, 3 the same, incoming), the rest what.
 * Billing for later delivery (x922) is left out because the delivery itself (x116, x117) counts; so are samples,
 * transfers, consignments sent out, repairs, and sales of the company's own equipment. Source: the CFOP table annexed
 * to Convênio s/n of 15 December 1970 (Ajuste SINIEF 07/2001 and later).
 */
#ifndef REATIVA_CORE_CFOP_H
#define REATIVA_CORE_CFOP_H

#include <stdbool.h>

#include "base/str.h"

bool cfop_is_sale(struct str cfop);   /* 5102, 6.102 */
bool cfop_is_return(struct str cfop); /* incoming 1202, 2.411; or outgoing on the customer's own note: 5202, 6411 */

#endif
