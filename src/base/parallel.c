// SPDX-License-Identifier: Apache-2.0
/* parallel -- threads that take the next number until none is left.
 *
 * Must not hand tasks out in a fixed share: one slow task would hold the others up. Invariant: every number is taken by
 * exactly one thread, and all threads have ended when the call returns.
 */
#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

struct work {
    parallel_task *task;
    void *owner;
    size_t tasks;
    atomic_size_t next;
};

static void *work_run(void *given) {
    struct work *work = given;
    for (;;) {
        size_t task = atomic_fetch_add_explicit(&work->next, 1, memory_order_relaxed);
        if (task >= work->tasks)
            return NULL;
        work->task(work->owner, task);
    }
}

static size_t threads_wanted(unsigned threads, size_t tasks) {
    size_t wanted = threads;
    if (threads == 0) {
        long processors = sysconf(_SC_NPROCESSORS_ONLN);
        wanted = processors > 1 ? (size_t)processors : 1;
    }
    if (wanted > PARALLEL_THREADS_MOST)
        wanted = PARALLEL_THREADS_MOST;
    return wanted < tasks ? wanted : tasks;
}

void parallel_run(unsigned threads, size_t tasks, parallel_task *task, void *owner) {
    if (tasks == 0)
        return;
    struct work work = {.task = task, .owner = owner, .tasks = tasks};
    atomic_init(&work.next, 0);
    pthread_t helper[PARALLEL_THREADS_MOST];
    size_t helpers = 0, wanted = threads_wanted(threads, tasks) - 1;
    while (helpers < wanted && pthread_create(&helper[helpers], NULL, work_run, &work) == 0)
        helpers++;
    work_run(&work);
    while (helpers-- > 0)
        (void)pthread_join(helper[helpers], NULL);
}
