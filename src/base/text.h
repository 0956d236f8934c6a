// SPDX-License-Identifier: Apache-2.0
/* text -- numbers, money and days as people of a language write them; for tables and sentences, never CSV or JSON. */
#ifndef REATIVA_BASE_TEXT_H
#define REATIVA_BASE_TEXT_H

#include "base/catalog.h"
#include "base/day.h"

struct str text_int(struct arena *arena, enum lang lang, int64_t v); /* 1.234 · 1,234 */
struct str text_decimal(struct arena *arena, enum lang lang, int64_t v, int scale,
                        int shown); /* v / 10^scale, rounded to `shown` places */
struct str text_real(struct arena *arena, enum lang lang, double v, int digits);  /* so many significant ones, 0,2426 */
struct str text_fixed(struct arena *arena, enum lang lang, double v, int places); /* -9582,4226; not finite: "-" */
struct str text_money(struct arena *arena, enum lang lang, int64_t cents);        /* 1.234,56 · 1,234.56 */
struct str text_share(struct arena *arena, enum lang lang, int64_t share_e4);     /* 12,3 % · 12.3 % */
/* text_chance -- whole per cent: 37 %; never 0 or 100, which nobody can know: <1 %, >99 %. */
struct str text_chance(struct arena *arena, enum lang lang, int64_t p_e4);
struct str text_day(struct arena *arena, enum lang lang, struct day day);  /* 22/11/2026 · 2026-11-22; none: "-" */
struct str text_month(struct arena *arena, enum lang lang, int32_t month); /* 11/2026 · 2026-11 */
struct str text_moment(struct arena *arena, enum lang lang, int64_t us, int32_t offset_s); /* day hh:mm in local time */

/* text_month_iso -- 2026-11; text_moment_iso -- 2026-11-22T14:05:09Z; for CSV and JSON. */
struct str text_month_iso(struct arena *arena, int32_t month);
struct str text_moment_iso(struct arena *arena, int64_t us);

/* text_lines -- what a person typed, as it is kept: line ends of one kind, no blanks around. */
struct str text_lines(struct arena *arena, struct str s);
/* text_clean -- control characters made blanks: what a file held must not steer a terminal. */
struct str text_clean(struct arena *arena, struct str s);
/* text_shell -- a word as a shell reads it back: between apostrophes unless it holds nothing that a shell would see. */
struct str text_shell(struct arena *arena, struct str s);
/* text_shorten -- at most `columns` wide (>= 1), the end cut and marked with an ellipsis. */
struct str text_shorten(struct arena *arena, struct str s, size_t columns);
/* text_wrap -- one paragraph broken at blanks into lines of at most `columns`, each after `indent` blanks; with line ends. */
struct str text_wrap(struct arena *arena, struct str s, size_t columns, size_t indent);

#endif
