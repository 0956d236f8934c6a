// SPDX-License-Identifier: Apache-2.0
/* import -- what was brought in, when, how it went; what was refused; saved mappings; undo. */
#ifndef REATIVA_STORE_IMPORT_H
#define REATIVA_STORE_IMPORT_H
#include "base/day.h"
#include "core/field.h"
#include "store/product.h"

struct import_counts {
    int64_t rows, added, changed, unchanged, rejected, blank; /* rows = the sum of the other five */
};
struct import_run {
    int64_t id;
    enum import_kind kind;
    struct str files;                           /* names, one blank apart as shown to the person */
    int64_t started_us, finished_us, undone_us; /* 0: not */
    struct import_counts counts;
    struct day first_day, last_day; /* of the documents in it */
};
struct import_reject {
    struct str file;
    int64_t line;
    struct str column; /* name in the file, empty when the whole row is meant */
    struct str reason; /* catalog key */
    struct str detail; /* its argument {0} */
    struct str row;    /* as it stood */
};

bool import_begin(struct cx *cx, struct db *db, enum import_kind kind, struct str files, int64_t now_us, int64_t *id);
bool import_file_add(struct cx *cx, struct db *db, int64_t id, int64_t seq, struct str path,
                     const struct import_counts *counts);
bool import_finish(struct cx *cx, struct db *db, const struct import_run *run);
/* Newest first. */
bool import_list(struct cx *cx, struct db *db, struct import_run **out, size_t *n);
bool import_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct import_run *out);

struct import_rejects; /* a bulk writer of rejected rows */
bool import_rejects_open(struct cx *cx, struct db *db, int64_t import_id, struct import_rejects **out);
bool import_rejects_add(struct cx *cx, struct import_rejects *to, const struct import_reject *reject);
bool import_rejects_close(struct cx *cx, struct import_rejects *to); /* flushes */
typedef bool import_reject_visit(struct cx *cx, void *owner, const struct import_reject *reject);
bool import_rejects_each(struct cx *cx, struct db *db, int64_t import_id, import_reject_visit *visit, void *owner);

bool mapping_put(struct cx *cx, struct db *db, enum import_kind kind, struct str name, struct str text);
/* mapping_list -- the names of those of a kind, by name. */
bool mapping_list(struct cx *cx, struct db *db, enum import_kind kind, struct str **out, size_t *n);
bool mapping_find(struct cx *cx, struct db *db, enum import_kind kind, struct str name, bool *found, struct str *text);

/* import_undo -- take one import back within the open transaction: what it added goes, what it overwrote is restored,
 * what another import holds too stays (and belongs to that one from now on); later imports keep what they wrote.
 * Customers and products that nothing mentions any more go. Touched customers become dirty. is_goods as for
 * product_merge. CONFLICT when it was undone before, NOT_FOUND when there is no such import. */
bool import_undo(struct cx *cx, struct db *db, int64_t id, int64_t now_us, product_goods *is_goods);
#endif
