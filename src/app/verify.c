// SPDX-License-Identifier: Apache-2.0
/* verify.c -- asks the database, then builds the derived tables beside the kept ones and compares. */
#include "app/verify.h"

#include "app/score_change.h"
#include "store/backup.h"
#include "store/policy.h"

static bool derived_check(struct cx *cx, struct db *db, struct progress progress, struct verify_report *out) {
    struct score_run run;
    struct policy policy;
    struct str what = {0};
    int64_t facts = 0;
    if (!db_read(cx, db)) {
        return false;
    }
    bool ok = score_drop_temporary(cx, db) && score_run_find(cx, db, &out->scored, &run) &&
              score_facts(cx, db, &facts) && policy_load(cx, db, &policy);
    out->stale = ok && out->scored && (run.facts != facts || !str_equal(run.policy, policy_text(cx->arena, &policy)));
    out->as_of = ok && out->scored ? run.as_of : DAY_NONE;
    if (ok && out->scored && !out->stale) {
        ok = score_beside(cx, db, &run, &policy, progress) && score_difference(cx, db, &out->derived_faults, &what);
        if (out->first.n == 0) {
            out->first = what;
        }
    }
    db_rollback(db);
    return ok;
}

bool verify_all(struct cx *cx, struct db *db, struct progress progress, struct verify_report *out) {
    *out = (struct verify_report){.as_of = DAY_NONE};
    return backup_check(cx, db, &out->database_faults, &out->first) && derived_check(cx, db, progress, out);
}
