// SPDX-License-Identifier: Apache-2.0
/* contact -- the form that logs a contact: on a page of its own, and in the cockpit.
 */
#ifndef REATIVA_WEB_COCKPIT_CONTACT_H
#define REATIVA_WEB_COCKPIT_CONTACT_H

#include "app/contact.h"
#include "app/reach.h"
#include "core/choice.h"
#include "core/person.h"
#include "web/web.h"

/* As it was typed, or as it begins. */
struct contact_form {
    struct str code, customer, token;
    enum contact_channel channel;
    enum contact_outcome outcome;
    int64_t person_id, occurrence_id, reason_id, objection_id, worklist_id, appointment_id;
    struct str value, note, next_on, next_time;
    struct str first_day, last_day; /* between which days `later` can be: yyyy-mm-dd */
    const struct person *person;
    size_t persons;
    struct choice *choice; /* of all kinds, not the retired */
    size_t choices;
    const struct reach *reach; /* whether they may be contacted; NULL: said elsewhere */
    bool cockpit;              /* it goes on with the next one */
};

/* contact_form_begin -- an empty one with a token. contact_form_read -- what was sent; *wish: the same, as far as it could be
 * read; false: faults of fields were added. */
void contact_form_begin(struct page *page, struct contact_form *form);
bool contact_form_read(struct page *page, struct contact_form *form, struct contact_wish *wish);
/* contact_form_fault -- what contact_log said, at its field; false: it is about none, and goes up. */
bool contact_form_fault(struct page *page);
/* contact_form_show -- on a page of its own, for the customer of this code. */
bool contact_form_show(struct page *page, struct contact_form *form, struct str code);
/* contact_said -- what to say of it on the next page. */
struct str contact_said(const struct contact_made *made);

struct contact_key {
    enum contact_outcome outcome;
    const char *key; /* of the keyboard, in the cockpit */
};
extern const struct contact_key contact_keys[]; /* in the order of the form; ends with CONTACT_OUTCOME_NONE */

#endif
