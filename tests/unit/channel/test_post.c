// SPDX-License-Identifier: Apache-2.0
/* One name that no name server answers: nobody else waits for it. The resolver here is ours: it answers when it is told to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <netdb.h>
#include <pthread.h>
#include <time.h>

#include "channel/post.h"

enum { PATIENCE_S = 60 }; /* only a post that waits for the resolver is still there then */

static struct {
    pthread_mutex_t lock;
    pthread_cond_t moved;
    bool asked, may_answer, gave_up, left;
} resolver = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, false, false, false};

/* In place of the C library's, for the library that asks. */
int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **out) {
    struct timespec until;
    (void)name;
    (void)service;
    (void)hints;
    *out = NULL;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_S;
    pthread_mutex_lock(&resolver.lock);
    resolver.asked = true;
    pthread_cond_broadcast(&resolver.moved);
    while (!resolver.may_answer && !resolver.gave_up)
        resolver.gave_up = pthread_cond_timedwait(&resolver.moved, &resolver.lock, &until) != 0;
    resolver.left = true;
    pthread_cond_broadcast(&resolver.moved);
    pthread_mutex_unlock(&resolver.lock);
    return EAI_AGAIN;
}

static void resolver_await(const bool *fact) {
    pthread_mutex_lock(&resolver.lock);
    while (!*fact)
        pthread_cond_wait(&resolver.moved, &resolver.lock);
    pthread_mutex_unlock(&resolver.lock);
}

static bool resolver_gave_up(void) {
    pthread_mutex_lock(&resolver.lock);
    bool gave_up = resolver.gave_up;
    resolver.may_answer = true;
    pthread_cond_broadcast(&resolver.moved);
    pthread_mutex_unlock(&resolver.lock);
    return gave_up;
}

static void post_is_closed_without_waiting_for_a_name_that_is_still_looked_up(void **state) {
    const struct post_wish wish = {.tag = 1, .url = S("http://slow.example/"), .body = S("{}")};
    struct post *post = post_open(1, false, "test");
    struct post_line line;
    (void)state;
    assert_non_null(post);
    assert_true(post_start(post, &wish));
    assert_false(post_wait(post, 0, &line));
    resolver_await(&resolver.asked);
    post_close(post);
    assert_false(resolver_gave_up());
    resolver_await(&resolver.left);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(post_is_closed_without_waiting_for_a_name_that_is_still_looked_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
