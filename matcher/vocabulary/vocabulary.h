/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * All that is known beforehand: codes, places, units and services, opened together once a process.
 */
#ifndef SP_VOCABULARY_VOCABULARY_H
#define SP_VOCABULARY_VOCABULARY_H

#include "base/status.h"
#include "matcher/language/language.h"
#include "matcher/vocabulary/cpv.h"
#include "matcher/vocabulary/gazetteer.h"
#include "matcher/vocabulary/services.h"
#include "matcher/vocabulary/territory.h"
#include "matcher/vocabulary/units.h"

/** Parts, each usable alone; all read-only and shared by all threads after opening. */
struct sp_vocabulary {
    struct sp_cpv_tree *cpv;
    struct sp_territory *territory;
    struct sp_gazetteer *gazetteer;
    struct sp_units *units;
    struct sp_services *services;
};

/**
 * Open the tables under @p share_dir/vocabulary.
 *
 * @param analyser  turns names and phrases into lemmas; used during the call only
 * @param out       owned by the caller, sp_vocabulary_free()
 * @return SP_OK; SP_NOT_FOUND (a table is missing); SP_IO; SP_CORRUPT (names file and line);
 * SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_vocabulary_open(const char *share_dir, struct sp_analyser *analyser,
                                                struct sp_vocabulary **out, struct sp_error *err);

/** Free all parts; NULL is accepted. */
void sp_vocabulary_free(struct sp_vocabulary *vocabulary);

#endif
