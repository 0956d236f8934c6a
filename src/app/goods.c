// SPDX-License-Identifier: Apache-2.0
/* goods.c -- one record a product met, found by code. A company has thousands of products, not millions: no rounds. */
#include "app/goods.h"

#include "app/heap.h"
#include "core/document.h"
#include "store/product.h"

struct ware {
    int64_t id;
    struct day day;
    struct str name, kind;
};

struct goods {
    struct importing *im;
    enum fact_source source;
    struct map by_code;
    struct arena texts;
    struct ware *ware;
    size_t n, room;
    int64_t next_id, added;
};

bool goods_open(struct cx *cx, struct importing *im, enum fact_source source, struct goods **out) {
    struct goods *g = heap_new(1, sizeof *g);
    g->im = im;
    g->source = source;
    map_init(&g->by_code, 0, arena_full_exit, NULL);
    arena_init(&g->texts, 0, arena_full_exit, NULL);
    *out = g;
    return product_next_id(cx, im->db, &g->next_id);
}

void goods_close(struct goods *goods) {
    if (!goods) {
        return;
    }
    map_clear(&goods->by_code);
    arena_clear(&goods->texts);
    free(goods->ware);
    free(goods);
}

static bool ware_add(struct cx *cx, struct goods *goods, struct str code, struct ware **out) {
    bool found = false;
    int64_t id = 0;
    if (!product_find_id(cx, goods->im->db, code, &found, &id)) {
        return false;
    }
    if (!found) {
        id = goods->next_id++;
        goods->added++;
        if (!product_add(cx, goods->im->db, id, code)) {
            return false;
        }
    }
    goods->ware = heap_grown(goods->ware, &goods->room, goods->n + 1, sizeof *goods->ware);
    *out = &goods->ware[goods->n];
    **out = (struct ware){.id = id, .day = DAY_NONE};
    map_put(&goods->by_code, code, (int64_t)goods->n++);
    return true;
}

bool goods_of(struct cx *cx, struct goods *goods, struct str code, struct day day, struct str name, struct str kind,
              int64_t *id) {
    *id = 0;
    if (code.n == 0) {
        return true;
    }
    int64_t at = 0;
    struct ware *ware = NULL;
    if (map_find(&goods->by_code, code, &at)) {
        ware = &goods->ware[at];
    } else if (!ware_add(cx, goods, code, &ware)) {
        return false;
    }
    *id = ware->id;
    bool newer = day.n > ware->day.n || (day.n == ware->day.n && str_compare(name, ware->name) > 0);
    if (name.n > 0 && (ware->name.n == 0 || newer)) {
        ware->day = day;
        if (!str_equal(name, ware->name)) {
            ware->name = str_copy(&goods->texts, name);
        }
    }
    if (kind.n > 0 && !str_equal(kind, ware->kind)) {
        ware->kind = str_copy(&goods->texts, kind);
    }
    return true;
}

bool goods_judge(struct cx *cx, struct str code, struct str name, struct str kind) {
    struct arena_mark mark = arena_mark_get(cx->arena);
    bool answer = product_is_goods(cx->arena, code, name, kind);
    arena_rewind(cx->arena, mark);
    return answer;
}

int64_t goods_added(const struct goods *goods) {
    return goods->added;
}

bool goods_finish(struct cx *cx, struct goods *goods, int64_t *changed) {
    for (size_t i = 0; i < goods->n; i++) {
        const struct ware *ware = &goods->ware[i];
        struct product_fact fact = {.product_id = ware->id,
                                    .import_id = goods->im->id,
                                    .source = (int)goods->source,
                                    .day = ware->day,
                                    .name = ware->name,
                                    .kind = ware->kind};
        if (!product_fact_add(cx, goods->im->db, &fact)) {
            return false;
        }
    }
    return product_merge(cx, goods->im->db, goods->im->id, goods_judge, changed);
}
