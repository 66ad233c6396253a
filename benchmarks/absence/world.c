/* SPDX-License-Identifier: EUPL-1.2 */
#include "benchmarks/absence/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "matcher/search/from_store.h"
#include "matcher/tender/notice.h"
#include "tools/region/region.h"

static const struct sp_author AUTHOR = {"benchmark", 0};

/* Two offers more than one an entity, as in the demo's region. */
enum { OFFERS_PER_TEN_ENTITIES = 33 };

static enum sp_status put_one(void *context, const Spoina__V1__Entity *entity, struct sp_error *err)
{
    struct world *world = context;
    return sp_store_put(world->store, entity, &AUTHOR, NULL, NULL, err);
}

static enum sp_status generate(struct world *world, const char *share_dir, uint32_t entities,
                               struct sp_error *err)
{
    struct sp_region *region = NULL;
    const struct sp_region_options options = {.seed = SP_REGION_SEED,
                                              .entities = entities,
                                              .offers = entities * OFFERS_PER_TEN_ENTITIES / 10,
                                              .today = world->today};
    enum sp_status status = sp_region_open(share_dir, &region, err);
    if (status == SP_OK) {
        status = sp_store_begin(world->store, err);
    }
    if (status == SP_OK) {
        status = sp_region_generate(region, &options, put_one, world, err);
    }
    if (status == SP_OK) {
        status = sp_store_commit(world->store, err);
    }
    sp_region_close(region);
    return status;
}

static enum sp_status open_tables(struct world *world, const char *share_dir, struct sp_error *err)
{
    enum sp_status status = sp_language_open(share_dir, &world->language, err);
    if (status == SP_OK) {
        status = sp_analyser_new(world->language, &world->analyser, err);
    }
    if (status == SP_OK) {
        status = sp_vocabulary_open(share_dir, world->analyser, &world->vocabulary, err);
    }
    if (status == SP_OK) {
        status = sp_rulebook_open(share_dir, &world->book, err);
    }
    if (status == SP_OK) {
        status = sp_wordings_open(share_dir, world->book, &world->wordings, err);
    }
    return status == SP_OK ? sp_texts_new(&world->texts, err) : status;
}

enum sp_status world_open(struct world *world, const char *share_dir, uint32_t entities,
                          struct sp_error *err)
{
    *world = (struct world){.directory = "/tmp/spoina-absence-XXXXXX",
                            .today = sp_day_from_civil(2026, 11, 22)};
    sp_notice_setup();
    if (mkdtemp(world->directory) == NULL) {
        return SP_FAIL(err, SP_IO, world->directory, "Nie da się utworzyć katalogu.",
                       "Cannot make a directory.");
    }
    enum sp_status status = open_tables(world, share_dir, err);
    if (status == SP_OK) {
        struct sp_store_options options = {world->directory, world->language, world->vocabulary};
        status = sp_store_open(&options, &world->store, err);
    }
    if (status == SP_OK) {
        status = generate(world, share_dir, entities, err);
    }
    if (status == SP_OK) {
        status = sp_reader_open(world->directory, world->language, &world->reader, err);
    }
    return status == SP_OK
               ? sp_index_from_store(&(struct sp_index_source){world->reader, world->analyser,
                                                               world->vocabulary->services},
                                     NULL, &world->index, err)
               : status;
}

void world_close(struct world *world)
{
    static const char *const FILES[] = {"catalogue.sqlite", "catalogue.sqlite-wal",
                                        "catalogue.sqlite-shm", "catalogue.lock"};
    sp_index_unref(world->index);
    sp_reader_close(world->reader);
    sp_store_close(world->store);
    sp_texts_free(world->texts);
    sp_wordings_free(world->wordings);
    sp_rulebook_free(world->book);
    sp_vocabulary_free(world->vocabulary);
    sp_analyser_free(world->analyser);
    sp_language_free(world->language);
    for (size_t i = 0; i < SP_COUNT(FILES); i++) {
        char path[128];
        (void)snprintf(path, sizeof path, "%s/%s", world->directory, FILES[i]);
        (void)unlink(path);
    }
    (void)rmdir(world->directory);
}

enum sp_status world_put(struct world *world, const Spoina__V1__Entity *entity,
                         struct sp_error *err)
{
    struct sp_index *newest = NULL;
    enum sp_status status = sp_store_begin(world->store, err);
    if (status == SP_OK) {
        status = sp_store_put(world->store, entity, &AUTHOR, NULL, NULL, err);
        enum sp_status committed = sp_store_commit(world->store, status == SP_OK ? err : NULL);
        status = status == SP_OK ? committed : status;
    }
    if (status == SP_OK) {
        status = sp_index_from_store(
            &(struct sp_index_source){world->reader, world->analyser, world->vocabulary->services},
            world->index, &newest, err);
    }
    if (status == SP_OK) {
        sp_index_unref(world->index);
        world->index = newest;
    }
    return status;
}

struct sp_advising world_advising(const struct world *world, struct sp_arena *arena)
{
    return (struct sp_advising){.matching = {.scoring = {.index = world->index,
                                                         .reader = world->reader,
                                                         .analyser = world->analyser,
                                                         .vocabulary = world->vocabulary,
                                                         .arena = arena,
                                                         .today = world->today,
                                                         .locale = SP_PL},
                                             .book = world->book,
                                             .texts = world->texts},
                                .wordings = world->wordings};
}
