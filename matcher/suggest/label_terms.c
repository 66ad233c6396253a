/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The index of labels. */
#include "matcher/suggest/label_terms.h"

#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "matcher/suggest/suggest_text.h"

enum { SCRATCH_MAX_BYTES = 4 << 20 };

struct sp_view sp_label_family(struct sp_view lemma, char *buffer)
{
    size_t end = 0;
    for (size_t letters = 0; letters < SP_FAMILY_LETTERS && end < lemma.length; letters++) {
        (void)sp_utf8_next(lemma, &end);
    }
    buffer[0] = '^';
    memcpy(buffer + 1, lemma.data, end);
    return sp_view_from(buffer, end + 1);
}

struct label_indexing {
    const struct sp_vocabulary *vocabulary;
    struct sp_analyser *analyser;
    struct sp_index_builder *builder;
    struct sp_arena *scratch;
    struct sp_error *err;
};

/* Where a gloss says what the code is not: "poradnictwo i doradztwo, nie dozór"; else NULL. */
static const char *negation_in(const char *gloss)
{
    return gloss == NULL ? NULL : strstr(gloss, " nie ");
}

static enum sp_status add_text(struct label_indexing *indexing, uint32_t handle,
                               struct sp_view text)
{
    struct sp_suggest_text read;
    sp_arena_reset(indexing->scratch);
    enum sp_status status = sp_suggest_text_read(indexing->analyser, indexing->vocabulary->services,
                                                 text, indexing->scratch, &read, indexing->err);
    for (size_t i = 0; status == SP_OK && i < read.running_count; i++) {
        char family[SP_FAMILY_MAX_BYTES];
        struct sp_view lemma = read.words[read.running[i]].lemmas[0];
        status = sp_index_builder_add_term(indexing->builder, handle, lemma, 1, indexing->err);
        if (status == SP_OK) {
            status = sp_index_builder_add_term(indexing->builder, handle,
                                               sp_label_family(lemma, family), 1, indexing->err);
        }
    }
    return status;
}

static enum sp_status add_code(struct label_indexing *indexing, const struct sp_cpv *code,
                               size_t place)
{
    struct sp_index_document document = {
        .id = place + 1, .key = place + 1, .served_kilometres = SP_KILOMETRES_NONE};
    uint32_t handle;
    enum sp_status status =
        sp_index_builder_add_document(indexing->builder, &document, &handle, indexing->err);
    const char *negation = negation_in(code->gloss);
    if (status == SP_OK && negation == NULL) {
        status = add_text(indexing, handle, sp_view_of(code->polish));
    }
    if (status == SP_OK && code->gloss != NULL) {
        struct sp_view gloss = sp_view_of(code->gloss);
        gloss.length = negation == NULL ? gloss.length : (size_t)(negation - code->gloss);
        status = add_text(indexing, handle, gloss);
    }
    return status;
}

static enum sp_status run(struct label_indexing *indexing, struct sp_index **out)
{
    indexing->scratch = sp_arena_new(SCRATCH_MAX_BYTES);
    if (indexing->scratch == NULL) {
        return SP_FAIL_NOMEM(indexing->err);
    }
    size_t count;
    const struct sp_cpv *codes = sp_cpv_all(indexing->vocabulary->cpv, &count);
    enum sp_status status = sp_index_builder_new(&indexing->builder, indexing->err);
    for (size_t i = 0; i < count && status == SP_OK; i++) {
        status = add_code(indexing, &codes[i], i);
    }
    return status == SP_OK ? sp_index_builder_finish(indexing->builder, 1, out, indexing->err)
                           : status;
}

enum sp_status sp_label_index_new(const struct sp_vocabulary *vocabulary,
                                  struct sp_analyser *analyser, struct sp_index **out,
                                  uint32_t **document_of_code, struct sp_error *err)
{
    struct label_indexing indexing = {.vocabulary = vocabulary, .analyser = analyser, .err = err};
    struct sp_index *index = NULL;
    enum sp_status status = run(&indexing, &index);
    sp_index_builder_free(indexing.builder);
    sp_arena_free(indexing.scratch);
    if (status != SP_OK) {
        return status;
    }
    uint32_t slots = sp_index_slot_count(index);
    uint32_t *documents = sp_calloc(slots, sizeof *documents);
    if (documents == NULL) {
        sp_index_unref(index);
        return SP_FAIL_NOMEM(err);
    }
    for (uint32_t i = 0; i < slots; i++) {
        documents[sp_index_document(index, i)->id - 1] = i;
    }
    *out = index;
    *document_of_code = documents;
    return SP_OK;
}
