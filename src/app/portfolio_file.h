// SPDX-License-Identifier: Apache-2.0
/* portfolio_file -- a list of customers as a file for other programs: CSV (app/csv_file) with the stable names of columns and words, or XLSX
 * for people.
 */
#ifndef REATIVA_APP_PORTFOLIO_FILE_H
#define REATIVA_APP_PORTFOLIO_FILE_H

#include "app/portfolio.h"
#include "base/catalog.h"

enum portfolio_file_kind { PORTFOLIO_CSV = 1, PORTFOLIO_XLSX };

struct portfolio_file_wish {
    enum portfolio_file_kind kind;
    const struct list_request *request; /* all that pass: its limit and page are not looked at */
    const enum column *column;
    size_t columns;
    enum lang lang; /* of words and titles in XLSX, of numbers in CSV, and of the sentences in either */
    size_t bytes_most;
};
/* portfolio_file_make -- the bytes, in the arena. LIMIT: more than bytes_most, or rows than a sheet holds. */
bool portfolio_file_make(struct cx *cx, struct db *db, const struct portfolio_file_wish *wish, struct str *out,
                         int64_t *rows);
/* portfolio_file_said -- who took which list away: in the audit trail. */
bool portfolio_file_said(struct cx *cx, struct db *db, struct str who, int64_t now_us, int64_t rows, struct str query);

#endif
