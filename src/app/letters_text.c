// SPDX-License-Identifier: Apache-2.0
/* letters_text -- the words of a letter: what each field says of a customer, and the page that goes out with what must stand below it.
 * Must not decide who gets one.
 */
#include "app/letters_parts.h"

#include "base/text.h"
#include "core/letter_text.h"

/* ---- fields ---- */

static struct str first_name(struct str name) {
    struct str first, rest;
    return str_cut(str_trim(name), ' ', &first, &rest) ? first : str_trim(name);
}

static struct str products_text(struct cx *cx, enum lang lang, const struct str *name, size_t n) {
    struct buf to;
    buf_init(&to, cx->arena, 0);
    for (size_t i = 0; i < n; i++) {
        buf_put(&to, i == 0      ? (struct str){0}
                     : i + 1 < n ? S(", ")
                                 : catalog_text(cx->arena, lang, S("letters.and"), NULL, 0));
        buf_put(&to, name[i]);
    }
    return buf_str(&to);
}

/* The address is of each message: until it has one its field stands for itself, also before a person who goes on writing. */
static struct str opt_out_mark(struct arena *arena, enum lang lang) {
    struct buf to;
    buf_init(&to, arena, 0);
    buf_char(&to, '{');
    buf_put(&to, str_from(letter_field_name(LETTER_OPT_OUT, lang)));
    buf_char(&to, '}');
    return buf_str(&to);
}

void letters_values(struct cx *cx, const struct letters_wish *wish, const struct mail_settings *mail,
                    const struct mailing_party *party, const struct str *product, size_t products,
                    struct letters_seat *seat) {
    enum lang lang = wish->letter.lang;
    const struct offer *offer = &wish->letter.offer;
    struct merge_value *v = seat->value;
    bool bought = day_is(party->last_on) && party->last_on.n <= wish->as_of.n;
    (void)template_fields(true, v);
    v[LETTER_CUSTOMER].value = seat->customer;
    v[LETTER_PERSON].value = seat->to != NULL && seat->to->person_id > 0 ? first_name(seat->to->name) : (struct str){0};
    v[LETTER_CODE].value = party->code;
    v[LETTER_CITY].value = party->city;
    v[LETTER_REP].value = party->rep;
    if (bought) {
        v[LETTER_LAST_PURCHASE].value = text_day(cx->arena, lang, party->last_on);
        v[LETTER_DAYS].value = text_int(cx->arena, lang, (int64_t)wish->as_of.n - party->last_on.n);
    }
    v[LETTER_PRODUCTS].value = products_text(cx, lang, product, products);
    v[LETTER_OFFER].value = offer->text;
    if (day_is(offer->until))
        v[LETTER_UNTIL].value = text_day(cx->arena, lang, offer->until);
    v[LETTER_SENDER].value = wish->sender;
    v[LETTER_COMPANY].value = mail->company;
    v[LETTER_OPT_OUT].value = opt_out_mark(cx->arena, lang);
}

/* Forms end lines with two characters, phones show one. */
static struct str tidy_lines(struct arena *arena, struct str text) {
    struct buf to;
    buf_init(&to, arena, 0);
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != '\r')
            buf_char(&to, text.p[i]);
    return buf_str(&to);
}

bool letters_merge(struct cx *cx, const struct letters_wish *wish, const struct letters_seat *seat, struct str *subject,
                   struct str *text, struct merge_fault *fault) {
    struct str body = letters_by_phone(wish) ? tidy_lines(cx->arena, wish->letter.body) : wish->letter.body;
    if (wish->literal) {
        *subject = merge_escape(cx->arena, wish->letter.subject, MERGE_LINE);
        *text = merge_escape(cx->arena, body, MERGE_TEXT);
        return true;
    }
    return merge_write(cx->arena, wish->letter.subject, seat->value, LETTER_FIELDS, MERGE_LINE, MESSAGE_SUBJECT_MOST,
                       subject, fault) &&
           merge_write(cx->arena, body, seat->value, LETTER_FIELDS, MERGE_TEXT, (size_t)2 * MERGE_TEXT_MOST, text,
                       fault);
}

bool letters_write(struct cx *cx, const struct letters_wish *wish, const struct letters_seat *seat, struct str *subject,
                   struct str *text) {
    struct merge_fault fault;
    return letters_merge(cx, wish, seat, subject, text, &fault) || merge_fail(cx, &fault, seat->customer);
}

static struct merge_value *value_of(struct cx *cx, struct letters_seat *seat, struct str field) {
    struct str name = str_fold(cx->arena, field);
    for (int i = 0; i < LETTER_FIELDS; i++)
        if (str_equal(seat->value[i].name, name) || str_equal(seat->value[i].also, name))
            return &seat->value[i];
    return NULL;
}

/* Each try fills one more, and there are no more than that many fields. */
bool letters_draft(struct cx *cx, const struct letters_wish *wish, const struct letters_seat *seat, struct str *subject,
                   struct str *text, struct str *lacks) {
    struct letters_seat filled = *seat;
    struct merge_fault fault;
    *lacks = (struct str){0};
    for (int i = 0; i <= LETTER_FIELDS; i++) {
        if (letters_merge(cx, wish, &filled, subject, text, &fault))
            return true;
        struct merge_value *value = fault.kind == MERGE_MISSING ? value_of(cx, &filled, fault.field) : NULL;
        if (value == NULL)
            break;
        value->value = LETTERS_GAP;
        *lacks = lacks->n > 0 ? *lacks : fault.field;
    }
    return merge_fail(cx, &fault, seat->customer);
}

struct str letters_offer_text(struct cx *cx, enum lang lang, const struct offer *offer) {
    if (offer->kind == OFFER_NONE)
        return (struct str){0};
    const struct str args[] = {
        catalog_text(cx->arena, lang, cx_text(cx, "template.offer_%s", offer_kind_name(offer->kind)), NULL, 0),
        offer->text, text_day(cx->arena, lang, offer->until)};
    return catalog_text(cx->arena, lang, day_is(offer->until) ? S("letters.offer_until") : S("letters.offer"), args, 3);
}

/* ---- the page that goes out ---- */

static struct str word(struct arena *arena, const struct letters_page *letter, const char *key) {
    return catalog_text(arena, letter->lang, str_from(key), NULL, 0);
}

static struct str address(struct arena *arena, const struct letters_page *letter, const char *path) {
    struct buf to;
    buf_init(&to, arena, 0);
    buf_put(&to, letter->mail->public_url);
    buf_put(&to, str_from(path));
    buf_put(&to, letter->token);
    return buf_str(&to);
}

static struct str followed(void *owner, struct arena *arena, struct str url) {
    const struct letters_page *letter = owner;
    struct buf to;
    buf_init(&to, arena, 0);
    buf_put(&to, address(arena, letter, "/c/"));
    buf_put(&to, S("?s="));
    buf_put(&to, mailing_sign(arena, letter->db, letter->token, url));
    buf_put(&to, S("&u="));
    buf_put(&to, merge_escape(arena, url, MERGE_FORM));
    return buf_str(&to);
}

static bool reached(const struct letters_page *letter) {
    return letter->mail->public_url.n > 0 && letter->token.n > 0;
}

static void put_escaped(struct buf *to, struct str s) {
    buf_put(to, merge_escape(to->arena, s, MERGE_HTML));
}

static void put_below(struct buf *to, const struct letters_page *letter) {
    const struct mail_settings *mail = letter->mail;
    buf_put(to, S("<hr style=\"border:0;border-top:1px solid #999;margin:24px 0 12px\">\n"
                  "<p style=\"font-size:13px;color:#777\">"));
    put_escaped(to, mail->company);
    if (mail->postal.n > 0) {
        buf_put(to, mail->company.n > 0 ? S("<br>\n") : (struct str){0});
        put_escaped(to, mail->postal);
    }
    buf_put(to, mail->company.n + mail->postal.n > 0 ? S("<br>\n") : (struct str){0});
    if (reached(letter)) {
        buf_put(to, S("<a style=\"color:#777\" href=\""));
        put_escaped(to, address(to->arena, letter, "/u/"));
        buf_put(to, S("\">"));
        put_escaped(to, word(to->arena, letter, "letters.leave"));
        buf_put(to, S("</a>"));
    } else
        put_escaped(to, word(to->arena, letter, "letters.leave_by_answer"));
    buf_put(to, S("</p>\n"));
}

struct str letters_html(struct arena *arena, const struct letters_page *letter) {
    bool own = reached(letter) && letter->db != NULL;
    struct buf to;
    buf_init(&to, arena, 0);
    buf_put(&to, S("<!DOCTYPE html>\n<html lang=\""));
    buf_put(&to, letter->lang == LANG_EN ? S("en") : S("pt-BR"));
    buf_put(&to, S("\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, "
                   "initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><title>"));
    put_escaped(&to, letter->subject);
    buf_put(&to,
            S("</title></head>\n<body style=\"font-family:sans-serif;font-size:16px;line-height:1.5;max-width:600px;"
              "margin:0 auto;padding:16px;overflow-wrap:anywhere\">\n"));
    letter_text_html(&to, letter->text, own && letter->mail->clicks ? followed : NULL, (void *)(uintptr_t)letter);
    put_below(&to, letter);
    if (own && letter->mail->opens) {
        buf_put(&to, S("<img alt=\"\" width=\"1\" height=\"1\" src=\""));
        put_escaped(&to, address(arena, letter, "/o/"));
        buf_put(&to, S("\">\n"));
    }
    buf_put(&to, S("</body></html>\n"));
    return buf_str(&to);
}

/* ---- the text message that goes out ---- */

enum { EXCERPT = 120 };

/* Where the field's name stands in either language; *found: it does. */
static struct str opted(struct arena *arena, struct str text, struct str link, bool *found) {
    const struct str mark[] = {opt_out_mark(arena, LANG_EN), opt_out_mark(arena, LANG_PT_BR)};
    struct buf to;
    buf_init(&to, arena, 0);
    for (size_t at = 0; at < text.n;) {
        struct str rest = {text.p + at, text.n - at};
        int is = str_starts(rest, mark[0]) ? 0 : str_starts(rest, mark[1]) ? 1 : -1;
        if (is >= 0) {
            buf_put(&to, link);
            at += mark[is].n;
            *found = true;
        } else
            buf_char(&to, text.p[at++]);
    }
    return buf_str(&to);
}

struct str letters_excerpt(struct arena *arena, struct str text) {
    bool found;
    struct str line = merge_escape(arena, opted(arena, text, (struct str){0}, &found), MERGE_LINE);
    return text_shorten(arena, str_trim(line), EXCERPT);
}

struct str letters_brief(struct arena *arena, const struct letters_page *letter) {
    struct str link = letter->token.n > 0 ? address(arena, letter, "/u/") : word(arena, letter, "letters.link");
    bool found = false;
    struct buf to;
    buf_init(&to, arena, 0);
    buf_put(&to, opted(arena, str_trim(letter->text), link, &found));
    if (!found) {
        buf_char(&to, '\n');
        buf_put(&to, catalog_text(arena, letter->lang, S("letters.leave_brief"), &link, 1));
    }
    return buf_str(&to);
}

struct str letters_plain(struct arena *arena, const struct letters_page *letter) {
    const struct str below[] = {letter->mail->company, letter->mail->postal};
    struct buf to;
    buf_init(&to, arena, 0);
    buf_put(&to, letter->text);
    buf_put(&to, S("\n\n-- \n"));
    for (size_t i = 0; i < sizeof below / sizeof *below; i++)
        if (below[i].n > 0) {
            buf_put(&to, below[i]);
            buf_char(&to, '\n');
        }
    if (reached(letter)) {
        buf_put(&to, word(arena, letter, "letters.leave"));
        buf_put(&to, S(": "));
        buf_put(&to, address(arena, letter, "/u/"));
    } else
        buf_put(&to, word(arena, letter, "letters.leave_by_answer"));
    buf_char(&to, '\n');
    return buf_str(&to);
}
