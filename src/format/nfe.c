// SPDX-License-Identifier: Apache-2.0
/* nfe -- from a path to one XML file after the other: folders, zip files, single files.
 *
 * Must not stop at a file that cannot be read: that is told to the visitor, with its reason. The invariant: memory
 * of one file is given back before the next is read.
 */
#include "format/nfe.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "format/packed.h"

enum { FOLDERS_DEEP = 32 };

struct walk {
    nfe_visit *visit;
    void *owner;
    struct arena names; /* of the folders that are open */
    struct arena file;  /* of the file at hand */
    size_t visited;
};

static bool ends_with(struct str name, const char *end) {
    size_t n = strlen(end);
    return name.n > n && strncasecmp(name.p + name.n - n, end, n) == 0;
}

static bool tell_fault(struct cx *cx, struct walk *w, struct str file, const struct err *why) {
    w->visited++;
    return w->visit(cx, w->owner, file, NULL, why);
}

/* -- one file ------------------------------------------------------------------------------------------------------ */

typedef bool bytes_fill(struct cx *cx, void *from, char *into, size_t room, size_t *got);

static bool fill_source(struct cx *cx, void *from, char *into, size_t room, size_t *got) {
    return source_read(cx, from, into, room, got);
}

static bool fill_packed(struct cx *cx, void *from, char *into, size_t room, size_t *got) {
    return packed_read(cx, from, into, room, got);
}

/* One byte more than allowed is read, so that nfe_parse_bytes sees when it is too much. */
static bool read_whole(struct cx *cx, bytes_fill *fill, void *from, struct str *out) {
    size_t room = 64 << 10, n = 0;
    char *bytes = arena_alloc(cx->arena, room, 1);
    for (size_t got = 1; got > 0 && n <= LIMIT_XML_DOCUMENT; n += got) {
        if (n == room) {
            bytes = arena_grow(cx->arena, bytes, room, room * 2, 1);
            room *= 2;
        }
        if (!fill(cx, from, bytes + n, room - n, &got))
            return false;
    }
    *out = (struct str){bytes, n};
    return true;
}

static bool read_and_tell(struct cx *cx, struct walk *w, struct str file, bytes_fill *fill, void *from) {
    struct cx own = {.arena = &w->file};
    struct str bytes;
    struct nfe *doc;
    size_t n;
    if (!read_whole(&own, fill, from, &bytes) || !nfe_parse_bytes(&own, file, bytes, &doc, &n))
        return tell_fault(cx, w, file, &own.err);
    for (size_t i = 0; i < n; i++) {
        w->visited++;
        if (!w->visit(cx, w->owner, file, &doc[i], NULL))
            return false;
    }
    return true;
}

/* -- a packed file ------------------------------------------------------------------------------------------------- */

static bool member_visit(struct cx *cx, struct walk *w, const struct source *source, struct packed *packed,
                         struct str name) {
    struct cx own = {.arena = &w->file};
    struct str file = cx_text(&own, "%.*s#%.*s", STR_ARG(source->path), STR_ARG(name));
    if (ends_with(name, ".zip")) {
        cx_fail(&own, ERR_INVALID, S("input.nested"), file);
        return tell_fault(cx, w, file, &own.err);
    }
    return read_and_tell(cx, w, file, fill_packed, packed);
}

/* `*on` becomes false when the archive can give no more; what it had to say of that has been told. */
static bool member_next(struct cx *cx, struct walk *w, const struct source *source, struct packed *packed, bool *on) {
    struct arena_mark mark = arena_mark_get(&w->file);
    struct cx own = {.arena = &w->file};
    struct str name;
    bool ok = true;
    if (!packed_next(&own, packed, &name)) {
        *on = false;
        return tell_fault(cx, w, source->path, &own.err);
    }
    *on = name.p != NULL;
    bool wanted =
        source->member.n > 0 ? str_equal(name, source->member) : ends_with(name, ".xml") || ends_with(name, ".zip");
    if (*on && name.n == 0)
        ok = read_and_tell(cx, w, source->path, fill_packed, packed);
    else if (*on && wanted)
        ok = member_visit(cx, w, source, packed, name);
    arena_rewind(&w->file, mark);
    return ok;
}

static bool packed_visit(struct cx *cx, struct walk *w, struct source *source, enum packed_kind kind) {
    struct cx own = {.arena = &w->file};
    struct packed *packed;
    if (!packed_open(&own, source, kind, &packed))
        return tell_fault(cx, w, source->path, &own.err);
    bool ok = true;
    for (bool on = true; ok && on;)
        ok = member_next(cx, w, source, packed, &on);
    packed_close(packed);
    return ok;
}

static bool source_visit(struct cx *cx, struct walk *w, struct source *source) {
    struct cx own = {.arena = &w->file};
    char head[PACKED_MAGIC];
    size_t n;
    if (!source_head(&own, source, head, sizeof head, &n))
        return tell_fault(cx, w, source->path, &own.err);
    enum packed_kind kind = packed_kind((struct str){head, n});
    if (kind != PACKED_NOT)
        return packed_visit(cx, w, source, kind);
    return read_and_tell(cx, w, source->path, fill_source, source);
}

static bool file_visit(struct cx *cx, struct walk *w, struct str path) {
    struct cx own = {.arena = &w->file};
    struct source source;
    arena_reset(&w->file);
    if (!source_open(&own, path, &source))
        return tell_fault(cx, w, path, &own.err);
    bool ok = source_visit(cx, w, &source);
    source_close(&source);
    return ok;
}

/* -- a folder ------------------------------------------------------------------------------------------------------ */

static int by_name(const void *a, const void *b) {
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static bool folder_list(struct cx *cx, struct str path, struct str **out, size_t *n) {
    DIR *dir = opendir(str_terminated(cx->arena, path));
    if (!dir) {
        cx_fail(cx, ERR_INVALID, S("input.forbidden"), path);
        return cx_detail(cx, "opendir: %s", strerror(errno));
    }
    size_t room = 0;
    *n = 0;
    *out = NULL;
    for (const struct dirent *e; (e = readdir(dir));) {
        if (e->d_name[0] == '.')
            continue;
        if (*n == room) {
            *out = arena_grow(cx->arena, *out, room, room ? room * 2 : 64, sizeof **out);
            room = room ? room * 2 : 64;
        }
        (*out)[(*n)++] = str_copy(cx->arena, str_from(e->d_name));
    }
    closedir(dir);
    if (*n > 0)
        qsort(*out, *n, sizeof **out, by_name);
    return true;
}

static bool folder_visit(struct cx *cx, struct walk *w, struct str path, int depth);

static bool entry_visit(struct cx *cx, struct walk *w, struct str path, int depth) {
    struct cx own = {.arena = &w->names};
    struct stat st;
    if (lstat(str_terminated(&w->names, path), &st) == 0 && S_ISDIR(st.st_mode)) {
        if (depth < FOLDERS_DEEP)
            return folder_visit(cx, w, path, depth + 1);
        cx_fail(&own, ERR_LIMIT, S("nfe.too_deep"), path);
        return tell_fault(cx, w, path, &own.err);
    }
    return !(ends_with(path, ".xml") || ends_with(path, ".zip")) || file_visit(cx, w, path);
}

static bool folder_visit(struct cx *cx, struct walk *w, struct str path, int depth) {
    struct arena_mark mark = arena_mark_get(&w->names);
    struct cx own = {.arena = &w->names};
    struct str *name = NULL;
    size_t n = 0;
    if (!folder_list(&own, path, &name, &n))
        return tell_fault(cx, w, path, &own.err);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        struct arena_mark entry = arena_mark_get(&w->names);
        const char *slash = str_ends(path, S("/")) ? "" : "/";
        ok = entry_visit(cx, w, cx_text(&own, "%.*s%s%.*s", STR_ARG(path), slash, STR_ARG(name[i])), depth);
        arena_rewind(&w->names, entry);
    }
    arena_rewind(&w->names, mark);
    return ok;
}

/* The path itself is the caller's word: when it cannot be opened, the call fails instead of going on with nothing. */
static bool top_visit(struct cx *cx, struct walk *w, struct str path) {
    struct stat st;
    if (stat(str_terminated(cx->arena, path), &st) == 0 && S_ISDIR(st.st_mode))
        return folder_visit(cx, w, path, 0);
    struct source source;
    if (!source_open(cx, path, &source))
        return false;
    bool ok = source_visit(cx, w, &source);
    source_close(&source);
    return ok;
}

bool nfe_each(struct cx *cx, struct str path, nfe_visit *visit, void *owner) {
    struct walk w = {.visit = visit, .owner = owner};
    arena_init(&w.names, 0, cx->arena->full, cx->arena->owner);
    arena_init(&w.file, 0, cx->arena->full, cx->arena->owner);
    bool ok = top_visit(cx, &w, path) && (w.visited > 0 || cx_fail(cx, ERR_NOT_FOUND, S("nfe.none"), path));
    arena_clear(&w.file);
    arena_clear(&w.names);
    return ok;
}
