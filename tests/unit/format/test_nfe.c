// SPDX-License-Identifier: Apache-2.0
/* What is read of electronic invoices, on invented ones (tests/data/nfe), and that a bad file costs nothing but
 * itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/limits.h"
#include "format/nfe.h"
#include "sample.h"

#define SALE_KEY "35260531415926000171550010000010011102040410"

/* What the visitor was told, as a text: one line a document or fault. */
struct seen {
    struct buf lines;
    struct nfe last;
    size_t stop_after, n;
};

static bool note(struct cx *cx, void *owner, struct str file, const struct nfe *nfe, const struct err *why) {
    struct seen *seen = owner;
    const char *slash = memrchr(file.p, '/', file.n);
    struct str name = slash ? (struct str){slash + 1, file.n - (size_t)(slash + 1 - file.p)} : file;
    buf_put(&seen->lines, name);
    if (nfe)
        buf_printf(&seen->lines, " kind %d number %.*s\n", (int)nfe->kind, STR_ARG(nfe->number));
    if (why)
        buf_printf(&seen->lines, " %.*s\n", STR_ARG(why->key));
    seen->n++;
    if (seen->stop_after == seen->n)
        return cx_fail(cx, ERR_CONFLICT, S("test.stop"));
    return true;
}

static const char *told(struct sample *s, const char *path) {
    struct seen seen = {0};
    buf_init(&seen.lines, &s->arena, 1 << 20);
    if (!nfe_each(&s->cx, str_from(path), note, &seen))
        buf_printf(&seen.lines, "failed %.*s\n", STR_ARG(s->cx.err.key));
    return str_terminated(&s->arena, buf_str(&seen.lines));
}

static struct nfe *parse(struct sample *s, const char *name, size_t *n) {
    struct str bytes = sample_data(s, cx_text(&s->cx, "nfe/%s", name));
    struct nfe *out = NULL;
    if (!nfe_parse_bytes(&s->cx, str_from(name), bytes, &out, n))
        fail_msg("%s: %.*s (%s)", name, STR_ARG(s->cx.err.key), s->cx.err.detail);
    return out;
}

static struct nfe *parse_one(struct sample *s, const char *name) {
    size_t n;
    struct nfe *out = parse(s, name, &n);
    assert_int_equal(n, 1);
    return out;
}

static void refused(struct sample *s, const char *name, const char *key) {
    struct str bytes = sample_data(s, cx_text(&s->cx, "nfe/%s", name));
    struct nfe *out;
    size_t n;
    cx_clear(&s->cx);
    if (nfe_parse_bytes(&s->cx, str_from(name), bytes, &out, &n))
        fail_msg("%s was read", name);
    sample_str(s->cx.err.key, key);
    cx_clear(&s->cx);
}

static void nfe_sale_has_header_parties_and_protocol(void **state) {
    const struct nfe *nfe = parse_one(*state, "sale.xml");
    assert_int_equal(nfe->kind, NFE_INVOICE);
    sample_str(nfe->access_key, SALE_KEY);
    sample_str(nfe->number, "1001");
    sample_str(nfe->series, "1");
    sample_day(nfe->issued, "2026-05-14");
    assert_int_equal(nfe->type, 1);
    assert_int_equal(nfe->purpose, 1);
    assert_int_equal(nfe->protocol, 100);
    assert_false(nfe->testing);
    sample_str(nfe->issuer.tax_id, "31415926000171");
    sample_str(nfe->issuer.name, "Parafusos Serra Azul Ltda");
    sample_str(nfe->issuer.city, "Sao Paulo");
    sample_str(nfe->customer.tax_id, "27182818000129");
    sample_str(nfe->customer.name, "Casa & Ferragens São João Ltda");
    sample_str(nfe->customer.city, "Ribeirão Preto");
    sample_str(nfe->customer.state, "SP");
    sample_str(nfe->customer.phone, "1639990000");
    sample_str(nfe->customer.email, "compras@saojoao.example");
}

static void nfe_items_have_quantity_price_discount_and_whether_they_count(void **state) {
    const struct nfe *nfe = parse_one(*state, "sale.xml");
    assert_int_equal(nfe->items, 3);
    sample_str(nfe->item[0].code, "PF-0810");
    sample_str(nfe->item[0].name, "Parafuso sextavado 8x10");
    sample_str(nfe->item[0].cfop, "5102");
    assert_int_equal(nfe->item[0].quantity_e4, 1000000);
    assert_int_equal(nfe->item[0].price_e4, 3500);
    assert_int_equal(nfe->item[0].product_cents, 3500);
    assert_int_equal(nfe->item[0].discount_cents, 500);
    assert_true(nfe->item[0].counts);
    assert_int_equal(nfe->item[1].price_e4, 411667);
    assert_int_equal(nfe->item[1].discount_cents, 0);
    assert_false(nfe->item[2].counts);
}

static void nfe_return_and_complement_tell_their_purpose(void **state) {
    const struct nfe *back = parse_one(*state, "return.xml");
    assert_int_equal(back->purpose, 4);
    assert_int_equal(back->type, 0);
    sample_day(back->issued, "2026-05-20");
    assert_int_equal(parse_one(*state, "complementary.xml")->purpose, 2);
}

static void nfe_customer_may_be_a_person_a_foreigner_or_have_letters(void **state) {
    sample_str(parse_one(*state, "customer_cpf.xml")->customer.tax_id, "98765432100");
    sample_str(parse_one(*state, "customer_foreign.xml")->customer.tax_id, "AR-30712345");
    sample_str(parse_one(*state, "customer_cnpj_letters.xml")->customer.tax_id, "12ABC34501DE35");
    const struct nfe *nfe = parse_one(*state, "issuer_cnpj_letters.xml");
    sample_str(nfe->issuer.tax_id, "12ABC34501DE35");
    assert_int_equal(nfe->access_key.n, 44);
    assert_memory_equal(nfe->access_key.p + 6, "12ABC34501DE35", 14);
}

static void nfe_protocol_tells_late_denied_and_none(void **state) {
    assert_int_equal(parse_one(*state, "late_authorisation_150.xml")->protocol, 150);
    assert_int_equal(parse_one(*state, "denied_302.xml")->protocol, 302);
    assert_int_equal(parse_one(*state, "no_protocol.xml")->protocol, 0);
    assert_true(parse_one(*state, "test_environment.xml")->testing);
}

static void nfe_cancellation_counts_when_the_authority_accepted_it(void **state) {
    const struct nfe *event = parse_one(*state, "cancellation.xml");
    assert_int_equal(event->kind, NFE_CANCELLATION);
    assert_int_equal(event->protocol, 135);
    sample_str(event->access_key, SALE_KEY);
    sample_day(event->issued, "2026-05-15");
    assert_int_equal(parse_one(*state, "cancellation_late.xml")->kind, NFE_CANCELLATION);
    assert_int_equal(parse_one(*state, "cancellation_refused.xml")->kind, NFE_OTHER);
    assert_int_equal(parse_one(*state, "cancellation_unanswered.xml")->kind, NFE_OTHER);
    assert_int_equal(parse_one(*state, "correction_letter.xml")->kind, NFE_OTHER);
    assert_int_equal(parse_one(*state, "inutilised_numbers.xml")->kind, NFE_OTHER);
}

static void nfe_batch_gives_every_invoice_in_order(void **state) {
    size_t n;
    const struct nfe *nfe = parse(*state, "batch_of_two.xml", &n);
    assert_int_equal(n, 2);
    sample_str(nfe[0].number, "1011");
    sample_str(nfe[1].number, "1012");
    assert_int_equal(nfe[1].items, 1);
    sample_str(nfe[1].customer.tax_id, "98765432100");
}

static void nfe_letters_are_read_in_every_code_seen(void **state) {
    static const char *const files[] = {"latin1_declared.xml", "latin1_undeclared.xml", "bom.xml",
                                        "utf16.xml",           "blank_lines_first.xml", "prefixed.xml"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const struct nfe *nfe = parse_one(*state, files[i]);
        sample_str(nfe->customer.name, "Casa & Ferragens São João Ltda");
        assert_int_equal(nfe->protocol, 100);
    }
}

static void nfe_day_is_that_of_the_invoices_own_clock(void **state) {
    sample_day(parse_one(*state, "night_before_midnight.xml")->issued, "2026-05-31");
}

static void nfe_bad_files_are_refused_with_their_reason(void **state) {
    refused(*state, "cut.xml", "xml.broken");
    refused(*state, "empty.xml", "nfe.empty");
    refused(*state, "external_entity.xml", "xml.entities");
    refused(*state, "billion_laughs.xml", "xml.entities");
    refused(*state, "external_dtd.xml", "xml.entities");
    refused(*state, "too_deep.xml", "xml.too_deep");
    refused(*state, "no_number.xml", "nfe.missing");
    refused(*state, "two_commas.xml", "nfe.bad_value");
    refused(*state, "no_such_day.xml", "nfe.bad_value");
    refused(*state, "short_key.xml", "nfe.bad_key");
    refused(*state, "transport_cte.xml", "nfe.other_xml");
}

static void nfe_bad_value_names_tag_and_value(void **state) {
    struct sample *s = *state;
    struct str bytes = sample_data(s, S("nfe/no_such_day.xml"));
    struct nfe *out;
    size_t n;
    assert_false(nfe_parse_bytes(&s->cx, S("f.xml"), bytes, &out, &n));
    sample_str(s->cx.err.arg[0], "f.xml");
    sample_str(s->cx.err.arg[1], "dhEmi");
    sample_str(s->cx.err.arg[2], "2026-02-31T16:42:10-03:00");
}

/* The sale with its customer's name made `n` letters long. */
static struct str long_name(struct sample *s, size_t n) {
    struct str sale = sample_data(s, S("nfe/sale.xml"));
    struct buf text;
    buf_init(&text, &s->arena, 4 << 20);
    const char *at = memmem(sale.p, sale.n, "Casa &amp; Ferragens", 20);
    buf_put(&text, (struct str){sale.p, (size_t)(at - sale.p)});
    for (size_t i = 0; i < n; i++)
        buf_char(&text, 'x');
    at = memmem(at, sale.n - (size_t)(at - sale.p), "</xNome>", 8);
    buf_put(&text, (struct str){at, sale.n - (size_t)(at - sale.p)});
    return buf_str(&text);
}

static void nfe_texts_and_files_are_read_up_to_their_limits(void **state) {
    struct sample *s = *state;
    struct nfe *out;
    size_t n;
    assert_true(nfe_parse_bytes(&s->cx, S("f"), long_name(s, LIMIT_NAME), &out, &n));
    assert_int_equal(out->customer.name.n, LIMIT_NAME);
    assert_false(nfe_parse_bytes(&s->cx, S("f"), long_name(s, LIMIT_NAME + 1), &out, &n));
    sample_str(s->cx.err.key, "nfe.too_long");
    cx_clear(&s->cx);

    struct str sale = sample_data(s, S("nfe/sale.xml"));
    char *large = arena_alloc(&s->arena, LIMIT_XML_DOCUMENT + 1, 1);
    memset(large, '\n', LIMIT_XML_DOCUMENT + 1);
    memcpy(large, sale.p, sale.n);
    assert_true(nfe_parse_bytes(&s->cx, S("f"), (struct str){large, LIMIT_XML_DOCUMENT}, &out, &n));
    assert_false(nfe_parse_bytes(&s->cx, S("f"), (struct str){large, LIMIT_XML_DOCUMENT + 1}, &out, &n));
    sample_str(s->cx.err.key, "nfe.too_large");
}

static void nfe_elements_are_read_up_to_their_depth(void **state) {
    struct sample *s = *state;
    struct nfe *out;
    size_t n;
    for (int depth = LIMIT_XML_DEPTH; depth <= LIMIT_XML_DEPTH + 1; depth++) {
        struct buf text;
        buf_init(&text, &s->arena, 1 << 16);
        for (int i = 0; i < depth; i++)
            buf_put(&text, S("<NFe>"));
        for (int i = 0; i < depth; i++)
            buf_put(&text, S("</NFe>"));
        assert_int_equal(nfe_parse_bytes(&s->cx, S("f"), buf_str(&text), &out, &n), depth == LIMIT_XML_DEPTH);
    }
    sample_str(s->cx.err.key, "xml.too_deep");
}

static void nfe_folder_is_walked_by_name_and_bad_files_cost_only_themselves(void **state) {
    struct sample *s = *state;
    sample_copy(s, "nfe/sale.xml", "in/b/1.XML");
    sample_copy(s, "nfe/cut.xml", "in/a.xml");
    sample_copy(s, "nfe/cancellation.xml", "in/c#1.xml");
    sample_copy(s, "nfe/sale.xml", "in/readme.txt");
    assert_string_equal(told(s, sample_path(s, "in")), "a.xml xml.broken\n"
                                                       "1.XML kind 1 number 1001\n"
                                                       "c#1.xml kind 2 number \n");
}

static void nfe_zip_members_are_read_and_inner_zips_named(void **state) {
    struct sample *s = *state;
    struct str sale = sample_data(s, S("nfe/sale.xml"));
    const struct sample_member members[] = {
        {"2026/sale.xml", sale}, {"cut.xml", {sale.p, 900}}, {"more.zip", S("PK")}, {"note.pdf", S("%PDF")}};
    sample_zip(s, "in/month.zip", members, 4);
    const char *expected =
        "sale.xml kind 1 number 1001\nmonth.zip#cut.xml xml.broken\nmonth.zip#more.zip input.nested\n";
    assert_string_equal(told(s, sample_path(s, "in/month.zip")), expected);
    assert_string_equal(told(s, sample_path(s, "in")), expected);
    assert_string_equal(told(s, sample_path(s, "in/month.zip#2026/sale.xml")), "sale.xml kind 1 number 1001\n");
}

static void nfe_damaged_zip_is_told_and_the_walk_goes_on(void **state) {
    struct sample *s = *state;
    struct str sale = sample_data(s, S("nfe/sale.xml"));
    const struct sample_member members[] = {{"sale.xml", sale}};
    sample_zip(s, "in/a.zip", members, 1);
    struct str zip = sample_read(s, sample_path(s, "in/a.zip"));
    sample_write(s, "in/a.zip", (struct str){zip.p, zip.n / 2});
    sample_copy(s, "nfe/sale.xml", "in/b.xml");
    assert_string_equal(told(s, sample_path(s, "in")), "a.zip input.damaged\nb.xml kind 1 number 1001\n");
}

static void nfe_path_without_invoices_fails(void **state) {
    struct sample *s = *state;
    sample_write(s, "in/readme.txt", S("x"));
    assert_string_equal(told(s, sample_path(s, "in")), "failed nfe.none\n");
    cx_clear(&s->cx);
    assert_string_equal(told(s, sample_path(s, "nowhere")), "failed input.not_found\n");
}

static void nfe_visitor_can_stop_the_walk(void **state) {
    struct sample *s = *state;
    sample_copy(s, "nfe/sale.xml", "in/a.xml");
    sample_copy(s, "nfe/sale.xml", "in/b.xml");
    struct seen seen = {.stop_after = 1};
    buf_init(&seen.lines, &s->arena, 1 << 20);
    assert_false(nfe_each(&s->cx, str_from(sample_path(s, "in")), note, &seen));
    sample_str(s->cx.err.key, "test.stop");
    assert_int_equal(seen.n, 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, sample_set_up, sample_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(nfe_sale_has_header_parties_and_protocol),
        CASE(nfe_items_have_quantity_price_discount_and_whether_they_count),
        CASE(nfe_return_and_complement_tell_their_purpose),
        CASE(nfe_customer_may_be_a_person_a_foreigner_or_have_letters),
        CASE(nfe_protocol_tells_late_denied_and_none),
        CASE(nfe_cancellation_counts_when_the_authority_accepted_it),
        CASE(nfe_batch_gives_every_invoice_in_order),
        CASE(nfe_letters_are_read_in_every_code_seen),
        CASE(nfe_day_is_that_of_the_invoices_own_clock),
        CASE(nfe_bad_files_are_refused_with_their_reason),
        CASE(nfe_bad_value_names_tag_and_value),
        CASE(nfe_texts_and_files_are_read_up_to_their_limits),
        CASE(nfe_elements_are_read_up_to_their_depth),
        CASE(nfe_folder_is_walked_by_name_and_bad_files_cost_only_themselves),
        CASE(nfe_zip_members_are_read_and_inner_zips_named),
        CASE(nfe_damaged_zip_is_told_and_the_walk_goes_on),
        CASE(nfe_path_without_invoices_fails),
        CASE(nfe_visitor_can_stop_the_walk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
