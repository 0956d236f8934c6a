// SPDX-License-Identifier: Apache-2.0
/* replica -- see the header. How far behind it is in time is not asked of any clock but this process's own: it notes how far the database was
 * at a moment, and looks when the replica has come so far.
 */
#include "web/replica.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/admin.h"
#include "base/catalog.h"
#include "web/web_parts.h"

#define COOKIE_WROTE S("reativa_wrote")
enum { WROTE_KEPT_S = 600, UNKNOWN_KEPT_S = 60 };
#define SECOND_US INT64_C(1000000)

/* Who answered reports, and why the replica did not. */
enum answered { BY_REPLICA, NOT_DOWN, NOT_BEHIND, NOT_OLDER, NOT_WROTE, NOT_FAILED, ANSWERED_COUNT };
static const char *const answered_name[] = {"replica", "down", "behind", "older", "wrote", "failed"};

struct replica {
    char *url;
    int64_t (*clock_us)(void);
    pthread_mutex_t lock; /* of what follows */
    bool down, behind;
    int64_t again_us;        /* down: not tried before */
    int64_t noted, noted_us; /* so far the database had come then */
    int64_t behind_us;       /* since when it is known to be behind; 0: it is not */
    uint64_t answered[ANSWERED_COUNT];
};

/* ---- how it is ---- */

static void say(struct str key, struct str arg) {
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct str text = catalog_text(&arena, LANG_EN, key, &arg, 1);
    fprintf(stderr, "reativa: %.*s\n", STR_ARG(text));
    arena_clear(&arena);
}

static void down_set(struct replica *replica, bool down, struct str why) {
    pthread_mutex_lock(&replica->lock);
    bool was = replica->down;
    replica->down = down;
    replica->again_us = replica->clock_us() + REPLICA_PAUSE_S * SECOND_US;
    pthread_mutex_unlock(&replica->lock);
    if (down && !was)
        say(S("replica.down"), why);
    if (!down && was)
        say(S("replica.back"), (struct str){0});
}

/* What is wrong, for the log, with the words of the other side. */
static struct str fault_words(struct cx *cx) {
    return cx_text(cx, "%.*s %s", STR_ARG(catalog_error(cx->arena, LANG_EN, &cx->err)), cx->err.detail);
}

/* One at a time tries to reach it again: until it knows, the others wait no less than they would after a failure. */
static bool may_try(struct replica *replica) {
    int64_t now_us = replica->clock_us(), pause_us = REPLICA_PAUSE_S * SECOND_US;
    pthread_mutex_lock(&replica->lock);
    bool may = !replica->down || now_us >= replica->again_us || replica->again_us > now_us + pause_us;
    if (may)
        replica->again_us = now_us + pause_us;
    pthread_mutex_unlock(&replica->lock);
    return may;
}

static bool count(struct replica *replica, enum answered answered) {
    pthread_mutex_lock(&replica->lock);
    replica->answered[answered]++;
    pthread_mutex_unlock(&replica->lock);
    return answered == BY_REPLICA;
}

/* What was noted has come there, or is still awaited since then. */
static bool too_far_behind(struct replica *replica, int64_t primary, int64_t here) {
    int64_t now_us = replica->clock_us();
    pthread_mutex_lock(&replica->lock);
    if (replica->noted_us == 0 || here >= replica->noted || now_us < replica->noted_us) {
        replica->noted = primary;
        replica->noted_us = now_us;
    }
    bool waits = here < replica->noted, was = replica->behind;
    replica->behind_us = waits ? now_us - replica->noted_us : 0;
    replica->behind = replica->behind_us > REPLICA_BEHIND_S * SECOND_US;
    bool behind = replica->behind;
    pthread_mutex_unlock(&replica->lock);
    if (behind != was)
        say(behind ? S("replica.behind") : S("replica.back"), S("10"));
    return behind;
}

/* ---- connections ---- */

/* *fits false: it is another database, or a server of its own. */
static bool line_open(struct cx *cx, const struct replica *replica, struct db *primary, struct recall *recall,
                      struct db **line, bool *fits) {
    if (admin_replica_open(cx, str_from(replica->url), recall, line) && admin_replica_of(cx, primary, *line, fits))
        return true;
    admin_close(*line);
    *line = NULL;
    return false;
}

bool replica_new(struct cx *cx, struct str url, int64_t (*clock_us)(void), struct db *primary, struct replica **out) {
    struct db *line = NULL;
    bool fits = false;
    *out = NULL;
    if (url.n == 0)
        return true;
    struct replica *replica = calloc(1, sizeof *replica);
    if (replica == NULL || (replica->url = strndup(url.p, url.n)) == NULL) {
        free(replica);
        return cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
    }
    replica->clock_us = clock_us;
    pthread_mutex_init(&replica->lock, NULL);
    bool open = line_open(cx, replica, primary, NULL, &line, &fits);
    if (!open) {
        down_set(replica, true, fault_words(cx));
        cx_clear(cx);
    }
    admin_close(line);
    *out = replica;
    return !open || fits || cx_fail(cx, ERR_INVALID, S("replica.other"));
}

void replica_free(struct replica *replica) {
    if (replica == NULL)
        return;
    free(replica->url);
    free(replica);
}

/* It outlives the request: what it does when there is no memory must not be to jump back into this one. */
static bool line_ready(struct page *page, struct replica *replica, struct recall *recall, struct db **line) {
    bool fits = true;
    if (*line != NULL && !admin_stands(*line)) {
        admin_close(*line);
        *line = NULL;
    }
    if (*line != NULL)
        return true;
    void (*full)(void *, size_t) = page->arena->full;
    page->arena->full = NULL;
    bool open = line_open(page->cx, replica, page->db, recall, line, &fits);
    page->arena->full = full;
    if (open && fits)
        return true;
    if (open)
        (void)cx_fail(page->cx, ERR_INVALID, S("replica.other"));
    admin_close(*line);
    *line = NULL;
    return false;
}

/* ---- one page ---- */

static int64_t wrote(const struct page *page) {
    int64_t n;
    struct str text = http_cookie(page->request, COOKIE_WROTE);
    return text.n == 0 ? 0 : page_number(text, &n) ? n : INT64_MAX;
}

static enum answered judged(struct page *page, struct replica *replica, struct db *line) {
    struct replica_mark primary, here;
    if (!admin_replica_mark(page->cx, page->db, true, &primary) || !admin_replica_mark(page->cx, line, false, &here))
        return NOT_DOWN;
    if (here.written < 0) {
        (void)cx_fail(page->cx, ERR_INVALID, S("replica.other"));
        return NOT_DOWN;
    }
    if (too_far_behind(replica, primary.written, here.written))
        return NOT_BEHIND;
    return here.written < wrote(page) ? NOT_WROTE : !str_equal(primary.picture, here.picture) ? NOT_OLDER : BY_REPLICA;
}

bool replica_take(struct page *page, struct replica *replica, struct recall *recall, struct db **line) {
    enum answered answered = NOT_DOWN;
    if (!may_try(replica))
        return count(replica, NOT_DOWN);
    if (line_ready(page, replica, recall, line))
        answered = judged(page, replica, *line);
    if (answered == NOT_DOWN) {
        down_set(replica, true, fault_words(page->cx));
        admin_close(*line);
        *line = NULL;
        cx_clear(page->cx); /* the database itself may have been at fault; whoever asks it next is told */
    } else {
        down_set(replica, false, (struct str){0});
    }
    return count(replica, answered);
}

void replica_failed(struct replica *replica, const struct cx *cx, struct db **line) {
    enum err_code code = cx->err.code;
    (void)count(replica, NOT_FAILED);
    if (code != ERR_DB && code != ERR_IO)
        return;
    admin_close(*line);
    *line = NULL;
}

/* Where it cannot be known how far the log is, the database itself is asked for a minute. */
void replica_wrote(struct page *page) {
    struct replica_mark mark;
    bool known = page->cx->err.code == ERR_NONE && admin_replica_mark(page->cx, page->db, true, &mark);
    if (page->cx->err.code == ERR_NONE || !known)
        page_cookie(page, COOKIE_WROTE,
                    known ? cx_text(page->cx, "%lld", (long long)mark.written) : S("999999999999999999"),
                    known ? WROTE_KEPT_S : UNKNOWN_KEPT_S);
}

/* ---- what it says of itself ---- */

void replica_metrics(struct replica *replica, struct buf *to) {
    pthread_mutex_lock(&replica->lock);
    buf_printf(to,
               "# HELP reativa_replica_up May reports be read from the replica?\n# TYPE reativa_replica_up gauge\n"
               "reativa_replica_up %d\n"
               "# HELP reativa_replica_behind_seconds How long what was written has been awaited there, at the last "
               "report.\n# TYPE reativa_replica_behind_seconds gauge\nreativa_replica_behind_seconds %.3f\n"
               "# HELP reativa_replica_reports_total Reports by who answered: the replica, or the database because the "
               "replica is down, too far behind, of an older score, without what this person wrote, or "
               "failed.\n# TYPE reativa_replica_reports_total counter\n",
               !replica->down && !replica->behind, (double)replica->behind_us / 1e6);
    for (int i = 0; i < ANSWERED_COUNT; i++)
        buf_printf(to, "reativa_replica_reports_total{by=\"%s\"} %llu\n", answered_name[i],
                   (unsigned long long)replica->answered[i]);
    pthread_mutex_unlock(&replica->lock);
}
