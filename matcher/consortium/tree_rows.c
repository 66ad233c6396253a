/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Candidates into rows: those that can be members at all, anchors first, in one block of memory.
 *
 * Equal candidates are a class: exchanging one for another changes nothing but the order among
 * equals, which prefers small indices. So a team that holds a member with at least K others of its
 * class before it, none of them in the team, ranks behind K teams just like it, and can not be
 * among the best K. Of every class the first K + M - 1 are kept, and any number of equals costs no
 * more.
 */
#include <string.h>

#include "base/memory.h"
#include "matcher/consortium/tree_priv.h"

/* Of a candidate, before it has a row. */
enum {
    NO_ROW = -1,
    NO_ROW_PAIRED = -2, /* it worked with another or is in conflict: equal to none */
};

enum { RUN_LENGTH = 1024 /* pairs or rows between two reports of work */ };

/* ---- memory ---- */

/* One block given out piece by piece; without a base it only counts. */
struct block {
    char *base;
    size_t used_bytes;
};

static void *carve(struct block *block, size_t count, size_t size)
{
    void *piece = block->base == NULL ? NULL : block->base + block->used_bytes;
    block->used_bytes += (count * size + 15) / 16 * 16;
    return piece;
}

/* How many slots the table of classes has: a power of two, at most half full. */
static size_t class_slots(const struct sp_problem *p)
{
    size_t slots = 2;
    while (slots < 2 * (size_t)p->candidate_count) {
        slots *= 2;
    }
    return slots;
}

static void lay_out(struct sp_tree *t, const struct sp_problem *p, struct block *block)
{
    const size_t candidates = (size_t)p->candidate_count;
    const size_t pairs = (size_t)p->cooperation_count + (size_t)p->conflict_count;
    size_t cells = 0;
    for (int32_t i = 0; i < p->candidate_count; i++) {
        cells += (size_t)p->candidates[i].cell_count;
    }
    t->rows = carve(block, candidates, sizeof *t->rows);
    t->cells = carve(block, cells, sizeof *t->cells);
    t->attributes = carve(block, candidates * (size_t)p->sum_count, sizeof *t->attributes);
    for (int32_t level = 0; level <= p->most_members; level++) {
        t->levels[level] = carve(block, candidates, sizeof *t->levels[level]);
    }
    t->row_of = carve(block, candidates, sizeof *t->row_of);
    t->pair_start = carve(block, candidates + 2, sizeof *t->pair_start);
    t->pair_fill = carve(block, candidates + 1, sizeof *t->pair_fill);
    t->pair_row = carve(block, 2 * pairs, sizeof *t->pair_row);
    t->class_first = carve(block, class_slots(p), sizeof *t->class_first);
    t->class_size = carve(block, candidates, sizeof *t->class_size);
    t->mark = carve(block, candidates, sizeof *t->mark);
}

size_t sp_tree_memory_bytes(const struct sp_problem *problem)
{
    struct sp_tree tree;
    struct block block = {0};
    lay_out(&tree, problem, &block);
    return block.used_bytes;
}

/* ---- classes ---- */

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

static uint64_t hash_row(const struct sp_tree *t, const struct sp_offer_row *row)
{
    uint64_t hash = mix((uint32_t)row->limit, (uint64_t)row->place << 32 | (uint32_t)row->owes);
    hash = mix(hash, row->conditions);
    hash = mix(hash, row->apart);
    for (int32_t n = 0; n < row->cell_count; n++) {
        const struct sp_cell *cell = &t->cells[row->first_cell + n];
        hash = mix(hash, (uint64_t)cell->capacity << 32 | (uint32_t)cell->value);
        hash = mix(hash, (uint32_t)cell->requirement);
    }
    for (int32_t k = 0; k < t->problem->sum_count; k++) {
        hash = mix(hash, (uint64_t)row->attributes[k]);
    }
    return hash;
}

/* Rows hold cells as they may be used, so what differs only out of reach is equal. */
static bool rows_equal(const struct sp_tree *t, const struct sp_offer_row *a,
                       const struct sp_offer_row *b)
{
    if (a->place != b->place || a->owes != b->owes || a->limit != b->limit ||
        a->conditions != b->conditions || a->apart != b->apart || a->cell_count != b->cell_count) {
        return false;
    }
    for (int32_t n = 0; n < a->cell_count; n++) {
        const struct sp_cell *x = &t->cells[a->first_cell + n];
        const struct sp_cell *y = &t->cells[b->first_cell + n];
        if (x->requirement != y->requirement || x->capacity != y->capacity ||
            x->value != y->value) {
            return false;
        }
    }
    for (int32_t k = 0; k < t->problem->sum_count; k++) {
        if (a->attributes[k] != b->attributes[k]) {
            return false;
        }
    }
    return true;
}

/* Count @p row, the next to be, in its class; false if the class has all that can matter. */
static bool class_has_room(struct sp_tree *t, const struct sp_offer_row *row)
{
    const size_t last_slot = class_slots(t->problem) - 1;
    size_t slot = (size_t)hash_row(t, row) & last_slot;
    while (t->class_first[slot] >= 0 && !rows_equal(t, &t->rows[t->class_first[slot]], row)) {
        slot = (slot + 1) & last_slot;
    }
    if (t->class_first[slot] < 0) {
        t->class_first[slot] = t->row_count;
        t->class_size[t->row_count] = 0;
    }
    int32_t *size = &t->class_size[t->class_first[slot]];
    if (*size == t->teams_wanted + t->problem->most_members - 1) {
        return false;
    }
    ++*size;
    return true;
}

/* ---- rows ---- */

static void copy_cells(struct sp_tree *t, const struct sp_contender *c, struct sp_offer_row *row)
{
    const struct sp_problem *p = t->problem;
    for (int32_t n = 0; n < c->cell_count; n++) {
        struct sp_cell cell = c->cells[n];
        const int32_t licence = p->licence[cell.requirement];
        if (licence >= 0 && (c->licences >> licence & 1u) == 0) {
            continue;
        }
        if (cell.capacity > p->demand[cell.requirement]) {
            cell.capacity = p->demand[cell.requirement];
        }
        if (cell.capacity > row->limit) {
            cell.capacity = row->limit;
        }
        if (cell.capacity > 0) {
            t->cells[row->first_cell + row->cell_count++] = cell;
            row->performs |= 1u << cell.requirement;
        }
    }
}

static uint64_t teams_with(const struct sp_solve_options *o, int32_t candidate)
{
    uint64_t teams = 0;
    for (int32_t a = 0; a < o->apart_count; a++) {
        for (int32_t n = 0; n < o->apart[a].count; n++) {
            teams |= o->apart[a].members[n] == candidate ? (uint64_t)1 << a : 0;
        }
    }
    return teams;
}

static struct sp_offer_row make_row(struct sp_tree *t, int32_t candidate)
{
    const struct sp_problem *p = t->problem;
    const struct sp_contender *c = &p->candidates[candidate];
    int64_t *attributes = t->attributes + (size_t)t->row_count * (size_t)p->sum_count;
    struct sp_offer_row row = {.candidate = candidate,
                               .place = c->place,
                               .owes = c->owes,
                               .limit = c->load < p->most_load ? c->load : p->most_load,
                               .conditions = c->conditions,
                               .attributes = attributes};
    if (t->row_count > 0) {
        const struct sp_offer_row *last = &t->rows[t->row_count - 1];
        row.first_cell = last->first_cell + last->cell_count;
    }
    for (int32_t k = 0; k < p->sum_count; k++) {
        attributes[k] = sp_problem_attribute(p, candidate, k);
    }
    copy_cells(t, c, &row);
    return row;
}

/* Can it be a member at all? */
static bool is_able(const struct sp_tree *t, const struct sp_offer_row *row)
{
    const struct sp_problem *p = t->problem;
    int64_t can = 0;
    for (int32_t n = 0; n < row->cell_count; n++) {
        can += t->cells[row->first_cell + n].capacity;
    }
    return row->limit >= p->least_load && can >= p->least_load &&
           (!p->every || p->candidates[row->candidate].status);
}

static void add_row(struct sp_tree *t, struct sp_offer_row row)
{
    t->row_of[row.candidate] = t->row_count;
    t->rows[t->row_count++] = row;
}

static void make_rows(struct sp_tree *t)
{
    const struct sp_solve_options *o = t->options;
    for (int32_t n = 0; n < o->anchor_count; n++) {
        add_row(t, make_row(t, o->anchors[n]));
    }
    for (int32_t i = 0; i < t->problem->candidate_count; i++) {
        if (t->row_of[i] >= 0) {
            continue;
        }
        struct sp_offer_row row = make_row(t, i);
        row.apart = teams_with(o, i);
        if (is_able(t, &row) && (t->row_of[i] == NO_ROW_PAIRED || class_has_room(t, &row))) {
            add_row(t, row);
        }
        if (!sp_tree_work(t, 16 + 4 * row.cell_count + 8 * o->apart_count)) {
            return;
        }
    }
}

/* ---- pairs ---- */

static void note_paired(struct sp_tree *t, const struct sp_pair *pairs, int32_t count)
{
    for (int32_t n = 0; n < count; n++) {
        t->row_of[pairs[n].a] = NO_ROW_PAIRED;
        t->row_of[pairs[n].b] = NO_ROW_PAIRED;
        if (n % RUN_LENGTH == 0 && !sp_tree_work(t, 4 * RUN_LENGTH)) {
            return;
        }
    }
}

/* Count the partners of each row, or, once they are counted, write them. */
static void add_pairs(struct sp_tree *t, const struct sp_pair *pairs, int32_t count, bool conflict,
                      bool write)
{
    for (int32_t n = 0; n < count; n++) {
        const int32_t a = t->row_of[pairs[n].a];
        const int32_t b = t->row_of[pairs[n].b];
        if (n % RUN_LENGTH == 0 && !sp_tree_work(t, 4 * RUN_LENGTH)) {
            return;
        }
        if (a < 0 || b < 0) {
            continue;
        }
        if (write) {
            t->pair_row[t->pair_fill[a]++] = conflict ? -1 - b : b;
            t->pair_row[t->pair_fill[b]++] = conflict ? -1 - a : a;
        } else {
            t->pair_start[a + 1]++;
            t->pair_start[b + 1]++;
        }
    }
}

static void make_pairs(struct sp_tree *t)
{
    const struct sp_problem *p = t->problem;
    memset(t->pair_start, 0, ((size_t)t->row_count + 2) * sizeof *t->pair_start);
    add_pairs(t, p->conflicts, p->conflict_count, true, false);
    add_pairs(t, p->cooperations, p->cooperation_count, false, false);
    for (int32_t r = 0; r < t->row_count; r++) {
        t->pair_start[r + 1] += t->pair_start[r];
    }
    memcpy(t->pair_fill, t->pair_start, (size_t)t->row_count * sizeof *t->pair_fill);
    add_pairs(t, p->conflicts, p->conflict_count, true, true);
    add_pairs(t, p->cooperations, p->cooperation_count, false, true);
}

/* ---- limits of every score ---- */

/* No team scores more: everything is performed by the dearest, and nothing is paid. */
static int64_t highest_score(struct sp_tree *t)
{
    int32_t best[SP_MAX_REQUIREMENTS] = {0};
    int64_t score = 0;
    for (int32_t r = 0; r < t->row_count; r++) {
        const struct sp_offer_row *row = &t->rows[r];
        if (r % RUN_LENGTH == 0) {
            (void)sp_tree_work(t, 4 * RUN_LENGTH);
        }
        for (int32_t n = 0; n < row->cell_count; n++) {
            const struct sp_cell *cell = &t->cells[row->first_cell + n];
            if (cell->value > best[cell->requirement]) {
                best[cell->requirement] = cell->value;
            }
        }
    }
    for (int32_t j = 0; j < t->problem->requirements; j++) {
        score += (int64_t)best[j] * t->problem->demand[j];
    }
    return score;
}

static void limit_sums(struct sp_tree *t)
{
    const struct sp_problem *p = t->problem;
    for (int32_t k = 0; k < p->sum_count; k++) {
        int64_t largest = p->sums[k].least < 0 ? -p->sums[k].least : p->sums[k].least;
        for (int32_t r = 0; r < t->row_count; r++) {
            int64_t attribute = t->rows[r].attributes[k];
            if (r % RUN_LENGTH == 0) {
                (void)sp_tree_work(t, RUN_LENGTH);
            }
            attribute = attribute < 0 ? -attribute : attribute;
            largest = attribute > largest ? attribute : largest;
        }
        sp_prices_limit_sum(p, &t->prices, k, largest);
    }
}

static void find_frictions(struct sp_tree *t)
{
    const struct sp_problem *p = t->problem;
    const int64_t others = p->most_members - 1;
    const size_t places = (size_t)p->place_count;
    int64_t most = 0;
    int64_t least = INT64_MAX;
    for (size_t a = 0; a < places && sp_tree_work(t, p->place_count / 4); a++) {
        for (size_t b = 0; b < places; b++) {
            const int64_t distance = p->distance[a * places + b];
            least = distance < least ? distance : least;
            most = distance > most ? distance : most;
        }
    }
    least = least == INT64_MAX ? 0 : least + p->no_cooperation_penalty;
    for (int32_t n = 0; n < p->cooperation_count; n++) {
        const struct sp_pair *pair = &p->cooperations[n];
        int64_t friction = sp_problem_base_friction(p, pair->a, pair->b) / p->cooperation_divisor;
        least = friction < least ? friction : least;
        if (n % RUN_LENGTH == 0 && !sp_tree_work(t, 4 * RUN_LENGTH)) {
            return;
        }
    }
    most += (int64_t)p->owes_penalty + p->no_cooperation_penalty;
    t->least_friction = least;
    t->lowest = t->options->elastic ? INT64_MIN
                                    : -(p->kappa * others) - most * others * p->most_members / 2;
}

enum sp_status sp_tree_set_up(struct sp_tree *t)
{
    const struct sp_problem *p = t->problem;
    struct block block = {0};
    t->memory = sp_malloc(sp_tree_memory_bytes(p));
    if (t->memory == NULL) {
        return SP_NOMEM;
    }
    block.base = t->memory;
    lay_out(t, p, &block);
    for (int32_t i = 0; i < p->candidate_count; i++) {
        t->row_of[i] = NO_ROW;
    }
    (void)sp_tree_work(t, p->candidate_count);
    memset(t->class_first, 0xFF, class_slots(p) * sizeof *t->class_first);
    note_paired(t, p->cooperations, p->cooperation_count);
    note_paired(t, p->conflicts, p->conflict_count);
    make_rows(t);
    if (t->ended) {
        return SP_OK;
    }
    memset(t->mark, 0, (size_t)t->row_count);
    make_pairs(t);
    t->open[0] = highest_score(t);
    limit_sums(t);
    find_frictions(t);
    return SP_OK;
}

void sp_tree_release(struct sp_tree *t)
{
    sp_free(t->memory);
}
