// SPDX-License-Identifier: Apache-2.0
/* Any bytes as a mail that came back: texts bounded and clean, whatever stood there. */
#include <stdlib.h>

#include "core/bounce.h"
#include "format/bounce.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void text(struct str s, size_t most) {
    if (s.n > most || !str_valid_utf8(s))
        abort();
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena;
    struct bounce b;
    arena_init(&arena, 0, arena_full_exit, NULL);
    bounce_read(&arena, (struct str){(const char *)data, size}, &b);
    text(b.from, BOUNCE_ADDRESS);
    text(b.subject, BOUNCE_TEXT);
    text(b.text, BOUNCE_TEXT);
    text(b.id, BOUNCE_ADDRESS);
    text(b.feedback, BOUNCE_TEXT);
    if (b.recipients > BOUNCE_RECIPIENTS || b.names > BOUNCE_NAMED || (b.form == BOUNCE_PLAIN && b.recipients > 0))
        abort();
    for (size_t i = 0; i < b.names; i++)
        text(b.named[i], BOUNCE_ADDRESS);
    for (size_t i = 0; i < b.recipients; i++) {
        const struct bounce_recipient *r = &b.recipient[i];
        text(r->address, BOUNCE_ADDRESS);
        text(r->original, BOUNCE_ADDRESS);
        text(r->diagnostic, BOUNCE_TEXT);
        enum bounce_result result = bounce_weigh(r->action, r->status, r->diagnostic);
        if (result < BOUNCE_NOTHING || result >= BOUNCE_RESULTS)
            abort();
    }
    arena_clear(&arena);
    return 0;
}
