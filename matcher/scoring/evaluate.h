/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * All parts of one need against one offer.
 *
 * The only things looked at are the offer's texts, codes, area and capacity, and the entity's
 * place, references and confirmation. Legal form and statuses are not among them.
 */
#ifndef SP_SCORING_EVALUATE_H
#define SP_SCORING_EVALUATE_H

#include "matcher/scoring/need.h"
#include "matcher/scoring/offer.h"
#include "matcher/scoring/parts.h"
#include "matcher/scoring/score_capacity.h"
#include "matcher/scoring/score_cpv.h"
#include "matcher/scoring/score_evidence.h"
#include "matcher/scoring/score_place.h"
#include "matcher/scoring/score_text.h"

struct sp_evaluation {
    struct sp_parts parts;
    struct sp_text_score text;
    struct sp_cpv_score cpv;
    struct sp_place_score place;
    struct sp_capacity_score capacity;
    struct sp_evidence_score evidence;
};

/** Evaluate @p offer on @p day. A pure function. */
void sp_evaluate(const struct sp_vocabulary *vocabulary, const struct sp_need *need,
                 const struct sp_offer *offer, sp_day day, struct sp_evaluation *out);

#endif
