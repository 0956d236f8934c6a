// SPDX-License-Identifier: Apache-2.0
/* lines -- the limits of bench_analyze: lines read|count THREADS FILE reads the file, or reads it and counts its newlines. */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 256 << 10, THREADS = 64 };

static int file;
static int counting;
static atomic_size_t next;
static atomic_size_t lines;

typedef unsigned char bytes __attribute__((vector_size(32)));

/* As fast as memory gives them: each of 32 lanes counts up to 255. */
static size_t newlines(const char *p, size_t n) {
    size_t found = 0, i = 0;
    while (i + sizeof(bytes) <= n) {
        bytes lanes = {0};
        for (int k = 0; k < 255 && i + sizeof(bytes) <= n; k++, i += sizeof(bytes)) {
            bytes v;
            memcpy(&v, p + i, sizeof v);
            lanes -= (bytes)(v == '\n');
        }
        for (size_t k = 0; k < sizeof lanes; k++)
            found += lanes[k];
    }
    for (; i < n; i++)
        found += p[i] == '\n';
    return found;
}

static void *work(void *none) {
    static _Thread_local char p[PIECE];
    (void)none;
    for (;;) {
        size_t at = atomic_fetch_add(&next, 1);
        ssize_t n = pread(file, p, PIECE, (off_t)at * PIECE);
        if (n <= 0)
            return NULL;
        atomic_fetch_add(&lines, counting ? newlines(p, (size_t)n) : 0);
    }
}

int main(int argc, char **argv) {
    pthread_t thread[THREADS];
    size_t threads = argc == 4 ? strtoul(argv[2], NULL, 10) : 0;
    if (threads < 1 || threads > THREADS || (file = open(argv[3], O_RDONLY)) < 0)
        return 2;
    counting = strcmp(argv[1], "count") == 0;
    for (size_t i = 1; i < threads; i++)
        if (pthread_create(&thread[i], NULL, work, NULL) != 0)
            return 1;
    work(NULL);
    for (size_t i = 1; i < threads; i++)
        (void)pthread_join(thread[i], NULL);
    printf("%zu\n", (size_t)lines);
    return 0;
}
