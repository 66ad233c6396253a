/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What is needed and where: services of the vocabulary and places of the territory. */
#include "matcher/extraction/finders.h"

enum { HITS_AROUND = 16, ORDER_WORDS = 3, TITLE_WORDS_MAX = 12 };

/** Sentences whose services are not what is ordered: references, payments, criteria, laws. */
#define NOT_ORDERED                                                                                \
    (SP_CUE_BIT(SP_CUE_REFERENCES) | SP_CUE_BIT(SP_CUE_PROCEDURE) | SP_CUE_BIT(SP_CUE_WEIGHT) |    \
     SP_CUE_BIT(SP_CUE_LICENCE) | SP_CUE_BIT(SP_CUE_REGISTER) | SP_CUE_BIT(SP_CUE_NO_CONDITION))

/** Index of the word that begins at byte @p start or holds it; count when none does. */
static size_t word_at(const struct sp_reading *reading, size_t start)
{
    size_t low = 0;
    size_t high = reading->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reading->words[middle].token->end <= start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/** True if a service hit lies within the words of a longer one: "przewóz osób" of "przewóz osób
 *  niepełnosprawnych". Hits are in order, longer ones first. */
static bool is_within(const struct sp_service_hit_list *hits, size_t index)
{
    const struct sp_service_hit *hit = &hits->items[index];
    for (size_t i = index; i > 0 && i + HITS_AROUND > index; i--) {
        const struct sp_service_hit *earlier = &hits->items[i - 1];
        if (earlier->start <= hit->start && earlier->end >= hit->end &&
            earlier->phrase->lemma_count > hit->phrase->lemma_count) {
            return true;
        }
    }
    return false;
}

/** One word alone ("remont", "meble") names a service where something is ordered: in a title or a
 *  row of a table, or right after "usługa", "dostawa". */
static bool is_ordered(const struct sp_finding *finding, size_t word)
{
    static const char *const ORDERING[] = {"usługa", "świadczenie", "dostawa",    "dostarczanie",
                                           "zakup",  "przedmiot",   "dostarczać", NULL};
    const struct sp_reading *reading = finding->reading;
    size_t end = sp_reading_sentence_end(reading, word);
    size_t first = word;
    while (first > 0 && reading->words[first - 1].sentence == reading->words[word].sentence) {
        first--;
    }
    if (end - first <= TITLE_WORDS_MAX) {
        return true;
    }
    for (size_t i = word > first + ORDER_WORDS ? word - ORDER_WORDS : first; i < word; i++) {
        for (const char *const *lemma = ORDERING; *lemma != NULL; lemma++) {
            if (sp_word_is(&reading->words[i], *lemma)) {
                return true;
            }
        }
    }
    return false;
}

enum sp_status sp_find_services(struct sp_finding *finding)
{
    const struct sp_reading *reading = finding->reading;
    struct sp_service_hit_list hits;
    enum sp_status status = sp_services_scan(finding->tools->vocabulary->services, &reading->tokens,
                                             SP_PHRASE_TENDER | SP_PHRASE_PROGRAMME, finding->arena,
                                             &hits, finding->err);
    for (size_t i = 0; status == SP_OK && i < hits.count; i++) {
        const struct sp_service_hit *hit = &hits.items[i];
        size_t word = word_at(reading, hit->start);
        size_t last = word_at(reading, hit->end - 1);
        if (hit->negated || last >= reading->count ||
            reading->words[word].sentence != reading->words[last].sentence || is_within(&hits, i) ||
            sp_of_a_law(reading, word) || finding->demanding[reading->words[word].sentence] ||
            sp_sentence_has(finding, word, NOT_ORDERED)) {
            continue;
        }
        bool alone = hit->phrase->lemma_count == 1 && !is_ordered(finding, word);
        struct sp_fact fact =
            sp_fact_of(finding, SP_FACT_SERVICE, word, last,
                       hit->phrase->shared == 1 && !alone ? SP_CERTAIN : SP_POSSIBLE);
        fact.service = hit->service;
        status = sp_fact_add(finding, &fact);
    }
    return status;
}

enum sp_status sp_find_places(struct sp_finding *finding)
{
    const struct sp_reading *reading = finding->reading;
    struct sp_place_mention_list mentions;
    enum sp_status status =
        sp_gazetteer_scan(finding->tools->vocabulary->gazetteer, &reading->tokens,
                          finding->tools->prefer, finding->arena, &mentions, finding->err);
    for (size_t i = 0; status == SP_OK && i < mentions.count; i++) {
        const struct sp_place_mention *mention = &mentions.items[i];
        size_t word = word_at(reading, mention->start);
        size_t last = word_at(reading, mention->end - 1);
        bool within = word > 0 && (sp_word_form_is(&reading->words[word - 1], "w") ||
                                   sp_word_form_is(&reading->words[word - 1], "we"));
        uint64_t elsewhere = SP_CUE_BIT(SP_CUE_PROCEDURE) | SP_CUE_BIT(SP_CUE_DEADLINE) |
                             (within ? 0 : SP_CUE_BIT(SP_CUE_SEAT)); /* "w Legnicy przy ul. ..." */
        if (last >= reading->count || mention->candidates[0]->level == SP_PLACE_COUNTRY ||
            sp_sentence_has(finding, word, elsewhere)) {
            continue;
        }
        bool told = sp_sentence_has(finding, word, SP_CUE_BIT(SP_CUE_PLACE));
        struct sp_fact fact =
            sp_fact_of(finding, SP_FACT_PLACE, word, last, told ? SP_CERTAIN : SP_LIKELY);
        fact.place = mention->candidates[0];
        status = sp_fact_add(finding, &fact);
    }
    return status;
}
