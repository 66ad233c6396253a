/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The generated region as a catalogue on disk and in the index, and what advice works with.
 */
#ifndef SP_BENCHMARKS_ABSENCE_WORLD_H
#define SP_BENCHMARKS_ABSENCE_WORLD_H

#include "matcher/advice/advice.h"
#include "matcher/catalogue/reader.h"
#include "matcher/catalogue/store.h"
#include "matcher/search/index.h"
#include "matcher/vocabulary/vocabulary.h"

struct world {
    char directory[64]; /* of the catalogue; removed by world_close() */
    struct sp_language *language;
    struct sp_analyser *analyser;
    struct sp_vocabulary *vocabulary;
    struct sp_rulebook *book;
    struct sp_wordings *wordings;
    struct sp_texts *texts;
    struct sp_store *store;
    struct sp_reader *reader;
    struct sp_index *index;
    sp_day today;
};

/** Generate @p entities entities and open everything. */
enum sp_status world_open(struct world *world, const char *share_dir, uint32_t entities,
                          struct sp_error *err);
void world_close(struct world *world);

/** Store @p entity and make the index anew. */
enum sp_status world_put(struct world *world, const Spoina__V1__Entity *entity,
                         struct sp_error *err);

/** What a call works with; the answer goes into @p arena. */
struct sp_advising world_advising(const struct world *world, struct sp_arena *arena);

#endif
