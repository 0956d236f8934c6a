// SPDX-License-Identifier: Apache-2.0
/* cluster_sql -- the statements of sql/clickhouse with their {words} filled in.
 *
 * A word is filled with what was set under its name, and that was quoted by its kind when it was set, so that what a person typed, or a
 * customer's code says, is never read as SQL. The old servers know no parameters, hence this. Filled text is not looked at again.
 */
#ifndef REATIVA_APP_CLUSTER_SQL_H
#define REATIVA_APP_CLUSTER_SQL_H

#include <stdint.h>

#include "base/cx.h"

struct cluster_statement {
    const char *name, *text;
};
extern const struct cluster_statement cluster_statements[]; /* made by tools/embed_statements */
extern const size_t cluster_statements_n;

enum { CLUSTER_WORDS = 80 };
/* What the words are filled with; texts live in the arena of who sets them. */
struct cluster_words {
    struct {
        struct str name, text;
    } word[CLUSTER_WORDS];
    size_t n;
};
/* Set, or set anew. _sql: a part that cluster_sql made, or what the analyst typed as SQL. _name: of a table. */
void cluster_set_sql(struct cluster_words *words, const char *name, struct str text);
void cluster_set_name(struct arena *arena, struct cluster_words *words, const char *name, struct str text);
void cluster_set_text(struct arena *arena, struct cluster_words *words, const char *name, struct str text);
void cluster_set_int(struct arena *arena, struct cluster_words *words, const char *name, int64_t number);
void cluster_set_real(struct arena *arena, struct cluster_words *words, const char *name, double number);
struct str cluster_quoted(struct arena *arena, struct str text, char quote);

/* cluster_sql -- BUG: no such statement, or a word that nobody set. */
bool cluster_sql(struct cx *cx, const struct cluster_words *words, const char *statement, struct str *out);
/* cluster_part -- the same, kept as a word under its own name, for a statement that holds it. */
bool cluster_part(struct cx *cx, struct cluster_words *words, const char *statement, const char *name);

#endif
