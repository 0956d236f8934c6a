// SPDX-License-Identifier: Apache-2.0
/* jobs -- what is done again and again: the list, one with its runs, when and whether it is done, and now.
 */
#include "web/manage/jobs.h"

#include "app/jobs_edit.h"
#include "base/text.h"
#include "web/csv.h"
#include "web/hands.h"
#include "web/listing.h"
#include "web/manage/manage.h"
#include "web/pages.h"

#define SECOND_US INT64_C(1000000)

static const struct jobs *all_jobs(const struct page *page) {
    return hands_jobs(page_hands(page));
}

static struct str number(struct page *page, int64_t n) {
    return cx_text(page->cx, "%lld", (long long)n);
}

/* ---- words ---- */

struct str job_name(struct page *page, const struct jobs_row *row) {
    return row->job.title.n > 0
               ? page_text(page, cx_text(page->cx, "job.named_%s", row->def->name), row->job.title)
               : page_text(page, cx_text(page->cx, "job.name_%s", row->def->name), number(page, row->id));
}

struct str job_about(struct page *page, const struct jobs_row *row) {
    return page_text(page, cx_text(page->cx, "job.about_%s", row->def->name));
}

struct str job_state_text(struct page *page, const struct jobs_row *row) {
    return page_text(page, row->busy                      ? S("job.under_way")
                           : row->job.asked_us > 0        ? S("job.asked")
                           : row->job.state == JOB_PAUSED ? S("job.paused")
                           : row->job.tries > 0           ? S("job.trying")
                                                          : S("job.on"));
}

const char *job_state_class(const struct jobs_row *row) {
    return row->busy || row->job.asked_us > 0 ? "bg-blue-lt"
           : row->job.state == JOB_PAUSED     ? "bg-yellow-lt"
           : row->job.tries > 0               ? "bg-red-lt"
                                              : "bg-green-lt";
}

struct str job_when(struct page *page, const struct jobs_row *row) {
    if (row->next_us == 0)
        return page_text(page, row->busy ? S("job.under_way") : S("job.never_again"));
    return row->next_us <= page->now_us ? page_text(page, S("job.at_once")) : page_moment(page, row->next_us);
}

static const char *const results[JOB_RESULTS] = {"under_way", "done", "failed", "broken"};

struct str job_result_text(struct page *page, enum job_result result) {
    return page_text(page, cx_text(page->cx, "job.result_%s", results[result]));
}

const char *job_result_class(enum job_result result) {
    return result == JOB_DONE        ? "bg-green-lt"
           : result == JOB_UNDER_WAY ? "bg-blue-lt"
           : result == JOB_FAILED    ? "bg-red-lt"
                                     : "bg-yellow-lt";
}

struct str job_run_lasted(struct page *page, const struct job_run *run) {
    enum { MINUTE = 60, SHOWN_IN_SECONDS = 2 * MINUTE };
    if (run->ended_us == 0)
        return (struct str){0};
    int64_t ms = (run->ended_us - run->began_us) / 1000;
    if (ms / 1000 >= SHOWN_IN_SECONDS)
        return page_text(page, S("job.minutes"), html_arg_long(page, ms / 1000 / MINUTE));
    return page_text(page, S("job.seconds"), text_decimal(page->arena, page->lang, ms, 3, ms < 10000 ? 1 : 0));
}

struct str job_run_why(struct page *page, const struct job_run *run) {
    if (run->due_us == 0)
        return page_text(page, S("job.why_asked"), run->asked_by);
    if (!jobs_late(run))
        return (struct str){0};
    struct str due = page_moment(page, run->due_us);
    return run->missed > 0 ? page_text(page, S("job.why_late_many"), due, html_arg_long(page, run->missed))
                           : page_text(page, S("job.why_late"), due);
}

struct str job_run_said(struct page *page, const struct job_run *run) {
    if (run->result == JOB_BROKEN)
        return page_text(page, S("job.said_broken"));
    return jobs_said(page->arena, page->lang, run->said);
}

/* ---- the list ---- */

static bool fits(struct page *page, const struct jobs_view *v, const struct jobs_row *row, struct str wanted) {
    if ((str_equal(v->state, S("paused")) && row->job.state != JOB_PAUSED) ||
        (str_equal(v->state, S("on")) && row->job.state != JOB_ON) ||
        (str_equal(v->state, S("failed")) && !(row->has_run && row->last.result >= JOB_FAILED)))
        return false;
    return listing_holds(page, job_name(page, row), wanted) || listing_holds(page, row->job.name, wanted) ||
           listing_holds(page, schedule_words(page, row->job.schedule), wanted);
}

static struct listing_key key_of(struct page *page, struct str column, const struct jobs_row *row) {
    if (str_equal(column, S("next")))
        return (struct listing_key){.row = row, .number = row->next_us == 0 ? INT64_MAX : row->next_us};
    if (str_equal(column, S("last")))
        return (struct listing_key){.row = row, .number = row->has_run ? row->last.began_us : 0};
    if (str_equal(column, S("state")))
        return (struct listing_key){.row = row, .text = job_state_text(page, row)};
    return (struct listing_key){.row = row, .text = str_fold(page->arena, job_name(page, row))};
}

static bool list_look(struct page *page, struct jobs_view *v) {
    struct jobs_row *all;
    *v = (struct jobs_view){
        .q = str_trim(page_query(page, "q")), .state = page_query(page, "state"), .sort = page_query(page, "sort")};
    if (!jobs_look(page->cx, page->db, all_jobs(page), &all, &v->all))
        return false;
    struct str wanted = str_fold(page->arena, v->q);
    struct listing_key *key = arena_new(page->arena, struct listing_key, v->all + 1);
    for (size_t i = 0; i < v->all; i++)
        if (fits(page, v, &all[i], wanted))
            key[v->n++] = key_of(page, listing_column(v->sort), &all[i]);
    listing_sort(key, v->n, listing_down(v->sort));
    v->row = arena_new(page->arena, const struct jobs_row *, v->n + 1);
    for (size_t i = 0; i < v->n; i++)
        v->row[i] = key[i].row;
    return true;
}

struct url jobs_address(struct page *page, const struct jobs_view *v, const char *path, const char *sort) {
    const struct http_field part[] = {
        {S("q"), v->q}, {S("state"), v->state}, {S("sort"), listing_turned(page, v->sort, "name", sort)}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

const char *jobs_order(const struct jobs_view *v, const char *sort) {
    return listing_order(v->sort, "name", sort);
}

bool jobs_show(struct page *page) {
    struct jobs_view v;
    if (!list_look(page, &v))
        return false;
    page_top(page, page_text(page, S("menu.jobs")));
    jobs_page(page, &v);
    page_bottom(page);
    return true;
}

static struct str moment(struct page *page, int64_t us) {
    return us > 0 ? text_moment_iso(page->arena, us) : S("");
}

static struct str lasted_seconds(struct page *page, const struct job_run *run) {
    int64_t ms = run->ended_us > 0 ? (run->ended_us - run->began_us) / 1000 : -1;
    return ms < 0 ? S("") : cx_text(page->cx, "%lld.%03lld", (long long)(ms / 1000), (long long)(ms % 1000));
}

bool jobs_export(struct page *page) {
    struct jobs_view v;
    if (!list_look(page, &v))
        return false;
    csv_start(page, "jobs.csv");
    CSV_ROW(page, S("name"), S("title"), S("schedule"), S("in_words"), S("state"), S("next_at"), S("last_began_at"),
            S("last_seconds"), S("last_result"), S("last_said"));
    for (size_t i = 0; i < v.n; i++) {
        const struct jobs_row *r = v.row[i];
        const struct job_run *last = &r->last;
        CSV_ROW(page, r->job.name, job_name(page, r), r->job.schedule, schedule_words(page, r->job.schedule),
                r->job.state == JOB_ON ? S("on") : S("paused"), moment(page, r->next_us),
                r->has_run ? moment(page, last->began_us) : S(""), r->has_run ? lasted_seconds(page, last) : S(""),
                r->has_run ? str_from(results[last->result]) : S(""), r->has_run ? job_run_said(page, last) : S(""));
    }
    return true;
}

/* ---- one ---- */

static bool one_look(struct page *page, int64_t id, int64_t before, int64_t most, struct job_view *v) {
    struct jobs_row *all;
    size_t n;
    if (!jobs_look(page->cx, page->db, all_jobs(page), &all, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        if (all[i].job.id == id) {
            v->row = all[i];
            return jobs_runs(page->cx, page->db, id, before, most, &v->run, &v->n);
        }
    return cx_fail(page->cx, ERR_NOT_FOUND, S("job.none"));
}

static bool one_show(struct page *page, int64_t id, bool typed, struct job_view *v) {
    int64_t before = INT64_MAX;
    struct schedule schedule = {.kind = SCHEDULE_WORKDAYS};
    (void)page_number(page_query(page, "before"), &before);
    if (!one_look(page, id, before, JOB_LINES + 1, v))
        return false;
    if (v->n > JOB_LINES) {
        v->n = JOB_LINES;
        v->older = v->run[JOB_LINES - 1].id;
    }
    if (!typed) {
        (void)schedule_parse(v->row.job.schedule, &schedule);
        v->form = schedule_form_of(page, &schedule);
    }
    v->version = v->row.job.version;
    page_top(page, job_name(page, &v->row));
    job_page(page, v);
    page_bottom(page);
    return true;
}

bool job_show(struct page *page) {
    struct job_view v = {0};
    int64_t id;
    return page_arg_id(page, 0, &id) && one_show(page, id, false, &v);
}

struct url job_older(struct page *page, const struct job_view *v) {
    const struct http_field part[] = {{S("before"), number(page, v->older)}};
    return listing_address(page, str_terminated(page->arena, cx_text(page->cx, "/jobs/%lld", (long long)v->row.job.id)),
                           part, 1);
}

bool job_runs_export(struct page *page) {
    struct job_view v = {0};
    int64_t id;
    if (!page_arg_id(page, 0, &id) || !one_look(page, id, INT64_MAX, INT32_MAX, &v))
        return false;
    csv_start(page, "job_runs.csv");
    CSV_ROW(page, S("id"), S("due_at"), S("missed"), S("asked_by"), S("began_at"), S("seconds"), S("late_seconds"),
            S("result"), S("said"));
    for (size_t i = 0; i < v.n; i++) {
        const struct job_run *r = &v.run[i];
        CSV_ROW(page, number(page, r->id), moment(page, r->due_us), number(page, r->missed), r->asked_by,
                moment(page, r->began_us), lasted_seconds(page, r),
                r->due_us > 0 && r->began_us > r->due_us ? number(page, (r->began_us - r->due_us) / SECOND_US) : S("0"),
                str_from(results[r->result]), job_run_said(page, r));
    }
    return true;
}

/* ---- changing ---- */

bool job_may(struct page *page, const struct jobs_row *row) {
    return row->def->permission == PERM_UNSET || page_may(page, row->def->permission);
}

/* The job of the address, where this person may change it. */
static bool one_mine(struct page *page, int64_t *id, struct job_view *out) {
    return page_arg_id(page, 0, id) && one_look(page, *id, 0, 1, out) &&
           (job_may(page, &out->row) || cx_fail(page->cx, ERR_FORBIDDEN, S("web.not_yours")));
}

static struct str path_of(struct page *page, int64_t id) {
    return cx_text(page->cx, "/jobs/%lld", (long long)id);
}

static struct jobs_wish wish_of(struct page *page, int64_t id, enum job_state state) {
    struct jobs_wish wish = {.id = id, .state = state, .who = page->user.login, .now_us = page->now_us};
    if (!page_number(page_form(page, "version"), &wish.version))
        wish.version = 0;
    return wish;
}

/* The page again, with what was typed; what stands now is in it. */
static bool again(struct page *page, int64_t id, bool typed, struct job_view *v) {
    enum err_code code = page->cx->err.code;
    if (code != ERR_INVALID && code != ERR_CONFLICT)
        return false;
    v->fault = page_refused_at(page, NULL, 0);
    page->reply->status = code == ERR_CONFLICT ? 409 : 422;
    return one_show(page, id, typed, v);
}

bool job_schedule_do(struct page *page) {
    struct job_view v = {0}, now = {0};
    struct str kept;
    int64_t id;
    if (!one_mine(page, &id, &now))
        return false;
    struct jobs_wish wish = wish_of(page, id, now.row.job.state);
    if (!schedule_form_read(page, &v.form, &kept)) {
        page_refused(page);
        return one_show(page, id, true, &v);
    }
    wish.schedule = kept;
    if (!jobs_put(page->cx, page->db, all_jobs(page), &wish))
        return again(page, id, true, &v);
    hands_poke(page_hands(page));
    return page_go(page, path_of(page, id), S("job.said_saved"));
}

static bool state_do(struct page *page, enum job_state state, struct str said) {
    struct job_view v = {0}, now = {0};
    int64_t id;
    if (!one_mine(page, &id, &now))
        return false;
    struct jobs_wish wish = wish_of(page, id, state);
    if (!jobs_put(page->cx, page->db, all_jobs(page), &wish))
        return again(page, id, false, &v);
    hands_poke(page_hands(page));
    return page_go(page, path_of(page, id), said);
}

bool job_pause_do(struct page *page) {
    return state_do(page, JOB_PAUSED, S("job.said_paused"));
}

bool job_resume_do(struct page *page) {
    return state_do(page, JOB_ON, S("job.said_resumed"));
}

bool job_ask_do(struct page *page) {
    struct job_view now = {0};
    int64_t id;
    if (!one_mine(page, &id, &now) || !jobs_ask(page->cx, page->db, all_jobs(page), id, page->user.login, page->now_us))
        return false;
    hands_poke(page_hands(page));
    return page_go(page, path_of(page, id), S("job.said_asked"));
}
