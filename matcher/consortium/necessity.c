/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/consortium/necessity.h"

#include <string.h>

static int32_t size_of(uint32_t subset)
{
    int32_t size = 0;
    for (; subset != 0; subset &= subset - 1) {
        size++;
    }
    return size;
}

bool sp_team_subset_value(const struct sp_problem *p, const struct sp_solved_team *team,
                          uint32_t subset, struct sp_solved_team *out)
{
    int32_t members[SP_MAX_MEMBERS];
    int32_t count = 0;
    for (int32_t n = 0; n < team->count; n++) {
        if ((subset >> n & 1u) != 0) {
            members[count++] = team->members[n];
        }
    }
    return sp_team_value(p, members, count, out);
}

static bool is_complete(const struct sp_problem *p, const struct sp_solved_team *team,
                        uint32_t subset)
{
    struct sp_solved_team smaller;
    return sp_team_subset_value(p, team, subset, &smaller) && smaller.complete;
}

int32_t sp_team_complete_subsets(const struct sp_problem *p, const struct sp_solved_team *team,
                                 uint32_t *subsets, int32_t room)
{
    const uint32_t all = (1u << team->count) - 1;
    int32_t found = 0;
    for (int32_t size = 1; size < team->count; size++) {
        for (uint32_t subset = all; subset != 0; subset--) {
            if (size_of(subset) == size && is_complete(p, team, subset)) {
                if (found < room) {
                    subsets[found] = subset;
                }
                found++;
            }
        }
    }
    return found;
}

static int32_t smaller(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static void look_at_member(const struct sp_problem *p, int32_t member, struct sp_member_alone *out)
{
    const struct sp_contender *c = &p->candidates[member];
    struct sp_solved_team team;
    out->may_be_alone = sp_team_value(p, &member, 1, &team);
    out->suffices = out->may_be_alone && team.complete;
    sp_team_lacking(p, &member, 1, &out->lacking);
    memcpy(out->beyond, p->demand, sizeof out->beyond);
    for (int32_t n = 0; n < c->cell_count; n++) {
        const struct sp_cell *cell = &c->cells[n];
        const int32_t licence = p->licence[cell->requirement];
        const int32_t can = smaller(cell->capacity, smaller(c->load, p->most_load));
        if (licence < 0 || (c->licences >> licence & 1u) != 0) {
            out->beyond[cell->requirement] -= smaller(can, p->demand[cell->requirement]);
        }
    }
}

void sp_team_necessity(const struct sp_problem *p, const struct sp_solved_team *team,
                       struct sp_necessity *out)
{
    const uint32_t all = (1u << team->count) - 1;
    uint32_t dispensable = 0;
    memset(out, 0, sizeof *out);
    for (uint32_t subset = all - 1; subset != 0; subset--) {
        if (is_complete(p, team, subset)) {
            out->complete_count++;
            dispensable |= all & ~subset;
            if (out->smallest == 0 || size_of(subset) < size_of(out->smallest)) {
                out->smallest = subset;
            }
        }
    }
    out->minimal = out->complete_count == 0;
    for (int32_t n = 0; n < team->count; n++) {
        look_at_member(p, team->members[n], &out->alone[n]);
        out->alone[n].is_needed = (dispensable >> n & 1u) == 0;
    }
}
