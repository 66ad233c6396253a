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
    return shared <= most_shared;
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
        /* Teams come in falling order, so the last one taken bounds the next, unless it may have
         * been overlooked. */
        out->proven = ranking->proven;
        out->nodes += ranking->nodes;
        out->bound = out->count > 0 ? out->teams[out->count - 1].score : INT64_MIN;
        out->bound = ranking->bound > out->bound && !ranking->proven ? ranking->bound : out->bound;
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
