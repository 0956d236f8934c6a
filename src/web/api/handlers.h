// SPDX-License-Identifier: Apache-2.0
/* handlers -- what answers the routes of the API, by file; private to src/web.
 */
#ifndef REATIVA_WEB_API_HANDLERS_H
#define REATIVA_WEB_API_HANDLERS_H

#include "web/api/api.h"

api_handle api_openapi_show;                                   /* openapi.c */
api_handle api_me_show, api_customers_list, api_customer_show; /* customers.c */

#endif
