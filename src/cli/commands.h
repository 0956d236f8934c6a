// SPDX-License-Identifier: Apache-2.0
/* commands -- the records that the files of the commands define, one each; what commands.c lists. */
#ifndef REATIVA_CLI_COMMANDS_H
#define REATIVA_CLI_COMMANDS_H

#include "cli/command.h"

extern const struct command command_init, command_demo, command_import, command_score, command_list, command_show,
    command_flow, command_export, command_cycle, command_policy, command_backtest, command_close, command_imports,
    command_undo, command_backup, command_restore, command_verify, command_help_of, command_man, command_completion,
    command_version, command_model, command_serve, command_user, command_token, command_jobs, command_reader,
    command_privacy, command_analyze;

#endif
