// SPDX-License-Identifier: Apache-2.0
/* alerts -- who is told what today, by the rules of alerts (store/alert.h).
 *
 * A rule says of which customers (what happened to them, and a filter), who hears of them and when. Everybody gets their own part: a
 * rep never hears of another's customer, whatever a rule says. Nobody is told of the same by the same rule twice.
 */
#ifndef REATIVA_APP_ALERTS_H
#define REATIVA_APP_ALERTS_H

#include "base/catalog.h"
#include "core/customer.h"
#include "store/alert.h"
#include "store/crossing.h"
#include "store/user.h"
#include "store/worklist.h"

enum {
    ALERTS_BACK_DAYS = 31,  /* a crossing noted longer ago is no news to a rule that has not told it, */
    ALERTS_BACK_RARE = 100, /* or so long to one that runs once a month: two of its runs, and one of them weeks late */
    ALERTS_TOLD_DAYS = 180, /* what holds for long is told again after this */
    ALERTS_KEEP_DAYS = 400, /* what was told is remembered for so long */
    ALERTS_LINES = 50000,   /* customers a rule tells of on one day, all people together: the dearest */
    ALERTS_MARKS = ALERT_EVENTS,
};

/* One thing that is told of a customer, known by the purchase it hangs on. */
struct alert_mark {
    enum alert_event event;
    struct day last_on, on; /* on: since when it is so, will be so, or when it came back */
};
struct alert_line {
    const struct customer *customer; /* its texts are in the arena */
    struct alert_mark mark[ALERTS_MARKS];
    size_t marks; /* at least one; the gravest is the first */
};
/* What one person is told by one rule. */
struct alert_notice {
    const struct alert *alert;
    const struct user *user;
    struct day day;                /* the customers stand as of it */
    const struct alert_line *line; /* the dearest first: value of the last 12 months */
    size_t lines;
    bool volumes; /* how all of theirs stand is wanted too, also without a line */
};

/* alerts_ways -- by which channels (bits) a message goes to somebody; gateway: the rule's is in use. The application has all that a phone is
 * told of in few words, or would be. 0: none. */
int64_t alerts_ways(const struct alert *alert, const struct user *user, bool gateway);

/* alerts_look -- what a rule would tell on this day, a notice a person, by login: nothing is written, nobody is told. In a read transaction
 * of its own. INVALID: the rule's filter or work list names what is not there any more. */
bool alerts_look(struct cx *cx, struct db *db, const struct alert *alert, struct day day, struct alert_notice **out,
                 size_t *n);

/* alerts_manages -- is a rep's portfolio one of somebody's team? One whose people have no manager is every manager's. user: everybody. */
bool alerts_manages(const struct user *user, size_t users, const struct user *manager, struct str rep);
/* alerts_look_named -- the same, of a rule that names these people. */
bool alerts_look_named(struct cx *cx, struct db *db, const struct alert *alert, const int64_t *named, size_t nameds,
                       struct day day, struct alert_notice **out, size_t *n);

/* ---- making and changing rules: each call is a transaction of its own, with a line in the audit trail ---- */

enum { ALERTS_MOST = 100 /* not retired */, ALERT_NAME_MOST = 100, ALERT_TOKEN = 43 /* of a form */ };

struct alerts_wish {
    int64_t id, version; /* 0: a new one */
    struct str name;
    int64_t events, ahead_days, idle_days;
    struct str query;
    int64_t recipients, worklist_id;
    int64_t named[ALERT_NAMED_MOST]; /* of ALERT_TO_NAMED */
    size_t nameds;
    enum alert_layout layout;
    int64_t channels, gateway_id; /* of ALERT_BY_GATEWAY */
    struct str schedule;
    enum alert_state state;
    struct str token; /* of a new one's form */
    struct day as_of;
    struct str who;
    int64_t now_us;
};
/* alerts_put -- INVALID alert.bad_<field>, or what is wrong with the filter; CONFLICT alert.taken (the name), alert.changed (another version),
 * alert.retired. *again: the form was sent before. What it tells when it is switched on begins at the last working day. */
bool alerts_put(struct cx *cx, struct db *db, const struct alerts_wish *wish, struct alert *out, bool *again);

/* alerts_try -- what the rule would tell on wish->as_of if it stood as it is wished: nothing is written. Errors as of alerts_put. */
bool alerts_try(struct cx *cx, struct db *db, const struct alerts_wish *wish, struct alert_notice **out, size_t *n);

enum alerts_act { ALERTS_SWITCH_ON, ALERTS_SWITCH_OFF, ALERTS_RETIRE, ALERTS_RESTORE /* off */ };
/* alerts_act -- twice is once. NOT_FOUND alert.unknown; CONFLICT alert.retired, alert.taken. */
bool alerts_act(struct cx *cx, struct db *db, int64_t id, enum alerts_act act, struct day as_of, struct str who,
                int64_t now_us);

/* All of them and what is needed to read them. */
struct alerts_board {
    struct alert *alert;
    size_t n;
    struct alert_choices choices; /* whom rules name; all gateways */
    struct user *user;
    size_t users;
    struct worklist *worklist; /* not retired first come first, by name */
    size_t worklists;
    struct crossing_bulk *bulk; /* of the last ALERTS_BACK_DAYS: nobody was told of each */
    size_t bulks;
};
/* alerts_board -- bulk: of what nobody was told one by one, too. */
bool alerts_board(struct cx *cx, struct db *db, struct day as_of, bool bulk, struct alerts_board *out);
bool alerts_find(struct cx *cx, struct db *db, int64_t id, struct alert *out); /* NOT_FOUND alert.unknown */

/* alerts_usual -- the first rules: the rep's morning list, the manager's volumes, forgotten A customers. Once in the life of a database;
 * *added 0: that was done. lang: of their names. */
bool alerts_usual(struct cx *cx, struct db *db, enum lang lang, struct day as_of, struct str who, int64_t now_us,
                  int64_t *added);
/* alerts_job -- "alert:7". */
struct str alerts_job(struct cx *cx, int64_t id);

/* ---- telling ---- */

/* What a person reads; no subject: there is nothing to say, and nothing is sent. */
struct alert_made {
    struct str subject, text, html, picture; /* picture: PNG, which the HTML shows as cid:chart */
    struct str brief;                        /* for a phone, where the rule tells by a gateway */
};
/* alerts_reaches -- by one of the rule's channels. Who has no e-mail address is not told in the program by a rule that does not say so. */
bool alerts_reaches(const struct alert *alert, const struct user *user);
/* alerts_render -- makes out[i] of notice[i], in cx->arena. No transaction is open, so it may look by its own. */
typedef bool alerts_render(struct cx *cx, struct db *db, const struct alert_notice *notice, size_t n,
                           struct alert_made *out, void *owner);
struct alerts_way {
    alerts_render *render;
    void *owner;
    struct day day;
    int64_t now_us;
};
struct alerts_report {
    int64_t people, customers; /* who were told, of how many customers in all */
    int64_t again;             /* people who had heard of this rule today already: the rest waits for tomorrow */
    int64_t silent;            /* there was nothing to say to them */
    int64_t unreached;         /* no channel of the rule reaches them: not told, and told as soon as one does */
};
enum { ALERTS_CHUNK = 100 /* people whose messages are made and written together */ };
/* alerts_run -- tells by one rule: each person's messages and the marks of what they were told are written in one transaction, so that a kill
 * loses none and repeats none; twice on a day is once a person. A rule that is off or retired tells nothing. NOT_FOUND alert.unknown. */
bool alerts_run(struct cx *cx, struct db *db, int64_t id, const struct alerts_way *way, struct alerts_report *out);

#endif
