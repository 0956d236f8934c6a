// SPDX-License-Identifier: Apache-2.0
/* qr -- a text as a QR code, by libqrencode: what a phone reads off a screen.
 */
#ifndef REATIVA_BASE_QR_H
#define REATIVA_BASE_QR_H

#include "base/arena.h"
#include "base/str.h"

enum { QR_MARGIN = 4, QR_TEXT_MOST = 1000 };

struct qr {
    int side;        /* squares, the margin of QR_MARGIN on each side included */
    struct str path; /* the dark squares as an SVG path, one unit a square */
};

/* qr_make -- error correction M. false: over QR_TEXT_MOST bytes, or no memory. */
bool qr_make(struct arena *arena, struct str text, struct qr *out);

#endif
