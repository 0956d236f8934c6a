// SPDX-License-Identifier: Apache-2.0
/* demo_people.c -- names from word lists, tax numbers from a permutation (so that no two customers share one by
 * accident), real municipalities of four states, each with its reps.
 */
#include "app/demo_people.h"

#include "app/demo_chance.h"
#include "app/demo_segment.h"

#define COUNT(list) ((int32_t)(sizeof(list) / sizeof *(list)))

enum {
    FIRST_CODE = 10001,
    TWIN_EVERY = 421, /* one in so many is a second registration of an earlier customer */
    TWIN_BACK = 37,
    LETTERS_ONE_IN = 200, /* the newest so many have letters in their CNPJ, as given out since July 2026 */
    CNPJ_ROOTS = 42000000,
    CNPJ_ROOT_FIRST = 10000000,
    CPF_ROOTS = 800000000,
    CPF_ROOT_FIRST = 100000000
};

const char *const rep_name[REPS] = {
    "Márcia Zimmermann",   "Cláudio Espíndola",   "Rafael Bittencourt", "Tatiane Souza Reis",
    "Antônio Kowalski",    "Vanessa Guimarães",   "Édson Prestes",      "Luciana Scheffer",
    "Gilberto Dall'Agnol", "Patrícia Rigo Nunes", "Jéferson Böhm",      "Sônia Queiroz",
};

/* The larger first: they are drawn more often. */
static const struct place sc[] = {
    {"Joinville", "47", false},
    {"Blumenau", "47", false},
    {"Florianópolis", "48", false},
    {"São José", "48", false},
    {"Itajaí", "47", false},
    {"Chapecó", "49", false},
    {"Criciúma", "48", false},
    {"Jaraguá do Sul", "47", false},
    {"Balneário Camboriú", "47", true},
    {"Palhoça", "48", false},
    {"Brusque", "47", false},
    {"Tubarão", "48", false},
    {"Lages", "49", false},
    {"Itapema", "47", true},
    {"Rio do Sul", "47", false},
    {"São Bento do Sul", "47", false},
    {"Concórdia", "49", false},
    {"Bombinhas", "47", true},
    {"Garopaba", "48", true},
    {"Caçador", "49", false},
};
static const struct place pr[] = {
    {"Curitiba", "41", false},      {"Londrina", "43", false},     {"Maringá", "44", false},
    {"Ponta Grossa", "42", false},  {"Cascavel", "45", false},     {"São José dos Pinhais", "41", false},
    {"Foz do Iguaçu", "45", false}, {"Colombo", "41", false},      {"Guarapuava", "42", false},
    {"Paranaguá", "41", false},     {"Toledo", "45", false},       {"Apucarana", "43", false},
    {"Umuarama", "44", false},      {"Campo Mourão", "44", false}, {"Guaratuba", "41", true},
    {"Pato Branco", "46", false},   {"Matinhos", "41", true},      {"Francisco Beltrão", "46", false},
};
static const struct place rs[] = {
    {"Porto Alegre", "51", false},
    {"Caxias do Sul", "54", false},
    {"Canoas", "51", false},
    {"Pelotas", "53", false},
    {"Santa Maria", "55", false},
    {"Novo Hamburgo", "51", false},
    {"Passo Fundo", "54", false},
    {"Rio Grande", "53", false},
    {"Bento Gonçalves", "54", false},
    {"Santa Cruz do Sul", "51", false},
    {"Erechim", "54", false},
    {"Lajeado", "51", false},
    {"Gramado", "54", false},
    {"Capão da Canoa", "51", true},
    {"Ijuí", "55", false},
    {"Torres", "51", true},
    {"Uruguaiana", "55", false},
};
static const struct place sp[] = {
    {"Sorocaba", "15", false},
    {"Itapetininga", "15", false},
    {"Registro", "13", false},
    {"Ourinhos", "14", false},
    {"Presidente Prudente", "18", false},
    {"Assis", "18", false},
    {"Avaré", "14", false},
    {"Itapeva", "15", false},
    {"Botucatu", "14", false},
    {"Iguape", "13", true},
};
static const struct state_of_sale states[] = {
    {"SC", "01", 40, 1, 4, sc, COUNT(sc)},
    {"PR", "02", 28, 5, 4, pr, COUNT(pr)},
    {"RS", "03", 24, 9, 3, rs, COUNT(rs)},
    {"SP", "02", 8, 12, 1, sp, COUNT(sp)},
};

static const char *const first_names[] = {
    "Ana Paula", "João",    "Marlene",   "José Carlos", "Adriana",   "Paulo",    "Rosângela", "Fábio",
    "Cecília",   "Sérgio",  "Neusa",     "Vítor",       "Inês",      "Luís",     "Débora",    "Otávio",
    "Terezinha", "Márcio",  "Conceição", "Renan",       "Lúcia",     "Nélson",   "Solange",   "Caio",
    "Ivone",     "Rogério", "Simone",    "Elói",        "Jussara",   "Mário",    "Valéria",   "Ademir",
    "Beatriz",   "Hélio",   "Noemi",     "César",       "Aparecida", "Ânderson", "Iara",      "Romeu",
};
static const char *const surnames[] = {
    "Silveira",  "Moreira",   "Schmitt",    "Gonçalves", "Pereira",  "Zanella",    "Araújo",   "Wagner",   "Corrêa",
    "Bertoldi",  "Machado",   "Nascimento", "Krüger",    "Teixeira", "Fontana",    "Brandão",  "Müller",   "Vieira",
    "Stein",     "Magalhães", "Cardoso",    "Petry",     "Assunção", "Lorenzi",    "Batista",  "Hoffmann", "Siqueira",
    "Pavan",     "Rosário",   "Becker",     "Guedes",    "Tavares",  "Novaes",     "Dutra",    "Kuhn",     "Paixão",
    "Marchetti", "Sá",        "Falcão",     "Weber",     "Antunes",  "Boaventura", "Dalmolin", "Esteves",  "Farias",
    "Grein",     "Haas",      "Jordão",     "Klein",     "Leão",     "Maçaneiro",  "Nogueira", "Oliveira", "Piazza",
    "Quadros",   "Ribas",     "Sabino",     "Tomazi",    "Uliano",   "Xavier",
};
static const char *const firm_names[] = {
    "Estrela do Vale", "Bom Retiro",     "São Sebastião",   "Beira-Rio",    "Nossa Senhora da Luz",
    "Primavera",       "Três Irmãos",    "Cantinho Verde",  "Sol Nascente", "Ponto Certo",
    "Santa Bárbara",   "Avenida",        "Alvorada",        "Recanto",      "Pinheiral",
    "Boa Vizinhança",  "Girassol",       "Nova Era",        "Ipê Amarelo",  "Serra Azul",
    "Pôr do Sol",      "Doce Lar",       "Central",         "União",        "Flor do Campo",
    "São Cristóvão",   "Horizonte",      "Araucária",       "Bela Vista",   "Canaã",
    "Quatro Estações", "Litoral",        "Rainha do Sul",   "Progresso",    "Esperança",
    "Água Clara",      "Santo Expedito", "Praça da Matriz", "Imigrante",    "Colibri",
};

/* Which customer of these is it really? */
static int32_t identity_of(int32_t index) {
    return index % TWIN_EVERY == TWIN_EVERY - 1 ? index - TWIN_BACK : index;
}

static int32_t segment_draw(struct chance *chance) {
    int32_t at = chance_below(chance, 100), segment = 0;
    while (segment < SEGMENTS - 1 && at >= segments[segment].share_percent) {
        at -= segments[segment++].share_percent;
    }
    return segment;
}

static const struct state_of_sale *state_draw(struct chance *chance) {
    int32_t at = chance_below(chance, 100), i = 0;
    while (i < COUNT(states) - 1 && at >= states[i].share_percent) {
        at -= states[i++].share_percent;
    }
    return &states[i];
}

static const char *word(struct chance *chance, const char *const *list, int32_t n) {
    return list[chance_below(chance, n)];
}
#define WORD(chance, list) word((chance), (list), COUNT(list))

static void owner_name(struct chance *chance, struct person *out) {
    const char *first = WORD(chance, first_names), *second = WORD(chance, surnames);
    snprintf(out->name, sizeof out->name, "%s %s %s", first, second, WORD(chance, surnames));
}

static void firm_name(struct chance *chance, struct person *out) {
    static const char *const forms[] = {"Ltda", "Ltda", "Ltda", "Ltda ME", "Ltda EPP"};
    const char *const *business = segments[out->segment].business;
    int32_t n = 0;
    while (n < SEGMENT_NAMES && business[n]) {
        n++;
    }
    /* The first way to call such a firm is the usual one. */
    int32_t a = chance_below(chance, n), b = chance_below(chance, n);
    const char *what = business[a < b ? a : b];
    const char *surname = WORD(chance, surnames), *other = WORD(chance, surnames), *firm = WORD(chance, firm_names);
    const char *form = WORD(chance, forms);
    int32_t pattern = chance_below(chance, 10);
    if (pattern < 1) {
        snprintf(out->name, sizeof out->name, "%s %s %s", what, surname, form);
    } else if (pattern < 5) {
        snprintf(out->name, sizeof out->name, "%s %s de %s %s", what, firm, out->place->city, form);
    } else if (pattern < 6) {
        snprintf(out->name, sizeof out->name, "%s Irmãos %s %s", what, surname, form);
    } else if (pattern < 9) {
        snprintf(out->name, sizeof out->name, "%s %s e %s %s", what, surname, other, form);
    } else {
        snprintf(out->name, sizeof out->name, "%s %s %s", what, firm, form);
    }
}

/* One root for each index: the multipliers have no factor in common with the number of roots. */
static uint32_t root_of(uint64_t seed, int32_t index, uint32_t multiplier, uint32_t roots) {
    uint64_t from = chance_mix(seed) % roots;
    return (uint32_t)((from + (uint64_t)index * multiplier) % roots);
}

static void tax_number(uint64_t seed, int32_t index, bool owner, bool letters, struct person *out) {
    char normal[TAXID_TEXT];
    size_t n = 0;
    if (owner) {
        n = (size_t)snprintf(normal, sizeof normal, "%09u",
                             CPF_ROOT_FIRST + root_of(seed, index, 271828189, CPF_ROOTS));
    } else {
        n = (size_t)snprintf(normal, sizeof normal, "%08u0001",
                             CNPJ_ROOT_FIRST + root_of(seed, index, 16180343, CNPJ_ROOTS));
        if (letters) {
            struct chance chance = chance_of(seed, CHANCE_PERSON, index, 2);
            for (size_t i = 2; i < 7; i += 2) {
                normal[i] = (char)('A' + chance_below(&chance, 26));
            }
        }
    }
    (void)taxid_check_digits((struct str){normal, n}, normal + n);
    out->tax_id_n = taxid_pretty((struct str){normal, n + 2}, out->tax_id);
}

int32_t person_code(int32_t index) {
    return FIRST_CODE + index;
}

void person_make(uint64_t seed, int32_t index, int32_t customers, struct person *out) {
    int32_t identity = identity_of(index);
    struct chance chance = chance_of(seed, CHANCE_PERSON, identity, 0);
    out->segment = segment_draw(&chance);
    out->state = state_draw(&chance);
    int32_t a = chance_below(&chance, out->state->places), b = chance_below(&chance, out->state->places);
    int32_t place = a < b ? a : b;
    out->place = &out->state->place[place];
    out->rep = out->state->rep_first + place % out->state->reps;
    bool owner = chance_below(&chance, 100) < segments[out->segment].person_percent;
    tax_number(seed, identity, owner, identity >= customers - 1 - customers / LETTERS_ONE_IN, out);
    if (owner) {
        owner_name(&chance, out);
    } else {
        firm_name(&chance, out);
    }
}

/* Letters and digits only: "padariaestreladovale". */
static size_t slug(struct arena *scratch, const char *name, char *out) {
    struct arena_mark mark = arena_mark_get(scratch);
    struct str folded = str_fold(scratch, str_from(name));
    size_t n = 0;
    for (size_t i = 0; i < folded.n; i++) {
        char c = folded.p[i];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            out[n++] = c;
        }
    }
    arena_rewind(scratch, mark);
    return n;
}

void person_reach(struct arena *scratch, uint64_t seed, int32_t index, const struct person *person, char *phone,
                  char *email) {
    struct chance chance = chance_of(seed, CHANCE_PERSON, index, 1);
    phone[0] = '\0';
    email[0] = '\0';
    if (!chance_e4(&chance, 500)) {
        int32_t front = chance_below(&chance, 1000), back = chance_below(&chance, 10000);
        snprintf(phone, PERSON_TEXT, "(%s) 90%03d-%04d", person->place->area_code, front, back);
    }
    if (!chance_e4(&chance, 2500)) {
        char host[PERSON_TEXT];
        size_t n = slug(scratch, person->name, host);
        snprintf(email, 2 * PERSON_TEXT, "compras@%.*s.example", (int)n, host);
    }
}
