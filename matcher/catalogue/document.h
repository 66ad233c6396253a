/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What of an entity is searched: from an Entity to its documents. Only matcher/catalogue includes
 * this; everyone else sees struct sp_document of reader.h.
 */
#ifndef SP_CATALOGUE_DOCUMENT_H
#define SP_CATALOGUE_DOCUMENT_H

#include <stdint.h>

#include "base/buffer.h"
#include "matcher/catalogue/reader.h"

/** Unit of @p entity with @p id; NULL when there is none or @p id is empty. */
const Spoina__V1__Unit *sp_entity_unit(const Spoina__V1__Entity *entity, const char *id);

/** Fill what follows from the entity: offer, place, point, unit kinds. Leaves id, seq, number and
 *  texts alone. @param offer_index  into the offers, or SP_OFFER_PROFILE */
void sp_document_describe(const Spoina__V1__Entity *entity, int32_t offer_index,
                          struct sp_document *document);

/** High half of a document's id: the first four digits of @p place's TERYT, see reader.h. */
uint32_t sp_place_powiat(const Spoina__V1__Place *place);

/** Text of the title column; borrowed from @p entity. */
struct sp_view sp_document_title(const Spoina__V1__Entity *entity, int32_t offer_index);

/** Append the text of the body column: the description, then a line each of other words. */
void sp_document_add_body(const Spoina__V1__Entity *entity, int32_t offer_index,
                          struct sp_buffer *body);

#endif
