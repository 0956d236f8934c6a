// SPDX-License-Identifier: Apache-2.0
/* demo_write.c -- the history of the demo company, lived day by day.
 *
 * Files are in the order of days, as exports are, without sorting: each day has a list of what happens on it (a
 * customer orders, sends goods back, asks for a quote, complains), and what happens puts the customer on the list of a
 * later day. Memory grows with the customers and never with the orders.
 */
#include "app/demo_write.h"

#include <errno.h>
#include <sys/stat.h>

#include "app/demo.h"
#include "app/demo_basket.h"
#include "app/demo_file.h"
#include "app/demo_goods.h"
#include "base/limits.h"

enum file { FILE_PRODUCTS, FILE_CUSTOMERS, FILE_ORDERS, FILE_TITLES, FILE_QUOTES, FILE_TICKETS };

const struct demo_file_kind demo_file_kinds[DEMO_FILES] = {
    [FILE_PRODUCTS] = {"produtos.csv", IMPORT_PRODUCTS, "Código;Descrição;Família;Unidade;Tipo;Preço de Lista"},
    [FILE_CUSTOMERS] = {"clientes.csv", IMPORT_CUSTOMERS,
                        "Código;Razão Social;CNPJ/CPF;Filial;Representante;Nome do Representante;Segmento;UF;Município;"
                        "Telefone;E-mail;Último Contato;Encerrado em;Motivo do Encerramento"},
    [FILE_ORDERS] = {"pedidos.csv", IMPORT_ORDERS,
                     "Número do Pedido;Data de Emissão;Cód. Cliente;Cliente;CNPJ/CPF;Filial;Representante;Segmento;UF;"
                     "Município;Situação;Tipo;Cód. Produto;Produto;Quantidade;Preço Unitário;% Desc."},
    [FILE_TITLES] = {"titulos.csv", IMPORT_TITLES,
                     "Título;Parcela;Cód. Cliente;Filial;Emissão;Vencimento;Valor;Saldo;Data de Pagamento;Situação"},
    [FILE_QUOTES] = {"orcamentos.csv", IMPORT_QUOTES,
                     "Orçamento;Cód. Cliente;Filial;Representante;Emissão;Validade;Valor;Situação;"
                     "Data de Fechamento;Motivo"},
    [FILE_TICKETS] = {"chamados.csv", IMPORT_TICKETS,
                      "Chamado;Cód. Cliente;Filial;Data de Abertura;Data de Fechamento;Tipo;Assunto;Situação"},
};

enum event { EVENT_ORDER, EVENT_RETURN, EVENT_QUOTE, EVENT_TICKET, EVENTS };

enum {
    NO_EVENT = -1,
    CANCELLED_E4 = 200,
    GIFT_E4 = 40,
    RETURN_SAME_DAY_E4 = 35,
    RETURN_LATER_E4 = 230,
    QUOTED_E4 = 380,
    QUOTE_LOST_E4 = 240,
    QUOTE_OFFER = 1000000, /* an order number no customer reaches: the basket of an offer nobody took */
    TICKET_E4 = 150,
    CLOSED_E4 = 1300, /* of those who leave suddenly: the firm itself is gone */
    TITLES_DAYS = 365,
    PROTEST_DAYS = 45
};

struct buyer {
    struct life life;
    struct habit habit;
    struct chance chance;
    int32_t next[EVENTS]; /* who else the same happens to on that day */
    int32_t orders;
    int32_t returned_order;
    int16_t returned_day, quote_until;
    uint8_t segment;
    uint8_t pending; /* bit per event */
    bool quote_won;
};

struct world {
    struct cx *cx;
    uint64_t seed;
    int32_t customers;
    struct calendar calendar;
    struct demo_file file[DEMO_FILES];
    struct buyer *buyer;
    int32_t *head; /* [days] customer * EVENTS + event, or NO_EVENT */
    int32_t day;
    char today[DAY_TEXT];
    int64_t order_number, quote_number, ticket_number;
};

/* -- facts that do not move -- */

static void products_write(struct demo_file *file) {
    char code[5], price[24];
    for (int32_t i = 0; i < ware_count(); i++) {
        enum family family;
        const struct ware_kind *kind = ware_at(i, &family);
        ware_code(i, code);
        demo_file_put(file, "%s;%s;%s;%s;ME;%s\n", code, kind->name, family_name[family], kind->unit,
                      demo_cents(kind->cents, price));
    }
    demo_file_put(file, "FRETE;Frete;Serviços;UN;SV;0,00\n");
}

static const char *day_text(const struct world *w, int32_t day, char out[DAY_TEXT]) {
    return demo_day((struct day){w->calendar.first.n + day}, out);
}

static void customer_write(struct world *w, int32_t index, const struct person *person, const struct life *life) {
    static const char *const why[] = {"Encerrou as atividades", "Vendeu o ponto", "Falência", "Mudou de ramo"};
    struct chance chance = chance_of(w->seed, CHANCE_LIFE, index, 2);
    char phone[PERSON_TEXT], email[2 * PERSON_TEXT], contact[DAY_TEXT] = "", closed[DAY_TEXT] = "";
    const char *reason = "";
    int32_t last = w->calendar.days - 1;
    bool gone = life->stop < w->calendar.days || life->once;
    int32_t contacted = calendar_workday(&w->calendar, last - chance_between(&chance, 0, gone ? 300 : 55));
    person_reach(w->cx->arena, w->seed, index, person, phone, email);
    if (!chance_e4(&chance, 1200) && contacted > life->start) {
        day_text(w, contacted > last ? last : contacted, contact);
    }
    int32_t closed_on = life->stop + chance_between(&chance, 15, 70);
    if (life->leaving == LEAVING_SUDDEN && closed_on <= last && chance_e4(&chance, CLOSED_E4)) {
        day_text(w, closed_on, closed);
        reason = why[chance_below(&chance, 4)];
    }
    demo_file_put(&w->file[FILE_CUSTOMERS], "%d;%s;%s;%s;R%02d;%s;%s;%s;%s;%s;%s;%s;%s;%s\n", person_code(index),
                  person->name, person->tax_id, person->state->branch, person->rep, rep_name[person->rep - 1],
                  segments[person->segment].name, person->state->uf, person->place->city, phone, email, contact, closed,
                  reason);
}

/* -- days to come -- */

static void event_plan(struct world *w, int32_t index, enum event event, int32_t day) {
    struct buyer *buyer = &w->buyer[index];
    if (day >= w->calendar.days || (buyer->pending & (1u << event))) {
        return;
    }
    buyer->pending = (uint8_t)(buyer->pending | (1u << event));
    buyer->next[event] = w->head[day];
    w->head[day] = index * EVENTS + (int32_t)event;
}

static void buyers_make(struct world *w) {
    for (int32_t i = 0; i < w->customers; i++) {
        struct buyer *buyer = &w->buyer[i];
        struct person person;
        person_make(w->seed, i, w->customers, &person);
        life_make(w->seed, i, w->customers, &person, &w->calendar, &buyer->life);
        customer_write(w, i, &person, &buyer->life);
        buyer->segment = (uint8_t)person.segment;
        buyer->chance = chance_of(w->seed, CHANCE_RHYTHM, i, 0);
        habit_make(w->seed, i, &segments[person.segment], &buyer->life, w->calendar.days, &buyer->habit);
        int32_t first = life_next(&buyer->chance, &buyer->life, &segments[person.segment], &w->calendar, -1);
        if (first != NO_DAY) {
            event_plan(w, i, EVENT_ORDER, first);
        }
    }
}

static void basket_of(const struct world *w, int32_t index, int32_t order, int32_t day, struct basket *out) {
    const struct buyer *buyer = &w->buyer[index];
    basket_make(w->seed, index, &segments[buyer->segment], &buyer->life, &buyer->habit, order, day,
                w->calendar.month[day], out);
}

/* -- orders and returns -- */

/* What every row of one document begins with. */
static void heading_make(struct world *w, int32_t index, const struct person *person, const char *state,
                         const char *type, char *out, size_t room) {
    snprintf(out, room, "%lld;%s;%d;%s;%s;%s;R%02d;%s;%s;%s;%s;%s", (long long)w->order_number++, w->today,
             person_code(index), person->name, person->tax_id, person->state->branch, person->rep,
             segments[person->segment].name, person->state->uf, person->place->city, state, type);
}

static void line_write(struct world *w, const char *heading, int32_t ware, int32_t quantity_e1, int32_t price_cents,
                       int32_t discount_percent) {
    char code[5], quantity[24], price[24], discount[24] = "";
    enum family family;
    ware_code(ware, code);
    if (discount_percent > 0) {
        snprintf(discount, sizeof discount, "%d,00", discount_percent);
    }
    demo_file_put(&w->file[FILE_ORDERS], "%s;%s;%s;%s;%s;%s\n", heading, code, ware_at(ware, &family)->name,
                  demo_tenths(quantity_e1, quantity), demo_cents(price_cents, price), discount);
}

static void basket_write(struct world *w, const char *heading, const struct basket *basket) {
    char price[24];
    for (int32_t i = 0; i < basket->lines; i++) {
        const struct basket_line *line = &basket->line[i];
        line_write(w, heading, line->ware, line->quantity_e1, line->price_cents, line->discount_percent);
    }
    if (basket->bonus_ware >= 0) {
        line_write(w, heading, basket->bonus_ware, basket->bonus_quantity * 10, 0, 0);
    }
    if (basket->freight_cents > 0) {
        demo_file_put(&w->file[FILE_ORDERS], "%s;FRETE;Frete;1;%s;\n", heading,
                      demo_cents(basket->freight_cents, price));
    }
}

/* A part of an earlier order comes back, as negative quantities. */
static void return_write(struct world *w, int32_t index, const struct person *person, int32_t order, int32_t day) {
    struct chance chance = chance_of(w->seed, CHANCE_DOCUMENT, index, order);
    struct basket basket;
    char heading[DEMO_FILE_PIECE / 2];
    basket_of(w, index, order, day, &basket);
    if (basket.lines == 0) {
        return;
    }
    heading_make(w, index, person, "Faturado", "Devolução", heading, sizeof heading);
    bool all = chance_e4(&chance, 2500);
    int32_t one = chance_below(&chance, basket.lines);
    for (int32_t i = 0; i < basket.lines; i++) {
        const struct basket_line *line = &basket.line[i];
        if (all || i == one) {
            int32_t part = all ? line->quantity_e1 : (line->quantity_e1 / 20 + 1) * 10;
            part = part > line->quantity_e1 ? line->quantity_e1 : part;
            line_write(w, heading, line->ware, -part, line->price_cents, line->discount_percent);
        }
    }
}

/* -- titles -- */

static const char *title_state(const struct world *w, const struct buyer *buyer, int32_t due, int32_t paid) {
    int32_t last = w->calendar.days - 1;
    if (paid <= last) {
        return "Pago";
    }
    if (due > last) {
        return "Em aberto";
    }
    bool hard = buyer->life.payer == 2 || buyer->life.leaving == LEAVING_BROKE;
    return hard && last - due > PROTEST_DAYS ? "Protestado" : "Vencido";
}

static int32_t title_paid_on(const struct world *w, const struct buyer *buyer, struct chance *chance, int32_t due) {
    int32_t late = chance_between(chance, -1, 3);
    bool broke = buyer->life.leaving == LEAVING_BROKE && buyer->life.stop - w->day < BROKE_DAYS;
    if (buyer->life.payer == 1) {
        late = chance_between(chance, 0, 24);
    } else if (buyer->life.payer == 2) {
        late = chance_between(chance, 4, 75);
    }
    return broke || (buyer->life.payer == 2 && chance_e4(chance, 600)) ? NO_DAY
                                                                       : calendar_workday(&w->calendar, due + late);
}

static void titles_write(struct world *w, int32_t index, const struct person *person, int64_t number, int64_t cents) {
    static const int8_t terms[3][3] = {{28}, {28, 42}, {28, 42, 56}};
    struct buyer *buyer = &w->buyer[index];
    struct chance chance = chance_of(w->seed, CHANCE_DOCUMENT, index, -1 - buyer->orders);
    int32_t parts = cents < 80000 ? 1 : cents < 900000 ? 2 : 3;
    int32_t last = w->calendar.days - 1;
    for (int32_t part = 0; part < parts && cents > 0; part++) {
        char due_text[DAY_TEXT], paid_text[DAY_TEXT] = "", value[24], open[24];
        int32_t due = w->day + terms[parts - 1][part];
        int32_t paid = title_paid_on(w, buyer, &chance, due);
        int64_t share = cents / parts + (part == 0 ? cents % parts : 0);
        if (paid <= last && w->day < last - TITLES_DAYS) {
            continue; /* an export of titles holds the last year and what is still open */
        }
        if (paid <= last) {
            day_text(w, paid, paid_text);
        }
        demo_file_put(&w->file[FILE_TITLES], "%lld;%d;%d;%s;%s;%s;%s;%s;%s;%s\n", (long long)number, part + 1,
                      person_code(index), person->state->branch, w->today, day_text(w, due, due_text),
                      demo_cents(share, value), demo_cents(paid <= last ? 0 : share, open), paid_text,
                      title_state(w, buyer, due, paid));
    }
}

/* -- quotes and tickets -- */

static void quote_write(struct world *w, int32_t index, const struct person *person) {
    static const char *const why[] = {
        "Preço", "Preço", "Comprou do concorrente", "Prazo de entrega", "Sem retorno", "Condição de pagamento"};
    struct buyer *buyer = &w->buyer[index];
    struct chance chance = chance_of(w->seed, CHANCE_DOCUMENT, index, QUOTE_OFFER + w->day);
    struct basket basket;
    char valid[DAY_TEXT], closed[DAY_TEXT] = "", value[24];
    int32_t answered = buyer->quote_won ? buyer->quote_until : w->day + chance_between(&chance, 3, 18);
    bool open = answered >= w->calendar.days;
    bool rival = buyer->life.leaving == LEAVING_RIVAL && w->day > buyer->life.stop;
    basket_of(w, index, buyer->quote_won ? buyer->orders : QUOTE_OFFER + w->day, buyer->quote_won ? answered : w->day,
              &basket);
    if (basket.cents == 0) {
        return;
    }
    if (!open) {
        day_text(w, answered, closed);
    }
    const char *reason = rival ? "Comprou do concorrente" : why[chance_below(&chance, 6)];
    demo_file_put(&w->file[FILE_QUOTES], "%lld;%d;%s;R%02d;%s;%s;%s;%s;%s;%s\n", (long long)w->quote_number++,
                  person_code(index), person->state->branch, person->rep, w->today, day_text(w, w->day + 15, valid),
                  demo_cents(basket.cents, value),
                  open               ? "Em aberto"
                  : buyer->quote_won ? "Aprovado"
                                     : "Perdido",
                  closed, open || buyer->quote_won ? "" : reason);
}

static void quote_plan(struct world *w, int32_t index, int32_t next) {
    struct buyer *buyer = &w->buyer[index];
    if (buyer->pending & (1u << EVENT_QUOTE)) {
        return;
    }
    int32_t days = chance_between(&buyer->chance, 1, 6);
    bool quoted = chance_e4(&buyer->chance, QUOTED_E4), lost = chance_e4(&buyer->chance, QUOTE_LOST_E4);
    if (next != NO_DAY && quoted && next - days > w->day) {
        buyer->quote_won = true;
        buyer->quote_until = (int16_t)next;
        event_plan(w, index, EVENT_QUOTE, calendar_workday(&w->calendar, next - days));
    } else if ((next == NO_DAY && buyer->life.leaving == LEAVING_RIVAL) || lost) {
        buyer->quote_won = false;
        event_plan(w, index, EVENT_QUOTE, calendar_workday(&w->calendar, w->day + 3 * days));
    }
}

static void ticket_write(struct world *w, int32_t index, const struct person *person) {
    static const struct {
        const char *type, *subject;
    } kinds[] = {
        {"Reclamação", "Entrega atrasada"},       {"Reclamação", "Entrega atrasada"},
        {"Não conformidade", "Produto avariado"}, {"Não conformidade", "Validade curta"},
        {"Reclamação", "Falta de mercadoria"},    {"Reclamação", "Preço diferente do combinado"},
        {"Financeiro", "Boleto em duplicidade"},  {"Financeiro", "Pedido de segunda via do boleto"},
        {"Não conformidade", "Produto trocado"},  {"Dúvida", "Prazo de reposição"},
    };
    const struct buyer *buyer = &w->buyer[index];
    struct chance chance = chance_of(w->seed, CHANCE_DOCUMENT, index, 2 * QUOTE_OFFER + w->day);
    bool angry = buyer->life.leaving == LEAVING_ANGRY && buyer->life.stop - w->day < 30;
    int32_t kind = chance_below(&chance, angry ? 6 : 10);
    int32_t solved = calendar_workday(
        &w->calendar, w->day + (angry ? chance_between(&chance, 25, 70) : chance_between(&chance, 0, 12)));
    bool open = solved >= w->calendar.days;
    char closed[DAY_TEXT] = "";
    if (!open) {
        day_text(w, solved, closed);
    }
    demo_file_put(&w->file[FILE_TICKETS], "%lld;%d;%s;%s;%s;%s;%s;%s\n", (long long)w->ticket_number++,
                  person_code(index), person->state->branch, w->today, closed, kinds[kind].type, kinds[kind].subject,
                  open ? "Em aberto" : "Encerrado");
}

/* -- what happens -- */

static void returns_plan(struct world *w, int32_t index, const struct person *person) {
    struct buyer *buyer = &w->buyer[index];
    if (chance_e4(&buyer->chance, RETURN_SAME_DAY_E4)) {
        return_write(w, index, person, buyer->orders, w->day);
    } else if (chance_e4(&buyer->chance, RETURN_LATER_E4) && !(buyer->pending & (1u << EVENT_RETURN))) {
        buyer->returned_order = buyer->orders;
        buyer->returned_day = (int16_t)w->day;
        event_plan(w, index, EVENT_RETURN,
                   calendar_workday(&w->calendar, w->day + chance_between(&buyer->chance, 1, 18)));
    }
}

static void order_happens(struct world *w, int32_t index, const struct person *person) {
    struct buyer *buyer = &w->buyer[index];
    const struct segment *segment = &segments[buyer->segment];
    struct basket basket;
    char heading[DEMO_FILE_PIECE / 2];
    bool cancelled = chance_e4(&buyer->chance, CANCELLED_E4), gift = chance_e4(&buyer->chance, GIFT_E4);
    bool fresh = w->day >= w->calendar.days - 2;
    int64_t number = w->order_number;
    basket_of(w, index, buyer->orders, w->day, &basket);
    if (basket.lines > 0) {
        heading_make(w, index, person,
                     cancelled ? "Cancelado"
                     : fresh   ? "Em separação"
                               : "Faturado",
                     "Venda", heading, sizeof heading);
        basket_write(w, heading, &basket);
    }
    if (basket.lines > 0 && !cancelled) {
        titles_write(w, index, person, number, basket.cents);
        returns_plan(w, index, person);
    }
    if (gift) { /* a document of presents only: no purchase */
        heading_make(w, index, person, "Faturado", "Bonificação", heading, sizeof heading);
        line_write(w, heading, buyer->habit.ware[0], 10, 0, 0);
    }
    if (chance_e4(&buyer->chance, TICKET_E4)) {
        event_plan(w, index, EVENT_TICKET, calendar_workday(&w->calendar, w->day + chance_below(&buyer->chance, 5)));
    }
    buyer->orders++;
    int32_t next = life_next(&buyer->chance, &buyer->life, segment, &w->calendar, w->day);
    if (next == NO_DAY && buyer->life.leaving == LEAVING_ANGRY) {
        event_plan(w, index, EVENT_TICKET, calendar_workday(&w->calendar, w->day + 2));
    }
    quote_plan(w, index, next);
    if (next != NO_DAY) {
        event_plan(w, index, EVENT_ORDER, next);
    }
}

static void day_happens(struct world *w) {
    day_text(w, w->day, w->today);
    /* What a day brings may plan more for the same day: the list is taken until it stays empty. */
    while (w->head[w->day] != NO_EVENT) {
        int32_t at = w->head[w->day];
        int32_t index = at / EVENTS;
        enum event event = (enum event)(at % EVENTS);
        struct buyer *buyer = &w->buyer[index];
        struct person person;
        w->head[w->day] = buyer->next[event];
        buyer->pending = (uint8_t)(buyer->pending & ~(1u << event));
        person_make(w->seed, index, w->customers, &person);
        switch (event) {
        case EVENT_ORDER:
            order_happens(w, index, &person);
            break;
        case EVENT_RETURN:
            return_write(w, index, &person, buyer->returned_order, buyer->returned_day);
            break;
        case EVENT_QUOTE:
            quote_write(w, index, &person);
            break;
        case EVENT_TICKET:
            ticket_write(w, index, &person);
            break;
        case EVENTS:
            break;
        }
    }
}

static bool options_check(struct cx *cx, const struct demo_options *options, struct day *first) {
    if (options->customers < 1 || options->customers > LIMIT_DEMO_CUSTOMERS || options->years < 1 ||
        options->years > LIMIT_DEMO_YEARS) {
        return cx_fail(cx, ERR_INVALID, S("demo.size"), cx_text(cx, "%d", LIMIT_DEMO_CUSTOMERS),
                       cx_text(cx, "%d", LIMIT_DEMO_YEARS));
    }
    char text[DAY_TEXT];
    day_iso(options->until, text);
    *first = (struct day){day_add_months(options->until, -12 * options->years).n + 1};
    int year = 0, month, of_month;
    day_split(options->until, &year, &month, &of_month);
    if (first->n < 0 || year > 9990) {
        return cx_fail(cx, ERR_INVALID, S("demo.until"), str_from(text));
    }
    return true;
}

static bool files_open(struct world *w, struct str folder) {
    char *path = str_terminated(w->cx->arena, folder);
    if (mkdir(path, 0777) < 0 && errno != EEXIST) {
        return cx_fail(w->cx, ERR_IO, S("demo.folder"), folder, str_from(strerror(errno)));
    }
    for (size_t i = 0; i < DEMO_FILES; i++) {
        const struct demo_file_kind *kind = &demo_file_kinds[i];
        if (!demo_file_open(w->cx, folder, kind->name, kind->header, &w->file[i])) {
            return false;
        }
    }
    return true;
}

static bool files_close(struct world *w) {
    bool ok = true;
    for (size_t i = 0; i < DEMO_FILES; i++) {
        ok = demo_file_close(w->cx, &w->file[i]) && ok;
    }
    return ok;
}

bool demo_write(struct cx *cx, struct str folder, const struct demo_options *options) {
    struct world w = {.cx = cx,
                      .seed = options->seed,
                      .customers = options->customers,
                      .order_number = 204117,
                      .quote_number = 51020,
                      .ticket_number = 8310};
    struct day first = DAY_NONE;
    if (!options_check(cx, options, &first)) {
        return false;
    }
    calendar_make(cx->arena, first, options->until.n - first.n + 1, &w.calendar);
    w.buyer = arena_new(cx->arena, struct buyer, (size_t)w.customers);
    w.head = arena_new(cx->arena, int32_t, (size_t)w.calendar.days);
    for (int32_t i = 0; i < w.calendar.days; i++) {
        w.head[i] = NO_EVENT;
    }
    bool ok = files_open(&w, folder);
    if (ok) {
        products_write(&w.file[FILE_PRODUCTS]);
        buyers_make(&w);
        for (w.day = 0; w.day < w.calendar.days; w.day++) {
            day_happens(&w);
        }
        ok = files_close(&w);
    }
    for (size_t i = 0; !ok && i < DEMO_FILES; i++) {
        demo_file_remove(&w.file[i]);
    }
    return ok;
}
