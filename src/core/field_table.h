// SPDX-License-Identifier: Apache-2.0
/* field_table -- the dictionaries of headers, one list a kind of import. Private to field.c. */
#ifndef REATIVA_CORE_FIELD_TABLE_H
#define REATIVA_CORE_FIELD_TABLE_H

#include "core/field.h"

struct field_list {
    const struct field_name *field;
    size_t n;
};

/* A header that is taken only in a file that has another one, too. The list ends with NULL. */
struct field_condition {
    const char *header, *beside;
};

extern const struct field_condition field_conditions[];
extern const struct field_list field_lists[IMPORT_KIND_END];

#endif
