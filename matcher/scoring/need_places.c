/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Places of a need; see need_places.h. */
#include "matcher/scoring/need_places.h"

enum { CODE_UNITS_MAX = 64, TERYT_PREFIX = 2 };

/** Units that codes name, and names that were found. */
struct gathered {
    const struct sp_place *regions[SP_NEED_PLACES_MAX];
    size_t region_count;
    const struct sp_place *names[SP_NEED_PLACES_MAX];
    size_t name_count;
};

static void add(const struct sp_place **list, size_t *count, const struct sp_place *place)
{
    for (size_t i = 0; i < *count; i++) {
        if (list[i] == place) {
            return;
        }
    }
    if (*count < SP_NEED_PLACES_MAX) {
        list[(*count)++] = place;
    }
}

/** Take @p text as a TERYT or NUTS code; false when it is neither. */
static bool add_code(const struct sp_territory *territory, struct sp_view text,
                     struct gathered *gathered)
{
    const struct sp_place *units[CODE_UNITS_MAX];
    if (sp_teryt_is_code(text)) {
        const struct sp_place *unit = sp_territory_by_teryt(territory, text);
        if (unit != NULL) {
            add(gathered->regions, &gathered->region_count, unit);
        }
        return unit != NULL;
    }
    size_t count = sp_territory_by_nuts(territory, text, units, CODE_UNITS_MAX);
    for (size_t i = 0; i < count && i < CODE_UNITS_MAX; i++) {
        add(gathered->regions, &gathered->region_count, units[i]);
    }
    return count > 0;
}

static bool lies_in_a_region(const struct gathered *gathered, const struct sp_place *place)
{
    for (size_t i = 0; i < gathered->region_count; i++) {
        if (sp_teryt_holds(sp_view_of(gathered->regions[i]->teryt), sp_view_of(place->teryt))) {
            return true;
        }
    }
    return gathered->region_count == 0;
}

/** Take the likeliest candidate that lies in a region named by a code. */
static void add_mention(const struct sp_place_mention *mention, struct gathered *gathered)
{
    for (size_t i = 0; i < mention->candidate_count; i++) {
        if (lies_in_a_region(gathered, mention->candidates[i])) {
            add(gathered->names, &gathered->name_count, mention->candidates[i]);
            return;
        }
    }
}

/** Understand @p text as one name, else look for names in it. */
static enum sp_status add_names(const struct sp_need_tools *tools, struct sp_view text,
                                struct gathered *gathered, struct sp_error *err)
{
    const struct sp_gazetteer *gazetteer = tools->vocabulary->gazetteer;
    struct sp_view prefer =
        gathered->region_count > 0
            ? sp_view_from(gathered->regions[0]->teryt,
                           gathered->regions[0]->teryt[0] == '\0' ? 0 : TERYT_PREFIX)
            : sp_view_of(NULL);
    struct sp_place_mention mention;
    enum sp_status status =
        sp_gazetteer_resolve(gazetteer, tools->analyser, text, prefer, tools->arena, &mention, err);
    if (status == SP_OK) {
        add_mention(&mention, gathered);
    }
    if (status != SP_NOT_FOUND) {
        return status;
    }
    struct sp_token_list tokens;
    struct sp_place_mention_list mentions;
    status = sp_analyse(tools->analyser, text, 0, tools->arena, &tokens, err);
    if (status == SP_OK) {
        status = sp_gazetteer_scan(gazetteer, &tokens, prefer, tools->arena, &mentions, err);
    }
    for (size_t i = 0; status == SP_OK && i < mentions.count; i++) {
        add_mention(&mentions.items[i], gathered);
    }
    return status;
}

static enum sp_place_level exactest(const struct sp_place *const *list, size_t count)
{
    enum sp_place_level level = SP_PLACE_COUNTRY;
    for (size_t i = 0; i < count; i++) {
        level = list[i]->level > level ? list[i]->level : level;
    }
    return level;
}

/** Keep names above regions, and of these the most exact level. A town and its gmina are alike; the
 * whole country says nothing of where. */
static void keep_exactest(const struct gathered *gathered, struct sp_need *out)
{
    bool named = gathered->name_count > 0;
    const struct sp_place *const *list = named ? gathered->names : gathered->regions;
    size_t count = named ? gathered->name_count : gathered->region_count;
    enum sp_place_level level = exactest(list, count);
    level = level == SP_PLACE_LOCALITY ? SP_PLACE_GMINA : level;
    for (size_t i = 0; i < count; i++) {
        if (list[i]->level >= level && list[i]->level != SP_PLACE_COUNTRY) {
            add(out->places, &out->place_count, list[i]);
        }
    }
}

enum sp_status sp_need_read_places(const struct sp_need_tools *tools, char *const *texts,
                                   size_t count, struct sp_need *out, struct sp_error *err)
{
    struct gathered gathered = {.region_count = 0};
    const struct sp_territory *territory = tools->vocabulary->territory;
    for (size_t i = 0; i < count; i++) {
        (void)add_code(territory, sp_view_trim(sp_view_of(texts[i])), &gathered);
    }
    struct gathered codes = {.region_count = 0};
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        struct sp_view text = sp_view_trim(sp_view_of(texts[i]));
        if (!add_code(territory, text, &codes)) {
            status = add_names(tools, text, &gathered, err);
        }
    }
    keep_exactest(&gathered, out);
    return status;
}
