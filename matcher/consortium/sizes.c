/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/consortium/sizes.h"

#include <string.h>

#include "base/memory.h"

/* Once the caller has ended one search, the searches of the other sizes end at once. */
struct ending {
    const struct sp_solve_options *options;
    bool ended;
};

static bool stop(void *context)
{
    struct ending *ending = context;
    const struct sp_solve_options *o = ending->options;
    ending->ended = ending->ended || (o->stop != NULL && o->stop(o->stop_context));
    return ending->ended;
}

static void mark_front(struct sp_sizes *sizes)
{
    int64_t best_score = INT64_MIN;
    for (int32_t n = 0; n < SP_MAX_MEMBERS; n++) {
        struct sp_best_of_size *best = &sizes->best[n];
        best->on_front = best->found && best->team.score > best_score;
        best_score = best->on_front ? best->team.score : best_score;
    }
}

enum sp_status sp_solve_sizes(const struct sp_problem *problem,
                              const struct sp_solve_options *options, struct sp_sizes *out,
                              struct sp_error *err)
{
    struct sp_problem sized = *problem;
    struct sp_solve_options search = *options;
    struct ending ending = {.options = options};
    struct sp_solution *solution = sp_malloc(sizeof *solution);
    enum sp_status status = solution == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    search.teams = 1;
    search.stop = stop;
    search.stop_context = &ending;
    search.progress = NULL;
    memset(out, 0, sizeof *out);
    out->proven = true;
    for (int32_t n = 0; status == SP_OK && n < problem->most_members; n++) {
        struct sp_best_of_size *best = &out->best[n];
        *best = (struct sp_best_of_size){.proven = true, .bound = INT64_MIN};
        if (n + 1 < options->anchor_count && n + 1 < problem->most_members) {
            continue; /* the anchors are more than that */
        }
        sized.most_members = search.least_members = n + 1;
        status = sp_solve(&sized, &search, solution, err);
        if (status == SP_OK) {
            best->found = solution->count > 0;
            best->proven = solution->proven;
            best->bound = solution->bound;
            best->team = best->found ? solution->teams[0] : best->team;
            out->proven = out->proven && best->proven;
            out->nodes += solution->nodes;
        }
    }
    mark_front(out);
    sp_free(solution);
    return status;
}
