/* SPDX-License-Identifier: EUPL-1.2 */
/** @file CPV codes for texts of all kinds, their words, and the verdict on given codes. */
#include "tests/unit/suggest/suggest_opened.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "matcher/suggest/code_phrases.h"

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

/* Tell whether any suggestion names @p word among its reasons. */
static bool is_a_reason(struct sp_suggest_answer answer, const char *word)
{
    for (size_t i = 0; i < answer.count; i++) {
        for (size_t k = 0; k < answer.items[i].because_count; k++) {
            if (sp_view_is(answer.items[i].because[k], word)) {
                return true;
            }
        }
    }
    return false;
}

static void inflected_words_find_their_code(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *code;
        size_t rank; /* at most */
    } cases[] = {
        {"Sprzątanie biur", "90919200", 3},
        {"sprzątaniem biurach", "90919200", 3}, /* any forms at all */
        {"Usługi pralnicze dla szpitala", "98310000", 1},
        {"Zakup komputerów przenośnych", "30213100", 1},
        {"Dostawy samochodu ratowniczo-gaśniczego", "34144212", 2},
        {"Koszenie poboczy dróg", "77314000", 2},
        {"Dowozem uczniów do szkół", "60130000", 1},
        {"Wykonanie badań geotechnicznych", "71332000", 1},
        {"Odśnieżania chodników", "90620000", 2},
        {"Usługi opiekuńcze w miejscu zamieszkania", "85312400", 3},
        {"Druk książek", "22100000", 3},
        {"Wywóz nieczystości ciekłych", "90410000", 3},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        struct sp_suggest_answer answer = ask(&all, NULL, cases[i].text);
        size_t rank = rank_of(answer, cases[i].code);
        if (rank == 0 || rank > cases[i].rank) {
            fail_msg("\"%s\": %s is number %zu, the first is %s", cases[i].text, cases[i].code,
                     rank, answer.count == 0 ? "none" : answer.items[0].cpv->code);
        }
    }
}

static void words_without_diacritics_are_read(void **state)
{
    (void)state;
    struct sp_suggest_answer answer = ask(&all, NULL, "Uslugi sprzatania pomieszczen");
    assert_true(answer.count > 0);
    assert_true(sp_view_is(answer.items[0].because[0], "sprzatania") ||
                sp_view_is(answer.items[0].because[0], "pomieszczen"));
    assert_in_range(rank_of(answer, "90919200"), 1, 5);
}

static void the_general_code_is_among_them(void **state)
{
    (void)state;
    /* neither label nor phrase names these for a lawn; the codes below them lend */
    struct sp_suggest_answer answer = ask(&all, NULL, "Pielęgnacja trawników");
    assert_int_equal(strncmp(answer.items[0].cpv->code, "773", 3), 0);
    assert_in_range(rank_of(answer, "77300000"), 1, 10);
    assert_true(rank_of(answer, "77300000") > rank_of(answer, "77314100"));
}

static void a_gloss_stands_for_a_label_that_misleads(void **state)
{
    (void)state;
    const struct sp_cpv *code = code_of(&all, "85312310");
    assert_string_equal(code->polish, "Usługi dozoru");
    assert_non_null(code->gloss);
    assert_int_equal(rank_of(ask(&all, NULL, "Usługi dozoru"), "85312310"), 0);
    assert_int_equal(rank_of(ask(&all, NULL, "Strzeżenie obiektu"), "85312310"), 0);
    assert_in_range(rank_of(ask(&all, NULL, "Wsparcie psychospołeczne"), "85312310"), 1, 3);
}

static void what_is_left_out_calls_for_nothing(void **state)
{
    (void)state;
    struct sp_suggest_answer with = ask(&all, NULL, "Sprzątanie biur i mycie okien");
    assert_in_range(rank_of(with, "90911300"), 1, 10);
    assert_true(is_a_reason(with, "okien"));
    assert_false(is_a_reason(ask(&all, NULL, "Sprzątanie biur bez mycia okien"), "okien"));
}

static void where_and_for_whom_do_not_speak(void **state)
{
    (void)state;
    struct sp_suggest_answer street = ask(&all, NULL, "Remont ulicy Długiej");
    assert_true(is_a_reason(street, "ulicy"));
    assert_int_equal(strncmp(street.items[0].cpv->code, "45233", 5), 0);
    struct sp_suggest_answer address = ask(&all, NULL, "Remont lokalu przy ul. Długiej");
    assert_false(is_a_reason(address, "ul."));
    assert_true(strncmp(address.items[0].cpv->code, "45233", 5) != 0);
    assert_true(is_a_reason(ask(&all, NULL, "Rekultywacja terenu"), "terenu"));
    struct sp_suggest_answer place =
        ask(&all, NULL, "Koszenie trawników na terenie gminy na rzecz szkoły w ramach projektu");
    assert_false(is_a_reason(place, "terenie"));
    assert_false(is_a_reason(place, "rzecz"));
    assert_false(is_a_reason(place, "projektu"));
    assert_string_equal(place.items[0].cpv->code, "77314100");
}

static void the_title_speaks_louder_than_the_description(void **state)
{
    (void)state;
    struct sp_suggest_answer answer =
        ask(&all, NULL, "Sprzątanie biur\nOkres: rok. Wykonawca zapewni dostawę leków.");
    assert_int_equal(strncmp(answer.items[0].cpv->code, "9091", 4), 0);
    uint32_t described = answer.items[rank_of(answer, "33600000") - 1].score;
    struct sp_suggest_answer alone = ask(&all, NULL, "Dostawa leków");
    assert_string_equal(alone.items[0].cpv->code, "33600000");
    assert_true(described > 0 && described < alone.items[0].score);
}

static void answers_are_in_order_and_explained(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Remont dachu budynku szkoły podstawowej wraz z wymianą instalacji elektrycznej",
        "Dostawa sprzętu komputerowego, oprogramowania i mebli biurowych",
        "Kompleksowa organizacja wyjazdów integracyjnych z wyżywieniem, noclegami i transportem",
    };
    for (size_t t = 0; t < SP_COUNT(texts); t++) {
        struct sp_suggest_answer answer = ask(&all, NULL, texts[t]);
        assert_int_equal(answer.count, SP_SUGGEST_LIMIT_DEFAULT);
        for (size_t i = 0; i < answer.count; i++) {
            const struct sp_suggestion *item = &answer.items[i];
            assert_in_range(item->score, 1, SP_SUGGEST_SCORE_MAX);
            assert_true(i == 0 || item->score <= answer.items[i - 1].score);
            assert_int_equal(rank_of(answer, item->cpv->code), i + 1); /* each code once */
            assert_in_range(item->because_count, 1, SP_BECAUSE_MAX);
            for (size_t k = 0; k < item->because_count; k++) {
                const char *at = item->because[k].data;
                assert_true(at >= texts[t] &&
                            at + item->because[k].length <= texts[t] + strlen(texts[t]));
            }
        }
    }
}

static void the_same_text_gives_the_same_answer(void **state)
{
    (void)state;
    struct suggest_opened again;
    open_suggester(&again);
    const char *text = "Utrzymanie czystości, zieleni i zimowe utrzymanie dróg gminnych";
    struct sp_suggest_answer one = ask(&all, NULL, text);
    struct sp_suggest_answer two = ask(&again, NULL, text);
    assert_int_equal(one.count, two.count);
    for (size_t i = 0; i < one.count; i++) {
        assert_string_equal(one.items[i].cpv->code, two.items[i].cpv->code);
        assert_int_equal(one.items[i].score, two.items[i].score);
        assert_int_equal(one.items[i].because_count, two.items[i].because_count);
    }
    close_suggester(&again);
}

static void texts_that_say_nothing_get_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        " \n\t\r\n ",
        "2026/123 500 000 zł",
        "Świadczenie usług",
        "w na i oraz do",
        "Dostawa",
        "Dostawa Xykfaq", /* the labels know "dostawa", but it says how */
        "lorem ipsum dolor sit amet",
        "Закупка",
        "事務所清掃",
        "🙂🙂🙂",
        "https://example.org/kosze a@b.pl",
    };
    for (size_t i = 0; i < SP_COUNT(texts); i++) {
        struct sp_suggest_answer answer = ask(&all, NULL, texts[i]);
        if (answer.count != 0) {
            fail_msg("\"%s\" gives %s because of \"%.*s\"", texts[i], answer.items[0].cpv->code,
                     SP_VIEW_ARGS(answer.items[0].because[0]));
        }
        assert_int_equal(answer.agreement, SP_AGREEMENT_UNKNOWN);
    }
}

static void ten_megabytes_cost_no_more_than_their_beginning(void **state)
{
    (void)state;
    static const char piece[] = "Sprzątanie biur i dostawa leków dla szpitala. ";
    size_t length = 10 << 20;
    char *text = sp_malloc(length);
    assert_non_null(text);
    for (size_t i = 0; i < length; i++) {
        text[i] = piece[i % (sizeof piece - 1)];
    }
    while (((unsigned char)text[length - 1] & 0x80) != 0) {
        length--; /* no half of a letter at the end */
    }
    for (int lines = 0; lines < 2; lines++) { /* one title of 10 MB; then a description */
        struct sp_suggest_request request = {.text = sp_view_from(text, length)};
        struct sp_suggest_answer answer;
        struct sp_error err = {0};
        sp_arena_reset(all.arena);
        assert_ok(sp_suggest_codes(all.suggester, NULL, all.tables.analyser, &request, all.arena,
                                   &answer, &err),
                  err);
        assert_true(answer.count > 0);
        assert_true(sp_arena_used_bytes(all.arena) < 4 << 20);
        text[sizeof piece - 2] = '\n';
    }
    sp_free(text);
}

static void what_is_not_utf8_is_refused(void **state)
{
    (void)state;
    struct sp_suggest_request request = {.text = sp_view_of("Sprz\xC4 tanie")};
    struct sp_suggest_answer answer;
    struct sp_error err = {0};
    sp_arena_reset(all.arena);
    assert_int_equal(sp_suggest_codes(all.suggester, NULL, all.tables.analyser, &request, all.arena,
                                      &answer, &err),
                     SP_INVALID);
    assert_int_equal(answer.count, 0);
    assert_true(err.polish[0] != '\0' && err.english[0] != '\0');
}

static void limits_hold(void **state)
{
    (void)state;
    struct sp_error err = {0};
    struct sp_suggest_answer answer;
    struct sp_suggest_request request = {.text = sp_view_of("Remont szkoły"), .limit = 101};
    assert_int_equal(sp_suggest_codes(all.suggester, NULL, all.tables.analyser, &request, all.arena,
                                      &answer, &err),
                     SP_LIMIT);
    assert_string_equal(err.place, "limit");
    for (size_t limit = 1; limit <= SP_SUGGEST_LIMIT_MAX; limit += 33) {
        request.limit = limit;
        sp_arena_reset(all.arena);
        assert_ok(sp_suggest_codes(all.suggester, NULL, all.tables.analyser, &request, all.arena,
                                   &answer, &err),
                  err);
        assert_in_range(answer.count, 1, limit);
        assert_true(limit > 34 || answer.count == limit);
    }
    const struct sp_cpv *given[SP_SUGGEST_GIVEN_MAX + 1];
    for (size_t i = 0; i < SP_COUNT(given); i++) {
        given[i] = code_of(&all, "45000000");
    }
    request.given = given;
    request.given_count = SP_COUNT(given);
    assert_int_equal(sp_suggest_codes(all.suggester, NULL, all.tables.analyser, &request, all.arena,
                                      &answer, &err),
                     SP_LIMIT);
    assert_string_equal(err.place, "codes");
}

static enum sp_agreement judge(const char *text, const char *first, const char *second)
{
    const struct sp_cpv *given[2] = {code_of(&all, first),
                                     second == NULL ? NULL : code_of(&all, second)};
    struct sp_suggest_request request = {
        .text = sp_view_of(text), .given = given, .given_count = second == NULL ? 1 : 2};
    struct sp_suggest_answer answer;
    struct sp_error err = {0};
    sp_arena_reset(all.arena);
    assert_ok(sp_suggest_codes(all.suggester, NULL, all.tables.analyser, &request, all.arena,
                               &answer, &err),
              err);
    return answer.agreement;
}

static void given_codes_are_compared_with_the_text(void **state)
{
    (void)state;
    assert_int_equal(judge("Sprzątanie biur i korytarzy", "90919200", NULL), SP_AGREEMENT_AGREES);
    assert_int_equal(judge("Sprzątanie biur i korytarzy", "90910000", NULL), SP_AGREEMENT_AGREES);
    assert_int_equal(judge("Sprzątanie biur i korytarzy", "45233120", NULL), SP_AGREEMENT_DOUBTFUL);
    assert_int_equal(judge("Sprzątanie biur i korytarzy", "45233120", "90910000"),
                     SP_AGREEMENT_AGREES); /* one of them is enough */
    assert_int_equal(judge("Zadanie nr 4", "45233120", NULL), SP_AGREEMENT_UNKNOWN);
    /* the label of the given code misleads: it is guidance, not guarding */
    assert_int_equal(judge("Dozór i ochrona fizyczna mienia", "85312310", NULL),
                     SP_AGREEMENT_DOUBTFUL);
    assert_int_equal(ask(&all, NULL, "Sprzątanie biur").agreement, SP_AGREEMENT_UNKNOWN);
}

static void scores_rise_with_the_evidence(void **state)
{
    (void)state;
    uint32_t before = 0;
    assert_int_equal(sp_suggest_score(0), 0);
    assert_int_equal(sp_suggest_score(1), 1);
    assert_int_equal(sp_suggest_score(20000), 500);
    for (uint64_t evidence = 0; evidence < (uint64_t)1 << 40; evidence = evidence * 2 + 1) {
        uint32_t score = sp_suggest_score(evidence);
        assert_true(score >= before && score < SP_SUGGEST_SCORE_MAX);
        before = score;
    }
}

/* Write cpv_words.tsv into a new folder beside the real tables that it needs; open it. */
static enum sp_status open_words(const char *content, struct sp_error *err)
{
    char directory[] = "/tmp/spoina-words-XXXXXX";
    char path[64];
    assert_non_null(mkdtemp(directory));
    (void)snprintf(path, sizeof path, "%s/cpv_words.tsv", directory);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
    struct sp_code_phrases *phrases = NULL;
    enum sp_status status =
        sp_code_phrases_open(directory, all.tables.vocabulary, all.tables.analyser, &phrases, err);
    assert_true((phrases != NULL) == (status == SP_OK));
    sp_code_phrases_free(phrases);
    (void)unlink(path);
    (void)rmdir(directory);
    return status;
}

static void a_bad_table_is_told_by_line(void **state)
{
    (void)state;
    struct sp_error err = {0};
    assert_int_equal(open_words("# a\n90910000\tsprzątanie; czystość\n", &err), SP_OK);
    static const char *const bad[] = {
        "# a\n90910001\tsprzątanie\n",                                   /* no such code */
        "# a\n90910000\tsprzątanie; świadczenie usług\n",                /* says nothing */
        "# a\n90910000\tkot pies koń krowa owca koza kura gęś kaczka\n", /* nine words */
        "# a\n90910000\n",                                               /* a column is missing */
    };
    for (size_t i = 0; i < SP_COUNT(bad); i++) {
        assert_int_equal(open_words(bad[i], &err), SP_CORRUPT);
        assert_non_null(strstr(err.english, "line 2"));
    }
    struct sp_code_phrases *phrases = NULL;
    assert_int_equal(sp_code_phrases_open("/nowhere", all.tables.vocabulary, all.tables.analyser,
                                          &phrases, &err),
                     SP_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inflected_words_find_their_code),
        cmocka_unit_test(words_without_diacritics_are_read),
        cmocka_unit_test(the_general_code_is_among_them),
        cmocka_unit_test(a_gloss_stands_for_a_label_that_misleads),
        cmocka_unit_test(what_is_left_out_calls_for_nothing),
        cmocka_unit_test(where_and_for_whom_do_not_speak),
        cmocka_unit_test(the_title_speaks_louder_than_the_description),
        cmocka_unit_test(answers_are_in_order_and_explained),
        cmocka_unit_test(the_same_text_gives_the_same_answer),
        cmocka_unit_test(texts_that_say_nothing_get_nothing),
        cmocka_unit_test(ten_megabytes_cost_no_more_than_their_beginning),
        cmocka_unit_test(what_is_not_utf8_is_refused),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(given_codes_are_compared_with_the_text),
        cmocka_unit_test(scores_rise_with_the_evidence),
        cmocka_unit_test(a_bad_table_is_told_by_line),
    };
    return cmocka_run_group_tests(tests, open_once, close_once);
}
