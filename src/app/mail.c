// SPDX-License-Identifier: Apache-2.0
/* mail -- see the header. The fields stand in the table of settings, one row each that differs from what holds usually, beside one that
 * counts the changes. */
#include "app/mail.h"

#include "base/catalog.h"
#include "base/seal.h"
#include "base/secret.h"
#include "core/mailbox.h"
#include "format/letter.h"
#include "store/setting.h"

#define VERSION S("mail_version")

static const struct {
    int open, tls; /* ports that are usual: with STARTTLS or none, and with TLS */
} ports[] = {{587, 465}, {143, 993}};
enum { PORT_PLAIN = 25, WAY_SERVER = 0, WAY_BOX = 1 };

static struct str name_of(enum mail_field field) {
    return str_from(mail_field_defs[field].name);
}

static bool secret_is(enum mail_field field) {
    return mail_field_defs[field].kind == MAIL_FIELD_IS_SECRET;
}

/* ---- reading ---- */

static int64_t whole(struct str digits) {
    int64_t v = 0;
    for (size_t i = 0; i < digits.n && digits.p[i] >= '0' && digits.p[i] <= '9' && v < INT64_MAX / 100; i++)
        v = v * 10 + (digits.p[i] - '0');
    return v;
}

static bool kept_take(struct cx *cx, void *owner, struct str name, struct str value) {
    struct mail_kept *kept = owner;
    enum mail_field field;
    struct str tidy;
    if (str_equal(name, VERSION))
        kept->version = whole(value);
    if (!mail_field_parse(name, &field))
        return true;
    /* What does not fit the table (written by another version) is as if it had not been set. */
    if (!secret_is(field) && !mail_field_tidy(cx->arena, field, value, &tidy))
        return true;
    kept->value[field] = str_copy(cx->arena, secret_is(field) ? value : tidy);
    kept->set[field] = true;
    return true;
}

static bool kept_read(struct cx *cx, struct db *db, struct mail_kept *out) {
    *out = (struct mail_kept){.version = 0};
    for (int i = 0; i < MAIL_FIELDS; i++)
        out->value[i] = str_from(mail_field_defs[i].usual);
    return setting_each(cx, db, kept_take, out);
}

static int port_of(struct str port, enum mail_safety safety, int way) {
    return port.n > 0                                        ? (int)whole(port)
           : safety == MAIL_SAFETY_TLS                       ? ports[way].tls
           : safety == MAIL_SAFETY_NONE && way == WAY_SERVER ? PORT_PLAIN
                                                             : ports[way].open;
}

/* The fields of a way stand one after the other, in the same order. */
static bool way_read(struct cx *cx, const struct mail_kept *kept, enum mail_field host, enum mail_field password,
                     struct str secrets, struct mail_way *out) {
    int way = host == MAIL_FIELD_HOST ? WAY_SERVER : WAY_BOX;
    *out = (struct mail_way){
        .host = kept->value[host], .user = kept->value[host + 3], .sealed = kept->value[password].n > 0};
    (void)mail_safety_parse(kept->value[host + 2], &out->safety);
    out->port = port_of(kept->value[host + 1], out->safety, way);
    return secrets.n == 0 || !out->sealed || out->user.n == 0 ||
           seal_open(cx, secrets, name_of(password), kept->value[password], &out->password);
}

bool mail_settings(struct cx *cx, struct db *db, struct str secrets, struct mail_settings *out) {
    struct mail_kept kept;
    *out = (struct mail_settings){.version = 0};
    if (!kept_read(cx, db, &kept) ||
        !way_read(cx, &kept, MAIL_FIELD_HOST, MAIL_FIELD_PASSWORD, secrets, &out->server) ||
        !way_read(cx, &kept, MAIL_FIELD_BOX_HOST, MAIL_FIELD_BOX_PASSWORD, secrets, &out->box))
        return false;
    const struct str *v = kept.value;
    out->ca_file = v[MAIL_FIELD_CA_FILE];
    out->from = v[MAIL_FIELD_FROM];
    out->from_name = v[MAIL_FIELD_FROM_NAME];
    out->reply_to = v[MAIL_FIELD_REPLY_TO];
    out->public_url = v[MAIL_FIELD_PUBLIC_URL];
    out->company = v[MAIL_FIELD_COMPANY];
    out->postal = v[MAIL_FIELD_POSTAL];
    out->folder = v[MAIL_FIELD_BOX_FOLDER];
    out->per_minute = whole(v[MAIL_FIELD_PER_MINUTE]);
    out->quiet = (struct mail_quiet){.from_min = mail_quiet_minute(v[MAIL_FIELD_QUIET_FROM]),
                                     .until_min = mail_quiet_minute(v[MAIL_FIELD_QUIET_UNTIL]),
                                     .days = mail_quiet_days(v[MAIL_FIELD_QUIET_DAYS]),
                                     .holidays = v[MAIL_FIELD_QUIET_HOLIDAYS].n > 0};
    out->opens = v[MAIL_FIELD_OPENS].n > 0;
    out->clicks = v[MAIL_FIELD_CLICKS].n > 0;
    out->version = kept.version;
    out->ready = out->server.host.n > 0 && out->from.n > 0;
    out->bounces = out->box.host.n > 0 && out->box.user.n > 0;
    return true;
}

bool mail_settings_now(struct cx *cx, struct db *db, struct str secrets, struct mail_settings *out) {
    bool done = db_read(cx, db) && mail_settings(cx, db, secrets, out);
    db_rollback(db);
    return done;
}

bool mail_look(struct cx *cx, struct db *db, struct mail_kept *out) {
    bool done = db_read(cx, db) && kept_read(cx, db, out);
    db_rollback(db);
    for (int i = 0; done && i < MAIL_FIELDS; i++)
        if (secret_is((enum mail_field)i))
            out->value[i] = (struct str){0};
    return done;
}

/* ---- checking ---- */

struct faults {
    struct mail_fault *fault;
    size_t n;
};

static void fault_add(struct faults *to, enum mail_field field, const char *key) {
    for (size_t i = 0; i < to->n; i++)
        if (to->fault[i].field == field)
            return;
    to->fault[to->n++] = (struct mail_fault){field, key, mail_field_defs[field].most};
}

static bool this_machine(struct str host) {
    return str_equal(host, S("localhost")) || str_equal(host, S("::1")) || str_starts(host, S("127."));
}

/* A password that stands is sent only to whom it was given for: else who may change the server could have it sent to their own. */
static void way_check(const struct mail_kept *before, const struct mail_kept *after, const struct mail_change *change,
                      enum mail_field host, enum mail_field password, struct faults *to) {
    bool moved = false, given = change->value[password].n > 0, stands = before->value[password].n > 0;
    for (unsigned i = 0; i < 4; i++)
        moved = moved || !str_equal(before->value[host + i], after->value[host + i]);
    moved = moved || !str_equal(before->value[MAIL_FIELD_CA_FILE], after->value[MAIL_FIELD_CA_FILE]);
    struct str user = after->value[host + 3];
    enum mail_safety safety = MAIL_SAFETY_NONE;
    (void)mail_safety_parse(after->value[host + 2], &safety);
    if (given && user.n == 0)
        fault_add(to, host + 3, "mail.no_user");
    if (user.n > 0 && !given && !stands)
        fault_add(to, password, "mail.no_password");
    if (user.n > 0 && !given && stands && moved)
        fault_add(to, password, "mail.password_again");
    if (user.n > 0 && safety == MAIL_SAFETY_NONE && !this_machine(after->value[host]))
        fault_add(to, host + 2, "mail.open_password");
}

static void check(const struct mail_kept *before, const struct mail_kept *after, const struct mail_change *change,
                  struct faults *to) {
    const struct str *v = after->value;
    way_check(before, after, change, MAIL_FIELD_HOST, MAIL_FIELD_PASSWORD, to);
    way_check(before, after, change, MAIL_FIELD_BOX_HOST, MAIL_FIELD_BOX_PASSWORD, to);
    if (v[MAIL_FIELD_HOST].n > 0 && v[MAIL_FIELD_FROM].n == 0)
        fault_add(to, MAIL_FIELD_FROM, "mail.no_from");
    if (v[MAIL_FIELD_BOX_HOST].n > 0 && v[MAIL_FIELD_BOX_USER].n == 0)
        fault_add(to, MAIL_FIELD_BOX_USER, "mail.no_user");
    if ((v[MAIL_FIELD_QUIET_FROM].n > 0) != (v[MAIL_FIELD_QUIET_UNTIL].n > 0))
        fault_add(to, v[MAIL_FIELD_QUIET_FROM].n > 0 ? MAIL_FIELD_QUIET_UNTIL : MAIL_FIELD_QUIET_FROM,
                  "mail.half_quiet");
}

/* ---- changing ---- */

/* What nobody needs to leave empty is as usual again when it is. */
static bool usual_when_empty(enum mail_field field) {
    return field == MAIL_FIELD_PER_MINUTE || field == MAIL_FIELD_BOX_FOLDER;
}

static bool secret_put(struct cx *cx, struct db *db, const struct mail_change *change, enum mail_field field, bool user,
                       bool *changed) {
    struct str sealed;
    *changed = change->value[field].n > 0 || !user;
    if (!*changed)
        return true;
    if (change->value[field].n == 0)
        return setting_drop(cx, db, name_of(field));
    return seal_close(cx, change->secrets, name_of(field), change->value[field], &sealed) &&
           setting_put(cx, db, name_of(field), sealed);
}

static bool field_put(struct cx *cx, struct db *db, enum mail_field field, struct str value) {
    return str_equal(value, str_from(mail_field_defs[field].usual)) ? setting_drop(cx, db, name_of(field))
                                                                    : setting_put(cx, db, name_of(field), value);
}

static bool all_put(struct cx *cx, struct db *db, const struct mail_change *change, const struct mail_kept *before,
                    const struct mail_kept *after) {
    bool any = false;
    for (int i = 0; i < MAIL_FIELDS; i++) {
        enum mail_field field = (enum mail_field)i;
        bool changed = !str_equal(before->value[i], after->value[i]);
        struct str was = before->value[i], became = after->value[i];
        if (secret_is(field)) {
            struct str user = after->value[field == MAIL_FIELD_PASSWORD ? MAIL_FIELD_USER : MAIL_FIELD_BOX_USER];
            if (!secret_put(cx, db, change, field, user.n > 0, &changed))
                return false;
            changed = changed && (was.n > 0 || change->value[i].n > 0);
            was = (struct str){0};
            became = change->value[i].n > 0 ? S("new") : S("none");
        } else if (changed && !field_put(cx, db, field, became)) {
            return false;
        }
        if (changed && !audit_add(cx, db, change->now_us, change->who, S("mail"), name_of(field), was, became))
            return false;
        any = any || changed;
    }
    return !any || setting_put(cx, db, VERSION, cx_text(cx, "%lld", (long long)before->version + 1));
}

static bool put(struct cx *cx, struct db *db, const struct mail_change *change, struct mail_kept *after,
                struct faults *to) {
    struct mail_kept before;
    if (!kept_read(cx, db, &before))
        return false;
    if (before.version != change->version)
        return cx_fail(cx, ERR_CONFLICT, S("mail.changed"));
    check(&before, after, change, to);
    return to->n == 0 && all_put(cx, db, change, &before, after);
}

bool mail_put(struct cx *cx, struct db *db, const struct mail_change *change, struct mail_fault fault[MAIL_FIELDS],
              size_t *n) {
    struct mail_kept after = {.version = 0};
    struct faults to = {.fault = fault};
    for (int i = 0; i < MAIL_FIELDS; i++) {
        enum mail_field field = (enum mail_field)i;
        if (!mail_field_tidy(cx->arena, field, change->value[i], &after.value[i]))
            fault_add(&to, field, mail_field_fault(field));
        else if (after.value[i].n == 0 && usual_when_empty(field))
            after.value[i] = str_from(mail_field_defs[i].usual);
    }
    bool done = to.n == 0 && db_write(cx, db);
    if (done) {
        done = put(cx, db, change, &after, &to) && db_commit(cx, db);
        if (!done)
            db_rollback(db);
    }
    *n = to.n;
    return done;
}

/* ---- a try ---- */

bool mail_letter_test(struct cx *cx, const struct mail_settings *settings, const struct mail_test *test,
                      struct str *bytes) {
    enum lang lang = LANG_EN;
    (void)lang_parse(test->lang, &lang);
    const struct str args[] = {settings->company.n > 0 ? settings->company : settings->from, settings->public_url};
    const struct letter letter = {.from_name = settings->from_name,
                                  .from = settings->from,
                                  .to_name = test->to_name,
                                  .to = test->to,
                                  .reply_to = settings->reply_to,
                                  .subject = catalog_text(cx->arena, lang, S("mail.test_subject"), args, 2),
                                  .text = catalog_text(cx->arena, lang, S("mail.test_text"), args, 2),
                                  .message_id = cx_text(cx, "%.*s@%.*s", STR_ARG(secret_token(cx->arena)),
                                                        STR_ARG(mailbox_domain(settings->from))),
                                  .auto_submitted = true,
                                  .at_us = test->now_us};
    return letter_write(cx, &letter, bytes);
}
