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
};
/* portfolio_file_make -- an open file without a name in the folder TMPDIR (else /tmp), for the caller to close, also after a failure
 * when *file was set. Memory does not grow with the rows. LIMIT: more than 4 GB, or rows than a sheet holds;
 * IO portfolio.full: no room on the disk. */
bool portfolio_file_make(struct cx *cx, struct db *db, const struct portfolio_file_wish *wish, int *file,
                         int64_t *bytes, int64_t *rows);
/* portfolio_file_open -- a new, empty one, for the caller to close. IO. */
bool portfolio_file_open(struct cx *cx, int *out);
/* portfolio_file_said -- who took which list away: in the audit trail. */
bool portfolio_file_said(struct cx *cx, struct db *db, struct str who, int64_t now_us, int64_t rows, struct str query);
/* portfolio_file_taken -- the same of another list: what was taken, "40 contacts". */
bool portfolio_file_taken(struct cx *cx, struct db *db, struct str who, int64_t now_us, struct str subject,
                          struct str query);

#endif
