/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The inside of the top-k search, for matcher/search only: a query laid out over the windows of one
 * segment, the candidates of one window, and the heap of the best.
 */
#ifndef SP_SEARCH_TOP_PRIV_H
#define SP_SEARCH_TOP_PRIV_H

#include "matcher/search/segment_priv.h"
#include "matcher/search/top.h"

/** A member over the windows of the plan. */
struct sp_plan_member {
    uint32_t weight;
    uint32_t list;    /* of the segment; SP_NO_LIST: occurs in the other segment only */
    uint32_t *blocks; /* of each window: block + 1, or 0 */
};

struct sp_plan_group {
    struct sp_plan_member *members;
    size_t member_count;
    uint64_t frequency; /* sum of its members' */
    uint32_t *bounds;   /* of each window: highest contribution, 0: the group does not occur */
};

/** A query over a range of documents of one segment. */
struct sp_plan {
    const struct sp_segment *segment;
    uint32_t first; /* documents first .. end - 1 */
    uint32_t end;
    uint32_t first_window;
    uint32_t window_count;
    bool all;
    struct sp_plan_group *groups; /* with all: the rarest first */
    size_t group_count;
    uint32_t *totals;  /* of each window: sum of the bounds */
    uint16_t *present; /* of each window: groups that occur */
};

/** Documents of one window that may be good enough. */
struct sp_window {
    uint32_t count;
    uint32_t scores[SP_WINDOW_DOCUMENTS];
    uint16_t documents[SP_WINDOW_DOCUMENTS]; /* number in the window, rising */
    uint32_t sums[SP_WINDOW_DOCUMENTS];      /* scratch, all zero between calls */
    uint32_t best[SP_WINDOW_DOCUMENTS];      /* scratch, all zero between calls */
};

/** Contribution bounds of a window's groups, and their order. */
struct sp_window_groups {
    size_t count;
    const struct sp_plan_group *groups[SP_GROUPS_MAX];
    uint32_t bounds[SP_GROUPS_MAX];
    uint32_t rest[SP_GROUPS_MAX + 1]; /* rest[i]: sum of the bounds of the groups before i */
};

/** Check the limits of a query. @return SP_OK; SP_LIMIT */
SP_MUST_CHECK enum sp_status sp_query_check(const struct sp_index_query *query,
                                            struct sp_error *err);

/** Tell a person why a query ended early. */
enum sp_status sp_query_fail(enum sp_status status, struct sp_error *err);

static inline bool sp_query_is_cancelled(const struct sp_index_query *query)
{
    return query->cancel != NULL && atomic_load_explicit(query->cancel, memory_order_relaxed);
}

/**
 * Lay out @p query over segment number @p segment; @p out->window_count is 0 when there is nothing.
 *
 * @return SP_OK; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_plan_make(const struct sp_index *index,
                                          const struct sp_index_query *query, size_t segment,
                                          struct sp_arena *arena, struct sp_plan *out);

/**
 * Score one window of the plan: all its documents whose score is at least @p floor are among the
 * candidates, with their score; others may be left out.
 */
void sp_window_score(const struct sp_plan *plan, uint32_t window, uint32_t floor,
                     struct sp_window *out);

/** Ask for the memory that sp_window_score() will read of @p window, every group of which occurs.
 */
void sp_window_prefetch(const struct sp_plan *plan, uint32_t window);

/** Contribution of a group to the document @p local of @p window; 0: it does not occur. */
uint32_t sp_window_lookup(const struct sp_plan *plan, const struct sp_plan_group *group,
                          uint32_t window, uint16_t local, uint32_t *member);

#endif
