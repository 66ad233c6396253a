/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One requirement, read once: the words, services, codes, places and the demand that every offer
 * is compared with.
 */
#ifndef SP_SCORING_NEED_H
#define SP_SCORING_NEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/status.h"
#include "matcher/language/language.h"
#include "matcher/search/index.h"
#include "matcher/vocabulary/vocabulary.h"
#include "spoina/v1/match.pb-c.h"

enum {
    SP_NEED_FIELDS_MAX = 3,
    SP_NEED_WORDS_MAX = 48,    /* the weightiest; further ones of a long description say little */
    SP_NEED_SERVICES_MAX = 16, /* likewise */
    SP_NEED_CODES_MAX = 16,
    SP_NEED_PLACES_MAX = 64,
    SP_NEED_FULL_WORDS = 6, /* the weight of so many words is a full score: see score_text.h */

    SP_NEED_TITLE_PERMILLE = 1000, /* a word of the title, or of a requirement's own text */
    SP_NEED_DESCRIPTION_PERMILLE = 350
};

/** A text of the need. */
struct sp_need_field {
    char path[64]; /* in the draft of the response: "lots[0].title" */
    struct sp_view text;
    uint32_t permille; /* weight of its words */
    struct sp_token_list tokens;
};

/** A word that counts: no stop word, number, place name or procurement formula. */
struct sp_need_word {
    const struct sp_token *token; /* its first occurrence in the weightiest field */
    size_t field;
    uint32_t permille;
    uint32_t weight; /* rarity x permille; see sp_bm25_weight() */
};

struct sp_need_term {
    struct sp_view lemma;
    size_t word; /* index in words */
};

/** A service that the need names. */
struct sp_need_service {
    const struct sp_service *service;
    size_t field;
    size_t start; /* bytes in the field */
    size_t end;
    uint32_t permille; /* of the field; title above description */
};

struct sp_need {
    bool businesses_too; /* look among ordinary businesses as well; the caller's wish */
    struct sp_need_field fields[SP_NEED_FIELDS_MAX];
    size_t field_count;
    struct sp_need_word words[SP_NEED_WORDS_MAX]; /* weightiest first */
    size_t word_count;
    uint32_t full_weight;             /* of the SP_NEED_FULL_WORDS weightiest words */
    const struct sp_need_term *terms; /* lemmas of all words, ordered by bytes */
    size_t term_count;
    struct sp_need_service services[SP_NEED_SERVICES_MAX]; /* each service once, title first */
    size_t service_count;
    const struct sp_cpv *codes[SP_NEED_CODES_MAX]; /* main code first */
    size_t code_count;
    const struct sp_place *places[SP_NEED_PLACES_MAX]; /* the most exact ones that are given */
    size_t place_count;
    const Spoina__V1__Quantity *demand; /* NULL: unknown */
    struct sp_measure measure;          /* of demand */
    sp_day from;                        /* SP_DAY_UNKNOWN: not said */
    sp_day to;
    int32_t term_days; /* length of the performance; 0: not known */
    uint64_t hash;     /* of texts and codes: orders ties */
};

/** What reading a need takes; all borrowed. */
struct sp_need_tools {
    struct sp_analyser *analyser;
    const struct sp_vocabulary *vocabulary;
    const struct sp_index *index; /* says how rare a word is among the offers */
    struct sp_arena *arena;       /* holds tokens and terms */
};

/**
 * Read requirement @p requirement_index of lot @p lot_index of a checked draft (sp_draft_check()).
 *
 * @param draft  borrowed; must outlive @p out
 * @return SP_OK, also when it has no word that counts; SP_NOMEM; SP_INVALID (not UTF-8)
 */
SP_MUST_CHECK enum sp_status sp_need_read(const struct sp_need_tools *tools,
                                          const Spoina__V1__Draft *draft, size_t lot_index,
                                          size_t requirement_index, struct sp_need *out,
                                          struct sp_error *err);

/**
 * Read a requirement of the same texts and codes anew: its demand, dates and places; what its words
 * say is taken from @p old, which must live as long as @p out.
 *
 * @return SP_OK; SP_NOMEM; SP_INVALID (not UTF-8)
 */
SP_MUST_CHECK enum sp_status sp_need_revise(const struct sp_need_tools *tools,
                                            const struct sp_need *old,
                                            const Spoina__V1__Draft *draft, size_t lot_index,
                                            size_t requirement_index, struct sp_need *out,
                                            struct sp_error *err);

/** Find the word of @p need that has @p lemma; SIZE_MAX when none has. */
size_t sp_need_find_word(const struct sp_need *need, struct sp_view lemma);

/** Tell whether the token carries meaning: no stop word, number, address, unit. */
bool sp_is_content_token(const struct sp_token *token);

#endif
