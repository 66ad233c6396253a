/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * SQLite as this folder uses it: two ways to open a file, statements, and the border where SQLite's
 * codes become ours. For this folder and for matcher/needs, which keeps a file of its own.
 */
#ifndef SP_CATALOGUE_DATABASE_H
#define SP_CATALOGUE_DATABASE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/view.h"

#define SP_CATALOGUE_FILE "catalogue.sqlite"
#define SP_CATALOGUE_LOCK "catalogue.lock"

/** Turn SQLite's last failure on @p db (may be NULL) into a status; @p code is what it returned. */
enum sp_status sp_db_fail(sqlite3 *db, int code, struct sp_error *err);

/** Open @p path as the one writer: WAL, synchronous=FULL, defensive. @p out is set on SP_OK only.
 */
SP_MUST_CHECK enum sp_status sp_db_open_writer(const char *path, sqlite3 **out,
                                               struct sp_error *err);

/** Open @p path as a reader that neither writes nor checkpoints. */
SP_MUST_CHECK enum sp_status sp_db_open_reader(const char *path, sqlite3 **out,
                                               struct sp_error *err);

/**
 * Copy what @p from sees, committed, into the file @p path, and make that durable: one file, without
 * a WAL. What @p path held is replaced. Others may write to @p from's file meanwhile.
 *
 * @return SP_OK; SP_FULL; SP_IO; SP_NOMEM; then @p path holds nothing of use
 */
SP_MUST_CHECK enum sp_status sp_db_copy(sqlite3 *from, const char *path, struct sp_error *err);

/** Run statements that give no rows. */
SP_MUST_CHECK enum sp_status sp_db_run(sqlite3 *db, const char *sql, struct sp_error *err);

/** Prepare a statement that is used for long. */
SP_MUST_CHECK enum sp_status sp_db_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out,
                                           struct sp_error *err);

/** Take one step. @param row  true if there is a row; else the statement is reset, also on failure
 */
SP_MUST_CHECK enum sp_status sp_db_step(sqlite3_stmt *statement, bool *row, struct sp_error *err);

/** Run a statement that gives no rows, then reset it and its bindings. */
SP_MUST_CHECK enum sp_status sp_db_finish(sqlite3_stmt *statement, struct sp_error *err);

/** First column of the first row of @p sql as a number. @return also SP_NOT_FOUND (no row) */
SP_MUST_CHECK enum sp_status sp_db_number(sqlite3 *db, const char *sql, int64_t *out,
                                          struct sp_error *err);

/** Bind bytes that stay valid until the statement is reset. Binding fails only when out of memory
 *  or on a wrong index, and then the next step says so; so there is no result to check. */
void sp_db_bind_text(sqlite3_stmt *statement, int index, struct sp_view text);
void sp_db_bind_blob(sqlite3_stmt *statement, int index, struct sp_view bytes);
/** NULL when @p text is empty: for columns that are unique if they are known. */
void sp_db_bind_known(sqlite3_stmt *statement, int index, const char *text);

/** Bytes of a column, valid until the next step or reset. */
struct sp_view sp_db_view(sqlite3_stmt *statement, int column);

#endif
