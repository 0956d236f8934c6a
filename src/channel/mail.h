// SPDX-License-Identifier: Apache-2.0
/* mail -- messages to a mail server, one connection, one after the other, by libcurl.
 *
 * What an answer means for the message is told here once: the server has it; not now; not ever; or nobody can know, since the
 * connection ended after the last byte had left and before the answer came. Certificates are verified, what was to go through TLS goes through
 * nothing else, no proxy of the environment is used. Must not know what is sent or whether it is sent again. One thread each.
 */
#ifndef REATIVA_CHANNEL_MAIL_H
#define REATIVA_CHANNEL_MAIL_H

#include <stdint.h>

#include "base/str.h"

enum mail_security { MAIL_SECURITY_NONE = 0, MAIL_SECURITY_STARTTLS, MAIL_SECURITY_TLS };

struct mail_server {
    struct str host;
    int port;
    enum mail_security security;
    struct str user, password; /* user empty: without signing in */
    struct str ca_file;        /* empty: the machine's */
    int connect_s, answer_s;   /* 0: 20, and 300 for each answer, as RFC 5321 asks of the last one */
};

enum mail_end {
    MAIL_TAKEN = 1,
    MAIL_LATER,   /* before the server had it, or it said so: it has not got it */
    MAIL_REFUSED, /* for good: this message, or who it goes to */
    MAIL_BROKEN   /* after the end of the message: nobody can know */
};

enum mail_stage { MAIL_CONNECT = 0, MAIL_SIGN_IN, MAIL_SENDER, MAIL_RECIPIENT, MAIL_DATA, MAIL_FINISH };

enum { MAIL_WORDS = 500, MAIL_STOP_S = 10 };

struct mail_answer {
    enum mail_end end;
    enum mail_stage stage; /* how far it came */
    bool server;           /* the fault is the server's or the way's to it: the next message would fare no better now */
    int code;              /* of the server, 550; 0: it said none */
    char words[MAIL_WORDS]; /* the server's own, UTF-8, in one line; without a code what the library says */
    size_t words_n;
    int64_t ms;
};

struct mail;
/* mail_open -- copies all it needs and opens no connection yet. NULL: no memory. */
struct mail *mail_open(const struct mail_server *server);
/* mail_close -- says good-bye to the server. NULL is fine. */
void mail_close(struct mail *mail);

struct mail_wish {
    struct str from, to; /* addresses, without name and brackets */
    struct str bytes;    /* as letter_write makes them */
    /* Called once, when the server takes the message so far, right before its last bytes are handed over. False: broken off,
     * the server has nothing (MAIL_LATER). NULL: nobody asks. */
    bool (*before_end)(void *owner);
    /* Asked about every second; true: break off. What was handed over whole is waited for MAIL_STOP_S more, since nobody could know. NULL:
     * never. */
    bool (*stop)(void *owner);
    void *owner;
};
/* mail_send -- a connection that has been open for a while and turns out dead before the message began is made anew, once. */
void mail_send(struct mail *mail, const struct mail_wish *wish, struct mail_answer *out);

#endif
