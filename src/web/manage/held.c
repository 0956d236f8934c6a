// SPDX-License-Identifier: Apache-2.0
/* held -- what is held about somebody who asks: where it is, and all of it as a file. What is searched for is sent by a form, as logs keep
 * what stands in addresses.
 */
#include "base/text.h"
#include "core/taxid.h"
#include "web/api/answer.h"
#include "web/manage/manage.h"
#include "web/manage/privacy.h"
#include "web/pages.h"

static bool show(struct page *page, struct held_view *v) {
    page_top(page, page_text(page, S("held.title")));
    held_page(page, v);
    page_bottom(page);
    return true;
}

bool held_show(struct page *page) {
    struct held_view *v = arena_new(page->arena, struct held_view, 1);
    return show(page, v);
}

struct str held_tax_id(struct page *page, const struct held_who *who) {
    char text[TAXID_TEXT];
    return who->tax_id.n == 0 ? (struct str){0}
                              : str_copy(page->arena, (struct str){text, taxid_pretty(who->tax_id, text)});
}

bool held_find_do(struct page *page) {
    struct held_view *v = arena_new(page->arena, struct held_view, 1);
    v->typed = str_trim(page_form(page, "typed"));
    v->asked = true;
    if (held_find(page->cx, page->db, v->typed, &v->found))
        return show(page, v);
    if (page->cx->err.code != ERR_INVALID)
        return false;
    v->fault = catalog_error(page->arena, page->lang, &page->cx->err);
    cx_clear(page->cx);
    page_refused(page);
    return show(page, v);
}

/* ---- the file ---- */

struct writing {
    struct page *page;
    struct answer out;
    const char *section;
    bool row; /* one is open */
};

static void section_to(struct writing *w, const char *section) {
    if (w->row)
        answer_object_end(&w->out);
    w->row = false;
    if (w->section == section)
        return;
    if (w->section != NULL)
        answer_array_end(&w->out);
    w->section = section;
    if (section != NULL)
        answer_array(&w->out, section);
}

/* The end of a column's name tells what its numbers are; what is written then needs no such end. */
static bool ends(struct page *page, const char *name, struct str with, const char **plain) {
    struct str text = str_from(name);
    if (!str_ends(text, with))
        return false;
    *plain = str_terminated(page->arena, (struct str){text.p, text.n - with.n});
    return true;
}

static void number_write(struct page *page, struct answer *out, const struct held_cell *cell) {
    const char *plain;
    if (ends(page, cell->column, S("_us"), &plain))
        answer_moment(out, plain, cell->number);
    else if (ends(page, cell->column, S("_on"), &plain))
        answer_day(out, cell->column, cell->absent ? DAY_NONE : (struct day){(int32_t)cell->number});
    else if (ends(page, cell->column, S("_cents"), &plain))
        answer_money(out, plain, cell->number);
    else
        answer_number(out, cell->column, cell->number);
}

static bool cell_write(struct cx *cx, void *owner, const struct held_cell *cell) {
    struct writing *w = owner;
    if (cell->begins) {
        section_to(w, cell->section);
        answer_object(&w->out, NULL);
        w->row = true;
    }
    if (cell->is_text)
        answer_text(&w->out, cell->column, cell->text);
    else
        number_write(w->page, &w->out, cell);
    return !w->page->reply->body.cut || cx_fail(cx, ERR_LIMIT, S("web.memory"));
}

static bool suppression_write(struct cx *cx, void *owner, const struct suppression *s) {
    static const char section[] = "not_to_be_contacted";
    struct writing *w = owner;
    (void)cx;
    section_to(w, section);
    answer_object(&w->out, NULL);
    w->row = true;
    answer_text(&w->out, "address", s->shown);
    answer_chars(&w->out, "channel", suppression_channel_name(s->channel));
    answer_chars(&w->out, "source", suppression_source_name(s->source));
    answer_day(&w->out, "since_on", s->day);
    answer_day(&w->out, "until_on", s->until);
    answer_text(&w->out, "note", s->note);
    answer_moment(&w->out, "lifted", s->lifted_us);
    return true;
}

bool held_export_do(struct page *page) {
    struct writing w = {.page = page, .out = {.to = &page->reply->body}};
    const struct held_wish wish = {.code = page->arg[0], .who = page->user.login, .now_us = page->now_us};
    answer_object(&w.out, NULL);
    answer_text(&w.out, "code", wish.code);
    answer_moment(&w.out, "given_out", page->now_us);
    if (!held_export(page->cx, page->db, &wish, cell_write, suppression_write, &w))
        return false;
    section_to(&w, NULL);
    answer_object_end(&w.out);
    page->reply->type = S("application/json; charset=utf-8");
    page_header(page, S("Content-Disposition"), S("attachment; filename=\"held.json\""));
    return true;
}
