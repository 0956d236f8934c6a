// SPDX-License-Identifier: Apache-2.0
/* csv_guess -- which delimiter does a file use? Judged by how evenly each candidate splits the rows.
 *
 * For each candidate: the share of the rows that have the most common number of delimiters (not 0), and a half more
 * when the first row, mostly the header, has it too: decimal commas are even in the data and absent in the header.
 * On a tie the order of `candidates` decides, the comma last, since it is the one that numbers and sentences hold.
 * Must not look at anything but bytes; a quote that is not closed soon is an ordinary byte.
 */
#include "base/csv.h"

#include "base/limits.h"

enum { GUESS_LINES = 20, FULL = 1000 };

static bool is_break(char c) {
    return c == '\n' || c == '\r';
}

/* Counts the delimiters of the row at `at` and returns where the next line begins. With `quotes`, 0 when a quoted field
 * is not closed. */
static size_t row_count(struct str s, size_t at, char delimiter, bool quotes, size_t *count) {
    bool quoted = false, field_begins = true;
    size_t breaks = 0;
    for (*count = 0; at < s.n; at++) {
        char c = s.p[at];
        if (quoted) {
            breaks += c == '\n';
            if (breaks > GUESS_LINES)
                return 0;
            quoted = c != '"'; /* a doubled one closes and opens again */
            field_begins = c == '"';
        } else if (c == '"' && quotes && field_begins) {
            quoted = true;
        } else if (is_break(c)) {
            break;
        } else {
            *count += c == delimiter;
            field_begins = c == delimiter;
        }
    }
    if (quoted)
        return 0;
    while (at < s.n && is_break(s.p[at]))
        at++;
    return at;
}

static unsigned evenness(struct str s, char delimiter) {
    unsigned rows_with[LIMIT_CSV_FIELDS] = {0};
    unsigned rows = 0;
    size_t first = 0, usual = 0;
    for (size_t at = 0; at < s.n;) {
        size_t count, next = row_count(s, at, delimiter, true, &count);
        at = next > 0 ? next : row_count(s, at, delimiter, false, &count);
        if (count >= LIMIT_CSV_FIELDS)
            count = LIMIT_CSV_FIELDS - 1;
        if (rows++ == 0)
            first = count;
        rows_with[count]++;
        if (count > 0 && rows_with[count] >= rows_with[usual == 0 ? count : usual])
            usual = count;
    }
    if (usual == 0)
        return 0;
    return rows_with[usual] * FULL / rows + (first == usual ? FULL / 2 : 0);
}

char csv_guess_delimiter(struct str sample) {
    static const char candidates[] = {'\t', ';', '|', ','};
    size_t whole = sample.n;
    while (whole > 0 && !is_break(sample.p[whole - 1]))
        whole--;
    if (whole > 0)
        sample.n = whole;
    unsigned best = 0;
    char guess = '\0';
    for (size_t i = 0; i < sizeof candidates; i++) {
        unsigned even = evenness(sample, candidates[i]);
        if (even > best) {
            best = even;
            guess = candidates[i];
        }
    }
    return guess;
}
