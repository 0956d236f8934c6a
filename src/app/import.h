// SPDX-License-Identifier: Apache-2.0
/* import -- bring a company's files in: one call, one transaction, every good row or nothing.
 *
 * A bad row goes to the rejects with its reason and never stops the rest. Importing is idempotent: the same file again
 * changes nothing. Several files of one call belong together: a file of order headers and one of order lines are joined by
 * the document number.
 */
#ifndef REATIVA_APP_IMPORT_H
#define REATIVA_APP_IMPORT_H

#include "base/decimal.h"
#include "core/field.h"
#include "store/import.h"

/* Told now and then how far a long piece of work is; NULL when nobody watches. total 0: unknown. */
struct progress {
    void (*step)(void *owner, struct str what, uint64_t done, uint64_t total);
    void *owner;
};

struct import_map {
    enum field field;  /* FIELD_NONE: the column is not used */
    struct str column; /* header text, or `#3` for the third column */
};

enum { IMPORT_FILES = 64, IMPORT_WARNINGS = 64, IMPORT_MAPS_MOST = 2 * FIELD_END };

struct table;

struct import_options {
    enum import_kind kind;
    const struct str *path;
    size_t paths;
    struct str folder; /* paths in it are told without it: where uploads stand; empty: told as they are */
    struct table
        *table; /* path[0], opened already (standard input opens but once) and at its start; the import closes it */
    struct str sheet;
    char delimiter;             /* 0: found */
    enum date_order date_order; /* UNKNOWN: found, or refused when the file does not settle it */
    enum decimal_mark decimal;  /* UNKNOWN: found */
    const struct import_map *map;
    size_t maps;
    struct str use_map, save_map; /* names of saved mappings, or empty */
    bool dry_run;                 /* all the work, then rolled back */
    int64_t upload_id; /* that brought the files: learns the import's number in the same transaction; 0: none did */
    struct str rejects_path; /* CSV of the rejected rows; empty: none */
    struct day today;        /* later documents are rejected */
    int64_t now_us;
    struct progress progress;
};

/* How one file was understood. */
struct import_file_report {
    struct str path;
    struct import_counts counts;
    char delimiter;
    enum date_order date_order; /* UNKNOWN: its dates need none */
    enum decimal_mark decimal;
    struct str *header; /* header[columns], field[columns] */
    enum field *field;
    size_t columns;
    int64_t recoded; /* rows that were Windows-1252 */
    int64_t mended;  /* rows in which a text held the delimiter without quotes */
    bool cut;        /* the last row has no line end and too few columns */
};

struct import_warning {
    struct str key, arg[3];
};

/* Rejected rows of one reason (a catalog key). */
struct import_reason {
    struct str reason;
    int64_t rows;
};

struct import_report {
    struct import_run run; /* id 0 after a dry run */
    struct import_file_report file[IMPORT_FILES];
    size_t files;
    struct import_reason reason[40]; /* rejected rows by reason (catalog key), most first */
    size_t reasons;
    struct import_warning warning[IMPORT_WARNINGS];
    size_t warnings;
    int64_t customers_added, documents; /* documents: new or changed */
};

bool import_files(struct cx *cx, struct db *db, const struct import_options *options, struct import_report *out);
/* path: XML files, folders, zip files. */
bool import_nfe(struct cx *cx, struct db *db, const struct import_options *options, struct import_report *out);
/* import_take_back -- undoes one import, exactly: what it added goes, what it overwrote is restored. NOT_FOUND, CONFLICT when it
 * was undone before. */
bool import_take_back(struct cx *cx, struct db *db, int64_t id, struct str who, int64_t now_us);

#endif
