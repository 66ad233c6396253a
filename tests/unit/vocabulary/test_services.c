/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/vocabulary/opened.h"

#include <string.h>

static struct opened all;

static int open_once(void **state)
{
    (void)state;
    open_all(&all);
    return 0;
}

static int close_once(void **state)
{
    (void)state;
    close_all(&all);
    return 0;
}

static struct sp_service_hit_list scan(const char *text, unsigned sides)
{
    struct sp_token_list tokens = analyse(&all, text);
    struct sp_service_hit_list hits;
    struct sp_error err = {0};
    assert_ok(sp_services_scan(all.vocabulary->services, &tokens, sides, all.arena, &hits, &err),
              err);
    return hits;
}

static const struct sp_service_hit *find(struct sp_service_hit_list hits, const char *id)
{
    for (size_t i = 0; i < hits.count; i++) {
        if (strcmp(hits.items[i].service->id, id) == 0) {
            return &hits.items[i];
        }
    }
    return NULL;
}

static void the_table_is_whole(void **state)
{
    (void)state;
    size_t count;
    size_t umbrellas = 0;
    size_t phrases = 0;
    const struct sp_service *services = sp_services_all(all.vocabulary->services, &count);
    for (size_t i = 0; i < count; i++) {
        unsigned sides = 0;
        umbrellas += services[i].part_count > 0;
        phrases += services[i].phrase_count;
        for (size_t k = 0; k < services[i].phrase_count; k++) {
            sides |= services[i].phrases[k].sides;
            assert_in_range(services[i].phrases[k].shared, 1, 20);
        }
        assert_true(services[i].part_count > 0 || services[i].cpv_count > 0);
        assert_true(services[i].part_count > 0 || (sides & (SP_PHRASE_TENDER | SP_PHRASE_ENTITY)) ==
                                                      (SP_PHRASE_TENDER | SP_PHRASE_ENTITY));
        assert_true(services[i].polish[0] != '\0' && services[i].english[0] != '\0');
        struct sp_view rest = sp_view_of(services[i].units);
        while (rest.length > 0) {
            const char *space = memchr(rest.data, ' ', rest.length);
            size_t length = space == NULL ? rest.length : (size_t)(space - rest.data);
            struct sp_view id = sp_view_from(rest.data, length);
            assert_true(sp_unit_find(all.vocabulary->units, id) != NULL ||
                        sp_period_find(all.vocabulary->units, id) != NULL);
            rest.data += length + (space != NULL);
            rest.length -= length + (space != NULL);
        }
    }
    print_message("%zu services, %zu of them umbrellas, %zu phrases\n", count, umbrellas, phrases);
    assert_int_equal(count - umbrellas, 81);
    assert_true(umbrellas >= 8);
    assert_true(phrases >= 1200);
}

static void both_sides_name_the_same_service(void **state)
{
    (void)state;
    static const struct {
        const char *tender;
        const char *entity;
        const char *service;
    } cases[] = {
        {"Przygotowanie i dostawa posiłków dla uczestników Dziennego Domu Pobytu",
         "warsztat gastronomiczny, domowe obiady", "CAT-SEN"},
        {"Świadczenie usług opiekuńczych w miejscu zamieszkania podopiecznych",
         "opiekunki, pomoc domowa", "HOME-CARE"},
        {"Bieżące utrzymanie terenów zieleni miejskiej", "warsztat ogrodniczy", "GREEN"},
        {"Mechaniczne wykaszanie poboczy dróg gminnych", "koszenie trawy", "MOW"},
        {"Pranie wodne i dezynfekcja bielizny szpitalnej", "pralnia wodna z magle", "LAUNDRY"},
        {"Dowóz osób niepełnosprawnych do WTZ", "bus z windą dla wózków", "TRANSP-DIS"},
        {"Zimowe utrzymanie dróg i chodników", "odgarnianie śniegu z chodników", "WINTER"},
        {"Druk i dostawa ulotek, plakatów", "introligatornia i drukarnia", "PRINT"},
        {"Skanowanie akt archiwum zakładowego", "digitalizacja dokumentów", "DIGIT"},
        {"Sprzątanie pomieszczeń biurowych urzędu", "brygada porządkowa", "CLEAN-OFF"},
        {"Szycie i naprawa odzieży", "szwalnia, poprawki krawieckie", "SEW"},
        {"Remont lokalu komunalnego", "ekipa remontowo-budowlana", "RENO"},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        if (find(scan(cases[i].tender, SP_PHRASE_TENDER), cases[i].service) == NULL) {
            fail_msg("\"%s\" does not name %s", cases[i].tender, cases[i].service);
        }
        if (find(scan(cases[i].entity, SP_PHRASE_ENTITY), cases[i].service) == NULL) {
            fail_msg("\"%s\" does not name %s", cases[i].entity, cases[i].service);
        }
    }
}

static void sides_are_kept_apart(void **state)
{
    (void)state;
    assert_null(find(scan("warsztat ogrodniczy", SP_PHRASE_TENDER), "GREEN"));
    assert_non_null(find(scan("warsztat ogrodniczy", SP_PHRASE_ENTITY), "GREEN"));
    assert_null(find(scan("wykaszanie poboczy", SP_PHRASE_PROGRAMME), "MOW"));
}

static void programmes_and_umbrellas_are_known(void **state)
{
    (void)state;
    const struct sp_service_hit *hit =
        find(scan("Program „Posiłek w szkole i w domu”", SP_PHRASE_PROGRAMME), "CAT-SCH");
    assert_non_null(hit);
    assert_true(hit->phrase->sides & SP_PHRASE_PROGRAMME);
    hit = find(scan("Kompleksowa obsługa porządkowa obiektów i terenów gminy", 0), "U-TIDY");
    assert_non_null(hit);
    bool mowing = false;
    for (size_t i = 0; i < hit->service->part_count; i++) {
        mowing = mowing || strcmp(hit->service->parts[i]->id, "MOW") == 0;
    }
    assert_true(mowing);
}

static void a_hit_shows_its_words(void **state)
{
    (void)state;
    const char *text = "Zamówienie: pranie i naprawa bielizny pościelowej oraz jej transport";
    const struct sp_service_hit *hit = find(scan(text, SP_PHRASE_TENDER), "LAUNDRY");
    assert_non_null(hit);
    assert_string_equal(hit->phrase->text, "pranie bielizny pościelowej");
    assert_memory_equal(text + hit->start, "pranie i naprawa bielizny pościelowej",
                        hit->end - hit->start);
    assert_int_equal(hit->token_count, 5);
}

static void words_far_apart_are_no_phrase(void **state)
{
    (void)state;
    assert_null(find(scan("koszenie łąk, zbiór siana, suszenie, belowanie, transport i dostawa do "
                          "stajni trawy",
                          SP_PHRASE_ENTITY),
                     "TREES"));
    struct sp_service_hit_list hits = scan("okno dachowe; dostawa, montaż, transport, odbiór, "
                                           "gwarancja, serwis; mycie naczyń",
                                           SP_PHRASE_TENDER);
    assert_null(find(hits, "WINDOWS"));
}

static void what_the_text_leaves_out_is_marked(void **state)
{
    (void)state;
    const struct sp_service_hit *hit =
        find(scan("Sprzątanie biur bez mycia okien", SP_PHRASE_TENDER), "WINDOWS");
    assert_non_null(hit);
    assert_true(hit->negated);
    hit = find(scan("Sprzątanie biur i mycie okien", SP_PHRASE_TENDER), "WINDOWS");
    assert_non_null(hit);
    assert_false(hit->negated);
    hit = find(scan("Zamówienie nie obejmuje mycia okien", SP_PHRASE_TENDER), "WINDOWS");
    assert_non_null(hit);
    assert_true(hit->negated);
}

static void synonyms_say_why(void **state)
{
    (void)state;
    struct sp_token_list tokens = analyse(&all, "koszenie trawy");
    struct sp_synonym_list list;
    struct sp_error err = {0};
    assert_ok(sp_services_synonyms(all.vocabulary->services, &tokens, SP_PHRASE_TENDER, all.arena,
                                   &list, &err),
              err);
    bool greenery = false;
    for (size_t i = 0; i < list.count; i++) {
        assert_non_null(list.items[i].because);
        assert_true(list.items[i].phrase->sides & SP_PHRASE_TENDER);
        greenery =
            greenery || strcmp(list.items[i].phrase->text, "pielęgnacja terenów zielonych") == 0;
        for (size_t k = 0; k < i; k++) {
            assert_ptr_not_equal(list.items[i].phrase, list.items[k].phrase);
        }
    }
    assert_true(greenery);
}

static void form_words_carry_nothing(void **state)
{
    (void)state;
    assert_true(sp_services_is_form_word(all.vocabulary->services, sp_view_of("warsztat")));
    assert_true(sp_services_is_form_word(all.vocabulary->services, sp_view_of("brygada")));
    assert_false(sp_services_is_form_word(all.vocabulary->services, sp_view_of("pralnia")));
    assert_int_equal(scan("warsztat, brygada, profil, grupa", 0).count, 0);
    assert_int_equal(scan("", 0).count, 0);
}

static void a_long_text_is_scanned_in_time(void **state)
{
    (void)state;
    enum { REPEATS = 2000 };
    static const char sentence[] = "Sprzątanie biur, koszenie trawników i pranie bielizny. ";
    char *text = malloc(REPEATS * (sizeof sentence - 1) + 1);
    assert_non_null(text);
    for (size_t i = 0; i < REPEATS; i++) {
        memcpy(text + i * (sizeof sentence - 1), sentence, sizeof sentence);
    }
    assert_true(scan(text, 0).count >= REPEATS * 3);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_whole),
        cmocka_unit_test(both_sides_name_the_same_service),
        cmocka_unit_test(sides_are_kept_apart),
        cmocka_unit_test(programmes_and_umbrellas_are_known),
        cmocka_unit_test(a_hit_shows_its_words),
        cmocka_unit_test(words_far_apart_are_no_phrase),
        cmocka_unit_test(what_the_text_leaves_out_is_marked),
        cmocka_unit_test(synonyms_say_why),
        cmocka_unit_test(form_words_carry_nothing),
        cmocka_unit_test(a_long_text_is_scanned_in_time),
    };
    return cmocka_run_group_tests(tests, open_once, close_once);
}
