/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The table of sentences: both languages complete, every plural class, amounts and lists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "matcher/texts/texts.h"

enum { ARENA_BYTES = 16 << 20 };

/* One number for each plural class of Polish, and the edges between them. */
static const double NUMBERS[] = {0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 101, 112, 1.5, 1000};
static const char *const WORDS[SP_TEXT_WORDS_MAX] = {"<w0>", "<w1>", "<w2>",
                                                     "<w3>", "<w4>", "<w5>"};

static int open_speaker(void **state)
{
    static struct sp_speaker speaker;
    speaker = (struct sp_speaker){.arena = sp_arena_new(ARENA_BYTES)};
    *state = &speaker;
    return sp_texts_new(&speaker.texts, NULL) == SP_OK && speaker.arena != NULL ? 0 : -1;
}

static int close_speaker(void **state)
{
    struct sp_speaker *speaker = *state;
    sp_texts_free(speaker->texts);
    sp_arena_free(speaker->arena);
    return 0;
}

static const char *say_all(struct sp_speaker *speaker, enum sp_text text, double number)
{
    struct sp_text_values values = {.numbers = {number, number}};
    memcpy(values.words, WORDS, sizeof WORDS);
    const char *said = sp_text_say(speaker, text, &values);
    assert_non_null(said);
    return said;
}

/* Every sentence, both languages, every class: complete, with all it was given, no braces left. */
static void every_sentence_speaks_both_languages(void **state)
{
    struct sp_speaker *speaker = *state;
    for (int text = 0; text < SP_TEXT_COUNT; text++) {
        const struct sp_text_row *row = sp_text_row((enum sp_text)text);
        assert_true(row->numbers <= SP_TEXT_NUMBERS_MAX && row->words <= SP_TEXT_WORDS_MAX);
        assert_string_not_equal(row->polish, row->english);
        for (int locale = SP_PL; locale <= SP_EN; locale++) {
            speaker->locale = (enum sp_locale)locale;
            for (size_t n = 0; n < SP_COUNT(NUMBERS); n++) {
                const char *said = say_all(speaker, (enum sp_text)text, NUMBERS[n]);
                if (strpbrk(said, "{}") != NULL || said[0] == '\0') {
                    fail_msg("%s: %s", row->name, said);
                }
                for (unsigned w = 0; w < row->words; w++) {
                    if (strstr(said, WORDS[w]) == NULL) {
                        fail_msg("%s does not use word %u: %s", row->name, w, said);
                    }
                }
                assert_int_equal(sp_utf8_check(sp_view_of(said)), strlen(said));
            }
            if (row->numbers > 0) { /* the number is told */
                assert_non_null(strstr(say_all(speaker, (enum sp_text)text, 7), "7"));
            }
        }
        sp_arena_reset(speaker->arena);
    }
}

/* A Polish pattern with a plural has all four forms, an English one two. */
static void plurals_have_all_their_forms(void **state)
{
    (void)state;
    size_t plurals = 0;
    for (int text = 0; text < SP_TEXT_COUNT; text++) {
        const struct sp_text_row *row = sp_text_row((enum sp_text)text);
        bool polish = strstr(row->polish, ", plural,") != NULL;
        assert_int_equal(polish, strstr(row->english, ", plural,") != NULL);
        if (polish) {
            plurals++;
            assert_non_null(strstr(row->polish, "one {"));
            assert_non_null(strstr(row->polish, "few {"));
            assert_non_null(strstr(row->polish, "many {"));
            assert_non_null(strstr(row->polish, "other {"));
            assert_non_null(strstr(row->english, "one {"));
            assert_non_null(strstr(row->english, "other {"));
        }
    }
    assert_true(plurals >= 5);
}

static void nouns_follow_their_number(void **state)
{
    static const struct {
        double number;
        const char *polish;
    } CASES[] = {
        {1, "Konsorcjum nie jest potrzebne: całość może wykonać samodzielnie 1 podmiot."},
        {3, "Konsorcjum nie jest potrzebne: całość mogą wykonać samodzielnie 3 podmioty."},
        {5, "Konsorcjum nie jest potrzebne: całość może wykonać samodzielnie 5 podmiotów."},
        {12, "Konsorcjum nie jest potrzebne: całość może wykonać samodzielnie 12 podmiotów."},
        {24, "Konsorcjum nie jest potrzebne: całość mogą wykonać samodzielnie 24 podmioty."},
    };
    struct sp_speaker *speaker = *state;
    speaker->locale = SP_PL;
    for (size_t i = 0; i < SP_COUNT(CASES); i++) {
        assert_string_equal(SP_TELL(speaker, NOTE_SINGLES_SUFFICE, .numbers = {CASES[i].number}),
                            CASES[i].polish);
    }
    speaker->locale = SP_EN;
    assert_string_equal(SP_TELL(speaker, NOTE_SINGLES_SUFFICE, .numbers = {1}),
                        "No consortium is needed: 1 entity can do everything alone.");
    assert_string_equal(SP_TELL(speaker, NOTE_SINGLES_SUFFICE, .numbers = {2}),
                        "No consortium is needed: 2 entities can do everything alone.");
}

static void amounts_are_parted_and_cut(void **state)
{
    struct sp_speaker *speaker = *state;
    speaker->locale = SP_PL;
    assert_string_equal(sp_text_money(speaker, 123450), "1\u00a0234,50\u00a0zł");
    assert_string_equal(sp_text_money(speaker, 5), "0,05\u00a0zł");
    assert_string_equal(sp_text_money(speaker, -123450), "-1\u00a0234,50\u00a0zł");
    assert_string_equal(sp_text_money(speaker, INT64_MAX),
                        "92\u00a0233\u00a0720\u00a0368\u00a0547\u00a0758,07\u00a0zł");
    assert_string_equal(sp_text_amount(speaker, 1234.5), "1\u00a0234,5");
    assert_string_equal(sp_text_amount(speaker, 80), "80");
    assert_string_equal(sp_text_amount(speaker, 0.125), "0,13");
    speaker->locale = SP_EN;
    assert_string_equal(sp_text_money(speaker, 123450), "PLN\u00a01,234.50");
    assert_string_equal(sp_text_money(speaker, INT64_MIN), "-PLN\u00a092,233,720,368,547,758.08");
    assert_string_equal(sp_text_amount(speaker, 1234.5), "1,234.5");
}

static void lists_end_with_and(void **state)
{
    static const char *const NAMES[] = {"A", "B", "C"};
    struct sp_speaker *speaker = *state;
    speaker->locale = SP_PL;
    assert_string_equal(sp_text_list(speaker, NAMES, 0), "");
    assert_string_equal(sp_text_list(speaker, NAMES, 1), "A");
    assert_string_equal(sp_text_list(speaker, NAMES, 2), "A i B");
    assert_string_equal(sp_text_list(speaker, NAMES, 3), "A, B i C");
    speaker->locale = SP_EN;
    assert_string_equal(sp_text_list(speaker, NAMES, 2), "A and B");
    assert_string_equal(sp_text_list(speaker, NAMES, 3), "A, B, and C");
}

/* Words are put in as they are: braces, quotes and bad bytes of a record do no harm. */
static void words_are_not_patterns(void **state)
{
    struct sp_speaker *speaker = *state;
    char *huge = sp_arena_alloc(speaker->arena, 100001);
    memset(huge, 'x', 100000);
    huge[100000] = '\0';
    speaker->locale = SP_PL;
    assert_string_equal(SP_TELL(speaker, CHANGE_ADD_PARTNER, .words = {"{0} '{1, plural}' #"}),
                        "Dołączyć do zespołu: {0} '{1, plural}' #.");
    assert_string_equal(SP_TELL(speaker, CHANGE_ADD_PARTNER, .words = {"a\xff"}),
                        "Dołączyć do zespołu: a\uFFFD.");
    assert_int_equal(strlen(SP_TELL(speaker, CHANGE_ADD_PARTNER, .words = {huge})), 100000 + 26);
}

/* An arena too small for the sentence gives NULL, never half of one. */
static void a_full_arena_is_an_error(void **state)
{
    const struct sp_speaker *speaker = *state;
    struct sp_speaker poor = {.texts = speaker->texts, .locale = SP_PL, .arena = sp_arena_new(64)};
    assert_null(SP_TELL(&poor, GAP_SHORT, .words = {"a", "b", "c"}));
    assert_null(sp_text_list(&poor, (const char *const[]){"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, 1));
    sp_arena_free(poor.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sentence_speaks_both_languages),
        cmocka_unit_test(plurals_have_all_their_forms),
        cmocka_unit_test(nouns_follow_their_number),
        cmocka_unit_test(amounts_are_parted_and_cut),
        cmocka_unit_test(lists_end_with_and),
        cmocka_unit_test(words_are_not_patterns),
        cmocka_unit_test(a_full_arena_is_an_error),
    };
    return cmocka_run_group_tests(tests, open_speaker, close_speaker);
}
