// SPDX-License-Identifier: Apache-2.0
/* shown -- see the header. What a message says may hold what anybody typed: the policy below is what keeps it harmless, whatever it is. */
#include "web/shown.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/secret.h"

#define FORBIDS                                                                                                        \
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "              \
    "frame-ancestors 'self'"
static const char policy[] = "sandbox allow-popups allow-popups-to-escape-sandbox; " FORBIDS;
static const char aside[] = "<base target=\"_blank\">";
static const char policy_own[] = "sandbox allow-same-origin allow-top-navigation-by-user-activation; " FORBIDS;
static const char ahead[] = "<base target=\"_top\">";

/* Behind <head ...>, where the first element of a page may stand; 0: there is none. */
static size_t head_end(struct str html) {
    for (size_t i = 0; i + 5 < html.n && i < 2000; i++)
        if (strncasecmp(html.p + i, "<head", 5) == 0 && (html.p[i + 5] == '>' || html.p[i + 5] == ' ')) {
            const char *end = memchr(html.p + i, '>', html.n - i);
            return end == NULL ? 0 : (size_t)(end + 1 - html.p);
        }
    return 0;
}

/* Pictures come with the message: cid:chart is put in its place. */
static void html_write(struct page *page, struct str html, struct str picture) {
    static const struct str cid = {"cid:chart", 9};
    struct str data = {0};
    size_t from = 0;
    if (picture.n > 0)
        data = secret_base64(page->arena, (const unsigned char *)picture.p, picture.n);
    for (size_t i = 0; data.n > 0 && i + cid.n <= html.n; i++)
        if (memcmp(html.p + i, cid.p, cid.n) == 0) {
            html_literal(page, html.p + from, i - from);
            html_literal(page, "data:image/png;base64,", 22);
            html_literal(page, data.p, data.n);
            from = i + cid.n;
        }
    if (html.n > from)
        html_literal(page, html.p + from, html.n - from);
}

static void text_write(struct page *page, struct str subject, struct str text) {
    static const char top[] = "<!DOCTYPE html><html lang=\"\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                              "content=\"width=device-width\"><title>",
                      middle[] = "</title></head><body><pre style=\"white-space:pre-wrap;font:1rem/1.5 sans-serif\">",
                      bottom[] = "</pre></body></html>";
    html_literal(page, top, sizeof top - 1);
    html_put_str(page, subject);
    html_literal(page, middle, sizeof middle - 1);
    html_put_str(page, text);
    html_literal(page, bottom, sizeof bottom - 1);
}

static void write(struct page *page, struct str subject, const struct message_body *body, const char *forbids,
                  const char *base) {
    page_header(page, S("Content-Security-Policy"), str_from(forbids));
    if (body->html.n == 0) {
        text_write(page, subject, body->text);
        return;
    }
    size_t head = head_end(body->html);
    if (head > 0)
        html_literal(page, body->html.p, head);
    html_literal(page, base, strlen(base));
    html_write(page, (struct str){body->html.p + head, body->html.n - head}, body->picture);
}

void shown_message(struct page *page, struct str subject, const struct message_body *body) {
    write(page, subject, body, policy, aside);
}

void shown_own(struct page *page, struct str subject, const struct message_body *body) {
    write(page, subject, body, policy_own, ahead);
}
