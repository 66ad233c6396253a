/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The words of the region: phrases.tsv, names.tsv and sentences.tsv. Private to tools/region.
 */
#ifndef SP_REGION_WORDS_H
#define SP_REGION_WORDS_H

#include "tools/region/region_tables.h"

/** Fill the texts of region->services (which must be there), the names and the sentences; check
 * that nothing is missing that the generator takes for granted. @return as of
 * sp_region_read_tables() */
SP_MUST_CHECK enum sp_status sp_region_read_words(struct sp_region *region, const char *directory,
                                                  struct sp_error *err);

#endif
