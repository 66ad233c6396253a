/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Learning titles and codes into an index of its own. */
#include "matcher/suggest/lessons.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "matcher/suggest/suggest_text.h"

enum { SCRATCH_MAX_BYTES = 4 << 20 };

struct sp_lessons_builder {
    const struct sp_vocabulary *vocabulary;
    struct sp_index_builder *index;
    struct sp_arena *scratch; /* reset with each notice */
    uint64_t count;
};

struct sp_lessons {
    atomic_size_t references;
    struct sp_index *index; /* NULL: nothing was learned */
    size_t count;
};

enum sp_status sp_lessons_builder_new(const struct sp_vocabulary *vocabulary,
                                      struct sp_lessons_builder **out, struct sp_error *err)
{
    struct sp_lessons_builder *builder = sp_calloc(1, sizeof *builder);
    if (builder == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    builder->vocabulary = vocabulary;
    builder->scratch = sp_arena_new(SCRATCH_MAX_BYTES);
    enum sp_status status =
        builder->scratch == NULL ? SP_FAIL_NOMEM(err) : sp_index_builder_new(&builder->index, err);
    if (status != SP_OK) {
        sp_lessons_builder_free(builder);
        return status;
    }
    *out = builder;
    return SP_OK;
}

void sp_lessons_builder_free(struct sp_lessons_builder *builder)
{
    if (builder != NULL) {
        sp_index_builder_free(builder->index);
        sp_arena_free(builder->scratch);
        sp_free(builder);
    }
}

static struct sp_view first_line(struct sp_view text)
{
    struct sp_view trimmed = sp_view_trim(text);
    const char *end = trimmed.length == 0 ? NULL : memchr(trimmed.data, '\n', trimmed.length);
    return end == NULL ? trimmed : sp_view_from(trimmed.data, (size_t)(end - trimmed.data));
}

/* Ties among equal notices go by what they say, not by when they came. */
static uint64_t key_of(struct sp_view title, const struct sp_cpv *code)
{
    return sp_index_key(title, sp_view_from(code->code, SP_CPV_DIGITS));
}

enum sp_status sp_suggest_learn(struct sp_lessons_builder *builder, struct sp_analyser *analyser,
                                struct sp_view text, const struct sp_cpv *const *codes,
                                size_t code_count, struct sp_error *err)
{
    struct sp_suggest_text read;
    struct sp_view title = first_line(text);
    sp_arena_reset(builder->scratch);
    enum sp_status status = sp_suggest_text_read(analyser, builder->vocabulary->services, title,
                                                 builder->scratch, &read, err);
    if (status != SP_OK || read.running_count == 0 || code_count == 0) {
        return status;
    }
    uint32_t numbers[SP_LESSON_CODES_MAX];
    size_t kept = code_count < SP_LESSON_CODES_MAX ? code_count : SP_LESSON_CODES_MAX;
    for (size_t i = 0; i < kept; i++) {
        numbers[i] = (uint32_t)strtoul(codes[i]->code, NULL, 10);
    }
    struct sp_index_document document = {.id = builder->count + 1,
                                         .key = key_of(title, codes[0]),
                                         .cpv = numbers,
                                         .cpv_count = (uint32_t)kept,
                                         .served_kilometres = SP_KILOMETRES_NONE};
    uint32_t handle;
    status = sp_index_builder_add_document(builder->index, &document, &handle, err);
    for (size_t i = 0; i < read.running_count && status == SP_OK; i++) {
        status = sp_index_builder_add_term(builder->index, handle,
                                           read.words[read.running[i]].lemmas[0], 1, err);
    }
    builder->count += status == SP_OK ? 1 : 0;
    return status;
}

enum sp_status sp_lessons_builder_finish(struct sp_lessons_builder *builder,
                                         struct sp_lessons **out, struct sp_error *err)
{
    struct sp_lessons *lessons = sp_calloc(1, sizeof *lessons);
    if (lessons == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    atomic_init(&lessons->references, 1);
    lessons->count = (size_t)builder->count;
    enum sp_status status = builder->count == 0
                                ? SP_OK
                                : sp_index_builder_finish(builder->index, 1, &lessons->index, err);
    if (status != SP_OK) {
        sp_free(lessons);
        return status;
    }
    builder->count = 0;
    *out = lessons;
    return SP_OK;
}

struct sp_lessons *sp_lessons_ref(struct sp_lessons *lessons)
{
    /* The caller's own reference keeps it alive meanwhile, so no order is needed. */
    atomic_fetch_add_explicit(&lessons->references, 1, memory_order_relaxed);
    return lessons;
}

void sp_lessons_unref(struct sp_lessons *lessons)
{
    if (lessons != NULL && atomic_fetch_sub(&lessons->references, 1) == 1) {
        sp_index_unref(lessons->index);
        sp_free(lessons);
    }
}

size_t sp_lessons_count(const struct sp_lessons *lessons)
{
    return lessons == NULL ? 0 : lessons->count;
}

size_t sp_lessons_size_bytes(const struct sp_lessons *lessons)
{
    return sizeof *lessons + (lessons->index == NULL ? 0 : sp_index_size_bytes(lessons->index));
}

const struct sp_index *sp_lessons_index(const struct sp_lessons *lessons)
{
    return lessons == NULL ? NULL : lessons->index;
}
