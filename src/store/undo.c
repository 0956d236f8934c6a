// SPDX-License-Identifier: Apache-2.0
/* undo -- one import taken back, as if it had never been.
 *
 * A document (and likewise a title, quote or ticket) is a chain of versions: those overwritten, under the number of the
 * import that overwrote each, and the standing one. Each has an owner, the first import still in force that brought this
 * content, and holders, later imports that brought the same while it stood. Taking import X back:
 *
 *   1  X holds nothing any more;
 *   2  a version of X that has holders goes to the first of them, wherever it is in the chain;
 *   3  an overwritten version that is still X's leaves the chain;
 *   4  a standing version that is still X's gives its place back to the last one overwritten; with none, the document goes.
 *
 * So what stands is always the content of the last import in force that mentions the document, in whatever order
 * imports are taken back. Customers and products are merged from the facts that remain. Must run within the caller's
 * transaction. All steps are statements over whole sets: an import of a million lines is not walked row by row.
 */
#include "store/import.h"
#include "store/merge.h"
#include "store/sql.h"

static const enum sql_id versions[] = {
    SQL_STANDING_DUE_UNDO,      SQL_DOCUMENT_UNDO_SAME,    SQL_DOCUMENT_UNDO_HEIR,  SQL_DOCUMENT_UNDO_HEIR_BEFORE,
    SQL_LINE_UNDO_BEFORE,       SQL_DOCUMENT_UNDO_BEFORE,  SQL_DOCUMENT_UNDO_DIRTY, SQL_LINE_UNDO,
    SQL_LINE_UNDO_RESTORE,      SQL_DOCUMENT_UNDO_RESTORE, SQL_DOCUMENT_UNDO,       SQL_LINE_UNDO_RESTORED,
    SQL_DOCUMENT_UNDO_RESTORED, SQL_RECORD_UNDO_SAME,      SQL_RECORD_UNDO_HEIR,    SQL_RECORD_UNDO_HEIR_BEFORE,
    SQL_RECORD_UNDO_BEFORE,     SQL_RECORD_UNDO_RESTORE,   SQL_RECORD_UNDO,         SQL_RECORD_UNDO_RESTORED,
};
/* The three that look at the chain as it is, not at one import. */
static bool takes_import(enum sql_id id) {
    return id != SQL_LINE_UNDO_RESTORED && id != SQL_DOCUMENT_UNDO_RESTORED && id != SQL_RECORD_UNDO_RESTORED;
}

bool import_undo(struct cx *cx, struct db *db, int64_t id, int64_t now_us, product_goods *is_goods) {
    static const enum sql_id parties[] = {SQL_CUSTOMER_UNDO_DIRTY, SQL_CUSTOMER_UNDO, SQL_CUSTOMER_FACT_UNDO,
                                          SQL_PRODUCT_UNDO, SQL_PRODUCT_FACT_UNDO};
    struct import_run run;
    bool found;
    int64_t changed;
    if (!import_find(cx, db, id, &found, &run))
        return false;
    if (!found)
        return cx_fail(cx, ERR_NOT_FOUND, S("undo.no_import"), cx_text(cx, "%lld", (long long)id));
    if (run.undone_us)
        return cx_fail(cx, ERR_CONFLICT, S("undo.done_before"), cx_text(cx, "%lld", (long long)id));
    const struct sql_value import[] = {sql_int(id)};
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        if (!sql_run(cx, db, versions[i], import, takes_import(versions[i]) ? 1 : 0, NULL))
            return false;
    }
    if (!customer_merge_without(cx, db, id, id, &changed) || !product_merge_without(cx, db, id, id, is_goods, &changed))
        return false;
    for (size_t i = 0; i < sizeof parties / sizeof *parties; i++) {
        if (!sql_run(cx, db, parties[i], import, 1, NULL))
            return false;
    }
    return SQL_RUN(cx, db, SQL_IMPORT_UNDONE, sql_int(id), sql_int(now_us));
}
