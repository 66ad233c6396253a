/* SPDX-License-Identifier: EUPL-1.2 */
/** @file All parts of one need against one offer; see evaluate.h. */
#include "matcher/scoring/evaluate.h"

void sp_evaluate(const struct sp_vocabulary *vocabulary, const struct sp_need *need,
                 const struct sp_offer *offer, sp_day day, struct sp_evaluation *out)
{
    sp_score_text(need, offer, &out->text);
    out->cpv = sp_score_cpv(vocabulary->cpv, need, offer->offer);
    out->place = sp_score_place(need, offer->offer, offer->place);
    out->capacity = sp_score_capacity(vocabulary->units, need, offer->offer);
    out->evidence = sp_score_evidence(vocabulary, need, offer->entity, day);
    out->parts.part[SP_PART_TEXT] = (struct sp_part_score){out->text.permille, false};
    out->parts.part[SP_PART_CPV] = out->cpv.part;
    out->parts.part[SP_PART_PLACE] = out->place.part;
    out->parts.part[SP_PART_CAPACITY] = out->capacity.part;
    out->parts.part[SP_PART_EVIDENCE] = out->evidence.part;
}
