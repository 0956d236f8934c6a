// SPDX-License-Identifier: Apache-2.0
/* banned -- functions that do not compile here; the name in the error is the replacement. Included by force (-include).
 */
#ifndef REATIVA_BASE_BANNED_H
#define REATIVA_BASE_BANNED_H

/* The system's headers use some of these names: let them in first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* With _FORTIFY_SOURCE some are macros to clang, and a macro cannot be poisoned. */
#undef sprintf
#undef vsprintf

#pragma GCC poison strcpy strcat strncpy strncat strtok sprintf vsprintf gets atoi atol atof
#pragma GCC poison localtime gmtime asctime ctime

#endif
