/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Word boundaries: the fast path on ASCII and Polish letters gives what ICU gives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/language/segment.h"

/* Print the words of `text` as "start-end," into `out`. */
static void print_words(struct sp_segmenter *segmenter, struct sp_view text, bool by_icu, char *out,
                        size_t size)
{
    struct sp_atom atom;
    size_t used = 0;
    out[0] = '\0';
    sp_segmenter_use_icu(segmenter, by_icu);
    sp_segmenter_begin(segmenter, text);
    while (sp_segmenter_next(segmenter, &atom)) {
        int length = snprintf(out + used, size - used, "%zu-%zu%s%s%s,", atom.start, atom.end,
                              atom.has_letter ? "l" : "", atom.has_digit ? "d" : "",
                              atom.has_mark ? "m" : "");
        assert_true(length > 0 && (size_t)length < size - used);
        used += (size_t)length;
    }
    assert_int_equal(sp_segmenter_status(segmenter), SP_OK);
}

static void fast_path_equals_icu_on_random_texts(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a", "ż", "Ł",  "1", "0", ".", ",", ":",  ";", "'", "\"",
                                         "_", "-", "/",  "@", " ", "(", "%", "z",  "Z", "!", "~",
                                         "+", "=", "\n", "#", "$", "&", "*", "\\", "`", "{", "\t"};
    enum { ROUNDS = 20000, LENGTH = 14 };
    uint64_t random = 7;
    struct sp_segmenter *segmenter = NULL;
    assert_int_equal(sp_segmenter_new(&segmenter, NULL), SP_OK);
    printf("seed %llu\n", (unsigned long long)random);
    for (int round = 0; round < ROUNDS; round++) {
        char text[4 * LENGTH] = "";
        char fast[512];
        char icu[512];
        for (int i = 0; i < LENGTH; i++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
            strcat(text, pieces[(random >> 33) % SP_COUNT(pieces)]);
        }
        print_words(segmenter, sp_view_of(text), false, fast, sizeof fast);
        print_words(segmenter, sp_view_of(text), true, icu, sizeof icu);
        if (strcmp(fast, icu) != 0) {
            fail_msg("\"%s\": %s but ICU says %s", text, fast, icu);
        }
    }
    sp_segmenter_free(segmenter);
}

static void other_scripts_go_to_icu(void **state)
{
    (void)state;
    char words[512];
    struct sp_segmenter *segmenter = NULL;
    assert_int_equal(sp_segmenter_new(&segmenter, NULL), SP_OK);
    print_words(segmenter, sp_view_of("naïve Привет, o\xCC\x81w\xC2\xA0x"), false, words,
                sizeof words);
    assert_string_equal(words, "0-6l,7-19l,21-25l,27-28l,");
    sp_segmenter_free(segmenter);
}

static void skipping_moves_the_cursor(void **state)
{
    (void)state;
    struct sp_segmenter *segmenter = NULL;
    struct sp_atom atom;
    assert_int_equal(sp_segmenter_new(&segmenter, NULL), SP_OK);
    sp_segmenter_begin(segmenter, sp_view_of("ala ma kota"));
    assert_true(sp_segmenter_next(segmenter, &atom));
    sp_segmenter_skip(segmenter, 6);
    assert_true(sp_segmenter_next(segmenter, &atom));
    assert_int_equal(atom.start, 7);
    assert_false(sp_segmenter_next(segmenter, &atom));
    sp_segmenter_free(segmenter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fast_path_equals_icu_on_random_texts),
        cmocka_unit_test(other_scripts_go_to_icu),
        cmocka_unit_test(skipping_moves_the_cursor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
