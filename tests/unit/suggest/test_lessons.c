/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What imported notices teach. */
#include "tests/unit/suggest/suggest_opened.h"

static struct suggest_opened all;

static int open_once(void **state)
{
    (void)state;
    open_suggester(&all);
    return 0;
}

static int close_once(void **state)
{
    (void)state;
    close_suggester(&all);
    return 0;
}

struct lesson {
    const char *text;
    const char *codes[CODES_MOST];
};

static struct sp_lessons_builder *new_builder(void)
{
    struct sp_lessons_builder *builder = NULL;
    struct sp_error err = {0};
    assert_ok(sp_lessons_builder_new(all.tables.vocabulary, &builder, &err), err);
    return builder;
}

static void learn(struct sp_lessons_builder *builder, const struct lesson *lesson)
{
    const struct sp_cpv *codes[CODES_MOST];
    size_t count = 0;
    struct sp_error err = {0};
    while (count < CODES_MOST && lesson->codes[count] != NULL) {
        codes[count] = code_of(&all, lesson->codes[count]);
        count++;
    }
    assert_ok(sp_suggest_learn(builder, all.tables.analyser, sp_view_of(lesson->text), codes, count,
                               &err),
              err);
}

static struct sp_lessons *finish(struct sp_lessons_builder *builder)
{
    struct sp_lessons *lessons = NULL;
    struct sp_error err = {0};
    assert_ok(sp_lessons_builder_finish(builder, &lessons, &err), err);
    return lessons;
}

static struct sp_lessons *learn_all(const struct lesson *lessons, size_t count, bool backwards)
{
    struct sp_lessons_builder *builder = new_builder();
    for (size_t i = 0; i < count; i++) {
        learn(builder, &lessons[backwards ? count - 1 - i : i]);
    }
    struct sp_lessons *made = finish(builder);
    sp_lessons_builder_free(builder);
    return made;
}

static void a_notice_lends_its_code_to_one_like_it(void **state)
{
    (void)state;
    static const struct lesson taught[] = {
        {"Zadanie 1 – Brygady OGN Gdańsk", {"79711000"}},
        {"Zadanie 2 – Brygady OGN Katowice", {"79711000"}},
        {"Dostawa mrożonek", {"15331100"}},
    };
    const char *text = "Brygady OGN Wrocław";
    assert_int_equal(rank_of(ask(&all, NULL, text), "79711000"), 0);
    struct sp_lessons *lessons = learn_all(taught, SP_COUNT(taught), false);
    assert_int_equal(sp_lessons_count(lessons), 3);
    assert_true(sp_lessons_size_bytes(lessons) > 0);
    struct sp_suggest_answer answer = ask(&all, lessons, text);
    assert_int_equal(rank_of(answer, "79711000"), 1);
    assert_true(sp_view_is(answer.items[0].because[0], "OGN"));
    assert_int_equal(rank_of(answer, "15331100"), 0);
    sp_lessons_unref(lessons);
}

static void use_moves_a_code_up(void **state)
{
    (void)state;
    /* This region's buyers give the code of veterinary services for their dog shelters. */
    static const struct lesson taught[] = {
        {"Prowadzenie schroniska dla bezdomnych zwierząt", {"85200000"}},
        {"Prowadzenie schroniska dla bezdomnych zwierząt w gminie", {"85200000"}},
        {"Remont drogi gminnej", {"45233140"}},
        {"Ubezpieczenie mienia powiatu", {"66510000"}},
        {"Zakup tonerów", {"30125100"}},
        {"Budowa sieci wodociągowej", {"45231300"}},
        {"Usługi pocztowe dla urzędu", {"64110000"}},
        {"Dożywianie uczniów", {"55523100"}},
        {"Nadzór inwestorski nad budową hali", {"71520000"}},
        {"Zimowe utrzymanie chodników", {"90620000"}},
    };
    const char *text = "Prowadzenie schroniska dla bezdomnych zwierząt";
    assert_string_equal(ask(&all, NULL, text).items[0].cpv->code, "98380000");
    struct sp_lessons *lessons = learn_all(taught, SP_COUNT(taught), false);
    size_t before = rank_of(ask(&all, NULL, text), "85200000");
    size_t after = rank_of(ask(&all, lessons, text), "85200000");
    assert_true(before > 1 && after > 0 && after < before);
    sp_lessons_unref(lessons);
}

static void the_order_of_learning_does_not_matter(void **state)
{
    (void)state;
    static const struct lesson taught[] = {
        {"Zadanie alfa", {"45000000", "45200000"}},
        {"Zadanie beta", {"50000000"}},
        {"Zadanie alfa", {"50000000"}},
        {"Alfa i beta", {"60000000"}},
        {"Zadanie alfa", {"45000000"}},
        {"Gamma", {"70000000"}},
    };
    static const char *const texts[] = {"Zadanie alfa", "Beta", "Alfa beta gamma delta"};
    struct sp_lessons *one = learn_all(taught, SP_COUNT(taught), false);
    struct sp_lessons *two = learn_all(taught, SP_COUNT(taught), true);
    for (size_t t = 0; t < SP_COUNT(texts); t++) {
        char codes[SP_SUGGEST_LIMIT_DEFAULT][SP_CPV_DIGITS + 1];
        uint32_t scores[SP_SUGGEST_LIMIT_DEFAULT];
        struct sp_suggest_answer answer = ask(&all, one, texts[t]);
        size_t count = answer.count;
        assert_true(count > 0);
        for (size_t i = 0; i < count; i++) {
            memcpy(codes[i], answer.items[i].cpv->code, sizeof codes[i]);
            scores[i] = answer.items[i].score;
        }
        answer = ask(&all, two, texts[t]);
        assert_int_equal(answer.count, count);
        for (size_t i = 0; i < count; i++) {
            assert_string_equal(answer.items[i].cpv->code, codes[i]);
            assert_int_equal(answer.items[i].score, scores[i]);
        }
    }
    sp_lessons_unref(one);
    sp_lessons_unref(two);
}

static void further_codes_count_less_than_the_main_one(void **state)
{
    (void)state;
    static const struct lesson taught[] = {{"Obsługa brygad OGN", {"79711000", "98341120"}}};
    struct sp_lessons *lessons = learn_all(taught, 1, false);
    struct sp_suggest_answer answer = ask(&all, lessons, "Brygady OGN");
    assert_int_equal(rank_of(answer, "79711000"), 1);
    size_t further = rank_of(answer, "98341120");
    assert_true(further > 1);
    assert_true(answer.items[further - 1].score < answer.items[0].score);
    sp_lessons_unref(lessons);
}

static void what_says_nothing_teaches_nothing(void **state)
{
    (void)state;
    static const struct lesson empty[] = {
        {"", {"45000000"}}, {"  \n opis bez tytułu", {NULL}}, {"12 345", {"45000000"}}};
    struct sp_lessons_builder *builder = new_builder();
    const struct sp_cpv *code = code_of(&all, "45000000");
    struct sp_error err = {0};
    for (size_t i = 0; i < SP_COUNT(empty); i++) {
        learn(builder, &empty[i]);
    }
    assert_int_equal(
        sp_suggest_learn(builder, all.tables.analyser, sp_view_of("a\xFF"), &code, 1, &err),
        SP_INVALID);
    struct sp_lessons *lessons = finish(builder);
    assert_int_equal(sp_lessons_count(lessons), 0);
    assert_int_equal(ask(&all, lessons, "Xykfaq").count, 0);
    sp_lessons_unref(lessons);
    /* a builder that has finished is empty and may learn again */
    learn(builder, &(struct lesson){"Xykfaq", {"45000000"}});
    lessons = finish(builder);
    assert_int_equal(sp_lessons_count(lessons), 1);
    assert_int_equal(rank_of(ask(&all, lessons, "Xykfaq"), "45000000"), 1);
    sp_lessons_unref(sp_lessons_ref(lessons));
    assert_int_equal(sp_lessons_count(lessons), 1);
    sp_lessons_unref(lessons);
    sp_lessons_unref(NULL);
    sp_lessons_builder_free(builder);
    sp_lessons_builder_free(NULL);
    assert_int_equal(sp_lessons_count(NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_notice_lends_its_code_to_one_like_it),
        cmocka_unit_test(use_moves_a_code_up),
        cmocka_unit_test(the_order_of_learning_does_not_matter),
        cmocka_unit_test(further_codes_count_less_than_the_main_one),
        cmocka_unit_test(what_says_nothing_teaches_nothing),
    };
    return cmocka_run_group_tests(tests, open_once, close_once);
}
