// SPDX-License-Identifier: Apache-2.0
/* customers -- the list of customers, one customer with all that its page shows, and what a token is.
 */
#include "app/portfolio.h"
#include "web/api/handlers.h"
#include "web/api/write.h"

/* ---- the token ---- */

bool api_me_show(struct api *api) {
    const struct user *user = &api->page->user;
    struct str rest = api->token.grants, grant;
    answer_object(&api->out, NULL);
    answer_text(&api->out, "login", user->login);
    answer_text(&api->out, "name", user->name);
    answer_chars(&api->out, "role", role_name(user->role));
    answer_text(&api->out, "rep", api->rep);
    answer_text(&api->out, "token", api->token.name);
    answer_array(&api->out, "grants");
    while (rest.n > 0) {
        str_cut(rest, ' ', &grant, &rest);
        answer_text(&api->out, NULL, grant);
    }
    answer_array_end(&api->out);
    answer_number(&api->out, "rate", api->token.rate);
    answer_moment(&api->out, "expires_at", api->token.expires_us);
    answer_object_end(&api->out);
    return true;
}

/* ---- the list ---- */

static void pair_put(struct buf *to, const char *name, struct str value) {
    buf_printf(to, "%s%s=", to->n > 0 ? "&" : "", name);
    http_encode(to, value, false);
}

/* The parameters in the words of the page's address: columns=a,b is col=a&col=b there, search is q. */
static struct str query_of(struct api *api) {
    const struct http_fields *given = &api->page->request->query;
    struct buf to;
    buf_init(&to, api->arena, 0);
    for (size_t i = 0; i < given->n; i++) {
        struct str name = given->field[i].name, rest = given->field[i].value, column;
        if (str_equal(name, S("limit")) || str_equal(name, S("cursor")))
            continue;
        if (!str_equal(name, S("columns"))) {
            pair_put(&to, str_equal(name, S("search")) ? "q" : str_terminated(api->arena, name), rest);
            continue;
        }
        while (rest.n > 0) {
            str_cut(rest, ',', &column, &rest);
            pair_put(&to, "col", str_trim(column));
        }
    }
    return buf_str(&to);
}

/* Order, value and code of the customer a page begins behind; a line each. */
static struct str place_text(struct api *api, struct list_order order, const struct list_from *from) {
    return cx_text(api->cx, "%s%s\n%lld\n%.*s\n%.*s", order.descending ? "-" : "", column_defs[order.column].name,
                   (long long)from->number, STR_ARG(from->code), STR_ARG(from->text));
}

static bool place_read(struct api *api, struct list_order order, struct list_from *from) {
    struct str rest = api->place, sort = S(""), number = S("");
    if (api->place.n == 0)
        return true;
    struct str wanted = cx_text(api->cx, "%s%s", order.descending ? "-" : "", column_defs[order.column].name);
    bool whole = str_cut(rest, '\n', &sort, &rest) && str_cut(rest, '\n', &number, &rest) &&
                 str_cut(rest, '\n', &from->code, &from->text);
    from->set = true;
    if (decimal_read(number, DECIMAL_POINT, 0, &from->number, NULL) != DECIMAL_OK)
        from->number = STAT_NONE;
    if (whole && str_equal(sort, wanted))
        return true;
    api->field = S("cursor");
    return cx_fail(api->cx, ERR_INVALID, S("api.bad_cursor"), S("cursor"));
}

struct listing {
    struct api *api;
    const struct portfolio *p;
    int64_t rows;
    bool more;
    struct list_from last;
};

static bool row_take(struct cx *cx, void *owner, const struct customer *customer) {
    struct listing *l = owner;
    struct api *api = l->api;
    (void)cx;
    if (l->rows == api->limit) {
        l->more = true;
        return true;
    }
    l->rows++;
    answer_object(&api->out, NULL);
    for (size_t i = 0; i < l->p->columns; i++)
        write_column(api, customer, l->p->column[i]);
    answer_object_end(&api->out);
    if (l->rows == api->limit) {
        l->last = list_place(api->arena, l->p->order.column, customer);
        l->last.code = str_copy(api->arena, l->last.code);
        l->last.text = str_copy(api->arena, l->last.text);
    }
    return true;
}

static bool portfolio_of(struct api *api, struct str query, struct portfolio *out) {
    if (!portfolio_read(api->cx, query, api->page->as_of, out))
        return false;
    if (out->faults > 0)
        api->field = str_equal(out->fault[0].name, S("col")) ? S("columns") : out->fault[0].name;
    out->filter.only_rep = api->rep;
    return portfolio_good(api->cx, out);
}

bool write_customers(struct api *api, struct str query) {
    struct portfolio *p = arena_new(api->arena, struct portfolio, 1);
    struct list_answer *answer = arena_new(api->arena, struct list_answer, 1);
    struct listing listing = {.api = api, .p = p};
    if (!portfolio_of(api, query, p))
        return false;
    struct list_from from = {.number = STAT_NONE};
    if (!place_read(api, p->order, &from))
        return false;
    const struct list_request request = {
        .filter = p->filter, .order = p->order, .from = from, .limit = api->limit + 1, .as_of = api->page->as_of};
    api_page_begin(api);
    if (!list_customers(api->cx, api->db, &request, row_take, &listing, answer))
        return false;
    api_page_end(api, listing.more ? place_text(api, p->order, &listing.last) : (struct str){0});
    return true;
}

bool api_customers_list(struct api *api) {
    return write_customers(api, query_of(api));
}

/* ---- one ---- */

#define ROWS(api, name, count, body)                                                                                   \
    do {                                                                                                               \
        answer_array(&(api)->out, (name));                                                                             \
        for (size_t i = 0; i < (count); i++) {                                                                         \
            answer_object(&(api)->out, NULL);                                                                          \
            body;                                                                                                      \
            answer_object_end(&(api)->out);                                                                            \
        }                                                                                                              \
        answer_array_end(&(api)->out);                                                                                 \
    } while (0)

static void products_write(struct api *api, const struct sheet *sheet, const char *name, bool stopped) {
    answer_array(&api->out, name);
    for (size_t i = 0; i < sheet->boughts; i++) {
        if (stopped && !sheet->bought[i].stopped)
            continue;
        answer_object(&api->out, NULL);
        write_product(api, &sheet->bought[i].bought);
        answer_object_end(&api->out);
    }
    answer_array_end(&api->out);
}

/* What may not be used is left out, and that it may not is said. */
static void reach_write(struct api *api, const struct reach *reach, int64_t person_id, struct str phone,
                        struct str email) {
    const struct reach_way *way = reach_of(reach, person_id);
    bool call = way == NULL || !way->by[REACH_CALL].barred, mail = way == NULL || !way->by[REACH_EMAIL].barred;
    answer_text(&api->out, "phone", call ? phone : (struct str){0});
    answer_text(&api->out, "email", mail ? email : (struct str){0});
    answer_bool(&api->out, "may_call", call);
    answer_bool(&api->out, "may_mail", mail);
}

static void person_write(struct api *api, const struct reach *reach, const struct person *person) {
    answer_number(&api->out, "id", person->id);
    answer_text(&api->out, "name", person->name);
    answer_text(&api->out, "position", person->position);
    reach_write(api, reach, person->id, person->phone, person->email);
    answer_chars(&api->out, "consent_phone", consent_name(person->consent_phone));
    answer_chars(&api->out, "consent_email", consent_name(person->consent_email));
}

static void note_write(struct api *api, const struct note *note) {
    answer_number(&api->out, "id", note->id);
    answer_moment(&api->out, "at", note->at_us);
    answer_text(&api->out, "by", note->author);
    answer_text(&api->out, "text", note->text);
}

static void sheet_write(struct api *api, const struct profile *profile) {
    const struct sheet *sheet = &profile->sheet;
    const struct customer *c = &sheet->customer;
    for (int column = 0; column < COLUMN_COUNT; column++)
        write_column(api, c, (enum column)column);
    reach_write(api, &profile->reach, 0, c->phone, c->email);
    answer_day(&api->out, "closed_on", c->closed_on);
    answer_text(&api->out, "rule", c->rule);
    answer_bool(&api->out, "rule_stood_in", c->rule_stood_in);
    products_write(api, sheet, "products", false);
    products_write(api, sheet, "stopped_products", true);
    answer_array(&api->out, "purchase_days");
    for (size_t i = 0; i < sheet->purchases; i++)
        answer_day(&api->out, NULL, sheet->purchase[i]);
    answer_array_end(&api->out);
    ROWS(api, "documents", sheet->documents, write_document(api, &sheet->document[i]));
    answer_money(&api->out, "titles_open", sheet->open_cents);
    answer_money(&api->out, "titles_overdue", sheet->overdue_cents);
    ROWS(api, "titles", sheet->titles, write_record(api, &sheet->title[i]));
    ROWS(api, "quotes", sheet->quotes, write_record(api, &sheet->quote[i]));
    ROWS(api, "tickets", sheet->tickets, write_record(api, &sheet->ticket[i]));
}

bool api_customer_show(struct api *api) {
    struct profile *p = arena_new(api->arena, struct profile, 1);
    struct page *page = api->page;
    if (!profile_make(api->cx, api->db, page->as_of, page->arg[0], api->rep, p))
        return false;
    struct str code = p->sheet.customer.code;
    answer_object(&api->out, NULL);
    sheet_write(api, p);
    answer_array(&api->out, "tags");
    for (size_t i = 0; i < p->tags; i++)
        answer_text(&api->out, NULL, p->tag[i]);
    answer_array_end(&api->out);
    ROWS(api, "persons", p->persons, person_write(api, &p->reach, &p->person[i]));
    ROWS(api, "notes", p->notes, note_write(api, &p->note[i]));
    ROWS(api, "contacts", p->contacts, write_contact(api, &p->contact[i], code));
    ROWS(api, "appointments", p->appointments, write_appointment(api, &p->appointment[i], code));
    answer_object_end(&api->out);
    return true;
}
