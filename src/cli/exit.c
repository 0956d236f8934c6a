// SPDX-License-Identifier: Apache-2.0
/* exit -- the one place where an error's code becomes the program's exit status. */
#include "cli/cli.h"

int cli_exit_status(enum err_code code) {
    switch (code) {
    case ERR_NONE:
        return 0;
    case ERR_USAGE:
        return 2;
    case ERR_INVALID:
    case ERR_FORBIDDEN:
    case ERR_NOT_FOUND:
    case ERR_CONFLICT:
    case ERR_LIMIT:
    case ERR_DB:
    case ERR_IO:
    case ERR_BUG:
        break;
    }
    return 1;
}
