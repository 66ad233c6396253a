/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What the tests of scoring share: the tables, and a small catalogue made by hand, on disk and in
 * the index. Every function fails the test at hand when it cannot do its work.
 */
#ifndef SP_TESTS_SCORING_SUPPORT_H
#define SP_TESTS_SCORING_SUPPORT_H

#include "base/arena.h"
#include "matcher/catalogue/reader.h"
#include "matcher/scoring/context.h"
#include "matcher/search/index.h"
#include "matcher/vocabulary/vocabulary.h"

/** Tables and one catalogue. */
struct test_world {
    struct sp_language *language;
    struct sp_analyser *analyser;
    struct sp_vocabulary *vocabulary;
    struct sp_reader *reader;
    struct sp_index *index;
    char directory[64];
};

/** Open the tables and store the entities, in JSON with ' for ", ended by NULL. */
void test_world_open(struct test_world *world, const char *const *entities);
void test_world_close(struct test_world *world);

/** Add or replace entities in the stored catalogue without telling the index. */
void test_world_put(struct test_world *world, const char *const *entities);

/** A message from JSON with ' for ". */
ProtobufCMessage *test_message(struct sp_arena *arena, const ProtobufCMessageDescriptor *type,
                               const char *json);

/** A response as JSON, in the arena. */
char *test_json(struct sp_arena *arena, const ProtobufCMessage *message);

#endif
