/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The tables of needs.sqlite.
 *
 *     need        (number, id, kind, open_until, record, read, text, ...): newest state of each
 *     need_key    (key, number): need_keys.h
 *     correction  (number, day, draft): what corrections replaced
 *     standing    (number, id, record, query): standing searches
 *     arrival     (standing, need, day)
 *     meta        (name, value): numbers given out; fingerprint of the analyser of the keys
 *
 * Days are numbers (base/date.h). `read` is the draft as it was read while record holds a corrected
 * one. `PRAGMA user_version` is the version of the schema. Only this folder includes it.
 */
#ifndef SP_NEEDS_NEEDS_SCHEMA_H
#define SP_NEEDS_NEEDS_SCHEMA_H

#include "matcher/catalogue/database.h"

#define SP_NEEDS_FILE "needs.sqlite"
#define SP_NEEDS_LOCK "needs.lock"

/** Make the tables if the file is new. @return SP_OK; SP_UNSUPPORTED (the file is newer); SP_IO;
 * ...
 */
SP_MUST_CHECK enum sp_status sp_needs_schema_make(sqlite3 *db, struct sp_error *err);

/** @return SP_OK; SP_UNSUPPORTED (another version) */
SP_MUST_CHECK enum sp_status sp_needs_schema_check(sqlite3 *db, struct sp_error *err);

#endif
