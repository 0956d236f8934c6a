// SPDX-License-Identifier: Apache-2.0
/* The name of a process: who lives is not gone, who has ended is, and of who cannot be known nothing is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/process.h"

static struct arena arena;

/* Another process tells its name, and lives until the pipe that is given back is closed. */
static pid_t other(struct str *name, int *until) {
    int told[2], lives[2];
    static char text[256];
    assert_int_equal(pipe(told) | pipe(lives), 0);
    pid_t pid = fork();
    if (pid == 0) {
        (void)close(lives[1]);
        struct str own = process_name(&arena);
        char c;
        if (write(told[1], own.p, own.n) != (ssize_t)own.n || read(lives[0], &c, 1) > 0)
            _exit(1);
        _exit(0);
    }
    (void)close(told[1]);
    (void)close(lives[0]);
    ssize_t n = read(told[0], text, sizeof text);
    assert_true(n > 0);
    (void)close(told[0]);
    *name = (struct str){text, (size_t)n};
    *until = lives[1];
    return pid;
}

static void who_lives_is_not_gone_and_who_ended_is(void **state) {
    struct str name;
    int until;
    (void)state;
    assert_false(process_gone(process_name(&arena)));
    pid_t pid = other(&name, &until);
    assert_false(str_equal(name, process_name(&arena)));
    assert_false(process_gone(name));
    (void)close(until);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    assert_true(process_gone(name));
}

/* Its number is somebody else's by now: here this process's own. */
static void a_number_that_is_used_again_is_not_the_one_of_before(void **state) {
    (void)state;
    struct str name = process_name(&arena);
    char *then = str_terminated(&arena, name);
    char *began = strrchr(then, ':');
    assert_true(began != NULL && strlen(began) > 2);
    began[1] = began[1] == '9' ? '8' : '9';
    assert_true(process_gone(str_from(then)));
}

static void of_other_machines_and_of_nonsense_nothing_is_known(void **state) {
    (void)state;
    static const char *const names[] = {"",
                                        ":",
                                        "host",
                                        "host:1:00000000:4026531836:1",
                                        "host:999999999:::",
                                        "host:-1:a:b:c",
                                        "host:x:a:b:c",
                                        "host:99999999999999999999999999:a:b:c",
                                        "host:1:a:b"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_false(process_gone(str_from(names[i])));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_lives_is_not_gone_and_who_ended_is),
        cmocka_unit_test(a_number_that_is_used_again_is_not_the_one_of_before),
        cmocka_unit_test(of_other_machines_and_of_nonsense_nothing_is_known),
    };
    arena_init(&arena, 0, arena_full_exit, NULL);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_clear(&arena);
    return failed;
}
