// SPDX-License-Identifier: Apache-2.0
/* sample -- for the tests of format: a folder of their own that is gone afterwards, files and packed files in it.
 *
 * Every test starts with an empty folder. Include after cmocka.h.
 */
#ifndef REATIVA_TESTS_FORMAT_SAMPLE_H
#define REATIVA_TESTS_FORMAT_SAMPLE_H

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <ftw.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cx.h"
#include "base/day.h"

struct sample {
    struct arena arena;
    struct cx cx;
    char folder[64];
};

struct sample_member {
    const char *name;
    struct str bytes;
};

static inline int sample_set_up(void **state) {
    struct sample *s = calloc(1, sizeof *s);
    arena_init(&s->arena, 0, arena_full_exit, NULL);
    s->cx = (struct cx){.arena = &s->arena};
    snprintf(s->folder, sizeof s->folder, "/tmp/reativa-test-XXXXXX");
    *state = s;
    return mkdtemp(s->folder) ? 0 : -1;
}

static inline int sample_remove(const char *path, const struct stat *st, int kind, struct FTW *at) {
    (void)st, (void)kind, (void)at;
    return remove(path);
}

static inline int sample_tear_down(void **state) {
    struct sample *s = *state;
    nftw(s->folder, sample_remove, 16, FTW_DEPTH | FTW_PHYS);
    arena_clear(&s->arena);
    free(s);
    return 0;
}

static inline void sample_str(struct str found, const char *expected) {
    if (!str_equal(found, str_from(expected)))
        fail_msg("\"%.*s\" instead of \"%s\"", STR_ARG(found), expected);
}

static inline void sample_day(struct day found, const char *expected) {
    char text[DAY_TEXT];
    day_iso(found, text);
    assert_string_equal(text, expected);
}

static inline const char *sample_path(struct sample *s, const char *name) {
    return str_terminated(&s->arena, cx_text(&s->cx, "%s/%s", s->folder, name));
}

static inline struct str sample_read(struct sample *s, const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f)
        fail_msg("%s cannot be read", path);
    struct stat st;
    assert_int_equal(fstat(fileno(f), &st), 0);
    char *bytes = arena_alloc(&s->arena, (size_t)st.st_size + 1, 1);
    size_t n = fread(bytes, 1, (size_t)st.st_size, f);
    fclose(f);
    return (struct str){bytes, n};
}

/* A file of tests/data. */
static inline struct str sample_data(struct sample *s, struct str name) {
    const char *root = getenv("REATIVA_SOURCE");
    return sample_read(
        s, str_terminated(&s->arena, cx_text(&s->cx, "%s/tests/data/%.*s", root ? root : ".", STR_ARG(name))));
}

/* A file of the real exports, in REATIVA_DATA or beside the tree; without it the test is skipped. */
static inline const char *sample_real(struct sample *s, const char *name) {
    const char *folder = getenv("REATIVA_DATA"), *root = getenv("REATIVA_SOURCE");
    struct str path = folder && *folder ? cx_text(&s->cx, "%s/%s", folder, name)
                                        : cx_text(&s->cx, "%s/../shared/data/%s", root ? root : ".", name);
    const char *text = str_terminated(&s->arena, path);
    if (access(text, R_OK) == 0)
        return text;
    print_message("# %s is not here: this test shows nothing\n", text);
    skip();
    return NULL;
}

/* Folders on the way to the name are made. */
static inline const char *sample_write(struct sample *s, const char *name, struct str bytes) {
    char *path = str_terminated(&s->arena, str_from(sample_path(s, name)));
    for (char *slash = path + strlen(s->folder) + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
        *slash = 0;
        mkdir(path, 0700);
    }
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    if (bytes.n > 0)
        assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
    assert_int_equal(fclose(f), 0);
    return path;
}

static inline void sample_copy(struct sample *s, const char *data, const char *name) {
    sample_write(s, name, sample_data(s, str_from(data)));
}

static inline void sample_put(struct archive *a, const char *name, struct str bytes) {
    struct archive_entry *entry = archive_entry_new();
    archive_entry_copy_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)bytes.n);
    assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
    assert_int_equal(archive_write_data(a, bytes.p, bytes.n), bytes.n);
    archive_entry_free(entry);
}

static inline const char *sample_zip_with(struct sample *s, const char *name, const struct sample_member *member,
                                          size_t n, const char *options, const char *password) {
    const char *path = sample_write(s, name, (struct str){0});
    /* Names are written as UTF-8 only in such a locale; the tests read in C's. */
    setlocale(LC_CTYPE, "C.UTF-8");
    struct archive *a = archive_write_new();
    archive_write_set_format_zip(a);
    if (options)
        assert_int_equal(archive_write_set_options(a, options), ARCHIVE_OK);
    if (password)
        assert_int_equal(archive_write_set_passphrase(a, password), ARCHIVE_OK);
    assert_int_equal(archive_write_open_filename(a, path), ARCHIVE_OK);
    for (size_t i = 0; i < n; i++)
        sample_put(a, member[i].name, member[i].bytes);
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    setlocale(LC_CTYPE, "C");
    return path;
}

static inline const char *sample_zip(struct sample *s, const char *name, const struct sample_member *member, size_t n) {
    return sample_zip_with(s, name, member, n, NULL, NULL);
}

/* One file packed as .gz, .xz, .zst or .bz2: the end of the name says which. */
static inline const char *sample_pack(struct sample *s, const char *name, struct str bytes) {
    const char *path = sample_write(s, name, (struct str){0});
    struct archive *a = archive_write_new();
    assert_int_equal(archive_write_set_format_raw(a), ARCHIVE_OK);
    const char *end = strrchr(name, '.');
    int filter = strcmp(end, ".gz") == 0    ? ARCHIVE_FILTER_GZIP
                 : strcmp(end, ".xz") == 0  ? ARCHIVE_FILTER_XZ
                 : strcmp(end, ".zst") == 0 ? ARCHIVE_FILTER_ZSTD
                                            : ARCHIVE_FILTER_BZIP2;
    assert_int_equal(archive_write_add_filter(a, filter), ARCHIVE_OK);
    archive_write_set_bytes_per_block(a, 0);
    assert_int_equal(archive_write_open_filename(a, path), ARCHIVE_OK);
    sample_put(a, "data", bytes);
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    return path;
}

#endif
