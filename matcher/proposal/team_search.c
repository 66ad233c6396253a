/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/proposal/team_search.h"

#include <stdlib.h>

#include "matcher/consortium/diverse.h"
#include "matcher/consortium/sizes.h"

enum {
    EXTRA_TEAMS = 5, /* for those that settling moves down or out */
    BOUND_STEP = 10, /* points by which the bound falls before it is told again */
    POINTS_MOST = 1000,
};

/** A search under way. */
struct run {
    const struct sp_team_search *search;
    struct sp_search_turn turn;
    enum sp_status status; /* of progress or cancel */
    struct sp_error *err;
    int64_t told_score; /* INT64_MIN: no team told yet */
    uint32_t told_bound;
};

uint32_t sp_points_of_score(int64_t score)
{
    int64_t points = score / SP_POINT_SCORE;
    return score <= 0 ? 0 : points > POINTS_MOST ? POINTS_MOST : (uint32_t)points;
}

static bool stop(void *context)
{
    struct run *run = context;
    const struct sp_matching *matching = run->search->lot->matching;
    if (run->status == SP_OK) {
        run->status = sp_match_go_on(&matching->scoring, run->err);
    }
    return run->status != SP_OK ||
           (matching->stop != NULL && matching->stop(matching->stop_context, &run->turn));
}

static bool tell(void *context, const struct sp_solution *so_far)
{
    struct run *run = context;
    const struct sp_team_search *search = run->search;
    const struct sp_solved_team *best = so_far->count > 0 ? &so_far->teams[0] : NULL;
    uint32_t bound = sp_points_of_score(so_far->bound);
    uint32_t best_points = best == NULL ? 0 : sp_points_of_score(best->score);
    bound = bound < best_points ? best_points : bound;
    bool is_better = best != NULL && best->score > run->told_score;
    bool is_closer = bound + BOUND_STEP <= run->told_bound;
    if (search->progress == NULL || run->status != SP_OK || !(is_better || is_closer)) {
        return run->status == SP_OK;
    }
    struct sp_assembled_team team;
    if (best != NULL) {
        sp_assembly_read_team(&search->lot->assembly, best, &team);
        run->told_score = best->score;
    }
    run->told_bound = bound;
    run->status =
        search->progress(search->progress_context, best == NULL ? NULL : &team, bound, run->err);
    return run->status == SP_OK;
}

/** A team after settling, with its score. */
struct settled {
    struct sp_assembled_team team;
    int32_t order; /* of the solver: its order among equals is fair */
};

static int compare(const void *left, const void *right)
{
    const struct settled *a = left;
    const struct settled *b = right;
    if (a->team.uncovered != b->team.uncovered) {
        return a->team.uncovered < b->team.uncovered ? -1 : 1;
    }
    if (a->team.score != b->team.score) {
        return a->team.score > b->team.score ? -1 : 1;
    }
    return (a->order > b->order) - (a->order < b->order);
}

/** Settle, put in order, keep as many as are wanted; what falls out counts for the bound. */
static enum sp_status take(const struct sp_team_search *search, struct sp_solution *solution,
                           bool keep_order, struct sp_found_teams *out, struct sp_error *err)
{
    const struct sp_assembly *assembly = &search->lot->assembly;
    struct settled *settled =
        sp_arena_calloc(search->lot->arena, (size_t)solution->count, sizeof *settled);
    out->teams = sp_arena_calloc(search->lot->arena, (size_t)solution->count, sizeof *out->teams);
    if (settled == NULL || out->teams == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    size_t count = 0;
    for (int32_t i = 0; i < solution->count; i++) {
        if (sp_assembly_settle(assembly, &solution->teams[i])) {
            settled[count].order = i;
            sp_assembly_read_team(assembly, &solution->teams[i], &settled[count++].team);
        }
    }
    if (count > 0 && !keep_order) {
        qsort(settled, count, sizeof *settled, compare);
    }
    int64_t bound = solution->bound;
    out->count = count < search->most ? count : search->most;
    for (size_t i = out->count; i < count; i++) {
        bound = settled[i].team.score > bound ? settled[i].team.score : bound;
    }
    out->proven = solution->proven;
    for (size_t i = 0; i < out->count; i++) {
        out->teams[i] = settled[i].team;
        bool is_sure = out->incomplete || keep_order || settled[i].team.score >= bound;
        out->proven = out->proven && is_sure;
    }
    out->bound = sp_points_of_score(bound);
    return SP_OK;
}

/* The best team of each size as a list, fewest members first. */
static void list_sizes(const struct sp_sizes *sizes, size_t least, struct sp_solution *out)
{
    out->count = 0;
    out->proven = sizes->proven;
    out->bound = INT64_MIN;
    for (size_t n = 0; n < SP_MAX_MEMBERS; n++) {
        const struct sp_best_of_size *best = &sizes->best[n];
        if (n + 1 >= least && best->found && best->on_front) {
            out->teams[out->count++] = best->team;
        }
        if (n + 1 >= least && best->bound > out->bound) {
            out->bound = best->bound;
        }
    }
}

static enum sp_status solve_sizes(const struct sp_team_search *search,
                                  const struct sp_solve_options *options, struct sp_solution *out,
                                  struct sp_error *err)
{
    struct sp_sizes *sizes = sp_arena_alloc(search->lot->arena, sizeof *sizes);
    if (sizes == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = sp_solve_sizes(&search->lot->assembly.problem, options, sizes, err);
    if (status == SP_OK) {
        list_sizes(sizes, search->members_least, out);
    }
    return status;
}

/** One search in the mode that the options ask for. */
static enum sp_status solve(struct run *run, const int32_t *anchors, bool elastic,
                            struct sp_solution *out, struct sp_error *err)
{
    const struct sp_team_search *search = run->search;
    const struct sp_team_options *wanted = &search->lot->settings->team;
    const struct sp_problem *problem = &search->lot->assembly.problem;
    struct sp_solve_options options = {
        .teams = (int32_t)search->most + EXTRA_TEAMS,
        .elastic = elastic,
        .minimal = !wanted->supersets_too,
        .least_members = (int32_t)search->members_least,
        .anchors = anchors,
        .anchor_count = (int32_t)search->anchor_count,
        .stop = stop,
        .stop_context = run,
        .progress = tell,
        .progress_context = run,
    };
    enum sp_status status = SP_OK;
    run->turn.is_last = elastic;
    run->told_score = INT64_MIN;
    run->told_bound = UINT32_MAX;
    if (wanted->by_size) {
        status = solve_sizes(search, &options, out, err);
    } else if (wanted->shared_members_max >= 0) {
        options.teams = (int32_t)search->most;
        status = sp_solve_diverse(problem, &options, wanted->shared_members_max, out, NULL, err);
    } else {
        status = sp_solve(problem, &options, out, err);
    }
    return run->status != SP_OK ? run->status : status;
}

enum sp_status sp_team_search(const struct sp_team_search *search, struct sp_found_teams *out,
                              struct sp_error *err)
{
    const struct sp_lot_matching *lot = search->lot;
    const struct sp_team_options *wanted = &lot->settings->team;
    struct run run = {.search = search, .turn = search->turn, .err = err};
    int32_t anchors[SP_MAX_MEMBERS];
    bool keep_order = wanted->by_size || wanted->shared_members_max >= 0;
    *out = (struct sp_found_teams){.proven = true};
    if (search->anchor_count > wanted->members_max) {
        return SP_FAIL(err, SP_INVALID, "members",
                       "Podano %zu członków, a zespół ma najwyżej %u (teams.members_max).",
                       "%zu members are given; a team has at most %u (teams.members_max).",
                       search->anchor_count, wanted->members_max);
    }
    for (size_t i = 0; i < search->anchor_count; i++) {
        anchors[i] = lot->assembly.standings[search->anchors[i]].candidate;
        if (anchors[i] == SP_NO_CANDIDATE) {
            return SP_OK; /* cannot be in any team: the proposal of the given ones says why */
        }
    }
    struct sp_solution *solution = sp_arena_alloc(lot->arena, sizeof *solution);
    if (solution == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = solve(&run, anchors, false, solution, err);
    if (status == SP_OK) {
        status = take(search, solution, keep_order, out, err);
    }
    if (status != SP_OK || out->count > 0 || search->complete_only) {
        return status;
    }
    bool none_is_complete = out->proven;
    out->incomplete = true;
    status = solve(&run, anchors, true, solution, err);
    if (status == SP_OK) {
        status = take(search, solution, keep_order, out, err);
    }
    out->proven = out->proven && none_is_complete;
    return status;
}
