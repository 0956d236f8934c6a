// SPDX-License-Identifier: Apache-2.0
/* profile -- a customer's profile as a PDF, to print or to take along.
 */
#include "app/profile_pdf.h"
#include "web/cockpit/cockpit.h"

bool profile_show(struct page *page) {
    struct profile *profile = arena_new(page->arena, struct profile, 1);
    struct str pdf;
    if (!profile_make(page->cx, page->db, page->as_of, page->arg[0], page_rep(page), profile) ||
        !profile_pdf(page->cx, profile, page->lang, page_config(page)->utc_offset_s(page->now_us), &pdf))
        return false;
    page->reply->type = S("application/pdf");
    page_header(page, S("Content-Disposition"), S("inline; filename=\"profile.pdf\""));
    buf_put(&page->reply->body, pdf);
    return true;
}
