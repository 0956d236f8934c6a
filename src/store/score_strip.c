// SPDX-License-Identifier: Apache-2.0
/* score_strip -- see score_strip.h.
 *
 * Must not look at what the numbers mean. Invariant: all strips of a set have the same parts, and in each part the same
 * customers, by id.
 */
#include "store/score_strip.h"

#include <string.h>

bool score_ids_of(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t n_args,
                  int64_t **out, size_t *n) {
    size_t room = 1024;
    *out = arena_new(cx->arena, int64_t, room);
    *n = 0;
    struct sql_rows *rows;
    if (!sql_scan(cx, db, id, args, n_args, &rows))
        return false;
    bool more, good;
    while ((good = sql_next(cx, rows, &more)) && more) {
        if (*n == room) {
            *out = arena_grow(cx->arena, *out, *n, room * 2, sizeof **out);
            room *= 2;
        }
        (*out)[(*n)++] = sql_get_int(rows, 0);
    }
    sql_close(rows);
    return good;
}

bool score_ids(struct cx *cx, struct db *db, enum sql_id id, int64_t **out, size_t *n) {
    return score_ids_of(cx, db, id, NULL, 0, out, n);
}

/* -- making them ------------------------------------------------------------------------------------------------------ */

struct maker {
    struct cx *cx;
    struct db *db;
    struct arena keep, scratch; /* until all is made; until a part is made */
    struct sql_bulk *bulk;
    int64_t *id; /* of all customers with a row, ascending */
    size_t n;
    int32_t *place[STRIP_ORDERED - STRIP_NUMBERS]; /* by position among them; -1: none */
    int64_t *column[STRIP_ORDERED];                /* of the part being made */
    struct buf text[STRIP_END - STRIP_ORDERED];
};

/* Position of a customer among the ids, or n. Ids are given out one by one, so it mostly is where a ruler says. */
static size_t position(const struct maker *m, int64_t id) {
    if (!m->n || id < m->id[0] || id > m->id[m->n - 1])
        return m->n;
    size_t low = 0, high = m->n - 1, guess = (size_t)(id - m->id[0]);
    if (guess < m->n && m->id[guess] == id)
        return guess;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (m->id[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return m->id[low] == id ? low : m->n;
}

/* Number the customers as they come; by_text: those whose second column is that of the one before share its number. */
static bool number_places(struct maker *m, enum sql_id order, bool by_text, int32_t *place) {
    struct sql_rows *rows;
    for (size_t i = 0; i < m->n; i++)
        place[i] = -1;
    if (!sql_scan(m->cx, m->db, order, NULL, 0, &rows))
        return false;
    struct buf before;
    buf_init(&before, &m->keep, 0);
    int32_t at = 0;
    bool more, good;
    while ((good = sql_next(m->cx, rows, &more)) && more) {
        struct str text = by_text ? sql_get_text(rows, 1) : (struct str){0};
        if (!by_text || !str_equal(buf_str(&before), text)) {
            before.n = 0;
            buf_put(&before, text);
            at++;
        }
        size_t i = position(m, sql_get_int(rows, 0));
        if (i < m->n)
            place[i] = at;
    }
    sql_close(rows);
    return good;
}

static bool number_all(struct maker *m) {
    for (size_t i = 0; i < STRIP_ORDERED - STRIP_NUMBERS; i++)
        m->place[i] = arena_new(&m->keep, int32_t, m->n + 1);
    return number_places(m, SQL_STRIP_BY_CODE, false, m->place[STRIP_CODE - STRIP_NUMBERS]) &&
           number_places(m, SQL_STRIP_BY_NAME, true, m->place[STRIP_NAME - STRIP_NUMBERS]) &&
           number_places(m, SQL_STRIP_BY_TAX, true, m->place[STRIP_TAX - STRIP_NUMBERS]);
}

static void put_line_part(struct buf *to, struct str piece, char end) {
    for (size_t i = 0; i < piece.n; i++)
        buf_char(to, piece.p[i] == '\n' || piece.p[i] == '\t' ? ' ' : piece.p[i]);
    buf_char(to, end);
}

void score_strip_text(struct arena *scratch, struct buf *to, struct str code, struct str name_fold) {
    put_line_part(to, name_fold, '\t');
    put_line_part(to, str_fold(scratch, code), '\n');
}

void score_strip_tax_text(struct arena *scratch, struct buf *to, struct str tax_id) {
    put_line_part(to, str_lower(scratch, tax_id), '\n');
}

void score_strip_phone_text(struct buf *to, struct str phone) {
    for (size_t i = 0; i < phone.n; i++) {
        if (phone.p[i] >= '0' && phone.p[i] <= '9')
            buf_char(to, phone.p[i]);
    }
    buf_char(to, '\n');
}

/* Read the part that begins with the customer at `first` into the columns. */
static bool read_part(struct maker *m, size_t first, size_t n) {
    const struct sql_value args[] = {sql_int(m->id[first]), sql_int(m->id[first + n - 1])};
    struct sql_rows *rows;
    if (!sql_open(m->cx, m->db, SQL_STRIP_ROWS, args, 2, &rows))
        return false;
    for (int k = 0; k < STRIP_END - STRIP_ORDERED; k++)
        m->text[k].n = 0;
    size_t at = 0;
    bool more, good;
    while ((good = sql_next(m->cx, rows, &more)) && more && at < n) {
        for (int k = 0; k < STRIP_OWN; k++)
            m->column[k][at] = sql_get_int(rows, k);
        for (int k = STRIP_OWN; k < STRIP_NUMBERS; k++)
            m->column[k][at] = INT64_MIN;
        for (int k = 0; k < STRIP_ORDERED - STRIP_NUMBERS; k++) {
            int32_t place = m->place[k][first + at];
            m->column[STRIP_NUMBERS + k][at] = place < 0 ? INT64_MIN : place;
        }
        score_strip_text(&m->scratch, &m->text[0], sql_get_text(rows, STRIP_OWN), sql_get_text(rows, STRIP_OWN + 1));
        score_strip_tax_text(&m->scratch, &m->text[1], sql_get_text(rows, STRIP_OWN + 2));
        score_strip_phone_text(&m->text[2], sql_get_text(rows, STRIP_OWN + 3));
        at++;
    }
    sql_close(rows);
    return good && (at == n || cx_fail(m->cx, ERR_DB, S("list.strips_broken")));
}

/* The columns of those of whom something is open; both sides come by id. */
static bool read_standing(struct maker *m, size_t first, size_t n) {
    const struct sql_value args[] = {sql_int(m->id[first]), sql_int(m->id[first + n - 1])};
    struct sql_rows *rows;
    if (!sql_open(m->cx, m->db, SQL_STANDING_ROWS, args, 2, &rows))
        return false;
    size_t at = 0;
    bool more, good;
    while ((good = sql_next(m->cx, rows, &more)) && more) {
        int64_t id = sql_get_int(rows, 0);
        while (at < n && m->id[first + at] < id)
            at++;
        for (int k = STRIP_OWN; k < STRIP_CREDIT_LEFT && at < n && m->id[first + at] == id; k++)
            m->column[k][at] = sql_get_int(rows, 1 + k - STRIP_OWN);
    }
    sql_close(rows);
    for (size_t i = 0; i < n; i++) {
        int64_t limit = m->column[STRIP_CREDIT_LIMIT][i], open = m->column[STRIP_OPEN_TITLES][i];
        m->column[STRIP_CREDIT_LEFT][i] = limit == INT64_MIN ? INT64_MIN : limit - (open == INT64_MIN ? 0 : open);
    }
    return good;
}

static bool write_part(struct maker *m, int64_t part, size_t n) {
    for (int64_t strip = 0; strip < STRIP_END; strip++) {
        struct str data = strip < STRIP_ORDERED ? strip_write(&m->scratch, m->column[strip], n)
                                                : buf_str(&m->text[strip - STRIP_ORDERED]);
        if (!sql_bulk_add(m->cx, m->bulk, (const struct sql_value[]){sql_int(strip), sql_int(part), sql_blob(data)}, 3))
            return false;
    }
    return sql_bulk_flush(m->cx, m->bulk);
}

static bool make_parts(struct maker *m) {
    for (int k = 0; k < STRIP_ORDERED; k++)
        m->column[k] = arena_new(&m->keep, int64_t, STRIP_ROWS);
    for (int k = 0; k < STRIP_END - STRIP_ORDERED; k++)
        buf_init(&m->text[k], &m->keep, 0);
    for (size_t first = 0, n; first < m->n; first += n) {
        n = m->n - first < STRIP_ROWS ? m->n - first : STRIP_ROWS;
        arena_reset(&m->scratch);
        if (!read_part(m, first, n) || !read_standing(m, first, n) || !write_part(m, (int64_t)(first / STRIP_ROWS), n))
            return false;
    }
    return true;
}

bool score_strips_make(struct cx *cx, struct db *db) {
    struct maker m = {.cx = cx, .db = db};
    arena_init(&m.keep, 0, cx->arena->full, cx->arena->owner);
    arena_init(&m.scratch, 0, cx->arena->full, cx->arena->owner);
    bool good = sql_run(cx, db, SQL_STRIP_CLEAR, NULL, 0, NULL) &&
                sql_run(cx, db, SQL_SCORE_MOVED_CLEAR, NULL, 0, NULL) &&
                score_ids(cx, db, SQL_STRIP_IDS, &m.id, &m.n) && number_all(&m) &&
                sql_bulk_open(cx, db, SQL_STRIP_ADD, &m.bulk) && make_parts(&m);
    sql_bulk_close(m.bulk);
    arena_clear(&m.scratch);
    arena_clear(&m.keep);
    return good;
}

bool score_strips_renew(struct cx *cx, struct db *db) {
    int64_t moved;
    bool found;
    return sql_one_int(cx, db, SQL_SCORE_MOVED_COUNT, NULL, 0, &found, &moved) &&
           (moved <= SCORE_MOVED || score_strips_make(cx, db));
}

/* -- reading them ----------------------------------------------------------------------------------------------------- */

static bool broken(struct cx *cx, enum score_strip strip, size_t part) {
    cx_fail(cx, ERR_DB, S("list.strips_broken"));
    return cx_detail(cx, "strip %d, part %zu", (int)strip, part);
}

static bool load_strip(struct cx *cx, struct db *db, enum score_strip strip, struct score_strips *out) {
    size_t room = out->parts ? out->parts : 16, n = 0;
    struct str *data = arena_new(cx->arena, struct str, room);
    struct sql_rows *rows;
    if (!sql_open(cx, db, SQL_STRIP_LOAD, (const struct sql_value[]){sql_int((int64_t)strip)}, 1, &rows))
        return false;
    bool more, good;
    while ((good = sql_next(cx, rows, &more)) && more) {
        if (n == room) {
            data = arena_grow(cx->arena, data, n, room * 2, sizeof *data);
            room *= 2;
        }
        good = sql_get_int(rows, 0) == (int64_t)n;
        data[n++] = str_copy(cx->arena, sql_get_text(rows, 1));
        if (!good)
            break;
    }
    sql_close(rows);
    out->data[strip] = data;
    if (strip == STRIP_CUSTOMER)
        out->parts = n;
    return good && n == out->parts ? true : cx->err.code ? false : broken(cx, strip, n);
}

bool score_strips_load(struct cx *cx, struct db *db, uint64_t wanted, struct score_strips *out) {
    *out = (struct score_strips){0};
    if (!load_strip(cx, db, STRIP_CUSTOMER, out))
        return false;
    for (size_t part = 0; part < out->parts; part++)
        out->customers += strip_count(out->data[STRIP_CUSTOMER][part]);
    for (int strip = STRIP_CUSTOMER + 1; strip < STRIP_ORDERED; strip++) {
        if ((wanted >> strip & 1) && !load_strip(cx, db, (enum score_strip)strip, out))
            return false;
    }
    return true;
}

bool score_strip_read(struct cx *cx, const struct score_strips *strips, enum score_strip strip, size_t part,
                      int64_t *out) {
    return strip_read(strips->data[strip][part], out, score_strips_rows(strips, part)) || broken(cx, strip, part);
}
