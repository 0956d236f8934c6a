// SPDX-License-Identifier: Apache-2.0
/* csv -- an export as a file that a double click opens as a sheet: see app/csv_file.
 */
#ifndef REATIVA_WEB_CSV_H
#define REATIVA_WEB_CSV_H

#include "web/web.h"

/* csv_start -- the reply becomes a file of this name. csv_row -- one more line of it. */
void csv_start(struct page *page, const char *name);
void csv_row(struct page *page, const struct str *cell, size_t n);
#define CSV_ROW(page, ...)                                                                                             \
    csv_row((page), (const struct str[]){__VA_ARGS__}, sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))

#endif
