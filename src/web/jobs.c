// SPDX-License-Identifier: Apache-2.0
/* jobs -- see the header. A new job is a function, its line in the table, and job.name_<name>, job.about_<name> in the catalogs.
 */
#include "web/jobs.h"

#include "app/alerts.h"
#include "app/backups.h"
#include "app/daily.h"
#include "web/bounces.h"
#include "web/gateway_send.h"
#include "web/mail/mail.h"
#include "web/mailer.h"

static bool score_run(struct cx *cx, struct db *db, const struct job_at *at, int64_t id, struct str *said) {
    const struct daily_wish wish = {.as_of = at->as_of, .today = at->today, .now_us = at->now_us};
    char day[DAY_TEXT];
    bool made;
    (void)id;
    if (!daily_keep(cx, db, &wish, &made))
        return false;
    struct str of = {day, day_iso(at->as_of, day)};
    *said = made ? jobs_say(cx, S("job.said_score"), of) : jobs_say(cx, S("job.said_score_fits"), of);
    return true;
}

/* Also whenever the kept score turns out to be of another day or of older facts (hands.c); by its schedule at the latest. */
static const struct job_def score = {.name = "score", .usual = "daily 00:00", .run = score_run};

/* What only grows: how jobs went, a month ago. */
static bool sweep_run(struct cx *cx, struct db *db, const struct job_at *at, int64_t id, struct str *said) {
    int64_t n = 0;
    (void)id;
    if (!jobs_sweep(cx, db, at->now_us, &n))
        return false;
    *said = jobs_say(cx, S("job.said_swept"), cx_text(cx, "%lld", (long long)n));
    return true;
}
static const struct job_def sweep = {.name = "sweep", .usual = "daily 03:10", .run = sweep_run};

/* As the page of restore points makes them; a restore waits until it is done, and it until a restore is. */
static bool backup_run(struct cx *cx, struct db *db, const struct job_at *at, int64_t id, struct str *said) {
    const struct job_world *world = at->world;
    const struct backups_wish wish = {.folder = world->backups,
                                      .version = world->version,
                                      .who = S("reativa"),
                                      .kind = BACKUPS_NIGHTLY,
                                      .clock_us = world->clock_us,
                                      .utc_offset_s = world->utc_offset_s};
    struct backups_point point;
    size_t retired;
    (void)db, (void)id;
    if (world->backups.n == 0)
        return cx_fail(cx, ERR_NOT_FOUND, S("backups.none_here"));
    if (!backups_nightly(cx, at->db_url, &wish, &point, &retired))
        return false;
    *said = jobs_say(cx, S("job.said_backup"), point.name, cx_text(cx, "%zu", retired));
    return true;
}
static const struct job_def backup = {
    .name = "backup", .usual = "daily 02:00", .paused = true, .permission = PERM_BACKUP, .run = backup_run};

static const struct job_def bounces = {.name = "bounces", .usual = "every 10m", .run = bounces_run};

static const struct job_def gateways = {.name = "gateways", .usual = "every 1m", .run = gateway_send_run};

/* A row for each rule of alerts, with the rule's schedule. */
static const struct job_def alert = {.name = "alert", .run = mail_alert_run};

const struct job_def *const job_defs[] = {&score, &sweep, &backup, &bounces, &gateways, &mailer_job, &alert, NULL};

bool jobs_usual(struct cx *cx, struct db *db, const struct job_world *world) {
    int64_t now_us = world->clock_us(), added;
    struct day today = schedule_local(now_us, world->utc_offset_s).day;
    return alerts_usual(cx, db, LANG_PT_BR, day_is(world->as_of) ? world->as_of : today, S("reativa"), now_us, &added);
}
