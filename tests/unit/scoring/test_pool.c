/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The pool of a lot: who is in it, what is put in, and what a revision changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "matcher/scoring/pool.h"
#include "matcher/tender/draft.h"
#include "tests/unit/scoring/support.h"

enum { ARENA_BYTES = 64 << 20, TODAY = 20779 /* 2026-11-22 */ };

#define LEGNICA "'seat':{'teryt':'0262011','name':'Legnica','latitude':51.2101,'longitude':16.1619}"

static const char *const ENTITIES[] = {
    "{'id':'both','name':'Wielobranżowa'," LEGNICA ",'offers':[{'id':'weak','title':'Obiady',"
    "'cpv':['55000000']},{'id':'cook','title':'Catering, obiady','cpv':['55520000'],'area':{"
    "'teryt':['02']},'capacity':[{'declared':{'amount':100,'unit':'meal','period':'day'}}]},"
    "{'id':'mow','title':'Koszenie trawników','cpv':['77314100']}]}",
    "{'id':'cook','name':'Kuchnia','nip':'5260001246','offers':[{'id':'o','title':"
    "'Catering, obiady','cpv':['55520000']}]}",
    "{'id':'paint','name':'Malarze','offers':[{'id':'o','title':'Malowanie ścian','cpv':["
    "'45442100']}]}",
    NULL};

#define NEED(amount, place)                                                                        \
    "{'title':'Obsługa','lots':[{'title':'Obsługa','places':['" place                              \
    "'],'requirements':[{'id':'meals','text':'catering, obiady','cpv':['55520000'],'demand':{"     \
    "'amount':" amount ",'unit':'meal','period':'day'}},{'id':'grass','text':'koszenie "           \
    "trawników','cpv':['77314100']}]}]}"

struct scene {
    struct test_world world;
    struct sp_match_context context;
};

static int open_scene(void **state)
{
    static struct scene scene;
    test_world_open(&scene.world, ENTITIES);
    scene.context = (struct sp_match_context){
        .index = scene.world.index,
        .reader = scene.world.reader,
        .analyser = scene.world.analyser,
        .vocabulary = scene.world.vocabulary,
    };
    *state = &scene;
    return 0;
}

static int close_scene(void **state)
{
    test_world_close(&((struct scene *)*state)->world);
    return 0;
}

static const Spoina__V1__Draft *draft_of(const struct scene *scene, struct sp_arena *arena,
                                         const char *json)
{
    struct sp_draft_warnings warnings = {.arena = arena};
    Spoina__V1__Draft *draft = NULL;
    const ProtobufCMessage *given = test_message(arena, &spoina__v1__draft__descriptor, json);
    assert_int_equal(sp_draft_check((const Spoina__V1__Draft *)given, scene->world.vocabulary,
                                    SP_DRAFT_WRITTEN, arena, &warnings, &draft, NULL),
                     SP_OK);
    return draft;
}

static struct sp_pool build(const struct scene *scene, struct sp_arena *arena, const char *json)
{
    struct sp_pool pool;
    struct sp_pool_request request = {.draft = draft_of(scene, arena, json), .day = TODAY};
    assert_int_equal(sp_weights_read(NULL, &request.weights, NULL), SP_OK);
    assert_int_equal(sp_pool_build(&scene->context, &request, arena, &pool, NULL), SP_OK);
    return pool;
}

static const struct sp_pool_entity *entity(const struct sp_pool *pool, const char *id)
{
    size_t index = sp_pool_find(pool, id);
    assert_int_not_equal(index, SIZE_MAX);
    return &pool->entities[index];
}

static void everybody_relevant_is_in_with_the_best_offer(void **state)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_pool pool = build(*state, arena, NEED("80", "0262"));
    assert_int_equal(pool.count, 2);
    assert_int_equal(sp_pool_find(&pool, "paint"), SIZE_MAX);
    assert_false(pool.candidates_cut);
    const struct sp_pool_entity *both = entity(&pool, "both");
    assert_int_equal(both->covered, 3);
    assert_int_equal(both->fits[0].offer_index, 1); /* not the weak one */
    assert_int_equal(both->fits[1].offer_index, 2);
    assert_int_equal(both->fits[0].capacity, SP_CAPACITY_COMPARED);
    assert_true(both->fits[0].free == 100);
    assert_int_equal(both->fits[0].reach, SP_REACH_SERVED);
    assert_true(both->fits[0].has_distance);
    assert_int_equal(both->score, (both->fits[0].total + both->fits[1].total) / 2);
    assert_string_equal(both->entity->offers[1]->title, "Catering, obiady");
    const struct sp_pool_entity *cook = entity(&pool, "cook");
    assert_int_equal(cook->covered, 1);
    assert_false(cook->fits[1].relevant);
    assert_int_equal(cook->score, cook->fits[0].total / 2);
    sp_arena_free(arena);
}

static void the_invited_come_in_however_weak(void **state)
{
    struct scene *scene = *state;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_pool pool = build(scene, arena, NEED("80", "0262"));
    size_t index = 0;
    assert_int_equal(sp_pool_invite(&scene->context, &pool, "paint", &index, NULL), SP_OK);
    assert_int_equal(index, 2);
    assert_true(pool.entities[index].invited);
    assert_int_equal(pool.entities[index].covered, 0);
    assert_false(pool.entities[index].fits[0].relevant);
    /* by NIP, and who is there already is not there twice */
    assert_int_equal(sp_pool_invite(&scene->context, &pool, "526-000-12-46", &index, NULL), SP_OK);
    assert_int_equal(index, sp_pool_find(&pool, "cook"));
    assert_int_equal(pool.count, 3);
    assert_int_equal(sp_pool_invite(&scene->context, &pool, "nobody", &index, NULL), SP_NOT_FOUND);
    const uint32_t *ranked = NULL;
    size_t count = 0;
    assert_int_equal(sp_pool_rank(&pool, arena, &ranked, &count, NULL), SP_OK);
    assert_int_equal(count, 2); /* the painters are not proposed */
    sp_arena_free(arena);
}

static void a_changed_record_takes_the_place_of_the_old(void **state)
{
    struct scene *scene = *state;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_pool pool = build(scene, arena, NEED("80", "0262"));
    struct sp_pool fork;
    size_t index = 0;
    uint32_t before = entity(&pool, "cook")->score;
    const Spoina__V1__Entity *changed = (const Spoina__V1__Entity *)test_message(
        arena, &spoina__v1__entity__descriptor,
        "{'id':'cook','name':'Kuchnia','offers':[{'id':'o','title':'Catering, obiady','cpv':["
        "'55520000'],'capacity':[{'declared':{'amount':90,'unit':'meal','period':'day'}}]},"
        "{'id':'g','title':'Koszenie trawników','cpv':['77314100']}]}");
    assert_int_equal(sp_pool_fork(&pool, arena, &fork, NULL), SP_OK);
    assert_int_equal(sp_pool_put(&scene->context, &fork, changed, &index, NULL), SP_OK);
    assert_int_equal(fork.count, 2);
    assert_int_equal(index, sp_pool_find(&fork, "cook"));
    assert_int_equal(entity(&fork, "cook")->covered, 3);
    assert_true(entity(&fork, "cook")->fits[0].free == 90);
    assert_int_equal(entity(&pool, "cook")->covered, 1); /* the fork changed, not the pool */
    assert_int_equal(entity(&pool, "cook")->score, before);
    sp_arena_free(arena);
}

static void same_fits(const struct sp_pool *a, const struct sp_pool *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_string_equal(a->entities[i].entity->id, b->entities[i].entity->id);
        assert_int_equal(a->entities[i].score, b->entities[i].score);
        assert_int_equal(a->entities[i].covered, b->entities[i].covered);
        assert_true(a->entities[i].tie == b->entities[i].tie);
        for (size_t j = 0; j < a->requirement_count; j++) {
            const struct sp_pool_fit *x = &a->entities[i].fits[j];
            const struct sp_pool_fit *y = &b->entities[i].fits[j];
            assert_int_equal(x->offer_index, y->offer_index);
            assert_int_equal(x->total, y->total);
            assert_int_equal(x->capacity, y->capacity);
            assert_true(x->free == y->free);
            assert_int_equal(x->reach, y->reach);
            assert_int_equal(x->distance_m, y->distance_m);
        }
    }
}

static void a_revision_is_what_a_new_search_would_give(void **state)
{
    static const char *const CHANGED[] = {NEED("80", "0262"), NEED("400", "0262"),
                                          NEED("80", "0264"), NEED("1", "3262")};
    struct scene *scene = *state;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_pool pool = build(scene, arena, NEED("80", "0262"));
    for (size_t i = 0; i < SP_COUNT(CHANGED); i++) {
        struct sp_pool revised;
        struct sp_pool fresh = build(scene, arena, CHANGED[i]);
        assert_int_equal(sp_pool_revise(&scene->context, &pool, draft_of(scene, arena, CHANGED[i]),
                                        0, arena, &revised, NULL),
                         SP_OK);
        same_fits(&revised, &fresh);
    }
    sp_arena_free(arena);
}

static void a_revision_may_leave_requirements_out(void **state)
{
    static const char GRASS[] =
        "{'title':'Obsługa','lots':[{'title':'x'},{'title':'Zieleń','places':['0262'],"
        "'requirements':[{'id':'grass','text':'koszenie trawników','cpv':['77314100']}]}]}";
    struct scene *scene = *state;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_pool pool = build(scene, arena, NEED("80", "0262"));
    struct sp_pool revised;
    assert_int_equal(sp_pool_invite(&scene->context, &pool, "paint", NULL, NULL), SP_OK);
    assert_int_equal(sp_pool_revise(&scene->context, &pool, draft_of(scene, arena, GRASS), 1, arena,
                                    &revised, NULL),
                     SP_OK);
    assert_int_equal(revised.requirement_count, 1);
    assert_int_equal(revised.count, 2); /* who mows, and the invited; the kitchen is gone */
    assert_int_equal(sp_pool_find(&revised, "cook"), SIZE_MAX);
    assert_int_equal(entity(&revised, "both")->covered, 1);
    assert_int_equal(entity(&revised, "both")->score, entity(&pool, "both")->fits[1].total);
    assert_int_equal(pool.requirement_count, 2);
    sp_arena_free(arena);
}

static void other_words_or_codes_need_a_new_search(void **state)
{
    static const char *const OTHERS[] = {
        "{'lots':[{'title':'Obsługa','requirements':[{'id':'meals','text':'catering, kolacje',"
        "'cpv':['55520000']}]}]}",
        "{'lots':[{'title':'Obsługa','requirements':[{'id':'meals','text':'catering, obiady',"
        "'cpv':['55523000']}]}]}",
        "{'lots':[{'title':'Obsługa','requirements':[{'id':'other','text':'catering, obiady',"
        "'cpv':['55520000']}]}]}",
    };
    struct scene *scene = *state;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_pool pool = build(scene, arena, NEED("80", "0262"));
    for (size_t i = 0; i < SP_COUNT(OTHERS); i++) {
        struct sp_pool revised;
        struct sp_error error = {0};
        assert_int_equal(sp_pool_revise(&scene->context, &pool, draft_of(scene, arena, OTHERS[i]),
                                        0, arena, &revised, &error),
                         SP_PRECONDITION);
        assert_true(error.polish[0] != '\0' && error.english[0] != '\0');
    }
    sp_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_relevant_is_in_with_the_best_offer),
        cmocka_unit_test(the_invited_come_in_however_weak),
        cmocka_unit_test(a_changed_record_takes_the_place_of_the_old),
        cmocka_unit_test(a_revision_is_what_a_new_search_would_give),
        cmocka_unit_test(a_revision_may_leave_requirements_out),
        cmocka_unit_test(other_words_or_codes_need_a_new_search),
    };
    return cmocka_run_group_tests(tests, open_scene, close_scene);
}
