/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/needs/need_keys.h"

#include <stdio.h>
#include <stdlib.h>

#include "matcher/scoring/need.h"
#include "matcher/scoring/need_places.h"

/** Keys being collected; a full list takes no more. */
struct collector {
    const struct sp_key_tools *tools;
    struct sp_arena *arena;
    struct sp_need_keys *keys;
};

static enum sp_status add(struct collector *own, char mark, struct sp_view text,
                          struct sp_error *err)
{
    if (own->keys->count == SP_NEED_KEYS_MAX || text.length == 0 ||
        text.length >= SP_NEED_KEY_MAX_BYTES) {
        return SP_OK;
    }
    char *key = sp_arena_alloc(own->arena, text.length + 2);
    if (key == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    key[0] = mark;
    memcpy(key + 1, text.data, text.length);
    key[text.length + 1] = '\0';
    own->keys->items[own->keys->count++] = sp_view_from(key, text.length + 1);
    return SP_OK;
}

static enum sp_status add_codes(struct collector *own, char *const *codes, size_t count,
                                struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        status = add(own, 'c', sp_view_of(codes[i]), err);
    }
    return status;
}

bool sp_is_key_token(const struct sp_token *token)
{
    unsigned skipped = SP_TOKEN_STOP | SP_TOKEN_NUMBER | SP_TOKEN_ADDRESS;
    return (token->flags & skipped) == 0 && token->form.length > 1;
}

static enum sp_status add_words(struct collector *own, char mark,
                                const struct sp_token_list *tokens, struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct sp_token *token = &tokens->tokens[i];
        if (!sp_is_key_token(token)) {
            continue;
        }
        for (size_t k = 0; status == SP_OK && k < token->lemma_count; k++) {
            status = add(own, mark, token->lemmas[k], err);
        }
    }
    return status;
}

static enum sp_status add_services(struct collector *own, const struct sp_token_list *tokens,
                                   struct sp_error *err)
{
    struct sp_service_hit_list hits;
    enum sp_status status =
        sp_services_scan(own->tools->vocabulary->services, tokens, 0, own->arena, &hits, err);
    for (size_t i = 0; status == SP_OK && i < hits.count; i++) {
        const struct sp_service *service = hits.items[i].service;
        if (hits.items[i].negated) {
            continue;
        }
        status = add(own, 's', sp_view_of(service->id), err);
        for (size_t k = 0; status == SP_OK && k < service->part_count; k++) {
            status = add(own, 's', sp_view_of(service->parts[k]->id), err);
        }
    }
    return status;
}

static enum sp_status add_title(struct collector *own, const char *title, struct sp_error *err)
{
    struct sp_token_list tokens;
    enum sp_status status =
        sp_analyse(own->tools->analyser, sp_view_of(title), 0, own->arena, &tokens, err);
    if (status == SP_OK) {
        status = add_words(own, 'w', &tokens, err);
    }
    return status == SP_OK ? add_services(own, &tokens, err) : status;
}

static enum sp_status add_buyer(struct collector *own, const Spoina__V1__Buyer *buyer,
                                struct sp_error *err)
{
    const char *const texts[] = {buyer->name, buyer->town};
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < SP_COUNT(texts); i++) {
        struct sp_token_list tokens;
        status =
            sp_analyse(own->tools->analyser, sp_view_of(texts[i]), 0, own->arena, &tokens, err);
        if (status == SP_OK) {
            status = add_words(own, 'b', &tokens, err);
        }
    }
    return status;
}

static enum sp_status add_places(struct collector *own, char *const *places, size_t count,
                                 struct sp_error *err)
{
    struct sp_need_tools tools = {.analyser = own->tools->analyser,
                                  .vocabulary = own->tools->vocabulary,
                                  .arena = own->arena};
    struct sp_need *need = sp_arena_calloc(own->arena, 1, sizeof *need);
    if (need == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = sp_need_read_places(&tools, places, count, need, err);
    for (size_t i = 0; status == SP_OK && i < need->place_count; i++) {
        struct sp_view teryt = sp_view_of(need->places[i]->teryt);
        teryt.length = teryt.length > SP_KEY_TERYT_DIGITS ? SP_KEY_TERYT_DIGITS : teryt.length;
        status = add(own, 'p', teryt, err);
    }
    return status;
}

static bool same_list(char *const *a, size_t a_count, char *const *b, size_t b_count)
{
    for (size_t i = 0; a_count == b_count && i < a_count; i++) {
        if (strcmp(a[i], b[i]) != 0) {
            return false;
        }
    }
    return a_count == b_count;
}

/** @param lot  its places are left out where the requirement inherited them */
static enum sp_status add_requirement(struct collector *own, const Spoina__V1__Lot *lot,
                                      const Spoina__V1__Requirement *requirement,
                                      struct sp_error *err)
{
    enum sp_status status = add_codes(own, requirement->cpv, requirement->n_cpv, err);
    if (status == SP_OK && strcmp(requirement->text, lot->title) != 0) {
        status = add_title(own, requirement->text, err);
    }
    if (status == SP_OK &&
        !same_list(requirement->places, requirement->n_places, lot->places, lot->n_places)) {
        status = add_places(own, requirement->places, requirement->n_places, err);
    }
    return status;
}

static enum sp_status add_lot(struct collector *own, const Spoina__V1__Draft *draft,
                              const Spoina__V1__Lot *lot, struct sp_error *err)
{
    enum sp_status status = add_codes(own, lot->cpv, lot->n_cpv, err);
    if (status == SP_OK && strcmp(lot->title, draft->title) != 0) {
        status = add_title(own, lot->title, err);
    }
    if (status == SP_OK && !same_list(lot->places, lot->n_places, draft->places, draft->n_places)) {
        status = add_places(own, lot->places, lot->n_places, err);
    }
    for (size_t i = 0; status == SP_OK && i < lot->n_requirements; i++) {
        status = add_requirement(own, lot, lot->requirements[i], err);
    }
    return status;
}

sp_day sp_need_open_until(const Spoina__V1__Draft *draft)
{
    sp_day day = SP_DAY_UNKNOWN;
    if (!sp_day_parse(sp_view_of(draft->deadline), &day) &&
        sp_day_parse(sp_view_of(draft->published_on), &day)) {
        day += SP_NEED_OPEN_DAYS;
    }
    return day;
}

static int compare(const void *a, const void *b)
{
    return sp_view_compare(*(const struct sp_view *)a, *(const struct sp_view *)b);
}

void sp_need_keys_settle(struct sp_need_keys *keys)
{
    size_t kept = 0;
    if (keys->count > 0) {
        qsort(keys->items, keys->count, sizeof *keys->items, compare);
    }
    for (size_t i = 0; i < keys->count; i++) {
        if (kept == 0 || !sp_view_equal(keys->items[kept - 1], keys->items[i])) {
            keys->items[kept++] = keys->items[i];
        }
    }
    keys->count = kept;
}

size_t sp_need_keys_find(const struct sp_need_keys *keys, struct sp_view key)
{
    size_t low = 0;
    size_t high = keys->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sp_view_compare(keys->items[middle], key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool sp_need_keys_hold(const struct sp_need_keys *keys, struct sp_view key)
{
    size_t at = sp_need_keys_find(keys, key);
    return at < keys->count && sp_view_equal(keys->items[at], key);
}

enum sp_status sp_need_keys(const struct sp_key_tools *tools, const Spoina__V1__Draft *draft,
                            Spoina__V1__NeedKind kind, struct sp_arena *arena,
                            struct sp_need_keys *out, struct sp_error *err)
{
    struct collector own = {.tools = tools, .arena = arena, .keys = out};
    char digit[2] = {(char)('0' + (int)kind), '\0'};
    out->count = 0;
    out->items = sp_arena_calloc(arena, SP_NEED_KEYS_MAX, sizeof *out->items);
    if (out->items == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = add(&own, 'k', sp_view_of(digit), err);
    if (status == SP_OK) {
        status = add_codes(&own, draft->cpv, draft->n_cpv, err);
    }
    if (status == SP_OK) {
        status = add_places(&own, draft->places, draft->n_places, err);
    }
    if (status == SP_OK && draft->buyer != NULL) {
        status = add_buyer(&own, draft->buyer, err);
    }
    if (status == SP_OK) {
        status = add_title(&own, draft->title, err);
    }
    for (size_t i = 0; status == SP_OK && i < draft->n_lots; i++) {
        status = add_lot(&own, draft, draft->lots[i], err);
    }
    sp_need_keys_settle(out);
    return status;
}
