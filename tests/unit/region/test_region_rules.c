/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The demo region gives the rules something to decide: every kind of condition is met by some
 * records, not met by some, and open for some. The shares are those of an incomplete register.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/rules/clauses.h"
#include "matcher/rules/conditions.h"
#include "matcher/rules/reservations.h"
#include "tools/region/region.h"

enum { TODAY = 20779 /* 2026-11-22 */, DEADLINE = TODAY + 21, QUESTIONS_MAX = 16 };

static const struct sp_region_options DEMO = {.seed = SP_REGION_SEED,
                                              .entities = SP_REGION_ENTITIES,
                                              .offers = SP_REGION_OFFERS,
                                              .today = TODAY};

struct tally {
    const struct sp_rulebook *book;
    struct sp_arena *arena;
    unsigned decided[QUESTIONS_MAX][3]; /* by enum sp_decision */
};

static const struct sp_condition CONDITIONS[] = {
    {.kind = SP_CONDITION_INSURANCE, .grosz = 20000000},
    {.kind = SP_CONDITION_REFERENCES, .grosz = 10000000, .count = 1},
    {.kind = SP_CONDITION_EXPERIENCE, .grosz = 15000000},
    {.kind = SP_CONDITION_REVENUE, .grosz = 50000000, .year = 2025},
    {.kind = SP_CONDITION_PERSONS, .count = 10},
};

enum question {
    FIRST_RULE = SP_COUNT(CONDITIONS),
    ASK_ART_94 = FIRST_RULE,
    ASK_ART_361,
    ASK_ES_26,
    ASK_ART_96,
    ASK_EXCLUSION,
    QUESTIONS
};

static const char *const NAMES[QUESTIONS] = {
    "insurance 200k", "reference 100k", "experience 150k", "revenue 500k", "persons 10",
    "art. 94",        "art. 361",       "art. 26 ES",      "art. 96",      "exclusion"};

static void state_declared(const Spoina__V1__Entity *entity, struct sp_statement *stated)
{
    enum sp_answer *answers[] = {NULL,
                                 &stated->excluded,
                                 &stated->integration_aim,
                                 &stated->public_utility_aim,
                                 &stated->non_profit,
                                 &stated->participation,
                                 &stated->certificate_27};
    for (size_t i = 0; i < entity->n_declarations; i++) {
        const Spoina__V1__Declaration *declaration = entity->declarations[i];
        bool negated =
            declaration->kind == SPOINA__V1__DECLARATION_KIND__DECLARATION_KIND_NOT_EXCLUDED;
        bool holds = (declaration->value != 0) != negated;
        *answers[declaration->kind] = holds ? SP_ANSWER_YES : SP_ANSWER_NO;
    }
}

static enum sp_status decide(struct tally *tally, const struct sp_team *team, size_t question,
                             struct sp_ruling *ruling)
{
    static const Spoina__V1__SocialGroup groups[] = {
        SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_UNEMPLOYED,
        SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_DISABLED};
    static const struct sp_employment_clause clause = {
        .wording = SP_EMPLOYS, .groups = groups, .group_count = 2, .persons = 4};
    const struct sp_reservation plain = {.scope = SP_SCOPE_ALL};
    switch (question) {
    case ASK_ART_94:
        return sp_rule_art_94(tally->book, team, &plain, tally->arena, ruling, NULL);
    case ASK_ART_361:
        return sp_rule_art_361(tally->book, team, &plain, tally->arena, ruling, NULL);
    case ASK_ES_26:
        return sp_rule_es_26(tally->book, team, &plain, tally->arena, ruling, NULL);
    case ASK_ART_96:
        return sp_rule_art_96(tally->book, team, &clause, tally->arena, ruling, NULL);
    case ASK_EXCLUSION:
        return sp_rule_exclusion(tally->book, team, tally->arena, ruling, NULL);
    default:
        return sp_rule_condition(tally->book, team, &CONDITIONS[question], tally->arena, ruling,
                                 NULL);
    }
}

static enum sp_status ask_all(void *context, const Spoina__V1__Entity *entity, struct sp_error *err)
{
    (void)err;
    struct tally *tally = context;
    /* Never awarded under art. 361 by this buyer: what the buyer knows, not the record. */
    struct sp_statement stated = {.awarded_361 = SP_ANSWER_NO};
    state_declared(entity, &stated);
    struct sp_bidder bidder = {.entity = entity, .performs = 1, .stated = &stated};
    if (entity->n_units > 0) {
        bidder.unit_id = entity->units[0]->id;
    }
    struct sp_team team = {.members = &bidder, .count = 1, .deadline = DEADLINE};
    for (size_t question = 0; question < QUESTIONS; question++) {
        struct sp_ruling ruling;
        sp_arena_reset(tally->arena);
        assert_int_equal(decide(tally, &team, question, &ruling), SP_OK);
        tally->decided[question][ruling.decision]++;
    }
    return SP_OK;
}

static void every_rule_has_something_to_decide(void **state)
{
    (void)state;
    const char *share = getenv("SPOINA_SHARE");
    struct sp_rulebook *book = NULL;
    struct sp_region *region = NULL;
    assert_int_equal(sp_rulebook_open(share, &book, NULL), SP_OK);
    assert_int_equal(sp_region_open(share, &region, NULL), SP_OK);
    struct tally tally = {.book = book, .arena = sp_arena_new(1 << 20)};
    assert_int_equal(sp_region_generate(region, &DEMO, ask_all, &tally, NULL), SP_OK);
    for (size_t i = 0; i < QUESTIONS; i++) {
        const unsigned *decided = tally.decided[i];
        print_message("%-16s met %3u, not met %3u, unknown %3u\n", NAMES[i],
                      decided[SP_DECISION_MET], decided[SP_DECISION_NOT_MET],
                      decided[SP_DECISION_UNKNOWN]);
    }
    for (size_t i = 0; i < QUESTIONS; i++) {
        assert_in_range(tally.decided[i][SP_DECISION_MET], 18, 500);
        assert_in_range(tally.decided[i][SP_DECISION_NOT_MET], 5, 500);
        assert_in_range(tally.decided[i][SP_DECISION_UNKNOWN], 60, 500);
    }
    sp_arena_free(tally.arena);
    sp_region_close(region);
    sp_rulebook_free(book);
}

struct pair_tally {
    char told[SP_REGION_ENTITIES + 1][SP_REGION_ENTITIES + 1]; /* [a][b]: a tells of b */
    unsigned alone;
    unsigned told_count;
};

static enum sp_status note_partners(void *context, const Spoina__V1__Entity *entity,
                                    struct sp_error *err)
{
    (void)err;
    struct pair_tally *tally = context;
    unsigned number = (unsigned)strtoul(entity->id + strlen("demo-"), NULL, 10);
    tally->alone += entity->n_cooperations == 0;
    for (size_t i = 0; i < entity->n_cooperations; i++) {
        const Spoina__V1__Cooperation *cooperation = entity->cooperations[i];
        unsigned other = (unsigned)strtoul(cooperation->entity_id + strlen("demo-"), NULL, 10);
        assert_in_range(other, 1, SP_REGION_ENTITIES);
        assert_int_not_equal(other, number);
        assert_int_equal(tally->told[number][other], 0);
        /* Letter of kind and the month it began: both sides must tell the same. */
        tally->told[number][other] = (char)(cooperation->kind[0] ^ cooperation->from[6]);
        tally->told_count++;
    }
    return SP_OK;
}

static void partners_tell_the_same_and_some_forget(void **state)
{
    (void)state;
    struct sp_region *region = NULL;
    assert_int_equal(sp_region_open(getenv("SPOINA_SHARE"), &region, NULL), SP_OK);
    static struct pair_tally tally;
    assert_int_equal(sp_region_generate(region, &DEMO, note_partners, &tally, NULL), SP_OK);
    unsigned both = 0;
    for (size_t a = 1; a <= SP_REGION_ENTITIES; a++) {
        for (size_t b = 1; b < a; b++) {
            if (tally.told[a][b] != 0 && tally.told[b][a] != 0) {
                assert_int_equal(tally.told[a][b], tally.told[b][a]);
                both++;
            }
        }
    }
    print_message("%u told, %u pairs told by both, %u entities without a partner\n",
                  tally.told_count, both, tally.alone);
    assert_in_range(tally.told_count, 300, 1200);
    assert_in_range(both, tally.told_count / 4, tally.told_count * 9 / 20); /* of at most half */
    assert_in_range(tally.alone, 100, 400);
    sp_region_close(region);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_has_something_to_decide),
        cmocka_unit_test(partners_tell_the_same_and_some_forget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
