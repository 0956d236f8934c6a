// SPDX-License-Identifier: Apache-2.0
/* asset -- the files inside the program. A name with its hash never changes its content: browsers may keep it for a year.
 */
#include "web/assets.h"
#include "web/web_parts.h"

const struct asset *asset_find(struct str name) {
    for (size_t i = 0; i < assets_n; i++)
        if (str_equal(name, str_from(assets[i].name)))
            return &assets[i];
    return NULL;
}

static const struct asset *asset_served(struct str served) {
    for (size_t i = 0; i < assets_n; i++)
        if (str_equal(served, str_from(assets[i].served)))
            return &assets[i];
    return NULL;
}

struct url url_asset(struct page *page, const char *name) {
    const struct asset *asset = asset_find(str_from(name));
    return (struct url){cx_text(page->cx, "/assets/%s", asset != NULL ? asset->served : name)};
}

bool asset_answer(struct page *page, struct str path) {
    const struct asset *asset = asset_served((struct str){path.p + 8, path.n - 8});
    if (asset == NULL || (page->request->method != HTTP_GET && page->request->method != HTTP_HEAD))
        return false;
    struct str tag = cx_text(page->cx, "\"%s\"", asset->served);
    page_header(page, S("Cache-Control"), S("public, max-age=31536000, immutable"));
    page_header(page, S("ETag"), tag);
    page_header(page, S("Vary"), S("Accept-Encoding"));
    page_header(page, S("X-Content-Type-Options"), S("nosniff"));
    page->reply->type = str_from(asset->type);
    if (str_equal(http_header(page->request, "If-None-Match"), tag)) {
        page->reply->status = 304;
        page->reply->type = (struct str){0};
        return true;
    }
    page->reply->fixed = (struct str){(const char *)asset->bytes, asset->n};
    if (asset->gzip != NULL && http_accepts(http_header(page->request, "Accept-Encoding"), S("gzip"))) {
        page->reply->fixed = (struct str){(const char *)asset->gzip, asset->gzip_n};
        page_header(page, S("Content-Encoding"), S("gzip"));
    }
    return true;
}

struct url url_icon(struct page *page, const char *name) {
    return (struct url){cx_text(page->cx, "%.*s#%s", STR_ARG(url_asset(page, "icons.svg").text), name)};
}
