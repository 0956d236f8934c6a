// SPDX-License-Identifier: Apache-2.0
/* settings -- what the company has set: read by who goes by it, shown with its last change, and changed.
 *
 * Reading is within the caller's transaction, one statement each. A change is one transaction with its line in the audit trail, and
 * holds from the next call on.
 */
#ifndef REATIVA_APP_SETTINGS_H
#define REATIVA_APP_SETTINGS_H

#include "core/setting.h"
#include "store/db.h"

/* settings_text -- tidy; what holds usually where nothing was set, or nothing that fits. */
bool settings_text(struct cx *cx, struct db *db, enum setting setting, struct str *out);
bool settings_number(struct cx *cx, struct db *db, enum setting setting, int64_t *out);
/* settings_number_of -- what was read of it elsewhere, or what holds usually. */
int64_t settings_number_of(struct cx *cx, enum setting setting, bool found, struct str kept);

struct settings_line {
    struct str value;
    bool usual;                  /* nobody has set it */
    struct str who, was, became; /* the last change; at_us 0: there was none */
    int64_t at_us;
};
/* settings_look -- all of them, one picture: two statements. */
bool settings_look(struct cx *cx, struct db *db, struct settings_line out[SETTING_COUNT]);

struct settings_wish {
    enum setting setting;
    struct str value; /* as typed */
    bool usual;       /* instead: as nobody had set it */
    struct str was;   /* what who asks saw */
    enum role role;
    struct str who;
    int64_t now_us;
};
/* settings_put -- INVALID setting.number, setting.days, setting.week, setting.choice, setting.zone; CONFLICT setting.changed: it is not what who asks saw any more, nor what they
 * want; FORBIDDEN. */
bool settings_put(struct cx *cx, struct db *db, const struct settings_wish *wish);

#endif
