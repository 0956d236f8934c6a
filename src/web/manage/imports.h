// SPDX-License-Identifier: Apache-2.0
/* imports -- what the pages of imports show: what came in and when, files on their way in, one import, one upload.
 */
#ifndef REATIVA_WEB_MANAGE_IMPORTS_H
#define REATIVA_WEB_MANAGE_IMPORTS_H

#include "app/admin.h"
#include "app/arrivals.h"
#include "app/uploads.h"
#include "web/web.h"

enum { IMPORTS_PAGE = 50, IMPORTS_REJECTS = 100, IMPORTS_REASONS = 40, IMPORTS_TOLD = 70, UPLOAD_EXAMPLES = 3 };

struct imports_run {
    struct import_run run;
    struct str at, kind;
};
struct imports_upload {
    const struct upload *upload;
    struct str names, at, kind, state;
};
struct imports_view {
    struct arrival arrival[IMPORT_KIND_END];
    struct imports_upload *upload;
    size_t uploads;
    struct imports_run run[IMPORTS_PAGE];
    size_t runs, all;
    struct str q, kind, state; /* the filter */
    int64_t older;             /* id to go on behind; 0: these are all */
    bool takes;                /* files may come in by this page */
};

struct imports_reason {
    struct str key, text, remedy;
    int64_t rows;
};
struct imports_reject {
    struct str file, column, reason, row;
    int64_t line;
};
struct import_view {
    struct import_run run;
    struct str at, kind, undone, who;
    struct imports_reason reason[IMPORTS_REASONS];
    size_t reasons;
    struct imports_reject reject[IMPORTS_REJECTS];
    size_t rejects;
    struct str told[IMPORTS_TOLD]; /* warnings */
    size_t tolds;
};

/* One column of a file that waits: what it is called, what stands in it, what it means. */
struct upload_column {
    struct str header;
    struct str ref;                      /* in a mapping: its header, or #3 */
    struct str example[UPLOAD_EXAMPLES]; /* as understood */
    bool bad[UPLOAD_EXAMPLES];
    enum field field;
    bool known; /* by itself, without a mapping */
    bool fixed; /* it has no name of its own among several files: nobody can say what it is */
    struct str select;
};
struct upload_part {
    struct str name;
    struct upload_column *column;
    size_t columns, beyond; /* beyond: columns that are not shown */
    const struct preview_file *preview;
    struct str same; /* names of later files with the same headings: what is said of these columns holds for them */
    bool again;      /* it is one of those */
};
struct upload_view {
    struct upload upload;
    struct uploads_reading reading;
    struct preview preview;
    struct upload_part part[IMPORT_FILES];
    size_t parts;
    struct str names, at, kind, fault, fault_now; /* fault: why it failed; fault_now: why it would */
    struct work_done done;
    struct str *saved; /* names of saved mappings of this kind */
    size_t saveds;
};

struct str imports_kind(struct page *page, enum import_kind kind); /* "Orders" */
struct str imports_names(struct page *page, const struct upload *upload);
struct str imports_field(struct page *page, enum field field);
struct str imports_arrival_late(struct page *page, const struct arrival *arrival);
struct url imports_older(struct page *page, const struct imports_view *v);
int upload_percent(const struct upload_view *v);
/* upload_cell -- of the first rows: what stands under a field, as it would be imported. */
struct str upload_cell(struct page *page, const struct preview_cell *cell);
size_t upload_row_cell(const struct upload_part *part, enum field field); /* which column; columns: none */

#endif
