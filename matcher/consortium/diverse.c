/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/consortium/diverse.h"

#include "base/memory.h"

enum {
    USUAL_TEAMS = 10,
    RANKING_TEAMS = 50, /* a ranking this long costs little more than one of ten */
};

static bool holds(const int32_t *members, int32_t count, int32_t member)
{
    for (int32_t n = 0; n < count; n++) {
        if (members[n] == member) {
            return true;
        }
    }
    return false;
}

/* A team of few members may share them all, but it does not differ from itself. */
static bool differs(const struct sp_solve_options *o, const struct sp_solved_team *a,
                    const struct sp_solved_team *b, int32_t most_shared)
{
    int32_t shared = 0;
    for (int32_t n = 0; n < a->count; n++) {
        shared += holds(b->members, b->count, a->members[n]) &&
                          !holds(o->anchors, o->anchor_count, a->members[n])
                      ? 1
                      : 0;
    }
    return shared <= most_shared && sp_team_compare(a, b) != 0;
}

static bool differs_from_all(const struct sp_solve_options *o, const struct sp_solution *taken,
                             const struct sp_solved_team *team, int32_t most_shared)
{
    for (int32_t n = 0; n < taken->count; n++) {
        if (!differs(o, team, &taken->teams[n], most_shared)) {
            return false;
        }
    }
    return true;
}

/* Take from @p ranking what differs enough, in order. Returns how many of the teams in @p out are
 * proven: a team of an unfinished ranking is in its place only if it scores more than anything that
 * the ranking may have overlooked. */
static int32_t take_teams(const struct sp_solve_options *o, const struct sp_solution *ranking,
                          int32_t wanted, int32_t most_shared, struct sp_solution *out)
{
    int32_t proven = out->count;
    for (int32_t n = 0; n < ranking->count && out->count < wanted; n++) {
        const struct sp_solved_team *team = &ranking->teams[n];
        if (!differs_from_all(o, out, team, most_shared)) {
            continue;
        }
        if (proven == out->count && (ranking->proven || team->score > ranking->bound)) {
            proven++;
        }
        out->teams[out->count++] = *team;
    }
    return proven;
}

/* What no further team that differs from all of @p taken scores more than: it was overlooked by the
 * last ranking, or ranks behind the last one taken; and being apart from the proven ones too, it
 * was no better choice than the last of them. */
static int64_t bound_further(const struct sp_solution *ranking, const struct sp_solution *taken,
                             int32_t proven)
{
    int64_t bound = taken->count > 0 ? taken->teams[taken->count - 1].score : INT64_MIN;
    if (!ranking->proven && ranking->bound > bound) {
        bound = ranking->bound;
    }
    return proven > 0 && taken->teams[proven - 1].score < bound ? taken->teams[proven - 1].score
                                                                : bound;
}

enum sp_status sp_solve_diverse(const struct sp_problem *problem,
                                const struct sp_solve_options *options, int32_t most_shared,
                                struct sp_solution *out, int32_t *proven_count,
                                struct sp_error *err)
{
    const int32_t wanted = options->teams == 0 ? USUAL_TEAMS : options->teams;
    if (wanted < 1 || wanted > SP_MAX_APART || most_shared < 0 || options->apart_count != 0) {
        return SP_FAIL(err, SP_INVALID, "teams",
                       "Różnych zespołów może być od 1 do %d (jest %d), wspólnych członków nie "
                       "mniej niż 0 (jest %d).",
                       "There may be 1 to %d teams that differ (there are %d), and no fewer than 0 "
                       "members shared (there are %d).",
                       SP_MAX_APART, wanted, most_shared);
    }
    struct sp_solution *ranking = sp_malloc(sizeof *ranking);
    if (ranking == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    struct sp_solve_options search = *options;
    enum sp_status status = SP_OK;
    int32_t proven = 0;
    bool goes_on = true;
    search.teams = wanted == 1 ? 1 : wanted > RANKING_TEAMS ? wanted : RANKING_TEAMS;
    search.progress = NULL;
    search.apart = out->teams;
    search.most_shared = most_shared;
    out->count = 0;
    out->nodes = 0;
    while (goes_on && out->count < wanted) {
        search.apart_count = out->count;
        status = sp_solve(problem, &search, ranking, err);
        if (status != SP_OK) {
            break;
        }
        proven = take_teams(options, ranking, wanted, most_shared, out);
        out->proven = ranking->proven;
        out->nodes += ranking->nodes;
        out->bound = bound_further(ranking, out, proven);
        goes_on = ranking->proven && ranking->count == search.teams;
        if (ranking->proven && !goes_on && out->count < wanted) {
            out->bound = INT64_MIN; /* all teams were listed */
        }
        if (options->progress != NULL && !options->progress(options->progress_context, out)) {
            break;
        }
    }
    sp_free(ranking);
    if (proven_count != NULL) {
        *proven_count = proven;
    }
    return status;
}
