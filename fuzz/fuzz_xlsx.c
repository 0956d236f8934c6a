// SPDX-License-Identifier: Apache-2.0
/* A workbook whose parts are the input: sheet, shared strings and styles, divided by NUL bytes. */
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "format/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void part(struct archive *zip, const char *name, struct str bytes) {
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)bytes.n);
    archive_write_header(zip, entry);
    archive_write_data(zip, bytes.p, bytes.n);
    archive_entry_free(entry);
}

static void book_write(int fd, struct str left) {
    struct archive *zip = archive_write_new();
    archive_write_set_format_zip(zip);
    archive_write_set_options(zip, "compression=store");
    archive_write_open_fd(zip, fd);
    for (size_t i = 0; i < 3; i++) {
        struct str bytes;
        if (!str_cut(left, 0, &bytes, &left))
            left = (struct str){0};
        part(zip, (const char *[]){"xl/s.xml", "xl/t.xml", "xl/f.xml"}[i], bytes);
    }
    part(zip, "_rels/.rels", S("<x><Relationship Type='/officeDocument' Target='xl/workbook.xml'/></x>"));
    part(zip, "xl/workbook.xml", S("<sheet name='a' id='1'/>"));
    part(zip, "xl/_rels/workbook.xml.rels",
         S("<x><Relationship Id='1' Type='/worksheet' Target='s.xml'/><Relationship Type='/styles' Target='f.xml'/>"
           "<Relationship Type='/sharedStrings' Target='t.xml'/></x>"));
    archive_write_free(zip);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct cx cx = {.arena = &arena};
    int fd = memfd_create("book", MFD_CLOEXEC);
    book_write(fd, (struct str){(const char *)data, size});
    struct table_options options = {.path = cx_text(&cx, "/proc/self/fd/%d", fd)};
    struct table *table;
    struct table_row row;
    if (table_open(&cx, &options, &table)) {
        while (table_next(&cx, table, &row) < TABLE_END)
            if (row.cells > 0 && row.cell[row.cells - 1].n == 0)
                abort(); /* a row ends with its last cell that holds something */
        table_close(table);
    }
    close(fd);
    arena_clear(&arena);
    return 0;
}
