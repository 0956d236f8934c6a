// SPDX-License-Identifier: Apache-2.0
/* near -- customers near another one, on a map and as a table.
 */
#include "web/cockpit/near.h"

#include "base/text.h"
#include "web/cockpit/cockpit.h"
#include "web/pages.h"

enum { KM = 1000, KM_USUAL = 50 };

const int64_t near_km[] = {25, 50, 100, 0};

struct str near_distance(struct page *page, int64_t metres) {
    enum { PLACES = 3 };
    return text_decimal(page->arena, page->lang, metres, PLACES, 1);
}

struct str near_status(struct page *page, enum status status) {
    return page_text(page, cx_text(page->cx, "status.%s", status_name(status)));
}

static int64_t km_asked(const struct page *page) {
    int64_t km;
    if (page_number(page_query(page, "km"), &km))
        for (size_t i = 0; near_km[i] != 0; i++)
            if (near_km[i] == km)
                return km;
    return KM_USUAL;
}

bool near_show(struct page *page) {
    struct near_view *v = arena_new(page->arena, struct near_view, 1);
    v->code = page->arg[0];
    v->url = customer_url(page, v->code);
    v->km = km_asked(page);
    if (!near_make(page->cx, page->db, page->as_of, v->code, page_rep(page), v->km * KM, &v->near))
        return false;
    page_top(page, page_text(page, S("place.near"), v->near.name));
    near_page(page, v);
    page_bottom(page);
    return true;
}
