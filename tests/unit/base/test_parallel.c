// SPDX-License-Identifier: Apache-2.0
/* Every task once, whatever the number of threads, and the same result. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/parallel.h"

enum { TASKS = 5000 };

struct tally {
    int times[TASKS];
    double sum[TASKS];
};

static void tally_task(void *owner, size_t task) {
    struct tally *t = owner;
    t->times[task]++;
    for (size_t i = 1; i <= task % 100; i++)
        t->sum[task] += 1.0 / (double)i;
}

static void every_task_runs_once_with_any_number_of_threads(void **state) {
    (void)state;
    static struct tally first, other;
    const unsigned threads[] = {0, 2, 3, 17, PARALLEL_THREADS_MOST, 100000};
    memset(&first, 0, sizeof first);
    parallel_run(1, TASKS, tally_task, &first);
    for (size_t i = 0; i < TASKS; i++)
        assert_int_equal(first.times[i], 1);
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        memset(&other, 0, sizeof other);
        parallel_run(threads[i], TASKS, tally_task, &other);
        assert_memory_equal(&first, &other, sizeof first);
    }
}

static void no_task_is_no_call(void **state) {
    (void)state;
    parallel_run(0, 0, tally_task, NULL);
    parallel_run(4, 0, tally_task, NULL);
}

static void one_task_runs_in_the_caller(void **state) {
    (void)state;
    struct tally t = {.times = {0}};
    parallel_run(8, 1, tally_task, &t);
    assert_int_equal(t.times[0], 1);
    assert_int_equal(t.times[1], 0);
}

struct nest {
    struct tally inner[4];
};

static void nest_task(void *owner, size_t task) {
    struct nest *n = owner;
    parallel_run(2, 50, tally_task, &n->inner[task]);
}

static void tasks_may_have_tasks_of_their_own(void **state) {
    (void)state;
    static struct nest nest;
    memset(&nest, 0, sizeof nest);
    parallel_run(3, 4, nest_task, &nest);
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 51; j++)
            assert_int_equal(nest.inner[i].times[j], j < 50 ? 1 : 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_task_runs_once_with_any_number_of_threads),
        cmocka_unit_test(no_task_is_no_call),
        cmocka_unit_test(one_task_runs_in_the_caller),
        cmocka_unit_test(tasks_may_have_tasks_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
