// SPDX-License-Identifier: Apache-2.0
/* import_text -- see the header. The text stands in a folder of its own, only for as long as the import takes.
 */
#include "app/import_text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/setting.h"

static bool name_is_good(struct str name) {
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
              (c == '.' && i > 0)))
            return false;
    }
    return name.n > 0 && name.n <= IMPORT_TEXT_NAME;
}

static bool fail_file(struct cx *cx, struct str name) {
    int error = errno;
    return cx_fail(cx, ERR_IO, S("whole.not_written"), name, str_from(strerror(error)));
}

static bool text_write(struct cx *cx, const char *path, const struct import_text_wish *wish) {
    FILE *to = fopen(path, "wbe");
    bool good = to != NULL && fwrite(wish->text.p, 1, wish->text.n, to) == wish->text.n;
    good = (to == NULL || fclose(to) == 0) && good;
    return good || fail_file(cx, wish->name);
}

/* An error that names the file names it as who sent it does. */
static void path_hide(struct err *err, struct str folder) {
    for (size_t i = 0; i < err->args; i++)
        if (str_starts(err->arg[i], folder))
            err->arg[i] = (struct str){err->arg[i].p + folder.n, err->arg[i].n - folder.n};
}

static bool said(struct cx *cx, struct db *db, const struct import_text_wish *wish, int64_t id) {
    bool done =
        db_write(cx, db) &&
        audit_add(cx, db, wish->now_us, wish->who, S("import"), cx_text(cx, "%lld", (long long)id), (struct str){0},
                  cx_text(cx, "kind=%s name=%.*s", import_kind_name(wish->kind), STR_ARG(wish->name))) &&
        db_commit(cx, db);
    db_rollback(db);
    return done;
}

bool import_text(struct cx *cx, struct db *db, const struct import_text_wish *wish, struct import_report *out) {
    const char *room = getenv("TMPDIR");
    if (!name_is_good(wish->name))
        return cx_fail(cx, ERR_INVALID, S("import_text.bad_name"), cx_text(cx, "%d", IMPORT_TEXT_NAME));
    if (wish->kind == IMPORT_NFE)
        return cx_fail(cx, ERR_INVALID, S("import_text.bad_kind"));
    char *folder = str_terminated(
        cx->arena, cx_text(cx, "%s/reativa-import.XXXXXX", room != NULL && *room != '\0' ? room : "/var/tmp"));
    if (mkdtemp(folder) == NULL)
        return fail_file(cx, wish->name);
    const struct str path = cx_text(cx, "%s/%.*s", folder, STR_ARG(wish->name)), within = cx_text(cx, "%s/", folder);
    const char *file = str_terminated(cx->arena, path);
    const struct import_options options = {.kind = wish->kind,
                                           .path = &path,
                                           .paths = 1,
                                           .folder = within,
                                           .date_order = wish->date_order,
                                           .decimal = wish->decimal,
                                           .delimiter = wish->delimiter,
                                           .today = wish->today,
                                           .now_us = wish->now_us};
    bool done = text_write(cx, file, wish) && import_files(cx, db, &options, out);
    path_hide(&cx->err, within);
    (void)unlink(file);
    (void)rmdir(folder);
    return done && said(cx, db, wish, out->run.id);
}
