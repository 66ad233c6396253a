/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One offer, or the profile of an entity, as a need looks at it.
 */
#ifndef SP_SCORING_OFFER_H
#define SP_SCORING_OFFER_H

#include "base/arena.h"
#include "base/status.h"
#include "matcher/language/language.h"
#include "matcher/vocabulary/vocabulary.h"
#include "spoina/v1/catalogue.pb-c.h"

enum { SP_OFFER_TITLE, SP_OFFER_DESCRIPTION, SP_OFFER_FIELDS };

struct sp_offer_field {
    struct sp_view text;
    struct sp_token_list tokens;
    struct sp_service_hit_list services;
};

struct sp_offer {
    const Spoina__V1__Entity *entity; /* borrowed */
    const Spoina__V1__Offer *offer;   /* borrowed; NULL: the entity's own name and description */
    size_t index;                     /* into entity->offers */
    const Spoina__V1__Place *place;   /* of the unit that performs it, else the seat; may be NULL */
    struct sp_offer_field fields[SP_OFFER_FIELDS];
};

/** Place of the unit that performs offer @p index, else of the entity; NULL: not known. */
const Spoina__V1__Place *sp_offer_place(const Spoina__V1__Entity *entity, int32_t index);

/**
 * Look at offer @p index of @p entity, or at its profile (SP_OFFER_PROFILE).
 *
 * @param arena  holds the tokens
 * @return SP_OK; SP_NOT_FOUND (there is no such offer); SP_INVALID (not UTF-8); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_offer_read(struct sp_analyser *analyser,
                                           const struct sp_services *services,
                                           const Spoina__V1__Entity *entity, int32_t index,
                                           struct sp_arena *arena, struct sp_offer *out,
                                           struct sp_error *err);

#endif
