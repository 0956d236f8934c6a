// SPDX-License-Identifier: Apache-2.0
/* reactivated -- who came back over some days: what they ordered since, and whether somebody had talked to them before.
 *
 * A purchase that ends a stretch of inactivity is won back by the last contact that reached somebody on its day or within the days of
 * the setting recovery_days before it; else it came by itself. Who comes back twice stands here twice, each with the orders until the
 * next time, so that no order counts twice.
 */
#ifndef REATIVA_APP_REACTIVATED_H
#define REATIVA_APP_REACTIVATED_H

#include "base/catalog.h"
#include "store/reactivated.h"

enum reactivated_how { REACTIVATED_ANYHOW = 0, REACTIVATED_CONTACT, REACTIVATED_ALONE, REACTIVATED_USER };

struct reactivated_wish {
    struct day from, to, as_of;
    struct str label[REACTIVATED_LABELS + 1]; /* codes by kind; empty: any */
    enum reactivated_how how;
    int64_t user_id; /* of REACTIVATED_USER */
};

struct reactivated_total {
    int64_t customers, times, orders, value_cents; /* customers: each once */
    int64_t last_id;                               /* the customer counted last */
};
struct reactivated_user {
    int64_t id;
    struct str name;
};
struct reactivated {
    int64_t within_days;
    struct reactivated_row *row; /* by customer, then day */
    size_t n;
    struct reactivated_total all, by_contact, alone; /* of these rows */
    struct reactivated_user *user;                   /* who won back any in this time and these groups, by name */
    size_t users;
    struct label *label; /* of every kind */
    size_t labels;
};
/* reactivated_look -- one picture. NOT_FOUND flow.no_group. */
bool reactivated_look(struct cx *cx, struct db *db, const struct reactivated_wish *wish, struct reactivated *out);

/* As a file of these rows in this order: CSV with stable names (app/csv_file) put at the end of a text, XLSX as portfolio_file_make. */
void reactivated_csv(enum lang lang, const struct reactivated_row *const *row, size_t n, struct buf *to);
bool reactivated_xlsx(struct cx *cx, enum lang lang, const struct reactivated_row *const *row, size_t n, int *file,
                      int64_t *bytes);

#endif
