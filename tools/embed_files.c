// SPDX-License-Identifier: Apache-2.0
/* embed_files OUT.c DIR -- the files of a folder as C arrays, with a packed copy of each and a name that carries its hash.
 *
 * A host program of the build: it stands alone, frees nothing and stops at the first fault. The hash is FNV-1a of 64 bits: it
 * tells versions of one file apart, nothing more.
 */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { FILES_MOST = 200, FILE_MOST = 8 << 20, LINE_BYTES = 24, GZIP_WINDOW = 15 + 16 };

static const struct {
    const char *end, *type;
} types[] = {{".css", "text/css; charset=utf-8"},
             {".js", "text/javascript; charset=utf-8"},
             {".svg", "image/svg+xml"},
             {".png", "image/png"},
             {".woff2", "font/woff2"},
             {".json", "application/json"},
             {".webmanifest", "application/manifest+json"}};

static _Noreturn void fail(const char *what, const char *why) {
    fprintf(stderr, "embed_files: %s: %s\n", what, why);
    exit(1);
}

static const char *type_of(const char *name) {
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t end = strlen(types[i].end);
        if (n > end && strcmp(name + n - end, types[i].end) == 0)
            return types[i].type;
    }
    fail(name, "a kind of file without a type");
}

static unsigned char *file_read(const char *dir, const char *name, size_t *n) {
    char path[4096];
    unsigned char *bytes = malloc(FILE_MOST);
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL || bytes == NULL)
        fail(path, "cannot be read");
    *n = fread(bytes, 1, FILE_MOST, file);
    if (*n == FILE_MOST || ferror(file))
        fail(path, "too large");
    fclose(file);
    return bytes;
}

/* Without a time in it, so that the same file gives the same bytes. */
static unsigned char *packed(const unsigned char *bytes, size_t n, size_t *packed_n) {
    z_stream z = {0};
    unsigned char *out = malloc(n + 1024);
    if (out == NULL || deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        fail("zlib", "no memory");
    z.next_in = (unsigned char *)(uintptr_t)bytes;
    z.avail_in = (unsigned)n;
    z.next_out = out;
    z.avail_out = (unsigned)(n + 1024);
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        fail("zlib", "could not pack");
    *packed_n = z.total_out;
    deflateEnd(&z);
    return out;
}

static void bytes_write(FILE *to, const char *name, size_t number, const unsigned char *bytes, size_t n) {
    fprintf(to, "static const unsigned char %s_%zu[] = {", name, number);
    for (size_t i = 0; i < n; i++)
        fprintf(to, "%s%u,", i % LINE_BYTES == 0 ? "\n" : "", bytes[i]);
    fputs("0};\n", to);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(int argc, char **argv) {
    char *name[FILES_MOST];
    size_t files = 0;
    if (argc != 3)
        fail("usage", "embed_files OUT.c DIR");
    DIR *dir = opendir(argv[2]);
    if (dir == NULL)
        fail(argv[2], "no such folder");
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        if (entry->d_name[0] != '.' && files < FILES_MOST)
            name[files++] = strdup(entry->d_name);
    closedir(dir);
    qsort(name, files, sizeof *name, by_name);
    FILE *to = fopen(argv[1], "w");
    char *table = NULL;
    size_t table_n = 0;
    FILE *rows = open_memstream(&table, &table_n);
    if (to == NULL || rows == NULL)
        fail(argv[1], "cannot be written");
    fputs("/* Made by tools/embed_files. */\n#include \"web/assets.h\"\n", to);
    for (size_t i = 0; i < files; i++) {
        size_t n, gzip_n;
        const char *dot = strrchr(name[i], '.');
        unsigned char *bytes = file_read(argv[2], name[i], &n), *gzip = packed(bytes, n, &gzip_n);
        uint64_t hash = 0xcbf29ce484222325u;
        for (size_t b = 0; b < n; b++)
            hash = (hash ^ bytes[b]) * 0x100000001b3u;
        bool worth = gzip_n + 100 < n;
        bytes_write(to, "bytes", i, bytes, n);
        if (worth)
            bytes_write(to, "gzip", i, gzip, gzip_n);
        fprintf(rows, "    {\"%s\", \"%.*s.%08x%s\", \"%s\", bytes_%zu, ", name[i], (int)(dot - name[i]), name[i],
                (unsigned)(hash ^ hash >> 32), dot, type_of(name[i]), i);
        if (worth)
            fprintf(rows, "gzip_%zu, %zu, %zu},\n", i, n, gzip_n);
        else
            fprintf(rows, "NULL, %zu, 0},\n", n);
        free(bytes);
        free(gzip);
    }
    fclose(rows);
    fprintf(to, "const struct asset assets[] = {\n%s};\nconst size_t assets_n = %zu;\n", table, files);
    if (fclose(to) != 0)
        fail(argv[1], "the disk is full");
    return 0;
}
