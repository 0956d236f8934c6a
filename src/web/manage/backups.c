// SPDX-License-Identifier: Apache-2.0
/* backups -- restore points: the list, a new one, looking one over, downloading, retiring, and bringing one back. What takes long is done
 * by web/work; the pages say how far it is.
 */
#include "web/manage/backups.h"

#include <fcntl.h>

#include "base/text.h"
#include "web/csv.h"
#include "web/hands.h"
#include "web/manage/manage.h"
#include "web/pages.h"

/* ---- words ---- */

static struct str size_words(struct page *page, int64_t bytes) {
    static const char *const units[] = {"kB", "MB", "GB", "TB"};
    size_t unit = 0;
    int64_t tenths = bytes / 100; /* of a thousand bytes */
    while (tenths >= 10000 && unit + 1 < sizeof units / sizeof *units) {
        tenths /= 1000;
        unit++;
    }
    if (tenths >= 100 || unit == 0)
        return cx_text(page->cx, "%lld %s", (long long)(tenths / 10 + (tenths < 10 && bytes > 0)), units[unit]);
    return cx_text(page->cx, "%lld%c%lld %s", (long long)(tenths / 10), page->lang == LANG_PT_BR ? ',' : '.',
                   (long long)(tenths % 10), units[unit]);
}

static struct str kind_word(struct page *page, enum backups_kind kind) {
    return page_text(page, cx_text(page->cx, "backups.kind_%s", backups_kind_name(kind)));
}

struct str backups_busy(struct page *page, const struct work_backup_state *state) {
    if (state->now == WORK_BACKUP_CHECK)
        return page_text(page, S("backups.checking"));
    if (state->now == WORK_BACKUP_RESTORE)
        return page_text(page, S("backups.restoring"));
    return page_text(page, S("backups.making"),
                     size_words(page, backups_growing(page->cx, page_config(page)->backups)));
}

static struct backups_line line_of(struct page *page, const struct backups_point *point) {
    struct backups_line line = {.point = point,
                                .at = page_moment(page, point->made_us),
                                .kind = kind_word(page, point->kind),
                                .size = size_words(page, point->bytes)};
    if (point->fault.n > 0)
        line.state = page_text(page, cx_text(page->cx, "backups.fault_%.*s", STR_ARG(point->fault)), point->name);
    else if (point->checked_us > 0)
        line.state = page_text(page, S("backups.checked"), page_moment(page, point->checked_us));
    else
        line.state = page_text(page, S("backups.not_checked"));
    return line;
}

struct url backups_link(struct page *page, const struct backups_point *point, const char *end) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    buf_put(&to, S("/backups/"));
    http_encode(&to, point->name, false);
    buf_put(&to, str_from(end));
    return url_local(buf_str(&to));
}

/* ---- the list ---- */

static bool ready(struct page *page) {
    return page_config(page)->backups.n > 0 || cx_fail(page->cx, ERR_NOT_FOUND, S("backups.none_here"));
}

static bool night_find(struct page *page, struct jobs_row *out) {
    struct jobs_row *all;
    size_t n;
    if (!jobs_look(page->cx, page->db, hands_jobs(page_hands(page)), &all, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        if (str_equal(all[i].job.name, S("backup")))
            *out = all[i];
    return true;
}

struct url backups_night(struct page *page, const struct backups_view *v) {
    return url_local(cx_text(page->cx, "/jobs/%lld", (long long)v->night.job.id));
}

static bool rules_fill(struct page *page, struct backups_view *v) {
    struct settings_line line[SETTING_COUNT];
    if (!night_find(page, &v->night) || !settings_look(page->cx, page->db, line))
        return false;
    v->days = setting_whole(line[SETTING_BACKUP_DAYS].value);
    v->weeks = setting_whole(line[SETTING_BACKUP_WEEKS].value);
    v->months = setting_whole(line[SETTING_BACKUP_MONTHS].value);
    return true;
}

static bool lines_fill(struct page *page, struct backups_view *v) {
    struct backups_point *point;
    int64_t bytes = 0;
    if (!ready(page) || !backups_list(page->cx, page_config(page)->backups, &point, &v->lines))
        return false;
    v->line = arena_new(page->arena, struct backups_line, v->lines + 1);
    for (size_t i = 0; i < v->lines; i++) {
        v->line[i] = line_of(page, &point[i]);
        bytes += point[i].bytes;
    }
    v->all = size_words(page, bytes);
    return true;
}

bool backups_show(struct page *page) {
    struct backups_view v = {0};
    if (!lines_fill(page, &v) || !rules_fill(page, &v))
        return false;
    int64_t room = backups_room(page->cx, page_config(page)->backups);
    v.room = room >= 0 ? size_words(page, room) : (struct str){0};
    v.work = work_backup_state(page_work(page));
    if (v.work.last != WORK_BACKUP_NONE)
        v.told = str_copy(page->arena, str_from(v.work.text[page->lang]));
    page_top(page, page_text(page, S("menu.backups")));
    backups_page(page, &v);
    page_bottom(page);
    return true;
}

/* For the page that looks again by itself; when nothing is under way the whole page is wanted. */
bool backups_progress(struct page *page) {
    struct backups_view v = {0};
    if (!ready(page))
        return false;
    if (!page->partial)
        return page_go(page, S("/backups"), (struct str){0});
    v.work = work_backup_state(page_work(page));
    if (v.work.now == WORK_BACKUP_NONE) {
        page_header(page, S("HX-Redirect"), S("/backups"));
        return true;
    }
    backups_far(page, &v);
    return true;
}

bool backups_export(struct page *page) {
    struct backups_view v = {0};
    if (!lines_fill(page, &v))
        return false;
    csv_start(page, "backups.csv");
    CSV_ROW(page, S("name"), S("made"), S("kind"), S("who"), S("bytes"), S("version"), S("schema"), S("customers"),
            S("documents"), S("newest"), S("checked"), S("fault"));
    for (size_t i = 0; i < v.lines; i++) {
        const struct backups_point *p = v.line[i].point;
        char newest[DAY_TEXT];
        day_iso(p->newest, newest);
        CSV_ROW(page, p->name, text_moment_iso(page->arena, p->made_us), str_from(backups_kind_name(p->kind)), p->who,
                cx_text(page->cx, "%lld", (long long)p->bytes), p->version,
                cx_text(page->cx, "%lld", (long long)p->schema), cx_text(page->cx, "%lld", (long long)p->customers),
                cx_text(page->cx, "%lld", (long long)p->documents), str_from(newest),
                p->checked_us > 0 ? text_moment_iso(page->arena, p->checked_us) : (struct str){0}, p->fault);
    }
    return true;
}

/* ---- one of them ---- */

static struct backups_wish wish_of(struct page *page) {
    const struct web_config *config = page_config(page);
    return (struct backups_wish){.folder = config->backups,
                                 .name = page->arg[0],
                                 .kind = BACKUPS_ASKED,
                                 .who = page->user.login,
                                 .version = config->version,
                                 .clock_us = config->clock_us,
                                 .utc_offset_s = config->utc_offset_s};
}

static bool found(struct page *page, struct backups_point *point) {
    return ready(page) && backups_find(page->cx, page_config(page)->backups, page->arg[0], point);
}

static bool one_show(struct page *page, struct str fault) {
    struct backups_point point;
    if (!found(page, &point))
        return false;
    const struct backup_view v = {.line = line_of(page, &point),
                                  .confirm = page_text(page, S("backups.confirm_word")),
                                  .fault = fault,
                                  .busy = work_backup_state(page_work(page)).now != WORK_BACKUP_NONE};
    page_top(page, page_text(page, S("backups.one"), v.line.at));
    backup_page(page, &v);
    page_bottom(page);
    return true;
}

bool backup_show(struct page *page) {
    return one_show(page, (struct str){0});
}

/* Everything there is leaves with it: who took it is kept. */
bool backup_file(struct page *page) {
    struct backups_wish wish = wish_of(page);
    int file;
    int64_t bytes;
    struct backups_point point;
    if (!found(page, &point) || !page_file_begin(page))
        return false;
    wish.kind = point.kind;
    if (!backups_told(page->cx, page->db, &wish, S("backup_download")) ||
        !backups_file(page->cx, wish.folder, wish.name, &file, &bytes))
        return false;
    page_file(page, file, bytes);
    page->reply->type = S("application/vnd.sqlite3");
    page_header(page, S("Content-Disposition"),
                cx_text(page->cx, "attachment; filename=\"reativa-%.*s.db\"", STR_ARG(point.name)));
    return true;
}

bool backup_retire_do(struct page *page) {
    struct backups_wish wish = wish_of(page);
    return ready(page) && backups_retire(page->cx, page->db, &wish) &&
           page_go(page, S("/backups"), S("backups.said_retired"));
}

/* ---- what takes long ---- */

static bool ask(struct page *page, enum work_backup what, struct str name) {
    const struct work_backup_wish wish = {
        .what = what, .name = name, .who = page->user.login, .session = page->session.hash};
    return (work_backup(page_work(page), &wish) || cx_fail(page->cx, ERR_CONFLICT, S("backups.busy"))) &&
           page_go(page, S("/backups"), (struct str){0});
}

bool backups_make_do(struct page *page) {
    return ready(page) && ask(page, WORK_BACKUP_MAKE, (struct str){0});
}

bool backup_check_do(struct page *page) {
    struct backups_point point;
    return found(page, &point) && ask(page, WORK_BACKUP_CHECK, point.name);
}

bool backup_restore_do(struct page *page) {
    struct backups_point point;
    struct str typed = str_fold(page->arena, str_trim(page_form(page, "confirm")));
    struct str wanted = str_fold(page->arena, page_text(page, S("backups.confirm_word")));
    if (!found(page, &point))
        return false;
    if (str_equal(typed, wanted))
        return ask(page, WORK_BACKUP_RESTORE, point.name);
    page_refused(page);
    return one_show(page, page_text(page, S("backups.confirm_fault"), page_text(page, S("backups.confirm_word"))));
}
