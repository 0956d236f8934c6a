// SPDX-License-Identifier: Apache-2.0
/* backup -- copy all facts to a file, bring them back, and look whether a database fits together.
 *
 * SQLite copies itself (derived tables come along); from and to PostgreSQL every table of facts is read and written
 * whole. Must not know what the tables mean: they are listed once, in backup_tables. Invariant: a file of the name that
 * was asked for is either not there, or whole and checked.
 */
#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/backup_tables.h"
#include "store/document.h"
#include "store/driver.h"
#include "store/gateway.h"
#include "store/job.h"
#include "store/message.h"
#include "store/turn.h"
#include "store/webhook.h"

const struct backup_table backup_tables[] = {
    {"setting", SQL_BACKUP_READ_SETTING, SQL_BACKUP_WRITE_SETTING},
    {"audit", SQL_BACKUP_READ_AUDIT, SQL_BACKUP_WRITE_AUDIT},
    {"counter", SQL_BACKUP_READ_COUNTER, SQL_BACKUP_WRITE_COUNTER},
    {"label", SQL_BACKUP_READ_LABEL, SQL_BACKUP_WRITE_LABEL},
    {"customer", SQL_BACKUP_READ_CUSTOMER, SQL_BACKUP_WRITE_CUSTOMER},
    {"duplicate_merge", SQL_BACKUP_READ_DUPLICATE_MERGE, SQL_BACKUP_WRITE_DUPLICATE_MERGE},
    {"duplicate_absorbed", SQL_BACKUP_READ_DUPLICATE_ABSORBED, SQL_BACKUP_WRITE_DUPLICATE_ABSORBED},
    {"duplicate_moved", SQL_BACKUP_READ_DUPLICATE_MOVED, SQL_BACKUP_WRITE_DUPLICATE_MOVED},
    {"duplicate_apart", SQL_BACKUP_READ_DUPLICATE_APART, SQL_BACKUP_WRITE_DUPLICATE_APART},
    {"duplicate_pair", SQL_BACKUP_READ_DUPLICATE_PAIR, SQL_BACKUP_WRITE_DUPLICATE_PAIR},
    {"duplicate_run", SQL_BACKUP_READ_DUPLICATE_RUN, SQL_BACKUP_WRITE_DUPLICATE_RUN},
    {"customer_fact", SQL_BACKUP_READ_CUSTOMER_FACT, SQL_BACKUP_WRITE_CUSTOMER_FACT},
    {"customer_dirty", SQL_BACKUP_READ_CUSTOMER_DIRTY, SQL_BACKUP_WRITE_CUSTOMER_DIRTY},
    {"product", SQL_BACKUP_READ_PRODUCT, SQL_BACKUP_WRITE_PRODUCT},
    {"product_fact", SQL_BACKUP_READ_PRODUCT_FACT, SQL_BACKUP_WRITE_PRODUCT_FACT},
    {"document", SQL_BACKUP_READ_DOCUMENT, SQL_BACKUP_WRITE_DOCUMENT},
    {"line", SQL_BACKUP_READ_LINE, SQL_BACKUP_WRITE_LINE},
    {"document_before", SQL_BACKUP_READ_DOCUMENT_BEFORE, SQL_BACKUP_WRITE_DOCUMENT_BEFORE},
    {"line_before", SQL_BACKUP_READ_LINE_BEFORE, SQL_BACKUP_WRITE_LINE_BEFORE},
    {"document_same", SQL_BACKUP_READ_DOCUMENT_SAME, SQL_BACKUP_WRITE_DOCUMENT_SAME},
    {"record", SQL_BACKUP_READ_RECORD, SQL_BACKUP_WRITE_RECORD},
    {"record_before", SQL_BACKUP_READ_RECORD_BEFORE, SQL_BACKUP_WRITE_RECORD_BEFORE},
    {"record_same", SQL_BACKUP_READ_RECORD_SAME, SQL_BACKUP_WRITE_RECORD_SAME},
    {"import", SQL_BACKUP_READ_IMPORT, SQL_BACKUP_WRITE_IMPORT},
    {"import_file", SQL_BACKUP_READ_IMPORT_FILE, SQL_BACKUP_WRITE_IMPORT_FILE},
    {"import_reject", SQL_BACKUP_READ_IMPORT_REJECT, SQL_BACKUP_WRITE_IMPORT_REJECT},
    {"mapping", SQL_BACKUP_READ_MAPPING, SQL_BACKUP_WRITE_MAPPING},
    {"policy_rule", SQL_BACKUP_READ_POLICY_RULE, SQL_BACKUP_WRITE_POLICY_RULE},
    {"policy_version", SQL_BACKUP_READ_POLICY_VERSION, SQL_BACKUP_WRITE_POLICY_VERSION},
    {"study", SQL_BACKUP_READ_STUDY, SQL_BACKUP_WRITE_STUDY},
    {"study_customer", SQL_BACKUP_READ_STUDY_CUSTOMER, SQL_BACKUP_WRITE_STUDY_CUSTOMER},
    {"track", SQL_BACKUP_READ_TRACK, SQL_BACKUP_WRITE_TRACK},
    {"app_user", SQL_BACKUP_READ_APP_USER, SQL_BACKUP_WRITE_APP_USER},
    {"app_session", SQL_BACKUP_READ_APP_SESSION, SQL_BACKUP_WRITE_APP_SESSION},
    {"signin_link", SQL_BACKUP_READ_SIGNIN_LINK, SQL_BACKUP_WRITE_SIGNIN_LINK},
    {"signin_guess", SQL_BACKUP_READ_SIGNIN_GUESS, SQL_BACKUP_WRITE_SIGNIN_GUESS},
    {"choice", SQL_BACKUP_READ_CHOICE, SQL_BACKUP_WRITE_CHOICE},
    {"action", SQL_BACKUP_READ_ACTION, SQL_BACKUP_WRITE_ACTION},
    {"template", SQL_BACKUP_READ_TEMPLATE, SQL_BACKUP_WRITE_TEMPLATE},
    {"mailing", SQL_BACKUP_READ_MAILING, SQL_BACKUP_WRITE_MAILING},
    {"mailing_mark", SQL_BACKUP_READ_MAILING_MARK, SQL_BACKUP_WRITE_MAILING_MARK},
    {"upload", SQL_BACKUP_READ_UPLOAD, SQL_BACKUP_WRITE_UPLOAD},
    {"upload_file", SQL_BACKUP_READ_UPLOAD_FILE, SQL_BACKUP_WRITE_UPLOAD_FILE},
    {"person", SQL_BACKUP_READ_PERSON, SQL_BACKUP_WRITE_PERSON},
    {"contact", SQL_BACKUP_READ_CONTACT, SQL_BACKUP_WRITE_CONTACT},
    {"appointment", SQL_BACKUP_READ_APPOINTMENT, SQL_BACKUP_WRITE_APPOINTMENT},
    {"customer_note", SQL_BACKUP_READ_CUSTOMER_NOTE, SQL_BACKUP_WRITE_CUSTOMER_NOTE},
    {"memo", SQL_BACKUP_READ_MEMO, SQL_BACKUP_WRITE_MEMO},
    {"memo_reader", SQL_BACKUP_READ_MEMO_READER, SQL_BACKUP_WRITE_MEMO_READER},
    {"tag", SQL_BACKUP_READ_TAG, SQL_BACKUP_WRITE_TAG},
    {"customer_tag", SQL_BACKUP_READ_CUSTOMER_TAG, SQL_BACKUP_WRITE_CUSTOMER_TAG},
    {"saved_view", SQL_BACKUP_READ_SAVED_VIEW, SQL_BACKUP_WRITE_SAVED_VIEW},
    {"view_choice", SQL_BACKUP_READ_VIEW_CHOICE, SQL_BACKUP_WRITE_VIEW_CHOICE},
    {"worklist", SQL_BACKUP_READ_WORKLIST, SQL_BACKUP_WRITE_WORKLIST},
    {"worklist_user", SQL_BACKUP_READ_WORKLIST_USER, SQL_BACKUP_WRITE_WORKLIST_USER},
    {"worklist_customer", SQL_BACKUP_READ_WORKLIST_CUSTOMER, SQL_BACKUP_WRITE_WORKLIST_CUSTOMER},
    {"worklist_skip", SQL_BACKUP_READ_WORKLIST_SKIP, SQL_BACKUP_WRITE_WORKLIST_SKIP},
    {"customer_hold", SQL_BACKUP_READ_CUSTOMER_HOLD, SQL_BACKUP_WRITE_CUSTOMER_HOLD},
    {"transfer", SQL_BACKUP_READ_TRANSFER, SQL_BACKUP_WRITE_TRANSFER},
    {"transfer_customer", SQL_BACKUP_READ_TRANSFER_CUSTOMER, SQL_BACKUP_WRITE_TRANSFER_CUSTOMER},
    {"transfer_along", SQL_BACKUP_READ_TRANSFER_ALONG, SQL_BACKUP_WRITE_TRANSFER_ALONG},
    {"api_token", SQL_BACKUP_READ_API_TOKEN, SQL_BACKUP_WRITE_API_TOKEN},
    {"api_answer", SQL_BACKUP_READ_API_ANSWER, SQL_BACKUP_WRITE_API_ANSWER},
    {"suppression", SQL_BACKUP_READ_SUPPRESSION, SQL_BACKUP_WRITE_SUPPRESSION},
    {"erasure", SQL_BACKUP_READ_ERASURE, SQL_BACKUP_WRITE_ERASURE},
    {"block_list", SQL_BACKUP_READ_BLOCK_LIST, SQL_BACKUP_WRITE_BLOCK_LIST},
    {"block_number", SQL_BACKUP_READ_BLOCK_NUMBER, SQL_BACKUP_WRITE_BLOCK_NUMBER},
    {"webhook", SQL_BACKUP_READ_WEBHOOK, SQL_BACKUP_WRITE_WEBHOOK},
    {"webhook_event", SQL_BACKUP_READ_WEBHOOK_EVENT, SQL_BACKUP_WRITE_WEBHOOK_EVENT},
    {"webhook_delivery", SQL_BACKUP_READ_WEBHOOK_DELIVERY, SQL_BACKUP_WRITE_WEBHOOK_DELIVERY},
    {"webhook_told", SQL_BACKUP_READ_WEBHOOK_TOLD, SQL_BACKUP_WRITE_WEBHOOK_TOLD},
    {"message", SQL_BACKUP_READ_MESSAGE, SQL_BACKUP_WRITE_MESSAGE},
    {"message_body", SQL_BACKUP_READ_MESSAGE_BODY, SQL_BACKUP_WRITE_MESSAGE_BODY},
    {"crossing", SQL_BACKUP_READ_CROSSING, SQL_BACKUP_WRITE_CROSSING},
    {"alert", SQL_BACKUP_READ_ALERT, SQL_BACKUP_WRITE_ALERT},
    {"alert_user", SQL_BACKUP_READ_ALERT_USER, SQL_BACKUP_WRITE_ALERT_USER},
    {"alert_told", SQL_BACKUP_READ_ALERT_TOLD, SQL_BACKUP_WRITE_ALERT_TOLD},
    {"job", SQL_BACKUP_READ_JOB, SQL_BACKUP_WRITE_JOB},
    {"job_run", SQL_BACKUP_READ_JOB_RUN, SQL_BACKUP_WRITE_JOB_RUN},
    {"holiday", SQL_BACKUP_READ_HOLIDAY, SQL_BACKUP_WRITE_HOLIDAY},
    {"bounce", SQL_BACKUP_READ_BOUNCE, SQL_BACKUP_WRITE_BOUNCE},
    {"gateway", SQL_BACKUP_READ_GATEWAY, SQL_BACKUP_WRITE_GATEWAY},
    {"turn", SQL_BACKUP_READ_TURN, SQL_BACKUP_WRITE_TURN},
};
const size_t backup_tables_n = sizeof backup_tables / sizeof *backup_tables;

/* -- table by table ----------------------------------------------------------------------------------------------------- */

static struct sql_value value_of(struct sql_rows *rows, int column, char type) {
    if (sql_is_null(rows, column))
        return sql_null();
    switch (type | 0x20) {
    case 'i':
        return sql_int(sql_get_int(rows, column));
    case 'b':
        return sql_blob(sql_get_text(rows, column));
    default:
        return sql_text(sql_get_text(rows, column));
    }
}

static bool copy_table(struct cx *cx, struct db *from, struct db *to, const struct backup_table *table) {
    const char *types = sql_statements[table->write].args;
    size_t n = strlen(types);
    struct sql_rows *rows = NULL;
    struct sql_bulk *bulk = NULL;
    bool more = false,
         good = sql_bulk_open(cx, to, table->write, &bulk) && sql_scan(cx, from, table->read, NULL, 0, &rows);
    while (good && (good = sql_next(cx, rows, &more)) && more) {
        struct sql_value args[SQL_ARGS];
        for (size_t i = 0; i < n; i++)
            args[i] = value_of(rows, (int)i, types[i]);
        good = sql_bulk_add(cx, bulk, args, n);
    }
    good = good && sql_bulk_flush(cx, bulk);
    sql_close(rows);
    sql_bulk_close(bulk);
    return good;
}

static bool number_on(struct cx *cx, struct db *to) {
    int64_t next;
    bool found;
    return db_kind(to) != DB_PG || (sql_one_int(cx, to, SQL_BACKUP_NUMBER_AUDIT, NULL, 0, &found, &next) &&
                                    sql_one_int(cx, to, SQL_BACKUP_NUMBER_RECORD, NULL, 0, &found, &next) &&
                                    sql_one_int(cx, to, SQL_BACKUP_NUMBER_PERSON, NULL, 0, &found, &next) &&
                                    sql_one_int(cx, to, SQL_BACKUP_NUMBER_CUSTOMER_NOTE, NULL, 0, &found, &next));
}

/* Both within a transaction. */
static bool copy_all(struct cx *cx, struct db *from, struct db *to) {
    if (!sql_run(cx, to, SQL_BACKUP_CLEAR_LABEL, NULL, 0, NULL) ||
        !sql_run(cx, to, SQL_BACKUP_CLEAR_SETTING, NULL, 0, NULL) ||
        !sql_run(cx, to, SQL_BACKUP_CLEAR_JOB, NULL, 0, NULL) ||
        !sql_run(cx, to, SQL_BACKUP_CLEAR_JOB_RUN, NULL, 0, NULL))
        return false;
    for (size_t i = 0; i < backup_tables_n; i++) {
        if (!copy_table(cx, from, to, &backup_tables[i]))
            return false;
    }
    return number_on(cx, to);
}

/* -- writing ------------------------------------------------------------------------------------------------------------ */

static bool fail_file(struct cx *cx, struct str path) {
    int error = errno;
    cx_fail(cx, ERR_IO, S("backup.cannot_write"), path);
    return cx_detail(cx, "%s", strerror(error));
}

static bool copy_to(struct cx *cx, struct db *db, struct str path) {
    if (db_kind(db) == DB_SQLITE)
        return SQL_RUN(cx, db, SQL_BACKUP_INTO, sql_text(path));
    struct db *to;
    if (!db_open(cx, path, DB_CREATE, &to))
        return false;
    bool good = db_read(cx, db) && db_write(cx, to) && copy_all(cx, db, to) && db_commit(cx, to);
    db_rollback(db);
    db_close(to);
    return good;
}

static bool check_copy(struct cx *cx, struct str path) {
    struct db *copy;
    int64_t faults;
    struct str first;
    if (!db_open(cx, path, DB_USE, &copy))
        return false;
    bool good = backup_check(cx, copy, &faults, &first);
    db_close(copy);
    return good && (!faults || cx_fail(cx, ERR_DB, S("backup.bad_copy"), first));
}

static bool sync_path(const char *path, int flags) {
    int file = open(path, flags | O_CLOEXEC);
    bool good = file >= 0 && fsync(file) == 0;
    if (file >= 0)
        close(file);
    return good;
}

/* Give the whole copy its name, and do not come back before the disk has it. Never over another file. */
static bool name_copy(struct cx *cx, const char *part, const char *path) {
    const char *slash = strrchr(path, '/');
    struct str folder = slash ? (struct str){path, slash == path ? 1 : (size_t)(slash - path)} : S(".");
    if (!sync_path(part, O_RDONLY))
        return fail_file(cx, str_from(path));
    if (renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE) != 0) {
        if (errno == EEXIST)
            return cx_fail(cx, ERR_CONFLICT, S("backup.exists"), str_from(path));
        if (errno != EINVAL || access(path, F_OK) == 0 || rename(part, path) != 0) /* EINVAL: not on this file system */
            return fail_file(cx, str_from(path));
    }
    return sync_path(str_terminated(cx->arena, folder), O_RDONLY | O_DIRECTORY) || fail_file(cx, str_from(path));
}

static void remove_part(struct cx *cx, const char *part) {
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        unlink(cx_text(cx, "%s%s%c", part, ends[i], 0).p);
}

bool backup_write(struct cx *cx, struct db *db, struct str path) {
    const char *name = str_terminated(cx->arena, path);
    if (!path.n || str_starts(path, S("postgres://")) || str_starts(path, S("postgresql://")))
        return cx_fail(cx, ERR_INVALID, S("backup.not_a_file"), path);
    if (access(name, F_OK) == 0)
        return cx_fail(cx, ERR_CONFLICT, S("backup.exists"), path);
    struct str part = cx_text(cx, "%.*s.part", STR_ARG(path));
    const char *part_name = str_terminated(cx->arena, part);
    remove_part(cx, part_name);
    bool good = copy_to(cx, db, part) && check_copy(cx, part) && name_copy(cx, part_name, name);
    remove_part(cx, part_name);
    return good;
}

/* A backup is left as it is, whatever made it: one with tables of an older version is copied, and the copy brought up to
 * date. The copy stands in a new folder beside the database that is being made, or where there is room for such things. */
static bool folder_make(struct cx *cx, struct db *to, struct str *out) {
    const char *room = getenv("TMPDIR");
    struct str beside = db_kind(to) == DB_SQLITE ? str_from(to->name) : S("");
    char *name = str_terminated(cx->arena,
                                beside.n ? cx_text(cx, "%.*s.XXXXXX", STR_ARG(beside))
                                         : cx_text(cx, "%s/reativa-restore.XXXXXX", room && *room ? room : "/var/tmp"));
    *out = str_from(name);
    return mkdtemp(name) || fail_file(cx, *out);
}

static void folder_remove(struct cx *cx, struct str folder, struct str copy) {
    if (!folder.n)
        return;
    remove_part(cx, str_terminated(cx->arena, copy));
    rmdir(str_terminated(cx->arena, folder));
}

static bool copy_of_older(struct cx *cx, struct db **from, struct str copy) {
    bool good = SQL_RUN(cx, *from, SQL_BACKUP_INTO, sql_text(copy));
    db_close(*from);
    *from = NULL;
    return good && db_open(cx, copy, DB_USE, from);
}

/* A backup open for reading; an older one is a copy brought up to date, in a folder that goes when it is closed. */
struct source {
    struct db *db;
    struct str folder, copy;
};

static bool source_open(struct cx *cx, struct db *to, struct str path, struct source *out) {
    *out = (struct source){0};
    if (!db_open(cx, path, DB_LOOK, &out->db))
        return false;
    if (!out->db->older)
        return true;
    if (!folder_make(cx, to, &out->folder))
        return false;
    out->copy = cx_text(cx, "%.*s/copy.db", STR_ARG(out->folder));
    return copy_of_older(cx, &out->db, out->copy);
}

static void source_close(struct cx *cx, struct source *source) {
    db_close(source->db);
    folder_remove(cx, source->folder, source->copy);
}

/* A copy of a database must not tell anybody anything, or make up for anything, by itself. */
static bool restored(struct cx *cx, struct db *db) {
    return webhook_restored(cx, db) && gateway_restored(cx, db) && message_restored(cx, db) && job_restored(cx, db) &&
           turn_restored(cx, db);
}

bool backup_restore(struct cx *cx, struct db *db, struct str path) {
    struct source from;
    int64_t used;
    bool found;
    if (!sql_one_int(cx, db, SQL_BACKUP_USED, NULL, 0, &found, &used))
        return false;
    if (used)
        return cx_fail(cx, ERR_CONFLICT, S("backup.not_empty"));
    bool good = source_open(cx, db, path, &from) && db_read(cx, from.db) && db_write(cx, db) &&
                copy_all(cx, from.db, db) && restored(cx, db) && db_commit(cx, db);
    db_rollback(db);
    source_close(cx, &from);
    return good;
}

/* The other way round than they are written, since one may refer to another. */
static bool clear_all(struct cx *cx, struct db *db) {
    bool good = true;
    for (size_t i = backup_tables_n; i > 0 && good; i--) {
        const char *text = sql_parts[PART_BACKUP_CLEAR].text[db->kind - 1];
        good = db->driver->script(cx, db, cx_text(cx, "%s %s%c", text, backup_tables[i - 1].name, 0).p);
    }
    return good;
}

/* What was worked out of the facts that were here goes; of those that come it is worked out by the next score. */
static bool derived_clear(struct cx *cx, struct db *db) {
    return sql_run(cx, db, SQL_SCORE_EMPTY, NULL, 0, NULL) && sql_run(cx, db, SQL_DERIVED_INDEXES, NULL, 0, NULL) &&
           SQL_RUN(cx, db, SQL_SETTING_PUT, sql_text(S("derived")), sql_text(str_from(sql_derived_checksum)));
}

bool backup_replace(struct cx *cx, struct db *db, struct str path, backup_then *then, void *owner) {
    struct source from;
    bool good = source_open(cx, db, path, &from) && db_read(cx, from.db) && db_write(cx, db) && clear_all(cx, db) &&
                document_bare(cx, db) && copy_all(cx, from.db, db) && document_indexed(cx, db) &&
                derived_clear(cx, db) && restored(cx, db) && then(cx, db, owner) && db_commit(cx, db);
    db_rollback(db);
    source_close(cx, &from);
    return good;
}

bool backup_facts(struct cx *cx, struct str path, struct backup_facts *out) {
    struct db *db = NULL;
    struct sql_rows *rows = NULL;
    bool more = false, good = db_open(cx, path, DB_LOOK, &db) && sql_open(cx, db, SQL_BACKUP_FACTS, NULL, 0, &rows) &&
                              sql_next(cx, rows, &more) && more;
    *out = (struct backup_facts){0};
    if (good)
        *out = (struct backup_facts){.schema = sql_get_int(rows, 0),
                                     .customers = sql_get_int(rows, 1),
                                     .documents = sql_get_int(rows, 2),
                                     .newest = sql_get_day(rows, 3)};
    sql_close(rows);
    db_close(db);
    return good;
}

/* -- checking ----------------------------------------------------------------------------------------------------------- */

struct check {
    int64_t *faults;
    struct str *first;
};

static void found_fault(struct check *check, int64_t n, struct str what) {
    if (n > 0 && !check->first->n)
        *check->first = what;
    *check->faults += n;
}

static bool check_file(struct cx *cx, struct db *db, struct check *check) {
    struct sql_rows *rows;
    if (!sql_open(cx, db, SQL_CHECK_FILE, NULL, 0, &rows))
        return false;
    bool more, good;
    while ((good = sql_next(cx, rows, &more)) && more) {
        struct str said = sql_get_text(rows, 0);
        if (!str_equal(said, S("ok")))
            found_fault(check, 1, str_copy(cx->arena, said));
    }
    sql_close(rows);
    return good;
}

static bool check_count(struct cx *cx, struct db *db, enum sql_id id, const char *what, struct check *check) {
    struct sql_rows *rows;
    if (!sql_open(cx, db, id, NULL, 0, &rows))
        return false;
    bool more, good = sql_next(cx, rows, &more);
    if (good && more) {
        struct str number = id == SQL_CHECK_DOCUMENTS ? sql_get_text(rows, 1) : (struct str){0};
        found_fault(check, sql_get_int(rows, 0), cx_text(cx, "%s%s%.*s", what, number.n ? " " : "", STR_ARG(number)));
    }
    sql_close(rows);
    return good;
}

bool backup_check(struct cx *cx, struct db *db, int64_t *faults, struct str *first) {
    struct check check = {faults, first};
    *faults = 0;
    *first = (struct str){0};
    if (db_kind(db) == DB_SQLITE &&
        (!check_file(cx, db, &check) || !check_count(cx, db, SQL_CHECK_KEYS, "foreign key", &check)))
        return false;
    return check_count(cx, db, SQL_CHECK_DOCUMENTS, "document", &check) &&
           check_count(cx, db, SQL_CHECK_LINES, "line without document", &check) &&
           check_count(cx, db, SQL_CHECK_OWNERS, "document without customer", &check) &&
           check_count(cx, db, SQL_CHECK_MERGES, "merge", &check);
}
