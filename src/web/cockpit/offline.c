// SPDX-License-Identifier: Apache-2.0
/* offline -- what makes the cockpit an app on a phone: its description, its service worker, the page shown without signal.
 */
#include "web/assets.h"
#include "web/cockpit/cockpit.h"
#include "web/pages.h"

bool manifest_show(struct page *page) {
    const struct asset *icon = asset_find(S("icon.svg"));
    page->reply->type = S("application/manifest+json");
    buf_printf(&page->reply->body,
               "{\"name\":\"Reativa\",\"short_name\":\"Reativa\",\"start_url\":\"/\",\"scope\":\"/"
               "\",\"display\":\"standalone\","
               "\"background_color\":\"#ffffff\",\"theme_color\":\"#0b5cad\",\"icons\":[{\"src\":\"/assets/"
               "%s\",\"sizes\":\"any\","
               "\"type\":\"image/svg+xml\",\"purpose\":\"any maskable\"}]}",
               icon != NULL ? icon->served : "icon.svg");
    return true;
}

/* Under one name for ever, so that a browser finds the next version of it. */
bool worker_show(struct page *page) {
    const struct asset *script = asset_find(S("worker.js"));
    if (script == NULL)
        return cx_fail(page->cx, ERR_NOT_FOUND, S("web.no_page"));
    page->reply->type = str_from(script->type);
    page->reply->fixed = (struct str){(const char *)script->bytes, script->n};
    page_header(page, S("Cache-Control"), S("no-cache"));
    return true;
}

bool offline_show(struct page *page) {
    page_top(page, page_text(page, S("layout.offline")));
    offline_page(page);
    page_bottom(page);
    return true;
}
