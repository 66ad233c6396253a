/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Consortia on catalogues made by hand: allocation, necessity, gaps and their changes, completion,
 * replay, and searches that are ended early.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "matcher/proposal/complete_consortium.h"
#include "matcher/proposal/match_tender.h"
#include "matcher/proposal/replay_id.h"
#include "matcher/proposal/replay_proposal.h"
#include "matcher/search/from_store.h"
#include "proto/codec/message.h"
#include "tests/lib/fault.h"
#include "tests/unit/proposal/matcher.h"

enum { ARENA_BYTES = 256 << 20 };

#define LEGNICA "'seat':{'teryt':'0262011','name':'Legnica','latitude':51.2101,'longitude':16.1619}"
#define SURE                                                                                       \
    "'declarations':[{'kind':'DECLARATION_KIND_NOT_EXCLUDED','value':true,'date':'2026-09-01'}]"
#define MEALS(id, free, more)                                                                      \
    "{'id':'" id "','name':'Kuchnia " id "'," LEGNICA "," SURE "," more                            \
    "'offers':[{'id':'o1','title':'Catering: obiady','description':'Gotujemy obiady.',"            \
    "'cpv':['55520000'],'area':{'teryt':['02']},'capacity':[{'declared':{'amount':" free           \
    ",'unit':'meal','period':'day'}}]}]}"
#define MOWER(id, more)                                                                            \
    "{'id':'" id "','name':'Ogród " id "'," LEGNICA "," SURE "," more                              \
    "'offers':[{'id':'o1','title':'Koszenie trawników','description':'Kosimy trawniki.',"         \
    "'cpv':['77314100'],'area':{'teryt':['02']},'capacity':[{'declared':{'amount':5000,"           \
    "'unit':'m2'}}]}]}"
#define POLICY "'insurance':[{'sumGrosz':'10000000','validTo':'2027-12-31'}],"

#define MEALS_ASKED(amount)                                                                        \
    "{'id':'obiady','text':'catering, obiady','cpv':['55520000'],'demand':{'amount':" amount       \
    ",'unit':'meal','period':'day'}}"
#define MOWING_ASKED                                                                               \
    "{'id':'koszenie','text':'koszenie trawników','cpv':['77314100'],'demand':{'amount':2000,"    \
    "'unit':'m2'}}"
#define DRAFT(requirements, more)                                                                  \
    "'draft':{'title':'Zamówienie','places':['0262'],'deadline':'2026-12-10','lots':[{'id':'1',"  \
    "'title':'Całość','requirements':[" requirements "]" more "}]},'date':'2026-11-22'"

/** A catalogue, and the answers about it. */
struct scene {
    struct test_matcher matcher;
    struct sp_arena *arena;
    struct sp_matching matching;
};

static void open_scene(struct scene *scene, const char *const *entities)
{
    test_matcher_open(&scene->matcher, entities);
    scene->arena = sp_arena_new(ARENA_BYTES);
    scene->matching = test_matching(&scene->matcher, scene->arena);
}

static void close_scene(struct scene *scene)
{
    sp_arena_free(scene->arena);
    test_matcher_close(&scene->matcher);
}

static Spoina__V1__MatchTenderRequest *request(const struct scene *scene, const char *json)
{
    return (Spoina__V1__MatchTenderRequest *)test_message(
        scene->arena, &spoina__v1__match_tender_request__descriptor, json);
}

static const Spoina__V1__LotMatch *match(const struct scene *scene, const char *json)
{
    Spoina__V1__MatchTenderResponse *response = NULL;
    struct sp_error err = {0};
    if (sp_match_tender(&scene->matching, request(scene, json), NULL, NULL, &response, &err) !=
        SP_OK) {
        fail_msg("%s: %s", err.place, err.english);
    }
    return response->lots[0];
}

static bool has_member(const Spoina__V1__Proposal *proposal, const char *id)
{
    for (size_t i = 0; i < proposal->n_members; i++) {
        if (strcmp(proposal->members[i]->entity->id, id) == 0) {
            return true;
        }
    }
    return false;
}

static const Spoina__V1__Gap *find_gap(const Spoina__V1__Proposal *proposal, const char *subject)
{
    for (size_t i = 0; i < proposal->n_gaps; i++) {
        if (strcmp(proposal->gaps[i]->subject, subject) == 0) {
            return proposal->gaps[i];
        }
    }
    return NULL;
}

static const Spoina__V1__Proposal *find_single(const Spoina__V1__LotMatch *lot, const char *id)
{
    for (size_t i = 0; i < lot->n_proposals; i++) {
        if (has_member(lot->proposals[i], id)) {
            return lot->proposals[i];
        }
    }
    fail_msg("%s is not among the single entities", id);
    return NULL;
}

/* Three kitchens of 70 for 170 meals: every piece is given out once, nobody is overdrawn. */
static void an_allocation_adds_up_to_the_demand(void **state)
{
    (void)state;
    static const char *const ENTITIES[] = {MEALS("a", "70", ""), MEALS("b", "70", ""),
                                           MEALS("c", "70", ""), MEALS("d", "50", ""), NULL};
    struct scene scene;
    open_scene(&scene, ENTITIES);
    const Spoina__V1__LotMatch *lot = match(&scene, "{" DRAFT(MEALS_ASKED("170"), "") "}");
    assert_true(lot->n_consortia >= 1 && lot->consortia_proven && !lot->consortia_incomplete);
    for (size_t i = 0; i < lot->n_consortia; i++) {
        const Spoina__V1__Proposal *team = lot->consortia[i];
        uint32_t effort = 0;
        double meals = 0;
        assert_true(team->complete);
        assert_int_equal(team->n_members, 3);
        assert_int_equal(team->members[0]->role, SPOINA__V1__MEMBER_ROLE__MEMBER_ROLE_LEADER);
        for (size_t k = 0; k < team->n_allocation; k++) {
            const Spoina__V1__Allocation *cell = team->allocation[k];
            effort += cell->effort;
            meals += cell->quantity->amount;
            assert_true(cell->quantity->amount == (int)cell->quantity->amount);
            assert_true(cell->quantity->amount <= (strcmp(cell->entity_id, "d") == 0 ? 50 : 70));
            assert_false(cell->capacity_unknown);
        }
        assert_int_equal(effort, 1000);
        assert_true(meals == 170);
        assert_null(find_gap(team, "obiady"));
    }
    /* 70 + 70 + 30 with d beats nothing: each single shows what it lacks. */
    const Spoina__V1__Gap *gap = find_gap(find_single(lot, "a"), "obiady");
    assert_non_null(gap);
    assert_int_equal(gap->decision, SPOINA__V1__DECISION__DECISION_NOT_MET);
    assert_true(gap->verified);
    assert_non_null(strstr(gap->text, "69 posiłków/dzień z 170 posiłków/dzień"));
    close_scene(&scene);
}

/* A superset is minimal no more: who is not needed is said so, and who could do without. */
static void a_member_too_many_is_flagged(void **state)
{
    (void)state;
    static const char *const ENTITIES[] = {MEALS("a", "90", ""), MEALS("b", "90", ""),
                                           MEALS("c", "90", ""), NULL};
    struct scene scene;
    open_scene(&scene, ENTITIES);
    const Spoina__V1__LotMatch *lot =
        match(&scene, "{'teams':{'supersetsToo':true}," DRAFT(MEALS_ASKED("170"), "") "}");
    bool seen = false;
    for (size_t i = 0; i < lot->n_consortia; i++) {
        const Spoina__V1__Proposal *team = lot->consortia[i];
        assert_int_equal(team->n_necessity, team->n_members);
        for (size_t k = 0; k < team->n_necessity; k++) {
            const Spoina__V1__Necessity *necessity = team->necessity[k];
            assert_int_equal(necessity->necessary, team->n_members == 2);
            assert_int_equal(necessity->n_cannot_alone, 1);
            assert_string_equal(necessity->requirement_ids[0], "obiady");
            assert_non_null(strstr(necessity->cannot_alone[0], "wolne 90 posiłków/dzień"));
            seen = seen || (team->n_members == 3 && strstr(necessity->text, " i Kuchnia ") != NULL);
        }
    }
    assert_true(seen);
    /* Without the option only pairs are left. */
    lot = match(&scene, "{" DRAFT(MEALS_ASKED("170"), "") "}");
    assert_int_equal(lot->n_consortia, 3);
    close_scene(&scene);
}

static void no_consortium_where_one_suffices(void **state)
{
    (void)state;
    static const char *const ENTITIES[] = {MEALS("big", "500", ""), MEALS("small", "50", ""), NULL};
    struct scene scene;
    open_scene(&scene, ENTITIES);
    const Spoina__V1__LotMatch *lot = match(&scene, "{" DRAFT(MEALS_ASKED("170"), "") "}");
    assert_int_equal(lot->n_consortia, 0);
    assert_true(lot->consortia_proven);
    assert_non_null(strstr(lot->consortia_note, "1 podmiot."));
    assert_true(find_single(lot, "big")->complete);
    assert_false(find_single(lot, "small")->complete);
    /* Asked for supersets, the one that needs nobody is told so. */
    lot = match(&scene, "{'teams':{'supersetsToo':true}," DRAFT(MEALS_ASKED("170"), "") "}");
    assert_int_equal(lot->n_consortia, 1);
    const Spoina__V1__Necessity *leader = lot->consortia[0]->necessity[0];
    assert_string_equal(leader->entity_id, "big");
    assert_false(leader->necessary);
    assert_non_null(strstr(leader->text, "mógłby wykonać całość sam"));
    close_scene(&scene);
}

/* Each gap with the number that closes it, tried out. */
static void gaps_name_the_smallest_change(void **state)
{
    (void)state;
    static const char *const ENTITIES[] = {
        MEALS("few", "200",
              "'legalForm':'LEGAL_FORM_SOCIAL_COOPERATIVE','employment':[{'asOf':'2026-10-31',"
              "'total':4,'groups':[{'group':'SOCIAL_GROUP_ANY_ART_94','persons':1}]}],"
              "'licences':[{'kind':'PPIS','validTo':'2026-01-01'}]," POLICY),
        NULL};
    static const char TERMS[] =
        ",'clauses':[{'id':'k1','kind':'CLAUSE_KIND_ART_94'}],'conditions':[{'id':'c1','kind':"
        "'CONDITION_KIND_INSURANCE','grosz':'30000000'},{'id':'c2','kind':'CONDITION_KIND_LICENCE',"
        "'name':'PPIS'}]";
    struct scene scene;
    struct sp_buffer json;
    open_scene(&scene, ENTITIES);
    sp_buffer_init(&json, 1 << 16);
    sp_buffer_printf(&json,
                     "{'draft':{'title':'Obiady','places':['0262'],'deadline':'2026-12-10',"
                     "'lots':[{'requirements':[%s]%s}]},'date':'2026-11-22'}",
                     MEALS_ASKED("170"), TERMS);
    const Spoina__V1__Proposal *single = find_single(match(&scene, json.data), "few");
    assert_false(single->complete);
    const Spoina__V1__Gap *share = find_gap(single, "k1");
    assert_int_equal(share->changes[0]->kind, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_EMPLOY_PERSONS);
    assert_int_equal(share->changes[0]->amount, 1); /* 2 of 5 */
    assert_true(share->verified);
    assert_non_null(strstr(share->changes[0]->text, "1 osoba więcej"));
    const Spoina__V1__Gap *policy = find_gap(single, "c1");
    assert_int_equal(policy->changes[0]->kind,
                     SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RAISE_INSURANCE);
    assert_int_equal(policy->changes[0]->amount, 30000000);
    assert_true(policy->verified);
    assert_non_null(strstr(policy->changes[0]->text, "300\u00a0000,00\u00a0zł"));
    const Spoina__V1__Gap *licence = find_gap(single, "c2");
    assert_int_equal(licence->changes[0]->kind,
                     SPOINA__V1__CHANGE_KIND__CHANGE_KIND_OBTAIN_LICENCE);
    assert_true(licence->verified);
    sp_buffer_release(&json);
    close_scene(&scene);
}

static const char *const PAIR[] = {MEALS("kuchnia", "200", ""), MOWER("ogrod", POLICY),
                                   MOWER("inny", ""), NULL};
#define PAIR_DRAFT                                                                                 \
    DRAFT(MEALS_ASKED("170") "," MOWING_ASKED,                                                     \
          ",'conditions':[{'id':'c1','kind':'CONDITION_KIND_INSURANCE','grosz':'5000000'}]")

/* One cooks, two could mow, one of these has a policy: an unknown one ranks after it. */
static void who_is_missing_is_named(void **state)
{
    (void)state;
    struct scene scene;
    open_scene(&scene, PAIR);
    const Spoina__V1__LotMatch *lot = match(&scene, "{" PAIR_DRAFT "}");
    assert_int_equal(lot->n_consortia, 2);
    assert_true(has_member(lot->consortia[0], "ogrod"));
    assert_true(lot->consortia[0]->score > lot->consortia[1]->score);
    const Spoina__V1__Gap *gap = find_gap(find_single(lot, "kuchnia"), "koszenie");
    assert_int_equal(gap->changes[0]->kind, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_ADD_PARTNER);
    assert_true(gap->verified);
    assert_true(strcmp(gap->changes[0]->entity_id, "ogrod") == 0 ||
                strcmp(gap->changes[0]->entity_id, "inny") == 0);
    close_scene(&scene);
}

static struct sp_error complete(const struct scene *scene, char **members, size_t count,
                                Spoina__V1__CompleteConsortiumResponse **out)
{
    struct sp_error err = {.status = SP_OK};
    Spoina__V1__CompleteConsortiumRequest asked = SPOINA__V1__COMPLETE_CONSORTIUM_REQUEST__INIT;
    asked.match = request(scene, "{" PAIR_DRAFT "}");
    asked.members = members;
    asked.n_members = count;
    if (sp_complete_consortium(&scene->matching, &asked, out, &err) == SP_OK) {
        err.status = SP_OK;
    }
    return err;
}

static void given_members_are_completed(void **state)
{
    (void)state;
    struct scene scene;
    Spoina__V1__CompleteConsortiumResponse *answer = NULL;
    open_scene(&scene, PAIR);
    assert_int_equal(complete(&scene, (char *[]){(char *)"inny"}, 1, &answer).status, SP_OK);
    assert_string_equal(answer->members[0]->id, "inny");
    assert_non_null(find_gap(answer->lots[0]->given, "obiady"));
    assert_int_equal(answer->lots[0]->n_consortia, 1);
    assert_true(has_member(answer->lots[0]->consortia[0], "inny"));
    assert_true(has_member(answer->lots[0]->consortia[0], "kuchnia"));
    assert_string_equal(answer->lots[0]->note, "");
    char *both[] = {(char *)"kuchnia", (char *)"ogrod"};
    assert_int_equal(complete(&scene, both, 2, &answer).status, SP_OK);
    assert_true(answer->lots[0]->given->complete);
    assert_int_equal(answer->lots[0]->consortia[0]->n_members, 2);
    assert_non_null(strstr(answer->lots[0]->note, "wystarczą"));
    struct sp_error err = complete(&scene, (char *[]){(char *)"nikt"}, 1, &answer);
    assert_int_equal(err.status, SP_NOT_FOUND);
    assert_string_equal(err.place, "members[0]");
    assert_non_null(strstr(err.polish, "„nikt”"));
    close_scene(&scene);
}

/** Ask the first consortium again. */
static struct sp_error replay(const struct scene *scene, const Spoina__V1__Proposal *proposal,
                              uint64_t version, const char *rulebook,
                              Spoina__V1__ReplayProposalResponse **out)
{
    struct sp_error err = {.status = SP_OK};
    char *members[8];
    Spoina__V1__ReplayProposalRequest asked = SPOINA__V1__REPLAY_PROPOSAL_REQUEST__INIT;
    asked.match = request(scene, "{" PAIR_DRAFT "}");
    asked.lot_id = (char *)"1";
    asked.members = members;
    for (size_t i = 0; i < proposal->n_members; i++) {
        members[asked.n_members++] = proposal->members[i]->entity->id;
    }
    asked.replay_id = proposal->replay_id;
    asked.catalogue_version = version;
    asked.rulebook_version = (char *)rulebook;
    (void)!sp_replay_proposal(&scene->matching, &asked, out, &err);
    return err;
}

static void replays_give_the_same_bytes_or_say_what_changed(void **state)
{
    (void)state;
    static const char *const CHANGED[] = {MEALS("kuchnia", "201", ""), NULL};
    struct scene scene;
    Spoina__V1__ReplayProposalResponse *again = NULL;
    struct sp_buffer first;
    struct sp_buffer second;
    open_scene(&scene, PAIR);
    const Spoina__V1__Proposal *proposal = match(&scene, "{" PAIR_DRAFT "}")->consortia[0];
    const char *rules = sp_rulebook_version(scene.matching.book);
    uint64_t version = sp_index_version(scene.matching.scoring.index);
    assert_int_equal(replay(&scene, proposal, version, rules, &again).status, SP_OK);
    sp_buffer_init(&first, 1 << 20);
    sp_buffer_init(&second, 1 << 20);
    assert_int_equal(sp_message_to_wire(&proposal->base, &first, NULL), SP_OK);
    assert_int_equal(sp_message_to_wire(&again->proposal->base, &second, NULL), SP_OK);
    assert_true(sp_view_equal(sp_buffer_view(&first), sp_buffer_view(&second)));
    sp_buffer_release(&first);
    sp_buffer_release(&second);
    /* Another version than the one of the id, then a member's record. */
    struct sp_error err = replay(&scene, proposal, version + 1, rules, &again);
    assert_int_equal(err.status, SP_PRECONDITION);
    assert_string_equal(err.place, "replay_id");
    test_world_put(&scene.matcher.law.world, CHANGED);
    struct sp_index *fresh = NULL;
    struct test_world *world = &scene.matcher.law.world;
    assert_int_equal(sp_index_from_store(&(struct sp_index_source){world->reader, world->analyser,
                                                                   world->vocabulary->services},
                                         world->index, &fresh, NULL),
                     SP_OK);
    sp_index_unref(world->index);
    world->index = fresh;
    scene.matching.scoring.index = fresh;
    err = replay(&scene, proposal, version, rules, &again);
    assert_int_equal(err.status, SP_PRECONDITION);
    assert_true(strcmp(err.place, "members[0]") == 0 || strcmp(err.place, "members[1]") == 0);
    assert_non_null(strstr(err.polish, "„kuchnia”"));
    close_scene(&scene);
}

/* The records are the same, something else in the catalogue is not: the version is named. */
static void a_catalogue_that_moved_on_is_named(void **state)
{
    (void)state;
    static const char *const ADDED[] = {MEALS("nowa", "10", ""), NULL};
    struct scene scene;
    Spoina__V1__ReplayProposalResponse *again = NULL;
    open_scene(&scene, PAIR);
    const Spoina__V1__Proposal *proposal = match(&scene, "{" PAIR_DRAFT "}")->consortia[0];
    const char *rules = sp_rulebook_version(scene.matching.book);
    uint64_t version = sp_index_version(scene.matching.scoring.index);
    struct test_world *world = &scene.matcher.law.world;
    struct sp_index *fresh = NULL;
    test_world_put(world, ADDED);
    assert_int_equal(sp_index_from_store(&(struct sp_index_source){world->reader, world->analyser,
                                                                   world->vocabulary->services},
                                         world->index, &fresh, NULL),
                     SP_OK);
    sp_index_unref(world->index);
    world->index = fresh;
    scene.matching.scoring.index = fresh;
    struct sp_error err = replay(&scene, proposal, version, rules, &again);
    assert_int_equal(err.status, SP_PRECONDITION);
    assert_string_equal(err.place, "catalogue_version");
    close_scene(&scene);
}

static bool stop_at_once(void *context, const struct sp_search_turn *turn)
{
    (void)turn;
    (*(size_t *)context)++;
    return true;
}

/* A search without time claims nothing. */
static void a_search_that_is_ended_claims_no_proof(void **state)
{
    (void)state;
    static const char *const ENTITIES[] = {MEALS("a", "70", ""), MEALS("b", "70", ""),
                                           MEALS("c", "70", ""), MEALS("d", "50", ""), NULL};
    struct scene scene;
    size_t asked = 0;
    open_scene(&scene, ENTITIES);
    scene.matching.stop = stop_at_once;
    scene.matching.stop_context = &asked;
    const Spoina__V1__LotMatch *lot = match(&scene, "{" DRAFT(MEALS_ASKED("170"), "") "}");
    assert_true(asked > 0);
    assert_false(lot->consortia_proven);
    assert_true(lot->consortia_note[0] != '\0');
    assert_int_equal(lot->n_proposals, 4); /* what needs no search is there */
    close_scene(&scene);
}

/** What a stream is told. */
struct told {
    size_t messages;
    uint32_t best;
    bool done;
};

static enum sp_status take(void *context, const Spoina__V1__MatchProgress *progress,
                           struct sp_error *err)
{
    struct told *told = context;
    (void)err;
    told->messages++;
    if (progress->best != NULL) {
        assert_true(progress->best->score >= told->best);
        assert_true(progress->best->score <= progress->bound);
        told->best = progress->best->score;
    }
    told->done = progress->proven;
    return SP_OK;
}

static enum sp_status hang_up(void *context, const Spoina__V1__MatchProgress *progress,
                              struct sp_error *err)
{
    (void)context;
    (void)progress;
    return SP_FAIL(err, SP_CANCELLED, "", "Przerwano.", "Cancelled.");
}

static void progress_is_told_and_may_end_the_match(void **state)
{
    (void)state;
    struct scene scene;
    struct told told = {0};
    Spoina__V1__MatchTenderResponse *response = NULL;
    open_scene(&scene, PAIR);
    const Spoina__V1__MatchTenderRequest *asked = request(&scene, "{" PAIR_DRAFT "}");
    assert_int_equal(sp_match_tender(&scene.matching, asked, take, &told, &response, NULL), SP_OK);
    assert_true(told.messages >= 2 && told.done);
    assert_int_equal(told.best, response->lots[0]->consortia[0]->score);
    assert_int_equal(sp_match_tender(&scene.matching, asked, hang_up, NULL, &response, NULL),
                     SP_CANCELLED);
    close_scene(&scene);
}

/** A match that memory may run out under. */
struct work {
    const struct scene *scene;
    const Spoina__V1__MatchTenderRequest *request;
};

static enum sp_status match_under_faults(void *context)
{
    const struct work *work = context;
    struct sp_matching matching = work->scene->matching;
    Spoina__V1__MatchTenderResponse *response = NULL;
    matching.scoring.arena = sp_arena_new(ARENA_BYTES);
    enum sp_status status =
        matching.scoring.arena == NULL
            ? SP_NOMEM
            : sp_match_tender(&matching, work->request, NULL, NULL, &response, NULL);
    sp_arena_free(matching.scoring.arena);
    return status;
}

static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    struct scene scene;
    enum sp_status seen = SP_INTERNAL;
    open_scene(&scene, PAIR);
    struct work work = {&scene, request(&scene, "{" PAIR_DRAFT "}")};
    int allocations = sp_fault_sweep(match_under_faults, &work, 5000, &seen);
    assert_int_equal(seen, SP_OK);
    assert_true(allocations > 50);
    close_scene(&scene);
}

/* A hundred lots: the budgets of a call hold, so memory and time stay bounded. */
static void many_lots_share_the_budget(void **state)
{
    (void)state;
    static const char *const ENTITIES[] = {MEALS("a", "90", ""), MEALS("b", "90", ""),
                                           MEALS("c", "90", ""), MEALS("d", "90", ""), NULL};
    struct scene scene;
    struct sp_buffer json;
    open_scene(&scene, ENTITIES);
    sp_buffer_init(&json, 1 << 20);
    sp_buffer_add_text(&json, "{'date':'2026-11-22','draft':{'title':'Sto','places':['0262'],"
                              "'deadline':'2026-12-10','lots':[");
    for (int i = 0; i < 100; i++) {
        sp_buffer_printf(&json, "%s{'id':'%d','requirements':[%s]}", i == 0 ? "" : ",", i,
                         MEALS_ASKED("170"));
    }
    sp_buffer_add_text(&json, "]}}");
    Spoina__V1__MatchTenderResponse *response = NULL;
    assert_int_equal(
        sp_match_tender(&scene.matching, request(&scene, json.data), NULL, NULL, &response, NULL),
        SP_OK);
    assert_int_equal(response->n_lots, 100);
    for (size_t i = 0; i < response->n_lots; i++) {
        assert_int_equal(response->lots[i]->n_consortia, SP_MATCH_TEAMS_MAX / 100);
        assert_int_equal(response->lots[i]->n_proposals, 4);
    }
    sp_buffer_release(&json);
    close_scene(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_allocation_adds_up_to_the_demand),
        cmocka_unit_test(a_member_too_many_is_flagged),
        cmocka_unit_test(no_consortium_where_one_suffices),
        cmocka_unit_test(gaps_name_the_smallest_change),
        cmocka_unit_test(who_is_missing_is_named),
        cmocka_unit_test(given_members_are_completed),
        cmocka_unit_test(replays_give_the_same_bytes_or_say_what_changed),
        cmocka_unit_test(a_catalogue_that_moved_on_is_named),
        cmocka_unit_test(a_search_that_is_ended_claims_no_proof),
        cmocka_unit_test(progress_is_told_and_may_end_the_match),
        cmocka_unit_test(memory_may_run_out_anywhere),
        cmocka_unit_test(many_lots_share_the_budget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
