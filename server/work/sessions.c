/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/work/sessions.h"

#include "base/memory.h"

enum { FIRST_CAPACITY = 64 };

void sp_sessions_release(struct sp_sessions *sessions)
{
    sp_free(sessions->slots);
    *sessions = (struct sp_sessions){0};
}

static enum sp_status grow(struct sp_sessions *sessions)
{
    uint32_t capacity = sessions->capacity == 0 ? FIRST_CAPACITY : sessions->capacity * 2;
    struct sp_session_slot *slots = sp_realloc(sessions->slots, capacity, sizeof *slots);
    if (slots == NULL) {
        return SP_NOMEM;
    }
    for (uint32_t i = sessions->capacity; i < capacity; i++) {
        slots[i] = (struct sp_session_slot){.generation = 1, .next_free = i + 1};
    }
    sessions->first_free = sessions->capacity; /* all older slots are in use */
    sessions->slots = slots;
    sessions->capacity = capacity;
    return SP_OK;
}

enum sp_status sp_sessions_add(struct sp_sessions *sessions, void *thing, uint64_t *id)
{
    if (sessions->count == sessions->capacity && grow(sessions) != SP_OK) {
        return SP_NOMEM;
    }
    uint32_t index = sessions->first_free;
    struct sp_session_slot *slot = &sessions->slots[index];
    sessions->first_free = slot->next_free;
    sessions->count++;
    slot->thing = thing;
    *id = (uint64_t)slot->generation << 32 | index;
    return SP_OK;
}

static struct sp_session_slot *slot_of(const struct sp_sessions *sessions, uint64_t id)
{
    uint32_t index = (uint32_t)id;
    if (index >= sessions->capacity || sessions->slots[index].generation != id >> 32) {
        return NULL;
    }
    return &sessions->slots[index];
}

void *sp_sessions_find(const struct sp_sessions *sessions, uint64_t id)
{
    const struct sp_session_slot *slot = slot_of(sessions, id);
    return slot == NULL ? NULL : slot->thing;
}

void *sp_sessions_remove(struct sp_sessions *sessions, uint64_t id)
{
    struct sp_session_slot *slot = slot_of(sessions, id);
    if (slot == NULL || slot->thing == NULL) {
        return NULL;
    }
    void *thing = slot->thing;
    slot->thing = NULL;
    slot->generation = slot->generation == UINT32_MAX ? 1 : slot->generation + 1;
    slot->next_free = sessions->first_free;
    sessions->first_free = (uint32_t)id;
    sessions->count--;
    return thing;
}
