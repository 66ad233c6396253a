/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/vocabulary/tables.h"

#include <string.h>

#include "matcher/vocabulary/decline.h"

static bool gives(const char *word, const char *form)
{
    static struct sp_forms forms;
    sp_decline(sp_view_of(word), &forms);
    for (size_t i = 0; i < forms.count; i++) {
        if (sp_view_is(sp_view_from(forms.items[i].text, forms.items[i].length), form)) {
            return true;
        }
    }
    return false;
}

static void words_of_names_are_declined(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"legnica", "legnicy", "legnicę"},
        {"góra", "góry", "górze"},
        {"środa", "środzie", "środy"},
        {"gdynia", "gdyni", "gdynią"},
        {"lubin", "lubina", "lubinie"},
        {"wrocław", "wrocławia", "wrocławiu"},
        {"głogów", "głogowa", "głogowie"},
        {"zgorzelec", "zgorzelca", "zgorzelcu"},
        {"węgliniec", "węglińca", "węglińcu"},
        {"lwówek", "lwówka", "lwówku"},
        {"lubań", "lubania", "lubaniu"},
        {"łódź", "łodzi", "łodzią"},
        {"żmigród", "żmigrodu", "żmigrodzie"},
        {"strzegom", "strzegomia", "strzegomiu"},
        {"brzeg", "brzegu", "brzegiem"},
        {"kłodzko", "kłodzka", "kłodzku"},
        {"gniezno", "gniezna", "gnieźnie"},
        {"pole", "pola", "polu"},
        {"polkowice", "polkowic", "polkowicach"},
        {"duszniki", "dusznik", "dusznikach"},
        {"ząbki", "ząbek", "ząbkach"},
        {"kąty", "kątów", "kątach"},
        {"śląskie", "śląskich", "śląskim"},
        {"śląska", "śląskiej", "śląską"},
        {"legnicki", "legnickiego", "legnickim"},
        {"zielona", "zielonej", "zieloną"},
        {"zakopane", "zakopanego", "zakopanem"},
        {"zdrój", "zdroju", "zdr"},
        {"wieś", "wsi", "wsią"},
        {"białystok", "białegostoku", "białymstoku"},
        {"bydgoszcz", "bydgoszczy", "bydgoszczą"},
        {"dolnośląskie", "dolnośląskiego", "dolnośląskim"},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        for (size_t k = 0; k < 3; k++) {
            if (!gives(cases[i][0], cases[i][k])) {
                fail_msg("%s does not give %s", cases[i][0], cases[i][k]);
            }
        }
    }
    assert_false(gives("legnica", "lubin"));
}

static void odd_words_are_harmless(void **state)
{
    (void)state;
    struct sp_forms forms;
    char longest[300];
    memset(longest, 'a', sizeof longest);
    for (size_t length = 0; length < sizeof longest; length++) {
        sp_decline(sp_view_from(longest, length), &forms);
        assert_true(forms.count <= SP_FORMS_MAX);
    }
    for (int byte = 0; byte < 256; byte++) {
        char word[3] = {(char)byte, (char)(255 - byte), (char)byte};
        sp_decline(sp_view_from(word, sizeof word), &forms);
        assert_true(forms.count >= 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_names_are_declined),
        cmocka_unit_test(odd_words_are_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
