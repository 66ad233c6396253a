/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Content words of a CoNLL-U file (https://universaldependencies.org/format.html): the distinct
 * forms tagged NOUN, PROPN, VERB, ADJ or ADV, as written, each with all lemmas it has in the file,
 * case-folded. Ranges ("1-2") and empty nodes ("1.1") are skipped: their words have lines of their
 * own.
 */
#ifndef SP_BENCHMARKS_CONFLATION_CONLLU_H
#define SP_BENCHMARKS_CONFLATION_CONLLU_H

#include "base/status.h"
#include "base/view.h"
#include "matcher/language/language.h"

enum { CONLLU_LEMMAS_MAX = 8 };

struct conllu_form {
    struct sp_view form;                      /* points into the file's bytes */
    struct sp_view lemmas[CONLLU_LEMMAS_MAX]; /* folded, unique */
    size_t lemma_count;
};

struct conllu {
    struct conllu_form *forms; /* in order of first appearance */
    size_t form_count;
    struct sp_view text; /* all sentences ("# text = "), one a line: for timing */
    struct sp_arena *arena;
    char *file;
};

/** Read @p path; SP_NOT_FOUND, SP_IO, SP_LIMIT, SP_NOMEM, SP_INVALID (no content word at all). */
SP_MUST_CHECK enum sp_status conllu_read(const char *path, struct sp_analyser *analyser,
                                         struct conllu *out, struct sp_error *err);
void conllu_release(struct conllu *corpus);

#endif
