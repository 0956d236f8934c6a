// SPDX-License-Identifier: Apache-2.0
/* suppression -- see the header. Must not know whose address it is. */
#include "core/suppression.h"

static const char *const channels[SUPPRESSION_CHANNELS] = {"all", "call", "message", "email", "letter"};
static const char *const sources[SUPPRESSION_SOURCES] = {"nobody",  "asked",   "link",  "complaint",
                                                         "consent", "erasure", "block", "bounce"};

const char *suppression_channel_name(enum suppression_channel channel) {
    return channels[channel];
}

bool suppression_channel_parse(struct str name, enum suppression_channel *out) {
    for (int i = 0; i < SUPPRESSION_CHANNELS; i++)
        if (str_equal(name, str_from(channels[i]))) {
            *out = (enum suppression_channel)i;
            return true;
        }
    return false;
}

const char *suppression_source_name(enum suppression_source source) {
    return sources[source];
}

bool suppression_source_parse(struct str name, enum suppression_source *out) {
    for (int i = SUPPRESSION_ASKED; i < SUPPRESSION_SOURCES; i++)
        if (str_equal(name, str_from(sources[i]))) {
            *out = (enum suppression_source)i;
            return true;
        }
    return false;
}

bool suppression_bars(enum suppression_channel told, enum suppression_channel wanted) {
    return told == SUPPRESSION_ALL || told == wanted;
}

bool pressure_counts(enum contact_outcome outcome) {
    return outcome != CONTACT_OUTCOME_WRONG_NUMBER;
}

/* The day on which the limit would be reached again is that of the contact which leaves the window as the `most`-th newest: only after
 * it has left are there fewer. */
struct pressure pressure_of(const struct pressure_limit *limit, const struct day *day, size_t n, struct day today) {
    struct pressure out = {.next = DAY_NONE};
    int32_t first = today.n - (int32_t)limit->days; /* the last day that does not count any more */
    for (size_t i = 0; i < n; i++)
        out.contacts += day[i].n > first;
    out.reached = limit->most > 0 && out.contacts >= limit->most;
    for (size_t i = 0; i < n && out.reached; i++) {
        int64_t newer = 0, equal = 0;
        for (size_t k = 0; k < n; k++) {
            newer += day[k].n > day[i].n;
            equal += day[k].n == day[i].n;
        }
        if (newer < limit->most && newer + equal >= limit->most)
            out.next = (struct day){day[i].n + (int32_t)limit->days};
    }
    return out;
}
