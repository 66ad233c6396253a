/* SPDX-License-Identifier: EUPL-1.2 */
/** @file All that a matching works with, over a catalogue made by hand. */
#ifndef SP_TESTS_PROPOSAL_MATCHER_H
#define SP_TESTS_PROPOSAL_MATCHER_H

#include "matcher/proposal/matching.h"
#include "tests/unit/assembly/lot.h"

struct test_matcher {
    struct test_law law;
    struct sp_texts *texts;
    struct sp_cue_table *cues;
};

void test_matcher_open(struct test_matcher *matcher, const char *const *entities);
void test_matcher_close(struct test_matcher *matcher);

/** A matching on 2026-11-22, in Polish. */
struct sp_matching test_matching(const struct test_matcher *matcher, struct sp_arena *arena);

#endif
