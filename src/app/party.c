// SPDX-License-Identifier: Apache-2.0
/* party.c -- one record a customer met; texts in an arena, replaced only by newer or greater ones.
 *
 * A round holds LIMIT_IMPORT_PARTIES customers. What an earlier round was told waits in files parted by id (app/overflow.h) and is told
 * again, part by part, at the end, so that each customer gets its facts once, however often the rounds met it.
 */
#include "app/party.h"

#include "app/heap.h"
#include "app/overflow.h"
#include "base/limits.h"
#include "core/taxid.h"
#include "stats/stat.h"
#include "store/score.h"

enum {
    PARTY_KNOWN = 1500000, /* codes whose id is remembered: 64 MB */
    PARTY_FIELDS = PARTY_TEXTS + LABEL_KIND_END,
    PARTY_BLOCK = 4096 /* ids that go to one part together, as their facts stand together in the database */
};

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
        int32_t id;
    } label[LABEL_KIND_END];
    struct day closed_told, closed_on, last_contact;
    int64_t number[CUSTOMER_NUMBERS];
    bool touched;
    struct day touched_since;
};

struct parties {
    struct importing *im;
    enum fact_source source;
    struct map id_of; /* by code; a cache */
    bool all_known;   /* whoever is not in it is new */
    uint32_t *place;  /* by id: index into party + 1; 0: not met in this round */
    size_t places;
    struct arena texts; /* of this round */
    struct party *party;
    size_t n, room;
    struct overflow earlier;
    bool rounds; /* there are earlier ones */
    struct arena names;
    struct str *label_code; /* by label id, as far as they were met */
    size_t labels;
    int64_t next_id;
    int64_t part; /* facts of earlier rounds used the parts below */
    bool scored;
    int64_t unsent; /* new customers in the writer's buffer */
    struct customer_writer *writer;
};

bool parties_open(struct cx *cx, struct importing *im, enum fact_source source, struct parties **out) {
    struct parties *p = heap_new(1, sizeof *p);
    p->im = im;
    p->source = source;
    map_init(&p->id_of, PARTY_KNOWN, arena_full_exit, NULL);
    arena_init(&p->texts, 0, arena_full_exit, NULL);
    arena_init(&p->names, 0, arena_full_exit, NULL);
    *out = p;
    struct score_run run;
    if (!score_run_find(cx, im->db, &p->scored, &run) || !customer_next_id(cx, im->db, &p->next_id)) {
        return false;
    }
    p->all_known = p->next_id == 1;
    return customer_writer_open(cx, im->db, &p->writer);
}

void parties_close(struct cx *cx, struct parties *parties) {
    if (!parties) {
        return;
    }
    if (parties->writer) {
        (void)customer_writer_close(cx, parties->writer); /* not finished: there is an error, nothing is sent */
    }
    map_clear(&parties->id_of);
    arena_clear(&parties->texts);
    arena_clear(&parties->names);
    overflow_close(&parties->earlier);
    free(parties->label_code);
    free(parties->place);
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
                                 .last_contact = first ? party->last_contact : DAY_NONE,
                                 .number = first ? party->number : NULL};
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

static int by_id(const void *a, const void *b) {
    const struct party *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

static void round_end(struct parties *parties) {
    for (size_t i = 0; i < parties->n; i++) {
        parties->place[parties->party[i].id] = 0;
    }
    parties->n = 0;
    arena_reset(&parties->texts);
}

static bool parties_write(struct cx *cx, struct parties *parties) {
    if (parties->n > 0) {
        qsort(parties->party, parties->n, sizeof *parties->party, by_id);
    }
    for (size_t i = 0; i < parties->n; i++) {
        if (!party_write(cx, parties, &parties->party[i])) {
            return false;
        }
    }
    parties->part += PARTY_FIELDS;
    round_end(parties);
    return true;
}

/* A waiting party is the struct, then its texts. */
static bool round_put_off(struct cx *cx, struct parties *parties) {
    for (size_t i = 0; i < parties->n; i++) {
        const struct party *party = &parties->party[i];
        uint64_t part = (uint64_t)party->id / PARTY_BLOCK;
        if (!overflow_put(cx, &parties->earlier, part, party, sizeof *party)) {
            return false;
        }
        for (size_t k = 0; k < PARTY_TEXTS; k++) {
            if (!overflow_put(cx, &parties->earlier, part, party->text[k].p, party->text[k].n)) {
                return false;
            }
        }
    }
    parties->rounds = true;
    round_end(parties);
    return true;
}

/* The customer's record of this round. */
static struct party *party_here(struct parties *parties, int64_t id) {
    parties->place = heap_grown_zeroed(parties->place, &parties->places, (size_t)id + 1, sizeof *parties->place);
    if (parties->place[id] == 0) {
        parties->party = heap_grown(parties->party, &parties->room, parties->n + 1, sizeof *parties->party);
        parties->party[parties->n++] =
            (struct party){.id = id, .closed_told = DAY_NONE, .closed_on = DAY_NONE, .last_contact = DAY_NONE};
        for (int i = 0; i < CUSTOMER_NUMBERS; i++)
            parties->party[parties->n - 1].number[i] = STAT_NONE;
        parties->place[id] = (uint32_t)parties->n;
    }
    return &parties->party[parties->place[id] - 1];
}

/* A code not met yet, or forgotten. Rows in the writer's buffer are not visible to look-ups before they are sent. */
static bool party_look(struct cx *cx, struct parties *parties, struct str code, int64_t *id) {
    bool found = false;
    if (parties->id_of.n == PARTY_KNOWN) {
        parties->all_known = false;
        if (!parties_send(cx, parties)) {
            return false;
        }
    }
    if (!parties->all_known && !customer_find_id(cx, parties->im->db, code, &found, id)) {
        return false;
    }
    if (!found) {
        *id = parties->next_id++;
        parties->im->report->customers_added++;
        parties->unsent++;
        if (!customer_writer_add(cx, parties->writer, *id, code)) {
            return false;
        }
    }
    map_put(&parties->id_of, code, *id);
    return true;
}

bool party_of(struct cx *cx, struct parties *parties, struct str code, struct party **out) {
    int64_t id = 0;
    if (!map_find(&parties->id_of, code, &id) && !party_look(cx, parties, code, &id)) {
        return false;
    }
    if (parties->n == LIMIT_IMPORT_PARTIES && !round_put_off(cx, parties)) {
        return false;
    }
    *out = party_here(parties, id);
    return true;
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

/* Whether a label of that code would replace the one there is; *same: it is that one. */
static bool label_newer(const struct parties *parties, const struct party *party, struct day day, enum label_kind kind,
                        struct str code, bool *same) {
    int32_t id = party->label[kind].id;
    struct str before = id ? parties->label_code[id] : (struct str){0};
    *same = str_equal(code, before);
    return newer(day, code, party->label[kind].day, before);
}

bool party_tell_label(struct cx *cx, struct parties *parties, struct party *party, struct day day, enum label_kind kind,
                      struct str code) {
    bool same = false;
    if (code.n == 0 || (!label_newer(parties, party, day, kind, code, &same) && !same)) {
        return true;
    }
    if (same) {
        party->label[kind].day.n = day.n > party->label[kind].day.n ? day.n : party->label[kind].day.n;
        return true;
    }
    int64_t id = 0;
    if (!importing_label(cx, parties->im, kind, code, &id)) {
        return false;
    }
    parties->label_code =
        heap_grown_zeroed(parties->label_code, &parties->labels, (size_t)id + 1, sizeof *parties->label_code);
    if (parties->label_code[id].n == 0) {
        parties->label_code[id] = str_copy(&parties->names, code);
    }
    party->label[kind].day = day;
    party->label[kind].id = (int32_t)id;
    return true;
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

void party_tell_number(struct party *party, enum customer_number which, int64_t number) {
    if (number != STAT_NONE)
        party->number[which] = number;
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
    return customer_writer_send(cx, parties->writer);
}

/* What an earlier round was told, once more. */
static void tell_again(struct parties *parties, const struct party *told) {
    struct party *party = party_here(parties, told->id);
    for (size_t k = 0; k < PARTY_TEXTS; k++) {
        party_tell_text(parties, party, told->text[k].day, (enum party_text)k,
                        (struct str){told->text[k].p, told->text[k].n});
    }
    for (size_t k = LABEL_COMPANY; k < LABEL_KIND_END; k++) {
        int32_t id = told->label[k].id;
        bool same = false;
        if (id && label_newer(parties, party, told->label[k].day, (enum label_kind)k, parties->label_code[id], &same)) {
            party->label[k] = told->label[k];
        }
    }
    if (day_is(told->closed_told)) {
        party_tell_closed(party, told->closed_told, told->closed_on);
    }
    party_tell_contact(party, told->last_contact);
    for (int i = 0; i < CUSTOMER_NUMBERS; i++)
        party_tell_number(party, (enum customer_number)i, told->number[i]);
}

static bool part_write(struct cx *cx, struct parties *parties, size_t part) {
    const char *p = NULL;
    size_t n = 0, at = 0;
    if (!overflow_view(cx, &parties->earlier, part, &p, &n)) {
        return false;
    }
    bool ok = true;
    while (ok && at < n) {
        struct party told;
        memcpy(&told, p + at, sizeof told);
        at += sizeof told;
        for (size_t k = 0; k < PARTY_TEXTS; k++) {
            told.text[k].p = p + at;
            at += told.text[k].n;
        }
        ok = parties->n < LIMIT_IMPORT_PARTIES || parties_write(cx, parties);
        tell_again(parties, &told);
    }
    overflow_forget(&parties->earlier, part, p, n);
    return ok && parties_write(cx, parties);
}

bool parties_finish(struct cx *cx, struct parties *parties, int64_t *changed) {
    bool ok = parties->rounds ? round_put_off(cx, parties) : parties_write(cx, parties);
    for (size_t i = 0; ok && parties->rounds && i < OVERFLOW_PARTS; i++) {
        ok = part_write(cx, parties, i);
    }
    map_clear(&parties->id_of);
    ok = ok && customer_writer_close(cx, parties->writer);
    parties->writer = ok ? NULL : parties->writer;
    return ok && customer_merge(cx, parties->im->db, parties->im->id, changed);
}
