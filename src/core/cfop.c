// SPDX-License-Identifier: Apache-2.0
/* cfop.c -- two tables of ranges over the last three digits. Must not judge what is no CFOP: that is no sale. */
#include "core/cfop.h"

#include <stddef.h>

struct range {
    int from, to;
};

static const struct range sales[] = {
    {101, 106}, /* own products and resold goods */
    {109,
     120}, /* special zones, industrial and rural sales, consignment sold, later delivery made, by order of others */
    {122, 123}, /* delivered to the workshop of the buyer's choice */
    {124, 125}, /* work done on the customer's goods */
    {251, 258}, /* electricity */
    {401, 405}, /* under tax substitution */
    {501, 502}, /* to exporters */
    {651, 656}, /* fuel */
    {667, 667}, /* fuel used abroad */
};

static const struct range returns[] = {
    {201, 204}, /* of own products and resold goods */
    {208, 209}, /* of goods moved between branches */
    {410, 411}, /* under tax substitution */
    {503, 504}, /* of goods for export */
    {660, 662}, /* of fuel */
    {918, 918}, /* of goods on consignment */
};

/* The number without its point; -1 when it is none. */
static int number_of(struct str cfop) {
    int number = 0, digits = 0;
    for (size_t i = 0; i < cfop.n; i++) {
        if (cfop.p[i] >= '0' && cfop.p[i] <= '9' && digits < 4) {
            number = number * 10 + (cfop.p[i] - '0');
            digits++;
        } else if (cfop.p[i] != '.') {
            return -1;
        }
    }
    return digits == 4 ? number : -1;
}

static bool within(const struct range *range, size_t n, int what) {
    for (size_t i = 0; i < n; i++) {
        if (what >= range[i].from && what <= range[i].to) {
            return true;
        }
    }
    return false;
}

bool cfop_is_sale(struct str cfop) {
    int number = number_of(cfop);
    return number >= 5000 && number < 8000 && within(sales, sizeof sales / sizeof *sales, number % 1000);
}

bool cfop_is_return(struct str cfop) {
    int number = number_of(cfop);
    return number >= 1000 && number < 8000 && within(returns, sizeof returns / sizeof *returns, number % 1000);
}
