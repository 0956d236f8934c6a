// SPDX-License-Identifier: Apache-2.0
/* mime -- see the header. */
#include "format/mime.h"

#include <gmime/gmime.h>
#include <pthread.h>

static pthread_once_t ready = PTHREAD_ONCE_INIT;

void mime_ready(void) {
    (void)pthread_once(&ready, g_mime_init);
}
