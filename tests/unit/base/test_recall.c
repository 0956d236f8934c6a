// SPDX-License-Identifier: Apache-2.0
/* What is remembered is given again for its own picture alone, and never takes more room than it was given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/recall.h"

enum { ROOM = 64 << 10, THREADS = 4, KEYS = 40, ROUNDS = 20000 };

static struct arena arena;

static int start(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    return 0;
}

static int finish(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static struct str found(struct recall *recall, const char *key, uint64_t picture) {
    struct str out;
    return recall_find(recall, &arena, str_from(key), picture, &out) ? out : S("-");
}

static void a_value_is_of_one_picture(void **state) {
    (void)state;
    struct recall *recall = recall_new(ROOM);
    assert_true(str_equal(found(recall, "a", 1), S("-")));
    recall_keep(recall, S("a"), 1, S("one"));
    recall_keep(recall, S("ab"), 1, S(""));
    assert_true(str_equal(found(recall, "a", 1), S("one")));
    assert_int_equal(found(recall, "ab", 1).n, 0);
    assert_true(str_equal(found(recall, "a", 2), S("-")));
    recall_keep(recall, S("a"), 2, S("two"));
    assert_true(str_equal(found(recall, "a", 2), S("two")));
    assert_true(str_equal(found(recall, "a", 1), S("-")));
    recall_free(recall);
}

static void keys_are_bytes(void **state) {
    (void)state;
    struct recall *recall = recall_new(ROOM);
    const struct str key[2] = {{"a\0b", 3}, {"a\0c", 3}};
    struct str out;
    recall_keep(recall, key[0], 1, S("b"));
    assert_false(recall_find(recall, &arena, key[1], 1, &out));
    assert_true(recall_find(recall, &arena, key[0], 1, &out));
    recall_free(recall);
}

static void what_was_not_asked_for_longest_goes_first(void **state) {
    (void)state;
    struct recall *recall = recall_new(ROOM);
    static char large[ROOM / 16];
    char key[20];
    memset(large, 'x', sizeof large);
    for (int i = 0; i < 100; i++) {
        snprintf(key, sizeof key, "%d", i);
        recall_keep(recall, str_from(key), 1, (struct str){large, sizeof large});
        assert_true(recall_bytes(recall) <= ROOM);
        assert_int_equal(found(recall, "0", 1).n, sizeof large); /* asked for all the time */
        assert_int_equal(found(recall, key, 1).n, sizeof large);
    }
    assert_true(str_equal(found(recall, "1", 1), S("-")));
    assert_int_equal(found(recall, "98", 1).n, sizeof large);
    recall_free(recall);
}

static void what_is_too_large_is_not_kept(void **state) {
    (void)state;
    struct recall *recall = recall_new(ROOM);
    static char large[ROOM];
    recall_keep(recall, S("small"), 1, S("1"));
    recall_keep(recall, S("large"), 1, (struct str){large, sizeof large});
    assert_true(str_equal(found(recall, "large", 1), S("-")));
    assert_true(str_equal(found(recall, "small", 1), S("1")));
    recall_free(recall);
    recall = recall_new(0);
    recall_keep(recall, S("a"), 1, S("1"));
    assert_true(str_equal(found(recall, "a", 1), S("-")));
    recall_free(recall);
}

/* -- threads --------------------------------------------------------------------------------------------------------------- */

struct worker {
    pthread_t thread;
    struct recall *recall;
    uint64_t seed;
    int wrong;
};

/* Every value says its key and its picture, many times over: half a value would show. */
static size_t value_make(char *to, size_t room, unsigned key, unsigned picture) {
    size_t n = 0, times = 1 + key * 7 % 30;
    for (size_t i = 0; i < times; i++)
        n += (size_t)snprintf(to + n, room - n, "%u.%u;", key, picture);
    return n;
}

static void *work(void *owner) {
    struct worker *w = owner;
    struct arena own;
    arena_init(&own, 0, arena_full_exit, NULL);
    for (int round = 0; round < ROUNDS; round++) {
        w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
        unsigned key = (unsigned)(w->seed >> 33) % KEYS, picture = 1 + (unsigned)(w->seed >> 50) % 2;
        char name[20], value[1000];
        size_t n = value_make(value, sizeof value, key, picture);
        snprintf(name, sizeof name, "key %u", key);
        struct str out;
        if (!recall_find(w->recall, &own, str_from(name), picture, &out))
            recall_keep(w->recall, str_from(name), picture, (struct str){value, n});
        else
            w->wrong += !str_equal(out, (struct str){value, n});
        arena_reset(&own);
    }
    arena_clear(&own);
    return NULL;
}

static void threads_share_one(void **state) {
    (void)state;
    struct worker worker[THREADS] = {0};
    struct recall *recall = recall_new(4000);
    for (int i = 0; i < THREADS; i++) {
        worker[i].recall = recall;
        worker[i].seed = (uint64_t)i + 1;
        assert_int_equal(pthread_create(&worker[i].thread, NULL, work, &worker[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(worker[i].thread, NULL), 0);
        assert_int_equal(worker[i].wrong, 0);
    }
    assert_true(recall_bytes(recall) <= 4000);
    recall_free(recall);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_of_one_picture),
        cmocka_unit_test(keys_are_bytes),
        cmocka_unit_test(what_was_not_asked_for_longest_goes_first),
        cmocka_unit_test(what_is_too_large_is_not_kept),
        cmocka_unit_test(threads_share_one),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
