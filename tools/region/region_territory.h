/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * powiats.tsv joined with the project's territory table: where the entities sit. Private to
 * tools/region.
 */
#ifndef SP_REGION_TERRITORY_H
#define SP_REGION_TERRITORY_H

#include "tools/region/region_tables.h"

/** Weight of a gmina among those of its powiat, above 0. */
int64_t sp_region_gmina_weight(const struct sp_place *gmina);

/** Fill region->powiats. @return as of sp_region_read_tables(); SP_CORRUPT also if the territory
 *  table does not know a powiat or has no gmina in it */
SP_MUST_CHECK enum sp_status sp_region_read_powiats(struct sp_region *region, const char *directory,
                                                    struct sp_error *err);

#endif
