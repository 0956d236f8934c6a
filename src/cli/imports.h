// SPDX-License-Identifier: Apache-2.0
/* imports -- what `import`, `imports`, `undo` and `model` share: an import's number, how a file is written, counts,
 * rejected rows. */
#ifndef REATIVA_CLI_IMPORTS_H
#define REATIVA_CLI_IMPORTS_H

#include "app/admin.h"
#include "app/import.h"
#include "cli/json.h"

/* import_id_read -- the command's first word as the number of an import. */
bool import_id_read(struct cli *cli, int64_t *out);

/* Words of --date-format, --decimal, --delimiter; the empty text is "found by itself". */
enum date_order import_date_order(struct str text);
enum decimal_mark import_decimal(struct str text);
char import_delimiter(struct str text);

/* import_read_maps -- every --map, for the kind in out. */
bool import_read_maps(struct cli *cli, struct import_options *out);

/* The counts as columns rows, added, changed, unchanged, rejected, blank. */
enum { IMPORT_COUNT_COLUMNS = 6 };
void import_count_columns(const struct cli *cli, struct out_column *out);
void import_count_cells(const struct import_counts *counts, struct out_cell *out);
void import_count_json(struct json *json, const struct import_counts *counts);
/* import_counts_text -- the same as a sentence. */
struct str import_counts_text(const struct cli *cli, const struct import_counts *counts);

/* import_reason -- why rows were refused, with `detail` in its place. */
struct str import_reason(const struct cli *cli, struct str key, struct str detail);
/* import_say_reason -- both as lines of the answer, with how many rows it was. */
void import_say_reason(const struct cli *cli, struct str key, int64_t rows);

#endif
