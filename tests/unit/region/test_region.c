/* SPDX-License-Identifier: EUPL-1.2 */
/** @file tools/region: the same bytes always, right numbers, plausible spread, texts fit to be
 * read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/fault.h"
#include "tools/region/region.h"
#include "tools/region/region_numbers.h"

enum { TODAY = 20779 /* 2026-11-22 */, POWIATS = 30 };

static const struct sp_region_options DEMO = {.seed = SP_REGION_SEED,
                                              .entities = SP_REGION_ENTITIES,
                                              .offers = SP_REGION_OFFERS,
                                              .today = TODAY};

static struct sp_region *open_region(void)
{
    struct sp_region *region = NULL;
    struct sp_error err = {.status = SP_OK};
    enum sp_status status = sp_region_open(getenv("SPOINA_SHARE"), &region, &err);
    if (status != SP_OK) {
        fail_msg("%s", err.english);
    }
    return region;
}

static void generate(const struct sp_region_options *options, sp_region_each_fn *each,
                     void *context)
{
    struct sp_region *region = open_region();
    struct sp_error err = {.status = SP_OK};
    enum sp_status status = sp_region_generate(region, options, each, context, &err);
    if (status != SP_OK) {
        fail_msg("%s", err.english);
    }
    sp_region_close(region);
}

/* FNV-1a of the packed message. */
static uint64_t hash_entity(uint64_t hash, const Spoina__V1__Entity *entity)
{
    size_t length = spoina__v1__entity__get_packed_size(entity);
    uint8_t *bytes = malloc(length);
    assert_non_null(bytes);
    (void)spoina__v1__entity__pack(entity, bytes);
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ bytes[i]) * UINT64_C(0x100000001B3);
    }
    free(bytes);
    return hash;
}

static enum sp_status add_hash(void *context, const Spoina__V1__Entity *entity,
                               struct sp_error *err)
{
    (void)err;
    uint64_t *hash = context;
    *hash = hash_entity(*hash, entity);
    return SP_OK;
}

static uint64_t hash_region(const struct sp_region_options *options)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    generate(options, add_hash, &hash);
    return hash;
}

static void same_seed_gives_same_bytes(void **state)
{
    (void)state;
    /* Pinned: it changes when a table of data/region/, the territory table or the generator does,
     * and then it is to be changed here on purpose. */
    struct sp_region_options other = DEMO;
    other.seed++;
    uint64_t hash = hash_region(&DEMO);
    assert_int_equal(hash, hash_region(&DEMO));
    assert_int_not_equal(hash, hash_region(&other));
    if (hash != UINT64_C(0xAEAC4D39B59D4B80)) {
        fail_msg("the demo region has changed: its hash is now 0x%016llX",
                 (unsigned long long)hash);
    }
}

static void an_entity_needs_no_other(void **state)
{
    (void)state;
    struct sp_region *region = open_region();
    struct sp_arena *arena = sp_arena_new(SP_REGION_ARENA_BYTES);
    uint64_t forward = 0;
    uint64_t backward = 0;
    Spoina__V1__Entity *entity = NULL;
    for (uint32_t i = 0; i < 100; i++) {
        sp_arena_reset(arena);
        assert_int_equal(sp_region_entity(region, &DEMO, i, arena, &entity, NULL), SP_OK);
        forward ^= hash_entity(i, entity);
    }
    for (uint32_t i = 100; i-- > 0;) {
        sp_arena_reset(arena);
        assert_int_equal(sp_region_entity(region, &DEMO, i, arena, &entity, NULL), SP_OK);
        backward ^= hash_entity(i, entity);
    }
    assert_int_equal(forward, backward);
    sp_arena_free(arena);
    sp_region_close(region);
}

/* Check digit by the definition, independent of the generator's way to it. */
static int check_digit(const char *digits, const char *weights)
{
    int sum = 0;
    for (size_t i = 0; weights[i] != '\0'; i++) {
        sum += (digits[i] - '0') * (weights[i] - '0');
    }
    return sum % 11;
}

static void numbers_have_right_check_digits(void **state)
{
    (void)state;
    char last[11] = "";
    for (uint32_t number = 1; number <= SP_REGION_NUMBER_MAX; number += 1 + number / 7) {
        char nip[11];
        char regon[10];
        sp_region_nip(number, nip);
        assert_int_equal(strlen(nip), 10);
        assert_int_equal(nip[0], '0');
        assert_int_equal(check_digit(nip, "657234567"), nip[9] - '0');
        assert_true(strcmp(last, nip) < 0); /* rising, so never twice */
        memcpy(last, nip, sizeof last);
        if (number <= SP_REGION_NUMBER_REGON_MAX) {
            sp_region_regon(number, regon);
            assert_int_equal(strlen(regon), 9);
            assert_memory_equal(regon, "99", 2);
            assert_int_equal(check_digit(regon, "89234567") % 10, regon[8] - '0');
        }
    }
}

struct tally {
    uint32_t entities;
    uint32_t offers;
    uint32_t most_offers;
    uint32_t by_powiat[100];
    uint32_t by_form[32];
    uint32_t by_unit[8];
    uint32_t capacity_known;
    uint32_t committed_known;
    uint32_t with_cpv;
    uint32_t fresh; /* confirmed within half a year */
    char seen[SP_REGION_ENTITIES][96];
};

static void check_text(const char *text)
{
    assert_int_not_equal(text[0], '\0');
    assert_null(strchr(text, '{'));
    assert_null(strstr(text, "  "));
    assert_null(strstr(text, ".."));
}

static void check_offer(struct tally *tally, const Spoina__V1__Entity *entity,
                        const Spoina__V1__Offer *offer)
{
    check_text(offer->title);
    check_text(offer->description);
    assert_true(offer->unit_id[0] == '\0' ||
                (entity->n_units == 1 && strcmp(offer->unit_id, entity->units[0]->id) == 0));
    tally->with_cpv += offer->n_cpv > 0;
    if (offer->n_capacity > 0) {
        const Spoina__V1__Capacity *capacity = offer->capacity[0];
        tally->capacity_known++;
        assert_true(capacity->declared->amount > 0);
        if (capacity->committed != NULL) {
            tally->committed_known++;
            assert_true(capacity->committed->amount <= capacity->declared->amount);
            assert_string_equal(capacity->committed->unit, capacity->declared->unit);
            assert_string_equal(capacity->committed->period, capacity->declared->period);
        }
    }
}

static uint32_t persons(const Spoina__V1__Employment *employment, Spoina__V1__SocialGroup group)
{
    for (size_t i = 0; i < employment->n_groups; i++) {
        if (employment->groups[i]->group == group) {
            return employment->groups[i]->persons;
        }
    }
    return 0;
}

static void check_people(const Spoina__V1__Entity *entity)
{
    for (size_t i = 0; i < entity->n_employment; i++) {
        const Spoina__V1__Employment *employment = entity->employment[i];
        uint32_t disabled = persons(employment, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_DISABLED);
        uint32_t art_94 = persons(employment, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_ANY_ART_94);
        uint32_t any = persons(employment, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_ANY_ES_ACT);
        assert_in_range(employment->employment_contract, 0, employment->total);
        if (employment->n_groups == 0) { /* the founder with all its units: heads only */
            assert_true(i == 1 && employment->total > entity->employment[0]->total);
            continue;
        }
        assert_in_range(any, art_94, employment->total);
        assert_in_range(any, disabled, employment->total);
        assert_true(art_94 == 0 || art_94 >= disabled);
        if (entity->n_units > 0 && entity->units[0]->kind == SPOINA__V1__UNIT_KIND__UNIT_KIND_ZAZ) {
            assert_true(disabled * 100 >=
                        employment->total * 70); /* art. 29 of the rehabilitation act */
        }
    }
}

static void check_dates(const Spoina__V1__Entity *entity, struct tally *tally)
{
    sp_day confirmed = 0;
    sp_day from = 0;
    sp_day to = 0;
    assert_true(sp_day_parse(sp_view_of(entity->provenance->confirmed_on), &confirmed));
    assert_in_range(confirmed, TODAY - 3 * 365, TODAY);
    tally->fresh += confirmed >= TODAY - 180;
    for (size_t i = 0; i < entity->n_statuses; i++) {
        const Spoina__V1__Status *status = entity->statuses[i];
        assert_true(sp_day_parse(sp_view_of(status->valid_from), &from));
        assert_true(from <= TODAY);
        if (status->valid_to[0] != '\0') {
            assert_true(sp_day_parse(sp_view_of(status->valid_to), &to));
            assert_true(to > from);
        }
    }
}

/* A unit has no legal personality: only NGOs, church bodies, cooperatives and JST run one. */
static void check_founder(const Spoina__V1__Entity *entity)
{
    if (entity->n_units > 0) {
        assert_true(entity->legal_form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_ASSOCIATION ||
                    entity->legal_form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_FOUNDATION ||
                    entity->legal_form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_CHURCH_ENTITY ||
                    entity->legal_form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_SOCIAL_COOPERATIVE ||
                    entity->legal_form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_LOCAL_GOVERNMENT);
    }
}

static void check_marks(const Spoina__V1__Entity *entity)
{
    assert_true(entity->provenance->fictional);
    assert_string_equal(entity->provenance->source, "demo");
    assert_non_null(strstr(entity->description, "fikcyjny"));
    assert_non_null(strstr(entity->contact->email, ".example.org"));
    assert_true(entity->contact->phone[0] == '\0' ||
                strncmp(entity->contact->phone, "+48 000 ", 8) == 0);
    assert_true(entity->nip[0] == '\0' || entity->nip[0] == '0');
    assert_true(entity->krs[0] == '\0' || entity->krs[0] == '9');
}

static enum sp_status tally_entity(void *context, const Spoina__V1__Entity *entity,
                                   struct sp_error *err)
{
    (void)err;
    struct tally *tally = context;
    for (uint32_t i = 0; i < tally->entities; i++) {
        assert_string_not_equal(tally->seen[i], entity->short_name);
    }
    (void)snprintf(tally->seen[tally->entities++], sizeof tally->seen[0], "%s", entity->short_name);
    tally->offers += (uint32_t)entity->n_offers;
    tally->most_offers =
        entity->n_offers > tally->most_offers ? (uint32_t)entity->n_offers : tally->most_offers;
    assert_memory_equal(entity->seat->teryt, "02", 2);
    assert_int_equal(strlen(entity->seat->teryt), 7);
    tally->by_powiat[(entity->seat->teryt[2] - '0') * 10 + (entity->seat->teryt[3] - '0')]++;
    tally->by_form[entity->legal_form]++;
    tally->by_unit[entity->n_units == 0 ? 0 : entity->units[0]->kind]++;
    check_text(entity->name);
    check_text(entity->description);
    check_marks(entity);
    check_founder(entity);
    check_people(entity);
    check_dates(entity, tally);
    for (size_t i = 0; i < entity->n_offers; i++) {
        check_offer(tally, entity, entity->offers[i]);
    }
    return SP_OK;
}

static void the_demo_region_is_plausible(void **state)
{
    (void)state;
    struct tally tally = {0};
    generate(&DEMO, tally_entity, &tally);
    assert_int_equal(tally.entities, 600);
    assert_int_equal(tally.offers, 2000);
    assert_in_range(tally.most_offers, 4, 8);
    uint32_t powiats = 0;
    for (size_t i = 0; i < SP_COUNT(tally.by_powiat); i++) {
        powiats += tally.by_powiat[i] > 0;
    }
    assert_int_equal(powiats, POWIATS);
    /* Wrocław has 675 of 2914 thousand residents; rural forms stay outside. */
    assert_in_range(tally.by_powiat[64], 90, 170);
    assert_in_range(tally.by_form[SPOINA__V1__LEGAL_FORM__LEGAL_FORM_SOCIAL_COOPERATIVE], 110, 200);
    assert_in_range(tally.by_form[SPOINA__V1__LEGAL_FORM__LEGAL_FORM_FOUNDATION], 95, 200);
    assert_in_range(tally.by_form[SPOINA__V1__LEGAL_FORM__LEGAL_FORM_BUSINESS], 5, 30);
    assert_in_range(tally.by_unit[SPOINA__V1__UNIT_KIND__UNIT_KIND_WTZ], 20, 60);
    assert_in_range(tally.by_unit[SPOINA__V1__UNIT_KIND__UNIT_KIND_ZAZ], 4, 25);
    assert_in_range(tally.capacity_known, 1400, 1600);
    assert_in_range(tally.committed_known, 800, 1000);
    assert_in_range(tally.with_cpv, 950, 1250);
    assert_in_range(tally.fresh, 280, 420);
}

static enum sp_status count(void *context, const Spoina__V1__Entity *entity, struct sp_error *err)
{
    (void)err;
    uint32_t *offers = context;
    *offers += (uint32_t)entity->n_offers;
    return SP_OK;
}

static void as_many_offers_come_as_were_asked_for(void **state)
{
    (void)state;
    static const uint32_t sizes[][2] = {{1, 1}, {1, 20}, {7, 7}, {7, 9}, {50, 1000}, {333, 1000}};
    for (size_t i = 0; i < SP_COUNT(sizes); i++) {
        struct sp_region_options options = DEMO;
        uint32_t offers = 0;
        options.entities = sizes[i][0];
        options.offers = sizes[i][1];
        generate(&options, count, &offers);
        assert_int_equal(offers, sizes[i][1]);
    }
}

/* All memory is the arena's, and its cap does not depend on how many entities there are. */
static void memory_is_that_of_one_entity(void **state)
{
    (void)state;
    struct sp_region_options options = DEMO;
    uint32_t offers = 0;
    options.entities = 30000;
    options.offers = 100000;
    generate(&options, count, &offers);
    assert_int_equal(offers, 100000);
}

static void options_out_of_range_are_named(void **state)
{
    (void)state;
    struct sp_region_options none = DEMO;
    struct sp_region_options few = DEMO;
    struct sp_region_options late = DEMO;
    struct sp_error err = {.status = SP_OK};
    none.entities = 0;
    few.offers = few.entities - 1;
    late.today = SP_DAY_UNKNOWN;
    assert_int_equal(sp_region_check(&DEMO, &err), SP_OK);
    assert_int_equal(sp_region_check(&none, &err), SP_INVALID);
    assert_string_equal(err.place, "entities");
    assert_int_equal(sp_region_check(&few, &err), SP_INVALID);
    assert_string_equal(err.place, "offers");
    assert_int_equal(sp_region_check(&late, &err), SP_INVALID);
    assert_string_equal(err.place, "today");
}

static enum sp_status stop(void *context, const Spoina__V1__Entity *entity, struct sp_error *err)
{
    (void)entity;
    (void)err;
    uint32_t *seen = context;
    return ++*seen == 3 ? SP_CANCELLED : SP_OK;
}

static void the_receiver_may_stop(void **state)
{
    (void)state;
    struct sp_region *region = open_region();
    uint32_t seen = 0;
    assert_int_equal(sp_region_generate(region, &DEMO, stop, &seen, NULL), SP_CANCELLED);
    assert_int_equal(seen, 3);
    sp_region_close(region);
}

static enum sp_status open_and_make_some(void *context)
{
    (void)context;
    struct sp_region *region = NULL;
    struct sp_region_options options = DEMO;
    uint32_t offers = 0;
    options.entities = 5;
    options.offers = 15;
    enum sp_status status = sp_region_open(getenv("SPOINA_SHARE"), &region, NULL);
    if (status == SP_OK) {
        status = sp_region_generate(region, &options, count, &offers, NULL);
    }
    sp_region_close(region);
    return status;
}

static void every_failed_allocation_is_an_error(void **state)
{
    (void)state;
    enum sp_status seen = SP_OK;
    assert_true(sp_fault_sweep(open_and_make_some, NULL, 1000, &seen) > 0);
    assert_int_equal(seen, SP_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_seed_gives_same_bytes),
        cmocka_unit_test(an_entity_needs_no_other),
        cmocka_unit_test(numbers_have_right_check_digits),
        cmocka_unit_test(the_demo_region_is_plausible),
        cmocka_unit_test(as_many_offers_come_as_were_asked_for),
        cmocka_unit_test(memory_is_that_of_one_entity),
        cmocka_unit_test(options_out_of_range_are_named),
        cmocka_unit_test(the_receiver_may_stop),
        cmocka_unit_test(every_failed_allocation_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
