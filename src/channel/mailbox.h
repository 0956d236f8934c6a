// SPDX-License-Identifier: Apache-2.0
/* mailbox -- what lies in a folder of a mail server: looked through from a number on, read one by one, by libcurl's IMAP.
 *
 * Anybody may have written what lies there, so nothing is read past a size and a list is kept no longer than asked. Reading marks a
 * mail as seen on the server, which mailbox_unsee takes back. Nothing is moved or deleted. Must not know what the mails mean. One
 * thread each, one connection, used again.
 */
#ifndef REATIVA_CHANNEL_MAILBOX_H
#define REATIVA_CHANNEL_MAILBOX_H

#include "channel/mail.h"

struct mailbox_one {
    int64_t uid; /* grows; means a mail as long as `validity` stays */
};

struct mailbox;
/* mailbox_open -- copies all it needs and opens no connection yet. `stop`: asked about every second; true: break off. NULL: no memory. */
struct mailbox *mailbox_open(const struct mail_server *server, struct str folder, bool (*stop)(void *owner),
                             void *owner);
void mailbox_close(struct mailbox *mailbox); /* NULL is fine */

/* The rest answers false when it did not succeed: mailbox_words says why, in the server's words where it said any. */

/* mailbox_list -- numbers greater than `after`, the smallest first, at most `most`. *validity: of the folder's numbers. */
bool mailbox_list(struct mailbox *mailbox, int64_t after, size_t most, struct mailbox_one *out, size_t *n,
                  int64_t *validity);
/* mailbox_fetch -- its first bytes, at most `most`; they are the mailbox's until the next call. *found false: it is not there any more. */
bool mailbox_fetch(struct mailbox *mailbox, int64_t uid, size_t most, bool *found, struct str *out);
/* mailbox_see -- marks all from one number to another as seen, before they are read: reading marks them one by one, and among ten thousand
 * some servers look at all of them again for each. mailbox_unsee -- these are unread again. */
bool mailbox_see(struct mailbox *mailbox, int64_t first, int64_t last);
bool mailbox_unsee(struct mailbox *mailbox, const int64_t *uid, size_t n);

struct str mailbox_words(const struct mailbox *mailbox);

#endif
