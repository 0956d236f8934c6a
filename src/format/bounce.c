// SPDX-License-Identifier: Apache-2.0
/* bounce -- see the header. GMime takes the mail apart and undoes its encodings; the fields of a report are read here, as GMime has no
 * eyes for them: lines "Name: value", folded ones continued, groups parted by an empty line.
 */
#include "format/bounce.h"

#include <gmime/gmime.h>
#include <string.h>

#include "base/text.h"
#include "format/mime.h"

/* ---- texts ---- */

/* At most `most` bytes, no character cut in two, nothing that steers a terminal, UTF-8 whatever came. */
static struct str clean(struct arena *arena, struct str s, size_t most) {
    struct str whole = str_valid_utf8(s) ? s : str_from_cp1252(arena, s);
    struct str trimmed = str_trim(text_clean(arena, whole));
    if (trimmed.n > most) {
        trimmed.n = most;
        while (trimmed.n > 0 && !str_valid_utf8(trimmed))
            trimmed.n--;
    }
    return str_copy(arena, str_trim(trimmed));
}

static struct str clean_text(struct arena *arena, const char *text, size_t most) {
    /* A little more than what stays: it is cleaned before it is cut, and a megabyte of it is not cleaned for nothing. */
    size_t n = text != NULL ? strnlen(text, 4 * most) : 0;
    while (n > 0 && n == 4 * most && ((unsigned char)text[n] & 0xC0u) == 0x80u)
        n--;
    return n > 0 ? clean(arena, (struct str){text, n}, most) : (struct str){0};
}

static void name_add(struct arena *arena, struct bounce *out, const char *id) {
    struct str s = clean_text(arena, id, BOUNCE_ADDRESS);
    if (s.n > 2 && s.p[0] == '<' && s.p[s.n - 1] == '>')
        s = (struct str){s.p + 1, s.n - 2};
    bool known = s.n == 0 || out->names == BOUNCE_NAMED;
    for (size_t i = 0; !known && i < out->names; i++)
        known = str_equal(out->named[i], s);
    if (!known)
        out->named[out->names++] = s;
}

/* "rfc822; ana@example.com", "<ana@example.com>" */
static struct str address_of(struct str field) {
    struct str kind, rest;
    struct str s = str_cut(field, ';', &kind, &rest) ? str_trim(rest) : field;
    if (s.n > 2 && s.p[0] == '<' && s.p[s.n - 1] == '>')
        s = (struct str){s.p + 1, s.n - 2};
    return s.n <= BOUNCE_ADDRESS ? s : (struct str){0};
}

/* ---- the fields of a report ---- */

struct fields {
    struct arena *arena;
    struct str rest;
};

static struct str line_next(struct str *rest) {
    struct str line, after;
    (void)str_cut(*rest, '\n', &line, &after);
    *rest = after;
    if (line.n > 0 && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

static bool blank(struct str line) {
    return str_trim(line).n == 0;
}

/* The next field with the lines that continue it; *group_ends: an empty line was met instead. False: no more. */
static bool field_next(struct fields *f, struct str *name, struct str *value, bool *group_ends) {
    *group_ends = false;
    if (f->rest.n == 0)
        return false;
    struct str line = line_next(&f->rest), all = line;
    if (blank(line)) {
        *group_ends = true;
        return true;
    }
    while (f->rest.n > 0 && (f->rest.p[0] == ' ' || f->rest.p[0] == '\t')) {
        struct str more = line_next(&f->rest);
        if (blank(more))
            break;
        all.n = (size_t)(more.p + more.n - all.p);
    }
    struct str head, tail;
    if (!str_cut(all, ':', &head, &tail))
        head = tail = (struct str){0};
    *name = str_lower(f->arena, str_trim(head));
    *value = clean(f->arena, (struct str){tail.p, tail.n < 4 * BOUNCE_TEXT ? tail.n : 4 * BOUNCE_TEXT}, BOUNCE_TEXT);
    return true;
}

static void recipient_take(struct bounce_recipient *r, struct str name, struct str value) {
    if (str_equal(name, S("final-recipient")))
        r->address = address_of(value);
    else if (str_equal(name, S("original-recipient")))
        r->original = address_of(value);
    else if (str_equal(name, S("action")))
        r->action = value;
    else if (str_equal(name, S("status")))
        r->status = value;
    else if (str_equal(name, S("diagnostic-code")))
        r->diagnostic = value;
}

static void recipient_add(struct bounce *out, const struct bounce_recipient *r) {
    if ((r->address.n > 0 || r->original.n > 0) && out->recipients < BOUNCE_RECIPIENTS)
        out->recipient[out->recipients++] = *r;
}

static void delivery_read(struct arena *arena, struct str body, struct bounce *out) {
    struct fields f = {arena, body};
    struct bounce_recipient r = {0};
    struct str name, value;
    bool ends;
    while (out->recipients < BOUNCE_RECIPIENTS && field_next(&f, &name, &value, &ends)) {
        if (!ends) {
            recipient_take(&r, name, value);
            continue;
        }
        recipient_add(out, &r);
        r = (struct bounce_recipient){0};
    }
    recipient_add(out, &r);
}

static void feedback_read(struct arena *arena, struct str body, struct bounce *out) {
    struct fields f = {arena, body};
    struct str name, value;
    bool ends;
    while (field_next(&f, &name, &value, &ends)) {
        if (ends)
            continue;
        if (str_equal(name, S("feedback-type")))
            out->feedback = str_lower(arena, value);
        if (str_equal(name, S("original-rcpt-to")) && out->recipients < BOUNCE_RECIPIENTS)
            out->recipient[out->recipients++].address = address_of(value);
    }
}

/* ---- parts ---- */

/* What a part holds, its encoding undone. */
static struct str part_bytes(struct arena *arena, GMimeObject *part) {
    GMimeDataWrapper *content = GMIME_IS_PART(part) ? g_mime_part_get_content(GMIME_PART(part)) : NULL;
    if (content == NULL)
        return (struct str){0};
    GMimeStream *stream = g_mime_stream_mem_new();
    (void)g_mime_data_wrapper_write_to_stream(content, stream);
    GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    struct str out = {0};
    if (bytes != NULL && bytes->len > 0)
        out = str_copy(arena, (struct str){(const char *)bytes->data, bytes->len});
    g_object_unref(stream);
    return out;
}

static GMimeMessage *parse(struct str mail) {
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(mail.n > 0 ? mail.p : "", mail.n);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    return message;
}

static void text_take(struct arena *arena, GMimeObject *part, struct bounce *out) {
    if (out->text.n > 0 || !GMIME_IS_TEXT_PART(part) ||
        !g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text", "plain"))
        return;
    char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
    out->text = clean_text(arena, text, BOUNCE_TEXT);
    g_free(text);
}

/* The message that came back, or its headers: its name, and to whom it says it went. */
static void returned_take(struct arena *arena, GMimeMessage *message, struct bounce *out) {
    if (message == NULL)
        return;
    name_add(arena, out, g_mime_message_get_message_id(message));
    const char *to = g_mime_object_get_header(GMIME_OBJECT(message), "To");
    if (out->form == BOUNCE_FEEDBACK && out->recipients == 0 && to != NULL)
        out->recipient[out->recipients++].original = clean_text(arena, to, BOUNCE_ADDRESS);
}

static void returned_headers_take(struct arena *arena, struct str headers, struct bounce *out) {
    GMimeMessage *message = parse(headers);
    returned_take(arena, message, out);
    if (message != NULL)
        g_object_unref(message);
}

static void part_take(struct arena *arena, GMimeObject *part, struct bounce *out) {
    GMimeContentType *type = g_mime_object_get_content_type(part);
    if (GMIME_IS_MESSAGE_PART(part))
        returned_take(arena, g_mime_message_part_get_message(GMIME_MESSAGE_PART(part)), out);
    else if (g_mime_content_type_is_type(type, "text", "rfc822-headers") ||
             g_mime_content_type_is_type(type, "message", "global-headers"))
        returned_headers_take(arena, part_bytes(arena, part), out);
    else if (out->form == BOUNCE_DELIVERY && (g_mime_content_type_is_type(type, "message", "delivery-status") ||
                                              g_mime_content_type_is_type(type, "message", "global-delivery-status")))
        delivery_read(arena, part_bytes(arena, part), out);
    else if (out->form == BOUNCE_FEEDBACK && g_mime_content_type_is_type(type, "message", "feedback-report"))
        feedback_read(arena, part_bytes(arena, part), out);
    else
        text_take(arena, part, out);
}

static enum bounce_form form_of(GMimeObject *top) {
    GMimeContentType *type = g_mime_object_get_content_type(top);
    const char *kind = g_mime_content_type_get_parameter(type, "report-type");
    if (!GMIME_IS_MULTIPART(top) || !g_mime_content_type_is_type(type, "multipart", "report") || kind == NULL)
        return BOUNCE_PLAIN;
    return g_ascii_strcasecmp(kind, "delivery-status") == 0 || g_ascii_strcasecmp(kind, "global-delivery-status") == 0
               ? BOUNCE_DELIVERY
           : g_ascii_strcasecmp(kind, "feedback-report") == 0 ? BOUNCE_FEEDBACK
                                                              : BOUNCE_PLAIN;
}

static void parts_take(struct arena *arena, GMimeObject *top, struct bounce *out) {
    out->form = form_of(top);
    if (!GMIME_IS_MULTIPART(top)) {
        text_take(arena, top, out);
        return;
    }
    enum { PARTS = 20 };
    int n = g_mime_multipart_get_count(GMIME_MULTIPART(top));
    for (int i = 0; i < n && i < PARTS; i++) {
        GMimeObject *part = g_mime_multipart_get_part(GMIME_MULTIPART(top), i);
        if (out->form == BOUNCE_PLAIN)
            text_take(arena, part, out);
        else
            part_take(arena, part, out);
    }
}

/* Some systems send back nothing of the message, but answer it as a person's program would. */
static void answered_take(struct arena *arena, GMimeMessage *message, struct bounce *out) {
    static const char *const headers[] = {"In-Reply-To", "References"};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        const char *value = g_mime_object_get_header(GMIME_OBJECT(message), headers[i]);
        struct str rest =
            value != NULL ? (struct str){value, strnlen(value, BOUNCE_NAMED * BOUNCE_ADDRESS)} : (struct str){0};
        struct str before, id, after;
        while (str_cut(rest, '<', &before, &after) && str_cut(after, '>', &id, &rest))
            name_add(arena, out, str_terminated(arena, id));
    }
}

void bounce_read(struct arena *arena, struct str mail, struct bounce *out) {
    *out = (struct bounce){0};
    mime_ready();
    GMimeMessage *message = parse((struct str){mail.p, mail.n < BOUNCE_BYTES ? mail.n : BOUNCE_BYTES});
    if (message == NULL)
        return;
    const char *from = g_mime_object_get_header(GMIME_OBJECT(message), "From");
    char *decoded = from != NULL ? g_mime_utils_header_decode_text(NULL, from) : NULL;
    out->from = clean_text(arena, decoded, BOUNCE_ADDRESS);
    g_free(decoded);
    out->subject = clean_text(arena, g_mime_message_get_subject(message), BOUNCE_TEXT);
    out->id = clean_text(arena, g_mime_message_get_message_id(message), BOUNCE_ADDRESS);
    GMimeObject *top = g_mime_message_get_mime_part(message);
    if (top != NULL)
        parts_take(arena, top, out);
    answered_take(arena, message, out);
    g_object_unref(message);
}
