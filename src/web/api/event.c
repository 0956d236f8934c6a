// SPDX-License-Identifier: Apache-2.0
/* event -- see the header. What is told is what stands now, whenever it is sent; what is gone by then is null.
 */
#include "web/api/event.h"

#include "base/text.h"
#include "web/api/write.h"

/* The writers of the API's answers, without a request. */
struct telling {
    struct page page;
    struct api api;
    struct buf body;
    const struct delivery_event *event;
    const struct webhook_send_about *about;
};

/* ---- the sentence ---- */

static struct str who(const struct webhook_send_about *about) {
    const struct customer *c = &about->customer;
    return !about->customer_found ? S("?") : c->name.n > 0 ? c->name : c->code;
}

static struct str status_text(struct page *page, int64_t status) {
    bool known = status >= 0 && status < STATUS_COUNT;
    return page_text(page, cx_text(page->cx, "status.%s", status_name(known ? (enum status)status : STATUS_PROSPECT)));
}

static struct str contact_text(struct page *page, const struct ledger_contact *c) {
    if (c == NULL)
        return page_text(page, S("webhook.text_contact_gone"));
    const struct contact *contact = &c->row.contact;
    return page_text(page, S("webhook.text_contact"), c->code, c->row.user,
                     page_text(page, cx_text(page->cx, "contact.channel_%s", contact_channel_name(contact->channel))),
                     page_text(page, cx_text(page->cx, "contact.outcome_%s", contact_outcome_name(contact->outcome))));
}

static struct str sentence(struct telling *t) {
    struct page *page = &t->page;
    const struct delivery_event *e = t->event;
    struct str many = text_int(page->arena, page->lang, e->many);
    switch (e->kind) {
    case WEBHOOK_STATUS_CHANGED:
        return page_text(page, S("webhook.text_status"), who(t->about), status_text(page, e->was),
                         status_text(page, e->became));
    case WEBHOOK_STATUSES_CHANGED:
        return page_text(page, S("webhook.text_statuses"), many);
    case WEBHOOK_REACTIVATED:
        return page_text(page, S("webhook.text_reactivated"), who(t->about), text_day(page->arena, page->lang, e->day));
    case WEBHOOK_REACTIVATED_MANY:
        return page_text(page, S("webhook.text_reactivated_many"), many);
    case WEBHOOK_CONTACT_LOGGED:
        return contact_text(page, t->about->contact);
    case WEBHOOK_IMPORT_DONE:
        return page_text(page, S("webhook.text_import"), t->about->import.files,
                         text_int(page->arena, page->lang, t->about->import.counts.rows),
                         text_int(page->arena, page->lang, t->about->import.counts.rejected));
    case WEBHOOK_IMPORT_UNDONE:
        return page_text(page, S("webhook.text_undone"), t->about->import.files);
    case WEBHOOK_ALERT_SENT:
        return t->about->alert_found ? page_text(page, S("webhook.text_alert"), t->about->alert.rule.name,
                                                 t->about->alert.user.name, many)
                                     : page_text(page, S("webhook.text_alert_gone"));
    case WEBHOOK_TEST:
    case WEBHOOK_NOTHING:
    case WEBHOOK_KINDS:
        break;
    }
    return page_text(page, S("webhook.text_test"));
}

/* ---- the data ---- */

static void customer_write(struct api *api, const struct webhook_send_about *about) {
    if (!about->customer_found) {
        answer_text(&api->out, "customer", (struct str){0});
        return;
    }
    answer_object(&api->out, "customer");
    for (int column = 0; column < COLUMN_COUNT; column++)
        write_column(api, &about->customer, (enum column)column);
    answer_object_end(&api->out);
}

static void status_write(struct api *api, const char *name, int64_t status) {
    answer_chars(&api->out, name,
                 status_name(status >= 0 && status < STATUS_COUNT ? (enum status)status : STATUS_PROSPECT));
}

/* Who was told, by which rule, of which customers and what. */
static void alert_write(struct api *api, const struct webhook_send_about *about, const struct delivery_event *e) {
    const struct webhook_send_alert *a = &about->alert;
    answer_day(&api->out, "day", e->day);
    answer_number(&api->out, "told", e->many);
    if (!about->alert_found)
        return;
    answer_text(&api->out, "rule", a->rule.name);
    answer_object(&api->out, "to");
    answer_text(&api->out, "login", a->user.login);
    answer_text(&api->out, "name", a->user.name);
    answer_object_end(&api->out);
    answer_array(&api->out, "customers");
    for (size_t i = 0; i < a->lines; i++) {
        answer_object(&api->out, NULL);
        answer_text(&api->out, "code", a->line[i].code);
        answer_text(&api->out, "name", a->line[i].name);
        answer_chars(&api->out, "event", alert_event_name(a->line[i].event));
        answer_day(&api->out, "last_purchase", a->line[i].last_on);
        answer_object_end(&api->out);
    }
    answer_array_end(&api->out);
}

static void data_write(struct telling *t) {
    struct api *api = &t->api;
    const struct delivery_event *e = t->event;
    switch (e->kind) {
    case WEBHOOK_STATUS_CHANGED:
        customer_write(api, t->about);
        status_write(api, "before", e->was);
        status_write(api, "after", e->became);
        answer_day(&api->out, "day", e->day);
        break;
    case WEBHOOK_REACTIVATED:
        customer_write(api, t->about);
        answer_day(&api->out, "day", e->day);
        break;
    case WEBHOOK_STATUSES_CHANGED:
    case WEBHOOK_REACTIVATED_MANY:
        answer_number(&api->out, "customers", e->many);
        answer_day(&api->out, "day", e->day);
        break;
    case WEBHOOK_CONTACT_LOGGED:
        if (t->about->contact != NULL)
            write_contact(api, &t->about->contact->row, t->about->contact->code);
        break;
    case WEBHOOK_IMPORT_DONE:
    case WEBHOOK_IMPORT_UNDONE:
        if (t->about->import_found)
            write_import(api, &t->about->import);
        break;
    case WEBHOOK_ALERT_SENT:
        alert_write(api, t->about, e);
        break;
    case WEBHOOK_TEST:
    case WEBHOOK_NOTHING:
    case WEBHOOK_KINDS:
        break;
    }
}

struct str event_body(struct cx *cx, const struct delivery_task *task, const struct webhook_send_about *about) {
    struct telling *t = arena_new(cx->arena, struct telling, 1);
    struct answer *out = &t->api.out;
    t->event = &task->event;
    t->about = about;
    t->page = (struct page){.cx = cx, .arena = cx->arena, .as_of = about->as_of, .lang = LANG_PT_BR};
    (void)lang_parse(task->lang, &t->page.lang);
    buf_init(&t->body, cx->arena, 0);
    t->api = (struct api){.page = &t->page, .cx = cx, .arena = cx->arena, .out = {.to = &t->body}};
    answer_object(out, NULL);
    answer_text(out, "id", task->event.name);
    answer_chars(out, "type", webhook_kind_name(task->event.kind));
    answer_moment(out, "at", task->event.at_us);
    answer_text(out, "text", sentence(t));
    answer_object(out, "data");
    data_write(t);
    answer_object_end(out);
    answer_object_end(out);
    return buf_str(&t->body);
}
