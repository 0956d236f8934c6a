// SPDX-License-Identifier: Apache-2.0
/* main -- what the program reads from outside, once: environment, clock, terminal; then the command line runs.
 *
 * Must hold no logic of its own. REATIVA_TODAY (yyyy-mm-dd) stands in for the clock's day, so that an answer can be
 * had again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/cli.h"

enum { OUT_BUFFER = 1 << 16, COLUMNS_MOST = 1000 };

static int64_t clock_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int32_t utc_offset_s(int64_t at_us) {
    time_t at = (time_t)(at_us / 1000000);
    struct tm local;
    return localtime_r(&at, &local) != NULL ? (int32_t)local.tm_gmtoff : 0;
}

static struct day today(void) {
    struct day day;
    if (day_parse_iso(str_from(getenv("REATIVA_TODAY")), &day))
        return day;
    int64_t now_us = clock_us();
    int64_t local_s = now_us / 1000000 + utc_offset_s(now_us);
    return (struct day){(int32_t)(local_s / 86400)};
}

static struct day zone_take(const char *zone) {
    (void)setenv("TZ", zone, 1);
    tzset();
    return today();
}

static struct str first_set(const char *const *names) {
    for (; *names != NULL; names++) {
        struct str value = str_from(getenv(*names));
        if (value.n > 0)
            return value;
    }
    return (struct str){0};
}

/* The terminal's own answer, else COLUMNS; lines of a file or pipe may be of any length. */
static int32_t columns_of_out(void) {
    struct winsize size;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    struct str text = str_from(getenv("COLUMNS"));
    int32_t columns = 0;
    for (size_t i = 0; i < text.n && columns < COLUMNS_MOST; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return 0;
        columns = columns * 10 + (text.p[i] - '0');
    }
    return columns;
}

int main(int argc, char **argv) {
    static const char *const locale[] = {"LC_ALL", "LC_MESSAGES", "LANG", NULL};
    static const char *const user[] = {"USER", "LOGNAME", NULL};
    struct arena arena;
    bool terminal = isatty(STDOUT_FILENO) == 1;
    bool dumb = str_equal(str_from(getenv("TERM")), S("dumb"));
    const struct cli_world world = {.out = stdout,
                                    .err = stderr,
                                    .err_terminal = isatty(STDERR_FILENO) == 1 && !dumb,
                                    .colour = terminal && !dumb && str_from(getenv("NO_COLOR")).n == 0,
                                    .columns = columns_of_out(),
                                    .db = str_from(getenv("REATIVA_DB")),
                                    .secrets = str_from(getenv("REATIVA_SECRETS")),
                                    .cluster_password = str_from(getenv("CLICKHOUSE_PASSWORD")),
                                    .lang = first_set(locale),
                                    .user = first_set(user),
                                    .version = S(REATIVA_VERSION),
                                    .today = today(),
                                    .clock_us = clock_us,
                                    .utc_offset_s = utc_offset_s,
                                    .zone_take = zone_take};
    if (!terminal)
        setvbuf(stdout, NULL, _IOFBF, OUT_BUFFER);
    arena_init(&arena, 0, arena_full_exit, NULL);
    int status = cli_main(&world, &arena, argc, argv);
    arena_clear(&arena);
    return status;
}
