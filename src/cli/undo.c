// SPDX-License-Identifier: Apache-2.0
/* undo -- the `undo` command: take one import back, with all it added and overwrote. */
#include "app/admin.h"
#include "app/import.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/imports.h"

static bool run(struct cli *cli) {
    int64_t id;
    struct import_run import;
    if (!import_id_read(cli, &id) || !cli_open(cli) || !admin_import(cli->cx, cli->db, id, &import) ||
        !import_take_back(cli->cx, cli->db, id, S("cli"), cli->world->clock_us()))
        return false;
    SAY(cli, S("cli_undo.done"), cx_text(cli->cx, "%lld", (long long)id), text_clean(cli->cx->arena, import.files),
        text_int(cli->cx->arena, cli->lang, import.counts.added),
        text_int(cli->cx->arena, cli->lang, import.counts.changed));
    NOTE(cli, S("cli_undo.next"), cli_db_words(cli));
    return true;
}

const struct command command_undo = {
    .name = "undo", .group = COMMAND_CARE, .args = "ID", .args_most = 1, .common = COMMAND_DB, .run = run};
