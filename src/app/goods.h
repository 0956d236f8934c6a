// SPDX-License-Identifier: Apache-2.0
/* goods -- the products that one import meets: their ids and what it calls them. As party, for products. */
#ifndef REATIVA_APP_GOODS_H
#define REATIVA_APP_GOODS_H

#include "app/importing.h"
#include "store/customer.h"

struct goods;
bool goods_open(struct cx *cx, struct importing *im, enum fact_source source, struct goods **out);
void goods_close(struct goods *goods); /* NULL is fine */
/* goods_of -- the product of this code, added when new; what a row of that day calls it is remembered (newest day, then
 * greater text). The empty code gives 0. */
bool goods_of(struct cx *cx, struct goods *goods, struct str code, struct day day, struct str name, struct str kind,
              int64_t *id);
/* goods_finish -- write and merge. *changed: products whose name or nature differs now. */
bool goods_finish(struct cx *cx, struct goods *goods, int64_t *changed);
/* goods_judge -- core's answer, in the shape that the store asks for. */
bool goods_judge(struct cx *cx, struct str code, struct str name, struct str kind);
int64_t goods_added(const struct goods *goods); /* new ones so far */

#endif
