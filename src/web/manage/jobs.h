// SPDX-License-Identifier: Apache-2.0
/* jobs -- what the pages of jobs show: all of them, and one with its runs.
 */
#ifndef REATIVA_WEB_MANAGE_JOBS_H
#define REATIVA_WEB_MANAGE_JOBS_H

#include "app/jobs.h"
#include "web/schedule_form.h"

enum { JOB_LINES = 50 };

struct jobs_view {
    const struct jobs_row **row;
    size_t n, all;
    struct str q, state, sort; /* as asked for */
};

struct job_view {
    struct jobs_row row;
    struct job_run *run;
    size_t n;
    int64_t older; /* before which run there are more; 0: none */
    struct schedule_form form;
    int64_t version;
    struct str fault;
};

/* job_may -- may this person change it, and ask for it? */
bool job_may(struct page *page, const struct jobs_row *row);
struct str job_name(struct page *page, const struct jobs_row *row);
struct str job_about(struct page *page, const struct jobs_row *row);
struct str job_state_text(struct page *page, const struct jobs_row *row);
const char *job_state_class(const struct jobs_row *row);
/* job_when -- when it is begun next. */
struct str job_when(struct page *page, const struct jobs_row *row);

struct str job_result_text(struct page *page, enum job_result result);
const char *job_result_class(enum job_result result);
struct str job_run_lasted(struct page *page, const struct job_run *run);
/* job_run_why -- for which moment, whether late and after how many that nobody was there for, or who asked. */
struct str job_run_why(struct page *page, const struct job_run *run);
struct str job_run_said(struct page *page, const struct job_run *run);

struct url jobs_address(struct page *page, const struct jobs_view *v, const char *path, const char *sort);
const char *jobs_order(const struct jobs_view *v, const char *sort);
struct url job_older(struct page *page, const struct job_view *v);

#endif
