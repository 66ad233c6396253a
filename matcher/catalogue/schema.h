/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The tables, as an ordered list of migrations.
 *
 *     change_log        (seq, kind, entity_id, payload, who, at_unix_ms): the truth, append only
 *     entity            (number, id, nip, krs, regon, seq, payload): newest state of each entity
 *     document          (id, entity_number, offer_index, seq, title, body): what is searched;
 *                       id = powiat << 32 | number, so that one powiat is one range of rowids
 *     document_removed  (seq, id): what went away, for indexes kept in memory; what none of them
 *                       needs is dropped (counter 'forgotten': up to which seq)
 *     document_text     FTS5 over title and body (external content: document), tokenizer "spoina"
 *     document_term, document_instance    fts5vocab views of it, by row and by instance
 *     counter           (name, value): last numbers given to entities and documents; and the
 *                       fingerprint of the analyser that wrote the index
 *
 * `PRAGMA user_version` is the number of migrations applied. Only matcher/catalogue includes this.
 */
#ifndef SP_CATALOGUE_SCHEMA_H
#define SP_CATALOGUE_SCHEMA_H

#include <sqlite3.h>

#include "base/status.h"

enum sp_log_kind { SP_LOG_PUT = 1, SP_LOG_DELETE = 2 }; /* stored: append only */

/** Version of the schema that this program reads and writes. */
int sp_schema_version(void);

/** Read the version of the file's schema; 0: it has no tables yet. @return also SP_UNSUPPORTED (the
 *  file is newer than the program) */
SP_MUST_CHECK enum sp_status sp_schema_read(sqlite3 *db, int *out, struct sp_error *err);

/**
 * Apply the migrations that are missing, each in a transaction of its own.
 *
 * @return SP_OK; SP_UNSUPPORTED (the file is newer than the program); SP_IO; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_schema_migrate(sqlite3 *db, struct sp_error *err);

/** Empty every table but the log. */
SP_MUST_CHECK enum sp_status sp_schema_clear(sqlite3 *db, struct sp_error *err);

#endif
