/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * From the catalogue on disk to the index in memory.
 */
#ifndef SP_SEARCH_FROM_STORE_H
#define SP_SEARCH_FROM_STORE_H

#include "base/status.h"
#include "matcher/catalogue/reader.h"
#include "matcher/language/language.h"
#include "matcher/search/index.h"

/**
 * Make the snapshot of the newest version of the catalogue.
 *
 * With an @p old snapshot only what changed since is read and analysed, unless that is too much;
 * without, or then, the whole FTS5 index is read. If nothing changed, @p out is @p old with one
 * reference more.
 *
 * @param reader    no version held; none is held afterwards
 * @param analyser  of this thread
 * @param old       borrowed; may be NULL
 * @param out       owned by the caller, sp_index_unref()
 * @return SP_OK; SP_IO; SP_CORRUPT; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_index_from_store(struct sp_reader *reader,
                                                 struct sp_analyser *analyser, struct sp_index *old,
                                                 struct sp_index **out, struct sp_error *err);

#endif
