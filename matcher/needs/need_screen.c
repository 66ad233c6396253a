/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/needs/need_screen.h"

static size_t code_count(const Spoina__V1__Entity *entity)
{
    size_t count = 0;
    for (size_t i = 0; i < entity->n_offers; i++) {
        count += entity->offers[i]->n_cpv;
    }
    return count;
}

static void add_code(struct sp_need_screen *screen, const struct sp_cpv *code)
{
    for (size_t i = 0; i < screen->code_count; i++) {
        if (screen->codes[i] == code) {
            return;
        }
    }
    screen->codes[screen->code_count++] = code;
}

enum sp_status sp_need_screen_init(const struct sp_key_tools *tools,
                                   const Spoina__V1__Entity *entity, struct sp_arena *arena,
                                   struct sp_need_screen *out, struct sp_error *err)
{
    *out = (struct sp_need_screen){.tree = tools->vocabulary->cpv};
    enum sp_status status = sp_need_query_for(tools, entity, arena, &out->query, err);
    out->codes = sp_arena_calloc(arena, code_count(entity) + 1, sizeof *out->codes);
    if (status == SP_OK && out->codes == NULL) {
        status = SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; status == SP_OK && i < entity->n_offers; i++) {
        for (size_t k = 0; k < entity->offers[i]->n_cpv; k++) {
            const struct sp_cpv *code =
                sp_cpv_find(out->tree, sp_view_of(entity->offers[i]->cpv[k]));
            if (code != NULL) {
                add_code(out, code);
            }
        }
    }
    return status;
}

static uint32_t closeness(const struct sp_need_screen *screen, struct sp_view digits)
{
    const struct sp_cpv *code = sp_cpv_find(screen->tree, digits);
    uint32_t best = 0;
    for (size_t i = 0; code != NULL && i < screen->code_count; i++) {
        uint32_t close = (uint32_t)sp_cpv_closeness(screen->tree, code, screen->codes[i]);
        best = close > best ? close : best;
    }
    return best;
}

uint32_t sp_need_screen_closeness(const struct sp_need_screen *screen, char *const *codes,
                                  size_t count)
{
    uint32_t best = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t close = closeness(screen, sp_view_of(codes[i]));
        best = close > best ? close : best;
    }
    return best;
}

/** A service that both name. */
static bool shares_service(const struct sp_need_screen *screen, const struct sp_need_keys *keys)
{
    const struct sp_key_group *what = &screen->query.groups[SP_QUERY_WHAT];
    for (size_t i = 0; i < what->count; i++) {
        if (what->patterns[i].key.data[0] == 's' &&
            sp_need_keys_hold(keys, what->patterns[i].key)) {
            return true;
        }
    }
    return false;
}

static uint32_t score_codes(const struct sp_need_screen *screen, const struct sp_need_keys *keys)
{
    uint32_t best = 0;
    for (size_t i = 0; i < keys->count && best < SP_SCREEN_FULL; i++) {
        struct sp_view key = keys->items[i];
        if (key.data[0] == 'c') {
            uint32_t close = closeness(screen, sp_view_from(key.data + 1, key.length - 1));
            best = close > best ? close : best;
        }
    }
    return best < SP_SCREEN_CODES_LEAST ? 0 : best;
}

static bool has_place(const struct sp_need_keys *keys)
{
    size_t at = sp_need_keys_find(keys, sp_view_of("p"));
    return at < keys->count && keys->items[at].data[0] == 'p';
}

uint32_t sp_need_screen_score(const struct sp_need_screen *screen, const struct sp_need_keys *keys)
{
    const struct sp_need_query *query = &screen->query;
    uint32_t what = shares_service(screen, keys) ? SP_SCREEN_FULL : score_codes(screen, keys);
    if (what == 0 || !has_place(keys)) {
        return what * SP_SCREEN_PLACE_UNKNOWN / SP_SCREEN_FULL;
    }
    bool anywhere = query->count <= SP_QUERY_WHERE;
    return anywhere || sp_key_group_holds(&query->groups[SP_QUERY_WHERE], keys) ? what : 0;
}
