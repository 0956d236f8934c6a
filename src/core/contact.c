// SPDX-License-Identifier: Apache-2.0
/* contact -- see contact.h: the tables of channels and outcomes, and the rule of tries. */
#include "core/contact.h"

static const char *const channels[CONTACT_CHANNEL_COUNT] = {
    [CONTACT_CHANNEL_NONE] = "none",   [CONTACT_CHANNEL_CALL] = "call",       [CONTACT_CHANNEL_VISIT] = "visit",
    [CONTACT_CHANNEL_EMAIL] = "email", [CONTACT_CHANNEL_MESSAGE] = "message", [CONTACT_CHANNEL_OTHER] = "other",
};

static const struct {
    const char *name;
    enum contact_need needs;
    bool ends;
} outcomes[CONTACT_OUTCOME_COUNT] = {
    [CONTACT_OUTCOME_NONE] = {"none", CONTACT_NEED_NOTHING, false},
    [CONTACT_OUTCOME_ORDERED] = {"ordered", CONTACT_NEED_NOTHING, false},
    [CONTACT_OUTCOME_QUOTED] = {"quoted", CONTACT_NEED_NOTHING, false},
    [CONTACT_OUTCOME_LATER] = {"later", CONTACT_NEED_DATE, false},
    [CONTACT_OUTCOME_NO_ANSWER] = {"no_answer", CONTACT_NEED_NOTHING, false},
    [CONTACT_OUTCOME_REFUSED] = {"refused", CONTACT_NEED_OBJECTION, false},
    [CONTACT_OUTCOME_WRONG_NUMBER] = {"wrong_number", CONTACT_NEED_NOTHING, false},
    [CONTACT_OUTCOME_CLOSED] = {"closed", CONTACT_NEED_REASON, true},
    [CONTACT_OUTCOME_DO_NOT_CONTACT] = {"do_not_contact", CONTACT_NEED_NOTHING, true},
    [CONTACT_OUTCOME_SENT] = {"sent", CONTACT_NEED_NOTHING, false},
};

const char *contact_channel_name(enum contact_channel channel) {
    return channels[channel > CONTACT_CHANNEL_NONE && channel < CONTACT_CHANNEL_COUNT ? channel : CONTACT_CHANNEL_NONE];
}

bool contact_channel_parse(struct str name, enum contact_channel *out) {
    for (int i = CONTACT_CHANNEL_NONE + 1; i < CONTACT_CHANNEL_COUNT; i++)
        if (str_equal(name, str_from(channels[i]))) {
            *out = (enum contact_channel)i;
            return true;
        }
    return false;
}

static enum contact_outcome known(enum contact_outcome outcome) {
    return outcome > CONTACT_OUTCOME_NONE && outcome < CONTACT_OUTCOME_COUNT ? outcome : CONTACT_OUTCOME_NONE;
}

const char *contact_outcome_name(enum contact_outcome outcome) {
    return outcomes[known(outcome)].name;
}

bool contact_outcome_parse(struct str name, enum contact_outcome *out) {
    for (int i = CONTACT_OUTCOME_NONE + 1; i < CONTACT_OUTCOME_COUNT; i++)
        if (str_equal(name, str_from(outcomes[i].name))) {
            *out = (enum contact_outcome)i;
            return true;
        }
    return false;
}

enum contact_need contact_outcome_needs(enum contact_outcome outcome) {
    return outcomes[known(outcome)].needs;
}

bool contact_outcome_ends(enum contact_outcome outcome) {
    return outcomes[known(outcome)].ends;
}

static bool days_parse(struct str text, int *out) {
    int days = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9' || days > CONTACT_TRY_DAYS_MOST)
            return false;
        days = days * 10 + (text.p[i] - '0');
    }
    *out = days;
    return days >= 1 && days <= CONTACT_TRY_DAYS_MOST;
}

bool contact_tries_parse(struct str text, struct contact_tries *out) {
    struct contact_tries tries = {.n = 0};
    struct str rest = str_trim(text), one;
    while (rest.n > 0) {
        bool more = str_cut(rest, ',', &one, &rest);
        if (tries.n == CONTACT_TRIES_MOST || !days_parse(str_trim(one), &tries.days[tries.n++]))
            return false;
        if (!more)
            break;
        if (rest.n == 0)
            return false;
    }
    *out = tries;
    return true;
}

bool contact_tries_next(const struct contact_tries *tries, int64_t in_vain, int *days) {
    if (in_vain < 1 || (uint64_t)in_vain > tries->n)
        return false;
    *days = tries->days[in_vain - 1];
    return true;
}
