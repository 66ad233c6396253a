/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One entry of the log applied to the tables and the full-text index. What a change does here
 * depends on the entry and the tables only, so that replaying the log makes the same tables.
 */
#ifndef SP_CATALOGUE_TABLES_H
#define SP_CATALOGUE_TABLES_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"
#include "base/view.h"
#include "spoina/v1/catalogue.pb-c.h"

enum sp_tables_statement {
    SP_TABLES_NUMBER_OF,
    SP_TABLES_PUT_ENTITY,
    SP_TABLES_DELETE_ENTITY,
    SP_TABLES_DOCUMENTS_OF,
    SP_TABLES_UNINDEX,
    SP_TABLES_REMEMBER_REMOVED,
    SP_TABLES_DELETE_DOCUMENTS,
    SP_TABLES_PUT_DOCUMENT,
    SP_TABLES_INDEX,
    SP_TABLES_SAVE_NUMBER,
    SP_TABLES_STATEMENTS
};

/** Last numbers given; never used twice. */
struct sp_numbers {
    int64_t entity;
    int64_t document;
};

struct sp_tables {
    sqlite3 *db; /* borrowed */
    sqlite3_stmt *statements[SP_TABLES_STATEMENTS];
    struct sp_numbers numbers;
    struct sp_buffer body; /* text of the document at hand */
};

SP_MUST_CHECK enum sp_status sp_tables_open(sqlite3 *db, struct sp_tables *tables,
                                            struct sp_error *err);
/** Zeroed storage is accepted. */
void sp_tables_close(struct sp_tables *tables);

/** Store the newest state of an entity. @param payload  @p entity, packed */
SP_MUST_CHECK enum sp_status sp_tables_put(struct sp_tables *tables, uint64_t seq,
                                           const Spoina__V1__Entity *entity, struct sp_view payload,
                                           struct sp_error *err);

/** Remove an entity. @return also SP_CORRUPT (it is not there) */
SP_MUST_CHECK enum sp_status sp_tables_delete(struct sp_tables *tables, uint64_t seq,
                                              const char *id, struct sp_error *err);

/** Store the last numbers given; before COMMIT. */
SP_MUST_CHECK enum sp_status sp_tables_save_numbers(struct sp_tables *tables, struct sp_error *err);

#endif
