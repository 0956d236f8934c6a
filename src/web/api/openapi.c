// SPDX-License-Identifier: Apache-2.0
/* openapi -- the API described as OpenAPI 3.1, made of the tables that the requests themselves go by, so that it cannot say
 * anything else.
 */
#include "web/api/handlers.h"
#include "web/web_parts.h"

/* ---- schemas ---- */

static void type_write(struct api *api, const char *name, struct str type, bool null, bool taken);

static void type_name(struct api *api, const char *type, bool null) {
    if (!null) {
        answer_chars(&api->out, "type", type);
        return;
    }
    answer_array(&api->out, "type");
    answer_chars(&api->out, NULL, type);
    answer_chars(&api->out, NULL, "null");
    answer_array_end(&api->out);
}

static void words_write(struct api *api, struct str words, bool null) {
    struct str word;
    type_name(api, "string", null);
    answer_array(&api->out, "enum");
    while (words.n > 0) {
        str_cut(words, '|', &word, &words);
        answer_text(&api->out, NULL, word);
    }
    if (null)
        answer_text(&api->out, NULL, (struct str){0});
    answer_array_end(&api->out);
}

static void money_write(struct api *api, bool null, bool taken) {
    if (!taken) {
        type_name(api, "string", null);
        answer_chars(&api->out, "pattern", "^-?[0-9]+\\.[0-9]{2}$");
        return;
    }
    answer_array(&api->out, "type");
    answer_chars(&api->out, NULL, "string");
    answer_chars(&api->out, NULL, "number");
    if (null)
        answer_chars(&api->out, NULL, "null");
    answer_array_end(&api->out);
    answer_chars(&api->out, "pattern", "^-?[0-9]+(\\.[0-9]{1,2})?$");
}

/* A row of an import: columns by their names. */
static void row_write(struct api *api) {
    answer_chars(&api->out, "type", "object");
    answer_object(&api->out, "additionalProperties");
    answer_array(&api->out, "type");
    answer_chars(&api->out, NULL, "string");
    answer_chars(&api->out, NULL, "number");
    answer_chars(&api->out, NULL, "null");
    answer_array_end(&api->out);
    answer_object_end(&api->out);
}

static bool plain_write(struct api *api, struct str type, bool null, bool taken) {
    static const struct {
        const char *type, *json, *format, *pattern;
    } plain[] = {{"text", "string", NULL, NULL},
                 {"int", "integer", NULL, NULL},
                 {"decimal", "number", NULL, NULL},
                 {"bool", "boolean", NULL, NULL},
                 {"day", "string", "date", NULL},
                 {"moment", "string", "date-time", NULL},
                 {"month", "string", NULL, "^[0-9]{4}-[0-9]{2}$"},
                 {"time", "string", NULL, "^([01][0-9]|2[0-3]):[0-5][0-9]$"}};
    if (str_equal(type, S("money"))) {
        money_write(api, null, taken);
        return true;
    }
    if (str_equal(type, S("file"))) {
        answer_chars(&api->out, "type", "string");
        answer_chars(&api->out, "contentMediaType", "application/octet-stream");
        return true;
    }
    if (str_equal(type, S("row"))) {
        row_write(api);
        return true;
    }
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (!str_equal(type, str_from(plain[i].type)))
            continue;
        type_name(api, plain[i].json, null);
        if (plain[i].format != NULL)
            answer_chars(&api->out, "format", plain[i].format);
        if (plain[i].pattern != NULL)
            answer_chars(&api->out, "pattern", plain[i].pattern);
        return true;
    }
    return false;
}

static void type_write(struct api *api, const char *name, struct str type, bool null, bool taken) {
    struct str item;
    answer_object(&api->out, name);
    if (mould_item(type, &item)) {
        type_name(api, "array", null);
        type_write(api, "items", item, false, taken);
    } else if (mould_words(type)) {
        words_write(api, type, null);
    } else if (!plain_write(api, type, null, taken)) {
        answer_text(&api->out, "$ref", cx_text(api->cx, "#/components/schemas/%.*s", STR_ARG(type)));
    }
    answer_object_end(&api->out);
}

static void mould_write(struct api *api, const struct mould *mould, bool taken) {
    struct mould_field *field;
    size_t n = mould_fields(api->arena, mould->fields, &field), required = 0;
    answer_object(&api->out, mould->name);
    answer_chars(&api->out, "type", "object");
    answer_bool(&api->out, "additionalProperties", false);
    for (size_t i = 0; i < n; i++)
        required += taken ? !field[i].optional : !field[i].missing;
    if (required > 0) {
        answer_array(&api->out, "required");
        for (size_t i = 0; i < n; i++)
            if (taken ? !field[i].optional : !field[i].missing)
                answer_text(&api->out, NULL, field[i].name);
        answer_array_end(&api->out);
    }
    answer_object(&api->out, "properties");
    for (size_t i = 0; i < n; i++)
        type_write(api, str_terminated(api->arena, field[i].name), field[i].type, field[i].optional, taken);
    answer_object_end(&api->out);
    answer_object_end(&api->out);
}

/* A page of rows: the rows, and the cursor of the next page. */
static void page_write(struct api *api, struct str item) {
    answer_object(&api->out, NULL);
    answer_chars(&api->out, "type", "object");
    answer_bool(&api->out, "additionalProperties", false);
    answer_array(&api->out, "required");
    answer_chars(&api->out, NULL, "data");
    answer_chars(&api->out, NULL, "next");
    answer_array_end(&api->out);
    answer_object(&api->out, "properties");
    answer_object(&api->out, "data");
    answer_chars(&api->out, "type", "array");
    answer_number(&api->out, "maxItems", API_LIMIT_MOST);
    type_write(api, "items", item, false, false);
    answer_object_end(&api->out);
    type_write(api, "next", S("text"), true, false);
    answer_object_end(&api->out);
    answer_object_end(&api->out);
}

/* ---- operations ---- */

static struct str said(struct api *api, const char *key) {
    return catalog_text(api->arena, api->page->lang, str_from(key), NULL, 0);
}

static void parameter_begin(struct api *api, struct str name, const char *in, bool required) {
    answer_object(&api->out, NULL);
    answer_text(&api->out, "name", name);
    answer_chars(&api->out, "in", in);
    answer_bool(&api->out, "required", required);
}

static void parameter_write(struct api *api, struct str name, const char *in, bool required, struct str type) {
    parameter_begin(api, name, in, required);
    type_write(api, "schema", type, false, true);
    answer_object_end(&api->out);
}

static void path_parameters(struct api *api, const struct api_route *route) {
    struct str rest = str_from(route->path), part;
    while (rest.n > 0) {
        str_cut(rest, '/', &part, &rest);
        if (part.n > 1 && part.p[0] == ':') {
            struct str name = {part.p + 1, part.n - 1};
            parameter_write(api, name, "path", true, str_equal(name, S("id")) ? S("int") : S("text"));
        }
    }
}

static void limit_write(struct api *api) {
    parameter_begin(api, S("limit"), "query", false);
    answer_object(&api->out, "schema");
    answer_chars(&api->out, "type", "integer");
    answer_number(&api->out, "minimum", 1);
    answer_number(&api->out, "maximum", API_LIMIT_MOST);
    answer_number(&api->out, "default", API_LIMIT);
    answer_object_end(&api->out);
    answer_object_end(&api->out);
}

static void parameters_write(struct api *api, const struct api_route *route) {
    struct mould_field *field = NULL;
    size_t n = route->query != NULL ? mould_fields(api->arena, route->query, &field) : 0;
    answer_array(&api->out, "parameters");
    path_parameters(api, route);
    for (size_t i = 0; i < n; i++)
        parameter_write(api, field[i].name, "query", !field[i].optional, field[i].type);
    if (route->gives != NULL && route->gives[0] == '[') {
        limit_write(api);
        parameter_write(api, S("cursor"), "query", false, S("text"));
    }
    if (route->method != HTTP_GET)
        parameter_write(api, S("Idempotency-Key"), "header", route->once, S("text"));
    if (route->standing != NULL)
        parameter_write(api, S("If-Match"), "header", false, S("text"));
    answer_array_end(&api->out);
}

static void content_begin(struct api *api, const char *type) {
    answer_object(&api->out, "content");
    answer_object(&api->out, type);
}

static void content_end(struct api *api) {
    answer_object_end(&api->out);
    answer_object_end(&api->out);
}

static void good_write(struct api *api, const struct api_route *route) {
    struct str item, gives = str_from(route->gives);
    answer_object(&api->out, str_terminated(api->arena, cx_text(api->cx, "%d", route->status)));
    answer_text(&api->out, "description", said(api, "api.good"));
    if (gives.n > 0) {
        content_begin(api, "application/json");
        if (mould_item(gives, &item)) {
            buf_put(api->out.to, S("\"schema\":"));
            api->out.some = false;
            page_write(api, item);
        } else {
            type_write(api, "schema", gives, false, false);
        }
        content_end(api);
    } else if (route->status == 200) {
        content_begin(api, "application/json");
        answer_object(&api->out, "schema");
        answer_chars(&api->out, "type", "object");
        answer_object_end(&api->out);
        content_end(api);
    }
    answer_object_end(&api->out);
}

static void answers_write(struct api *api, const struct api_route *route) {
    answer_object(&api->out, "responses");
    good_write(api, route);
    answer_object(&api->out, "4XX");
    answer_text(&api->out, "description", said(api, "api.refused"));
    content_begin(api, "application/problem+json");
    type_write(api, "schema", S("Problem"), false, false);
    content_end(api);
    answer_object_end(&api->out);
    answer_object_end(&api->out);
}

static const char *method_word(enum http_method method) {
    static const char *const word[] = {
        [HTTP_GET] = "get", [HTTP_POST] = "post", [HTTP_PUT] = "put", [HTTP_PATCH] = "patch", [HTTP_DELETE] = "delete"};
    return word[method];
}

static void operation_write(struct api *api, const struct api_route *route) {
    answer_object(&api->out, method_word(route->method));
    answer_chars(&api->out, "operationId", route->name);
    answer_text(&api->out, "summary",
                catalog_text(api->arena, api->page->lang, cx_text(api->cx, "api.do_%s", route->name), NULL, 0));
    if (route->permission == PERM_PUBLIC) {
        answer_array(&api->out, "security");
        answer_array_end(&api->out);
    } else if (route->grant != GRANT_ANY) {
        answer_chars(&api->out, "x-grant", grant_name(route->grant));
    }
    parameters_write(api, route);
    if (route->takes != NULL) {
        answer_object(&api->out, "requestBody");
        answer_bool(&api->out, "required", true);
        bool csv = str_equal(str_from(route->takes), S("text/csv"));
        content_begin(api, csv ? "text/csv" : route->files ? "multipart/form-data" : "application/json");
        type_write(api, "schema", csv ? S("text") : str_from(route->takes), false, true);
        content_end(api);
        answer_object_end(&api->out);
    }
    answers_write(api, route);
    answer_object_end(&api->out);
}

/* "/api/v1/customers/:code" as "/customers/{code}". */
static struct str path_text(struct api *api, const char *path) {
    struct str rest = str_from(path), part;
    struct buf to;
    buf_init(&to, api->arena, 0);
    rest = (struct str){rest.p + sizeof "/api/v1/" - 1, rest.n - (sizeof "/api/v1/" - 1)};
    while (rest.n > 0) {
        str_cut(rest, '/', &part, &rest);
        bool named = part.n > 0 && part.p[0] == ':';
        buf_printf(&to, named ? "/{%.*s}" : "/%.*s", (int)(part.n - named), part.p + named);
    }
    return buf_str(&to);
}

static bool seen_before(const struct api_route *route) {
    for (const struct api_route *other = api_routes; other != route; other++)
        if (str_equal(str_from(other->path), str_from(route->path)))
            return true;
    return false;
}

static void paths_write(struct api *api) {
    answer_object(&api->out, "paths");
    for (const struct api_route *route = api_routes; route->path != NULL; route++) {
        if (seen_before(route))
            continue;
        answer_object(&api->out, str_terminated(api->arena, path_text(api, route->path)));
        for (const struct api_route *other = route; other->path != NULL; other++)
            if (str_equal(str_from(other->path), str_from(route->path)))
                operation_write(api, other);
        answer_object_end(&api->out);
    }
    answer_object_end(&api->out);
}

static void components_write(struct api *api) {
    answer_object(&api->out, "components");
    answer_object(&api->out, "securitySchemes");
    answer_object(&api->out, "token");
    answer_chars(&api->out, "type", "http");
    answer_chars(&api->out, "scheme", "bearer");
    answer_object_end(&api->out);
    answer_object_end(&api->out);
    answer_object(&api->out, "schemas");
    for (const struct mould *mould = moulds_given; mould->name != NULL; mould++)
        mould_write(api, mould, false);
    for (const struct mould *mould = moulds_taken; mould->name != NULL; mould++)
        mould_write(api, mould, true);
    answer_object_end(&api->out);
    answer_object_end(&api->out);
}

bool api_openapi_show(struct api *api) {
    answer_object(&api->out, NULL);
    answer_chars(&api->out, "openapi", "3.1.0");
    answer_object(&api->out, "info");
    answer_chars(&api->out, "title", "Reativa");
    answer_chars(&api->out, "version", "1");
    answer_text(&api->out, "description", said(api, "api.about"));
    answer_object(&api->out, "license");
    answer_chars(&api->out, "name", "Apache-2.0");
    answer_chars(&api->out, "identifier", "Apache-2.0");
    answer_object_end(&api->out);
    answer_object_end(&api->out);
    answer_array(&api->out, "servers");
    answer_object(&api->out, NULL);
    answer_chars(&api->out, "url", "/api/v1");
    answer_object_end(&api->out);
    answer_array_end(&api->out);
    answer_array(&api->out, "security");
    answer_object(&api->out, NULL);
    answer_array(&api->out, "token");
    answer_array_end(&api->out);
    answer_object_end(&api->out);
    answer_array_end(&api->out);
    paths_write(api);
    components_write(api);
    answer_object_end(&api->out);
    return true;
}
