// SPDX-License-Identifier: Apache-2.0
/* column -- the columns of a list of customers and the value of each.
 *
 * Knows no language and no layout: words leave as stable names, numbers as scaled integers. Invariant: column_defs[i]
 * describes column i, so the table can be indexed as well as looped over.
 *
 * Classes of numbers (status, trend, ABC, the quintiles) are not sortable: each is cut from a number that stands in another
 * column, and sorting by that number is finer and has an index.
 */
#include "core/column.h"

#define COLUMN(id, text, kind, sorts, shows)                                                                           \
    [id] = {.column = (id), .name = (text), .type = (kind), .sortable = (sorts), .shown = (shows)}

const struct column_def column_defs[COLUMN_COUNT] = {
    COLUMN(COLUMN_CODE, "code", COLUMN_TEXT, true, true),
    COLUMN(COLUMN_NAME, "name", COLUMN_TEXT, true, true),
    COLUMN(COLUMN_TAX_ID, "tax_id", COLUMN_TEXT, true, false),
    COLUMN(COLUMN_COMPANY, "company", COLUMN_TEXT, true, false),
    COLUMN(COLUMN_REP, "rep", COLUMN_TEXT, true, true),
    COLUMN(COLUMN_SEGMENT, "segment", COLUMN_TEXT, true, false),
    COLUMN(COLUMN_REGION, "region", COLUMN_TEXT, true, false),
    COLUMN(COLUMN_CITY, "city", COLUMN_TEXT, true, false),
    COLUMN(COLUMN_STATUS, "status", COLUMN_WORD, false, true),
    COLUMN(COLUMN_PURCHASES, "purchases", COLUMN_INTEGER, true, true),
    COLUMN(COLUMN_FIRST_PURCHASE, "first_purchase", COLUMN_DAY, true, false),
    COLUMN(COLUMN_LAST_PURCHASE, "last_purchase", COLUMN_DAY, true, true),
    COLUMN(COLUMN_RECENCY_DAYS, "recency_days", COLUMN_INTEGER, true, true),
    COLUMN(COLUMN_GAP_MEDIAN_DAYS, "gap_median_days", COLUMN_E4, true, false),
    COLUMN(COLUMN_GAP_MEAN_DAYS, "gap_mean_days", COLUMN_E4, true, false),
    COLUMN(COLUMN_GAP_SD_DAYS, "gap_sd_days", COLUMN_E4, true, false),
    COLUMN(COLUMN_CYCLE_DAYS, "cycle_days", COLUMN_E4, true, true),
    COLUMN(COLUMN_OVERDUE_RATIO, "overdue_ratio", COLUMN_E4, true, true),
    COLUMN(COLUMN_AT_RISK_ON, "at_risk_on", COLUMN_DAY, true, false),
    COLUMN(COLUMN_INACTIVE_ON, "inactive_on", COLUMN_DAY, true, false),
    COLUMN(COLUMN_LOST_ON, "lost_on", COLUMN_DAY, true, false),
    COLUMN(COLUMN_VALUE_TOTAL, "value_total", COLUMN_MONEY, true, false),
    COLUMN(COLUMN_VALUE_12M, "value_12m", COLUMN_MONEY, true, true),
    COLUMN(COLUMN_VALUE_PREV_12M, "value_prev_12m", COLUMN_MONEY, true, false),
    COLUMN(COLUMN_AVERAGE_PURCHASE, "average_purchase", COLUMN_MONEY, true, false),
    COLUMN(COLUMN_RETURN_RATE, "return_rate", COLUMN_E4, true, false),
    COLUMN(COLUMN_TREND, "trend", COLUMN_WORD, false, true),
    COLUMN(COLUMN_ABC, "abc", COLUMN_TEXT, false, true),
    COLUMN(COLUMN_R, "r", COLUMN_INTEGER, false, false),
    COLUMN(COLUMN_F, "f", COLUMN_INTEGER, false, false),
    COLUMN(COLUMN_M, "m", COLUMN_INTEGER, false, false),
    COLUMN(COLUMN_SEGMENT_RFM, "segment_rfm", COLUMN_WORD, false, false),
    COLUMN(COLUMN_P_ACTIVE, "p_active_90d", COLUMN_E4, true, true),
    COLUMN(COLUMN_P_ACTIVE_LOW, "p_active_low", COLUMN_E4, true, false),
    COLUMN(COLUMN_P_ACTIVE_HIGH, "p_active_high", COLUMN_E4, true, false),
    COLUMN(COLUMN_P_ALIVE, "p_alive", COLUMN_E4, true, false),
    COLUMN(COLUMN_NEXT_ON, "next_purchase_on", COLUMN_DAY, true, false),
    COLUMN(COLUMN_NEXT_FROM, "next_purchase_from", COLUMN_DAY, true, false),
    COLUMN(COLUMN_NEXT_TO, "next_purchase_to", COLUMN_DAY, true, false),
    COLUMN(COLUMN_EXPECTED_90D, "expected_purchases_90d", COLUMN_E4, true, false),
    COLUMN(COLUMN_EXPECTED_VALUE_365D, "expected_value_365d", COLUMN_MONEY, true, false),
    COLUMN(COLUMN_MODEL, "model", COLUMN_WORD, false, false),
    COLUMN(COLUMN_STANDING, "standing", COLUMN_WORD, true, false),
    COLUMN(COLUMN_OPEN_TITLES, "open_titles", COLUMN_MONEY, true, false),
    COLUMN(COLUMN_OVERDUE_TITLES, "overdue_titles", COLUMN_MONEY, true, false),
    COLUMN(COLUMN_OPEN_QUOTES, "open_quotes", COLUMN_INTEGER, true, false),
    COLUMN(COLUMN_OPEN_QUOTE_VALUE, "open_quote_value", COLUMN_MONEY, true, false),
    COLUMN(COLUMN_OPEN_TICKETS, "open_tickets", COLUMN_INTEGER, true, false),
    COLUMN(COLUMN_LAST_CONTACT, "last_contact", COLUMN_DAY, true, false),
    COLUMN(COLUMN_LAST_OUTCOME, "last_outcome", COLUMN_WORD, true, false),
    COLUMN(COLUMN_LAST_OBJECTION, "last_objection", COLUMN_TEXT, true, false),
    COLUMN(COLUMN_NEXT_APPOINTMENT, "next_appointment", COLUMN_DAY, true, false),
    COLUMN(COLUMN_REGISTERED_ON, "registered_on", COLUMN_DAY, true, false),
    COLUMN(COLUMN_BLOCKED, "blocked", COLUMN_WORD, true, false),
    COLUMN(COLUMN_CREDIT_LIMIT, "credit_limit", COLUMN_MONEY, true, false),
    COLUMN(COLUMN_CREDIT_LEFT, "credit_left", COLUMN_MONEY, true, false),
    COLUMN(COLUMN_WHY, "why", COLUMN_TEXT, false, false),
};

bool column_parse(struct str name, enum column *out) {
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (str_equal(name, str_from(column_defs[i].name))) {
            *out = (enum column)i;
            return true;
        }
    return false;
}

const char *column_word(enum column column) {
    static const char *const before[COLUMN_COUNT] = {[COLUMN_STATUS] = "status.",
                                                     [COLUMN_TREND] = "trend.",
                                                     [COLUMN_SEGMENT_RFM] = "rfm.",
                                                     [COLUMN_STANDING] = "standing.",
                                                     [COLUMN_LAST_OUTCOME] = "contact.outcome_",
                                                     [COLUMN_BLOCKED] = "blocked."};
    return before[column];
}

const char *blocked_name(enum blocked blocked) {
    return blocked == BLOCKED_YES ? "yes" : blocked == BLOCKED_NO ? "no" : NULL;
}

static struct column_value value_text(struct str s) {
    return (struct column_value){.absent = s.n == 0, .text = s};
}

static struct column_value value_number(int64_t v) {
    return (struct column_value){.absent = v == STAT_NONE, .number = v == STAT_NONE ? 0 : v};
}

/* number: from 1 on; 0 is no value. */
static struct column_value value_word(const char *name, int number) {
    return (struct column_value){.absent = number == 0, .text = str_from(number ? name : NULL), .number = number};
}

static struct column_value value_day(struct day d) {
    return (struct column_value){.absent = !day_is(d), .number = day_is(d) ? d.n : 0};
}

/* Whom nothing is foretold has no model either. */
static struct column_value value_forecast(const struct forecast *f, enum column column) {
    if (f->method == FORECAST_NONE)
        return (struct column_value){.absent = true};
    const struct column_value value[] = {
        [COLUMN_P_ACTIVE - COLUMN_P_ACTIVE] = value_number(f->p_active_e4),
        [COLUMN_P_ACTIVE_LOW - COLUMN_P_ACTIVE] = value_number(f->p_active_low_e4),
        [COLUMN_P_ACTIVE_HIGH - COLUMN_P_ACTIVE] = value_number(f->p_active_high_e4),
        [COLUMN_P_ALIVE - COLUMN_P_ACTIVE] = value_number(f->p_alive_e4),
        [COLUMN_NEXT_ON - COLUMN_P_ACTIVE] = value_day(f->next_on),
        [COLUMN_NEXT_FROM - COLUMN_P_ACTIVE] = value_day(f->next_from),
        [COLUMN_NEXT_TO - COLUMN_P_ACTIVE] = value_day(f->next_to),
        [COLUMN_EXPECTED_90D - COLUMN_P_ACTIVE] = value_number(f->expected_90d_e4),
        [COLUMN_EXPECTED_VALUE_365D - COLUMN_P_ACTIVE] = value_number(f->expected_value_365d_cents),
        [COLUMN_MODEL - COLUMN_P_ACTIVE] = value_text(str_from(forecast_method_name(f->method))),
    };
    return value[column - COLUMN_P_ACTIVE];
}

static struct column_value value_score(int score) {
    return value_number(score > 0 ? score : STAT_NONE);
}

static const char *trend_name(enum trend trend) {
    switch (trend) {
    case TREND_UP:
        return "up";
    case TREND_FLAT:
        return "flat";
    case TREND_DOWN:
        return "down";
    case TREND_NONE:
        break;
    }
    return NULL;
}

static struct column_value value_abc(struct arena *arena, char abc) {
    return value_text(abc != 0 ? str_copy(arena, (struct str){&abc, 1}) : (struct str){0});
}

static struct column_value value_rfm(const struct customer *c) {
    return value_text(c->r > 0 && c->f > 0 ? str_from(rfm_segment(c->r, c->f)) : (struct str){0});
}

static struct column_value fact_value(const struct customer *c, enum column column) {
    const struct str *const text[] = {
        [COLUMN_CODE] = &c->code,       [COLUMN_NAME] = &c->name, [COLUMN_TAX_ID] = &c->tax_id,
        [COLUMN_COMPANY] = &c->company, [COLUMN_REP] = &c->rep,   [COLUMN_SEGMENT] = &c->segment,
        [COLUMN_REGION] = &c->region,   [COLUMN_CITY] = &c->city,
    };
    return value_text(*text[column]);
}

struct column_value column_value(struct arena *arena, const struct customer *c, enum column column) {
    switch (column) {
    case COLUMN_CODE:
    case COLUMN_NAME:
    case COLUMN_TAX_ID:
    case COLUMN_COMPANY:
    case COLUMN_REP:
    case COLUMN_SEGMENT:
    case COLUMN_REGION:
    case COLUMN_CITY:
        return fact_value(c, column);
    case COLUMN_STATUS:
        return value_text(str_from(status_name(c->status)));
    case COLUMN_PURCHASES:
        return value_number(c->purchases);
    case COLUMN_FIRST_PURCHASE:
        return value_day(c->first_purchase);
    case COLUMN_LAST_PURCHASE:
        return value_day(c->last_purchase);
    case COLUMN_RECENCY_DAYS:
        return value_number(c->recency_days);
    case COLUMN_GAP_MEDIAN_DAYS:
        return value_number(c->gap_median_e4);
    case COLUMN_GAP_MEAN_DAYS:
        return value_number(c->gap_mean_e4);
    case COLUMN_GAP_SD_DAYS:
        return value_number(c->gap_sd_e4);
    case COLUMN_CYCLE_DAYS:
        return value_number(c->cycle_e4);
    case COLUMN_OVERDUE_RATIO:
        return value_number(c->overdue_e4);
    case COLUMN_AT_RISK_ON:
        return value_day(c->at_risk_on);
    case COLUMN_INACTIVE_ON:
        return value_day(c->inactive_on);
    case COLUMN_LOST_ON:
        return value_day(c->lost_on);
    case COLUMN_VALUE_TOTAL:
        return value_number(c->value_total);
    case COLUMN_VALUE_12M:
        return value_number(c->value_12m);
    case COLUMN_VALUE_PREV_12M:
        return value_number(c->value_prev_12m);
    case COLUMN_AVERAGE_PURCHASE:
        return value_number(c->average_cents);
    case COLUMN_RETURN_RATE:
        return value_number(c->return_e4);
    case COLUMN_TREND:
        return value_text(str_from(trend_name(c->trend)));
    case COLUMN_ABC:
        return value_abc(arena, c->abc);
    case COLUMN_R:
        return value_score(c->r);
    case COLUMN_F:
        return value_score(c->f);
    case COLUMN_M:
        return value_score(c->m);
    case COLUMN_SEGMENT_RFM:
        return value_rfm(c);
    case COLUMN_P_ACTIVE:
    case COLUMN_P_ACTIVE_LOW:
    case COLUMN_P_ACTIVE_HIGH:
    case COLUMN_P_ALIVE:
    case COLUMN_NEXT_ON:
    case COLUMN_NEXT_FROM:
    case COLUMN_NEXT_TO:
    case COLUMN_EXPECTED_90D:
    case COLUMN_EXPECTED_VALUE_365D:
    case COLUMN_MODEL:
        return value_forecast(&c->forecast, column);
    case COLUMN_STANDING:
        return value_word(standing_name(c->standing), (int)c->standing);
    case COLUMN_OPEN_TITLES:
        return value_number(c->open_titles_cents);
    case COLUMN_OVERDUE_TITLES:
        return value_number(c->overdue_titles_cents);
    case COLUMN_OPEN_QUOTES:
        return value_number(c->quotes);
    case COLUMN_OPEN_QUOTE_VALUE:
        return value_number(c->quote_cents);
    case COLUMN_OPEN_TICKETS:
        return value_number(c->tickets);
    case COLUMN_LAST_CONTACT:
        return value_day(c->last_contact);
    case COLUMN_LAST_OUTCOME:
        return value_word(contact_outcome_name(c->last_outcome), (int)c->last_outcome);
    case COLUMN_LAST_OBJECTION:
        return value_text(c->last_objection);
    case COLUMN_NEXT_APPOINTMENT:
        return value_day(c->next_appointment);
    case COLUMN_REGISTERED_ON:
        return value_day(c->registered_on);
    case COLUMN_BLOCKED:
        return value_word(blocked_name(c->blocked), (int)c->blocked);
    case COLUMN_CREDIT_LIMIT:
        return value_number(c->credit_limit_cents);
    case COLUMN_CREDIT_LEFT:
        return value_number(c->credit_left_cents);
    case COLUMN_WHY: /* made by why_text, in a language */
    case COLUMN_COUNT:
        break;
    }
    return (struct column_value){.absent = true};
}
