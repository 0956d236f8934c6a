// SPDX-License-Identifier: Apache-2.0
/* forecast -- see forecast.h. Must not look into the model's text. */
#include "store/forecast.h"

#include "store/sql.h"

static struct forecast_figure read_figure(struct sql_rows *rows, int first) {
    return (struct forecast_figure){sql_get_int(rows, first), sql_get_int(rows, first + 1),
                                    sql_get_int(rows, first + 2)};
}

static bool read_trials(struct cx *cx, struct db *db, struct forecast_kept *out) {
    struct sql_rows *rows;
    if (!sql_open(cx, db, SQL_FORECAST_TRIAL_LIST, NULL, 0, &rows))
        return false;
    bool more, good;
    while ((good = sql_next(cx, rows, &more)) && more && out->trials < FORECAST_METHODS)
        out->trial[out->trials++] = (struct forecast_kept_trial){.method = (enum forecast_method)sql_get_int(rows, 0),
                                                                 .cases = sql_get_int(rows, 1),
                                                                 .happened = sql_get_int(rows, 2),
                                                                 .log_score = read_figure(rows, 3),
                                                                 .auc = read_figure(rows, 6)};
    sql_close(rows);
    return good;
}

bool forecast_find(struct cx *cx, struct db *db, bool *found, struct forecast_kept *out) {
    *out = (struct forecast_kept){.learnt_on = DAY_NONE, .first_day = DAY_NONE, .enough_on = DAY_NONE};
    struct sql_rows *rows;
    if (!sql_open(cx, db, SQL_FORECAST_FIND, NULL, 0, &rows))
        return false;
    bool good = sql_next(cx, rows, found);
    if (good && *found) {
        out->method = (enum forecast_method)sql_get_int(rows, 0);
        out->learnt_on = sql_get_day(rows, 1);
        out->customers = sql_get_int(rows, 2);
        out->purchases = sql_get_int(rows, 3);
        out->first_day = sql_get_day(rows, 4);
        out->enough_on = sql_get_day(rows, 5);
        out->origins = sql_get_int(rows, 6);
        out->warnings = (uint32_t)sql_get_int(rows, 7);
        out->season = sql_get_int(rows, 8) != 0;
        out->segments = str_copy(cx->arena, sql_get_text(rows, 9));
        out->model = str_copy(cx->arena, sql_get_text(rows, 10));
    }
    sql_close(rows);
    return good && (!*found || read_trials(cx, db, out));
}

static bool add_trial(struct cx *cx, struct db *db, const struct forecast_kept_trial *trial) {
    const struct forecast_figure *log_score = &trial->log_score, *auc = &trial->auc;
    return SQL_RUN(cx, db, SQL_FORECAST_TRIAL_ADD, sql_int((int64_t)trial->method), sql_int(trial->cases),
                   sql_int(trial->happened), sql_number(log_score->value_e6), sql_number(log_score->low_e6),
                   sql_number(log_score->high_e6), sql_number(auc->value_e6), sql_number(auc->low_e6),
                   sql_number(auc->high_e6));
}

bool forecast_add(struct cx *cx, struct db *db, const struct forecast_kept *kept) {
    for (size_t i = 0; i < kept->trials; i++) {
        if (!add_trial(cx, db, &kept->trial[i]))
            return false;
    }
    return SQL_RUN(cx, db, SQL_FORECAST_ADD, sql_int((int64_t)kept->method), sql_day(kept->learnt_on),
                   sql_int(kept->customers), sql_int(kept->purchases), sql_day(kept->first_day),
                   sql_day(kept->enough_on), sql_int(kept->origins), sql_int(kept->warnings), sql_int(kept->season),
                   sql_text(kept->segments), sql_text(kept->model));
}
