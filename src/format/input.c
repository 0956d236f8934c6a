// SPDX-License-Identifier: Apache-2.0
/* input -- source, unpacking and letters put together into one stream of text.
 *
 * Must not know rows. Three stages: bytes_read (unpacked bytes), head (the first of them, looked at once and handed out
 * again), and the UTF-16 stage where it applies. The invariant: a byte is either still in `head` or not yet read.
 */
#include "format/input.h"

#include <string.h>

#include "base/buf.h"
#include "format/open.h"
#include "format/text.h"

enum { INPUT_HEAD = 64 << 10, INPUT_UTF16_STEP = 16 << 10, INPUT_NAMES_SHOWN = 12 };

struct input {
    struct arena *arena; /* of the cx it was opened with */
    struct source source;
    enum packed_kind kind;
    struct packed *packed; /* NULL: not packed */
    struct str member;     /* of a zip */
    char *head;
    size_t head_at, head_n;
    bool wide; /* UTF-16 */
    struct text_utf16 utf16;
    char *wide_in, *wide_out;
    size_t out_at, out_n;
};

static bool bytes_read(struct cx *cx, struct input *in, char *into, size_t room, size_t *got) {
    return in->packed ? packed_read(cx, in->packed, into, room, got) : source_read(cx, &in->source, into, room, got);
}

/* The files in a zip as one text ("a.csv, b.csv, ..."), cut after a few; *n: how many there are. *only: the first. */
static bool member_names(struct cx *cx, struct source *source, size_t *n, struct str *names, struct str *only) {
    struct packed *packed;
    if (!packed_open(cx, source, PACKED_ZIP, &packed))
        return false;
    struct buf text;
    buf_init(&text, cx->arena, 4096);
    struct str name;
    bool ok;
    for (*n = 0; (ok = packed_next(cx, packed, &name)) && name.p; ++*n) {
        if (*n == 0)
            *only = name;
        if (*n < INPUT_NAMES_SHOWN) {
            if (*n > 0)
                buf_put(&text, S(", "));
            buf_put(&text, name);
        } else if (*n == INPUT_NAMES_SHOWN) {
            buf_put(&text, S(", ..."));
        }
    }
    packed_close(packed);
    *names = buf_str(&text);
    return ok;
}

/* Which file of the zip: the one asked for, else the only one. */
static bool member_choose(struct cx *cx, struct input *in) {
    if (in->source.member.n > 0) {
        in->member = in->source.member;
        return true;
    }
    size_t n;
    struct str names;
    if (!member_names(cx, &in->source, &n, &names, &in->member))
        return false;
    if (n == 0)
        return cx_fail(cx, ERR_INVALID, S("input.zip_empty"), in->source.path);
    if (n == 1)
        return true;
    return cx_fail(cx, ERR_INVALID, S("input.several"), in->source.path, names, in->member);
}

static bool member_enter(struct cx *cx, struct input *in) {
    struct str name;
    do {
        if (!packed_next(cx, in->packed, &name))
            return false;
        if (!name.p) {
            size_t n;
            struct str names, first;
            if (!member_names(cx, &in->source, &n, &names, &first))
                return false;
            return cx_fail(cx, ERR_NOT_FOUND, S("input.no_member"), in->source.path, in->member, names);
        }
    } while (in->kind == PACKED_ZIP && !str_equal(name, in->member));
    return true;
}

static bool refuse(struct cx *cx, const struct input *in, enum text_kind kind, struct str format) {
    struct str path = in->source.path;
    if (kind == TEXT_OLD_EXCEL)
        return cx_fail(cx, ERR_INVALID, S("input.old_excel"), path);
    if (kind == TEXT_OTHER_FORMAT)
        return cx_fail(cx, ERR_INVALID, S("input.other_format"), path, format);
    return cx_fail(cx, ERR_INVALID, S("input.not_text"), path);
}

static bool head_look(struct cx *cx, struct input *in) {
    in->head_at = in->head_n = in->out_at = in->out_n = 0;
    for (size_t n = 1; n > 0 && in->head_n < INPUT_HEAD; in->head_n += n)
        if (!bytes_read(cx, in, in->head + in->head_n, INPUT_HEAD - in->head_n, &n))
            return false;
    struct str head = {in->head, in->head_n}, format;
    if (in->packed && packed_kind(head) != PACKED_NOT)
        return cx_fail(cx, ERR_INVALID, S("input.nested"), in->source.path);
    enum text_kind kind = text_kind(head, &in->head_at, &format);
    in->wide = kind == TEXT_UTF16LE || kind == TEXT_UTF16BE;
    in->utf16 = (struct text_utf16){.big_endian = kind == TEXT_UTF16BE};
    return kind == TEXT_BYTES || in->wide || refuse(cx, in, kind, format);
}

/* From the beginning, for the first and for any later time. */
static bool start(struct cx *cx, struct input *in) {
    packed_close(in->packed);
    in->packed = NULL;
    in->source.at = 0;
    if (in->kind != PACKED_NOT) {
        if (!packed_open(cx, &in->source, in->kind, &in->packed))
            return false;
        if (!member_enter(cx, in))
            return false;
    }
    if (!head_look(cx, in))
        return false;
    if (in->wide && !in->wide_in) {
        in->wide_in = arena_alloc(cx->arena, INPUT_UTF16_STEP, 1);
        in->wide_out = arena_alloc(cx->arena, 3 * (INPUT_UTF16_STEP / 2 + 2), 1);
    }
    return true;
}

bool input_open_source(struct cx *cx, struct source *source, struct input **out) {
    struct input *in = arena_new(cx->arena, struct input, 1);
    in->arena = cx->arena;
    in->source = *source;
    in->head = arena_alloc(cx->arena, INPUT_HEAD, 1);
    size_t n;
    if (source_head(cx, &in->source, in->head, PACKED_MAGIC, &n)) {
        in->kind = packed_kind((struct str){in->head, n});
        bool named = in->source.member.n > 0;
        if (named && in->kind != PACKED_ZIP)
            cx_fail(cx, ERR_INVALID, S("input.no_zip"), in->source.path, in->source.member);
        else if ((in->kind != PACKED_ZIP || member_choose(cx, in)) && start(cx, in)) {
            *out = in;
            return true;
        }
    }
    input_close(in);
    return false;
}

bool input_open(struct cx *cx, struct str path, struct input **out) {
    struct source source;
    return source_open(cx, path, &source) && input_open_source(cx, &source, out);
}

void input_close(struct input *input) {
    if (!input)
        return;
    packed_close(input->packed);
    input->packed = NULL;
    source_close(&input->source);
}

/* The caller's arena may be a shorter-lived one by now. */
bool input_rewind(struct cx *cx, struct input *input) {
    struct cx own = {.arena = input->arena};
    if (start(&own, input))
        return true;
    cx->err = own.err;
    return false;
}

static bool narrow_fill(struct cx *cx, struct input *in, char *into, size_t room, size_t *got) {
    size_t left = in->head_n - in->head_at;
    if (left == 0)
        return bytes_read(cx, in, into, room, got);
    *got = left < room ? left : room;
    memcpy(into, in->head + in->head_at, *got);
    in->head_at += *got;
    return true;
}

static bool wide_fill(struct cx *cx, struct input *in, char *into, size_t room, size_t *got) {
    for (size_t n = 1; in->out_at == in->out_n && n > 0;) {
        if (!narrow_fill(cx, in, in->wide_in, INPUT_UTF16_STEP, &n))
            return false;
        in->out_at = 0;
        in->out_n = text_from_utf16(&in->utf16, in->wide_in, n, n == 0, in->wide_out);
    }
    size_t left = in->out_n - in->out_at;
    *got = left < room ? left : room;
    memcpy(into, in->wide_out + in->out_at, *got);
    in->out_at += *got;
    return true;
}

bool input_fill(struct cx *cx, void *input, char *into, size_t room, size_t *got) {
    struct input *in = input;
    return in->wide ? wide_fill(cx, in, into, room, got) : narrow_fill(cx, in, into, room, got);
}

void input_progress(const struct input *input, uint64_t *done, uint64_t *total) {
    *done = input->source.at;
    *total = input->source.pipe >= 0 ? 0 : input->source.size;
}
