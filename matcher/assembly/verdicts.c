/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Rulings on teams; see assembly.h. */
#include "matcher/assembly/asking.h"
#include "matcher/assembly/assembly.h"
#include "matcher/assembly/standing.h"

/** The unit that performs most of what member @p i of the team performs. */
static const char *find_unit(const struct sp_assembly *assembly,
                             const struct sp_assembled_team *team, size_t i)
{
    const struct sp_pool_entity *entity = &assembly->pool->entities[team->entities[i]];
    const char *unit = assembly->standings[team->entities[i]].unit_id;
    int32_t most = 0;
    for (size_t j = 0; j < assembly->pool->requirement_count; j++) {
        if (team->effort[i][j] > most) {
            most = team->effort[i][j];
            unit = sp_fit_unit(entity, j);
        }
    }
    return unit;
}

static uint32_t find_performed(const struct sp_assembly *assembly,
                               const struct sp_assembled_team *team, size_t i)
{
    uint32_t performed = 0;
    for (size_t j = 0; j < assembly->pool->requirement_count; j++) {
        performed |= team->effort[i][j] > 0 ? 1u << j : 0;
    }
    return performed;
}

static bool rests_on_unknown(const struct sp_assembly *assembly,
                             const struct sp_assembled_team *team)
{
    for (size_t i = 0; i < team->count; i++) {
        const struct sp_station *stations = assembly->standings[team->entities[i]].stations;
        for (size_t j = 0; j < assembly->pool->requirement_count; j++) {
            if (team->effort[i][j] > 0 && stations[j].capacity_unknown) {
                return true;
            }
        }
    }
    return false;
}

static enum sp_decision combine(enum sp_decision all, enum sp_decision one)
{
    if (all == SP_DECISION_NOT_MET || one == SP_DECISION_NOT_MET) {
        return SP_DECISION_NOT_MET;
    }
    return all == SP_DECISION_UNKNOWN ? all : one;
}

enum sp_status sp_assembly_verdicts(const struct sp_assembly *assembly,
                                    const struct sp_assembled_team *team, struct sp_arena *arena,
                                    struct sp_verdicts *out, struct sp_error *err)
{
    const struct sp_lot_terms *terms = &assembly->terms;
    struct sp_statement stated[SP_MAX_MEMBERS];
    struct sp_bidder bidders[SP_MAX_MEMBERS];
    struct sp_finding *findings = sp_arena_calloc(arena, terms->count, sizeof *findings);
    if (findings == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < team->count; i++) {
        bidders[i] = sp_standing_bidder(assembly, team->entities[i], find_unit(assembly, team, i),
                                        find_performed(assembly, team, i), &stated[i]);
    }
    struct sp_team asked = {.members = bidders, .count = team->count, .deadline = terms->day};
    *out = (struct sp_verdicts){.decision = SP_DECISION_MET, .findings = findings};
    enum sp_status status = SP_OK;
    for (size_t t = 0; status == SP_OK && t < terms->count; t++) {
        const struct sp_lot_term *term = &terms->items[t];
        if (term->kind == SP_TERM_EACH_PERFORMS && team->count < 2) {
            continue;
        }
        struct sp_finding *finding = &findings[out->count++];
        finding->term = term;
        status = sp_ask(assembly->book, terms, term, &asked, arena, &finding->ruling, err);
        out->decision = combine(out->decision, finding->ruling.decision);
    }
    out->complete = team->uncovered == 0 && out->decision != SP_DECISION_NOT_MET;
    out->capacity_unknown = rests_on_unknown(assembly, team);
    return status;
}

enum sp_status sp_assembly_ruling(const struct sp_assembly *assembly, size_t entity,
                                  const struct sp_lot_term *term, struct sp_arena *arena,
                                  struct sp_ruling *out, struct sp_error *err)
{
    struct sp_statement stated;
    struct sp_bidder bidder =
        sp_standing_bidder(assembly, entity, assembly->standings[entity].unit_id, 0, &stated);
    struct sp_team team = {.members = &bidder, .count = 1, .deadline = assembly->terms.day};
    return sp_ask(assembly->book, &assembly->terms, term, &team, arena, out, err);
}
