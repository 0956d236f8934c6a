// SPDX-License-Identifier: Apache-2.0
/* demo_people -- who the demo's customers and reps are: names, tax numbers, places, portfolios. Private to src/app's demo.
 *
 * A person is made anew from seed and index whenever it is needed, so that a million of them take no memory. Numbers are
 * valid by their digits and belong to nobody on purpose: telephones begin with 90 (no subscriber's number does: it is the prefix of a
 * collect call), mail goes to the reserved domain .example.
 */
#ifndef REATIVA_APP_DEMO_PEOPLE_H
#define REATIVA_APP_DEMO_PEOPLE_H

#include "core/taxid.h"

enum { PERSON_TEXT = 160, REPS = 12 };

struct place {
    const char *city;
    const char *area_code;
    bool beach; /* lives on the summer */
};

struct state_of_sale {
    const char *uf;
    const char *branch;
    int32_t share_percent;
    int32_t rep_first, reps; /* portfolios 1..REPS */
    const struct place *place;
    int32_t places;
};

struct person {
    int32_t segment; /* of segments[] */
    const struct state_of_sale *state;
    const struct place *place;
    int32_t rep; /* 1..REPS */
    char name[PERSON_TEXT];
    char tax_id[TAXID_TEXT]; /* as people write it */
    size_t tax_id_n;
};

extern const char *const rep_name[REPS];

/* person_make -- the customer of that index of so many. Some are registered twice, under two codes: same name, same number. */
void person_make(uint64_t seed, int32_t index, int32_t customers, struct person *out);
/* person_code -- what the company calls it: "10042". */
int32_t person_code(int32_t index);
/* Empty texts for those who gave none. phone[PERSON_TEXT], email[2 * PERSON_TEXT]. */
void person_reach(struct arena *scratch, uint64_t seed, int32_t index, const struct person *person, char *phone,
                  char *email);

#endif
