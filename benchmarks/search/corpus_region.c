/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The offers of the fictional region as documents: titles and descriptions analysed into lemmas, as
 * the catalogue indexes them (every lemma of every word that is no stop word).
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "benchmarks/search/corpus.h"
#include "matcher/language/language.h"
#include "tools/region/region.h"

enum { OFFERS_PER_ENTITY = 4, FIRST_SLOTS = 1 << 12 };

/** Numbers the lemmas in order of appearance. */
struct lemma_table {
    char **texts; /* of each number */
    uint32_t count;
    uint32_t *slots; /* number + 1, or 0 */
    uint32_t slot_count;
};

struct region_source {
    struct corpus *corpus;
    struct sp_analyser *analyser;
    struct lemma_table lemmas;
};

static uint32_t hash_of(struct sp_view text)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < text.length; i++) {
        hash = (hash ^ (unsigned char)text.data[i]) * 16777619U;
    }
    return hash ^ (hash >> 15);
}

static bool grow(struct lemma_table *table)
{
    uint32_t slot_count = table->slot_count == 0 ? FIRST_SLOTS : table->slot_count * 2;
    uint32_t *slots = calloc(slot_count, sizeof(*slots));
    char **texts = realloc(table->texts, slot_count / 2 * sizeof(*texts));
    table->texts = texts == NULL ? table->texts : texts;
    if (slots == NULL || texts == NULL) {
        free(slots);
        return false;
    }
    for (uint32_t i = 0; i < table->count; i++) {
        uint32_t slot = hash_of(sp_view_of(texts[i])) & (slot_count - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slot_count - 1);
        }
        slots[slot] = i + 1;
    }
    free(table->slots);
    table->slots = slots;
    table->slot_count = slot_count;
    return true;
}

static enum sp_status number_of(struct lemma_table *table, struct sp_view lemma, uint32_t *number)
{
    if (table->count * 2 >= table->slot_count && !grow(table)) {
        return SP_NOMEM;
    }
    uint32_t slot = hash_of(lemma) & (table->slot_count - 1);
    while (table->slots[slot] != 0) {
        *number = table->slots[slot] - 1;
        if (sp_view_is(lemma, table->texts[*number])) {
            return SP_OK;
        }
        slot = (slot + 1) & (table->slot_count - 1);
    }
    char *text = malloc(lemma.length + 1);
    if (text == NULL) {
        return SP_NOMEM;
    }
    memcpy(text, lemma.data, lemma.length);
    text[lemma.length] = '\0';
    *number = table->count++;
    table->texts[*number] = text;
    table->slots[slot] = *number + 1;
    return SP_OK;
}

static enum sp_status take_token(void *context, const struct sp_token *token)
{
    struct region_source *source = context;
    enum sp_status status = SP_OK;
    for (size_t i = 0; (token->flags & SP_TOKEN_STOP) == 0 && i < token->lemma_count; i++) {
        uint32_t number = 0;
        status = status == SP_OK ? number_of(&source->lemmas, token->lemmas[i], &number) : status;
        status = status == SP_OK ? corpus_add_word(source->corpus, number) : status;
    }
    return status;
}

static uint32_t number_in(const char *digits, size_t count)
{
    char text[16] = "";
    memcpy(text, digits, strnlen(digits, count));
    return (uint32_t)strtoul(text, NULL, 10);
}

static enum sp_status take_entity(void *context, const Spoina__V1__Entity *entity,
                                  struct sp_error *err)
{
    struct region_source *source = context;
    const char *teryt = entity->seat == NULL ? "" : entity->seat->teryt;
    for (size_t i = 0; i < entity->n_offers; i++) {
        const Spoina__V1__Offer *offer = entity->offers[i];
        uint32_t cpv = offer->n_cpv == 0 ? 0 : number_in(offer->cpv[0], 8);
        enum sp_status status = corpus_add_document(source->corpus, number_in(teryt, 4), cpv);
        if (status == SP_OK) {
            status = sp_analyse_each(source->analyser, sp_view_of(offer->title), 0, take_token,
                                     source, err);
        }
        if (status == SP_OK) {
            status = sp_analyse_each(source->analyser, sp_view_of(offer->description), 0,
                                     take_token, source, err);
        }
        if (status != SP_OK) {
            return status;
        }
    }
    return SP_OK;
}

static void release_lemmas(struct lemma_table *table)
{
    for (uint32_t i = 0; i < table->count; i++) {
        free(table->texts[i]);
    }
    free(table->texts);
    free(table->slots);
}

enum sp_status corpus_from_region(struct corpus *corpus, uint32_t count, uint64_t seed,
                                  const char *share_dir, struct sp_error *err)
{
    struct region_source source = {.corpus = corpus};
    struct sp_language *language = NULL;
    struct sp_region *region = NULL;
    struct sp_region_options options = {.seed = seed,
                                        .entities =
                                            (count + OFFERS_PER_ENTITY - 1) / OFFERS_PER_ENTITY,
                                        .offers = count,
                                        .today = sp_day_from_civil(2026, 11, 22)};
    enum sp_status status = sp_language_open(share_dir, &language, err);
    if (status == SP_OK) {
        status = sp_analyser_new(language, &source.analyser, err);
    }
    if (status == SP_OK) {
        status = sp_region_open(share_dir, &region, err);
    }
    if (status == SP_OK) {
        status = sp_region_generate(region, &options, take_entity, &source, err);
    }
    release_lemmas(&source.lemmas);
    sp_region_close(region);
    sp_analyser_free(source.analyser);
    sp_language_free(language);
    return status;
}
