// SPDX-License-Identifier: Apache-2.0
/* picture -- see picture.h.
 *
 * Must not know what is remembered. Invariant: db->picture is that of the tables this transaction sees, or 0.
 */
#include "store/picture.h"

#include "base/secret.h"
#include "store/driver.h"
#include "store/setting.h"

static const struct str setting = {"picture", 7};

void picture_begun(struct db *db) {
    db->picture_read = db->moved = false;
    db->picture = 0;
    db->hidden_before = db->hidden;
}

void picture_ended(struct db *db, bool committed) {
    if (!committed)
        db->hidden = db->hidden_before;
    picture_begun(db);
}

/* A number of 63 bits; where the machine has no chance to offer there is no picture, and nothing is remembered. */
static struct str number_new(struct cx *cx) {
    uint64_t number = 0;
    if (secret_ready())
        secret_bytes(&number, sizeof number);
    return number ? cx_text(cx, "%llu", (unsigned long long)(number >> 1)) : (struct str){0};
}

bool picture_renew(struct cx *cx, struct db *db) {
    return !db->moved || setting_put(cx, db, setting, number_new(cx));
}

static uint64_t number_of(struct str s) {
    uint64_t number = 0;
    for (size_t i = 0; i < s.n; i++)
        number = number * 10 + (uint64_t)(s.p[i] - '0');
    return number;
}

static bool read_once(struct cx *cx, struct db *db) {
    bool found = false;
    struct str text = {0};
    if (db->picture_read)
        return true;
    db->picture_read = true;
    if (!setting_find(cx, db, setting, &found, &text))
        return false;
    db->picture = found ? number_of(text) : 0;
    return true;
}

bool picture_hidden(const struct db *db) {
    return db->hidden;
}

bool picture_recalls(const struct db *db) {
    return db->recall != NULL && db->in_transaction && !db->writing && !db->hidden &&
           (!db->picture_read || db->picture != 0);
}

bool picture_find(struct cx *cx, struct db *db, struct str key, struct picture_ask *ask, bool *found, struct str *out) {
    *found = false;
    *out = (struct str){0};
    *ask = (struct picture_ask){.key = key};
    if (!picture_recalls(db))
        return true;
    if (!read_once(cx, db))
        return false;
    ask->aparts = db->aparts;
    *found = db->picture != 0 && recall_find(db->recall, cx->arena, key, db->picture, out);
    return true;
}

void picture_keep(struct db *db, const struct picture_ask *ask, struct str value) {
    if (picture_recalls(db) && db->picture != 0 && db->aparts == ask->aparts)
        recall_keep(db->recall, ask->key, db->picture, value);
}
