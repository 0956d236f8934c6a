// SPDX-License-Identifier: Apache-2.0
/* team -- of a manager: how each portfolio stands, what changed in a week, what was worked. Who left most unworked stands first.
 */
#include <stdlib.h>

#include "base/text.h"
#include "web/mail/mail_parts.h"
#include "web/pages.h"

static struct str number(struct page *page, int64_t n) {
    return text_int(page->arena, page->lang, n);
}

/* "+3", with a real minus below zero; nothing where nothing moved. */
static struct str change_text(struct page *page, int64_t now, int64_t before) {
    int64_t by = now - before;
    struct str size = number(page, by < 0 ? -by : by);
    return by == 0 ? (struct str){0} : cx_text(page->cx, "%s%.*s", by > 0 ? "+" : "\xe2\x88\x92", STR_ARG(size));
}

static struct str path_of(struct page *page, struct str code) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    buf_put(&to, S("/team/"));
    http_encode(&to, code, false);
    return buf_str(&to);
}

static struct mail_rep rep_of(struct page *page, const struct mail_style *style, const struct digest_rep *r) {
    struct mail_rep to = {.name = r->code.n > 0 ? r->code : page_text(page, S("digest.nobodys")),
                          .people = r->people,
                          .stake = page_text(page, S("digest.at_stake"), mail_whole(page, r->now.at_risk_cents),
                                             number(page, r->contacted)),
                          .figures = r,
                          .at_risk_change = change_text(page, r->now.at_risk, r->at_risk_before),
                          .inactive_change = change_text(page, r->now.inactive, r->inactive_before),
                          .at_risk_worse = r->now.at_risk > r->at_risk_before,
                          .inactive_worse = r->now.inactive > r->inactive_before};
    if (r->code.n > 0)
        to.page = mail_link(page, style, path_of(page, r->code));
    return to;
}

static int most_left_first(const void *a, const void *b) {
    const struct digest_rep *x = *(const struct digest_rep *const *)a, *y = *(const struct digest_rep *const *)b;
    if (x->now.not_contacted != y->now.not_contacted)
        return x->now.not_contacted > y->now.not_contacted ? -1 : 1;
    if (x->now.at_risk_cents != y->now.at_risk_cents)
        return x->now.at_risk_cents > y->now.at_risk_cents ? -1 : 1;
    return str_compare(x->code, y->code);
}

static bool asked(const struct mail_team *wish, struct str code) {
    bool found = wish->n == 0;
    for (size_t i = 0; i < wish->n && !found; i++)
        found = str_equal(wish->rep[i], code);
    return found;
}

/* ---- as text ---- */

static void rep_text(struct page *page, struct buf *to, const struct mail_rep *r) {
    const struct digest_rep *f = r->figures;
    struct str none = S("=");
    buf_put(to, text_clean(page->arena, r->name));
    if (r->people.n > 0)
        buf_printf(to, " (%.*s)", STR_ARG(text_clean(page->arena, r->people)));
    buf_char(to, '\n');
    mail_line(page, to, 2,
              page_text(page, S("digest.team_line"), number(page, f->now.at_risk),
                        r->at_risk_change.n > 0 ? r->at_risk_change : none, number(page, f->now.inactive),
                        r->inactive_change.n > 0 ? r->inactive_change : none));
    mail_line(page, to, 2,
              page_text(page, S("digest.team_work"), number(page, f->contacted), number(page, f->now.not_contacted),
                        mail_whole(page, f->now.at_risk_cents), number(page, f->recovered)));
    mail_address(to, 2, page_text(page, S("digest.open")), &r->page);
    buf_char(to, '\n');
}

static struct str text_of(struct page *page, const struct mail_team_view *v) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    mail_text_top(page, &to, &v->frame);
    if (v->reps > 1)
        rep_text(page, &to, &v->total);
    for (size_t i = 0; i < v->reps; i++)
        rep_text(page, &to, &v->rep[i]);
    if (v->more > 0)
        mail_line(page, &to, 0, page_text(page, S("digest.team_more"), number(page, (int64_t)v->more)));
    mail_address(&to, 0, page_text(page, S("digest.team_page")), &v->page);
    buf_char(&to, '\n');
    mail_customers_text(page, &to, &v->who);
    mail_text_end(page, &to, &v->frame);
    return buf_str(&to);
}

bool mail_team(struct cx *cx, const struct digest *digest, const struct mail_team *wish, struct alert_made *out) {
    struct mail_paper *paper = arena_new(cx->arena, struct mail_paper, 1);
    struct page *page = mail_paper(paper, cx, wish->style.lang);
    const struct digest_rep **rep = arena_new(cx->arena, const struct digest_rep *, digest->reps + 1);
    struct digest_rep *total = arena_new(cx->arena, struct digest_rep, 1);
    struct mail_team_view v = {.frame = mail_frame(page, &wish->style),
                               .rep = arena_new(cx->arena, struct mail_rep, digest->reps + 1),
                               .page = mail_link(page, &wish->style, S("/team"))};
    for (size_t i = 0; i < digest->reps; i++)
        if (asked(wish, digest->rep[i].code))
            rep[v.reps++] = &digest->rep[i];
    *total = digest_reps_add(rep, v.reps);
    if (v.reps > 0)
        qsort(rep, v.reps, sizeof *rep, most_left_first);
    v.more = v.reps > MAIL_REPS ? v.reps - MAIL_REPS : 0;
    v.reps -= v.more;
    for (size_t i = 0; i < v.reps; i++)
        v.rep[i] = rep_of(page, &wish->style, rep[i]);
    v.total = rep_of(page, &wish->style, total);
    v.total.name = page_text(page, S("digest.all_reps"));
    struct str at_risk = number(page, total->now.at_risk), left = number(page, total->now.not_contacted);
    v.frame.subject = page_text(page, S("digest.team_subject"), at_risk, left);
    v.frame.title = page_text(page, S("digest.team_title"));
    v.frame.below = page_text(page, S("digest.team_below"), html_arg(page, digest->as_of),
                              html_arg(page, (struct day){digest->as_of.n - DIGEST_WEEK}));
    v.frame.glance = v.total.stake;
    mail_customers(page, digest, &wish->told, wish->n != 1, &wish->style, &v.who);
    *out = (struct alert_made){.subject = v.frame.subject};
    if (!mail_chart(page, digest, wish->rep, wish->n, &v.frame, &out->picture))
        return false;
    out->text = text_of(page, &v);
    mail_team_page(page, &v);
    return mail_paper_end(paper, &out->html);
}
