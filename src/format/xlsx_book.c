// SPDX-License-Identifier: Apache-2.0
/* xlsx_book -- relations lead to the workbook, the workbook to its sheets, styles and shared strings.
 *
 * The zip is opened anew for every part, because parts may stand in any order. Must not read the sheet itself. The
 * invariant: texts of shared strings never take more than LIMIT_SHEET_SHARED bytes, their places included.
 */
#include "format/xlsx_book.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"

enum { BOOK_SHEETS_MAX = 1000, BOOK_STYLES_MAX = 65536, BOOK_FORMATS_MAX = 4096 };

static bool part_fill(struct cx *cx, void *packed, char *into, size_t room, size_t *got) {
    return packed_read(cx, packed, into, room, got);
}

/* Names in a zip are compared without regard to case, as the standard says of part names. */
static bool same_part(struct cx *cx, struct str a, struct str b) {
    return str_equal(str_lower(cx->arena, a), str_lower(cx->arena, b));
}

bool xlsx_part_open(struct cx *cx, struct source *source, struct str member, struct xlsx_part *out, bool *found) {
    *out = (struct xlsx_part){0};
    *found = false;
    if (!packed_open(cx, source, PACKED_ZIP, &out->packed))
        return false;
    struct str name;
    do {
        if (!packed_next(cx, out->packed, &name))
            goto failed;
    } while (name.p && !same_part(cx, name, member));
    *found = name.p != NULL;
    if (!*found) {
        xlsx_part_close(out);
        return true;
    }
    if (xml_open(cx, part_fill, out->packed, source->path, NULL, &out->xml))
        return true;
failed:
    xlsx_part_close(out);
    return false;
}

void xlsx_part_close(struct xlsx_part *part) {
    xml_close(part->xml);
    packed_close(part->packed);
    *part = (struct xlsx_part){0};
}

/* Reads one part whole: `begin` sees each element as it opens, `text` (if any) each text, `end` each element's end. */
struct part_reader {
    bool (*begin)(struct cx *cx, void *owner, const struct xml *xml);
    bool (*text)(struct cx *cx, void *owner, struct str text);
    bool (*end)(struct cx *cx, void *owner, const struct xml *xml);
    void *owner;
};

static bool part_walk(struct cx *cx, struct xml *xml, const struct part_reader *reader) {
    for (;;) {
        bool ok = true;
        switch (xml_next(cx, xml)) {
        case XML_BEGIN:
            ok = reader->begin(cx, reader->owner, xml);
            break;
        case XML_TEXT:
            ok = !reader->text || reader->text(cx, reader->owner, xml_text(xml));
            break;
        case XML_END:
            ok = !reader->end || reader->end(cx, reader->owner, xml);
            break;
        case XML_DONE:
            return true;
        case XML_FAIL:
            return false;
        }
        if (!ok)
            return false;
    }
}

static bool part_read(struct cx *cx, struct source *source, struct str member, const struct part_reader *reader,
                      bool *found) {
    struct xlsx_part part;
    if (!xlsx_part_open(cx, source, member, &part, found))
        return false;
    bool ok = !*found || (part_walk(cx, part.xml, reader) && packed_rest(cx, part.packed));
    xlsx_part_close(&part);
    return ok;
}

static bool no_workbook(struct cx *cx, const struct source *source) {
    return cx_fail(cx, ERR_INVALID, S("table.no_workbook"), source->path);
}

/* -- relations: which member a relation of this kind, or of this id, leads to -------------------------------------- */

struct relations {
    struct str folder; /* what targets are relative to */
    struct str workbook, styles, shared;
    struct str id, sheet; /* looked for, found */
};

/* A target is relative to its folder, or begins with '/'. */
static struct str target_path(struct cx *cx, struct str folder, struct str target) {
    if (str_starts(target, S("/")))
        return str_copy(cx->arena, (struct str){target.p + 1, target.n - 1});
    while (str_starts(target, S("./")))
        target = (struct str){target.p + 2, target.n - 2};
    while (str_starts(target, S("../"))) {
        target = (struct str){target.p + 3, target.n - 3};
        size_t n = folder.n > 0 ? folder.n - 1 : 0;
        while (n > 0 && folder.p[n - 1] != '/')
            n--;
        folder.n = n;
    }
    return cx_text(cx, "%.*s%.*s", STR_ARG(folder), STR_ARG(target));
}

static bool relation_begin(struct cx *cx, void *owner, const struct xml *xml) {
    struct relations *r = owner;
    if (!xml_is(xml, "Relationship"))
        return true;
    struct str type = xml_attribute(xml, "Type"), id = xml_attribute(xml, "Id");
    struct str path = target_path(cx, r->folder, xml_attribute(xml, "Target"));
    if (str_ends(type, S("/officeDocument")))
        r->workbook = path;
    if (str_ends(type, S("/styles")))
        r->styles = path;
    if (str_ends(type, S("/sharedStrings")))
        r->shared = path;
    if (str_ends(type, S("/worksheet")) && r->id.n > 0 && str_equal(id, r->id))
        r->sheet = path;
    return true;
}

static bool relations_read(struct cx *cx, struct source *source, struct str member, struct relations *r) {
    struct part_reader reader = {.begin = relation_begin, .owner = r};
    bool found;
    return part_read(cx, source, member, &reader, &found) && (found || no_workbook(cx, source));
}

/* -- workbook: the sheets by name and number ----------------------------------------------------------------------- */

struct sheets {
    bool from_1904;
    struct {
        struct str name, id;
        bool hidden;
    } sheet[BOOK_SHEETS_MAX];
    size_t n;
};

static bool workbook_begin(struct cx *cx, void *owner, const struct xml *xml) {
    struct sheets *s = owner;
    if (xml_is(xml, "workbookPr")) {
        struct str flag = xml_attribute(xml, "date1904");
        s->from_1904 = str_equal(flag, S("1")) || str_equal(flag, S("true")) || str_equal(flag, S("on"));
    }
    if (!xml_is(xml, "sheet") || s->n == BOOK_SHEETS_MAX)
        return true;
    struct str state = xml_attribute(xml, "state");
    s->sheet[s->n].name = str_copy(cx->arena, xml_attribute(xml, "name"));
    s->sheet[s->n].id = str_copy(cx->arena, xml_attribute(xml, "id"));
    s->sheet[s->n].hidden = state.n > 0 && !str_equal(state, S("visible"));
    s->n++;
    return true;
}

/* By its exact name, by a name that reads the same, by its number: the first that fits. */
static bool sheet_find(struct cx *cx, const struct sheets *s, struct str wanted, size_t *out) {
    for (*out = 0; *out < s->n; ++*out)
        if (wanted.n > 0 && str_equal(s->sheet[*out].name, wanted))
            return true;
    struct str fold = str_fold(cx->arena, wanted);
    for (*out = 0; *out < s->n; ++*out)
        if (wanted.n > 0 && str_equal(str_fold(cx->arena, s->sheet[*out].name), fold))
            return true;
    int64_t number = 1;
    if (wanted.n > 0 && !xlsx_integer(wanted, &number))
        return false;
    for (*out = 0; *out < s->n; ++*out)
        if (!s->sheet[*out].hidden && --number == 0)
            return true;
    return false;
}

static bool sheet_choose(struct cx *cx, const struct source *source, const struct sheets *s, struct str wanted,
                         size_t *out) {
    if (sheet_find(cx, s, wanted, out))
        return true;
    struct buf names;
    buf_init(&names, cx->arena, 2000);
    for (size_t i = 0; i < s->n; i++) {
        if (s->sheet[i].hidden)
            continue;
        if (buf_str(&names).n > 0)
            buf_put(&names, S(", "));
        buf_put(&names, s->sheet[i].name);
    }
    if (wanted.n == 0)
        return no_workbook(cx, source);
    return cx_fail(cx, ERR_NOT_FOUND, S("table.no_sheet"), source->path, wanted, buf_str(&names));
}

/* -- styles: which cell formats are dates -------------------------------------------------------------------------- */

struct styles {
    struct {
        int64_t id;
        enum xlsx_style style;
    } format[BOOK_FORMATS_MAX];
    size_t formats;
    bool within; /* cellXfs: other lists of xf are not for cells */
    enum xlsx_style *style;
    size_t n, room;
};

static enum xlsx_style style_by_id(const struct styles *s, int64_t id) {
    for (size_t i = 0; i < s->formats; i++)
        if (s->format[i].id == id)
            return s->format[i].style;
    enum xlsx_style style;
    xlsx_style_builtin(id, &style);
    return style;
}

static bool styles_begin(struct cx *cx, void *owner, const struct xml *xml) {
    struct styles *s = owner;
    int64_t id = 0;
    if (xml_is(xml, "numFmt") && s->formats < BOOK_FORMATS_MAX && xlsx_integer(xml_attribute(xml, "numFmtId"), &id)) {
        s->format[s->formats].id = id;
        s->format[s->formats++].style = xlsx_style_of(xml_attribute(xml, "formatCode"));
    }
    if (xml_is(xml, "cellXfs"))
        s->within = true;
    if (!s->within || !xml_is(xml, "xf") || s->n == BOOK_STYLES_MAX)
        return true;
    if (s->n == s->room) {
        size_t room = s->room ? s->room * 2 : 64;
        s->style = arena_grow(cx->arena, s->style, s->n, room, sizeof *s->style);
        s->room = room;
    }
    bool has = xlsx_integer(xml_attribute(xml, "numFmtId"), &id);
    s->style[s->n++] = has ? style_by_id(s, id) : XLSX_STYLE_NUMBER;
    return true;
}

static bool styles_end(struct cx *cx, void *owner, const struct xml *xml) {
    (void)cx;
    struct styles *s = owner;
    if (xml_is(xml, "cellXfs"))
        s->within = false;
    return true;
}

static bool styles_read(struct cx *cx, struct xlsx_book *book, struct str member) {
    struct styles *s = arena_new(cx->arena, struct styles, 1);
    struct part_reader reader = {.begin = styles_begin, .end = styles_end, .owner = s};
    bool found;
    if (member.n > 0 && !part_read(cx, book->source, member, &reader, &found))
        return false;
    book->style = s->style;
    book->styles = s->n;
    return true;
}

/* -- shared strings ------------------------------------------------------------------------------------------------ */

struct shared {
    struct str path;
    struct buf text; /* of the item under way; one buffer for all */
    int phonetic;    /* within rPh: how it is spoken, which is not part of the text */
    bool within;     /* t */
    struct str *item;
    size_t n, room, bytes;
};

static bool shared_begin(struct cx *cx, void *owner, const struct xml *xml) {
    struct shared *s = owner;
    (void)cx;
    if (xml_is(xml, "si"))
        s->text.n = 0;
    if (xml_is(xml, "rPh"))
        s->phonetic++;
    if (xml_is(xml, "t"))
        s->within = true;
    return true;
}

static bool shared_text(struct cx *cx, void *owner, struct str text) {
    (void)cx;
    struct shared *s = owner;
    if (s->within && s->phonetic == 0)
        buf_put(&s->text, text);
    return true;
}

static bool shared_end(struct cx *cx, void *owner, const struct xml *xml) {
    struct shared *s = owner;
    if (xml_is(xml, "t"))
        s->within = false;
    if (xml_is(xml, "rPh"))
        s->phonetic--;
    if (!xml_is(xml, "si"))
        return true;
    struct str text = buf_str(&s->text);
    s->bytes += text.n + sizeof text;
    if (s->text.cut || s->bytes > LIMIT_SHEET_SHARED)
        return cx_fail(cx, ERR_LIMIT, S("table.shared_too_large"), s->path);
    if (s->n == s->room) {
        size_t room = s->room ? s->room * 2 : 1024;
        s->item = arena_grow(cx->arena, s->item, s->n, room, sizeof *s->item);
        s->room = room;
    }
    text.n = xlsx_text_unescape(s->text.p, text.n);
    s->item[s->n++] = str_copy(cx->arena, text);
    return true;
}

static bool shared_read(struct cx *cx, struct xlsx_book *book, struct str member) {
    struct shared s = {.path = book->source->path};
    buf_init(&s.text, cx->arena, LIMIT_SHEET_SHARED);
    struct part_reader reader = {.begin = shared_begin, .text = shared_text, .end = shared_end, .owner = &s};
    bool found;
    if (member.n > 0 && !part_read(cx, book->source, member, &reader, &found))
        return false;
    book->shared = s.item;
    book->shareds = s.n;
    return true;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Only ASCII codes are written so in practice; others stay as they are. */
size_t xlsx_text_unescape(char *text, size_t n) {
    size_t put = 0;
    for (size_t i = 0; i < n; i++) {
        bool escape = i + 7 <= n && text[i] == '_' && text[i + 1] == 'x' && text[i + 2] == '0' && text[i + 3] == '0' &&
                      text[i + 6] == '_' && hex_digit(text[i + 4]) >= 0 && hex_digit(text[i + 4]) < 8 &&
                      hex_digit(text[i + 5]) >= 0;
        if (escape) {
            text[put++] = (char)(hex_digit(text[i + 4]) * 16 + hex_digit(text[i + 5]));
            i += 6;
        } else {
            text[put++] = text[i];
        }
    }
    return put;
}

/* -- the whole ----------------------------------------------------------------------------------------------------- */

/* xl/workbook.xml -> xl/_rels/workbook.xml.rels */
static struct str relations_of(struct cx *cx, struct str member, struct str *folder) {
    size_t n = member.n;
    while (n > 0 && member.p[n - 1] != '/')
        n--;
    *folder = (struct str){member.p, n};
    struct str name = {member.p + n, member.n - n};
    return cx_text(cx, "%.*s_rels/%.*s.rels", STR_ARG(*folder), STR_ARG(name));
}

bool xlsx_book_read(struct cx *cx, struct source *source, struct str sheet, struct xlsx_book *out) {
    *out = (struct xlsx_book){.source = source};
    struct relations top = {0};
    if (!relations_read(cx, source, S("_rels/.rels"), &top))
        return false;
    if (top.workbook.n == 0 || !str_ends(str_lower(cx->arena, top.workbook), S(".xml")))
        return no_workbook(cx, source);

    struct sheets *sheets = arena_new(cx->arena, struct sheets, 1);
    struct part_reader reader = {.begin = workbook_begin, .owner = sheets};
    bool found;
    size_t chosen;
    if (!part_read(cx, source, top.workbook, &reader, &found))
        return false;
    if (!found || sheets->n == 0)
        return no_workbook(cx, source);
    if (!sheet_choose(cx, source, sheets, sheet, &chosen))
        return false;
    out->from_1904 = sheets->from_1904;

    struct relations book = {.id = sheets->sheet[chosen].id};
    struct str member = relations_of(cx, top.workbook, &book.folder);
    if (!relations_read(cx, source, member, &book))
        return false;
    if (book.sheet.n == 0)
        return cx_fail(cx, ERR_INVALID, S("table.no_rows_in_sheet"), source->path, sheets->sheet[chosen].name);
    out->sheet = book.sheet;
    return styles_read(cx, out, book.styles) && shared_read(cx, out, book.shared);
}
