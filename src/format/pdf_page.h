// SPDX-License-Identifier: Apache-2.0
/* pdf_page -- what the files of a PDF share; private to src/format. Lengths are points (1/72 inch), y grows downwards.
 */
#ifndef REATIVA_FORMAT_PDF_PAGE_H
#define REATIVA_FORMAT_PDF_PAGE_H

#include "format/pdf.h"

/* As Cairo and Pango declare them, so that this header stands alone. */
typedef struct _cairo cairo_t;
typedef struct _cairo_surface cairo_surface_t;
typedef struct _PangoLayout PangoLayout;

#define PDF_WIDTH 595.276
#define PDF_HEIGHT 841.89
#define PDF_MARGIN 42.0
#define PDF_BOTTOM 56.0 /* room for the foot */
#define PDF_INNER (PDF_WIDTH - 2 * PDF_MARGIN)

struct pdf {
    struct arena *arena;
    cairo_surface_t *surface;
    cairo_t *cairo;
    unsigned char *bytes; /* what was written so far; not of the arena, whose end must not be met inside of Cairo */
    size_t n, room;
    bool full; /* no memory for more */
    double y;  /* where the next thing begins */
    int page;
    struct str foot;
};

enum pdf_ink { PDF_INK_TEXT, PDF_INK_QUIET, PDF_INK_RULE, PDF_INK_BLUE, PDF_INK_PALE, PDF_INK_SHADE };
void pdf_ink(struct pdf *pdf, enum pdf_ink ink);

/* pdf_room -- a new page, unless so much fits on this one; true: there is a new one. */
bool pdf_room(struct pdf *pdf, double height);

struct pdf_set {
    double size, width; /* width 0: as wide as it is */
    bool bold, right;
    bool cut; /* one line, its end cut with an ellipsis */
};
/* pdf_layout -- text set, to be measured and drawn; unref it. pdf_layout_draw -- unrefs; returns its height. */
PangoLayout *pdf_layout(struct pdf *pdf, struct str text, const struct pdf_set *set);
double pdf_layout_width(PangoLayout *layout);
double pdf_layout_draw(struct pdf *pdf, PangoLayout *layout, double x, double y, enum pdf_ink ink);
double pdf_put(struct pdf *pdf, struct str text, const struct pdf_set *set, double x, double y, enum pdf_ink ink);

void pdf_rule(struct pdf *pdf, double x, double y, double width);

#endif
