/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A consortium problem as a mixed-integer linear program in the LP format that CBC, GLPK and HiGHS
 * read:
 *
 * - y_i (binary): entity i is a member. x_i_j (continuous): its effort for requirement j. With the
 *   members fixed the rest is a flow with whole bounds, whose optimum is whole without being asked.
 * - s_k (binary): the team has k members; carries kappa and the cost of pairs that do not depend on
 *   who they are.
 * - t_o_k (binary): k members have adviser o; pairs with one adviser do not pay.
 * - n_p: members in place p; v_p_k (binary): it has at least k; f_p_k (continuous) is the distance
 * from the k-th of them to all members (Glover 1975), so that distances cost places x members rows
 * instead of a variable for each pair of entities.
 * - z_a_b (continuous): both of a pair that cooperated are members, and pay less.
 */
#ifndef SP_BENCHMARKS_SOLVE_MILP_H
#define SP_BENCHMARKS_SOLVE_MILP_H

#include <stdio.h>

#include "matcher/consortium/problem.h"

/**
 * Write @p problem, maximising the score of the best complete team.
 *
 * The first candidate_count columns are y_0, y_1, ... in order. The caller checks @p out.
 *
 * @return SP_OK; SP_NOMEM
 */
enum sp_status milp_write(const struct sp_problem *problem, FILE *out);

#endif
