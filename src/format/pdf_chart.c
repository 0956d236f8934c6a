// SPDX-License-Identifier: Apache-2.0
/* pdf_chart -- the two small charts: purchases on a time line, and pairs of bars. Black and white print tells them apart by
 * lightness; the numbers stand in words or tables elsewhere.
 */
#include <cairo.h>

#include "format/pdf_page.h"

static const double LINE_HEIGHT = 26, WORD_HEIGHT = 10, BARS_HEIGHT = 70, NAMES_HEIGHT = 12;

/* ---- the time line ---- */

static double place_of(const struct pdf_rhythm *r, int32_t day) {
    double width = r->last > r->first ? (double)r->last - r->first : 1;
    double at = ((double)day - r->first) / width;
    return PDF_MARGIN + PDF_INNER * (at < 0 ? 0 : at > 1 ? 1 : at);
}

/* Each word a line lower than the one before it, and its own line begins there: none runs into another. */
static void lines_put(struct pdf *pdf, const struct pdf_rhythm *r, double top, double bottom) {
    const struct pdf_set set = {.size = 7.5};
    for (size_t i = 0; i < r->lines; i++) {
        double x = place_of(r, r->line[i].day), y = top + WORD_HEIGHT * (double)i;
        PangoLayout *word = pdf_layout(pdf, r->line[i].word, &set);
        double width = pdf_layout_width(word), left = x + 2 + width > PDF_MARGIN + PDF_INNER ? x - 2 - width : x + 2;
        pdf_layout_draw(pdf, word, left, y, PDF_INK_TEXT);
        pdf_ink(pdf, PDF_INK_TEXT);
        cairo_set_line_width(pdf->cairo, r->line[i].solid ? 1 : 0.6);
        cairo_set_dash(pdf->cairo, (const double[]){2.5, 2}, r->line[i].solid ? 0 : 2, 0);
        cairo_move_to(pdf->cairo, x, y + 1);
        cairo_line_to(pdf->cairo, x, bottom);
        cairo_stroke(pdf->cairo);
        cairo_set_dash(pdf->cairo, NULL, 0, 0);
    }
}

void pdf_rhythm(struct pdf *pdf, const struct pdf_rhythm *r) {
    double words = WORD_HEIGHT * (double)r->lines;
    pdf_room(pdf, words + LINE_HEIGHT + 6);
    double top = pdf->y + words, middle = top + LINE_HEIGHT / 2, bottom = top + LINE_HEIGHT;
    if (r->has_window) {
        double from = place_of(r, r->window_from), to = place_of(r, r->window_to);
        pdf_ink(pdf, PDF_INK_SHADE);
        cairo_rectangle(pdf->cairo, from, top, to - from > 1 ? to - from : 1, LINE_HEIGHT);
        cairo_fill(pdf->cairo);
    }
    pdf_rule(pdf, PDF_MARGIN, middle, PDF_INNER);
    pdf_ink(pdf, PDF_INK_BLUE);
    for (size_t i = 0; i < r->marks; i++) {
        cairo_new_sub_path(pdf->cairo);
        cairo_arc(pdf->cairo, place_of(r, r->mark[i]), middle, 2.6, 0, 6.283185307);
        cairo_fill(pdf->cairo);
    }
    lines_put(pdf, r, pdf->y, bottom);
    pdf->y = bottom + 4;
}

/* ---- bars ---- */

static void legend_put(struct pdf *pdf, struct str value_word, struct str before_word) {
    const struct pdf_set set = {.size = 7.5};
    const struct str word[] = {before_word, value_word};
    double x = PDF_MARGIN;
    for (int i = 0; i < 2; i++) {
        pdf_ink(pdf, i == 0 ? PDF_INK_PALE : PDF_INK_BLUE);
        cairo_rectangle(pdf->cairo, x, pdf->y + 2, 7, 7);
        cairo_fill(pdf->cairo);
        PangoLayout *text = pdf_layout(pdf, word[i], &set);
        double width = pdf_layout_width(text);
        pdf_layout_draw(pdf, text, x + 10, pdf->y, PDF_INK_QUIET);
        x += 10 + width + 14;
    }
    pdf->y += 14;
}

static void bar_put(struct pdf *pdf, double x, double width, double zero, double height, enum pdf_ink ink) {
    pdf_ink(pdf, ink);
    cairo_rectangle(pdf->cairo, x, height < 0 ? zero : zero - height, width, height < 0 ? -height : height);
    cairo_fill(pdf->cairo);
}

void pdf_bars(struct pdf *pdf, const struct pdf_bar *bar, size_t n, struct str value_word, struct str before_word) {
    double most = 0, least = 0;
    for (size_t i = 0; i < n; i++) {
        const double both[] = {(double)bar[i].value, (double)bar[i].before};
        for (int k = 0; k < 2; k++) {
            most = both[k] > most ? both[k] : most;
            least = both[k] < least ? both[k] : least;
        }
    }
    if (n == 0 || most - least <= 0)
        return;
    pdf_room(pdf, BARS_HEIGHT + NAMES_HEIGHT + 20);
    legend_put(pdf, value_word, before_word);
    double step = PDF_INNER / (double)n, scale = BARS_HEIGHT / (most - least), zero = pdf->y + most * scale;
    const struct pdf_set set = {.size = 7};
    for (size_t i = 0; i < n; i++) {
        double x = PDF_MARGIN + step * (double)i;
        bar_put(pdf, x + step * 0.14, step * 0.34, zero, (double)bar[i].before * scale, PDF_INK_PALE);
        bar_put(pdf, x + step * 0.50, step * 0.34, zero, (double)bar[i].value * scale, PDF_INK_BLUE);
        PangoLayout *name = pdf_layout(pdf, bar[i].name, &set);
        double left = x + (step - pdf_layout_width(name)) / 2;
        pdf_layout_draw(pdf, name, left, pdf->y + BARS_HEIGHT + 2, PDF_INK_QUIET);
    }
    pdf_rule(pdf, PDF_MARGIN, zero, PDF_INNER);
    pdf->y += BARS_HEIGHT + NAMES_HEIGHT + 4;
}
