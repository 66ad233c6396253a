/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Things named by number and generation: a number that outlived its thing finds nothing, where a
 * pointer would find rubbish. Work that was handed away names its session so.
 *
 * Thread: one (the loop).
 */
#ifndef SP_WORK_SESSIONS_H
#define SP_WORK_SESSIONS_H

#include <stdint.h>

#include "base/status.h"

struct sp_session_slot {
    void *thing;         /* borrowed; NULL if free */
    uint32_t generation; /* counts the uses of the slot; never 0 */
    uint32_t next_free;
};

/** Zeroed storage is empty. */
struct sp_sessions {
    struct sp_session_slot *slots;
    uint32_t capacity;
    uint32_t first_free;
    uint32_t count;
};

void sp_sessions_release(struct sp_sessions *sessions);

/** Name @p thing (not NULL). @return SP_OK with @p id, never 0; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_sessions_add(struct sp_sessions *sessions, void *thing,
                                             uint64_t *id);

/** The thing named @p id, or NULL if it was removed. */
void *sp_sessions_find(const struct sp_sessions *sessions, uint64_t id);

/** Forget @p id and return its thing; NULL if it was removed before. */
void *sp_sessions_remove(struct sp_sessions *sessions, uint64_t id);

#endif
