/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/needs/need_summary.h"

#include <string.h>

static bool holds(char *const *list, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i], text) == 0) {
            return true;
        }
    }
    return false;
}

/** Add those of @p from that are not there yet. */
static void join(char **list, size_t *count, char *const *from, size_t from_count)
{
    for (size_t i = 0; i < from_count; i++) {
        if (!holds(list, *count, from[i])) {
            list[(*count)++] = from[i];
        }
    }
}

/** Codes and places of the draft, then those of its lots. */
static bool join_lots(const Spoina__V1__Draft *draft, Spoina__V1__NeedSummary *out,
                      struct sp_arena *arena)
{
    size_t codes = draft->n_cpv;
    size_t places = draft->n_places;
    for (size_t i = 0; i < draft->n_lots; i++) {
        codes += draft->lots[i]->n_cpv;
        places += draft->lots[i]->n_places;
    }
    out->cpv = sp_arena_calloc(arena, codes + 1, sizeof *out->cpv);
    out->places = sp_arena_calloc(arena, places + 1, sizeof *out->places);
    if (out->cpv == NULL || out->places == NULL) {
        return false;
    }
    join(out->cpv, &out->n_cpv, draft->cpv, draft->n_cpv);
    join(out->places, &out->n_places, draft->places, draft->n_places);
    for (size_t i = 0; i < draft->n_lots; i++) {
        join(out->cpv, &out->n_cpv, draft->lots[i]->cpv, draft->lots[i]->n_cpv);
        join(out->places, &out->n_places, draft->lots[i]->places, draft->lots[i]->n_places);
    }
    return true;
}

Spoina__V1__NeedSummary *sp_need_summary(const Spoina__V1__Need *need, struct sp_arena *arena)
{
    const Spoina__V1__Draft *draft = need->draft;
    Spoina__V1__NeedSummary *out = sp_arena_alloc(arena, sizeof *out);
    if (out == NULL) {
        return NULL;
    }
    spoina__v1__need_summary__init(out);
    out->id = need->id;
    out->kind = need->kind;
    out->title =
        draft->title[0] != '\0' || draft->n_lots == 0 ? draft->title : draft->lots[0]->title;
    out->buyer = draft->buyer == NULL ? out->buyer : draft->buyer->name;
    out->published_on = draft->published_on;
    out->deadline = draft->deadline;
    out->term = need->term;
    if (draft->_value_grosz_case == SPOINA__V1__DRAFT___VALUE_GROSZ_VALUE_GROSZ) {
        out->_value_grosz_case = SPOINA__V1__NEED_SUMMARY___VALUE_GROSZ_VALUE_GROSZ;
        out->value_grosz = draft->value_grosz;
    }
    out->lots = (uint32_t)draft->n_lots;
    out->corrected = need->corrected;
    out->potential = need->potential;
    out->imported_on = need->imported_on;
    out->source = need->source;
    return join_lots(draft, out, arena) ? out : NULL;
}
