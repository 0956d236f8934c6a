// SPDX-License-Identifier: Apache-2.0
/* suppression -- an address that is not to be used: by which channel, since when, until when, and who said so.
 *
 * The numbers are kept in the database. Invariant: one list for every channel; whoever offers a contact asks app/reach.h, nobody reads
 * this list by another way.
 */
#ifndef REATIVA_CORE_SUPPRESSION_H
#define REATIVA_CORE_SUPPRESSION_H

#include "base/day.h"
#include "core/address.h"
#include "core/contact.h"

/* Channels of an address; letters go to whom a tax number names. ALL holds for visits too. */
enum suppression_channel {
    SUPPRESSION_ALL = 0,
    SUPPRESSION_CALL,
    SUPPRESSION_MESSAGE,
    SUPPRESSION_EMAIL,
    SUPPRESSION_LETTER,
    SUPPRESSION_CHANNELS
};
enum suppression_source {
    SUPPRESSION_NOBODY = 0,
    SUPPRESSION_ASKED,     /* the person asked */
    SUPPRESSION_LINK,      /* by the link of a message */
    SUPPRESSION_COMPLAINT, /* complained, to us or to an office */
    SUPPRESSION_CONSENT,   /* the answer kept with a person at a customer */
    SUPPRESSION_ERASURE,   /* was erased: the address itself is not kept */
    SUPPRESSION_BLOCK,     /* of a state's list; never in this table, see store/block.h */
    SUPPRESSION_BOUNCE,    /* a message came back: there is no such address */
    SUPPRESSION_SOURCES
};

struct suppression {
    int64_t id, hash;
    enum address_kind kind;
    enum suppression_channel channel;
    enum suppression_source source;
    struct day day, until; /* until: the last day it holds; DAY_NONE: for good */
    struct str note;
    struct str shown; /* the address; empty when it was erased */
    struct str who;
    int64_t made_us, lifted_us; /* lifted_us 0: it holds */
    struct str lifted_by, lifted_why;
};

const char *suppression_channel_name(enum suppression_channel channel); /* "call"; suppression.channel_<name> */
bool suppression_channel_parse(struct str name, enum suppression_channel *out);
const char *suppression_source_name(enum suppression_source source); /* "asked"; suppression.source_<name> */
bool suppression_source_parse(struct str name, enum suppression_source *out);
/* suppression_bars -- does what is told of one channel hold for a contact by this one? */
bool suppression_bars(enum suppression_channel told, enum suppression_channel wanted);

/* The limit on contact pressure: at most `most` contacts (0: no limit) within any `days` days, over all channels together. What counts
 * is every contact that was logged, reached or not, but for a wrong number, which disturbed somebody else. */
struct pressure_limit {
    int64_t most, days;
};
struct pressure {
    int64_t contacts; /* within the days up to today, today counted */
    bool reached;
    struct day next; /* where it is reached: the first day on which it is not */
};
bool pressure_counts(enum contact_outcome outcome);
/* pressure_of -- day[n]: of the contacts that count, in any order. */
struct pressure pressure_of(const struct pressure_limit *limit, const struct day *day, size_t n, struct day today);

#endif
