/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The catalogue search over a real store: words in any form, filters, facets, relaxations, pages,
 * errors, and the snapshot that follows the store.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/search/from_store.h"
#include "matcher/search/search.h"
#include "tests/lib/fault.h"
#include "tests/unit/catalogue/support.h"

enum { ARENA_BYTES = 8 << 20 };

/** Legnica, a ZAZ: laundry; serves its powiat. Valid PS status. */
static const char *const LAUNDRY =
    "{'id':'zaz','name':'Fundacja Jutrzenka','legalForm':'LEGAL_FORM_FOUNDATION',"
    "'seat':{'teryt':'0262011','name':'Legnica','latitude':51.21,'longitude':16.16},"
    "'units':[{'id':'u','kind':'UNIT_KIND_ZAZ','name':'ZAZ Jutrzenka',"
    "'place':{'teryt':'0262011','name':'Legnica','latitude':51.21,'longitude':16.16}}],"
    "'statuses':[{'kind':'STATUS_KIND_PS','validFrom':'2024-01-01','validTo':'2026-12-31'}],"
    "'offers':[{'id':'o1','title':'Pranie pościeli i odzieży','unitId':'u',"
    "'description':'Pralnia przemysłowa pierze bieliznę dla żłobków.',"
    "'cpv':['98310000'],'area':{'teryt':['0262']}}]}";

/** Wrocław, a social cooperative: greenery and laundry; serves 40 km. */
static const char *const GREENERY =
    "{'id':'spoldzielnia','name':'Spółdzielnia Socjalna Łąka',"
    "'legalForm':'LEGAL_FORM_SOCIAL_COOPERATIVE',"
    "'seat':{'teryt':'0264011','name':'Wrocław','latitude':51.1,'longitude':17.03},"
    "'offers':[{'id':'o1','title':'Utrzymanie zieleni',"
    "'description':'Pielęgnacja trawników i ogrodów w mieście.',"
    "'cpv':['77310000'],'area':{'kilometres':40}},"
    "{'id':'o2','title':'Pranie dywanów','description':'Pranie u klienta.',"
    "'cpv':['98310000'],'area':{'kilometres':40}}]}";

/** Jelenia Góra, an association: meals; says nothing of where it serves. */
static const char *const MEALS =
    "{'id':'kuchnia','name':'Stowarzyszenie Stół','legalForm':'LEGAL_FORM_ASSOCIATION',"
    "'seat':{'teryt':'0261011','name':'Jelenia Góra','latitude':50.9,'longitude':15.73},"
    "'statuses':[{'kind':'STATUS_KIND_OPP','validFrom':'2020-01-01','validTo':'2021-01-01'}],"
    "'offers':[{'id':'o1','title':'Catering dla przedszkoli',"
    "'description':'Obiady dowożone do szkół i przedszkoli.','cpv':['55520000']}]}";

struct fixture {
    char *directory;
    struct sp_language *language;
    struct sp_analyser *analyser;
    struct sp_vocabulary *vocabulary;
    struct sp_store *store;
    struct sp_reader *reader;
    struct sp_index *index;
    struct sp_arena *arena;
    struct sp_search_context context;
    Spoina__V1__SearchCatalogueRequest request;
    struct sp_error err;
};

/** Make the snapshot follow the store. */
static void follow(struct fixture *fixture)
{
    struct sp_index *newest = NULL;
    assert_int_equal(
        sp_index_from_store(&(struct sp_index_source){fixture->reader, fixture->analyser,
                                                      fixture->vocabulary->services},
                            fixture->index, &newest, &fixture->err),
        SP_OK);
    sp_index_unref(fixture->index);
    fixture->index = newest;
    fixture->context.index = newest;
}

static int open_all(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    const char *share = getenv("SPOINA_SHARE");
    assert_non_null(fixture);
    fixture->directory = test_directory_new();
    fixture->language = test_language_open();
    assert_int_equal(sp_analyser_new(fixture->language, &fixture->analyser, NULL), SP_OK);
    assert_int_equal(
        sp_vocabulary_open(share, fixture->analyser, &fixture->vocabulary, &fixture->err), SP_OK);
    fixture->store = test_store_open(fixture->directory, fixture->language);
    test_put(fixture->store, LAUNDRY);
    test_put(fixture->store, GREENERY);
    test_put(fixture->store, MEALS);
    assert_int_equal(sp_reader_open(fixture->directory, fixture->language, &fixture->reader, NULL),
                     SP_OK);
    fixture->arena = sp_arena_new(ARENA_BYTES);
    fixture->context = (struct sp_search_context){.analyser = fixture->analyser,
                                                  .vocabulary = fixture->vocabulary,
                                                  .reader = fixture->reader,
                                                  .day = sp_day_from_civil(2026, 11, 22),
                                                  .arena = fixture->arena};
    follow(fixture);
    *state = fixture;
    return 0;
}

static int close_all(void **state)
{
    struct fixture *fixture = *state;
    sp_index_unref(fixture->index);
    sp_arena_free(fixture->arena);
    sp_reader_close(fixture->reader);
    sp_store_close(fixture->store);
    sp_vocabulary_free(fixture->vocabulary);
    sp_analyser_free(fixture->analyser);
    sp_language_free(fixture->language);
    test_directory_remove(fixture->directory);
    free(fixture);
    return 0;
}

/** protobuf-c's fields are not const; nothing writes to them. */
static char *text(const char *literal)
{
    return (char *)literal;
}

/** An empty request for @p query. */
static Spoina__V1__SearchCatalogueRequest *ask(struct fixture *fixture, const char *query)
{
    spoina__v1__search_catalogue_request__init(&fixture->request);
    fixture->request.query = text(query);
    return &fixture->request;
}

static Spoina__V1__SearchCatalogueResponse *run(struct fixture *fixture)
{
    Spoina__V1__SearchCatalogueResponse *response = NULL;
    fixture->err = (struct sp_error){.status = SP_OK};
    enum sp_status status =
        sp_search_run(&fixture->context, &fixture->request, &response, &fixture->err);
    if (status != SP_OK) {
        fail_msg("%s: %s", fixture->err.place, fixture->err.english);
    }
    return response;
}

static void finds(const Spoina__V1__SearchCatalogueResponse *response, size_t place,
                  const char *entity, const char *offer)
{
    assert_true(place < response->n_hits);
    assert_string_equal(response->hits[place]->entity->id, entity);
    assert_string_equal(
        response->hits[place]->offer == NULL ? "" : response->hits[place]->offer->id, offer);
}

/** The text of a highlight. */
static bool marks(const char *whole, const Spoina__V1__Span *span, const char *expected)
{
    return span->end - span->start == strlen(expected) &&
           memcmp(whole + span->start, expected, strlen(expected)) == 0;
}

static const Spoina__V1__QueryTerm *term_of(const Spoina__V1__SearchCatalogueResponse *response,
                                            Spoina__V1__TermOrigin origin)
{
    for (size_t i = 0; i < response->n_terms; i++) {
        if (response->terms[i]->origin == origin) {
            return response->terms[i];
        }
    }
    return NULL;
}

static void finds_inflected_words_and_marks_them(void **state)
{
    struct fixture *fixture = *state;
    ask(fixture, "trawnika ");
    const Spoina__V1__SearchCatalogueResponse *response = run(fixture);
    assert_int_equal(response->total, 1);
    finds(response, 0, "spoldzielnia", "o1");
    const Spoina__V1__SearchHit *hit = response->hits[0];
    assert_true(hit->score_milli > 0);
    assert_int_equal(hit->n_description_highlights, 1);
    assert_true(marks(hit->offer->description, hit->description_highlights[0], "trawników"));
    const Spoina__V1__QueryTerm *term =
        term_of(response, SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_WORD);
    assert_non_null(term);
    assert_string_equal(term->word, "trawnika");
    assert_string_equal(term->lemmas[0], "trawnik");
    assert_int_equal(response->catalogue_version, 3);
}

static void tells_how_a_word_was_reached(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *query;
        Spoina__V1__TermOrigin origin;
        const char *lemma;
    } cases[] = {
        {"poscieli ", SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_DIACRITICS, "pościel"},
        {"pościelli ", SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_TYPO, "pościel"},
        {"przedszk", SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_PREFIX, "przedszkole"},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        ask(fixture, cases[i].query);
        const Spoina__V1__SearchCatalogueResponse *response = run(fixture);
        assert_int_equal(response->total, 1);
        const Spoina__V1__QueryTerm *term = term_of(response, cases[i].origin);
        assert_non_null(term);
        bool found = false;
        for (size_t j = 0; j < term->n_lemmas; j++) {
            found = found || strcmp(term->lemmas[j], cases[i].lemma) == 0;
        }
        assert_true(found);
    }
    ask(fixture, "przedszk "); /* a finished word is no prefix */
    assert_null(term_of(run(fixture), SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_PREFIX));
}

static void service_alias_fires_and_says_so(void **state)
{
    struct fixture *fixture = *state;
    ask(fixture, "koszenie trawy ");
    const Spoina__V1__SearchCatalogueResponse *response = run(fixture);
    const Spoina__V1__QueryTerm *term =
        term_of(response, SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_SYNONYM);
    assert_non_null(term);
    assert_true(strlen(term->because) > 0);
    finds(response, 0, "spoldzielnia", "o1");
}

static void all_words_means_all(void **state)
{
    struct fixture *fixture = *state;
    ask(fixture, "pranie dywanów ")->all_words = true;
    const Spoina__V1__SearchCatalogueResponse *response = run(fixture);
    assert_int_equal(response->total, 1);
    finds(response, 0, "spoldzielnia", "o2");
    ask(fixture, "pranie dywanów ");
    assert_int_equal(run(fixture)->total, 2);
}

static void place_finds_who_serves_it_and_measures(void **state)
{
    struct fixture *fixture = *state;
    ask(fixture, "pranie ")->place = text("w Legnicy");
    const Spoina__V1__SearchCatalogueResponse *response = run(fixture);
    assert_int_equal(response->total, 1);
    finds(response, 0, "zaz", "o1");
    assert_string_equal(response->place->teryt, "0262011");
    assert_true(response->hits[0]->kilometres < 2);
    ask(fixture, "pranie ")->place = text("Oława"); /* 27 km from Wrocław */
    response = run(fixture);
    assert_int_equal(response->total, 1);
    finds(response, 0, "spoldzielnia", "o2");
    assert_true(response->hits[0]->kilometres > 20 && response->hits[0]->kilometres < 35);
    ask(fixture, "")->place = text("Jelenia Góra"); /* who does not say serves the own powiat */
    response = run(fixture);
    assert_true(response->total >= 1);
    finds(response, 0, "kuchnia", response->hits[0]->offer == NULL ? "" : "o1");
}

static void nearer_comes_first(void **state)
{
    struct fixture *fixture = *state;
    Spoina__V1__SearchCatalogueRequest *request = ask(fixture, "");
    request->place = text("Legnica");
    request->_within_kilometres_case =
        SPOINA__V1__SEARCH_CATALOGUE_REQUEST___WITHIN_KILOMETRES_WITHIN_KILOMETRES;
    request->within_kilometres = 200;
    const Spoina__V1__SearchCatalogueResponse *response = run(fixture);
    assert_int_equal(response->total, 7); /* four offers, three profiles */
    double before = 0;
    for (size_t i = 0; i < response->n_hits; i++) {
        assert_true(response->hits[i]->kilometres >= before - 0.5);
        before = response->hits[i]->kilometres;
    }
    request->within_kilometres = 10;
    assert_int_equal(run(fixture)->total, 2);
}

static void filters_by_cpv_kind_and_status(void **state)
{
    struct fixture *fixture = *state;
    ask(fixture, "")->cpv = text("983");
    assert_int_equal(run(fixture)->total, 2);
    ask(fixture, "")->cpv = text("98310000-9");
    assert_int_equal(run(fixture)->total, 2);
    char *kind[] = {text("zaz"), text("stowarzyszenie")};
    Spoina__V1__SearchCatalogueRequest *request = ask(fixture, "");
    request->kind = kind;
    request->n_kind = 1;
    assert_int_equal(run(fixture)->total, 2); /* the entity and the offer of its ZAZ */
    request->n_kind = 2;
    assert_int_equal(run(fixture)->total, 4);
    char *status[] = {text("PS"), text("OPP")};
    request = ask(fixture, "");
    request->status = status;
    request->n_status = 2;
    assert_int_equal(run(fixture)->total, 2); /* the OPP status has ended */
    fixture->context.day = sp_day_from_civil(2020, 6, 1);
    assert_int_equal(run(fixture)->total, 2); /* and the PS status had not begun */
    finds(run(fixture), 0, "kuchnia", run(fixture)->hits[0]->offer == NULL ? "" : "o1");
    fixture->context.day = sp_day_from_civil(2026, 11, 22);
}

static uint32_t facet_count(const Spoina__V1__SearchCatalogueResponse *response, const char *name,
                            const char *value, const char **label)
{
    for (size_t i = 0; i < response->n_facets; i++) {
        const Spoina__V1__Facet *facet = response->facets[i];
        for (size_t j = 0; strcmp(facet->name, name) == 0 && j < facet->n_values; j++) {
            if (strcmp(facet->values[j]->value, value) == 0) {
                *label = facet->values[j]->label;
                return facet->values[j]->count;
            }
        }
    }
    return 0;
}

static void facets_count_all_that_matches(void **state)
{
    struct fixture *fixture = *state;
    Spoina__V1__SearchCatalogueRequest *request = ask(fixture, "pranie ");
    request->facets = true;
    request->limit = 1;
    const Spoina__V1__SearchCatalogueResponse *response = run(fixture);
    assert_int_equal(response->n_hits, 1);
    assert_int_equal(response->n_facets, 4);
    const char *label = NULL;
    assert_int_equal(facet_count(response, "powiat", "0262", &label), 1);
    assert_non_null(strstr(label, "Legnica"));
    assert_int_equal(facet_count(response, "powiat", "0264", &label), 1);
    assert_int_equal(facet_count(response, "cpv_division", "98", &label), 2);
    assert_int_equal(facet_count(response, "legal_form", "LEGAL_FORM_FOUNDATION", &label), 1);
    assert_string_equal(label, "fundacja");
    assert_int_equal(facet_count(response, "status", "STATUS_KIND_PS", &label), 1);
    assert_string_equal(label, "PS");
}

static const Spoina__V1__Relaxation *relaxation(const Spoina__V1__SearchCatalogueResponse *response,
                                                const char *dropped)
{
    for (size_t i = 0; i < response->n_relaxations; i++) {
        if (strcmp(response->relaxations[i]->dropped, dropped) == 0) {
            return response->relaxations[i];
        }
    }
    return NULL;
}

static void offers_relaxations_when_nothing_is_found(void **state)
{
    struct fixture *fixture = *state;
    Spoina__V1__SearchCatalogueRequest *request = ask(fixture, "pranie trawników ");
    request->all_words = true;
    const Spoina__V1__SearchCatalogueResponse *response = run(fixture);
    assert_int_equal(response->total, 0);
    assert_string_equal(relaxation(response, "all_words")->label,
                        "dowolne ze słów zamiast wszystkich: 3");
    assert_string_equal(relaxation(response, "trawników")->label, "bez słowa „trawników”: 2");
    assert_int_equal(relaxation(response, "pranie")->count, 1);
    request = ask(fixture, "pranie ");
    request->place = text("Bolesławiec");
    fixture->context.locale = SP_EN;
    response = run(fixture);
    fixture->context.locale = SP_PL;
    assert_int_equal(response->total, 0);
    assert_string_equal(relaxation(response, "place")->label, "without the place: 2");
    request = ask(fixture, "pranie ");
    request->cpv = text("55");
    char *kind[] = {text("fundacja")};
    request->kind = kind;
    request->n_kind = 1;
    response = run(fixture);
    assert_int_equal(relaxation(response, "cpv")->count, 1);
    assert_null(relaxation(response, "kind"));
    request->place = text("Bolesławiec"); /* now no single condition is to blame */
    response = run(fixture);
    assert_int_equal(response->n_relaxations, 1);
    assert_string_equal(relaxation(response, "filters")->label, "bez filtrów: 2");
}

static void form_words_count_less(void **state)
{
    struct fixture *fixture = *state;
    static const char *const NAMED =
        "{'id':'nazwa','name':'Usługi','legalForm':'LEGAL_FORM_FOUNDATION'}";
    test_put(fixture->store, NAMED);
    follow(fixture);
    ask(fixture, "uslugi prania ");
    const Spoina__V1__SearchCatalogueResponse *response = run(fixture);
    assert_int_equal(response->total, 3);
    finds(response, 2, "nazwa", "");
    assert_int_equal(sp_store_delete(fixture->store, "nazwa", &TEST_AUTHOR, NULL), SP_OK);
    follow(fixture);
}

static void pages_follow_one_another(void **state)
{
    struct fixture *fixture = *state;
    Spoina__V1__SearchCatalogueRequest *request = ask(fixture, "");
    request->limit = 200;
    const Spoina__V1__SearchCatalogueResponse *all = run(fixture);
    assert_int_equal(all->total, 7);
    assert_int_equal(all->n_hits, 7);
    request->limit = 2;
    for (uint32_t offset = 0; offset < 8; offset += 2) {
        request->offset = offset;
        const Spoina__V1__SearchCatalogueResponse *page = run(fixture);
        assert_int_equal(page->n_hits, offset == 6 ? 1 : 2);
        finds(page, 0, all->hits[offset]->entity->id,
              all->hits[offset]->offer == NULL ? "" : all->hits[offset]->offer->id);
    }
    request->offset = 100;
    assert_int_equal(run(fixture)->n_hits, 0);
}

static void wrong_requests_name_the_field(void **state)
{
    struct fixture *fixture = *state;
    char *wrong[] = {text("żółw")};
    Spoina__V1__SearchCatalogueRequest requests[9];
    for (size_t i = 0; i < SP_COUNT(requests); i++) {
        spoina__v1__search_catalogue_request__init(&requests[i]);
    }
    requests[0].limit = 201;
    requests[1].offset = 10001;
    requests[2].place = text("Nibylandia");
    requests[3].cpv = text("98310000-1");
    requests[4].cpv = text("00");
    requests[5].kind = wrong;
    requests[5].n_kind = 1;
    requests[6].status = wrong;
    requests[6].n_status = 1;
    requests[7]._within_kilometres_case =
        SPOINA__V1__SEARCH_CATALOGUE_REQUEST___WITHIN_KILOMETRES_WITHIN_KILOMETRES;
    requests[7].within_kilometres = 10;
    char words[SP_SEARCH_QUERY_MAX_BYTES + 2];
    memset(words, 'a', sizeof(words));
    words[sizeof(words) - 1] = '\0';
    requests[8].query = words;
    static const struct {
        enum sp_status status;
        const char *place;
    } expected[] = {{SP_INVALID, "limit"},    {SP_INVALID, "offset"},
                    {SP_NOT_FOUND, "place"},  {SP_INVALID, "cpv"},
                    {SP_NOT_FOUND, "cpv"},    {SP_NOT_FOUND, "kind"},
                    {SP_NOT_FOUND, "status"}, {SP_INVALID, "within_kilometres"},
                    {SP_INVALID, "query"}};
    for (size_t i = 0; i < SP_COUNT(requests); i++) {
        Spoina__V1__SearchCatalogueResponse *response = NULL;
        assert_int_equal(sp_search_run(&fixture->context, &requests[i], &response, &fixture->err),
                         expected[i].status);
        assert_string_equal(fixture->err.place, expected[i].place);
        assert_true(strlen(fixture->err.polish) > 0);
    }
}

static void snapshot_follows_the_store(void **state)
{
    struct fixture *fixture = *state;
    static const char *const BAKERY =
        "{'id':'piekarnia','name':'Spółdzielnia Chleb','legalForm':'LEGAL_FORM_SOCIAL_COOPERATIVE',"
        "'seat':{'teryt':'0264011','name':'Wrocław','latitude':51.1,'longitude':17.03},"
        "'offers':[{'id':'o1','title':'Wypiek chleba','description':'Chleb na zakwasie.'}]}";
    ask(fixture, "zakwas ");
    assert_int_equal(run(fixture)->total, 0);
    test_put(fixture->store, BAKERY);
    follow(fixture);
    assert_int_equal(run(fixture)->total, 1);
    finds(run(fixture), 0, "piekarnia", "o1");
    assert_int_equal(sp_store_delete(fixture->store, "piekarnia", &TEST_AUTHOR, NULL), SP_OK);
    assert_int_equal(run(fixture)->n_hits, 0); /* gone since the snapshot: not shown */
    follow(fixture);
    assert_int_equal(run(fixture)->total, 0);
    struct sp_index *fresh = NULL;
    assert_int_equal(
        sp_index_from_store(&(struct sp_index_source){fixture->reader, fixture->analyser,
                                                      fixture->vocabulary->services},
                            NULL, &fresh, NULL),
        SP_OK);
    assert_int_equal(sp_index_document_count(fresh), sp_index_document_count(fixture->index));
    assert_int_equal(sp_index_average_length(fresh), sp_index_average_length(fixture->index));
    struct sp_term a;
    struct sp_term b;
    assert_true(sp_index_find(fresh, sp_view_of("pranie"), &a));
    assert_true(sp_index_find(fixture->index, sp_view_of("pranie"), &b));
    assert_int_equal(a.frequency, b.frequency);
    assert_false(sp_index_find(fixture->index, sp_view_of("zakwas"), &a));
    sp_index_unref(fresh);
}

static enum sp_status whole_search(void *context)
{
    struct fixture *fixture = context;
    struct sp_index *index = NULL;
    fixture->context.arena = sp_arena_new(ARENA_BYTES);
    enum sp_status status =
        fixture->context.arena == NULL
            ? SP_NOMEM
            : sp_index_from_store(&(struct sp_index_source){fixture->reader, fixture->analyser,
                                                            fixture->vocabulary->services},
                                  NULL, &index, NULL);
    if (status == SP_OK) {
        fixture->context.index = index;
        Spoina__V1__SearchCatalogueResponse *response = NULL;
        status = sp_search_run(&fixture->context, &fixture->request, &response, NULL);
        assert_true(status != SP_OK || response->total > 0);
    }
    sp_index_unref(index);
    sp_arena_free(fixture->context.arena);
    fixture->context.arena = fixture->arena;
    fixture->context.index = fixture->index;
    return status;
}

static void survives_lack_of_memory(void **state)
{
    struct fixture *fixture = *state;
    Spoina__V1__SearchCatalogueRequest *request = ask(fixture, "koszenie trawy i pranie poscieli");
    request->facets = true;
    enum sp_status seen = SP_INTERNAL;
    assert_true(sp_fault_sweep(whole_search, fixture, 20000, &seen) > 20);
    assert_int_equal(seen, SP_OK);
}

static void cancelled_search_stops(void **state)
{
    struct fixture *fixture = *state;
    atomic_bool cancel = true;
    fixture->context.cancel = &cancel;
    ask(fixture, "pranie ");
    Spoina__V1__SearchCatalogueResponse *response = NULL;
    assert_int_equal(sp_search_run(&fixture->context, &fixture->request, &response, &fixture->err),
                     SP_CANCELLED);
    fixture->context.cancel = NULL;
}

static int reset_arena(void **state)
{
    struct fixture *fixture = *state;
    sp_arena_reset(fixture->arena);
    return 0;
}

#define SEARCH_TEST(name) cmocka_unit_test_setup(name, reset_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SEARCH_TEST(finds_inflected_words_and_marks_them),
        SEARCH_TEST(tells_how_a_word_was_reached),
        SEARCH_TEST(service_alias_fires_and_says_so),
        SEARCH_TEST(all_words_means_all),
        SEARCH_TEST(place_finds_who_serves_it_and_measures),
        SEARCH_TEST(nearer_comes_first),
        SEARCH_TEST(filters_by_cpv_kind_and_status),
        SEARCH_TEST(facets_count_all_that_matches),
        SEARCH_TEST(offers_relaxations_when_nothing_is_found),
        SEARCH_TEST(form_words_count_less),
        SEARCH_TEST(pages_follow_one_another),
        SEARCH_TEST(wrong_requests_name_the_field),
        SEARCH_TEST(snapshot_follows_the_store),
        SEARCH_TEST(survives_lack_of_memory),
        SEARCH_TEST(cancelled_search_stops),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
