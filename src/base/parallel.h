// SPDX-License-Identifier: Apache-2.0
/* parallel -- the same function over many numbered tasks, on a few threads.
 *
 * Tasks are numbered, independent, and write only what belongs to their number: so the result is the same bits for any
 * number of threads. The caller's thread takes part; it returns when all tasks are done. When the system gives no thread,
 * the work is done on those there are.
 */
#ifndef REATIVA_BASE_PARALLEL_H
#define REATIVA_BASE_PARALLEL_H

#include <stddef.h>

enum { PARALLEL_THREADS_MOST = 64 };

typedef void parallel_task(void *owner, size_t task);

/* parallel_run -- task(owner, 0 .. tasks - 1). threads: at most so many, 1: none beside the caller, 0: as many as the machine has processors. */
void parallel_run(unsigned threads, size_t tasks, parallel_task *task, void *owner);

#endif
