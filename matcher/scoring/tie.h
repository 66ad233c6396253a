/* SPDX-License-Identifier: EUPL-1.2 */
/** @file An order among equals that favours nobody: never by name, id or age. */
#ifndef SP_SCORING_TIE_H
#define SP_SCORING_TIE_H

#include <stdint.h>

/** Mix need, catalogue version and offer into a key: it differs from need to need, so that over
 *  many needs each of two equals comes first about as often. */
uint64_t sp_tie_key(uint64_t need_hash, uint64_t catalogue_version, uint64_t offer_key);

#endif
