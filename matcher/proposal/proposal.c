/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/proposal/proposal.h"

#include "matcher/assembly/singles.h"
#include "matcher/proposal/message_copy.h"
#include "matcher/proposal/team_search.h"
#include "matcher/proposal/write_priv.h"

const Spoina__V1__Entity *sp_writing_entity(const struct sp_writing *writing, size_t member)
{
    return writing->lot->pool.entities[writing->team->entities[member]].entity;
}

int32_t sp_writing_missing(const struct sp_writing *writing, size_t requirement)
{
    int32_t missing = writing->lot->assembly.problem.demand[requirement];
    for (size_t i = 0; i < writing->team->count; i++) {
        missing -= writing->team->effort[i][requirement];
    }
    return missing > 0 ? missing : 0;
}

static int32_t points(int64_t score)
{
    int64_t whole = score / SP_POINT_SCORE;
    return whole > INT32_MAX ? INT32_MAX : whole < INT32_MIN ? INT32_MIN : (int32_t)whole;
}

static enum sp_status write_team_score(const struct sp_writing *writing, struct sp_error *err)
{
    const struct sp_assembled_team *team = writing->team;
    Spoina__V1__TeamScore *score = sp_arena_alloc(writing->speaker.arena, sizeof *score);
    if (score == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__team_score__init(score);
    score->partners = points(team->partners);
    score->friction = points(team->friction);
    /* What rounding leaves over is quality, so that the three add up to the score. */
    score->quality = points(team->score) + score->partners + score->friction;
    score->missing = team->uncovered;
    writing->proposal->team_score = score;
    return SP_OK;
}

/** Say what bars a single entity from any offer of its own. */
static enum sp_status write_obstacle(const struct sp_writing *writing, struct sp_error *err)
{
    const struct sp_assembly *assembly = &writing->lot->assembly;
    const struct sp_lot_term *term = sp_single_obstacle(assembly, writing->team->entities[0]);
    for (size_t i = 0; term != NULL && i < writing->verdicts.count; i++) {
        const struct sp_finding *finding = &writing->verdicts.findings[i];
        if (finding->term != term) {
            continue;
        }
        const char *name = sp_name_term(&writing->speaker, term);
        const char *rule = sp_name_rule(&writing->speaker, finding->ruling.rule);
        writing->proposal->obstacle =
            name == NULL || rule == NULL
                ? NULL
                : SP_TELL(&writing->speaker, SINGLE_BARRED, .words = {name, rule});
        return writing->proposal->obstacle == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    }
    return SP_OK;
}

static bool meets(const struct sp_writing *writing, size_t requirement)
{
    const struct sp_assembled_team *team = writing->team;
    for (size_t i = 0; i < team->count; i++) {
        if (team->effort[i][requirement] > 0) {
            return true;
        }
    }
    return false;
}

static enum sp_status write_uncovered(const struct sp_writing *writing, struct sp_error *err)
{
    Spoina__V1__Proposal *proposal = writing->proposal;
    size_t count = writing->lot->pool.requirement_count;
    proposal->uncovered =
        sp_arena_calloc(writing->speaker.arena, count, sizeof *proposal->uncovered);
    if (proposal->uncovered == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t j = 0; j < count; j++) {
        if (!meets(writing, j)) {
            proposal->uncovered[proposal->n_uncovered++] = writing->lot->lot->requirements[j]->id;
        }
    }
    return SP_OK;
}

/** Verdicts and what follows from them. */
static enum sp_status write_findings(struct sp_writing *writing, struct sp_error *err)
{
    const struct sp_lot_matching *lot = writing->lot;
    Spoina__V1__Proposal *proposal = writing->proposal;
    struct sp_arena *arena = writing->speaker.arena;
    enum sp_status status =
        sp_assembly_verdicts(&lot->assembly, writing->team, lot->arena, &writing->verdicts, err);
    if (status == SP_OK) {
        proposal->complete = writing->verdicts.complete;
        status = sp_verdicts_write(lot, writing->team, &writing->verdicts, arena,
                                   &proposal->verdicts, &proposal->n_verdicts, err);
    }
    if (status == SP_OK) {
        status = writing->team->count > 1 ? sp_write_necessity(writing, err)
                                          : write_obstacle(writing, err);
    }
    if (status == SP_OK) {
        status = sp_write_gaps(writing, err);
    }
    return status == SP_OK ? sp_write_replay_id(writing, err) : status;
}

enum sp_status sp_proposal_write(const struct sp_lot_matching *lot,
                                 const struct sp_assembled_team *team, unsigned flags,
                                 struct sp_arena *arena, Spoina__V1__Proposal **out,
                                 struct sp_error *err)
{
    struct sp_writing writing = {.lot = lot,
                                 .team = team,
                                 .speaker = sp_matching_speaker(lot->matching),
                                 .is_brief = (flags & SP_PROPOSAL_BRIEF) != 0};
    Spoina__V1__Proposal *proposal = sp_arena_alloc(lot->arena, sizeof *proposal);
    ProtobufCMessage *copy = NULL;
    if (proposal == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__proposal__init(proposal);
    writing.speaker.arena = lot->arena;
    writing.proposal = proposal;
    proposal->score =
        team->count == 1 ? sp_single_score(&lot->assembly, team) : sp_points_of_score(team->score);
    proposal->band = sp_band(proposal->score);
    enum sp_status status = team->count > 1 ? write_team_score(&writing, err) : SP_OK;
    if (status == SP_OK) {
        status = sp_write_members(&writing, err);
    }
    if (status == SP_OK) {
        status = sp_write_allocation(&writing, err);
    }
    if (status == SP_OK) {
        status = write_uncovered(&writing, err);
    }
    if (status == SP_OK && !writing.is_brief) {
        status = write_findings(&writing, err);
    }
    if (status == SP_OK) {
        status = sp_message_copy(&proposal->base, arena, &copy, err);
    }
    *out = (Spoina__V1__Proposal *)copy;
    return status;
}
