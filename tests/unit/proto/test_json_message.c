/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The proto3 JSON mapping: every kind of field, both ways, and what it refuses, with its
 * path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "proto/codec/message.h"
#include "tests/lib/fault.h"
#include "tests/unit/proto/kinds.pb-c.h"

enum { ARENA_BYTES = 1024 * 1024, TEXT_BYTES = 1024 * 1024 };

static const ProtobufCMessageDescriptor *const KINDS = &spoina__test__kinds__descriptor;

/* Read json, write it, take it over the wire, write it again: both texts must be what is expected.
 */
static void check(const char *json, unsigned flags, const char *expected)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_error err = {0};
    struct sp_buffer text;
    struct sp_buffer wire;
    ProtobufCMessage *message = NULL;
    ProtobufCMessage *again = NULL;
    sp_buffer_init(&text, TEXT_BYTES);
    sp_buffer_init(&wire, TEXT_BYTES);
    enum sp_status status =
        sp_message_from_json(KINDS, sp_view_of(json), NULL, flags, arena, &message, &err);
    if (status != SP_OK) {
        fail_msg("%s: %s: %s", json, err.place, err.english);
    }
    assert_int_equal(sp_message_to_json(message, 0, &text, &err), SP_OK);
    assert_string_equal(text.data, expected);
    sp_buffer_clear(&text);
    assert_int_equal(sp_message_to_wire(message, &wire, &err), SP_OK);
    assert_int_equal(sp_message_from_wire(KINDS, sp_buffer_view(&wire), NULL, arena, &again, &err),
                     SP_OK);
    assert_int_equal(sp_message_to_json(again, 0, &text, &err), SP_OK);
    assert_string_equal(text.data, expected);
    sp_buffer_release(&text);
    sp_buffer_release(&wire);
    sp_arena_free(arena);
}

/* Expect json to be refused at place, with a sentence that contains the words. */
static void check_refused(const char *json, const char *place, const char *words)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_error err = {0};
    ProtobufCMessage *message = NULL;
    print_message("%s\n", json);
    assert_int_not_equal(
        sp_message_from_json(KINDS, sp_view_of(json), NULL, 0, arena, &message, &err), SP_OK);
    assert_null(message);
    assert_string_equal(err.place, place);
    if (strstr(err.english, words) == NULL) {
        fail_msg("\"%s\" is not in \"%s\"", words, err.english);
    }
    assert_true(strlen(err.polish) > 0);
    sp_arena_free(arena);
}

static void every_scalar(void **state)
{
    (void)state;
    static const char full[] =
        "{\"aDouble\":0.1,\"aFloat\":0.1,\"anInt32\":-2147483648,"
        "\"anInt64\":\"-9223372036854775808\",\"aUint32\":4294967295,"
        "\"aUint64\":\"18446744073709551615\",\"aSint32\":-1,\"aSint64\":\"-1\","
        "\"aFixed32\":7,\"aFixed64\":\"8\",\"aSfixed32\":-7,\"aSfixed64\":\"-8\",\"aBool\":true,"
        "\"aString\":\"za\xC5\xBC\xC3\xB3\xC5\x82\xC4\x87 \\\"x\\\"\",\"aBytes\":\"+/8=\","
        "\"aColour\":\"COLOUR_BLUE\",\"anInner\":{\"title\":\"t\",\"leadTimeDays\":3}}";
    check(full, 0, full);
}

static void every_repeated_kind(void **state)
{
    (void)state;
    static const char full[] =
        "{\"doubles\":[1,-0.0,\"NaN\",\"Infinity\",\"-Infinity\"],\"floats\":[0.5],"
        "\"int32s\":[0,-1,2147483647],\"int64s\":[\"0\",\"-1\"],\"uint32s\":[1,2,3,4,5,6,7,8,9],"
        "\"uint64s\":[\"1\"],\"sint32s\":[-64,64],\"sint64s\":[\"-64\"],\"fixed32s\":[1],"
        "\"fixed64s\":[\"1\"],\"sfixed32s\":[-1],\"sfixed64s\":[\"-1\"],\"bools\":[true,false],"
        "\"strings\":[\"\",\"a\"],\"byteses\":[\"\",\"AA==\"],"
        "\"colours\":[\"COLOUR_NONE\",\"COLOUR_MINUS\",99],\"inners\":[{},{\"title\":\"x\"}],"
        "\"loose\":[1,2]}";
    check(full, 0, full);
}

static void other_ways_to_write_the_same(void **state)
{
    (void)state;
    check("{}", 0, "{}");
    check(" { \"an_int32\" : \"12\" } ", 0, "{\"anInt32\":12}");
    check("{\"an\\u0049nt32\": 1.2e1}", 0, "{\"anInt32\":12}");
    check("{\"anInt64\":12,\"aUint64\":18446744073709551615}", 0,
          "{\"anInt64\":\"12\",\"aUint64\":\"18446744073709551615\"}");
    check("{\"aColour\":7}", 0, "{\"aColour\":\"COLOUR_BLUE\"}");
    check("{\"aColour\":55}", 0, "{\"aColour\":55}");
    check("{\"aBytes\":\"-_8\"}", 0, "{\"aBytes\":\"+/8=\"}");
    check("{\"aBytes\":\"+\\/8\"}", 0, "{\"aBytes\":\"+/8=\"}");
    check("{\"aDouble\":\"0.5\",\"aFloat\":\"1e3\"}", 0, "{\"aDouble\":0.5,\"aFloat\":1000}");
    check("{\"aFloat\":3.4028235e38}", 0, "{\"aFloat\":3.4028235e+38}");
}

static void null_and_zero_are_absent(void **state)
{
    (void)state;
    check("{\"anInt32\":null,\"anInner\":null,\"strings\":null,\"chosenText\":null,"
          "\"chosenNumber\":1}",
          0, "{\"chosenNumber\":1}");
    check("{\"anInt32\":0,\"aDouble\":-0.0,\"aString\":\"\",\"aBool\":false,\"aBytes\":\"\","
          "\"aColour\":\"COLOUR_NONE\",\"strings\":[]}",
          0, "{}");
}

static void presence_is_kept(void **state)
{
    (void)state;
    check("{\"maybeNumber\":0,\"maybeText\":\"\",\"maybeDouble\":0}", 0,
          "{\"maybeNumber\":0,\"maybeText\":\"\",\"maybeDouble\":0}");
    check("{\"maybeNumber\":null}", 0, "{}");
    check("{\"anInner\":{}}", 0, "{\"anInner\":{}}");
    check("{\"chosenText\":\"\"}", 0, "{\"chosenText\":\"\"}");
    check("{\"chosenInner\":{\"title\":\"a\"}}", 0, "{\"chosenInner\":{\"title\":\"a\"}}");
    check("{\"chosenNumber\":0}", 0, "{\"chosenNumber\":0}");
}

static void unknown_members_are_skipped_on_demand(void **state)
{
    (void)state;
    check("{\"zzz\":{\"a\":[1,{\"b\":null}]},\"anInt32\":1,\"y\":\"\\u0000\"}",
          SP_JSON_IGNORE_UNKNOWN, "{\"anInt32\":1}");
    check_refused("{\"zzz\":1}", "zzz", "unknown field");
    check_refused("{\"anInner\":{\"titel\":\"a\"}}", "anInner.titel", "unknown field");
    check_refused("{\"\":1}", "", "unknown field");
    /* A long name is cut before the letter that does not fit whole: 2 x 31 bytes and no half "ż".
     */
    check_refused("{\"żżżżżżżżżżżżżżżżżżżżżżżżżżżżżżżżżżżż\":1}", "żżżżżżżżżżżżżżżżżżżżżżżżżżżżżżż",
                  "unknown field");
}

static void refuses_with_the_path(void **state)
{
    (void)state;
    check_refused("[]", "", "an object {...} was expected");
    check_refused("{\"anInt32\":1} x", "", "something follows");
    check_refused("{\"anInt32\":2147483648}", "anInt32", "range");
    check_refused("{\"anInt32\":-2147483649}", "anInt32", "range");
    check_refused("{\"aUint32\":-1}", "aUint32", "range");
    check_refused("{\"aUint64\":\"18446744073709551616\"}", "aUint64", "range");
    check_refused("{\"anInt64\":\"9223372036854775808\"}", "anInt64", "range");
    check_refused("{\"anInt32\":1.5}", "anInt32", "an integer");
    check_refused("{\"anInt32\":\" 1\"}", "anInt32", "not a number");
    check_refused("{\"anInt32\":\"1x\"}", "anInt32", "not a number");
    check_refused("{\"anInt32\":true}", "anInt32", "a number was expected");
    check_refused("{\"aDouble\":1e999}", "aDouble", "too large");
    check_refused("{\"aFloat\":1e39}", "aFloat", "too large");
    check_refused("{\"aDouble\":\"nan\"}", "aDouble", "not a number");
    check_refused("{\"aDouble\":NaN}", "aDouble", "a JSON value was expected");
    check_refused("{\"aBool\":\"true\"}", "aBool", "true or false");
    check_refused("{\"aColour\":\"COLOUR_GREEN\"}", "aColour", "unknown name");
    check_refused("{\"aColour\":\"COLOUR_RED\\u0000\"}", "aColour", "unknown name");
    check_refused("{\"aColour\":1.5}", "aColour", "an integer");
    check_refused("{\"aString\":1}", "aString", "a string was expected");
    check_refused("{\"aString\":\"a\\u0000b\"}", "aString", "NUL");
    check_refused("{\"aBytes\":\"a\"}", "aBytes", "base64");
    check_refused("{\"strings\":\"a\"}", "strings", "a list");
    check_refused("{\"strings\":[\"a\",null]}", "strings[1]", "a string was expected");
    check_refused("{\"inners\":[{},{},{\"leadTimeDays\":\"x\"}]}", "inners[2].leadTimeDays",
                  "not a number");
    check_refused("{\"int32s\":[1,2,}", "int32s[2]", "a JSON value was expected");
    check_refused("{\"anInner\":[]}", "anInner", "an object");
}

static void a_field_is_given_once(void **state)
{
    (void)state;
    check_refused("{\"anInt32\":1,\"anInt32\":1}", "anInt32", "twice");
    check_refused("{\"anInt32\":1,\"an_int32\":1}", "anInt32", "twice");
    check_refused("{\"chosenText\":\"a\",\"chosenNumber\":1}", "chosenNumber", "oneof");
    check_refused("{\"chosenText\":\"\",\"chosenInner\":{}}", "chosenInner", "oneof");
}

static void limits_hold(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        struct sp_message_limits limits;
        const char *place; /* NULL: accepted */
    } cases[] = {
        {"{\"deep\":{\"down\":{\"down\":{}}}}", {.depth = 4}, NULL},
        {"{\"deep\":{\"down\":{\"down\":{}}}}", {.depth = 3}, "deep.down.down"},
        {"{\"deep\":{\"many\":[{\"many\":[{}]}]}}", {.depth = 4}, NULL},
        {"{\"deep\":{\"many\":[{},{\"many\":[{}]}]}}", {.depth = 3}, "deep.many[1].many[0]"},
        {"{\"int32s\":[1,2,3]}", {.elements = 3}, NULL},
        {"{\"int32s\":[1,2,3]}", {.elements = 2}, "int32s[2]"},
        {"{\"int32s\":[1,2],\"strings\":[\"a\"]}", {.total_elements = 5}, NULL},
        {"{\"int32s\":[1,2],\"strings\":[\"a\"]}", {.total_elements = 4}, "strings[0]"},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
        struct sp_error err = {0};
        ProtobufCMessage *message = NULL;
        enum sp_status status = sp_message_from_json(KINDS, sp_view_of(cases[i].json),
                                                     &cases[i].limits, 0, arena, &message, &err);
        assert_int_equal(status, cases[i].place == NULL ? SP_OK : SP_LIMIT);
        assert_string_equal(err.place, cases[i].place == NULL ? "" : cases[i].place);
        sp_arena_free(arena);
    }
}

static void defaults_on_demand(void **state)
{
    (void)state;
    Spoina__Test__Inner inner = SPOINA__TEST__INNER__INIT;
    struct sp_buffer text;
    sp_buffer_init(&text, TEXT_BYTES);
    assert_int_equal(sp_message_to_json(&inner.base, SP_JSON_WITH_DEFAULTS, &text, NULL), SP_OK);
    assert_string_equal(text.data, "{\"title\":\"\",\"leadTimeDays\":0}");
    sp_buffer_clear(&text);
    Spoina__Test__Deep deep = SPOINA__TEST__DEEP__INIT;
    assert_int_equal(sp_message_to_json(&deep.base, SP_JSON_WITH_DEFAULTS, &text, NULL), SP_OK);
    assert_string_equal(text.data, "{\"leaf\":\"\",\"many\":[]}");
    sp_buffer_release(&text);
}

static void bad_text_of_ours_is_a_bug_with_a_path(void **state)
{
    (void)state;
    char good[] = "ok";
    char bad[] = "\xff";
    char *strings[] = {good, bad};
    Spoina__Test__Kinds kinds = SPOINA__TEST__KINDS__INIT;
    kinds.n_strings = 2;
    kinds.strings = strings;
    struct sp_buffer text;
    struct sp_error err = {0};
    sp_buffer_init(&text, TEXT_BYTES);
    assert_int_equal(sp_message_to_json(&kinds.base, 0, &text, &err), SP_INTERNAL);
    assert_string_equal(err.place, "strings[1]");
    sp_buffer_release(&text);
}

static void a_full_buffer_is_a_limit(void **state)
{
    (void)state;
    Spoina__Test__Inner inner = SPOINA__TEST__INNER__INIT;
    char title[] = "more than ten bytes";
    inner.title = title;
    struct sp_buffer text;
    struct sp_error err = {0};
    sp_buffer_init(&text, 10);
    assert_int_equal(sp_message_to_json(&inner.base, 0, &text, &err), SP_LIMIT);
    assert_string_equal(err.english, "The message is too large (more than 10 bytes).");
    sp_buffer_release(&text);
}

static const char SWEPT[] = "{\"aString\":\"catering\",\"strings\":[\"a\",\"b\",\"c\",\"d\",\"e\"],"
                            "\"inners\":[{\"title\":\"x\"},{}],\"aBytes\":\"AAAA\"}";

static enum sp_status read_and_write(void *context)
{
    (void)context;
    struct sp_buffer text = {0};
    ProtobufCMessage *message = NULL;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    if (arena == NULL) {
        return SP_NOMEM;
    }
    sp_buffer_init(&text, TEXT_BYTES);
    enum sp_status status =
        sp_message_from_json(KINDS, sp_view_of(SWEPT), NULL, 0, arena, &message, NULL);
    if (status == SP_OK) {
        status = sp_message_to_json(message, 0, &text, NULL);
    }
    if (status == SP_OK) {
        assert_true(strlen(text.data) == strlen(SWEPT));
    }
    sp_buffer_release(&text);
    sp_arena_free(arena);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    enum sp_status seen = SP_OK;
    int count = sp_fault_sweep(read_and_write, NULL, 100, &seen);
    print_message("%d allocations\n", count);
    assert_true(count >= 3);
    assert_int_equal(seen, SP_OK);
}

static void every_cap_of_the_arena_is_told(void **state)
{
    (void)state;
    for (size_t cap = 0; cap < 4096; cap += 16) {
        struct sp_arena *arena = sp_arena_new(cap);
        struct sp_error err = {0};
        ProtobufCMessage *message = NULL;
        enum sp_status status =
            sp_message_from_json(KINDS, sp_view_of(SWEPT), NULL, 0, arena, &message, &err);
        assert_int_equal(status, message != NULL ? SP_OK : SP_LIMIT);
        sp_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scalar),
        cmocka_unit_test(every_repeated_kind),
        cmocka_unit_test(other_ways_to_write_the_same),
        cmocka_unit_test(null_and_zero_are_absent),
        cmocka_unit_test(presence_is_kept),
        cmocka_unit_test(unknown_members_are_skipped_on_demand),
        cmocka_unit_test(refuses_with_the_path),
        cmocka_unit_test(a_field_is_given_once),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(defaults_on_demand),
        cmocka_unit_test(bad_text_of_ours_is_a_bug_with_a_path),
        cmocka_unit_test(a_full_buffer_is_a_limit),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(every_cap_of_the_arena_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
