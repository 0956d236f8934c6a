// SPDX-License-Identifier: Apache-2.0
/* mail -- what all messages have: a paper to write on, addresses, the frame, the chart, plain text.
 */
#include "web/mail/mail_parts.h"

#include "base/text.h"

enum { MAIL_MOST = 400 << 10 };

struct page *mail_paper(struct mail_paper *paper, struct cx *cx, enum lang lang) {
    *paper = (struct mail_paper){.reply = {.file = -1}};
    buf_init(&paper->reply.body, cx->arena, MAIL_MOST);
    paper->page =
        (struct page){.request = &paper->request, .reply = &paper->reply, .cx = cx, .arena = cx->arena, .lang = lang};
    return &paper->page;
}

bool mail_paper_end(struct mail_paper *paper, struct str *out) {
    *out = buf_str(&paper->reply.body);
    return !paper->reply.body.cut || cx_fail(paper->page.cx, ERR_LIMIT, S("web.memory"));
}

struct str mail_whole(struct page *page, int64_t cents) {
    return text_decimal(page->arena, page->lang, cents, 2, 0);
}

struct mail_link mail_link(struct page *page, const struct mail_style *style, struct str path) {
    return (struct mail_link){true,
                              {cx_text(page->cx, "%.*s%.*s", STR_ARG(style->base), STR_ARG(url_local(path).text))}};
}

static void memos_fill(struct page *page, const struct mail_style *style, struct mail_frame *frame) {
    frame->memo = arena_new(page->arena, struct mail_memo, MAIL_MEMOS);
    for (size_t i = 0; i < style->memos && i < MAIL_MEMOS; i++) {
        const struct memo_row *m = &style->memo[i];
        struct str about = m->customer.n > 0 ? m->customer : m->code;
        struct str one_line = text_clean(page->arena, m->memo.text);
        frame->memo[frame->memos++] = (struct mail_memo){
            .head = about.n > 0 ? page_text(page, S("digest.memo_about"), m->author, about) : m->author,
            .text = text_shorten(page->arena, one_line, MAIL_MEMO_COLUMNS),
            .page = mail_link(page, style, cx_text(page->cx, "/memos/%lld", (long long)m->memo.id))};
    }
    int64_t all = style->memos > 0 ? style->memo[0].unread : 0;
    frame->more_memos = all > (int64_t)frame->memos ? (size_t)all - frame->memos : 0;
    frame->all_memos = mail_link(page, style, S("/memos"));
}

struct mail_frame mail_frame(struct page *page, const struct mail_style *style) {
    struct mail_frame frame = {.lang = style->lang == LANG_PT_BR ? "pt-BR" : "en",
                               .company = style->company.n > 0 ? style->company : S("Reativa"),
                               .rule = style->rule,
                               .notices = mail_link(page, style, S("/notices"))};
    memos_fill(page, style, &frame);
    return frame;
}

bool mail_chart(struct page *page, const struct digest *digest, const struct str *rep, size_t n,
                struct mail_frame *frame, struct str *picture) {
    struct digest_month month[DIGEST_MONTHS];
    size_t months = digest_months(digest, rep, n, month);
    struct buf says;
    buf_init(&says, page->arena, 0);
    for (size_t i = 0; i < months; i++) {
        struct str name = text_month(page->arena, page->lang, month[i].month);
        buf_printf(&says, "%s%.*s", i > 0 ? "; " : "",
                   STR_ARG(page_text(page, S("digest.month"), name, html_arg(page, (long)month[i].became_inactive),
                                     html_arg(page, (long)month[i].recovered))));
    }
    if (!digest_chart(page->cx, page->lang, month, months, picture))
        return false;
    frame->chart_title = page_text(page, S("digest.chart"));
    frame->chart_says = picture->n > 0 ? buf_str(&says) : (struct str){0};
    return true;
}

/* ---- plain text ---- */

void mail_line(struct page *page, struct buf *to, size_t indent, struct str text) {
    if (text.n > 0)
        buf_put(to, text_wrap(page->arena, text_clean(page->arena, text), MAIL_COLUMNS, indent));
}

void mail_address(struct buf *to, size_t indent, struct str word, const struct mail_link *link) {
    if (link->there && !str_starts(link->url.text, S("/"))) /* a path alone leads nowhere from a text */
        buf_printf(to, "%*s%.*s: %.*s\n", (int)indent, "", STR_ARG(word), STR_ARG(link->url.text));
}

void mail_text_top(struct page *page, struct buf *to, const struct mail_frame *frame) {
    mail_line(page, to, 0, frame->title);
    mail_line(page, to, 0, frame->below);
    buf_char(to, '\n');
}

static void memos_text(struct page *page, struct buf *to, const struct mail_frame *frame) {
    if (frame->memos == 0)
        return;
    mail_line(page, to, 0, cx_text(page->cx, "%.*s:", STR_ARG(page_text(page, S("digest.memos")))));
    for (size_t i = 0; i < frame->memos; i++) {
        const struct mail_memo *m = &frame->memo[i];
        mail_line(page, to, 2, cx_text(page->cx, "%.*s: %.*s", STR_ARG(m->head), STR_ARG(m->text)));
        mail_address(to, 2, page_text(page, S("digest.open")), &m->page);
    }
    if (frame->more_memos > 0)
        mail_line(page, to, 2, page_text(page, S("digest.memos_more"), html_arg(page, frame->more_memos)));
    buf_char(to, '\n');
}

void mail_text_end(struct page *page, struct buf *to, const struct mail_frame *frame) {
    memos_text(page, to, frame);
    if (frame->chart_says.n > 0) {
        mail_line(page, to, 0, cx_text(page->cx, "%.*s:", STR_ARG(frame->chart_title)));
        mail_line(page, to, 2, frame->chart_says);
        buf_char(to, '\n');
    }
    buf_put(to, S("-- \n"));
    mail_line(page, to, 0,
              cx_text(page->cx, "%.*s. %.*s", STR_ARG(frame->company),
                      STR_ARG(page_text(page, S("digest.because"), frame->rule))));
    mail_address(to, 0, page_text(page, S("digest.notices")), &frame->notices);
}
