/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Where an entity stands in the answer to MatchTender. */
#include "matcher/advice/absence_priv.h"
#include "matcher/assembly/singles.h"

enum { STEPS_MAX = 3000 /* of a search for teams: see supply.c */ };

bool sp_is_present(const struct sp_presence *presence)
{
    return presence->alone || presence->team;
}

const Spoina__V1__Entity *sp_absence_entity(const struct sp_absence *absence)
{
    return absence->base.pool.entities[absence->entity].entity;
}

/* Ordinary businesses are looked at only where the request says so: nothing in the record of one
 * would bring it in, though it stands in this pool because it was asked for. */
bool sp_absence_out_of_scope(const struct sp_absence *absence)
{
    return !absence->base.settings->businesses_too &&
           sp_absence_entity(absence)->legal_form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_BUSINESS;
}

/* The place among single entities, 0: none; @p last: behind all its equals. */
static enum sp_status find_place(const struct sp_lot_matching *lot, size_t entity, uint32_t *place,
                                 uint32_t *last, struct sp_error *err)
{
    const struct sp_single *ranked = NULL;
    size_t count = 0;
    enum sp_status status = sp_singles_rank(&lot->assembly, lot->arena, &ranked, &count, err);
    *place = 0;
    *last = 0;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        const struct sp_single *found = *place == 0 ? NULL : &ranked[*place - 1];
        if (ranked[i].entity == entity) {
            *place = (uint32_t)i + 1;
            *last = *place;
        } else if (found != NULL && ranked[i].class == found->class &&
                   ranked[i].score == found->score) {
            *last = (uint32_t)i + 1;
        }
    }
    return status;
}

static bool stop(void *context, const struct sp_search_turn *turn)
{
    uint32_t *steps = context;
    (void)turn;
    return ++*steps > STEPS_MAX;
}

/* Search as MatchTender does, ended by steps instead of time. */
enum sp_status sp_absence_search(struct sp_absence *absence, const struct sp_lot_matching *lot,
                                 const uint32_t *anchor, size_t most, struct sp_found_teams *out)
{
    uint32_t steps = 0;
    struct sp_matching matching = absence->scene->advising->matching;
    struct sp_lot_matching own = *lot;
    matching.stop = stop;
    matching.stop_context = &steps;
    own.matching = &matching;
    const struct sp_team_search search = {.lot = &own,
                                          .anchors = anchor,
                                          .anchor_count = anchor == NULL ? 0 : 1,
                                          .members_least = 2,
                                          .most = most,
                                          .turn = {.lots = 1}};
    return sp_team_search(&search, out, absence->err);
}

static bool has_member(const struct sp_assembled_team *team, uint32_t entity)
{
    for (size_t k = 0; k < team->count; k++) {
        if (team->entities[k] == entity) {
            return true;
        }
    }
    return false;
}

/* @param surely  must stay so if equals are put in another order */
static enum sp_status look_at_teams(struct sp_absence *absence, const struct sp_lot_matching *lot,
                                    uint32_t entity, bool surely, struct sp_presence *out)
{
    struct sp_found_teams teams;
    size_t most = lot->settings->team.teams;
    if (lot->settings->singles_only || lot->assembly.standings[entity].candidate < 0) {
        return SP_OK;
    }
    enum sp_status status = sp_absence_search(absence, lot, NULL, most, &teams);
    for (size_t i = 0; status == SP_OK && !teams.incomplete && i < teams.count; i++) {
        bool ahead = teams.count < most || sp_points_of_score(teams.teams[i].score) > teams.bound;
        if ((ahead || !surely) && (teams.proven || !surely) &&
            has_member(&teams.teams[i], entity)) {
            out->team = true;
        }
    }
    return status;
}

enum sp_status sp_presence_look(struct sp_absence *absence, const struct sp_lot_matching *lot,
                                uint32_t entity, bool surely, struct sp_presence *out)
{
    *out = (struct sp_presence){.place = 0};
    uint32_t last = 0;
    enum sp_status status = find_place(lot, entity, &out->place, &last, absence->err);
    if (status != SP_OK) {
        return status;
    }
    uint32_t place = surely ? last : out->place;
    out->alone = out->place > 0 && place <= lot->settings->limit &&
                 sp_assembly_alone(&lot->assembly, entity) != SP_ALONE_NO;
    return out->alone ? SP_OK : look_at_teams(absence, lot, entity, surely, out);
}
