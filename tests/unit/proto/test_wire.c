/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The wire: what is refused before protobuf-c sees it, with the path, and that caps are
 * told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "proto/codec/message.h"
#include "proto/limits.h"
#include "spoina/v1/catalogue.pb-c.h"
#include "tests/lib/fault.h"
#include "tests/unit/proto/kinds.pb-c.h"

static const ProtobufCMessageDescriptor *const KINDS = &spoina__test__kinds__descriptor;

/* Bytes as a view; the literal may hold NUL bytes. */
#define BYTES(literal) sp_view_from((literal), sizeof(literal) - 1)

static void accepts_well_formed_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        struct sp_view wire;
    } cases[] = {
        {"nothing", {"", 0}},
        {"varint", {"\x18\x01", 2}},
        {"varint of ten bytes", {"\x18\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11}},
        {"scalar twice: the last wins", {"\x18\x01\x18\x02", 4}},
        {"packed", {"\x8a\x02\x03\x01\x02\x03", 6}},
        {"packed, empty", {"\x8a\x02\x00", 3}},
        {"declared packed, sent loose", {"\x88\x02\x01\x88\x02\x02", 6}},
        {"declared loose, sent packed", {"\x82\x03\x02\x01\x02", 5}},
        {"fixed32 packed", {"\xba\x02\x04\x01\x02\x03\x04", 7}},
        {"string", {"\x72\x05\xc5\xbc\xc3\xb3\x7a", 7}},
        {"bytes may hold anything", {"\x7a\x03\x00\xff\xfe", 5}},
        {"message", {"\x8a\x01\x03\x0a\x01\x61", 6}},
        {"another member of a oneof: the last wins", {"\x92\x01\x01\x61\xa0\x01\x05", 7}},
        {"unknown varint", {"\xf8\x3f\x01", 3}},
        {"unknown bytes", {"\xfa\x3f\x02\xff\x00", 5}},
        {"unknown fixed", {"\xfd\x3f\x01\x02\x03\x04", 6}},
        {"largest field number", {"\xf8\xff\xff\xff\x0f\x01", 6}},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_error err = {0};
        struct sp_arena *arena = sp_arena_new(65536);
        ProtobufCMessage *message = NULL;
        if (sp_message_from_wire(KINDS, cases[i].wire, NULL, arena, &message, &err) != SP_OK) {
            fail_msg("%s: %s: %s", cases[i].what, err.place, err.english);
        }
        assert_ptr_equal(message->descriptor, KINDS);
        sp_arena_free(arena);
    }
}

static void refuses_malformed_bytes(void **state)
{
    (void)state;
    const struct {
        struct sp_view wire;
        const char *place;
        const char *words;
    } cases[] = {
        {BYTES("\x18"), "", "ends in the middle"},
        {BYTES("\x18\x80"), "", "ends in the middle"},
        {BYTES("\x18\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), "", "longer than 10"},
        {BYTES("\x80"), "", "tag is broken"},
        {BYTES("\x98\x80\x80\x80\x80\x00\x01"), "", "tag is broken"},
        {BYTES("\x00\x01"), "", "out of range"},
        {BYTES("\xf8\xff\xff\xff\x7f\x01"), "", "out of range"},
        {BYTES("\x09\x01\x02\x03\x04\x05\x06\x07"), "", "ends in the middle"},
        {BYTES("\x15\x01\x02\x03"), "", "ends in the middle"},
        {BYTES("\x72\x05zz"), "", "past the end"},
        {BYTES("\x72\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), "", "past the end"},
        {BYTES("\x1b\x1c"), "", "wire type (3)"},
        {BYTES("\x1c"), "", "wire type (4)"},
        {BYTES("\x1e"), "", "wire type (6)"},
        {BYTES("\x1f"), "", "wire type (7)"},
        {BYTES("\x19\x01\x02\x03\x04\x05\x06\x07\x08"), "an_int32", "Wire type 1"},
        {BYTES("\x1a\x01\x01"), "an_int32", "Wire type 2"},
        {BYTES("\x70\x01"), "a_string", "Wire type 0"},
        {BYTES("\x88\x01\x01"), "an_inner", "Wire type 0"},
        {BYTES("\x72\x01\xff"), "a_string", "not valid UTF-8 (byte 0)"},
        {BYTES("\x72\x03ok\xc5"), "a_string", "not valid UTF-8 (byte 2)"},
        {BYTES("\x72\x07"
               "admin\0x"),
         "a_string", "NUL"},
        {BYTES("\x8a\x02\x02\x01\x80"), "int32s[0]", "ends in the middle"},
        {BYTES("\x88\x02\x01\x8a\x02\x01\x80"), "int32s[1]", "ends in the middle"},
        {BYTES("\xba\x02\x03\x01\x02\x03"), "fixed32s[0]", "ends in the middle"},
        {BYTES("\xe2\x02\x01\x61\x18\x01\xe2\x02\x01\xff"), "strings[1]", "UTF-8"},
        {BYTES("\xfa\x02\x00\xfa\x02\x03\x0a\x01\xff"), "inners[1].title", "UTF-8"},
        {BYTES("\x8a\x01\x02\x10\x01\x8a\x01\x03\x0a\x01\x61"), "an_inner", "twice"},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_error err = {0};
        enum sp_status status = sp_wire_check(KINDS, cases[i].wire, NULL, &err);
        if (status != SP_INVALID || strcmp(err.place, cases[i].place) != 0 ||
            strstr(err.english, cases[i].words) == NULL || err.polish[0] == '\0') {
            fail_msg("case %zu: status %d at \"%s\": %s", i, (int)status, err.place, err.english);
        }
        assert_int_equal(sp_wire_check(KINDS, cases[i].wire, NULL, NULL), SP_INVALID);
    }
}

/* Deep messages, outermost first, each in the field "down". */
static size_t nest(unsigned levels, unsigned char *wire, size_t size)
{
    size_t start = size;
    for (unsigned i = 0; i < levels; i++) {
        size_t length = size - start;
        assert_true(length < 128 && start >= 2);
        wire[--start] = (unsigned char)length;
        wire[--start] = 0x0a;
    }
    memmove(wire, wire + start, size - start);
    return size - start;
}

static void nesting_stops_at_the_limit(void **state)
{
    (void)state;
    unsigned char wire[256];
    struct sp_error err = {0};
    size_t length = nest(SP_MESSAGE_MAX_DEPTH - 1, wire, sizeof wire);
    struct sp_view view = sp_view_from((const char *)wire, length);
    assert_int_equal(sp_wire_check(&spoina__test__deep__descriptor, view, NULL, &err), SP_OK);
    length = nest(SP_MESSAGE_MAX_DEPTH, wire, sizeof wire);
    view = sp_view_from((const char *)wire, length);
    assert_int_equal(sp_wire_check(&spoina__test__deep__descriptor, view, NULL, &err), SP_LIMIT);
    assert_memory_equal(err.place, "down.down.down", 14);
    struct sp_message_limits more = {.depth = SP_MESSAGE_MAX_DEPTH + 1};
    assert_int_equal(sp_wire_check(&spoina__test__deep__descriptor, view, &more, &err), SP_OK);
}

static void elements_are_counted(void **state)
{
    (void)state;
    const struct {
        struct sp_view wire;
        struct sp_message_limits limits;
        const char *place; /* NULL: accepted */
    } cases[] = {
        {BYTES("\x8a\x02\x03\x01\x02\x03"), {.elements = 3}, NULL},
        {BYTES("\x8a\x02\x03\x01\x02\x03"), {.elements = 2}, "int32s[0]"},
        {BYTES("\xe2\x02\x00\xe2\x02\x00\xe2\x02\x00"), {.elements = 2}, "strings[2]"},
        {BYTES("\xf8\x3f\x01\xf8\x3f\x01"), {.elements = 1}, ""},
        {BYTES("\xfa\x02\x02\x10\x01\xfa\x02\x02\x10\x01"), {.total_elements = 4}, NULL},
        {BYTES("\xfa\x02\x02\x10\x01\xfa\x02\x02\x10\x01"), {.total_elements = 3}, "inners[1]"},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_error err = {0};
        enum sp_status status = sp_wire_check(KINDS, cases[i].wire, &cases[i].limits, &err);
        assert_int_equal(status, cases[i].place == NULL ? SP_OK : SP_LIMIT);
        assert_string_equal(err.place, cases[i].place == NULL ? "" : cases[i].place);
    }
}

static void the_path_is_that_of_the_contract(void **state)
{
    (void)state;
    /* GetEntityResponse.entity.offers[2].title is not UTF-8. */
    struct sp_error err = {0};
    static const char wire[] = "\x0a\x0b\x6a\x00\x6a\x02\x12\x00\x6a\x03\x12\x01\xff";
    assert_int_equal(
        sp_wire_check(&spoina__v1__get_entity_response__descriptor, BYTES(wire), NULL, &err),
        SP_INVALID);
    assert_string_equal(err.place, "entity.offers[2].title");
    assert_string_equal(err.polish, "Tekst nie jest poprawnym UTF-8 (bajt 0).");
}

static void unknown_fields_survive(void **state)
{
    (void)state;
    static const char wire[] = "\x0a\x01\x61\xf8\x3f\x01";
    struct sp_arena *arena = sp_arena_new(65536);
    struct sp_buffer back;
    ProtobufCMessage *message = NULL;
    sp_buffer_init(&back, 100);
    assert_int_equal(sp_message_from_wire(&spoina__test__inner__descriptor, BYTES(wire), NULL,
                                          arena, &message, NULL),
                     SP_OK);
    assert_int_equal(sp_message_to_wire(message, &back, NULL), SP_OK);
    assert_true(sp_view_equal(sp_buffer_view(&back), BYTES(wire)));
    sp_buffer_release(&back);
    sp_arena_free(arena);
}

static void the_cap_is_a_limit_and_not_bad_bytes(void **state)
{
    (void)state;
    char wire[3000]; /* 1,000 empty submessages */
    for (size_t i = 0; i < sizeof wire; i += 3) {
        memcpy(wire + i, "\xfa\x02\x00", 3);
    }
    for (size_t cap = 0; cap < 200000; cap += 1009) {
        struct sp_arena *arena = sp_arena_new(cap);
        struct sp_error err = {0};
        ProtobufCMessage *message = NULL;
        enum sp_status status = sp_message_from_wire(KINDS, sp_view_from(wire, sizeof wire), NULL,
                                                     arena, &message, &err);
        assert_int_equal(status, message != NULL ? SP_OK : SP_LIMIT);
        assert_true(cap > 40000 || status == SP_LIMIT);
        assert_true(cap < 190000 || status == SP_OK);
        sp_arena_free(arena);
    }
}

static void a_full_buffer_keeps_what_it_had(void **state)
{
    (void)state;
    Spoina__Test__Inner inner = SPOINA__TEST__INNER__INIT;
    char title[] = "more than ten bytes";
    inner.title = title;
    struct sp_buffer wire;
    struct sp_error err = {0};
    sp_buffer_init(&wire, 10);
    sp_buffer_add_text(&wire, "head");
    assert_int_equal(sp_message_to_wire(&inner.base, &wire, &err), SP_LIMIT);
    assert_true(sp_view_is(sp_buffer_view(&wire), "head"));
    sp_buffer_release(&wire);
}

static enum sp_status unpack_and_pack(void *context)
{
    (void)context;
    static const char wire[] = "\xfa\x02\x05\x0a\x03"
                               "abc\x72\x02zz\x7a\x01\x00\x8a\x02\x03\x01\x02\x03\xf8\x3f\x01";
    struct sp_arena *arena = sp_arena_new(65536);
    if (arena == NULL) {
        return SP_NOMEM;
    }
    struct sp_buffer back;
    ProtobufCMessage *message = NULL;
    sp_buffer_init(&back, 1000);
    enum sp_status status = sp_message_from_wire(KINDS, BYTES(wire), NULL, arena, &message, NULL);
    if (status == SP_OK) {
        status = sp_message_to_wire(message, &back, NULL);
    }
    if (status == SP_OK) {
        assert_int_equal(back.length, sizeof wire - 1);
    }
    sp_buffer_release(&back);
    sp_arena_free(arena);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    enum sp_status seen = SP_OK;
    int count = sp_fault_sweep(unpack_and_pack, NULL, 100, &seen);
    print_message("%d allocations\n", count);
    assert_true(count >= 3);
    assert_int_equal(seen, SP_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_well_formed_bytes),
        cmocka_unit_test(refuses_malformed_bytes),
        cmocka_unit_test(nesting_stops_at_the_limit),
        cmocka_unit_test(elements_are_counted),
        cmocka_unit_test(the_path_is_that_of_the_contract),
        cmocka_unit_test(unknown_fields_survive),
        cmocka_unit_test(the_cap_is_a_limit_and_not_bad_bytes),
        cmocka_unit_test(a_full_buffer_keeps_what_it_had),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
