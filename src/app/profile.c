// SPDX-License-Identifier: Apache-2.0
/* profile -- see profile.h. Must not know how it is shown.
 */
#include "app/profile.h"

#include "app/scope.h"
#include "app/score.h"

static bool fill(struct cx *cx, struct db *db, const struct score_run *run, const struct hold *who, struct str rep,
                 bool choices, struct profile *out) {
    struct dossier_wish wish = {.customer_id = who->customer_id,
                                .notes = PROFILE_NOTES,
                                .contacts = PROFILE_CONTACTS,
                                .appointments = PROFILE_APPOINTMENTS,
                                .choices = choices};
    struct dossier kept = {0};
    bool found = false;
    if ((wish.customer_id == 0 && !scope_customer(cx, db, who->code, rep, &wish.customer_id)) ||
        !sheet_of(cx, db, run, &wish, &found, &kept, &out->sheet))
        return false;
    out->person = kept.person;
    out->persons = kept.persons;
    out->note = kept.note;
    out->notes = kept.notes;
    out->contact = kept.contact;
    out->contacts = kept.contacts;
    out->appointment = kept.appointment;
    out->appointments = kept.appointments;
    out->tag = kept.tag;
    out->tags = kept.tags;
    out->transfer = kept.transfer;
    out->transfers = kept.transfers;
    out->choice = kept.choice;
    out->choices = kept.choices;
    found = found && (rep.n == 0 || str_equal(out->sheet.customer.rep, rep));
    if (!found)
        return cx_fail(cx, ERR_NOT_FOUND, S("scope.no_customer"), who->code);
    return reach_look(cx, db, &wish.customer_id, 1, out->as_of, &out->reach);
}

static bool make(struct cx *cx, struct db *db, struct day as_of, const struct hold *who, struct str rep, bool choices,
                 struct profile *out) {
    struct score_run *run = arena_new(cx->arena, struct score_run, 1); /* the rule's text is a part of it */
    const struct score_need need = {.as_of = as_of, .forecast = true};
    *out = (struct profile){.as_of = as_of};
    if (!score_for(cx, db, &need, NULL, run))
        return false;
    bool done = fill(cx, db, run, who, rep, choices, out);
    db_rollback(db);
    return done;
}

bool profile_make(struct cx *cx, struct db *db, struct day as_of, struct str code, struct str rep,
                  struct profile *out) {
    return make(cx, db, as_of, &(struct hold){.code = code}, rep, false, out);
}

bool profile_to_talk(struct cx *cx, struct db *db, struct day as_of, const struct hold *who, struct str rep,
                     struct profile *out) {
    return make(cx, db, as_of, who, rep, true, out);
}

struct profile_standing profile_standing(const struct sheet *sheet, struct day as_of) {
    struct profile_standing out = {0};
    int64_t late_days = 0;
    for (size_t i = 0; i < sheet->titles; i++) {
        const struct record *t = &sheet->title[i];
        bool has_due = day_is(t->due_on);
        if (t->open_cents > 0) {
            bool overdue = has_due && t->due_on.n < as_of.n;
            int64_t days = overdue ? as_of.n - t->due_on.n : 0;
            out.open++;
            out.overdue += overdue;
            out.overdue_days = days > out.overdue_days ? days : out.overdue_days;
        } else if (has_due && day_is(t->closed_on)) {
            bool late = t->closed_on.n > t->due_on.n;
            out.paid++;
            out.paid_late += late;
            late_days += late ? t->closed_on.n - t->due_on.n : 0;
        }
    }
    out.late_days_mean = out.paid_late > 0 ? decimal_divide(late_days, out.paid_late) : 0;
    return out;
}
