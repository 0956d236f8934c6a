// SPDX-License-Identifier: Apache-2.0
/* embed_statements OUT.c FILE... -- the statements for a cluster (sql/clickhouse) as a table in C.
 *
 * A file holds sections: `-- name: noun_verb`, lines of purpose that begin with `-- `, and the text up to the next section; {word} in it is
 * replaced when the program runs. A host program of the build: it stands alone, frees nothing and stops at the first fault.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MOST = 4000, NAME_MOST = 60, NAMES_MOST = 500 };

static char names[NAMES_MOST][NAME_MOST];
static size_t names_n;
static const char *at_file;
static int at_line;

static _Noreturn void fault(const char *what) {
    fprintf(stderr, "%s:%d: %s\n", at_file, at_line, what);
    exit(1);
}

static void name_take(const char *text) {
    size_t n = strlen(text);
    if (n == 0 || n >= NAME_MOST || names_n == NAMES_MOST)
        fault("a name of a statement is missing, or too long");
    for (size_t i = 0; i < n; i++) {
        if (!islower((unsigned char)text[i]) && !isdigit((unsigned char)text[i]) && text[i] != '_')
            fault("a name is of small letters, digits and _");
    }
    for (size_t i = 0; i < names_n; i++) {
        if (strcmp(names[i], text) == 0)
            fault("this name is there twice");
    }
    memcpy(names[names_n++], text, n + 1);
}

static void literal(FILE *out, const char *line) {
    fputs("\n        \"", out);
    for (; *line != '\0'; line++) {
        if (*line == '"' || *line == '\\')
            fputc('\\', out);
        fputc(*line, out);
    }
    fputs("\\n\"", out);
}

static void file_take(FILE *out, const char *path) {
    static const char mark[] = "-- name: ";
    char line[LINE_MOST];
    bool text = false, purpose = false;
    FILE *file = fopen(path, "r");
    at_file = path;
    at_line = 0;
    if (file == NULL)
        fault("cannot be read");
    for (bool within = false; fgets(line, sizeof line, file) != NULL;) {
        size_t n = strlen(line);
        at_line++;
        if (n == 0 || line[n - 1] != '\n')
            fault("this line is too long, or the file's last one does not end");
        line[n - 1] = '\0';
        if (strncmp(line, mark, sizeof mark - 1) == 0) {
            if (within && !text)
                fault("the statement before has no text");
            name_take(line + sizeof mark - 1);
            fprintf(out, "%s    {\"%s\",", within || names_n > 1 ? "},\n" : "", line + sizeof mark - 1);
            within = true;
            text = purpose = false;
        } else if (line[0] == '-' && line[1] == '-') {
            if (text)
                fault("a remark within a statement");
            purpose = true;
        } else if (line[0] != '\0') {
            if (!within || !purpose)
                fault(within ? "a statement says first what it is for" : "a text without a name");
            literal(out, line);
            text = true;
        }
    }
    if (!text)
        fault("the last statement has no text");
    fclose(file);
}

int main(int argc, char **argv) {
    FILE *out = argc > 2 ? fopen(argv[1], "w") : NULL;
    if (out == NULL) {
        fprintf(stderr, "embed_statements OUT.c FILE...\n");
        return 1;
    }
    fputs("/* Made by tools/embed_statements. */\n#include \"app/cluster_sql.h\"\n\nconst struct cluster_statement "
          "cluster_statements[] = {\n",
          out);
    for (int i = 2; i < argc; i++)
        file_take(out, argv[i]);
    fprintf(out, "},\n};\nconst size_t cluster_statements_n = %zu;\n", names_n);
    return fclose(out) == 0 ? 0 : 1;
}
