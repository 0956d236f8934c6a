// SPDX-License-Identifier: Apache-2.0
/* constant BYTES -- a page of so many bytes, always the same, by the library that `reativa serve` stands on and with as many
 * threads: what a page that has to be asked for and written is compared with. Prints its port; ends with its input.
 */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum MHD_Result answer(void *page, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *data, size_t *n, void **state) {
    (void)url;
    (void)method;
    (void)version;
    (void)data;
    (void)n;
    (void)state;
    return MHD_queue_response(connection, MHD_HTTP_OK, page);
}

int main(int argc, char **argv) {
    size_t n = argc == 2 ? strtoull(argv[1], NULL, 10) : 0;
    char *text = n > 0 ? malloc(n) : NULL;
    if (text == NULL) {
        fprintf(stderr, "usage: constant BYTES\n");
        return 2;
    }
    memset(text, 'x', n);
    struct MHD_Response *page = MHD_create_response_from_buffer(n, text, MHD_RESPMEM_PERSISTENT);
    long threads = sysconf(_SC_NPROCESSORS_ONLN);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    (void)MHD_add_response_header(page, "Content-Type", "text/html; charset=utf-8");
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO, 0, NULL, NULL, answer, page,
                         MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&at, MHD_OPTION_THREAD_POOL_SIZE,
                         (unsigned)(threads > 2 ? threads : 2), MHD_OPTION_CONNECTION_LIMIT, 1024U, MHD_OPTION_END);
    if (daemon == NULL) {
        perror("constant");
        return 1;
    }
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    printf("%u\n", (unsigned)info->port);
    fflush(stdout);
    while (getchar() != EOF) {
    }
    MHD_stop_daemon(daemon);
    MHD_destroy_response(page);
    free(text);
    return 0;
}
