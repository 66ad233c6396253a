/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Weights, totals and bands; see parts.h. */
#include "matcher/scoring/parts.h"

enum sp_status sp_weights_read(const Spoina__V1__Weights *given, struct sp_weights *out,
                               struct sp_error *err)
{
    *out = (struct sp_weights){
        {SP_WEIGHT_TEXT, SP_WEIGHT_CPV, SP_WEIGHT_PLACE, SP_WEIGHT_CAPACITY, SP_WEIGHT_EVIDENCE}};
    if (given == NULL) {
        return SP_OK;
    }
    *out = (struct sp_weights){
        {given->text, given->cpv, given->place, given->capacity, given->evidence}};
    uint64_t sum = 0;
    for (size_t i = 0; i < SP_PART_COUNT; i++) {
        sum += out->of[i];
    }
    if (sum != SP_PERMILLE) {
        return SP_FAIL(err, SP_INVALID, "weights", "Wagi muszą dawać razem 1000, a dają %llu.",
                       "The weights must add up to 1000, not to %llu.", (unsigned long long)sum);
    }
    return SP_OK;
}

uint32_t sp_points(const struct sp_weights *weights, const struct sp_parts *parts,
                   enum sp_part part)
{
    return weights->of[part] * parts->part[part].permille / SP_PERMILLE;
}

uint32_t sp_total(const struct sp_weights *weights, const struct sp_parts *parts)
{
    uint32_t total = 0;
    for (int part = 0; part < SP_PART_COUNT; part++) {
        total += sp_points(weights, parts, (enum sp_part)part);
    }
    return total;
}

bool sp_is_relevant(const struct sp_parts *parts)
{
    const struct sp_part_score *cpv = &parts->part[SP_PART_CPV];
    return parts->part[SP_PART_TEXT].permille >= SP_TEXT_MIN_PERMILLE ||
           (!cpv->unknown && cpv->permille >= SP_CPV_MIN_PERMILLE);
}

Spoina__V1__Band sp_band(uint32_t total)
{
    return total >= SP_BAND_EXCELLENT_FROM ? SPOINA__V1__BAND__BAND_EXCELLENT
           : total >= SP_BAND_GOOD_FROM    ? SPOINA__V1__BAND__BAND_GOOD
           : total >= SP_BAND_PARTIAL_FROM ? SPOINA__V1__BAND__BAND_PARTIAL
                                           : SPOINA__V1__BAND__BAND_WEAK;
}
