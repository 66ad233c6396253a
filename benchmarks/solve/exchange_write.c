/* SPDX-License-Identifier: EUPL-1.2 */
#include "benchmarks/solve/exchange_write.h"

#include <inttypes.h>

static void write_frame(const struct sp_problem *p, FILE *out)
{
    (void)fprintf(out, "%d %d %d %d %d %d %" PRId64 "\n", p->requirements, p->total,
                  p->most_members, p->least_load, p->most_load, p->every ? 1 : 0, p->kappa);
    for (int32_t j = 0; j < p->requirements; j++) {
        (void)fprintf(out, "%d %d\n", p->demand[j], p->licence[j]);
    }
    (void)fprintf(out, "%d", p->sum_count);
    for (int32_t k = 0; k < p->sum_count; k++) {
        (void)fprintf(out, "  %" PRId64 " %d %" PRId64, p->sums[k].least,
                      p->sums[k].is_signed ? 1 : 0, p->sums[k].scale);
    }
    (void)fprintf(out, "\n%d %d %d %d %d\n", p->condition_count, p->place_count, p->owes_penalty,
                  p->no_cooperation_penalty, p->cooperation_divisor);
    for (int32_t a = 0; a < p->place_count; a++) {
        for (int32_t b = 0; b < p->place_count; b++) {
            (void)fprintf(out, "%s%d", b == 0 ? "" : " ", p->distance[a * p->place_count + b]);
        }
        (void)fputc('\n', out);
    }
}

static void write_pairs(const struct sp_pair *pairs, int32_t count, FILE *out)
{
    (void)fprintf(out, "%d\n", count);
    for (int32_t n = 0; n < count; n++) {
        (void)fprintf(out, "%d %d\n", pairs[n].a, pairs[n].b);
    }
}

void exchange_write(const struct sp_problem *p, FILE *out)
{
    write_frame(p, out);
    (void)fprintf(out, "%d\n", p->candidate_count);
    for (int32_t i = 0; i < p->candidate_count; i++) {
        const struct sp_contender *c = &p->candidates[i];
        (void)fprintf(out, "%d %d %d %d %" PRIu32 " %" PRIu32, c->place, c->owes, c->load,
                      c->status ? 1 : 0, c->licences, c->conditions);
        for (int32_t k = 0; k < p->sum_count; k++) {
            (void)fprintf(out, " %" PRId64, c->attributes[k]);
        }
        (void)fprintf(out, " %d", c->cell_count);
        for (int32_t n = 0; n < c->cell_count; n++) {
            (void)fprintf(out, " %d %d %d", c->cells[n].requirement, c->cells[n].capacity,
                          c->cells[n].value);
        }
        (void)fputc('\n', out);
    }
    write_pairs(p->cooperations, p->cooperation_count, out);
    write_pairs(p->conflicts, p->conflict_count, out);
}
