/* SPDX-License-Identifier: EUPL-1.2 */
/** @file base/: caps hold, failures stick, dates and UTF-8 are exact. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/date.h"
#include "base/status.h"
#include "base/utf8.h"

static void arena_keeps_its_cap(void **state)
{
    (void)state;
    struct sp_arena *arena = sp_arena_new(1000);
    assert_non_null(arena);
    assert_null(sp_arena_alloc(arena, 1001));
    assert_non_null(sp_arena_alloc(arena, 600));
    assert_null(sp_arena_alloc(arena, 600));
    assert_null(sp_arena_calloc(arena, SIZE_MAX / 2, 4));
    sp_arena_reset(arena);
    assert_non_null(sp_arena_alloc(arena, 900));
    sp_arena_free(arena);
}

static void buffer_failure_sticks(void **state)
{
    (void)state;
    struct sp_buffer buffer;
    sp_buffer_init(&buffer, 5);
    sp_buffer_add_text(&buffer, "abc");
    sp_buffer_add_text(&buffer, "defg");
    sp_buffer_add_text(&buffer, "h");
    assert_int_equal(buffer.status, SP_LIMIT);
    assert_true(sp_view_is(sp_buffer_view(&buffer), "abc"));
    sp_buffer_release(&buffer);
}

static void dates_are_real_days(void **state)
{
    (void)state;
    sp_day day = 0;
    assert_true(sp_day_parse(sp_view_of("2024-02-29"), &day));
    assert_false(sp_day_parse(sp_view_of("2026-02-29"), &day));
    assert_false(sp_day_parse(sp_view_of("2026-13-01"), &day));
    assert_false(sp_day_parse(sp_view_of("2026-1-01"), &day));
    assert_true(sp_day_parse(sp_view_of("1970-01-01"), &day));
    assert_int_equal(day, 0);
    for (sp_day d = -60000; d < 300000; d += 17) {
        char text[11];
        sp_day back = 0;
        sp_day_format(d, text);
        assert_true(sp_day_parse(sp_view_of(text), &back));
        assert_int_equal(back, d);
    }
}

static void utf8_refuses_what_is_not(void **state)
{
    (void)state;
    static const char *const bad[] = {"\xC0\x80",         "\xE0\x80\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80",
                                      "\xF4\x90\x80\x80", "\x80",         "\xC5",         "\xE2\x82"};
    for (size_t i = 0; i < SP_COUNT(bad); i++) {
        assert_int_equal(sp_utf8_check(sp_view_of(bad[i])), 0);
    }
    struct sp_view good = sp_view_of("Łódź €\xF4\x8F\xBF\xBF");
    assert_int_equal(sp_utf8_check(good), good.length);
    for (size_t at = 0; at < good.length;) {
        size_t before = at;
        char out[4];
        uint32_t c = sp_utf8_next(good, &at);
        assert_int_equal(sp_utf8_put(c, out), at - before);
        assert_memory_equal(out, good.data + before, at - before);
    }
}

static void errors_speak_both_languages(void **state)
{
    (void)state;
    struct sp_error err = {0};
    enum sp_status status =
        SP_FAIL(&err, SP_INVALID, "cpv", "Zły kod %s.", "Bad code %s.", "123");
    assert_int_equal(status, SP_INVALID);
    assert_string_equal(err.polish, "Zły kod 123.");
    assert_string_equal(err.english, "Bad code 123.");
    sp_error_prefix(&err, "lots[1]");
    assert_string_equal(err.place, "lots[1].cpv");
    char lots_of[1000];
    for (size_t i = 0; i + 2 < sizeof lots_of; i += 2) {
        memcpy(lots_of + i, "ł", 2);
    }
    lots_of[sizeof lots_of - 2] = '\0';
    (void)SP_FAIL(&err, SP_INVALID, lots_of, "x%s", "%s", lots_of);
    assert_int_equal(sp_utf8_check(sp_view_of(err.polish)), strlen(err.polish));
    assert_int_equal(sp_utf8_check(sp_view_of(err.english)), strlen(err.english));
    assert_int_equal(sp_utf8_check(sp_view_of(err.place)), strlen(err.place));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_keeps_its_cap),     cmocka_unit_test(buffer_failure_sticks),
        cmocka_unit_test(dates_are_real_days),     cmocka_unit_test(utf8_refuses_what_is_not),
        cmocka_unit_test(errors_speak_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
