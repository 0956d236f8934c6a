// SPDX-License-Identifier: Apache-2.0
/* field -- giving each column of a header row its meaning.
 *
 * Fields are served in the order of their table, each taking the best header of its list that no field before it took.
 * That order is the whole of the rule: no guessing by similarity, so that a person can say from the table why a column
 * was chosen. Must not look at the data below the header. Invariant: no field is given to two columns.
 */
#include "core/field.h"

#include <string.h>

#include "core/field_table.h"

static const char *const kind_names[IMPORT_KIND_END + 1] = {
    [IMPORT_ORDERS] = "orders", [IMPORT_CUSTOMERS] = "customers", [IMPORT_PRODUCTS] = "products",
    [IMPORT_TITLES] = "titles", [IMPORT_QUOTES] = "quotes",       [IMPORT_TICKETS] = "tickets",
    [IMPORT_NFE] = "nfe",       [IMPORT_TRANSFER] = "transfer",
};

const char *import_kind_name(enum import_kind kind) {
    return kind_names[kind];
}

bool import_kind_parse(struct str name, enum import_kind *out) {
    for (int i = IMPORT_ORDERS; i < IMPORT_KIND_END; i++)
        if (str_equal(name, str_from(kind_names[i]))) {
            *out = (enum import_kind)i;
            return true;
        }
    return false;
}

const struct field_name *field_table(enum import_kind kind, size_t *n) {
    *n = field_lists[kind].n;
    return field_lists[kind].field;
}

/* A field has one name in all kinds; the first table that holds it says it. */
const char *field_name(enum field field) {
    if (field == FIELD_NONE)
        return FIELD_UNUSED;
    for (int kind = IMPORT_ORDERS; kind < IMPORT_KIND_END; kind++)
        for (size_t i = 0; i < field_lists[kind].n; i++)
            if (field_lists[kind].field[i].field == field)
                return field_lists[kind].field[i].name;
    return "";
}

bool field_parse(enum import_kind kind, struct str name, enum field *out) {
    *out = FIELD_NONE;
    if (str_equal(name, S(FIELD_UNUSED)))
        return true;
    for (size_t i = 0; i < field_lists[kind].n; i++)
        if (str_equal(name, str_from(field_lists[kind].field[i].name))) {
            *out = field_lists[kind].field[i].field;
            return true;
        }
    return false;
}

static bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Words that carry no meaning between others: "Data de Emissão" is "Data Emissão". */
static bool word_is_filler(struct str word) {
    static const char *const fillers[] = {"de", "do", "da", "dos", "das", "of", "the"};
    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
        if (str_equal(word, str_from(fillers[i])))
            return true;
    return false;
}

/* A header as the tables spell it. */
static struct str header_fold(struct arena *arena, struct str header) {
    struct str s = str_fold(arena, header);
    char *out = arena_new(arena, char, 4 * s.n + 1);
    size_t n = 0, word = 0;
    for (size_t i = 0; i <= s.n; i++) {
        char c = i < s.n ? s.p[i] : ' ';
        if (c == 'r' && n == word && i + 1 < s.n && s.p[i + 1] == '$') { /* R$ says the currency, not the meaning */
            i++;
        } else if (is_plain(c)) {
            out[n++] = c;
        } else {
            if (word_is_filler((struct str){out + word, n - word}) && word > 0)
                n = word;
            if (c == '%') {
                memcpy(out + n, "perc", 4);
                n += 4;
            }
            word = n;
        }
    }
    return (struct str){out, n};
}

/* Does the list hold the header as one of its words? */
static bool list_holds(const char *list, struct str header) {
    for (struct str rest = str_from(list), head; rest.n > 0;) {
        str_cut(rest, ' ', &head, &rest);
        if (str_equal(head, header))
            return true;
    }
    return false;
}

static bool header_allowed(struct str header, const struct str *folded, size_t n) {
    for (const struct field_condition *c = field_conditions; c->header != NULL; c++) {
        if (!str_equal(header, str_from(c->header)))
            continue;
        for (size_t i = 0; i < n; i++)
            if (str_equal(folded[i], str_from(c->beside)))
                return true;
        return false;
    }
    return true;
}

/* The leftmost free column of this header; n when there is none. */
static size_t column_find(const struct str *folded, const enum field *taken, size_t n, struct str header) {
    for (size_t i = 0; i < n; i++)
        if (taken[i] == FIELD_NONE && str_equal(folded[i], header))
            return i;
    return n;
}

/* The columns that bear a field's own name, where its list does not rank it: our own exports and saved files. */
static void take_own_names(struct arena *arena, const struct field_list *list, const struct str *header, size_t n,
                           enum field *out) {
    for (size_t f = 0; f < list->n; f++) {
        const struct field_name *field = &list->field[f];
        if (list_holds(field->headers, header_fold(arena, str_from(field->name))))
            continue;
        for (size_t i = 0; i < n; i++)
            if (out[i] == FIELD_NONE && str_equal(str_trim(header[i]), str_from(field->name))) {
                out[i] = field->field;
                break;
            }
    }
}

static bool field_given(const enum field *out, size_t n, enum field field) {
    for (size_t i = 0; i < n; i++)
        if (out[i] == field)
            return true;
    return false;
}

/* The free column with the best header of the list, if the file has any of them. */
static void take_best(const struct field_name *field, const struct str *folded, size_t n, enum field *out) {
    for (struct str rest = str_from(field->headers), head; rest.n > 0;) {
        str_cut(rest, ' ', &head, &rest);
        size_t column = column_find(folded, out, n, head);
        if (column < n && header_allowed(head, folded, n)) {
            out[column] = field->field;
            return;
        }
    }
}

void field_recognise(struct arena *arena, enum import_kind kind, const struct str *header, size_t n, enum field *out) {
    const struct field_list *list = &field_lists[kind];
    struct str *folded = arena_new(arena, struct str, n + 1);
    for (size_t i = 0; i < n; i++) {
        folded[i] = header_fold(arena, header[i]);
        out[i] = FIELD_NONE;
    }
    take_own_names(arena, list, header, n, out);
    for (size_t f = 0; f < list->n; f++)
        if (!field_given(out, n, list->field[f].field))
            take_best(&list->field[f], folded, n, out);
}

size_t field_header_score(struct arena *arena, enum import_kind kind, const struct str *row, size_t n) {
    enum field *field = arena_new(arena, enum field, n + 1);
    field_recognise(arena, kind, row, n, field);
    size_t score = 0;
    for (size_t i = 0; i < n; i++)
        score += field[i] != FIELD_NONE;
    return score;
}
