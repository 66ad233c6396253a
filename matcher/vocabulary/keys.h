/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Text keys to numbers, several numbers a key: collected first, then sealed and only looked up.
 */
#ifndef SP_VOCABULARY_KEYS_H
#define SP_VOCABULARY_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/view.h"

struct sp_key {
    uint64_t hash;
    struct sp_view text; /* borrowed; must outlive the keys */
    uint32_t value;
};

struct sp_keys {
    struct sp_key *items; /* owned; once sealed by hash, text, value, without doubles */
    size_t count;
    size_t capacity;
    enum sp_status status; /* sticky: SP_OK or SP_NOMEM */
};

/** Free the contents; zeroed storage is accepted and is also an empty, unsealed set. */
void sp_keys_release(struct sp_keys *keys);

/** Add one pair. After a failure further calls do nothing; sp_keys_seal() tells. */
void sp_keys_add(struct sp_keys *keys, struct sp_view text, uint32_t value);

/** End the collecting: sort and drop doubles. @return SP_OK; SP_NOMEM (an addition failed) */
SP_MUST_CHECK enum sp_status sp_keys_seal(struct sp_keys *keys);

/** Find all values of @p text in rising order: the first of @p count neighbours, NULL for none. */
const struct sp_key *sp_keys_find(const struct sp_keys *keys, struct sp_view text, size_t *count);

#endif
