/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/advice/supply.h"

#include <string.h>

#include "matcher/proposal/proposal.h"
#include "matcher/rules/reservations.h"
#include "matcher/scoring/show.h"

enum {
    /* A search asks that often at most whether to go on; beyond it counts are "at least". */
    STEPS_MAX = 1000,
    /* Whoever has so many independent offers need not look for more consortia. */
    INDEPENDENT_ENOUGH = 5
};

/** A search under way. */
struct search {
    const struct sp_match_context *context;
    uint32_t steps;
};

static bool stop(void *context)
{
    struct search *search = context;
    const atomic_bool *cancel = search->context->cancel;
    return ++search->steps > STEPS_MAX || (cancel != NULL && atomic_load(cancel));
}

/** A problem without some of its candidates. */
struct rest {
    struct sp_problem problem;
    int32_t *original; /* candidate of the whole problem, by candidate of the rest */
};

/* Keep the pairs of which both are left, in the numbers of the rest. */
static const struct sp_pair *keep_pairs(const struct sp_pair *pairs, int32_t count,
                                        const int32_t *number, struct sp_arena *arena,
                                        int32_t *kept)
{
    struct sp_pair *out = sp_arena_calloc(arena, (size_t)count + 1, sizeof *out);
    *kept = 0;
    for (int32_t i = 0; out != NULL && i < count; i++) {
        if (number[pairs[i].a] >= 0 && number[pairs[i].b] >= 0) {
            out[(*kept)++] = (struct sp_pair){number[pairs[i].a], number[pairs[i].b]};
        }
    }
    return out;
}

/* The order of candidates stays, so pairs stay sorted and members ascending. */
static enum sp_status leave_out(const struct sp_problem *whole, const bool *left_out,
                                struct sp_arena *arena, struct rest *out, struct sp_error *err)
{
    size_t count = (size_t)whole->candidate_count;
    struct sp_contender *candidates = sp_arena_calloc(arena, count + 1, sizeof *candidates);
    int32_t *number = sp_arena_calloc(arena, count + 1, sizeof *number);
    out->original = sp_arena_calloc(arena, count + 1, sizeof *out->original);
    if (candidates == NULL || number == NULL || out->original == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    int32_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        number[i] = left_out[i] ? -1 : kept;
        if (!left_out[i]) {
            candidates[kept] = whole->candidates[i];
            out->original[kept++] = (int32_t)i;
        }
    }
    struct sp_problem *problem = &out->problem;
    *problem = *whole;
    problem->candidates = candidates;
    problem->candidate_count = kept;
    problem->cooperations = keep_pairs(whole->cooperations, whole->cooperation_count, number, arena,
                                       &problem->cooperation_count);
    problem->conflicts = keep_pairs(whole->conflicts, whole->conflict_count, number, arena,
                                    &problem->conflict_count);
    return problem->cooperations == NULL || problem->conflicts == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

/** Consortia of those who cannot offer alone. */
struct found_teams {
    struct sp_solved_team teams[SP_SUPPLY_CONSORTIA_MAX]; /* in numbers of the whole problem */
    uint32_t count;
    bool at_least; /* there may be more */
};

/* The list is what is wanted, not the best list. */
static bool go_on_until_full(void *context, const struct sp_solution *so_far)
{
    const int32_t *wanted = context;
    return so_far->count < *wanted;
}

/* Look for minimal consortia among the candidates that are not @p left_out.
 *  @param any  whichever @p wanted are found first, else the best */
static enum sp_status find_teams(struct sp_scene *scene, const struct sp_lot_matching *lot,
                                 const bool *left_out, int32_t wanted, bool any,
                                 struct found_teams *out, struct sp_error *err)
{
    struct rest rest;
    struct search search = {.context = &scene->advising->matching.scoring};
    out->count = 0;
    out->at_least = false;
    enum sp_status status = leave_out(&lot->assembly.problem, left_out, lot->arena, &rest, err);
    if (status != SP_OK || rest.problem.candidate_count < 2 || rest.problem.most_members < 2) {
        return status;
    }
    const struct sp_solve_options options = {.teams = wanted,
                                             .minimal = true,
                                             .least_members = 2,
                                             .stop = stop,
                                             .stop_context = &search,
                                             .progress = any ? go_on_until_full : NULL,
                                             .progress_context = &wanted};
    status = sp_solve(&rest.problem, &options, scene->solution, err);
    if (status != SP_OK) {
        return status;
    }
    const struct sp_solution *solution = scene->solution;
    out->at_least = !solution->proven || solution->bound != INT64_MIN;
    for (int32_t i = 0; i < solution->count; i++) {
        struct sp_solved_team *team = &out->teams[out->count];
        *team = solution->teams[i];
        for (int32_t k = 0; k < team->count; k++) {
            team->members[k] = rest.original[team->members[k]];
        }
        out->count += team->complete && sp_assembly_settle(&lot->assembly, team) ? 1 : 0;
    }
    return sp_match_go_on(search.context, err);
}

/* True if none of the team's contractors has been used. */
static bool is_free(const struct sp_problem *problem, const struct sp_solved_team *team,
                    const bool *used)
{
    for (int32_t k = 0; k < team->count; k++) {
        if (used[team->members[k]]) {
            return false;
        }
        for (int32_t i = 0; i < problem->conflict_count; i++) {
            const struct sp_pair *pair = &problem->conflicts[i];
            if ((pair->a == team->members[k] && used[pair->b]) ||
                (pair->b == team->members[k] && used[pair->a])) {
                return false;
            }
        }
    }
    return true;
}

/* Count disjoint teams, those of fewest members first; the order among equals is theirs. */
static uint32_t pack(const struct sp_problem *problem, const struct found_teams *found, bool *used)
{
    uint32_t packed = 0;
    for (int32_t size = 2; size <= problem->most_members; size++) {
        for (uint32_t i = 0; i < found->count; i++) {
            const struct sp_solved_team *team = &found->teams[i];
            if (team->count == size && is_free(problem, team, used)) {
                for (int32_t k = 0; k < team->count; k++) {
                    used[team->members[k]] = true;
                }
                packed++;
            }
        }
    }
    return packed;
}

/** What is counted in one reading: all that is possible, or what is certain. */
struct count {
    const struct sp_lot_matching *lot;
    bool *used; /* by candidate: stands in an independent offer, or its contractor does */
    uint8_t *alone;
    uint32_t singles, unknown, independent;
    uint32_t certain; /* of the independent ones, offers of those who surely can alone */
};

static enum sp_status count_singles(const struct sp_lot_matching *lot, struct count *out,
                                    struct sp_error *err)
{
    const struct sp_assembly *assembly = &lot->assembly;
    size_t candidates = (size_t)assembly->problem.candidate_count;
    *out = (struct count){.lot = lot,
                          .used = sp_arena_calloc(lot->arena, candidates + 1, sizeof *out->used),
                          .alone = sp_arena_calloc(lot->arena, lot->pool.count + 1, 1)};
    if (out->used == NULL || out->alone == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < lot->pool.count; i++) {
        enum sp_alone alone = sp_assembly_alone(assembly, i);
        out->alone[i] = (uint8_t)alone;
        out->singles += alone != SP_ALONE_NO ? 1 : 0;
        out->unknown += alone == SP_ALONE_UNKNOWN ? 1 : 0;
        int32_t candidate = assembly->standings[i].candidate;
        if (alone != SP_ALONE_NO && candidate >= 0) {
            struct sp_solved_team team = {.count = 1, .members = {candidate}};
            bool counts = is_free(&assembly->problem, &team, out->used);
            out->independent += counts ? 1 : 0;
            out->certain += counts && alone == SP_ALONE_YES ? 1 : 0;
            out->used[candidate] = true;
        }
    }
    return SP_OK;
}

/* Further teams of those that are left, one after the other, as long as there are any. */
static enum sp_status pack_further(struct sp_scene *scene, struct count *count,
                                   struct found_teams *found, struct sp_error *err)
{
    enum sp_status status = SP_OK;
    bool more = true;
    while (status == SP_OK && more && count->independent < INDEPENDENT_ENOUGH) {
        status = find_teams(scene, count->lot, count->used, 1, true, found, err);
        uint32_t packed =
            status == SP_OK ? pack(&count->lot->assembly.problem, found, count->used) : 0;
        count->independent += packed;
        more = packed > 0;
    }
    return status;
}

/* The same lot when only what is certain counts. Where enough surely offer alone, they are it. */
static enum sp_status count_certain(struct sp_scene *scene, const struct sp_lot_matching *lot,
                                    uint32_t surely_alone, struct found_teams *found,
                                    struct sp_supply *out, struct sp_error *err)
{
    out->independent_certain = surely_alone;
    if (surely_alone >= INDEPENDENT_ENOUGH) {
        return SP_OK;
    }
    struct sp_lot_matching certain = *lot;
    struct sp_assembly_options options = lot->assembly.options;
    struct count count;
    options.certain_only = true;
    enum sp_status status = sp_assembly_make(&lot->pool, lot->matching->book, lot->settings->day,
                                             &options, lot->arena, &certain.assembly, err);
    if (status == SP_OK) {
        status = count_singles(&certain, &count, err);
    }
    if (status == SP_OK) {
        status = pack_further(scene, &count, found, err);
    }
    if (status == SP_OK) {
        out->independent_certain = count.independent;
    }
    return status;
}

static enum sp_status note_teams(const struct sp_lot_matching *lot, const struct count *count,
                                 const struct found_teams *found, struct sp_supply *out,
                                 struct sp_error *err)
{
    bool *takes_part = sp_arena_calloc(lot->arena, lot->pool.count + 1, sizeof *takes_part);
    if (takes_part == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < lot->pool.count; i++) {
        takes_part[i] = count->alone[i] != SP_ALONE_NO;
    }
    for (uint32_t i = 0; i < found->count; i++) {
        for (int32_t k = 0; k < found->teams[i].count; k++) {
            takes_part[lot->assembly.candidates[found->teams[i].members[k]]] = true;
        }
    }
    out->takes_part = takes_part;
    return SP_OK;
}

enum sp_status sp_supply_count(struct sp_scene *scene, const struct sp_lot_matching *lot,
                               struct sp_supply *out, struct sp_error *err)
{
    struct count count;
    struct found_teams *found = sp_arena_alloc(lot->arena, sizeof *found);
    *out = (struct sp_supply){.singles = 0};
    enum sp_status status = found == NULL ? SP_FAIL_NOMEM(err) : count_singles(lot, &count, err);
    if (status == SP_OK) {
        status = find_teams(scene, lot, count.used, SP_SUPPLY_CONSORTIA_MAX, true, found, err);
    }
    if (status == SP_OK) {
        status = note_teams(lot, &count, found, out, err);
    }
    if (status != SP_OK) {
        return status;
    }
    out->singles = count.singles;
    out->singles_unknown = count.unknown;
    out->alone = count.alone;
    out->consortia = found->count;
    out->consortia_at_least = found->at_least;
    count.independent += pack(&lot->assembly.problem, found, count.used);
    if (found->at_least) {
        status = pack_further(scene, &count, found, err);
    }
    out->independent = count.independent;
    return status == SP_OK ? count_certain(scene, lot, count.certain, found, out, err) : status;
}

enum sp_status sp_supply_best(struct sp_scene *scene, const struct sp_lot_matching *lot,
                              const struct sp_supply *supply, struct sp_assembled_team *out,
                              struct sp_error *err)
{
    const struct sp_assembly *assembly = &lot->assembly;
    size_t candidates = (size_t)assembly->problem.candidate_count;
    struct found_teams *found = sp_arena_alloc(lot->arena, sizeof *found);
    bool *alone = sp_arena_calloc(lot->arena, candidates + 1, sizeof *alone);
    *out = (struct sp_assembled_team){.count = 0};
    if (found == NULL || alone == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < candidates; i++) {
        alone[i] = supply->alone[assembly->candidates[i]] != SP_ALONE_NO;
    }
    enum sp_status status = find_teams(scene, lot, alone, 1, false, found, err);
    if (status == SP_OK && found->count > 0) {
        sp_assembly_read_team(assembly, &found->teams[0], out);
    }
    return status;
}

/* Those who offer alone, in the fair order of the pool; then members of the best consortium. */
static enum sp_status write_examples(struct sp_scene *scene, const struct sp_lot_matching *lot,
                                     const struct sp_supply *supply, Spoina__V1__Supply *out)
{
    const uint32_t *ranked = NULL;
    size_t count = 0;
    out->examples = sp_arena_calloc(scene->answer, SP_SUPPLY_EXAMPLES, sizeof *out->examples);
    enum sp_status status = out->examples == NULL
                                ? SP_NOMEM
                                : sp_pool_rank(&lot->pool, lot->arena, &ranked, &count, NULL);
    for (int round = 0; status == SP_OK && round < 2; round++) {
        for (size_t i = 0; i < count && out->n_examples < SP_SUPPLY_EXAMPLES; i++) {
            uint32_t entity = ranked[i];
            bool alone = supply->alone[entity] != SP_ALONE_NO;
            if (supply->takes_part[entity] && alone == (round == 0)) {
                Spoina__V1__EntitySummary *summary =
                    sp_show_entity(lot->pool.entities[entity].entity, scene->answer);
                status = summary == NULL ? SP_NOMEM : SP_OK;
                out->examples[out->n_examples] = summary;
                out->n_examples += summary == NULL ? 0 : 1;
            }
        }
    }
    return status;
}

Spoina__V1__Supply *sp_supply_write(struct sp_scene *scene, const struct sp_lot_matching *lot,
                                    const struct sp_supply *supply)
{
    Spoina__V1__Supply *out = sp_arena_alloc(scene->answer, sizeof *out);
    if (out == NULL) {
        return NULL;
    }
    spoina__v1__supply__init(out);
    out->singles = supply->singles;
    out->singles_unknown = supply->singles_unknown;
    out->consortia = supply->consortia;
    out->consortia_at_least = supply->consortia_at_least;
    out->independent_offers = supply->independent;
    out->independent_certain = supply->independent_certain;
    return write_examples(scene, lot, supply, out) == SP_OK ? out : NULL;
}
