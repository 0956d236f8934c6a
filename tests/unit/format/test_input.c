// SPDX-License-Identifier: Apache-2.0
/* Whatever a file is packed in or written in, its text comes out; what cannot be text is refused by name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "format/input.h"
#include "sample.h"

static const char text[] = "código;nome\r\n1;Açaí Ltda\r\n2;\"São\nJoão\"\r\n";

static struct str whole(struct sample *s, struct input *input, size_t step) {
    struct buf out;
    buf_init(&out, &s->arena, 1u << 31);
    char piece[4096];
    for (size_t got = 1; got > 0; buf_put(&out, (struct str){piece, got}))
        if (!input_fill(&s->cx, input, piece, step, &got))
            fail_msg("%.*s", STR_ARG(s->cx.err.key));
    return buf_str(&out);
}

/* The text of the file, read in large and in very small pieces, and once more after a rewind. */
static struct str content(struct sample *s, const char *path) {
    struct input *input;
    if (!input_open(&s->cx, str_from(path), &input))
        fail_msg("%s: %.*s (%s)", path, STR_ARG(s->cx.err.key), s->cx.err.detail);
    struct str large = whole(s, input, 4096);
    assert_true(input_rewind(&s->cx, input));
    assert_true(str_equal(whole(s, input, 1), large));
    input_close(input);
    return large;
}

/* Opening or reading it fails with this key. */
static void refused(struct sample *s, const char *path, const char *key) {
    struct input *input;
    cx_clear(&s->cx);
    bool ok = input_open(&s->cx, str_from(path), &input);
    if (ok) {
        static char piece[1 << 16];
        for (size_t got = 1; ok && got > 0;)
            ok = input_fill(&s->cx, input, piece, sizeof piece, &got);
        input_close(input);
    }
    if (ok)
        fail_msg("%s was read", path);
    sample_str(s->cx.err.key, key);
}

static void input_plain_file_is_its_bytes(void **state) {
    sample_str(content(*state, sample_write(*state, "a.csv", str_from(text))), text);
    sample_str(content(*state, sample_write(*state, "empty.csv", (struct str){0})), "");
}

static void input_packed_file_is_its_text_whatever_its_name(void **state) {
    struct sample *s = *state;
    static const char *const names[] = {"a.gz", "a.xz", "a.zst", "a.bz2"};
    for (size_t i = 0; i < 4; i++) {
        const char *path = sample_pack(s, names[i], str_from(text));
        sample_str(content(s, path), text);
        sample_str(content(s, sample_write(s, "renamed.csv", sample_read(s, path))), text);
        sample_str(content(s, sample_pack(s, names[i], S(""))), "");
    }
}

static void input_gzip_of_several_parts_is_one_text(void **state) {
    struct sample *s = *state;
    struct str part = sample_read(s, sample_pack(s, "a.gz", S("1;2\n")));
    struct buf two;
    buf_init(&two, &s->arena, 1000);
    buf_put(&two, part);
    buf_put(&two, part);
    buf_put(&two, S("\0\0\0\0"));
    sample_str(content(s, sample_write(s, "b.gz", buf_str(&two))), "1;2\n1;2\n");
}

static void input_zip_of_one_file_is_that_file(void **state) {
    struct sample *s = *state;
    const struct sample_member members[] = {{"__MACOSX/._a.csv", S("x")}, {"dados/vendas.csv", str_from(text)}};
    sample_str(content(s, sample_zip(s, "a.zip", members, 2)), text);
}

static void input_zip_of_several_files_lists_them_and_takes_a_name(void **state) {
    struct sample *s = *state;
    const struct sample_member members[] = {{"preços.csv", S("p\n")}, {"b#2.csv", S("b\n")}};
    const char *path = sample_zip(s, "a.zip", members, 2);
    refused(s, path, "input.several");
    sample_str(s->cx.err.arg[1], "preços.csv, b#2.csv");
    sample_str(s->cx.err.arg[2], "preços.csv");
    refused(s, sample_path(s, "a.zip#c.csv"), "input.no_member");
    cx_clear(&s->cx);
    sample_str(content(s, sample_path(s, "a.zip#preços.csv")), "p\n");
    sample_str(content(s, sample_path(s, "a.zip#b#2.csv")), "b\n");
}

static void input_name_with_hash_is_a_file_first(void **state) {
    struct sample *s = *state;
    sample_str(content(s, sample_write(s, "a#b.csv", S("x\n"))), "x\n");
    sample_write(s, "plain.csv", S("x\n"));
    refused(s, sample_path(s, "plain.csv#b"), "input.no_zip");
}

static void input_missing_folder_and_forbidden_are_told_apart(void **state) {
    struct sample *s = *state;
    refused(s, sample_path(s, "none.csv"), "input.not_found");
    assert_int_equal(s->cx.err.code, ERR_NOT_FOUND);
    refused(s, s->folder, "input.directory");
    const char *path = sample_write(s, "locked.csv", S("x"));
    chmod(path, 0);
    enum { NOBODY = 65534 };
    bool root = geteuid() == 0; /* who may read everything */
    assert_true(!root || seteuid(NOBODY) == 0);
    refused(s, path, "input.forbidden");
    assert_true(!root || seteuid(0) == 0);
}

static void input_cut_packed_file_fails_in_every_format(void **state) {
    struct sample *s = *state;
    struct buf rows;
    buf_init(&rows, &s->arena, 1 << 24);
    for (int i = 0; i < 60000; i++)
        buf_printf(&rows, "%d;%u;customer %d\n", i, (unsigned)i * 2654435761u, i % 977);
    static const char *const names[] = {"a.gz", "a.xz", "a.zst", "a.bz2", "a.zip"};
    for (size_t i = 0; i < 5; i++) {
        const struct sample_member member = {"a.csv", buf_str(&rows)};
        const char *path = i < 4 ? sample_pack(s, names[i], buf_str(&rows)) : sample_zip(s, names[i], &member, 1);
        struct str packed = sample_read(s, path);
        refused(s, sample_write(s, names[i], (struct str){packed.p, packed.n / 2}), "input.damaged");
        assert_int_equal(s->cx.err.code, ERR_IO);
    }
}

/* Without compression a changed letter is not seen by the unpacking itself: only the checksum knows. */
static void input_changed_letter_fails_by_the_checksum(void **state) {
    struct sample *s = *state;
    const struct sample_member member = {"a.csv", S("12345;678\n")};
    struct str zip = sample_read(s, sample_zip_with(s, "a.zip", &member, 1, "compression=store", NULL));
    char *at = memmem((void *)(uintptr_t)zip.p, zip.n, "12345", 5);
    assert_non_null(at);
    *at = '9';
    refused(s, sample_write(s, "b.zip", zip), "input.damaged");

    static const char stored[] = "\x1f\x8b\x08\0\0\0\0\0\0\x03\x01\x02\0\xfd\xff"
                                 "1\n"
                                 "\0\0\0\0"
                                 "\x02\0\0\0";
    refused(s, sample_write(s, "a.gz", (struct str){stored, sizeof stored - 1}), "input.damaged");
}

static void input_zip_with_password_says_so(void **state) {
    struct sample *s = *state;
    const struct sample_member member = {"a.csv", S("1;2\n")};
    const char *path = sample_zip_with(s, "a.zip", &member, 1, "zip:encryption=traditional", "secret");
    refused(s, path, "input.encrypted");
}

static void input_empty_zip_says_so(void **state) {
    refused(*state, sample_zip(*state, "a.zip", NULL, 0), "input.zip_empty");
}

static void input_packed_in_packed_is_not_unpacked(void **state) {
    struct sample *s = *state;
    const struct sample_member inner = {"a.csv", S("1\n")};
    struct str zip = sample_read(s, sample_zip(s, "inner.zip", &inner, 1));
    const struct sample_member outer = {"inner.zip", zip};
    refused(s, sample_zip(s, "outer.zip", &outer, 1), "input.nested");
    refused(s, sample_pack(s, "outer.gz", zip), "input.nested");
}

/* A member of `n` zeros, told in pieces so that the test itself needs no memory for it. */
static const char *zeros(struct sample *s, const char *name, size_t n) {
    struct str none = {arena_alloc(&s->arena, n, 1), n};
    memset((void *)(uintptr_t)none.p, ' ', n);
    return sample_pack(s, name, none);
}

static void input_bomb_is_refused_and_large_blank_file_is_not(void **state) {
    struct sample *s = *state;
    refused(s, zeros(s, "bomb.bz2", LIMIT_PACKED_FREE + (1 << 20)), "input.bomb");
    assert_int_equal(s->cx.err.code, ERR_LIMIT);
    cx_clear(&s->cx);
    struct input *input;
    assert_true(input_open(&s->cx, str_from(zeros(s, "free.bz2", LIMIT_PACKED_FREE)), &input));
    char piece[4096];
    size_t total = 0;
    for (size_t got = 1; got > 0; total += got)
        assert_true(input_fill(&s->cx, input, piece, sizeof piece, &got));
    assert_int_equal(total, LIMIT_PACKED_FREE);
    input_close(input);
}

static void unit_put(struct buf *out, unsigned unit, bool big) {
    buf_char(out, (char)(big ? unit >> 8 : unit & 0xff));
    buf_char(out, (char)(big ? unit & 0xff : unit >> 8));
}

static struct str utf16(struct sample *s, const char *latin1, bool big, bool mark) {
    struct buf out;
    buf_init(&out, &s->arena, 1 << 20);
    if (mark)
        unit_put(&out, 0xfeff, big);
    for (const char *p = latin1; *p; p++)
        unit_put(&out, (unsigned char)*p, big);
    return buf_str(&out);
}

static void input_utf16_comes_out_as_utf8_with_and_without_mark(void **state) {
    struct sample *s = *state;
    static const char latin1[] = "c\363digo;nome\r\n1;A\347a\355\r\n";
    static const char utf8[] = "código;nome\r\n1;Açaí\r\n";
    for (int way = 0; way < 4; way++)
        sample_str(content(s, sample_write(s, "a.csv", utf16(s, latin1, way & 1, way & 2))), utf8);
    sample_str(content(s, sample_pack(s, "a.gz", utf16(s, latin1, false, true))), utf8);
}

static void input_utf16_pairs_and_broken_pairs(void **state) {
    struct sample *s = *state;
    sample_str(content(s, sample_write(s, "a", S("\xff\xfe\x3d\xd8\x00\xde!\0"))), "😀!");
    sample_str(content(s, sample_write(s, "a", S("\xff\xfe\x3d\xd8!\0\x00\xde?\0"))), "\xef\xbf\xbd!\xef\xbf\xbd?");
    sample_str(content(s, sample_write(s, "a", S("\xff\xfe!\0\x3d\xd8"))), "!\xef\xbf\xbd");
    sample_str(content(s, sample_write(s, "a", S("\xff\xfe!\0?"))), "!\xef\xbf\xbd");
}

static void input_utf8_mark_is_dropped(void **state) {
    sample_str(content(*state, sample_write(*state, "a",
                                            S("\xef\xbb\xbf"
                                              "a;b\n"))),
               "a;b\n");
    sample_str(content(*state, sample_write(*state, "a", S("\xef\xbb\xbf"))), "");
}

static void input_other_programs_files_are_named(void **state) {
    struct sample *s = *state;
    refused(s, sample_write(s, "a.csv", S("%PDF-1.7\n...")), "input.other_format");
    sample_str(s->cx.err.arg[1], "PDF");
    refused(s, sample_write(s, "a.csv", S("\x89PNG\r\n\x1a\n")), "input.other_format");
    refused(s, "/proc/self/exe", "input.other_format");
    sample_str(s->cx.err.arg[1], "ELF");
    refused(s, sample_write(s, "a.xls", S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....")), "input.old_excel");
    char noise[4000];
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)(i * i * 2654435761u >> 13);
    refused(s, sample_write(s, "a.bin", (struct str){noise, sizeof noise}), "input.not_text");
    refused(s, sample_pack(s, "a.gz", S("%PDF-1.7\n...")), "input.other_format");
}

static void input_single_nul_bytes_are_left_to_their_rows(void **state) {
    struct sample *s = *state;
    struct str bytes = S("a;b\n1;\0x\n2;3\n");
    assert_true(str_equal(content(s, sample_write(s, "a.csv", bytes)), bytes));
}

/* The program's standard input, as another program would give it. */
static void input_standard_input_can_be_read_again(void **state) {
    struct sample *s = *state;
    const struct sample_member member = {"a.csv", str_from(text)};
    const char *paths[] = {sample_write(s, "a.csv", str_from(text)), sample_zip(s, "a.zip", &member, 1),
                           sample_pack(s, "a.gz", str_from(text))};
    int before = dup(STDIN_FILENO);
    for (size_t i = 0; i < 3; i++) {
        struct str bytes = sample_read(s, paths[i]);
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], bytes.p, bytes.n), bytes.n);
        close(ends[1]);
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        sample_str(content(s, "-"), text);
    }
    dup2(before, STDIN_FILENO);
    close(before);
}

static void input_progress_reaches_its_total(void **state) {
    struct sample *s = *state;
    const char *path = sample_write(s, "a.csv", str_from(text));
    struct input *input;
    uint64_t done, total;
    assert_true(input_open(&s->cx, str_from(path), &input));
    whole(s, input, 4096);
    input_progress(input, &done, &total);
    assert_int_equal(total, sizeof text - 1);
    assert_int_equal(done, total);
    input_close(input);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, sample_set_up, sample_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(input_plain_file_is_its_bytes),
        CASE(input_packed_file_is_its_text_whatever_its_name),
        CASE(input_gzip_of_several_parts_is_one_text),
        CASE(input_zip_of_one_file_is_that_file),
        CASE(input_zip_of_several_files_lists_them_and_takes_a_name),
        CASE(input_name_with_hash_is_a_file_first),
        CASE(input_missing_folder_and_forbidden_are_told_apart),
        CASE(input_cut_packed_file_fails_in_every_format),
        CASE(input_changed_letter_fails_by_the_checksum),
        CASE(input_zip_with_password_says_so),
        CASE(input_empty_zip_says_so),
        CASE(input_packed_in_packed_is_not_unpacked),
        CASE(input_bomb_is_refused_and_large_blank_file_is_not),
        CASE(input_utf16_comes_out_as_utf8_with_and_without_mark),
        CASE(input_utf16_pairs_and_broken_pairs),
        CASE(input_utf8_mark_is_dropped),
        CASE(input_other_programs_files_are_named),
        CASE(input_single_nul_bytes_are_left_to_their_rows),
        CASE(input_standard_input_can_be_read_again),
        CASE(input_progress_reaches_its_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
