// SPDX-License-Identifier: Apache-2.0
/* Any bytes as what people typed into a message, one part a line that ends in 0xFF: whatever it is, the header has what it should have once
 * and nothing else, and every line is one that a mail server takes. */
#include <stdlib.h>
#include <string.h>

#include "core/mailbox.h"
#include "format/letter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void lines_check(struct str s) {
    size_t line = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool end = c == '\n';
        if (c >= 0x80 || c == 0 || (end && (i == 0 || s.p[i - 1] != '\r')) || (i > 0 && s.p[i - 1] == '\r' && !end) ||
            line > 998)
            abort();
        line = end ? 0 : line + 1;
    }
}

static void header_check(struct str message) {
    static const char *const known[] = {"Date",         "From",         "Subject",
                                        "To",           "Reply-To",     "Message-Id",
                                        "MIME-Version", "Content-Type", "Content-Transfer-Encoding"};
    size_t seen[sizeof known / sizeof *known] = {0};
    struct str line, rest = message;
    while (str_cut(rest, '\n', &line, &rest) && line.n > 1) {
        bool found = line.p[0] == ' ' || line.p[0] == '\t';
        for (size_t i = 0; !found && i < sizeof known / sizeof *known; i++) {
            size_t n = strlen(known[i]);
            found = line.n > n && strncasecmp(line.p, known[i], n) == 0 && line.p[n] == ':';
            if (found && ++seen[i] > 1)
                abort();
        }
        if (!found)
            abort();
    }
    if (seen[1] != 1 || seen[2] != 1 || seen[3] != 1)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena;
    struct str part[6] = {{0}}, rest = {(const char *)data, size}, out = {0};
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct cx cx = {.arena = &arena};
    for (size_t i = 0; i < 6; i++)
        (void)str_cut(rest, '\xff', &part[i], &rest);
    struct letter letter = {.from_name = part[0],
                            .from = S("a@example.com"),
                            .to_name = part[1],
                            .to = mailbox_is(part[2]) ? part[2] : S("b@example.org"),
                            .reply_to = mailbox_is(part[2]) ? part[2] : S(""),
                            .subject = part[3],
                            .text = part[4],
                            .html = part[5],
                            .message_id = S("c@example.com")};
    /* What core/mailbox lets through fits here, too. */
    if (!letter_write(&cx, &letter, &out))
        abort();
    lines_check(out);
    header_check(out);
    letter.to = part[2]; /* and what it does not is refused, or harmless all the same */
    if (letter_write(&cx, &letter, &out))
        header_check(out);
    arena_clear(&arena);
    return 0;
}
