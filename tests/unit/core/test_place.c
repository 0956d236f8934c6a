// SPDX-License-Identifier: Apache-2.0
/* Municipalities by the ways files name them, what must not be guessed, and distances against known ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "core/place.h"
#include "core/place_table.h"

static struct arena arena;

static int32_t found(struct str city, struct str region) {
    struct place place;
    return place_find(&arena, city, region, &place) ? place.ibge : 0;
}

static void place_goes_by_name_state_or_code_however_they_are_written(void **state) {
    (void)state;
    enum { UMUARAMA = 4128104, SAO_JOSE_SC = 4216602, SAO_PAULO = 3550308, JI_PARANA = 1100122 };
    static const char *const written[] = {
        "Umuarama",          "UMUARAMA",        "  umuarama ",  "Umuarama - PR", "Umuarama/PR",
        "UMUARAMA (Paraná)", "Umuarama-Paraná", "Umuarama, PR", "Umuarama PR",   "4128104"};
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        assert_int_equal(found(str_from(written[i]), S("")), UMUARAMA);
        assert_int_equal(found(str_from(written[i]), S("PR")), UMUARAMA);
        assert_int_equal(found(str_from(written[i]), S("parana")), UMUARAMA);
        assert_int_equal(found(str_from(written[i]), S("Região Oeste")), UMUARAMA);
    }
    assert_int_equal(found(S("São José"), S("SC")), SAO_JOSE_SC);
    assert_int_equal(found(S("SAO JOSE"), S("Santa Catarina")), SAO_JOSE_SC);
    assert_int_equal(found(S("São José (SC)"), S("")), SAO_JOSE_SC);
    assert_int_equal(found(S("S\xe3o Paulo"), S("SP")), SAO_PAULO); /* of a file of Windows */
    assert_int_equal(found(S("Ji-Paraná"), S("RO")), JI_PARANA);
    assert_int_equal(found(S("Ji-Paraná RO"), S("")), JI_PARANA);
    assert_true(found(S("Herval d'Oeste"), S("SC")) == found(S("HERVAL D OESTE"), S("SC")));
    assert_true(found(S("Herval d'Oeste"), S("SC")) / 100000 == 42);
}

static void place_that_could_be_another_is_none(void **state) {
    (void)state;
    assert_int_equal(found(S("Bom Jesus"), S("")), 0); /* in five states */
    assert_int_equal(found(S("Bom Jesus"), S("Sul")), 0);
    assert_true(found(S("Bom Jesus"), S("RS")) / 100000 == 43);
    assert_int_equal(found(S("Umuarama"), S("SP")), 0);
    assert_int_equal(found(S("Umuarama - PR"), S("SP")), 0);
    assert_int_equal(found(S("Springfield"), S("")), 0);
    assert_int_equal(found(S(""), S("PR")), 0);
    assert_int_equal(found(S(" - "), S("PR")), 0);
    assert_int_equal(found(S("PR"), S("")), 0);
    assert_int_equal(found(S("9999999"), S("")), 0);
    assert_int_equal(found(S("41281040"), S("")), 0);
}

static void place_table_is_in_order_and_within_brazil(void **state) {
    (void)state;
    assert_true(place_rows_n > 5400);
    for (size_t i = 0; i < place_rows_n; i++) {
        const struct place_row *row = &place_rows[i];
        assert_true(i == 0 || strcmp(place_rows[i - 1].key, row->key) <= 0);
        assert_true(row->lat_e5 > -3400000 && row->lat_e5 < 550000 && row->lon_e5 > -7410000 && row->lon_e5 < -3200000);
        struct place place;
        char code[16];
        snprintf(code, sizeof code, "%d", (int)row->ibge);
        assert_true(place_find(&arena, str_from(code), S(""), &place));
        assert_int_equal(place.ibge, row->ibge);
        assert_true(place_find(&arena, str_from(row->key), str_from(place.state), &place) && place.ibge == row->ibge);
    }
}

static void place_is_where_it_is(void **state) {
    (void)state;
    static const struct {
        const char *city, *region;
        int32_t lat_e5, lon_e5;
    } known[] = {{"Umuarama", "PR", -2376600, -5332500},  {"Curitiba", "PR", -2542800, -4927300},
                 {"São Paulo", "SP", -2355000, -4663300}, {"Manaus", "AM", -310200, -6002500},
                 {"Brasília", "DF", -1579400, -4788200},  {"Porto Alegre", "RS", -3003100, -5122800}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct place place;
        assert_true(place_find(&arena, str_from(known[i].city), str_from(known[i].region), &place));
        assert_in_range(place_metres(place.lat_e5, place.lon_e5, known[i].lat_e5, known[i].lon_e5), 0, 12000);
        assert_string_equal(place.state, known[i].region);
    }
}

static void place_by_state_says_the_same_as_one_by_one(void **state) {
    (void)state;
    static const char *const city[] = {"Umuarama", "Bom Jesus",    "São José", "Umuarama/PR",
                                       "4128104",  "Ji-Paraná RO", "",         "Springfield"};
    static const char *const region[] = {"", "PR", "SC", "RS", "Rondônia", "SP", "Sul", "DF"};
    for (size_t i = 0; i < sizeof city / sizeof *city; i++) {
        struct place each[PLACE_STATES];
        place_by_state(&arena, str_from(city[i]), each);
        for (size_t k = 0; k < sizeof region / sizeof *region; k++)
            assert_int_equal(each[place_state(&arena, str_from(region[k]))].ibge,
                             found(str_from(city[i]), str_from(region[k])));
    }
}

static void place_of_a_customer_is_its_own_before_its_municipality(void **state) {
    (void)state;
    struct place place;
    assert_true(place_of(&arena, place_pack(-1, 2), S("Umuarama"), S("PR"), &place));
    assert_true(place.lat_e5 == -1 && place.lon_e5 == 2 && place.ibge == 4128104);
    assert_true(place_of(&arena, place_pack(-1, 2), S(""), S(""), &place) && place.lat_e5 == -1 && place.ibge == 0);
    assert_true(place_of(&arena, INT64_MIN, S("Umuarama"), S("PR"), &place) && place.lat_e5 < -2300000);
    assert_false(place_of(&arena, INT64_MIN, S("Bom Jesus"), S(""), &place));
}

static void place_packed_is_the_same_point_again(void **state) {
    (void)state;
    static const int32_t at[][2] = {{-9000000, -18000000}, {9000000, 18000000}, {0, 0}, {-2376639, -5332056}, {1, -1},
                                    {-1, 18000000}};
    int32_t lat, lon;
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        assert_true(place_pack(at[i][0], at[i][1]) > 0 && place_unpack(place_pack(at[i][0], at[i][1]), &lat, &lon));
        assert_true(lat == at[i][0] && lon == at[i][1]);
    }
    assert_false(place_unpack(INT64_MIN, &lat, &lon) || place_unpack(0, &lat, &lon) ||
                 place_unpack(INT64_MAX, &lat, &lon));
}

static void place_metres_are_those_of_a_sphere(void **state) {
    (void)state;
    assert_int_equal(place_metres(0, 0, 0, 0), 0);
    assert_in_range(place_metres(0, 0, 100000, 0), 111194, 111196);             /* a degree */
    assert_in_range(place_metres(6000000, 0, 6000000, 100000), 55595, 55599);   /* half as wide at 60 degrees */
    assert_in_range(place_metres(0, 17950000, 0, -17950000), 111194, 111196);   /* over the line of dates */
    assert_in_range(place_metres(9000000, 0, -9000000, 0), 20015000, 20015200); /* from pole to pole */
    assert_in_range(place_metres(-2355052, -4663331, -2290685, -4317290), 360000,
                    362000); /* São Paulo to Rio de Janeiro */
}

int main(void) {
    arena_init(&arena, 0, arena_full_exit, NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(place_goes_by_name_state_or_code_however_they_are_written),
        cmocka_unit_test(place_that_could_be_another_is_none),
        cmocka_unit_test(place_table_is_in_order_and_within_brazil),
        cmocka_unit_test(place_is_where_it_is),
        cmocka_unit_test(place_by_state_says_the_same_as_one_by_one),
        cmocka_unit_test(place_of_a_customer_is_its_own_before_its_municipality),
        cmocka_unit_test(place_packed_is_the_same_point_again),
        cmocka_unit_test(place_metres_are_those_of_a_sphere),
    };
    int failed = cmocka_run_group_tests_name("place", tests, NULL, NULL);
    arena_clear(&arena);
    return failed;
}
