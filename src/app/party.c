// SPDX-License-Identifier: Apache-2.0
/* party.c -- one record a customer met, found by code; texts in an arena, replaced only by newer or greater ones. */
#include "app/party.h"

#include "core/taxid.h"
#include "store/score.h"

enum { PARTY_MOST = 300000, PARTY_FIELDS = PARTY_TEXTS + LABEL_KIND_END };

struct told {
    struct day day;
    uint32_t n;
    const char *p; /* of texts */
};

struct party {
    int64_t id;
    struct told text[PARTY_TEXTS];
    struct {
        struct day day;
        int64_t id;
        struct str code; /* kept for ties */
    } label[LABEL_KIND_END];
    struct day closed_told, closed_on, last_contact;
    bool touched;
    struct day touched_since;
};

struct parties {
    struct importing *im;
    enum fact_source source;
    struct map by_code; /* index into party while it is in memory; ids come from the store otherwise */
    struct arena texts;
    struct party *party;
    size_t n, room;
    int64_t next_id;
    int64_t part; /* facts of earlier rounds used the parts below */
    bool scored;
    int64_t unsent; /* new customers in the writer's buffer */
    struct customer_writer *writer;
};

bool parties_open(struct cx *cx, struct importing *im, enum fact_source source, struct parties **out) {
    struct parties *p = calloc(1, sizeof *p);
    if (!p) {
        arena_full_exit(NULL, sizeof *p);
    }
    p->im = im;
    p->source = source;
    map_init(&p->by_code, 0, arena_full_exit, NULL);
    arena_init(&p->texts, 0, arena_full_exit, NULL);
    *out = p;
    struct score_run run;
    return score_run_find(cx, im->db, &p->scored, &run) && customer_next_id(cx, im->db, &p->next_id) &&
           customer_writer_open(cx, im->db, &p->writer);
}

void parties_close(struct parties *parties) {
    if (!parties) {
        return;
    }
    map_clear(&parties->by_code);
    arena_clear(&parties->texts);
    free(parties->party);
    free(parties);
}

int64_t party_id(const struct party *party) {
    return party->id;
}

static bool fact_write(struct cx *cx, struct parties *parties, const struct party *party, struct day day, bool first,
                       int64_t part) {
    struct customer_fact fact = {.customer_id = party->id,
                                 .import_id = parties->im->id,
                                 .part = parties->part + part,
                                 .source = parties->source,
                                 .day = day,
                                 .closed_on = first ? party->closed_on : DAY_NONE,
                                 .last_contact = first ? party->last_contact : DAY_NONE};
    struct str *text[PARTY_TEXTS] = {&fact.name, &fact.tax_id, &fact.phone, &fact.email};
    for (size_t i = 0; i < PARTY_TEXTS; i++) {
        if (party->text[i].n > 0 && party->text[i].day.n == day.n) {
            *text[i] = (struct str){party->text[i].p, party->text[i].n};
        }
    }
    for (size_t i = LABEL_COMPANY; i < LABEL_KIND_END; i++) {
        if (party->label[i].id != 0 && party->label[i].day.n == day.n) {
            fact.label[i] = party->label[i].id;
        }
    }
    return customer_writer_fact(cx, parties->writer, &fact);
}

/* A fact has one day: what was told on different days makes several facts. */
static bool party_write(struct cx *cx, struct parties *parties, const struct party *party) {
    struct day days[PARTY_FIELDS];
    size_t n = 0;
    for (size_t i = 0; i < PARTY_FIELDS; i++) {
        bool is_text = i < PARTY_TEXTS;
        size_t k = is_text ? i : i - PARTY_TEXTS;
        if (is_text ? party->text[k].n == 0 : party->label[k].id == 0) {
            continue;
        }
        struct day day = is_text ? party->text[k].day : party->label[k].day;
        size_t at = 0;
        while (at < n && days[at].n != day.n) {
            at++;
        }
        if (at == n) {
            days[n++] = day;
        }
    }
    if (n == 0) {
        days[n++] = party->closed_told;
    }
    for (size_t i = 0; i < n; i++) {
        if (!fact_write(cx, parties, party, days[i], i == 0, (int64_t)i)) {
            return false;
        }
    }
    return true;
}

static bool parties_write(struct cx *cx, struct parties *parties) {
    for (size_t i = 0; i < parties->n; i++) {
        if (!party_write(cx, parties, &parties->party[i])) {
            return false;
        }
    }
    parties->part += PARTY_FIELDS;
    parties->n = 0;
    map_reset(&parties->by_code);
    arena_reset(&parties->texts);
    return true;
}

/* Rows in the writer's buffer are not visible to look-ups before they are sent. */
static bool parties_next_round(struct cx *cx, struct parties *parties) {
    return parties_write(cx, parties) && parties_send(cx, parties);
}

static bool party_add(struct cx *cx, struct parties *parties, struct str code, struct party **out) {
    if (parties->n == PARTY_MOST && !parties_next_round(cx, parties)) {
        return false;
    }
    bool found = false;
    int64_t id = 0;
    if (!customer_find_id(cx, parties->im->db, code, &found, &id)) {
        return false;
    }
    if (!found) {
        id = parties->next_id++;
        parties->im->report->customers_added++;
        parties->unsent++;
        if (!customer_writer_add(cx, parties->writer, id, code)) {
            return false;
        }
    }
    if (parties->n == parties->room) {
        parties->room = parties->room ? parties->room * 2 : 1024;
        struct party *more = realloc(parties->party, parties->room * sizeof *more);
        if (!more) {
            arena_full_exit(NULL, parties->room * sizeof *more);
        }
        parties->party = more;
    }
    *out = &parties->party[parties->n];
    **out = (struct party){.id = id, .closed_told = DAY_NONE, .closed_on = DAY_NONE, .last_contact = DAY_NONE};
    map_put(&parties->by_code, code, (int64_t)parties->n++);
    return true;
}

bool party_of(struct cx *cx, struct parties *parties, struct str code, struct party **out) {
    int64_t at = 0;
    if (map_find(&parties->by_code, code, &at)) {
        *out = &parties->party[at];
        return true;
    }
    return party_add(cx, parties, code, out);
}

/* Is what is told now to replace what was told before? */
static bool newer(struct day now, struct str now_text, struct day before, struct str before_text) {
    return before_text.n == 0 || now.n > before.n || (now.n == before.n && str_compare(now_text, before_text) > 0);
}

void party_tell_text(struct parties *parties, struct party *party, struct day day, enum party_text which,
                     struct str text) {
    struct told *told = &party->text[which];
    struct str before = {told->p, told->n};
    struct taxid id;
    if (which == PARTY_TAX_ID && text.n > 0) {
        id = taxid_read(text);
        text = (struct str){id.text, id.n};
    }
    if (text.n == 0 || !newer(day, text, told->day, before)) {
        return;
    }
    told->day = day;
    if (!str_equal(text, before)) {
        struct str kept = str_copy(&parties->texts, text);
        told->p = kept.p;
        told->n = (uint32_t)kept.n;
    }
}

bool party_tell_label(struct cx *cx, struct parties *parties, struct party *party, struct day day, enum label_kind kind,
                      struct str code) {
    if (code.n == 0 || !newer(day, code, party->label[kind].day, party->label[kind].code)) {
        return true;
    }
    party->label[kind].day = day;
    if (str_equal(code, party->label[kind].code)) {
        return true;
    }
    party->label[kind].code = str_copy(&parties->texts, code);
    return importing_label(cx, parties->im, kind, code, &party->label[kind].id);
}

void party_tell_closed(struct party *party, struct day day, struct day closed_on) {
    party->closed_told = day;
    party->closed_on = closed_on;
}

void party_tell_contact(struct party *party, struct day last_contact) {
    if (day_is(last_contact) && (!day_is(party->last_contact) || last_contact.n > party->last_contact.n)) {
        party->last_contact = last_contact;
    }
}

bool party_touch(struct cx *cx, struct parties *parties, struct party *party, struct day since) {
    if (!parties->scored || (party->touched && party->touched_since.n <= since.n)) {
        return true;
    }
    party->touched = true;
    party->touched_since = since;
    return customer_dirty(cx, parties->im->db, party->id, since);
}

bool parties_send(struct cx *cx, struct parties *parties) {
    if (parties->unsent == 0) {
        return true;
    }
    parties->unsent = 0;
    return customer_writer_close(cx, parties->writer) && customer_writer_open(cx, parties->im->db, &parties->writer);
}

bool parties_finish(struct cx *cx, struct parties *parties, int64_t *changed) {
    return parties_write(cx, parties) && customer_writer_close(cx, parties->writer) &&
           customer_merge(cx, parties->im->db, parties->im->id, changed);
}
