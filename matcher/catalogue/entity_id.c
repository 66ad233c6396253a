/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/entity_id.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>

/* FNV-1a, 64 bits (draft-eastlake-fnv): two of a million records share a hash with p < 3e-8. */
static const uint64_t FNV_BASIS = UINT64_C(0xcbf29ce484222325);
static const uint64_t FNV_PRIME = UINT64_C(0x100000001b3);

/** Mix in @p text and its final NUL, so that ("ab", "c") differs from ("a", "bc"). */
static uint64_t mix(uint64_t hash, const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    do {
        hash = (hash ^ *at) * FNV_PRIME;
    } while (*at++ != '\0');
    return hash;
}

void sp_entity_make_id(const Spoina__V1__Entity *entity, char id[SP_ENTITY_ID_MAX_BYTES + 1])
{
    const size_t size = SP_ENTITY_ID_MAX_BYTES + 1;
    if (entity->nip[0] != '\0') {
        (void)snprintf(id, size, "nip-%s", entity->nip);
    } else if (entity->krs[0] != '\0') {
        (void)snprintf(id, size, "krs-%s", entity->krs);
    } else if (entity->regon[0] != '\0') {
        (void)snprintf(id, size, "regon-%s", entity->regon);
    } else {
        const Spoina__V1__Provenance *origin = entity->provenance;
        uint64_t hash = mix(FNV_BASIS, origin == NULL ? "" : origin->source);
        if (origin != NULL && origin->source_id[0] != '\0') {
            hash = mix(hash, origin->source_id);
        } else {
            hash = mix(hash, "");
            hash = mix(hash, entity->name);
            hash = mix(hash, entity->seat == NULL ? "" : entity->seat->name);
        }
        (void)snprintf(id, size, "x-%016" PRIx64, hash);
    }
}

void sp_part_make_id(char letter, const char *title, char id[SP_ENTITY_ID_MAX_BYTES + 1])
{
    (void)snprintf(id, SP_ENTITY_ID_MAX_BYTES + 1, "%c-%016" PRIx64, letter, mix(FNV_BASIS, title));
}
