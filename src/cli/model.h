// SPDX-License-Identifier: Apache-2.0
/* model -- what the three parts of the `model` command share: where customers come from, and those that are left out.
 * Private to src/cli. */
#ifndef REATIVA_CLI_MODEL_H
#define REATIVA_CLI_MODEL_H

#include "app/model.h"
#include "base/whole.h"
#include "cli/json.h"
#include "cli/out.h"
#include "cli/progress.h"

bool cli_model_fit(struct cli *cli, enum model_kind kind);
bool cli_model_predict(struct cli *cli, enum model_kind kind);
bool cli_model_simulate(struct cli *cli, enum model_kind kind);

/* -- numbers of the command line --------------------------------------------------------------------------------- */

/* model_k -- of --k; 0 when it is not given; usage when it is none. */
bool model_k(struct cli *cli, int32_t *out);
bool model_threads(struct cli *cli, unsigned *out);
/* model_real -- the number of that option, above `least` (or equal, where equal says so) and at most MODEL_TIME_MOST. */
enum { MODEL_TIME_MOST = 1000000 };
bool model_real(struct cli *cli, const char *option, double least, bool equal, double *out);
bool model_number(struct cli *cli, const char *option, int64_t least, int64_t most, int64_t otherwise, int64_t *out);
/* model_params_read -- of --params (or another option), every fault as wrong usage. */
bool model_params_read(struct cli *cli, const char *option, enum model_kind kind, int32_t k, struct model_text *out);
/* model_format -- --format, else by the ending of --output, else `otherwise`. */
enum cli_format model_format(struct cli *cli, enum cli_format otherwise);

/* -- input ------------------------------------------------------------------------------------------------------- */

/* Rows that are no customers: said one by one up to a limit, counted by reason, written to --rejects. */
enum { MODEL_REASONS = 32, MODEL_LEFT_OUT_SHOWN = 100, MODEL_ORDERS_SHOWN = 10 };
struct model_left_out {
    struct cli *cli;
    struct whole file;
    struct out *out; /* NULL: no --rejects */
    struct arena texts;
    int64_t rows;
    struct str shown[MODEL_LEFT_OUT_SHOWN];
    struct {
        struct str reason;
        int64_t rows, first_line;
    } reason[MODEL_REASONS];
    size_t reasons;
};

struct model_input {
    struct summary_options options;
    struct summary *summary;
    struct model_left_out left_out;
    struct progress_line line;
};

/* model_input_read -- the options that say where customers come from. The caller adds what its model needs. */
bool model_input_read(struct cli *cli, struct model_input *out);
bool model_input_open(struct cli *cli, struct model_input *input);
import_reject_visit model_leave_out; /* owner: struct model_left_out */
/* model_input_close -- says what was left out; false with an error set when done was false or --rejects failed. */
bool model_input_close(struct cli *cli, struct model_input *input, bool done);
/* model_input_words -- ` --input FILE`, or the database's words: for the next command. */
struct str model_input_words(const struct cli *cli);

/* model_say_warnings -- a sentence each; model_json_warnings -- the member "warnings", their names. */
void model_say_warnings(struct cli *cli, uint32_t warnings);
void model_json_warnings(struct json *json, uint32_t warnings);

#endif
