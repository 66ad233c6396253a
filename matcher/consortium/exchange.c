/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/consortium/exchange.h"

#include <stdio.h>
#include <stdlib.h>

struct reader {
    struct sp_view text;
    size_t at;
    int line;
    struct sp_arena *arena;
    struct sp_error *err;
    enum sp_status status; /* sticky */
};

static void fail(struct reader *r, const char *polish, const char *english)
{
    char place[32];
    if (r->status == SP_OK) {
        (void)snprintf(place, sizeof place, "line %d", r->line);
        r->status = SP_FAIL(r->err, SP_INVALID, place, "%s%.0s", "%.0s%s", polish, english);
    }
}

/* One integer of low..high; 0 after a failure. */
static int64_t take(struct reader *r, int64_t low, int64_t high)
{
    while (r->at < r->text.length && r->text.data[r->at] <= ' ') {
        r->line += r->text.data[r->at++] == '\n' ? 1 : 0;
    }
    bool negative = r->at < r->text.length && r->text.data[r->at] == '-';
    size_t digit = r->at + (negative ? 1 : 0);
    int64_t value = 0;
    size_t start = digit;
    while (digit < r->text.length && r->text.data[digit] >= '0' && r->text.data[digit] <= '9' &&
           digit - start < 18) {
        value = value * 10 + (r->text.data[digit++] - '0');
    }
    value = negative ? -value : value;
    bool ended = digit == r->text.length || r->text.data[digit] <= ' ';
    if (digit == start || !ended) {
        fail(r, "Brakuje liczby całkowitej.", "An integer is missing.");
    } else if (value < low || value > high) {
        fail(r, "Liczba jest poza zakresem.", "The number is out of range.");
    }
    r->at = digit;
    return r->status == SP_OK ? value : 0;
}

static int32_t take32(struct reader *r, int64_t low, int64_t high)
{
    return (int32_t)take(r, low, high);
}

static void *give(struct reader *r, size_t count, size_t size)
{
    void *memory = r->status == SP_OK ? sp_arena_calloc(r->arena, count + 1, size) : NULL;
    if (memory == NULL && r->status == SP_OK) {
        r->status = SP_FAIL_NOMEM(r->err);
    }
    return memory;
}

static void read_frame(struct reader *r, struct sp_problem *p)
{
    p->requirements = take32(r, 1, SP_MAX_REQUIREMENTS);
    p->total = take32(r, 1, SP_MAX_TOTAL);
    p->most_members = take32(r, 1, SP_MAX_MEMBERS);
    p->least_load = take32(r, 0, SP_MAX_TOTAL);
    p->most_load = take32(r, 0, INT32_MAX);
    p->every = take(r, INT32_MIN, INT32_MAX) != 0;
    p->kappa = take(r, 0, SP_MAX_KAPPA);
    for (int32_t j = 0; j < p->requirements; j++) {
        p->demand[j] = take32(r, 0, SP_MAX_TOTAL);
        p->licence[j] = take32(r, -1, 31);
    }
    p->sum_count = take32(r, 0, SP_MAX_SUMS);
    for (int32_t k = 0; k < p->sum_count; k++) {
        p->sums[k].least = take(r, -(int64_t)1000000000000, 1000000000000);
        p->sums[k].is_signed = take(r, INT32_MIN, INT32_MAX) != 0;
        p->sums[k].scale = take(r, 0, 1000000000000);
        p->sums[k].scale = p->sums[k].scale < 1 ? 1 : p->sums[k].scale;
    }
    p->condition_count = take32(r, 0, SP_MAX_CONDITIONS);
    p->place_count = take32(r, 1, SP_MAX_PLACES);
    p->owes_penalty = take32(r, 0, 100000000);
    p->no_cooperation_penalty = take32(r, 0, 100000000);
    p->cooperation_divisor = take32(r, 0, INT32_MAX);
    p->cooperation_divisor = p->cooperation_divisor < 1 ? 1 : p->cooperation_divisor;
    size_t cells = (size_t)p->place_count * (size_t)p->place_count;
    int32_t *distance = give(r, cells, sizeof *distance);
    for (size_t n = 0; n < cells && r->status == SP_OK; n++) {
        distance[n] = take32(r, 0, 100000000);
    }
    p->distance = distance;
}

static void read_contender(struct reader *r, const struct sp_problem *p, struct sp_contender *c)
{
    c->place = take32(r, 0, p->place_count - 1);
    c->owes = take32(r, INT32_MIN, INT32_MAX);
    c->load = take32(r, 0, INT32_MAX);
    c->status = take(r, INT32_MIN, INT32_MAX) != 0;
    c->licences = (uint32_t)take(r, 0, UINT32_MAX);
    c->conditions = (uint32_t)take(r, 0, UINT32_MAX);
    int64_t *attributes = give(r, (size_t)p->sum_count, sizeof *attributes);
    for (int32_t k = 0; k < p->sum_count && r->status == SP_OK; k++) {
        attributes[k] = take(r, -(int64_t)1000000000000, 1000000000000);
    }
    c->attributes = attributes;
    c->cell_count = take32(r, 0, p->requirements);
    struct sp_cell *cells = give(r, (size_t)c->cell_count, sizeof *cells);
    for (int32_t n = 0; n < c->cell_count && r->status == SP_OK; n++) {
        cells[n].requirement = take32(r, 0, p->requirements - 1);
        cells[n].capacity = take32(r, 0, INT32_MAX);
        cells[n].value = take32(r, 0, SP_MAX_VALUE);
    }
    c->cells = cells;
}

static int compare_pairs(const void *a, const void *b)
{
    const struct sp_pair *x = a;
    const struct sp_pair *y = b;
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return x->b < y->b ? -1 : x->b > y->b ? 1 : 0;
}

static const struct sp_pair *read_pairs(struct reader *r, int32_t contenders, int32_t *count)
{
    *count = take32(r, 0, 100000000);
    struct sp_pair *pairs = give(r, (size_t)*count, sizeof *pairs);
    for (int32_t n = 0; n < *count && r->status == SP_OK; n++) {
        int32_t a = take32(r, 0, contenders - 1);
        int32_t b = take32(r, 0, contenders - 1);
        if (a == b) {
            fail(r, "Para musi mieć dwóch różnych członków.",
                 "A pair needs two different members.");
        }
        pairs[n] = a < b ? (struct sp_pair){a, b} : (struct sp_pair){b, a};
    }
    if (r->status == SP_OK) {
        qsort(pairs, (size_t)*count, sizeof *pairs, compare_pairs);
    }
    return pairs;
}

enum sp_status sp_exchange_read(struct sp_view text, struct sp_arena *arena, struct sp_problem *out,
                                struct sp_error *err)
{
    struct reader r = {.text = text, .line = 1, .arena = arena, .err = err};
    *out = (struct sp_problem){0};
    read_frame(&r, out);
    out->candidate_count = take32(&r, 0, 10000000);
    struct sp_contender *contenders = give(&r, (size_t)out->candidate_count, sizeof *contenders);
    for (int32_t i = 0; i < out->candidate_count && r.status == SP_OK; i++) {
        read_contender(&r, out, &contenders[i]);
    }
    out->candidates = contenders;
    out->cooperations = read_pairs(&r, out->candidate_count, &out->cooperation_count);
    out->conflicts = read_pairs(&r, out->candidate_count, &out->conflict_count);
    return r.status == SP_OK ? sp_problem_check(out, err) : r.status;
}
