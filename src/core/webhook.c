// SPDX-License-Identifier: Apache-2.0
/* webhook -- see the header. */
#include "core/webhook.h"

enum { MINUTE = 60, HOUR = 3600, ASKED_MOST = 12 * HOUR };

static const char *const topics[WEBHOOK_TOPICS] = {"status", "contacts", "reactivations", "imports", "alerts"};

static const struct {
    const char *name;
    enum webhook_topic topic;
} kinds[WEBHOOK_KINDS] = {
    [WEBHOOK_NOTHING] = {"", WEBHOOK_TOPICS},
    [WEBHOOK_STATUS_CHANGED] = {"customer.status_changed", WEBHOOK_STATUS},
    [WEBHOOK_STATUSES_CHANGED] = {"customers.status_changed", WEBHOOK_STATUS},
    [WEBHOOK_CONTACT_LOGGED] = {"contact.logged", WEBHOOK_CONTACTS},
    [WEBHOOK_REACTIVATED] = {"customer.reactivated", WEBHOOK_REACTIVATIONS},
    [WEBHOOK_REACTIVATED_MANY] = {"customers.reactivated", WEBHOOK_REACTIVATIONS},
    [WEBHOOK_IMPORT_DONE] = {"import.done", WEBHOOK_IMPORTS},
    [WEBHOOK_IMPORT_UNDONE] = {"import.undone", WEBHOOK_IMPORTS},
    [WEBHOOK_TEST] = {"webhook.test", WEBHOOK_TOPICS},
    [WEBHOOK_ALERT_SENT] = {"alert.sent", WEBHOOK_ALERTS},
};

/* After the first try, the second, ...: a day in all, and the last of WEBHOOK_TRIES has none after it. */
static const int64_t waits[WEBHOOK_TRIES - 1] = {MINUTE, 5 * MINUTE, 20 * MINUTE, HOUR, 3 * HOUR, 7 * HOUR, 12 * HOUR};

const char *webhook_topic_name(enum webhook_topic topic) {
    return topics[topic];
}

const char *webhook_kind_name(enum webhook_kind kind) {
    return kinds[kind].name;
}

enum webhook_topic webhook_kind_topic(enum webhook_kind kind) {
    return kinds[kind].topic;
}

static struct str scheme_cut(struct str url) {
    static const struct str https = {"https://", 8}, http = {"http://", 7};
    size_t n = str_starts(url, https) ? https.n : str_starts(url, http) ? http.n : url.n;
    return n == 0 ? url : (struct str){url.p + n, url.n - n};
}

/* What stands between the scheme and the path: host and port. */
static struct str authority(struct str url) {
    struct str rest = scheme_cut(url);
    size_t n = 0;
    while (n < rest.n && rest.p[n] != '/' && rest.p[n] != '?' && rest.p[n] != '#')
        n++;
    return (struct str){rest.p, n};
}

static bool port_good(struct str port) {
    int value = 0;
    for (size_t i = 0; i < port.n; i++) {
        if (port.p[i] < '0' || port.p[i] > '9' || i > 4)
            return false;
        value = value * 10 + (port.p[i] - '0');
    }
    return value > 0 && value < 65536;
}

bool webhook_url_host(struct str url, struct str *host) {
    struct str where = authority(url), port;
    if (url.n > WEBHOOK_URL_MOST || where.n == 0)
        return false;
    for (size_t i = 0; i < url.n; i++)
        if ((unsigned char)url.p[i] <= ' ' || url.p[i] == 0x7F || url.p[i] == '\\')
            return false;
    for (size_t i = 0; i < where.n; i++)
        if (where.p[i] == '@')
            return false;
    if (where.p[0] == '[') {
        struct str inside = {where.p + 1, where.n - 1};
        return str_cut(inside, ']', host, &port) && host->n > 0 &&
               (port.n == 0 || (port.p[0] == ':' && port_good((struct str){port.p + 1, port.n - 1})));
    }
    bool ported = str_cut(where, ':', host, &port);
    return host->n > 0 && (!ported || port_good(port));
}

struct str webhook_url_origin(struct str url) {
    struct str where = authority(url);
    return (struct str){url.p, where.n > 0 ? (size_t)(where.p + where.n - url.p) : 0};
}

int64_t webhook_wait_s(int tries, uint32_t chance, int64_t asked_s) {
    if (tries < 1 || tries >= WEBHOOK_TRIES)
        return 0;
    int64_t wait = waits[tries - 1], spread = wait / 5;
    wait += (int64_t)(chance % (uint32_t)(spread + 1)) - spread / 2;
    asked_s = asked_s < ASKED_MOST ? asked_s : ASKED_MOST;
    return wait > asked_s ? wait : asked_s;
}
