/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A random collection and its exhaustive scorer.
 */
#include "tests/unit/search/population.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/search/bm25.h"

uint32_t population_random(uint64_t *seed, uint32_t limit)
{
    uint64_t mixed = (*seed += 0x9e3779b97f4a7c15ULL);
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
    return (uint32_t)((mixed ^ (mixed >> 31)) % limit);
}

/** Few terms are frequent, many are rare. */
static uint32_t random_term(uint64_t *seed)
{
    uint32_t range = 1 + population_random(seed, POPULATION_TERMS);
    return population_random(seed, 1 + population_random(seed, range));
}

void population_term(uint32_t term, char out[32])
{
    snprintf(out, 32, "słowo%u", term);
}

void population_init(struct population *population, uint64_t seed, uint32_t count)
{
    *population = (struct population){.seed = seed, .next_id = 1};
    population_add(population, count);
}

void population_release(struct population *population)
{
    free(population->documents);
    *population = (struct population){0};
}

void population_add(struct population *population, uint32_t count)
{
    uint64_t *seed = &population->seed;
    size_t total = (size_t)population->count + count;
    population->documents =
        realloc(population->documents, (total + 1) * sizeof(*population->documents));
    for (uint32_t i = 0; i < count; i++) {
        struct population_document *document = &population->documents[population->count++];
        memset(document, 0, sizeof(*document));
        uint64_t number = population->next_id++;
        document->attributes.powiat = 201 + population_random(seed, POPULATION_POWIATS);
        document->attributes.id = (uint64_t)document->attributes.powiat << 32 | number;
        char name[32];
        snprintf(name, sizeof(name), "e%llu", (unsigned long long)number);
        document->attributes.key = sp_index_key(sp_view_of(name), sp_view_of(""));
        document->attributes.unit_kinds = population_random(seed, 4);
        document->cpv[0] = 10000000 + population_random(seed, 5);
        document->attributes.cpv_count = 1;
        document->word_count = population_random(seed, POPULATION_WORDS_MAX);
        for (uint32_t j = 0; j < document->word_count; j++) {
            document->words[j] = random_term(seed);
        }
        document->live = true;
        population->live_count++;
    }
}

enum sp_status population_feed(const struct population *population, uint32_t first,
                               struct sp_index_builder *builder)
{
    for (uint32_t i = first; i < population->count; i++) {
        const struct population_document *document = &population->documents[i];
        if (!document->live) {
            continue;
        }
        struct sp_index_document attributes = document->attributes;
        attributes.cpv = document->cpv;
        uint32_t handle = 0;
        enum sp_status status = sp_index_builder_add_document(builder, &attributes, &handle, NULL);
        for (uint32_t j = 0; j < document->word_count && status == SP_OK; j++) {
            char term[32];
            population_term(document->words[j], term);
            status = sp_index_builder_add_term(builder, handle, sp_view_of(term), 1, NULL);
        }
        if (status != SP_OK) {
            return status;
        }
    }
    return SP_OK;
}

void population_query(struct population *population, struct population_query *out)
{
    uint64_t *seed = &population->seed;
    memset(out, 0, sizeof(*out));
    out->group_count = 1 + population_random(seed, 6);
    for (size_t i = 0; i < out->group_count; i++) {
        out->groups[i].count = population_random(seed, 3) == 0 ? population_random(seed, 5) : 1;
        for (size_t j = 0; j < out->groups[i].count; j++) {
            out->groups[i].members[j].term = random_term(seed);
            out->groups[i].members[j].permille =
                population_random(seed, 2) == 0 ? 1000 : 1 + population_random(seed, 1000);
        }
    }
    out->all = population_random(seed, 2) == 0;
    out->powiat =
        population_random(seed, 2) == 0 ? 0 : 200 + population_random(seed, POPULATION_POWIATS + 2);
    out->with_factor = population_random(seed, 3) == 0;
    out->k = 1 + population_random(seed, 40);
}

uint32_t population_factor(void *context, const struct sp_index_document *document)
{
    (void)context;
    return document->unit_kinds == 3 ? 0 : SP_FACTOR_ONE - 300 * document->unit_kinds;
}

static uint32_t occurrences(const struct population_document *document, uint32_t term)
{
    uint32_t tf = 0;
    for (uint32_t i = 0; i < document->word_count; i++) {
        tf += document->words[i] == term ? 1 : 0;
    }
    return tf;
}

static uint32_t frequency(const struct population *population, uint32_t term)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < population->count; i++) {
        const struct population_document *document = &population->documents[i];
        count += document->live && occurrences(document, term) > 0 ? 1 : 0;
    }
    return count;
}

static uint32_t average_length(const struct population *population)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < population->count; i++) {
        sum += population->documents[i].live ? population->documents[i].word_count : 0;
    }
    return sp_bm25_average(sum, population->live_count);
}

/** Order of equals, stated once more: SplitMix64 of the key and the version. */
static uint64_t tie_of(uint64_t key, uint64_t version)
{
    uint64_t mixed = key ^ (version * 0x9e3779b97f4a7c15ULL);
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31);
}

static int compare_hits(const void *left, const void *right)
{
    const struct population_hit *a = left;
    const struct population_hit *b = right;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return a->tie < b->tie ? -1 : 1;
}

/** Weights of the members of a query; found once, since each needs a pass over all documents. */
struct weights {
    uint32_t of[8][4];
};

static void find_weights(const struct population *population, const struct population_query *query,
                         struct weights *out)
{
    for (size_t i = 0; i < query->group_count; i++) {
        for (size_t j = 0; j < query->groups[i].count; j++) {
            uint32_t holders = frequency(population, query->groups[i].members[j].term);
            out->of[i][j] = holders == 0 ? 0
                                         : sp_bm25_weight(population->live_count, holders,
                                                          query->groups[i].members[j].permille);
        }
    }
}

/** Score of one document; false when the query does not match it. */
static bool score_document(const struct population_document *document,
                           const struct population_query *query, const struct weights *weights,
                           uint32_t average, uint32_t *score)
{
    size_t groups_found = 0;
    *score = 0;
    for (size_t i = 0; i < query->group_count; i++) {
        uint32_t best = 0;
        for (size_t j = 0; j < query->groups[i].count; j++) {
            uint32_t tf = occurrences(document, query->groups[i].members[j].term);
            if (tf > 0) {
                uint16_t impact = sp_bm25_impact(tf, document->word_count, average);
                uint32_t given = sp_bm25_contribution(weights->of[i][j], impact);
                best = given > best ? given : best;
            }
        }
        *score += best;
        groups_found += best > 0 ? 1 : 0;
    }
    return query->all ? groups_found == query->group_count : groups_found > 0;
}

size_t population_exhaustive(const struct population *population,
                             const struct population_query *query, uint64_t version,
                             struct population_hit *hits)
{
    struct weights weights;
    find_weights(population, query, &weights);
    uint32_t average = average_length(population);
    size_t count = 0;
    for (uint32_t i = 0; i < population->count; i++) {
        const struct population_document *document = &population->documents[i];
        uint32_t score = 0;
        if (!document->live ||
            (query->powiat != 0 && document->attributes.powiat != query->powiat) ||
            !score_document(document, query, &weights, average, &score)) {
            continue;
        }
        if (query->with_factor) {
            uint32_t factor = population_factor(NULL, &document->attributes);
            if (factor == 0) {
                continue;
            }
            score = (uint32_t)((uint64_t)score * factor / SP_FACTOR_ONE);
        }
        hits[count++] = (struct population_hit){document->attributes.id, score,
                                                tie_of(document->attributes.key, version)};
    }
    qsort(hits, count, sizeof(*hits), compare_hits);
    return count;
}
