/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The search tree behind sp_solve(): what its parts share. Only the sp_tree files include it.
 *
 * A node is a partial team and the candidates that may still join it, each team being reached by
 * one order only: a child takes the next candidate and keeps those after it.
 *
 *     tree_rows.c     candidates into rows of one block of memory; equal ones as classes
 *     tree_nodes.c    the root, and children
 *     tree_bounds.c   what a node can still reach
 *     tree_descent.c  good prices for the root
 *     tree_starts.c   good first teams, so that bounds have something to beat
 *     tree_list.c     the list of the best, and what is proved
 *     tree.c          the search
 *
 * Any of them may be interrupted: work is reported to sp_tree_work(), and once that says false
 * nothing computed since is used. What an ended search left is bounded by `open`.
 */
#ifndef SP_CONSORTIUM_TREE_PRIV_H
#define SP_CONSORTIUM_TREE_PRIV_H

#include "matcher/consortium/prices.h"
#include "matcher/consortium/solve.h"

/* A candidate that may still join, at one level of the tree. */
struct sp_joiner {
    int64_t profit;   /* reduced, with kappa and friction to the team: fixed point */
    int64_t friction; /* to the members of the team */
    int32_t row;
};

struct sp_tree {
    const struct sp_problem *problem;
    const struct sp_solve_options *options;
    struct sp_solution *solution;
    void *memory; /* all arrays below */
    struct sp_offer_row *rows;
    struct sp_cell *cells;
    int64_t *attributes; /* sum_count a row */
    int32_t row_count;
    struct sp_joiner *levels[SP_MAX_MEMBERS + 1]; /* by members so far; the last for sorting */
    int32_t *row_of;                              /* by candidate, or an enum of tree_rows.c */
    int32_t *pair_start; /* row_count + 1; partners in conflict, then partners in cooperation */
    int32_t *pair_fill;
    int32_t *pair_row;
    int32_t *class_first;    /* hash table of rows that stand first in their class; -1: free */
    int32_t *class_size;     /* by row that stands first */
    int8_t *mark;            /* by row: 1 conflict, 2 cooperation with the row at hand */
    int64_t least_friction;  /* of any two candidates */
    int64_t lowest;          /* no team that is allowed scores less */
    struct sp_prices prices; /* to start with */
    int32_t teams_wanted;
    int32_t seed[SP_MAX_MEMBERS]; /* rows of the best team met, what is missing paid for */
    int32_t seed_count;
    int64_t seed_score;
    int64_t open[SP_MAX_MEMBERS + 1]; /* bound of what is left at each level, score units */
    int64_t work;                     /* since the last question */
    int32_t questions;                /* asked since progress was told */
    bool changed;                     /* the list, since progress was told */
    bool ended;
};

struct sp_node {
    int32_t count; /* members so far */
    int32_t rows[SP_MAX_MEMBERS];
    int64_t friction; /* among them */
    struct sp_lack lack;
    struct sp_joiner *joiners;
    int32_t joiner_count;
};

/* What a scan of a node at some prices found. */
struct sp_scan {
    int64_t bound;               /* fixed point */
    int64_t base;                /* the part without joiners */
    int32_t top[SP_MAX_MEMBERS]; /* positions of the most profitable joiners, best first */
    int32_t top_count;
    int32_t chosen; /* how many of top the bound takes */
};

/* How many more members there is room for. */
static inline int32_t sp_node_room(const struct sp_tree *t, const struct sp_node *node)
{
    return t->problem->most_members - node->count;
}

/* ---- tree.c ---- */

/* Account for @p work, in cells looked at (a few nanoseconds each); asks the caller now and then
 * whether to go on. False: the search is ended, unwind. */
bool sp_tree_work(struct sp_tree *t, int64_t work);

/* Look at every team under @p node that may enter the list. Its bound stands in open[node->count],
 * and what stays there when the search is ended bounds what was left. */
void sp_tree_explore(struct sp_tree *t, struct sp_node *node,
                     const struct sp_prices *parent_prices);

/* ---- tree_rows.c ---- */

size_t sp_tree_memory_bytes(const struct sp_problem *problem);

/* Allocate and fill the arrays. SP_OK also when ended. */
enum sp_status sp_tree_set_up(struct sp_tree *t);

void sp_tree_release(struct sp_tree *t);

/* ---- tree_nodes.c ---- */

/* The node that holds the anchors; false if they may not be together, or ended. */
bool sp_tree_root(struct sp_tree *t, struct sp_node *root);

/* The child of @p node that takes joiner @p n and keeps those after it whose profit less friction
 * to it is at least @p cutoff. With a cutoff the joiners must be in falling order of profit. */
void sp_tree_add_member(struct sp_tree *t, const struct sp_node *node, int32_t n, int64_t cutoff,
                        struct sp_node *child);

/* ---- tree_bounds.c ---- */

/* A bound in whole score units. */
int64_t sp_tree_floor(int64_t fixed);

/* May a team under @p node whose bound is @p fixed still enter the list? */
bool sp_tree_is_open(const struct sp_tree *t, const struct sp_node *node, int64_t fixed);

/* Price every joiner and bound the node; false: ended. */
bool sp_tree_scan(struct sp_tree *t, struct sp_node *node, const struct sp_prices *prices,
                  struct sp_scan *scan);

/* What the choice behind the bound of @p scan uses and brings. */
void sp_tree_usage(struct sp_tree *t, const struct sp_node *node, const struct sp_prices *prices,
                   const struct sp_scan *scan, struct sp_usage *usage);

/* Drop the joiners whose best team cannot enter the list. Positions in @p scan are void then. */
void sp_tree_drop_hopeless(struct sp_tree *t, struct sp_node *node, const struct sp_scan *scan);

/* Count in node->lack how many more members each requirement takes even if the most able ones join:
 * a bound that fractions of members cannot evade. False if there is no room for them, or ended. */
bool sp_tree_count_lacking(struct sp_tree *t, struct sp_node *node);

/* Upper bound on the teams under @p node that hold its n-th joiner and none before it. Joiners are
 * in falling order of profit, so it falls too. */
int64_t sp_tree_branch_bound(const struct sp_tree *t, const struct sp_node *node,
                             const struct sp_scan *scan, int32_t n);

/* The least that a joiner must bring, friction to joiner @p n paid, to a team with both of them. */
int64_t sp_tree_cutoff(const struct sp_tree *t, const struct sp_node *node,
                       const struct sp_scan *scan, int32_t n);

/* ---- tree_descent.c ---- */

/* Improve the prices of a root by up to @p scans scans, looking for first teams on the way; its
 * bound falls in open[node->count]. False: the node is closed, or the search ended. Takes 200 kB of
 * the stack, once. */
bool sp_tree_descend(struct sp_tree *t, struct sp_node *node, struct sp_prices *prices,
                     int32_t scans);

/* ---- tree_starts.c ---- */

/* Fill the list with good teams under @p node, found by the profits at @p prices. Reorders the
 * joiners. */
void sp_tree_find_starts(struct sp_tree *t, struct sp_node *node, const struct sp_prices *prices);

/* ---- tree_list.c ---- */

bool sp_tree_list_is_full(const struct sp_tree *t);

/* The score that a team must reach to enter the list; INT64_MIN while there is room. */
int64_t sp_tree_threshold(const struct sp_tree *t);

struct sp_trial {
    int64_t score; /* what is missing is paid for; INT64_MIN: the team is not allowed at all */
    bool complete;
};

/* Could the team of @p rows be complete? Told from what its members have in all, without an
 * allocation, which costs much more. */
bool sp_tree_may_be_complete(const struct sp_tree *t, const int32_t *rows, int32_t count);

/* Value the team of @p rows and keep it if it is among the best. */
struct sp_trial sp_tree_try(struct sp_tree *t, const int32_t *rows, int32_t count);

/* Say in the solution what is proved if the search ends here. */
void sp_tree_state_proof(struct sp_tree *t);

#endif
