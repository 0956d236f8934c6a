// SPDX-License-Identifier: Apache-2.0
/* progress -- see progress.h. Drawn at most every PROGRESS_EVERY_US, so that watching costs nothing; the first
 * PROGRESS_QUIET_US are silent, so that short work shows nothing at all. */
#include "cli/progress.h"

#include "base/buf.h"
#include "base/text.h"

enum { PROGRESS_EVERY_US = 100000, PROGRESS_QUIET_US = 400000, PROGRESS_BAR = 20, PROGRESS_WHAT_COLUMNS = 24 };

static void put_bar(struct buf *out, uint64_t done, uint64_t total) {
    uint64_t full = done >= total ? PROGRESS_BAR : done * PROGRESS_BAR / total;
    for (uint64_t i = 0; i < PROGRESS_BAR; i++)
        buf_put(out, i < full ? S("█") : S("░"));
}

static struct str time_left(const struct cli *cli, struct arena *arena, int64_t seconds) {
    if (seconds < 60)
        return TEXT(cli, S("cli.seconds_left"), text_int(arena, cli->lang, seconds));
    return TEXT(cli, S("cli.minutes_left"), text_int(arena, cli->lang, (seconds + 59) / 60));
}

struct str progress_text(const struct progress_line *line, struct arena *arena, uint64_t done, uint64_t total,
                         int64_t now_us, size_t columns) {
    const struct cli *cli = line->cli;
    struct buf out;
    buf_init(&out, arena, 0);
    buf_put(&out, str_from(line->what));
    buf_put(&out, S("  "));
    double seconds = (double)(now_us - line->began_us) / 1e6;
    if (total > 0) {
        put_bar(&out, done, total);
        double share = done >= total ? 1 : (double)done / (double)total;
        buf_printf(&out, " %3d %%", (int)(share * 100));
    }
    buf_put(&out, S("  "));
    double rate = seconds > 0 ? (double)done / seconds : 0;
    if (line->bytes)
        buf_put(&out,
                TEXT(cli, S("cli.megabytes_per_second"), text_decimal(arena, cli->lang, (int64_t)(rate / 1e5), 1, 1)));
    else
        buf_put(&out, TEXT(cli, S("cli.per_second"), text_int(arena, cli->lang, (int64_t)rate)));
    if (total > done && rate > 0) {
        buf_put(&out, S("  "));
        buf_put(&out, time_left(cli, arena, (int64_t)((double)(total - done) / rate) + 1));
    }
    return text_shorten(arena, buf_str(&out), columns);
}

/* Of a path the last part: the rest would push the figures out of sight. */
static struct str file_name(struct str path) {
    size_t at = path.n;
    while (at > 0 && path.p[at - 1] != '/')
        at--;
    return (struct str){path.p + at, path.n - at};
}

static void step(void *owner, struct str what, uint64_t done, uint64_t total) {
    struct progress_line *line = owner;
    const struct cli_world *world = line->cli->world;
    int64_t now_us = world->clock_us();
    struct arena *arena = line->cli->cx->arena;
    struct arena_mark before = arena_mark_get(arena);
    const char *text_of_key = catalog_find(line->cli->lang, what);
    struct str shown = text_of_key != NULL ? str_from(text_of_key) : text_clean(arena, file_name(what));
    shown = text_shorten(arena, shown, PROGRESS_WHAT_COLUMNS);
    line->bytes = text_of_key == NULL;
    char copy[PROGRESS_WHAT];
    snprintf(copy, sizeof copy, "%.*s", STR_ARG(shown));
    if (!str_equal(str_from(copy), str_from(line->what))) {
        snprintf(line->what, sizeof line->what, "%s", copy);
        line->began_us = now_us;
        line->drawn_us = 0;
    }
    arena_rewind(arena, before);
    if (now_us - line->began_us < PROGRESS_QUIET_US || now_us - line->drawn_us < PROGRESS_EVERY_US)
        return;
    line->drawn_us = now_us;
    struct arena_mark mark = arena_mark_get(arena);
    struct str text = progress_text(line, arena, done, total, now_us, 79);
    fprintf(world->err, "\r\033[K%.*s", STR_ARG(text));
    fflush(world->err);
    line->visible = true;
    arena_rewind(arena, mark);
}

struct progress progress_begin(struct progress_line *line, const struct cli *cli) {
    *line = (struct progress_line){.cli = cli};
    if (!cli->world->err_terminal || cli->quiet)
        return (struct progress){0};
    return (struct progress){.step = step, .owner = line};
}

void progress_end(struct progress_line *line) {
    if (line->visible)
        fputs("\r\033[K", line->cli->world->err);
    line->visible = false;
}
