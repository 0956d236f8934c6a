// SPDX-License-Identifier: Apache-2.0
/* document -- what the words of a file say about a document, and what a line is worth.
 *
 * Exports say "cancelled" in many ways. Words are read whole and folded; what the words do not settle counts as an
 * ordinary sale, so a document is only left out for a reason that can be pointed at.
 *
 * A known weakness: one letter is not a word. "C" is cancelled in one program, closed or concluded in another, and is
 * not taken for either; "D" of a type column is taken for a return, since the two programs that write single letters
 * there (TIPMOV of Sankhya, the document type of Protheus) both mean devolução by it.
 */
#include "core/document.h"

#include "core/words.h"

__extension__ typedef __int128 wide;

enum { DISCOUNT_ALL_E4 = 10000 };
static const int64_t amount_most = 100000000000000;

/* Words that begin like this make a document count for nothing. */
static const char *const cancelled_stems[] = {
    "cancel",  "estorn",   "deneg",   "inutiliz", "anulad",  "annul", "void",       "unavailable", "indisponivel",
    "excluid", "exclusao", "deletad", "deleted",  "rejeita", "rejec", "recusad",    "reprovad",    "declined",
    "failed",  "abandon",  "abortad", "reembols", "refund",  "trash", "chargeback", NULL};
/* ... and these, when they are all that is said: a draft or an offer is no sale yet, an order that came back none any
 * more, and yes is the answer of a column named "Cancelled". */
static const char *const cancelled_words[] = {
    "rascunho",  "draft",     "em digitacao", "orcamento", "cotacao", "quotation", "quotation sent",
    "devolvido", "devolvida", "returned",     "devolucao", "s",       "sim",       "y",
    "yes",       "true",      "verdadeiro",   NULL};
/* ... but not when the cancellation is denied, refused, partial or only asked for. */
static const char *const cancelled_not[] = {"nao cancel",
                                            "not cancel",
                                            "sem cancel",
                                            "parcial",
                                            "partial",
                                            "cancelamento negad",
                                            "cancelamento indeferid",
                                            "cancelamento recusad",
                                            "cancelamento rejeitad",
                                            "cancelamento solicitad",
                                            "cancelamento pendente",
                                            "solicitacao de cancel",
                                            "aguardando cancel",
                                            "cancellation request",
                                            "cancellation pending",
                                            "cancellation denied",
                                            "cancellation rejected",
                                            "cancel request",
                                            "pending cancel",
                                            NULL};

static const char *const return_stems[] = {"devol", "return", "refund", "reembols", NULL};
static const char *const return_phrases[] = {"credit note",     "credit memo",  "creditnote", "creditmemo",
                                             "nota de credito", "nota credito", NULL};
static const char *const return_words[] = {"d", "dev", "cn", "out refund", NULL};
static const char *const return_not[] = {"nao devol",  "sem devol",  "not return", "no return",
                                         "non return", "non refund", NULL};
/* CFOP under which a customer's return comes in, from the same state, another, or abroad. */
static const char *const return_cfop[] = {"1201", "1202", "1203", "1204", "1410", "1411", "2201", "2202",
                                          "2203", "2204", "2410", "2411", "3201", "3202", "3211", NULL};

/* What a total line is called; and what may follow the word total there. */
static const char *const total_rows[] = {
    "total",    "totais",    "totals",    "total geral", "total general", "grand total",   "soma",          "sum",
    "subtotal", "sub total", "subtotais", "subtotals",   "somatorio",     "total parcial", "totais gerais", NULL};
static const char *const total_begins[] = {"total",       "totais",      "totals", "subtotal", "sub total",
                                           "total geral", "grand total", "soma",   NULL};

bool document_state_cancelled(struct arena *arena, struct str state) {
    struct words w = words_of(arena, state);
    if (words_any(w, words_are, cancelled_words))
        return true;
    return words_any(w, words_stem, cancelled_stems) && !words_any(w, words_stem, cancelled_not);
}

/* "1.202" and "1202 - Devolução" name the CFOP 1202. */
static bool cfop_return(struct str type) {
    char digits[5] = {0};
    size_t n = 0, i = 0;
    for (; i < type.n && n < 5 && (type.p[i] == '.' || (type.p[i] >= '0' && type.p[i] <= '9')); i++)
        if (type.p[i] != '.')
            digits[n++] = type.p[i];
    if (n != 4)
        return false;
    for (const char *const *cfop = return_cfop; *cfop != NULL; cfop++)
        if (str_equal((struct str){digits, 4}, str_from(*cfop)))
            return true;
    return false;
}

bool document_type_return(struct arena *arena, struct str type) {
    if (cfop_return(str_trim(type)))
        return true;
    struct words w = words_of(arena, type);
    if (words_any(w, words_are, return_words) || words_any(w, words_hold, return_phrases))
        return true;
    return words_any(w, words_stem, return_stems) && !words_any(w, words_stem, return_not);
}

bool document_amount_fits(int64_t scaled) {
    return scaled >= -amount_most && scaled <= amount_most;
}

static bool amount_take(wide quotient, wide rest, wide divisor, int64_t *out) {
    wide twice = 2 * (rest < 0 ? -rest : rest), size = divisor < 0 ? -divisor : divisor;
    if (twice >= size)
        quotient += (rest < 0) == (divisor < 0) ? 1 : -1;
    if (quotient > amount_most || quotient < -amount_most)
        return false;
    *out = (int64_t)quotient;
    return true;
}

bool document_unit_price(int64_t value_cents, int64_t quantity_e4, int64_t *price_e4) {
    const wide value = (wide)value_cents * 1000000; /* hundredths over ten-thousandths, in ten-thousandths */
    return quantity_e4 != 0 && amount_take(value / quantity_e4, value % quantity_e4, quantity_e4, price_e4);
}

bool document_line_value(int64_t quantity_e4, int64_t price_e4, int64_t discount_e4, int64_t *cents) {
    if (discount_e4 < 0 || discount_e4 > DISCOUNT_ALL_E4)
        return false;
    const wide scale = (wide)10000000000; /* three factors in ten-thousandths, down to hundredths */
    wide value;
    if (__builtin_mul_overflow((wide)quantity_e4 * price_e4, (wide)(DISCOUNT_ALL_E4 - discount_e4), &value))
        return false;
    return amount_take(value / scale, value % scale, scale, cents);
}

bool document_row_total(struct arena *arena, const struct str *cell, size_t n) {
    struct str first = {0};
    size_t filled = 0;
    for (size_t i = 0; i < n; i++) {
        struct str text = str_trim(cell[i]);
        if (text.n == 0)
            continue;
        if (filled++ == 0)
            first = text;
    }
    if (filled == 0)
        return false;
    struct words w = words_of(arena, first);
    if (words_any(w, words_are, total_rows))
        return true;
    /* "Total do cliente", "Total: 12 registros": a firm may be called Total, but its row is not mostly empty. */
    return words_any(w, words_begin, total_begins) && (n == 1 || 2 * filled <= n);
}
