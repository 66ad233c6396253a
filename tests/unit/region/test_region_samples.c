/* SPDX-License-Identifier: EUPL-1.2 */
/** @file data/region: the sample drafts and the sample notice can be matched as they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/file.h"
#include "base/memory.h"
#include "matcher/language/language.h"
#include "matcher/rules/regime.h"
#include "matcher/tender/draft.h"
#include "matcher/tender/notice.h"
#include "matcher/vocabulary/vocabulary.h"
#include "proto/codec/message.h"

enum { PATH_BYTES = 512, SAMPLE_MAX_BYTES = 1 << 20 };

struct fixture {
    struct sp_language *language;
    struct sp_analyser *analyser;
    struct sp_vocabulary *vocabulary;
    struct sp_arena *arena;
    char *content;
    size_t length;
};

static struct fixture open_sample(const char *name)
{
    struct fixture fixture = {.arena = sp_arena_new(SAMPLE_MAX_BYTES)};
    const char *share = getenv("SPOINA_SHARE");
    char path[PATH_BYTES];
    assert_non_null(fixture.arena);
    assert_int_equal(sp_language_open(share, &fixture.language, NULL), SP_OK);
    assert_int_equal(sp_analyser_new(fixture.language, &fixture.analyser, NULL), SP_OK);
    assert_int_equal(sp_vocabulary_open(share, fixture.analyser, &fixture.vocabulary, NULL), SP_OK);
    (void)snprintf(path, sizeof path, "%s/data/region/%s", getenv("SPOINA_SOURCE"), name);
    assert_int_equal(sp_file_read(path, SAMPLE_MAX_BYTES, &fixture.content, &fixture.length, NULL),
                     SP_OK);
    return fixture;
}

static void close_sample(struct fixture *fixture)
{
    sp_free(fixture->content);
    sp_arena_free(fixture->arena);
    sp_vocabulary_free(fixture->vocabulary);
    sp_analyser_free(fixture->analyser);
    sp_language_free(fixture->language);
}

/* Every place of a draft is one that the gazetteer or the territory knows. */
static void check_places(const struct fixture *fixture, const Spoina__V1__Draft *draft)
{
    for (size_t i = 0; i < draft->n_places; i++) {
        struct sp_place_mention mention;
        enum sp_status status = sp_gazetteer_resolve(
            fixture->vocabulary->gazetteer, fixture->analyser, sp_view_of(draft->places[i]),
            sp_view_of("02"), fixture->arena, &mention, NULL);
        if (status != SP_OK) {
            fail_msg("no such place: %s", draft->places[i]);
        }
    }
}

/** What a sample is there to show. */
struct sample {
    const char *name;
    size_t lots;
    size_t requirements; /* of the first lot */
    enum sp_regime regime;
    const char *instruments[4]; /* of the first lot's clauses, as the rulebook names them */
};

static const struct sample SAMPLES[] = {
    {"drafts/catering.json", 1, 2, SP_REGIME_SOCIAL_NATIONAL, {"PZP94", "PZP95"}},
    {"drafts/home_care.json", 1, 1, SP_REGIME_SOCIAL_NATIONAL, {"PZP95", "PZP100"}},
    {"drafts/greenery.json", 2, 1, SP_REGIME_NATIONAL, {"PZP95", "PZP96"}},
    {"drafts/laundry.json", 1, 1, SP_REGIME_BELOW, {"ES26"}},
    {"drafts/transport.json", 1, 2, SP_REGIME_NATIONAL, {"PZP95", "PZP100", "PZP60-121"}},
    {"drafts/umbrella.json", 1, 4, SP_REGIME_NATIONAL, {"PZP95", "PZP96", "PZP60-121"}},
};

static sp_day day_of(const char *text)
{
    sp_day day = SP_DAY_UNKNOWN;
    assert_true(sp_day_parse(sp_view_of(text), &day));
    return day;
}

static Spoina__V1__Draft *read_draft(struct fixture *fixture, const char *name)
{
    struct sp_draft_warnings warnings = {.arena = fixture->arena};
    struct sp_error err = {.status = SP_OK};
    ProtobufCMessage *message = NULL;
    Spoina__V1__Draft *draft = NULL;
    enum sp_status status = sp_message_from_json(&spoina__v1__draft__descriptor,
                                                 sp_view_from(fixture->content, fixture->length),
                                                 NULL, 0, fixture->arena, &message, &err);
    if (status == SP_OK) {
        status = sp_draft_check((const Spoina__V1__Draft *)message, fixture->vocabulary,
                                SP_DRAFT_WRITTEN, fixture->arena, &warnings, &draft, &err);
    }
    if (status != SP_OK) {
        fail_msg("%s: %s: %s", name, err.place, err.english);
    }
    if (warnings.count > 0) {
        fail_msg("%s: %s: %s", name, warnings.items[0]->place, warnings.items[0]->text);
    }
    return draft;
}

static void drafts_can_be_matched(void **state)
{
    (void)state;
    for (size_t n = 0; n < SP_COUNT(SAMPLES); n++) {
        struct fixture fixture = open_sample(SAMPLES[n].name);
        const Spoina__V1__Draft *draft = read_draft(&fixture, SAMPLES[n].name);
        assert_int_equal(draft->n_lots, SAMPLES[n].lots);
        assert_int_equal(draft->lots[0]->n_requirements, SAMPLES[n].requirements);
        for (size_t i = 0; i < draft->n_lots; i++) {
            for (size_t j = 0; j < draft->lots[i]->n_requirements; j++) {
                assert_non_null(draft->lots[i]->requirements[j]->demand);
            }
            assert_true(draft->lots[i]->n_conditions > 0);
        }
        check_places(&fixture, draft);
        close_sample(&fixture);
    }
}

/* Value, dates and clauses of every sample go together under the law of its day. */
static void drafts_keep_the_law(void **state)
{
    (void)state;
    struct sp_rulebook *book = NULL;
    assert_int_equal(sp_rulebook_open(getenv("SPOINA_SHARE"), &book, NULL), SP_OK);
    for (size_t n = 0; n < SP_COUNT(SAMPLES); n++) {
        const struct sample *sample = &SAMPLES[n];
        struct fixture fixture = open_sample(sample->name);
        const Spoina__V1__Draft *draft = read_draft(&fixture, sample->name);
        const struct sp_purchase purchase = {.value_grosz = draft->value_grosz,
                                             .initiated = day_of(draft->initiated_on),
                                             .kind = SP_PURCHASE_SERVICES,
                                             .buyer = SP_BUYER_LOCAL,
                                             .public_sector = SP_ANSWER_YES,
                                             .cpv = (const char *const *)draft->cpv,
                                             .cpv_count = draft->n_cpv};
        struct sp_regime_ruling regime;
        assert_int_equal(sp_rule_regime(book, &purchase, fixture.arena, &regime, NULL), SP_OK);
        assert_true(regime.known);
        assert_int_equal(regime.regime, sample->regime);
        /* Art. 283: at least seven days for offers of services. */
        assert_true(day_of(draft->deadline) - day_of(draft->initiated_on) >= 7);
        assert_non_null(strstr(draft->buyer->name, "(fikcyjn"));
        assert_int_equal(draft->buyer->national_id[0], '0'); /* no tax office has such a code */
        size_t clauses = 0;
        for (; clauses < SP_COUNT(sample->instruments) && sample->instruments[clauses] != NULL;
             clauses++) {
            struct sp_ruling ruling;
            enum sp_status status = sp_rule_instrument(
                book, &purchase, sample->instruments[clauses], fixture.arena, &ruling, NULL);
            if (status != SP_OK || ruling.decision != SP_DECISION_MET) {
                fail_msg("%s: %s may not be used", sample->name, sample->instruments[clauses]);
            }
        }
        assert_int_equal(draft->lots[0]->n_clauses, clauses);
        close_sample(&fixture);
    }
    sp_rulebook_free(book);
}

static void the_notice_is_read_whole(void **state)
{
    (void)state;
    struct fixture fixture = open_sample("notices/sample_eforms.xml");
    struct sp_draft_warnings warnings = {.arena = fixture.arena};
    struct sp_error err = {.status = SP_OK};
    Spoina__V1__Draft *draft = NULL;
    enum sp_status status = sp_notice_read(sp_view_from(fixture.content, fixture.length),
                                           fixture.arena, &warnings, &draft, &err);
    if (status != SP_OK) {
        fail_msg("%s: %s", err.place, err.english);
    }
    assert_int_equal(warnings.count, 0);
    assert_string_equal(draft->title,
                        "Usługi społeczne dla mieszkańców Legnicy i Lubina w 2027 roku");
    assert_string_equal(draft->buyer->town, "Legnica");
    assert_string_equal(draft->deadline, "2026-12-15");
    assert_int_equal(draft->n_lots, 3);
    assert_string_equal(draft->lots[2]->cpv[0], "60130000");
    assert_string_equal(draft->lots[2]->from, "2027-02-01");
    assert_int_equal(draft->lots[2]->value_grosz, 28000000);
    check_places(&fixture, draft);
    close_sample(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drafts_can_be_matched),
        cmocka_unit_test(drafts_keep_the_law),
        cmocka_unit_test(the_notice_is_read_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
