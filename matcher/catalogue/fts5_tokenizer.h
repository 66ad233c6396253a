/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The FTS5 tokenizer "spoina": index_terms.h behind SQLite's first tokenizer interface.
 *
 * Lemmas of one form are colocated tokens; offsets are those of the word as written, so that
 * FTS5's highlight() marks that word. Only matcher/catalogue includes this.
 */
#ifndef SP_CATALOGUE_FTS5_TOKENIZER_H
#define SP_CATALOGUE_FTS5_TOKENIZER_H

#include <sqlite3.h>

#include "base/status.h"

struct sp_language;

/**
 * Register the tokenizer on @p db, with an analyser of its own that lives as long as @p db.
 *
 * @param language  borrowed until @p db is closed
 * @return SP_OK; SP_UNSUPPORTED (SQLite was built without FTS5); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status
sp_fts5_tokenizer_register(sqlite3 *db, const struct sp_language *language, struct sp_error *err);

#endif
