/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The members of a proposal: role, share, and how they fit what they perform. */
#include "matcher/assembly/singles.h"
#include "matcher/proposal/write_priv.h"
#include "matcher/scoring/show.h"

enum { PERMILLE = 1000 };

static Spoina__V1__MemberRole role_of(const struct sp_assembled_team *team, size_t member)
{
    return team->count == 1 ? SPOINA__V1__MEMBER_ROLE__MEMBER_ROLE_SOLE
           : member == 0    ? SPOINA__V1__MEMBER_ROLE__MEMBER_ROLE_LEADER
                            : SPOINA__V1__MEMBER_ROLE__MEMBER_ROLE_PARTNER;
}

/* A single entity shows every fit; a member of a team what it performs. */
static bool shows(const struct sp_writing *writing, size_t member, size_t requirement)
{
    const struct sp_pool_entity *entity =
        &writing->lot->pool.entities[writing->team->entities[member]];
    return writing->team->effort[member][requirement] > 0 ||
           (writing->team->count == 1 && entity->fits[requirement].relevant);
}

/** Why a single entity performs nothing of what it has an offer for; "": it does. */
static char *tell_idle(const struct sp_writing *writing, size_t requirement)
{
    static const enum sp_text TEXTS[] = {
        [SP_IDLE_OUT_OF_AREA] = SP_TEXT_IDLE_OUT_OF_AREA,
        [SP_IDLE_TOO_FAR] = SP_TEXT_IDLE_TOO_FAR,
        [SP_IDLE_NOT_YET] = SP_TEXT_IDLE_NOT_YET,
        [SP_IDLE_TOO_SMALL] = SP_TEXT_IDLE_TOO_SMALL,
        [SP_IDLE_NO_CAPACITY] = SP_TEXT_IDLE_NO_CAPACITY,
        [SP_IDLE_UNLICENSED] = SP_TEXT_IDLE_UNLICENSED,
        [SP_IDLE_CAPACITY_USED] = SP_TEXT_IDLE_CAPACITY_USED,
    };
    enum sp_idle idle = writing->team->count > 1
                            ? SP_IDLE_NOT
                            : sp_single_idle(&writing->lot->assembly, writing->team, requirement);
    return idle == SP_IDLE_NOT ? sp_arena_strdup(writing->speaker.arena, "")
                               : sp_text_say(&writing->speaker, TEXTS[idle], NULL);
}

static enum sp_status write_fit(const struct sp_writing *writing, size_t member, size_t requirement,
                                Spoina__V1__Member *out, struct sp_error *err)
{
    const struct sp_lot_matching *lot = writing->lot;
    struct sp_match_context context = lot->matching->scoring;
    Spoina__V1__RequirementFit *fit = sp_arena_alloc(writing->speaker.arena, sizeof *fit);
    if (fit == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    context.arena = writing->speaker.arena;
    sp_arena_reset(lot->scratch);
    enum sp_status status =
        sp_show_fit(&context, &lot->pool, &lot->pool.entities[writing->team->entities[member]],
                    requirement, lot->scratch, fit, err);
    fit->idle = status == SP_OK ? tell_idle(writing, requirement) : NULL;
    if (status == SP_OK && fit->idle == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    int64_t demand = lot->assembly.problem.demand[requirement];
    fit->share_permille =
        (uint32_t)(writing->team->effort[member][requirement] * (int64_t)PERMILLE / demand);
    out->fits[out->n_fits++] = fit;
    return status;
}

static enum sp_status write_member(const struct sp_writing *writing, size_t index,
                                   struct sp_error *err)
{
    struct sp_arena *arena = writing->speaker.arena;
    Spoina__V1__Proposal *proposal = writing->proposal;
    Spoina__V1__Member *member = sp_arena_alloc(arena, sizeof *member);
    size_t requirements = writing->lot->pool.requirement_count;
    if (member == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__member__init(member);
    member->entity = sp_show_entity(sp_writing_entity(writing, index), arena);
    member->role = role_of(writing->team, index);
    member->fits = sp_arena_calloc(arena, requirements, sizeof *member->fits);
    if (member->entity == NULL || member->fits == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = SP_OK;
    for (size_t j = 0; status == SP_OK && j < requirements; j++) {
        member->share_permille += (uint32_t)writing->team->effort[index][j];
        if (!writing->is_brief && shows(writing, index, j)) {
            status = write_fit(writing, index, j, member, err);
        }
    }
    proposal->members[proposal->n_members++] = member;
    return status;
}

enum sp_status sp_write_members(const struct sp_writing *writing, struct sp_error *err)
{
    writing->proposal->members = sp_arena_calloc(writing->speaker.arena, writing->team->count,
                                                 sizeof *writing->proposal->members);
    enum sp_status status = writing->proposal->members == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t i = 0; status == SP_OK && i < writing->team->count; i++) {
        status = write_member(writing, i, err);
    }
    return status;
}
