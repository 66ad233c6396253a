/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Lays a query out over the windows of a segment: which block of each member lies in which window,
 * and what the window could give at most.
 */
#include "matcher/search/bm25.h"
#include "matcher/search/top_priv.h"

/** First block of a list whose window is not below @p window. */
static uint32_t first_block(const struct sp_segment *segment, uint32_t list, uint32_t window)
{
    uint32_t low = segment->block_start[list];
    uint32_t high = segment->block_start[list + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (segment->blocks[middle].window < window) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void place_blocks(struct sp_plan *plan, struct sp_plan_group *group,
                         const struct sp_plan_member *member)
{
    const struct sp_segment *segment = plan->segment;
    uint32_t end = segment->block_start[member->list + 1];
    for (uint32_t i = first_block(segment, member->list, plan->first_window); i < end; i++) {
        const struct sp_block *block = &segment->blocks[i];
        uint32_t window = block->window - plan->first_window;
        if (window >= plan->window_count) {
            break;
        }
        member->blocks[window] = i + 1;
        uint32_t bound = sp_bm25_contribution(member->weight, block->bound);
        uint32_t old = group->bounds[window];
        if (bound > old) {
            plan->totals[window] += bound - old;
            plan->present[window] = (uint16_t)(plan->present[window] + (old == 0 ? 1 : 0));
            group->bounds[window] = bound;
        }
    }
}

static bool plan_group(const struct sp_index *index, const struct sp_index_group *from,
                       size_t segment, struct sp_arena *arena, struct sp_plan *plan,
                       struct sp_plan_group *group)
{
    group->bounds = sp_arena_calloc(arena, plan->window_count, sizeof(*group->bounds));
    group->members = sp_arena_calloc(arena, from->count + 1, sizeof(*group->members));
    if (group->bounds == NULL || group->members == NULL) {
        return false;
    }
    group->member_count = from->count;
    for (size_t i = 0; i < from->count; i++) {
        const struct sp_term *term = &from->members[i].term;
        struct sp_plan_member *member = &group->members[i];
        member->weight =
            sp_bm25_weight(index->live_count, term->frequency, from->members[i].permille);
        group->frequency += term->frequency;
        member->list = term->lists[segment];
        if (member->list == SP_NO_LIST) {
            continue;
        }
        member->blocks = sp_arena_calloc(arena, plan->window_count, sizeof(*member->blocks));
        if (member->blocks == NULL) {
            return false;
        }
        place_blocks(plan, group, member);
    }
    return true;
}

/** Order the groups by the documents that hold them, so that an intersection becomes small soon. */
static void rarest_first(struct sp_plan *plan)
{
    for (size_t i = 1; i < plan->group_count; i++) {
        struct sp_plan_group moved = plan->groups[i];
        size_t place = i;
        for (; place > 0 && plan->groups[place - 1].frequency > moved.frequency; place--) {
            plan->groups[place] = plan->groups[place - 1];
        }
        plan->groups[place] = moved;
    }
}

enum sp_status sp_plan_make(const struct sp_index *index, const struct sp_index_query *query,
                            size_t segment, struct sp_arena *arena, struct sp_plan *out)
{
    *out = (struct sp_plan){.segment = index->segments[segment], .all = query->all};
    if (out->segment == NULL) {
        return SP_OK;
    }
    sp_segment_powiat(out->segment, query->powiat, &out->first, &out->end);
    if (out->first >= out->end) {
        return SP_OK;
    }
    out->first_window = out->first / SP_WINDOW_DOCUMENTS;
    out->window_count = (out->end - 1) / SP_WINDOW_DOCUMENTS - out->first_window + 1;
    out->group_count = query->group_count;
    out->groups = sp_arena_calloc(arena, query->group_count + 1, sizeof(*out->groups));
    out->totals = sp_arena_calloc(arena, out->window_count, sizeof(*out->totals));
    out->present = sp_arena_calloc(arena, out->window_count, sizeof(*out->present));
    if (out->groups == NULL || out->totals == NULL || out->present == NULL) {
        return SP_NOMEM;
    }
    for (size_t i = 0; i < query->group_count; i++) {
        if (!plan_group(index, &query->groups[i], segment, arena, out, &out->groups[i])) {
            return SP_NOMEM;
        }
    }
    if (query->all) {
        rarest_first(out);
    }
    return SP_OK;
}
