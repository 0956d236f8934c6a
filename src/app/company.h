// SPDX-License-Identifier: Apache-2.0
/* company -- what must be known of all customers together before one can be judged: values and the cuts of the classes, the
 * rhythm of the segments, what foretells. Found from the sales alone; whoever has those can judge (score, analyze).
 */
#ifndef REATIVA_APP_COMPANY_H
#define REATIVA_APP_COMPANY_H

#include "app/cuts.h"
#include "app/derive.h"
#include "app/forecasting.h"

struct company_wish {
    const struct policy *policy;
    const struct str *label_code; /* by label id */
    size_t label_codes;
    struct str model;                 /* as score_wish's */
    bool insist;                      /* on that model */
    const struct forecast_kept *kept; /* foretell with this one; NULL: learn */
    struct progress progress;
};

struct company {
    const struct sales *sales;
    struct derive_segments segments;
    struct prior_table prior;
    struct alive_table alive;
    struct forecasting forecasting;
    struct cut_value *value; /* by place */
    char *abc;               /* by place */
    struct score_run run;    /* all but facts, made_us and customers */
    struct derive_company derive;
};

/* company_find -- *out stays where it is: its parts point at each other. company_clear also after a failure. */
bool company_find(struct cx *cx, const struct sales *sales, const struct company_wish *wish, struct company *out);
void company_clear(struct company *company);

#endif
