// SPDX-License-Identifier: Apache-2.0
/* reports -- the account of customers, the rules of inactivity, and what was brought in.
 */
#include "app/admin.h"
#include "app/import_text.h"
#include "app/ledger.h"
#include "app/rules.h"
#include "base/limits.h"
#include "web/api/handlers.h"
#include "web/api/write.h"

/* ---- the account ---- */

static enum flow_by by_of(struct str name) {
    static const char *const names[FLOW_ASKED_BYS] = {
        [FLOW_COMPANY] = "company", [FLOW_REP] = "rep", [FLOW_SEGMENT] = "segment", [FLOW_REGION] = "region",
        [FLOW_CITY] = "city",       [FLOW_ABC] = "abc", [FLOW_REASON] = "reason"};
    for (int by = FLOW_ALL + 1; by < FLOW_ASKED_BYS; by++)
        if (names[by] != NULL && str_equal(name, str_from(names[by])))
            return (enum flow_by)by;
    return FLOW_ALL;
}

/* Rows are in their order whatever the page, so that a place is a number of rows. */
bool api_flow_list(struct api *api) {
    struct page *page = api->page;
    struct flow_row *row;
    int64_t months = 0, at, rows = 0, seen = 0, n_left;
    size_t n;
    (void)page_number(api_query(api, "months"), &months);
    if (!api_from_id(api, &at) || !ledger_flow(api->cx, api->db, page->as_of, by_of(api_query(api, "by")), &row, &n))
        return false;
    api_page_begin(api);
    n_left = 0;
    for (size_t i = 0; i < n; i++) {
        if (months > 0 && row[i].month <= month_of(page->as_of) - months)
            continue;
        if (seen++ < at)
            continue;
        if (rows == api->limit) {
            n_left++;
            continue;
        }
        rows++;
        answer_object(&api->out, NULL);
        answer_text(&api->out, "group", row[i].group);
        answer_month(&api->out, "month", row[i].month);
        answer_number(&api->out, "opening", row[i].opening);
        answer_number(&api->out, "became_inactive", row[i].became_inactive);
        answer_number(&api->out, "recovered", row[i].recovered);
        answer_number(&api->out, "written_off", row[i].written_off);
        answer_number(&api->out, "closing", row[i].closing);
        answer_number(&api->out, "bought", row[i].bought);
        answer_number(&api->out, "new_customers", row[i].new_customers);
        answer_object_end(&api->out);
    }
    api_page_end(api, n_left > 0 ? api_place_id(api, at + rows) : (struct str){0});
    return true;
}

/* ---- the rules ---- */

bool api_policies_show(struct api *api) {
    struct policy policy;
    if (!admin_policy(api->cx, api->db, &policy))
        return false;
    answer_object(&api->out, NULL);
    answer_array(&api->out, "rules");
    for (size_t i = 0; i < policy.n; i++) {
        answer_object(&api->out, NULL);
        answer_number(&api->out, "order", (int64_t)i + 1);
        answer_text(&api->out, "who", policy_scope_text(api->arena, &policy.rule[i].scope));
        answer_text(&api->out, "rule", policy_rule_text(api->arena, &policy.rule[i].due));
        answer_object_end(&api->out);
    }
    answer_array_end(&api->out);
    answer_object_end(&api->out);
    return true;
}

/* A code that no customer has is refused: another program would not see that its rule waits for nobody. */
static bool rule_read(struct api *api, struct policy_rule *out) {
    struct str abc = api_text(api, "abc");
    struct err doubt;
    *out = (struct policy_rule){.scope = {.company = api_text(api, "company"),
                                          .rep = api_text(api, "rep"),
                                          .segment = api_text(api, "segment"),
                                          .region = api_text(api, "region"),
                                          .abc = (char)(abc.n > 0 ? abc.p[0] : '\0')}};
    api->field = S("rule");
    if (!policy_rule_parse(api->cx, api_text(api, "rule"), &out->due))
        return false;
    api->field = S("");
    if (!rules_scope(api->cx, api->db, &out->scope, &doubt))
        return false;
    if (doubt.code == ERR_NONE)
        return true;
    doubt.code = ERR_INVALID;
    api->cx->err = doubt;
    return false;
}

bool api_policy_try(struct api *api) {
    struct policy_rule rule;
    struct rules_change *change = arena_new(api->arena, struct rules_change, 1);
    if (!rule_read(api, &rule) || !rules_try(api->cx, api->db, &rule, api->page->as_of, change))
        return false;
    answer_object(&api->out, NULL);
    answer_number(&api->out, "changed", change->changed);
    answer_array(&api->out, "steps");
    for (int from = 0; from < STATUS_COUNT; from++)
        for (int to = 0; to < STATUS_COUNT; to++) {
            if (change->from_to[from][to] == 0)
                continue;
            answer_object(&api->out, NULL);
            answer_chars(&api->out, "before", status_name((enum status)from));
            answer_chars(&api->out, "after", status_name((enum status)to));
            answer_number(&api->out, "customers", change->from_to[from][to]);
            answer_object_end(&api->out);
        }
    answer_array_end(&api->out);
    answer_object_end(&api->out);
    return true;
}

bool api_policy_put(struct api *api) {
    struct page *page = api->page;
    struct policy_rule rule;
    struct err unscored;
    struct rules_change *change = arena_new(api->arena, struct rules_change, 1);
    return rule_read(api, &rule) &&
           rules_set(api->cx, api->db, &rule, page->as_of, page->now_us, api->who, change, &unscored) &&
           api_policies_show(api);
}

bool api_policy_drop(struct api *api) {
    struct page *page = api->page;
    struct str abc = api_query(api, "abc");
    struct err unscored;
    const struct policy_scope scope = {.company = api_query(api, "company"),
                                       .rep = api_query(api, "rep"),
                                       .segment = api_query(api, "segment"),
                                       .region = api_query(api, "region"),
                                       .abc = (char)(abc.n > 0 ? abc.p[0] : '\0')};
    if (policy_scope_text(api->arena, &scope).n == 0)
        return cx_fail(api->cx, ERR_INVALID, S("api.rule_for_everybody"));
    return rules_remove(api->cx, api->db, &scope, page->now_us, api->who, &unscored) && api_policies_show(api);
}

/* ---- imports ---- */

static void import_write(struct api *api, const struct import_run *run) {
    answer_object(&api->out, NULL);
    write_import(api, run);
    answer_object_end(&api->out);
}

bool api_imports_list(struct api *api) {
    struct import_run *run;
    size_t n, i = 0;
    int64_t after, rows = 0;
    if (!api_from_id(api, &after) || !admin_imports(api->cx, api->db, &run, &n))
        return false;
    while (after > 0 && i < n && run[i].id >= after)
        i++;
    api_page_begin(api);
    for (; i < n && rows < api->limit; i++, rows++)
        import_write(api, &run[i]);
    api_page_end(api, i < n ? api_place_id(api, run[i - 1].id) : (struct str){0});
    return true;
}

bool api_import_show(struct api *api) {
    struct import_run run;
    int64_t id;
    if (!api_id(api, 0, &id) || !admin_import(api->cx, api->db, id, &run))
        return false;
    import_write(api, &run);
    return true;
}

/* The rows as a file: one column for each name, in the order in which they first come. */
static struct str rows_text(struct api *api, const struct json_value *rows) {
    struct str *column = NULL;
    size_t columns = 0, room = 0;
    struct buf to;
    buf_init(&to, api->arena, 0);
    for (size_t i = 0; i < rows->n; i++)
        for (size_t k = 0; k < rows->item[i].n; k++) {
            size_t at = 0;
            while (at < columns && !str_equal(column[at], rows->item[i].name[k]))
                at++;
            if (at < columns || columns > LIMIT_CSV_FIELDS)
                continue;
            if (columns == room) {
                size_t larger = room > 0 ? room * 2 : 16;
                column = arena_grow(api->arena, column, room, larger, sizeof *column);
                room = larger;
            }
            column[columns++] = rows->item[i].name[k];
        }
    for (size_t at = 0; at < columns; at++) {
        buf_put(&to, at > 0 ? S(";") : S(""));
        buf_csv(&to, column[at], ';');
    }
    for (size_t i = 0; i < rows->n; i++) {
        buf_char(&to, '\n');
        for (size_t at = 0; at < columns; at++) {
            const struct json_value *cell = json_member(&rows->item[i], column[at]);
            buf_put(&to, at > 0 ? S(";") : S(""));
            buf_csv(&to, cell != NULL ? cell->text : (struct str){0}, ';');
        }
    }
    buf_char(&to, '\n');
    return buf_str(&to);
}

static bool import_do(struct api *api, struct str kind, struct import_text_wish *wish) {
    struct import_report *report = arena_new(api->arena, struct import_report, 1);
    if (wish->name.n == 0)
        wish->name = S("api.csv");
    wish->who = api->who;
    wish->today = api->page->today;
    wish->now_us = api->page->now_us;
    (void)import_kind_parse(kind, &wish->kind);
    if (!import_text(api->cx, api->db, wish, report))
        return false;
    import_write(api, &report->run);
    return true;
}

bool api_import_rows(struct api *api) {
    struct import_text_wish wish = {.name = api_text(api, "name"),
                                    .text = rows_text(api, json_member(&api->body, S("rows"))),
                                    .date_order = api_date_order(api_text(api, "date_format")),
                                    .decimal = DECIMAL_POINT};
    return import_do(api, api_text(api, "kind"), &wish);
}

bool api_import_csv(struct api *api) {
    struct import_text_wish wish = {.name = api_query(api, "name"),
                                    .text = api->page->request->body,
                                    .date_order = api_date_order(api_query(api, "date_format")),
                                    .decimal = api_decimal(api_query(api, "decimal")),
                                    .delimiter = api_delimiter(api_query(api, "delimiter"))};
    return import_do(api, api_query(api, "kind"), &wish);
}

struct rejects {
    struct api *api;
    int64_t from, seen, rows;
    bool more;
};

static bool reject_take(struct cx *cx, void *owner, const struct import_reject *reject) {
    struct rejects *r = owner;
    struct api *api = r->api;
    (void)cx;
    if (r->seen++ < r->from)
        return true;
    if (r->rows == api->limit) {
        r->more = true;
        return true;
    }
    r->rows++;
    answer_object(&api->out, NULL);
    answer_text(&api->out, "file", reject->file);
    answer_number(&api->out, "line", reject->line);
    answer_text(&api->out, "column", reject->column);
    answer_text(&api->out, "reason", catalog_text(api->arena, api->page->lang, reject->reason, &reject->detail, 1));
    answer_text(&api->out, "row", reject->row);
    answer_object_end(&api->out);
    return true;
}

bool api_rejects_list(struct api *api) {
    struct import_run run;
    struct rejects rejects = {.api = api};
    int64_t id;
    if (!api_id(api, 0, &id) || !api_from_id(api, &rejects.from) || !admin_import(api->cx, api->db, id, &run))
        return false;
    api_page_begin(api);
    if (!admin_rejects(api->cx, api->db, id, reject_take, &rejects))
        return false;
    api_page_end(api, rejects.more ? api_place_id(api, rejects.from + rejects.rows) : (struct str){0});
    return true;
}

bool api_import_undo(struct api *api) {
    int64_t id;
    struct import_run run;
    if (!api_id(api, 0, &id) || !import_take_back(api->cx, api->db, id, api->who, api->page->now_us) ||
        !admin_import(api->cx, api->db, id, &run))
        return false;
    import_write(api, &run);
    return true;
}
