/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The body of struct sp_needs, for the files of this folder that are parts of it.
 */
#ifndef SP_NEEDS_NEEDS_STORE_PRIV_H
#define SP_NEEDS_NEEDS_STORE_PRIV_H

#include "base/buffer.h"
#include "matcher/needs/needs_schema.h"
#include "matcher/needs/needs_store.h"
#include "matcher/needs/percolator.h"

enum sp_needs_statement {
    SP_NEEDS_FIND,
    SP_NEEDS_INSERT,
    SP_NEEDS_UPDATE,
    SP_NEEDS_READ_ANEW,
    SP_NEEDS_ASSESS,
    SP_NEEDS_DELETE,
    SP_NEEDS_ADD_KEY,
    SP_NEEDS_CLEAR_KEYS,
    SP_NEEDS_KEEP_CORRECTION,
    SP_NEEDS_TRIM_CORRECTIONS,
    SP_NEEDS_SAVE_SEARCH,
    SP_NEEDS_DELETE_SEARCH,
    SP_NEEDS_SEARCHES,
    SP_NEEDS_ARRIVE,
    SP_NEEDS_NEXT,
    SP_NEEDS_RECORDS,
    SP_NEEDS_STATEMENTS
};

struct sp_needs {
    int lock;
    sqlite3 *db;
    sqlite3_stmt *statements[SP_NEEDS_STATEMENTS];
    struct sp_percolator *percolator;
    struct sp_arena *scratch; /* of one call */
    struct sp_buffer record;  /* packed need of one call */
    struct sp_buffer draft;   /* packed draft of one call */
    bool in_group;
    enum sp_status spoiled; /* not SP_OK: a write of the open group failed */
};

/** Replace the keys of need @p number. */
SP_MUST_CHECK enum sp_status sp_needs_write_keys(struct sp_needs *store, int64_t number,
                                                 const struct sp_need_keys *keys,
                                                 struct sp_error *err);

/** Unpack what is stored; what cannot be is SP_CORRUPT. */
SP_MUST_CHECK enum sp_status sp_needs_unpack(const ProtobufCMessageDescriptor *type,
                                             struct sp_view packed, struct sp_arena *arena,
                                             ProtobufCMessage **out, struct sp_error *err);

/** Pack into @p buffer, emptied first. */
SP_MUST_CHECK enum sp_status sp_needs_pack(const ProtobufCMessage *message,
                                           struct sp_buffer *buffer, struct sp_error *err);

/** SP_PRECONDITION if no group is open; what spoiled it if it is spoiled. */
SP_MUST_CHECK enum sp_status sp_needs_check_group(const struct sp_needs *store,
                                                  struct sp_error *err);

/** SP_NOT_FOUND if the last statement changed nothing. */
SP_MUST_CHECK enum sp_status sp_needs_check_changed(struct sp_needs *store, const char *id,
                                                    struct sp_error *err);

#endif
