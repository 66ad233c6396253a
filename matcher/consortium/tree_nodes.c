/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Nodes of the tree: the root with the anchors in it, and children with one member more. */
#include <string.h>

#include "matcher/consortium/tree_priv.h"

enum {
    MARK_CONFLICT = 1,
    MARK_COOPERATION = 2,
    RUN_LENGTH = 1024, /* joiners between two reports of work */
};

/* Which rows are in conflict with, or worked together with, @p row. */
static void set_marks(struct sp_tree *t, int32_t row, bool on)
{
    for (int32_t n = t->pair_start[row]; n < t->pair_start[row + 1]; n++) {
        int32_t partner = t->pair_row[n];
        int32_t other = partner < 0 ? -1 - partner : partner;
        int mark = partner < 0 ? MARK_CONFLICT : MARK_COOPERATION;
        t->mark[other] = on ? (int8_t)(t->mark[other] | mark) : 0;
    }
}

static int64_t friction_of(const struct sp_tree *t, int32_t row, int32_t other)
{
    const struct sp_problem *p = t->problem;
    const struct sp_offer_row *x = &t->rows[row];
    const struct sp_offer_row *y = &t->rows[other];
    int64_t friction = p->distance[(size_t)x->place * (size_t)p->place_count + (size_t)y->place];
    friction += x->owes != y->owes ? p->owes_penalty : 0;
    friction += p->no_cooperation_penalty;
    return (t->mark[other] & MARK_COOPERATION) != 0 ? friction / p->cooperation_divisor : friction;
}

/* The teams to differ from that no further member may be shared with. */
static uint64_t closed_teams(const struct sp_lack *lack)
{
    uint64_t closed = 0;
    for (int32_t a = 0; a < lack->apart_count; a++) {
        closed |= lack->may_share[a] <= 0 ? (uint64_t)1 << a : 0;
    }
    return closed;
}

/* What is lacking once @p row has joined. */
static void meet_lack(struct sp_lack *lack, const struct sp_offer_row *row)
{
    lack->held |= row->conditions;
    for (int32_t a = 0; a < lack->apart_count; a++) {
        lack->may_share[a] -= (row->apart >> a & 1u) != 0 ? 1 : 0;
    }
}

void sp_tree_add_member(struct sp_tree *t, const struct sp_node *node, int32_t n, int64_t cutoff,
                        struct sp_node *child)
{
    const int32_t row = node->joiners[n].row;
    child->count = node->count + 1;
    memcpy(child->rows, node->rows, (size_t)node->count * sizeof *node->rows);
    child->rows[node->count] = row;
    child->friction = node->friction + node->joiners[n].friction;
    child->joiners = t->levels[child->count];
    child->joiner_count = 0;
    child->lack = node->lack;
    meet_lack(&child->lack, &t->rows[row]);
    if (child->count == t->problem->most_members) {
        return;
    }
    const uint64_t closed = closed_teams(&child->lack);
    set_marks(t, row, true);
    for (int32_t later = n + 1; later < node->joiner_count; later++) {
        const struct sp_joiner *joiner = &node->joiners[later];
        if (joiner->profit < cutoff ||
            (later % RUN_LENGTH == 0 && !sp_tree_work(t, 4 * RUN_LENGTH))) {
            break;
        }
        if ((t->mark[joiner->row] & MARK_CONFLICT) != 0 ||
            (t->rows[joiner->row].apart & closed) != 0) {
            continue;
        }
        int64_t friction = friction_of(t, row, joiner->row);
        if (joiner->profit - friction * SP_PRICE_ONE >= cutoff) {
            child->joiners[child->joiner_count++] =
                (struct sp_joiner){0, joiner->friction + friction, joiner->row};
        }
    }
    set_marks(t, row, false);
}

bool sp_tree_root(struct sp_tree *t, struct sp_node *root)
{
    const struct sp_solve_options *o = t->options;
    *root = (struct sp_node){.joiners = t->levels[0]};
    root->lack.apart_count = o->apart_count;
    for (int32_t a = 0; a < o->apart_count; a++) {
        root->lack.may_share[a] = o->most_shared;
    }
    const uint64_t closed = closed_teams(&root->lack);
    for (int32_t r = 0; r < t->row_count; r++) {
        if ((t->rows[r].apart & closed) == 0) {
            root->joiners[root->joiner_count++] = (struct sp_joiner){.row = r};
        }
        if (r % RUN_LENGTH == 0 && !sp_tree_work(t, 4 * RUN_LENGTH)) {
            return false;
        }
    }
    for (int32_t n = 0; n < o->anchor_count; n++) {
        const struct sp_contender *c = &t->problem->candidates[t->rows[n].candidate];
        struct sp_node child;
        /* Anchors are the first rows, so the next one stands first, unless a conflict removed it.
         */
        if (root->joiner_count == 0 || root->joiners[0].row != n ||
            (t->problem->every && !c->status)) {
            return false;
        }
        sp_tree_add_member(t, root, 0, INT64_MIN, &child);
        *root = child;
    }
    if (o->anchor_count > 0) {
        (void)sp_tree_try(t, root->rows, o->anchor_count);
    }
    return !t->ended;
}
