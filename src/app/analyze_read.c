// SPDX-License-Identifier: Apache-2.0
/* analyze_read.c -- pieces of the file, rows of a piece, batches of rows.
 *
 * Each thread takes a piece, reads its rows, hands its batches over and reports: counts are added, and rejected rows, whose
 * lines are known once those of all pieces before are counted, wait until their turn. Invariant: a batch is taken before
 * the piece that its texts stand in is read over.
 */
#include "app/analyze_read.h"

#include <errno.h>
#include <string.h>

#include "app/analyze_taker.h"
#include "app/heap.h"
#include "base/limits.h"
#include "base/parallel.h"
#include "base/scan.h"
#include "stats/stat.h"

enum { STEP = 4 << 10, TABLE_ROWS = 2048 };

/* A piece that was read and waits until those before it were. */
struct waiting {
    struct waiting *next;
    uint64_t number, lines;
    struct arena texts;
    struct refused *refused;
};

struct reading {
    struct analyze_reading *of;
    struct plain_form form;
    struct chunks chunks;
    pthread_mutex_t lock;
    struct cx *cx;
    bool failed;
    uint64_t next, line; /* the piece whose turn it is; lines before it */
    struct waiting *waiting;
};

static uint64_t mix(uint64_t a, uint64_t b) {
    uint64_t z = a * 0x9E3779B97F4A7C15u + (b ^ (b >> 29)) * 0xBF58476D1CE4E5B9u;
    z ^= z >> 32;
    return z * 0x94D049BB133111EBu;
}

/* What the key of a document is within its customer: where there is no number the customer's day stands in. */
uint64_t taker_document(struct str company, struct str number, struct day day) {
    uint64_t key = company.n > 0 ? str_hash(company, 1) : 1;
    return number.n > 0 ? str_hash(number, key) : mix(key, (uint64_t)(int64_t)day.n);
}

/* ---- batches ---- */

static void batch_send(struct taker *r, size_t part) {
    struct batch *batch = &r->batch[part];
    if (batch->n > 0) {
        gather_take(r->of->gather, part, batch->row, batch->more, batch->n);
        batch->n = 0;
    }
}

void taker_put(struct taker *r, const struct gather_row *row, const struct gather_more *more) {
    size_t part = gather_part_of(row->hash);
    struct batch *batch = &r->batch[part];
    gather_expect(r->of->gather, row->hash);
    if (batch->more) {
        batch->more[batch->n] = *more;
    }
    batch->row[batch->n++] = *row;
    r->counts.rows++;
    r->counts.added++;
    if (batch->n == BATCH) {
        batch_send(r, part);
    }
}

static void batches_send(struct taker *r, size_t first) {
    for (size_t i = 0; i < GATHER_PARTS; i++) {
        batch_send(r, (first + i) % GATHER_PARTS);
    }
}

/* ---- rows that go the importer's way ---- */

static void refuse(struct taker *r, const struct import_reject *why, uint64_t line, struct str raw) {
    r->counts.rows++;
    r->counts.rejected++;
    struct refused *refused = arena_new(&r->texts, struct refused, 1);
    refused->reject = (struct import_reject){.line = (int64_t)line, .reason = why->reason};
    if (r->of->rejects) {
        refused->reject.column = str_copy(&r->texts, why->column);
        refused->reject.detail = str_copy(&r->texts, why->detail);
        refused->reject.row = str_copy(&r->texts, importing_shown(&r->row, raw));
    }
    *r->refused_last = refused;
    r->refused_last = &refused->next;
}

static const struct gather_told *told_keep(struct taker *r, const struct staged_heading *h) {
    struct gather_told *told = arena_new(&r->texts, struct gather_told, 1);
    const struct str text[GATHER_TEXTS] = {h->name, h->tax_id, h->company, h->rep, h->segment, h->region, h->city};
    told->day = h->day;
    for (size_t i = 0; i < GATHER_TEXTS; i++) {
        told->text[i] = str_copy(&r->texts, text[i]);
    }
    return told;
}

static void row_put(struct taker *r, const struct staged_heading *h, const struct staged_line *line) {
    struct gather_row row = {.cents = line->value_cents, .order = r->order - 1}; /* row_take has counted it */
    struct gather_more more = {0};
    unsigned flags = (line->flags & STAGED_CANCELLED ? GATHER_CANCELLED : 0) |
                     (line->flags & STAGED_RETURN ? GATHER_RETURN : 0) | (h->number.n > 0 ? GATHER_NUMBERED : 0);
    bool valued = (line->flags & STAGED_VALUED) && !(line->flags & STAGED_CANCELLED);
    if (valued) {
        flags |= GATHER_VALUED;
    } else if (h->document_cents != STAT_NONE) {
        flags |= GATHER_WHOLE;
        row.cents = h->document_cents;
    }
    if (r->of->gather->documents) {
        more.document = taker_document(h->company, h->number, h->day);
    }
    if (r->of->gather->tells) {
        more.told = told_keep(r, h);
    }
    row.packed = gather_pack(h->day.n, flags, r->of->file);
    gather_key(&row, h->customer.n > GATHER_KEY ? str_copy(&r->texts, h->customer) : h->customer);
    taker_put(r, &row, &more);
}

/* line: of the row within the piece. */
static void row_take(struct taker *r, enum table_next next, struct table_row *row, uint64_t line) {
    struct import_reject why = {0};
    struct staged_heading heading;
    struct staged_line staged;
    arena_reset(&r->row);
    r->order++;
    r->recoded_rows += row->recoded;
    if (next == TABLE_BAD) {
        why = importing_bad_row(&r->row, row);
        refuse(r, &why, line, why.row);
        return;
    }
    r->mended += shape_mend(&r->row, r->rows.shape, table_delimiter(r->of->source->table), row);
    if (row->blank) {
        r->counts.rows++;
        r->counts.blank++;
    } else if (order_row_read(&r->rows, row, &heading, &staged, &why)) {
        row_put(r, &heading, &staged);
    } else {
        r->cut = r->cut || str_equal(why.reason, ORDER_CUT);
        refuse(r, &why, line, row->raw);
    }
}

/* ---- rows of a piece ---- */

static uint64_t breaks(struct str raw) {
    uint64_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        n += raw.p[i] == '\r' || (raw.p[i] == '\n' && (i == 0 || raw.p[i - 1] != '\r'));
    }
    return n;
}

/* The row at `from` as csv sees it, and those after it up to the first after which it is plain where the next begins; gives
 * that place. Rows up to header_line of the file are no data. */
static size_t rows_exact(struct taker *r, size_t from, uint64_t header_line) {
    struct csv_row row;
    struct table_row table_row;
    struct chunk *chunk = &r->chunk;
    uint64_t line = r->line;
    if (!r->csv) {
        r->csv = csv_open(&r->arena, table_delimiter(r->of->source->table), chunk_left_fill, &r->left);
    }
    csv_restart(r->csv);
    r->left = (struct chunk_left){chunk->p + from, chunk->n - from, STEP};
    for (;;) {
        enum csv_next found = csv_next(&r->cx, r->csv, &row);
        if (found == CSV_END) {
            r->line = line + breaks((struct str){chunk->p + from, chunk->n - from});
            return chunk->n;
        }
        bool whole = found == CSV_ROW;
        size_t end = from + row.offset + row.raw.n;
        uint64_t at = line + row.line - 1, lines = breaks(row.raw) + 1;
        bool header = whole && at + 1 <= header_line;
        row.line = at;
        row.last_unended = row.last_unended && chunk->last;
        enum table_next next = table_row_take(&r->recoded, found, &row, &table_row);
        if (!header) {
            row_take(r, next, &table_row, at);
        }
        if (whole && at + lines >= header_line) {
            r->line = at + lines;
            end += end < chunk->n && chunk->p[end] == '\r';
            end += end < chunk->n && chunk->p[end] == '\n';
            return end;
        }
    }
}

/* A row without quotes and lone CR, from its marks: how many it has. 0: not to be cut here. */
static size_t row_cut(struct taker *r, size_t from, const uint32_t *mark, size_t marks) {
    const char *p = r->chunk.p;
    size_t n = 0, at = from;
    for (; n < marks && n < LIMIT_CSV_FIELDS; n++) {
        r->cell[n] = (struct str){p + at, mark[n] - at};
        at = mark[n] + (size_t)1;
        if (p[mark[n]] != '\n') {
            continue;
        }
        size_t end = mark[n];
        if (end > from && p[end - 1] == '\r') {
            r->cell[n].n--;
            end--;
        }
        struct csv_row row = {.line = r->line, .field = r->cell, .fields = n + 1, .raw = {p + from, end - from}};
        if (row.raw.n > LIMIT_CSV_ROW) {
            return 0;
        }
        struct table_row table_row;
        enum table_next next = table_row_take(&r->recoded, CSV_ROW, &row, &table_row);
        row_take(r, next, &table_row, r->line++);
        return n + 1;
    }
    return 0;
}

struct walk {
    size_t from, mark, odd;
};

/* The exact way for one row; then the marks are found again behind it. */
static void walk_exact(struct taker *r, const struct scan_found *found, struct walk *w, uint64_t header_line) {
    w->from = rows_exact(r, w->from, header_line);
    while (w->mark < found->marks && r->mark[w->mark] < w->from) {
        w->mark++;
    }
}

/* Is there anything in the row that may part it otherwise than its marks? */
static bool row_strange(const struct taker *r, const struct scan_found *found, struct walk *w, size_t end) {
    while (w->odd < found->odds && r->odd[w->odd] < w->from) {
        w->odd++;
    }
    for (size_t i = w->odd; i < found->odds && r->odd[i] < end; i++) {
        if ((r->chunk.p[r->odd[i]] & 0x80) == 0) {
            return true;
        }
    }
    return false;
}

static size_t row_end(const struct taker *r, const struct scan_found *found, size_t mark) {
    while (mark < found->marks && r->chunk.p[r->mark[mark]] != '\n') {
        mark++;
    }
    return mark < found->marks ? r->mark[mark] : r->chunk.n;
}

static void piece_rows(struct taker *r, uint64_t header_line) {
    struct chunk *chunk = &r->chunk;
    const size_t columns = r->form.columns;
    struct scan_found found = scan_marks(chunk->p, chunk->n, table_delimiter(r->of->source->table), r->mark, r->odd);
    struct walk w = {0};
    while (chunk->number == 0 && w.from < chunk->n && r->line < header_line) {
        walk_exact(r, &found, &w, header_line);
    }
    while (w.from < chunk->n) {
        bool odd = w.odd < found.odds;
        size_t end = odd ? row_end(r, &found, w.mark) : 0;
        if (odd && row_strange(r, &found, &w, end)) {
            walk_exact(r, &found, &w, 0);
            continue;
        }
        bool foreign = odd && w.odd < found.odds && r->odd[w.odd] < end;
        if (r->form.possible && !foreign && w.mark + columns <= found.marks && plain_row(r, w.from, &r->mark[w.mark])) {
            r->order++;
            r->line++;
            w.mark += columns;
            w.from = r->mark[w.mark - 1] + (size_t)1;
            continue;
        }
        size_t cells = row_cut(r, w.from, &r->mark[w.mark], found.marks - w.mark);
        if (cells == 0) {
            walk_exact(r, &found, &w, 0);
            continue;
        }
        w.mark += cells;
        w.from = r->mark[w.mark - 1] + (size_t)1;
    }
}

/* ---- pieces ---- */

static bool refused_tell(struct reading *all, struct waiting *piece) {
    struct analyze_reading *of = all->of;
    struct import_file_report *file = &of->report->file[of->file];
    for (struct refused *refused = piece->refused; refused; refused = refused->next) {
        importing_reason(of->report, refused->reject.reason);
        if (of->rejects) {
            refused->reject.file = file->path;
            refused->reject.line += (int64_t)all->line + 1;
            struct str line = importing_reject_line(&piece->texts, &refused->reject);
            if (fwrite(line.p, 1, line.n, of->rejects) != line.n && !all->failed) {
                all->failed = true;
                return cx_fail(all->cx, ERR_IO, S("import.rejects_file"), of->options->rejects_path,
                               str_from(strerror(errno)));
            }
        }
    }
    return true;
}

static void counts_add(struct import_file_report *file, struct taker *r) {
    file->counts.rows += r->counts.rows;
    file->counts.added += r->counts.added;
    file->counts.rejected += r->counts.rejected;
    file->counts.blank += r->counts.blank;
    file->recoded += r->recoded_rows;
    file->mended += r->mended;
    file->cut = file->cut || r->cut;
    r->counts = (struct import_counts){0};
    r->recoded_rows = r->mended = 0;
}

/* Those whose turn has come are told; called with the lock held. */
static void waiting_tell(struct reading *all) {
    for (struct waiting **at = &all->waiting; *at;) {
        struct waiting *piece = *at;
        if (piece->number != all->next) {
            at = &piece->next;
            continue;
        }
        (void)refused_tell(all, piece);
        all->line += piece->lines;
        all->next++;
        *at = piece->next;
        arena_clear(&piece->texts);
        free(piece);
        at = &all->waiting;
    }
}

static void piece_report(struct reading *all, struct taker *r) {
    struct import_file_report *file = &all->of->report->file[all->of->file];
    struct waiting *piece = heap_new(1, sizeof *piece);
    piece->number = r->chunk.number;
    piece->lines = r->line;
    piece->refused = r->refused;
    arena_init(&piece->texts, 0, arena_full_exit, NULL);
    if (r->refused) { /* its texts go along */
        struct arena swap = piece->texts;
        piece->texts = r->texts;
        r->texts = swap;
    }
    pthread_mutex_lock(&all->lock);
    counts_add(file, r);
    piece->next = all->waiting;
    all->waiting = piece;
    waiting_tell(all);
    pthread_mutex_unlock(&all->lock);
}

static void piece_begin(struct taker *r) {
    arena_reset(&r->texts);
    r->line = 0;
    r->refused = NULL;
    r->refused_last = &r->refused;
    if (r->places < r->chunk.n) {
        free(r->mark);
        free(r->odd);
        r->places = r->chunk.room;
        r->mark = heap_raw(r->places + SCAN_BEYOND, sizeof *r->mark);
        r->odd = heap_raw(r->places + SCAN_BEYOND, sizeof *r->odd);
    }
}

static void taker_open(struct reading *all, struct taker *r) {
    *r = (struct taker){.of = all->of, .form = all->form};
    struct arena *arenas[] = {&r->arena, &r->row, &r->texts, &r->recoded};
    for (size_t i = 0; i < sizeof arenas / sizeof *arenas; i++) {
        arena_init(arenas[i], 0, arena_full_exit, NULL);
    }
    r->cx.arena = &r->arena;
    r->rows = (struct order_rows){.shape = &all->of->source->shape,
                                  .file = all->of->file,
                                  .role = order_role_of(&all->of->source->shape),
                                  .today = all->of->options->today,
                                  .scratch = &r->row};
    r->cell = heap_raw(LIMIT_CSV_FIELDS, sizeof *r->cell);
    r->seen = heap_new(SEEN_DAYS, sizeof *r->seen);
    r->batch = heap_raw(GATHER_PARTS, sizeof *r->batch);
    for (size_t i = 0; i < GATHER_PARTS; i++) {
        r->batch[i].n = 0;
        r->batch[i].more =
            all->of->gather->documents || all->of->gather->tells ? heap_raw(BATCH, sizeof *r->batch[i].more) : NULL;
    }
    r->refused_last = &r->refused;
}

static void taker_close(struct taker *r) {
    chunk_free(&r->chunk);
    free(r->mark);
    free(r->odd);
    free(r->cell);
    free(r->seen);
    for (size_t i = 0; i < GATHER_PARTS; i++) {
        free(r->batch[i].more);
    }
    free(r->batch);
    arena_clear(&r->arena);
    arena_clear(&r->row);
    arena_clear(&r->texts);
    arena_clear(&r->recoded);
}

static void failed(struct reading *all, const struct taker *r) {
    pthread_mutex_lock(&all->lock);
    if (!all->failed) {
        all->failed = true;
        all->cx->err = r->cx.err;
        for (size_t i = 0; i < all->cx->err.args; i++) {
            all->cx->err.arg[i] = str_copy(all->cx->arena, r->cx.err.arg[i]);
        }
    }
    pthread_mutex_unlock(&all->lock);
}

/* Who shows it uses memory that the reading of the file uses too. */
static void progress(struct reading *all) {
    const struct progress *told = &all->of->options->progress;
    if (told->step) {
        uint64_t done = 0, total = 0;
        pthread_mutex_lock(&all->chunks.lock);
        table_progress(all->of->source->table, &done, &total);
        told->step(told->owner, all->of->source->shape.path, done, total);
        pthread_mutex_unlock(&all->chunks.lock);
    }
}

static void read_pieces(void *owner, size_t task) {
    struct reading *all = owner;
    struct taker r = {0};
    struct chunk first = {0};
    struct cx early = {0};
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    early.arena = &arena;
    bool ok = chunks_next(&early, &all->chunks, &first);
    bool any = ok && first.n > 0;
    if (any || !ok) {
        taker_open(all, &r);
        r.chunk = first;
        r.cx.err = early.err;
        while (ok && r.chunk.n > 0) {
            piece_begin(&r);
            r.order = all->of->order + (r.chunk.number << 32);
            piece_rows(&r, r.chunk.number == 0 ? all->of->source->shape.header_line : 0);
            batches_send(&r, task * 7);
            piece_report(all, &r);
            if (task == 0) {
                progress(all);
            }
            ok = chunks_next(&r.cx, &all->chunks, &r.chunk);
        }
        if (!ok) {
            failed(all, &r);
        }
        taker_close(&r);
    } else {
        chunk_free(&first);
    }
    arena_clear(&arena);
}

/* A workbook: its rows come one by one. */
static bool read_table(struct cx *cx, struct reading *all) {
    struct taker r;
    struct table_row row;
    struct import_source *source = all->of->source;
    taker_open(all, &r);
    r.order = all->of->order;
    bool ok = table_rewind(cx, source->table);
    enum table_next next = TABLE_ROW;
    while (ok && (next = table_next(cx, source->table, &row)) != TABLE_END && next != TABLE_FAIL) {
        if (next == TABLE_ROW && row.line <= source->shape.header_line) {
            continue;
        }
        row_take(&r, next, &row, row.line - 1);
        if (r.order % TABLE_ROWS == 0) {
            batches_send(&r, 0);
            if (!r.refused) {
                arena_reset(&r.texts);
            }
        }
    }
    batches_send(&r, 0);
    piece_report(all, &r);
    taker_close(&r);
    return ok && next == TABLE_END && !all->failed;
}

/* Columns whose cells say nothing that a plain row could not leave unread; what must only not be too long is short in a
 * short row. */
static void form_find(const struct analyze_reading *of, struct plain_form *form) {
    static const enum field heard[] = {FIELD_QUANTITY, FIELD_PRICE, FIELD_DISCOUNT, FIELD_DOCUMENT_VALUE,
                                       FIELD_STATE,    FIELD_TYPE,  FIELD_COMPANY};
    const struct shape *shape = &of->source->shape;
    *form = (struct plain_form){.columns = shape->columns,
                                .customer = shape->column[FIELD_CUSTOMER],
                                .date = shape->column[FIELD_DATE],
                                .value = shape->column[FIELD_VALUE],
                                .document = shape->column[FIELD_DOCUMENT],
                                .mark = shape->decimal == DECIMAL_COMMA   ? ','
                                        : shape->decimal == DECIMAL_POINT ? '.'
                                                                          : '\0'};
    form->possible = !of->gather->tells && form->customer >= 0 && form->date >= 0 && form->value >= 0;
    for (size_t i = 0; i < sizeof heard / sizeof *heard; i++) {
        form->possible = form->possible && !shape_has(shape, heard[i]);
    }
}

bool analyze_read(struct cx *cx, struct analyze_reading *of) {
    struct reading all = {.of = of, .cx = cx};
    bool ok = true;
    pthread_mutex_init(&all.lock, NULL);
    form_find(of, &all.form);
    if (table_typed(of->source->table)) {
        ok = read_table(cx, &all);
    } else {
        ok = chunks_open(cx, of->source->table, of->source->shape.header_line + 1, &all.chunks);
        if (ok) {
            parallel_run(0, PARALLEL_THREADS_MOST, read_pieces, &all);
            ok = !all.failed;
        }
        chunks_close(&all.chunks);
    }
    for (struct waiting *piece = all.waiting, *next; piece; piece = next) { /* after a failure */
        next = piece->next;
        arena_clear(&piece->texts);
        free(piece);
    }
    of->order += (all.chunks.next + 1) << 32;
    pthread_mutex_destroy(&all.lock);
    return ok;
}
