// SPDX-License-Identifier: Apache-2.0
/* worker -- a connection to the database for one request at a time. There are as many as threads that answer, or fewer where the server is to
 * have fewer connections: then a request waits for one. One that is open is taken before one that would have to be opened.
 */
#include <errno.h>
#include <time.h>

#include "app/admin.h"
#include "web/web_state.h"

/* Whoever is being answered is waited for: what they write must not be lost between two databases. */
bool worker_gate(struct web *web, bool closed) {
    const struct timespec until = {.tv_sec = web->config.clock_us() / 1000000 + WEB_GATE_WAIT_S};
    bool idle = false, late = false;
    pthread_mutex_lock(&web->lock);
    web->closed = closed;
    while (closed && !idle && !late) {
        idle = true;
        for (size_t i = 0; i < web->workers; i++)
            idle = idle && !web->worker[i].busy;
        late = !idle && pthread_cond_timedwait(&web->free, &web->lock, &until) == ETIMEDOUT;
    }
    if (closed && !idle)
        web->closed = false;
    if (!closed)
        web->times++;
    pthread_cond_broadcast(&web->free);
    pthread_mutex_unlock(&web->lock);
    return !closed || idle;
}

struct worker *worker_take(struct web *web) {
    pthread_mutex_lock(&web->lock);
    for (;;) {
        struct worker *found = NULL;
        if (web->closed) {
            pthread_mutex_unlock(&web->lock);
            return NULL;
        }
        for (size_t i = 0; i < web->workers; i++)
            if (!web->worker[i].busy && (found == NULL || (web->worker[i].open && !found->open)))
                found = &web->worker[i];
        if (found != NULL) {
            found->busy = true;
            pthread_mutex_unlock(&web->lock);
            return found;
        }
        pthread_cond_wait(&web->free, &web->lock);
    }
}

void worker_give(struct web *web, struct worker *worker) {
    if (worker == NULL)
        return;
    pthread_mutex_lock(&web->lock);
    worker->busy = false;
    worker->open = worker->db != NULL;
    pthread_cond_broadcast(&web->free);
    pthread_mutex_unlock(&web->lock);
}

void worker_disconnect(struct worker *worker) {
    admin_close(worker->db);
    admin_close(worker->replica);
    worker->db = worker->replica = NULL;
}

static void open_set(struct web *web, struct worker *worker) {
    pthread_mutex_lock(&web->lock);
    worker->open = worker->db != NULL;
    pthread_mutex_unlock(&web->lock);
}

/* A connection that was lost is made anew by the next request that wants it, so nobody need start the program again. Why it
 * cannot be made (no file, no server, no rights) is for the log: to who asks for a page it is one and the same. */
bool worker_connect(struct page *page, struct worker *worker) {
    if (worker == NULL) {
        page->reply->status = 503;
        web_lang_find(page);
        if (page->request->method == HTTP_GET)
            page_header(page, S("Refresh"), S("5")); /* who waits for the end sees it */
        return cx_fail(page->cx, ERR_IO, S("web.restoring"));
    }
    /* What it remembers of the database before is not true of this one. */
    if (worker->db != NULL && (worker->times != page->web->times || !admin_stands(worker->db)))
        worker_disconnect(worker);
    worker->times = page->web->times;
    /* It outlives the request: what it does when there is no memory must not be to jump back into this one. */
    struct arena *arena = page->arena;
    void (*full)(void *, size_t) = arena->full;
    arena->full = NULL;
    bool there = worker->db != NULL ||
                 admin_keep(page->cx, page->web->config.db_url, WEB_WRITE_WAIT_S, page->web->recall, &worker->db);
    arena->full = full;
    open_set(page->web, worker);
    page->db = worker->db;
    page->asked_before = there ? admin_statements(worker->db) : 0;
    if (!there)
        page->reply->status = 503;
    return there;
}

void worker_after(struct page *page, struct worker *worker, bool doubtful) {
    bool lost = page->cx->err.code == ERR_DB || page->cx->err.code == ERR_IO;
    if (worker == NULL || worker->db == NULL)
        return;
    if (doubtful || lost)
        worker_disconnect(worker);
    else
        admin_rest(worker->db);
    if (worker->replica != NULL)
        admin_rest(worker->replica);
}
