/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Ids that the catalogue gives: the same record always gets the same id, in every catalogue.
 */
#ifndef SP_CATALOGUE_ENTITY_ID_H
#define SP_CATALOGUE_ENTITY_ID_H

#include "spoina/v1/catalogue.pb-c.h"

enum { SP_ENTITY_ID_MAX_BYTES = 64 };

/**
 * Make the id of an entity that has none: "nip-8133477478", else "krs-...", else "regon-...", else
 * "x-" and a hash of source and source_id, else (no source_id either) of source, name and town.
 */
void sp_entity_make_id(const Spoina__V1__Entity *entity, char id[SP_ENTITY_ID_MAX_BYTES + 1]);

/** Make the id of an offer ('o') or unit ('u') that has none, from its title: "o-" and a hash. */
void sp_part_make_id(char letter, const char *title, char id[SP_ENTITY_ID_MAX_BYTES + 1]);

#endif
