/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/vocabulary/decline.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/status.h"

enum { ENDING_BYTES = 8 }; /* room for the longest ending, "iego" */

/* Words whose declension no ending tells; the forms are separated by spaces. */
static const struct {
    const char *word;
    const char *forms;
} irregular[] = {
    {"miasto", "mieście"},
    {"wieś", "wsi wsią wsie wsiach"},
    {"las", "lesie lasu lasem"},
    {"białystok", "białegostoku białymstoku białystoku białymstokiem"},
    {"krasnystaw", "krasnegostawu krasnymstawie krasnymstawem"},
    {"brześć", "brześcia brześciu brześciem"},
    {"dzień", "dnia dniu"},
    {"pień", "pnia pniu"},
    {"kocioł", "kotle kotła"},
    {"kościół", "kościele kościoła"},
};

/* Abbreviations of the second word of a name: "Środa Śl.", "Gorzów Wlkp.". */
static const struct {
    const char *beginning;
    const char *abbreviation;
} abbreviated[] = {
    {"śląsk", "śl"},      {"wielkopolsk", "wlkp"}, {"mazowieck", "maz"}, {"wrocławsk", "wr"},
    {"małopolsk", "młp"}, {"zdrój", "zdr"},        {"kłodzk", "kł"},     {"trybunalsk", "tryb"},
    {"pomorsk", "pom"},   {"krajeńsk", "kraj"},    {"podlask", "podl"},  {"lubelsk", "lub"},
};

/* Last consonants before a locative in -e; the longer are tried first. */
static const struct {
    const char *hard;
    const char *soft;
} softened[] = {
    {"st", "ści"}, {"zd", "ździ"}, {"sn", "śni"}, {"zn", "źni"}, {"sł", "śl"}, {"zł", "źl"},
    {"ch", "sz"},  {"k", "c"},     {"g", "dz"},   {"r", "rz"},   {"ł", "l"},   {"t", "ci"},
    {"d", "dzi"},  {"n", "ni"},    {"s", "si"},   {"z", "zi"},   {"p", "pi"},  {"b", "bi"},
    {"w", "wi"},   {"m", "mi"},    {"f", "fi"},
};

/* Soft letters at the end of a word, and how they are written before a vowel. */
static const struct {
    const char *end;
    const char *before_vowel;
} soft_ends[] = {
    {"dź", "dzi"}, {"ń", "ni"}, {"ś", "si"}, {"ź", "zi"}, {"ć", "ci"},
};

static void put_view(struct sp_forms *out, struct sp_view stem, struct sp_view ending)
{
    char form[SP_FORM_BYTES];
    size_t length = stem.length + ending.length;
    if (out->count == SP_FORMS_MAX || length > sizeof form) {
        return;
    }
    if (stem.length > 0) {
        memcpy(form, stem.data, stem.length);
    }
    if (ending.length > 0) {
        memcpy(form + stem.length, ending.data, ending.length);
    }
    for (size_t i = 0; i < out->count; i++) {
        if (out->items[i].length == length && memcmp(out->items[i].text, form, length) == 0) {
            return;
        }
    }
    memcpy(out->items[out->count].text, form, length);
    out->items[out->count++].length = length;
}

static void put(struct sp_forms *out, struct sp_view stem, const char *ending)
{
    put_view(out, stem, sp_view_of(ending));
}

/* Add @p stem with each of the endings, which are separated by spaces. */
static void put_all(struct sp_forms *out, struct sp_view stem, const char *endings)
{
    for (const char *at = endings; *at != '\0';) {
        size_t length = strcspn(at, " ");
        put_view(out, stem, sp_view_from(at, length));
        at += length + strspn(at + length, " ");
    }
}

static bool ends_with(struct sp_view word, const char *end)
{
    size_t length = strlen(end);
    return word.length >= length && memcmp(word.data + word.length - length, end, length) == 0;
}

static struct sp_view without(struct sp_view word, const char *end)
{
    return sp_view_from(word.data, word.length - strlen(end));
}

/* Join @p stem and @p tail into @p room; the view is empty when they do not fit. */
static struct sp_view join(struct sp_view stem, const char *tail, char room[SP_FORM_BYTES])
{
    int length = snprintf(room, SP_FORM_BYTES, "%.*s%s", SP_VIEW_ARGS(stem), tail);
    return sp_view_from(room, length > 0 && length < SP_FORM_BYTES ? (size_t)length : 0);
}

/* Locative in -e of a hard stem: "gór" -> "górze", "krosn" -> "krośnie" and "krosnie". */
static void put_locative(struct sp_forms *out, struct sp_view stem)
{
    char room[SP_FORM_BYTES];
    for (size_t i = 0; i < SP_COUNT(softened); i++) {
        if (ends_with(stem, softened[i].hard)) {
            put(out, join(without(stem, softened[i].hard), softened[i].soft, room), "e");
        }
    }
}

static bool is_velar(struct sp_view stem)
{
    return ends_with(stem, "k") || ends_with(stem, "g");
}

/* Adjectives, all genders: stem of "śląski", "nowy", "biała", "legnickie". */
static void put_adjective(struct sp_forms *out, struct sp_view stem)
{
    put_all(out, stem,
            is_velar(stem) || ends_with(stem, "n") ? "iego iemu im iej ich imi ą ie"
                                                   : "ego emu ym em ej ych ymi ą");
    if (ends_with(stem, "n") || ends_with(stem, "i")) {
        put_all(out, stem, "ego emu ym em ej ych ymi m mi ch");
    }
}

static void put_plural(struct sp_forms *out, struct sp_view stem)
{
    put_all(out, stem, "ach om ami ów");
    put(out, stem, "");
}

/* Genitive plural with an e put in: "ząbki" -> "ząbek", "strzelce" -> "strzelec". */
static void put_fleeting_genitive(struct sp_forms *out, struct sp_view stem)
{
    static const char *const last[] = {"k", "c", "n", "ł", "r"};
    char room[SP_FORM_BYTES];
    for (size_t i = 0; i < SP_COUNT(last); i++) {
        if (ends_with(stem, last[i])) {
            struct sp_view first = join(without(stem, last[i]), "e", room);
            put(out, first, last[i]);
        }
    }
}

/* -a: "legnica", "góra", "gdynia", "biała", and neuter plural "łaziska". */
static void decline_a(struct sp_forms *out, struct sp_view word)
{
    struct sp_view stem = without(word, "a");
    put_all(out, stem, "y ę ą o");
    put_locative(out, stem);
    put_adjective(out, stem);
    put_plural(out, stem);
    if (ends_with(stem, "i")) {
        put(out, stem, "i"); /* austrii */
        put(out, stem, "");  /* gdyni */
    } else if (ends_with(stem, "j")) {
        put(out, without(stem, "j"), "i"); /* okrzei */
    } else {
        put(out, stem, "i"); /* wieliczki, woli */
    }
}

/* -o and -e: "kłodzko", "gniezno", "pole", "zakopane", "śląskie", and plural "katowice". */
static void decline_o_e(struct sp_forms *out, struct sp_view word)
{
    struct sp_view stem = sp_view_from(word.data, word.length - 1);
    put_all(out, stem, "a u em iem owi");
    put_locative(out, stem);
    put_adjective(out, stem);
    if (ends_with(word, "ie")) {
        put_adjective(out, without(word, "ie"));
        put(out, stem, ""); /* genitive "skawini" of a plural in -nie */
    }
    if (ends_with(word, "e")) {
        put_plural(out, stem);
        put_fleeting_genitive(out, stem);
    }
}

/* -y and -i: plural "tychy", "suwałki"; adjective "nowy", "śląski". */
static void decline_y_i(struct sp_forms *out, struct sp_view word)
{
    struct sp_view stem = sp_view_from(word.data, word.length - 1);
    put_adjective(out, stem);
    put_plural(out, stem);
    put_fleeting_genitive(out, stem);
    put_all(out, stem, "i y");
    if (ends_with(word, "i")) {
        put_plural(out, word);
    }
}

static void decline_stem(struct sp_forms *out, struct sp_view stem)
{
    put(out, stem, "");
    put_all(out, stem, "a u owi em iem ia iu iowi i y ą ią");
    put_locative(out, stem);
}

/* Decline with the last vowel changed: "głogów" -> "głogow", "łódzi" -> "łodzi". */
static void decline_changed(struct sp_forms *out, struct sp_view word, const char *vowel,
                            const char *instead)
{
    size_t length = strlen(vowel);
    for (size_t at = word.length; at-- > 1;) {
        if (at + length < word.length && memcmp(word.data + at, vowel, length) == 0) {
            char room[SP_FORM_BYTES];
            struct sp_view rest = sp_view_from(word.data + at + length, word.length - at - length);
            int whole = snprintf(room, sizeof room, "%.*s%s%.*s", (int)at, word.data, instead,
                                 SP_VIEW_ARGS(rest));
            if (whole > 0 && whole < SP_FORM_BYTES) {
                decline_stem(out, sp_view_from(room, (size_t)whole));
            }
            return;
        }
    }
}

/* A consonant: "lubin", "wrocław", "głogów", "bolesławiec", "toruń", "łódź", "bydgoszcz". */
static void decline_consonant(struct sp_forms *out, struct sp_view word)
{
    char room[SP_FORM_BYTES];
    decline_stem(out, word);
    decline_changed(out, word, "ó", "o");
    decline_changed(out, word, "ą", "ę");
    if (ends_with(word, "niec")) {
        decline_stem(out, join(without(word, "niec"), "ńc", room)); /* węgliniec -> węglińca */
    } else if (ends_with(word, "ciec")) {
        decline_stem(out, join(without(word, "ciec"), "ćc", room));
    } else if (ends_with(word, "ziec")) {
        decline_stem(out, join(without(word, "ziec"), "źc", room));
    } else if (ends_with(word, "iec")) {
        decline_stem(out, join(without(word, "iec"), "c", room));
    } else if (ends_with(word, "iek")) {
        decline_stem(out, join(without(word, "iek"), "k", room));
    } else if (ends_with(word, "iel")) {
        decline_stem(out, join(without(word, "iel"), "l", room));
    } else {
        static const char *const fleeting[] = {"ecz", "ec", "ek", "eł", "er", "eg", "el", "ez"};
        for (size_t i = 0; i < SP_COUNT(fleeting); i++) {
            if (ends_with(word, fleeting[i])) {
                decline_stem(out, join(without(word, fleeting[i]), fleeting[i] + 1, room));
            }
        }
    }
    for (size_t i = 0; i < SP_COUNT(soft_ends); i++) {
        if (ends_with(word, soft_ends[i].end)) {
            struct sp_view stem =
                join(without(word, soft_ends[i].end), soft_ends[i].before_vowel, room);
            decline_stem(out, stem);
            decline_changed(out, stem, "ó", "o");
            break;
        }
    }
}

static void put_known(struct sp_forms *out, struct sp_view word)
{
    for (size_t i = 0; i < SP_COUNT(irregular); i++) {
        if (sp_view_is(word, irregular[i].word)) {
            put_all(out, sp_view_from(word.data, 0), irregular[i].forms);
        }
    }
    for (size_t i = 0; i < SP_COUNT(abbreviated); i++) {
        if (sp_view_starts_with(word, sp_view_of(abbreviated[i].beginning))) {
            put(out, sp_view_from(word.data, 0), abbreviated[i].abbreviation);
        }
    }
}

void sp_decline(struct sp_view word, struct sp_forms *out)
{
    out->count = 0;
    put(out, word, "");
    if (word.length < 2 || word.length > SP_FORM_BYTES - ENDING_BYTES) {
        return;
    }
    put_known(out, word);
    switch (word.data[word.length - 1]) {
    case 'a':
        decline_a(out, word);
        break;
    case 'o':
    case 'e':
        decline_o_e(out, word);
        break;
    case 'y':
    case 'i':
        decline_y_i(out, word);
        break;
    default:
        decline_consonant(out, word);
        break;
    }
}
