/* SPDX-License-Identifier: EUPL-1.2 */
#include "tools/region/region.h"

#include "base/file.h"
#include "base/memory.h"
#include "tools/region/region_maker.h"

enum {
    PATH_MAX_BYTES = 4096,
    FRESH_DAYS = 180,     /* half of the records were confirmed within so many days */
    OLDEST_DAYS = 3 * 365 /* and the others back to here */
};

/* The arena must have room for the largest entity that check allows. */
_Static_assert(SP_REGION_ARENA_BYTES >= 2 * SP_REGION_OFFERS_PER_ENTITY_MAX * 4096,
               "4 KiB an offer, twice the average");

static enum sp_status open_parts(struct sp_region *region, const char *share_dir,
                                 struct sp_error *err)
{
    char vocabulary[PATH_MAX_BYTES];
    char tables[PATH_MAX_BYTES];
    if (sp_file_join(share_dir, "vocabulary", vocabulary, sizeof vocabulary) != SP_OK ||
        sp_file_join(share_dir, "region", tables, sizeof tables) != SP_OK) {
        return SP_FAIL(err, SP_LIMIT, "share", "Za długa ścieżka: %s.", "The path is too long: %s.",
                       share_dir);
    }
    region->arena = sp_arena_new(SP_REGION_TABLES_BYTES);
    if (region->arena == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = sp_territory_open(vocabulary, &region->territory, err);
    return status != SP_OK ? status : sp_region_read_tables(region, tables, err);
}

enum sp_status sp_region_open(const char *share_dir, struct sp_region **out, struct sp_error *err)
{
    struct sp_region *region = sp_calloc(1, sizeof *region);
    if (region == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = open_parts(region, share_dir, err);
    if (status != SP_OK) {
        sp_region_close(region);
        return status;
    }
    *out = region;
    return SP_OK;
}

void sp_region_close(struct sp_region *region)
{
    if (region != NULL) {
        sp_territory_free(region->territory);
        sp_arena_free(region->arena);
        sp_free(region);
    }
}

enum sp_status sp_region_check(const struct sp_region_options *options, struct sp_error *err)
{
    uint64_t most = (uint64_t)options->entities * SP_REGION_OFFERS_PER_ENTITY_MAX;
    if (options->entities == 0 || options->entities > SP_REGION_ENTITIES_MAX) {
        return SP_FAIL(err, SP_INVALID, "entities", "Podmiotów może być od 1 do %d.",
                       "There may be 1 to %d entities.", SP_REGION_ENTITIES_MAX);
    }
    if (options->offers < options->entities || options->offers > most) {
        return SP_FAIL(err, SP_INVALID, "offers",
                       "Przy %u podmiotach ofert może być od %u do %llu.",
                       "With %u entities there may be %u to %llu offers.", options->entities,
                       options->entities, (unsigned long long)most);
    }
    sp_day first = sp_day_from_civil(1990, 1, 1);
    sp_day last = sp_day_from_civil(2200, 1, 1);
    if (options->today < first || options->today > last) {
        return SP_FAIL(err, SP_INVALID, "today", "Dzień musi leżeć w latach 1990-2199.",
                       "The day must lie in the years 1990-2199.");
    }
    return SP_OK;
}

/* Offers of the entities before @p index. One each; the others spread evenly, moved by up to the
 * average so that counts differ; the first and the last border are fixed, so the sum is exact. */
static uint64_t offers_before(const struct sp_region_options *options, uint32_t index)
{
    uint64_t others = options->offers - options->entities;
    if (index == 0 || index == options->entities) {
        return index == 0 ? 0 : options->offers;
    }
    struct sp_random random = sp_random_of(options->seed, index, SP_MAKER_OFFER_COUNT);
    uint64_t moved =
        sp_random_below(&random, (uint32_t)(others < UINT32_MAX ? others : UINT32_MAX));
    return index + ((index - 1) * others + moved) / options->entities;
}

/* Half of the days lie within FRESH_DAYS, the rest back to OLDEST_DAYS. */
static sp_day draw_confirmed(const struct sp_maker *maker)
{
    struct sp_random random = sp_random_of(maker->options->seed, maker->number, SP_MAKER_FRESHNESS);
    int64_t most = sp_random_chance(&random, 500) ? FRESH_DAYS : OLDEST_DAYS;
    return maker->options->today - (sp_day)sp_random_between(&random, 0, most);
}

enum sp_status sp_region_entity(const struct sp_region *region,
                                const struct sp_region_options *options, uint32_t index,
                                struct sp_arena *arena, Spoina__V1__Entity **out,
                                struct sp_error *err)
{
    struct sp_maker maker = {
        .region = region, .options = options, .arena = arena, .number = index + 1};
    SP_ASSERT(index < options->entities);
    maker.entity = SP_MAKE(&maker, Spoina__V1__Entity, SPOINA__V1__ENTITY__INIT);
    if (maker.entity == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    maker.confirmed = draw_confirmed(&maker);
    uint64_t count = offers_before(options, index + 1) - offers_before(options, index);
    sp_make_identity(&maker);
    sp_make_statuses(&maker);
    sp_make_employment(&maker);
    sp_make_offers(&maker, (size_t)count);
    sp_make_record(&maker);
    sp_make_declarations(&maker);
    sp_make_cooperations(&maker);
    if (maker.status != SP_OK) {
        return SP_FAIL_NOMEM(err);
    }
    *out = maker.entity;
    return SP_OK;
}

enum sp_status sp_region_generate(const struct sp_region *region,
                                  const struct sp_region_options *options, sp_region_each_fn *each,
                                  void *context, struct sp_error *err)
{
    enum sp_status status = sp_region_check(options, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_arena *arena = sp_arena_new(SP_REGION_ARENA_BYTES);
    if (arena == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (uint32_t i = 0; i < options->entities && status == SP_OK; i++) {
        Spoina__V1__Entity *entity = NULL;
        sp_arena_reset(arena);
        status = sp_region_entity(region, options, i, arena, &entity, err);
        if (status == SP_OK) {
            status = each(context, entity, err);
        }
    }
    sp_arena_free(arena);
    return status;
}
