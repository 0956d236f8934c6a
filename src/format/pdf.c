// SPDX-License-Identifier: Apache-2.0
/* pdf -- see pdf.h: the document, its pages, and text on them. Tables and charts are in pdf_table.c and pdf_chart.c.
 */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#include "format/pdf_page.h"

enum { ROOM_FIRST = 64 << 10, PDF_MOST = 16 << 20 };

static const char family[] = "Inter, Noto Sans, DejaVu Sans, sans-serif";

static cairo_status_t keep(void *owner, const unsigned char *bytes, unsigned n) {
    struct pdf *pdf = owner;
    if (pdf->n + n > pdf->room) {
        size_t room = pdf->room ? pdf->room : ROOM_FIRST;
        while (room < pdf->n + n)
            room *= 2;
        unsigned char *larger = room > PDF_MOST ? NULL : realloc(pdf->bytes, room);
        if (larger == NULL) {
            pdf->full = true;
            return CAIRO_STATUS_WRITE_ERROR;
        }
        pdf->bytes = larger;
        pdf->room = room;
    }
    memcpy(pdf->bytes + pdf->n, bytes, n);
    pdf->n += n;
    return CAIRO_STATUS_SUCCESS;
}

bool pdf_open(struct cx *cx, const struct pdf_wish *wish, struct pdf **out) {
    struct pdf *pdf = arena_new(cx->arena, struct pdf, 1);
    pdf->arena = cx->arena;
    pdf->surface = cairo_pdf_surface_create_for_stream(keep, pdf, PDF_WIDTH, PDF_HEIGHT);
    pdf->cairo = cairo_create(pdf->surface);
    pdf->foot = wish->foot;
    pdf->page = 1;
    pdf->y = PDF_MARGIN;
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_TITLE, str_terminated(cx->arena, wish->title));
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATOR, "Reativa");
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   str_terminated(cx->arena, wish->made_on));
    *out = pdf;
    return true;
}

/* ---- ink and text ---- */

void pdf_ink(struct pdf *pdf, enum pdf_ink ink) {
    static const double inks[][3] = {[PDF_INK_TEXT] = {0.07, 0.09, 0.12}, [PDF_INK_QUIET] = {0.35, 0.38, 0.42},
                                     [PDF_INK_RULE] = {0.80, 0.82, 0.85}, [PDF_INK_BLUE] = {0.04, 0.36, 0.68},
                                     [PDF_INK_PALE] = {0.72, 0.75, 0.79}, [PDF_INK_SHADE] = {0.88, 0.93, 0.98}};
    cairo_set_source_rgb(pdf->cairo, inks[ink][0], inks[ink][1], inks[ink][2]);
}

/* Line ends stay; what else controls a terminal or breaks the setting of a line becomes a blank. */
static struct str clean(struct arena *arena, struct str text) {
    char *to = arena_new(arena, char, text.n + 1);
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        to[i] = (c < ' ' && c != '\n') || c == 0x7f ? ' ' : (char)c;
    }
    return (struct str){to, text.n};
}

PangoLayout *pdf_layout(struct pdf *pdf, struct str text, const struct pdf_set *set) {
    PangoLayout *layout = pango_cairo_create_layout(pdf->cairo);
    PangoFontDescription *font = pango_font_description_new();
    struct str shown = clean(pdf->arena, text);
    pango_font_description_set_family_static(font, family);
    pango_font_description_set_absolute_size(font, set->size * PANGO_SCALE);
    pango_font_description_set_weight(font, set->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    /* Distances as the font has them, not rounded to a screen's pixels. */
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(pango_layout_get_context(layout), options);
    pango_context_set_round_glyph_positions(pango_layout_get_context(layout), FALSE);
    cairo_font_options_destroy(options);
    pango_layout_context_changed(layout);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, shown.p, (int)shown.n);
    if (set->width > 0)
        pango_layout_set_width(layout, (int)(set->width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, set->right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    if (set->cut) {
        pango_layout_set_single_paragraph_mode(layout, TRUE);
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    }
    return layout;
}

static double pdf_layout_height(PangoLayout *layout) {
    int width, height;
    pango_layout_get_size(layout, &width, &height);
    return (double)height / PANGO_SCALE;
}

double pdf_layout_width(PangoLayout *layout) {
    int width, height;
    pango_layout_get_size(layout, &width, &height);
    return (double)width / PANGO_SCALE;
}

double pdf_layout_draw(struct pdf *pdf, PangoLayout *layout, double x, double y, enum pdf_ink ink) {
    double height = pdf_layout_height(layout);
    pdf_ink(pdf, ink);
    cairo_move_to(pdf->cairo, x, y);
    pango_cairo_show_layout(pdf->cairo, layout);
    g_object_unref(layout);
    return height;
}

double pdf_put(struct pdf *pdf, struct str text, const struct pdf_set *set, double x, double y, enum pdf_ink ink) {
    return pdf_layout_draw(pdf, pdf_layout(pdf, text, set), x, y, ink);
}

void pdf_rule(struct pdf *pdf, double x, double y, double width) {
    pdf_ink(pdf, PDF_INK_RULE);
    cairo_set_line_width(pdf->cairo, 0.5);
    cairo_move_to(pdf->cairo, x, y);
    cairo_line_to(pdf->cairo, x + width, y);
    cairo_stroke(pdf->cairo);
}

/* ---- pages ---- */

static void foot_put(struct pdf *pdf) {
    char number[16];
    int n = snprintf(number, sizeof number, "%d", pdf->page);
    const struct pdf_set left = {.size = 7.5, .width = PDF_INNER - 30, .cut = true};
    const struct pdf_set right = {.size = 7.5, .width = PDF_INNER, .right = true};
    double y = PDF_HEIGHT - PDF_MARGIN + 6;
    pdf_rule(pdf, PDF_MARGIN, y - 4, PDF_INNER);
    pdf_put(pdf, pdf->foot, &left, PDF_MARGIN, y, PDF_INK_QUIET);
    pdf_put(pdf, (struct str){number, (size_t)n}, &right, PDF_MARGIN, y, PDF_INK_QUIET);
}

bool pdf_room(struct pdf *pdf, double height) {
    if (pdf->y + height <= PDF_HEIGHT - PDF_BOTTOM || pdf->y <= PDF_MARGIN)
        return false;
    foot_put(pdf);
    cairo_show_page(pdf->cairo);
    pdf->page++;
    pdf->y = PDF_MARGIN;
    return true;
}

bool pdf_close(struct cx *cx, struct pdf *pdf, struct str *out) {
    foot_put(pdf);
    cairo_show_page(pdf->cairo);
    cairo_destroy(pdf->cairo);
    cairo_surface_finish(pdf->surface);
    cairo_status_t status = cairo_surface_status(pdf->surface);
    cairo_surface_destroy(pdf->surface);
    bool done = status == CAIRO_STATUS_SUCCESS && !pdf->full;
    if (done)
        *out = str_copy(cx->arena, (struct str){(const char *)pdf->bytes, pdf->n});
    free(pdf->bytes);
    pdf->bytes = NULL;
    if (done)
        return true;
    cx_fail(cx, ERR_IO, S("pdf.failed"));
    return cx_detail(cx, "%s", cairo_status_to_string(status));
}

/* ---- what stands on them ---- */

void pdf_title(struct pdf *pdf, struct str title, struct str word, struct str below) {
    const struct pdf_set small = {.size = 9, .bold = true}, quiet = {.size = 8.5, .width = PDF_INNER};
    PangoLayout *badge = pdf_layout(pdf, word, &small);
    double badge_width = pdf_layout_width(badge) + 10;
    const struct pdf_set large = {.size = 18, .width = PDF_INNER - badge_width - 12, .bold = true};
    cairo_rectangle(pdf->cairo, PDF_MARGIN + PDF_INNER - badge_width, pdf->y + 3, badge_width,
                    pdf_layout_height(badge) + 5);
    pdf_ink(pdf, PDF_INK_SHADE);
    cairo_fill(pdf->cairo);
    pdf_layout_draw(pdf, badge, PDF_MARGIN + PDF_INNER - badge_width + 5, pdf->y + 5.5, PDF_INK_TEXT);
    pdf->y += pdf_put(pdf, title, &large, PDF_MARGIN, pdf->y, PDF_INK_TEXT) + 1;
    pdf->y += pdf_put(pdf, below, &quiet, PDF_MARGIN, pdf->y, PDF_INK_QUIET) + 4;
}

void pdf_heading(struct pdf *pdf, struct str text) {
    const struct pdf_set set = {.size = 11, .width = PDF_INNER, .bold = true};
    pdf_room(pdf, 70); /* a heading and something under it */
    pdf->y += pdf->y > PDF_MARGIN ? 9 : 0;
    pdf->y += pdf_put(pdf, text, &set, PDF_MARGIN, pdf->y, PDF_INK_BLUE) + 2;
    pdf_rule(pdf, PDF_MARGIN, pdf->y, PDF_INNER);
    pdf->y += 4;
}

void pdf_paragraph(struct pdf *pdf, struct str text) {
    const struct pdf_set set = {.size = 9.5, .width = PDF_INNER};
    PangoLayout *layout = pdf_layout(pdf, text, &set);
    pango_layout_set_line_spacing(layout, 1.15f);
    pdf_room(pdf, pdf_layout_height(layout));
    pdf->y += pdf_layout_draw(pdf, layout, PDF_MARGIN, pdf->y, PDF_INK_TEXT) + 4;
}

void pdf_facts(struct pdf *pdf, const struct pdf_fact *fact, size_t n) {
    const double column = PDF_INNER / 2, beside = 92;
    const struct pdf_set name = {.size = 8.5, .width = beside - 6}, value = {.size = 9, .width = column - beside - 10};
    for (size_t i = 0; i < n; i += 2) {
        PangoLayout *layout[2][2] = {{NULL, NULL}, {NULL, NULL}};
        double height = 0;
        for (size_t k = 0; k < 2 && i + k < n; k++) {
            layout[k][0] = pdf_layout(pdf, fact[i + k].name, &name);
            layout[k][1] = pdf_layout(pdf, fact[i + k].value, &value);
            for (int side = 0; side < 2; side++)
                height = pdf_layout_height(layout[k][side]) > height ? pdf_layout_height(layout[k][side]) : height;
        }
        pdf_room(pdf, height);
        for (size_t k = 0; k < 2 && i + k < n; k++) {
            double x = PDF_MARGIN + (double)k * column;
            pdf_layout_draw(pdf, layout[k][0], x, pdf->y + 0.5, PDF_INK_QUIET);
            pdf_layout_draw(pdf, layout[k][1], x + beside, pdf->y, PDF_INK_TEXT);
        }
        pdf->y += height + 2.5;
    }
}
