/* SPDX-License-Identifier: EUPL-1.2 */
/** @file A small catalogue for tests; see support.h. */
#include "tests/unit/scoring/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "matcher/catalogue/store.h"
#include "matcher/search/from_store.h"
#include "proto/codec/message.h"

enum { ENTITY_ARENA_BYTES = 4 << 20, JSON_MAX_BYTES = 8 << 20 };

ProtobufCMessage *test_message(struct sp_arena *arena, const ProtobufCMessageDescriptor *type,
                               const char *json)
{
    char *text = sp_arena_strdup(arena, json);
    assert_non_null(text);
    for (char *at = text; *at != '\0'; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    ProtobufCMessage *message = NULL;
    struct sp_error error = {0};
    if (sp_message_from_json(type, sp_view_of(text), NULL, 0, arena, &message, &error) != SP_OK) {
        fail_msg("%s: %s: %s", json, error.place, error.english);
    }
    return message;
}

char *test_json(struct sp_arena *arena, const ProtobufCMessage *message)
{
    struct sp_buffer json;
    sp_buffer_init(&json, JSON_MAX_BYTES);
    assert_int_equal(sp_message_to_json(message, 0, &json, NULL), SP_OK);
    char *copy = sp_arena_copy(arena, sp_buffer_view(&json));
    sp_buffer_release(&json);
    assert_non_null(copy);
    return copy;
}

void test_world_put(struct test_world *world, const char *const *entities)
{
    static const struct sp_author AUTHOR = {"test", 0};
    struct sp_store_options options = {world->directory, world->language, world->vocabulary};
    struct sp_store *store = NULL;
    assert_int_equal(sp_store_open(&options, &store, NULL), SP_OK);
    assert_int_equal(sp_store_begin(store, NULL), SP_OK);
    for (; *entities != NULL; entities++) {
        struct sp_arena *arena = sp_arena_new(ENTITY_ARENA_BYTES);
        const ProtobufCMessage *entity =
            test_message(arena, &spoina__v1__entity__descriptor, *entities);
        struct sp_error error = {0};
        if (sp_store_put(store, (const Spoina__V1__Entity *)entity, &AUTHOR, NULL, NULL, &error) !=
            SP_OK) {
            fail_msg("%s: %s: %s", *entities, error.place, error.english);
        }
        sp_arena_free(arena);
    }
    assert_int_equal(sp_store_commit(store, NULL), SP_OK);
    sp_store_close(store);
}

void test_world_open(struct test_world *world, const char *const *entities)
{
    const char *share = getenv("SPOINA_SHARE");
    assert_non_null(share);
    *world = (struct test_world){.directory = "/tmp/spoina-scoring-XXXXXX"};
    assert_non_null(mkdtemp(world->directory));
    assert_int_equal(sp_language_open(share, &world->language, NULL), SP_OK);
    assert_int_equal(sp_analyser_new(world->language, &world->analyser, NULL), SP_OK);
    assert_int_equal(sp_vocabulary_open(share, world->analyser, &world->vocabulary, NULL), SP_OK);
    test_world_put(world, entities);
    assert_int_equal(sp_reader_open(world->directory, world->language, &world->reader, NULL),
                     SP_OK);
    assert_int_equal(sp_index_from_store(&(struct sp_index_source){world->reader, world->analyser,
                                                                   world->vocabulary->services},
                                         NULL, &world->index, NULL),
                     SP_OK);
}

void test_world_close(struct test_world *world)
{
    static const char *const FILES[] = {"catalogue.sqlite", "catalogue.sqlite-wal",
                                        "catalogue.sqlite-shm", "catalogue.lock"};
    sp_index_unref(world->index);
    sp_reader_close(world->reader);
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
