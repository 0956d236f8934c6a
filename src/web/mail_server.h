// SPDX-License-Identifier: Apache-2.0
/* mail_server -- what the settings say of a server, as who speaks to it takes it. */
#ifndef REATIVA_WEB_MAIL_SERVER_H
#define REATIVA_WEB_MAIL_SERVER_H

#include "app/mail.h"
#include "channel/mail.h"

/* way: the one that sends, or the one of the mailbox. */
struct mail_server mail_server_of(const struct mail_settings *settings, const struct mail_way *way);

#endif
