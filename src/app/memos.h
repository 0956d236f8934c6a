// SPDX-License-Identifier: Apache-2.0
/* memos -- write to one, several or all; what one got and wrote; read, put away, take back.
 *
 * Each call is one transaction of its own unless it says otherwise. To whom a memo goes is decided when it is written. Which customer it
 * is about is told only to those who may see that customer. Nobody learns of a memo that neither went to them nor came from them.
 */
#ifndef REATIVA_APP_MEMOS_H
#define REATIVA_APP_MEMOS_H

#include "store/label.h"
#include "store/memo.h"
#include "store/user.h"

enum { MEMOS_NAMED = 200, MEMOS_SHOWN = 50, MEMOS_REPLIES = 50, MEMOS_DAYS = 3 * 366 };

struct memos_wish {
    const struct user *by;
    enum memo_aim aim;
    int64_t user[MEMOS_NAMED]; /* MEMO_PEOPLE, or beside all of a group; the writer may be one of them */
    size_t users;
    enum role role;        /* MEMO_ROLE */
    struct str region;     /* MEMO_REGION: its code */
    int64_t manager_id;    /* MEMO_TEAM */
    struct str code;       /* of the customer it is about, one that the writer may see; empty: nobody */
    struct day day, today; /* appears on; DAY_NONE: today */
    struct str text, token;
    int minute;      /* of memos_remind; APPOINTMENT_ANY_TIME */
    int64_t answers; /* the memo it replies to: then it goes to who wrote that, about its customer; 0: none */
    int64_t now_us;
};
struct memos_done {
    int64_t id;     /* of the memo */
    size_t readers; /* to whom it went */
};
/* memos_write -- the same token again answers as the first did. INVALID memo.no_text, memo.bad_day (before today, or more than three
 * years off), memo.no_aim, memo.no_people, memo.no_region, memo.nobody (nobody is meant but the writer), web.form_old; LIMIT memo.long;
 * NOT_FOUND memo.unknown (answers), scope.no_customer, memo.no_user, memo.no_team. */
bool memos_write(struct cx *cx, struct db *db, const struct memos_wish *wish, struct memos_done *out);
/* memos_remind -- an appointment with the customer for each of the people named (MEMO_PEOPLE), in one transaction; nothing else is kept.
 * INVALID also memo.remind_people, memo.remind_customer, memo.not_theirs (names who may not see the customer), and as appointment_make. */
bool memos_remind(struct cx *cx, struct db *db, const struct memos_wish *wish, struct memos_done *out);

/* memos_unread -- what has appeared to a user and is not read, the oldest first, at most so many. Within the caller's transaction; one
 * statement. out[0].unread: how many there are in all. */
bool memos_unread(struct cx *cx, struct db *db, int64_t user_id, struct day day, int64_t most, struct memo_row **out,
                  size_t *n);

struct memos_look {
    bool sent;            /* what one wrote; else what one got */
    struct memo_look row; /* but for the pattern */
    struct str search;
};
struct memos_found {
    struct memo_row *row;
    size_t n;
    bool more;         /* beyond look.row.most */
    struct user *user; /* everybody, by login */
    size_t users;
};
bool memos_find(struct cx *cx, struct db *db, const struct memos_look *look, struct memos_found *out);

struct memos_one {
    struct memo_row row;
    struct memo_row *reply; /* that the viewer wrote or got */
    size_t replies;
    struct memo_reader *reader; /* of one's own */
    size_t readers;
};
/* memos_open -- NOT_FOUND memo.unknown. Looking is not reading: see memos_read. */
bool memos_open(struct cx *cx, struct db *db, int64_t id, int64_t viewer, struct day day, struct memos_one *out);

/* What one does with a memo: NOT_FOUND memo.unknown. Done before: fine. memos_take -- FORBIDDEN memo.not_yours: somebody else's. */
struct memos_act {
    int64_t id;
    const struct user *by;
    struct day day;
    int64_t now_us;
};
bool memos_read(struct cx *cx, struct db *db, const struct memos_act *act);
bool memos_archive(struct cx *cx, struct db *db, const struct memos_act *act, bool away);
bool memos_take(struct cx *cx, struct db *db, const struct memos_act *act);

/* memos_names -- whom one may write to, by login, and the regions there are. */
struct memos_names {
    struct user *user;
    size_t users;
    struct label *region;
    size_t regions;
};
bool memos_names(struct cx *cx, struct db *db, struct memos_names *out);

#endif
