// SPDX-License-Identifier: Apache-2.0
/* Files that may not come in, or have no room, are refused by what their headers say. */
#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "http/server.h"

static int64_t most_bytes, room_bytes;

static int64_t room(void *owner, const struct http_request *request, int64_t *free_bytes) {
    (void)owner;
    (void)request;
    *free_bytes = room_bytes;
    return most_bytes;
}

static void handle(void *owner, struct http_request *request, struct http_reply *reply) {
    (void)owner;
    reply->status = request->fault != 0 ? request->fault : 200;
}

static int64_t clock_us(void) {
    return 0;
}

/* The status of a form with files that says it is so long, and sends nothing of it. */
static int answer_to(struct http_server *server, long long bytes) {
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    char said[64] = "", request[400];
    struct str port = http_address(server), host;
    assert_true(str_cut(port, ':', &host, &port));
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)strtol(str_terminated(&arena, port), NULL, 10))};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(inet_pton(AF_INET, "127.0.0.1", &to.sin_addr), 1);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    int n = snprintf(request, sizeof request,
                     "POST /x HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                     "Content-Length: %lld\r\nConnection: close\r\n\r\n",
                     bytes);
    assert_int_equal(write(fd, request, (size_t)n), n);
    size_t got = 0;
    while (got < 12) {
        ssize_t more = read(fd, said + got, sizeof said - 1 - got);
        assert_true(more > 0);
        got += (size_t)more;
    }
    (void)close(fd);
    arena_clear(&arena);
    return (int)strtol(said + 9, NULL, 10);
}

static void files_without_room_are_not_too_large(void **state) {
    (void)state;
    struct arena arena;
    struct cx cx = {.arena = &arena};
    struct http_server *server;
    const struct http_config config = {
        .listen = S("127.0.0.1:0"), .room = room, .spool = S("/tmp"), .log = -1, .clock_us = clock_us};
    arena_init(&arena, 0, arena_full_exit, NULL);
    assert_true(http_start(&cx, &config, handle, NULL, NULL, &server));
    static const struct {
        int64_t most, left;
        long long bytes;
        int status;
    } cases[] = {{500LL << 20, 300LL << 20, 600LL << 20, 413},
                 {500LL << 20, 300LL << 20, 400LL << 20, 507},
                 {500LL << 20, 0, 200LL << 20, 507},
                 {-401, 0, 200LL << 20, 401},
                 {-403, 0, 200LL << 20, 403},
                 {0, 0, 200LL << 20, 413}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        most_bytes = cases[i].most;
        room_bytes = cases[i].left;
        assert_int_equal(answer_to(server, cases[i].bytes), cases[i].status);
    }
    http_stop(server, 1);
    arena_clear(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(files_without_room_are_not_too_large)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
