/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Scores one window: at most SP_WINDOW_DOCUMENTS documents, whose sums fit the first-level cache.
 */
#include <string.h>

#include "matcher/search/bm25.h"
#include "matcher/search/top_priv.h"

enum {
    CHUNK = 16,        /* sums compared together, so that the compiler uses vector instructions */
    FEW_POSTINGS = 64, /* cheaper to test one by one than to intersect as a set */
    LOOKUP_COST = 6    /* finding a posting costs about as much as adding so many */
};

/** The postings of one member in one window. */
struct postings {
    const uint16_t *documents;
    const uint16_t *impacts;
    uint32_t count;
    uint32_t weight;
    const struct sp_bitmap *bitmap; /* or NULL */
};

static struct postings postings_of(const struct sp_plan *plan, const struct sp_plan_member *member,
                                   uint32_t window)
{
    if (member->blocks == NULL || member->blocks[window] == 0) {
        return (struct postings){NULL, NULL, 0, 0, NULL};
    }
    const struct sp_segment *segment = plan->segment;
    const struct sp_block *block = &segment->blocks[member->blocks[window] - 1];
    return (struct postings){segment->posting_document + block->start,
                             segment->posting_impact + block->start, block->count, member->weight,
                             block->bitmap == 0 ? NULL : &segment->bitmaps[block->bitmap - 1]};
}

static uint32_t posting_count(const struct sp_plan *plan, const struct sp_plan_group *group,
                              uint32_t window)
{
    uint32_t count = 0;
    for (size_t i = 0; i < group->member_count; i++) {
        count += postings_of(plan, &group->members[i], window).count;
    }
    return count;
}

/** Place of @p local in the postings, or count. */
static uint32_t find_posting(const struct postings *postings, uint16_t local)
{
    const struct sp_bitmap *bitmap = postings->bitmap;
    if (bitmap != NULL) {
        uint64_t word = bitmap->words[local / 64];
        uint64_t bit = (uint64_t)1 << (local % 64);
        return (word & bit) == 0
                   ? postings->count
                   : bitmap->ranks[local / 64] + (uint32_t)__builtin_popcountll(word & (bit - 1));
    }
    uint32_t place = 0; /* few postings: counting those before it needs no unforeseeable branch */
    for (uint32_t i = 0; i < postings->count; i++) {
        place += postings->documents[i] < local ? 1 : 0;
    }
    return place < postings->count && postings->documents[place] == local ? place : postings->count;
}

uint32_t sp_window_lookup(const struct sp_plan *plan, const struct sp_plan_group *group,
                          uint32_t window, uint16_t local, uint32_t *member)
{
    uint32_t best = 0;
    for (size_t i = 0; i < group->member_count; i++) {
        struct postings postings = postings_of(plan, &group->members[i], window);
        uint32_t place = find_posting(&postings, local);
        if (place < postings.count) {
            uint32_t given = sp_bm25_contribution(postings.weight, postings.impacts[place]);
            if (given > best) {
                best = given;
                *member = (uint32_t)i;
            }
        }
    }
    return best;
}

/** Write the highest contribution of the members of @p group into @p best. */
static void best_of_group(const struct sp_plan *plan, const struct sp_plan_group *group,
                          uint32_t window, uint32_t *best)
{
    for (size_t i = 0; i < group->member_count; i++) {
        struct postings postings = postings_of(plan, &group->members[i], window);
        for (uint32_t j = 0; j < postings.count; j++) {
            uint32_t given = sp_bm25_contribution(postings.weight, postings.impacts[j]);
            uint32_t *slot = &best[postings.documents[j]];
            *slot = given > *slot ? given : *slot;
        }
    }
}

static void clear_group(const struct sp_plan *plan, const struct sp_plan_group *group,
                        uint32_t window, uint32_t *best)
{
    for (size_t i = 0; i < group->member_count; i++) {
        struct postings postings = postings_of(plan, &group->members[i], window);
        for (uint32_t j = 0; j < postings.count; j++) {
            best[postings.documents[j]] = 0;
        }
    }
}

/** Add a group to the sums. */
static void add_group(const struct sp_plan *plan, const struct sp_plan_group *group,
                      uint32_t window, struct sp_window *out)
{
    if (group->member_count == 1) {
        struct postings postings = postings_of(plan, &group->members[0], window);
        for (uint32_t j = 0; j < postings.count; j++) {
            out->sums[postings.documents[j]] +=
                sp_bm25_contribution(postings.weight, postings.impacts[j]);
        }
        return;
    }
    best_of_group(plan, group, window, out->best);
    for (size_t i = 0; i < group->member_count; i++) {
        struct postings postings = postings_of(plan, &group->members[i], window);
        for (uint32_t j = 0; j < postings.count; j++) {
            out->sums[postings.documents[j]] += out->best[postings.documents[j]];
            out->best[postings.documents[j]] = 0; /* the next member must not add it again */
        }
    }
}

/** Turn the sums of at least @p need >= 1 into candidates, and clear them. */
static void collect_sums(struct sp_window *out, uint32_t need)
{
    out->count = 0;
    for (uint32_t start = 0; start < SP_WINDOW_DOCUMENTS; start += CHUNK) {
        const uint32_t *sums = out->sums + start;
        uint32_t any = 0;
        for (uint32_t i = 0; i < CHUNK; i++) {
            any |= (int32_t)sums[i] >= (int32_t)need; /* sums stay below 2^31 */
        }
        if (any == 0) {
            continue;
        }
        for (uint32_t i = 0; i < CHUNK; i++) {
            out->documents[out->count] = (uint16_t)(start + i);
            out->scores[out->count] = sums[i];
            out->count += sums[i] >= need ? 1 : 0;
        }
    }
    memset(out->sums, 0, sizeof(out->sums));
}

/** Turn the postings of a group of one member into candidates. */
static void collect_postings(const struct postings *postings, uint32_t need, struct sp_window *out)
{
    uint32_t count = 0;
    for (uint32_t j = 0; j < postings->count; j++) {
        uint32_t given = sp_bm25_contribution(postings->weight, postings->impacts[j]);
        out->documents[count] = postings->documents[j];
        out->scores[count] = given;
        count += given >= need ? 1 : 0;
    }
    out->count = count;
}

/** Make candidates of the groups first .. count - 1. */
static void collect_groups(const struct sp_plan *plan, const struct sp_window_groups *order,
                           size_t first, uint32_t window, uint32_t need, struct sp_window *out)
{
    const struct sp_plan_group *last = order->groups[order->count - 1];
    if (first + 1 == order->count && last->member_count == 1) {
        struct postings postings = postings_of(plan, &last->members[0], window);
        collect_postings(&postings, need, out);
        return;
    }
    for (size_t i = first; i < order->count; i++) {
        add_group(plan, order->groups[i], window, out);
    }
    collect_sums(out, need);
}

/** Keep candidate @p from at place *kept if it can still reach @p floor. */
static void keep(struct sp_window *out, uint32_t from, uint32_t score, bool good, uint32_t *kept)
{
    out->documents[*kept] = out->documents[from];
    out->scores[*kept] = score;
    *kept += good ? 1 : 0;
}

/** Add a group to the candidates, and drop those that stay below @p floor with @p rest more. */
static void refine(const struct sp_plan *plan, const struct sp_plan_group *group, uint32_t window,
                   uint32_t floor, uint32_t rest, struct sp_window *out)
{
    uint32_t count = posting_count(plan, group, window);
    bool scatter = count < out->count * LOOKUP_COST;
    if (scatter) {
        best_of_group(plan, group, window, out->best);
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < out->count; i++) {
        uint16_t local = out->documents[i];
        uint32_t member = 0;
        uint32_t given =
            scatter ? out->best[local] : sp_window_lookup(plan, group, window, local, &member);
        uint32_t score = out->scores[i] + given;
        keep(out, i, score, score + rest >= floor, &kept);
    }
    out->count = kept;
    if (scatter) {
        clear_group(plan, group, window, out->best);
    }
}

static void swap_groups(struct sp_window_groups *order, size_t a, size_t b)
{
    const struct sp_plan_group *group = order->groups[a];
    order->groups[a] = order->groups[b];
    order->groups[b] = group;
    uint32_t bound = order->bounds[a];
    order->bounds[a] = order->bounds[b];
    order->bounds[b] = bound;
}

/** List the groups of the window by rising bound, with the sums of the bounds. */
static void order_by_bound(const struct sp_plan *plan, uint32_t window,
                           struct sp_window_groups *order)
{
    order->count = 0;
    for (size_t i = 0; i < plan->group_count; i++) {
        if (plan->groups[i].bounds[window] == 0) {
            continue;
        }
        size_t place = order->count++;
        order->groups[place] = &plan->groups[i];
        order->bounds[place] = plan->groups[i].bounds[window];
        for (; place > 0 && order->bounds[place - 1] > order->bounds[place]; place--) {
            swap_groups(order, place - 1, place);
        }
    }
    order->rest[0] = 0;
    for (size_t i = 0; i < order->count; i++) {
        order->rest[i + 1] = order->rest[i] + order->bounds[i];
    }
}

/** At least one group: MaxScore. */
static void score_any(const struct sp_plan *plan, uint32_t window, uint32_t floor,
                      struct sp_window *out)
{
    struct sp_window_groups order;
    order_by_bound(plan, window, &order);
    size_t first = 0; /* the groups before it cannot reach the floor together */
    while (first + 1 < order.count && order.rest[first + 1] < floor) {
        first++;
    }
    uint32_t need = floor > order.rest[first] ? floor - order.rest[first] : 1;
    collect_groups(plan, &order, first, window, need, out);
    while (first > 0 && out->count > 0) {
        first--;
        refine(plan, order.groups[first], window, floor, order.rest[first], out);
    }
}

/** Add the documents of a member in the window to @p bits. */
static void add_bits(const struct sp_plan *plan, const struct sp_plan_member *member,
                     uint32_t window, uint64_t bits[SP_WINDOW_WORDS])
{
    const struct sp_segment *segment = plan->segment;
    if (member->blocks == NULL || member->blocks[window] == 0) {
        return;
    }
    const struct sp_block *block = &segment->blocks[member->blocks[window] - 1];
    if (block->bitmap == 0) {
        for (uint32_t i = block->start; i < block->start + block->count; i++) {
            uint16_t local = segment->posting_document[i];
            bits[local / 64] |= (uint64_t)1 << (local % 64);
        }
        return;
    }
    const uint64_t *words = segment->bitmaps[block->bitmap - 1].words;
    for (size_t i = 0; i < SP_WINDOW_WORDS; i++) {
        bits[i] |= words[i];
    }
}

/** Return the documents of a group in the window as bits, in the index or in @p room. */
static const uint64_t *bits_of_group(const struct sp_plan *plan, const struct sp_plan_group *group,
                                     uint32_t window, uint64_t room[SP_WINDOW_WORDS])
{
    const struct sp_segment *segment = plan->segment;
    if (group->member_count == 1) {
        const struct sp_block *block = &segment->blocks[group->members[0].blocks[window] - 1];
        if (block->bitmap != 0) {
            return segment->bitmaps[block->bitmap - 1].words;
        }
    }
    memset(room, 0, SP_WINDOW_WORDS * sizeof(room[0]));
    for (size_t i = 0; i < group->member_count; i++) {
        add_bits(plan, &group->members[i], window, room);
    }
    return room;
}

/** Make candidates, without a score yet, of the documents that all groups hold. */
static void intersect(const struct sp_plan *plan, uint32_t window, struct sp_window *out)
{
    uint64_t room[SP_WINDOW_WORDS];
    uint64_t common[SP_WINDOW_WORDS];
    memcpy(common, bits_of_group(plan, &plan->groups[0], window, room), sizeof(common));
    out->count = 0;
    for (size_t i = 1; i < plan->group_count; i++) {
        const uint64_t *words = bits_of_group(plan, &plan->groups[i], window, room);
        uint64_t any = 0;
        for (size_t word = 0; word < SP_WINDOW_WORDS; word++) {
            common[word] &= words[word];
            any |= common[word];
        }
        if (any == 0) {
            return;
        }
    }
    for (size_t word = 0; word < SP_WINDOW_WORDS; word++) {
        for (uint64_t bits = common[word]; bits != 0; bits &= bits - 1) {
            out->documents[out->count] = (uint16_t)(word * 64 + (size_t)__builtin_ctzll(bits));
            out->scores[out->count++] = 0;
        }
    }
}

/** Keep the candidates that a group holds. */
static void keep_common(const struct sp_plan *plan, const struct sp_plan_group *group,
                        uint32_t window, struct sp_window *out)
{
    uint64_t room[SP_WINDOW_WORDS];
    const uint64_t *words = bits_of_group(plan, group, window, room);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < out->count; i++) {
        uint16_t local = out->documents[i];
        keep(out, i, out->scores[i], (words[local / 64] >> (local % 64) & 1) != 0, &kept);
    }
    out->count = kept;
}

/**
 * Every group, the rarest first. If it is one term with few postings, only those of them that could
 * reach the floor are looked for in the other groups; else the groups are intersected as sets.
 */
static void score_all(const struct sp_plan *plan, uint32_t window, uint32_t floor,
                      struct sp_window *out)
{
    const struct sp_plan_group *rarest = &plan->groups[0];
    uint32_t rest = plan->totals[window];
    size_t scored = 0; /* groups that the candidates' scores hold */
    if (rarest->member_count == 1 && posting_count(plan, rarest, window) <= FEW_POSTINGS) {
        struct postings postings = postings_of(plan, &rarest->members[0], window);
        rest -= rarest->bounds[window];
        collect_postings(&postings, floor > rest ? floor - rest : 1, out);
        for (size_t i = 1; i < plan->group_count && out->count > 0; i++) {
            keep_common(plan, &plan->groups[i], window, out);
        }
        scored = 1;
    } else {
        intersect(plan, window, out);
    }
    for (size_t i = scored; i < plan->group_count && out->count > 0; i++) {
        rest -= plan->groups[i].bounds[window];
        refine(plan, &plan->groups[i], window, floor, rest, out);
    }
}

void sp_window_score(const struct sp_plan *plan, uint32_t window, uint32_t floor,
                     struct sp_window *out)
{
    if (plan->all) {
        score_all(plan, window, floor, out);
    } else {
        score_any(plan, window, floor, out);
    }
}

void sp_window_prefetch(const struct sp_plan *plan, uint32_t window)
{
    const struct sp_segment *segment = plan->segment;
    for (size_t i = 0; i < plan->group_count; i++) {
        const struct sp_plan_member *member = &plan->groups[i].members[0];
        if (plan->groups[i].member_count != 1 || member->blocks[window] == 0) {
            continue;
        }
        const struct sp_block *block = &segment->blocks[member->blocks[window] - 1];
        if (block->bitmap != 0) {
            const struct sp_bitmap *bitmap = &segment->bitmaps[block->bitmap - 1];
            __builtin_prefetch(bitmap->words);
            __builtin_prefetch(bitmap->ranks);
        }
        if (block->bitmap == 0 || i == 0) {
            __builtin_prefetch(segment->posting_document + block->start);
            __builtin_prefetch(segment->posting_impact + block->start);
        }
    }
}
