/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * matcher/search, asked as the server asks it: terms looked up by their text, then the top k.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "benchmarks/search/engine.h"
#include "matcher/search/top.h"

enum { ARENA_BYTES = 64 << 20, VERSION = 1 };

struct index_state {
    const struct corpus_query *queries;
    struct sp_index *index;
    struct sp_arena *arena;
};

static enum sp_status fill(struct sp_index_builder *builder, const struct corpus *corpus,
                           struct sp_error *err)
{
    for (uint32_t i = 0; i < corpus->document_count; i++) {
        const struct corpus_document *from = &corpus->documents[i];
        char name[16];
        snprintf(name, sizeof(name), "%u", from->number);
        struct sp_index_document document = {
            .id = i,
            .key = sp_index_key(sp_view_of(name), sp_view_of("")),
            .powiat = from->powiat,
            .cpv = &from->cpv,
            .cpv_count = 1,
        };
        uint32_t handle = 0;
        enum sp_status status = sp_index_builder_add_document(builder, &document, &handle, err);
        for (uint32_t j = 0; j < from->word_count && status == SP_OK; j++) {
            char token[TOKEN_BYTES];
            corpus_token(corpus->words[from->first_word + j], token);
            status = sp_index_builder_add_term(builder, handle, sp_view_of(token), 1, err);
        }
        if (status != SP_OK) {
            return status;
        }
    }
    return SP_OK;
}

static enum sp_status open_index(struct engine *engine, const struct corpus *corpus,
                                 const struct corpus_query *queries, size_t query_count,
                                 const char *directory, struct sp_error *err)
{
    (void)query_count;
    (void)directory;
    struct index_state *state = calloc(1, sizeof(*state));
    struct sp_index_builder *builder = NULL;
    engine->state = state;
    engine->version = "block-max";
    if (state == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    state->queries = queries;
    state->arena = sp_arena_new(ARENA_BYTES);
    enum sp_status status = sp_index_builder_new(&builder, err);
    if (status == SP_OK) {
        status = fill(builder, corpus, err);
    }
    if (status == SP_OK) {
        status = sp_index_builder_finish(builder, VERSION, &state->index, err);
    }
    sp_index_builder_free(builder);
    engine->bytes = status == SP_OK ? sp_index_size_bytes(state->index) : 0;
    return status;
}

static enum sp_status search_index(struct engine *engine, size_t number, unsigned mode,
                                   struct answer *out, struct sp_error *err)
{
    struct index_state *state = engine->state;
    const struct corpus_query *asked = &state->queries[number];
    struct sp_index_member members[QUERY_TERMS_MAX];
    struct sp_index_group groups[QUERY_TERMS_MAX];
    for (uint32_t i = 0; i < asked->count; i++) {
        char token[TOKEN_BYTES];
        corpus_token(asked->terms[i], token);
        members[i].permille = 1000;
        bool found = sp_index_find(state->index, sp_view_of(token), &members[i].term);
        groups[i] = (struct sp_index_group){&members[i], found ? 1 : 0};
    }
    struct sp_index_query query = {.groups = groups,
                                   .group_count = asked->count,
                                   .all = (mode & MODE_ALL) != 0,
                                   .powiat = (mode & MODE_POWIAT) != 0 ? asked->powiat : 0,
                                   .k = TOP_K};
    struct sp_index_hit hits[TOP_K];
    sp_arena_reset(state->arena);
    enum sp_status status =
        sp_index_top(state->index, &query, state->arena, hits, &out->count, err);
    for (size_t i = 0; status == SP_OK && i < out->count; i++) {
        out->documents[i] = (uint32_t)sp_index_document(state->index, hits[i].document)->id;
        out->scores[i] = hits[i].score;
    }
    return status;
}

static void close_index(struct engine *engine)
{
    struct index_state *state = engine->state;
    if (state != NULL) {
        sp_index_unref(state->index);
        sp_arena_free(state->arena);
        free(state);
    }
}

struct engine engine_index(void)
{
    return (struct engine){
        .name = "spoina", .open = open_index, .search = search_index, .close = close_index};
}
