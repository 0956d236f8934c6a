// SPDX-License-Identifier: Apache-2.0
/* mail_parts -- what a message shows, made once for its HTML and its text; private to src/web/mail and its templates.
 */
#ifndef REATIVA_WEB_MAIL_MAIL_PARTS_H
#define REATIVA_WEB_MAIL_MAIL_PARTS_H

#include "web/mail/mail.h"
#include "web/web.h"

/* What a phone is told of in about 300 letters. */
enum { MAIL_BRIEF_NAMES = 3, MAIL_BRIEF_NAME = 40, MAIL_BRIEF_RULE = 60 };

/* An address, and whether there is one: where not, its words stand alone. */
struct mail_link {
    bool there;
    struct url url;
};

/* What somebody wrote to the reader. */
struct mail_memo {
    struct str head, text; /* head: who wrote it, and about whom */
    struct mail_link page;
};
enum { MAIL_MEMOS = 5, MAIL_MEMO_COLUMNS = 240 };

struct mail_frame {
    const char *lang; /* "pt-BR" */
    struct str company, subject, title, below, glance, rule;
    struct mail_link notices;
    struct mail_memo *memo;
    size_t memos, more_memos;
    struct mail_link all_memos;
    struct str chart_title, chart_says; /* says: its numbers in words; empty: there is no chart */
};

/* Lines are sentences; empty ones are not shown. */
struct mail_customer {
    struct str name, details, event, history, usual, contact, phone, no_phone;
    struct str unbroken; /* the phone, which no line end may part */
    bool good;           /* the event is no warning */
    struct mail_link page, log, call;
};
struct mail_customers {
    struct mail_customer customer[DIGEST_FULL];
    size_t n, more; /* more: that are not shown */
    struct mail_link all;
};
/* mail_customers -- of several portfolios their rep is named. */
void mail_customers(struct page *page, const struct digest *digest, const struct mail_told *told, bool several,
                    const struct mail_style *style, struct mail_customers *out);
void mail_customers_text(struct page *page, struct buf *to, const struct mail_customers *who);

struct mail_digest_view {
    struct mail_frame frame;
    bool counted; /* the volume is of one portfolio */
    struct volume volume;
    struct day since;
    struct mail_customers who;
};

struct mail_rep {
    struct str name, people, stake;
    const struct digest_rep *figures;
    struct str at_risk_change, inactive_change; /* "+3"; empty: none */
    bool at_risk_worse, inactive_worse;
    struct mail_link page;
};
enum { MAIL_REPS = 30 }; /* of one message: mail programs cut off what is longer than 100 KB */
struct mail_team_view {
    struct mail_frame frame;
    struct mail_rep *rep; /* most not worked first */
    size_t reps, more;    /* more: that are not shown */
    struct mail_rep total;
    struct mail_link page;
    struct mail_customers who;
};

/* A page without a request: templates write into its reply. */
struct mail_paper {
    struct http_request request;
    struct http_reply reply;
    struct page page;
};
struct page *mail_paper(struct mail_paper *paper, struct cx *cx, enum lang lang);
bool mail_paper_end(struct mail_paper *paper, struct str *out); /* LIMIT web.memory */

/* mail_whole -- an amount without its cents: nobody in a doorway needs them. */
struct str mail_whole(struct page *page, int64_t cents);
struct mail_link mail_link(struct page *page, const struct mail_style *style, struct str path);
struct mail_frame mail_frame(struct page *page, const struct mail_style *style);
/* mail_chart -- the months of some portfolios, as a picture and in words. */
bool mail_chart(struct page *page, const struct digest *digest, const struct str *rep, size_t n,
                struct mail_frame *frame, struct str *picture);

/* Plain text. mail_line -- a paragraph, broken at blanks and indented; empty: nothing. mail_address -- where to style, unbroken. */
enum { MAIL_COLUMNS = 72 };
void mail_line(struct page *page, struct buf *to, size_t indent, struct str text);
void mail_address(struct buf *to, size_t indent, struct str word, const struct mail_link *link);
void mail_text_top(struct page *page, struct buf *to, const struct mail_frame *frame);
void mail_text_end(struct page *page, struct buf *to, const struct mail_frame *frame);

#endif
