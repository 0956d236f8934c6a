// SPDX-License-Identifier: Apache-2.0
/* list_query -- see list_query.h.
 *
 * Must not read scores. Invariant: every field of list_filter that is set has become a test, or the call has failed.
 */
#include "store/list_query.h"

#include <stdlib.h>
#include <string.h>

#include "core/status.h"
#include "stats/rfm.h"
#include "stats/stat.h"
#include "store/choice.h"
#include "store/label.h"

/* A text with fewer letters than the root of a CNPJ is not looked for without its points: it would be found everywhere. */
enum { NEAREST = 3, NEAREST_LENGTH = 60, BARE_LEAST = 8, PHONE_LEAST = 4 };

static void test_add(struct list_query *q, enum score_strip strip, const struct list_range *range, size_t n,
                     bool none) {
    q->test[q->tests++] = (struct list_test){.strip = strip, .range = range, .n = n, .none = none};
}

/* low and high: STAT_NONE leaves that end open; both: no test. */
static void test_between(struct cx *cx, struct list_query *q, enum score_strip strip, int64_t low, int64_t high) {
    if (low == STAT_NONE && high == STAT_NONE)
        return;
    struct list_range *range = arena_new(cx->arena, struct list_range, 1);
    *range = (struct list_range){low == STAT_NONE ? INT64_MIN + 1 : low, high == STAT_NONE ? INT64_MAX : high};
    test_add(q, strip, range, 1, false);
}

/* bits: a class each; none: those without a value fit too. */
static void test_bits(struct cx *cx, struct list_query *q, enum score_strip strip, uint32_t bits, bool none) {
    enum { BITS = 32 };
    if (!bits)
        return;
    struct list_range *range = arena_new(cx->arena, struct list_range, BITS);
    size_t n = 0;
    for (int64_t bit = 0; bit < BITS; bit++) {
        if (bits >> bit & 1)
            range[n++] = (struct list_range){bit, bit};
    }
    test_add(q, strip, range, n, none);
}

/* -- labels ------------------------------------------------------------------------------------------------------------ */

/* Edits that make one of the other; texts longer than NEAREST_LENGTH are compared by their beginnings. */
static size_t distance(struct str a, struct str b) {
    size_t row[NEAREST_LENGTH + 1], n = b.n < NEAREST_LENGTH ? b.n : NEAREST_LENGTH;
    for (size_t k = 0; k <= n; k++)
        row[k] = k;
    for (size_t i = 0; i < a.n && i < NEAREST_LENGTH; i++) {
        size_t corner = row[0]++;
        for (size_t k = 0; k < n; k++) {
            size_t best = corner + (a.p[i] != b.p[k]);
            if (row[k] + 1 < best)
                best = row[k] + 1;
            if (row[k + 1] + 1 < best)
                best = row[k + 1] + 1;
            corner = row[k + 1];
            row[k + 1] = best;
        }
    }
    return row[n];
}

static const char *label_word(enum label_kind kind) {
    static const char *const word[] = {[LABEL_COMPANY] = "company",
                                       [LABEL_REP] = "rep",
                                       [LABEL_SEGMENT] = "segment",
                                       [LABEL_REGION] = "region",
                                       [LABEL_CITY] = "city"};
    return word[kind];
}

/* The NEAREST of n texts, the best first, as one text. */
static struct str nearest(struct cx *cx, struct str wanted, const struct str *text, size_t n) {
    size_t best[NEAREST], far[NEAREST], found = 0;
    struct str folded = str_fold(cx->arena, wanted);
    for (size_t i = 0; i < n; i++) {
        size_t d = distance(folded, str_fold(cx->arena, text[i])), at = found;
        while (at && d < far[at - 1])
            at--;
        if (at == NEAREST)
            continue;
        found += found < NEAREST;
        for (size_t k = found - 1; k > at; k--) {
            best[k] = best[k - 1];
            far[k] = far[k - 1];
        }
        best[at] = i;
        far[at] = d;
    }
    struct buf buf;
    buf_init(&buf, cx->arena, 0);
    for (size_t k = 0; k < found; k++) {
        buf_put(&buf, k ? S(", ") : S(""));
        buf_put(&buf, text[best[k]]);
    }
    return buf_str(&buf);
}

static bool label_unknown(struct cx *cx, struct db *db, enum label_kind kind, struct str code) {
    struct label *label;
    size_t n;
    if (!label_list(cx, db, kind, &label, &n))
        return false;
    if (!n)
        return cx_fail(cx, ERR_NOT_FOUND, cx_text(cx, "list.no_%s", label_word(kind)), code);
    struct str *text = arena_new(cx->arena, struct str, n);
    for (size_t i = 0; i < n; i++)
        text[i] = label[i].code;
    return cx_fail(cx, ERR_NOT_FOUND, cx_text(cx, "list.unknown_%s", label_word(kind)), code,
                   nearest(cx, code, text, n));
}

static bool codes_known(struct cx *cx, struct db *db, enum label_kind kind, const struct list_codes *codes) {
    for (size_t i = 0; i < codes->n; i++) {
        int64_t id;
        if (!label_find(cx, db, kind, codes->code[i], &id))
            return false;
        if (id < 0)
            return label_unknown(cx, db, kind, codes->code[i]);
    }
    return true;
}

bool list_codes_known(struct cx *cx, struct db *db, const struct list_filter *filter) {
    return codes_known(cx, db, LABEL_COMPANY, &filter->company) && codes_known(cx, db, LABEL_REP, &filter->rep) &&
           codes_known(cx, db, LABEL_SEGMENT, &filter->segment) && codes_known(cx, db, LABEL_REGION, &filter->region) &&
           codes_known(cx, db, LABEL_CITY, &filter->city);
}

static bool test_labels(struct cx *cx, struct db *db, struct list_query *q, enum label_kind kind,
                        enum score_strip strip, const struct list_codes *codes) {
    if (!codes->n)
        return true;
    struct list_range *range = arena_new(cx->arena, struct list_range, codes->n);
    for (size_t i = 0; i < codes->n; i++) {
        int64_t id;
        if (!label_find(cx, db, kind, codes->code[i], &id))
            return false;
        range[i] = (struct list_range){id, id}; /* an unknown code is -1: nobody has it */
    }
    test_add(q, strip, range, codes->n, false);
    return true;
}

/* Those that a person may see at all. */
static bool test_only_rep(struct cx *cx, struct db *db, struct list_query *q, struct str rep) {
    const struct list_codes one = {.code = {rep}, .n = rep.n > 0};
    return test_labels(cx, db, q, LABEL_REP, STRIP_REP, &one);
}

static bool test_all_labels(struct cx *cx, struct db *db, struct list_query *q, const struct list_filter *filter) {
    return test_only_rep(cx, db, q, filter->only_rep) &&
           test_labels(cx, db, q, LABEL_COMPANY, STRIP_COMPANY, &filter->company) &&
           test_labels(cx, db, q, LABEL_REP, STRIP_REP, &filter->rep) &&
           test_labels(cx, db, q, LABEL_SEGMENT, STRIP_SEGMENT, &filter->segment) &&
           test_labels(cx, db, q, LABEL_REGION, STRIP_REGION, &filter->region) &&
           test_labels(cx, db, q, LABEL_CITY, STRIP_CITY, &filter->city);
}

/* -- classes ----------------------------------------------------------------------------------------------------------- */

static bool test_rfm(struct cx *cx, struct list_query *q, const struct list_codes *names) {
    q->rfm = names->n > 0;
    for (size_t i = 0; i < names->n; i++) {
        bool known = false;
        for (int r = 1; r <= RFM_FIFTHS; r++) {
            for (int f = 1; f <= RFM_FIFTHS; f++) {
                if (str_equal(names->code[i], str_from(rfm_segment(r, f))))
                    q->rfm_cell[r][f] = known = true;
            }
        }
        if (!known)
            return cx_fail(cx, ERR_NOT_FOUND, S("list.unknown_rfm"), names->code[i]);
    }
    return true;
}

/* The last customer of the strips whose code is not behind this one; 0: there is none. */
static bool last_upto(struct cx *cx, struct db *db, struct str code, int64_t *out) {
    const struct sql_value arg = sql_text(code);
    bool found;
    *out = 0;
    return sql_one_int(cx, db, SQL_LIST_CODE_UPTO, &arg, 1, &found, out);
}

static bool test_abc(struct cx *cx, struct db *db, struct list_query *q, uint32_t abc) {
    q->abc = abc & 0xF;
    return !q->abc || (last_upto(cx, db, q->run->a_code, &q->a_last) && last_upto(cx, db, q->run->b_code, &q->b_last));
}

/* -- tags and picked ones ---------------------------------------------------------------------------------------------- */

static int compare_ids(const void *a, const void *b) {
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static bool add_tagged(struct cx *cx, struct db *db, struct str tag, int64_t **id, size_t *n, size_t *room) {
    const struct sql_value name = sql_text(tag);
    struct sql_rows *rows;
    bool more = false, good = sql_open(cx, db, SQL_LIST_TAGGED, &name, 1, &rows);
    while (good && (good = sql_next(cx, rows, &more)) && more) {
        if (*n == *room) {
            size_t larger = *room ? *room * 2 : 64;
            *id = arena_grow(cx->arena, *id, *room, larger, sizeof **id);
            *room = larger;
        }
        (*id)[(*n)++] = sql_get_int(rows, 0);
    }
    sql_close(rows);
    return good;
}

static bool test_tags(struct cx *cx, struct db *db, struct list_query *q, const struct list_codes *tag) {
    int64_t *id = NULL;
    size_t n = 0, room = 0;
    for (size_t i = 0; i < tag->n; i++) {
        if (!add_tagged(cx, db, tag->code[i], &id, &n, &room))
            return false;
    }
    if (tag->n > 1 && n > 0)
        qsort(id, n, sizeof *id, compare_ids);
    if (tag->n > 0)
        q->only[q->onlys++] = (struct list_only){id, n};
    return true;
}

/* -- the account of customers ------------------------------------------------------------------------------------------- */

static bool test_moved(struct cx *cx, struct db *db, struct list_query *q, enum sql_id id,
                       const struct list_moved *moved) {
    if (!day_is(moved->from) && !day_is(moved->to))
        return true;
    const struct sql_value args[] = {sql_int(moved->from.n), sql_int(day_is(moved->to) ? moved->to.n : INT32_MAX),
                                     sql_int(q->run->as_of.n)};
    struct list_only only;
    int64_t *ids;
    if (!score_ids_of(cx, db, id, args, 3, &ids, &only.n))
        return false;
    only.id = ids;
    q->only[q->onlys++] = only;
    return true;
}

static bool test_account(struct cx *cx, struct db *db, struct list_query *q, const struct list_filter *f) {
    return test_moved(cx, db, q, SQL_FLOW_WHO_INACTIVE, &f->inactive) &&
           test_moved(cx, db, q, SQL_FLOW_WHO_RECOVERED, &f->recovered) &&
           test_moved(cx, db, q, SQL_FLOW_WHO_WRITTEN_OFF, &f->written_off);
}

/* -- text and single customers ----------------------------------------------------------------------------------------- */

/* What is left of "12.345.678/0001-95" without its points: how a CPF or CNPJ is kept. */
static struct str without_marks(struct cx *cx, struct str s) {
    struct buf buf;
    buf_init(&buf, cx->arena, 0);
    size_t digits = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool mark = s.p[i] == '.' || s.p[i] == '/' || s.p[i] == '-' || s.p[i] == ' ';
        digits += s.p[i] >= '0' && s.p[i] <= '9';
        if (!mark)
            buf_char(&buf, s.p[i]);
    }
    struct str bare = buf_str(&buf);
    return digits && bare.n >= BARE_LEAST && bare.n < s.n ? bare : (struct str){0};
}

/* The digits of a text that may be a phone: no letters, and not too few. */
static struct str phone_digits(struct cx *cx, struct str s) {
    struct buf buf;
    buf_init(&buf, cx->arena, 0);
    for (size_t i = 0; i < s.n; i++) {
        bool mark = memchr(" +-()./", s.p[i], 7) != NULL;
        if (s.p[i] >= '0' && s.p[i] <= '9')
            buf_char(&buf, s.p[i]);
        else if (!mark)
            return (struct str){0};
    }
    return buf.n >= PHONE_LEAST ? buf_str(&buf) : (struct str){0};
}

static bool find_cities(struct cx *cx, struct db *db, struct list_query *q) {
    struct label *label;
    size_t n;
    int64_t most = 0;
    if (!label_list(cx, db, LABEL_CITY, &label, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        most = label[i].id > most ? label[i].id : most;
    bool *found = arena_new(cx->arena, bool, (size_t)most + 1);
    for (size_t i = 0; i < n; i++) {
        struct str name = str_fold(cx->arena, label[i].code);
        found[label[i].id] = name.n >= q->needle[0].n && memmem(name.p, name.n, q->needle[0].p, q->needle[0].n) != NULL;
    }
    q->city_found = found;
    q->cities = (size_t)most + 1;
    return true;
}

static bool test_search(struct cx *cx, struct db *db, struct list_query *q, const struct list_filter *filter) {
    struct str search = str_fold(cx->arena, filter->search);
    q->needle[0] = search;
    q->needle[1] = without_marks(cx, search);
    for (size_t i = 0; i < search.n; i++)
        q->needle_digits = q->needle_digits || (search.p[i] >= '0' && search.p[i] <= '9');
    if (!filter->search_wide || !search.n)
        return true;
    q->needle_phone = phone_digits(cx, search);
    return find_cities(cx, db, q);
}

static bool test_code(struct cx *cx, struct db *db, struct list_query *q, struct str code) {
    if (!code.n)
        return true;
    const struct sql_value arg = sql_text(code);
    int64_t id;
    bool found;
    if (!sql_one_int(cx, db, SQL_LIST_CUSTOMER, &arg, 1, &found, &id))
        return false;
    if (found) {
        test_between(cx, q, STRIP_CUSTOMER, id, id);
        return true;
    }
    struct sql_rows *rows;
    struct str near[4];
    size_t n = 0;
    if (!sql_open(cx, db, SQL_LIST_CODES_NEAR, &arg, 1, &rows))
        return false;
    bool more, good;
    while ((good = sql_next(cx, rows, &more)) && more && n < 4)
        near[n++] = str_copy(cx->arena, sql_get_text(rows, 0));
    sql_close(rows);
    if (!good)
        return false;
    return n ? cx_fail(cx, ERR_NOT_FOUND, S("list.unknown_customer"), code, nearest(cx, code, near, n))
             : cx_fail(cx, ERR_NOT_FOUND, S("list.no_customer"), code);
}

static void test_numbers(struct cx *cx, struct list_query *q, const struct list_filter *f) {
    int32_t today = q->run->as_of.n;
    test_between(cx, q, STRIP_12M, f->min_value, f->max_value);
    test_between(cx, q, STRIP_TOTAL, f->min_total, f->max_total);
    test_between(cx, q, STRIP_PURCHASES, f->min_purchases, f->max_purchases);
    test_between(cx, q, STRIP_LAST, f->max_recency == STAT_NONE ? STAT_NONE : today - f->max_recency,
                 f->min_recency == STAT_NONE ? STAT_NONE : today - f->min_recency);
    test_between(cx, q, STRIP_AT_RISK, day_is(f->due_from) ? f->due_from.n : STAT_NONE,
                 day_is(f->due_to) ? f->due_to.n : STAT_NONE);
    test_between(cx, q, STRIP_P_ACTIVE, f->min_chance_e4, f->max_chance_e4);
    test_between(cx, q, STRIP_NEXT_ON, day_is(f->next_from) ? f->next_from.n : STAT_NONE,
                 day_is(f->next_to) ? f->next_to.n : STAT_NONE);
    if (f->not_contacted_for != STAT_NONE) {
        test_between(cx, q, STRIP_LAST_CONTACT, STAT_NONE, today - f->not_contacted_for - 1);
        q->test[q->tests - 1].none = true;
    }
}

/* No value is nothing open: only a least above that needs one. */
static void test_open(struct cx *cx, struct list_query *q, enum score_strip strip, int64_t low, int64_t high) {
    size_t before = q->tests;
    test_between(cx, q, strip, low, high);
    if (q->tests > before)
        q->test[before].none = (low == STAT_NONE || low <= 0) && (high == STAT_NONE || high >= 0);
}

static void test_days(struct cx *cx, struct list_query *q, enum score_strip strip, struct day from, struct day to) {
    test_between(cx, q, strip, day_is(from) ? from.n : STAT_NONE, day_is(to) ? to.n : STAT_NONE);
}

static void test_work(struct cx *cx, struct list_query *q, const struct list_work *w) {
    test_open(cx, q, STRIP_OPEN_TITLES, w->min_open_titles, w->max_open_titles);
    test_open(cx, q, STRIP_OVERDUE_TITLES, w->min_overdue_titles, w->max_overdue_titles);
    test_open(cx, q, STRIP_QUOTES, w->min_open_quotes, w->max_open_quotes);
    test_open(cx, q, STRIP_QUOTE_VALUE, w->min_open_quote_value, w->max_open_quote_value);
    test_open(cx, q, STRIP_TICKETS, w->min_open_tickets, w->max_open_tickets);
    test_days(cx, q, STRIP_LAST_CONTACT, w->contact_from, w->contact_to);
    test_days(cx, q, STRIP_APPOINTMENT, w->appointment_from, w->appointment_to);
    test_bits(cx, q, STRIP_STANDING, w->standings, w->standings & 1);
    test_between(cx, q, STRIP_CREDIT_LIMIT, w->min_credit_limit, w->max_credit_limit);
    test_between(cx, q, STRIP_CREDIT_LEFT, w->min_credit_left, w->max_credit_left);
    test_days(cx, q, STRIP_REGISTERED, w->registered_from, w->registered_to);
    test_bits(cx, q, STRIP_BLOCKED, w->blocked, w->blocked & 1);
    test_bits(cx, q, STRIP_OUTCOME, w->outcomes, w->outcomes & 1);
}

static bool test_objections(struct cx *cx, struct db *db, struct list_query *q, const struct list_codes *names) {
    struct list_range *range = arena_new(cx->arena, struct list_range, names->n + 1);
    for (size_t i = 0; i < names->n; i++) {
        int64_t id;
        if (!list_objection(cx, db, names->code[i], &id))
            return false;
        range[i] = (struct list_range){id, id};
    }
    if (names->n)
        test_add(q, STRIP_OBJECTION, range, names->n, false);
    return true;
}

bool list_objection(struct cx *cx, struct db *db, struct str name, int64_t *out) {
    const struct sql_value arg = sql_text(name);
    bool found = false;
    if (!sql_one_int(cx, db, SQL_STANDING_OBJECTION, &arg, 1, &found, out))
        return false;
    *out = found ? *out : -1;
    return true;
}

/* -- distance ---------------------------------------------------------------------------------------------------------- */

static void city_distances(struct cx *cx, const struct list_near *from, struct str city, int32_t *out) {
    struct place place[PLACE_STATES];
    place_by_state(cx->arena, city, place);
    for (int i = 0; i < PLACE_STATES; i++)
        out[i] = place[i].ibge == 0
                     ? -1
                     : (int32_t)place_metres(from->lat_e5, from->lon_e5, place[i].lat_e5, place[i].lon_e5);
}

static bool test_near(struct cx *cx, struct db *db, struct list_query *q, const struct list_near *near) {
    struct label *label;
    size_t n, most = 0;
    if (!near->set)
        return true;
    if (!label_list(cx, db, 0, &label, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        most = (size_t)label[i].id > most ? (size_t)label[i].id : most;
    int32_t *city = arena_new(cx->arena, int32_t, (most + 1) * PLACE_STATES);
    unsigned char *region = arena_new(cx->arena, unsigned char, most + 1);
    for (size_t i = 0; i < (most + 1) * PLACE_STATES; i++)
        city[i] = -1;
    for (size_t i = 0; i < n; i++) {
        if (label[i].kind == LABEL_CITY)
            city_distances(cx, near, label[i].code, city + (size_t)label[i].id * PLACE_STATES);
        else if (label[i].kind == LABEL_REGION)
            region[label[i].id] = (unsigned char)place_state(cx->arena, label[i].code);
    }
    struct list_distance *distance = arena_new(cx->arena, struct list_distance, 1);
    *distance = (struct list_distance){*near, city, region, most + 1, most + 1};
    q->distance = distance;
    return true;
}

/* -- order ------------------------------------------------------------------------------------------------------------- */

static bool order_by_label(struct cx *cx, struct db *db, struct list_query *q, enum label_kind kind,
                           enum score_strip strip) {
    struct label *label;
    size_t n;
    if (!label_list(cx, db, kind, &label, &n))
        return false;
    int64_t most = 0;
    for (size_t i = 0; i < n; i++)
        most = label[i].id > most ? label[i].id : most;
    int64_t *place = arena_new(cx->arena, int64_t, (size_t)most + 1);
    for (int64_t id = 0; id <= most; id++)
        place[id] = INT64_MIN;
    for (size_t i = 0; i < n; i++) {
        if (label[i].id > 0)
            place[label[i].id] = (int64_t)i;
    }
    q->order = strip;
    q->place_of_label = place;
    q->labels = (size_t)most + 1;
    return true;
}

static bool order_by_objection(struct cx *cx, struct db *db, struct list_query *q) {
    struct choice *choice;
    size_t n;
    if (!choice_list(cx, db, CHOICE_OBJECTION, true, &choice, &n))
        return false;
    int64_t most = 0;
    for (size_t i = 0; i < n; i++)
        most = choice[i].id > most ? choice[i].id : most;
    int64_t *place = arena_new(cx->arena, int64_t, (size_t)most + 1);
    for (int64_t id = 0; id <= most; id++)
        place[id] = INT64_MIN;
    for (size_t i = 0; i < n; i++)
        place[choice[i].id] = (int64_t)i;
    q->order = STRIP_OBJECTION;
    q->place_of_label = place;
    q->labels = (size_t)most + 1;
    return true;
}

static bool order_by(struct list_query *q, enum score_strip strip, bool reversed) {
    q->order = strip;
    q->descending = q->descending != reversed;
    return true;
}

static bool order_make(struct cx *cx, struct db *db, struct list_query *q, struct list_order order) {
    q->descending = order.descending;
    switch (order.column) {
    case COLUMN_CODE:
        return order_by(q, STRIP_CODE, false);
    case COLUMN_NAME:
        return order_by(q, STRIP_NAME, false);
    case COLUMN_TAX_ID:
        return order_by(q, STRIP_TAX, false);
    case COLUMN_COMPANY:
        return order_by_label(cx, db, q, LABEL_COMPANY, STRIP_COMPANY);
    case COLUMN_REP:
        return order_by_label(cx, db, q, LABEL_REP, STRIP_REP);
    case COLUMN_SEGMENT:
        return order_by_label(cx, db, q, LABEL_SEGMENT, STRIP_SEGMENT);
    case COLUMN_REGION:
        return order_by_label(cx, db, q, LABEL_REGION, STRIP_REGION);
    case COLUMN_CITY:
        return order_by_label(cx, db, q, LABEL_CITY, STRIP_CITY);
    case COLUMN_STATUS:
        return order_by(q, STRIP_STATUS, false);
    case COLUMN_PURCHASES:
        return order_by(q, STRIP_PURCHASES, false);
    case COLUMN_FIRST_PURCHASE:
        return order_by(q, STRIP_FIRST, false);
    case COLUMN_LAST_PURCHASE:
        return order_by(q, STRIP_LAST, false);
    case COLUMN_RECENCY_DAYS:
        return order_by(q, STRIP_LAST, true);
    case COLUMN_GAP_MEDIAN_DAYS:
        return order_by(q, STRIP_GAP_MEDIAN, false);
    case COLUMN_GAP_MEAN_DAYS:
        return order_by(q, STRIP_GAP_MEAN, false);
    case COLUMN_GAP_SD_DAYS:
        return order_by(q, STRIP_GAP_SD, false);
    case COLUMN_CYCLE_DAYS:
        return order_by(q, STRIP_CYCLE, false);
    case COLUMN_OVERDUE_RATIO:
        return order_by(q, STRIP_OVERDUE, false);
    case COLUMN_AT_RISK_ON:
        return order_by(q, STRIP_AT_RISK, false);
    case COLUMN_INACTIVE_ON:
        return order_by(q, STRIP_INACTIVE, false);
    case COLUMN_LOST_ON:
        return order_by(q, STRIP_LOST, false);
    case COLUMN_VALUE_TOTAL:
        return order_by(q, STRIP_TOTAL, false);
    case COLUMN_VALUE_12M:
        return order_by(q, STRIP_12M, false);
    case COLUMN_VALUE_PREV_12M:
        return order_by(q, STRIP_PREV_12M, false);
    case COLUMN_AVERAGE_PURCHASE:
        return order_by(q, STRIP_AVERAGE, false);
    case COLUMN_RETURN_RATE:
        return order_by(q, STRIP_RETURN, false);
    case COLUMN_P_ACTIVE:
        return order_by(q, STRIP_P_ACTIVE, false);
    case COLUMN_P_ACTIVE_LOW:
        return order_by(q, STRIP_P_ACTIVE_LOW, false);
    case COLUMN_P_ACTIVE_HIGH:
        return order_by(q, STRIP_P_ACTIVE_HIGH, false);
    case COLUMN_P_ALIVE:
        return order_by(q, STRIP_P_ALIVE, false);
    case COLUMN_NEXT_ON:
        return order_by(q, STRIP_NEXT_ON, false);
    case COLUMN_NEXT_FROM:
        return order_by(q, STRIP_NEXT_FROM, false);
    case COLUMN_NEXT_TO:
        return order_by(q, STRIP_NEXT_TO, false);
    case COLUMN_EXPECTED_90D:
        return order_by(q, STRIP_EXPECTED_90D, false);
    case COLUMN_EXPECTED_VALUE_365D:
        return order_by(q, STRIP_EXPECTED_VALUE_365D, false);
    case COLUMN_STANDING:
        return order_by(q, STRIP_STANDING, false);
    case COLUMN_OPEN_TITLES:
        return order_by(q, STRIP_OPEN_TITLES, false);
    case COLUMN_OVERDUE_TITLES:
        return order_by(q, STRIP_OVERDUE_TITLES, false);
    case COLUMN_OPEN_QUOTES:
        return order_by(q, STRIP_QUOTES, false);
    case COLUMN_OPEN_QUOTE_VALUE:
        return order_by(q, STRIP_QUOTE_VALUE, false);
    case COLUMN_OPEN_TICKETS:
        return order_by(q, STRIP_TICKETS, false);
    case COLUMN_LAST_CONTACT:
        return order_by(q, STRIP_LAST_CONTACT, false);
    case COLUMN_LAST_OUTCOME:
        return order_by(q, STRIP_OUTCOME, false);
    case COLUMN_LAST_OBJECTION:
        return order_by_objection(cx, db, q);
    case COLUMN_NEXT_APPOINTMENT:
        return order_by(q, STRIP_APPOINTMENT, false);
    case COLUMN_REGISTERED_ON:
        return order_by(q, STRIP_REGISTERED, false);
    case COLUMN_BLOCKED:
        return order_by(q, STRIP_BLOCKED, false);
    case COLUMN_CREDIT_LIMIT:
        return order_by(q, STRIP_CREDIT_LIMIT, false);
    case COLUMN_CREDIT_LEFT:
        return order_by(q, STRIP_CREDIT_LEFT, false);
    case COLUMN_TREND:
    case COLUMN_ABC:
    case COLUMN_R:
    case COLUMN_F:
    case COLUMN_M:
    case COLUMN_SEGMENT_RFM:
    case COLUMN_MODEL:
    case COLUMN_WHY:
    case COLUMN_COUNT:
        break;
    }
    return cx_fail(cx, ERR_INVALID, S("list.no_order"), str_from(column_defs[order.column].name));
}

bool list_query_make(struct cx *cx, struct db *db, const struct score_run *run, const struct list_filter *filter,
                     struct list_order order, struct list_query *out) {
    *out = (struct list_query){.run = run};
    test_bits(cx, out, STRIP_STATUS, filter->statuses, false);
    test_numbers(cx, out, filter);
    test_work(cx, out, &filter->work);
    if (filter->picked)
        out->only[out->onlys++] = (struct list_only){filter->id, filter->ids};
    return test_search(cx, db, out, filter) && test_tags(cx, db, out, &filter->tag) &&
           test_account(cx, db, out, filter) && test_all_labels(cx, db, out, filter) &&
           test_objections(cx, db, out, &filter->work.objection) && test_abc(cx, db, out, filter->abc) &&
           test_rfm(cx, out, &filter->rfm) && test_code(cx, db, out, filter->code) &&
           test_near(cx, db, out, &filter->near) &&
           order_make(cx, db, out, filter->near.set ? (struct list_order){COLUMN_VALUE_12M, false} : order);
}
