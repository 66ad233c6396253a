/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The effort of a lot; see effort.h. */
#include "matcher/assembly/effort.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "matcher/assembly/assembly.h"

static bool has_value(const Spoina__V1__Requirement *requirement)
{
    return requirement->_value_grosz_case == SPOINA__V1__REQUIREMENT___VALUE_GROSZ_VALUE_GROSZ &&
           requirement->value_grosz > 0;
}

static bool has_weight(const Spoina__V1__Requirement *requirement)
{
    return requirement->_weight_case == SPOINA__V1__REQUIREMENT___WEIGHT_WEIGHT &&
           requirement->weight > 0;
}

/** What each requirement weighs in the split. */
static Spoina__V1__EffortBasis weigh(const Spoina__V1__Lot *lot, int64_t *weights)
{
    size_t valued = 0;
    size_t weighted = 0;
    int64_t sum = 0;
    for (size_t j = 0; j < lot->n_requirements; j++) {
        const Spoina__V1__Requirement *requirement = lot->requirements[j];
        valued += has_value(requirement);
        weighted += has_weight(requirement);
        sum += has_weight(requirement) ? requirement->weight : 0;
    }
    bool by_value = valued == lot->n_requirements;
    int64_t mean = weighted == 0 ? 1 : sum / (int64_t)weighted;
    for (size_t j = 0; j < lot->n_requirements; j++) {
        const Spoina__V1__Requirement *requirement = lot->requirements[j];
        weights[j] = by_value                  ? requirement->value_grosz
                     : has_weight(requirement) ? requirement->weight
                                               : mean;
    }
    return by_value       ? SPOINA__V1__EFFORT_BASIS__EFFORT_BASIS_VALUE
           : weighted > 0 ? SPOINA__V1__EFFORT_BASIS__EFFORT_BASIS_WEIGHT
                          : SPOINA__V1__EFFORT_BASIS__EFFORT_BASIS_EVEN;
}

/** Halve all until weight x effort fits; what little is lost is far below a unit. */
static int64_t bound(int64_t *weights, size_t count)
{
    const int64_t most = INT64_MAX / SP_LOT_EFFORT / SP_MAX_REQUIREMENTS;
    int64_t highest = 0;
    for (size_t j = 0; j < count; j++) {
        highest = weights[j] > highest ? weights[j] : highest;
    }
    int shift = 0;
    while (highest >> shift > most) {
        shift++;
    }
    int64_t sum = 0;
    for (size_t j = 0; j < count; j++) {
        weights[j] >>= shift;
        sum += weights[j];
    }
    return sum;
}

Spoina__V1__EffortBasis sp_effort_split(const Spoina__V1__Lot *lot, int32_t *demand)
{
    int64_t weights[SP_MAX_REQUIREMENTS];
    int64_t remainders[SP_MAX_REQUIREMENTS];
    size_t count = lot->n_requirements;
    SP_ASSERT(count >= 1 && count <= SP_MAX_REQUIREMENTS);
    Spoina__V1__EffortBasis basis = weigh(lot, weights);
    int64_t sum = bound(weights, count);
    int64_t shared = SP_LOT_EFFORT - (int64_t)count; /* one unit each is given */
    int64_t left = shared;
    for (size_t j = 0; j < count; j++) {
        int64_t units = shared * weights[j] / sum;
        remainders[j] = shared * weights[j] % sum;
        demand[j] = (int32_t)(units + 1);
        left -= units;
    }
    for (; left > 0; left--) {
        size_t best = 0;
        for (size_t j = 1; j < count; j++) {
            best = remainders[j] > remainders[best] ? j : best;
        }
        demand[best]++;
        remainders[best] = -1;
    }
    return basis;
}
