// SPDX-License-Identifier: Apache-2.0
/* demo.c -- the invented company brought in through the doors that everybody uses.
 *
 * Must not write to the database itself: what the demo shows is what an import of such files gives, and what the pages let
 * people type. The folder in between is gone afterwards, also after a failure.
 */
#include "app/demo.h"

#include <errno.h>
#include <unistd.h>

#include "app/demo_work.h"
#include "app/demo_write.h"
#include "app/score.h"

static bool folder_make(struct cx *cx, struct str *out) {
    const char *parent = getenv("TMPDIR");
    *out = cx_text(cx, "%s/reativa-demo-XXXXXX", parent && *parent ? parent : "/var/tmp");
    char *path = str_terminated(cx->arena, *out);
    if (!mkdtemp(path)) {
        return cx_fail(cx, ERR_IO, S("demo.folder"), *out, str_from(strerror(errno)));
    }
    *out = str_from(path);
    return true;
}

static void folder_remove(struct cx *cx, struct str folder) {
    for (size_t i = 0; i < DEMO_FILES; i++) {
        unlink(str_terminated(cx->arena, cx_text(cx, "%.*s/%s", STR_ARG(folder), demo_file_kinds[i].name)));
    }
    rmdir(str_terminated(cx->arena, folder));
}

static bool folder_import(struct cx *cx, struct db *db, struct str folder, struct day until, int64_t now_us,
                          struct progress progress) {
    struct import_report *report = arena_new(cx->arena, struct import_report, 1);
    for (size_t i = 0; i < DEMO_FILES; i++) {
        struct str path = cx_text(cx, "%.*s/%s", STR_ARG(folder), demo_file_kinds[i].name);
        /* How dates and numbers are written is told, as a company of ten customers may not prove it. */
        struct import_options options = {.kind = demo_file_kinds[i].kind,
                                         .path = &path,
                                         .paths = 1,
                                         .delimiter = ';',
                                         .date_order = DATE_ORDER_DMY,
                                         .decimal = DECIMAL_COMMA,
                                         .today = until,
                                         .now_us = now_us,
                                         .progress = progress};
        if (!import_files(cx, db, &options, report)) {
            return false;
        }
    }
    return true;
}

/* Invented customers among real ones could hardly be told apart again. */
static bool database_empty(struct cx *cx, struct db *db) {
    struct import_run *run = NULL;
    size_t n = 0;
    return import_list(cx, db, &run, &n) && (n == 0 || cx_fail(cx, ERR_CONFLICT, S("demo.not_empty")));
}

bool demo_make(struct cx *cx, struct db *db, const struct demo_options *options, int64_t now_us,
               struct progress progress) {
    struct str folder;
    struct score_report score;
    if (!database_empty(cx, db) || !folder_make(cx, &folder)) {
        return false;
    }
    struct score_wish wish = {.as_of = {options->until.n + 1}, .full = true, .now_us = now_us, .progress = progress};
    bool ok = demo_write(cx, folder, options) && folder_import(cx, db, folder, options->until, now_us, progress);
    folder_remove(cx, folder);
    return ok && score_make(cx, db, &wish, &score) && demo_work_make(cx, db, options, now_us);
}
