// SPDX-License-Identifier: Apache-2.0
/* backtest_json -- everything a backtest found, for programs. */
#include "cli/backtest.h"
#include "cli/json.h"

static const char *const reasons[] = {[BACKTEST_DONE] = NULL, [BACKTEST_EMPTY] = "empty", [BACKTEST_SHORT] = "short"};

static void put_estimate(struct json *json, const char *name, const struct estimate *e) {
    json_object(json, name);
    json_real(json, "value", e->value);
    json_real(json, "low", e->low);
    json_real(json, "high", e->high);
    json_object_end(json);
}

static void put_measure(struct json *json, const struct measure *m) {
    json_number(json, "customers", m->customers);
    json_number(json, "cases", m->cases);
    json_number(json, "bought", m->happened);
    put_estimate(json, "auc", &m->auc);
    put_estimate(json, "lift", &m->lift);
    put_estimate(json, "brier", &m->brier);
    put_estimate(json, "log_score", &m->log_score);
    put_estimate(json, "mae", &m->mae);
    put_estimate(json, "bias", &m->bias);
    put_estimate(json, "lost_value_flagged", &m->lost_value_flagged);
    json_real(json, "flagged", m->flagged);
    json_real(json, "false_alarms", m->false_alarms);
    json_array(json, "reliability");
    for (size_t i = 0; i < m->bins; i++) {
        json_object(json, NULL);
        json_real(json, "said", m->bin[i].p_mean);
        json_real(json, "bought", m->bin[i].share);
        json_real(json, "low", m->bin[i].low);
        json_real(json, "high", m->bin[i].high);
        json_number(json, "cases", m->bin[i].n);
        json_object_end(json);
    }
    json_array_end(json);
}

static void put_contrast(struct json *json, const char *name, const struct backtest_against *against) {
    const struct measure_contrast *c = &against->contrast;
    json_object(json, name);
    put_estimate(json, "log_score", &c->log_score);
    put_estimate(json, "log_score_95", &c->log_score_95);
    put_estimate(json, "auc", &c->auc);
    put_estimate(json, "auc_95", &c->auc_95);
    json_bool(json, "real", against->real);
    json_object_end(json);
}

static void put_candidate(struct json *json, const struct backtest_report *report, size_t at) {
    const struct backtest_row *row = &report->row[at];
    json_object(json, NULL);
    json_text(json, "candidate", row->name);
    json_bool(json, "rule", row->rule);
    json_bool(json, "recommended", at == 0);
    json_bool(json, "in_force", row->in_force);
    put_measure(json, &row->said.total);
    json_real(json, "false_alarms_week_rep", row->false_alarms);
    put_contrast(json, "recommended_minus_this", &row->recommended);
    if (report->by_itself < report->rows)
        put_contrast(json, "probability_minus_this", &row->by_itself);
    json_array(json, "by_cut");
    for (size_t i = 0; i < report->cuts; i++) {
        json_object(json, NULL);
        json_day(json, "cut", report->cut[i].day);
        json_text(json, "chosen", row->chosen[i]);
        json_bool(json, "stood_in", row->said.stood_in[i]);
        put_measure(json, &row->said.cut[i]);
        json_object_end(json);
    }
    json_array_end(json);
    json_object_end(json);
}

static void put_cuts(struct json *json, const struct backtest_report *report) {
    json_array(json, "cuts");
    for (size_t i = 0; i < report->cuts; i++) {
        const struct backtest_cut_report *cut = &report->cut[i];
        json_object(json, NULL);
        json_day(json, "day", cut->day);
        json_number(json, "customers", cut->customers);
        json_number(json, "bought", cut->bought);
        json_number(json, "learnt_from", cut->learnt_from);
        json_object_end(json);
    }
    json_array_end(json);
}

static struct str name_at(const struct backtest_report *report, size_t row) {
    return row < report->rows ? report->row[row].name : (struct str){0};
}

bool backtest_write_json(struct cli *cli, const struct backtest_report *report) {
    struct json json;
    json_open(&json, cli, cli->world->out);
    json_object(&json, NULL);
    json_text(&json, "none_because", str_from(reasons[report->none]));
    json_number(&json, "horizon_days", report->horizon_days);
    json_day(&json, "first_day", report->first_day);
    json_day(&json, "known_until", report->known_until);
    json_day(&json, "enough_on", report->enough_on);
    json_number(&json, "customers", report->customers);
    json_number(&json, "customers_known", report->customers_known);
    json_number(&json, "reps", report->reps);
    json_number(&json, "cases", report->cases);
    json_number(&json, "bought", report->bought);
    put_cuts(&json, report);
    json_text(&json, "recommended", name_at(report, 0));
    json_text(&json, "next_best", name_at(report, report->next));
    json_text(&json, "in_force", name_at(report, report->in_force));
    json_text(&json, "best_rule", name_at(report, report->best_rule));
    if (report->rows > 0)
        put_contrast(&json, "best_rule_minus_in_force", &report->best_rule_against);
    json_array(&json, "candidates");
    for (size_t i = 0; i < report->rows; i++)
        put_candidate(&json, report, i);
    json_array_end(&json);
    json_object_end(&json);
    return json_close(&json);
}
