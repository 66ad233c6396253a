/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The sample drafts in the demo region: what the samples are there to show is there. Each can be
 * offered for by somebody who fails no term, some best by one entity, some best together.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "proto/codec/message.h"
#include "tests/unit/assembly/lot.h"
#include "tools/region/region.h"

enum { TODAY = 20779 /* 2026-11-22 */, PATH_BYTES = 512, JSON_MAX_BYTES = 1 << 20, TEAMS = 10 };

struct texts {
    char *items[SP_REGION_ENTITIES + 1]; /* NULL at the end */
    size_t count;
};

static enum sp_status add_text(void *context, const Spoina__V1__Entity *entity,
                               struct sp_error *err)
{
    struct texts *texts = context;
    struct sp_buffer json;
    sp_buffer_init(&json, JSON_MAX_BYTES);
    enum sp_status status = sp_message_to_json(&entity->base, 0, &json, err);
    texts->items[texts->count++] = json.data; /* freed with sp_free() */
    return status;
}

static void open_region_law(struct test_law *law)
{
    const struct sp_region_options demo = {.seed = SP_REGION_SEED,
                                           .entities = SP_REGION_ENTITIES,
                                           .offers = SP_REGION_OFFERS,
                                           .today = TODAY};
    static struct texts texts;
    struct sp_region *region = NULL;
    assert_int_equal(sp_region_open(getenv("SPOINA_SHARE"), &region, NULL), SP_OK);
    assert_int_equal(sp_region_generate(region, &demo, add_text, &texts, NULL), SP_OK);
    test_law_open(law, (const char *const *)texts.items);
    for (size_t i = 0; i < texts.count; i++) {
        sp_free(texts.items[i]);
    }
    sp_region_close(region);
}

static int open_law(void **state)
{
    static struct test_law law;
    open_region_law(&law);
    *state = &law;
    return 0;
}

static int close_law(void **state)
{
    test_law_close(*state);
    return 0;
}

static const char *const SAMPLES[] = {"catering", "home_care", "greenery",
                                      "laundry",  "transport", "umbrella"};

static char *read_sample(const char *name)
{
    char path[PATH_BYTES];
    char *content = NULL;
    size_t length = 0;
    (void)snprintf(path, sizeof path, "%s/data/region/drafts/%s.json", getenv("SPOINA_SOURCE"),
                   name);
    assert_int_equal(sp_file_read(path, JSON_MAX_BYTES, &content, &length, NULL), SP_OK);
    return content;
}

/** Rule on the best team of a lot and say what came of it. */
static void check_best(struct test_lot *lot, const struct sp_assembled_team *team)
{
    struct sp_verdicts verdicts;
    unsigned counts[3] = {0};
    assert_int_equal(sp_assembly_verdicts(&lot->assembly, team, lot->arena, &verdicts, NULL),
                     SP_OK);
    for (size_t i = 0; i < verdicts.count; i++) {
        counts[verdicts.findings[i].ruling.decision]++;
    }
    print_message("  best: %zu members, score %lld; met %u, open %u\n", team->count,
                  (long long)team->score, counts[SP_DECISION_MET], counts[SP_DECISION_UNKNOWN]);
    assert_int_equal(counts[SP_DECISION_NOT_MET], 0);
    assert_int_equal(team->uncovered, 0);
    assert_true(counts[SP_DECISION_MET] > 0);
}

static void every_sample_can_be_offered_for(void **state)
{
    size_t together = 0;
    for (size_t n = 0; n < SP_COUNT(SAMPLES); n++) {
        struct test_lot lot;
        char *json = read_sample(SAMPLES[n]);
        test_lot_open(&lot, *state, json, NULL);
        print_message("%s: %zu entities, %d could take a part\n", SAMPLES[n], lot.pool.count,
                      (int)lot.assembly.problem.candidate_count);
        assert_in_range(lot.assembly.problem.candidate_count, 5, lot.pool.count - 1);
        struct sp_assembled_team teams[TEAMS];
        assert_true(test_solve(&lot, teams, TEAMS) > 0);
        check_best(&lot, &teams[0]);
        together += teams[0].count > 1;
        test_lot_close(&lot);
        sp_free(json);
    }
    assert_in_range(together, 1, SP_COUNT(SAMPLES) - 1);
}

/* The umbrella takes more than anybody has, and some can do it without a word to be completed. */
static void the_umbrella_needs_a_consortium(void **state)
{
    struct sp_assembly_options certain = test_options();
    struct sp_assembled_team teams[TEAMS];
    struct test_lot lot;
    char *json = read_sample("umbrella");
    test_lot_open(&lot, *state, json, NULL);
    for (size_t i = 0; i < lot.pool.count; i++) {
        assert_int_equal(sp_assembly_alone(&lot.assembly, i), SP_ALONE_NO);
    }
    test_lot_close(&lot);
    certain.certain_only = true;
    test_lot_open(&lot, *state, json, &certain);
    int32_t count = test_solve(&lot, teams, TEAMS);
    assert_true(count > 0);
    for (int32_t i = 0; i < count; i++) {
        assert_true(teams[i].count >= 2);
    }
    check_best(&lot, &teams[0]);
    test_lot_close(&lot);
    sp_free(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sample_can_be_offered_for),
        cmocka_unit_test(the_umbrella_needs_a_consortium),
    };
    return cmocka_run_group_tests(tests, open_law, close_law);
}
