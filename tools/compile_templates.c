// SPDX-License-Identifier: Apache-2.0
/* compile_templates OUT.h OUT.c FILE... -- makes C functions of the pages in templates/, so that a misspelt field, a text that
 * is not escaped or an address of unknown origin fails the build.
 *
 * A template is HTML with pieces in {{ }}:
 *
 *     {{ include web/cockpit/customers.h }}                  a header that its types come from
 *     {{ template customers_page(const struct customers *v) }} ... {{ end }}
 *                                                            void customers_page(struct page *page, const struct customers *v)
 *     {{ v->name }}                                          any C expression, written by its type (web/html.h): text is escaped
 *     {{ t customers.title }}  {{ t customers.n, v->n }}     a text of the catalogs, with arguments
 *     {{ if (C) }} {{ else if (C) }} {{ else }} {{ end }}    as in C
 *     {{ for (size_t i = 0; i < v->n; i++) }} ... {{ end }}
 *     {{ let const struct row *row = &v->row[i] }}           a declaration
 *     {{ call row_cells(row) }}                              another template, or any function that takes the page first
 *     {{ # a remark }}
 *
 * What the context does not allow is refused here: expressions in <script> and <style>, in unquoted attributes and in names; event
 * handlers (on...) and style attributes at all, which the content security policy forbids anyway. An attribute that holds an address
 * (href, src, action, hx-get ...) either begins with literal text and percent-encodes what is put into it, or is one expression of
 * type struct url, which only functions of ours make. Branches must leave the HTML where they found it. A number in an attribute that a
 * program reads (value, maxlength, id, data- ...) is written without the marks that people want at its thousands.
 *
 * A page in templates/mail/ goes out as a message, to programs that know no style sheets of ours: there an attribute style may stand,
 * as literal text.
 *
 * A host program of the build: it stands alone, frees nothing and stops at the first fault, named by file and line.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NAME_MOST = 40, DEPTH_MOST = 40, LITERAL_MOST = 2000 };

enum place { IN_TEXT, IN_TAG, IN_VALUE, IN_COMMENT, IN_RAW };

/* Where in the HTML a piece of a template stands. */
struct context {
    enum place place;
    char tag[NAME_MOST], attribute[NAME_MOST];
    char quote;       /* of the value */
    bool closing;     /* the tag is </...> */
    bool begun;       /* something of the value was written already */
    bool keep_blanks; /* inside pre or textarea */
};

struct block {
    char word[12]; /* template, if, for */
    unsigned line;
    struct context at_start, at_branch;
    bool branched;  /* an earlier branch has ended; at_branch holds where */
    bool otherwise; /* had its else */
};

struct compiler {
    const char *path;
    const char *p, *end;
    unsigned line;
    struct context context;
    struct block block[DEPTH_MOST];
    size_t depth;
    FILE *header, *code;
    char literal[LITERAL_MOST];
    size_t literals;
    char last; /* the last byte written of the text: blanks after blanks go */
};

static _Noreturn void fail(const struct compiler *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

static _Noreturn void fail(const struct compiler *c, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s:%u: ", c->path, c->line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

/* ---- literal HTML ---- */

static void literal_flush(struct compiler *c) {
    if (c->literals == 0)
        return;
    fputs("    html_literal(page, \"", c->code);
    for (size_t i = 0; i < c->literals; i++) {
        unsigned char b = (unsigned char)c->literal[i];
        if (b == '"' || b == '\\')
            fprintf(c->code, "\\%c", b);
        else if (b == '\n')
            fputs("\\n", c->code);
        else if (b < ' ' || b >= 0x7f || b == '?')
            fprintf(c->code, "\\%03o", b);
        else
            fputc(b, c->code);
    }
    fprintf(c->code, "\", %zu);\n", c->literals);
    c->literals = 0;
}

static void literal_add(struct compiler *c, char b) {
    if (c->literals == LITERAL_MOST)
        literal_flush(c);
    c->literal[c->literals++] = b;
    c->last = b;
}

static void name_add(char name[NAME_MOST], char b) {
    size_t n = strlen(name);
    if (n + 1 < NAME_MOST) {
        name[n] = (char)tolower((unsigned char)b);
        name[n + 1] = '\0';
    }
}

static bool is_one_of(const char *name, const char *const *list) {
    for (; *list != NULL; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

static bool holds_address(const char *attribute) {
    static const char *const list[] = {"href",     "src",      "action",    "formaction",  "hx-get", "hx-post",
                                       "hx-put",   "hx-patch", "hx-delete", "hx-push-url", "ping",   "poster",
                                       "data-url", "cite",     "srcset",    NULL};
    return is_one_of(attribute, list);
}

/* Read by the browser, a script or the next request; data-label is the head of a cell that people see. */
static bool read_by_program(const char *attribute) {
    static const char *const list[] = {"value", "maxlength", "minlength", "min",      "max",      "step",    "rows",
                                       "cols",  "size",      "colspan",   "rowspan",  "width",    "height",  "start",
                                       "for",   "id",        "name",      "datetime", "tabindex", "content", NULL};
    return is_one_of(attribute, list) || (strncmp(attribute, "data-", 5) == 0 && strcmp(attribute, "data-label") != 0);
}

static void attribute_check(const struct compiler *c) {
    if (c->context.attribute[0] == 'o' && c->context.attribute[1] == 'n')
        fail(c, "the attribute %s: scripts stand in assets/, never in a page", c->context.attribute);
    if (strcmp(c->context.attribute, "style") == 0 && strstr(c->path, "templates/mail/") == NULL)
        fail(c, "the attribute style: give it a class; the content security policy forbids styles in a page");
}

static void tag_end(struct compiler *c) {
    static const char *const raw[] = {"script", "style", NULL}, *const kept[] = {"pre", "textarea", NULL};
    struct context *x = &c->context;
    x->place = IN_TEXT;
    if (is_one_of(x->tag, kept))
        x->keep_blanks = !x->closing;
    if (!x->closing && is_one_of(x->tag, raw))
        x->place = IN_RAW;
}

static bool closes_raw(const struct compiler *c) {
    size_t n = strlen(c->context.tag);
    return c->end - c->p > (ptrdiff_t)n + 2 && c->p[0] == '<' && c->p[1] == '/' &&
           strncasecmp(c->p + 2, c->context.tag, n) == 0;
}

/* One byte of HTML moves the context on. */
static void context_step(struct compiler *c, char b) {
    struct context *x = &c->context;
    switch (x->place) {
    case IN_TEXT:
        if (b != '<')
            return;
        if (c->end - c->p >= 4 && memcmp(c->p, "<!--", 4) == 0) {
            x->place = IN_COMMENT;
            return;
        }
        *x = (struct context){
            .place = IN_TAG, .keep_blanks = x->keep_blanks, .closing = c->p + 1 < c->end && c->p[1] == '/'};
        for (const char *p = c->p + 1 + x->closing;
             p < c->end && (isalnum((unsigned char)*p) || *p == '-' || *p == '!'); p++)
            name_add(x->tag, *p);
        return;
    case IN_TAG:
        if (b == '>') {
            tag_end(c);
        } else if (b == '"' || b == '\'') {
            if (x->attribute[0] == '\0')
                fail(c, "a quote in <%s> that belongs to no attribute", x->tag);
            attribute_check(c);
            x->place = IN_VALUE;
            x->quote = b;
            x->begun = false;
        } else if (b == '=') {
            if (c->p + 1 >= c->end || (c->p[1] != '"' && c->p[1] != '\''))
                fail(c, "the value of %s stands without quotes", x->attribute);
        } else if (isspace((unsigned char)b) || b == '/') {
            x->attribute[0] = '\0';
        } else {
            name_add(x->attribute, b);
        }
        return;
    case IN_VALUE:
        if (b == x->quote) {
            x->place = IN_TAG;
            x->attribute[0] = '\0';
        } else {
            x->begun = true;
        }
        return;
    case IN_COMMENT:
        if (b == '>' && c->p[-1] == '-' && c->p[-2] == '-')
            x->place = IN_TEXT;
        return;
    case IN_RAW:
        if (closes_raw(c))
            *x = (struct context){.place = IN_TAG, .closing = true};
        return;
    }
}

static void html_byte(struct compiler *c) {
    char b = *c->p;
    bool blank = b == ' ' || b == '\n' || b == '\t' || b == '\r';
    enum place before = c->context.place;
    if (c->depth == 0 && !blank)
        fail(c, "text outside of a template");
    context_step(c, b);
    if (b == '\n')
        c->line++;
    if (c->depth > 0 && before != IN_COMMENT && c->context.place != IN_COMMENT) {
        bool squeeze = blank && before != IN_VALUE && before != IN_RAW && !c->context.keep_blanks;
        if (!squeeze)
            literal_add(c, b);
        else if (c->last != ' ' && c->last != '\n')
            literal_add(c, b == '\n' ? '\n' : ' ');
    }
    if (before == IN_COMMENT && c->context.place == IN_TEXT)
        c->last = ' ';
    c->p++;
}

/* ---- pieces in {{ }} ---- */

/* Is the piece the word, alone or with something after it? *rest: what. */
static bool piece_is(const char *piece, const char *word, const char **rest) {
    size_t n = strlen(word);
    if (strncmp(piece, word, n) != 0 || (piece[n] != '\0' && !isspace((unsigned char)piece[n]) && piece[n] != '('))
        return false;
    for (piece += n; isspace((unsigned char)*piece); piece++) {
    }
    *rest = piece;
    return true;
}

static void code_line(struct compiler *c) {
    fprintf(c->code, "#line %u \"%s\"\n", c->line, c->path);
}

static bool context_same(const struct context *a, const struct context *b) {
    bool tag = a->place != IN_TEXT && a->place != IN_COMMENT, value = a->place == IN_VALUE;
    return a->place == b->place && a->keep_blanks == b->keep_blanks &&
           (!tag || (a->closing == b->closing && strcmp(a->tag, b->tag) == 0)) &&
           (!value || (a->quote == b->quote && strcmp(a->attribute, b->attribute) == 0));
}

static struct block *block_open(struct compiler *c, const char *word) {
    if (c->depth == DEPTH_MOST)
        fail(c, "blocks nested too deeply");
    struct block *block = &c->block[c->depth++];
    *block = (struct block){.line = c->line, .at_start = c->context};
    snprintf(block->word, sizeof block->word, "%s", word);
    return block;
}

static struct block *block_top(struct compiler *c, const char *word) {
    if (c->depth == 0)
        fail(c, "%s without a block", word);
    return &c->block[c->depth - 1];
}

/* A branch ends: it must leave the HTML where the others do. */
static void branch_end(struct compiler *c, struct block *block) {
    const struct context *expected = block->branched                  ? &block->at_branch
                                     : strcmp(block->word, "if") == 0 ? &c->context
                                                                      : &block->at_start;
    if (!context_same(&c->context, expected))
        fail(c, "this branch of the %s of line %u ends elsewhere in the HTML than it began", block->word, block->line);
    block->at_branch = c->context;
    block->branched = true;
}

static void block_end(struct compiler *c) {
    struct block *block = block_top(c, "end");
    literal_flush(c);
    branch_end(c, block);
    if (strcmp(block->word, "if") == 0 && !block->otherwise && !context_same(&c->context, &block->at_start))
        fail(c, "the if of line %u ends elsewhere in the HTML than it began, and has no else", block->line);
    if (c->context.place == IN_TAG)
        c->context.attribute[0] = '\0';
    c->depth--;
    fputs(c->depth == 0 ? "}\n" : "    }\n", c->code);
    c->last = 'x';
}

static void branch_start(struct compiler *c, const char *piece, bool last) {
    struct block *block = block_top(c, "else");
    if (strcmp(block->word, "if") != 0 || block->otherwise)
        fail(c, "else without an if");
    literal_flush(c);
    branch_end(c, block);
    c->context = block->at_start;
    block->otherwise = last;
    code_line(c);
    fprintf(c->code, "    } %s {\n", piece);
    c->last = 'x';
}

static void template_start(struct compiler *c, const char *signature) {
    const char *open = strchr(signature, '(');
    if (c->depth > 0)
        fail(c, "a template inside of a template");
    if (open == NULL)
        fail(c, "template NAME(ARGUMENTS)");
    size_t n = (size_t)(open - signature);
    bool none = open[1] == ')' || strcmp(open, "(void)") == 0;
    for (int i = 0; i < 2; i++)
        fprintf(i == 0 ? c->header : c->code, "%svoid %.*s(struct page *page%s%s%s", i == 0 ? "" : "\n", (int)n,
                signature, none ? "" : ", ", none ? ")" : open + 1, i == 0 ? ";\n" : " {\n    (void)page;\n");
    block_open(c, "template");
    c->last = '\n';
}

static void text_piece(struct compiler *c, const char *rest) {
    size_t n = strcspn(rest, ", \t\n");
    const char *args = rest + n;
    while (*args == ',' || isspace((unsigned char)*args))
        args++;
    fprintf(c->code, "    html_text(page, S(\"%.*s\")", (int)n, rest);
    if (*args == '\0') {
        fputs(", NULL, 0);\n", c->code);
        return;
    }
    /* Split at the commas outside of parentheses and quotes: each becomes a text by its type. */
    fputs(", (const struct str[]){", c->code);
    size_t count = 0;
    for (const char *p = args; *p != '\0';) {
        int depth = 0;
        char quote = 0;
        const char *from = p;
        for (; *p != '\0' && (depth > 0 || quote != 0 || *p != ','); p++) {
            if (quote != 0)
                quote = *p == quote && p[-1] != '\\' ? 0 : quote;
            else if (*p == '"' || *p == '\'')
                quote = *p;
            else
                depth += (*p == '(' || *p == '[') - (*p == ')' || *p == ']');
        }
        fprintf(c->code, "%shtml_arg(page, (%.*s))", count++ > 0 ? ", " : "", (int)(p - from), from);
        p += *p == ',';
    }
    fprintf(c->code, "}, %zu);\n", count);
}

/* An expression or a text, where the context lets it stand. */
static void value_piece(struct compiler *c, const char *piece) {
    const char *rest;
    const struct context *x = &c->context;
    bool text = piece_is(piece, "t", &rest) && *rest != '\0' && isalpha((unsigned char)*rest);
    literal_flush(c);
    if (x->place == IN_VALUE && strcmp(x->attribute, "style") == 0)
        fail(c, "nothing is put into the attribute style");
    if (x->place == IN_RAW)
        fail(c, "nothing is put into <%s>: hand it over in a data- attribute", x->tag);
    if (x->place == IN_COMMENT)
        fail(c, "nothing is put into a comment");
    if (x->place == IN_TAG)
        fail(c, "nothing is put into <%s> outside of a quoted value", x->tag);
    code_line(c);
    if (text)
        text_piece(c, rest);
    else if (x->place == IN_VALUE && holds_address(x->attribute))
        fprintf(c->code, "    %s(page, (%s));\n", x->begun ? "html_url_part" : "html_url", piece);
    else
        fprintf(c->code, "    %s(page, (%s));\n",
                x->place == IN_VALUE && read_by_program(x->attribute) ? "html_put_plain" : "html_put", piece);
    c->context.begun = true;
    c->last = 'x';
}

static void piece_compile(struct compiler *c, char *piece) {
    const char *rest;
    if (piece_is(piece, "#", &rest) || piece[0] == '#')
        return;
    if (c->depth == 0 && piece_is(piece, "include", &rest)) {
        fprintf(c->header, "#include \"%s\"\n", rest);
        return;
    }
    if (piece_is(piece, "template", &rest)) {
        template_start(c, rest);
        return;
    }
    if (c->depth == 0)
        fail(c, "{{ %s }} outside of a template", piece);
    if (piece_is(piece, "end", &rest) && *rest == '\0') {
        block_end(c);
    } else if (piece_is(piece, "else", &rest)) {
        branch_start(c, piece, *rest == '\0');
    } else if (piece_is(piece, "if", &rest) || piece_is(piece, "for", &rest)) {
        literal_flush(c);
        code_line(c);
        fprintf(c->code, "    %s {\n", piece);
        block_open(c, piece[0] == 'i' ? "if" : "for");
        c->last = 'x';
    } else if (piece_is(piece, "let", &rest)) {
        literal_flush(c);
        code_line(c);
        fprintf(c->code, "    %s;\n", rest);
    } else if (piece_is(piece, "call", &rest)) {
        const char *open = strchr(rest, '(');
        if (open == NULL || c->context.place != IN_TEXT)
            fail(c, "call NAME(ARGUMENTS), where text may stand");
        literal_flush(c);
        code_line(c);
        fprintf(c->code, "    %.*s(page%s%s;\n", (int)(open - rest), rest, open[1] == ')' ? "" : ", ", open + 1);
        c->last = 'x';
    } else {
        value_piece(c, piece);
    }
}

static void piece_read(struct compiler *c) {
    const char *from = c->p + 2, *to = strstr(from, "}}");
    if (to == NULL || to > c->end)
        fail(c, "{{ without its }}");
    while (from < to && isspace((unsigned char)*from))
        from++;
    const char *last = to;
    while (last > from && isspace((unsigned char)last[-1]))
        last--;
    char *piece = strndup(from, (size_t)(last - from));
    if (piece == NULL || *piece == '\0')
        fail(c, "an empty {{ }}");
    piece_compile(c, piece);
    for (; c->p < to + 2; c->p++)
        c->line += *c->p == '\n';
}

static char *file_read(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        fprintf(stderr, "%s: cannot be opened\n", path);
        exit(1);
    }
    size_t n = (size_t)ftell(file);
    char *text = calloc(1, n + 1);
    rewind(file);
    if (text == NULL || fread(text, 1, n, file) != n) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(1);
    }
    fclose(file);
    return text;
}

static void template_compile(const char *path, FILE *header, FILE *code) {
    char *text = file_read(path);
    struct compiler c = {
        .path = path, .p = text, .end = text + strlen(text), .line = 1, .header = header, .code = code, .last = '\n'};
    while (c.p < c.end) {
        if (c.end - c.p >= 2 && c.p[0] == '{' && c.p[1] == '{')
            piece_read(&c);
        else
            html_byte(&c);
    }
    if (c.depth > 0)
        fail(&c, "the %s of line %u has no end", c.block[c.depth - 1].word, c.block[c.depth - 1].line);
    free(text);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fputs("usage: compile_templates OUT.h OUT.c FILE...\n", stderr);
        return 2;
    }
    FILE *header = fopen(argv[1], "w"), *code = fopen(argv[2], "w");
    if (header == NULL || code == NULL) {
        fprintf(stderr, "%s: cannot be written\n", header == NULL ? argv[1] : argv[2]);
        return 1;
    }
    fputs("/* Made by tools/compile_templates from templates/. */\n#ifndef REATIVA_WEB_PAGES_H\n#define "
          "REATIVA_WEB_PAGES_H\n#include \"web/html.h\"\n",
          header);
    fputs("/* Made by tools/compile_templates from templates/. */\n#include \"web/pages.h\"\n", code);
    for (int i = 3; i < argc; i++)
        template_compile(argv[i], header, code);
    fputs("#endif\n", header);
    if (fclose(header) != 0 || fclose(code) != 0) {
        fputs("compile_templates: the disk is full\n", stderr);
        return 1;
    }
    return 0;
}
