// SPDX-License-Identifier: Apache-2.0
/* alerts -- from what a rule of alerts would tell to messages: who reads it in which language, and which portfolios are theirs. Who may
 * not open the reports is never shown another's portfolio, whatever layout a rule asks for. Nothing to say: no subject.
 */
#include "app/mail.h"
#include "app/users.h"
#include "base/text.h"
#include "web/mail/mail_parts.h"

/* What is the same for all the messages that are made together. */
struct making {
    struct cx *cx;
    struct mail_settings settings;
    struct user *user; /* everybody: whose team is whose */
    size_t users;
    struct digest digest;
};

static bool team_of(const struct alert_notice *notice) {
    return notice->alert->layout == ALERT_LAYOUT_MANAGER && role_may(notice->user->role, PERM_REPORT_READ);
}

static bool figures_read(struct making *m, struct db *db, const struct alert_notice *notice, size_t n) {
    const struct customer **customer = arena_new(m->cx->arena, const struct customer *, n *DIGEST_FULL + 1);
    struct digest_wish wish = {.as_of = notice[0].day, .customer = customer};
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < notice[i].lines && k < DIGEST_FULL; k++)
            customer[wish.n++] = notice[i].line[k].customer;
        wish.teams = wish.teams || team_of(&notice[i]);
    }
    return digest_open(m->cx, db, &wish, &m->digest);
}

static struct mail_told told_of(struct cx *cx, const struct alert_notice *notice) {
    struct mail_item *item = arena_new(cx->arena, struct mail_item, notice->lines + 1);
    for (size_t i = 0; i < notice->lines; i++)
        item[i] = (struct mail_item){notice->line[i].customer->id.v, notice->line[i].mark[0].event,
                                     notice->line[i].mark[0].on};
    return (struct mail_told){item, notice->lines};
}

/* Of one portfolio, the reader's own: its volume stands below. */
static bool own_alone(const struct alert_notice *notice) {
    bool own = notice->user->rep.n > 0;
    for (size_t i = 0; own && i < notice->lines; i++)
        own = str_equal(notice->line[i].customer->rep, notice->user->rep);
    return own;
}

static bool rep_make(struct making *m, const struct alert_notice *notice, const struct mail_style *style,
                     struct alert_made *out) {
    struct mail_digest wish = {.style = *style, .told = told_of(m->cx, notice)};
    if (own_alone(notice))
        wish.rep = notice->user->rep;
    struct volume volume = digest_volume(&m->digest, wish.rep);
    if (notice->lines == 0 && volume.at_risk == 0 && volume.inactive == 0)
        return true;
    return mail_digest(m->cx, &m->digest, &wish, out);
}

/* A manager's own team; who manages nobody and is told by name, all. */
static bool team_make(struct making *m, const struct alert_notice *notice, const struct mail_style *style,
                      struct alert_made *out) {
    struct str *rep = arena_new(m->cx->arena, struct str, m->digest.reps + 1);
    struct mail_team wish = {.style = *style, .rep = rep, .told = told_of(m->cx, notice)};
    int64_t late = 0;
    for (size_t i = 0; i < m->digest.reps; i++) {
        const struct digest_rep *r = &m->digest.rep[i];
        if (notice->user->role == ROLE_MANAGER && !alerts_manages(m->user, m->users, notice->user, r->code))
            continue;
        rep[wish.n++] = r->code;
        late += r->now.at_risk + r->now.inactive + r->recovered + r->at_risk_before + r->inactive_before;
    }
    if (late == 0 && notice->lines == 0)
        return true;
    return mail_team(m->cx, &m->digest, &wish, out);
}

/* The first names: as many as fit. */
static struct str names_brief(struct page *page, const struct alert_notice *notice) {
    struct buf names;
    size_t n = 0;
    buf_init(&names, page->arena, 0);
    for (; n < notice->lines && n < MAIL_BRIEF_NAMES; n++) {
        const struct customer *c = notice->line[n].customer;
        struct str name = text_clean(page->arena, c->name.n > 0 ? c->name : c->code);
        buf_printf(&names, "%s%.*s", n > 0 ? ", " : "", STR_ARG(text_shorten(page->arena, name, MAIL_BRIEF_NAME)));
    }
    return n == notice->lines
               ? buf_str(&names)
               : page_text(page, S("digest.brief_more"), buf_str(&names), html_arg(page, notice->lines - n));
}

/* For a phone: how many, who first, and where the whole message is read. */
static struct str brief_of(struct making *m, const struct alert_notice *notice, const struct mail_style *style,
                           struct str subject) {
    struct mail_paper paper;
    struct page *page = mail_paper(&paper, m->cx, style->lang);
    struct str rule = text_shorten(page->arena, style->rule, MAIL_BRIEF_RULE);
    struct str says = notice->lines == 0 ? page_text(page, S("digest.brief_volumes"), rule, subject)
                                         : page_text(page, S("digest.brief"), rule, html_arg(page, notice->lines),
                                                     names_brief(page, notice));
    return style->base.n == 0
               ? says
               : cx_text(m->cx, "%.*s %.*s", STR_ARG(says), STR_ARG(mail_link(page, style, S("/notices")).url.text));
}

static bool make(struct making *m, struct db *db, const struct alert_notice *notice, struct alert_made *out) {
    struct memo_row *memo;
    struct mail_style style = {
        .base = m->settings.public_url, .company = m->settings.company, .rule = notice->alert->name};
    if (!lang_parse(notice->user->lang, &style.lang))
        style.lang = LANG_PT_BR;
    *out = (struct alert_made){.subject = {0}};
    if (!memos_unread(m->cx, db, notice->user->id, notice->day, MAIL_MEMOS, &memo, &style.memos))
        return false;
    style.memo = memo;
    if (!(team_of(notice) ? team_make(m, notice, &style, out) : rep_make(m, notice, &style, out)))
        return false;
    if (out->subject.n > 0 && alert_has(notice->alert->channels, ALERT_BY_GATEWAY))
        out->brief = brief_of(m, notice, &style, out->subject);
    return true;
}

bool mail_alerts(struct cx *cx, struct db *db, const struct alert_notice *notice, size_t n, struct alert_made *out,
                 void *owner) {
    struct making m = {.cx = cx};
    (void)owner;
    if (n == 0)
        return true;
    bool done = mail_settings(cx, db, (struct str){0}, &m.settings) && users_list(cx, db, &m.user, &m.users) &&
                figures_read(&m, db, notice, n);
    for (size_t i = 0; done && i < n; i++)
        done = make(&m, db, &notice[i], &out[i]);
    return done;
}

bool mail_alert_run(struct cx *cx, struct db *db, const struct job_at *at, int64_t id, struct str *said) {
    const struct alerts_way way = {.render = mail_alerts, .day = at->as_of, .now_us = at->now_us};
    struct alerts_report report;
    if (!alerts_run(cx, db, id, &way, &report))
        return false;
    if (report.unreached > 0)
        *said = jobs_say(cx, S("job.said_alert_unreached"), cx_text(cx, "%lld", (long long)report.people),
                         cx_text(cx, "%lld", (long long)report.customers),
                         cx_text(cx, "%lld", (long long)report.unreached));
    else
        *said = report.people > 0 ? jobs_say(cx, S("job.said_alert"), cx_text(cx, "%lld", (long long)report.people),
                                             cx_text(cx, "%lld", (long long)report.customers))
                                  : jobs_say(cx, S("job.said_alert_none"));
    return true;
}
