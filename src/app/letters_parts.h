// SPDX-License-Identifier: Apache-2.0
/* letters_parts -- what letters.c and letters_text.c share; private to them.
 */
#ifndef REATIVA_APP_LETTERS_PARTS_H
#define REATIVA_APP_LETTERS_PARTS_H

#include "app/letters.h"

/* letters_by_phone -- a text message? */
static inline bool letters_by_phone(const struct letters_wish *wish) {
    return wish->letter.gateway_id > 0;
}
/* letters_excerpt -- the beginning of a text message, which has no subject, where others show theirs. */
struct str letters_excerpt(struct arena *arena, struct str text);

/* letters_values -- what each field says of a customer; seat->to is chosen. */
void letters_values(struct cx *cx, const struct letters_wish *wish, const struct mail_settings *mail,
                    const struct mailing_party *party, const struct str *product, size_t products,
                    struct letters_seat *seat);
/* letters_merge -- as letters_write, the fault not yet said. */
bool letters_merge(struct cx *cx, const struct letters_wish *wish, const struct letters_seat *seat, struct str *subject,
                   struct str *text, struct merge_fault *fault);
/* letters_offer_text -- "discount: 10 % on everything (until 2026-12-31)"; none: empty. */
struct str letters_offer_text(struct cx *cx, enum lang lang, const struct offer *offer);
/* letters_awake -- the first moment from at_us on in which customers may get mail. */
bool letters_awake(struct cx *cx, struct db *db, const struct mail_quiet *quiet, const struct letters_clock *clock,
                   int64_t at_us, int64_t *out);

#endif
