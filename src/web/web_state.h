// SPDX-License-Identifier: Apache-2.0
/* web_state -- what web.c (a request becomes a page) and worker.c (its connection to the database) share; private to both.
 */
#ifndef REATIVA_WEB_WEB_STATE_H
#define REATIVA_WEB_WEB_STATE_H

#include <pthread.h>

#include "base/recall.h"
#include "web/replica.h"
#include "web/web_parts.h"

/* WEB_WRITE_WAIT_S: an import or the day's score holds the database for seconds; what somebody typed waits for it. */
enum { WEB_WRITE_WAIT_S = 40, WEB_GATE_WAIT_S = 90 };

struct worker {
    struct db *db, *replica; /* NULL: not connected */
    bool open;               /* db is; seen by others, under the lock */
    bool busy;
    unsigned times; /* the database was replaced so often when this was opened */
};

struct web {
    struct web_config config;
    char *db_url, *version, *tiles, *backups, *secrets, *read_url;
    const struct http_server *_Atomic server; /* told when it answers already */
    pthread_mutex_t lock;
    pthread_cond_t free;
    struct worker *worker;
    size_t workers;
    bool closed;             /* the database is being replaced: nobody is answered */
    unsigned times;          /* it was replaced */
    struct recall *recall;   /* of all workers; NULL: no memory for it */
    struct replica *replica; /* that reports may be read from; NULL: there is none */
    struct rates *rates;     /* of who asks by the API */
    struct rates *guesses;   /* of who asks for what nobody has */
    size_t files;            /* being made or sent */
    struct arena kept;       /* what lives as long as all this */
    struct uploads_folder uploads;
    struct work *work;
    struct send *send;
    struct hands *hands;
    struct mailer *mailer;
};

/* worker_take -- waits for one that is free; NULL: the database is being replaced. */
struct worker *worker_take(struct web *web);
void worker_give(struct web *web, struct worker *worker);
/* worker_connect -- page->db, or why not. worker_after -- doubtful: nobody knows where it stopped. */
bool worker_connect(struct page *page, struct worker *worker);
void worker_after(struct page *page, struct worker *worker, bool doubtful);
void worker_disconnect(struct worker *worker);
/* worker_gate -- closed: nobody is answered; false: somebody still is. */
bool worker_gate(struct web *web, bool closed);
/* web_lang_find -- page->lang, from what is known of who asks. */
void web_lang_find(struct page *page);

#endif
