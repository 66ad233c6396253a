/* SPDX-License-Identifier: EUPL-1.2 */
/** @file One search, from options to proof. The search itself is in tree.c. */
#include "matcher/consortium/solve.h"

#include "matcher/consortium/tree_priv.h"

#define WRONG(place, polish, english, ...)                                                         \
    SP_FAIL(err, SP_INVALID, (place), polish, english, __VA_ARGS__)

static enum sp_status check_anchors(const struct sp_problem *p, const struct sp_solve_options *o,
                                    struct sp_error *err)
{
    if (o->anchor_count < 0 || o->anchor_count > p->most_members) {
        return WRONG("anchors", "Wymaganych członków jest %d, a zespół może mieć najwyżej %d.",
                     "%d members are asked for, and a team has at most %d.", o->anchor_count,
                     p->most_members);
    }
    for (int32_t n = 0; n < o->anchor_count; n++) {
        bool twice = false;
        for (int32_t m = 0; m < n; m++) {
            twice = twice || o->anchors[m] == o->anchors[n];
        }
        if (twice || o->anchors[n] < 0 || o->anchors[n] >= p->candidate_count) {
            return WRONG("anchors", "Nie ma kandydata %d albo podano go dwa razy.",
                         "There is no candidate %d, or it is given twice.", o->anchors[n]);
        }
    }
    return SP_OK;
}

static enum sp_status check_options(const struct sp_problem *p, const struct sp_solve_options *o,
                                    struct sp_error *err)
{
    if (o->teams < 0 || o->teams > SP_MAX_TEAMS) {
        return WRONG("teams", "Liczba zespołów musi być od 1 do %d (jest %d).",
                     "The number of teams must be 1 to %d (it is %d).", SP_MAX_TEAMS, o->teams);
    }
    if (o->least_members < 0 || o->least_members > p->most_members) {
        return WRONG("least_members",
                     "Najmniejsza liczba członków %d musi być od 0 do największej, %d.",
                     "The least number of members %d must be 0 to the most, %d.", o->least_members,
                     p->most_members);
    }
    if (o->apart_count < 0 || o->apart_count > SP_MAX_APART || o->most_shared < 0) {
        return WRONG(
            "apart",
            "Zespołów, od których trzeba się różnić, może być do %d (jest %d), a wspólnych "
            "członków nie mniej niż 0 (jest %d).",
            "There may be up to %d teams to differ from (there are %d), and no fewer than "
            "0 members shared (there are %d).",
            SP_MAX_APART, o->apart_count, o->most_shared);
    }
    return check_anchors(p, o, err);
}

enum sp_status sp_solve(const struct sp_problem *problem, const struct sp_solve_options *options,
                        struct sp_solution *out, struct sp_error *err)
{
    enum sp_status status = check_options(problem, options, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_tree tree = {.problem = problem,
                           .options = options,
                           .solution = out,
                           .teams_wanted = options->teams == 0 ? 10 : options->teams,
                           .seed_score = INT64_MIN};
    for (int32_t level = 0; level <= SP_MAX_MEMBERS; level++) {
        tree.open[level] = INT64_MIN;
    }
    tree.open[0] = (int64_t)problem->total * SP_MAX_VALUE;
    out->count = 0;
    out->nodes = 0;
    status = sp_tree_set_up(&tree);
    if (status == SP_OK) {
        struct sp_node root;
        if (!tree.ended && sp_tree_root(&tree, &root)) {
            const int64_t highest = tree.open[0];
            tree.open[0] = INT64_MIN;
            tree.open[root.count] = highest;
            sp_tree_explore(&tree, &root, &tree.prices);
            tree.open[root.count] = tree.ended ? tree.open[root.count] : INT64_MIN;
        } else if (!tree.ended) {
            tree.open[0] = INT64_MIN;
        }
        sp_tree_state_proof(&tree);
    }
    sp_tree_release(&tree);
    return status == SP_OK ? SP_OK : SP_FAIL_NOMEM(err);
}

size_t sp_solve_memory_bytes(const struct sp_problem *problem)
{
    return sp_tree_memory_bytes(problem);
}
