// SPDX-License-Identifier: Apache-2.0
/* analyze.c -- files to a gather, a gather to customers. Where which column comes from is known here.
 */
#include "app/analyze.h"

#include "app/analyze_parts.h"
#include "app/analyze_read.h"
#include "app/heap.h"
#include "base/whole.h"
#include "stats/stat.h"

/* Columns that hang on the customer's own days and on the cuts, and those that its rows tell; all others need a score. */
static const enum column briefly[] = {COLUMN_CODE,
                                      COLUMN_PURCHASES,
                                      COLUMN_FIRST_PURCHASE,
                                      COLUMN_LAST_PURCHASE,
                                      COLUMN_RECENCY_DAYS,
                                      COLUMN_GAP_MEDIAN_DAYS,
                                      COLUMN_GAP_MEAN_DAYS,
                                      COLUMN_GAP_SD_DAYS,
                                      COLUMN_VALUE_TOTAL,
                                      COLUMN_VALUE_12M,
                                      COLUMN_VALUE_PREV_12M,
                                      COLUMN_AVERAGE_PURCHASE,
                                      COLUMN_RETURN_RATE,
                                      COLUMN_ABC,
                                      COLUMN_R,
                                      COLUMN_F,
                                      COLUMN_M,
                                      COLUMN_SEGMENT_RFM};
static const enum column told[] = {COLUMN_NAME,    COLUMN_TAX_ID, COLUMN_COMPANY, COLUMN_REP,
                                   COLUMN_SEGMENT, COLUMN_REGION, COLUMN_CITY};

static bool among(enum column wanted, const enum column *column, size_t n) {
    size_t i = 0;
    while (i < n && column[i] != wanted) {
        i++;
    }
    return i < n;
}

static void needs_find(const struct analyze_options *options, struct analyze *a, bool *texts) {
    a->brief = options->columns > 0;
    *texts = false;
    for (size_t i = 0; i < options->columns; i++) {
        enum column column = options->column[i];
        bool text = among(column, told, sizeof told / sizeof *told);
        a->brief = a->brief && (text || among(column, briefly, sizeof briefly / sizeof *briefly));
        *texts = *texts || text;
        a->median = a->median || column == COLUMN_GAP_MEDIAN_DAYS;
    }
    *texts = *texts || !a->brief; /* a segment has its own rhythm */
}

/* Do the files hold any text of a customer that is wanted, or a document's key? */
static void files_look(const struct import_source *source, size_t n, bool *texts, bool *documents) {
    static const enum field text[] = {FIELD_CUSTOMER_NAME, FIELD_TAX_ID, FIELD_COMPANY, FIELD_REP,
                                      FIELD_SEGMENT,       FIELD_REGION, FIELD_CITY};
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        const struct shape *shape = &source[i].shape;
        *documents = *documents || shape_has(shape, FIELD_DOCUMENT) || shape_has(shape, FIELD_COMPANY) ||
                     shape_has(shape, FIELD_DOCUMENT_VALUE);
        for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
            any = any || shape_has(shape, text[k]);
        }
    }
    *texts = *texts && any;
}

/* Headings in one file and lines in another meet by their numbers: that is an import's. */
static bool files_stand_alone(struct cx *cx, const struct import_source *source, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (order_role_of(&source[i].shape) == ORDER_LINES) {
            return cx_fail(cx, ERR_INVALID, S("analyze.lines_alone"), source[i].shape.path);
        }
    }
    return true;
}

static bool rejects_open(struct cx *cx, const struct import_options *read, struct whole *out) {
    if (read->rejects_path.n == 0) {
        return true;
    }
    if (!whole_open(cx, stdout, read->rejects_path, out)) {
        return false;
    }
    fputs(IMPORTING_REJECTS_HEAD, out->to);
    return true;
}

static bool files_read(struct cx *cx, const struct import_options *read, struct import_source *source,
                       struct import_report *report, struct gather *gather) {
    struct whole rejects = {0};
    struct analyze_reading reading = {.options = read, .gather = gather, .report = report};
    bool ok = rejects_open(cx, read, &rejects);
    reading.rejects = rejects.to;
    for (size_t i = 0; ok && i < read->paths; i++) {
        reading.source = &source[i];
        reading.file = (unsigned)i;
        ok = analyze_read(cx, &reading);
    }
    return rejects.to ? whole_close(cx, &rejects, ok) && ok : ok;
}

bool analyze_part(struct analyze_work *work, size_t part, struct settle_room *room) {
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct cx cx = {.arena = &arena};
    bool ok = settle_part(&cx, &work->analyze->settle, part, room);
    pthread_mutex_lock(&work->lock);
    if (!ok && !work->failed) {
        work->failed = true;
        (void)cx_fail(work->cx, cx.err.code, cx.err.key, cx.err.arg[0]);
    }
    ok = !work->failed;
    pthread_mutex_unlock(&work->lock);
    arena_clear(&arena);
    return ok;
}

bool analyze_parts(struct cx *cx, struct analyze_work *work, parallel_task *task) {
    work->cx = cx;
    atomic_init(&work->next, 0);
    pthread_mutex_init(&work->lock, NULL);
    parallel_run(0, PARALLEL_THREADS_MOST, task, work);
    pthread_mutex_destroy(&work->lock);
    return !work->failed;
}

static void report_sum(struct import_report *report) {
    struct import_counts *sum = &report->run.counts;
    for (size_t i = 0; i < report->files; i++) {
        const struct import_counts *more = &report->file[i].counts;
        sum->rows += more->rows;
        sum->added += more->added;
        sum->rejected += more->rejected;
        sum->blank += more->blank;
    }
}

static bool run(struct cx *cx, struct analyze *a, struct import_source *source, struct import_report *report) {
    const struct import_options *read = &a->options->read;
    bool texts = false, documents = false;
    needs_find(a->options, a, &texts);
    if (!import_sources(cx, read, source, report) || !files_stand_alone(cx, source, read->paths)) {
        return false;
    }
    files_look(source, read->paths, &texts, &documents);
    gather_open(&a->gather, documents, texts, a->options->memory);
    a->gathered = true;
    if (!files_read(cx, read, source, report, &a->gather) || !gather_check(cx, &a->gather)) {
        return false;
    }
    report_sum(report);
    a->settle = (struct settle){.gather = &a->gather, .as_of = a->options->as_of, .files = read->paths > 1};
    if (documents && read->paths > 1 && !settle_across(cx, &a->settle)) {
        return false;
    }
    return a->brief ? analyze_brief(cx, a) : analyze_full(cx, a);
}

bool analyze_open(struct cx *cx, const struct analyze_options *options, struct import_report *report,
                  struct analyze **out) {
    struct analyze *a = heap_new(1, sizeof *a);
    struct import_source *source = arena_new(cx->arena, struct import_source, options->read.paths + 1);
    *report = (struct import_report){.run = {.first_day = DAY_NONE, .last_day = DAY_NONE}};
    a->options = options;
    a->rule = policy_default();
    a->policy = (struct policy){&a->rule, 1};
    arena_init(&a->labels_arena, 0, arena_full_exit, NULL);
    for (size_t i = 0; i < LABEL_KIND_END; i++) {
        map_init(&a->label[i], 0, arena_full_exit, NULL);
    }
    bool ok = run(cx, a, source, report);
    for (size_t i = 0; i < options->read.paths; i++) {
        table_close(source[i].table);
    }
    if (!ok) {
        analyze_close(a);
        return false;
    }
    *out = a;
    return true;
}

void analyze_close(struct analyze *a) {
    if (!a) {
        return;
    }
    if (a->gathered) {
        gather_close(&a->gather);
    }
    for (size_t i = 0; i < GATHER_PARTS; i++) {
        free(a->of[i]);
        free(a->days[i]);
    }
    free(a->by_order);
    free(a->kept);
    free(a->label_code);
    free(a->settle.lost.key);
    if (a->gathered && !a->brief) {
        sales_clear(&a->sales);
    }
    arena_clear(&a->labels_arena);
    for (size_t i = 0; i < LABEL_KIND_END; i++) {
        map_clear(&a->label[i]);
    }
    free(a);
}

size_t analyze_customers(const struct analyze *a) {
    return a->n;
}

bool analyze_is_brief(const struct analyze *a) {
    return a->brief;
}

void analyze_customer(const struct analyze *a, size_t at, struct customer *out) {
    analyze_brief_customer(a, at, out);
}

bool analyze_each(struct cx *cx, struct analyze *a, analyze_visit *visit, void *owner) {
    if (!a->brief) {
        return analyze_full_each(cx, a, visit, owner);
    }
    for (size_t i = 0; i < a->n; i++) {
        struct customer c;
        analyze_customer(a, i, &c);
        if (!visit(cx, owner, &c)) {
            return false;
        }
    }
    return true;
}

void analyze_absent(struct str code, struct customer *out) {
    *out = (struct customer){.code = code,
                             .closed_on = DAY_NONE,
                             .last_contact = DAY_NONE,
                             .open_titles_cents = STAT_NONE,
                             .overdue_titles_cents = STAT_NONE,
                             .quotes = STAT_NONE,
                             .quote_cents = STAT_NONE,
                             .tickets = STAT_NONE,
                             .next_appointment = DAY_NONE,
                             .registered_on = DAY_NONE,
                             .place = STAT_NONE,
                             .credit_limit_cents = STAT_NONE,
                             .credit_left_cents = STAT_NONE,
                             .first_purchase = DAY_NONE,
                             .last_purchase = DAY_NONE,
                             .recency_days = STAT_NONE,
                             .gap_median_e4 = STAT_NONE,
                             .gap_mean_e4 = STAT_NONE,
                             .gap_sd_e4 = STAT_NONE,
                             .cycle_e4 = STAT_NONE,
                             .overdue_e4 = STAT_NONE,
                             .prior_days = STAT_NONE,
                             .at_risk_on = DAY_NONE,
                             .inactive_on = DAY_NONE,
                             .lost_on = DAY_NONE,
                             .average_cents = STAT_NONE,
                             .return_e4 = STAT_NONE,
                             .waited_e4 = STAT_NONE};
}

void analyze_told(const struct gather_kept *kept, struct customer *out) {
    struct str *const text[GATHER_TEXTS] = {&out->name,    &out->tax_id, &out->company, &out->rep,
                                            &out->segment, &out->region, &out->city};
    for (size_t i = 0; i < GATHER_TEXTS; i++) {
        *text[i] = kept->of[i].text;
    }
}
