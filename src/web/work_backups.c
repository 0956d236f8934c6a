// SPDX-License-Identifier: Apache-2.0
/* work_backups -- restore points, on the thread of work.c, so that no import runs while one is brought back. Invariant: the gate that was
 * closed is opened again, whatever happened between.
 */
#include <stdio.h>
#include <string.h>

#include "app/admin.h"
#include "app/backups.h"
#include "app/daily.h"
#include "base/catalog.h"
#include "web/work_parts.h"

static void keep_text(char *to, size_t room, struct str text) {
    size_t n = text.n < room ? text.n : room - 1;
    memcpy(to, text.n > 0 ? text.p : "", n);
    to[n] = '\0';
}

bool work_backup(struct work *work, const struct work_backup_wish *wish) {
    pthread_mutex_lock(&work->lock);
    bool free = work->backup.now == WORK_BACKUP_NONE;
    if (free) {
        work->asked.what = wish->what;
        keep_text(work->asked.name, sizeof work->asked.name, wish->name);
        keep_text(work->asked.who, sizeof work->asked.who, wish->who);
        keep_text(work->asked.session, sizeof work->asked.session, wish->session);
        work->backup.now = wish->what;
        work->backup.since_us = work->config.clock_us();
        work->poked = true;
        pthread_cond_signal(&work->wanted);
    }
    pthread_mutex_unlock(&work->lock);
    return free;
}

struct work_backup_state work_backup_state(struct work *work) {
    pthread_mutex_lock(&work->lock);
    struct work_backup_state state = work->backup;
    pthread_mutex_unlock(&work->lock);
    return state;
}

/* What became of it, in both languages: who asks later may read either. */
static void tell(struct work *work, struct cx *cx, enum work_backup what, struct str name, struct str key,
                 struct str arg) {
    bool failed = cx->err.code != ERR_NONE;
    pthread_mutex_lock(&work->lock);
    struct work_backup_state *state = &work->backup;
    for (int lang = 0; lang < 2; lang++) {
        struct str text = failed ? catalog_error(cx->arena, (enum lang)lang, &cx->err)
                                 : catalog_text(cx->arena, (enum lang)lang, key, &arg, 1);
        keep_text(state->text[lang], sizeof state->text[lang], text);
    }
    keep_text(state->name, sizeof state->name, name);
    state->now = WORK_BACKUP_NONE;
    state->last = what;
    state->failed = failed;
    state->last_us = work->config.clock_us();
    work->asked.what = WORK_BACKUP_NONE;
    pthread_mutex_unlock(&work->lock);
    if (failed)
        work_complain(cx);
}

static void make(struct work *work, struct cx *cx, const struct backups_wish *wish) {
    struct backups_point point;
    bool done = backups_make(cx, work->config.db_url, wish, &point);
    tell(work, cx, WORK_BACKUP_MAKE, done ? point.name : (struct str){0}, S("backups.did_make"),
         done ? point.name : (struct str){0});
}

static bool check(struct cx *cx, const struct backups_wish *wish) {
    struct backups_point point;
    return backups_check(cx, wish, &point) &&
           (point.fault.n == 0 ||
            cx_fail(cx, ERR_CONFLICT, cx_text(cx, "backups.fault_%.*s", STR_ARG(point.fault)), wish->name));
}

/* The score is there before anybody asks: a page would work out one of its own. */
static void follow(struct work *work, struct cx *cx) {
    struct day now = work_today(work);
    const struct daily_wish wish = {.as_of = day_is(work->config.as_of) ? work->config.as_of : now,
                                    .today = now,
                                    .now_us = work->config.clock_us()};
    struct db *db = NULL;
    bool made;
    if (!admin_open(cx, work->config.db_url, &db) || !daily_keep(cx, db, &wish, &made))
        work_complain(cx);
    admin_close(db);
}

static bool restore(struct work *work, struct cx *cx, const struct backups_wish *wish, struct str session) {
    struct backups_point before = {0};
    if (!check(cx, wish))
        return false;
    if (!work->config.gate(work->config.gate_owner, true))
        return cx_fail(cx, ERR_CONFLICT, S("backups.busy_pages"));
    bool done = backups_restore(cx, work->config.db_url, wish, session, &before);
    if (done)
        follow(work, cx);
    (void)work->config.gate(work->config.gate_owner, false);
    return done;
}

static bool asked_do(struct work *work, struct cx *cx, const struct work_backup_asked *asked) {
    const struct backups_wish wish = {.folder = work->config.backups,
                                      .version = work->config.version,
                                      .name = str_from(asked->name),
                                      .who = str_from(asked->who),
                                      .kind = BACKUPS_ASKED,
                                      .clock_us = work->config.clock_us,
                                      .utc_offset_s = work->config.utc_offset_s};
    bool restored = false;
    if (asked->what == WORK_BACKUP_MAKE) {
        make(work, cx, &wish);
    } else if (asked->what == WORK_BACKUP_CHECK) {
        (void)check(cx, &wish);
        tell(work, cx, WORK_BACKUP_CHECK, wish.name, S("backups.did_check"), wish.name);
    } else {
        restored = restore(work, cx, &wish, str_from(asked->session));
        tell(work, cx, WORK_BACKUP_RESTORE, wish.name, S("backups.did_restore"), wish.name);
    }
    return restored;
}

bool work_backups_turn(struct work *work) {
    if (work->config.backups.n == 0)
        return false;
    struct arena arena;
    struct cx cx = {.arena = &arena};
    arena_init(&arena, 0, arena_full_exit, NULL);
    pthread_mutex_lock(&work->lock);
    struct work_backup_asked asked = work->asked;
    pthread_mutex_unlock(&work->lock);
    bool restored = asked.what != WORK_BACKUP_NONE && asked_do(work, &cx, &asked);
    arena_clear(&arena);
    return restored;
}
