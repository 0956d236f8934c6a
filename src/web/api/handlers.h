// SPDX-License-Identifier: Apache-2.0
/* handlers -- what answers the routes of the API, by file; private to src/web.
 */
#ifndef REATIVA_WEB_API_HANDLERS_H
#define REATIVA_WEB_API_HANDLERS_H

#include "web/api/api.h"

api_handle api_openapi_show;                                                       /* openapi.c */
api_handle api_me_show, api_customers_list, api_customer_show;                     /* customers.c */
api_handle api_documents_list, api_titles_list, api_quotes_list, api_tickets_list; /* sales.c */
api_handle api_contacts_list, api_customer_contacts, api_contact_log, api_choices_list, api_appointments_list,
    api_customer_appointments, api_appointment_show, api_appointment_make, api_appointment_move, api_appointment_done,
    api_appointment_off, api_tags_show, api_tag_put, api_tag_take; /* work.c */
api_handle api_views_list, api_view_customers, api_worklists_list, api_worklist_show, api_worklist_customers,
    api_member_add, api_member_drop; /* lists.c */
api_handle api_flow_list, api_policies_show, api_policy_try, api_policy_put, api_policy_drop, api_imports_list,
    api_import_show, api_import_rows, api_import_csv, api_rejects_list, api_import_undo; /* reports.c */
api_handle api_upload_files, api_upload_show;                                            /* uploads.c */

#endif
