/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Award criteria with their weights, and the headings of lots. */
#include "matcher/extraction/finders.h"

#include "matcher/rules/clauses.h"

enum { SENTENCES_BACK = 8, NAME_WORDS_MAX = 20, LOT_MAX = 999, LOT_TITLE_WORDS_MAX = 40 };

/** True if the sentence or one of those just before it speaks of criteria. */
static bool among_criteria(const struct sp_finding *finding, size_t index)
{
    uint32_t sentence = finding->reading->words[index].sentence;
    for (uint32_t back = 0; back <= SENTENCES_BACK && back <= sentence; back++) {
        if ((finding->sentence_cues[sentence - back] & SP_CUE_BIT(SP_CUE_CRITERION)) != 0) {
            return true;
        }
    }
    return false;
}

/** True if @p word only introduces a criterion: "kryterium", "waga", a number of a list. */
static bool is_label(const struct sp_word *word)
{
    return word->has_number || sp_word_is(word, "kryterium") || sp_word_is(word, "waga") ||
           sp_word_form_is(word, "nr") || word->token->form.length == 1 ||
           sp_word_is(word, "znaczenie");
}

/** The name of the criterion whose weight stands at @p weight: the words before it, back to the
 *  weight before or the beginning of the sentence. */
static bool name_before(const struct sp_reading *reading, size_t weight, size_t *first,
                        size_t *last)
{
    size_t begin = weight;
    while (begin > 0 && weight - begin < NAME_WORDS_MAX &&
           reading->words[begin - 1].sentence == reading->words[weight].sentence &&
           !(reading->words[begin - 1].has_number && sp_percent_at(reading, begin - 1)) &&
           !(begin < weight && sp_gap_has(sp_reading_gap(reading, begin - 1), ":"))) {
        begin--;
    }
    size_t end = weight;
    while (begin < end && is_label(&reading->words[begin])) {
        begin++;
    }
    while (end > begin && is_label(&reading->words[end - 1])) {
        end--;
    }
    *first = begin;
    *last = end - 1;
    return end > begin;
}

static Spoina__V1__CriterionKind kind_of(const struct sp_finding *finding, struct sp_view name)
{
    char *text = finding->tools->rulebook == NULL ? NULL : sp_arena_copy(finding->arena, name);
    if (text == NULL) {
        return SPOINA__V1__CRITERION_KIND__CRITERION_KIND_UNSPECIFIED;
    }
    return (Spoina__V1__CriterionKind)sp_criterion_guess(finding->tools->rulebook, text);
}

/** True if the line is nothing but a known criterion and its weight: "Okres gwarancji: 40 %". */
static bool is_row(const struct sp_finding *finding, size_t first, size_t last, size_t weight)
{
    const struct sp_reading *reading = finding->reading;
    uint32_t sentence = reading->words[weight].sentence;
    return (weight + 1 == reading->count || reading->words[weight + 1].sentence > sentence) &&
           (first == 0 || reading->words[first - 1].sentence < sentence) &&
           kind_of(finding, sp_reading_slice(reading, first, last)) !=
               SPOINA__V1__CRITERION_KIND__CRITERION_KIND_UNSPECIFIED;
}

enum sp_status sp_find_criteria(struct sp_finding *finding)
{
    struct sp_reading *reading = finding->reading;
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < reading->count; i++) {
        const struct sp_word *word = &reading->words[i];
        size_t first = i;
        size_t last = i;
        if (!word->has_number || word->used || word->number < 1 || word->number > 100 ||
            !sp_percent_at(reading, i) || sp_gap_has(sp_reading_gap(reading, i), "=") ||
            !name_before(reading, i, &first, &last) ||
            !(among_criteria(finding, i) || is_row(finding, first, last, i))) {
            continue;
        }
        struct sp_fact fact = sp_fact_of(finding, SP_FACT_CRITERION, first, i, SP_CERTAIN);
        fact.name = sp_reading_slice(reading, first, last);
        fact.percent = (uint32_t)word->number;
        fact.criterion = kind_of(finding, fact.name);
        sp_words_use(reading, i, i);
        status = sp_fact_add(finding, &fact);
    }
    return status;
}

/** The number of a lot: "3", "III"; 0: none. "i" is "and", so only capitals count. */
static uint32_t lot_number(const struct sp_word *word)
{
    static const char *const ROMAN[] = {"I",    "II",  "III",  "IV",    "V",   "VI",   "VII",
                                        "VIII", "IX",  "X",    "XI",    "XII", "XIII", "XIV",
                                        "XV",   "XVI", "XVII", "XVIII", "XIX", "XX"};
    if (word->has_number) {
        bool fits = !word->in_words && word->number >= 1 && word->number <= LOT_MAX &&
                    word->number == (double)(uint32_t)word->number;
        return fits ? (uint32_t)word->number : 0;
    }
    for (uint32_t i = 0; i < sizeof ROMAN / sizeof *ROMAN; i++) {
        if (sp_view_is(word->token->form, ROMAN[i])) {
            return i + 1;
        }
    }
    return 0;
}

enum sp_status sp_find_lots(struct sp_finding *finding)
{
    struct sp_reading *reading = finding->reading;
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < finding->cues.count; i++) {
        const struct sp_cue_hit *hit = &finding->cues.items[i];
        const struct sp_word *number = &reading->words[hit->last];
        bool heads = hit->first == 0 ||
                     reading->words[hit->first - 1].sentence < reading->words[hit->first].sentence;
        if (hit->cue != SP_CUE_LOT || !heads || lot_number(number) == 0) {
            continue;
        }
        size_t end = sp_reading_sentence_end(reading, hit->first);
        sp_words_use(reading, hit->last, hit->last);
        struct sp_fact fact = sp_fact_of(finding, SP_FACT_LOT, hit->first, end - 1, SP_LIKELY);
        fact.count = lot_number(number);
        if (hit->last + 1 < end) {
            size_t last =
                hit->last + LOT_TITLE_WORDS_MAX < end ? hit->last + LOT_TITLE_WORDS_MAX : end - 1;
            fact.name = sp_reading_slice(reading, hit->last + 1, last);
        }
        status = sp_fact_add(finding, &fact);
    }
    return status;
}
