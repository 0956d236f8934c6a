// SPDX-License-Identifier: Apache-2.0
/* summary -- see summary.h. One table of headings, best first; must not look at the data below the header. Invariant: no
 * field is given to two columns, no column two fields. */
#include "core/summary.h"

struct summary_names {
    const char *name;
    const char *headings; /* folded, without what is no letter or digit; one blank between */
};

static const struct summary_names fields[SUMMARY_FIELD_END] = {
    [SUMMARY_NONE] = {"", ""},
    [SUMMARY_CUSTOMER] = {"customer",
                          "customer customerid customercode cust custid id cliente codcliente codigocliente "
                          "idcliente clienteid client clientid code codigo cod userid user name nome"},
    [SUMMARY_X] = {"x", "x frequency freq xcal frequencia repeatpurchases repeats recompras comprasrepetidas"},
    [SUMMARY_T_X] = {"t_x", "tx recency txcal recencia tlast"},
    [SUMMARY_T] = {"T", "t tcal age observed observationtime idade tempoobservado observado"},
    [SUMMARY_LITT] = {"litt", "litt sumloggaps loggaps sumlogitt somalogintervalos"},
    [SUMMARY_SPEND] = {"spend",
                       "spend zbar monetaryvalue monetary mx meanspend averagespend avgspend meanvalue averagevalue "
                       "spendmean averageordervalue valormedio gastomedio ticketmedio comprasvalormedio"},
};

const char *summary_field_name(enum summary_field field) {
    return fields[field].name;
}

bool summary_field_parse(struct str name, enum summary_field *out) {
    for (int i = SUMMARY_CUSTOMER; i < SUMMARY_FIELD_END; i++) {
        if (str_equal(name, str_from(fields[i].name))) {
            *out = (enum summary_field)i;
            return true;
        }
    }
    return false;
}

static struct str heading_fold(struct arena *arena, struct str heading) {
    struct str s = str_fold(arena, heading);
    char *out = arena_new(arena, char, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if ((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9'))
            out[n++] = s.p[i];
    }
    return (struct str){out, n};
}

/* The leftmost column without a field that bears this heading; n: none. */
static size_t column_find(const struct str *heading, const enum summary_field *taken, size_t n, struct str wanted) {
    size_t i = 0;
    while (i < n && (taken[i] != SUMMARY_NONE || !str_equal(heading[i], wanted)))
        i++;
    return i;
}

void summary_recognise(struct arena *arena, const struct str *header, size_t n, enum summary_field *out) {
    bool given[SUMMARY_FIELD_END] = {0};
    struct str *trimmed = arena_new(arena, struct str, n + 1), *folded = arena_new(arena, struct str, n + 1);
    for (size_t i = 0; i < n; i++) {
        out[i] = SUMMARY_NONE;
        trimmed[i] = str_trim(header[i]);
        folded[i] = heading_fold(arena, header[i]);
    }
    for (int f = SUMMARY_CUSTOMER; f < SUMMARY_FIELD_END; f++) {
        size_t column = column_find(trimmed, out, n, str_from(fields[f].name));
        given[f] = column < n;
        if (given[f])
            out[column] = (enum summary_field)f;
    }
    for (int f = SUMMARY_CUSTOMER; f < SUMMARY_FIELD_END; f++) {
        for (struct str rest = str_from(fields[f].headings), heading; !given[f] && rest.n > 0;) {
            str_cut(rest, ' ', &heading, &rest);
            size_t column = column_find(folded, out, n, heading);
            given[f] = column < n;
            if (given[f])
                out[column] = (enum summary_field)f;
        }
    }
}

struct str summary_fault_key(enum cbs_fault fault) {
    switch (fault) {
    case CBS_NOT_A_NUMBER:
        return S("summary.not_finite");
    case CBS_X_NEGATIVE:
        return S("summary.x_negative");
    case CBS_X_FRACTION:
        return S("summary.x_fraction");
    case CBS_T_X_NEGATIVE:
        return S("summary.t_x_negative");
    case CBS_T_NOT_POSITIVE:
        return S("summary.t_not_positive");
    case CBS_T_X_AFTER_T:
        return S("summary.t_x_after_t");
    case CBS_X_ZERO_T_X_NOT:
        return S("summary.x_zero_t_x_not");
    case CBS_T_X_ZERO_X_NOT:
        return S("summary.t_x_zero_x_not");
    case CBS_LITT_TOO_LARGE:
        return S("summary.litt_too_large");
    case CBS_FINE:
    case CBS_FAULTS:
        break;
    }
    return (struct str){0};
}
