// SPDX-License-Identifier: Apache-2.0
/* demo_work -- see the header. Must not write but through the calls of the pages, so that what is shown could have been typed.
 *
 * Everybody has a login and no password: a link (`reativa user link`) lets one in.
 */
#include "app/demo_work.h"

#include "app/actions.h"
#include "app/appointment.h"
#include "app/choices.h"
#include "app/contact.h"
#include "app/demo_chance.h"
#include "app/list.h"
#include "app/persons.h"
#include "app/templates.h"
#include "app/users.h"
#include "app/worklists.h"
#include "base/secret.h"
#include "stats/stat.h"

enum {
    CUSTOMERS_MOST = 240, /* that somebody works with */
    WEEKS_DAYS = 21,
    HOUR_US_SHIFT = 12 /* 9 o'clock in Brasília is 12 o'clock in UTC */
};
#define DEMO_WHO S("demo")

struct worker {
    const char *login, *name, *rep;
    enum role role;
    int64_t id;
};
struct account {
    struct str code, name, rep;
    enum status status;
};
struct work {
    struct cx *cx;
    struct db *db;
    uint64_t seed;
    struct day as_of;
    int64_t now_us;
    struct worker *worker;
    struct account account[CUSTOMERS_MOST];
    size_t accounts;
    struct choice *choice;
    size_t choices;
};

/* ---- who ---- */

static struct worker workers[] = {
    {"admin", "Administração", "", ROLE_ADMIN, 0},           {"helena", "Helena Duarte", "", ROLE_MANAGER, 0},
    {"bruna", "Bruna Martins", "", ROLE_AGENT, 0},           {"diego", "Diego Farias", "", ROLE_AGENT, 0},
    {"marcia", "Márcia Zimmermann", "R01", ROLE_REP, 0},     {"antonio", "Antônio Kowalski", "R05", ROLE_REP, 0},
    {"gilberto", "Gilberto Dall'Agnol", "R09", ROLE_REP, 0},
};
enum { WORKERS = sizeof workers / sizeof *workers, MANAGER = 1, AGENT_FIRST = 2, AGENTS = 2, REP_FIRST = 4 };

static bool rep_known(const struct label *rep, size_t n, struct str code) {
    for (size_t i = 0; i < n; i++)
        if (str_equal(rep[i].code, code))
            return true;
    return false;
}

/* A company of ten customers does not have every portfolio: then its rep is left out (id 0). */
static bool workers_make(struct work *w) {
    struct label *rep;
    size_t reps;
    w->worker = arena_new(w->cx->arena, struct worker, WORKERS);
    if (!users_reps(w->cx, w->db, &rep, &reps))
        return false;
    for (size_t i = 0; i < WORKERS; i++) {
        struct user user;
        struct worker *one = &w->worker[i];
        *one = workers[i];
        const struct users_wish wish = {.login = str_from(one->login),
                                        .name = str_from(one->name),
                                        .role = one->role,
                                        .rep = str_from(one->rep),
                                        .email = cx_text(w->cx, "%s@demo.example", one->login),
                                        .manager_id = i > MANAGER ? w->worker[MANAGER].id : 0,
                                        .lang = S("pt-BR"),
                                        .who = DEMO_WHO,
                                        .now_us = w->now_us};
        if (one->role == ROLE_REP && !rep_known(rep, reps, wish.rep))
            continue;
        if (!users_put(w->cx, w->db, &wish, &user))
            return false;
        one->id = user.id;
    }
    return true;
}

/* Who talks to this customer: its rep where the rep works here, else one of the agents. */
static const struct worker *worker_of(const struct work *w, const struct account *a, size_t index) {
    for (size_t i = REP_FIRST; i < WORKERS; i++)
        if (w->worker[i].id != 0 && str_equal(str_from(w->worker[i].rep), a->rep))
            return &w->worker[i];
    return &w->worker[AGENT_FIRST + index % AGENTS];
}

/* ---- whom ---- */

static bool account_take(struct cx *cx, void *owner, const struct customer *c) {
    struct work *w = owner;
    w->account[w->accounts++] = (struct account){.code = str_copy(cx->arena, c->code),
                                                 .name = str_copy(cx->arena, c->name),
                                                 .rep = str_copy(cx->arena, c->rep),
                                                 .status = c->status};
    return true;
}

/* Those of the reps who work here first: their pages must not be empty. */
static bool accounts_find(struct work *w) {
    struct list_answer answer;
    struct list_request request = {.filter = list_filter_any(),
                                   .order = {.column = COLUMN_VALUE_12M, .descending = true},
                                   .limit = CUSTOMERS_MOST / 2,
                                   .as_of = w->as_of};
    request.filter.statuses = 1u << STATUS_AT_RISK | 1u << STATUS_ACTIVE;
    for (size_t i = REP_FIRST; i < WORKERS; i++)
        if (w->worker[i].id != 0)
            request.filter.rep.code[request.filter.rep.n++] = str_from(w->worker[i].rep);
    if (request.filter.rep.n > 0 && !list_customers(w->cx, w->db, &request, account_take, w, &answer))
        return false;
    request.filter.rep.n = 0;
    request.filter.statuses = 1u << STATUS_AT_RISK | 1u << STATUS_INACTIVE;
    return list_customers(w->cx, w->db, &request, account_take, w, &answer);
}

static bool seen_before(const struct work *w, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (str_equal(w->account[i].code, w->account[index].code))
            return true;
    return false;
}

/* As of a form, but the same for the same customer of the same seed. */
static struct str token_of(const struct work *w, const char *what, size_t index, int32_t which) {
    struct str hash = secret_hash(
        w->cx->arena, cx_text(w->cx, "demo %llu %s %zu %d", (unsigned long long)w->seed, what, index, (int)which));
    return (struct str){hash.p, SECRET_TOKEN};
}

/* ---- their people ---- */

static bool person_make_for(struct work *w, size_t index) {
    static const char *const name[] = {"Ana Paula Schmitt", "João Corrêa",     "Marlene Vieira", "Sérgio Petry",
                                       "Débora Fontana",    "Nélson Cardoso",  "Inês Müller",    "Rogério Batista",
                                       "Lúcia Haas",        "César Marchetti", "Jussara Becker", "Otávio Piazza",
                                       "Simone Krüger",     "Hélio Nogueira",  "Beatriz Tomazi", "Caio Antunes"};
    static const char *const position[] = {"Compras", "Proprietária", "Gerente", "Financeiro"};
    static const char *const login[] = {"compras", "direcao", "gerencia", "financeiro"};
    enum { NAMES = sizeof name / sizeof *name, POSITIONS = sizeof position / sizeof *position };
    struct chance chance = chance_of(w->seed, CHANCE_WORK, (int32_t)index, 0);
    struct person made;
    int32_t place = chance_below(&chance, POSITIONS), front = chance_below(&chance, 1000);
    struct persons_wish wish = {.code = w->account[index].code,
                                .token = token_of(w, "person", index, 0),
                                .today = w->as_of,
                                .who = DEMO_WHO,
                                .now_us = w->now_us};
    wish.person = (struct person){.name = str_from(name[chance_below(&chance, NAMES)]),
                                  .position = str_from(position[place]),
                                  .phone = cx_text(w->cx, "(47) 90%03d-%04d", front, chance_below(&chance, 10000)),
                                  .consent_on = DAY_NONE};
    if (chance_e4(&chance, 6000))
        wish.person.email = cx_text(w->cx, "%s@cliente%.*s.example", login[place], STR_ARG(wish.code));
    if (chance_e4(&chance, 5000)) {
        wish.person.consent_phone = CONSENT_YES;
        wish.person.consent_on = (struct day){w->as_of.n - chance_between(&chance, 30, 400)};
        wish.person.consent_source = S("por telefone");
    }
    return persons_put(w->cx, w->db, &wish, &made);
}

/* ---- what was said ---- */

static int64_t choice_draw(const struct work *w, struct chance *chance, enum choice_kind kind) {
    size_t n = 0;
    for (size_t i = 0; i < w->choices; i++)
        n += w->choice[i].kind == kind;
    size_t which = n > 0 ? (size_t)chance_below(chance, (int32_t)n) : 0;
    for (size_t i = 0; i < w->choices; i++)
        if (w->choice[i].kind == kind && which-- == 0)
            return w->choice[i].id;
    return 0;
}

static enum contact_outcome outcome_draw(struct chance *chance) {
    static const struct {
        enum contact_outcome outcome;
        int32_t share;
    } table[] = {{CONTACT_OUTCOME_NO_ANSWER, 32}, {CONTACT_OUTCOME_LATER, 24},   {CONTACT_OUTCOME_ORDERED, 18},
                 {CONTACT_OUTCOME_QUOTED, 12},    {CONTACT_OUTCOME_REFUSED, 11}, {CONTACT_OUTCOME_WRONG_NUMBER, 3}};
    int32_t at = chance_below(chance, 100);
    size_t i = 0;
    while (at >= table[i].share)
        at -= table[i++].share;
    return table[i].outcome;
}

static struct str note_of(enum contact_outcome outcome, struct chance *chance) {
    static const char *const later[] = {"Está fechando o estoque; pediu para ligar de novo.",
                                        "A compradora volta de férias na semana que vem.",
                                        "Espera a entrega do último pedido antes de repor."};
    static const char *const ordered[] = {"Repôs os itens de sempre.", "Aproveitou a condição do mês.",
                                          "Pediu entrega até sexta-feira."};
    static const char *const refused[] = {"Comprou do concorrente nesta semana.",
                                          "Reclamou do prazo da última entrega."};
    enum { THREE = 3, TWO = 2 };
    switch (outcome) {
    case CONTACT_OUTCOME_LATER:
        return str_from(later[chance_below(chance, THREE)]);
    case CONTACT_OUTCOME_ORDERED:
    case CONTACT_OUTCOME_QUOTED:
        return str_from(ordered[chance_below(chance, THREE)]);
    case CONTACT_OUTCOME_REFUSED:
        return str_from(refused[chance_below(chance, TWO)]);
    case CONTACT_OUTCOME_NONE:
    case CONTACT_OUTCOME_NO_ANSWER:
    case CONTACT_OUTCOME_WRONG_NUMBER:
    case CONTACT_OUTCOME_CLOSED:
    case CONTACT_OUTCOME_DO_NOT_CONTACT:
    case CONTACT_OUTCOME_SENT:
    case CONTACT_OUTCOME_COUNT:
        break;
    }
    return (struct str){0};
}

static bool weekend(struct day day) {
    int weekday = (day.n % 7 + 7) % 7; /* 0: Thursday */
    return weekday == 2 || weekday == 3;
}

static struct day workday(struct day day) {
    while (weekend(day))
        day.n++;
    return day;
}

static bool contact_make_for(struct work *w, size_t index, int32_t which, struct day day) {
    struct account *a = &w->account[index];
    const struct worker *worker = worker_of(w, a, index);
    struct chance chance = chance_of(w->seed, CHANCE_WORK, (int32_t)index, which + 1);
    enum contact_outcome outcome = outcome_draw(&chance);
    struct contact_made made;
    int64_t minute = chance_between(&chance, 0, 480);
    struct contact_wish wish = {.code = a->code,
                                .user_id = worker->id,
                                .who = str_from(worker->login),
                                .at_us = (((int64_t)day.n * 24 + HOUR_US_SHIFT) * 60 + minute) * 60 * 1000000,
                                .day = day,
                                .today = day,
                                .channel = CONTACT_CHANNEL_CALL,
                                .outcome = outcome,
                                .occurrence_id = choice_draw(w, &chance, CHOICE_OCCURRENCE),
                                .value_cents = STAT_NONE,
                                .note = note_of(outcome, &chance),
                                .next_on = DAY_NONE,
                                .next_minute = APPOINTMENT_ANY_TIME,
                                .token = token_of(w, "contact", index, which)};
    wish.now_us = wish.at_us;
    if (worker->role == ROLE_REP && chance_e4(&chance, 4000))
        wish.channel = CONTACT_CHANNEL_VISIT;
    if (outcome == CONTACT_OUTCOME_REFUSED)
        wish.objection_id = choice_draw(w, &chance, CHOICE_OBJECTION);
    if (outcome == CONTACT_OUTCOME_REFUSED && chance_e4(&chance, 5000))
        wish.reason_id = choice_draw(w, &chance, CHOICE_REASON);
    if (outcome == CONTACT_OUTCOME_ORDERED || outcome == CONTACT_OUTCOME_QUOTED)
        wish.value_cents = (int64_t)chance_between(&chance, 300, 4000) * 100;
    if (outcome == CONTACT_OUTCOME_LATER) {
        wish.next_on = workday((struct day){day.n + chance_between(&chance, 3, 12)});
        wish.next_minute = chance_e4(&chance, 6000) ? chance_between(&chance, 16, 34) * 30 : APPOINTMENT_ANY_TIME;
    }
    return contact_log(w->cx, w->db, &wish, &made);
}

/* What was due long ago was done: an agenda in which everything is late would tell nothing. */
static bool appointments_catch_up(struct work *w, size_t index) {
    struct appointment_row *row;
    size_t n;
    const struct account *a = &w->account[index];
    if (!appointment_of_customer(w->cx, w->db, a->code, (struct str){0}, 0, &row, &n))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct appointment now;
        const struct appointment *old = &row[i].appointment;
        const struct appointment_wish wish = {.code = a->code,
                                              .id = old->id,
                                              .version = old->version,
                                              .asker_id = old->user_id,
                                              .who = DEMO_WHO,
                                              .today = w->as_of,
                                              .now_us = w->now_us};
        if (old->state == APPOINTMENT_OPEN && old->day.n < w->as_of.n - 2 &&
            !appointment_settle(w->cx, w->db, &wish, APPOINTMENT_KEPT, &now))
            return false;
    }
    return true;
}

static bool account_work(struct work *w, size_t index) {
    struct chance chance = chance_of(w->seed, CHANCE_WORK, (int32_t)index, 1000);
    const struct account *a = &w->account[index];
    int32_t times = a->status == STATUS_ACTIVE ? chance_below(&chance, 2) : chance_below(&chance, 3);
    if (seen_before(w, index))
        return true;
    if (chance_e4(&chance, 7000) && !person_make_for(w, index))
        return false;
    struct day day = {w->as_of.n - chance_between(&chance, 2, WEEKS_DAYS)};
    for (int32_t i = 0; i < times; i++) {
        day = workday(day);
        if (day.n >= w->as_of.n)
            break;
        if (!contact_make_for(w, index, i, day))
            return false;
        day.n += chance_between(&chance, 2, 7);
    }
    return appointments_catch_up(w, index);
}

/* ---- what is to be worked on ---- */

static bool worklists_make(struct work *w) {
    static const struct {
        const char *name, *query, *script;
        int64_t capacity;
    } table[] = {{"Pré-inativos, os maiores primeiro", "status=at_risk&sort=-value_12m",
                  "Pergunte pelo último pedido antes de oferecer o próximo.", 25},
                 {"Inativos que mais compravam", "status=inactive&sort=-value_total",
                  "Ofereça a visita do representante e anote o motivo da parada.", 15}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct worklist made;
        const struct worklists_wish wish = {.name = str_from(table[i].name),
                                            .query = str_from(table[i].query),
                                            .script = str_from(table[i].script),
                                            .capacity = table[i].capacity,
                                            .starts_on = {w->as_of.n - WEEKS_DAYS},
                                            .ends_on = {w->as_of.n + 90},
                                            .user = {w->worker[AGENT_FIRST].id, w->worker[AGENT_FIRST + 1].id},
                                            .users = AGENTS,
                                            .as_of = w->as_of,
                                            .user_id = w->worker[MANAGER].id,
                                            .who = DEMO_WHO,
                                            .now_us = w->now_us};
        if (!worklists_put(w->cx, w->db, &wish, &made))
            return false;
    }
    return true;
}

/* What the company does about what it hears, by the names that the usual reasons and objections have. */
static bool actions_make(struct work *w) {
    static const struct {
        const char *cause, *what, *owner;
        int32_t due_in;
        enum action_state state;
        int32_t done_before;
    } table[] = {{"Atraso nas entregas", "Segunda rota por semana no litoral, com dia certo para cada cidade",
                  "Logística", -6, ACTION_DONE, 8},
                 {"Falta de produto", "Estoque mínimo dos 50 itens mais pedidos revisto com Compras", "Compras", 12,
                  ACTION_DOING, 0},
                 {"Está caro", "Tabela por volume para quem compra todo mês", "Comercial", 25, ACTION_PLANNED, 0}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct actions_wish wish = {.action = {.what = str_from(table[i].what),
                                               .owner = str_from(table[i].owner),
                                               .due_on = {w->as_of.n + table[i].due_in},
                                               .state = table[i].state,
                                               .done_on = DAY_NONE,
                                               .token = cx_text(w->cx, "demo-action-%zu", i)},
                                    .as_of = w->as_of,
                                    .who = DEMO_WHO,
                                    .now_us = w->now_us};
        if (table[i].state == ACTION_DONE)
            wish.action.done_on = (struct day){w->as_of.n - table[i].done_before};
        for (size_t k = 0; k < w->choices; k++)
            if (str_equal(w->choice[k].name, str_from(table[i].cause)))
                wish.action.choice_id = w->choice[k].id;
        if (!actions_put(w->cx, w->db, &wish))
            return false;
    }
    return true;
}

bool demo_work_make(struct cx *cx, struct db *db, const struct demo_options *options, int64_t now_us) {
    struct work *w = arena_new(cx->arena, struct work, 1);
    size_t added;
    *w = (struct work){.cx = cx, .db = db, .seed = options->seed, .as_of = {options->until.n + 1}, .now_us = now_us};
    bool done = workers_make(w) && choices_usual(cx, db, CHOICE_NONE, LANG_PT_BR, DEMO_WHO, now_us, &added) &&
                db_read(cx, db) && choice_list(cx, db, CHOICE_NONE, false, &w->choice, &w->choices);
    db_rollback(db);
    done = done && worklists_make(w) && actions_make(w) &&
           templates_usual(cx, db, LANG_PT_BR, DEMO_WHO, now_us, &added) && accounts_find(w);
    for (size_t i = 0; i < w->accounts && done; i++)
        done = account_work(w, i);
    return done;
}
