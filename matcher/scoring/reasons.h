/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * An evaluation as reasons that a person reads: for each part its points, what met what, and a
 * sentence. Nouns after a number have the form that the number asks for (sp_unit_counted()).
 */
#ifndef SP_SCORING_REASONS_H
#define SP_SCORING_REASONS_H

#include "base/arena.h"
#include "base/locale.h"
#include "base/status.h"
#include "matcher/scoring/evaluate.h"
#include "spoina/v1/match.pb-c.h"

enum { SP_REASON_WORDS_MAX = 8 }; /* pairs shown, the weightiest first */

struct sp_reasoning {
    const struct sp_vocabulary *vocabulary;
    const struct sp_weights *weights;
    const struct sp_need *need;
    const struct sp_offer *offer;
    const struct sp_evaluation *evaluation;
    enum sp_locale locale;
    struct sp_arena *arena; /* holds the reasons */
};

/** Write one reason for each part, in the order of enum sp_part, into @p fit.
 *  @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_reasons_write(const struct sp_reasoning *reasoning,
                                              Spoina__V1__RequirementFit *fit,
                                              struct sp_error *err);

#endif
