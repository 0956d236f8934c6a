// SPDX-License-Identifier: Apache-2.0
/* event -- what a webhook is sent: one event, in the forms in which the API gives a customer, a contact, an import; private to src/web.
 */
#ifndef REATIVA_WEB_API_EVENT_H
#define REATIVA_WEB_API_EVENT_H

#include "app/webhook_send.h"

/* event_body -- {"id", "type", "at", "text", "data"}: text is a sentence of it, for those who only show it. In cx->arena. */
struct str event_body(struct cx *cx, const struct delivery_task *task, const struct webhook_send_about *about);

#endif
