// SPDX-License-Identifier: Apache-2.0
/* routes -- every address of the managers' and administrators' pages, who may, and what answers.
 */
#include "web/manage/manage.h"

const struct route manage_routes[] = {
    {HTTP_GET, "/imports", PERM_IMPORT, imports_show, HTTP_SOON, "imports", ROUTE_PAGE},
    {HTTP_GET, "/imports.csv", PERM_IMPORT, imports_export, HTTP_SLOW, NULL, ROUTE_PAGE},
    {HTTP_POST, "/imports/files", PERM_IMPORT, upload_new_do, HTTP_SLOW, "imports", ROUTE_FILES},
    {HTTP_GET, "/imports/files/:id", PERM_IMPORT, upload_show, HTTP_SLOW, "imports", ROUTE_PAGE},
    {HTTP_GET, "/imports/files/:id/progress", PERM_IMPORT, upload_progress, HTTP_SOON, "imports", ROUTE_PAGE},
    {HTTP_POST, "/imports/files/:id", PERM_IMPORT, upload_said_do, HTTP_SLOW, "imports", ROUTE_PAGE},
    {HTTP_POST, "/imports/files/:id/drop", PERM_IMPORT, upload_drop_do, HTTP_SLOW, "imports", ROUTE_PAGE},
    {HTTP_GET, "/imports/:id", PERM_IMPORT, import_show, HTTP_SLOW, "imports", ROUTE_PAGE},
    {HTTP_GET, "/imports/:id/rejects.csv", PERM_IMPORT, import_rejects, HTTP_SLOW, NULL, ROUTE_PAGE},
    {HTTP_POST, "/imports/:id/undo", PERM_IMPORT, import_undo_do, HTTP_SLOW, "imports", ROUTE_PAGE},
    {HTTP_GET, "/overview", PERM_REPORT_READ, overview_show, HTTP_SOON, "overview", ROUTE_PAGE},
    {HTTP_GET, "/flow", PERM_REPORT_READ, flow_show, HTTP_SOON, "flow", ROUTE_PAGE},
    {HTTP_GET, "/flow.csv", PERM_REPORT_READ, flow_export, HTTP_SLOW, NULL, ROUTE_PAGE},
    {HTTP_GET, "/reactivated", PERM_REPORT_READ, reactivated_show, HTTP_SLOW, "flow", ROUTE_PAGE},
    {HTTP_GET, "/reactivated.csv", PERM_REPORT_READ, reactivated_export_csv, HTTP_SLOW, NULL, ROUTE_PAGE},
    {HTTP_GET, "/reactivated.xlsx", PERM_REPORT_READ, reactivated_export_xlsx, HTTP_SLOW, NULL, ROUTE_PAGE},
    {HTTP_GET, "/contacts", PERM_REPORT_READ, contacts_show, HTTP_SLOW, "contacts", ROUTE_PAGE},
    {HTTP_GET, "/contacts.csv", PERM_REPORT_READ, contacts_export_csv, HTTP_SLOW, NULL, ROUTE_PAGE},
    {HTTP_GET, "/contacts.xlsx", PERM_REPORT_READ, contacts_export_xlsx, HTTP_SLOW, NULL, ROUTE_PAGE},
    {HTTP_GET, "/contacts/causes.csv", PERM_REPORT_READ, contacts_causes_export, HTTP_SLOW, NULL, ROUTE_PAGE},
    {HTTP_GET, "/contacts/list", PERM_REPORT_READ, contacts_list_show, HTTP_SLOW, "contacts", ROUTE_PAGE},
    {HTTP_GET, "/contacts/list.csv", PERM_REPORT_READ, contacts_list_export, HTTP_SLOW, NULL, ROUTE_PAGE},
    {HTTP_GET, "/team", PERM_REPORT_READ, team_show, HTTP_SOON, "team", ROUTE_PAGE},
    {HTTP_GET, "/team.csv", PERM_REPORT_READ, team_export_csv, HTTP_SLOW, NULL, ROUTE_PAGE},
    {HTTP_GET, "/team.xlsx", PERM_REPORT_READ, team_export_xlsx, HTTP_SLOW, NULL, ROUTE_PAGE},
    {HTTP_GET, "/team/:code", PERM_REPORT_READ, team_one_show, HTTP_SOON, "team", ROUTE_PAGE},
    {0},
};
