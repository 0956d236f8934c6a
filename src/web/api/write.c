// SPDX-License-Identifier: Apache-2.0
/* write -- see the header. The fields are those of moulds.c, in their order. */
#include "web/api/write.h"

#include "core/why.h"

void write_column(struct api *api, const struct customer *customer, enum column column) {
    const struct column_def *def = &column_defs[column];
    struct column_value value = column_value(api->arena, customer, column);
    if (column == COLUMN_WHY) {
        struct page *page = api->page;
        answer_text(&api->out, def->name, why_text(api->arena, page->lang, customer, page->as_of));
        return;
    }
    int64_t number = value.absent ? STAT_NONE : value.number;
    switch (def->type) {
    case COLUMN_INTEGER:
        answer_number(&api->out, def->name, number);
        break;
    case COLUMN_E4:
        answer_e4(&api->out, def->name, number);
        break;
    case COLUMN_DAY:
        answer_day(&api->out, def->name, value.absent ? DAY_NONE : (struct day){(int32_t)value.number});
        break;
    case COLUMN_MONEY:
        answer_money(&api->out, def->name, number);
        break;
    case COLUMN_TEXT:
    case COLUMN_WORD:
        answer_text(&api->out, def->name, value.absent ? (struct str){0} : value.text);
        break;
    }
}

static const char *document_kind_name(enum document_kind kind) {
    switch (kind) {
    case DOCUMENT_RETURN:
        return "return";
    case DOCUMENT_CANCELLED:
        return "cancelled";
    case DOCUMENT_SALE:
    case DOCUMENT_UNVALUED:
        break;
    }
    return "sale";
}

void write_document(struct api *api, const struct document_row *row) {
    answer_text(&api->out, "number", row->number);
    answer_day(&api->out, "day", row->day);
    answer_chars(&api->out, "kind", document_kind_name(row->kind));
    answer_number(&api->out, "lines", row->lines);
    answer_money(&api->out, "value", row->kind == DOCUMENT_UNVALUED ? STAT_NONE : row->value_cents);
}

void write_record(struct api *api, const struct record *record) {
    answer_text(&api->out, "number", record->number);
    answer_text(&api->out, "part", record->part);
    answer_day(&api->out, "day", record->day);
    answer_day(&api->out, "due_on", record->due_on);
    answer_day(&api->out, "closed_on", record->closed_on);
    answer_money(&api->out, "amount", record->amount_cents);
    answer_money(&api->out, "open", record->open_cents);
    answer_text(&api->out, "state", record->state);
    answer_text(&api->out, "text", record->text);
}

void write_product(struct api *api, const struct bought *bought) {
    answer_text(&api->out, "code", bought->code);
    answer_text(&api->out, "name", bought->name);
    answer_number(&api->out, "times", bought->times);
    answer_e4(&api->out, "quantity", bought->quantity_e4);
    answer_money(&api->out, "value", bought->value_cents);
    answer_e4(&api->out, "last_price", bought->last_price_e4);
    answer_day(&api->out, "first", bought->first);
    answer_day(&api->out, "last", bought->last);
}

void write_contact(struct api *api, const struct contact_row *row, struct str customer) {
    const struct contact *c = &row->contact;
    answer_number(&api->out, "id", c->id);
    answer_text(&api->out, "customer", customer);
    answer_moment(&api->out, "at", c->at_us);
    answer_day(&api->out, "day", c->day);
    answer_chars(&api->out, "channel", contact_channel_name(c->channel));
    answer_chars(&api->out, "outcome", contact_outcome_name(c->outcome));
    answer_text(&api->out, "by", row->user);
    answer_text(&api->out, "person", row->person);
    answer_text(&api->out, "occurrence", row->occurrence);
    answer_text(&api->out, "reason", row->reason);
    answer_text(&api->out, "objection", row->objection);
    answer_id(&api->out, "worklist_id", c->worklist_id);
    answer_id(&api->out, "appointment_id", c->appointment_id);
    answer_money(&api->out, "value", c->value_cents);
    answer_text(&api->out, "note", c->note);
}

void write_appointment(struct api *api, const struct appointment_row *row, struct str customer) {
    static const char *const states[] = {
        [APPOINTMENT_OPEN] = "open", [APPOINTMENT_KEPT] = "kept", [APPOINTMENT_OFF] = "off"};
    const struct appointment *a = &row->appointment;
    bool timed = a->minute >= 0;
    answer_number(&api->out, "id", a->id);
    answer_text(&api->out, "customer", customer);
    answer_day(&api->out, "day", a->day);
    answer_text(&api->out, "time",
                timed ? cx_text(api->cx, "%02d:%02d", a->minute / 60, a->minute % 60) : (struct str){0});
    answer_chars(&api->out, "channel", contact_channel_name(a->channel));
    answer_text(&api->out, "user", row->user);
    answer_text(&api->out, "note", a->note);
    answer_chars(&api->out, "state", states[a->state]);
    answer_id(&api->out, "contact_id", a->contact_id);
    answer_number(&api->out, "version", a->version);
    api->version = a->version;
}

void write_import(struct api *api, const struct import_run *run) {
    answer_number(&api->out, "id", run->id);
    answer_chars(&api->out, "kind", import_kind_name(run->kind));
    answer_text(&api->out, "files", run->files);
    answer_moment(&api->out, "started_at", run->started_us);
    answer_moment(&api->out, "finished_at", run->finished_us);
    answer_moment(&api->out, "undone_at", run->undone_us);
    answer_number(&api->out, "rows", run->counts.rows);
    answer_number(&api->out, "added", run->counts.added);
    answer_number(&api->out, "changed", run->counts.changed);
    answer_number(&api->out, "unchanged", run->counts.unchanged);
    answer_number(&api->out, "rejected", run->counts.rejected);
    answer_number(&api->out, "blank", run->counts.blank);
    answer_day(&api->out, "first_day", run->first_day);
    answer_day(&api->out, "last_day", run->last_day);
}
