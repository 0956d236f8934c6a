// SPDX-License-Identifier: Apache-2.0
/* stage.c -- rows wait in runs: one heading and the lines that followed it without another heading between.
 *
 * A run is written as   u64 key hash | u32 size of what follows | u32 lines | heading | line | line ...
 * in native byte order: runs never outlive the process. In memory runs stand one after another in blocks; in
 * files each of OVERFLOW_PARTS partitions is such a sequence. Reading a partition back means: index all runs by (hash,
 * place), join equal keys, visit the joined groups by the place of their first run.
 */
#include "app/stage.h"

#include "app/heap.h"
#include "app/overflow.h"
#include "app/stage_row.h"
#include "base/limits.h"

enum { STAGE_BLOCK = 1 << 20, RUN_FIXED = 16 };

struct stage_block {
    struct stage_block *next;
    size_t used, room;
    char bytes[];
};

struct stage {
    struct stage_block *first, *last;
    size_t total, limit;
    struct overflow files;
    bool in_files;

    struct stage_buf heading; /* of the open run, encoded */
    struct stage_buf scratch; /* heading of the row at hand */
    struct stage_buf lines;   /* of the open run */
    uint32_t open_lines;
    uint64_t open_hash;
};

static uint64_t key_hash(const struct staged_heading *h) {
    return str_hash(h->number, str_hash(h->company, 1));
}

bool stage_open(struct cx *cx, struct stage **out) {
    (void)cx;
    struct stage *stage = heap_new(1, sizeof *stage);
    stage->limit = LIMIT_STAGE_MEMORY;
    *out = stage;
    return true;
}

void stage_memory(struct stage *stage, size_t bytes) {
    stage->limit = bytes;
}

static void blocks_free(struct stage *stage) {
    for (struct stage_block *b = stage->first; b;) {
        struct stage_block *next = b->next;
        free(b);
        b = next;
    }
    stage->first = stage->last = NULL;
}

void stage_close(struct stage *stage) {
    if (!stage) {
        return;
    }
    blocks_free(stage);
    overflow_close(&stage->files);
    free(stage->heading.p);
    free(stage->scratch.p);
    free(stage->lines.p);
    free(stage);
}

size_t stage_bytes(const struct stage *stage, bool *in_files) {
    *in_files = stage->in_files;
    return stage->total;
}

static bool go_to_files(struct cx *cx, struct stage *stage) {
    stage->in_files = true;
    for (const struct stage_block *b = stage->first; b; b = b->next) {
        for (size_t at = 0; at < b->used;) {
            uint64_t hash = 0;
            uint32_t size = 0;
            memcpy(&hash, b->bytes + at, sizeof hash);
            memcpy(&size, b->bytes + at + 8, sizeof size);
            size_t whole = 12 + (size_t)size;
            if (!overflow_put(cx, &stage->files, hash, b->bytes + at, whole)) {
                return false;
            }
            at += whole;
        }
    }
    blocks_free(stage);
    return true;
}

static char *block_room(struct stage *stage, size_t n) {
    if (!stage->last || stage->last->room - stage->last->used < n) {
        size_t room = n > STAGE_BLOCK ? n : STAGE_BLOCK;
        struct stage_block *b = heap_raw(1, sizeof *b + room);
        b->next = NULL;
        b->used = 0;
        b->room = room;
        if (stage->last) {
            stage->last->next = b;
        } else {
            stage->first = b;
        }
        stage->last = b;
    }
    char *p = stage->last->bytes + stage->last->used;
    stage->last->used += n;
    return p;
}

static bool run_end(struct cx *cx, struct stage *stage) {
    if (stage->open_lines == 0) {
        return true;
    }
    uint32_t size = (uint32_t)(4 + stage->heading.n + stage->lines.n);
    char head[RUN_FIXED];
    memcpy(head, &stage->open_hash, 8);
    memcpy(head + 8, &size, 4);
    memcpy(head + 12, &stage->open_lines, 4);
    size_t whole = RUN_FIXED + stage->heading.n + stage->lines.n;
    stage->total += whole;
    if (!stage->in_files && stage->total > stage->limit && !go_to_files(cx, stage)) {
        return false;
    }
    if (stage->in_files) {
        if (!overflow_put(cx, &stage->files, stage->open_hash, head, RUN_FIXED) ||
            !overflow_put(cx, &stage->files, stage->open_hash, stage->heading.p, stage->heading.n) ||
            !overflow_put(cx, &stage->files, stage->open_hash, stage->lines.p, stage->lines.n)) {
            return false;
        }
    } else {
        char *p = block_room(stage, whole);
        memcpy(p, head, RUN_FIXED);
        memcpy(p + RUN_FIXED, stage->heading.p, stage->heading.n);
        memcpy(p + RUN_FIXED + stage->heading.n, stage->lines.p, stage->lines.n);
    }
    stage->open_lines = 0;
    return true;
}

bool stage_add(struct cx *cx, struct stage *stage, const struct staged_heading *heading,
               const struct staged_line *line) {
    stage->scratch.n = 0;
    stage_heading_write(&stage->scratch, heading);
    bool same = stage->open_lines > 0 && stage->lines.n < STAGE_BLOCK && stage->scratch.n == stage->heading.n &&
                memcmp(stage->scratch.p, stage->heading.p, stage->heading.n) == 0;
    if (!same) {
        if (!run_end(cx, stage)) {
            return false;
        }
        struct stage_buf swap = stage->heading;
        stage->heading = stage->scratch;
        stage->scratch = swap;
        stage->lines.n = 0;
        stage->open_hash = key_hash(heading);
    }
    stage_line_write(&stage->lines, line);
    stage->open_lines++;
    return true;
}

/* ---- bringing runs together ---- */

struct run_place {
    uint64_t hash;
    const char *p;  /* after the size */
    uint64_t order; /* of appearance */
};

struct places {
    struct run_place *at;
    size_t n, room;
};

static void places_add(struct places *places, const char *p) {
    places->at = heap_grown(places->at, &places->room, places->n + 1, sizeof *places->at);
    struct run_place *place = &places->at[places->n];
    memcpy(&place->hash, p, 8);
    place->p = p + 12;
    place->order = places->n++;
}

static void places_scan(struct places *places, const char *p, size_t n) {
    for (size_t at = 0; at < n;) {
        uint32_t size = 0;
        memcpy(&size, p + at + 8, sizeof size);
        places_add(places, p + at);
        at += 12 + (size_t)size;
    }
}

static int by_hash(const void *a, const void *b) {
    const struct run_place *x = a, *y = b;
    if (x->hash != y->hash) {
        return x->hash < y->hash ? -1 : 1;
    }
    return x->order < y->order ? -1 : x->order > y->order;
}

/* The key is the heading's first two texts, behind the number of lines. */
static bool same_key(const char *a, const char *b) {
    struct stage_reader ra = {a + 4}, rb = {b + 4};
    return str_equal(stage_text_read(&ra), stage_text_read(&rb)) &&
           str_equal(stage_text_read(&ra), stage_text_read(&rb));
}

struct group_maker {
    struct staged_heading *heading;
    struct staged_line *line;
    size_t heading_room, line_room;
};

/* A document is compared as a whole, so it must fit in memory. */
static bool group_fits(struct cx *cx, const struct run_place *run, size_t runs) {
    uint64_t rows = 0;
    for (size_t i = 0; i < runs; i++) {
        uint32_t lines = 0;
        memcpy(&lines, run[i].p, sizeof lines);
        rows += lines;
    }
    if (rows <= LIMIT_DOCUMENT_ROWS) {
        return true;
    }
    struct stage_reader r = {run[0].p + sizeof(uint32_t)};
    return cx_fail(cx, ERR_LIMIT, S("stage.document_too_long"), stage_text_read(&r),
                   cx_text(cx, "%llu", (unsigned long long)rows), cx_text(cx, "%d", LIMIT_DOCUMENT_ROWS));
}

static bool group_visit(struct cx *cx, struct group_maker *maker, const struct run_place *run, size_t runs,
                        stage_visit *visit, void *owner) {
    struct staged_group group = {0};
    if (!group_fits(cx, run, runs)) {
        return false;
    }
    for (size_t i = 0; i < runs; i++) {
        struct stage_reader r = {run[i].p};
        uint32_t lines = 0;
        stage_raw_read(&r, &lines, sizeof lines);
        maker->heading = heap_grown(maker->heading, &maker->heading_room, group.headings + 1, sizeof *maker->heading);
        maker->line = heap_grown(maker->line, &maker->line_room, group.lines + lines, sizeof *maker->line);
        stage_heading_read(&r, &maker->heading[group.headings]);
        for (uint32_t k = 0; k < lines; k++) {
            struct staged_line *line = &maker->line[group.lines++];
            stage_line_read(&r, line);
            line->heading = (uint32_t)group.headings;
        }
        group.headings++;
    }
    group.heading = maker->heading;
    group.line = maker->line;
    return visit(cx, owner, &group);
}

struct group_place {
    uint64_t order;  /* of its first run */
    size_t from, to; /* its runs in the index */
};

static int by_group_order(const void *a, const void *b) {
    const struct group_place *x = a, *y = b;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* After sorting by (hash, order): moves the runs of each document side by side and tells where they are. Strangers with
 * the same hash keep their order behind. */
static size_t places_group(struct run_place *at, size_t n, struct group_place *out) {
    size_t groups = 0;
    for (size_t from = 0; from < n;) {
        size_t to = from + 1;
        for (size_t k = to; k < n && at[k].hash == at[from].hash; k++) {
            if (same_key(at[from].p, at[k].p)) {
                struct run_place found = at[k];
                memmove(&at[to + 1], &at[to], (k - to) * sizeof *at);
                at[to++] = found;
            }
        }
        out[groups++] = (struct group_place){at[from].order, from, to};
        from = to;
    }
    return groups;
}

static bool places_visit(struct cx *cx, struct places *places, stage_visit *visit, void *owner) {
    if (places->n == 0) {
        return true; /* a file all of whose rows were refused */
    }
    struct group_place *group = heap_raw(places->n, sizeof *group);
    qsort(places->at, places->n, sizeof *places->at, by_hash);
    size_t groups = places_group(places->at, places->n, group);
    qsort(group, groups, sizeof *group, by_group_order);
    struct group_maker maker = {0};
    bool ok = true;
    for (size_t g = 0; ok && g < groups; g++) {
        ok = group_visit(cx, &maker, &places->at[group[g].from], group[g].to - group[g].from, visit, owner);
    }
    free(group);
    free(maker.heading);
    free(maker.line);
    return ok;
}

static bool part_visit(struct cx *cx, struct stage *stage, size_t part, struct places *places, stage_visit *visit,
                       void *owner) {
    const char *p = NULL;
    size_t n = 0;
    if (!overflow_view(cx, &stage->files, part, &p, &n)) {
        return false;
    }
    places->n = 0;
    places_scan(places, p, n);
    bool ok = places_visit(cx, places, visit, owner);
    overflow_forget(&stage->files, part, p, n);
    return ok;
}

bool stage_each(struct cx *cx, struct stage *stage, stage_visit *visit, void *owner) {
    struct places places = {0};
    bool ok = run_end(cx, stage);
    if (ok && !stage->in_files) {
        for (const struct stage_block *b = stage->first; b; b = b->next) {
            places_scan(&places, b->bytes, b->used);
        }
        ok = places_visit(cx, &places, visit, owner);
    }
    for (size_t i = 0; ok && stage->in_files && i < OVERFLOW_PARTS; i++) {
        ok = part_visit(cx, stage, i, &places, visit, owner);
    }
    free(places.at);
    return ok;
}
