// SPDX-License-Identifier: Apache-2.0
/* answer -- see the header. */
#include "web/api/answer.h"

#include "base/decimal.h"
#include "base/text.h"

static void begin(struct answer *answer, const char *name) {
    if (answer->some)
        buf_char(answer->to, ',');
    answer->some = true;
    if (name != NULL) {
        buf_json(answer->to, str_from(name));
        buf_char(answer->to, ':');
    }
}

static void open_with(struct answer *answer, const char *name, char bracket) {
    begin(answer, name);
    buf_char(answer->to, bracket);
    answer->some = false;
}

static void close_with(struct answer *answer, char bracket) {
    buf_char(answer->to, bracket);
    answer->some = true;
}

void answer_object(struct answer *answer, const char *name) {
    open_with(answer, name, '{');
}

void answer_object_end(struct answer *answer) {
    close_with(answer, '}');
}

void answer_array(struct answer *answer, const char *name) {
    open_with(answer, name, '[');
}

void answer_array_end(struct answer *answer) {
    close_with(answer, ']');
}

static void absent(struct answer *answer, const char *name) {
    begin(answer, name);
    buf_put(answer->to, S("null"));
}

void answer_text(struct answer *answer, const char *name, struct str s) {
    if (s.n == 0) {
        absent(answer, name);
        return;
    }
    begin(answer, name);
    buf_json(answer->to, s);
}

void answer_chars(struct answer *answer, const char *name, const char *s) {
    answer_text(answer, name, str_from(s));
}

static void decimal(struct answer *answer, const char *name, int64_t v, int scale, int keep) {
    char text[32];
    if (v == INT64_MIN) {
        absent(answer, name);
        return;
    }
    begin(answer, name);
    buf_put(answer->to, (struct str){text, decimal_write(v, scale, keep, text)});
}

void answer_number(struct answer *answer, const char *name, int64_t v) {
    decimal(answer, name, v, 0, 0);
}

void answer_id(struct answer *answer, const char *name, int64_t v) {
    decimal(answer, name, v == 0 ? INT64_MIN : v, 0, 0);
}

void answer_e4(struct answer *answer, const char *name, int64_t v) {
    decimal(answer, name, v, 4, 0);
}

void answer_money(struct answer *answer, const char *name, int64_t cents) {
    char text[32];
    answer_text(answer, name,
                cents == INT64_MIN ? (struct str){0} : (struct str){text, decimal_write(cents, 2, 2, text)});
}

void answer_day(struct answer *answer, const char *name, struct day d) {
    char text[DAY_TEXT];
    answer_text(answer, name, (struct str){text, day_iso(d, text)});
}

void answer_month(struct answer *answer, const char *name, int32_t month) {
    answer_text(answer, name, text_month_iso(answer->to->arena, month));
}

void answer_moment(struct answer *answer, const char *name, int64_t us) {
    answer_text(answer, name, us == 0 ? (struct str){0} : text_moment_iso(answer->to->arena, us));
}

void answer_bool(struct answer *answer, const char *name, bool v) {
    begin(answer, name);
    buf_put(answer->to, v ? S("true") : S("false"));
}
