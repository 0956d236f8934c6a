// SPDX-License-Identifier: Apache-2.0
/* One form for each way to write an address, and a hash that tells them apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/address.h"

static void same(struct str text, struct str wanted, bool (*read)(struct str, struct address *)) {
    struct address a;
    assert_true(read(text, &a));
    if (!str_equal((struct str){a.text, a.n}, wanted))
        fail_msg("%.*s became %.*s, not %.*s", STR_ARG(text), (int)a.n, a.text, STR_ARG(wanted));
}

static void phone_has_country_area_and_ninth_digit(void **state) {
    (void)state;
    static const char *const mobile[] = {"+55 11 98765-4321", "(11) 98765-4321",    "11987654321",
                                         "5511987654321",     "011 98765-4321",     "0 15 11 98765-4321",
                                         "11 8765-4321",      "0055 11 98765 4321", " +55(11)8765.4321 "};
    for (size_t i = 0; i < sizeof mobile / sizeof *mobile; i++)
        same(str_from(mobile[i]), S("+5511987654321"), address_phone);
    same(S("(55) 99123-4567"), S("+5555991234567"), address_phone); /* area code 55 is no country */
    same(S("55 3221-4567"), S("+555532214567"), address_phone);
    same(S("11 3333-4444"), S("+551133334444"), address_phone); /* a landline gets no ninth digit */
    same(S("+1 212 555 0100"), S("+12125550100"), address_phone);
    same(S("0800 123 4567"), S("08001234567"), address_phone);
    same(S("98765-4321"), S("987654321"), address_phone); /* without an area code nobody knows whose */
    struct address a;
    assert_false(address_phone(S(""), &a));
    assert_false(address_phone(S("12345"), &a));
    assert_false(address_phone(S("ask Ana"), &a));
}

static void phone_that_a_message_reaches_says_its_country_and_is_no_landline(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool dials, landline;
    } phone[] = {
        {"(11) 98765-4321", true, false},  {"11 8765-4321", true, false},     {"(11) 3333-4444", true, true},
        {"0055 21 2233-4455", true, true}, {"+1 212 555 0100", true, false},  {"+44 20 7946 0018", true, false},
        {"98765-4321", false, false},      {"0800 123 4567", false, false},   {"+123456", false, false},
        {"+1234567", true, false},         {"+123456789012345", true, false}, {"+1234567890123456", false, false}};
    struct address a;
    for (size_t i = 0; i < sizeof phone / sizeof *phone; i++) {
        assert_true(address_phone(str_from(phone[i].text), &a));
        if (address_dials(&a) != phone[i].dials || address_landline(&a) != phone[i].landline)
            fail_msg("%s", phone[i].text);
    }
}

static void email_is_in_small_letters_without_a_name(void **state) {
    (void)state;
    same(S(" Ana.Souza@Example.COM "), S("ana.souza@example.com"), address_email);
    same(S("Ana <ANA@example.com>"), S("ana@example.com"), address_email);
    struct address a;
    assert_false(address_email(S("@example.com"), &a));
    assert_false(address_email(S("ana@"), &a));
    assert_false(address_email(S(""), &a));
}

static void what_was_typed_tells_its_kind(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum address_kind kind;
    } typed[] = {{"ana@example.com", ADDRESS_EMAIL}, {"529.982.247-25", ADDRESS_TAX_ID},
                 {"11144477735", ADDRESS_TAX_ID},    {"11987654321", ADDRESS_PHONE},
                 {"(11) 3333-4444", ADDRESS_PHONE},  {"11.222.333/0001-81", ADDRESS_TAX_ID},
                 {"12ABC34501DE35", ADDRESS_TAX_ID}, {"+5511987654321", ADDRESS_PHONE}};
    struct address a;
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        assert_true(address_read(str_from(typed[i].text), &a));
        assert_int_equal(a.kind, typed[i].kind);
    }
    assert_false(address_read(S("Ana Souza"), &a));
    assert_false(address_read(S(""), &a));
    assert_false(address_read(S("52998224725"), &a)); /* a CPF, and a mobile number of area 52 */
    assert_true(address_read(S("(52) 99822-4725"), &a));
    assert_int_equal(a.kind, ADDRESS_PHONE);
}

static void a_field_of_several_has_each(void **state) {
    (void)state;
    struct address a[ADDRESS_EACH];
    assert_int_equal(address_each(ADDRESS_PHONE, S("(11) 3333-4444 / 11 98888-7777 ou 11 98888-6666"), a), 3);
    assert_true(str_equal((struct str){a[1].text, a[1].n}, S("+5511988887777")));
    assert_int_equal(address_each(ADDRESS_PHONE, S("(11) 3333-4444 r. 12"), a), 1);
    assert_int_equal(address_each(ADDRESS_EMAIL, S("a@x.com; B@x.com"), a), 2);
    assert_int_equal(address_each(ADDRESS_EMAIL, S("a@x;b@x;c@x;d@x;e@x"), a), ADDRESS_EACH);
    assert_int_equal(address_each(ADDRESS_PHONE, (struct str){0}, a), 0);
    assert_int_equal(address_each(ADDRESS_TAX_ID, (struct str){0}, a), 0);
}

static void hash_is_of_the_address_its_kind_and_the_key(void **state) {
    (void)state;
    unsigned char key[ADDRESS_KEY] = {1}, other[ADDRESS_KEY] = {2};
    struct address a, b, kind;
    assert_true(address_phone(S("11 98765-4321"), &a) && address_phone(S("+55 11 8765-4321"), &b));
    assert_int_equal(address_hash(key, &a), address_hash(key, &b));
    assert_int_not_equal(address_hash(key, &a), address_hash(other, &a));
    kind = a;
    kind.kind = ADDRESS_TAX_ID;
    assert_int_not_equal(address_hash(key, &a), address_hash(key, &kind));
    char longest[ADDRESS_TEXT + 1];
    memset(longest, 'a', sizeof longest);
    longest[3] = '@';
    assert_true(address_email((struct str){longest, ADDRESS_TEXT}, &a));
    assert_int_not_equal(address_hash(key, &a), 0);
    assert_false(address_email((struct str){longest, ADDRESS_TEXT + 1}, &a));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phone_has_country_area_and_ninth_digit),
        cmocka_unit_test(phone_that_a_message_reaches_says_its_country_and_is_no_landline),
        cmocka_unit_test(email_is_in_small_letters_without_a_name),
        cmocka_unit_test(what_was_typed_tells_its_kind),
        cmocka_unit_test(a_field_of_several_has_each),
        cmocka_unit_test(hash_is_of_the_address_its_kind_and_the_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
