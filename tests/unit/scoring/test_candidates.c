/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Who is relevant to a lot, from the index alone, against the plain way: every offer and profile of
 * the catalogue read, analysed and scored one by one. Over a small fictional region and some
 * awkward entities, all sample drafts, and real notices where they are at hand (SPOINA_SHARED).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "matcher/scoring/candidates.h"
#include "matcher/scoring/offer.h"
#include "matcher/scoring/pool.h"
#include "matcher/scoring/pool_list.h"
#include "matcher/scoring/score_cpv.h"
#include "matcher/scoring/score_text.h"
#include "matcher/search/from_store.h"
#include "matcher/tender/draft.h"
#include "matcher/tender/notice.h"
#include "proto/codec/message.h"
#include "tests/lib/fault.h"
#include "tests/unit/scoring/support.h"
#include "tools/region/region.h"

enum {
    ARENA_BYTES = 512 << 20,
    TODAY = 20779, /* 2026-11-22 */
    ENTITIES = 250,
    OFFERS = 1000,
    AWKWARD = 8,
    JSON_MAX_BYTES = 1 << 20,
    PATH_BYTES = 1024,
    LOTS_OF_A_NOTICE = 2 /* one has 239 of them */
};

/* Words in places where they must not count or count less; names that sound like services. */
static const char *const ODD[AWKWARD] = {
    "{'id':'hostel','name':'Zielona Przystań','description':'Hostel i kawiarnia.'}",
    "{'id':'theatre','name':'Czysty Dom','description':'Teatr lalek.'}",
    "{'id':'mower','name':'Zakątek','description':'Koszenie trawników i pielęgnacja zieleni.'}",
    "{'id':'named','name':'Koszenie Trawników sp. z o.o.','description':'Biuro rachunkowe.'}",
    "{'id':'tool','name':'Warsztat','offers':[{'id':'o','title':'Wypożyczalnia','description':"
    "'Sprzęt.','equipment':['kosiarka do koszenia trawników','catering']}]}",
    "{'id':'declared','name':'Cicha','offers':[{'id':'o','title':'Prace różne','service':['MOW']},"
    "{'id':'p','title':'Nie o tym. Tu','description':'Bez koszenia trawników; dla osób'}]}",
    "{'id':'firm','name':'Firma','legal_form':'LEGAL_FORM_BUSINESS','offers':[{'id':'o',"
    "'title':'Koszenie trawników','cpv':['77314100']}]}",
    "{'id':'code','name':'Kod','offers':[{'id':'o','title':'X','cpv':['77310000','55520000']}]}",
};

struct scene {
    struct test_world world;
    struct sp_match_context context;
    struct sp_arena *arena;  /* of the analysed offers */
    struct sp_offer *offers; /* by document; entity NULL: dead */
    uint32_t document_count;
};

struct texts {
    char *items[ENTITIES + AWKWARD + 1]; /* NULL at the end */
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

static void fill(struct test_world *world)
{
    const struct sp_region_options options = {
        .seed = SP_REGION_SEED, .entities = ENTITIES, .offers = OFFERS, .today = TODAY};
    static struct texts texts;
    struct sp_region *region = NULL;
    assert_int_equal(sp_region_open(getenv("SPOINA_SHARE"), &region, NULL), SP_OK);
    assert_int_equal(sp_region_generate(region, &options, add_text, &texts, NULL), SP_OK);
    sp_region_close(region);
    size_t made = texts.count;
    for (size_t i = 0; i < AWKWARD; i++) {
        texts.items[texts.count++] = (char *)ODD[i];
    }
    test_world_open(world, (const char *const *)texts.items);
    for (size_t i = 0; i < made; i++) {
        sp_free(texts.items[i]);
    }
}

/** The plain way: read and analyse every document. */
static void analyse_all(struct scene *scene)
{
    const struct sp_index *index = scene->context.index;
    sp_arena_reset(scene->arena);
    scene->document_count = sp_index_slot_count(index);
    scene->offers = sp_arena_calloc(scene->arena, scene->document_count, sizeof *scene->offers);
    assert_non_null(scene->offers);
    for (uint32_t d = 0; d < scene->document_count; d++) {
        const struct sp_index_document *document = sp_index_document(index, d);
        Spoina__V1__Entity *entity = NULL;
        if (!sp_index_is_live(index, d)) {
            continue;
        }
        assert_int_equal(sp_reader_entity(scene->context.reader, document->entity_number,
                                          scene->arena, &entity, NULL),
                         SP_OK);
        assert_int_equal(sp_offer_read(scene->context.analyser, scene->context.vocabulary->services,
                                       entity, document->offer_index, scene->arena,
                                       &scene->offers[d], NULL),
                         SP_OK);
    }
}

static void set_context(struct scene *scene)
{
    scene->context = (struct sp_match_context){
        .index = scene->world.index,
        .reader = scene->world.reader,
        .analyser = scene->world.analyser,
        .vocabulary = scene->world.vocabulary,
    };
}

static int open_scene(void **state)
{
    static struct scene scene;
    fill(&scene.world);
    set_context(&scene);
    scene.arena = sp_arena_new(ARENA_BYTES);
    assert_non_null(scene.arena);
    analyse_all(&scene);
    *state = &scene;
    return 0;
}

static int close_scene(void **state)
{
    struct scene *scene = *state;
    sp_arena_free(scene->arena);
    test_world_close(&scene->world);
    return 0;
}

/** What a lot was compared over. */
struct tally {
    size_t needs;
    size_t pairs;    /* document and need */
    size_t relevant; /* of them */
};

/** Compare the words of one document; true if it is relevant to a need. */
static bool same_words(const struct scene *scene, struct sp_candidates *candidates,
                       const struct sp_need *needs, uint32_t d, struct tally *tally)
{
    struct sp_pool_words found[16];
    bool any = false;
    sp_candidates_words(candidates, d, found);
    for (size_t j = 0; j < candidates->need_count; j++) {
        struct sp_text_score text;
        sp_score_text(&needs[j], &scene->offers[d], &text);
        struct sp_cpv_score cpv =
            sp_score_cpv(scene->context.vocabulary->cpv, &needs[j], scene->offers[d].offer);
        if (found[j].text != text.permille) {
            fail_msg("%s: offer %d: %d by the index, %u by its texts", scene->offers[d].entity->id,
                     sp_index_document(scene->context.index, d)->offer_index, found[j].text,
                     (unsigned)text.permille);
        }
        assert_int_equal(found[j].cpv, cpv.part.permille);
        assert_int_equal(found[j].cpv_unknown, cpv.part.unknown);
        struct sp_parts parts = {.part = {{text.permille, false}, cpv.part}};
        bool relevant = sp_is_relevant(&parts);
        any = any || relevant;
        tally->pairs++;
        tally->relevant += relevant;
    }
    return any;
}

/** The pool holds every entity of a relevant document, with its best offers, and nobody else. */
static void same_pool(const struct scene *scene, const struct sp_pool *pool,
                      const struct sp_candidates *candidates)
{
    uint32_t last = UINT32_MAX;
    for (uint32_t d = 0; d < scene->document_count; d++) {
        if (sp_candidates_is_relevant(candidates, d)) {
            assert_true(sp_pool_find(pool, scene->offers[d].entity->id) != SIZE_MAX);
        }
    }
    for (size_t i = 0; i < pool->count; i++) {
        const struct sp_pool_entity *entity = &pool->entities[i];
        assert_true(last == UINT32_MAX || entity->number > last);
        last = entity->number;
        assert_true(entity->covered != 0);
        assert_int_equal(entity->offer_count, entity->entity->n_offers + 1);
    }
    assert_false(pool->candidates_cut);
    assert_true(pool->looked_at >= pool->count);
}

static void check_lot(const struct scene *scene, const Spoina__V1__Draft *draft, size_t lot,
                      struct sp_arena *arena, struct tally *tally)
{
    struct sp_pool pool;
    struct sp_candidates candidates;
    struct sp_pool_request request = {.draft = draft, .lot_index = lot, .day = TODAY};
    assert_int_equal(sp_weights_read(NULL, &request.weights, NULL), SP_OK);
    assert_int_equal(sp_pool_build(&scene->context, &request, arena, &pool, NULL), SP_OK);
    assert_int_equal(sp_candidates_find(&scene->context, pool.needs, pool.requirement_count, arena,
                                        &candidates, NULL),
                     SP_OK);
    for (uint32_t d = 0; d < scene->document_count; d++) {
        const struct sp_offer *offer = &scene->offers[d];
        bool business = offer->entity != NULL &&
                        offer->entity->legal_form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_BUSINESS;
        if (offer->entity == NULL || business) {
            assert_false(sp_candidates_is_relevant(&candidates, d)); /* dead, or not looked for */
            continue;
        }
        bool relevant = same_words(scene, &candidates, pool.needs, d, tally);
        assert_int_equal(relevant, sp_candidates_is_relevant(&candidates, d));
    }
    same_pool(scene, &pool, &candidates);
    tally->needs += pool.requirement_count;
}

static Spoina__V1__Draft *checked(const struct scene *scene, struct sp_arena *arena,
                                  const Spoina__V1__Draft *given, enum sp_draft_origin origin)
{
    struct sp_draft_warnings warnings = {.arena = arena};
    Spoina__V1__Draft *draft = NULL;
    assert_int_equal(
        sp_draft_check(given, scene->context.vocabulary, origin, arena, &warnings, &draft, NULL),
        SP_OK);
    return draft;
}

static Spoina__V1__Draft *sample(const struct scene *scene, struct sp_arena *arena,
                                 const char *name)
{
    char path[PATH_BYTES];
    char *json = NULL;
    size_t length = 0;
    ProtobufCMessage *given = NULL;
    (void)snprintf(path, sizeof path, "%s/data/region/drafts/%s.json", getenv("SPOINA_SOURCE"),
                   name);
    assert_int_equal(sp_file_read(path, JSON_MAX_BYTES, &json, &length, NULL), SP_OK);
    struct sp_view text = sp_view_of(sp_arena_copy(arena, sp_view_from(json, length)));
    sp_free(json);
    assert_int_equal(
        sp_message_from_json(&spoina__v1__draft__descriptor, text, NULL, 0, arena, &given, NULL),
        SP_OK);
    return checked(scene, arena, (const Spoina__V1__Draft *)given, SP_DRAFT_WRITTEN);
}

static const char *const SAMPLES[] = {"catering", "home_care", "greenery",
                                      "laundry",  "transport", "umbrella"};

static void check_samples(const struct scene *scene)
{
    struct tally tally = {0};
    for (size_t n = 0; n < SP_COUNT(SAMPLES); n++) {
        struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
        const Spoina__V1__Draft *draft = sample(scene, arena, SAMPLES[n]);
        for (size_t lot = 0; lot < draft->n_lots; lot++) {
            check_lot(scene, draft, lot, arena, &tally);
        }
        sp_arena_free(arena);
    }
    print_message("%zu needs, %zu pairs, %zu relevant\n", tally.needs, tally.pairs, tally.relevant);
    assert_true(tally.relevant > 100 && tally.relevant < tally.pairs / 2);
}

static void samples_as_if_every_text_were_read(void **state)
{
    check_samples(*state);
}

static const Spoina__V1__Draft *mowing(const struct scene *scene, struct sp_arena *arena)
{
    return checked(scene, arena,
                   (const Spoina__V1__Draft *)test_message(
                       arena, &spoina__v1__draft__descriptor,
                       "{'title':'Koszenie trawników i utrzymanie zieleni','cpv':['77314100'],"
                       "'lots':[{'title':'Koszenie trawników dla osób, catering'}]}"),
                   SP_DRAFT_WRITTEN);
}

static void awkward_words_count_as_the_analysis_counts_them(void **state)
{
    struct scene *scene = *state;
    struct tally tally = {0};
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    const Spoina__V1__Draft *draft = mowing(scene, arena);
    struct sp_pool pool;
    struct sp_pool_request request = {.draft = draft, .day = TODAY};
    check_lot(scene, draft, 0, arena, &tally);
    assert_int_equal(sp_weights_read(NULL, &request.weights, NULL), SP_OK);
    assert_int_equal(sp_pool_build(&scene->context, &request, arena, &pool, NULL), SP_OK);
    assert_int_not_equal(sp_pool_find(&pool, "mower"), SIZE_MAX); /* by its description */
    assert_int_not_equal(sp_pool_find(&pool, "declared"), SIZE_MAX);
    assert_int_not_equal(sp_pool_find(&pool, "code"), SIZE_MAX);
    assert_int_equal(sp_pool_find(&pool, "firm"), SIZE_MAX); /* nobody asked for businesses */
    assert_int_equal(sp_pool_find(&pool, "tool"), SIZE_MAX); /* has a mower, offers no mowing */
    request.businesses_too = true;
    assert_int_equal(sp_pool_build(&scene->context, &request, arena, &pool, NULL), SP_OK);
    assert_int_not_equal(sp_pool_find(&pool, "firm"), SIZE_MAX);
    sp_arena_free(arena);
}

/** Text part of the profile of @p id for a need of this text. */
static uint32_t profile_text(const struct scene *scene, const char *id, const char *json,
                             const struct sp_service **service)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    const Spoina__V1__Draft *draft = checked(
        scene, arena,
        (const Spoina__V1__Draft *)test_message(arena, &spoina__v1__draft__descriptor, json),
        SP_DRAFT_WRITTEN);
    struct sp_need_tools tools = {scene->context.analyser, scene->context.vocabulary,
                                  scene->context.index, arena};
    struct sp_need need;
    struct sp_text_score score = {.permille = 0};
    assert_int_equal(sp_need_read(&tools, draft, 0, 0, &need, NULL), SP_OK);
    assert_true(need.service_count > 0);
    for (uint32_t d = 0; d < scene->document_count; d++) {
        const struct sp_offer *offer = &scene->offers[d];
        if (offer->entity != NULL && offer->offer == NULL && strcmp(offer->entity->id, id) == 0) {
            sp_score_text(&need, offer, &score);
        }
    }
    *service = score.service.need == NULL ? NULL : score.service.need->service;
    sp_arena_free(arena);
    return score.permille;
}

static void a_name_gives_words_but_no_service(void **state)
{
    static const char GREEN[] = "{'lots':[{'title':'Utrzymanie zieleni'}]}";
    static const char CLEAN[] = "{'lots':[{'title':'Sprzątanie domu'}]}";
    static const char MOW[] = "{'lots':[{'title':'Koszenie trawników'}]}";
    const struct sp_service *service = NULL;
    assert_in_range(profile_text(*state, "hostel", GREEN, &service), 0, SP_TEXT_MIN_PERMILLE - 1);
    assert_null(service);
    assert_in_range(profile_text(*state, "theatre", CLEAN, &service), 0, SP_TEXT_MIN_PERMILLE - 1);
    assert_null(service);
    /* even a telling name is words only, which are worth a look but no proposal */
    uint32_t named = profile_text(*state, "named", MOW, &service);
    assert_in_range(named, 1, SP_TEXT_OTHER_SERVICE_PERMILLE);
    assert_null(service);
    assert_in_range(profile_text(*state, "mower", MOW, &service), SP_TEXT_MIN_PERMILLE, 1000);
    assert_non_null(service);
}

/** Pool and naive scores of each notice's first lots. */
static int check_notices(const struct scene *scene, const char *folder, struct tally *tally)
{
    int read = 0;
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        char path[PATH_BYTES + 300];
        char *data = NULL;
        size_t length = 0;
        if (strstr(entry->d_name, ".xml") == NULL) {
            continue;
        }
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        assert_int_equal(sp_file_read(path, SP_NOTICE_MAX_BYTES, &data, &length, NULL), SP_OK);
        struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
        struct sp_draft_warnings warnings = {.arena = arena};
        Spoina__V1__Draft *draft = NULL;
        assert_int_equal(sp_notice_read(sp_view_from(data, length), arena, &warnings, &draft, NULL),
                         SP_OK);
        draft = checked(scene, arena, draft, SP_DRAFT_PUBLISHED);
        for (size_t lot = 0; lot < draft->n_lots && lot < LOTS_OF_A_NOTICE; lot++) {
            check_lot(scene, draft, lot, arena, tally);
        }
        sp_arena_free(arena);
        sp_free(data);
        read++;
    }
    (void)closedir(directory);
    return read;
}

static void real_notices_as_if_every_text_were_read(void **state)
{
    const char *shared = getenv("SPOINA_SHARED");
    char folder[PATH_BYTES];
    (void)snprintf(folder, sizeof folder, "%s/data/notices/ted", shared == NULL ? "" : shared);
    DIR *directory = opendir(folder);
    if (directory == NULL) {
        (void)printf("SKIPPED: no notices at $SPOINA_SHARED/data/notices/ted\n");
        skip();
    }
    (void)closedir(directory);
    struct tally tally = {0};
    int read = check_notices(*state, folder, &tally);
    print_message("%d notices, %zu needs, %zu pairs, %zu relevant\n", read, tally.needs,
                  tally.pairs, tally.relevant);
    assert_int_equal(read, 149);
    assert_true(tally.relevant > 0);
}

/** Of all documents of an entity, for all needs. */
static uint32_t best_words(const struct sp_pool *pool, const struct sp_pool_entity *entity)
{
    uint32_t sum = 0;
    for (size_t j = 0; j < pool->requirement_count; j++) {
        uint32_t best = 0;
        for (size_t i = 0; i < entity->offer_count; i++) {
            uint32_t text = entity->offers[i].words[j].text;
            best = text > best ? text : best;
        }
        sum += best;
    }
    return sum;
}

static void of_too_many_those_stay_whose_words_say_most(void **state)
{
    struct scene *scene = *state;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_pool pool;
    struct sp_candidates candidates;
    struct sp_pool_documents all;
    struct sp_pool_documents few;
    /* without a place, so that nobody's words count for half */
    struct sp_pool_request request = {.draft = mowing(scene, arena), .day = TODAY};
    assert_int_equal(sp_weights_read(NULL, &request.weights, NULL), SP_OK);
    assert_int_equal(sp_pool_build(&scene->context, &request, arena, &pool, NULL), SP_OK);
    assert_int_equal(sp_candidates_find(&scene->context, pool.needs, pool.requirement_count, arena,
                                        &candidates, NULL),
                     SP_OK);
    assert_int_equal(sp_pool_list_documents(&pool, &candidates, pool.count, arena, &all, NULL),
                     SP_OK);
    assert_false(all.cut);
    assert_true(pool.count > 10);
    assert_int_equal(sp_pool_list_documents(&pool, &candidates, 10, arena, &few, NULL), SP_OK);
    assert_true(few.cut);
    uint32_t weakest_in = UINT32_MAX;
    uint32_t strongest_out = 0;
    size_t entities = 0;
    for (size_t i = 0; i < pool.count; i++) {
        uint32_t words = best_words(&pool, &pool.entities[i]);
        size_t at = 0;
        while (at < few.count && few.items[at].entity_number != pool.entities[i].number) {
            at++;
        }
        entities += at < few.count;
        weakest_in = at < few.count && words < weakest_in ? words : weakest_in;
        strongest_out = at == few.count && words > strongest_out ? words : strongest_out;
    }
    assert_int_equal(entities, 10);
    assert_true(weakest_in >= strongest_out);
    assert_true(few.count > entities); /* with all their documents */
    sp_arena_free(arena);
}

struct attempt {
    struct scene *scene;
    const Spoina__V1__Draft *draft;
    size_t count;
};

static enum sp_status build_once(void *context)
{
    struct attempt *attempt = context;
    struct sp_pool pool;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_pool_request request = {.draft = attempt->draft, .day = TODAY};
    enum sp_status status =
        arena == NULL ? SP_NOMEM : sp_weights_read(NULL, &request.weights, NULL);
    if (status == SP_OK) {
        status = sp_pool_build(&attempt->scene->context, &request, arena, &pool, NULL);
    }
    attempt->count = status == SP_OK ? pool.count : attempt->count;
    sp_arena_free(arena);
    return status;
}

static void without_memory_it_says_so(void **state)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct attempt attempt = {.scene = *state, .draft = mowing(*state, arena)};
    enum sp_status seen = SP_OK;
    int allocations = sp_fault_sweep(build_once, &attempt, 2000, &seen);
    assert_true(allocations > 10);
    assert_int_equal(seen, SP_OK);
    assert_true(attempt.count > 0);
    sp_arena_free(arena);
}

static void a_cancelled_search_ends(void **state)
{
    struct scene scene = *(struct scene *)*state;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct attempt attempt = {.scene = &scene, .draft = mowing(*state, arena)};
    atomic_bool cancel;
    atomic_init(&cancel, true);
    scene.context.cancel = &cancel;
    assert_int_equal(build_once(&attempt), SP_CANCELLED);
    sp_arena_free(arena);
}

/** Last: it changes the catalogue. */
static void a_refreshed_index_says_the_same(void **state)
{
    static const char *const CHANGED[] = {
        "{'id':'mower','name':'Zakątek','description':'Catering i obiady domowe.'}",
        "{'id':'new','name':'Nowa','offers':[{'id':'o','title':'Pranie','description':"
        "'Pranie pościeli, obiady','cpv':['98310000'],'equipment':['catering']}]}",
        NULL};
    struct scene *scene = *state;
    struct sp_index *newest = NULL;
    struct sp_index_source source = {scene->world.reader, scene->world.analyser,
                                     scene->world.vocabulary->services};
    test_world_put(&scene->world, CHANGED);
    assert_int_equal(sp_index_from_store(&source, scene->world.index, &newest, NULL), SP_OK);
    assert_true(sp_index_base_version(newest) < sp_index_version(newest)); /* a second segment */
    sp_index_unref(scene->world.index);
    scene->world.index = newest;
    set_context(scene);
    analyse_all(scene);
    check_samples(scene);
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct tally tally = {0};
    check_lot(scene, mowing(scene, arena), 0, arena, &tally);
    sp_arena_free(arena);
}

int main(void)
{
    sp_notice_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_as_if_every_text_were_read),
        cmocka_unit_test(awkward_words_count_as_the_analysis_counts_them),
        cmocka_unit_test(a_name_gives_words_but_no_service),
        cmocka_unit_test(real_notices_as_if_every_text_were_read),
        cmocka_unit_test(of_too_many_those_stay_whose_words_say_most),
        cmocka_unit_test(without_memory_it_says_so),
        cmocka_unit_test(a_cancelled_search_ends),
        cmocka_unit_test(a_refreshed_index_says_the_same),
    };
    return cmocka_run_group_tests(tests, open_scene, close_scene);
}
