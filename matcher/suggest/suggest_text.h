/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The words of a text that may say which CPV code it needs.
 *
 * The first line is the title and speaks in full; what follows is the description and speaks more
 * softly. Stop words, numbers and addresses are left out; so are the two words after "bez" or "z
 * wyłączeniem", which name what is not bought. Words that say how ("usługa", of
 * data/form_words.tsv; "dostawa", "zakup") count less. A word outside the dictionary that was
 * written without diacritics also stands for what it becomes with them ("uslugi").
 * The guessed lemmas of a longer unknown word depend on its ending, so its first seven letters are
 * one of its terms too ("~geotech").
 *
 * What says where or for whom is left out too: "na terenie", "na rzecz", "w ramach projektu",
 * "ul.".
 *
 * Only the beginning is read, which is where notices say what they are about: the work and the
 * memory do not grow with the text.
 */
#ifndef SP_SUGGEST_SUGGEST_TEXT_H
#define SP_SUGGEST_SUGGEST_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/view.h"
#include "matcher/language/language.h"
#include "matcher/vocabulary/services.h"

enum {
    SP_SUGGEST_TITLE_WORDS = 200,       /* read of a title; the longest real one has 120 */
    SP_SUGGEST_DESCRIPTION_WORDS = 200, /* more changed no figure of benchmarks/quality */
    SP_SUGGEST_WORDS_MAX = SP_SUGGEST_TITLE_WORDS + SP_SUGGEST_DESCRIPTION_WORDS
};

struct sp_suggest_word {
    struct sp_view form;          /* as written where it stands first; borrowed from the text */
    const struct sp_view *lemmas; /* index terms, the likeliest first; at least one */
    size_t lemma_count;
    bool in_title;
    bool says_how; /* "usługa", "dostawa" */
};

struct sp_suggest_text {
    const struct sp_suggest_word *words; /* no two with the same first lemma; the title's first */
    size_t word_count;
    const uint32_t *running; /* the running text: numbers of words, repeated ones too */
    size_t title_count;      /* of running */
    size_t running_count;
};

/**
 * Read @p text.
 *
 * @param text   borrowed; must be UTF-8; at most SP_TEXT_MAX_BYTES
 * @param arena  holds the result beside the forms
 * @return SP_OK, also without words; SP_INVALID (not UTF-8); SP_LIMIT (too long); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_suggest_text_read(struct sp_analyser *analyser,
                                                  const struct sp_services *services,
                                                  struct sp_view text, struct sp_arena *arena,
                                                  struct sp_suggest_text *out,
                                                  struct sp_error *err);

#endif
