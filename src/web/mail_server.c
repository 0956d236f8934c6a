// SPDX-License-Identifier: Apache-2.0
/* mail_server -- see the header. The settings know nothing of the library that speaks, nor it of them. */
#include "web/mail_server.h"

struct mail_server mail_server_of(const struct mail_settings *settings, const struct mail_way *way) {
    static const enum mail_security security[MAIL_SAFETIES] = {[MAIL_SAFETY_NONE] = MAIL_SECURITY_NONE,
                                                               [MAIL_SAFETY_STARTTLS] = MAIL_SECURITY_STARTTLS,
                                                               [MAIL_SAFETY_TLS] = MAIL_SECURITY_TLS};
    return (struct mail_server){.host = way->host,
                                .port = way->port,
                                .security = security[way->safety],
                                .user = way->user,
                                .password = way->password,
                                .ca_file = settings->ca_file};
}
