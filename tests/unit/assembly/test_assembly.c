/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The problem of a lot and the meaning of its numbers, on catalogues of a few entities. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "matcher/assembly/effort.h"
#include "tests/lib/fault.h"
#include "tests/unit/assembly/lot.h"

#define LEGNICA "'seat':{'teryt':'0262011','name':'Legnica','latitude':51.2101,'longitude':16.1619}"
#define WROCLAW "'seat':{'teryt':'0264011','name':'Wrocław','latitude':51.1,'longitude':17.03333}"
#define COOK                                                                                       \
    "'id':'cook','title':'Catering: obiady','description':'Gotujemy.','cpv':['55520000'],"         \
    "'area':{'teryt':['02']}"
#define MOW "'id':'mow','title':'Koszenie trawników','cpv':['77314100'],'area':{'teryt':['02']}"
#define MEALS(amount)                                                                              \
    ",'capacity':[{'declared':{'amount':" amount ",'unit':'meal','period':'day'}}]"
#define OK                                                                                         \
    "'declarations':[{'kind':'DECLARATION_KIND_NOT_EXCLUDED','value':true,'date':'2026-09-01'}]"

static const char *const ENTITIES[] = {
    "{'id':'big','name':'Duża Kuchnia'," LEGNICA "," OK ",'owes':'A','krs':'0000000001',"
    "'cooperations':[{'entityId':'green','kind':'consortium'}],'offers':[{" COOK MEALS(
        "100") "}],'revenue':[{'year':2025,'grosz':'60000'}],'insurance':[{'sumGrosz':'900',"
               "'validTo':'2027-12-31'}]}",
    "{'id':'small','name':'Mała Kuchnia'," WROCLAW "," OK
    ",'owes':'B','offers':[{" COOK MEALS("33") "}],'revenue':[{'year':2025,'grosz':'50000'}]}",
    "{'id':'silent','name':'Cicha Kuchnia'," OK ",'offers':[{" COOK "}]}",
    "{'id':'green','name':'Zielona Ekipa'," LEGNICA "," OK ",'owes':'A','offers':[{" MOW "}]}",
    "{'id':'away','name':'Kuchnia Pomorska'," OK ",'offers':[{'id':'cook','title':'Catering: "
    "obiady','cpv':['55520000'],'area':{'teryt':['22']}}]}",
    "{'id':'out','name':'Kuchnia Wykluczona'," LEGNICA ",'declarations':[{'kind':"
    "'DECLARATION_KIND_NOT_EXCLUDED','value':false,'date':'2026-09-01'}],'offers':[{" COOK "}]}",
    NULL};

#define TWO                                                                                        \
    "'title':'Obsługa','places':['0262'],'deadline':'2026-12-10','lots':[{'title':'Obsługa',"    \
    "'requirements':[{'id':'meals','text':'catering, obiady','cpv':['55520000'],'demand':{"        \
    "'amount':99,'unit':'meal','period':'day'}},{'id':'grass','text':'koszenie trawników',"       \
    "'cpv':['77314100']}]"

static int open_law(void **state)
{
    static struct test_law law;
    test_law_open(&law, ENTITIES);
    *state = &law;
    return 0;
}

static int close_law(void **state)
{
    test_law_close(*state);
    return 0;
}

static const struct sp_standing *standing(const struct test_lot *lot, const char *id)
{
    return &lot->assembly.standings[test_entity(lot, id)];
}

static const struct sp_contender *contender(const struct test_lot *lot, const char *id)
{
    int32_t candidate = standing(lot, id)->candidate;
    assert_int_not_equal(candidate, SP_NO_CANDIDATE);
    assert_int_equal(lot->assembly.candidates[candidate], test_entity(lot, id));
    return &lot->assembly.problem.candidates[candidate];
}

static void capacity_becomes_effort(void **state)
{
    struct test_lot lot;
    test_lot_open(&lot, *state, "{" TWO "}]}", NULL);
    assert_int_equal(lot.assembly.effort_basis, SPOINA__V1__EFFORT_BASIS__EFFORT_BASIS_EVEN);
    assert_int_equal(lot.assembly.problem.demand[0], 500);
    const struct sp_station *big = &standing(&lot, "big")->stations[0];
    const struct sp_station *small = &standing(&lot, "small")->stations[0];
    const struct sp_station *silent = &standing(&lot, "silent")->stations[0];
    assert_int_equal(big->effort, 500); /* 100 of 99: no more than what is asked */
    assert_false(big->capacity_unknown);
    assert_int_equal(small->effort, 166);  /* 500 x 33 / 99, rounded down */
    assert_int_equal(silent->effort, 500); /* unknown is not nothing */
    assert_true(silent->capacity_unknown);
    assert_int_equal(standing(&lot, "big")->stations[1].effort, 0); /* it does not mow */
    assert_int_equal(contender(&lot, "big")->cell_count, 1);
    test_lot_close(&lot);
}

static void who_cannot_be_a_member_stays_known(void **state)
{
    struct test_lot lot;
    test_lot_open(&lot, *state, "{" TWO "}]}", NULL);
    /* says that it works elsewhere */
    assert_int_equal(standing(&lot, "away")->candidate, SP_NO_CANDIDATE);
    assert_false(standing(&lot, "away")->stations[0].may_perform);
    /* excluded */
    assert_false(standing(&lot, "out")->status);
    assert_false(contender(&lot, "out")->status);
    assert_int_equal(test_decision(&lot, "out", SP_TERM_EXCLUSION, ""), SP_DECISION_NOT_MET);
    struct sp_assembled_team teams[8];
    int32_t count = test_solve(&lot, teams, 8);
    assert_true(count >= 2);
    for (int32_t n = 0; n < count; n++) {
        for (size_t i = 0; i < teams[n].count; i++) {
            assert_int_not_equal(teams[n].entities[i], test_entity(&lot, "out"));
            assert_int_not_equal(teams[n].entities[i], test_entity(&lot, "away"));
        }
    }
    /* a declared capacity ranks before one that is not known */
    assert_true(teams[0].entities[0] == test_entity(&lot, "big") ||
                teams[0].entities[1] == test_entity(&lot, "big"));
    test_lot_close(&lot);
}

static void friction_knows_seats_advisers_and_past_work(void **state)
{
    struct test_lot lot;
    test_lot_open(&lot, *state, "{" TWO "}]}", NULL);
    const struct sp_problem *problem = &lot.assembly.problem;
    int32_t big = standing(&lot, "big")->candidate;
    int32_t small = standing(&lot, "small")->candidate;
    int32_t green = standing(&lot, "green")->candidate;
    int32_t silent = standing(&lot, "silent")->candidate;
    /* side by side, one adviser, worked together: a quarter of the 3 points of strangers */
    assert_int_equal(sp_problem_friction(problem, big, green), 750);
    assert_int_equal(sp_problem_friction(problem, green, big), 750);
    /* some 62 km, 2 points for another adviser, 3 for strangers; the grid rounds by a few km */
    assert_in_range(sp_problem_friction(problem, small, green), 10500, 12000);
    /* no seat: as if 50 km away */
    assert_int_equal(sp_problem_friction(problem, silent, green), 5000 + 2000 + 3000);
    test_lot_close(&lot);
}

static void sums_add_up_and_one_policy_is_held_whole(void **state)
{
    struct test_lot lot;
    test_lot_open(&lot, *state,
                  "{" TWO ",'conditions':[{'id':'r','kind':'CONDITION_KIND_REVENUE','grosz':"
                  "'100000','year':2025},{'id':'i','kind':'CONDITION_KIND_INSURANCE','grosz':"
                  "'1000'}]}]}",
                  NULL);
    const struct sp_problem *problem = &lot.assembly.problem;
    assert_int_equal(problem->sum_count, 1);
    assert_int_equal(problem->sums[0].least, 100000);
    assert_int_equal(contender(&lot, "big")->attributes[0], 60000);
    assert_int_equal(contender(&lot, "small")->attributes[0], 50000);
    assert_int_equal(contender(&lot, "green")->attributes[0], 100000); /* unknown: may suffice */
    assert_int_equal(problem->condition_count, 1);
    assert_int_equal(lot.assembly.any_terms[0], test_term(&lot, SP_TERM_CONDITION, "i"));
    assert_int_equal(contender(&lot, "big")->conditions, 0);   /* a policy of 900 */
    assert_int_equal(contender(&lot, "green")->conditions, 1); /* unknown */
    test_lot_close(&lot);

    struct sp_assembly_options certain = test_options();
    certain.certain_only = true;
    test_lot_open(&lot, *state,
                  "{" TWO ",'conditions':[{'id':'r','kind':'CONDITION_KIND_REVENUE','grosz':"
                  "'100000','year':2025}]}]}",
                  &certain);
    assert_int_equal(contender(&lot, "green")->attributes[0], 0);
    assert_int_equal(standing(&lot, "silent")->stations[0].effort, 0);
    /* nobody could fall short of a demand that the draft does not state */
    assert_int_equal(standing(&lot, "green")->stations[1].effort, 500);
    test_lot_close(&lot);
}

static void what_is_to_be_completed_costs_points(void **state)
{
    struct test_lot plain;
    struct test_lot asked;
    test_lot_open(&plain, *state, "{" TWO "}]}", NULL);
    test_lot_open(&asked, *state,
                  "{" TWO ",'conditions':[{'id':'c','kind':'CONDITION_KIND_REGISTER'}]}]}", NULL);
    /* "big" gives its KRS number, "small" does not */
    assert_int_equal(test_decision(&asked, "big", SP_TERM_CONDITION, "c"), SP_DECISION_MET);
    assert_int_equal(test_decision(&asked, "small", SP_TERM_CONDITION, "c"), SP_DECISION_UNKNOWN);
    assert_int_equal(standing(&plain, "small")->unknown + 1, standing(&asked, "small")->unknown);
    assert_int_equal(standing(&plain, "small")->stations[0].value - SP_UNKNOWN_COST,
                     standing(&asked, "small")->stations[0].value);
    assert_int_equal(standing(&plain, "big")->stations[0].value,
                     standing(&asked, "big")->stations[0].value);
    assert_true(standing(&asked, "small")->status); /* not hidden */
    test_lot_close(&plain);
    test_lot_close(&asked);
}

static void a_radius_leaves_out_who_is_known_to_be_farther(void **state)
{
    struct sp_assembly_options near = test_options();
    struct test_lot lot;
    near.radius_km = 30;
    test_lot_open(&lot, *state, "{" TWO "}]}", &near);
    assert_true(standing(&lot, "big")->stations[0].may_perform);
    assert_false(standing(&lot, "small")->stations[0].may_perform); /* Wrocław */
    assert_true(standing(&lot, "silent")->stations[0].may_perform); /* not known */
    test_lot_close(&lot);
}

static void contradictory_conditions_leave_nobody_and_say_why(void **state)
{
    struct test_lot lot;
    test_lot_open(&lot, *state,
                  "{" TWO ",'conditions':[{'id':'c','kind':'CONDITION_KIND_REVENUE','grosz':"
                  "'99999999999','year':2025,'wording':'CONDITION_WORDING_EVERY'}],'clauses':["
                  "{'id':'k','kind':'CLAUSE_KIND_SS_15A'}]}"
                  "]}",
                  NULL);
    struct sp_assembled_team teams[4];
    for (size_t i = 0; i < lot.pool.count; i++) {
        assert_int_equal(sp_assembly_alone(&lot.assembly, i), SP_ALONE_NO);
    }
    assert_int_equal(test_decision(&lot, "big", SP_TERM_CONDITION, "c"), SP_DECISION_NOT_MET);
    (void)test_solve(&lot, teams, 4);
    const char *const both[] = {"big", "green", NULL};
    struct sp_assembled_team team;
    struct sp_verdicts verdicts = test_rule(&lot, both, &team);
    assert_int_equal(team.uncovered, 0); /* the work could be done */
    assert_int_equal(verdicts.decision, SP_DECISION_NOT_MET);
    assert_false(verdicts.complete);
    test_lot_close(&lot);
}

static void the_buyers_own_unit_is_no_contractor(void **state)
{
    struct test_lot lot;
    struct test_law *law = *state;
    test_lot_open(&lot, law, "{'buyer':{'nationalId':'1234563218'}," TWO "}]}", NULL);
    Spoina__V1__Entity *own = (Spoina__V1__Entity *)test_message(
        lot.arena, &spoina__v1__entity__descriptor,
        "{'id':'own','name':'Gmina','legalForm':'LEGAL_FORM_LOCAL_GOVERNMENT','nip':'1234563218',"
        "'offers':[{" COOK "}]}");
    size_t index = 0;
    struct sp_assembly_options options = test_options();
    assert_int_equal(sp_pool_put(&lot.context, &lot.pool, own, &index, NULL), SP_OK);
    assert_int_equal(sp_assembly_make(&lot.pool, law->book, TEST_TODAY, &options, lot.arena,
                                      &lot.assembly, NULL),
                     SP_OK);
    assert_int_equal(index, test_entity(&lot, "own"));
    assert_int_equal(test_decision(&lot, "own", SP_TERM_OWN_UNIT, ""), SP_DECISION_NOT_MET);
    assert_false(contender(&lot, "own")->status);
    test_lot_close(&lot);
}

static void one_contractor_is_never_twice_in_a_team(void **state)
{
    struct test_lot lot;
    struct test_law *law = *state;
    test_lot_open(&lot, law, "{" TWO "}]}", NULL);
    static const char *const TWINS[] = {
        "{'id':'t1','name':'Bliźniak','nip':'5260001246','regon':'00001234500011','offers':[{" COOK
        "}]}",
        "{'id':'t2','name':'Bliźniak','nip':'5260001246','regon':'00001234500022','offers':[{" MOW
        "}]}",
    };
    struct sp_assembly_options options = test_options();
    for (size_t i = 0; i < SP_COUNT(TWINS); i++) {
        const Spoina__V1__Entity *twin = (const Spoina__V1__Entity *)test_message(
            lot.arena, &spoina__v1__entity__descriptor, TWINS[i]);
        assert_int_equal(sp_pool_put(&lot.context, &lot.pool, twin, NULL, NULL), SP_OK);
    }
    assert_int_equal(sp_assembly_make(&lot.pool, law->book, TEST_TODAY, &options, lot.arena,
                                      &lot.assembly, NULL),
                     SP_OK);
    assert_int_equal(lot.assembly.problem.conflict_count, 1); /* by NIP and REGON: once */
    assert_true(sp_problem_conflict(&lot.assembly.problem, standing(&lot, "t1")->candidate,
                                    standing(&lot, "t2")->candidate));
    struct sp_assembled_team team;
    const char *const twins[] = {"t1", "t2", NULL};
    struct sp_verdicts verdicts = test_rule(&lot, twins, &team);
    assert_int_equal(test_ruling(&verdicts, SP_TERM_ONE_OFFER, "")->decision, SP_DECISION_NOT_MET);
    assert_false(verdicts.complete);
    test_lot_close(&lot);
}

static void teams_given_by_hand_are_checked(void **state)
{
    struct test_lot lot;
    struct sp_assembled_team team;
    test_lot_open(&lot, *state, "{" TWO "}]}", NULL);
    uint32_t green = test_entity(&lot, "green");
    uint32_t away = test_entity(&lot, "away");
    uint32_t twice[] = {green, green};
    assert_int_equal(sp_assembly_value_team(&lot.assembly, twice, 2, false, &team, NULL),
                     SP_INVALID);
    assert_int_equal(sp_assembly_value_team(&lot.assembly, twice, 0, false, &team, NULL),
                     SP_INVALID);
    uint32_t given[] = {away, green}; /* the first can do nothing here, and leads if told so */
    assert_int_equal(sp_assembly_value_team(&lot.assembly, given, 2, true, &team, NULL), SP_OK);
    assert_int_equal(team.entities[0], away);
    assert_int_equal(team.uncovered, 500);
    assert_int_equal(team.effort[1][1], 500);
    struct sp_verdicts verdicts;
    assert_int_equal(sp_assembly_verdicts(&lot.assembly, &team, lot.arena, &verdicts, NULL), SP_OK);
    assert_int_equal(test_ruling(&verdicts, SP_TERM_EACH_PERFORMS, "")->decision,
                     SP_DECISION_NOT_MET);
    test_lot_close(&lot);
}

static void who_can_offer_alone_is_counted(void **state)
{
    struct test_lot lot;
    test_lot_open(&lot, *state,
                  "{'title':'Catering, obiady','cpv':['55520000'],'places':['0262'],'deadline':"
                  "'2026-12-10','lots':[{'title':'Catering, obiady','requirements':[{'id':'meals',"
                  "'demand':{'amount':99,'unit':'meal','period':'day'}}]}]}",
                  NULL);
    assert_int_equal(sp_assembly_alone(&lot.assembly, test_entity(&lot, "big")), SP_ALONE_UNKNOWN);
    assert_int_equal(test_decision(&lot, "big", SP_TERM_OWN_UNIT, ""), SP_DECISION_UNKNOWN);
    assert_int_equal(sp_assembly_alone(&lot.assembly, test_entity(&lot, "small")), SP_ALONE_NO);
    assert_int_equal(sp_assembly_alone(&lot.assembly, test_entity(&lot, "silent")),
                     SP_ALONE_UNKNOWN);
    assert_int_equal(sp_assembly_alone(&lot.assembly, test_entity(&lot, "out")), SP_ALONE_NO);
    test_lot_close(&lot);
}

static void effort_is_split_and_adds_up(void **state)
{
    (void)state;
    struct sp_arena *arena = sp_arena_new(1 << 20);
    static const struct {
        const char *lot;
        Spoina__V1__EffortBasis basis;
        int32_t demand[3];
    } CASES[] = {
        {"{'requirements':[{},{},{}]}",
         SPOINA__V1__EFFORT_BASIS__EFFORT_BASIS_EVEN,
         {334, 333, 333}},
        {"{'requirements':[{'weight':2},{'weight':1},{'weight':1}]}",
         SPOINA__V1__EFFORT_BASIS__EFFORT_BASIS_WEIGHT,
         {500, 250, 250}},
        /* one without a weight counts as the mean of those given */
        {"{'requirements':[{'weight':300},{},{'weight':100}]}",
         SPOINA__V1__EFFORT_BASIS__EFFORT_BASIS_WEIGHT,
         {500, 333, 167}},
        /* values only if every one has one */
        {"{'requirements':[{'valueGrosz':'5','weight':1},{'weight':1},{'weight':1}]}",
         SPOINA__V1__EFFORT_BASIS__EFFORT_BASIS_WEIGHT,
         {334, 333, 333}},
        /* however little, one unit: what weighs nothing would need no performer */
        {"{'requirements':[{'valueGrosz':'1'},{'valueGrosz':'9000000000000000000'},"
         "{'valueGrosz':'9000000000000000000'}]}",
         SPOINA__V1__EFFORT_BASIS__EFFORT_BASIS_VALUE,
         {1, 500, 499}},
    };
    for (size_t i = 0; i < SP_COUNT(CASES); i++) {
        int32_t demand[SP_MAX_REQUIREMENTS] = {0};
        const Spoina__V1__Lot *lot = (const Spoina__V1__Lot *)test_message(
            arena, &spoina__v1__lot__descriptor, CASES[i].lot);
        assert_int_equal(sp_effort_split(lot, demand), CASES[i].basis);
        assert_int_equal(demand[0] + demand[1] + demand[2], 1000);
        for (size_t j = 0; j < 3; j++) {
            assert_int_equal(demand[j], CASES[i].demand[j]);
        }
    }
    sp_arena_free(arena);
}

static void sixteen_requirements_fit(void **state)
{
    struct sp_arena *arena = sp_arena_new(1 << 20);
    char *json = sp_arena_strdup(arena, "{'title':'Obsługa','places':['0262'],'lots':[{'title':"
                                        "'Obsługa','requirements':[");
    for (int j = 0; j < SP_MAX_REQUIREMENTS; j++) {
        json =
            sp_arena_printf(arena, "%s%s{'text':'%s','licences':['L%d']}", json, j == 0 ? "" : ",",
                            j % 2 == 0 ? "catering, obiady" : "koszenie trawników", j);
    }
    json = sp_arena_printf(arena, "%s]}]}", json);
    struct test_lot lot;
    struct sp_assembled_team teams[4];
    test_lot_open(&lot, *state, json, NULL);
    assert_int_equal(lot.assembly.problem.requirements, SP_MAX_REQUIREMENTS);
    assert_int_equal(contender(&lot, "big")->cell_count, SP_MAX_REQUIREMENTS / 2);
    assert_int_equal(contender(&lot, "big")->licences, 0xffff); /* unknown, so not ruled out */
    assert_true(test_solve(&lot, teams, 4) >= 1);
    assert_int_equal(teams[0].uncovered, 0);
    test_lot_close(&lot);
    sp_arena_free(arena);
}

static void the_same_lot_gives_the_same_problem(void **state)
{
    struct test_lot first;
    struct test_lot second;
    test_lot_open(&first, *state, "{" TWO "}]}", NULL);
    test_lot_open(&second, *state, "{" TWO "}]}", NULL);
    const struct sp_problem *a = &first.assembly.problem;
    const struct sp_problem *b = &second.assembly.problem;
    assert_int_equal(a->candidate_count, b->candidate_count);
    assert_int_equal(a->place_count, b->place_count);
    assert_memory_equal(a->distance, b->distance,
                        (size_t)(a->place_count * a->place_count) * sizeof *a->distance);
    for (int32_t i = 0; i < a->candidate_count; i++) {
        const struct sp_contender *x = &a->candidates[i];
        const struct sp_contender *y = &b->candidates[i];
        assert_int_equal(x->place, y->place);
        assert_int_equal(x->owes, y->owes);
        assert_int_equal(x->load, y->load);
        assert_int_equal(x->licences, y->licences);
        assert_int_equal(x->cell_count, y->cell_count);
        assert_memory_equal(x->cells, y->cells, (size_t)x->cell_count * sizeof *x->cells);
    }
    test_lot_close(&first);
    test_lot_close(&second);
}

static void standings_are_the_rulings_without_their_words(void **state)
{
    struct test_lot lot;
    test_lot_open(&lot, *state,
                  "{" TWO ",'clauses':[{'kind':'CLAUSE_KIND_ART_94'},{'kind':'CLAUSE_KIND_ART_95'},"
                  "{'kind':'CLAUSE_KIND_ART_96','groups':['SOCIAL_GROUP_DISABLED'],'persons':1}],"
                  "'conditions':[{'kind':'CONDITION_KIND_REVENUE','grosz':'55000','year':2025},"
                  "{'kind':'CONDITION_KIND_INSURANCE','grosz':'900'},{'kind':"
                  "'CONDITION_KIND_PERSONS','count':2}]}]}",
                  NULL);
    const struct sp_lot_terms *terms = &lot.assembly.terms;
    for (size_t i = 0; i < lot.pool.count; i++) {
        for (size_t t = 0; t < terms->count; t++) {
            struct sp_ruling ruling;
            if (terms->items[t].type == SP_TERM_TEAM) {
                continue;
            }
            assert_int_equal(
                sp_assembly_ruling(&lot.assembly, i, &terms->items[t], lot.arena, &ruling, NULL),
                SP_OK);
            assert_int_equal(ruling.decision, lot.assembly.standings[i].decisions[t]);
            int64_t part = ruling.verdicts[0].part;
            assert_true((part == SP_PART_UNKNOWN ? 0 : part) == lot.assembly.standings[i].parts[t]);
            assert_true(ruling.polish[0] != '\0' && ruling.verdicts[0].english[0] != '\0');
        }
    }
    test_lot_close(&lot);
}

/** How long ten thousand entities take; a figure to look at, not a promise of this machine. */
static void ten_thousand_entities_are_assembled(void **state)
{
    enum { MANY = 10000 };
    struct test_lot lot;
    struct test_law *law = *state;
    test_lot_open(&lot, law,
                  "{" TWO ",'conditions':[{'kind':'CONDITION_KIND_REVENUE','grosz':'100000','year':"
                  "2025}]}]}",
                  NULL);
    const struct sp_pool_entity model = lot.pool.entities[test_entity(&lot, "big")];
    Spoina__V1__Entity *records = sp_arena_calloc(lot.arena, MANY, sizeof *records);
    struct sp_pool_entity *entities = sp_arena_calloc(lot.arena, MANY, sizeof *entities);
    assert_true(records != NULL && entities != NULL);
    for (size_t i = 0; i < MANY; i++) {
        records[i] = *model.entity;
        records[i].id = sp_arena_printf(lot.arena, "e%zu", i);
        records[i].krs = sp_arena_printf(lot.arena, "%010zu", i / 2); /* each one twice */
        entities[i] = model;
        entities[i].entity = &records[i];
        entities[i].tie = (uint64_t)(MANY - i);
    }
    lot.pool.entities = entities;
    lot.pool.count = MANY;
    struct sp_assembly_options options = test_options();
    struct timespec start;
    struct timespec end;
    (void)clock_gettime(CLOCK_MONOTONIC, &start);
    assert_int_equal(sp_assembly_make(&lot.pool, law->book, TEST_TODAY, &options, lot.arena,
                                      &lot.assembly, NULL),
                     SP_OK);
    (void)clock_gettime(CLOCK_MONOTONIC, &end);
    print_message("%d entities: %.1f ms\n", MANY,
                  (double)(end.tv_sec - start.tv_sec) * 1e3 +
                      (double)(end.tv_nsec - start.tv_nsec) / 1e6);
    assert_int_equal(lot.assembly.problem.candidate_count, MANY);
    assert_int_equal(lot.assembly.problem.conflict_count, MANY / 2);
    assert_int_equal(lot.assembly.candidates[0], MANY - 1); /* in the order of the fair key */
    test_lot_close(&lot);
}

/** A whole lot under allocation failures. */
static enum sp_status assemble_under_faults(void *context)
{
    const struct test_law *law = context;
    static struct test_lot prepared; /* made once, without faults */
    if (prepared.arena == NULL) {
        test_lot_open(&prepared, law,
                      "{" TWO ",'clauses':[{'kind':'CLAUSE_KIND_ART_94'}],'conditions':[{'kind':"
                      "'CONDITION_KIND_INSURANCE','grosz':'1000'}]}]}",
                      NULL);
        return SP_NOMEM; /* what was allocated up to here does not count */
    }
    struct sp_arena *arena = sp_arena_new(64 << 20);
    if (arena == NULL) {
        return SP_NOMEM;
    }
    struct sp_match_context scoring = prepared.context;
    scoring.arena = arena;
    struct sp_pool_request request = {.draft = prepared.draft, .day = TEST_TODAY};
    struct sp_assembly_options options = prepared.assembly.options;
    struct sp_pool pool;
    struct sp_pool revised;
    struct sp_assembly assembly;
    struct sp_assembled_team team;
    struct sp_verdicts verdicts;
    uint32_t first = 0;
    enum sp_status status = sp_weights_read(NULL, &request.weights, NULL);
    status = status == SP_OK ? sp_pool_build(&scoring, &request, arena, &pool, NULL) : status;
    status = status == SP_OK
                 ? sp_pool_revise(&scoring, &pool, prepared.draft, 0, arena, &revised, NULL)
                 : status;
    status = status == SP_OK ? sp_pool_invite(&scoring, &revised, "green", NULL, NULL) : status;
    status = status == SP_OK ? sp_assembly_make(&revised, law->book, TEST_TODAY, &options, arena,
                                                &assembly, NULL)
                             : status;
    status =
        status == SP_OK ? sp_assembly_value_team(&assembly, &first, 1, true, &team, NULL) : status;
    status =
        status == SP_OK ? sp_assembly_verdicts(&assembly, &team, arena, &verdicts, NULL) : status;
    sp_arena_free(arena);
    if (status == SP_OK) {
        test_lot_close(&prepared);
        prepared.arena = NULL;
    }
    return status;
}

static void memory_may_run_out_anywhere(void **state)
{
    enum sp_status seen = SP_INTERNAL;
    assert_int_equal(assemble_under_faults(*state), SP_NOMEM); /* prepares */
    int allocations = sp_fault_sweep(assemble_under_faults, *state, 5000, &seen);
    assert_int_equal(seen, SP_OK);
    assert_true(allocations > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(capacity_becomes_effort),
        cmocka_unit_test(who_cannot_be_a_member_stays_known),
        cmocka_unit_test(friction_knows_seats_advisers_and_past_work),
        cmocka_unit_test(sums_add_up_and_one_policy_is_held_whole),
        cmocka_unit_test(what_is_to_be_completed_costs_points),
        cmocka_unit_test(a_radius_leaves_out_who_is_known_to_be_farther),
        cmocka_unit_test(contradictory_conditions_leave_nobody_and_say_why),
        cmocka_unit_test(the_buyers_own_unit_is_no_contractor),
        cmocka_unit_test(one_contractor_is_never_twice_in_a_team),
        cmocka_unit_test(teams_given_by_hand_are_checked),
        cmocka_unit_test(who_can_offer_alone_is_counted),
        cmocka_unit_test(effort_is_split_and_adds_up),
        cmocka_unit_test(sixteen_requirements_fit),
        cmocka_unit_test(the_same_lot_gives_the_same_problem),
        cmocka_unit_test(standings_are_the_rulings_without_their_words),
        cmocka_unit_test(ten_thousand_entities_are_assembled),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, open_law, close_law);
}
