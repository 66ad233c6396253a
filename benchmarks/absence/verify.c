/* SPDX-License-Identifier: EUPL-1.2 */
#include "benchmarks/absence/verify.h"

#include <string.h>

#include "matcher/advice/draft_change.h"
#include "matcher/advice/record_change.h"
#include "matcher/advice/scene.h"
#include "matcher/proposal/complete_consortium.h"
#include "matcher/proposal/match_tender.h"

enum { ARENA_BYTES = 1 << 30, MEMBERS_MAX = 16 };

static void ask_for(Spoina__V1__MatchTenderRequest *request, Spoina__V1__Draft *draft)
{
    spoina__v1__match_tender_request__init(request);
    request->need_case = SPOINA__V1__MATCH_TENDER_REQUEST__NEED_DRAFT;
    request->draft = draft;
}

static bool has_member(const Spoina__V1__Proposal *proposal, const char *id)
{
    for (size_t i = 0; i < proposal->n_members; i++) {
        if (strcmp(proposal->members[i]->entity->id, id) == 0) {
            return true;
        }
    }
    return false;
}

/* Match @p draft; is @p id among the complete proposals of the lot? */
static enum sp_status is_proposed(struct world *world, Spoina__V1__Draft *draft, size_t lot_index,
                                  const char *id, struct sp_arena *arena, bool *held,
                                  struct sp_error *err)
{
    Spoina__V1__MatchTenderRequest request;
    Spoina__V1__MatchTenderResponse *response = NULL;
    struct sp_advising advising = world_advising(world, arena);
    ask_for(&request, draft);
    enum sp_status status =
        sp_match_tender(&advising.matching, &request, NULL, NULL, &response, err);
    *held = false;
    if (status != SP_OK) {
        return status;
    }
    const Spoina__V1__LotMatch *lot = response->lots[lot_index];
    for (size_t i = 0; i < lot->n_proposals; i++) {
        *held = *held || (lot->proposals[i]->complete && has_member(lot->proposals[i], id));
    }
    for (size_t i = 0; i < lot->n_consortia; i++) {
        *held = *held || (lot->consortia[i]->complete && has_member(lot->consortia[i], id));
    }
    return SP_OK;
}

/* The record of @p id as it is, and as it is after the changes of @p gap. */
static enum sp_status change_record(struct world *world, Spoina__V1__Draft *draft, size_t lot_index,
                                    const char *id, const Spoina__V1__Gap *gap,
                                    struct sp_arena *arena, Spoina__V1__Entity **before,
                                    Spoina__V1__Entity **after, struct sp_error *err)
{
    Spoina__V1__MatchTenderRequest request;
    struct sp_advising advising = world_advising(world, arena);
    struct sp_scene scene;
    struct sp_lot_matching lot;
    char *keys[] = {(char *)id};
    uint32_t entity = 0;
    ask_for(&request, draft);
    enum sp_status status = sp_scene_open(&scene, &advising, &request, err);
    if (status == SP_OK) {
        status = sp_scene_lot(&scene, lot_index, keys, 1, &entity, &lot, err);
    }
    if (status == SP_OK) {
        status = sp_record_copy(lot.pool.entities[entity].entity, arena, before, err);
    }
    if (status == SP_OK) {
        status = sp_record_copy(*before, arena, after, err);
    }
    for (size_t i = 0; status == SP_OK && i < gap->n_changes; i++) {
        status = sp_record_change_apply(&lot, entity, gap->changes[i], *after, arena, err);
    }
    if (status == SP_OK) { /* texts of the lot may be in it: copy before the lot goes */
        status = sp_record_copy(*after, arena, after, err);
    }
    sp_scene_close(&scene);
    return status;
}

static enum sp_status verify_record(struct world *world, Spoina__V1__Draft *draft, size_t lot_index,
                                    const char *id, const Spoina__V1__Gap *gap,
                                    struct sp_arena *arena, bool *held, struct sp_error *err)
{
    Spoina__V1__Entity *before = NULL;
    Spoina__V1__Entity *after = NULL;
    enum sp_status status =
        change_record(world, draft, lot_index, id, gap, arena, &before, &after, err);
    if (status == SP_OK) {
        status = world_put(world, after, err);
    }
    if (status == SP_OK) {
        status = is_proposed(world, draft, lot_index, id, arena, held, err);
    }
    enum sp_status restored =
        before == NULL ? SP_OK : world_put(world, before, status == SP_OK ? err : NULL);
    return status == SP_OK ? restored : status;
}

static enum sp_status verify_partners(struct world *world, Spoina__V1__Draft *draft,
                                      size_t lot_index, const char *id, const Spoina__V1__Gap *gap,
                                      struct sp_arena *arena, bool *held, struct sp_error *err)
{
    char *members[MEMBERS_MAX] = {(char *)id};
    Spoina__V1__MatchTenderRequest match;
    Spoina__V1__CompleteConsortiumRequest request;
    Spoina__V1__CompleteConsortiumResponse *response = NULL;
    struct sp_advising advising = world_advising(world, arena);
    ask_for(&match, draft);
    spoina__v1__complete_consortium_request__init(&request);
    request.match = &match;
    request.members = members;
    request.n_members = 1;
    for (size_t i = 0; i < gap->n_changes && request.n_members < MEMBERS_MAX; i++) {
        members[request.n_members++] = gap->changes[i]->entity_id;
    }
    enum sp_status status = sp_complete_consortium(&advising.matching, &request, &response, err);
    *held = status == SP_OK && response->lots[lot_index]->given != NULL &&
            response->lots[lot_index]->given->complete;
    return status;
}

/* Conditions and clauses may stand in the draft or in the lot. */
static size_t drop_clause(Spoina__V1__Clause **items, size_t count, const char *id)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(items[i]->id, id) != 0) {
            items[kept++] = items[i];
        }
    }
    return kept;
}

static size_t drop_condition(Spoina__V1__Condition **items, size_t count, const char *id)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(items[i]->id, id) != 0) {
            items[kept++] = items[i];
        }
    }
    return kept;
}

static enum sp_status verify_relaxed(struct world *world, Spoina__V1__Draft *draft,
                                     size_t lot_index, const char *id, const Spoina__V1__Gap *gap,
                                     struct sp_arena *arena, bool *held, struct sp_error *err)
{
    Spoina__V1__MatchTenderRequest request;
    struct sp_advising advising = world_advising(world, arena);
    struct sp_match_settings settings;
    Spoina__V1__Lot *lot = NULL;
    ask_for(&request, draft);
    enum sp_status status = sp_match_settings_read(&advising.matching, &request, &settings, err);
    Spoina__V1__Draft *copy =
        status == SP_OK ? sp_draft_with_own_lot(settings.draft, lot_index, arena, &lot) : NULL;
    if (copy == NULL) {
        return status == SP_OK ? SP_FAIL_NOMEM(err) : status;
    }
    const char *subject = gap->changes[0]->subject;
    lot->n_clauses = drop_clause(lot->clauses, lot->n_clauses, subject);
    lot->n_conditions = drop_condition(lot->conditions, lot->n_conditions, subject);
    return is_proposed(world, copy, lot_index, id, arena, held, err);
}

enum sp_status verify(struct world *world, Spoina__V1__Draft *draft, size_t lot_index,
                      const char *id, const Spoina__V1__Gap *gap, bool *held, struct sp_error *err)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    enum sp_status status = SP_OK;
    *held = false;
    if (arena == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    switch (gap->changes[0]->kind) {
    case SPOINA__V1__CHANGE_KIND__CHANGE_KIND_ADD_PARTNER:
        status = verify_partners(world, draft, lot_index, id, gap, arena, held, err);
        break;
    case SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RELAX_NEED:
        status = verify_relaxed(world, draft, lot_index, id, gap, arena, held, err);
        break;
    default:
        status = verify_record(world, draft, lot_index, id, gap, arena, held, err);
        break;
    }
    sp_arena_free(arena);
    return status;
}
