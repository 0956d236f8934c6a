// SPDX-License-Identifier: Apache-2.0
/* answer -- what the API answers, written as JSON into the reply: names, numbers, days and amounts as `export --format json` writes them.
 *
 * Begin and end must pair; a name is NULL inside an array.
 */
#ifndef REATIVA_WEB_API_ANSWER_H
#define REATIVA_WEB_API_ANSWER_H

#include "base/buf.h"
#include "base/day.h"

struct answer {
    struct buf *to;
    bool some; /* has what is open a member yet? */
};

void answer_object(struct answer *answer, const char *name);
void answer_object_end(struct answer *answer);
void answer_array(struct answer *answer, const char *name);
void answer_array_end(struct answer *answer);

void answer_text(struct answer *answer, const char *name, struct str s); /* "" is null */
void answer_chars(struct answer *answer, const char *name, const char *s);
void answer_number(struct answer *answer, const char *name, int64_t v);    /* STAT_NONE is null */
void answer_id(struct answer *answer, const char *name, int64_t v);        /* 0 is null */
void answer_e4(struct answer *answer, const char *name, int64_t v);        /* v / 10,000; STAT_NONE is null */
void answer_money(struct answer *answer, const char *name, int64_t cents); /* "1234.50"; STAT_NONE is null */
void answer_day(struct answer *answer, const char *name, struct day d);
void answer_month(struct answer *answer, const char *name, int32_t month);
void answer_moment(struct answer *answer, const char *name, int64_t us); /* 0 is null */
void answer_bool(struct answer *answer, const char *name, bool v);

#endif
