// SPDX-License-Identifier: Apache-2.0
/* chart -- see chart.h. Set with the type of the PDFs (pdf_page.h), drawn on pixels: twice as many as points, for the screens of phones.
 */
#include "format/chart.h"

#include <cairo.h>
#include <stdlib.h>
#include <string.h>

#include "format/pdf_page.h"

enum { SCALE = 2, PNG_ROOM = 8 << 10, PNG_MOST = 1 << 20 };

static const double MARGIN = 8, LEGEND = 20, NUMBERS = 13, NAMES = 16;
static const double LEFT[] = {0.80, 0.33, 0.10}, RIGHT[] = {0.08, 0.50, 0.45}; /* told apart by lightness as well */

struct png {
    unsigned char *bytes; /* not of the arena, whose end must not be met inside of Cairo */
    size_t n, room;
};

static cairo_status_t keep(void *owner, const unsigned char *bytes, unsigned n) {
    struct png *png = owner;
    if (png->n + n > png->room) {
        size_t room = png->room > 0 ? png->room : PNG_ROOM;
        while (room < png->n + n)
            room *= 2;
        unsigned char *larger = room > PNG_MOST ? NULL : realloc(png->bytes, room);
        if (larger == NULL)
            return CAIRO_STATUS_WRITE_ERROR;
        png->bytes = larger;
        png->room = room;
    }
    memcpy(png->bytes + png->n, bytes, n);
    png->n += n;
    return CAIRO_STATUS_SUCCESS;
}

static void ink(struct pdf *on, const double colour[3]) {
    cairo_set_source_rgb(on->cairo, colour[0], colour[1], colour[2]);
}

static void block(struct pdf *on, const double colour[3], double x, double y, double width, double height) {
    ink(on, colour);
    cairo_rectangle(on->cairo, x, y, width, height);
    cairo_fill(on->cairo);
}

static void ground(struct pdf *on) {
    static const double radius = 6, right_angle = 1.5707963267948966;
    const double white[] = {1, 1, 1};
    for (int corner = 0; corner < 4; corner++) {
        double x = corner == 0 || corner == 3 ? CHART_WIDTH - radius : radius;
        double y = corner < 2 ? CHART_HEIGHT - radius : radius;
        cairo_arc(on->cairo, x, y, radius, right_angle * corner, right_angle * (corner + 1));
    }
    cairo_close_path(on->cairo);
    ink(on, white);
    cairo_fill(on->cairo);
}

static void legend(struct pdf *on, const struct chart_wish *wish) {
    const struct pdf_set set = {.size = 11, .width = CHART_WIDTH / 2.0 - 26, .cut = true};
    const struct str word[] = {wish->left_word, wish->right_word};
    double x = MARGIN;
    for (int i = 0; i < 2; i++) {
        PangoLayout *text = pdf_layout(on, word[i], &set);
        block(on, i == 0 ? LEFT : RIGHT, x, MARGIN + 2, 10, 10);
        pdf_layout_draw(on, text, x + 14, MARGIN - 1, PDF_INK_TEXT);
        x = CHART_WIDTH / 2.0 + 2;
    }
}

/* In the middle of a place. */
static void word(struct pdf *on, struct str text, double size, double middle, double y, enum pdf_ink of) {
    const struct pdf_set set = {.size = size};
    PangoLayout *layout = pdf_layout(on, text, &set);
    pdf_layout_draw(on, layout, middle - pdf_layout_width(layout) / 2, y, of);
}

static void bar(struct pdf *on, const double colour[3], double x, double width, double foot, double height,
                int64_t number) {
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%lld", (long long)number);
    /* Nothing is a line, so that one sees that it was counted. */
    block(on, colour, x, foot - (height < 1 ? 1 : height), width, height < 1 ? 1 : height);
    word(on, (struct str){digits, (size_t)n}, 10.5, x + width / 2, foot - height - NUMBERS - 1, PDF_INK_TEXT);
}

static void bars(struct pdf *on, const struct chart_wish *wish, size_t n, int64_t most) {
    double foot = CHART_HEIGHT - NAMES - 4, room = foot - MARGIN - LEGEND - NUMBERS;
    double step = (CHART_WIDTH - 2 * MARGIN) / (double)n, width = step * 0.32 > 34 ? 34 : step * 0.32;
    for (size_t i = 0; i < n; i++) {
        const struct chart_bar *b = &wish->bar[i];
        double middle = MARGIN + step * ((double)i + 0.5);
        bar(on, LEFT, middle - width - 1, width, foot, room * (double)b->left / (double)most, b->left);
        bar(on, RIGHT, middle + 1, width, foot, room * (double)b->right / (double)most, b->right);
        word(on, b->name, 11, middle, foot + 3, PDF_INK_QUIET);
    }
    pdf_rule(on, MARGIN, foot, CHART_WIDTH - 2 * MARGIN);
}

bool chart_png(struct cx *cx, const struct chart_wish *wish, struct str *out) {
    size_t n = wish->n < CHART_BARS ? wish->n : CHART_BARS;
    int64_t most = 0;
    struct png png = {0};
    *out = (struct str){0};
    for (size_t i = 0; i < n; i++) {
        most = wish->bar[i].left > most ? wish->bar[i].left : most;
        most = wish->bar[i].right > most ? wish->bar[i].right : most;
    }
    if (most == 0)
        return true;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, CHART_WIDTH * SCALE, CHART_HEIGHT * SCALE);
    struct pdf on = {.arena = cx->arena, .surface = surface, .cairo = cairo_create(surface)};
    cairo_scale(on.cairo, SCALE, SCALE);
    ground(&on);
    legend(&on, wish);
    bars(&on, wish, n, most);
    cairo_destroy(on.cairo);
    cairo_surface_flush(surface);
    bool done = cairo_surface_write_to_png_stream(surface, keep, &png) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    if (done)
        *out = str_copy(cx->arena, (struct str){(const char *)png.bytes, png.n});
    free(png.bytes);
    return done || cx_fail(cx, ERR_IO, S("png.failed"));
}
