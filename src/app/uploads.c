// SPDX-License-Identifier: Apache-2.0
/* uploads -- see uploads.h. Order of steps: files are on the disk before the database knows them, and the database has let go of
 * them before they leave the disk; so a kill between the two leaves files too many, never too few.
 */
#include "app/uploads.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/secret.h"
#include "store/import.h"
#include "store/setting.h"

#define PLACE_FILE "place"

/* What the database and its log need to go on is not for files. */
static const int64_t UPLOADS_MOST = 8LL << 30, SPARE_BYTES = 256 << 20;
static const int64_t DAY_US = 86400 * 1000000LL;
enum { KEEP_DAYS = 30, STRAY_DAYS = 2, FOLDER_NAME = 24, READING_MOST = 64 << 10, TOLD_MOST = 16 << 10 };

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

/* ---- how they are read ---- */

static void line_put(struct buf *to, const char *name, struct str value) {
    if (value.n == 0 || memchr(value.p, '\n', value.n) != NULL)
        return;
    buf_printf(to, "%s=%.*s\n", name, STR_ARG(value));
}

struct str uploads_reading_text(struct arena *arena, const struct uploads_reading *r) {
    struct buf to;
    buf_init(&to, arena, READING_MOST);
    line_put(&to, "delimiter", r->delimiter == '\t' ? S("tab") : (struct str){&r->delimiter, r->delimiter != '\0'});
    line_put(&to, "date",
             r->date_order == DATE_ORDER_DMY   ? S("dmy")
             : r->date_order == DATE_ORDER_MDY ? S("mdy")
                                               : S(""));
    line_put(&to, "decimal",
             r->decimal == DECIMAL_COMMA   ? S("comma")
             : r->decimal == DECIMAL_POINT ? S("point")
                                           : S(""));
    line_put(&to, "sheet", r->sheet);
    line_put(&to, "use", r->use_map);
    line_put(&to, "save", r->save_map);
    for (size_t i = 0; i < r->maps; i++)
        line_put(
            &to, "map",
            cx_text(&(struct cx){.arena = arena}, "%s=%.*s", field_name(r->map[i].field), STR_ARG(r->map[i].column)));
    return buf_str(&to);
}

static void map_read(enum import_kind kind, struct str text, struct uploads_reading *out) {
    struct str name, column;
    if (out->maps < IMPORT_MAPS_MOST && str_cut(text, '=', &name, &column) && column.n > 0 &&
        field_parse(kind, name, &out->map[out->maps].field))
        out->map[out->maps++].column = column;
}

void uploads_reading_read(struct arena *arena, enum import_kind kind, struct str text, struct uploads_reading *out) {
    *out = (struct uploads_reading){0};
    for (struct str rest = str_copy(arena, text), line, name, value; rest.n > 0;) {
        str_cut(rest, '\n', &line, &rest);
        if (!str_cut(line, '=', &name, &value) || value.n == 0)
            continue;
        if (str_equal(name, S("delimiter")))
            out->delimiter = str_equal(value, S("tab")) ? '\t' : value.p[0];
        else if (str_equal(name, S("date")))
            out->date_order = str_equal(value, S("mdy")) ? DATE_ORDER_MDY : DATE_ORDER_DMY;
        else if (str_equal(name, S("decimal")))
            out->decimal = str_equal(value, S("comma")) ? DECIMAL_COMMA : DECIMAL_POINT;
        else if (str_equal(name, S("sheet")))
            out->sheet = value;
        else if (str_equal(name, S("use")))
            out->use_map = value;
        else if (str_equal(name, S("save")))
            out->save_map = value;
        else if (str_equal(name, S("map")))
            map_read(kind, value, out);
    }
}

/* ---- files ---- */

static bool disk_failed(struct cx *cx, const char *path) {
    int why = errno;
    cx_fail(cx, ERR_IO, why == ENOSPC || why == EDQUOT ? S("upload.disk_full") : S("upload.disk"));
    return cx_detail(cx, "%s: %s", path, strerror(why));
}

static bool folder_sync(struct cx *cx, const char *path) {
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = fd >= 0 && fsync(fd) == 0;
    done = done || disk_failed(cx, path);
    if (fd >= 0)
        close(fd);
    return done;
}

static bool file_sync(struct cx *cx, const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool done = fd >= 0 && fsync(fd) == 0;
    done = done || disk_failed(cx, path);
    if (fd >= 0)
        close(fd);
    return done;
}

/* A second name where the disk is the same, else a copy. */
static bool file_copy(struct cx *cx, const char *from, const char *to) {
    enum { PIECE = 1 << 30 };
    if (link(from, to) == 0)
        return true;
    int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    ssize_t some = in >= 0 && out >= 0 ? 1 : -1;
    while (some > 0)
        some = copy_file_range(in, NULL, out, NULL, PIECE, 0);
    bool done = some == 0;
    done = done || disk_failed(cx, from);
    if (in >= 0)
        close(in);
    if (out >= 0)
        close(out);
    return done;
}

/* A folder and the files in it; there is nothing deeper. */
static void folder_remove(struct cx *cx, const char *path) {
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            (void)unlink(str_terminated(cx->arena, cx_text(cx, "%s/%s", path, entry->d_name)));
    if (folder != NULL)
        closedir(folder);
    (void)rmdir(path);
}

/* A name that is no way to anywhere: what the sender calls it, cleaned. Linux lets it be any bytes, and old programs write
 * Windows-1252. */
static struct str name_safe(struct cx *cx, struct str name) {
    struct buf to;
    buf_init(&to, cx->arena, 0);
    if (!str_valid_utf8(name))
        name = str_from_cp1252(cx->arena, name);
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        buf_char(&to, c < ' ' || c == 0x7f || c == '/' || c == '\\' ? '_' : name.p[i]);
    }
    struct str safe = str_trim(buf_str(&to));
    safe = safe.n == 0 || safe.p[0] == '.' ? cx_text(cx, "_%.*s", STR_ARG(safe)) : safe;
    size_t n = safe.n < NAME_MAX ? safe.n : NAME_MAX;
    while (n < safe.n && n > 0 && ((unsigned char)safe.p[n] & 0xc0) == 0x80) /* no character cut in two */
        n--;
    return (struct str){safe.p, n};
}

static bool names_differ(struct cx *cx, const struct str *name, size_t n) {
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (str_equal(name[i], name[k]))
                return cx_fail(cx, ERR_INVALID, S("upload.same_name"), name[i]);
    return true;
}

/* *own: the folder that was made, under the folder of uploads. */
static bool files_move(struct cx *cx, const struct uploads_new *wish, struct upload_file *file, const char **own) {
    struct str name = {secret_token(cx->arena).p, FOLDER_NAME};
    struct str *safe = arena_new(cx->arena, struct str, wish->files + 1);
    *own = str_terminated(cx->arena, cx_text(cx, "%.*s/%.*s", STR_ARG(wish->folder->path), STR_ARG(name)));
    for (size_t i = 0; i < wish->files; i++)
        safe[i] = name_safe(cx, wish->file[i].name);
    if (!names_differ(cx, safe, wish->files))
        return false;
    if (mkdir(*own, 0700) != 0)
        return disk_failed(cx, *own);
    for (size_t i = 0; i < wish->files; i++) {
        const char *from = str_terminated(cx->arena, wish->file[i].stored);
        const char *to = str_terminated(cx->arena, cx_text(cx, "%s/%.*s", *own, STR_ARG(safe[i])));
        file[i] = wish->file[i];
        file[i].name = safe[i];
        file[i].stored = cx_text(cx, "%.*s/%.*s", STR_ARG(name), STR_ARG(safe[i]));
        if (!(wish->copied ? file_copy(cx, from, to) : rename(from, to) == 0 || disk_failed(cx, to)) ||
            !file_sync(cx, to))
            return false;
    }
    return folder_sync(cx, *own) && folder_sync(cx, str_terminated(cx->arena, wish->folder->path));
}

/* The name of the folder, from the file in it; made once. Two servers that make it at once: the first one's stands. */
bool uploads_folder_open(struct cx *cx, struct str path, struct uploads_folder *out) {
    char text[SECRET_TOKEN + 1] = {0};
    const char *folder = str_terminated(cx->arena, path);
    const char *file = str_terminated(cx->arena, cx_text(cx, "%s/" PLACE_FILE, folder));
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return disk_failed(cx, folder);
    int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno != EEXIST)
        return disk_failed(cx, file);
    bool done = true;
    if (fd >= 0) {
        struct str place = secret_token(cx->arena);
        done = write(fd, place.p, place.n) == (ssize_t)place.n && fsync(fd) == 0;
        done = close(fd) == 0 && done;
    }
    fd = done ? open(file, O_RDONLY | O_CLOEXEC) : -1;
    done = fd >= 0 && read(fd, text, SECRET_TOKEN) == SECRET_TOKEN;
    if (fd >= 0 && !done)
        (void)unlink(file); /* cut short by a kill: the next start makes it anew */
    done = done || disk_failed(cx, file);
    if (fd >= 0)
        close(fd);
    *out = (struct uploads_folder){.path = str_copy(cx->arena, path), .place = str_copy(cx->arena, str_from(text))};
    return done;
}

int64_t uploads_room(const struct uploads_folder *folder, int64_t *free_bytes) {
    char path[PATH_MAX];
    struct statvfs disk;
    *free_bytes = 0;
    if (folder->path.n >= sizeof path)
        return 0;
    memcpy(path, folder->path.p, folder->path.n);
    path[folder->path.n] = '\0';
    if (statvfs(path, &disk) != 0)
        return 0;
    int64_t left = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize - SPARE_BYTES;
    *free_bytes = left > 0 ? left : 0;
    return UPLOADS_MOST;
}

/* ---- coming in ---- */

static struct str names_text(struct cx *cx, const struct upload_file *file, size_t n) {
    struct buf to;
    buf_init(&to, cx->arena, 4000);
    for (size_t i = 0; i < n; i++) {
        buf_put(&to, i > 0 ? S(", ") : S(""));
        buf_put(&to, file[i].name);
    }
    return buf_str(&to);
}

static bool add(struct cx *cx, struct db *db, const struct uploads_new *wish, enum upload_state state, struct str said,
                int64_t *id) {
    struct upload_file *file = arena_new(cx->arena, struct upload_file, wish->files + 1);
    const char *own = NULL;
    bool again = false;
    if (wish->files == 0)
        return cx_fail(cx, ERR_INVALID, S("upload.no_file"));
    bool done = files_move(cx, wish, file, &own);
    const struct upload upload = {.kind = wish->kind,
                                  .state = state,
                                  .said = said,
                                  .who = wish->who,
                                  .made_us = wish->now_us,
                                  .place = wish->folder->place,
                                  .token = wish->token.n > 0 ? wish->token : secret_token(cx->arena),
                                  .file = file,
                                  .files = wish->files};
    done = done && db_write(cx, db);
    if (done)
        done = end(
            cx, db,
            upload_add(cx, db, &upload, id, &again) &&
                (again || audit_add(cx, db, wish->now_us, wish->who, S("upload"), cx_text(cx, "%lld", (long long)*id),
                                    (struct str){0}, names_text(cx, file, wish->files))));
    if ((!done || again) && own != NULL)
        folder_remove(cx, own);
    return done;
}

bool uploads_add(struct cx *cx, struct db *db, const struct uploads_new *wish, int64_t *id) {
    return add(cx, db, wish, UPLOAD_NEW, (struct str){0}, id);
}

bool uploads_add_asked(struct cx *cx, struct db *db, const struct uploads_new *wish, struct str said, int64_t *id) {
    return add(cx, db, wish, UPLOAD_ASKED, said, id);
}

bool uploads_find(struct cx *cx, struct db *db, int64_t id, struct upload *out) {
    bool found = false, done = db_read(cx, db) && upload_find(cx, db, id, &found, out);
    db_rollback(db);
    return done && (found || cx_fail(cx, ERR_NOT_FOUND, S("upload.unknown")));
}

bool uploads_open(struct cx *cx, struct db *db, struct upload **out, size_t *n) {
    bool done = db_read(cx, db) && upload_open(cx, db, out, n);
    db_rollback(db);
    return done;
}

/* ---- what is said of them ---- */

bool uploads_mappings(struct cx *cx, struct db *db, enum import_kind kind, struct str **out, size_t *n) {
    bool done = db_read(cx, db) && mapping_list(cx, db, kind, out, n);
    db_rollback(db);
    return done;
}

static bool options_make(struct cx *cx, const struct uploads_folder *folder, const struct upload *upload,
                         struct uploads_reading *reading, struct import_options *out) {
    struct str *path = arena_new(cx->arena, struct str, upload->files + 1);
    struct str own, name;
    uploads_reading_read(cx->arena, upload->kind, upload->said, reading);
    for (size_t i = 0; i < upload->files; i++) {
        if (upload->file[i].stored.n == 0 || !str_equal(upload->place, folder->place))
            return cx_fail(cx, ERR_NOT_FOUND, S("upload.gone"));
        path[i] = cx_text(cx, "%.*s/%.*s", STR_ARG(folder->path), STR_ARG(upload->file[i].stored));
    }
    str_cut(upload->files > 0 ? upload->file[0].stored : (struct str){0}, '/', &own, &name);
    *out = (struct import_options){.kind = upload->kind,
                                   .path = path,
                                   .paths = upload->files,
                                   .folder = cx_text(cx, "%.*s/%.*s/", STR_ARG(folder->path), STR_ARG(own)),
                                   .sheet = reading->sheet,
                                   .delimiter = reading->delimiter,
                                   .date_order = reading->date_order,
                                   .decimal = reading->decimal,
                                   .map = reading->map,
                                   .maps = reading->maps,
                                   .use_map = reading->use_map,
                                   .save_map = reading->save_map};
    return true;
}

/* An error that names a file names it as the person knows it. */
static void path_hide(struct err *err, struct str folder) {
    for (size_t i = 0; i < err->args; i++)
        if (folder.n > 0 && str_starts(err->arg[i], folder))
            err->arg[i] = (struct str){err->arg[i].p + folder.n, err->arg[i].n - folder.n};
}

bool uploads_preview(struct cx *cx, struct db *db, const struct uploads_folder *folder, const struct upload *upload,
                     struct day today, struct preview *out) {
    struct uploads_reading *reading = arena_new(cx->arena, struct uploads_reading, 1);
    struct import_options options;
    *out = (struct preview){0};
    if (!options_make(cx, folder, upload, reading, &options)) {
        out->fault = cx->err;
        cx_clear(cx);
        return true;
    }
    options.today = today;
    if (upload->kind == IMPORT_NFE)
        return true; /* each is a document of one form: there are no columns to look at */
    bool done = preview_make(cx, db, &options, out);
    path_hide(&out->fault, options.folder);
    return done;
}

static bool was_in_time(struct cx *cx, bool changed) {
    return changed || cx_fail(cx, ERR_CONFLICT, S("upload.past"));
}

bool uploads_said(struct cx *cx, struct db *db, int64_t id, const struct uploads_reading *reading, bool start,
                  struct str who, int64_t now_us) {
    struct str text = uploads_reading_text(cx->arena, reading), subject = cx_text(cx, "%lld", (long long)id);
    bool changed = false;
    if (!db_write(cx, db))
        return false;
    return end(cx, db,
               upload_said(cx, db, id, text, start ? UPLOAD_ASKED : UPLOAD_NEW, &changed) && was_in_time(cx, changed) &&
                   (!start || audit_add(cx, db, now_us, who, S("import"), subject, (struct str){0}, text)));
}

static void files_remove(struct cx *cx, const struct uploads_folder *folder, const struct upload *upload) {
    struct str own, name;
    if (upload->files > 0 && str_cut(upload->file[0].stored, '/', &own, &name))
        folder_remove(cx, str_terminated(cx->arena, cx_text(cx, "%.*s/%.*s", STR_ARG(folder->path), STR_ARG(own))));
}

bool uploads_drop(struct cx *cx, struct db *db, const struct uploads_folder *folder, int64_t id, struct str who,
                  int64_t now_us) {
    struct upload upload;
    bool found = false, changed = false;
    if (!db_write(cx, db))
        return false;
    bool done = upload_find(cx, db, id, &found, &upload) &&
                (found || cx_fail(cx, ERR_NOT_FOUND, S("upload.unknown"))) &&
                upload_drop(cx, db, id, now_us, &changed) && was_in_time(cx, changed) && upload_emptied(cx, db, id) &&
                audit_add(cx, db, now_us, who, S("upload"), cx_text(cx, "%lld", (long long)id),
                          names_text(cx, upload.file, upload.files), (struct str){0});
    if (!end(cx, db, done))
        return false;
    files_remove(cx, folder, &upload);
    return true;
}

/* ---- the work ---- */

static void told_put(struct arena *arena, struct buf *to, const struct err *err) {
    buf_put(to, err_line(arena, err));
    buf_char(to, '\n');
}

bool uploads_told(struct arena *arena, const struct upload *upload, size_t at, struct err *out) {
    struct str rest = upload->told, line = {0};
    for (size_t i = 0; i <= at; i++) {
        if (rest.n == 0)
            return false;
        str_cut(rest, '\n', &line, &rest);
    }
    *out = err_read(arena, line);
    return true;
}

static bool import_it(struct cx *cx, struct db *db, const struct uploads_work *work, const struct upload *upload,
                      struct import_report *report, struct buf *told) {
    struct uploads_reading *reading = arena_new(cx->arena, struct uploads_reading, 1);
    struct import_options options;
    if (!options_make(cx, work->folder, upload, reading, &options))
        return false;
    options.today = work->today;
    options.now_us = work->clock_us();
    options.progress = work->progress;
    options.upload_id = upload->id;
    bool done =
        upload->kind == IMPORT_NFE ? import_nfe(cx, db, &options, report) : import_files(cx, db, &options, report);
    path_hide(&cx->err, options.folder);
    for (size_t i = 0; done && i < report->warnings; i++) {
        struct err warning = {.key = report->warning[i].key};
        while (warning.args < sizeof report->warning[i].arg / sizeof *report->warning[i].arg) {
            warning.arg[warning.args] = report->warning[i].arg[warning.args];
            warning.args++;
        }
        told_put(cx->arena, told, &warning);
    }
    return done;
}

static bool outcome_keep(struct cx *cx, struct db *db, const struct upload *ended, bool files_go) {
    if (!db_write(cx, db))
        return false;
    return end(cx, db, upload_end(cx, db, ended) && (!files_go || upload_emptied(cx, db, ended->id)));
}

static bool run(struct cx *cx, struct db *db, const struct uploads_work *work, struct upload *upload) {
    struct import_report *report = arena_new(cx->arena, struct import_report, 1);
    struct buf told;
    buf_init(&told, cx->arena, TOLD_MOST);
    bool before = upload->import_id > 0; /* it was imported, and nobody could note that it had ended */
    bool done = before || import_it(cx, db, work, upload, report, &told);
    if (!done) {
        told_put(cx->arena, &told, &cx->err);
        cx_clear(cx);
    }
    upload->state = done ? UPLOAD_DONE : UPLOAD_FAILED;
    upload->ended_us = work->clock_us();
    upload->import_id = before ? upload->import_id : done ? report->run.id : 0;
    upload->told = buf_str(&told);
    if (!outcome_keep(cx, db, upload, done))
        return false;
    if (done)
        files_remove(cx, work->folder, upload);
    return true;
}

/* The oldest of a state whose files are here; NULL: none. */
static bool first_of(struct cx *cx, struct db *db, enum upload_state state, struct str place, struct upload **out) {
    struct upload *upload = NULL;
    size_t n = 0;
    bool done = db_read(cx, db) && upload_list(cx, db, state, &upload, &n);
    db_rollback(db);
    *out = NULL;
    for (size_t i = 0; done && i < n && *out == NULL; i++)
        *out = str_equal(upload[i].place, place) ? &upload[i] : NULL;
    return done;
}

/* One at a time is under way here: whatever else says so has ended without anybody being able to note it. */
static bool left_over(struct cx *cx, struct db *db, struct str place) {
    struct upload *running;
    if (!first_of(cx, db, UPLOAD_RUNNING, place, &running))
        return false;
    return running == NULL || (db_write(cx, db) && end(cx, db, upload_again(cx, db, place)));
}

bool uploads_wait(struct cx *cx, struct db *db, const struct uploads_folder *folder, bool *out) {
    struct upload *asked, *running;
    bool done = first_of(cx, db, UPLOAD_ASKED, folder->place, &asked) &&
                first_of(cx, db, UPLOAD_RUNNING, folder->place, &running);
    *out = done && (asked != NULL || running != NULL);
    return done;
}

bool uploads_next(struct cx *cx, struct db *db, const struct uploads_work *work, int64_t *id) {
    struct upload *first = NULL;
    bool mine = false;
    *id = 0;
    if (!left_over(cx, db, work->folder->place) || !first_of(cx, db, UPLOAD_ASKED, work->folder->place, &first) ||
        first == NULL)
        return cx->err.code == ERR_NONE;
    if (!db_write(cx, db) || !end(cx, db, upload_claim(cx, db, first->id, work->clock_us(), &mine)))
        return false;
    if (!mine)
        return true;
    *id = first->id;
    return run(cx, db, work, first);
}

/* ---- the beginning of the day ---- */

static bool is_known(const struct upload *upload, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++) {
        struct str own, file;
        if (upload[i].files > 0 && str_cut(upload[i].file[0].stored, '/', &own, &file) &&
            str_equal(own, str_from(name)))
            return true;
    }
    return false;
}

/* Files that the database never came to know, older than any request. */
static void strays_remove(struct cx *cx, struct str folder, int64_t now_us, const struct upload *upload, size_t n) {
    const char *path = str_terminated(cx->arena, folder);
    DIR *all = opendir(path);
    for (struct dirent *entry; all != NULL && (entry = readdir(all)) != NULL;) {
        struct stat stat;
        const char *at = str_terminated(cx->arena, cx_text(cx, "%s/%s", path, entry->d_name));
        if (entry->d_name[0] == '.' || strcmp(entry->d_name, PLACE_FILE) == 0 || lstat(at, &stat) != 0 ||
            (int64_t)stat.st_mtime * 1000000 > now_us - STRAY_DAYS * DAY_US || is_known(upload, n, entry->d_name))
            continue;
        if (S_ISDIR(stat.st_mode))
            folder_remove(cx, at);
        else
            (void)unlink(at);
    }
    if (all != NULL)
        closedir(all);
}

/* Ends the transaction that is open. */
static bool old_remove(struct cx *cx, struct db *db, const struct uploads_folder *folder, int64_t before_us) {
    struct upload *old = NULL;
    size_t n = 0;
    bool done = upload_old(cx, db, before_us, folder->place, &old, &n);
    for (size_t i = 0; done && i < n; i++)
        done = upload_emptied(cx, db, old[i].id);
    if (!end(cx, db, done))
        return false;
    for (size_t i = 0; i < n; i++)
        files_remove(cx, folder, &old[i]);
    return true;
}

bool uploads_put_away(struct cx *cx, struct db *db, const struct uploads_folder *folder) {
    return folder->path.n == 0 || (db_write(cx, db) && old_remove(cx, db, folder, INT64_MIN));
}

bool uploads_begin(struct cx *cx, struct db *db, const struct uploads_work *work) {
    struct upload *all = NULL;
    size_t known = 0;
    int64_t now_us = work->clock_us();
    if (!db_write(cx, db))
        return false;
    if (!upload_again(cx, db, work->folder->place)) {
        db_rollback(db);
        return false;
    }
    if (!old_remove(cx, db, work->folder, now_us - KEEP_DAYS * DAY_US) || !uploads_open(cx, db, &all, &known))
        return false;
    strays_remove(cx, work->folder->path, now_us, all, known);
    return true;
}
