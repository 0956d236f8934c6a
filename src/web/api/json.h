// SPDX-License-Identifier: Apache-2.0
/* json -- a body of JSON as plain data in the request's arena. The one file that sees the JSON library.
 *
 * Numbers keep the text they were sent with: an amount never passes through floating point. Of a name that comes twice the
 * last value counts.
 */
#ifndef REATIVA_WEB_API_JSON_H
#define REATIVA_WEB_API_JSON_H

#include "base/cx.h"

enum { JSON_DEPTH = 8, JSON_VALUES = 100000 };
enum json_kind { JSON_NULL = 0, JSON_BOOL, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };

struct json_value {
    enum json_kind kind;
    bool truth;
    struct str text;         /* of a text, or a number as it was sent */
    struct str *name;        /* of an object: name[n] */
    struct json_value *item; /* item[n] */
    size_t n;
};

/* json_read -- INVALID api.malformed: not one JSON value in UTF-8, or a text that holds NUL; LIMIT api.too_deep: more than
 * JSON_DEPTH levels or JSON_VALUES values. */
bool json_read(struct cx *cx, struct str text, struct json_value *out);
/* json_member -- NULL: there is none of that name. */
const struct json_value *json_member(const struct json_value *object, struct str name);

#endif
