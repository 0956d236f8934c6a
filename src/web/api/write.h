// SPDX-License-Identifier: Apache-2.0
/* write -- resources as JSON, each in the one form that every answer gives it in; private to src/web.
 */
#ifndef REATIVA_WEB_API_WRITE_H
#define REATIVA_WEB_API_WRITE_H

#include "app/profile.h"
#include "base/day.h"
#include "base/decimal.h"
#include "core/column.h"
#include "web/api/api.h"

/* Members of an open object. */
void write_column(struct api *api, const struct customer *customer, enum column column);
void write_document(struct api *api, const struct document_row *row);
void write_record(struct api *api, const struct record *record);
void write_product(struct api *api, const struct bought *bought);
/* customer: its code. */
void write_contact(struct api *api, const struct contact_row *row, struct str customer);
void write_appointment(struct api *api, const struct appointment_row *row, struct str customer);
/* How tables are written, as parameters and fields say it: empty: to be found. */
enum date_order api_date_order(struct str text);
enum decimal_mark api_decimal(struct str text);
char api_delimiter(struct str text);
void write_import(struct api *api, const struct import_run *run);
/* write_customers -- a page of those that a query asks for, in the words of the page of customers. */
bool write_customers(struct api *api, struct str query);

#endif
