/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/language/guess.h"

#include "matcher/language/choose.h"
#include "matcher/language/tags.h"

enum {
    STEM_MIN_BYTES = 3,   /* shorter stems say nothing: "USA", "Ola" */
    ENDING_MAX_BYTES = 8, /* the longest of endings.tsv */
    KNOWN_REST_MIN_BYTES = 6
};

struct replacement {
    const char *ending;
    const char *lemma_ending;
};

static bool ends_with(struct sp_view text, const char *ending)
{
    size_t length = strlen(ending);
    return text.length >= length && memcmp(text.data + text.length - length, ending, length) == 0;
}

/* Add the first `keep` bytes of the folded form and `ending` as a lemma. */
static void add_with_ending(struct sp_word *word, size_t keep, struct sp_view ending)
{
    char lemma[SP_FOLDED_MAX_BYTES];
    if (keep + ending.length <= sizeof lemma) {
        memcpy(lemma, word->folded.data, keep);
        if (ending.length > 0) {
            memcpy(lemma + keep, ending.data, ending.length);
        }
        sp_word_add_lemma(word, sp_view_from(lemma, keep + ending.length));
    }
}

void sp_guess_negated(struct sp_word *word, unsigned kinds)
{
    /* Endings of adjectival declension with the nominative, and of gerunds. Longest first. */
    static const struct replacement adjectival[] = {
        {"ieni", "iony"}, {"ymi", "y"}, {"ych", "y"}, {"ego", "y"}, {"emu", "y"}, {"oną", "ony"},
        {"ani", "any"},   {"ci", "ty"}, {"ym", "y"},  {"ej", "y"},  {"li", "ły"}, {"cy", "cy"},
        {"ą", "y"},       {"a", "y"},   {"e", "y"},   {"o", "y"},   {"y", "y"},
    };
    static const struct replacement gerund[] = {
        {"iami", "ie"}, {"iach", "ie"}, {"iem", "ie"}, {"iom", "ie"}, {"iu", "ie"},
        {"ia", "ie"},   {"ie", "ie"},   {"ń", "nie"},  {"ć", "cie"},
    };
    bool is_gerund = (kinds & SP_TAGS_ALL_GERUND) != 0;
    const struct replacement *table = is_gerund ? gerund : adjectival;
    size_t count = is_gerund ? SP_COUNT(gerund) : SP_COUNT(adjectival);
    for (size_t i = 0; i < count; i++) {
        if (ends_with(word->folded, table[i].ending)) {
            add_with_ending(word, word->folded.length - strlen(table[i].ending),
                            sp_view_of(table[i].lemma_ending));
            return;
        }
    }
    sp_word_add_lemma(word, word->folded);
}

/* "kennedy'ego", "apple’a": the stem is what stands before the apostrophe. */
static bool guess_by_apostrophe(struct sp_word *word)
{
    for (size_t i = STEM_MIN_BYTES; i < word->folded.length; i++) {
        const char *at = word->folded.data + i;
        size_t left = word->folded.length - i;
        if (*at == '\'' || (left >= 3 && memcmp(at, "\xE2\x80\x99", 3) == 0)) {
            sp_word_add_lemma(word, sp_view_from(word->folded.data, i));
            return true;
        }
    }
    return false;
}

bool sp_is_acronym_ending(struct sp_view ending)
{
    static const char *const endings[] = {"u",  "owi", "em",  "ie",  "a", "y", "i",    "e",
                                          "ów", "om",  "ami", "ach", "ą", "ę", "owie", "ze"};
    for (size_t i = 0; i < SP_COUNT(endings); i++) {
        if (sp_view_is(ending, endings[i])) {
            return true;
        }
    }
    return false;
}

/* "pesów", "mopru": an acronym of the table of abbreviations with its ending written on. */
static bool guess_by_acronym(const struct sp_language *language, struct sp_word *word)
{
    struct sp_view folded = word->folded;
    for (size_t keep = 2; keep < folded.length; keep++) {
        const struct sp_table_row *row =
            sp_table_find(&language->abbreviations, sp_view_from(folded.data, keep));
        if (row != NULL && row->fields[1].length > 0 &&
            sp_is_acronym_ending(sp_view_from(folded.data + keep, folded.length - keep))) {
            sp_word_add_lemma(word, row->fields[0]);
            word->flags |= SP_TOKEN_ABBREVIATION;
            return true;
        }
    }
    return false;
}

static bool guess_by_prefix(const struct sp_language *language, struct sp_word_scratch *scratch,
                            struct sp_word *word)
{
    static const char *const prefixes[] = {
        "anty",  "arcy",  "auto",   "bez",    "bio",     "cyber",  "eko",   "ekstra", "elektro",
        "euro",  "foto",  "hiper",  "inter",  "kontr",   "makro",  "mega",  "mikro",  "mini",
        "mono",  "multi", "nad",    "nano",   "neo",     "nie",    "nisko", "ogólno", "poli",
        "post",  "poza",  "pro",    "prze",   "przeciw", "pseudo", "radio", "re",     "samo",
        "spec",  "sub",   "super",  "tele",   "termo",   "trans",  "ultra", "wielo",  "wice",
        "wideo", "współ", "wysoko", "wszech", "średnio"};
    struct sp_readings *readings = &scratch->readings;
    for (size_t i = 0; i < SP_COUNT(prefixes); i++) {
        size_t length = strlen(prefixes[i]);
        if (!sp_view_starts_with(word->folded, sp_view_of(prefixes[i])) ||
            word->folded.length < length + KNOWN_REST_MIN_BYTES) {
            continue;
        }
        sp_readings_clear(readings);
        sp_dictionary_find(&scratch->reader,
                           sp_view_from(word->folded.data + length, word->folded.length - length),
                           readings);
        sp_readings_choose(readings, &language->preferences);
        for (size_t k = 0; k < readings->count; k++) {
            add_with_ending(word, length, readings->items[k].lemma);
        }
        if (readings->count > 0) {
            return true;
        }
    }
    return false;
}

/* Add one lemma for each of the comma-separated endings; "-" is the bare stem. */
static void add_endings(struct sp_word *word, size_t keep, struct sp_view endings)
{
    for (size_t start = 0; start <= endings.length;) {
        size_t stop = start;
        while (stop < endings.length && endings.data[stop] != ',') {
            stop++;
        }
        struct sp_view ending = sp_view_from(endings.data + start, stop - start);
        add_with_ending(word, keep, sp_view_is(ending, "-") ? sp_view_of(NULL) : ending);
        start = stop + 1;
    }
}

static void guess_by_ending(const struct sp_language *language, struct sp_word *word)
{
    struct sp_view folded = word->folded;
    for (size_t length = ENDING_MAX_BYTES; length > 0; length--) {
        if (folded.length < length + STEM_MIN_BYTES) {
            continue;
        }
        size_t keep = folded.length - length;
        const struct sp_table_row *row =
            sp_table_find(&language->endings, sp_view_from(folded.data + keep, length));
        if (row != NULL) {
            add_endings(word, keep, row->fields[1]);
            return;
        }
    }
}

void sp_guess(const struct sp_language *language, struct sp_word_scratch *scratch,
              struct sp_word *word)
{
    if (!guess_by_apostrophe(word) && !guess_by_acronym(language, word) &&
        !guess_by_prefix(language, scratch, word)) {
        guess_by_ending(language, word);
    }
    sp_word_add_lemma(word, word->folded);
}
