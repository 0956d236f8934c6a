// SPDX-License-Identifier: Apache-2.0
/* demo -- an invented company, the same for the same seed and day: Brazilian wholesale, 3 branches, 12 reps, 2,500
 * customers in segments with different rhythms, seasons, dropouts, returns, titles, quotes, tickets, 3 years of orders.
 *
 * Written as the files an ERP would export, then brought in by the importers that everybody uses. Same options, same
 * bytes, on every machine. Another `until` moves the history: people, what they buy and what becomes of them stay;
 * seasons, weekends and holidays are the calendar's, so days and quantities are not those of before plus a constant.
 *
 * What there is to find: sudden and slow leavers, some to a competitor, some after a complaint, some broke; late returners; beach
 * customers who open in summer only; one-time buyers; a portfolio (R07) that nobody called on for half a year;
 * customers with two codes; products that were dropped; presents, returns, cancellations.
 */
#ifndef REATIVA_APP_DEMO_H
#define REATIVA_APP_DEMO_H

#include "app/import.h"

struct demo_options {
    uint64_t seed;
    struct day until;  /* the last day with orders */
    int32_t customers; /* 2500 by default; more for benchmarks */
    int32_t years;
};
/* demo_write -- clientes.csv, produtos.csv, pedidos.csv, titulos.csv, orcamentos.csv, chamados.csv into a folder (made
 * if absent). CONFLICT when one of them is there already: nothing is written over, and nothing left behind. INVALID: more than
 * LIMIT_DEMO_CUSTOMERS or LIMIT_DEMO_YEARS, or days before 1970. Memory: about 90 bytes a customer. */
bool demo_write(struct cx *cx, struct str folder, const struct demo_options *options);
/* demo_make -- demo_write into a temporary folder, import of all, score as of the day after; the folder is removed. Then who works
 * there: admin, helena (manager), bruna and diego (agents), marcia (R01), antonio (R05) and gilberto (R09), their contacts and
 * appointments of the last three weeks; without passwords, so that only a link signs them in.
 * CONFLICT when anything was ever imported into the database. */
bool demo_make(struct cx *cx, struct db *db, const struct demo_options *options, int64_t now_us,
               struct progress progress);

#endif
