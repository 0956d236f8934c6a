// SPDX-License-Identifier: Apache-2.0
/* bounce -- see the header. */
#include "core/bounce.h"

static const char *const kinds[BOUNCE_KINDS] = {
    [BOUNCE_OTHER] = "other", [BOUNCE_REPORT] = "report", [BOUNCE_COMPLAINT] = "complaint"};
static const char *const results[BOUNCE_RESULTS] = {
    [BOUNCE_NOTHING] = "nothing", [BOUNCE_DELIVERED] = "delivered", [BOUNCE_DELAYED] = "delayed",
    [BOUNCE_SOFT] = "soft",       [BOUNCE_HARD] = "hard",           [BOUNCE_UNWANTED] = "unwanted"};
static const char *const ends[BOUNCE_ENDS] = {[BOUNCE_SHOWN] = "shown",
                                              [BOUNCE_FOREIGN] = "foreign",
                                              [BOUNCE_MISMATCHED] = "mismatched",
                                              [BOUNCE_COUNTED] = "counted",
                                              [BOUNCE_SUPPRESSED] = "suppressed"};

const char *bounce_kind_name(enum bounce_kind kind) {
    return kinds[kind];
}

const char *bounce_result_name(enum bounce_result result) {
    return results[result];
}

const char *bounce_end_name(enum bounce_end end) {
    return ends[end];
}

static bool word_is(struct str s, struct str lower) {
    if (s.n != lower.n)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + ('a' - 'A')) : s.p[i];
        if (c != lower.p[i])
            return false;
    }
    return true;
}

struct status {
    int class, subject, detail;
};

static bool number(struct str s, size_t *at, int *out) {
    size_t from = *at;
    *out = 0;
    while (*at < s.n && *at - from < 3 && s.p[*at] >= '0' && s.p[*at] <= '9')
        *out = *out * 10 + (s.p[(*at)++] - '0');
    return *at > from && (*at == s.n || s.p[*at] < '0' || s.p[*at] > '9');
}

/* "5.1.1" at the beginning of a text; what follows is none of its digits. */
static bool status_read(struct str s, struct status *out) {
    size_t at = 0;
    return number(s, &at, &out->class) && out->class >= 2 && out->class <= 5 && at < s.n && s.p[at++] == '.' &&
           number(s, &at, &out->subject) && at < s.n && s.p[at++] == '.' && number(s, &at, &out->detail);
}

/* "smtp; 550 5.1.1 <ana@example.com>: no such user" -- the first status after a blank, or after "550-". */
static bool status_find(struct str said, struct status *out) {
    for (size_t i = 1; i < said.n; i++)
        if ((said.p[i - 1] == ' ' || said.p[i - 1] == '-' || said.p[i - 1] == '#') &&
            status_read((struct str){said.p + i, said.n - i}, out))
            return true;
    return false;
}

/* A final refusal that is about the address itself. 5.1.7 and 5.1.8 are about the sender's. */
static bool about_address(struct status s) {
    bool mailbox = s.subject == 1 && s.detail != 7 && s.detail != 8 && s.detail != 9;
    return mailbox || (s.subject == 2 && s.detail == 1);
}

enum bounce_result bounce_weigh(struct str action, struct str status, struct str diagnostic) {
    struct status s = {0}, better;
    if (word_is(action, S("delivered")) || word_is(action, S("relayed")) || word_is(action, S("expanded")))
        return BOUNCE_DELIVERED;
    if (word_is(action, S("delayed")))
        return BOUNCE_DELAYED;
    if (!word_is(action, S("failed")))
        return BOUNCE_NOTHING;
    if (!status_read(status, &s))
        s = (struct status){0};
    bool known = s.subject != 0 || s.detail != 0;
    if (!known && status_find(diagnostic, &better) && (s.class == 0 || better.class == s.class))
        s = better;
    return s.class == 5 && about_address(s) ? BOUNCE_HARD : BOUNCE_SOFT;
}
