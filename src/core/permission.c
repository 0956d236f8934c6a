// SPDX-License-Identifier: Apache-2.0
/* permission -- the table. A line a permission, a column a role; what is not listed is not allowed.
 */
#include "core/permission.h"

enum {
    NONE = 0,
    REP = 1 << ROLE_REP,
    AGENT = 1 << ROLE_AGENT,
    MANAGER = 1 << ROLE_MANAGER,
    ADMIN = 1 << ROLE_ADMIN,
    ALL = REP | AGENT | MANAGER | ADMIN
};

static const struct {
    const char *name;
    unsigned roles;
} permissions[PERM_COUNT] = {
    [PERM_UNSET] = {"unset", NONE},
    [PERM_PUBLIC] = {"public", ALL},
    [PERM_SIGNED_IN] = {"signed_in", ALL},
    [PERM_MESSAGE] = {"message", ALL},
    [PERM_CUSTOMER_READ] = {"customer_read", ALL},
    [PERM_CUSTOMER_EXPORT] = {"customer_export", ALL},
    [PERM_CUSTOMER_ASSIGN] = {"customer_assign", MANAGER | ADMIN},
    [PERM_CUSTOMER_NOTE] = {"customer_note", ALL},
    [PERM_CONTACT_WRITE] = {"contact_write", ALL},
    [PERM_COCKPIT] = {"cockpit", REP | AGENT | MANAGER},
    [PERM_VIEW_SHARE] = {"view_share", MANAGER | ADMIN},
    [PERM_WORKLIST_WRITE] = {"worklist_write", MANAGER | ADMIN},
    [PERM_CHOICE_WRITE] = {"choice_write", MANAGER | ADMIN},
    [PERM_SETTING_WRITE] = {"setting_write", MANAGER | ADMIN},
    [PERM_USER_READ] = {"user_read", MANAGER | ADMIN},
    [PERM_USER_REQUIRE] = {"user_require", MANAGER | ADMIN},
    [PERM_USER_WRITE] = {"user_write", ADMIN},
    [PERM_AUDIT_READ] = {"audit_read", MANAGER | ADMIN},
    [PERM_REPORT_READ] = {"report_read", MANAGER | ADMIN},
    [PERM_POLICY_WRITE] = {"policy_write", MANAGER | ADMIN},
    [PERM_ALERT_WRITE] = {"alert_write", MANAGER | ADMIN},
    [PERM_IMPORT] = {"import", MANAGER | ADMIN},
    [PERM_PRIVACY_READ] = {"privacy_read", MANAGER | ADMIN},
    [PERM_PRIVACY_WRITE] = {"privacy_write", ADMIN},
    [PERM_TOKEN_OWN] = {"token_own", MANAGER | ADMIN},
    [PERM_TOKEN_WRITE] = {"token_write", ADMIN},
    [PERM_BACKUP] = {"backup", ADMIN},
    [PERM_WEBHOOK_WRITE] = {"webhook_write", ADMIN},
    [PERM_MAIL_WRITE] = {"mail_write", ADMIN},
    [PERM_CUSTOMER_MERGE] = {"customer_merge", ADMIN},
    [PERM_OUTBOX] = {"outbox", MANAGER | ADMIN},
};

static const char *const roles[ROLE_COUNT] = {"none", "rep", "agent", "manager", "admin"};

bool role_may(enum role role, enum permission permission) {
    if (permission == PERM_PUBLIC)
        return true;
    return role > ROLE_NONE && role < ROLE_COUNT && permission > PERM_UNSET && permission < PERM_COUNT &&
           (permissions[permission].roles >> role & 1) != 0;
}

const char *role_name(enum role role) {
    return roles[role];
}

bool role_parse(struct str name, enum role *out) {
    for (int role = ROLE_REP; role < ROLE_COUNT; role++)
        if (str_equal(name, str_from(roles[role]))) {
            *out = (enum role)role;
            return true;
        }
    return false;
}

const char *permission_name(enum permission permission) {
    return permissions[permission].name;
}
