// SPDX-License-Identifier: Apache-2.0
/* policy -- what the pages of rhythm and rules show: how often customers buy, the rules and their record, rules that are tried.
 */
#ifndef REATIVA_WEB_MANAGE_POLICY_H
#define REATIVA_WEB_MANAGE_POLICY_H

#include "app/labels.h"
#include "app/policies.h"
#include "app/study.h"
#include "app/track.h"
#include "web/web.h"

enum { POLICY_VERSIONS = 20, POLICY_CUSTOMERS = 50, POLICY_FORM_RULES = 50 };

/* ---- the page ---- */

struct policy_group {
    const struct study_group *group;
    struct str name, rule; /* rule: in words, empty: none */
    struct url try_it;     /* empty: its rule cannot be tried by a link */
};
struct policy_bars {
    struct str names[RHYTHM_BARS];
    int64_t count[RHYTHM_BARS], share_e4[RHYTHM_BARS];
    struct str name_list, count_list, share_list; /* for the chart */
};
struct policy_line {
    struct str who, rule; /* in words */
    struct str never;     /* the earlier rule that takes all of its customers; empty: none does */
};
struct policy_saved {
    const struct policy_version *version;
    struct str made, entered, rules; /* entered: since when in force; empty: never */
    bool now;
};
struct policy_candidate {
    const struct study_candidate *row;
    struct str label;
};
struct policy_month {
    const struct track_row *row;
    struct str month, label;
};
struct policy_view {
    struct policies policies;
    struct policy_line *line;
    struct study_current current;
    bool fresh; /* the rhythm is of today's facts */
    struct study_cycle cycle;
    struct policy_group *group; /* of the kind looked at */
    size_t groups;
    enum flow_by by;
    const struct policy_group *one; /* whose histogram is drawn; NULL: nobody has bought twice */
    struct policy_group company;
    struct policy_bars bars;
    struct study_backtest backtest;
    bool backtested, backtest_old; /* old: of other facts than today's */
    struct policy_candidate *candidate;
    struct url try_best;
    struct str said_list, share_list; /* of the recommended one's reliability, for the chart */
    struct policy_month *month;
    size_t months;
    struct policy_saved *saved;
    struct work_done done;
};
/* figures in 1/1,000,000 as people write them; none: "-" */
struct str policy_figure(struct page *page, int64_t e6, int places);
struct str policy_percent(struct page *page, int64_t e6);
struct str policy_share(struct page *page, int64_t e4);
struct str policy_days(struct page *page, int32_t days);                           /* -1: "-" */
struct str policy_verdict(struct page *page, const struct policy_view *v, int at); /* sentences 0 .. 3; empty: none */
struct url policy_at(struct page *page, const struct policy_view *v, enum flow_by by, struct str group);
struct str policy_by(struct page *page, enum flow_by by);
struct str policy_fault(struct page *page, struct str told); /* an err_line in words */

bool policy_far(const struct policy_view *v); /* is anything of it being worked out, or waiting for it? */

/* What the three pages have in common. */
struct str policy_who(struct page *page, const struct policy_scope *scope);
struct str policy_rule_words(struct page *page,
                             struct str text); /* a rule as kept, in the words of the page's language */
struct policy_line *policy_lines(struct page *page, const struct policy *policy);
struct url policy_try_url(struct page *page, struct str scope, struct str rule);

/* ---- the form ---- */

enum policy_field {
    POLICY_COMPANY = 0,
    POLICY_REP,
    POLICY_SEGMENT,
    POLICY_REGION,
    POLICY_ABC,
    POLICY_KIND,
    POLICY_INACTIVE,
    POLICY_AT_RISK,
    POLICY_FLOOR,
    POLICY_CEILING,
    POLICY_LOST,
    POLICY_FIELDS
};
struct policy_typed {
    struct str value[POLICY_FIELDS];
    struct str doubt; /* nobody has this segment today */
};
struct policy_form_view {
    struct policy_typed *rule; /* the last one is for everybody */
    size_t n;
    struct label *label;
    size_t labels;
    struct str fault; /* of the whole */
    bool more;        /* more rules than the page takes */
};
extern const char *const policy_field_names[POLICY_FIELDS];
const char *policy_name(struct page *page, const char *field, size_t at); /* "segment.3" */
struct str policy_field_fault(struct page *page, const char *field, size_t at);

/* ---- rules that are tried ---- */

struct policy_step {
    int64_t n;
    struct url to;
};
struct policy_try_view {
    struct study study;
    struct study_fit fit;
    struct policy after;
    struct policy_line *line;
    struct policies policies;
    struct policy_line *now;
    bool stale; /* other rules or facts stand today than those it was worked out with */
    struct work_done done;
    struct policy_step step[STATUS_COUNT][STATUS_COUNT];
    const char *status_name[STATUS_COUNT];
    bool used[STATUS_COUNT]; /* a row or column of the matrix */
    struct study_customer *customer;
    size_t customers;
    struct study_ask ask;
    bool more, filtered;
    struct str note, fault;
    int64_t newest; /* the version that a save is told it follows */
};
struct url policy_try_at(struct page *page, const struct policy_try_view *v, int64_t behind, const char *file);
struct str policy_status(struct page *page, enum status status);
int policy_percent_done(const struct work_done *done);

#endif
