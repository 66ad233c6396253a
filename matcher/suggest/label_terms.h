/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The labels of all codes as an index: each label and plain gloss by its lemmas and their families.
 * Where the gloss says what the code is not ("poradnictwo, nie dozór"), the official label misleads
 * ("Usługi dozoru") and is left out, with what the gloss denies.
 */
#ifndef SP_SUGGEST_LABEL_TERMS_H
#define SP_SUGGEST_LABEL_TERMS_H

#include "matcher/search/index.h"
#include "matcher/vocabulary/vocabulary.h"

/** '^', the first five letters of four bytes at most. */
enum { SP_FAMILY_LETTERS = 5, SP_FAMILY_MAX_BYTES = 1 + 4 * SP_FAMILY_LETTERS };

/** The family of a lemma: "^kompu" for "komputer" and "komputerowy". No lemma begins with '^'.
 *  @param buffer  SP_FAMILY_MAX_BYTES; the result lies in it */
struct sp_view sp_label_family(struct sp_view lemma, char *buffer);

/**
 * Index the labels.
 *
 * @param out               a document a code, its id the place among sp_cpv_all() + 1
 * @param document_of_code  heap array by place of the code, owned by the caller (sp_free)
 * @return SP_OK; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_label_index_new(const struct sp_vocabulary *vocabulary,
                                                struct sp_analyser *analyser, struct sp_index **out,
                                                uint32_t **document_of_code, struct sp_error *err);

#endif
