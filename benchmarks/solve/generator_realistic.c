/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Realistic pools, and good teams planted in them.
 */
#include "benchmarks/solve/generator_priv.h"

enum {
    MOST_MEMBERS = 5,
    LEAST_LOAD = 50,   /* 5 % of the lot: no decorative member */
    MOST_PLACES = 380, /* Poland has 380 powiats and towns with their rights */
    LICENCES = 4,
    SUMS = 3,
    /* The costs of matcher/assembly/team_options.h, in score units. */
    PARTNER_COST = 20000,
    KM_COST = 100,
    OWES_COST = 2000,
    STRANGER_COST = 3000,
    COOPERATION_DIVISOR = 4,
    /* Of 1000 points of a value 200 are for nearness, as in matcher/scoring. */
    NEARNESS_POINTS = 200,
    FAR_KM = 150,
};

/* Attributes of an entity, by SUM condition. */
enum { REVENUE, STAFF, EMPLOYED };

/* What is bought is needed in place 0. */
static int32_t nearness(const struct draft *draft, int32_t place)
{
    const int32_t km = draft->distance[place] / KM_COST;
    return km >= FAR_KM ? 0 : NEARNESS_POINTS * (FAR_KM - km) / FAR_KM;
}

/* Every requirement in its turn is related to the next ones: whoever cooks also delivers. */
static void make_cells(struct draft *draft, int32_t i)
{
    const struct sp_problem *p = draft->problem;
    struct random *r = &draft->random;
    struct sp_contender *entity = &draft->entities[i];
    struct sp_cell *cells = draft_cells(draft, i);
    const int32_t breadth = random_pick(r, 1, 1 + p->requirements / 2);
    const int32_t first = random_pick(r, 0, p->requirements - 1);
    const int32_t quality = random_pick(r, 280, 740) + nearness(draft, entity->place);
    int32_t able = 0;
    for (int32_t n = 0; n < breadth; n++) {
        int32_t j = (first + n) % p->requirements;
        int32_t size = random_pick(r, 0, 9);
        int32_t percent = size < 6   ? random_pick(r, 15, 60)
                          : size < 9 ? random_pick(r, 60, 100)
                                     : random_pick(r, 100, 150);
        int32_t capacity = p->demand[j] * percent / 100;
        cells[entity->cell_count++] =
            (struct sp_cell){j, capacity < 1 ? 1 : capacity, quality + random_pick(r, -60, 60)};
        able += capacity;
    }
    /* The same people do all of it: less in all than the sum of the parts. */
    entity->load = able * random_pick(r, 60, 100) / 100;
    entity->load = entity->load < 1 ? 1 : entity->load;
}

static void make_entity(struct draft *draft, int32_t i, int32_t owes_count)
{
    struct random *r = &draft->random;
    struct sp_contender *entity = &draft->entities[i];
    int64_t *attributes = draft_attributes(draft, i);
    entity->place = random_pick(r, 0, draft->problem->place_count - 1);
    entity->owes = entity->place % owes_count;
    entity->status = random_chance(r, 80);
    for (int32_t bit = 0; bit < LICENCES; bit++) {
        entity->licences |= random_chance(r, 40) ? 1u << bit : 0;
    }
    for (int32_t bit = 0; bit < draft->problem->condition_count; bit++) {
        entity->conditions |= random_chance(r, 25) ? 1u << bit : 0;
    }
    /* Thousands of zloty: most are small, a few large. */
    attributes[REVENUE] = (int64_t)random_pick(r, 5, 40) * random_pick(r, 5, 40);
    int32_t staff = random_pick(r, 2, 12) + (random_chance(r, 15) ? random_pick(r, 10, 40) : 0);
    int32_t employed = staff * random_pick(r, 10, 70) / 100;
    attributes[STAFF] = staff;
    attributes[EMPLOYED] = (int64_t)100 * employed - (int64_t)30 * staff;
    make_cells(draft, i);
}

static void add_pair(struct sp_pair *pairs, int32_t *count, int32_t a, int32_t b)
{
    if (a != b) {
        pairs[(*count)++] = a < b ? (struct sp_pair){a, b} : (struct sp_pair){b, a};
    }
}

static void make_pairs(struct draft *draft)
{
    struct sp_problem *p = draft->problem;
    struct random *r = &draft->random;
    const int32_t last = p->candidate_count - 1;
    for (int32_t n = 0; n < p->candidate_count; n++) {
        int32_t a = random_pick(r, 0, last);
        int32_t b = random_pick(r, 0, last);
        /* Who worked together mostly has the same adviser: look a few times for such a partner. */
        for (int32_t look = 0; look < 4 && draft->entities[a].owes != draft->entities[b].owes;
             look++) {
            b = random_pick(r, 0, last);
        }
        add_pair(draft->cooperations, &p->cooperation_count, a, b);
    }
    for (int32_t n = 0; n < p->candidate_count / 20; n++) {
        add_pair(draft->conflicts, &p->conflict_count, random_pick(r, 0, last),
                 random_pick(r, 0, last));
    }
    p->cooperation_count = draft_sort_pairs(draft->cooperations, p->cooperation_count);
    p->conflict_count = draft_sort_pairs(draft->conflicts, p->conflict_count);
}

static void make_rules(struct draft *draft)
{
    struct sp_problem *p = draft->problem;
    struct random *r = &draft->random;
    p->most_members = MOST_MEMBERS;
    p->least_load = LEAST_LOAD;
    p->most_load = random_chance(r, 50) ? TOTAL_EFFORT : TOTAL_EFFORT * 7 / 10;
    p->every = random_chance(r, 50);
    p->kappa = PARTNER_COST;
    draft_split_demand(draft);
    for (int32_t j = 0; j < p->requirements; j++) {
        p->licence[j] = random_chance(r, 33) ? random_pick(r, 0, LICENCES - 1) : -1;
    }
    p->sum_count = SUMS;
    p->sums[REVENUE] = (struct sp_sum){(int64_t)100 * random_pick(r, 8, 20), 1000, false};
    p->sums[STAFF] = (struct sp_sum){random_pick(r, 15, 30), 20, false};
    p->sums[EMPLOYED] = (struct sp_sum){0, 1000, true};
    p->condition_count = random_pick(r, 1, 3);
    p->owes_penalty = OWES_COST;
    p->no_cooperation_penalty = STRANGER_COST;
    p->cooperation_divisor = COOPERATION_DIVISOR;
}

enum sp_status draft_realistic(struct draft *draft)
{
    struct sp_problem *p = draft->problem;
    int32_t places = p->candidate_count / 20;
    places = places < 12 ? 12 : places > MOST_PLACES ? MOST_PLACES : places;
    /* A powiat is 28 km wide. */
    int32_t side_km = 28;
    while (side_km * side_km < places * 28 * 28) {
        side_km += 28;
    }
    make_rules(draft);
    enum sp_status status = draft_lay_out(draft, places, side_km, KM_COST);
    for (int32_t i = 0; status == SP_OK && i < p->candidate_count; i++) {
        make_entity(draft, i, 2 + places / 8);
    }
    if (status == SP_OK) {
        make_pairs(draft);
    }
    return status;
}

/* ---- planting ---- */

/* Choose @p count distinct entities, in ascending order. */
static void choose_members(struct draft *draft, int32_t count, struct planted *planted)
{
    while (planted->count < count) {
        int32_t chosen = random_pick(&draft->random, 0, draft->problem->candidate_count - 1);
        int32_t at = planted->count;
        while (at > 0 && planted->members[at - 1] > chosen) {
            at--;
        }
        if (at > 0 && planted->members[at - 1] == chosen) {
            continue;
        }
        for (int32_t n = planted->count++; n > at; n--) {
            planted->members[n] = planted->members[n - 1];
        }
        planted->members[at] = chosen;
    }
}

static bool is_planted(const struct planted *planted, int32_t entity)
{
    for (int32_t n = 0; n < planted->count; n++) {
        if (planted->members[n] == entity) {
            return true;
        }
    }
    return false;
}

/* All may sit at one table: what kept two of them apart goes, and all have worked together. */
static void befriend(struct draft *draft, const struct planted *planted)
{
    struct sp_problem *p = draft->problem;
    int32_t kept = 0;
    for (int32_t n = 0; n < p->conflict_count; n++) {
        struct sp_pair pair = draft->conflicts[n];
        if (!is_planted(planted, pair.a) || !is_planted(planted, pair.b)) {
            draft->conflicts[kept++] = pair;
        }
    }
    p->conflict_count = kept;
    for (int32_t n = 0; n < planted->count; n++) {
        for (int32_t m = n + 1; m < planted->count; m++) {
            add_pair(draft->cooperations, &p->cooperation_count, planted->members[n],
                     planted->members[m]);
        }
    }
    p->cooperation_count = draft_sort_pairs(draft->cooperations, p->cooperation_count);
}

/* Give @p entity @p effort units of requirement @p j; returns what they are worth. */
static int64_t give_cell(struct draft *draft, int32_t entity, int32_t j, int32_t effort)
{
    struct sp_contender *e = &draft->entities[entity];
    int32_t value = random_pick(&draft->random, 850, 1000);
    draft_cells(draft, entity)[e->cell_count++] = (struct sp_cell){j, effort, value};
    e->load += effort;
    return (int64_t)effort * value;
}

static void qualify(struct draft *draft, int32_t entity, int32_t place, int32_t team_size)
{
    const struct sp_problem *p = draft->problem;
    struct sp_contender *e = &draft->entities[entity];
    int64_t *attributes = draft_attributes(draft, entity);
    e->place = draft->entities[place].place;
    e->owes = draft->entities[place].owes;
    e->status = true;
    e->licences = (1u << LICENCES) - 1;
    e->conditions = 0;
    e->load = 0;
    e->cell_count = 0;
    attributes[REVENUE] = p->sums[REVENUE].least / team_size + 1;
    attributes[STAFF] = p->sums[STAFF].least / team_size + 1;
    attributes[EMPLOYED] = 0; /* just what the SHARE condition asks for */
}

void draft_plant(struct draft *draft, struct planted *planted)
{
    struct sp_problem *p = draft->problem;
    const int32_t most = p->requirements < 2 ? 2 : p->requirements < 4 ? p->requirements : 4;
    const int32_t size = random_pick(&draft->random, 2, most);
    choose_members(draft, size, planted);
    for (int32_t n = 0; n < size; n++) {
        qualify(draft, planted->members[n], planted->members[0], size);
    }
    for (int32_t bit = 0; bit < p->condition_count; bit++) {
        draft->entities[planted->members[bit % size]].conditions |= 1u << bit;
    }
    /* One performs two thirds of a requirement, the next one the rest: each has its share. */
    for (int32_t j = 0; j < p->requirements; j++) {
        int32_t helped = p->demand[j] / 3;
        planted->score += give_cell(draft, planted->members[j % size], j, p->demand[j] - helped) +
                          give_cell(draft, planted->members[(j + 1) % size], j, helped);
    }
    befriend(draft, planted);
    /* One place and one adviser: what is left of friction is that of any two who cooperated. */
    const int64_t friction = p->no_cooperation_penalty / p->cooperation_divisor;
    planted->score -= p->kappa * (size - 1) + friction * size * (size - 1) / 2;
}
