/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The stored needs that answer a question, through the table of keys: for each group the union of
 * its patterns, and of these the intersection. Only this folder includes it.
 */
#ifndef SP_NEEDS_NEEDS_FIND_H
#define SP_NEEDS_NEEDS_FIND_H

#include "matcher/needs/need_query.h"
#include "matcher/needs/needs_schema.h"

/** Statements of one connection. Zeroed storage may be released. */
struct sp_needs_finder {
    sqlite3_stmt *exact;
    sqlite3_stmt *prefix;
    sqlite3_stmt *last;
};

SP_MUST_CHECK enum sp_status sp_needs_finder_init(struct sp_needs_finder *finder, sqlite3 *db,
                                                  struct sp_error *err);
void sp_needs_finder_release(struct sp_needs_finder *finder);

/** Numbers of needs; in an arena. */
struct sp_need_set {
    unsigned char *bits;
    int64_t limit; /* numbers below it */
};

/** Find the needs that answer @p query; its open_on is not looked at. */
SP_MUST_CHECK enum sp_status sp_needs_find(struct sp_needs_finder *finder,
                                           const struct sp_need_query *query,
                                           struct sp_arena *arena, struct sp_need_set *out,
                                           struct sp_error *err);

bool sp_need_set_has(const struct sp_need_set *set, int64_t number);

#endif
