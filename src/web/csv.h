// SPDX-License-Identifier: Apache-2.0
/* csv -- an export as a file that a double click opens as a sheet: see app/csv_file.
 */
#ifndef REATIVA_WEB_CSV_H
#define REATIVA_WEB_CSV_H

#include "web/web.h"

/* csv_start -- the reply becomes a file of this name. csv_row -- one more line of it; from cell `first` on so many are numbers, as
 * decimal_write gives them: below zero they begin as a formula does, and are none. */
void csv_start(struct page *page, const char *name);
void csv_row(struct page *page, const struct str *cell, size_t n, size_t first, size_t numbers);
#define CSV_CELLS(...) (const struct str[]){__VA_ARGS__}, sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str)
#define CSV_ROW(page, ...) csv_row((page), CSV_CELLS(__VA_ARGS__), 0, 0)
#define CSV_ROW_NUMBERS(page, first, numbers, ...) csv_row((page), CSV_CELLS(__VA_ARGS__), (first), (numbers))

#endif
