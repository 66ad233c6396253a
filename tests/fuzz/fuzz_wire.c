/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Property: bytes that pass sp_wire_check() unpack (or reach the arena's cap), what was unpacked
 * packs to bytes that pass again, and its JSON reads back.
 */
#include <stdint.h>
#include <stdlib.h>

#include "proto/codec/message.h"
#include "tests/unit/proto/kinds.pb-c.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_BYTES = 4 * 1024 * 1024, OUTPUT_BYTES = 64 * 1024 * 1024 };

static const ProtobufCMessageDescriptor *const KINDS = &spoina__test__kinds__descriptor;

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void check_way_back(const ProtobufCMessage *message, struct sp_arena *arena)
{
    struct sp_buffer wire;
    struct sp_buffer json;
    ProtobufCMessage *again = NULL;
    sp_buffer_init(&wire, OUTPUT_BYTES);
    sp_buffer_init(&json, OUTPUT_BYTES);
    require(sp_message_to_wire(message, &wire, NULL) == SP_OK);
    require(sp_wire_check(KINDS, sp_buffer_view(&wire), NULL, NULL) == SP_OK);
    require(sp_message_to_json(message, 0, &json, NULL) == SP_OK);
    sp_arena_reset(arena);
    enum sp_status status =
        sp_message_from_json(KINDS, sp_buffer_view(&json), NULL, 0, arena, &again, NULL);
    require(status == SP_OK || status == SP_LIMIT);
    sp_buffer_release(&wire);
    sp_buffer_release(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sp_view wire = sp_view_from((const char *)data, size);
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    require(arena != NULL);
    ProtobufCMessage *message = NULL;
    enum sp_status checked = sp_wire_check(KINDS, wire, NULL, NULL);
    enum sp_status status = sp_message_from_wire(KINDS, wire, NULL, arena, &message, NULL);
    require(checked == SP_OK ? status == SP_OK || status == SP_LIMIT : status == checked);
    if (status == SP_OK) {
        check_way_back(message, arena);
    }
    sp_arena_free(arena);
    return 0;
}
