// SPDX-License-Identifier: Apache-2.0
/* data -- the published data sets, read from the folder REATIVA_DATA or, where that is not set, from ../shared/data beside
 * the sources (SOURCES.md there says where they are from).
 */
#ifndef REATIVA_TESTS_GOLDEN_DATA_H
#define REATIVA_TESTS_GOLDEN_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "stats/cbs.h"

bool data_is_here(void); /* false: the test is to be skipped */

/* data_table -- the numbers of a CSV file with a header, [rows][columns]; what is no number is NAN. NULL columns: all. */
double *data_table(struct arena *arena, const char *path, size_t *rows, size_t *columns);

/* data_log -- a log of purchases, sorted by customer and day, each day of a customer once. Columns are numbered from 0; a row
 * whose `amount` is not above 0 is left out (amount SIZE_MAX: all stay). A path that ends in .gz is unpacked. */
struct data_purchase {
    int64_t customer;
    int32_t day;
};
struct data_purchase *data_log(struct arena *arena, const char *path, size_t customer, size_t date, size_t amount,
                               size_t *n);

/* data_customers -- what was known of each customer on the day `until`, in units of so many days; after[i], unless NULL, is
 * how often it bought from the day after until `later`. */
struct cbs_customer *data_customers(struct arena *arena, const struct data_purchase *bills, size_t n, int32_t until,
                                    double unit_days, int32_t later, size_t *customers, double **after);

#endif
