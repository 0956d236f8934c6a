// SPDX-License-Identifier: Apache-2.0
/* mould -- what the API takes and gives, declared once: bodies and parameters are checked by it, the OpenAPI file is made of it,
 * and the tests hold answers against that.
 *
 * Fields are written `name:type`, blanks between. Types: text, int, decimal, money, day, time (14:05), month, moment, bool, row (an object of texts and numbers, of bodies
 * only), file (of forms only); words with | between
 * (one of them); Name (a mould); [type] (a list of it). A ? behind: may be null (what is sent may leave it out); a ~: may be missing
 * from an answer too. `*columns` stands for every column of lists, `*filters` for every filter, sort and columns.
 */
#ifndef REATIVA_WEB_API_MOULD_H
#define REATIVA_WEB_API_MOULD_H

#include "web/api/json.h"

struct mould {
    const char *name;
    const char *fields;
};
extern const struct mould moulds_given[];                                   /* of answers; ends with a name of NULL */
extern const struct mould moulds_taken[];                                   /* of bodies */
const struct mould *mould_find(const struct mould *table, struct str name); /* NULL: none */

struct mould_field {
    struct str name, type; /* type: without ? and ~ */
    bool optional, missing;
};
/* mould_fields -- all, what stands for several taken apart; the array is in the arena. */
size_t mould_fields(struct arena *arena, const char *fields, struct mould_field **out);
/* mould_item -- "[text]" is a list of "text". */
bool mould_item(struct str type, struct str *item);
bool mould_words(struct str type); /* one of some words? */

/* mould_text_fits -- of a parameter; false: it is no such value. */
bool mould_text_fits(struct str type, struct str text);
/* mould_check -- INVALID api.not_object, api.unknown_field, api.missing_field, api.bad_field; *field says which. */
bool mould_check(struct cx *cx, const struct mould *mould, const struct json_value *value, struct str *field);
/* mould_time -- 14:05 to minutes of the day. */
bool mould_time(struct str text, int *out);
/* mould_moment -- 2026-11-22T14:05:00Z or with an offset, to microseconds UTC. */
bool mould_moment(struct str text, int64_t *out);

#endif
