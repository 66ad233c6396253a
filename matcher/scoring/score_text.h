/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * How much the words of an offer speak of a need.
 *
 * Two signs, the stronger wins:
 *
 *   words     the weight (rarity x field) of the need's words that the offer has, in the title in
 *             full, in the description for 4/5, relative to the weight of the need's
 *             SP_NEED_FULL_WORDS weightiest words; at most 1000
 *   service   both sides name the same service of the vocabulary, in whatever words: 700, less in
 *             a description or for one part of an umbrella service; and 3/10 of the words
 *
 * A stop word meets nothing, as in the search index. The name of an entity is words only: "Zielona
 * Przystań" is no offer of a green space.
 *
 * When the need names services and the offer none of them, words in common are likely accidents
 * ("przewóz osób z niepełnosprawnościami", "wsparcie osób z niepełnosprawnościami"): at most
 * SP_TEXT_OTHER_SERVICE_PERMILLE.
 */
#ifndef SP_SCORING_SCORE_TEXT_H
#define SP_SCORING_SCORE_TEXT_H

#include "matcher/scoring/need.h"
#include "matcher/scoring/offer.h"

enum {
    SP_TEXT_SERVICE_PERMILLE = 700,
    SP_TEXT_WORDS_PERMILLE = 300,
    SP_TEXT_DESCRIPTION_PERMILLE = 800, /* a word of the offer's description */
    SP_TEXT_PART_PERMILLE = 700,        /* a part of the umbrella service that is needed */
    SP_TEXT_OTHER_SERVICE_PERMILLE = 400
};

/** Where the offer has a word of the need. */
struct sp_word_meeting {
    const struct sp_token *token; /* NULL: nowhere */
    size_t field;                 /* of the offer */
};

struct sp_service_meeting {
    const struct sp_need_service *need;   /* NULL: no service in common */
    const struct sp_service_hit *offered; /* NULL: declared by the offer, not named in its text */
    size_t field;                         /* of the offer, with offered */
    uint32_t permille;                    /* 0..1000 */
};

struct sp_text_score {
    uint32_t permille;
    struct sp_word_meeting words[SP_NEED_WORDS_MAX]; /* by index of the need's word */
    struct sp_service_meeting service;               /* the best one */
};

/** Share of the need's weight that words of the weight @p met have, in permille.
 *  @param met  sum of weight x share of the field in permille */
uint32_t sp_text_words_permille(const struct sp_need *need, uint64_t met);

/** How well the service @p offered answers @p needed: fully, as a part of it or a whole around it,
 *  or not (0). In permille. */
uint32_t sp_text_service_fit(const struct sp_service *needed, const struct sp_service *offered);

/** Join the two signs. @param service  the best service in common, in permille; 0: none */
uint32_t sp_text_join(const struct sp_need *need, uint32_t words, uint32_t service);

/** Score the words of @p offer. A pure function. */
void sp_score_text(const struct sp_need *need, const struct sp_offer *offer,
                   struct sp_text_score *out);

#endif
