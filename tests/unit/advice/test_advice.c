/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Advice over a small catalogue of laundries, small enough to count by hand.
 *
 *     a  social cooperative, PS           100 kg a day    offers alone
 *     b  foundation, PS                   100             offers alone
 *     c  foundation, PS until 2025        100             offers alone, but not under art. 26
 *     d  social cooperative, PS            60             only with e
 *     e  foundation, PS                    60             only with d
 *     f  association, cooks               no laundry
 *     g  association, Wrocław only        100             does not serve the place
 *     h  ordinary business                100             is not looked for
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/advice/advice.h"
#include "tests/lib/fault.h"
#include "tests/unit/proposal/matcher.h"

enum { ARENA_BYTES = 256 << 20, ALLOCATIONS_MOST = 20000, DRAFT_BYTES = 4096 };

#define LEGNICA "'seat':{'teryt':'0262011','name':'Legnica','latitude':51.21,'longitude':16.16}"
#define WROCLAW "'seat':{'teryt':'0264011','name':'Wrocław','latitude':51.11,'longitude':17.04}"
#define PS "'statuses':[{'kind':'STATUS_KIND_PS','validFrom':'2024-01-01'}]"
#define PS_ENDED                                                                                   \
    "'statuses':[{'kind':'STATUS_KIND_PS','validFrom':'2023-01-01','validTo':'2025-06-30'}]"
#define PROVENANCE "'provenance':{'source':'test','confirmedOn':'2026-11-01'}"
#define LAUNDRY(kg, area)                                                                          \
    "'offers':[{'id':'o','title':'Usługi pralnicze','description':'Pranie pościeli i odzieży'," \
    "'cpv':['98310000'],'area':{'teryt':['" area "']},'capacity':[{'declared':{'amount':" kg       \
    ",'unit':'kg','period':'day'}}]}]"
#define ENTITY(id, form, more)                                                                     \
    "{'id':'" id "','name':'Podmiot " id "','legalForm':'LEGAL_FORM_" form "'," more               \
    "," PROVENANCE "}"

static const char *const CATALOGUE[] = {
    ENTITY("a", "SOCIAL_COOPERATIVE", LEGNICA "," PS "," LAUNDRY("100", "02")),
    ENTITY("b", "FOUNDATION", LEGNICA "," PS "," LAUNDRY("100", "02")),
    ENTITY("c", "FOUNDATION", LEGNICA "," PS_ENDED "," LAUNDRY("100", "02")),
    ENTITY("d", "SOCIAL_COOPERATIVE", LEGNICA "," PS "," LAUNDRY("60", "02")),
    ENTITY("e", "FOUNDATION", LEGNICA "," PS "," LAUNDRY("60", "02")),
    ENTITY("f", "ASSOCIATION",
           LEGNICA ",'offers':[{'id':'o','title':'Catering i obiady domowe',"
                   "'cpv':['55520000'],'area':{'teryt':['02']}}]"),
    ENTITY("g", "ASSOCIATION", WROCLAW "," LAUNDRY("100", "0264")),
    ENTITY("h", "BUSINESS", LEGNICA "," LAUNDRY("100", "02")),
    NULL,
};

/* A lot of 100 kg a day in Legnica. @p value in zł, @p more members of the lot. */
#define DRAFT(value, more)                                                                         \
    "{'title':'Usługi pralnicze dla domu pomocy','kind':'PURCHASE_KIND_SERVICES',"                \
    "'buyer':{'name':'DPS','class':'BUYER_CLASS_LOCAL','publicFinanceSector':true},"               \
    "'initiatedOn':'2026-12-01','deadline':'2026-12-15','valueGrosz':'" value "00',"               \
    "'lots':[{'id':'1','title':'Pranie','cpv':['98310000'],'places':['0262'],"                     \
    "'requirements':[{'id':'pranie','text':'pranie pościeli i odzieży','cpv':['98310000'],"      \
    "'demand':{'amount':100,'unit':'kg','period':'day'}}]" more "}]}"

static struct test_matcher matcher;
static struct sp_wordings *wordings;

static int open_all(void **state)
{
    (void)state;
    test_matcher_open(&matcher, CATALOGUE);
    return sp_wordings_open(getenv("SPOINA_SHARE"), matcher.law.book, &wordings, NULL) == SP_OK
               ? 0
               : -1;
}

static int close_all(void **state)
{
    (void)state;
    sp_wordings_free(wordings);
    test_matcher_close(&matcher);
    return 0;
}

/** One call: its arena and the match it is about. */
struct call {
    struct sp_arena *arena;
    struct sp_advising advising;
    Spoina__V1__MatchTenderRequest match;
    struct sp_error err;
};

static void begin(struct call *call, const char *draft)
{
    *call = (struct call){.arena = sp_arena_new(ARENA_BYTES)};
    assert_non_null(call->arena);
    call->advising = (struct sp_advising){test_matching(&matcher, call->arena), wordings};
    spoina__v1__match_tender_request__init(&call->match);
    call->match.need_case = SPOINA__V1__MATCH_TENDER_REQUEST__NEED_DRAFT;
    call->match.draft =
        (Spoina__V1__Draft *)test_message(call->arena, &spoina__v1__draft__descriptor, draft);
}

static void check(const struct call *call, enum sp_status status)
{
    if (status != SP_OK) {
        fail_msg("%s: %s", call->err.place, call->err.english);
    }
}

static Spoina__V1__AdviseClausesResponse *clauses(struct call *call, uint32_t offers_min)
{
    Spoina__V1__AdviseClausesRequest request = SPOINA__V1__ADVISE_CLAUSES_REQUEST__INIT;
    Spoina__V1__AdviseClausesResponse *response = NULL;
    request.match = &call->match;
    request.offers_min = offers_min;
    check(call, sp_advise_clauses(&call->advising, &request, &response, &call->err));
    return response;
}

static const Spoina__V1__InstrumentAdvice *instrument(const Spoina__V1__LotClauseAdvice *lot,
                                                      const char *rule)
{
    for (size_t i = 0; i < lot->n_instruments; i++) {
        if (strcmp(lot->instruments[i]->rule->rule_id, rule) == 0) {
            return lot->instruments[i];
        }
    }
    fail_msg("no %s", rule);
    return NULL;
}

static void assert_contains(const char *text, const char *part)
{
    if (strstr(text, part) == NULL) {
        fail_msg("\"%s\" is not in: %s", part, text);
    }
}

static void below_the_threshold_the_strongest_reservation_with_supply_is_advised(void **state)
{
    (void)state;
    struct call call;
    begin(&call, DRAFT("100000", ""));
    const Spoina__V1__LotClauseAdvice *lot = clauses(&call, 2)->lots[0];
    assert_string_equal(lot->regime, "R0");
    assert_int_equal(lot->plain->singles, 3);   /* a, b, c */
    assert_int_equal(lot->plain->consortia, 1); /* d + e */
    assert_int_equal(lot->plain->independent_offers, 4);
    const Spoina__V1__InstrumentAdvice *es = instrument(lot, "ES26");
    assert_int_equal(es->allowed, SPOINA__V1__DECISION__DECISION_MET);
    assert_int_equal(es->supply->singles, 2);            /* a, b */
    assert_int_equal(es->supply->independent_offers, 3); /* and d + e */
    const Spoina__V1__InstrumentAdvice *ss = instrument(lot, "SS15A");
    assert_int_equal(ss->supply->singles, 1); /* a; d has nobody to go with */
    assert_int_equal(ss->supply->independent_offers, 1);
    assert_contains(ss->blocked_by, "Podmiot b");
    assert_string_equal(lot->recommended_rule, "ES26");
    assert_int_equal(lot->recommended, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ES_26);
    assert_contains(es->wording, "art. 26");
    assert_string_equal(es->notice_place, ""); /* no notice below the threshold */
    const Spoina__V1__InstrumentAdvice *pzp94 = instrument(lot, "PZP94");
    assert_int_equal(pzp94->allowed, SPOINA__V1__DECISION__DECISION_NOT_MET);
    assert_null(pzp94->supply);
    assert_string_equal(pzp94->wording, "");
    assert_int_equal(lot->n_levels, 0); /* art. 96 is not open either */
    sp_arena_free(call.arena);
}

static void one_offer_to_keep_allows_the_stronger_one(void **state)
{
    (void)state;
    struct call call;
    begin(&call, DRAFT("100000", ""));
    assert_string_equal(clauses(&call, 1)->lots[0]->recommended_rule, "SS15A");
    sp_arena_free(call.arena);
    begin(&call, DRAFT("100000", ""));
    const Spoina__V1__LotClauseAdvice *lot = clauses(&call, 20)->lots[0];
    assert_string_equal(lot->recommended_rule, "");
    assert_contains(lot->recommendation, "20");
    sp_arena_free(call.arena);
}

static void above_the_threshold_other_instruments_are_open(void **state)
{
    (void)state;
    struct call call;
    begin(&call, DRAFT("300000", ""));
    const Spoina__V1__LotClauseAdvice *lot = clauses(&call, 2)->lots[0];
    assert_string_equal(lot->regime, "R1");
    assert_int_equal(instrument(lot, "ES26")->allowed, SPOINA__V1__DECISION__DECISION_NOT_MET);
    assert_int_equal(instrument(lot, "PZP361")->allowed, SPOINA__V1__DECISION__DECISION_NOT_MET);
    const Spoina__V1__InstrumentAdvice *pzp94 = instrument(lot, "PZP94");
    assert_int_equal(pzp94->allowed, SPOINA__V1__DECISION__DECISION_MET);
    assert_contains(pzp94->notice_place, "2.11");
    assert_contains(pzp94->swz_place, "art. 281 ust. 2 pkt 9");
    assert_contains(pzp94->wording, "co najmniej 30 %");
    assert_contains(instrument(lot, "PZP95")->wording, "pranie pościeli i odzieży");
    assert_true(lot->n_levels > 0);
    assert_int_equal(lot->levels[0]->persons, 1);
    /* Nobody says whom it employs: possible for all, certain for none. */
    assert_int_equal(lot->levels[0]->supply->independent_certain, 0);
    assert_true(lot->levels[0]->breaks_certain);
    assert_int_equal(instrument(lot, "PZP242")->supply->independent_offers,
                     lot->plain->independent_offers);
    sp_arena_free(call.arena);
}

static void a_clause_of_the_draft_does_not_narrow_the_comparison(void **state)
{
    (void)state;
    struct call call;
    begin(&call, DRAFT("100000", ",'clauses':[{'id':'k','kind':'CLAUSE_KIND_SS_15A'}]"));
    const Spoina__V1__LotClauseAdvice *lot = clauses(&call, 2)->lots[0];
    assert_int_equal(lot->plain->singles, 3);
    assert_true(instrument(lot, "SS15A")->in_draft);
    assert_false(instrument(lot, "ES26")->in_draft);
    sp_arena_free(call.arena);
}

static void smaller_lots_open_the_tender(void **state)
{
    (void)state;
    struct call call;
    begin(&call, DRAFT("100000", ""));
    Spoina__V1__AdviseLotsRequest request = SPOINA__V1__ADVISE_LOTS_REQUEST__INIT;
    Spoina__V1__AdviseLotsResponse *response = NULL;
    request.match = &call.match;
    check(&call, sp_advise_lots(&call.advising, &request, &response, &call.err));
    const Spoina__V1__LotDivisions *lot = response->lots[0];
    assert_int_equal(lot->divisions[0]->kind, SPOINA__V1__DIVISION_KIND__DIVISION_KIND_AS_IS);
    assert_int_equal(lot->divisions[0]->independent_offers, 4);
    assert_int_equal(lot->divisions[0]->offerers, 5);
    const Spoina__V1__Division *halves = lot->divisions[1];
    assert_int_equal(halves->kind, SPOINA__V1__DIVISION_KIND__DIVISION_KIND_BY_SIZE);
    assert_int_equal(halves->parts[0]->parts, 2);
    assert_int_equal(halves->parts[0]->supply->singles, 5); /* d and e alone as well */
    assert_int_equal(halves->independent_offers, 5);
    assert_true(halves->recommended);
    assert_false(lot->divisions[0]->recommended);
    assert_contains(halves->text, "Art. 91");
    sp_arena_free(call.arena);
}

static Spoina__V1__WhatIfResponse *what_if(struct call *call, Spoina__V1__ParameterKind parameter,
                                           int64_t *values, size_t count)
{
    Spoina__V1__WhatIfRequest request = SPOINA__V1__WHAT_IF_REQUEST__INIT;
    Spoina__V1__WhatIfResponse *response = NULL;
    request.match = &call->match;
    request.parameter = parameter;
    request.values = values;
    request.n_values = count;
    check(call, sp_what_if(&call->advising, &request, &response, &call->err));
    return response;
}

static void each_step_names_who_drops_out_and_why(void **state)
{
    (void)state;
    struct call call;
    int64_t amounts[] = {60, 150, 100};
    begin(&call, DRAFT("100000", ""));
    const Spoina__V1__WhatIfResponse *response = what_if(
        &call, SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_QUANTITY, amounts, SP_COUNT(amounts));
    assert_int_equal(response->as_is->singles, 3);
    assert_int_equal(response->steps[0]->supply->singles, 5);
    assert_int_equal(response->steps[0]->joined_total, 2); /* d and e, alone */
    assert_int_equal(response->steps[0]->dropped_total, 0);
    assert_int_equal(response->steps[1]->supply->singles, 0);
    assert_int_equal(response->steps[1]->dropped_total, 5);
    assert_contains(response->steps[1]->dropped[0]->text, "wolne");
    assert_null(response->steps[1]->best_single);
    assert_non_null(response->steps[1]->best_consortium);
    assert_int_equal(response->steps[1]->best_consortium->n_members, 2);
    assert_non_null(response->steps[2]->best_single);
    assert_int_equal(response->steps[2]->supply->singles, 3);
    sp_arena_free(call.arena);
}

static void a_clause_drops_out_whom_its_rule_names(void **state)
{
    (void)state;
    struct call call;
    int64_t kinds[] = {0, SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ES_26};
    begin(&call, DRAFT("100000", ""));
    const Spoina__V1__WhatIfResponse *response =
        what_if(&call, SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_CLAUSE, kinds, SP_COUNT(kinds));
    assert_int_equal(response->steps[0]->dropped_total, 0);
    assert_int_equal(response->steps[1]->dropped_total, 1);
    assert_string_equal(response->steps[1]->dropped[0]->entity->id, "c");
    assert_true(strlen(response->steps[1]->dropped[0]->rule_id) > 0);
    sp_arena_free(call.arena);
}

static Spoina__V1__LotAbsence *absence(struct call *call, const char *entity)
{
    Spoina__V1__ExplainAbsenceRequest request = SPOINA__V1__EXPLAIN_ABSENCE_REQUEST__INIT;
    Spoina__V1__ExplainAbsenceResponse *response = NULL;
    request.match = &call->match;
    request.entity = (char *)entity;
    check(call, sp_explain_absence(&call->advising, &request, &response, &call->err));
    return response->lots[0];
}

static void an_absence_has_reasons_and_changes_that_help(void **state)
{
    (void)state;
    struct call call;
    begin(&call, DRAFT("100000", ""));
    const Spoina__V1__LotAbsence *cook = absence(&call, "f");
    assert_false(cook->present);
    assert_int_equal(cook->place, 0);
    assert_contains(cook->because[0], "Brak oferty");
    assert_true(cook->n_counterfactuals > 0);
    assert_true(cook->counterfactuals[0]->verified);
    assert_int_equal(cook->counterfactuals[0]->n_changes, 1);
    assert_int_equal(cook->counterfactuals[0]->changes[0]->kind,
                     SPOINA__V1__CHANGE_KIND__CHANGE_KIND_ADD_OFFER);
    const Spoina__V1__LotAbsence *far = absence(&call, "g");
    assert_false(far->present);
    assert_contains(far->because[0], "poza podanym obszarem");
    assert_true(far->n_counterfactuals > 0);
    assert_int_equal(far->counterfactuals[0]->changes[0]->kind,
                     SPOINA__V1__CHANGE_KIND__CHANGE_KIND_WIDEN_AREA);
    const Spoina__V1__LotAbsence *best = absence(&call, "a");
    assert_true(best->present);
    assert_int_equal(best->n_counterfactuals, 0);
    assert_true(absence(&call, "d")->present); /* in the consortium with e */
    sp_arena_free(call.arena);
}

/* It stands in the pool only because it is asked for: no change of its record is promised. */
static void a_business_is_proposed_only_where_businesses_are_asked_for(void **state)
{
    (void)state;
    struct call call;
    begin(&call, DRAFT("100000", ""));
    const Spoina__V1__LotAbsence *outside = absence(&call, "h");
    assert_false(outside->present);
    assert_int_equal(outside->place, 0);
    assert_contains(outside->because[0], "zwykły przedsiębiorca");
    assert_int_equal(outside->n_counterfactuals, 0);
    call.match.businesses_too = 1;
    assert_true(absence(&call, "h")->present);
    sp_arena_free(call.arena);
}

static void a_status_that_ended_is_to_be_renewed(void **state)
{
    (void)state;
    struct call call;
    begin(&call, DRAFT("100000", ",'clauses':[{'id':'k','kind':'CLAUSE_KIND_ES_26'}]"));
    const Spoina__V1__LotAbsence *ended = absence(&call, "c");
    assert_false(ended->present);
    assert_contains(ended->because[0], "ES26");
    assert_true(ended->n_counterfactuals > 0);
    assert_int_equal(ended->counterfactuals[0]->n_changes, 1);
    assert_int_equal(ended->counterfactuals[0]->changes[0]->kind,
                     SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RENEW_STATUS);
    sp_arena_free(call.arena);
}

static void a_legal_form_is_not_to_be_changed(void **state)
{
    (void)state;
    struct call call;
    begin(&call, DRAFT("100000", ",'clauses':[{'id':'k','kind':'CLAUSE_KIND_SS_15A'}]"));
    const Spoina__V1__LotAbsence *foundation = absence(&call, "b");
    assert_false(foundation->present);
    assert_int_equal(foundation->n_counterfactuals, 1); /* only the draft could change */
    assert_int_equal(foundation->counterfactuals[0]->changes[0]->kind,
                     SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RELAX_NEED);
    assert_string_equal(foundation->counterfactuals[0]->changes[0]->subject, "k");
    sp_arena_free(call.arena);
}

/* A well-formed draft may ask for a group that art. 96 does not know; the prisoners it does. */
static void a_group_outside_the_list_of_art_96_is_warned_of(void **state)
{
    (void)state;
    struct call call;
    Spoina__V1__FindSubcontractorsRequest request = SPOINA__V1__FIND_SUBCONTRACTORS_REQUEST__INIT;
    Spoina__V1__FindSubcontractorsResponse *response = NULL;
    begin(&call, DRAFT("100000", ",'clauses':[{'id':'k','kind':'CLAUSE_KIND_ART_96','persons':1,"
                                 "'groups':['SOCIAL_GROUP_PRISONER','SOCIAL_GROUP_SENIOR']}]"));
    request.match = &call.match;
    check(&call, sp_find_subcontractors(&call.advising, &request, &response, &call.err));
    assert_int_equal(response->n_warnings, 1);
    assert_string_equal(response->warnings[0]->place, "lots[0].clauses[0].groups[1]");
    assert_contains(response->warnings[0]->text, "art. 96");
    sp_arena_free(call.arena);
}

static void parts_within_reach_are_marked(void **state)
{
    (void)state;
    struct call call;
    begin(&call, DRAFT("100000", ",'valueGrosz':'1000000'"));
    Spoina__V1__FindSubcontractorsRequest request = SPOINA__V1__FIND_SUBCONTRACTORS_REQUEST__INIT;
    Spoina__V1__FindSubcontractorsResponse *response = NULL;
    request.match = &call.match;
    check(&call, sp_find_subcontractors(&call.advising, &request, &response, &call.err));
    assert_int_equal(response->n_parts, 1);
    assert_true(response->parts[0]->can_be_taken);
    assert_int_equal(response->parts[0]->n_subcontractors, 5); /* not f, not g */
    assert_int_equal(response->parts[0]->reachable_permille, 1000);
    assert_int_equal(response->parts[0]->reachable_grosz, 1000000);
    assert_int_equal(response->share_permille, 1000);
    assert_int_equal(response->share_grosz, 1000000);
    assert_false(response->parts[0]->capacity_unknown);
    sp_arena_free(call.arena);
}

/* --- bad input ------------------------------------------------------------------------------- */

static void assert_refused(struct call *call, enum sp_status status, enum sp_status expected,
                           const char *place)
{
    assert_int_equal(status, expected);
    if (strstr(call->err.place, place) == NULL) {
        fail_msg("place \"%s\", expected \"%s\"", call->err.place, place);
    }
    assert_true(call->err.polish[0] != '\0' && call->err.english[0] != '\0');
}

static void what_cannot_be_asked_is_refused_by_field(void **state)
{
    (void)state;
    struct call call;
    Spoina__V1__WhatIfRequest what = SPOINA__V1__WHAT_IF_REQUEST__INIT;
    Spoina__V1__WhatIfResponse *what_response = NULL;
    Spoina__V1__ExplainAbsenceRequest why = SPOINA__V1__EXPLAIN_ABSENCE_REQUEST__INIT;
    Spoina__V1__ExplainAbsenceResponse *why_response = NULL;
    Spoina__V1__AdviseClausesRequest clause = SPOINA__V1__ADVISE_CLAUSES_REQUEST__INIT;
    Spoina__V1__AdviseClausesResponse *clause_response = NULL;
    int64_t values[51] = {-5};
    begin(&call, DRAFT("100000", ""));
#define ASK(function, request, response)                                                           \
    function(&call.advising, &(request), &(response), &call.err)
    assert_refused(&call, ASK(sp_advise_clauses, clause, clause_response), SP_INVALID, "match");
    clause.match = &call.match;
    clause.offers_min = 21;
    assert_refused(&call, ASK(sp_advise_clauses, clause, clause_response), SP_INVALID,
                   "offers_min");
    Spoina__V1__SocialGroup minority = SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_MINORITY;
    clause.offers_min = 0;
    clause.groups = &minority; /* not on the list of art. 96 */
    clause.n_groups = 1;
    assert_refused(&call, ASK(sp_advise_clauses, clause, clause_response), SP_INVALID, "groups");
    what.match = &call.match;
    what.values = values;
    assert_refused(&call, ASK(sp_what_if, what, what_response), SP_INVALID, "values");
    what.n_values = SP_COUNT(values);
    assert_refused(&call, ASK(sp_what_if, what, what_response), SP_INVALID, "values");
    what.n_values = 1;
    assert_refused(&call, ASK(sp_what_if, what, what_response), SP_INVALID, "parameter");
    what.parameter = SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_QUANTITY;
    assert_refused(&call, ASK(sp_what_if, what, what_response), SP_INVALID, "demand");
    what.parameter = SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_RADIUS;
    assert_refused(&call, ASK(sp_what_if, what, what_response), SP_INVALID, "values");
    what.parameter = SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_SHARE;
    assert_refused(&call, ASK(sp_what_if, what, what_response), SP_NOT_FOUND, "subject");
    what.lot_id = (char *)"9";
    assert_refused(&call, ASK(sp_what_if, what, what_response), SP_NOT_FOUND, "lot_id");
    why.match = &call.match;
    assert_refused(&call, ASK(sp_explain_absence, why, why_response), SP_INVALID, "entity");
    why.entity = (char *)"nobody";
    assert_int_equal(ASK(sp_explain_absence, why, why_response), SP_NOT_FOUND);
#undef ASK
    sp_arena_free(call.arena);
}

static void bad_drafts_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *more; /* of the lot */
        const char *place;
    } CASES[] = {
        {",'conditions':[{'kind':'CONDITION_KIND_INSURANCE','grosz':'-1'}]", "conditions[0]"},
        {",'conditions':[{'kind':'CONDITION_KIND_INSURANCE','grosz':'0'}]", "conditions[0]"},
        {",'clauses':[{'kind':'CLAUSE_KIND_ART_96'}]", "clauses[0]"},
        {",'clauses':[{'kind':'CLAUSE_KIND_ART_94','sharePercent':20}]", "clauses[0]"},
    };
    for (size_t i = 0; i < SP_COUNT(CASES); i++) {
        char draft[DRAFT_BYTES];
        struct call call;
        Spoina__V1__AdviseLotsRequest request = SPOINA__V1__ADVISE_LOTS_REQUEST__INIT;
        Spoina__V1__AdviseLotsResponse *response = NULL;
        (void)snprintf(draft, sizeof draft, DRAFT("100000", "%s"), CASES[i].more);
        begin(&call, draft);
        request.match = &call.match;
        assert_refused(&call, sp_advise_lots(&call.advising, &request, &response, &call.err),
                       SP_INVALID, CASES[i].place);
        sp_arena_free(call.arena);
    }
}

static void a_thousand_requirements_are_too_many(void **state)
{
    (void)state;
    enum { MANY = 1000 };
    struct call call;
    Spoina__V1__AdviseLotsRequest request = SPOINA__V1__ADVISE_LOTS_REQUEST__INIT;
    Spoina__V1__AdviseLotsResponse *response = NULL;
    begin(&call, DRAFT("100000", ""));
    Spoina__V1__Lot *lot = call.match.draft->lots[0];
    Spoina__V1__Requirement **many = sp_arena_calloc(call.arena, MANY, sizeof *many);
    for (size_t i = 0; i < MANY; i++) {
        many[i] = lot->requirements[0];
    }
    lot->requirements = many;
    lot->n_requirements = MANY;
    request.match = &call.match;
    assert_refused(&call, sp_advise_lots(&call.advising, &request, &response, &call.err), SP_LIMIT,
                   "requirements");
    sp_arena_free(call.arena);
}

static void without_a_demand_nothing_is_certain_but_nobody_is_hidden(void **state)
{
    (void)state;
    struct call call;
    begin(&call, DRAFT("100000", ""));
    call.match.draft->lots[0]->requirements[0]->demand = NULL;
    const Spoina__V1__LotClauseAdvice *lot = clauses(&call, 2)->lots[0];
    assert_int_equal(lot->plain->singles, 5); /* a .. e: g does not serve the place */
    sp_arena_free(call.arena);
}

/* --- properties ------------------------------------------------------------------------------ */

static void the_same_call_gives_the_same_bytes(void **state)
{
    (void)state;
    char *answers[2];
    struct call calls[2];
    for (size_t i = 0; i < SP_COUNT(calls); i++) {
        begin(&calls[i], DRAFT("300000", ""));
        answers[i] = test_json(calls[i].arena, &clauses(&calls[i], 2)->base);
    }
    assert_string_equal(answers[0], answers[1]);
    sp_arena_free(calls[0].arena);
    sp_arena_free(calls[1].arena);
}

static void nobody_waits_any_more(void **state)
{
    (void)state;
    struct call call;
    atomic_bool cancelled = true;
    Spoina__V1__AdviseLotsRequest request = SPOINA__V1__ADVISE_LOTS_REQUEST__INIT;
    Spoina__V1__AdviseLotsResponse *response = NULL;
    begin(&call, DRAFT("100000", ""));
    call.advising.matching.scoring.cancel = &cancelled;
    request.match = &call.match;
    assert_int_equal(sp_advise_lots(&call.advising, &request, &response, &call.err), SP_CANCELLED);
    sp_arena_free(call.arena);
}

/** A call to sweep; the request is made beforehand. */
static enum sp_status explain_cook(void *context)
{
    struct call *call = context;
    Spoina__V1__ExplainAbsenceRequest request = SPOINA__V1__EXPLAIN_ABSENCE_REQUEST__INIT;
    Spoina__V1__ExplainAbsenceResponse *response = NULL;
    struct sp_advising advising = call->advising;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    if (arena == NULL) {
        return SP_NOMEM;
    }
    advising.matching.scoring.arena = arena;
    request.match = &call->match;
    request.entity = (char *)"f";
    enum sp_status status = sp_explain_absence(&advising, &request, &response, &call->err);
    sp_arena_free(arena);
    return status;
}

static void out_of_memory_is_an_error(void **state)
{
    (void)state;
    struct call call;
    enum sp_status seen = SP_INTERNAL;
    begin(&call, DRAFT("100000", ""));
    int rounds = sp_fault_sweep(explain_cook, &call, ALLOCATIONS_MOST, &seen);
    assert_true(rounds > 0);
    assert_int_equal(seen, SP_OK);
    sp_arena_free(call.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(below_the_threshold_the_strongest_reservation_with_supply_is_advised),
        cmocka_unit_test(one_offer_to_keep_allows_the_stronger_one),
        cmocka_unit_test(above_the_threshold_other_instruments_are_open),
        cmocka_unit_test(a_clause_of_the_draft_does_not_narrow_the_comparison),
        cmocka_unit_test(smaller_lots_open_the_tender),
        cmocka_unit_test(each_step_names_who_drops_out_and_why),
        cmocka_unit_test(a_clause_drops_out_whom_its_rule_names),
        cmocka_unit_test(an_absence_has_reasons_and_changes_that_help),
        cmocka_unit_test(a_business_is_proposed_only_where_businesses_are_asked_for),
        cmocka_unit_test(a_status_that_ended_is_to_be_renewed),
        cmocka_unit_test(a_legal_form_is_not_to_be_changed),
        cmocka_unit_test(a_group_outside_the_list_of_art_96_is_warned_of),
        cmocka_unit_test(parts_within_reach_are_marked),
        cmocka_unit_test(what_cannot_be_asked_is_refused_by_field),
        cmocka_unit_test(bad_drafts_are_refused),
        cmocka_unit_test(a_thousand_requirements_are_too_many),
        cmocka_unit_test(without_a_demand_nothing_is_certain_but_nobody_is_hidden),
        cmocka_unit_test(the_same_call_gives_the_same_bytes),
        cmocka_unit_test(nobody_waits_any_more),
        cmocka_unit_test(out_of_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
