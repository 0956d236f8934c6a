// SPDX-License-Identifier: Apache-2.0
/* bounces -- see the header. Must not talk to a server: web/bounces does. */
#include "app/bounces.h"

#include "app/suppressions.h"
#include "base/secret.h"
#include "format/bounce.h"
#include "store/message.h"
#include "store/setting.h"

static const int64_t DAY_US = INT64_C(86400) * 1000000;

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

bool bounces_settings(struct cx *cx, struct db *db, struct str secrets, struct mail_settings *out) {
    bool done = db_read(cx, db) && mail_settings(cx, db, secrets, out);
    db_rollback(db);
    return done;
}

/* ---- the place ---- */

#define PLACE S("bounces_place")

/* "validity uid mailbox" */
static bool place_read(struct str text, struct bounces_place *out) {
    struct str first, second, rest;
    int64_t *to[] = {&out->validity, &out->uid};
    struct str *part[] = {&first, &second};
    if (!str_cut(text, ' ', &first, &rest) || !str_cut(rest, ' ', &second, &out->mailbox))
        return false;
    for (size_t i = 0; i < 2; i++) {
        *to[i] = 0;
        for (size_t k = 0; k < part[i]->n && k < 18; k++)
            *to[i] = *to[i] * 10 + (part[i]->p[k] - '0');
    }
    return true;
}

bool bounces_place(struct cx *cx, struct db *db, struct str mailbox, struct bounces_place *out) {
    struct bounces_place kept = {0};
    struct str text;
    bool found, done = db_read(cx, db) && setting_find(cx, db, PLACE, &found, &text);
    db_rollback(db);
    *out = (struct bounces_place){.mailbox = mailbox};
    if (done && found && place_read(text, &kept) && str_equal(kept.mailbox, mailbox)) {
        out->validity = kept.validity;
        out->uid = kept.uid;
    }
    return done;
}

static bool place_put(struct cx *cx, struct db *db, const struct bounces_place *place) {
    return setting_put(
        cx, db, PLACE,
        cx_text(cx, "%lld %lld %.*s", (long long)place->validity, (long long)place->uid, STR_ARG(place->mailbox)));
}

/* ---- what is believed ---- */

/* Of ours, e-mail, and gone out: nothing else can come back. */
static bool message_named(struct cx *cx, struct db *db, const struct bounce *b, bool *found, struct message *out) {
    *found = false;
    for (size_t i = 0; i < b->names && !*found; i++) {
        struct str header, domain;
        int64_t id;
        (void)str_cut(b->named[i], '@', &header, &domain);
        if (header.n != SECRET_TOKEN)
            continue;
        if (!message_of_header(cx, db, header, found, &id) || (*found && !message_find(cx, db, id, found, out)))
            return false;
        *found = *found && out->channel == MESSAGE_EMAIL && out->began_us > 0;
    }
    return true;
}

static bool address_is(struct str told, const struct address *sent) {
    struct address address;
    return address_email(told, &address) && address.n == sent->n &&
           str_equal((struct str){address.text, address.n}, (struct str){sent->text, sent->n});
}

static bool about(const struct bounce_recipient *r, const struct address *sent) {
    return address_is(r->address, sent) || address_is(r->original, sent);
}

/* Of several that are about the address the worst counts; NULL: none is. */
static const struct bounce_recipient *recipient_of(const struct bounce *b, const struct address *sent,
                                                   enum bounce_result *result) {
    const struct bounce_recipient *out = NULL;
    for (size_t i = 0; i < b->recipients; i++) {
        const struct bounce_recipient *r = &b->recipient[i];
        if (!about(r, sent))
            continue;
        enum bounce_result weight = bounce_weigh(r->action, r->status, r->diagnostic);
        if (out == NULL || weight > *result) {
            out = r;
            *result = weight;
        }
    }
    return out;
}

/* A complaint whose address was blotted out, as some systems do, is known by the message alone. */
static bool complaint_about(const struct bounce *b, const struct address *sent) {
    bool told = false;
    for (size_t i = 0; i < b->recipients; i++) {
        struct address address;
        if (about(&b->recipient[i], sent))
            return true;
        told = told || address_email(b->recipient[i].address, &address);
    }
    return !told;
}

/* ---- what follows ---- */

struct judged {
    struct cx *cx;
    struct db *db;
    const struct bounces_batch *batch;
    struct message message; /* it is about; id 0: none */
    struct address sent;
    int64_t hash;
    struct bounce_row row;
};

static bool suppress(struct judged *j, enum suppression_source source) {
    struct cx *cx = j->cx;
    struct str note = cx_text(cx, "%.*s %.*s", STR_ARG(j->row.status), STR_ARG(j->row.said));
    note.n = note.n < SUPPRESSIONS_NOTE_MOST ? note.n : SUPPRESSIONS_NOTE_MOST;
    while (note.n > 0 && !str_valid_utf8(note))
        note.n--;
    const struct suppressions_wish wish = {.address = {j->sent.text, j->sent.n},
                                           .channel = SUPPRESSION_EMAIL,
                                           .source = source,
                                           .day = j->batch->today,
                                           .until = DAY_NONE,
                                           .note = str_trim(note),
                                           .token =
                                               cx_text(cx, "bounce:%lld:%d", (long long)j->message.id, (int)source),
                                           .who = S("reativa"),
                                           .today = j->batch->today,
                                           .now_us = j->batch->now_us};
    bool added;
    j->row.end = BOUNCE_SUPPRESSED;
    return suppressions_note(cx, j->db, &wish, &added);
}

/* This one, and those of other messages before it. */
static bool soft(struct judged *j) {
    int64_t others = 0, since_us = j->batch->now_us - BOUNCE_SOFT_DAYS * DAY_US;
    return bounce_soft(j->cx, j->db, j->hash, j->message.id, since_us, &others) &&
           (others + 1 < BOUNCE_SOFT_MOST || suppress(j, SUPPRESSION_BOUNCE));
}

static bool follow(struct judged *j) {
    bool bars = j->message.customer_id > 0;
    switch (j->row.result) {
    case BOUNCE_HARD:
        j->row.end = BOUNCE_COUNTED;
        return !bars || suppress(j, SUPPRESSION_BOUNCE);
    case BOUNCE_UNWANTED:
        j->row.end = BOUNCE_COUNTED;
        return !bars || suppress(j, SUPPRESSION_COMPLAINT);
    case BOUNCE_SOFT:
        j->row.end = BOUNCE_COUNTED;
        return !bars || soft(j);
    case BOUNCE_NOTHING:
    case BOUNCE_DELIVERED:
    case BOUNCE_DELAYED:
    case BOUNCE_RESULTS:
        break;
    }
    return true;
}

static void report_judge(struct judged *j, const struct bounce *b) {
    enum bounce_result result = BOUNCE_NOTHING;
    const struct bounce_recipient *r = recipient_of(b, &j->sent, &result);
    j->row.end = r != NULL ? BOUNCE_SHOWN : BOUNCE_MISMATCHED;
    r = r != NULL ? r : b->recipients > 0 ? &b->recipient[0] : NULL;
    j->row.result = j->row.end == BOUNCE_SHOWN ? result : BOUNCE_NOTHING;
    if (r == NULL)
        return;
    j->row.address = r->address.n > 0 ? r->address : r->original;
    j->row.status = r->status;
    j->row.said = r->diagnostic;
}

static void complaint_judge(struct judged *j, const struct bounce *b) {
    bool ours = complaint_about(b, &j->sent);
    j->row.end = ours ? BOUNCE_SHOWN : BOUNCE_MISMATCHED;
    j->row.said = b->feedback;
    j->row.address = b->recipients > 0 && b->recipient[0].address.n > 0 ? b->recipient[0].address
                                                                        : (struct str){j->sent.text, j->sent.n};
    j->row.result = ours && !str_equal(b->feedback, S("not-spam")) ? BOUNCE_UNWANTED : BOUNCE_NOTHING;
}

static void unbelieved(struct judged *j, const struct bounce *b) {
    j->row.end = b->form == BOUNCE_PLAIN ? BOUNCE_SHOWN : BOUNCE_FOREIGN;
    j->row.result = BOUNCE_NOTHING;
    if (b->recipients > 0 && b->form != BOUNCE_PLAIN) {
        j->row.address = b->recipient[0].address;
        j->row.status = b->recipient[0].status;
        j->row.said = b->recipient[0].diagnostic;
    }
}

/* The customer was erased since: that something came back is kept, and nothing that tells of whom. Its addresses are barred already. */
static bool erased(const struct judged *j) {
    return j->message.customer_id > 0 && j->message.address.n == 0;
}

static void emptied(struct bounce_row *row) {
    row->address = row->said = row->sender = row->subject = row->text = (struct str){0};
}

static bool judge(struct judged *j, const struct bounce *b, bool *counts) {
    bool found = false;
    *counts = false;
    j->row = (struct bounce_row){.seen_us = j->batch->now_us,
                                 .kind = b->form == BOUNCE_DELIVERY   ? BOUNCE_REPORT
                                         : b->form == BOUNCE_FEEDBACK ? BOUNCE_COMPLAINT
                                                                      : BOUNCE_OTHER,
                                 .sender = b->from,
                                 .subject = b->subject,
                                 .text = b->text};
    if (!message_named(j->cx, j->db, b, &found, &j->message))
        return false;
    j->row.message_id = found ? j->message.id : 0;
    if (!found || b->form == BOUNCE_PLAIN || !address_email(j->message.address, &j->sent)) {
        unbelieved(j, b);
        if (found && erased(j))
            emptied(&j->row);
        return true;
    }
    if (b->form == BOUNCE_DELIVERY)
        report_judge(j, b);
    else
        complaint_judge(j, b);
    *counts = j->row.end == BOUNCE_SHOWN;
    return true;
}

static int64_t hash_of(struct db *db, struct str address) {
    struct address a;
    return address_email(address, &a) ? suppression_hash(db, &a) : 0;
}

static void sum_add(struct bounces_sum *sum, const struct bounce_row *row) {
    sum->mails++;
    sum->shown += row->end == BOUNCE_SHOWN;
    sum->doubted += row->end == BOUNCE_FOREIGN || row->end == BOUNCE_MISMATCHED;
    sum->counted += row->end == BOUNCE_COUNTED;
    sum->suppressed += row->end == BOUNCE_SUPPRESSED;
}

static bool one_take(struct cx *cx, struct db *db, const struct bounces_batch *batch, size_t i,
                     struct bounces_sum *sum) {
    struct bounce b;
    struct judged j = {.cx = cx, .db = db, .batch = batch};
    struct str mark = secret_hash(cx->arena, batch->mail[i]);
    bool known, counts;
    bounce_read(cx->arena, batch->mail[i], &b);
    batch->letter[i] = b.form == BOUNCE_PLAIN;
    if (!bounce_known(cx, db, mark, &known) || known)
        return cx->err.code == ERR_NONE;
    if (!judge(&j, &b, &counts))
        return false;
    j.hash = hash_of(db, counts ? j.message.address : j.row.address);
    if ((counts && !follow(&j)) || !bounce_add(cx, db, &j.row, mark, j.hash))
        return false;
    sum_add(sum, &j.row);
    return true;
}

bool bounces_take(struct cx *cx, struct db *db, const struct bounces_batch *batch, struct bounces_sum *sum) {
    struct bounces_sum total = *sum;
    if (!db_write(cx, db))
        return false;
    bool good = true;
    for (size_t i = 0; good && i < batch->n; i++)
        good = one_take(cx, db, batch, i, &total);
    if (!end(cx, db, good))
        return false;
    *sum = total;
    return true;
}

bool bounces_went_on(struct cx *cx, struct db *db, const struct bounces_place *place) {
    return db_write(cx, db) && end(cx, db, place_put(cx, db, place));
}

bool bounces_sweep(struct cx *cx, struct db *db, int64_t now_us) {
    const struct bounce_old old = {.before_us = now_us - BOUNCES_OTHER_DAYS * DAY_US,
                                   .most = BOUNCES_OTHER_MOST,
                                   .long_before_us = now_us - BOUNCES_KEPT_DAYS * DAY_US};
    return db_write(cx, db) && end(cx, db, bounce_sweep(cx, db, &old));
}

/* ---- looking ---- */

static bool look_take(struct cx *cx, void *owner, const struct bounce_row *row) {
    struct bounces_found *found = owner;
    if (found->n == BOUNCES_PAGE) {
        found->more = true;
        return true;
    }
    found->row[found->n++] = bounce_row_copy(cx->arena, row);
    return true;
}

bool bounces_look(struct cx *cx, struct db *db, const struct bounce_filter *filter, struct bounces_found *out) {
    struct bounce_filter wanted = *filter;
    *out = (struct bounces_found){.n = 0};
    wanted.most = BOUNCES_PAGE + 1;
    bool done = db_read(cx, db) && bounce_each(cx, db, &wanted, look_take, out);
    db_rollback(db);
    return done;
}

bool bounces_each(struct cx *cx, struct db *db, const struct bounce_filter *filter, bounce_take *take, void *owner) {
    struct bounce_filter wanted = *filter;
    wanted.most = INT64_MAX;
    bool done = db_read(cx, db) && bounce_each(cx, db, &wanted, take, owner);
    db_rollback(db);
    return done;
}

bool bounces_of(struct cx *cx, struct db *db, int64_t message_id, struct bounce_row **out, size_t *n) {
    enum { SHOWN_MOST = 10 };
    bool done = db_read(cx, db) && bounce_of_message(cx, db, message_id, SHOWN_MOST, out, n);
    db_rollback(db);
    return done;
}
