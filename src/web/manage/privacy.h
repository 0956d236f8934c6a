// SPDX-License-Identifier: Apache-2.0
/* privacy -- what the pages of privacy show: addresses that are not to be used.
 */
#ifndef REATIVA_WEB_MANAGE_PRIVACY_H
#define REATIVA_WEB_MANAGE_PRIVACY_H

#include "app/blocks.h"
#include "app/erase.h"
#include "app/held.h"
#include "app/suppressions.h"
#include "web/web.h"

struct suppressed_view {
    struct suppressions_look look;
    struct str address, channel, source, state; /* as asked for */
    struct suppressions_found found;
    bool may_write;
    /* The form that adds one: as typed. */
    struct str typed, note, day, until, token;
    enum suppression_channel typed_channel;
    enum suppression_source typed_source;
};
struct url suppressed_older(struct page *page, const struct suppressed_view *v);
struct url suppressed_file(struct page *page, const struct suppressed_view *v);
struct str suppressed_word(struct page *page, const char *what, const char *name); /* suppression.<what>_<name> */
struct str suppressed_state(struct page *page, const struct suppression *s);

struct held_view {
    struct str typed, fault;
    bool asked;
    struct held_found found;
};
struct str held_tax_id(struct page *page, const struct held_who *who); /* as people write it */

struct erase_view {
    struct str code, token, confirm, fault; /* confirm: the word to be typed */
    struct erase_look look;
    struct str erased_at, value; /* in words */
};

struct blocks_view {
    struct block_list *list;
    size_t n;
    bool takes; /* files may come in */
    bool may_write;
    struct str state, day, fault; /* of the form, as typed */
};

#endif
