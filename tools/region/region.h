/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A fictional Lower Silesia: social economy entities with units, statuses, offers and capacities,
 * invented by rule from tables in data/region/ and a seed.
 *
 * The demo, the tests and the benchmarks all use it, from 600 entities up to millions of offers.
 * Entity number i is a pure function of (tables, options, i): the same bytes on every machine, in
 * any order, from any thread, with memory for one entity only. All arithmetic is on integers.
 *
 * Every record is marked: provenance {source "demo", fictional true}, a sentence in the
 * description, NIP starting with 0 (no tax office has such a code), REGON starting with 99 (no such
 * region), KRS starting with 9 (the register stands at 0001...), e-mail at example.org, telephone
 * +48 000 ... NIP and REGON have right check digits, so that they pass the same checks as real
 * ones.
 */
#ifndef SP_TOOLS_REGION_REGION_H
#define SP_TOOLS_REGION_REGION_H

#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/status.h"
#include "spoina/v1/catalogue.pb-c.h"

enum {
    SP_REGION_ENTITIES = 600,             /* of the demo */
    SP_REGION_OFFERS = 2000,              /* of the demo */
    SP_REGION_SEED = 2026,                /* of the demo */
    SP_REGION_ENTITIES_MAX = 9999999,     /* as many as the NIP has digits for: region_numbers.h */
    SP_REGION_OFFERS_PER_ENTITY_MAX = 20, /* on average; more would repeat services */
    SP_REGION_ARENA_BYTES = 256 * 1024    /* enough for one entity */
};

/** The tables; immutable once open, so shared by threads. */
struct sp_region;

struct sp_region_options {
    uint64_t seed;
    uint32_t entities; /* 1..SP_REGION_ENTITIES_MAX */
    uint32_t
        offers;   /* entities..entities x SP_REGION_OFFERS_PER_ENTITY_MAX, exactly as many come */
    sp_day today; /* the day on which the region is seen: dates lie around it */
};

/**
 * Read the tables of @p share_dir (its folder region/).
 *
 * @return SP_OK; SP_NOT_FOUND or SP_IO (a table); SP_CORRUPT (a line of a table, named); SP_NOMEM
 */
enum sp_status sp_region_open(const char *share_dir, struct sp_region **out, struct sp_error *err);

/** Free the tables; NULL is accepted. Entities made with them must no longer be used. */
void sp_region_close(struct sp_region *region);

/** Check @p options: SP_OK, or SP_INVALID with the option named. */
enum sp_status sp_region_check(const struct sp_region_options *options, struct sp_error *err);

/**
 * Make entity @p index of the region that @p options describe.
 *
 * @param options  passed sp_region_check()
 * @param index    0..options->entities - 1
 * @param arena    takes the message; its strings lie there and in @p region
 * @return SP_OK; SP_NOMEM (arena full: SP_REGION_ARENA_BYTES are enough)
 *
 * Thread: any. Cost: some microseconds, one pass over the offers of the entity.
 */
enum sp_status sp_region_entity(const struct sp_region *region,
                                const struct sp_region_options *options, uint32_t index,
                                struct sp_arena *arena, Spoina__V1__Entity **out,
                                struct sp_error *err);

/** Gets one entity; valid until it returns. Anything but SP_OK ends the generation. */
typedef enum sp_status sp_region_each_fn(void *context, const Spoina__V1__Entity *entity,
                                         struct sp_error *err);

/**
 * Make all entities in order and give each to @p each; the memory of one is re-used for the next.
 *
 * @return SP_OK; what sp_region_check() or @p each returned; SP_NOMEM
 */
enum sp_status sp_region_generate(const struct sp_region *region,
                                  const struct sp_region_options *options, sp_region_each_fn *each,
                                  void *context, struct sp_error *err);

#endif
