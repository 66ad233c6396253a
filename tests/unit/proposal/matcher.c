/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/proposal/matcher.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "matcher/extraction/cues.h"

void test_matcher_open(struct test_matcher *matcher, const char *const *entities)
{
    test_law_open(&matcher->law, entities);
    assert_int_equal(sp_texts_new(&matcher->texts, NULL), SP_OK);
    assert_int_equal(sp_cue_table_open(getenv("SPOINA_SHARE"), matcher->law.world.analyser,
                                       &matcher->cues, NULL),
                     SP_OK);
}

void test_matcher_close(struct test_matcher *matcher)
{
    sp_cue_table_free(matcher->cues);
    sp_texts_free(matcher->texts);
    test_law_close(&matcher->law);
}

struct sp_matching test_matching(const struct test_matcher *matcher, struct sp_arena *arena)
{
    const struct test_world *world = &matcher->law.world;
    return (struct sp_matching){.scoring = {.index = world->index,
                                            .reader = world->reader,
                                            .analyser = world->analyser,
                                            .vocabulary = world->vocabulary,
                                            .arena = arena,
                                            .today = TEST_TODAY},
                                .book = matcher->law.book,
                                .cues = matcher->cues,
                                .texts = matcher->texts};
}
