// SPDX-License-Identifier: Apache-2.0
/* cluster.c -- the run: look at the orders, days, company, everybody's numbers, cuts, chances, result; and then the names.
 *
 * Invariant: until table_rename nothing that anybody else reads has been written; after it everything has.
 */
#include "app/cluster.h"

#include <math.h>
#include <string.h>

#include "app/cluster_parts.h"
#include "app/heap.h"
#include "base/secret.h"
#include "stats/trend.h"

enum { NAME_MOST = 120, FIELDS = 27, SECOND_US = 1000000, SESSION_BYTES = 16, OWN_COLUMNS = 3 };

static const int64_t left_over_us = INT64_C(24) * 3600 * SECOND_US;

/* -- statements -------------------------------------------------------------------------------------------------- */

static bool ask(struct cluster_run *run, const char *statement, struct str data, cluster_line *line, void *owner) {
    struct cx *cx = run->cx;
    struct str sql;
    if (!cluster_sql(cx, &run->words, statement, &sql))
        return false;
    struct str id = cx_text(cx, "%.*s-%d", STR_ARG(run->id), ++run->statements), stop;
    cluster_set_text(cx->arena, &run->words, "id", id);
    if (!cluster_sql(cx, &run->words, "query_stop", &stop))
        return false;
    const struct cluster_ask wish = {.sql = sql,
                                     .data = data,
                                     .session = run->session,
                                     .id = id,
                                     .stop = stop,
                                     .apart = run->request->apart && strcmp(statement, "days_fill") == 0,
                                     .line = line,
                                     .owner = owner};
    return run->request->link.ask(cx, run->request->link.owner, &wish);
}

bool cluster_run_ask(struct cluster_run *run, const char *statement, cluster_line *line, void *owner) {
    return ask(run, statement, (struct str){0}, line, owner);
}

bool cluster_run_put(struct cluster_run *run, const char *statement, struct str data) {
    return data.n == 0 || ask(run, statement, data, NULL, NULL);
}

struct numbers {
    int64_t *number;
    size_t n, rows;
};

static bool numbers_take(void *owner, struct str line) {
    struct numbers *take = owner;
    for (size_t i = 0; i < take->n; i++)
        take->number[i] = cluster_int(cluster_field(&line));
    take->rows++;
    return true;
}

bool cluster_run_numbers(struct cluster_run *run, const char *statement, int64_t *number, size_t n) {
    struct numbers take = {.number = number, .n = n};
    return cluster_run_ask(run, statement, numbers_take, &take) &&
           (take.rows == 1 || cx_fail(run->cx, ERR_DB, S("cluster.strange_answer"), str_from(statement)));
}

void cluster_run_step(const struct cluster_run *run, struct str what) {
    const struct progress *p = &run->request->progress;
    if (p->step)
        p->step(p->owner, what, 0, 0);
}

/* -- names ------------------------------------------------------------------------------------------------------- */

static const char *const work[] = {"days", "cycle", "stage", "chance", "result", "old_days", "old_result"};
enum { WORK_TABLES = sizeof work / sizeof *work };

static struct str days_name(const struct cluster_run *run) {
    return cx_text(run->cx, "%.*s__days", STR_ARG(run->request->into));
}

static struct str work_prefix(struct cx *cx, const struct cluster_request *request) {
    return cx_text(cx, "%.*s__run_", STR_ARG(request->into));
}

static bool names_set(struct cluster_run *run) {
    const struct cluster_request *request = run->request;
    struct arena *arena = run->cx->arena;
    unsigned char random[SESSION_BYTES];
    bool kept = request->into.n > 0;
    secret_bytes(random, sizeof random);
    run->id = cx_text(run->cx, "reativa-%.*s", STR_ARG(secret_hex(arena, random, sizeof random)));
    if (request->into.n > NAME_MOST || !str_valid_utf8(request->into))
        return cx_fail(run->cx, ERR_INVALID, S("cluster.into_long"), cx_text(run->cx, "%d", NAME_MOST));
    if (!kept)
        run->session = run->id;
    struct str prefix = work_prefix(run->cx, request);
    for (size_t i = 0; i < WORK_TABLES; i++) {
        struct str name = kept ? cx_text(run->cx, "%.*s%lld_%s", STR_ARG(prefix), (long long)request->now_us, work[i])
                               : cx_text(run->cx, "reativa_%s", work[i]);
        cluster_set_name(arena, &run->words, work[i], name);
    }
    cluster_set_sql(&run->words, "temporary", kept ? (struct str){0} : S("TEMPORARY "));
    cluster_set_sql(&run->words, "engine", (struct str){0});
    cluster_set_text(arena, &run->words, "database", request->database);
    cluster_set_text(arena, &run->words, "prefix", prefix);
    cluster_set_int(arena, &run->words, "prefix_n", (int64_t)prefix.n);
    cluster_set_name(arena, &run->words, "days_before", days_name(run));
    cluster_set_int(arena, &run->words, "as_of", request->as_of.n);
    return true;
}

static bool exists(struct cluster_run *run, struct str table, bool *out) {
    int64_t n = 0;
    cluster_set_text(run->cx->arena, &run->words, "table", table);
    bool ok = cluster_run_numbers(run, "table_exists", &n, 1);
    *out = n > 0;
    return ok;
}

/* A table of that name is taken away only if a run like this one made it. */
static bool ours(struct cluster_run *run, struct str table, bool days) {
    bool there;
    int64_t n[2] = {0};
    if (!exists(run, table, &there) || (there && !cluster_run_numbers(run, "table_columns", n, 2)))
        return false;
    return !there || n[days] == OWN_COLUMNS || cx_fail(run->cx, ERR_CONFLICT, S("cluster.into_taken"), table);
}

static bool drop(struct cluster_run *run, struct str quoted) {
    cluster_set_sql(&run->words, "table", quoted);
    return cluster_run_ask(run, "table_drop", NULL, NULL);
}

struct left {
    struct cluster_run *run;
    struct str *name;
    size_t n, room;
};

static bool left_take(void *owner, struct str line) {
    struct left *left = owner;
    left->name = heap_grown(left->name, &left->room, left->n + 1, sizeof *left->name);
    left->name[left->n++] = cluster_text(left->run->cx->arena, line);
    return true;
}

/* What a run left that was killed a day ago or longer; younger ones may be at work. */
static bool left_drop(struct cluster_run *run) {
    struct left left = {.run = run};
    size_t prefix = work_prefix(run->cx, run->request).n;
    bool ok = cluster_run_ask(run, "tables_left", left_take, &left);
    for (size_t i = 0; ok && i < left.n; i++) {
        struct str rest = {left.name[i].p + prefix, left.name[i].n - prefix};
        int64_t began_us = left.name[i].n > prefix ? cluster_int(rest) : 0;
        if (began_us > 0 && began_us < run->request->now_us - left_over_us)
            ok = drop(run, cluster_quoted(run->cx->arena, left.name[i], '`'));
    }
    free(left.name);
    return ok;
}

/* Temporary tables too: their session would keep them in memory for a while. The fault that ended the run stays the one that is told: a server
 * that is gone cannot be cleared up on. */
static void clear_up(struct cluster_run *run) {
    struct err first = run->cx->err;
    for (size_t i = 0; i < WORK_TABLES; i++) {
        for (size_t k = 0; k < run->words.n; k++) {
            if (str_equal(run->words.word[k].name, str_from(work[i]))) {
                cx_clear(run->cx);
                if (!drop(run, run->words.word[k].text))
                    i = WORK_TABLES;
                break;
            }
        }
    }
    run->cx->err = first;
}

/* An engine for what is looked up or scanned once, by its key. */
bool cluster_run_make(struct cluster_run *run, const char *statement, const char *key) {
    if (run->request->into.n > 0)
        cluster_set_sql(&run->words, "engine", cx_text(run->cx, "ENGINE = MergeTree ORDER BY (%s)", key));
    return cluster_run_ask(run, statement, NULL, NULL);
}

/* -- the orders -------------------------------------------------------------------------------------------------- */

struct look {
    struct cluster_run *run;
    struct str type[4];
    size_t lines;
};

static bool look_take(void *owner, struct str line) {
    struct look *look = owner;
    for (size_t i = 0; look->lines == 1 && i < 4; i++)
        look->type[i] = cluster_text(look->run->cx->arena, cluster_field(&line));
    look->lines++;
    return true;
}

static bool orders_look(struct cluster_run *run, struct cluster_orders *orders) {
    struct cx *cx = run->cx;
    if (!cluster_orders_read(cx, run->request->orders, orders))
        return false;
    struct look look = {.run = run};
    cluster_set_sql(&run->words, "orders_customer", orders->customer);
    cluster_set_sql(&run->words, "orders_day", orders->day);
    cluster_set_sql(&run->words, "orders_value", orders->value);
    cluster_set_sql(&run->words, "orders_changed", orders->changed.n > 0 ? orders->changed : S("0"));
    cluster_set_sql(&run->words, "orders_from", orders->from);
    run->report->spread = orders->spread;
    return cluster_run_ask(run, "orders_look", look_take, &look) &&
           (look.lines >= 2 || cx_fail(cx, ERR_DB, S("cluster.strange_answer"), S("orders_look"))) &&
           cluster_orders_types(cx, orders, look.type, &run->words) &&
           cluster_run_numbers(run, "orders_unusable", &run->report->unusable, 1);
}

/* -- days -------------------------------------------------------------------------------------------------------- */

/* Those of before can be begun with: there are some, and the orders say when they changed. */
static bool before_find(struct cluster_run *run, const struct cluster_orders *orders, bool *out, int64_t *since) {
    const struct cluster_request *request = run->request;
    *out = false;
    if (request->into.n == 0 || request->whole || orders->changed.n == 0)
        return true;
    if (!exists(run, days_name(run), out) || !*out)
        return run->cx->err.code == ERR_NONE;
    struct str mine = {0};
    for (size_t i = 0; i < run->words.n; i++) {
        if (str_equal(run->words.word[i].name, S("days")))
            mine = run->words.word[i].text;
    }
    int64_t count[4] = {0};
    cluster_set_name(run->cx->arena, &run->words, "days", days_name(run));
    bool ok = cluster_run_numbers(run, "days_count", count, 4);
    cluster_set_sql(&run->words, "days", mine);
    *out = count[0] > 0;
    *since = count[3];
    return ok;
}

static bool days_make(struct cluster_run *run, const struct cluster_orders *orders) {
    struct cluster_words *words = &run->words;
    bool before = false;
    int64_t since = 0, count[4] = {0};
    cluster_run_step(run, S("cluster.step_days"));
    if (!before_find(run, orders, &before, &since) || !cluster_run_make(run, "days_make", "customer"))
        return false;
    cluster_set_sql(words, "orders_only", (struct str){0});
    if (before) {
        cluster_set_int(run->cx->arena, words, "since", since);
        if (!cluster_part(run->cx, words, "days_only", "orders_only"))
            return false;
    }
    if (!cluster_run_ask(run, "days_fill", NULL, NULL) || (before && !cluster_run_ask(run, "days_keep", NULL, NULL)) ||
        !cluster_run_numbers(run, "days_count", count, 4))
        return false;
    run->report->only_changed = before;
    run->report->documents_days = count[2];
    return count[1] == 0 ||
           cx_fail(run->cx, ERR_INVALID, S("cluster.not_apart"), cx_text(run->cx, "%lld", (long long)count[1]));
}

/* -- everybody --------------------------------------------------------------------------------------------------- */

static bool rule_set(struct cluster_run *run) {
    const struct due_rule *rule = &run->request->rule;
    struct cluster_words *words = &run->words;
    struct arena *arena = run->cx->arena;
    cluster_set_int(arena, words, "lost_days", rule->lost_days);
    if (rule->kind == DUE_DAYS) {
        cluster_set_sql(words, "number", cx_text(run->cx, "%d", rule->inactive_days));
        if (!cluster_part(run->cx, words, "number", "inactive_days"))
            return false;
        cluster_set_sql(words, "number", cx_text(run->cx, "%d", rule->at_risk_days));
        return cluster_part(run->cx, words, "number", "at_risk_days");
    }
    if (rule->kind != DUE_CYCLE)
        return cx_fail(run->cx, ERR_INVALID, S("cluster.rule_of_chances"));
    cluster_set_int(arena, words, "inactive_e4", rule->inactive_e4);
    cluster_set_int(arena, words, "at_risk_e4", rule->at_risk_e4);
    cluster_set_int(arena, words, "floor", rule->floor_days);
    cluster_set_int(arena, words, "ceiling", rule->ceiling_days);
    return cluster_part(run->cx, words, "due_cycle_inactive", "inactive_days") &&
           cluster_part(run->cx, words, "due_cycle_at_risk", "at_risk_days");
}

static bool status_take(void *owner, struct str line) {
    struct cluster_report *report = owner;
    int64_t status = cluster_int(cluster_field(&line)), n = cluster_int(cluster_field(&line));
    if (status >= 0 && status < STATUS_COUNT)
        report->status[status] += n;
    report->customers += n;
    return true;
}

static bool everybody(struct cluster_run *run) {
    cluster_run_step(run, S("cluster.step_everybody"));
    return cluster_run_make(run, "stage_make", "customer") && cluster_run_ask(run, "stage_fill", NULL, NULL) &&
           cluster_run_ask(run, "status_counts", status_take, run->report);
}

/* -- what comes back --------------------------------------------------------------------------------------------- */

struct giving {
    struct cluster_run *run;
    cluster_visit *visit;
    void *owner;
};

static bool absent(struct str field) {
    return str_equal(field, S("\\N"));
}

static int64_t number_of(struct str field) {
    return absent(field) ? STAT_NONE : cluster_int(field);
}

static struct day date_of(struct str field) {
    struct day day = DAY_NONE;
    (void)(absent(field) || day_parse_iso(field, &day));
    return day;
}

static double real_of(struct cx *cx, struct str field) {
    return absent(field) ? NAN : strtod(str_terminated(cx->arena, field), NULL);
}

static enum status status_named(struct str name) {
    int i = 0;
    while (i < STATUS_COUNT - 1 && !str_equal(name, str_from(status_name((enum status)i))))
        i++;
    return (enum status)i;
}

static enum trend trend_named(struct str name) {
    return str_equal(name, S("down"))   ? TREND_DOWN
           : str_equal(name, S("flat")) ? TREND_FLAT
           : name.n > 0                 ? TREND_UP
                                        : TREND_NONE;
}

static bool row_give(void *owner, struct str line) {
    struct giving *g = owner;
    struct cx *cx = g->run->cx;
    struct arena_mark mark = arena_mark_get(cx->arena);
    struct str f[FIELDS];
    for (size_t i = 0; i < FIELDS; i++)
        f[i] = cluster_field(&line);
    struct cluster_row row = {.customer = {.code = cluster_text(cx->arena, f[0]),
                                           .status = status_named(f[1]),
                                           .purchases = cluster_int(f[2]),
                                           .first_purchase = date_of(f[3]),
                                           .last_purchase = date_of(f[4]),
                                           .recency_days = number_of(f[5]),
                                           .gap_median_e4 = number_of(f[6]),
                                           .gap_mean_e4 = number_of(f[7]),
                                           .gap_sd_e4 = number_of(f[8]),
                                           .cycle_e4 = number_of(f[9]),
                                           .overdue_e4 = number_of(f[10]),
                                           .at_risk_on = date_of(f[11]),
                                           .inactive_on = date_of(f[12]),
                                           .lost_on = date_of(f[13]),
                                           .value_total = cluster_int(f[14]),
                                           .value_12m = cluster_int(f[15]),
                                           .value_prev_12m = cluster_int(f[16]),
                                           .average_cents = number_of(f[17]),
                                           .return_e4 = number_of(f[18]),
                                           .trend = trend_named(f[19]),
                                           .abc = f[20].n > 0 ? f[20].p[0] : 0,
                                           .r = (int)cluster_int(f[21]),
                                           .f = (int)cluster_int(f[22]),
                                           .m = (int)cluster_int(f[23])},
                              .p_alive = real_of(cx, f[24]),
                              .p_active = real_of(cx, f[25]),
                              .expected = real_of(cx, f[26])};
    struct customer *c = &row.customer;
    c->closed_on = c->last_contact = c->next_appointment = c->registered_on = DAY_NONE;
    c->prior_days = c->waited_e4 = c->open_titles_cents = c->overdue_titles_cents = STAT_NONE;
    c->quotes = c->quote_cents = c->tickets = c->place = c->credit_limit_cents = c->credit_left_cents = STAT_NONE;
    bool ok = g->visit(cx, g->owner, &row);
    if (ok)
        arena_rewind(cx->arena, mark);
    return ok;
}

/* -- the result -------------------------------------------------------------------------------------------------- */

static struct str renamed(struct cluster_run *run, struct str from, struct str to) {
    return cx_text(run->cx, "%.*s TO %.*s", STR_ARG(from), STR_ARG(to));
}

static struct str word_of(const struct cluster_run *run, const char *name) {
    for (size_t i = 0; i < run->words.n; i++) {
        if (str_equal(run->words.word[i].name, str_from(name)))
            return run->words.word[i].text;
    }
    return (struct str){0};
}

/* All names in one statement. The servers of old change them at once; today's one after another, so that who reads in that instant may meet no
 * table, but never half of one. Were it to stop in between, the next run makes both anew. */
static bool names_take(struct cluster_run *run) {
    struct cx *cx = run->cx;
    struct str into = run->request->into, days = days_name(run);
    struct str to_result = cluster_quoted(cx->arena, into, '`'), to_days = cluster_quoted(cx->arena, days, '`');
    bool had_result, had_days;
    if (!exists(run, into, &had_result) || !exists(run, days, &had_days))
        return false;
    struct buf renames;
    buf_init(&renames, cx->arena, 0);
    if (had_result)
        buf_printf(&renames, "%.*s, ", STR_ARG(renamed(run, to_result, word_of(run, "old_result"))));
    if (had_days)
        buf_printf(&renames, "%.*s, ", STR_ARG(renamed(run, to_days, word_of(run, "old_days"))));
    buf_printf(&renames, "%.*s, ", STR_ARG(renamed(run, word_of(run, "result"), to_result)));
    buf_put(&renames, renamed(run, word_of(run, "days"), to_days));
    cluster_set_sql(&run->words, "renames", buf_str(&renames));
    return cluster_run_ask(run, "table_rename", NULL, NULL);
}

static bool result_make(struct cluster_run *run) {
    cluster_run_step(run, S("cluster.step_result"));
    return cluster_run_make(run, "result_make", "customer") && cluster_run_ask(run, "result_fill", NULL, NULL);
}

static bool run_all(struct cluster_run *run, cluster_visit *visit, void *owner) {
    struct cluster_orders orders;
    if (!rule_set(run) || !orders_look(run, &orders))
        return false;
    if (run->request->into.n > 0 &&
        (!ours(run, run->request->into, false) || !ours(run, days_name(run), true) || !left_drop(run)))
        return false;
    if (!days_make(run, &orders) || !cluster_cycles(run) || !everybody(run) || !cluster_cuts(run) ||
        !cluster_model(run) || !result_make(run))
        return false;
    if (run->request->into.n > 0)
        return names_take(run);
    struct giving giving = {run, visit, owner};
    return cluster_run_ask(run, "result_rows", row_give, &giving);
}

bool cluster_analyze(struct cx *cx, const struct cluster_request *request, cluster_visit *visit, void *owner,
                     struct cluster_report *out) {
    struct cluster_run *run = arena_new(cx->arena, struct cluster_run, 1);
    *out = (struct cluster_report){0};
    *run = (struct cluster_run){.cx = cx, .request = request, .report = out};
    if (request->as_of.n < 1 || request->as_of.n > CLUSTER_DAY_MOST)
        return cx_fail(cx, ERR_INVALID, S("cluster.as_of"));
    if (!cluster_model_ready(cx, request->model) || !names_set(run))
        return false;
    bool ok = run_all(run, visit, owner);
    clear_up(run);
    return ok;
}
