// SPDX-License-Identifier: Apache-2.0
/* score -- the derived tables: what the fold found for every customer as of one day.
 *
 * They can be dropped and rebuilt from the facts with the same result (sql/derived.sql). One set is kept in the
 * database (of the last `reativa score`); an answer for another day or policy gets the same tables as temporary ones,
 * which hide the kept ones from every statement of this connection: so each query is written once.
 */
#ifndef REATIVA_STORE_SCORE_H
#define REATIVA_STORE_SCORE_H
#include "core/status.h"
#include "stats/abc.h"
#include "stats/forecast.h"
#include "stats/prior.h"
#include "stats/rfm.h"
#include "stats/trend.h"
#include "stats/waited.h"
#include "store/db.h"
#include "store/forecast.h"

/* What a set of derived tables was made for, and the cuts that turn its numbers into classes. */
struct score_run {
    struct day as_of;
    struct str policy; /* its rules in order, a line each: scope, tab, rule; another policy is another score */
    int64_t facts;     /* import counter it was made at, see score_facts */
    int64_t made_us;
    int64_t customers;         /* with a row */
    int64_t value_12m;         /* total of those that take part in ABC */
    int64_t ranked;            /* how many take part */
    struct abc_cut a, b;       /* ties 0: nobody is in the class */
    struct str a_code, b_code; /* code of the last customer in the cut */
    struct rfm_cuts r, f, m;
    bool season; /* the company has two years */
    struct str
        alive; /* what was known of leaving, core/alive_text.h; empty: no rule asks for chances, or nothing yet */
    struct str model; /* what was to foretell: "auto", "none" or a method's name; what does: store/forecast.h */
};

/* Under what a row is counted in the account of customers (store/flow.h), whatever has become of the customer since. */
struct score_flow {
    int32_t label[8];     /* ids, by enum label_kind */
    char abc;             /* 'A', 'B', 'C', 0: none */
    struct day closed_on; /* DAY_NONE: not closed */
};

struct score_row {
    int64_t customer_id;
    struct str code;    /* for order: ties in every sort go by code */
    int64_t segment_id; /* label under which its gaps were counted; 0: none */
    enum status status;
    int64_t purchases;
    struct day first, last;
    int64_t gap_median_e4, gap_mean_e4, gap_sd_e4, cycle_e4, overdue_e4; /* STAT_NONE: none */
    int64_t prior_days;
    bool prior_assumed;
    int64_t rule; /* which rule of the policy, from 0 */
    struct day at_risk_on, inactive_on, lost_on;
    int64_t value_total, value_12m, value_prev_12m, average_cents, return_e4;
    enum trend trend;
    bool ranked;              /* bought in the last 12 months: takes part in ABC */
    const int32_t *gap_days;  /* purchases - 1 of them; kept packed (base-128 varints) */
    struct forecast forecast; /* method FORECAST_NONE: nothing else of it is kept */
    struct score_flow flow;
};
struct score_episode {
    int64_t customer_id;
    struct day began_on, ended_on; /* ended_on DAY_NONE: open */
};
struct score_prior {
    int64_t segment_id; /* label id; 0: the company */
    int32_t month;      /* month_of */
    struct prior_cell cell;
};
/* waited -- of the repeat purchases of a segment (0: all), how many came after a wait of `tenths` tenths of the cycle then expected. */
struct score_waited {
    int64_t segment_id;
    int32_t tenths; /* 0..WAITED_TENTHS - 1, the last holds all that are longer */
    int64_t times;
};
/* season -- what the company had sold up to a day, net: of every day from the first to a year before as_of, when there are two years. */
struct score_season {
    struct day day;
    int64_t upto_cents;
};
/* A customer whose history changed from this day on. */
struct score_dirty {
    int64_t customer_id;
    struct day since;
};

/* score_facts -- a counter that every import, undo and closing moves (setting `facts`). A policy does not: it is compared. */
bool score_facts(struct cx *cx, struct db *db, int64_t *out);
bool score_facts_moved(struct cx *cx, struct db *db);
/* score_run_find -- of the tables in sight (temporary ones first). */
bool score_run_find(struct cx *cx, struct db *db, bool *found, struct score_run *out);

/* score_run_pack, score_run_take -- as bytes to be remembered, and back. */
struct str score_run_pack(struct arena *arena, const struct score_run *run);
bool score_run_take(struct str from, struct score_run *out);

/* Writing a whole set. temporary: hides the kept one until score_drop_temporary. Indexes are made at the end (only few on
 * temporary ones). Dirty marks are cleared by the kept one. Within the caller's transaction. */
struct score_writer;
bool score_writer_open(struct cx *cx, struct db *db, bool temporary, struct score_writer **out);
bool score_writer_row(struct cx *cx, struct score_writer *to,
                      const struct score_row *row); /* by customer_id ascending */
bool score_writer_episode(struct cx *cx, struct score_writer *to,
                          const struct score_episode *episode); /* in the same order */
bool score_writer_prior(struct cx *cx, struct score_writer *to, const struct score_prior *prior);
bool score_writer_waited(struct cx *cx, struct score_writer *to, const struct score_waited *waited);
bool score_writer_season(struct cx *cx, struct score_writer *to, const struct score_season *season);
struct flow_cell;
bool score_writer_flow(struct cx *cx, struct score_writer *to,
                       const struct flow_cell *cell); /* in the order of its key */
bool score_writer_forecast(struct cx *cx, struct score_writer *to, const struct forecast_kept *kept); /* once */
bool score_writer_close(struct cx *cx, struct score_writer *to, const struct score_run *run);
bool score_drop_temporary(struct cx *cx, struct db *db);

/* Changing a few rows of the kept set. */
bool score_row_find(struct cx *cx, struct db *db, int64_t customer_id, bool *found, struct score_row *out);
bool score_row_put(struct cx *cx, struct db *db, const struct score_row *row, const struct score_episode *episode,
                   size_t episodes);
bool score_row_remove(struct cx *cx, struct db *db, int64_t customer_id);
bool score_prior_list(struct cx *cx, struct db *db, struct score_prior **out, size_t *n);
bool score_prior_put(struct cx *cx, struct db *db, const struct score_prior *prior);
bool score_waited_list(struct cx *cx, struct db *db, int64_t segment_id, struct score_waited **out, size_t *n);
bool score_waited_add(struct cx *cx, struct db *db, const struct score_waited *delta); /* times may be negative */
bool score_run_put(struct cx *cx, struct db *db, const struct score_run *run);
bool score_season_list(struct cx *cx, struct db *db, struct score_season **out, size_t *n); /* by day, none left out */
bool score_first_day(struct cx *cx, struct db *db, struct day *out); /* of all purchases; DAY_NONE: none */
bool score_newest_day(struct cx *cx, struct db *db, struct day *out);
bool score_status_count(struct cx *cx, struct db *db, int64_t out[STATUS_COUNT]);
bool score_dirty_list(struct cx *cx, struct db *db, struct score_dirty **out, size_t *n);
bool score_dirty_clear(struct cx *cx, struct db *db);
/* score_standing_renew -- what is open with customers of whom an import brought titles, quotes or tickets, in the kept set. */
bool score_standing_renew(struct cx *cx, struct db *db);

/* Walking ranked customers from a place, for moving a cut: down = smaller value_12m (ties: greater code). The place itself is not given. */
struct score_rank {
    int64_t value_12m;
    struct str code;
};
bool score_ranked_next(struct cx *cx, struct db *db, const struct score_rank *from, bool down, size_t most,
                       struct score_rank **out, size_t *n);
/* For moving quintiles: column r (last day), f (purchases), m (value_total) of customers that bought. First day and status
 * are counted like r and f, so that nobody has to look at all rows for them. */
enum score_axis { SCORE_R = 0, SCORE_F, SCORE_M, SCORE_FIRST, SCORE_STATUS };
bool score_axis_next(struct cx *cx, struct db *db, enum score_axis axis, int64_t from, bool up, bool *found,
                     int64_t *value, int64_t *times);

/* Reading all rows in no order (flow, cycle): the parts of score_row that need no second look, with the customer's labels. */
struct score_scan {
    int64_t customer_id;
    int64_t label[8]; /* by enum label_kind */
    enum status status;
    struct day first, last, closed_on;
    int64_t value_12m, cycle_e4;
    bool ranked;
    char abc;
    int64_t purchases;
    const int32_t *gap_days;
};
typedef bool score_scan_visit(struct cx *cx, void *owner, const struct score_scan *row);
bool score_scan_each(struct cx *cx, struct db *db, score_scan_visit *visit, void *owner);
typedef bool score_episode_visit(struct cx *cx, void *owner, const struct score_episode *episode);
/* customer_id 0: all, by customer. */
bool score_episode_each(struct cx *cx, struct db *db, int64_t customer_id, score_episode_visit *visit, void *owner);

/* score_difference -- how many rows of the kept tables are not the same in the temporary ones, or the reverse; what
 * names the first such table and customer. For `verify`. */
bool score_difference(struct cx *cx, struct db *db, int64_t *rows, struct str *what);
#endif
