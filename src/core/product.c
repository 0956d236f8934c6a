// SPDX-License-Identifier: Apache-2.0
/* product -- goods, or a line that only carries money: freight, a fee, a discount, a correction.
 *
 * Decided by the file's own kind where it is known, else by the name, and by the code where the name leaves it open or
 * is missing. A short code alone never decides: a real product may be called "M". A line that is dropped from "most
 * bought products" still counts in its document's value, so a mistake here costs a row in a list and no money.
 *
 * Packaging, samples and giveaways are goods: somebody packed them.
 *
 * A known weakness: warehouse notes that stand where the name should ("adjustment", "test") are believed. They come
 * with price 0 and no customer; judge a product by a name under which it was sold.
 */
#include "core/document.h"
#include "core/words.h"

/* Kinds, in the words of files; single letters are Bling's and Odoo's P and S, two letters Protheus' B1_TIPO. */
static const char *const kind_goods[] = {"produto",
                                         "produtos",
                                         "product",
                                         "products",
                                         "goods",
                                         "mercadoria",
                                         "mercadorias",
                                         "material",
                                         "stock",
                                         "storable",
                                         "storable product",
                                         "consumable",
                                         "consu",
                                         "p",
                                         "pa",
                                         "me",
                                         "produto acabado",
                                         "mercadoria para revenda",
                                         "revenda",
                                         NULL};
static const char *const kind_other_stems[] = {"servic",  "service", "frete",  "freight",  "shipping",
                                               "postage", "taxa",    "fee",    "desconto", "discount",
                                               "despesa", "ajuste",  "adjust", "voucher",  NULL};
static const char *const kind_other[] = {"s", "sv", NULL};

/* A name that begins with one of these is no product: "Taxa de entrega", "Discount". */
static const char *const name_begins[] = {"frete",
                                          "carreto",
                                          "taxa",
                                          "taxas",
                                          "tarifa",
                                          "tarifas",
                                          "despesa",
                                          "despesas",
                                          "juros",
                                          "multa",
                                          "desconto",
                                          "descontos",
                                          "acrescimo",
                                          "acrescimos",
                                          "seguro",
                                          "abatimento",
                                          "estorno",
                                          "ajuste",
                                          "servico de entrega",
                                          "servico de frete",
                                          "servico de transporte",
                                          "servicos",
                                          "mao de obra",
                                          "vale presente",
                                          "vale compra",
                                          "vale compras",
                                          "cartao presente",
                                          "credito em conta",
                                          "postage",
                                          "shipping",
                                          "freight",
                                          "discount",
                                          "surcharge",
                                          "handling fee",
                                          "handling charge",
                                          "delivery charge",
                                          "delivery fee",
                                          "service charge",
                                          "service fee",
                                          "bank charge",
                                          "bank charges",
                                          "adjust",
                                          "adjustment",
                                          "gift voucher",
                                          "gift certificate",
                                          NULL};
/* ... or is one of these: the same words begin names of goods, as in "Carriage clock" and "Serviço de chá". */
static const char *const name_is[] = {"carriage",
                                      "delivery",
                                      "voucher",
                                      "gift card",
                                      "fee",
                                      "fees",
                                      "handling",
                                      "insurance",
                                      "interest",
                                      "tax",
                                      "taxes",
                                      "servico",
                                      "service",
                                      "services",
                                      "entrega",
                                      "transporte",
                                      "porte",
                                      "portes",
                                      "teste",
                                      "test",
                                      "produto teste",
                                      "produto de teste",
                                      "produto para teste",
                                      "test product",
                                      "this is a test product",
                                      NULL};
/* ... or ends in one of these: "Dotcom postage", "Amazon fee". */
static const char *const name_ends[] = {"postage", "fee", "fees", "bank charges", "commission", NULL};
static const char *const name_holds[] = {"gift voucher", "vale presente", NULL};
/* Words before the one that counts: "Valor do frete", "Outras despesas". */
static const char *const name_openers[] = {"valor", "custo",     "custos", "cobranca", "outras", "outros",
                                           "ref",   "referente", "a",      "o",        "de",     "do",
                                           "da",    "dos",       "das",    "ao",       NULL};

/* Codes that are words and mean the same under any name. */
static const char *const code_is[] = {
    "frete",        "freight",     "shipping",  "postage", "delivery", "taxa",    "tarifa", "despesa", "desconto",
    "discount",     "acrescimo",   "juros",     "multa",   "seguro",   "ajuste",  "adjust", "adjust2", "adjustment",
    "bank charges", "bankcharges", "amazonfee", "voucher", "servico",  "service", NULL};
/* Codes that mean it while nothing else is known. */
static const char *const code_unnamed[] = {"post", "dot", NULL};
/* Short codes that mean it under one name only. */
static const struct {
    const char *code, *name;
} code_named[] = {{"m", "manual"}, {"s", "samples"}, {"s", "sample"}, {"s", "amostras"}, {"s", "amostra"}};

/* gift_0001_20, TEST001, TESTE2: one of these words, then numbers only. */
static bool code_numbered(struct words code) {
    static const char *const stems[] = {"gift", "teste", "test", NULL};
    for (const char *const *stem = stems; *stem != NULL; stem++) {
        struct str s = str_from(*stem);
        if (code.text.n < s.n + 3 || !str_starts((struct str){code.text.p + 1, code.text.n - 1}, s))
            continue;
        bool number = false, other = false;
        for (size_t i = 1 + s.n; i < code.text.n; i++) {
            char c = code.text.p[i];
            number = number || (c >= '0' && c <= '9');
            other = other || (c != ' ' && (c < '0' || c > '9'));
        }
        if (number && !other)
            return true;
    }
    return false;
}

static bool code_says_no(struct words code, struct words name) {
    if (words_any(code, words_are, code_is) || code_numbered(code))
        return true;
    if (name.text.n == 0)
        return words_any(code, words_are, code_unnamed);
    for (size_t i = 0; i < sizeof code_named / sizeof *code_named; i++)
        if (words_are(code, str_from(code_named[i].code)) && words_are(name, str_from(code_named[i].name)))
            return true;
    return false;
}

static bool opener_drop(struct words *name) {
    for (const char *const *opener = name_openers; *opener != NULL; opener++) {
        struct str word = str_from(*opener);
        if (!words_begin(*name, word) || words_are(*name, word))
            continue;
        name->text = (struct str){name->text.p + word.n + 1, name->text.n - word.n - 1};
        return true;
    }
    return false;
}

static bool name_says_no(struct words name) {
    if (words_any(name, words_are, name_is))
        return true;
    if (words_any(name, words_end, name_ends) || words_any(name, words_hold, name_holds))
        return true;
    while (opener_drop(&name)) {
    }
    return words_any(name, words_begin, name_begins);
}

bool product_is_goods(struct arena *arena, struct str code, struct str name, struct str kind) {
    struct words k = words_of(arena, kind);
    if (words_any(k, words_are, kind_goods))
        return true;
    if (words_any(k, words_are, kind_other) || words_any(k, words_stem, kind_other_stems))
        return false;
    struct words n = words_of(arena, name);
    return !name_says_no(n) && !code_says_no(words_of(arena, code), n);
}
