// SPDX-License-Identifier: Apache-2.0
/* say -- texts of the catalogs to the person: answers on one stream, messages on the other. */
#include "base/text.h"
#include "cli/cli.h"

struct str cli_text(const struct cli *cli, const struct str *key_and_args, size_t n) {
    return catalog_text(cli->cx->arena, cli->lang, key_and_args[0], key_and_args + 1, n - 1);
}

void cli_put(FILE *to, struct str line) {
    fwrite(line.p, 1, line.n, to);
    fputc('\n', to);
}

void cli_say(const struct cli *cli, struct str text) {
    size_t columns = cli->world->columns > 0 ? (size_t)cli->world->columns : SIZE_MAX;
    for (struct str rest = text, line; rest.n > 0;) {
        str_cut(rest, '\n', &line, &rest);
        if (str_width(line) > columns) {
            struct str lines = text_wrap(cli->cx->arena, line, columns, 0);
            fwrite(lines.p, 1, lines.n, cli->world->out);
        } else {
            cli_put(cli->world->out, line);
        }
    }
}

void cli_note(const struct cli *cli, struct str line) {
    if (!cli->quiet)
        cli_put(cli->world->err, line);
}
