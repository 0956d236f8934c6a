// SPDX-License-Identifier: Apache-2.0
/* packed -- libarchive over a source, with our own limit on how much may come out.
 *
 * Must not write files or follow what names in an archive say: names are texts to show and to compare. The invariant:
 * `unpacked` counts every byte handed out since packed_open, over all members, so that members which share their packed
 * bytes (the overlapping zip bomb) are caught as well.
 */
#include "format/packed.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "format/gunzip.h"

enum { PACKED_STEP = 64 << 10 };

struct packed {
    struct source *source;
    enum packed_kind kind;
    struct gunzip *gunzip; /* of PACKED_GZIP; the others have `archive` */
    struct archive *archive;
    struct cx *cx; /* whose errors the callbacks report; of the call under way */
    bool entered;  /* the one member of a packed stream has been handed out */
    bool empty;    /* there is nothing in it, and no archive open */
    uint64_t unpacked;
    char step[PACKED_STEP];
};

enum packed_kind packed_kind(struct str head) {
    static const struct {
        const char *magic;
        size_t n;
        enum packed_kind kind;
    } known[] = {
        {"\x1f\x8b\x08", 3, PACKED_GZIP},
        {"\xfd"
         "7zXZ\0",
         6, PACKED_XZ},
        {"\x28\xb5\x2f\xfd", 4, PACKED_ZSTD},
        {"PK\x03\x04", 4, PACKED_ZIP},
        {"PK\x05\x06", 4, PACKED_ZIP},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (head.n >= known[i].n && memcmp(head.p, known[i].magic, known[i].n) == 0)
            return known[i].kind;
    bool bzip2 = head.n >= 5 && memcmp(head.p, "BZh", 3) == 0 && head.p[3] >= '1' && head.p[3] <= '9' &&
                 (head.p[4] == 0x31 || head.p[4] == 0x17);
    return bzip2 ? PACKED_BZIP2 : PACKED_NOT;
}

static la_ssize_t on_read(struct archive *archive, void *owner, const void **bytes) {
    struct packed *p = owner;
    size_t n;
    if (!source_read(p->cx, p->source, p->step, PACKED_STEP, &n)) {
        archive_set_error(archive, EIO, "source");
        return ARCHIVE_FATAL;
    }
    *bytes = p->step;
    return (la_ssize_t)n;
}

static la_int64_t on_seek(struct archive *archive, void *owner, la_int64_t offset, int whence) {
    struct packed *p = owner;
    la_int64_t from = whence == SEEK_SET ? 0 : (la_int64_t)(whence == SEEK_CUR ? p->source->at : p->source->size);
    if (offset < -from) {
        archive_set_error(archive, EINVAL, "seek before the beginning");
        return ARCHIVE_FATAL;
    }
    p->source->at = (uint64_t)(from + offset);
    return from + offset;
}

static la_int64_t on_skip(struct archive *archive, void *owner, la_int64_t wanted) {
    (void)archive;
    struct packed *p = owner;
    p->source->at += (uint64_t)wanted;
    return wanted;
}

static bool damaged(struct cx *cx, const struct packed *p) {
    cx_fail(cx, ERR_IO, S("input.damaged"), p->source->path);
    const char *why = archive_error_string(p->archive);
    return cx_detail(cx, "libarchive: %s", why ? why : "unknown");
}

/* A zip is read by its central directory only: one that was cut is refused whole instead of in the middle. */
static void support(struct archive *a, enum packed_kind kind) {
    if (kind == PACKED_ZIP) {
        archive_read_support_format_zip_seekable(a);
        return;
    }
    archive_read_support_format_raw(a);
    archive_read_support_format_empty(a);
    switch (kind) {
    case PACKED_XZ:
        archive_read_support_filter_xz(a);
        break;
    case PACKED_ZSTD:
        archive_read_support_filter_zstd(a);
        break;
    case PACKED_BZIP2:
        archive_read_support_filter_bzip2(a);
        break;
    case PACKED_NOT:
    case PACKED_ZIP:
    case PACKED_GZIP:
        break;
    }
}

/* libarchive takes a zip without files for damaged. */
static bool zip_begin(struct cx *cx, struct packed *p) {
    char head[4];
    size_t n;
    if (!source_whole(cx, p->source) || !source_head(cx, p->source, head, sizeof head, &n))
        return false;
    p->empty = n == sizeof head && memcmp(head, "PK\x05\x06", sizeof head) == 0;
    archive_read_set_seek_callback(p->archive, on_seek);
    archive_read_set_skip_callback(p->archive, on_skip);
    return true;
}

static bool archive_begin(struct cx *cx, struct packed *p) {
    p->archive = archive_read_new();
    if (!p->archive)
        return cx_fail(cx, ERR_IO, S("input.unreadable"), p->source->path);
    support(p->archive, p->kind);
    archive_read_set_read_callback(p->archive, on_read);
    if (p->kind == PACKED_ZIP && !zip_begin(cx, p))
        return false;
    archive_read_set_callback_data(p->archive, p);
    return p->empty || archive_read_open1(p->archive) == ARCHIVE_OK || damaged(cx, p);
}

bool packed_open(struct cx *cx, struct source *source, enum packed_kind kind, struct packed **out) {
    struct packed *p = arena_new(cx->arena, struct packed, 1);
    *p = (struct packed){.source = source, .kind = kind, .cx = cx};
    source->at = 0;
    if (kind == PACKED_GZIP ? gunzip_open(cx, source, &p->gunzip) : archive_begin(cx, p)) {
        *out = p;
        return true;
    }
    packed_close(p);
    return false;
}

void packed_close(struct packed *packed) {
    if (!packed)
        return;
    if (packed->gunzip)
        gunzip_close(packed->gunzip);
    if (packed->archive)
        archive_read_free(packed->archive);
    packed->gunzip = NULL;
    packed->archive = NULL;
}

/* libarchive turns names into the locale's letters; ours are UTF-8 whatever the program's locale is. */
static int header_next(struct packed *p, struct archive_entry **entry, const char **name) {
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    int code = archive_read_next_header(p->archive, entry);
    *name = NULL;
    if (code == ARCHIVE_OK || code == ARCHIVE_WARN) {
        *name = archive_entry_pathname_utf8(*entry);
        if (!*name)
            *name = archive_entry_pathname(*entry);
    }
    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    return code;
}

static bool packers_own(struct str name) {
    return name.n == 0 || str_ends(name, S("/")) || str_starts(name, S("__MACOSX/")) ||
           str_equal(name, S(".DS_Store")) || str_ends(name, S("/.DS_Store")) || str_ends(name, S("Thumbs.db"));
}

static bool zip_next(struct cx *cx, struct packed *p, struct str *name) {
    *name = (struct str){0};
    if (p->empty)
        return true;
    for (;;) {
        struct archive_entry *entry;
        const char *text;
        int code = header_next(p, &entry, &text);
        *name = (struct str){0};
        if (code == ARCHIVE_EOF)
            return true;
        if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
            return damaged(cx, p);
        struct str found = str_from(text);
        if (archive_entry_filetype(entry) == AE_IFDIR || packers_own(found))
            continue;
        *name = str_valid_utf8(found) ? str_copy(cx->arena, found) : str_from_cp1252(cx->arena, found);
        return true;
    }
}

bool packed_next(struct cx *cx, struct packed *packed, struct str *name) {
    packed->cx = cx;
    if (packed->kind == PACKED_ZIP)
        return zip_next(cx, packed, name);
    *name = packed->entered ? (struct str){0} : S("");
    if (packed->entered || packed->kind == PACKED_GZIP) {
        packed->entered = true;
        return true;
    }
    packed->entered = true;
    struct archive_entry *entry;
    int code = archive_read_next_header(packed->archive, &entry);
    packed->empty = code == ARCHIVE_EOF;
    return packed->empty || code == ARCHIVE_OK || damaged(cx, packed);
}

static bool entry_read(struct cx *cx, struct packed *p, char *into, size_t room, size_t *got) {
    if (p->empty)
        return true;
    la_ssize_t n = archive_read_data(p->archive, into, room);
    if (n >= 0) {
        *got = (size_t)n;
        return true;
    }
    if (p->kind == PACKED_ZIP && archive_read_has_encrypted_entries(p->archive) > 0)
        return cx_fail(cx, ERR_INVALID, S("input.encrypted"), p->source->path);
    return damaged(cx, p);
}

bool packed_read(struct cx *cx, struct packed *packed, char *into, size_t room, size_t *got) {
    *got = 0;
    packed->cx = cx;
    if (!(packed->gunzip ? gunzip_read(cx, packed->gunzip, into, room, got) : entry_read(cx, packed, into, room, got)))
        return false;
    packed->unpacked += *got;
    /* A pipe's size is known up to here only, and so is what came out of it. */
    if (packed->unpacked > LIMIT_PACKED_FREE && packed->unpacked / LIMIT_PACKED_RATIO > packed->source->size)
        return cx_fail(cx, ERR_LIMIT, S("input.bomb"), packed->source->path);
    return true;
}

bool packed_rest(struct cx *cx, struct packed *packed) {
    enum { STEP = 64 << 10 };
    struct arena_mark mark = arena_mark_get(cx->arena);
    char *step = arena_alloc(cx->arena, STEP, 1);
    size_t n = 1;
    while (n > 0)
        if (!packed_read(cx, packed, step, STEP, &n))
            return false;
    arena_rewind(cx->arena, mark);
    return true;
}
