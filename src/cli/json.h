// SPDX-License-Identifier: Apache-2.0
/* json -- one object with parts inside it (`show`, `import`), written as it is told; indented for people to read.
 *
 * Begin and end must pair; a name is NULL inside an array. Lists of equal rows are out.h's.
 */
#ifndef REATIVA_CLI_JSON_H
#define REATIVA_CLI_JSON_H

#include "cli/out.h"

enum { JSON_DEPTH = 16 };

struct json {
    const struct cli *cli;
    FILE *to;
    int depth;
    bool some[JSON_DEPTH]; /* has the open thing at this depth a member yet? */
};

void json_open(struct json *json, const struct cli *cli, FILE *to);
bool json_close(struct json *json); /* the last line end; IO when any write failed */

void json_object(struct json *json, const char *name);
void json_object_end(struct json *json);
void json_array(struct json *json, const char *name);
void json_array_end(struct json *json);

void json_text(struct json *json, const char *name, struct str s);            /* "" is null */
void json_number(struct json *json, const char *name, int64_t v);             /* STAT_NONE is null */
void json_decimal(struct json *json, const char *name, int64_t v, int scale); /* v / 10^scale; STAT_NONE is null */
void json_e4(struct json *json, const char *name, int64_t v);
void json_real(struct json *json, const char *name, double v); /* all its digits; not finite: null */
void json_money(struct json *json, const char *name, int64_t cents);
void json_day(struct json *json, const char *name, struct day d);
void json_moment(struct json *json, const char *name, int64_t us); /* 0 is null */
void json_bool(struct json *json, const char *name, bool v);
/* json_cell -- the value a list would write in that column. */
void json_cell(struct json *json, const char *name, const struct out_column *column, const struct out_cell *cell);

#endif
