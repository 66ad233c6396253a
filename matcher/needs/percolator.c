/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/needs/percolator.h"

#include <stdlib.h>

#include "base/memory.h"

enum { FIRST_QUESTIONS = 64, SHORTEST_PREFIX = 2 /* a mark and one digit */ };

struct question {
    int64_t id;
    struct sp_need_query query; /* in the arena */
};

/** A pattern of a question's group; sorted by pattern, then by question. */
struct posting {
    struct sp_key_pattern pattern;
    size_t question;
};

struct sp_percolator {
    struct question *questions; /* heap */
    size_t count;
    size_t capacity;
    struct posting *postings; /* heap; NULL: not finished */
    size_t posting_count;
    size_t *always; /* heap: questions without a group */
    size_t always_count;
    struct sp_arena *arena;
};

enum sp_status sp_percolator_new(struct sp_percolator **out, struct sp_error *err)
{
    struct sp_percolator *percolator = sp_calloc(1, sizeof *percolator);
    if (percolator == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    percolator->arena = sp_arena_new(SP_PERCOLATOR_MAX_BYTES);
    if (percolator->arena == NULL) {
        sp_free(percolator);
        return SP_FAIL_NOMEM(err);
    }
    *out = percolator;
    return SP_OK;
}

void sp_percolator_free(struct sp_percolator *percolator)
{
    if (percolator == NULL) {
        return;
    }
    sp_free(percolator->questions);
    sp_free(percolator->postings);
    sp_free(percolator->always);
    sp_arena_free(percolator->arena);
    sp_free(percolator);
}

size_t sp_percolator_count(const struct sp_percolator *percolator)
{
    return percolator->count;
}

static bool copy_query(struct sp_arena *arena, const struct sp_need_query *from,
                       struct sp_need_query *to)
{
    *to = (struct sp_need_query){.count = from->count, .open_on = from->open_on};
    to->groups = sp_arena_calloc(arena, from->count + 1, sizeof *to->groups);
    for (size_t i = 0; to->groups != NULL && i < from->count; i++) {
        const struct sp_key_group *group = &from->groups[i];
        struct sp_key_pattern *patterns =
            sp_arena_calloc(arena, group->count + 1, sizeof *patterns);
        to->groups[i] = (struct sp_key_group){patterns, group->count};
        for (size_t k = 0; patterns != NULL && k < group->count; k++) {
            patterns[k] = group->patterns[k];
            patterns[k].key.data = sp_arena_copy(arena, group->patterns[k].key);
            if (patterns[k].key.data == NULL) {
                return false;
            }
        }
        if (patterns == NULL) {
            return false;
        }
    }
    return to->groups != NULL;
}

enum sp_status sp_percolator_add(struct sp_percolator *percolator, int64_t id,
                                 const struct sp_need_query *query, struct sp_error *err)
{
    if (percolator->count == percolator->capacity) {
        size_t capacity = percolator->capacity == 0 ? FIRST_QUESTIONS : 2 * percolator->capacity;
        struct question *grown =
            sp_realloc(percolator->questions, capacity, sizeof *percolator->questions);
        if (grown == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        percolator->questions = grown;
        percolator->capacity = capacity;
    }
    struct question *question = &percolator->questions[percolator->count];
    question->id = id;
    if (!copy_query(percolator->arena, query, &question->query)) {
        return SP_FAIL_NOMEM(err);
    }
    percolator->count++;
    return SP_OK;
}

static int compare_patterns(const struct sp_key_pattern *a, const struct sp_key_pattern *b)
{
    int order = sp_view_compare(a->key, b->key);
    return order != 0 ? order : (int)a->is_prefix - (int)b->is_prefix;
}

static int compare_postings(const void *a, const void *b)
{
    const struct posting *left = a;
    const struct posting *right = b;
    int order = compare_patterns(&left->pattern, &right->pattern);
    return order != 0 ? order
                      : (left->question > right->question) - (left->question < right->question);
}

/** First posting of @p pattern or of one after it. */
static size_t find(const struct posting *postings, size_t count,
                   const struct sp_key_pattern *pattern)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_patterns(&postings[middle].pattern, pattern) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/** How many postings have @p pattern. */
static size_t frequency(const struct posting *postings, size_t count,
                        const struct sp_key_pattern *pattern)
{
    struct sp_key_pattern next = {sp_view_from(pattern->key.data, pattern->key.length), true};
    size_t first = find(postings, count, pattern);
    size_t last = first;
    if (!pattern->is_prefix) {
        last = find(postings, count, &next); /* the prefix sorts right behind the key */
        return last - first;
    }
    while (last < count && compare_patterns(&postings[last].pattern, pattern) == 0) {
        last++;
    }
    return last - first;
}

static size_t pattern_count(const struct sp_percolator *percolator)
{
    size_t count = 0;
    for (size_t i = 0; i < percolator->count; i++) {
        for (size_t g = 0; g < percolator->questions[i].query.count; g++) {
            count += percolator->questions[i].query.groups[g].count;
        }
    }
    return count;
}

static size_t post(struct posting *to, size_t at, const struct sp_key_group *group, size_t question)
{
    for (size_t i = 0; i < group->count; i++) {
        to[at++] = (struct posting){group->patterns[i], question};
    }
    return at;
}

/** The group whose patterns the fewest questions share; the first among equals. */
static const struct sp_key_group *rarest(const struct sp_need_query *query,
                                         const struct posting *all, size_t all_count)
{
    const struct sp_key_group *best = NULL;
    size_t least = SIZE_MAX;
    for (size_t g = 0; g < query->count; g++) {
        size_t sum = 0;
        for (size_t i = 0; sum < least && i < query->groups[g].count; i++) {
            sum += frequency(all, all_count, &query->groups[g].patterns[i]);
        }
        if (sum < least) {
            least = sum;
            best = &query->groups[g];
        }
    }
    return best;
}

enum sp_status sp_percolator_finish(struct sp_percolator *percolator, struct sp_error *err)
{
    size_t most = pattern_count(percolator);
    struct posting *all = sp_calloc(most + 1, sizeof *all);
    struct posting *kept = sp_calloc(most + 1, sizeof *kept);
    size_t *always = sp_calloc(percolator->count + 1, sizeof *always);
    if (all == NULL || kept == NULL || always == NULL) {
        sp_free(all);
        sp_free(kept);
        sp_free(always);
        return SP_FAIL_NOMEM(err);
    }
    size_t count = 0;
    for (size_t i = 0; i < percolator->count; i++) {
        const struct sp_need_query *query = &percolator->questions[i].query;
        for (size_t g = 0; g < query->count; g++) {
            count = post(all, count, &query->groups[g], i);
        }
    }
    qsort(all, count, sizeof *all, compare_postings);
    size_t kept_count = 0;
    for (size_t i = 0; i < percolator->count; i++) {
        const struct sp_key_group *group = rarest(&percolator->questions[i].query, all, count);
        if (group == NULL) {
            always[percolator->always_count++] = i;
        } else {
            kept_count = post(kept, kept_count, group, i);
        }
    }
    qsort(kept, kept_count, sizeof *kept, compare_postings);
    sp_free(all);
    percolator->postings = kept;
    percolator->posting_count = kept_count;
    percolator->always = always;
    return SP_OK;
}

/** Questions to be asked in full. */
struct asking {
    const struct sp_percolator *percolator;
    bool *in_question; /* by question */
    size_t *list;
    size_t count;
};

static void note(struct asking *own, size_t question)
{
    if (!own->in_question[question]) {
        own->in_question[question] = true;
        own->list[own->count++] = question;
    }
}

static void look_up(struct asking *own, struct sp_view key, bool is_prefix)
{
    const struct sp_percolator *percolator = own->percolator;
    struct sp_key_pattern pattern = {key, is_prefix};
    size_t at = find(percolator->postings, percolator->posting_count, &pattern);
    while (at < percolator->posting_count &&
           compare_patterns(&percolator->postings[at].pattern, &pattern) == 0) {
        note(own, percolator->postings[at++].question);
    }
}

static int compare_numbers(const void *a, const void *b)
{
    size_t left = *(const size_t *)a;
    size_t right = *(const size_t *)b;
    return (left > right) - (left < right);
}

static void gather(struct asking *own, const struct sp_need_keys *keys)
{
    for (size_t i = 0; i < own->percolator->always_count; i++) {
        note(own, own->percolator->always[i]);
    }
    for (size_t i = 0; i < keys->count; i++) {
        struct sp_view key = keys->items[i];
        look_up(own, key, false);
        bool has_prefixes = key.data[0] == 'c' || key.data[0] == 'p';
        for (size_t length = SHORTEST_PREFIX; has_prefixes && length <= key.length; length++) {
            look_up(own, sp_view_from(key.data, length), true);
        }
    }
    if (own->count > 0) {
        qsort(own->list, own->count, sizeof *own->list, compare_numbers);
    }
}

enum sp_status sp_percolator_ask(const struct sp_percolator *percolator,
                                 const struct sp_need_keys *keys, sp_day open_until,
                                 struct sp_arena *arena, sp_percolated_fn *take, void *context,
                                 size_t *asked, struct sp_error *err)
{
    struct asking own = {
        .percolator = percolator,
        .in_question = sp_arena_calloc(arena, percolator->count + 1, sizeof(bool)),
        .list = sp_arena_calloc(arena, percolator->count + 1, sizeof(size_t)),
    };
    enum sp_status status = SP_OK;
    if (own.in_question == NULL || own.list == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    gather(&own, keys);
    for (size_t i = 0; status == SP_OK && i < own.count; i++) {
        const struct question *question = &percolator->questions[own.list[i]];
        if (sp_need_query_holds(&question->query, keys, open_until)) {
            status = take(context, question->id, err);
        }
    }
    if (asked != NULL) {
        *asked = own.count;
    }
    return status;
}
