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
#include "matcher/vocabulary/services.h"

/** What a snapshot is made from; all borrowed for the call. */
struct sp_index_source {
    struct sp_reader *reader;           /* no version held; none is held afterwards */
    struct sp_analyser *analyser;       /* of this thread */
    const struct sp_services *services; /* of the vocabulary that scoring uses */
};

/**
 * Make the snapshot of the newest version of the catalogue.
 *
 * With an @p old snapshot only what changed since is read and analysed, unless that is too much;
 * without, or then, the whole FTS5 index is read, and the texts for the services they name. If
 * nothing changed, @p out is @p old with one reference more.
 *
 * @param old  borrowed; may be NULL; made with the same services
 * @param out  owned by the caller, sp_index_unref()
 * @return SP_OK; SP_IO; SP_CORRUPT; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_index_from_store(const struct sp_index_source *source,
                                                 struct sp_index *old, struct sp_index **out,
                                                 struct sp_error *err);

#endif
