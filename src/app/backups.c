// SPDX-License-Identifier: Apache-2.0
/* backups -- the folder of restore points: what is in it, new ones, looking one over, retiring, and which the rules keep. Bringing
 * one back is backups_restore.c.
 */
#include "app/backups.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/backups_note.h"
#include "app/settings.h"
#include "base/limits.h"
#include "base/secret.h"
#include "store/backup.h"
#include "store/setting.h"

enum { WAIT_S = 600 }; /* for another writer: nobody waits for a line in the trail, and an import may take minutes */

static const char *const kinds[BACKUPS_KIND_END] = {"brought", "asked", "nightly", "before"};

const char *backups_kind_name(enum backups_kind kind) {
    return kinds[kind];
}

/* ---- the folder ---- */

static bool disk_failed(struct cx *cx, struct str path) {
    int error = errno;
    cx_fail(cx, ERR_IO, S("backups.disk"), path);
    return cx_detail(cx, "%s", strerror(error));
}

static bool ends(const char *name, const char *end) {
    size_t n = strlen(name), k = strlen(end);
    return n > k && strcmp(name + n - k, end) == 0;
}

/* What a kill left half written goes. */
static void sweep(const char *folder) {
    static const char *const left[] = {".part", ".part-wal", ".part-shm", ".part-journal"};
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;)
        for (size_t i = 0; i < sizeof left / sizeof *left; i++)
            if (ends(entry->d_name, left[i]))
                (void)unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir != NULL)
        closedir(dir);
}

static bool folder_there(struct cx *cx, struct str folder) {
    return mkdir(str_terminated(cx->arena, folder), 0700) == 0 || errno == EEXIST || disk_failed(cx, folder);
}

bool backups_folder_open(struct cx *cx, struct str folder) {
    if (!folder_there(cx, folder))
        return false;
    sweep(str_terminated(cx->arena, folder));
    return true;
}

/* Only what cannot lead out of the folder. */
static bool name_fits(struct str name) {
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (i == 0 || !strchr("-_.", c)))
            return false;
    }
    return name.n > 0 && name.n <= BACKUPS_NAME_MOST;
}

struct str backups_path(struct cx *cx, struct str folder, struct str name, const char *end) {
    return str_from(str_terminated(cx->arena, cx_text(cx, "%.*s/%.*s%s", STR_ARG(folder), STR_ARG(name), end)));
}

bool backups_find(struct cx *cx, struct str folder, struct str name, struct backups_point *out) {
    struct stat about;
    *out = (struct backups_point){.newest = DAY_NONE};
    if (!name_fits(name) || lstat(backups_path(cx, folder, name, ".db").p, &about) != 0 || !S_ISREG(about.st_mode))
        return cx_fail(cx, ERR_NOT_FOUND, S("backups.unknown"));
    out->name = str_copy(cx->arena, name);
    out->made_us = (int64_t)about.st_mtim.tv_sec * 1000000;
    backups_note_read(cx, folder, out);
    out->bytes = about.st_size;
    return true;
}

static int newest_first(const void *a, const void *b) {
    const struct backups_point *x = a, *y = b;
    if (x->made_us != y->made_us)
        return x->made_us < y->made_us ? 1 : -1;
    return -str_compare(x->name, y->name);
}

bool backups_list(struct cx *cx, struct str folder, struct backups_point **out, size_t *n) {
    DIR *dir = opendir(str_terminated(cx->arena, folder));
    *n = 0;
    if (dir == NULL)
        return disk_failed(cx, folder);
    *out = arena_new(cx->arena, struct backups_point, BACKUPS_MOST);
    for (struct dirent *entry; *n < BACKUPS_MOST && (entry = readdir(dir)) != NULL;) {
        struct str file = str_from(entry->d_name);
        if (file.n <= 3 || !str_equal((struct str){file.p + file.n - 3, 3}, S(".db")))
            continue;
        if (backups_find(cx, folder, (struct str){file.p, file.n - 3}, &(*out)[*n]))
            ++*n;
        else
            cx_clear(cx);
    }
    closedir(dir);
    qsort(*out, *n, sizeof **out, newest_first);
    return true;
}

bool backups_file(struct cx *cx, struct str folder, struct str name, int *file, int64_t *bytes) {
    struct backups_point point;
    if (!backups_find(cx, folder, name, &point))
        return false;
    *file = open(backups_path(cx, folder, name, ".db").p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    *bytes = point.bytes;
    return *file >= 0 || disk_failed(cx, folder);
}

int64_t backups_growing(struct cx *cx, struct str folder) {
    DIR *dir = opendir(str_terminated(cx->arena, folder));
    int64_t bytes = 0;
    struct stat about;
    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;)
        if (ends(entry->d_name, ".db.part") && fstatat(dirfd(dir), entry->d_name, &about, 0) == 0)
            bytes += about.st_size;
    if (dir != NULL)
        closedir(dir);
    return bytes;
}

int64_t backups_room(struct cx *cx, struct str folder) {
    struct statvfs disk;
    if (statvfs(str_terminated(cx->arena, folder), &disk) != 0)
        return -1;
    return (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
}

/* ---- a new one ---- */

static struct day local_day(const struct backups_wish *wish, int64_t at_us) {
    return (struct day){(int32_t)((at_us / 1000000 + wish->utc_offset_s(at_us)) / 86400)};
}

/* By day and time there; a second one of the same second gets a number. */
static struct str name_new(struct cx *cx, const struct backups_wish *wish, int64_t now_us) {
    char day[DAY_TEXT];
    int64_t second = now_us / 1000000 + wish->utc_offset_s(now_us);
    int of_day = (int)(second % 86400);
    day_iso(local_day(wish, now_us), day);
    struct str name = cx_text(cx, "%s-%02d%02d%02d", day, of_day / 3600, of_day / 60 % 60, of_day % 60), free = name;
    for (int i = 2; access(backups_path(cx, wish->folder, free, ".db").p, F_OK) == 0; i++)
        free = cx_text(cx, "%.*s-%d", STR_ARG(name), i);
    return free;
}

static bool checksum(struct cx *cx, struct str folder, struct str name, struct str *out) {
    return secret_hash_file(cx->arena, backups_path(cx, folder, name, ".db").p, out) || disk_failed(cx, folder);
}

/* What stands in the copy, for its note. */
static bool describe(struct cx *cx, const struct backups_wish *wish, struct backups_point *point) {
    struct backup_facts facts;
    if (!backup_facts(cx, backups_path(cx, wish->folder, point->name, ".db"), &facts))
        return false;
    point->schema = facts.schema;
    point->customers = facts.customers;
    point->documents = facts.documents;
    point->newest = facts.newest;
    return checksum(cx, wish->folder, point->name, &point->hash);
}

bool backups_told(struct cx *cx, struct db *db, const struct backups_wish *wish, struct str what) {
    bool done = db_write(cx, db) &&
                audit_add(cx, db, wish->clock_us(), wish->who, what, wish->name, S(""),
                          cx_text(cx, "kind=%s", kinds[wish->kind])) &&
                db_commit(cx, db);
    db_rollback(db);
    return done;
}

bool backups_make(struct cx *cx, struct str db_url, const struct backups_wish *wish, struct backups_point *out) {
    struct db *db = NULL;
    struct backups_wish made = *wish;
    *out = (struct backups_point){.kind = wish->kind,
                                  .who = str_copy(cx->arena, wish->who),
                                  .version = wish->version,
                                  .made_us = wish->clock_us(),
                                  .newest = DAY_NONE};
    out->checked_us = out->made_us; /* backup_write looks it over before it gets its name */
    out->name = made.name = name_new(cx, wish, out->made_us);
    struct str path = backups_path(cx, wish->folder, out->name, ".db");
    bool done = db_open(cx, db_url, DB_USE, &db);
    if (done)
        db_settle(db, WAIT_S, LIMIT_DB_CACHE);
    done = done && backup_write(cx, db, path) && chmod(path.p, 0600) == 0 && describe(cx, wish, out) &&
           backups_note_write(cx, wish->folder, out) && backups_told(cx, db, &made, S("backup"));
    db_close(db);
    return done || (cx->err.code == ERR_NONE && disk_failed(cx, path));
}

/* ---- looking one over ---- */

bool backups_check(struct cx *cx, const struct backups_wish *wish, struct backups_point *out) {
    struct str hash = {0}, first = {0};
    struct db *db = NULL;
    int64_t faults = 0;
    if (!backups_find(cx, wish->folder, wish->name, out) || !checksum(cx, wish->folder, wish->name, &hash))
        return false;
    bool sound = db_open(cx, backups_path(cx, wish->folder, wish->name, ".db"), DB_LOOK, &db) &&
                 backup_check(cx, db, &faults, &first);
    db_close(db);
    out->fault = (struct str){0};
    if (out->noted && !str_equal(hash, out->hash))
        out->fault = S("changed");
    else if (!sound)
        out->fault = str_equal(cx->err.key, S("schema.newer")) ? S("newer") : S("unreadable");
    else if (faults > 0)
        out->fault = S("unsound");
    cx_clear(cx);
    out->checked_us = wish->clock_us();
    if (!out->noted && out->fault.n == 0 && !describe(cx, wish, out))
        return false;
    return (!out->noted && out->fault.n > 0) || backups_note_write(cx, wish->folder, out);
}

/* ---- away with one ---- */

static bool files_remove(struct cx *cx, struct str folder, struct str name) {
    if (unlink(backups_path(cx, folder, name, ".db").p) != 0)
        return disk_failed(cx, folder);
    (void)unlink(backups_path(cx, folder, name, ".txt").p);
    return true;
}

bool backups_retire(struct cx *cx, struct db *db, const struct backups_wish *wish) {
    struct backups_point point;
    struct backups_wish gone = *wish;
    if (!backups_find(cx, wish->folder, wish->name, &point))
        return false;
    gone.kind = point.kind;
    return backups_told(cx, db, &gone, S("backup_retire")) && files_remove(cx, wish->folder, wish->name);
}

/* ---- by night ---- */

void backups_kept(const struct day *day, size_t n, const struct backups_rule *rule, bool *keep) {
    const int64_t most[] = {rule->days, rule->weeks, rule->months};
    enum { RULES = sizeof most / sizeof *most, MONDAY = 3 /* 1970-01-01 was a Thursday */ };
    int64_t seen[RULES] = {0}, last[RULES] = {0};
    for (size_t i = 0; i < n; i++) {
        const int64_t at[RULES] = {day[i].n, (day[i].n + MONDAY) / 7, month_of(day[i])};
        keep[i] = false;
        for (size_t k = 0; k < RULES; k++) {
            if (seen[k] < most[k] && (seen[k] == 0 || at[k] != last[k])) {
                keep[i] = true;
                last[k] = at[k];
                seen[k]++;
            }
        }
    }
}

static bool rules_read(struct cx *cx, struct str db_url, struct backups_rule *rule) {
    struct db *db = NULL;
    bool done = db_open(cx, db_url, DB_USE, &db) && db_read(cx, db) &&
                settings_number(cx, db, SETTING_BACKUP_DAYS, &rule->days) &&
                settings_number(cx, db, SETTING_BACKUP_WEEKS, &rule->weeks) &&
                settings_number(cx, db, SETTING_BACKUP_MONTHS, &rule->months);
    db_close(db);
    return done;
}

static bool thin(struct cx *cx, struct str db_url, const struct backups_wish *wish, size_t *retired) {
    struct backups_rule rule;
    struct backups_point *point;
    struct db *db = NULL;
    size_t n, nightly = 0;
    *retired = 0;
    if (!rules_read(cx, db_url, &rule) || !backups_list(cx, wish->folder, &point, &n))
        return false;
    struct day *day = arena_new(cx->arena, struct day, n + 1);
    bool *keep = arena_new(cx->arena, bool, n + 1);
    for (size_t i = 0; i < n; i++)
        if (point[i].kind == BACKUPS_NIGHTLY) {
            point[nightly] = point[i];
            day[nightly++] = local_day(wish, point[i].made_us);
        }
    backups_kept(day, nightly, &rule, keep);
    bool done = db_open(cx, db_url, DB_USE, &db);
    for (size_t i = 0; i < nightly && done; i++) {
        struct backups_wish gone = *wish;
        gone.name = point[i].name;
        if (!keep[i] && (done = backups_retire(cx, db, &gone)))
            ++*retired;
    }
    db_close(db);
    return done;
}

bool backups_nightly(struct cx *cx, struct str db_url, const struct backups_wish *wish, struct backups_point *out,
                     size_t *retired) {
    *retired = 0;
    return folder_there(cx, wish->folder) && backups_make(cx, db_url, wish, out) && thin(cx, db_url, wish, retired);
}
