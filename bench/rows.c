// SPDX-License-Identifier: Apache-2.0
/* rows -- an orders export of a row a purchase for bench_analyze: rows ROWS CUSTOMERS sorted|any > file.csv
 *
 * Customer, day, value. Some customers buy often and most seldom; three years; `sorted` by day, as programs export them, or in any order. The
 * same numbers give the same bytes.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS = 1095, YEAR = 365, FIRST_YEAR = 2022, ROOM = 1 << 20, LONGEST = 64 };

static uint64_t state = 0x9E3779B97F4A7C15u;

static uint64_t chance(void) {
    uint64_t z = (state += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static void day_text(unsigned day, char to[16]) {
    static const unsigned month[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned of_year = day % YEAR, m = 0; /* the leap day of 2024 sees no business */
    while (of_year >= month[m])
        of_year -= month[m++];
    snprintf(to, 16, "%04u-%02u-%02u", (FIRST_YEAR + day / YEAR) % 10000, m + 1, of_year % 100 + 1);
}

/* Two draws, the lesser: low numbers buy oftener. */
static uint64_t customer(uint64_t customers) {
    uint64_t one = chance() % customers, other = chance() % customers;
    return one < other ? one : other;
}

int main(int argc, char **argv) {
    static char room[ROOM + LONGEST], day[DAYS][16];
    if (argc != 4) {
        fputs("rows ROWS CUSTOMERS sorted|any\n", stderr);
        return 2;
    }
    uint64_t rows = strtoull(argv[1], NULL, 10), customers = strtoull(argv[2], NULL, 10);
    int sorted = strcmp(argv[3], "sorted") == 0;
    size_t n = 0;
    for (unsigned d = 0; d < DAYS; d++)
        day_text(d, day[d]);
    puts("customer_id,order_date,value");
    for (uint64_t i = 0; i < rows; i++) {
        uint64_t d = sorted ? i * DAYS / rows : chance() % DAYS, cents = 500 + chance() % 50000;
        n += (size_t)snprintf(room + n, LONGEST, "C%07llu,%s,%llu.%02llu\n", (unsigned long long)customer(customers),
                              day[d], (unsigned long long)(cents / 100), (unsigned long long)(cents % 100));
        if (n >= ROOM) {
            fwrite(room, 1, n, stdout);
            n = 0;
        }
    }
    fwrite(room, 1, n, stdout);
    return ferror(stdout) ? 1 : 0;
}
