// SPDX-License-Identifier: Apache-2.0
/* letter -- see the header. All texts are cleaned before GMime sees any: what it would make of a line end inside a name need not be
 * known. The parts, from the outside in: alternative (text, then HTML as the better one), the HTML with its picture as related.
 */
#include "format/letter.h"

#include <gmime/gmime.h>
#include <string.h>

#include "base/utf8.h"
#include "format/mime.h"

enum { ADDRESS_MOST = 254, ID_MOST = 200, UNSUBSCRIBE_MOST = 800 };

/* ---- what is let in ---- */

/* Letters, digits and marks without a meaning in headers; exactly one @ inside. The callers know better what an address is. */
static bool address_is(struct str s, size_t most) {
    size_t at = 0, marks = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c <= ' ' || c >= 0x7f || strchr("<>()[]:;,\\\"", c) != NULL)
            return false;
        if (c == '@') {
            marks++;
            at = i;
        }
    }
    return s.n <= most && marks == 1 && at > 0 && at + 1 < s.n;
}

static bool unsubscribe_is(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] >= 0x7f || strchr("<>,\\\"", s.p[i]) != NULL)
            return false;
    return s.n <= UNSUBSCRIBE_MOST && (str_starts(s, S("https://")) || str_starts(s, S("http://")));
}

static bool fits(struct cx *cx, const struct letter *l) {
    const struct str address[] = {l->from, l->to, l->reply_to};
    for (size_t i = 0; i < sizeof address / sizeof *address; i++)
        if ((i < 2 || address[i].n > 0) && !address_is(address[i], ADDRESS_MOST))
            return cx_fail(cx, ERR_INVALID, S("letter.bad_address"), address[i]);
    if (!address_is(l->message_id, ID_MOST))
        return cx_fail(cx, ERR_INVALID, S("letter.bad_id"), l->message_id);
    if (l->unsubscribe.n > 0 && !unsubscribe_is(l->unsubscribe))
        return cx_fail(cx, ERR_INVALID, S("letter.bad_unsubscribe"), l->unsubscribe);
    if (l->text.n > LETTER_BODY_MOST || l->html.n > LETTER_BODY_MOST || l->picture.n > LETTER_BODY_MOST)
        return cx_fail(cx, ERR_LIMIT, S("letter.large"), cx_text(cx, "%d", LETTER_BODY_MOST >> 20));
    return true;
}

static struct str as_utf8(struct arena *arena, struct str s) {
    return str_valid_utf8(s) ? s : str_from_cp1252(arena, s);
}

/* One line: control characters, the C1 ones and Unicode's line ends too, are blanks; runs of blanks are one. What looks like an encoded
 * word (=?utf-8?q?...) is parted by a blank: readers would show what it stands for instead of what was written. */
static char *line_of(struct arena *arena, struct str s) {
    s = as_utf8(arena, s);
    char *to = arena_new(arena, char, 2 * s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        size_t length = utf8_length(s.p + i, s.n - i);
        unsigned char c = (unsigned char)s.p[i], next = length > 1 ? (unsigned char)s.p[i + 1] : 0;
        bool control = c <= ' ' || c == 0x7f || (c == 0xc2 && next < 0xa0) ||
                       (c == 0xe2 && next == 0x80 && ((unsigned char)s.p[i + 2] & 0xfe) == 0xa8);
        if (n + length > LETTER_SUBJECT_MOST)
            break;
        if (c == '?' && n > 0 && to[n - 1] == '=')
            to[n++] = ' ';
        if (!control) {
            memcpy(to + n, s.p + i, length);
            n += length;
        } else if (n > 0 && to[n - 1] != ' ') {
            to[n++] = ' ';
        }
        i += length;
    }
    while (n > 0 && to[n - 1] == ' ')
        n--;
    to[n] = '\0';
    return to;
}

/* Lines end in LF alone until GMime writes them; other control characters but the tab are left out. */
static char *lines_of(struct arena *arena, struct str s) {
    s = as_utf8(arena, s);
    char *to = arena_new(arena, char, s.n + 2);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '\r' && (i + 1 == s.n || s.p[i + 1] != '\n'))
            c = '\n';
        if (c == '\n' || c == '\t' || (unsigned char)c >= ' ')
            to[n++] = c;
    }
    if (n == 0 || to[n - 1] != '\n')
        to[n++] = '\n';
    to[n] = '\0';
    return to;
}

/* ---- the parts ---- */

static GMimePart *part_of(const char *type, const char *subtype, struct str bytes, GMimeContentEncoding encoding) {
    GMimePart *part = g_mime_part_new_with_type(type, subtype);
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes.p, bytes.n);
    GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(part, encoding);
    g_object_unref(content);
    g_object_unref(stream);
    return part;
}

/* Not GMime's own text part, which takes the smallest set of letters that does: some readers know UTF-8 alone. */
static GMimeObject *text_part(const char *subtype, const char *text) {
    GMimePart *part = part_of("text", subtype, str_from(text), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    return GMIME_OBJECT(part);
}

static GMimeObject *picture_part(struct str png) {
    GMimePart *part = part_of("image", "png", png, GMIME_CONTENT_ENCODING_BASE64);
    g_mime_part_set_content_id(part, "chart");
    g_mime_object_set_disposition(GMIME_OBJECT(part), "inline");
    g_mime_part_set_filename(part, "chart.png");
    return GMIME_OBJECT(part);
}

/* Takes both over. */
static GMimeObject *together(const char *subtype, GMimeObject *one, GMimeObject *other) {
    GMimeMultipart *all = g_mime_multipart_new_with_subtype(subtype);
    g_mime_multipart_add(all, one);
    g_mime_multipart_add(all, other);
    g_object_unref(one);
    g_object_unref(other);
    return GMIME_OBJECT(all);
}

struct texts {
    char *from_name, *from, *to_name, *to, *reply_to, *subject, *text, *html, *message_id, *unsubscribe;
};

static GMimeObject *body_of(const struct letter *l, const struct texts *t) {
    GMimeObject *plain = text_part("plain", t->text);
    if (l->html.n == 0)
        return plain;
    GMimeObject *html = text_part("html", t->html);
    if (l->picture.n > 0)
        html = together("related", html, picture_part(l->picture));
    return together("alternative", plain, html);
}

static void header(GMimeMessage *message, const char *name, const char *value) {
    g_mime_object_set_header(GMIME_OBJECT(message), name, value, "utf-8");
}

/* GMime would encode a long address like words, and nobody would find it again. */
static void header_raw(GMimeMessage *message, const char *name, const char *raw) {
    header(message, name, "");
    g_mime_header_set_raw_value(
        g_mime_header_list_get_header(g_mime_object_get_header_list(GMIME_OBJECT(message)), name), raw);
}

static void address_put(GMimeMessage *message, GMimeAddressType type, const char *name, const char *address) {
    InternetAddress *one = internet_address_mailbox_new(name, address);
    internet_address_set_charset(one, "utf-8");
    (void)internet_address_list_add(g_mime_message_get_addresses(message, type), one);
    g_object_unref(one);
}

static void headers(GMimeMessage *message, const struct letter *l, const struct texts *t) {
    GDateTime *at = g_date_time_new_from_unix_utc(l->at_us / 1000000);
    address_put(message, GMIME_ADDRESS_TYPE_FROM, t->from_name, t->from);
    address_put(message, GMIME_ADDRESS_TYPE_TO, t->to_name, t->to);
    if (l->reply_to.n > 0)
        address_put(message, GMIME_ADDRESS_TYPE_REPLY_TO, NULL, t->reply_to);
    g_mime_message_set_subject(message, t->subject, "utf-8");
    if (at != NULL) {
        g_mime_message_set_date(message, at);
        g_date_time_unref(at);
    }
    g_mime_message_set_message_id(message, t->message_id);
    if (l->auto_submitted) {
        header(message, "Auto-Submitted", "auto-generated");
        header(message, "X-Auto-Response-Suppress", "OOF, AutoReply"); /* what Exchange goes by */
    }
    if (l->unsubscribe.n > 0)
        header_raw(message, "List-Unsubscribe", t->unsubscribe);
    if (str_starts(l->unsubscribe, S("https://")))
        header(message, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
}

/* ---- the whole ---- */

static struct str written(struct arena *arena, GMimeMessage *message) {
    GMimeFormatOptions *options = g_mime_format_options_new();
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    (void)g_mime_object_write_to_stream(GMIME_OBJECT(message), options, stream);
    GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    struct str out = str_copy(arena, (struct str){(const char *)bytes->data, bytes->len});
    g_object_unref(stream);
    g_mime_format_options_free(options);
    return out;
}

static char *name_of(struct arena *arena, struct str name) {
    char *line = line_of(arena, name);
    return line[0] != '\0' ? line : NULL;
}

bool letter_write(struct cx *cx, const struct letter *l, struct str *out) {
    if (!fits(cx, l))
        return false;
    struct arena *arena = cx->arena;
    struct texts t = {.from_name = name_of(arena, l->from_name),
                      .from = str_terminated(arena, l->from),
                      .to_name = name_of(arena, l->to_name),
                      .to = str_terminated(arena, l->to),
                      .reply_to = str_terminated(arena, l->reply_to),
                      .subject = line_of(arena, l->subject),
                      .text = lines_of(arena, l->text),
                      .html = lines_of(arena, l->html),
                      .message_id = str_terminated(arena, l->message_id),
                      .unsubscribe = str_terminated(arena, cx_text(cx, " <%.*s>\n", STR_ARG(l->unsubscribe)))};
    mime_ready();
    GMimeMessage *message = g_mime_message_new(TRUE);
    GMimeObject *body = body_of(l, &t);
    headers(message, l, &t);
    g_mime_message_set_mime_part(message, body);
    g_object_unref(body);
    *out = written(arena, message);
    g_object_unref(message);
    return true;
}
