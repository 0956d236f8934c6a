// SPDX-License-Identifier: Apache-2.0
/* embed_catalog OUT.c en FILE... -- pt-BR FILE... -- makes the table of texts for base/catalog out of flat JSON files.
 *
 * A host program of the build: it stands alone, frees nothing and stops at the first fault, which it names by file,
 * line and key. Must not let a person meet a missing text: every key stands exactly once in each language and holds the
 * same placeholders {0} to {9} there. Invariant of the table: sorted by the keys' bytes, as catalog_find expects.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { TEXT_MAX = 4000 /* what every C compiler takes as one string literal */, LANGUAGES = 2 };

struct text {
    char *key, *text;
    const char *file;
    unsigned line;
};

struct language {
    const char *name;
    struct text *item;
    size_t n, room;
};

/* The order of enum lang in base/catalog.h. */
static struct language languages[LANGUAGES] = {{.name = "pt-BR"}, {.name = "en"}};

/* A file being read. */
struct reader {
    const char *file;
    const char *p, *end;
    unsigned line;
};

static _Noreturn void fail(const char *file, unsigned line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static _Noreturn void fail(const char *file, unsigned line, const char *format, ...) {
    va_list args;
    va_start(args, format);
    if (line > 0)
        fprintf(stderr, "%s:%u: ", file, line);
    else
        fprintf(stderr, "%s: ", file);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static void *grown(void *old, size_t bytes) {
    void *p = realloc(old, bytes);
    if (p == NULL)
        fail("embed_catalog", 0, "out of memory");
    return p;
}

static char *file_read(const char *path, size_t *n) {
    FILE *file = fopen(path, "rb");
    char *data = NULL;
    size_t room = 0;
    *n = 0;
    if (file == NULL)
        fail(path, 0, "cannot be opened");
    while (!feof(file) && !ferror(file)) {
        if (*n == room)
            data = grown(data, room = room == 0 ? 1 << 16 : room * 2);
        *n += fread(data + *n, 1, room - *n, file);
    }
    if (ferror(file))
        fail(path, 0, "cannot be read");
    fclose(file);
    return data;
}

static void skip_blanks(struct reader *r) {
    for (; r->p < r->end && strchr(" \t\r\n", *r->p) != NULL && *r->p != '\0'; r->p++)
        r->line += *r->p == '\n';
}

static bool take(struct reader *r, char c) {
    skip_blanks(r);
    if (r->p == r->end || *r->p != c)
        return false;
    r->p++;
    return true;
}

static unsigned take_hex(struct reader *r) {
    unsigned v = 0;
    for (int i = 0; i < 4; i++, r->p++) {
        const char *digits = "0123456789abcdef";
        const char *at = r->p < r->end && *r->p != '\0' ? strchr(digits, *r->p | (*r->p >= 'A' ? 0x20 : 0)) : NULL;
        if (at == NULL)
            fail(r->file, r->line, "\\u wants four hexadecimal digits");
        v = v * 16 + (unsigned)(at - digits);
    }
    return v;
}

/* The character of \uXXXX, or of two of them, as UTF-8; returns its length. */
static size_t take_unicode(struct reader *r, char *to) {
    unsigned code = take_hex(r);
    if (code >= 0xD800 && code < 0xDC00 && r->end - r->p >= 6 && r->p[0] == '\\' && r->p[1] == 'u') {
        r->p += 2;
        unsigned low = take_hex(r);
        if (low < 0xDC00 || low > 0xDFFF)
            fail(r->file, r->line, "half a character: \\u%04X without its second half", code);
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    if (code == 0 || (code >= 0xD800 && code <= 0xDFFF))
        fail(r->file, r->line, "\\u%04X is no character for a text", code);
    size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0x00, 0xC0, 0xE0, 0xF0};
    for (size_t i = n; i-- > 1; code >>= 6)
        to[i] = (char)(0x80 | (code & 0x3F));
    to[0] = (char)(lead[n] | code);
    return n;
}

static size_t take_escape(struct reader *r, char *to) {
    static const char letters[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
    char c = r->p < r->end ? *r->p++ : '\0';
    if (c == 'u')
        return take_unicode(r, to);
    const char *at = c == '\0' ? NULL : strchr(letters, c);
    if (at == NULL)
        fail(r->file, r->line, "JSON has no escape \\%c", c);
    *to = bytes[at - letters];
    return 1;
}

static char *take_string(struct reader *r, const char *what) {
    if (!take(r, '"'))
        fail(r->file, r->line, "%s in double quotes was expected here", what);
    char *text = grown(NULL, (size_t)(r->end - r->p) + 4);
    size_t n = 0;
    for (;;) {
        if (r->p == r->end || (unsigned char)*r->p < 0x20)
            fail(r->file, r->line, "the closing quote of %s is missing on its line", what);
        size_t length = utf8_length(r->p, (size_t)(r->end - r->p));
        if (length == 0)
            fail(r->file, r->line, "%s is not UTF-8", what);
        char c = *r->p;
        memcpy(text + n, r->p, length);
        r->p += length;
        if (c == '"')
            break;
        n = c == '\\' ? n + take_escape(r, text + n) : n + length;
    }
    text[n] = '\0';
    return grown(text, n + 1);
}

static void key_check(const struct text *item) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    if (strspn(item->key, letters) != strlen(item->key) || strchr(item->key, '.') == NULL)
        fail(item->file, item->line, "key \"%s\": keys are \"noun.phrase\" in small letters", item->key);
    if (strlen(item->text) > TEXT_MAX)
        fail(item->file, item->line, "key \"%s\": the text is longer than %d bytes; make two of it", item->key,
             TEXT_MAX);
}

/* {"key": "text", ...} and nothing else. */
static void language_read(struct language *language, const char *path) {
    size_t n;
    const char *data = file_read(path, &n);
    struct reader r = {path, data, data + n, 1};
    if (!take(&r, '{'))
        fail(path, r.line, "the file must be one JSON object { }");
    bool more = !take(&r, '}');
    while (more) {
        if (language->n == language->room) {
            language->room = language->room == 0 ? 256 : language->room * 2;
            language->item = grown(language->item, language->room * sizeof *language->item);
        }
        struct text *item = &language->item[language->n++];
        item->file = path;
        item->key = take_string(&r, "a key");
        item->line = r.line;
        if (!take(&r, ':'))
            fail(path, r.line, "key \"%s\": a colon was expected after it", item->key);
        item->text = take_string(&r, "a text");
        key_check(item);
        more = take(&r, ',');
        if (!more && !take(&r, '}'))
            fail(path, r.line, "key \"%s\": a comma or } was expected after its text", item->key);
    }
    skip_blanks(&r);
    if (r.p != r.end)
        fail(path, r.line, "nothing may follow the closing }");
}

static int text_order(const void *a, const void *b) {
    return strcmp(((const struct text *)a)->key, ((const struct text *)b)->key);
}

static void language_sort(struct language *language) {
    if (language->n > 0)
        qsort(language->item, language->n, sizeof *language->item, text_order);
    for (size_t i = 1; i < language->n; i++) {
        const struct text *a = &language->item[i - 1], *b = &language->item[i];
        if (strcmp(a->key, b->key) == 0)
            fail(b->file, b->line, "key \"%s\" stands at %s:%u already", b->key, a->file, a->line);
    }
}

/* Is what begins with {n| here the whole of {n|one|many}? */
static bool forms_whole(const char *text) {
    size_t one = strcspn(text + 3, "|{}");
    if (text[3 + one] != '|')
        return false;
    size_t many = strcspn(text + 4 + one, "|{}");
    return text[4 + one + many] == '}';
}

/* A bit for each number that the text shows as {n}; forms of words are the language's own affair. */
static unsigned placeholders(const struct text *item) {
    unsigned found = 0;
    for (const char *text = item->text; *text != '\0'; text++) {
        if (text[0] != '{' || text[1] < '0' || text[1] > '9')
            continue;
        if (text[2] == '}')
            found |= 1U << (text[1] - '0');
        else if (text[2] == '|' && !forms_whole(text))
            fail(item->file, item->line, "key \"%s\": {%c|one|many} takes two forms", item->key, text[1]);
    }
    return found;
}

static void pair_check(const struct text *a, const struct text *b) {
    unsigned only_one = placeholders(a) ^ placeholders(b);
    for (int i = 0; i <= 9; i++) {
        if ((only_one >> i & 1) == 0)
            continue;
        const struct text *with = (placeholders(a) >> i & 1) != 0 ? a : b, *without = with == a ? b : a;
        fail(without->file, without->line, "key \"%s\" lacks {%d}, which stands at %s:%u", a->key, i, with->file,
             with->line);
    }
}

static void languages_check(void) {
    const struct language *a = &languages[0], *b = &languages[1];
    for (size_t i = 0; i < a->n || i < b->n; i++) {
        int order = i == a->n ? 1 : i == b->n ? -1 : strcmp(a->item[i].key, b->item[i].key);
        const struct text *lone = order < 0 ? &a->item[i] : &b->item[i];
        if (order != 0)
            fail(lone->file, lone->line, "key \"%s\" has no text in %s", lone->key, order < 0 ? b->name : a->name);
        pair_check(&a->item[i], &b->item[i]);
    }
}

/* Octal for what C would read as something else: control characters, quotes, backslashes, and '?' of trigraphs. */
static void literal_write(FILE *out, const char *text) {
    fputc('"', out);
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < 0x20 || c == '"' || c == '\\' || c == '?' || c == 0x7F)
            fprintf(out, "\\%03o", (unsigned)c);
        else
            fputc(c, out);
    }
    fputc('"', out);
}

static void table_write(const char *path) {
    FILE *out = fopen(path, "wb");
    if (out == NULL)
        fail(path, 0, "cannot be written");
    fputs("/* Made by tools/embed_catalog from i18n/. */\n#include \"base/catalog.h\"\n\n"
          "const struct catalog_entry catalog_entries[] = {\n",
          out);
    for (size_t i = 0; i < languages[0].n; i++) {
        fprintf(out, "    {\"%s\", {", languages[0].item[i].key);
        for (size_t l = 0; l < LANGUAGES; l++) {
            fputs(l == 0 ? "" : ", ", out);
            literal_write(out, languages[l].item[i].text);
        }
        fputs("}},\n", out);
    }
    fprintf(out, "    {NULL, {NULL, NULL}} /* an array is never empty */\n};\nconst size_t catalog_entries_n = %zu;\n",
            languages[0].n);
    bool written = !ferror(out);
    if (fclose(out) != 0 || !written) {
        remove(path);
        fail(path, 0, "cannot be written to its end");
    }
}

static struct language *language_named(const char *name) {
    for (size_t i = 0; i < LANGUAGES; i++) {
        if (strcmp(languages[i].name, name) == 0)
            return &languages[i];
    }
    fail("embed_catalog", 0, "\"%s\" is no language of the catalogs", name);
}

int main(int argc, char **argv) {
    if (argc < 5) {
        fputs("usage: embed_catalog OUT.c en FILE... -- pt-BR FILE...\n", stderr);
        return 2;
    }
    struct language *language = language_named(argv[2]);
    for (int i = 3; i < argc; i++) {
        if (strcmp(argv[i], "--") != 0)
            language_read(language, argv[i]);
        else if (i + 1 < argc)
            language = language_named(argv[++i]);
    }
    for (size_t i = 0; i < LANGUAGES; i++)
        language_sort(&languages[i]);
    languages_check();
    table_write(argv[1]);
    return 0;
}
