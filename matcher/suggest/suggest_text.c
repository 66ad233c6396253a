/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Reading the words of a title and a description. */
#include "matcher/suggest/suggest_text.h"

#include <string.h>

#include "base/utf8.h"

enum {
    NEGATION_REACH = 2,
    STEM_LETTERS = 7 /* "geotech"; an ending has four letters at most */
};

/* What a token announces about the next one. */
enum lead { LEAD_NOTHING, LEAD_AT, LEAD_WITHIN };

struct reading {
    const struct sp_services *services;
    struct sp_arena *arena;
    size_t title_end; /* byte offset */
    struct sp_suggest_word *words;
    bool *is_unknown; /* of each word: outside the dictionary */
    uint32_t *running;
    size_t word_count;
    size_t title_count;
    size_t running_count;
    unsigned negated; /* content words still to be left out */
    enum lead lead;   /* the token before this one */
    bool enough;
};

static bool is_negation(const struct sp_token *token)
{
    static const char *const lemmas[] = {"bez", "oprócz", "wyłączenie", "wyłączyć", "wyjątek"};
    for (size_t i = 0; i < SP_COUNT(lemmas); i++) {
        if (sp_view_is(token->lemmas[0], lemmas[i])) {
            return true;
        }
    }
    return false;
}

/* "Dostawa komputerów" calls for computers: buying is not what is bought. To the services these
 * words do mean something ("dostawa posiłków"), so they are not in data/form_words.tsv. */
static bool is_buying(struct sp_view lemma)
{
    static const char *const lemmas[] = {"dostawa", "zakup", "zakupić"};
    for (size_t i = 0; i < SP_COUNT(lemmas); i++) {
        if (sp_view_is(lemma, lemmas[i])) {
            return true;
        }
    }
    return false;
}

static enum lead lead_of(const struct sp_token *token)
{
    if (sp_view_is(token->folded, "na")) {
        return LEAD_AT;
    }
    return sp_view_is(token->folded, "ramach") ? LEAD_WITHIN : LEAD_NOTHING;
}

/* Words that say where or for whom, not what: "na terenie", "na rzecz", "w ramach projektu", and
 * "ul." of an address, which would be read as a street to be built. */
static bool is_idiom(const struct sp_token *token, enum lead lead)
{
    static const char *const streets[] = {"ulica", "aleja", "plac", "osiedle"};
    if (lead == LEAD_AT) {
        return sp_view_is(token->folded, "terenie") || sp_view_is(token->folded, "rzecz");
    }
    if (lead == LEAD_WITHIN) {
        return sp_view_is(token->lemmas[0], "projekt") || sp_view_is(token->lemmas[0], "program");
    }
    for (size_t i = 0; (token->flags & SP_TOKEN_ABBREVIATION) != 0 && i < SP_COUNT(streets); i++) {
        if (sp_view_is(token->lemmas[0], streets[i])) {
            return true;
        }
    }
    return false;
}

static bool is_content(const struct sp_token *token)
{
    unsigned without =
        SP_TOKEN_STOP | SP_TOKEN_NUMBER | SP_TOKEN_ADDRESS | SP_TOKEN_COMPOUND; /* parts follow */
    return (token->flags & without) == 0 && token->form.length > 1;
}

static size_t find_word(const struct reading *reading, struct sp_view lemma)
{
    for (size_t i = 0; i < reading->word_count; i++) {
        if (sp_view_equal(reading->words[i].lemmas[0], lemma)) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* Write the stem of a word that only its ending tells from another form, "~geotech"; leave @p out
 * empty where the word is short. */
static enum sp_status stem_of(struct sp_view folded, struct sp_arena *arena, struct sp_view *out)
{
    size_t end = 0;
    size_t letters = 0;
    while (letters < STEM_LETTERS && end < folded.length) {
        (void)sp_utf8_next(folded, &end);
        letters++;
    }
    if (letters == STEM_LETTERS && end < folded.length) {
        *out = sp_view_of(sp_arena_printf(arena, "~%.*s", (int)end, folded.data));
        return out->length == 0 ? SP_NOMEM : SP_OK;
    }
    return SP_OK;
}

static enum sp_status add_word(struct reading *reading, const struct sp_token *token, bool in_title)
{
    bool is_unknown = (token->flags & SP_TOKEN_UNKNOWN) != 0;
    struct sp_view *lemmas =
        sp_arena_calloc(reading->arena, token->lemma_count + 1, sizeof *lemmas);
    if (lemmas == NULL) {
        return SP_NOMEM;
    }
    bool says_how = false;
    for (size_t i = 0; i < token->lemma_count; i++) {
        char *copy = sp_arena_copy(reading->arena, token->lemmas[i]);
        if (copy == NULL) {
            return SP_NOMEM;
        }
        lemmas[i] = sp_view_from(copy, token->lemmas[i].length);
        says_how = says_how || is_buying(lemmas[i]) ||
                   sp_services_is_form_word(reading->services, lemmas[i]);
    }
    size_t lemma_count = token->lemma_count;
    struct sp_view stem = {NULL, 0};
    if (is_unknown && stem_of(token->folded, reading->arena, &stem) != SP_OK) {
        return SP_NOMEM;
    }
    if (stem.length > 0) {
        lemmas[lemma_count++] = stem;
    }
    reading->is_unknown[reading->word_count] = is_unknown;
    reading->words[reading->word_count++] = (struct sp_suggest_word){.form = token->form,
                                                                     .lemmas = lemmas,
                                                                     .lemma_count = lemma_count,
                                                                     .in_title = in_title,
                                                                     .says_how = says_how};
    return SP_OK;
}

/* Take a token; SP_CANCELLED ends the reading when both parts are full. */
static enum sp_status take(void *context, const struct sp_token *token)
{
    struct reading *reading = context;
    enum lead lead = reading->lead;
    reading->lead = lead_of(token);
    if (is_negation(token)) {
        reading->negated = NEGATION_REACH;
        return SP_OK;
    }
    if (!is_content(token) || is_idiom(token, lead)) {
        return SP_OK;
    }
    if (reading->negated > 0) {
        reading->negated -= sp_services_is_form_word(reading->services, token->lemmas[0]) ? 0 : 1;
        return SP_OK;
    }
    bool in_title =
        token->start < reading->title_end && reading->title_count < SP_SUGGEST_TITLE_WORDS;
    if (!in_title &&
        reading->running_count - reading->title_count == SP_SUGGEST_DESCRIPTION_WORDS) {
        reading->enough = true;
        return SP_CANCELLED;
    }
    size_t word = find_word(reading, token->lemmas[0]);
    if (word == SIZE_MAX) {
        word = reading->word_count;
        if (add_word(reading, token, in_title) != SP_OK) {
            return SP_NOMEM;
        }
    }
    reading->running[reading->running_count++] = (uint32_t)word;
    reading->title_count += in_title ? 1 : 0;
    return SP_OK;
}

static bool is_ascii(struct sp_view text)
{
    for (size_t i = 0; i < text.length; i++) {
        if ((unsigned char)text.data[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

/* Add what an unknown word becomes with diacritics. */
static enum sp_status add_diacritics(struct sp_analyser *analyser, struct reading *reading,
                                     struct sp_suggest_word *word, struct sp_error *err)
{
    struct sp_candidate_list list;
    enum sp_status status =
        sp_expand(analyser, word->form, SP_EXPAND_DIACRITICS, reading->arena, &list, err);
    if (status != SP_OK || list.count == 0) {
        return status;
    }
    struct sp_view *lemmas =
        sp_arena_calloc(reading->arena, word->lemma_count + list.count, sizeof *lemmas);
    if (lemmas == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    memcpy(lemmas, word->lemmas, word->lemma_count * sizeof *lemmas);
    size_t count = word->lemma_count;
    for (size_t i = 0; i < list.count && count < SP_LEMMAS_MAX; i++) {
        if (list.items[i].origin == SP_ORIGIN_DIACRITICS) {
            word->says_how =
                word->says_how || sp_services_is_form_word(reading->services, list.items[i].lemma);
            lemmas[count++] = list.items[i].lemma;
        }
    }
    word->lemmas = lemmas;
    word->lemma_count = count;
    return SP_OK;
}

static size_t title_end(struct sp_view text)
{
    size_t start = 0;
    while (start < text.length && strchr(" \t\r\n", text.data[start]) != NULL &&
           text.data[start] != '\0') {
        start++;
    }
    const char *end =
        start == text.length ? NULL : memchr(text.data + start, '\n', text.length - start);
    return end == NULL ? text.length : (size_t)(end - text.data);
}

enum sp_status sp_suggest_text_read(struct sp_analyser *analyser,
                                    const struct sp_services *services, struct sp_view text,
                                    struct sp_arena *arena, struct sp_suggest_text *out,
                                    struct sp_error *err)
{
    struct reading reading = {.services = services, .arena = arena, .title_end = title_end(text)};
    reading.words = sp_arena_calloc(arena, SP_SUGGEST_WORDS_MAX, sizeof *reading.words);
    reading.is_unknown = sp_arena_calloc(arena, SP_SUGGEST_WORDS_MAX, sizeof *reading.is_unknown);
    reading.running = sp_arena_calloc(arena, SP_SUGGEST_WORDS_MAX, sizeof *reading.running);
    if (reading.words == NULL || reading.is_unknown == NULL || reading.running == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = sp_analyse_each(analyser, text, 0, take, &reading, err);
    if (status == SP_CANCELLED && reading.enough) {
        status = SP_OK;
    }
    for (size_t i = 0; i < reading.word_count && status == SP_OK; i++) {
        struct sp_suggest_word *word = &reading.words[i];
        if (reading.is_unknown[i] && is_ascii(word->form) &&
            word->form.length <= SP_FORM_MAX_BYTES) {
            status = add_diacritics(analyser, &reading, word, err);
        }
    }
    if (status != SP_OK) {
        return status == SP_NOMEM ? SP_FAIL_NOMEM(err) : status;
    }
    *out = (struct sp_suggest_text){.words = reading.words,
                                    .word_count = reading.word_count,
                                    .running = reading.running,
                                    .title_count = reading.title_count,
                                    .running_count = reading.running_count};
    return SP_OK;
}
