/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The truth: every posting of every query term is scored from the definition (bm25.h), all matches
 * are sorted. Shares no code with the index but the definition itself.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "benchmarks/search/engine.h"
#include "matcher/search/bm25.h"
#include "matcher/search/index.h"

enum { VERSION = 1 };

struct raw_posting {
    uint32_t document;
    uint32_t tf;
};

struct found {
    uint64_t tie;
    uint32_t score;
    uint32_t document;
};

struct exhaustive_state {
    const struct corpus *corpus;
    const struct corpus_query *queries;
    uint32_t average;
    uint32_t *start; /* of each term in postings; term_count + 1 */
    struct raw_posting *postings;
    uint32_t *scores; /* of each document, zero between calls */
    uint8_t *terms_found;
    struct found *found;
};

/** Group the words of the corpus by term; documents come in order, so equal pairs are neighbours.
 */
static void collect_postings(struct exhaustive_state *state)
{
    const struct corpus *corpus = state->corpus;
    uint32_t *ends = calloc(corpus->term_count + 1, sizeof(*ends));
    uint32_t *room = calloc(corpus->term_count + 2, sizeof(*room));
    for (uint32_t i = 0; i < corpus->word_count; i++) {
        room[corpus->words[i] + 1]++;
    }
    for (uint32_t term = 0; term < corpus->term_count; term++) {
        room[term + 1] += room[term];
        ends[term] = room[term];
    }
    for (uint32_t i = 0; i < corpus->document_count; i++) {
        const struct corpus_document *document = &corpus->documents[i];
        for (uint32_t j = 0; j < document->word_count; j++) {
            uint32_t term = corpus->words[document->first_word + j];
            uint32_t last = ends[term] - 1;
            if (ends[term] > room[term] && state->postings[last].document == i) {
                state->postings[last].tf++;
            } else {
                state->postings[ends[term]++] = (struct raw_posting){i, 1};
            }
        }
    }
    uint32_t kept = 0; /* close the gaps that repetitions left */
    for (uint32_t term = 0; term < corpus->term_count; term++) {
        state->start[term] = kept;
        for (uint32_t i = room[term]; i < ends[term]; i++) {
            state->postings[kept++] = state->postings[i];
        }
    }
    state->start[corpus->term_count] = kept;
    free(ends);
    free(room);
}

static enum sp_status open_exhaustive(struct engine *engine, const struct corpus *corpus,
                                      const struct corpus_query *queries, size_t query_count,
                                      const char *directory, struct sp_error *err)
{
    (void)query_count;
    (void)directory;
    struct exhaustive_state *state = calloc(1, sizeof(*state));
    engine->state = state;
    engine->version = "every posting";
    if (state == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    state->corpus = corpus;
    state->queries = queries;
    state->average = sp_bm25_average(corpus->word_count, corpus->document_count);
    state->start = calloc(corpus->term_count + 1, sizeof(*state->start));
    state->postings = calloc(corpus->word_count + 1, sizeof(*state->postings));
    state->scores = calloc(corpus->document_count + 1, sizeof(*state->scores));
    state->terms_found = calloc(corpus->document_count + 1, 1);
    state->found = calloc(corpus->document_count + 1, sizeof(*state->found));
    if (state->start == NULL || state->postings == NULL || state->scores == NULL ||
        state->terms_found == NULL || state->found == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    collect_postings(state);
    return SP_OK;
}

/** Order of equals as stated in top.h: a hash of key and version. */
static uint64_t tie_of(const struct corpus_document *document)
{
    char name[16];
    snprintf(name, sizeof(name), "%u", document->number);
    uint64_t mixed =
        sp_index_key(sp_view_of(name), sp_view_of("")) ^ (VERSION * 0x9e3779b97f4a7c15ULL);
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31);
}

static int compare_found(const void *left, const void *right)
{
    const struct found *a = left;
    const struct found *b = right;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return a->tie < b->tie ? -1 : 1;
}

static void add_term(struct exhaustive_state *state, uint32_t term)
{
    uint32_t start = state->start[term];
    uint32_t end = state->start[term + 1];
    if (start == end) {
        return;
    }
    uint32_t weight = sp_bm25_weight(state->corpus->document_count, end - start, SP_WEIGHT_FULL);
    for (uint32_t i = start; i < end; i++) {
        const struct raw_posting *posting = &state->postings[i];
        uint16_t impact = sp_bm25_impact(
            posting->tf, state->corpus->documents[posting->document].word_count, state->average);
        state->scores[posting->document] += sp_bm25_contribution(weight, impact);
        state->terms_found[posting->document]++;
    }
}

static enum sp_status search_exhaustive(struct engine *engine, size_t number, unsigned mode,
                                        struct answer *out, struct sp_error *err)
{
    (void)err;
    struct exhaustive_state *state = engine->state;
    const struct corpus_query *query = &state->queries[number];
    for (uint32_t i = 0; i < query->count; i++) {
        add_term(state, query->terms[i]);
    }
    size_t count = 0;
    for (uint32_t i = 0; i < state->corpus->document_count; i++) {
        const struct corpus_document *document = &state->corpus->documents[i];
        bool matches = (mode & MODE_ALL) != 0 ? state->terms_found[i] == query->count
                                              : state->terms_found[i] > 0;
        if (matches && ((mode & MODE_POWIAT) == 0 || document->powiat == query->powiat)) {
            state->found[count++] = (struct found){tie_of(document), state->scores[i], i};
        }
        state->scores[i] = 0;
        state->terms_found[i] = 0;
    }
    qsort(state->found, count, sizeof(*state->found), compare_found);
    out->count = count < TOP_K ? count : TOP_K;
    for (size_t i = 0; i < out->count; i++) {
        out->documents[i] = state->found[i].document;
        out->scores[i] = state->found[i].score;
    }
    return SP_OK;
}

static void close_exhaustive(struct engine *engine)
{
    struct exhaustive_state *state = engine->state;
    if (state != NULL) {
        free(state->start);
        free(state->postings);
        free(state->scores);
        free(state->terms_found);
        free(state->found);
        free(state);
    }
}

struct engine engine_exhaustive(void)
{
    return (struct engine){.name = "exhaustive",
                           .open = open_exhaustive,
                           .search = search_exhaustive,
                           .close = close_exhaustive};
}
