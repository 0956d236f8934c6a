// SPDX-License-Identifier: Apache-2.0
/* study -- a question that takes too long for a page: asked, answered once on a thread of its own, and kept. */
#ifndef REATIVA_STORE_STUDY_H
#define REATIVA_STORE_STUDY_H

#include "base/day.h"
#include "core/status.h"
#include "store/db.h"

enum study_kind { STUDY_CYCLE = 1, STUDY_BACKTEST, STUDY_RULES };
enum study_state { STUDY_NONE = 0, STUDY_ASKED, STUDY_RUNNING, STUDY_DONE, STUDY_FAILED };

struct study {
    int64_t id;
    enum study_kind kind;
    enum study_state state;
    struct str who;
    int64_t asked_us, started_us, ended_us;
    struct day as_of;
    int64_t facts;
    struct str about, result, told; /* told: err_line of why it failed */
};

/* study_add -- id and state are made here. *again: what has this mark was asked before; one that failed begins anew. */
bool study_add(struct cx *cx, struct db *db, const struct study *study, struct str mark, int64_t *id, bool *again);
bool study_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct study *out);
bool study_first(struct cx *cx, struct db *db, enum study_state state, bool *found, struct study *out);
/* study_newest -- of the rhythm and of the backtest: what is done, and what was asked after it; state STUDY_NONE: nothing. facts: as score_facts,
 * as long as anything was ever asked. */
struct study_pair {
    struct study done, next;
};
bool study_newest(struct cx *cx, struct db *db, struct study_pair *cycle, struct study_pair *backtest, int64_t *facts);
bool study_claim(struct cx *cx, struct db *db, int64_t id, int64_t now_us, bool *mine);
bool study_end(struct cx *cx, struct db *db, const struct study *ended, bool *mine);
bool study_left(struct cx *cx, struct db *db); /* what was under way is asked again */
/* study_drop -- of a kind all that are over but the newest so many, with their customers. */
bool study_drop(struct cx *cx, struct db *db, enum study_kind kind, int64_t kept);

/* Who changes status under rules that are tried; place counts from 1. */
struct study_change {
    int64_t customer_id, value_cents;
    enum status before, after;
};
bool study_changes_put(struct cx *cx, struct db *db, int64_t study_id, const struct study_change *change, size_t n);
struct study_customer {
    int64_t place;
    struct str code, name, rep, segment;
    enum status before, after;
    int64_t value_cents;
};
struct study_ask {
    int64_t study_id, behind;
    int before, after; /* an enum status; -1: any */
    int64_t most;
};
/* study_customer_each -- by place; texts live until the visit returns. */
typedef bool study_customer_visit(struct cx *cx, void *owner, const struct study_customer *row);
bool study_customer_each(struct cx *cx, struct db *db, const struct study_ask *ask, study_customer_visit *visit,
                         void *owner);

#endif
