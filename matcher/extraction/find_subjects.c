/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What is needed and where: services of the vocabulary and places of the territory. */
#include "matcher/extraction/finders.h"

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
            reading->words[word].sentence != reading->words[last].sentence ||
            sp_sentence_has(finding, word,
                            SP_CUE_BIT(SP_CUE_REFERENCES) | SP_CUE_BIT(SP_CUE_PROCEDURE) |
                                SP_CUE_BIT(SP_CUE_PERSONS))) {
            continue;
        }
        struct sp_fact fact = sp_fact_of(finding, SP_FACT_SERVICE, word, last,
                                         hit->phrase->shared == 1 ? SP_CERTAIN : SP_POSSIBLE);
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
        if (last >= reading->count ||
            sp_sentence_has(finding, word,
                            SP_CUE_BIT(SP_CUE_SEAT) | SP_CUE_BIT(SP_CUE_PROCEDURE) |
                                SP_CUE_BIT(SP_CUE_DEADLINE))) {
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
