/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Teams in terms of the pool; see assembly.h. */
#include <stdlib.h>
#include <string.h>

#include "matcher/assembly/assembly.h"

/** A member on its way into its place. */
struct row {
    uint32_t entity;
    int32_t candidate; /* fair order */
    int32_t load;
    bool leader;
    const int32_t *effort; /* NULL: it performs nothing */
};

static int compare_rows(const void *left, const void *right)
{
    const struct row *a = left;
    const struct row *b = right;
    if (a->leader != b->leader) {
        return a->leader ? -1 : 1;
    }
    if (a->load != b->load) {
        return a->load > b->load ? -1 : 1;
    }
    if (a->candidate != b->candidate) {
        return a->candidate < b->candidate ? -1 : 1;
    }
    return (a->entity > b->entity) - (a->entity < b->entity);
}

static struct row make_row(const struct sp_assembly *assembly, uint32_t entity,
                           const int32_t *effort)
{
    struct row row = {
        .entity = entity, .candidate = assembly->standings[entity].candidate, .effort = effort};
    for (size_t j = 0; effort != NULL && j < assembly->pool->requirement_count; j++) {
        row.load += effort[j];
    }
    return row;
}

/** Mark who leads: most effort among those that can lead, or among all; equals in fair order. */
static void choose_leader(const struct sp_assembly *assembly, struct row *rows, size_t count)
{
    struct row *leader = NULL;
    bool best_can = false;
    for (size_t i = 0; i < count; i++) {
        bool can = assembly->standings[rows[i].entity].can_lead;
        if (leader == NULL || (can && !best_can) ||
            (can == best_can && compare_rows(&rows[i], leader) < 0)) {
            leader = &rows[i];
            best_can = can;
        }
    }
    if (leader != NULL) {
        leader->leader = true;
    }
}

/** Put rows into their order and add up what the team is worth. */
static void write_team(const struct sp_assembly *assembly, struct row *rows, size_t count,
                       struct sp_assembled_team *out)
{
    const struct sp_problem *problem = &assembly->problem;
    *out = (struct sp_assembled_team){.count = count, .uncovered = problem->total};
    qsort(rows, count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < count; i++) {
        const struct sp_station *stations = assembly->standings[rows[i].entity].stations;
        out->entities[i] = rows[i].entity;
        for (size_t j = 0; rows[i].effort != NULL && j < assembly->pool->requirement_count; j++) {
            out->effort[i][j] = rows[i].effort[j];
            out->uncovered -= rows[i].effort[j];
            out->quality += (int64_t)stations[j].value * rows[i].effort[j];
        }
        for (size_t k = 0; k < i; k++) {
            if (rows[i].candidate != SP_NO_CANDIDATE && rows[k].candidate != SP_NO_CANDIDATE) {
                out->friction += sp_problem_friction(problem, rows[i].candidate, rows[k].candidate);
            }
        }
    }
    out->partners = problem->kappa * ((int64_t)count - 1);
    out->score = out->quality - out->partners - out->friction;
}

void sp_assembly_read_team(const struct sp_assembly *assembly, const struct sp_solved_team *team,
                           struct sp_assembled_team *out)
{
    struct row rows[SP_MAX_MEMBERS];
    size_t count = (size_t)team->count;
    for (size_t i = 0; i < count; i++) {
        rows[i] =
            make_row(assembly, assembly->candidates[team->members[i]], team->allocation.effort[i]);
    }
    choose_leader(assembly, rows, count);
    write_team(assembly, rows, count, out);
}

static int compare_numbers(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left;
    int32_t b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

/** The best allocation of these candidates, allowed as a team or not. */
static void allocate(const struct sp_assembly *assembly, int32_t *members, int32_t count,
                     struct sp_solved_team *out)
{
    qsort(members, (size_t)count, sizeof *members, compare_numbers);
    if (!sp_team_value(&assembly->problem, members, count, out)) {
        struct sp_problem loose = assembly->problem;
        loose.every = false;
        loose.least_load = 0;
        loose.conflict_count = 0;
        bool valued = sp_team_value(&loose, members, count, out);
        SP_ASSERT(valued);
    }
    struct sp_solved_team settled = *out;
    if (sp_assembly_settle(assembly, &settled)) {
        *out = settled;
    }
}

enum sp_status sp_assembly_value_team(const struct sp_assembly *assembly, const uint32_t *entities,
                                      size_t count, bool keep_leader, struct sp_assembled_team *out,
                                      struct sp_error *err)
{
    if (count < 1 || count > SP_MAX_MEMBERS) {
        return SP_FAIL(err, SP_INVALID, "members", "Zespół ma %zu członków, a może mieć 1 do %d.",
                       "The team has %zu members; it may have 1 to %d.", count, SP_MAX_MEMBERS);
    }
    int32_t members[SP_MAX_MEMBERS];
    int32_t member_count = 0;
    for (size_t i = 0; i < count; i++) {
        SP_ASSERT(entities[i] < assembly->pool->count);
        for (size_t k = 0; k < i; k++) {
            if (entities[k] == entities[i]) {
                return SP_FAIL(err, SP_INVALID, "members", "„%.80s” podano dwa razy.",
                               "‘%.80s’ was given twice.",
                               assembly->pool->entities[entities[i]].entity->name);
            }
        }
        if (assembly->standings[entities[i]].candidate != SP_NO_CANDIDATE) {
            members[member_count++] = assembly->standings[entities[i]].candidate;
        }
    }
    struct sp_solved_team solved = {0};
    if (member_count > 0) {
        allocate(assembly, members, member_count, &solved);
    }
    struct row rows[SP_MAX_MEMBERS];
    for (size_t i = 0; i < count; i++) {
        const int32_t *effort = NULL;
        for (int32_t n = 0; n < solved.count; n++) {
            effort = assembly->candidates[solved.members[n]] == entities[i]
                         ? solved.allocation.effort[n]
                         : effort;
        }
        rows[i] = make_row(assembly, entities[i], effort);
    }
    if (keep_leader) {
        rows[0].leader = true;
    } else {
        choose_leader(assembly, rows, count);
    }
    write_team(assembly, rows, count, out);
    return SP_OK;
}
