// SPDX-License-Identifier: Apache-2.0
/* routes -- every operation of the API: who may, what it takes, what it gives, what answers. The OpenAPI file is made of this table.
 */
#include "web/api/handlers.h"

#define V1 "/api/v1"

const struct api_route api_routes[] = {
    {.method = HTTP_GET,
     .path = V1 "/openapi.json",
     .name = "openapi_show",
     .permission = PERM_PUBLIC,
     .handle = api_openapi_show,
     .status = 200},
    {.method = HTTP_GET,
     .path = V1 "/me",
     .name = "me_show",
     .permission = PERM_SIGNED_IN,
     .grant = GRANT_ANY,
     .handle = api_me_show,
     .gives = "Me",
     .status = 200},
    {.method = HTTP_GET,
     .path = V1 "/customers",
     .name = "customers_list",
     .permission = PERM_CUSTOMER_READ,
     .grant = GRANT_CUSTOMERS_READ,
     .handle = api_customers_list,
     .query = "*filters",
     .gives = "[Customer]",
     .status = 200},
    {.method = HTTP_GET,
     .path = V1 "/customers/:code",
     .name = "customer_show",
     .permission = PERM_CUSTOMER_READ,
     .grant = GRANT_CUSTOMERS_READ,
     .handle = api_customer_show,
     .gives = "CustomerSheet",
     .status = 200,
     .tagged = true},
    {0},
};
