// SPDX-License-Identifier: Apache-2.0
/* pdf_table -- tables of one line a row: what is too long for its column is cut and marked, so that rows stay in line.
 */
#include "format/pdf_page.h"

enum { COLUMNS_MOST = 10 };
static const double ROW = 13.0, GAP = 8.0;

static void row_put(struct pdf *pdf, const struct pdf_column *column, size_t columns, const double *x,
                    const struct str *cell, bool head) {
    for (size_t i = 0; i < columns; i++) {
        const struct pdf_set set = {.size = head ? 7.5 : 8.5,
                                    .width = x[i + 1] - x[i] - GAP,
                                    .bold = head,
                                    .right = column[i].right,
                                    .cut = true};
        pdf_put(pdf, head ? column[i].title : cell[i], &set, x[i], pdf->y + 1.5, head ? PDF_INK_QUIET : PDF_INK_TEXT);
    }
    pdf->y += ROW;
    pdf_rule(pdf, PDF_MARGIN, pdf->y, PDF_INNER);
}

void pdf_table(struct pdf *pdf, const struct pdf_column *column, size_t columns, const struct str *cell, size_t rows) {
    double x[COLUMNS_MOST + 1] = {PDF_MARGIN};
    int shares = 0, upto = 0;
    columns = columns < COLUMNS_MOST ? columns : COLUMNS_MOST;
    for (size_t i = 0; i < columns; i++)
        shares += column[i].share;
    for (size_t i = 0; i < columns; i++) {
        upto += column[i].share;
        x[i + 1] = PDF_MARGIN + (PDF_INNER + GAP) * upto / (shares > 0 ? shares : 1);
    }
    for (size_t i = 0; i < rows; i++) {
        if (pdf_room(pdf, i == 0 ? 2 * ROW : ROW) || i == 0)
            row_put(pdf, column, columns, x, NULL, true);
        row_put(pdf, column, columns, x, cell + i * columns, false);
    }
    pdf->y += 3;
}
