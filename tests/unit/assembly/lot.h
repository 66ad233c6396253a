/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One lot laid open for a test: draft, pool and assembly over a catalogue made by hand. Every
 * function fails the test at hand when it cannot do its work.
 */
#ifndef SP_TESTS_ASSEMBLY_LOT_H
#define SP_TESTS_ASSEMBLY_LOT_H

#include "matcher/assembly/assembly.h"
#include "tests/unit/scoring/support.h"

enum { TEST_TODAY = 20779 }; /* 2026-11-22 */

/** A catalogue and the rulebook. */
struct test_law {
    struct test_world world;
    struct sp_rulebook *book;
};

void test_law_open(struct test_law *law, const char *const *entities);
void test_law_close(struct test_law *law);

struct test_lot {
    struct sp_arena *arena;
    Spoina__V1__Draft *draft; /* checked */
    struct sp_match_context context;
    struct sp_pool pool;
    struct sp_assembly assembly;
};

/** The published defaults. */
struct sp_assembly_options test_options(void);

/** Open the first lot of the draft @p json (with ' for "). @param options  NULL: the defaults */
void test_lot_open(struct test_lot *lot, const struct test_law *law, const char *json,
                   const struct sp_assembly_options *options);
void test_lot_close(struct test_lot *lot);

/** A checked draft, in @p arena. */
Spoina__V1__Draft *test_draft(const struct test_law *law, struct sp_arena *arena, const char *json);

/** Index of the entity with @p id in the pool. */
uint32_t test_entity(const struct test_lot *lot, const char *id);

/** Index of the term about @p subject of this kind. */
size_t test_term(const struct test_lot *lot, enum sp_term_kind kind, const char *subject);

/** Decision on the pool entity @p id under a term. */
enum sp_decision test_decision(const struct test_lot *lot, const char *id, enum sp_term_kind kind,
                               const char *subject);

/** The best complete minimal teams, settled; asserts that the search was finished. @return how many
 */
int32_t test_solve(const struct test_lot *lot, struct sp_assembled_team *teams, int32_t most);

/** Value the team of these ids (ended by NULL) and rule on it. */
struct sp_verdicts test_rule(struct test_lot *lot, const char *const *ids,
                             struct sp_assembled_team *team);

/** The finding on a term in @p verdicts. */
const struct sp_ruling *test_ruling(const struct sp_verdicts *verdicts, enum sp_term_kind kind,
                                    const char *subject);

#endif
