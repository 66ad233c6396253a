/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Ranked entities as proposals; see proposals.h. */
#include "matcher/scoring/proposals.h"

#include "matcher/catalogue/reader.h"
#include "matcher/scoring/reasons.h"
#include "matcher/search/index.h"

/** What a list shows of an entity; shares its texts. */
static Spoina__V1__EntitySummary *summarise(const Spoina__V1__Entity *entity,
                                            struct sp_arena *arena)
{
    Spoina__V1__EntitySummary *summary = sp_arena_alloc(arena, sizeof *summary);
    Spoina__V1__UnitKind *kinds = sp_arena_calloc(arena, entity->n_units, sizeof *kinds);
    if (summary == NULL || kinds == NULL) {
        return NULL;
    }
    spoina__v1__entity_summary__init(summary);
    summary->id = entity->id;
    summary->name = entity->name;
    summary->legal_form = entity->legal_form;
    for (size_t i = 0; i < entity->n_units; i++) {
        kinds[i] = entity->units[i]->kind;
    }
    summary->units = kinds;
    summary->n_units = entity->n_units;
    summary->seat = entity->seat;
    summary->n_statuses = entity->n_statuses;
    summary->statuses = entity->statuses;
    summary->fictional = entity->provenance != NULL && entity->provenance->fictional;
    return summary;
}

static enum sp_status write_fit(const struct sp_proposal_maker *maker,
                                const Spoina__V1__Entity *entity, const struct sp_fit *fit,
                                Spoina__V1__RequirementFit *out, struct sp_error *err)
{
    const struct sp_match_context *context = maker->context;
    int32_t offer_index = sp_index_document(context->index, fit->document)->offer_index;
    struct sp_offer offer;
    enum sp_status status = sp_offer_read(context->analyser, context->vocabulary->services, entity,
                                          offer_index, maker->scratch, &offer, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_evaluation evaluation;
    const struct sp_need *need = &maker->needs[fit->requirement];
    sp_evaluate(context->vocabulary, need, &offer, maker->day, &evaluation);
    spoina__v1__requirement_fit__init(out);
    out->requirement_id = maker->lot->requirements[fit->requirement]->id;
    out->offer_id = offer.offer == NULL ? (char *)protobuf_c_empty_string : offer.offer->id;
    out->score = fit->score;
    out->band = sp_band(fit->score);
    bool compared = evaluation.capacity.state == SP_CAPACITY_COMPARED;
    out->share_permille = compared ? evaluation.capacity.part.permille : SP_PERMILLE;
    struct sp_reasoning reasoning = {
        .vocabulary = context->vocabulary,
        .weights = maker->weights,
        .need = need,
        .offer = &offer,
        .evaluation = &evaluation,
        .locale = context->locale,
        .arena = context->arena,
    };
    return sp_reasons_write(&reasoning, out, err);
}

static bool covers(const struct sp_ranked *ranked, size_t requirement)
{
    for (size_t i = 0; i < ranked->fit_count; i++) {
        if (ranked->fits[i].requirement == requirement) {
            return true;
        }
    }
    return false;
}

/** List the ids of the requirements that the entity leaves open. */
static enum sp_status write_uncovered(const struct sp_proposal_maker *maker,
                                      const struct sp_ranked *ranked,
                                      Spoina__V1__Proposal *proposal)
{
    size_t count = maker->lot->n_requirements;
    proposal->uncovered =
        sp_arena_calloc(maker->context->arena, count, sizeof *proposal->uncovered);
    if (proposal->uncovered == NULL) {
        return SP_NOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        if (!covers(ranked, i)) {
            proposal->uncovered[proposal->n_uncovered++] = maker->lot->requirements[i]->id;
        }
    }
    return SP_OK;
}

/** The parts of a proposal by one entity, in one piece of memory. */
struct single {
    Spoina__V1__Proposal proposal;
    Spoina__V1__Member member;
    Spoina__V1__Member *members[1];
};

static enum sp_status write_member(const struct sp_proposal_maker *maker,
                                   const struct sp_ranked *ranked, Spoina__V1__Member *member,
                                   struct sp_error *err)
{
    struct sp_arena *arena = maker->context->arena;
    Spoina__V1__Entity *entity = NULL;
    enum sp_status status = sp_reader_entity(maker->context->reader, ranked->fits[0].entity_number,
                                             arena, &entity, err);
    if (status != SP_OK) {
        return status;
    }
    Spoina__V1__RequirementFit *fits = sp_arena_calloc(arena, ranked->fit_count, sizeof *fits);
    member->fits = sp_arena_calloc(arena, ranked->fit_count, sizeof *member->fits);
    member->entity = summarise(entity, arena);
    member->role = SPOINA__V1__MEMBER_ROLE__MEMBER_ROLE_SOLE;
    if (fits == NULL || member->fits == NULL || member->entity == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; status == SP_OK && i < ranked->fit_count; i++) {
        member->fits[i] = &fits[i];
        member->n_fits = i + 1;
        status = write_fit(maker, entity, &ranked->fits[i], &fits[i], err);
    }
    return status;
}

enum sp_status sp_proposals_write(const struct sp_proposal_maker *maker,
                                  const struct sp_ranked *ranked, size_t count,
                                  Spoina__V1__LotMatch *match, struct sp_error *err)
{
    struct sp_arena *arena = maker->context->arena;
    match->proposals = sp_arena_calloc(arena, count, sizeof *match->proposals);
    if (match->proposals == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < count; i++) {
        struct single *single = sp_arena_alloc(arena, sizeof *single);
        if (single == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        spoina__v1__proposal__init(&single->proposal);
        spoina__v1__member__init(&single->member);
        single->members[0] = &single->member;
        single->proposal.members = single->members;
        single->proposal.n_members = 1;
        single->proposal.score = ranked[i].score;
        single->proposal.band = sp_band(ranked[i].score);
        enum sp_status status = write_member(maker, &ranked[i], &single->member, err);
        if (status == SP_OK && write_uncovered(maker, &ranked[i], &single->proposal) != SP_OK) {
            status = SP_FAIL_NOMEM(err);
        }
        if (status != SP_OK) {
            return status;
        }
        match->proposals[match->n_proposals++] = &single->proposal;
        sp_arena_reset(maker->scratch);
    }
    return SP_OK;
}
