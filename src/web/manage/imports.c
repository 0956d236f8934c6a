// SPDX-License-Identifier: Apache-2.0
/* imports -- what was brought in: how fresh each kind of data is, files on their way in, every import with what it refused, and taking
 * one back.
 */
#include "web/manage/imports.h"

#include "base/text.h"
#include "web/csv.h"
#include "web/manage/manage.h"
#include "web/pages.h"

/* ---- words ---- */

struct str imports_kind(struct page *page, enum import_kind kind) {
    return page_text(page, cx_text(page->cx, "imports.kind_%s", import_kind_name(kind)));
}

struct str imports_field(struct page *page, enum field field) {
    return page_text(page, cx_text(page->cx, "imports.field_%s", field_name(field)));
}

struct str imports_arrival_late(struct page *page, const struct arrival *arrival) {
    return page_text(page, S("imports.late"), html_arg_long(page, (long)arrival->silent_days),
                     html_arg_long(page, (long)arrival->usual_days));
}

static struct str state_word(struct page *page, enum upload_state state) {
    static const char *const names[] = {"", "new", "asked", "running", "done", "failed", "dropped"};
    return page_text(page, cx_text(page->cx, "imports.state_%s", names[state]));
}

static struct day day_of(void *owner, int64_t us) {
    const struct web_config *config = page_config(owner);
    return (struct day){(int32_t)((us / 1000000 + config->utc_offset_s(us)) / 86400)};
}

struct str imports_names(struct page *page, const struct upload *upload) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    for (size_t i = 0; i < upload->files; i++) {
        buf_put(&to, i > 0 ? S(", ") : S(""));
        buf_put(&to, upload->file[i].name);
    }
    return buf_str(&to);
}

static struct str number(struct page *page, int64_t n) {
    return cx_text(page->cx, "%lld", (long long)n);
}

/* ---- the list ---- */

static bool holds(struct page *page, struct str text, struct str search) {
    struct str folded = str_fold(page->arena, text), wanted = str_fold(page->arena, search);
    for (size_t i = 0; i + wanted.n <= folded.n; i++)
        if (str_equal((struct str){folded.p + i, wanted.n}, wanted))
            return true;
    return false;
}

static bool state_fits(const struct imports_view *v, const struct import_run *run) {
    if (str_equal(v->state, S("undone")))
        return run->undone_us > 0;
    if (str_equal(v->state, S("refused")))
        return run->counts.rejected > 0;
    return !str_equal(v->state, S("kept")) || run->undone_us == 0;
}

static bool wanted(struct page *page, const struct imports_view *v, const struct import_run *run) {
    return (v->kind.n == 0 || str_equal(v->kind, str_from(import_kind_name(run->kind)))) &&
           (v->q.n == 0 || holds(page, run->files, v->q)) && state_fits(v, run);
}

static void runs_fill(struct page *page, const struct import_run *run, size_t n, int64_t before,
                      struct imports_view *v) {
    for (size_t i = 0; i < n; i++) {
        if (!wanted(page, v, &run[i]))
            continue;
        v->all++;
        if (before > 0 && run[i].id >= before)
            continue;
        if (v->runs == IMPORTS_PAGE) {
            v->older = v->run[v->runs - 1].run.id;
            continue;
        }
        v->run[v->runs++] = (struct imports_run){
            .run = run[i], .at = page_moment(page, run[i].started_us), .kind = imports_kind(page, run[i].kind)};
    }
}

static bool uploads_fill(struct page *page, struct imports_view *v) {
    struct upload *upload;
    if (!uploads_open(page->cx, page->db, &upload, &v->uploads))
        return false;
    v->upload = arena_new(page->arena, struct imports_upload, v->uploads + 1);
    for (size_t i = 0; i < v->uploads; i++)
        v->upload[i] = (struct imports_upload){.upload = &upload[i],
                                               .names = imports_names(page, &upload[i]),
                                               .at = page_moment(page, upload[i].made_us),
                                               .kind = imports_kind(page, upload[i].kind),
                                               .state = state_word(page, upload[i].state)};
    return true;
}

static void asked(struct page *page, struct imports_view *v) {
    v->q = str_trim(page_query(page, "q"));
    v->kind = page_query(page, "kind");
    v->state = page_query(page, "state");
    v->takes = page_uploads(page)->path.n > 0;
}

struct url imports_older(struct page *page, const struct imports_view *v) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    buf_printf(&to, "/imports?before=%lld", (long long)v->older);
    const struct {
        const char *name;
        struct str value;
    } field[] = {{"q", v->q}, {"kind", v->kind}, {"state", v->state}};
    for (size_t i = 0; i < sizeof field / sizeof *field; i++)
        if (field[i].value.n > 0) {
            buf_printf(&to, "&%s=", field[i].name);
            http_encode(&to, field[i].value, false);
        }
    return url_local(buf_str(&to));
}

bool imports_show(struct page *page) {
    struct imports_view *v = arena_new(page->arena, struct imports_view, 1);
    struct import_run *run;
    size_t n;
    int64_t before = 0;
    (void)page_number(page_query(page, "before"), &before);
    asked(page, v);
    if (!admin_imports(page->cx, page->db, &run, &n) || !uploads_fill(page, v))
        return false;
    arrivals_of(run, n, page->today, day_of, page, v->arrival);
    runs_fill(page, run, n, before, v);
    page_top(page, page_text(page, S("menu.imports")));
    imports_page(page, v);
    page_bottom(page);
    return true;
}

bool imports_export(struct page *page) {
    struct imports_view *v = arena_new(page->arena, struct imports_view, 1);
    struct import_run *run;
    size_t n;
    asked(page, v);
    if (!admin_imports(page->cx, page->db, &run, &n))
        return false;
    csv_start(page, "imports.csv");
    CSV_ROW(page, S("id"), S("kind"), S("files"), S("started"), S("rows"), S("added"), S("changed"), S("unchanged"),
            S("rejected"), S("blank"), S("undone"));
    for (size_t i = 0; i < n; i++)
        if (wanted(page, v, &run[i])) {
            const struct import_counts *c = &run[i].counts;
            CSV_ROW(page, number(page, run[i].id), str_from(import_kind_name(run[i].kind)), run[i].files,
                    text_moment_iso(page->arena, run[i].started_us), number(page, c->rows), number(page, c->added),
                    number(page, c->changed), number(page, c->unchanged), number(page, c->rejected),
                    number(page, c->blank),
                    run[i].undone_us > 0 ? text_moment_iso(page->arena, run[i].undone_us) : S(""));
        }
    return true;
}

/* ---- one of them ---- */

struct refusing {
    struct page *page;
    struct import_view *v;
};

static struct imports_reason *reason_of(struct import_view *v, struct page *page, struct str key) {
    for (size_t i = 0; i < v->reasons; i++)
        if (str_equal(v->reason[i].key, key))
            return &v->reason[i];
    if (v->reasons == IMPORTS_REASONS)
        return NULL;
    struct imports_reason *reason = &v->reason[v->reasons++];
    *reason = (struct imports_reason){.key = str_copy(page->arena, key)};
    reason->text = page_text(page, reason->key, S("…"));
    return reason;
}

static bool reject_take(struct cx *cx, void *owner, const struct import_reject *reject) {
    struct refusing *r = owner;
    struct import_view *v = r->v;
    struct imports_reason *reason = reason_of(v, r->page, reject->reason);
    (void)cx;
    if (reason != NULL)
        reason->rows++;
    if (v->rejects == IMPORTS_REJECTS)
        return true;
    struct arena *arena = r->page->arena;
    v->reject[v->rejects++] = (struct imports_reject){
        .file = str_copy(arena, reject->file),
        .column = str_copy(arena, reject->column),
        .reason = page_text(r->page, str_copy(arena, reject->reason), str_copy(arena, reject->detail)),
        .row = str_copy(arena, reject->row),
        .line = reject->line};
    return true;
}

static bool warnings_fill(struct page *page, struct import_view *v) {
    struct upload upload;
    struct err told;
    int64_t id;
    if (!page_number(page_query(page, "upload"), &id))
        return true;
    if (!uploads_find(page->cx, page->db, id, &upload))
        return false;
    for (size_t i = 0;
         upload.import_id == v->run.id && v->tolds < IMPORTS_TOLD && uploads_told(page->arena, &upload, i, &told); i++)
        v->told[v->tolds++] = catalog_text(page->arena, page->lang, told.key, told.arg, told.args);
    return true;
}

bool import_show(struct page *page) {
    struct import_view *v = arena_new(page->arena, struct import_view, 1);
    struct refusing refusing = {page, v};
    int64_t id;
    if (!page_arg_id(page, 0, &id) || !admin_import(page->cx, page->db, id, &v->run) ||
        !admin_rejects(page->cx, page->db, id, reject_take, &refusing) || !warnings_fill(page, v))
        return false;
    v->at = page_moment(page, v->run.started_us);
    v->kind = imports_kind(page, v->run.kind);
    v->undone = v->run.undone_us > 0 ? page_moment(page, v->run.undone_us) : (struct str){0};
    page_top(page, page_text(page, S("imports.one"), html_arg_long(page, (long)id)));
    import_page(page, v);
    page_bottom(page);
    return true;
}

static bool reject_write(struct cx *cx, void *owner, const struct import_reject *reject) {
    struct page *page = owner;
    struct str reason = catalog_text(cx->arena, page->lang, reject->reason, &reject->detail, 1);
    CSV_ROW(page, reject->file, number(page, reject->line), reject->column, reason, reject->detail, reject->row);
    return true;
}

bool import_rejects(struct page *page) {
    struct import_run run;
    int64_t id;
    if (!page_arg_id(page, 0, &id) || !admin_import(page->cx, page->db, id, &run))
        return false;
    csv_start(page, "rejects.csv");
    CSV_ROW(page, page_text(page, S("imports.file")), page_text(page, S("imports.line")),
            page_text(page, S("imports.column")), page_text(page, S("imports.reason")),
            page_text(page, S("imports.detail")), page_text(page, S("imports.row")));
    return admin_rejects(page->cx, page->db, id, reject_write, page);
}

bool import_undo_do(struct page *page) {
    int64_t id;
    return page_arg_id(page, 0, &id) && import_take_back(page->cx, page->db, id, page->user.login, page->now_us) &&
           page_go(page, cx_text(page->cx, "/imports/%lld", (long long)id), S("imports.said_undone"));
}
