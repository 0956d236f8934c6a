// SPDX-License-Identifier: Apache-2.0
/* alive_text -- the fits of a table as lines of words and numbers.
 *
 * Must not judge a fit. Must not trust what it reads: a number that is none, a line out of order, a word too many are
 * refused. Invariant: what alive_write wrote is read back to the same bits.
 */
#include "core/alive_text.h"

#include "base/buf.h"
#include "base/real.h"

enum { TEXT_MOST = 1 << 20 };

static const char *const states[] = {
    [ALIVE_FITTED] = "fitted", [ALIVE_TOO_FEW] = "too_few", [ALIVE_NO_LEAVING] = "no_leaving"};

const char *alive_state_name(enum alive_state state) {
    return states[state];
}

struct str alive_write(struct arena *arena, const struct alive_table *table) {
    struct buf buf;
    char text[REAL_TEXT];
    buf_init(&buf, arena, TEXT_MOST);
    for (size_t i = 0; i < table->n; i++) {
        const struct alive_fit *fit = &table->fit[i];
        buf_put(&buf, (struct str){text, day_iso(fit->from, text)});
        buf_printf(&buf, " %s", states[fit->state]);
        for (size_t k = 0; k < MODEL_PARAMS && fit->state == ALIVE_FITTED; k++) {
            buf_char(&buf, ' ');
            buf_put(&buf, (struct str){text, real_write(fit->params.v[k], REAL_EXACT, text)});
        }
        buf_char(&buf, '\n');
    }
    return buf_str(&buf);
}

static bool read_state(struct str word, enum alive_state *out) {
    for (int s = ALIVE_FITTED; s <= ALIVE_NO_LEAVING; s++) {
        if (str_equal(word, str_from(states[s]))) {
            *out = (enum alive_state)s;
            return true;
        }
    }
    return false;
}

static bool read_fit(struct str line, struct alive_fit *out) {
    struct str word, rest;
    str_cut(line, ' ', &word, &rest);
    if (!day_parse_iso(word, &out->from))
        return false;
    str_cut(rest, ' ', &word, &rest);
    if (!read_state(word, &out->state))
        return false;
    out->params = (struct model_params){.kind = MODEL_NONE};
    for (size_t k = 0; k < MODEL_PARAMS && out->state == ALIVE_FITTED; k++) {
        str_cut(rest, ' ', &word, &rest);
        if (real_read(word, DECIMAL_POINT, &out->params.v[k], NULL) != DECIMAL_OK)
            return false;
    }
    if (out->state == ALIVE_FITTED) {
        out->params.kind = MODEL_MIXK;
        out->params.k = 1;
    }
    return rest.n == 0 && (out->state != ALIVE_FITTED || mixk_def.check(&out->params) == STAT_OK);
}

bool alive_read(struct arena *arena, struct str text, struct alive_table *out) {
    size_t lines = 0;
    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    struct alive_fit *fit = arena_new(arena, struct alive_fit, lines + 1);
    *out = (struct alive_table){.fit = fit};
    for (struct str rest = text, line; rest.n > 0; out->n++) {
        str_cut(rest, '\n', &line, &rest);
        if (out->n == lines || !read_fit(line, &fit[out->n]) ||
            (out->n > 0 && fit[out->n].from.n <= fit[out->n - 1].from.n))
            return false;
    }
    return true;
}
