/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Ranked entities as proposals; see proposals.h. */
#include "matcher/scoring/proposals.h"

#include "matcher/catalogue/reader.h"
#include "matcher/scoring/show.h"

/** The parts of a proposal by one entity, in one piece of memory. */
struct single {
    Spoina__V1__Proposal proposal;
    Spoina__V1__Member member;
    Spoina__V1__Member *members[1];
};

/** List the fits of the entity, and the requirements that it leaves open. */
static enum sp_status write_fits(const struct sp_match_context *context, const struct sp_pool *pool,
                                 const struct sp_pool_entity *entity, struct sp_arena *scratch,
                                 struct single *single, struct sp_error *err)
{
    size_t count = pool->requirement_count;
    Spoina__V1__Member *member = &single->member;
    Spoina__V1__RequirementFit *fits = sp_arena_calloc(context->arena, count, sizeof *fits);
    member->fits = sp_arena_calloc(context->arena, count, sizeof *member->fits);
    single->proposal.uncovered =
        sp_arena_calloc(context->arena, count, sizeof *single->proposal.uncovered);
    if (fits == NULL || member->fits == NULL || single->proposal.uncovered == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = SP_OK;
    for (size_t j = 0; status == SP_OK && j < count; j++) {
        if (entity->fits[j].relevant) {
            member->fits[member->n_fits++] = &fits[j];
            status = sp_show_fit(context, pool, entity, j, scratch, &fits[j], err);
        } else {
            single->proposal.uncovered[single->proposal.n_uncovered++] =
                pool->lot->requirements[j]->id;
        }
    }
    return status;
}

/** The record lives with the pool; what the response keeps of it must live with the response. */
static enum sp_status read_again(const struct sp_match_context *context,
                                 const struct sp_pool_entity *from, struct sp_pool_entity *to,
                                 struct sp_error *err)
{
    Spoina__V1__Entity *entity = NULL;
    enum sp_status status =
        sp_reader_entity(context->reader, from->number, context->arena, &entity, err);
    *to = *from;
    to->entity = entity;
    return status;
}

static enum sp_status write_single(const struct sp_match_context *context,
                                   const struct sp_pool *pool, const struct sp_pool_entity *pooled,
                                   struct sp_arena *scratch, struct single *single,
                                   struct sp_error *err)
{
    struct sp_pool_entity entity;
    spoina__v1__proposal__init(&single->proposal);
    spoina__v1__member__init(&single->member);
    single->members[0] = &single->member;
    single->proposal.members = single->members;
    single->proposal.n_members = 1;
    single->proposal.score = pooled->score;
    single->proposal.band = sp_band(pooled->score);
    single->member.role = SPOINA__V1__MEMBER_ROLE__MEMBER_ROLE_SOLE;
    enum sp_status status = read_again(context, pooled, &entity, err);
    if (status != SP_OK) {
        return status;
    }
    single->member.entity = sp_show_entity(entity.entity, context->arena);
    return single->member.entity == NULL ? SP_FAIL_NOMEM(err)
                                         : write_fits(context, pool, &entity, scratch, single, err);
}

enum sp_status sp_proposals_write(const struct sp_match_context *context,
                                  const struct sp_pool *pool, const uint32_t *ranked, size_t count,
                                  struct sp_arena *scratch, Spoina__V1__LotMatch *match,
                                  struct sp_error *err)
{
    match->proposals = sp_arena_calloc(context->arena, count, sizeof *match->proposals);
    enum sp_status status = match->proposals == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        struct single *single = sp_arena_calloc(context->arena, 1, sizeof *single);
        if (single == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        status = write_single(context, pool, &pool->entities[ranked[i]], scratch, single, err);
        match->proposals[match->n_proposals++] = &single->proposal;
        sp_arena_reset(scratch);
    }
    return status;
}
