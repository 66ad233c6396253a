/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What backs an offer: work done before, and how lately somebody confirmed the record.
 *
 * The best reference for the same service (a close CPV code, or a service of the vocabulary in
 * common) gives up to 700, the confirmation of the record up to 300; each falls evenly to nothing
 * over two years. Without references and confirmation the part is unknown, and 0: it is small, and
 * an entity can mend it in a minute.
 */
#ifndef SP_SCORING_SCORE_EVIDENCE_H
#define SP_SCORING_SCORE_EVIDENCE_H

#include "base/date.h"
#include "matcher/scoring/need.h"
#include "matcher/scoring/parts.h"
#include "spoina/v1/catalogue.pb-c.h"

enum {
    SP_EVIDENCE_REFERENCE_PERMILLE = 700,
    SP_EVIDENCE_CONFIRMED_PERMILLE = 300,
    SP_EVIDENCE_DAYS = 730,
    SP_EVIDENCE_CLOSENESS_MIN = 800 /* of a reference's code: six digits in common */
};

struct sp_evidence_score {
    struct sp_part_score part;
    const Spoina__V1__Reference *reference; /* the best one; NULL: none for this service */
};

/** Score the evidence on @p day. A pure function. */
struct sp_evidence_score sp_score_evidence(const struct sp_vocabulary *vocabulary,
                                           const struct sp_need *need,
                                           const Spoina__V1__Entity *entity, sp_day day);

#endif
