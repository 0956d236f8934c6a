// SPDX-License-Identifier: Apache-2.0
/* watched -- see watched.h. Names that begin with a dot, and those that programs give to what they are still writing (.tmp, .part), are left
 * alone. Must not remove a file before it is kept.
 */
#include "app/watched.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/secret.h"

static bool folder_failed(struct cx *cx, const char *path) {
    cx_fail(cx, ERR_IO, S("watched.folder"), str_from(path));
    return cx_detail(cx, "%s", strerror(errno));
}

static const char *below(struct cx *cx, const char *folder, const char *name) {
    return str_terminated(cx->arena, cx_text(cx, "%s/%s", folder, name));
}

bool watched_ready(struct cx *cx, struct str path) {
    const char *folder = str_terminated(cx->arena, path);
    if (mkdir(folder, 0770) != 0 && errno != EEXIST)
        return folder_failed(cx, folder);
    for (int kind = IMPORT_ORDERS; kind < IMPORT_KIND_END; kind++) {
        const char *own = below(cx, folder, import_kind_name((enum import_kind)kind));
        if (mkdir(own, 0770) != 0 && errno != EEXIST)
            return folder_failed(cx, own);
    }
    return true;
}

static bool is_left_alone(const char *name) {
    struct str s = str_from(name);
    return s.n == 0 || s.p[0] == '.' || str_ends(s, S(".tmp")) || str_ends(s, S(".part")) || str_ends(s, S("~"));
}

/* What was found of one upload. */
struct found {
    struct upload_file file[IMPORT_FILES];
    size_t files;
    bool moving;     /* somebody writes to one of them, or it is no file */
    struct buf mark; /* path, size and time of each: the same ones again are the same upload */
};

static void file_see(struct cx *cx, const char *path, const char *name, int64_t now_us, struct found *found) {
    struct stat stat;
    if (lstat(path, &stat) != 0 || !S_ISREG(stat.st_mode) || found->files == IMPORT_FILES) {
        found->moving = true;
        return;
    }
    found->moving = found->moving || (int64_t)stat.st_mtime * 1000000 > now_us - (int64_t)WATCHED_STILL_S * 1000000;
    found->file[found->files++] = (struct upload_file){
        .name = str_copy(cx->arena, str_from(name)), .stored = str_from(path), .bytes = (int64_t)stat.st_size};
    buf_printf(&found->mark, "%s %lld %lld.%09ld\n", path, (long long)stat.st_size, (long long)stat.st_mtim.tv_sec,
               stat.st_mtim.tv_nsec);
}

static int by_name(const void *a, const void *b) {
    return str_compare(((const struct upload_file *)a)->name, ((const struct upload_file *)b)->name);
}

/* Of several files the first by name is read first, whatever the disk's own order is. */
static void folder_see(struct cx *cx, const char *path, int64_t now_us, struct found *found) {
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;)
        if (!is_left_alone(entry->d_name))
            file_see(cx, below(cx, path, entry->d_name), entry->d_name, now_us, found);
    if (folder != NULL)
        closedir(folder);
    if (found->files > 1)
        qsort(found->file, found->files, sizeof *found->file, by_name);
}

/* How they are read: by the mapping saved for them. */
static bool reading_make(struct cx *cx, struct db *db, enum import_kind kind, struct str *said) {
    struct uploads_reading *reading = arena_new(cx->arena, struct uploads_reading, 1);
    struct str *name;
    size_t n;
    if (!uploads_mappings(cx, db, kind, &name, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        if (str_equal(name[i], WATCHED_MAPPING))
            reading->use_map = WATCHED_MAPPING;
    *said = uploads_reading_text(cx->arena, reading);
    return true;
}

static bool one_take(struct cx *cx, struct db *db, const struct uploads_folder *folder, enum import_kind kind,
                     const char *path, const char *name, int64_t now_us, bool *taken) {
    struct found *found = arena_new(cx->arena, struct found, 1);
    struct stat stat;
    struct str said;
    int64_t id;
    *taken = false;
    buf_init(&found->mark, cx->arena, 0);
    bool is_folder = lstat(path, &stat) == 0 && S_ISDIR(stat.st_mode);
    if (is_folder)
        folder_see(cx, path, now_us, found);
    else
        file_see(cx, path, name, now_us, found);
    if (found->moving || found->files == 0)
        return true;
    const struct uploads_new wish = {.kind = kind,
                                     .folder = folder,
                                     .who = WATCHED_WHO,
                                     .token = secret_hash(cx->arena, buf_str(&found->mark)),
                                     .file = found->file,
                                     .files = found->files,
                                     .copied = true,
                                     .now_us = now_us};
    if (!reading_make(cx, db, kind, &said) || !uploads_add_asked(cx, db, &wish, said, &id))
        return false;
    for (size_t i = 0; i < found->files; i++)
        (void)unlink(str_terminated(cx->arena, found->file[i].stored));
    if (is_folder)
        (void)rmdir(path);
    *taken = true;
    return true;
}

/* A file that cannot be taken keeps no other waiting; the first such fault is told. */
static void kind_take(struct cx *cx, struct db *db, const struct uploads_folder *folder, enum import_kind kind,
                      const char *path, int64_t now_us, size_t *taken, struct err *fault) {
    DIR *all = opendir(path);
    bool good = all != NULL || folder_failed(cx, path);
    for (struct dirent *entry; all != NULL && (entry = readdir(all)) != NULL;) {
        bool one = false;
        if (is_left_alone(entry->d_name))
            continue;
        good = one_take(cx, db, folder, kind, below(cx, path, entry->d_name), entry->d_name, now_us, &one) && good;
        *taken += one;
        if (!good && fault->code == ERR_NONE)
            *fault = cx->err;
        cx_clear(cx);
    }
    if (!good && fault->code == ERR_NONE)
        *fault = cx->err;
    cx_clear(cx);
    if (all != NULL)
        closedir(all);
}

bool watched_take(struct cx *cx, struct db *db, const struct uploads_folder *folder, struct str path, int64_t now_us,
                  size_t *taken) {
    const char *watched = str_terminated(cx->arena, path);
    struct err fault = {0};
    *taken = 0;
    for (int kind = IMPORT_ORDERS; kind < IMPORT_KIND_END; kind++)
        kind_take(cx, db, folder, (enum import_kind)kind, below(cx, watched, import_kind_name((enum import_kind)kind)),
                  now_us, taken, &fault);
    if (fault.code != ERR_NONE)
        cx->err = fault;
    return fault.code == ERR_NONE;
}
