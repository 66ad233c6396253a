/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Matching the other way round: the open needs that fit an entity, alone or as the member that a
 * team lacks.
 *
 *     all open needs --screen--> those with something in common --match exactly--> the fitting ones
 *
 * The screen compares keys only (need_keys.h): a service that both name, or how close the codes
 * are; and a place that some offer serves. The best of it are matched as any consortium is that
 * must hold the entity (sp_complete_consortium()), so what is shown is what the buyer would see. Of
 * a need of many lots those with the closest codes are looked at.
 */
#ifndef SP_NEEDS_FIND_NEEDS_H
#define SP_NEEDS_FIND_NEEDS_H

#include "matcher/needs/needs_reader.h"
#include "matcher/proposal/matching.h"

enum {
    SP_FIND_NEEDS_DEFAULT = 5,
    SP_FIND_NEEDS_MAX = 20,
    SP_FIND_EXAMINED_PER_SHOWN = 3, /* matched exactly, for each that is to be shown */
    SP_FIND_LOTS_MAX = 3            /* of one need */
};

/** All borrowed for the call. */
struct sp_finding_needs {
    struct sp_matching matching; /* stop: asked with a turn for each need examined */
    struct sp_needs_reader *needs;
};

/** Find. @return SP_OK (also when nothing fits); SP_NOT_FOUND (no such entity); SP_INVALID (limit,
 *  date; the entity offers nothing that could be looked for); SP_CANCELLED; SP_CORRUPT, SP_IO;
 *  SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_find_needs(const struct sp_finding_needs *finding,
                                           const Spoina__V1__FindNeedsRequest *request,
                                           Spoina__V1__FindNeedsResponse **out,
                                           struct sp_error *err);

#endif
