// SPDX-License-Identifier: Apache-2.0
/* import_text -- rows that another program sent, imported like a file: same rules, same rejects, same undo.
 */
#ifndef REATIVA_APP_IMPORT_TEXT_H
#define REATIVA_APP_IMPORT_TEXT_H

#include "app/import.h"

enum { IMPORT_TEXT_NAME = 100 }; /* bytes of a name */

struct import_text_wish {
    enum import_kind kind;      /* not IMPORT_NFE */
    struct str name;            /* of the file, as it is told; letters, digits, -._ */
    struct str text;            /* CSV */
    enum date_order date_order; /* UNKNOWN: found */
    enum decimal_mark decimal;  /* UNKNOWN: found */
    char delimiter;             /* 0: found */
    struct str who;
    struct day today;
    int64_t now_us;
};
/* import_text -- INVALID import_text.bad_name, bad_kind; as import_files. */
bool import_text(struct cx *cx, struct db *db, const struct import_text_wish *wish, struct import_report *out);

#endif
