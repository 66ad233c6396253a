/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/needs/needs_find.h"

#include <limits.h>

enum { KEY_BYTES = SP_NEED_KEY_MAX_BYTES + 2 };

void sp_needs_finder_release(struct sp_needs_finder *finder)
{
    (void)sqlite3_finalize(finder->exact);
    (void)sqlite3_finalize(finder->prefix);
    (void)sqlite3_finalize(finder->last);
    *finder = (struct sp_needs_finder){.exact = NULL};
}

enum sp_status sp_needs_finder_init(struct sp_needs_finder *finder, sqlite3 *db,
                                    struct sp_error *err)
{
    *finder = (struct sp_needs_finder){.exact = NULL};
    enum sp_status status =
        sp_db_prepare(db, "SELECT number FROM need_key WHERE key = ?1", &finder->exact, err);
    if (status == SP_OK) {
        status = sp_db_prepare(db, "SELECT number FROM need_key WHERE key >= ?1 AND key < ?2",
                               &finder->prefix, err);
    }
    if (status == SP_OK) {
        status = sp_db_prepare(db, "SELECT ifnull(max(number), 0) FROM need", &finder->last, err);
    }
    return status;
}

bool sp_need_set_has(const struct sp_need_set *set, int64_t number)
{
    return number >= 0 && number < set->limit &&
           (set->bits[number / CHAR_BIT] >> (number % CHAR_BIT) & 1) != 0;
}

static void set_add(struct sp_need_set *set, int64_t number)
{
    if (number >= 0 && number < set->limit) {
        set->bits[number / CHAR_BIT] |= (unsigned char)(1U << (number % CHAR_BIT));
    }
}

static size_t set_bytes(const struct sp_need_set *set)
{
    return (size_t)set->limit / CHAR_BIT + 1;
}

/** Add the needs with a key of @p pattern. */
static enum sp_status add_pattern(struct sp_needs_finder *finder,
                                  const struct sp_key_pattern *pattern, struct sp_need_set *set,
                                  struct sp_error *err)
{
    sqlite3_stmt *statement = pattern->is_prefix ? finder->prefix : finder->exact;
    char end[KEY_BYTES];
    enum sp_status status = SP_OK;
    bool row = true;
    sp_db_bind_text(statement, 1, pattern->key);
    if (pattern->is_prefix) { /* of digits: ':' is the character behind '9' */
        memcpy(end, pattern->key.data, pattern->key.length);
        end[pattern->key.length] = ':';
        sp_db_bind_text(statement, 2, sp_view_from(end, pattern->key.length + 1));
    }
    while (status == SP_OK && row) {
        status = sp_db_step(statement, &row, err);
        if (status == SP_OK && row) {
            set_add(set, sqlite3_column_int64(statement, 0));
        }
    }
    (void)sqlite3_reset(statement);
    (void)sqlite3_clear_bindings(statement);
    return status;
}

static enum sp_status last_number(struct sp_needs_finder *finder, int64_t *out,
                                  struct sp_error *err)
{
    bool row = false;
    enum sp_status status = sp_db_step(finder->last, &row, err);
    if (status == SP_OK && row) {
        *out = sqlite3_column_int64(finder->last, 0);
    }
    (void)sqlite3_reset(finder->last);
    return status;
}

enum sp_status sp_needs_find(struct sp_needs_finder *finder, const struct sp_need_query *query,
                             struct sp_arena *arena, struct sp_need_set *out, struct sp_error *err)
{
    struct sp_need_set group;
    int64_t last = 0;
    enum sp_status status = last_number(finder, &last, err);
    if (status != SP_OK) {
        return status;
    }
    *out = group = (struct sp_need_set){.limit = last + 1};
    out->bits = sp_arena_calloc(arena, set_bytes(out), 1);
    group.bits = sp_arena_calloc(arena, set_bytes(out), 1);
    if (out->bits == NULL || group.bits == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    memset(out->bits, UCHAR_MAX, set_bytes(out));
    for (size_t i = 0; status == SP_OK && i < query->count; i++) {
        memset(group.bits, 0, set_bytes(out));
        for (size_t k = 0; status == SP_OK && k < query->groups[i].count; k++) {
            status = add_pattern(finder, &query->groups[i].patterns[k], &group, err);
        }
        for (size_t byte = 0; byte < set_bytes(out); byte++) {
            out->bits[byte] &= group.bits[byte];
        }
    }
    return status;
}
