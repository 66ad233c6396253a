/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Texts to tokens: the reviewed table tokens.txt, offsets of texts not in NFC, bad input. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "matcher/language/language.h"

struct fixture {
    struct sp_language *language;
    struct sp_analyser *analyser;
    struct sp_arena *arena;
};

static int open_fixture(void **state)
{
    struct fixture *fixture = sp_calloc(1, sizeof *fixture);
    struct sp_error err = {.english = ""};
    const char *share = getenv("SPOINA_SHARE");
    assert_non_null(share);
    assert_non_null(fixture);
    if (sp_language_open(share, &fixture->language, &err) != SP_OK ||
        sp_analyser_new(fixture->language, &fixture->analyser, &err) != SP_OK) {
        fail_msg("%s", err.english);
    }
    fixture->arena = sp_arena_new(64 * 1024 * 1024);
    assert_non_null(fixture->arena);
    *state = fixture;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *fixture = *state;
    sp_arena_free(fixture->arena);
    sp_analyser_free(fixture->analyser);
    sp_language_free(fixture->language);
    sp_free(fixture);
    return 0;
}

static struct sp_token_list analyse(struct fixture *fixture, struct sp_view text)
{
    struct sp_token_list list = {.count = 0};
    struct sp_error err;
    if (sp_analyse(fixture->analyser, text, 0, fixture->arena, &list, &err) != SP_OK) {
        fail_msg("%s", err.english);
    }
    return list;
}

/* Write tokens as the table has them: "form=lemma/lemma form=lemma". */
static void print_tokens(struct sp_token_list list, struct sp_buffer *out)
{
    for (size_t i = 0; i < list.count; i++) {
        sp_buffer_add_text(out, i > 0 ? " " : "");
        sp_buffer_add_view(out, list.tokens[i].form);
        for (size_t k = 0; k < list.tokens[i].lemma_count; k++) {
            sp_buffer_add_text(out, k > 0 ? "/" : "=");
            sp_buffer_add_view(out, list.tokens[i].lemmas[k]);
        }
    }
    assert_int_equal(out->status, SP_OK);
}

static void check_case(struct fixture *fixture, const char *text, const char *expected)
{
    struct sp_buffer printed;
    sp_buffer_init(&printed, 1 << 16);
    print_tokens(analyse(fixture, sp_view_of(text)), &printed);
    assert_string_equal(printed.data, expected);
    sp_buffer_release(&printed);
}

static void reviewed_texts_become_these_tokens(void **state)
{
    char path[4096];
    char *file = NULL;
    size_t length = 0;
    int cases = 0;
    const char *lines[3] = {NULL};
    size_t count = 0;
    assert_int_equal(
        sp_file_join(getenv("SPOINA_SOURCE"), "tests/unit/language/tokens.txt", path, sizeof path),
        SP_OK);
    assert_int_equal(sp_file_read(path, 1 << 20, &file, &length, NULL), SP_OK);
    char *rest = file;
    for (char *line = strtok_r(file, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        if (line[0] == '#') {
            continue;
        }
        lines[count++] = line;
        if (count == 3) {
            check_case(*state, lines[0], lines[1]);
            cases++;
            count = 0;
        }
    }
    assert_int_equal(count, 0);
    assert_true(cases >= 12);
    sp_free(file);
}

static void offsets_are_those_of_the_text_as_given(void **state)
{
    /* "Łódź jest" decomposed: o + U+0301, z + U+0301; the stroke of l never decomposes. */
    const char *text = "\xC5\x81o\xCC\x81"
                       "dz\xCC\x81 JEST";
    struct sp_token_list list = analyse(*state, sp_view_of(text));
    assert_int_equal(list.count, 2);
    assert_int_equal(list.tokens[0].start, 0);
    assert_int_equal(list.tokens[0].end, 9);
    assert_true(sp_view_is(list.tokens[0].folded, "łódź"));
    assert_true(sp_view_is(list.tokens[0].lemmas[0], "łódź"));
    assert_int_equal(list.tokens[1].start, 10);
    assert_true(sp_view_is(list.tokens[1].form, "JEST"));
}

static void flags_say_what_a_token_is(void **state)
{
    struct sp_token_list list =
        analyse(*state, sp_view_of("w 25 kg PES Xyzqw on ON biało-zielony a@b.pl"));
    const unsigned expected[] = {SP_TOKEN_STOP,
                                 SP_TOKEN_NUMBER,
                                 SP_TOKEN_UNIT,
                                 SP_TOKEN_ABBREVIATION | SP_TOKEN_CAPITAL,
                                 SP_TOKEN_UNKNOWN | SP_TOKEN_CAPITAL,
                                 SP_TOKEN_STOP,
                                 SP_TOKEN_ABBREVIATION | SP_TOKEN_CAPITAL,
                                 SP_TOKEN_COMPOUND,
                                 SP_TOKEN_PART,
                                 SP_TOKEN_PART,
                                 SP_TOKEN_ADDRESS};
    assert_int_equal(list.count, SP_COUNT(expected));
    for (size_t i = 0; i < list.count; i++) {
        assert_int_equal(list.tokens[i].flags, expected[i]);
    }
    assert_int_equal(list.tokens[7].position, list.tokens[8].position);
    assert_int_equal(list.tokens[9].position, list.tokens[8].position + 1);
    assert_int_equal(list.tokens[10].position, list.tokens[9].position + 1);
}

static void bytes_that_are_no_text_are_refused_with_their_offset(void **state)
{
    struct fixture *fixture = *state;
    struct sp_token_list list;
    struct sp_error err;
    assert_int_equal(sp_analyse(fixture->analyser, sp_view_from("usługi \xFFz", 10), 0,
                                fixture->arena, &list, &err),
                     SP_INVALID);
    assert_non_null(strstr(err.english, "offset 8"));
    assert_non_null(strstr(err.polish, "pozycji 8"));
}

static void a_long_word_is_cut_on_character_borders(void **state)
{
    enum { LETTERS = 1000 };
    char text[2 * LETTERS];
    for (size_t i = 0; i < LETTERS; i++) {
        memcpy(text + 2 * i, "ż", 2);
    }
    struct sp_token_list list = analyse(*state, sp_view_from(text, sizeof text));
    size_t end = 0;
    assert_true(list.count > 1);
    for (size_t i = 0; i < list.count; i++) {
        assert_int_equal(list.tokens[i].start, end);
        assert_int_equal(list.tokens[i].start % 2, 0);
        assert_true(list.tokens[i].end - list.tokens[i].start <= SP_FORM_MAX_BYTES);
        end = list.tokens[i].end;
    }
    assert_int_equal(end, sizeof text);
}

static void empty_and_wordless_texts_have_no_tokens(void **state)
{
    assert_int_equal(analyse(*state, sp_view_of("")).count, 0);
    assert_int_equal(analyse(*state, sp_view_of(" \n\t—…!? ")).count, 0);
}

static enum sp_status count_two(void *context, const struct sp_token *token)
{
    (void)token;
    int *count = context;
    return ++*count == 2 ? SP_CANCELLED : SP_OK;
}

static void the_taker_can_stop_the_analysis(void **state)
{
    struct fixture *fixture = *state;
    int count = 0;
    assert_int_equal(
        sp_analyse_each(fixture->analyser, sp_view_of("raz dwa trzy"), 0, count_two, &count, NULL),
        SP_CANCELLED);
    assert_int_equal(count, 2);
}

static void all_readings_can_be_asked_for(void **state)
{
    struct fixture *fixture = *state;
    struct sp_token_list few = analyse(fixture, sp_view_of("musi"));
    struct sp_token_list all;
    assert_int_equal(sp_analyse(fixture->analyser, sp_view_of("musi"), SP_ANALYSE_ALL_READINGS,
                                fixture->arena, &all, NULL),
                     SP_OK);
    assert_int_equal(few.tokens[0].lemma_count, 1);
    assert_true(all.tokens[0].lemma_count > 1);
}

static void forms_of_an_unknown_name_meet(void **state)
{
    static const char *const names[][2] = {{"Twitterze", "twitter"}, {"Twittera", "twitter"},
                                           {"Obamy", "obama"},       {"Trumpem", "trump"},
                                           {"Hispanii", "hispania"}, {"smartfonowi", "smartfon"}};
    for (size_t i = 0; i < SP_COUNT(names); i++) {
        struct sp_token_list list = analyse(*state, sp_view_of(names[i][0]));
        assert_int_equal(list.count, 1);
        bool found = false;
        for (size_t k = 0; k < list.tokens[0].lemma_count; k++) {
            found |= sp_view_is(list.tokens[0].lemmas[k], names[i][1]);
        }
        assert_true(found);
    }
}

static void abbreviations_have_words(void **state)
{
    struct fixture *fixture = *state;
    struct sp_view words = sp_abbreviation_words(fixture->language, sp_view_of("ps"));
    assert_true(sp_view_is(words, "przedsiębiorstwo społeczne"));
    assert_int_equal(sp_abbreviation_words(fixture->language, sp_view_of("kot")).length, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reviewed_texts_become_these_tokens),
        cmocka_unit_test(offsets_are_those_of_the_text_as_given),
        cmocka_unit_test(flags_say_what_a_token_is),
        cmocka_unit_test(bytes_that_are_no_text_are_refused_with_their_offset),
        cmocka_unit_test(a_long_word_is_cut_on_character_borders),
        cmocka_unit_test(empty_and_wordless_texts_have_no_tokens),
        cmocka_unit_test(the_taker_can_stop_the_analysis),
        cmocka_unit_test(all_readings_can_be_asked_for),
        cmocka_unit_test(forms_of_an_unknown_name_meet),
        cmocka_unit_test(abbreviations_have_words),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
