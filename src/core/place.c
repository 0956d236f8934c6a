// SPDX-License-Identifier: Apache-2.0
/* place -- see place.h. Must not guess: every answer is the only municipality that the texts can mean.
 *
 * Invariant: place_rows is sorted by key (strcmp), and keys are made as key_of makes them.
 */
#include "core/place.h"

#include <math.h>
#include <string.h>

#include "core/place_table.h"

_Static_assert(PLACE_STATES == 27 + 1, "and none");
enum { IBGE_DIGITS = 7, STATE_OF_IBGE = 100000, LAT_MOST = 9000000, LON_MOST = 18000000, PACK_STEP = 2 * LON_MOST + 1 };

static const struct state {
    int32_t number; /* IBGE's */
    const char *letters, *key;
} states[] = {{11, "RO", "rondonia"},
              {12, "AC", "acre"},
              {13, "AM", "amazonas"},
              {14, "RR", "roraima"},
              {15, "PA", "para"},
              {16, "AP", "amapa"},
              {17, "TO", "tocantins"},
              {21, "MA", "maranhao"},
              {22, "PI", "piaui"},
              {23, "CE", "ceara"},
              {24, "RN", "riograndedonorte"},
              {25, "PB", "paraiba"},
              {26, "PE", "pernambuco"},
              {27, "AL", "alagoas"},
              {28, "SE", "sergipe"},
              {29, "BA", "bahia"},
              {31, "MG", "minasgerais"},
              {32, "ES", "espiritosanto"},
              {33, "RJ", "riodejaneiro"},
              {35, "SP", "saopaulo"},
              {41, "PR", "parana"},
              {42, "SC", "santacatarina"},
              {43, "RS", "riograndedosul"},
              {50, "MS", "matogrossodosul"},
              {51, "MT", "matogrosso"},
              {52, "GO", "goias"},
              {53, "DF", "distritofederal"}};

static bool key_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static struct str key_of(struct arena *arena, struct str name) {
    struct str folded = str_fold(arena, name);
    char *key = arena_new(arena, char, folded.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.n; i++)
        if (key_letter(folded.p[i]))
            key[n++] = folded.p[i];
    return (struct str){key, n};
}

/* The state that a text names; NULL: none. */
static const struct state *state_of(struct arena *arena, struct str text) {
    struct str key = key_of(arena, text);
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        const struct state *s = &states[i];
        bool letters = key.n == 2 && key.p[0] == s->letters[0] + ('a' - 'A') && key.p[1] == s->letters[1] + ('a' - 'A');
        if (letters || str_equal(key, str_from(s->key)))
            return s;
    }
    return NULL;
}

static const struct state *state_numbered(int32_t number) {
    size_t i = 0;
    while (i < sizeof states / sizeof *states && states[i].number != number)
        i++;
    return i < sizeof states / sizeof *states ? &states[i] : NULL;
}

static bool fill(const struct place_row *row, struct place *out) {
    const struct state *state = state_numbered(row->ibge / STATE_OF_IBGE);
    if (state == NULL)
        return false;
    *out = (struct place){row->ibge, state->letters, row->lat_e5, row->lon_e5};
    return true;
}

/* The first row whose key is not before this one. */
static size_t first_from(struct str key) {
    size_t low = 0, high = place_rows_n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(str_from(place_rows[middle].key), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* first: first_from(key). state NULL: whichever, if it stands in one alone. */
static bool find_from(size_t first, struct str key, const struct state *state, struct place *out) {
    const struct place_row *only = NULL;
    for (size_t i = first; i < place_rows_n && str_equal(str_from(place_rows[i].key), key); i++) {
        const struct place_row *row = &place_rows[i];
        if (state != NULL && row->ibge / STATE_OF_IBGE != state->number)
            continue;
        if (only != NULL)
            return false;
        only = row;
    }
    return only != NULL && fill(only, out);
}

static bool find_code(struct str key, struct place *out) {
    int32_t code = 0;
    if (key.n != IBGE_DIGITS)
        return false;
    for (size_t i = 0; i < key.n; i++) {
        if (key.p[i] < '0' || key.p[i] > '9')
            return false;
        code = code * 10 + (key.p[i] - '0');
    }
    for (size_t i = 0; i < place_rows_n; i++)
        if (place_rows[i].ibge == code)
            return fill(&place_rows[i], out);
    return false;
}

/* "Umuarama - PR": the name before the last of these marks, and the state behind it. */
static bool state_cut(struct arena *arena, struct str city, struct str marks, struct str *name,
                      const struct state **out) {
    size_t at = city.n;
    while (at > 0 && memchr(marks.p, city.p[at - 1], marks.n) == NULL)
        at--;
    if (at == 0)
        return false;
    *name = (struct str){city.p, at - 1};
    *out = state_of(arena, (struct str){city.p + at, city.n - at});
    return *out != NULL;
}

/* A city as it is looked for, whatever the state: by its code; by its whole name; by the name before the state it tells itself. */
struct asked {
    bool by_code;
    struct place coded;
    struct str key, cut;
    size_t first, cut_first;
    const struct state *told; /* with cut; NULL: none */
};

static struct asked ask(struct arena *arena, struct str city) {
    struct str name;
    city = str_trim(city);
    struct asked a = {.key = key_of(arena, city)};
    a.by_code = find_code(a.key, &a.coded);
    a.first = first_from(a.key);
    if (state_cut(arena, city, S("-/(,"), &name, &a.told) || state_cut(arena, city, S(" "), &name, &a.told)) {
        a.cut = key_of(arena, name);
        a.cut_first = first_from(a.cut);
    }
    return a;
}

static bool answer(const struct asked *a, const struct state *state, struct place *out) {
    if (a->by_code)
        *out = a->coded;
    return a->by_code || (a->key.n > 0 && find_from(a->first, a->key, state, out)) ||
           (a->told != NULL && (state == NULL || state == a->told) && find_from(a->cut_first, a->cut, a->told, out));
}

bool place_find(struct arena *arena, struct str city, struct str region, struct place *out) {
    struct asked asked = ask(arena, city);
    return answer(&asked, state_of(arena, region), out);
}

bool place_of(struct arena *arena, int64_t packed, struct str city, struct str region, struct place *out) {
    struct place place = {0};
    bool found = place_find(arena, city, region, &place);
    bool own = place_unpack(packed, &place.lat_e5, &place.lon_e5);
    *out = place;
    return found || own;
}

int place_state(struct arena *arena, struct str region) {
    const struct state *state = state_of(arena, region);
    return state == NULL ? 0 : (int)(state - states) + 1;
}

void place_by_state(struct arena *arena, struct str city, struct place out[PLACE_STATES]) {
    struct asked asked = ask(arena, city);
    for (int i = 0; i < PLACE_STATES; i++) {
        out[i] = (struct place){0};
        (void)answer(&asked, i == 0 ? NULL : &states[i - 1], &out[i]);
    }
}

int64_t place_pack(int32_t lat_e5, int32_t lon_e5) {
    return (lat_e5 + (int64_t)LAT_MOST) * PACK_STEP + lon_e5 + (int64_t)LON_MOST + 1;
}

bool place_unpack(int64_t packed, int32_t *lat_e5, int32_t *lon_e5) {
    if (packed <= 0 || packed > place_pack(LAT_MOST, LON_MOST))
        return false;
    *lat_e5 = (int32_t)((packed - 1) / PACK_STEP) - LAT_MOST;
    *lon_e5 = (int32_t)((packed - 1) % PACK_STEP) - LON_MOST;
    return true;
}

int64_t place_metres(int32_t lat_a_e5, int32_t lon_a_e5, int32_t lat_b_e5, int32_t lon_b_e5) {
    static const double earth_m = 6371008.8, radian = 3.14159265358979323846 / 180e5;
    double a = lat_a_e5 * radian, b = lat_b_e5 * radian;
    double up = sin((b - a) / 2), across = sin((lon_b_e5 - lon_a_e5) * radian / 2);
    double h = up * up + cos(a) * cos(b) * across * across;
    return (int64_t)(2 * earth_m * asin(sqrt(h < 1 ? h : 1)) + 0.5);
}
