// SPDX-License-Identifier: Apache-2.0
/* merge -- texts with fields that each recipient gets other words for: {customer}, {person|friend}.
 *
 * A brace before a letter opens a field, everywhere else it is itself, so that JSON needs no escaping. After '|' stands what is written
 * where the value is missing; nothing after it: then nothing is written. Case and accents of a field's name don't matter. Invariant: a text is
 * read once, from the front; what a value or a default holds is written as it is (escaped as asked) and never read as a field.
 */
#ifndef REATIVA_CORE_MERGE_H
#define REATIVA_CORE_MERGE_H

#include "base/cx.h"
#include "base/str.h"

enum {
    MERGE_TEXT_MOST = 20000,
    MERGE_FIELD_MOST = 300,
    MERGE_FIELDS_MOST = 200
}; /* bytes; of one field; fields of a text */

/* What surrounds a value: how it is made harmless there. The text itself is its author's and stays as it is, but for MERGE_LINE, whose
 * line ends and other control characters become blanks everywhere. */
enum merge_form {
    MERGE_TEXT = 0, /* control characters but line ends become blanks */
    MERGE_LINE,     /* a subject, a header: one line */
    MERGE_HTML,     /* between tags and in attributes with quotes */
    MERGE_JSON,     /* between the quotes of a JSON string */
    MERGE_FORM      /* percent-encoded: bodies of forms, queries of addresses */
};
struct merge_value {
    struct str name, also; /* lower case, without accents; also: in the other language, or empty */
    struct str value;      /* empty: missing */
};

enum merge_kind {
    MERGE_GOOD = 0,
    MERGE_UNKNOWN,  /* no such field */
    MERGE_UNCLOSED, /* no } on its line, or not near */
    MERGE_DOUBLED,  /* {{customer}}, as other programs write it */
    MERGE_TOO_LONG,
    MERGE_TOO_MANY,
    MERGE_NOT_TEXT, /* no UTF-8, or a NUL */
    MERGE_MISSING   /* there is no value and no default; by merge_write only */
};
struct merge_fault {
    enum merge_kind kind;
    struct str field; /* its name as it was written; a part of the text */
    size_t line;      /* from 1 */
};

/* merge_check -- can the text be written for anybody? known[n]: the fields, their values not looked at. O(text * fields). */
bool merge_check(struct arena *arena, struct str text, const struct merge_value *known, size_t n,
                 struct merge_fault *out);
/* merge_write -- the text with its values, of at most `most` bytes (past it MERGE_TOO_LONG). On a fault *out is untouched. */
bool merge_write(struct arena *arena, struct str text, const struct merge_value *value, size_t n, enum merge_form form,
                 size_t most, struct str *out, struct merge_fault *fault);
/* merge_fail -- the fault as an error that says where and what to do (merge.<...>); returns false. whose: who lacks the value, or empty. */
bool merge_fail(struct cx *cx, const struct merge_fault *fault, struct str whose);
/* merge_escape -- one value in a form. */
struct str merge_escape(struct arena *arena, struct str value, enum merge_form form);

#endif
