/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/advice/draft_change.h"

#include <stdio.h>
#include <string.h>

/* A new array of own copies of @p count messages of @p size. */
static void *copy_messages(void *const *from, size_t count, size_t size, struct sp_arena *arena)
{
    void **pointers = sp_arena_calloc(arena, count + 1, sizeof *pointers);
    char *items = sp_arena_calloc(arena, count + 1, size);
    if (pointers == NULL || items == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        pointers[i] = memcpy(items + i * size, from[i], size);
    }
    return pointers;
}

Spoina__V1__Draft *sp_draft_with_own_lot(const Spoina__V1__Draft *draft, size_t index,
                                         struct sp_arena *arena, Spoina__V1__Lot **lot)
{
    Spoina__V1__Draft *copy = sp_arena_alloc(arena, sizeof *copy);
    Spoina__V1__Lot **lots = sp_arena_calloc(arena, draft->n_lots, sizeof *lots);
    Spoina__V1__Lot *own = sp_arena_alloc(arena, sizeof *own);
    if (copy == NULL || lots == NULL || own == NULL) {
        return NULL;
    }
    *copy = *draft;
    *own = *draft->lots[index];
    memcpy(lots, draft->lots, draft->n_lots * sizeof *lots);
    lots[index] = own;
    copy->lots = lots;
    own->requirements = copy_messages((void *const *)own->requirements, own->n_requirements,
                                      sizeof(Spoina__V1__Requirement), arena);
    own->conditions = copy_messages((void *const *)own->conditions, own->n_conditions,
                                    sizeof(Spoina__V1__Condition), arena);
    own->clauses = copy_messages((void *const *)own->clauses, own->n_clauses,
                                 sizeof(Spoina__V1__Clause), arena);
    if (own->requirements == NULL || own->conditions == NULL || own->clauses == NULL) {
        return NULL;
    }
    *lot = own;
    return copy;
}

void sp_lot_drop_clauses(Spoina__V1__Lot *lot, unsigned kinds)
{
    size_t kept = 0;
    for (size_t i = 0; i < lot->n_clauses; i++) {
        if ((kinds & SP_CLAUSE_BIT(lot->clauses[i]->kind)) == 0) {
            lot->clauses[kept++] = lot->clauses[i];
        }
    }
    lot->n_clauses = kept;
}

static bool has_clause(const Spoina__V1__Lot *lot, const char *id)
{
    for (size_t i = 0; i < lot->n_clauses; i++) {
        if (strcmp(lot->clauses[i]->id, id) == 0) {
            return true;
        }
    }
    return false;
}

Spoina__V1__Clause *sp_lot_add_clause(Spoina__V1__Lot *lot, Spoina__V1__ClauseKind kind,
                                      struct sp_arena *arena)
{
    char id[24];
    unsigned number = (unsigned)lot->n_clauses;
    do {
        (void)snprintf(id, sizeof id, "k%u", ++number);
    } while (has_clause(lot, id));
    Spoina__V1__Clause **clauses = sp_arena_calloc(arena, lot->n_clauses + 1, sizeof *clauses);
    Spoina__V1__Clause *clause = sp_arena_alloc(arena, sizeof *clause);
    char *own_id = sp_arena_strdup(arena, id);
    if (clauses == NULL || clause == NULL || own_id == NULL) {
        return NULL;
    }
    memcpy(clauses, lot->clauses, lot->n_clauses * sizeof *clauses);
    spoina__v1__clause__init(clause);
    clause->id = own_id;
    clause->kind = kind;
    clauses[lot->n_clauses++] = clause;
    lot->clauses = clauses;
    return clause;
}

static bool is_kept(const Spoina__V1__Lot *lot, const char *id)
{
    for (size_t i = 0; i < lot->n_requirements; i++) {
        if (strcmp(lot->requirements[i]->id, id) == 0) {
            return true;
        }
    }
    return false;
}

/* Shorten a list of requirement ids to those the lot still has. False: out of memory.
 * @param gone  named some, and none is left */
static bool keep_ids(const Spoina__V1__Lot *lot, char ***ids, size_t *count, bool *gone,
                     struct sp_arena *arena)
{
    char **kept = sp_arena_calloc(arena, *count + 1, sizeof *kept);
    size_t kept_count = 0;
    if (kept == NULL) {
        return false;
    }
    for (size_t i = 0; i < *count; i++) {
        if (is_kept(lot, (*ids)[i])) {
            kept[kept_count++] = (*ids)[i];
        }
    }
    *gone = *count > 0 && kept_count == 0;
    *ids = kept;
    *count = kept_count;
    return true;
}

bool sp_lot_keep_requirements(Spoina__V1__Lot *lot, unsigned kept, struct sp_arena *arena)
{
    size_t count = 0;
    bool gone = false;
    for (size_t i = 0; i < lot->n_requirements; i++) {
        if ((kept & 1U << i) != 0) {
            lot->requirements[count++] = lot->requirements[i];
        }
    }
    lot->n_requirements = count;
    count = 0;
    for (size_t i = 0; i < lot->n_conditions; i++) {
        Spoina__V1__Condition *condition = lot->conditions[i];
        if (!keep_ids(lot, &condition->requirement_ids, &condition->n_requirement_ids, &gone,
                      arena)) {
            return false;
        }
        lot->conditions[count] = condition;
        count += gone ? 0 : 1;
    }
    lot->n_conditions = count;
    count = 0;
    for (size_t i = 0; i < lot->n_clauses; i++) {
        Spoina__V1__Clause *clause = lot->clauses[i];
        if (!keep_ids(lot, &clause->requirement_ids, &clause->n_requirement_ids, &gone, arena)) {
            return false;
        }
        lot->clauses[count] = clause;
        count += gone ? 0 : 1;
    }
    lot->n_clauses = count;
    return true;
}

/* An equal part, never nothing of something. */
static int64_t part_of(int64_t grosz, unsigned parts)
{
    int64_t part = grosz / (int64_t)parts;
    return part == 0 && grosz > 0 ? 1 : part;
}

bool sp_lot_divide(Spoina__V1__Lot *lot, unsigned parts, struct sp_arena *arena)
{
    if (lot->_value_grosz_case == SPOINA__V1__LOT___VALUE_GROSZ_VALUE_GROSZ) {
        lot->value_grosz = part_of(lot->value_grosz, parts);
    }
    for (size_t i = 0; i < lot->n_requirements; i++) {
        Spoina__V1__Requirement *requirement = lot->requirements[i];
        if (requirement->_value_grosz_case == SPOINA__V1__REQUIREMENT___VALUE_GROSZ_VALUE_GROSZ) {
            requirement->value_grosz = part_of(requirement->value_grosz, parts);
        }
        if (requirement->demand != NULL) {
            Spoina__V1__Quantity *demand = sp_arena_alloc(arena, sizeof *demand);
            if (demand == NULL) {
                return false;
            }
            *demand = *requirement->demand;
            demand->amount /= parts;
            requirement->demand = demand;
        }
    }
    return true;
}

Spoina__V1__Clause *sp_lot_find_clause(const Spoina__V1__Lot *lot, Spoina__V1__ClauseKind kind,
                                       const char *id)
{
    for (size_t i = 0; i < lot->n_clauses; i++) {
        if (lot->clauses[i]->kind == kind &&
            (id[0] == '\0' || strcmp(lot->clauses[i]->id, id) == 0)) {
            return lot->clauses[i];
        }
    }
    return NULL;
}
