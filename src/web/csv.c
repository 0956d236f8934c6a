// SPDX-License-Identifier: Apache-2.0
/* csv -- see the header.
 */
#include "web/csv.h"

#include "app/csv_file.h"

void csv_start(struct page *page, const char *name) {
    page->reply->type = S("text/csv; charset=utf-8");
    page_header(page, S("Content-Disposition"), cx_text(page->cx, "attachment; filename=\"%s\"", name));
    buf_put(&page->reply->body, CSV_FILE_MARK);
}

void csv_row(struct page *page, const struct str *cell, size_t n, size_t first, size_t numbers) {
    for (size_t i = 0; i < n; i++)
        if (i >= first && i - first < numbers)
            csv_file_number(&page->reply->body, page->lang, i == 0, cell[i]);
        else
            csv_file_text(&page->reply->body, page->lang, i == 0, cell[i]);
    csv_file_end(&page->reply->body);
}
