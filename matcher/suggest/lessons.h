/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What notices teach: their titles, with the codes their buyers gave. The nearest ones to a new
 * text (BM25 over lemmas, matcher/search) lend it their codes, so that suggestions learn by use.
 *
 * A builder takes pairs of text and codes; what it makes is immutable and ref-counted, so that a
 * server can build one from its stored notices whenever a snapshot is due and hand it to all
 * threads. Only titles are kept: adding the descriptions changed the figures of
 * benchmarks/quality by less than their noise, and cost memory. 100,000 notices: docs/cpv.md.
 */
#ifndef SP_SUGGEST_LESSONS_H
#define SP_SUGGEST_LESSONS_H

#include <stddef.h>
#include <stdint.h>

#include "matcher/search/index.h"
#include "matcher/vocabulary/vocabulary.h"

struct sp_lessons;
struct sp_lessons_builder;

enum { SP_LESSON_CODES_MAX = 16 }; /* further ones are dropped: they say little about the title */

/** Create an empty builder. @p vocabulary is borrowed. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_lessons_builder_new(const struct sp_vocabulary *vocabulary,
                                                    struct sp_lessons_builder **out,
                                                    struct sp_error *err);
/** NULL is accepted. */
void sp_lessons_builder_free(struct sp_lessons_builder *builder);

/**
 * Learn from one notice or lot.
 *
 * @param text   its first line is the title; a text without words teaches nothing and is skipped
 * @param codes  the main code first; at least one, else it is skipped too
 * @return SP_OK; SP_INVALID (not UTF-8; nothing was learned); SP_LIMIT; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_suggest_learn(struct sp_lessons_builder *builder,
                                              struct sp_analyser *analyser, struct sp_view text,
                                              const struct sp_cpv *const *codes, size_t code_count,
                                              struct sp_error *err);

/**
 * Make lessons of all that was learned; the builder is empty afterwards. The order in which
 * notices were learned does not matter.
 *
 * @param out  owned by the caller, sp_lessons_unref()
 * @return SP_OK; SP_LIMIT; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_lessons_builder_finish(struct sp_lessons_builder *builder,
                                                       struct sp_lessons **out,
                                                       struct sp_error *err);

struct sp_lessons *sp_lessons_ref(struct sp_lessons *lessons);
/** Free with the last reference; NULL is accepted. */
void sp_lessons_unref(struct sp_lessons *lessons);

/** Notices learned; 0 for NULL. */
size_t sp_lessons_count(const struct sp_lessons *lessons);

/** Bytes of heap held. */
size_t sp_lessons_size_bytes(const struct sp_lessons *lessons);

/** The index: a document a notice, its codes as sp_index_document.cpv. For suggest.c. */
const struct sp_index *sp_lessons_index(const struct sp_lessons *lessons);

#endif
