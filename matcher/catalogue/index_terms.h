/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What of a text goes into the full-text index: the one rule, for the FTS5 tokenizer and for
 * whoever indexes a document in memory.
 *
 * Every lemma of every token that is not a stop word. Lemmas of one form share a position; a
 * compound and its first part too. Positions count indexed tokens, so a stop word leaves no gap.
 */
#ifndef SP_CATALOGUE_INDEX_TERMS_H
#define SP_CATALOGUE_INDEX_TERMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/view.h"

struct sp_analyser;
struct sp_token_list;

struct sp_index_term {
    struct sp_view term; /* borrowed during the call */
    uint32_t position;   /* 0, 1, ...: the offset that a posting names */
    bool colocated;      /* at the position of the term before it */
    size_t start;        /* bytes of the word as written */
    size_t end;
};

typedef enum sp_status sp_index_term_fn(void *context, const struct sp_index_term *term);

/** Hand the index terms of @p text to @p take. @return as sp_analyse_each() */
SP_MUST_CHECK enum sp_status sp_index_terms(struct sp_analyser *analyser, struct sp_view text,
                                            sp_index_term_fn *take, void *context,
                                            struct sp_error *err);

/** Count the positions that the indexed tokens of an analysed text take: those of a text that goes
 *  on after it are this number and higher. */
uint32_t sp_index_positions(const struct sp_token_list *tokens);

#endif
