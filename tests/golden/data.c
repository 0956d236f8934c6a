// SPDX-License-Identifier: Apache-2.0
/* data -- plain CSV without quotes, as the published files are. Must not repair anything: a file that cannot be read ends the test.
 */
#include "data.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/str.h"

enum { LINE = 1024, COLUMNS = 16, PATH = 4096 };

static void path_set(char path[PATH], const char *name) {
    const char *folder = getenv("REATIVA_DATA"), *source = getenv("REATIVA_SOURCE");
    if (folder)
        (void)snprintf(path, PATH, "%s/%s", folder, name);
    else
        (void)snprintf(path, PATH, "%s/../shared/data/%s", source ? source : ".", name);
}

bool data_is_here(void) {
    char path[PATH];
    path_set(path, "btyd/SOURCES.md");
    FILE *file = fopen(path, "r");
    if (file)
        (void)fclose(file);
    return file != NULL;
}

static _Noreturn void data_fail(const char *what, const char *path) {
    (void)fprintf(stderr, "%s: %s\n", what, path);
    exit(1);
}

static bool is_packed(const char *path) {
    size_t n = strlen(path);
    return n > 3 && strcmp(path + n - 3, ".gz") == 0;
}

static FILE *data_open(const char *name) {
    char path[PATH], command[PATH + 32];
    path_set(path, name);
    (void)snprintf(command, sizeof command, "gzip -dc '%s'", path);
    FILE *file = is_packed(name) ? popen(command, "r") : fopen(path, "r");
    if (!file)
        data_fail("cannot be read", path);
    return file;
}

static void data_close(FILE *file, const char *path) {
    int status = is_packed(path) ? pclose(file) : fclose(file);
    if (status != 0)
        data_fail("was not read to its end", path);
}

/* The cells of the next line; 0 at the end. */
static size_t line_next(FILE *file, char line[LINE], char *cell[COLUMNS]) {
    if (!fgets(line, LINE, file))
        return 0;
    line[strcspn(line, "\r\n")] = '\0';
    size_t n = 0;
    for (char *at = line; n < COLUMNS; at++) {
        cell[n++] = at;
        at = strchr(at, ',');
        if (!at)
            break;
        *at = '\0';
    }
    return n;
}

static double number_of(const char *text) {
    char *end;
    double v = strtod(text, &end);
    return end != text && *end == '\0' ? v : (double)NAN;
}

double *data_table(struct arena *arena, const char *path, size_t *rows, size_t *columns) {
    char line[LINE], *cell[COLUMNS];
    FILE *file = data_open(path);
    size_t wide = line_next(file, line, cell), n = 0, room = 1024;
    double *table = arena_new(arena, double, room *wide);
    while (line_next(file, line, cell) == wide) {
        if (n == room) {
            table = arena_grow(arena, table, room * wide, 2 * room * wide, sizeof *table);
            room *= 2;
        }
        for (size_t i = 0; i < wide; i++)
            table[n * wide + i] = number_of(cell[i]);
        n++;
    }
    data_close(file, path);
    *rows = n;
    *columns = wide;
    return table;
}

static int purchase_compare(const void *a, const void *b) {
    const struct data_purchase *p = a, *q = b;
    if (p->customer != q->customer)
        return p->customer < q->customer ? -1 : 1;
    return (p->day > q->day) - (p->day < q->day);
}

struct data_purchase *data_log(struct arena *arena, const char *path, size_t customer, size_t date, size_t amount,
                               size_t *n) {
    char line[LINE], *cell[COLUMNS];
    FILE *file = data_open(path);
    size_t wide = line_next(file, line, cell), room = 1024, all = 0;
    struct data_purchase *bills = arena_new(arena, struct data_purchase, room);
    while (line_next(file, line, cell) == wide) {
        struct day day;
        double who = number_of(cell[customer]);
        if (isnan(who) || (amount < wide && !(number_of(cell[amount]) > 0)))
            continue;
        if (strlen(cell[date]) < 10 || !day_parse_iso((struct str){cell[date], 10}, &day))
            data_fail("no date", cell[date]);
        if (all == room) {
            bills = arena_grow(arena, bills, room, 2 * room, sizeof *bills);
            room *= 2;
        }
        bills[all++] = (struct data_purchase){(int64_t)who, day.n};
    }
    data_close(file, path);
    qsort(bills, all, sizeof *bills, purchase_compare);
    *n = 0;
    for (size_t i = 0; i < all; i++)
        if (i == 0 || purchase_compare(&bills[i - 1], &bills[i]) != 0)
            bills[(*n)++] = bills[i];
    return bills;
}

struct cbs_customer *data_customers(struct arena *arena, const struct data_purchase *bills, size_t n, int32_t until,
                                    double unit_days, int32_t later, size_t *customers, double **after) {
    struct cbs_customer *c = arena_new(arena, struct cbs_customer, n);
    double *bought = arena_new(arena, double, n);
    size_t found = 0;
    for (size_t i = 0; i < n;) {
        size_t first = i;
        struct cbs_customer one = {.T = (until - bills[i].day) / unit_days};
        for (; i < n && bills[i].customer == bills[first].customer; i++) {
            if (i > first && bills[i].day <= until) {
                one.x += 1;
                one.t_x = (bills[i].day - bills[first].day) / unit_days;
                one.litt += log((bills[i].day - bills[i - 1].day) / unit_days);
            }
            bought[found] += bills[i].day > until && bills[i].day <= later ? 1 : 0;
        }
        if (bills[first].day <= until)
            c[found++] = one;
        else
            bought[found] = 0;
    }
    *customers = found;
    if (after)
        *after = bought;
    return c;
}
