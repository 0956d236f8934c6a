// SPDX-License-Identifier: Apache-2.0
/* policy_file -- who changes status under rules that are tried, as a file: CSV for programs, XLSX for people. */
#ifndef REATIVA_APP_POLICY_FILE_H
#define REATIVA_APP_POLICY_FILE_H

#include "app/portfolio_file.h"
#include "store/study.h"

struct policy_file_wish {
    enum portfolio_file_kind kind;
    enum lang lang;
    const struct study_ask *ask;
};
/* policy_file_make -- as portfolio_file_make: memory does not grow with the rows. */
bool policy_file_make(struct cx *cx, struct db *db, const struct policy_file_wish *wish, int *file, int64_t *bytes,
                      int64_t *rows);

#endif
