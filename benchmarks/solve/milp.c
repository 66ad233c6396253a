/* SPDX-License-Identifier: EUPL-1.2 */
#include "benchmarks/solve/milp.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/memory.h"

struct writer {
    const struct sp_problem *problem;
    FILE *out;
    int32_t *place_of;   /* by candidate: number among the places that occur */
    int32_t *adviser_of; /* by candidate: number among the advisers that occur */
    int32_t *place;      /* by number */
    int32_t place_count;
    int32_t adviser_count;
};

/* What no team can hold: the solvers would find out by themselves, but need not write it. */
static bool may_be_member(const struct sp_problem *p, int32_t i)
{
    return !p->every || p->candidates[i].status;
}

static int32_t most_load(const struct sp_problem *p, int32_t i)
{
    return p->candidates[i].load < p->most_load ? p->candidates[i].load : p->most_load;
}

/* Effort that candidate @p i may spend in @p cell; 0 if it lacks the licence. */
static int32_t usable(const struct sp_problem *p, int32_t i, const struct sp_cell *cell)
{
    int32_t licence = p->licence[cell->requirement];
    if (licence >= 0 && (p->candidates[i].licences >> licence & 1u) == 0) {
        return 0;
    }
    int32_t most = cell->capacity < most_load(p, i) ? cell->capacity : most_load(p, i);
    return most < p->demand[cell->requirement] ? most : p->demand[cell->requirement];
}

/* The number of a variable that has one index. */
enum { ONE_INDEX = -1 };

static void term(const struct writer *w, int64_t factor, char letter, int32_t a, int32_t b)
{
    (void)fprintf(w->out, "%c %" PRId64 " %c_%d", factor < 0 ? '-' : '+',
                  factor < 0 ? -factor : factor, letter, a);
    if (b != ONE_INDEX) {
        (void)fprintf(w->out, "_%d", b);
    }
    (void)fputc('\n', w->out);
}

/* Distances are halved, since each pair is met from both ends: all is counted in halves. */
static void write_objective(const struct writer *w)
{
    const struct sp_problem *p = w->problem;
    (void)fprintf(w->out, "Maximize\n score:\n");
    for (int32_t i = 0; i < p->candidate_count; i++) {
        term(w, 0, 'y', i, ONE_INDEX);
    }
    for (int32_t i = 0; i < p->candidate_count; i++) {
        const struct sp_contender *c = &p->candidates[i];
        for (int32_t n = 0; may_be_member(p, i) && n < c->cell_count; n++) {
            if (usable(p, i, &c->cells[n]) > 0) {
                term(w, 2 * (int64_t)c->cells[n].value, 'x', i, c->cells[n].requirement);
            }
        }
    }
    const int64_t pair = (int64_t)p->owes_penalty + p->no_cooperation_penalty;
    for (int32_t k = 1; k <= p->most_members; k++) {
        term(w, -2 * p->kappa * (k - 1) - pair * k * (k - 1), 's', k, ONE_INDEX);
        for (int32_t o = 0; k > 1 && p->owes_penalty > 0 && o < w->adviser_count; o++) {
            term(w, (int64_t)p->owes_penalty * k * (k - 1), 't', o, k);
        }
        for (int32_t a = 0; a < w->place_count; a++) {
            int32_t own = p->distance[w->place[a] * p->place_count + w->place[a]];
            term(w, -1, 'f', a, k);
            term(w, own, 'v', a, k); /* f counts the distance of a member to itself */
        }
    }
    for (int32_t n = 0; n < p->cooperation_count; n++) {
        int32_t a = p->cooperations[n].a;
        int32_t b = p->cooperations[n].b;
        int64_t discounted = sp_problem_friction(p, a, b);
        int64_t whole =
            (int64_t)p->distance[p->candidates[a].place * p->place_count + p->candidates[b].place] +
            (p->candidates[a].owes != p->candidates[b].owes ? p->owes_penalty : 0) +
            p->no_cooperation_penalty;
        term(w, 2 * (whole - discounted), 'z', a, b);
    }
}

static void write_members(const struct writer *w)
{
    const struct sp_problem *p = w->problem;
    (void)fprintf(w->out, "Subject To\n");
    for (int32_t i = 0; i < p->candidate_count; i++) {
        const struct sp_contender *c = &p->candidates[i];
        if (!may_be_member(p, i)) {
            term(w, 1, 'y', i, ONE_INDEX);
            (void)fprintf(w->out, "= 0\n");
            continue;
        }
        for (int32_t side = 0; side < 2; side++) {
            for (int32_t n = 0; n < c->cell_count; n++) {
                if (usable(p, i, &c->cells[n]) > 0) {
                    term(w, 1, 'x', i, c->cells[n].requirement);
                }
            }
            term(w, side == 0 ? -most_load(p, i) : -p->least_load, 'y', i, ONE_INDEX);
            (void)fprintf(w->out, "%s 0\n", side == 0 ? "<=" : ">=");
        }
        for (int32_t n = 0; n < c->cell_count; n++) {
            int32_t most = usable(p, i, &c->cells[n]);
            if (most > 0) {
                term(w, 1, 'x', i, c->cells[n].requirement);
                term(w, -most, 'y', i, ONE_INDEX);
                (void)fprintf(w->out, "<= 0\n");
            }
        }
    }
}

static void write_coverage(const struct writer *w)
{
    const struct sp_problem *p = w->problem;
    for (int32_t j = 0; j < p->requirements; j++) {
        term(w, 0, 'y', 0, ONE_INDEX); /* a row needs a term even if nobody can do it */
        for (int32_t i = 0; i < p->candidate_count; i++) {
            const struct sp_contender *c = &p->candidates[i];
            for (int32_t n = 0; may_be_member(p, i) && n < c->cell_count; n++) {
                if (c->cells[n].requirement == j && usable(p, i, &c->cells[n]) > 0) {
                    term(w, 1, 'x', i, j);
                }
            }
        }
        (void)fprintf(w->out, "= %d\n", p->demand[j]);
    }
}

static void write_conditions(const struct writer *w)
{
    const struct sp_problem *p = w->problem;
    for (int32_t k = 0; k < p->sum_count; k++) {
        for (int32_t i = 0; i < p->candidate_count; i++) {
            term(w, sp_problem_attribute(p, i, k), 'y', i, ONE_INDEX);
        }
        (void)fprintf(w->out, ">= %" PRId64 "\n", p->sums[k].least);
    }
    for (int32_t bit = 0; bit < p->condition_count; bit++) {
        for (int32_t i = 0; i < p->candidate_count; i++) {
            term(w, p->candidates[i].conditions >> bit & 1u, 'y', i, ONE_INDEX);
        }
        (void)fprintf(w->out, ">= 1\n");
    }
    for (int32_t n = 0; n < p->conflict_count; n++) {
        (void)fprintf(w->out, "y_%d + y_%d <= 1\n", p->conflicts[n].a, p->conflicts[n].b);
    }
}

/* Tie s_k, t_o_k and v_p_k to the members; one of the s is chosen, so the team is not empty. */
static void write_counts(const struct writer *w)
{
    const struct sp_problem *p = w->problem;
    for (int32_t i = 0; i < p->candidate_count; i++) {
        term(w, 1, 'y', i, ONE_INDEX);
    }
    for (int32_t k = 1; k <= p->most_members; k++) {
        term(w, -k, 's', k, ONE_INDEX);
    }
    (void)fprintf(w->out, "= 0\n");
    for (int32_t k = 1; k <= p->most_members; k++) {
        term(w, 1, 's', k, ONE_INDEX);
    }
    (void)fprintf(w->out, "= 1\n");
    for (int32_t o = 0; p->owes_penalty > 0 && o < w->adviser_count; o++) {
        for (int32_t i = 0; i < p->candidate_count; i++) {
            if (w->adviser_of[i] == o) {
                term(w, 1, 'y', i, ONE_INDEX);
            }
        }
        for (int32_t k = 1; k <= p->most_members; k++) {
            term(w, -k, 't', o, k);
        }
        (void)fprintf(w->out, "= 0\n");
        for (int32_t k = 1; k <= p->most_members; k++) {
            term(w, 1, 't', o, k);
        }
        (void)fprintf(w->out, "<= 1\n");
    }
}

static void write_distances(const struct writer *w)
{
    const struct sp_problem *p = w->problem;
    for (int32_t a = 0; a < w->place_count; a++) {
        const int32_t *row = &p->distance[w->place[a] * p->place_count];
        int64_t farthest = 0;
        for (int32_t b = 0; b < w->place_count; b++) {
            farthest = row[w->place[b]] > farthest ? row[w->place[b]] : farthest;
        }
        for (int32_t i = 0; i < p->candidate_count; i++) {
            if (w->place_of[i] == a) {
                term(w, 1, 'y', i, ONE_INDEX);
            }
        }
        term(w, -1, 'n', a, ONE_INDEX);
        (void)fprintf(w->out, "= 0\n");
        for (int32_t k = 1; k <= p->most_members; k++) {
            term(w, 1, 'v', a, k);
        }
        term(w, -1, 'n', a, ONE_INDEX);
        (void)fprintf(w->out, "= 0\n");
        for (int32_t k = 1; k <= p->most_members; k++) {
            if (k > 1) {
                (void)fprintf(w->out, "v_%d_%d - v_%d_%d <= 0\n", a, k, a, k - 1);
            }
            term(w, 1, 'f', a, k);
            term(w, -farthest * p->most_members, 'v', a, k);
            for (int32_t b = 0; b < w->place_count; b++) {
                if (row[w->place[b]] > 0) {
                    term(w, -row[w->place[b]], 'n', b, ONE_INDEX);
                }
            }
            (void)fprintf(w->out, ">= %" PRId64 "\n", -farthest * p->most_members);
        }
    }
    for (int32_t n = 0; n < p->cooperation_count; n++) {
        int32_t a = p->cooperations[n].a;
        int32_t b = p->cooperations[n].b;
        (void)fprintf(w->out, "z_%d_%d - y_%d <= 0\nz_%d_%d - y_%d <= 0\n", a, b, a, a, b, b);
    }
}

static void write_binaries(const struct writer *w)
{
    const struct sp_problem *p = w->problem;
    (void)fprintf(w->out, "Binary\n");
    for (int32_t i = 0; i < p->candidate_count; i++) {
        (void)fprintf(w->out, "y_%d\n", i);
    }
    for (int32_t k = 1; k <= p->most_members; k++) {
        (void)fprintf(w->out, "s_%d\n", k);
        for (int32_t o = 0; p->owes_penalty > 0 && o < w->adviser_count; o++) {
            (void)fprintf(w->out, "t_%d_%d\n", o, k);
        }
        for (int32_t a = 0; a < w->place_count; a++) {
            (void)fprintf(w->out, "v_%d_%d\n", a, k);
        }
    }
    (void)fprintf(w->out, "End\n");
}

/* Give the places and advisers that occur the numbers 0, 1, ... */
static enum sp_status number_groups(struct writer *w)
{
    const struct sp_problem *p = w->problem;
    const size_t n = (size_t)p->candidate_count + 1;
    int32_t *place_number = sp_malloc((size_t)p->place_count * sizeof *place_number);
    int32_t *advisers = sp_malloc(n * sizeof *advisers);
    w->place_of = sp_malloc(n * sizeof *w->place_of);
    w->adviser_of = sp_malloc(n * sizeof *w->adviser_of);
    w->place = sp_malloc((size_t)p->place_count * sizeof *w->place);
    bool good = place_number != NULL && advisers != NULL && w->place_of != NULL &&
                w->adviser_of != NULL && w->place != NULL;
    for (int32_t a = 0; good && a < p->place_count; a++) {
        place_number[a] = -1;
    }
    for (int32_t i = 0; good && i < p->candidate_count; i++) {
        const struct sp_contender *c = &p->candidates[i];
        if (place_number[c->place] < 0) {
            w->place[w->place_count] = c->place;
            place_number[c->place] = w->place_count++;
        }
        w->place_of[i] = place_number[c->place];
        int32_t o = 0;
        while (o < w->adviser_count && advisers[o] != c->owes) {
            o++;
        }
        if (o == w->adviser_count) {
            advisers[w->adviser_count++] = c->owes;
        }
        w->adviser_of[i] = o;
    }
    sp_free(place_number);
    sp_free(advisers);
    return good ? SP_OK : SP_NOMEM;
}

enum sp_status milp_write(const struct sp_problem *problem, FILE *out)
{
    struct writer w = {.problem = problem, .out = out};
    enum sp_status status = number_groups(&w);
    if (status == SP_OK) {
        write_objective(&w);
        write_members(&w);
        write_coverage(&w);
        write_conditions(&w);
        write_counts(&w);
        write_distances(&w);
        write_binaries(&w);
    }
    sp_free(w.place_of);
    sp_free(w.adviser_of);
    sp_free(w.place);
    return status;
}
