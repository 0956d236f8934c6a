// SPDX-License-Identifier: Apache-2.0
/* flow -- the account of customers by month as kept sums: of all, by each label and by the class, and by any two of them.
 *
 * They are written with a whole score and moved with each of its rows, so that an account of a million customers is read
 * from some hundred rows. Of two kinds at once only the account itself is kept (became inactive, recovered, written off),
 * and no city; by one kind alone also who bought, came, was closed, or never bought. By the reason nothing is kept: that is asked
 * for, because each contact may move it.
 */
#ifndef REATIVA_STORE_FLOW_H
#define REATIVA_STORE_FLOW_H

#include "store/score.h"

/* The kinds of labels in their order (store/label.h), and the class: its label is the letter. */
enum flow_by {
    FLOW_ALL = 0,
    FLOW_COMPANY,
    FLOW_REP,
    FLOW_SEGMENT,
    FLOW_REGION,
    FLOW_CITY,
    FLOW_ABC,
    FLOW_BYS,
    FLOW_REASON = FLOW_BYS,
    FLOW_ASKED_BYS
};

enum flow_figure {
    FLOW_BECAME_INACTIVE,
    FLOW_RECOVERED,
    FLOW_WRITTEN_OFF,
    FLOW_PAIR_FIGURES, /* so many of two kinds at once */
    FLOW_BOUGHT = FLOW_PAIR_FIGURES,
    FLOW_NEW,
    FLOW_CLOSED,    /* written off by a person, whether inactive or not; of those that bought */
    FLOW_PROSPECTS, /* never bought; in the month of the score */
    FLOW_FIGURES
};

/* Of one month. inside: FLOW_ALL, or a kind that comes before `by`, and its label. */
struct flow_cell {
    enum flow_by by, inside;
    int64_t label, inside_label;
    int32_t month; /* month_of */
    int64_t figure[FLOW_FIGURES];
};

/* flow_change -- add the figures, which may be negative, to what is kept. */
bool flow_change(struct cx *cx, struct db *db, const struct flow_cell *cell);
/* flow_class_put -- the class that a customer's kept row counts under. */
bool flow_class_put(struct cx *cx, struct db *db, const struct score_row *row);

typedef bool flow_visit(struct cx *cx, void *owner, const struct flow_cell *cell);
/* flow_each -- the sums in sight by one kind, of all customers or of those inside one label; by label, then month. */
bool flow_each(struct cx *cx, struct db *db, enum flow_by by, enum flow_by inside, int64_t inside_label,
               flow_visit *visit, void *owner);
/* flow_reasons -- the account itself of the stretches of inactivity of which a reason was said, in the arena; by reason, then day.
 * inside: as above, but neither city nor class. */
struct flow_reason {
    int64_t reason_id;
    struct str name;
    struct day day;
    int64_t figure[FLOW_PAIR_FIGURES];
};
bool flow_reasons(struct cx *cx, struct db *db, struct day as_of, enum flow_by inside, int64_t inside_label,
                  struct flow_reason **out, size_t *n);
/* flow_first_month -- of the company's first purchase; *found false: nobody has bought. */
bool flow_first_month(struct cx *cx, struct db *db, bool *found, int32_t *out);

/* flow_recovered -- customers whom a purchase from..to won back, each once. */
bool flow_recovered(struct cx *cx, struct db *db, struct day from, struct day to, struct day as_of, int64_t *out);
/* flow_between -- ranked customers behind the place `high`, down to and with `low`, in the arena. */
struct flow_ranked {
    int64_t customer_id, value_12m;
    struct str code;
};
bool flow_between(struct cx *cx, struct db *db, const struct score_rank *high, const struct score_rank *low,
                  struct flow_ranked **out, size_t *n);

#endif
