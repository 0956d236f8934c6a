// SPDX-License-Identifier: Apache-2.0
/* uploads -- files that come in by the pages: kept in a folder, looked at, imported by a thread of their own.
 *
 * Each upload has a folder of its own in that of uploads, in which its files keep their names. What is kept in the database and
 * what is on the disk are brought together by uploads_sweep: files nobody knows go, uploads whose files are gone say so.
 */
#ifndef REATIVA_APP_UPLOADS_H
#define REATIVA_APP_UPLOADS_H

#include "app/preview.h"
#include "store/upload.h"

/* The folder of all uploads of one server. place: a name of its own, kept in it: servers may share a database and not their disks. */
struct uploads_folder {
    struct str path, place;
};
/* uploads_folder_open -- made when it is not there; texts in cx->arena. IO. */
bool uploads_folder_open(struct cx *cx, struct str path, struct uploads_folder *out);

/* uploads_room -- bytes that may come in at once, and those that the disk has to spare now. */
int64_t uploads_room(const struct uploads_folder *folder, int64_t *free_bytes);

/* How the files are to be read, as a person said it. */
struct uploads_reading {
    char delimiter;             /* 0: found */
    enum date_order date_order; /* UNKNOWN: found */
    enum decimal_mark decimal;
    struct str sheet, use_map, save_map;
    struct import_map map[IMPORT_MAPS_MOST];
    size_t maps;
};
/* uploads_reading_text, uploads_reading_read -- as it is kept: lines of name=value. What cannot be read is left out. */
struct str uploads_reading_text(struct arena *arena, const struct uploads_reading *reading);
void uploads_reading_read(struct arena *arena, enum import_kind kind, struct str text, struct uploads_reading *out);

struct uploads_new {
    enum import_kind kind;
    const struct uploads_folder *folder;
    struct str who, token;
    const struct upload_file *file; /* stored: where each stands now, a path; it is moved from there */
    size_t files;
    bool copied; /* the files stay where they stand: who brought them takes them away afterwards */
    int64_t now_us;
};
/* uploads_add -- the files are on the disk under their names when it says so. The same token again: the upload it made. INVALID:
 * two files of one name, none at all. IO. */
bool uploads_add(struct cx *cx, struct db *db, const struct uploads_new *wish, int64_t *id);
/* uploads_add_asked -- the same, and asked for at once, to be read as `said` (uploads_reading_text). */
bool uploads_add_asked(struct cx *cx, struct db *db, const struct uploads_new *wish, struct str said, int64_t *id);
/* uploads_find -- NOT_FOUND. */
bool uploads_find(struct cx *cx, struct db *db, int64_t id, struct upload *out);
/* uploads_open -- those that are not over: new, asked for, under way, failed; the oldest first. */
bool uploads_open(struct cx *cx, struct db *db, struct upload **out, size_t *n);
/* uploads_preview -- as preview_make. */
bool uploads_preview(struct cx *cx, struct db *db, const struct uploads_folder *folder, const struct upload *upload,
                     struct day today, struct preview *out);
/* uploads_mappings -- the names of the saved mappings of a kind. */
bool uploads_mappings(struct cx *cx, struct db *db, enum import_kind kind, struct str **out, size_t *n);
/* uploads_said -- keeps how it is to be read; start: and asks for the import. CONFLICT: it is past that. */
bool uploads_said(struct cx *cx, struct db *db, int64_t id, const struct uploads_reading *reading, bool start,
                  struct str who, int64_t now_us);
/* uploads_drop -- not wanted any more; its files go. CONFLICT: it is past that. */
bool uploads_drop(struct cx *cx, struct db *db, const struct uploads_folder *folder, int64_t id, struct str who,
                  int64_t now_us);

struct uploads_work {
    const struct uploads_folder *folder;
    struct day today;
    int64_t (*clock_us)(void);
    struct progress progress;
};
/* Who works on the files of a folder does it alone: one of the servers that share it, in its turn (turns.h). */
/* uploads_begin -- when the program starts: what was under way begins anew, and what nobody needs goes. */
bool uploads_begin(struct cx *cx, struct db *db, const struct uploads_work *work);
/* uploads_wait -- is there anything for uploads_next? */
bool uploads_wait(struct cx *cx, struct db *db, const struct uploads_folder *folder, bool *out);
/* uploads_put_away -- the files of those that were put away without their files being at hand go. */
bool uploads_put_away(struct cx *cx, struct db *db, const struct uploads_folder *folder);
/* uploads_next -- takes the oldest that was asked for, imports it, keeps what became of it. *id 0: there was none. What is wrong
 * with the files is told with the upload, not here. */
bool uploads_next(struct cx *cx, struct db *db, const struct uploads_work *work, int64_t *id);

/* uploads_told -- the warnings of one, or why it failed: sentences in the person's language. */
bool uploads_told(struct arena *arena, const struct upload *upload, size_t at, struct err *out);

#endif
