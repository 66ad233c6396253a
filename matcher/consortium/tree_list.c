/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The list of the best teams met so far, and what is proved about the rest. */
#include <stdlib.h>
#include <string.h>

#include "matcher/consortium/necessity.h"
#include "matcher/consortium/tree_priv.h"

bool sp_tree_list_is_full(const struct sp_tree *t)
{
    return t->solution->count == t->teams_wanted;
}

int64_t sp_tree_threshold(const struct sp_tree *t)
{
    return sp_tree_list_is_full(t) ? t->solution->teams[t->teams_wanted - 1].score : INT64_MIN;
}

void sp_tree_state_proof(struct sp_tree *t)
{
    int64_t bound = INT64_MIN;
    for (int32_t level = 0; level <= SP_MAX_MEMBERS; level++) {
        bound = t->open[level] > bound ? t->open[level] : bound;
    }
    const int64_t shown = sp_tree_threshold(t);
    /* An open tie might still replace the last one: finished means finished. */
    t->solution->proven = bound == INT64_MIN || bound < shown;
    t->solution->bound = bound > shown ? bound : shown;
}

/* Where @p team belongs in the list; -1 if it does not, or is there already. */
static int32_t place_in_list(const struct sp_tree *t, const struct sp_solved_team *team)
{
    const struct sp_solution *list = t->solution;
    int32_t at = list->count;
    while (at > 0) {
        int order = sp_team_compare(team, &list->teams[at - 1]);
        if (order == 0) {
            return -1;
        }
        if (order > 0) {
            break;
        }
        at--;
    }
    return at == t->teams_wanted ? -1 : at;
}

/* No strict subset that holds the anchors lacks as little. False also when ended. */
static bool is_minimal(struct sp_tree *t, const struct sp_solved_team *team)
{
    uint32_t anchors = 0;
    for (int32_t n = 0; n < team->count; n++) {
        anchors |= t->row_of[team->members[n]] < t->options->anchor_count ? 1u << n : 0;
    }
    const uint32_t all = (1u << team->count) - 1;
    for (uint32_t subset = (all - 1) & all; subset != 0; subset = (subset - 1) & all) {
        struct sp_solved_team smaller;
        if ((subset & anchors) != anchors) {
            continue;
        }
        if (!sp_tree_work(t, (int64_t)team->count * t->problem->requirements * 8)) {
            return false;
        }
        if (sp_team_subset_value(t->problem, team, subset, &smaller) &&
            smaller.missing <= team->missing) {
            return false;
        }
    }
    return true;
}

static void offer(struct sp_tree *t, const struct sp_solved_team *team)
{
    struct sp_solution *list = t->solution;
    int32_t at = place_in_list(t, team);
    if (at < 0 || (t->options->minimal && !is_minimal(t, team))) {
        return;
    }
    int32_t last = sp_tree_list_is_full(t) ? list->count - 1 : list->count++;
    memmove(&list->teams[at + 1], &list->teams[at], (size_t)(last - at) * sizeof list->teams[0]);
    list->teams[at] = *team;
    t->changed = true;
}

static int compare_members(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a;
    int32_t y = *(const int32_t *)b;
    return x < y ? -1 : x > y ? 1 : 0;
}

/* Does the team share too many members with one that it should differ from? */
static bool is_too_alike(const struct sp_tree *t, const int32_t *rows, int32_t count)
{
    for (int32_t a = 0; a < t->options->apart_count; a++) {
        int32_t shared = 0;
        for (int32_t n = 0; n < count; n++) {
            shared += (t->rows[rows[n]].apart >> a & 1u) != 0 ? 1 : 0;
        }
        if (shared > t->options->most_shared) {
            return true;
        }
    }
    return false;
}

bool sp_tree_may_be_complete(const struct sp_tree *t, const int32_t *rows, int32_t count)
{
    const struct sp_problem *p = t->problem;
    int32_t left[SP_MAX_REQUIREMENTS];
    int64_t limits = 0;
    uint32_t lacking = ((uint32_t)1 << p->condition_count) - 1;
    memcpy(left, p->demand, sizeof left);
    for (int32_t n = 0; n < count; n++) {
        const struct sp_offer_row *row = &t->rows[rows[n]];
        limits += row->limit;
        lacking &= ~row->conditions;
        for (int32_t c = 0; c < row->cell_count; c++) {
            const struct sp_cell *cell = &t->cells[row->first_cell + c];
            left[cell->requirement] -= cell->capacity;
        }
    }
    bool may_be = limits >= p->total && lacking == 0;
    for (int32_t j = 0; j < p->requirements; j++) {
        may_be = may_be && left[j] <= 0;
    }
    for (int32_t k = 0; k < p->sum_count && may_be; k++) {
        int64_t sum = 0;
        for (int32_t n = 0; n < count; n++) {
            sum += t->rows[rows[n]].attributes[k];
        }
        may_be = sum >= p->sums[k].least;
    }
    return may_be;
}

struct sp_trial sp_tree_try(struct sp_tree *t, const int32_t *rows, int32_t count)
{
    const struct sp_trial refused = {.score = INT64_MIN};
    int32_t members[SP_MAX_MEMBERS];
    struct sp_solved_team team;
    if (!sp_tree_work(t, (int64_t)count * t->problem->requirements * 8) ||
        is_too_alike(t, rows, count)) {
        return refused;
    }
    for (int32_t n = 0; n < count; n++) {
        members[n] = t->rows[rows[n]].candidate;
    }
    qsort(members, (size_t)count, sizeof *members, compare_members);
    if (!sp_team_value(t->problem, members, count, &team)) {
        return refused;
    }
    if (count >= t->options->least_members) {
        if (team.complete || t->options->elastic) {
            offer(t, &team);
        }
        if (team.score > t->seed_score) {
            t->seed_score = team.score;
            t->seed_count = count;
            memcpy(t->seed, rows, (size_t)count * sizeof *rows);
        }
    }
    return (struct sp_trial){team.score, team.complete};
}
