// SPDX-License-Identifier: Apache-2.0
/* orders -- an orders export of a large company, sorted by date, one line an order, to standard output.
 *
 *   orders CUSTOMERS DAYS [FROM UPTO]    orders of the days FROM to UPTO only (the same ones, whatever is left out)
 *   orders CUSTOMERS DAYS more ROUND     100 further orders of the last day
 *
 * Every customer has a rhythm of its own; some stop and some come late. A calendar holds, for each day, a chain of those
 * who buy then; who bought goes to the chain of the day of the next purchase. With 1,000,000 customers and 1,170 days it
 * is some 10 million orders, 1 GB. The last day is 2025-12-31.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LAST_DAY = 20453, REPS = 300, REGIONS = 27, PRODUCTS = 8000, SEGMENTS = 6, MORE = 100, FIRST_MORE = 900000000 };

static uint64_t state;

static uint64_t mixed(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static uint32_t draw(uint32_t n) {
    state += 0x9E3779B97F4A7C15u;
    return (uint32_t)((mixed(state) >> 32) * n >> 32);
}

static const char *const segment_name[SEGMENTS] = {"Padarias", "Mercados",     "Farmacias",
                                                   "Oficinas", "Restaurantes", "Escolas"};
static const int segment_days[SEGMENTS] = {40, 60, 80, 120, 75, 150};

static uint32_t trait(uint32_t customer, uint32_t which, uint32_t n) {
    return (uint32_t)((mixed(((uint64_t)which << 32) + customer + 1) >> 32) * n >> 32);
}

static int cycle_days(uint32_t customer) {
    int mean = segment_days[trait(customer, 1, SEGMENTS)];
    return mean / 2 + (int)trait(customer, 2, (uint32_t)mean);
}

static void order_write(uint64_t number, int day, uint32_t customer) {
    static int written = -1;
    static char date[16];
    if (day != written) {
        time_t at = (time_t)day * 86400;
        struct tm tm;
        strftime(date, sizeof date, "%Y-%m-%d", gmtime_r(&at, &tm));
        written = day;
    }
    uint32_t quantity = 1 + draw(24), price = 250 + draw(12000), product = draw(PRODUCTS);
    if (draw(50) == 0) {
        quantity = -quantity;
    }
    printf("%llu,%s,C%07u,Cliente %u,R%03u,%s,UF%02u,P%05u,Produto %u caixa,%d,%u.%02u\n", (unsigned long long)number,
           date, customer + 1, customer + 1, trait(customer, 3, REPS) + 1, segment_name[trait(customer, 1, SEGMENTS)],
           trait(customer, 4, REGIONS) + 1, product, product, (int)quantity, price / 100, price % 100);
}

static void all_write(uint32_t customers, int days, int from, int upto) {
    uint32_t *head = calloc((size_t)days + 1, sizeof *head); /* customer + 1; 0 ends a chain */
    uint32_t *next = calloc((size_t)customers + 1, sizeof *next);
    uint64_t number = 0;
    if (!head || !next) {
        exit(1);
    }
    for (uint32_t c = 0; c < customers; c++) {
        int first = (int)trait(c, 5, (uint32_t)days) * (int)trait(c, 6, 100) / 100;
        next[c] = head[first];
        head[first] = c + 1;
    }
    for (int day = 0; day < days; day++) {
        for (uint32_t at = head[day], after; at; at = after) {
            uint32_t customer = at - 1;
            after = next[customer];
            state = mixed(((uint64_t)day << 32) + customer);
            number++;
            if (day >= from && day <= upto) {
                order_write(number, LAST_DAY - days + 1 + day, customer);
            }
            int cycle = cycle_days(customer);
            int gap = 1 + cycle / 2 + (int)draw((uint32_t)cycle);
            gap += draw(30) == 0 ? 3 * cycle : 0;
            if (draw(40) != 0 && day + gap < days) {
                next[customer] = head[day + gap];
                head[day + gap] = customer + 1;
            }
        }
    }
    fprintf(stderr, "%llu\n", (unsigned long long)number);
    free(head);
    free(next);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fputs("orders CUSTOMERS DAYS [FROM UPTO | more ROUND]\n", stderr);
        return 2;
    }
    uint32_t customers = (uint32_t)strtoul(argv[1], NULL, 10);
    int days = atoi(argv[2]);
    static char room[1 << 16];
    setvbuf(stdout, room, _IOFBF, sizeof room);
    puts("order,date,customer,name,rep,segment,region,product,description,quantity,unit price");
    if (argc == 5 && strcmp(argv[3], "more") == 0) {
        uint64_t round = strtoul(argv[4], NULL, 10);
        for (uint32_t i = 0; i < MORE; i++) {
            state = mixed(round * MORE + i + 7);
            order_write(FIRST_MORE + round * MORE + i, LAST_DAY, draw(customers));
        }
    } else {
        all_write(customers, days, argc > 4 ? atoi(argv[3]) : 0, argc > 4 ? atoi(argv[4]) : days);
    }
    return 0;
}
