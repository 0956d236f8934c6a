// SPDX-License-Identifier: Apache-2.0
/* mail -- what the company says of its electronic mail: the server, who messages are from, when customers get none, the mailbox they
 * come back to. Read by who sends, shown and changed on one page.
 *
 * Passwords are kept sealed (base/seal), are opened for who sends alone, and shown to nobody. A change is one transaction with its
 * line in the audit trail, which says of a password only that it changed.
 */
#ifndef REATIVA_APP_MAIL_H
#define REATIVA_APP_MAIL_H

#include "core/mail_field.h"
#include "store/db.h"

struct mail_way {
    struct str host;
    int port;
    enum mail_safety safety;
    struct str user, password; /* password: opened only when a key was given */
    bool sealed;               /* there is a password */
};

struct mail_settings {
    bool ready;   /* a server and a sender are set: messages can be sent */
    bool bounces; /* a mailbox is set */
    struct mail_way server, box;
    struct str ca_file, from, from_name, reply_to, public_url /* without a slash at its end */, company, postal, folder;
    int64_t per_minute;
    struct mail_quiet quiet;
    bool opens, clicks;
    int64_t version;
};

/* mail_settings -- within the caller's transaction; one statement. secrets: the key's file, or empty: passwords stay sealed.
 * Errors of seal_open when a password cannot be opened. */
bool mail_settings(struct cx *cx, struct db *db, struct str secrets, struct mail_settings *out);

/* mail_settings_now -- the same in a transaction of its own. */
bool mail_settings_now(struct cx *cx, struct db *db, struct str secrets, struct mail_settings *out);

/* mail_look -- all fields as they are kept, secrets empty; set: somebody has set it. One transaction of its own. */
struct mail_kept {
    struct str value[MAIL_FIELDS];
    bool set[MAIL_FIELDS];
    int64_t version;
};
bool mail_look(struct cx *cx, struct db *db, struct mail_kept *out);

struct mail_change {
    struct str value[MAIL_FIELDS]; /* as typed; an empty secret keeps the one that stands, as long as there is a user */
    int64_t version;               /* what who asks saw */
    struct str secrets;            /* the key's file */
    struct str who;
    int64_t now_us;
};
struct mail_fault {
    enum mail_field field;
    const char *key; /* with {0}: the most that fits */
    int most;
};
/* mail_put -- false with *n > 0 and no error: these fields do not fit. CONFLICT mail.changed: another version. */
bool mail_put(struct cx *cx, struct db *db, const struct mail_change *change, struct mail_fault fault[MAIL_FIELDS],
              size_t *n);

/* mail_letter_test -- a message that says that it is one, in the language given, to be sent at once. */
struct mail_test {
    struct str to_name, to, lang;
    int64_t now_us;
};
bool mail_letter_test(struct cx *cx, const struct mail_settings *settings, const struct mail_test *test,
                      struct str *bytes);

#endif
