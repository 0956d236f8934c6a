// SPDX-License-Identifier: Apache-2.0
/* backups -- what the pages of restore points show.
 */
#ifndef REATIVA_WEB_MANAGE_BACKUPS_H
#define REATIVA_WEB_MANAGE_BACKUPS_H

#include "app/backups.h"
#include "app/jobs.h"
#include "app/settings.h"
#include "web/web.h"

struct backups_line {
    const struct backups_point *point;
    struct str at, kind, size;
    struct str state; /* when it was looked over, or what is wrong */
};
struct backups_view {
    struct backups_line *line;
    size_t lines;
    struct work_backup_state work;
    struct str told; /* what became of the last one */
    struct str room, all;
    struct jobs_row night; /* the job that makes one by night; .def NULL: it is not there yet */
    int64_t days, weeks, months;
};
struct backup_view {
    struct backups_line line;
    struct str made_by, confirm, fault; /* confirm: what is to be typed; fault: it was something else */
    bool busy;
};

struct url backups_night(struct page *page, const struct backups_view *v); /* the page of that job */
/* backups_busy -- what is under way, in words. backups_link -- of one point's page. */
struct str backups_busy(struct page *page, const struct work_backup_state *state);
struct url backups_link(struct page *page, const struct backups_point *point, const char *end);

#endif
