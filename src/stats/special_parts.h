// SPDX-License-Identifier: Apache-2.0
/* special_parts -- what the special functions and the generators share: pieces that keep their digits where the
 * textbook formula subtracts two large numbers.
 */
#ifndef REATIVA_STATS_SPECIAL_PARTS_H
#define REATIVA_STATS_SPECIAL_PARTS_H

enum { SPECIAL_STIRLING_FROM = 10 }; /* from this argument on the asymptotic series below give full accuracy */

double special_log1p_less(double x);                /* log(1 + x) - x, x > -1 */
double special_stirling(double x);                  /* log gamma(x) - [(x - 1/2) log x - x + log(2 pi) / 2], x > 0 */
double special_stirling_rising(double a, double n); /* the same at a + n less that at a; a >= SPECIAL_STIRLING_FROM */
double special_log_poisson(double n, double mean);  /* log of e^-mean mean^n / gamma(n + 1), n >= 0, mean > 0 */
double special_beta_split(double a, double b, double x, double y); /* I_x(a, b), y = 1 - x to all its digits */

#endif
