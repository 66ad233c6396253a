/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Properties: our reader and jansson agree on what is JSON, wherever jansson sets no narrower
 * limit; and a message read from JSON is written to JSON that reads back as the same bytes on the
 * wire.
 */
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "proto/codec/json_text.h"
#include "proto/codec/message.h"
#include "tests/unit/proto/kinds.pb-c.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    ARENA_BYTES = 4 * 1024 * 1024,
    OUTPUT_BYTES = 64 * 1024 * 1024,
    MAX_DEPTH = 2048, /* jansson's own */
};

static const ProtobufCMessageDescriptor *const KINDS = &spoina__test__kinds__descriptor;

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void check_against_jansson(struct sp_view text)
{
    struct sp_json_reader reader;
    enum sp_status status = sp_json_begin(&reader, text, MAX_DEPTH, NULL);
    if (status == SP_OK) {
        status = sp_json_skip(&reader);
    }
    if (status == SP_OK) {
        status = sp_json_end(&reader);
    }
    json_error_t error;
    json_t *tree = json_loadb(text.data, text.length, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    enum json_error_code code = json_error_code(&error);
    if (tree != NULL) {
        require(status == SP_OK);
    } else if (code != json_error_numeric_overflow && code != json_error_null_byte_in_key) {
        require(status != SP_OK);
    }
    json_decref(tree);
}

static void check_way_back(const ProtobufCMessage *message)
{
    struct sp_buffer first;
    struct sp_buffer second;
    struct sp_buffer json;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    ProtobufCMessage *again = NULL;
    require(arena != NULL);
    sp_buffer_init(&first, OUTPUT_BYTES);
    sp_buffer_init(&second, OUTPUT_BYTES);
    sp_buffer_init(&json, OUTPUT_BYTES);
    require(sp_message_to_json(message, 0, &json, NULL) == SP_OK);
    require(sp_message_from_json(KINDS, sp_buffer_view(&json), NULL, 0, arena, &again, NULL) ==
            SP_OK);
    require(sp_message_to_wire(message, &first, NULL) == SP_OK);
    require(sp_message_to_wire(again, &second, NULL) == SP_OK);
    require(sp_view_equal(sp_buffer_view(&first), sp_buffer_view(&second)));
    sp_buffer_release(&first);
    sp_buffer_release(&second);
    sp_buffer_release(&json);
    sp_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sp_view text = sp_view_from((const char *)data, size);
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    ProtobufCMessage *message = NULL;
    require(arena != NULL);
    if (size == 0 || memchr(data, 0, size) == NULL) {
        check_against_jansson(text);
    }
    if (sp_message_from_json(KINDS, text, NULL, SP_JSON_IGNORE_UNKNOWN, arena, &message, NULL) ==
        SP_OK) {
        check_way_back(message);
    }
    sp_arena_free(arena);
    return 0;
}
