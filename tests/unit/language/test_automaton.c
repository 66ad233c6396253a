/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The dictionary's file: known entries in full, and that damage never does worse than
 * mislead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/memory.h"
#include "matcher/language/dictionary.h"
#include "matcher/language/near.h"

static void open_real(struct sp_dictionary *out)
{
    struct sp_error err;
    const char *share = getenv("SPOINA_SHARE");
    assert_non_null(share);
    if (sp_dictionary_open(share, out, &err) != SP_OK) {
        fail_msg("%s", err.english);
    }
}

static void take_tags(void *context, struct sp_view code, struct sp_view tags)
{
    char *out = context;
    size_t used = strlen(out);
    (void)snprintf(out + used, 512 - used, "%.*s|%.*s ", SP_VIEW_ARGS(code), SP_VIEW_ARGS(tags));
}

static void entries_hold_cuts_and_tags(void **state)
{
    (void)state;
    struct sp_dictionary dictionary;
    char entries[512] = "";
    open_real(&dictionary);
    uint32_t node = sp_automaton_follow(&dictionary.automaton, dictionary.automaton.root,
                                        sp_view_of("usługami"));
    assert_true(sp_dictionary_has(&dictionary, node));
    sp_dictionary_entries(&dictionary, node, take_tags, entries);
    assert_non_null(strstr(entries, "AC|subst:pl:inst:f "));
    sp_dictionary_release(&dictionary);
}

static void a_prefix_can_be_cut_off(void **state)
{
    (void)state;
    struct sp_dictionary dictionary;
    struct sp_dictionary_reader *reader = sp_calloc(1, sizeof *reader);
    struct sp_readings *readings = sp_calloc(1, sizeof *readings);
    assert_non_null(reader);
    assert_non_null(readings);
    open_real(&dictionary);
    reader->dictionary = &dictionary;
    sp_dictionary_find(reader, sp_view_of("najładniejszy"), readings);
    assert_int_equal(readings->count, 1);
    assert_true(sp_view_is(readings->items[0].lemma, "ładny"));
    sp_free(readings);
    sp_free(reader);
    sp_dictionary_release(&dictionary);
}

static void wrong_headers_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
    } headers[] = {
        {"", 0},
        {"\\fsa", 4},
        {"\\fsb\xC6\0\7\0\x40^\4\0", 12},     /* magic */
        {"\\fsa\x05\0\7\0\x40^\4\0", 12},     /* version */
        {"\\fsa\xC6\1\7\0\x40^\4\0", 12},     /* with numbers */
        {"\\fsa\xC6\0\7\xFF\x40^\4\0", 12},   /* more labels than bytes */
        {"\\fsa\xC6\0\7\0\x40^\x7F\0", 12},   /* root beyond the end */
        {"\\fsa\xC6\0\7\0\x40^\x80\x80", 12}, /* root cut off */
    };
    for (size_t i = 0; i < SP_COUNT(headers); i++) {
        struct sp_automaton automaton;
        struct sp_error err;
        assert_int_equal(sp_automaton_open(sp_view_from(headers[i].bytes, headers[i].length), "x",
                                           &automaton, &err),
                         SP_CORRUPT);
    }
}

static enum sp_status ignore_match(void *context, const struct sp_near_match *match)
{
    size_t *count = context;
    *count += match->form.length > 0;
    return SP_OK;
}

/* Look words up in every way; ASan and UBSan watch. */
static void use(const char *bytes, size_t length)
{
    static const char *const words[] = {"usługami", "w", "najładniejszy", "zzz", "Legnicy"};
    struct sp_dictionary dictionary = {.file = sp_view_from(bytes, length)};
    if (sp_automaton_open(dictionary.file, "x", &dictionary.automaton, NULL) != SP_OK) {
        return;
    }
    struct sp_dictionary_reader *reader = sp_calloc(1, sizeof *reader);
    struct sp_readings *readings = sp_calloc(1, sizeof *readings);
    assert_non_null(reader);
    assert_non_null(readings);
    reader->dictionary = &dictionary;
    for (size_t i = 0; i < SP_COUNT(words); i++) {
        size_t count = 0;
        struct sp_near_query query = {
            .word = sp_view_of(words[i]), .diacritics = true, .error = i == 1};
        sp_readings_clear(readings);
        sp_dictionary_find(reader, sp_view_of(words[i]), readings);
        assert_int_equal(sp_near_find(&dictionary, &query, ignore_match, &count), SP_OK);
    }
    sp_free(readings);
    sp_free(reader);
}

static void damaged_files_never_crash(void **state)
{
    (void)state;
    enum { ROUNDS = 60, DAMAGES = 4000 };
    struct sp_dictionary dictionary;
    uint64_t random = 20261122;
    printf("seed %llu\n", (unsigned long long)random);
    open_real(&dictionary);
    size_t length = dictionary.file.length;
    char *copy = sp_malloc(length);
    assert_non_null(copy);
    for (int round = 0; round < ROUNDS; round++) {
        memcpy(copy, dictionary.file.data, length);
        /* Cut at first, then change bytes: many near the root, where every walk passes. */
        size_t kept = round % 3 == 0 ? length >> (round / 3) : length;
        for (int i = 0; i < DAMAGES && round % 3 != 0; i++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
            size_t span = i % 2 == 0 ? 4096 : length;
            size_t at = (size_t)(random >> 20) % (span < kept ? span : kept);
            copy[at < 40 ? 40 : at] = (char)(random >> 56);
        }
        use(copy, kept);
    }
    sp_free(copy);
    sp_dictionary_release(&dictionary);
}

static void a_missing_file_is_named(void **state)
{
    (void)state;
    struct sp_dictionary dictionary;
    struct sp_error err;
    assert_int_equal(sp_dictionary_open("/nonexistent", &dictionary, &err), SP_NOT_FOUND);
    assert_non_null(strstr(err.place, "/nonexistent/polish.dict"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_hold_cuts_and_tags), cmocka_unit_test(a_prefix_can_be_cut_off),
        cmocka_unit_test(wrong_headers_are_refused),  cmocka_unit_test(damaged_files_never_crash),
        cmocka_unit_test(a_missing_file_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
