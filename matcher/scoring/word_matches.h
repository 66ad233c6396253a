/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The words that met, on both sides, with their spans. Only this folder includes it. */
#ifndef SP_SCORING_WORD_MATCHES_H
#define SP_SCORING_WORD_MATCHES_H

#include "matcher/scoring/reasons.h"

/**
 * Fill words and sentence of a text reason: the service that joins both sides first, then words in
 * common, the weightiest first, at most SP_REASON_WORDS_MAX pairs.
 *
 * @return SP_OK; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_word_matches_write(const struct sp_reasoning *reasoning,
                                                   Spoina__V1__Reason *reason);

#endif
