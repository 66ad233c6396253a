/* SPDX-License-Identifier: EUPL-1.2 */
/** @file An evaluation as reasons; see reasons.h. */
#include "matcher/scoring/reasons.h"

#include <stdio.h>

#include "matcher/scoring/word_matches.h"

enum { AMOUNT_BYTES = 40, M_PER_KM = 1000, PERCENT = 10 };

/** A sentence in the reader's language, in the arena; both formats take the same arguments. */
#define TELL(reasoning, polish, english, ...)                                                      \
    sp_arena_printf((reasoning)->arena, (reasoning)->locale == SP_EN ? english : polish,           \
                    __VA_ARGS__)

/** A sentence without numbers or names: static text. */
static char *fixed(const struct sp_reasoning *reasoning, const char *polish, const char *english)
{
    return (char *)sp_say(reasoning->locale, polish, english);
}

/** Write an amount with at most two decimals and the reader's decimal sign. */
static const char *format_amount(enum sp_locale locale, double amount, char out[AMOUNT_BYTES])
{
    int length = snprintf(out, AMOUNT_BYTES, "%.2f", amount);
    if (length < 0 || length >= AMOUNT_BYTES) {
        (void)snprintf(out, AMOUNT_BYTES, "%.6g", amount);
        return out;
    }
    while (length > 0 && out[length - 1] == '0') {
        out[--length] = '\0';
    }
    if (out[length - 1] == '.') {
        out[--length] = '\0';
    }
    char *point = strchr(out, '.');
    if (point != NULL && locale == SP_PL) {
        *point = ',';
    }
    return out;
}

static char *tell_cpv(const struct sp_reasoning *reasoning)
{
    const struct sp_cpv_score *score = &reasoning->evaluation->cpv;
    if (score->part.unknown) {
        return reasoning->need->code_count == 0
                   ? fixed(reasoning, "Zamówienie nie podaje kodu CPV.",
                           "The tender gives no CPV code.")
                   : fixed(reasoning, "Oferta nie podaje kodu CPV.",
                           "The offer gives no CPV code.");
    }
    if (score->needed == score->offered) {
        return TELL(reasoning, "Ten sam kod CPV: %s %s.", "The same CPV code: %s %s.",
                    score->needed->printed,
                    sp_say(reasoning->locale, score->needed->polish, score->needed->english));
    }
    return TELL(reasoning, "Kod CPV zamówienia: %s %s; najbliższy kod oferty: %s %s.",
                "CPV code of the tender: %s %s; closest code of the offer: %s %s.",
                score->needed->printed,
                sp_say(reasoning->locale, score->needed->polish, score->needed->english),
                score->offered->printed,
                sp_say(reasoning->locale, score->offered->polish, score->offered->english));
}

static const char *reach_words(enum sp_reach reach, enum sp_locale locale)
{
    switch (reach) {
    case SP_REACH_SERVED:
        return sp_say(locale, "na obszarze działania podmiotu", "inside the area served");
    case SP_REACH_PARTLY:
        return sp_say(locale, "podmiot działa na części tego obszaru",
                      "the entity serves a part of it");
    case SP_REACH_NOT_SERVED:
        return sp_say(locale, "poza obszarem działania podmiotu", "outside the area served");
    case SP_REACH_AREA_UNKNOWN:
        return sp_say(locale, "podmiot nie podał obszaru działania",
                      "the entity gave no area that it serves");
    case SP_REACH_PLACE_UNKNOWN:
        break;
    }
    return "";
}

static char *tell_place(const struct sp_reasoning *reasoning)
{
    const struct sp_place_score *score = &reasoning->evaluation->place;
    if (score->reach == SP_REACH_PLACE_UNKNOWN) {
        return fixed(reasoning, "Zamówienie nie podaje miejsca wykonania.",
                     "The tender names no place of performance.");
    }
    const char *words = reach_words(score->reach, reasoning->locale);
    if (!score->has_distance) {
        return TELL(reasoning, "Miejsce: %s; %s.", "Place: %s; %s.", score->place->label, words);
    }
    uint32_t kilometres = (score->distance_m + M_PER_KM / 2) / M_PER_KM;
    return TELL(reasoning, "Miejsce: %s; %s. Odległość od siedziby: %u km.",
                "Place: %s; %s. Distance from the seat: %u km.", score->place->label, words,
                kilometres);
}

static const char *capacity_words(enum sp_capacity_state state, enum sp_locale locale)
{
    switch (state) {
    case SP_CAPACITY_NO_DEMAND:
        return sp_say(locale, "Zamówienie nie podaje ilości.", "The tender gives no quantity.");
    case SP_CAPACITY_NOT_DECLARED:
        return sp_say(locale, "Podmiot nie podał, ile może wykonać.",
                      "The entity did not say how much it can do.");
    case SP_CAPACITY_NOT_COMPARABLE:
        return sp_say(locale, "Moce podano w innych jednostkach niż zapotrzebowanie.",
                      "Capacity and demand are given in units that do not convert.");
    case SP_CAPACITY_NOT_YET:
        return sp_say(locale, "Moce będą wolne dopiero po zakończeniu zamówienia.",
                      "Capacity gets free only after the contract ends.");
    case SP_CAPACITY_BELOW_MINIMUM:
        return sp_say(locale, "Zapotrzebowanie jest mniejsze niż minimalne zamówienie.",
                      "The demand is below the smallest order.");
    case SP_CAPACITY_COMPARED:
        break;
    }
    return "";
}

static char *tell_capacity(const struct sp_reasoning *reasoning)
{
    const struct sp_capacity_score *score = &reasoning->evaluation->capacity;
    const struct sp_need *need = reasoning->need;
    if (score->state != SP_CAPACITY_COMPARED) {
        return (char *)capacity_words(score->state, reasoning->locale);
    }
    char demand[AMOUNT_BYTES];
    char free[AMOUNT_BYTES];
    const char *slash = need->measure.period == NULL ? "" : "/";
    const char *period = need->measure.period == NULL ? ""
                         : reasoning->locale == SP_EN ? need->measure.period->english
                                                      : need->measure.period->symbol;
    const struct sp_unit *unit = need->measure.unit;
    return TELL(reasoning, "Potrzeba: %s %s%s%s; wolne: %s %s%s%s (%u%%).",
                "Demand: %s %s%s%s; free: %s %s%s%s (%u%%).",
                format_amount(reasoning->locale, need->demand->amount, demand),
                sp_unit_counted(unit, need->demand->amount, reasoning->locale), slash, period,
                format_amount(reasoning->locale, score->free, free),
                sp_unit_counted(unit, score->free, reasoning->locale), slash, period,
                score->part.permille / PERCENT);
}

static char *tell_evidence(const struct sp_reasoning *reasoning)
{
    const struct sp_evidence_score *score = &reasoning->evaluation->evidence;
    const Spoina__V1__Provenance *provenance = reasoning->offer->entity->provenance;
    const char *confirmed = provenance == NULL ? "" : (const char *)provenance->confirmed_on;
    const char *done = sp_say(reasoning->locale, "Brak referencji dla tej usługi w katalogu.",
                              "The catalogue has no reference for this service.");
    if (score->reference != NULL) {
        done = TELL(reasoning, "Referencja: %s, %s (do %s).", "Reference: %s, %s (to %s).",
                    score->reference->service, score->reference->buyer,
                    *score->reference->to == '\0' ? "?" : score->reference->to);
    }
    if (done == NULL || *confirmed == '\0') {
        return done == NULL ? NULL
                            : TELL(reasoning, "%s Danych nikt jeszcze nie potwierdził.",
                                   "%s Nobody has confirmed the record yet.", done);
    }
    return TELL(reasoning, "%s Dane potwierdzono: %s.", "%s Record confirmed: %s.", done,
                confirmed);
}

static Spoina__V1__Quantity *free_quantity(const struct sp_reasoning *reasoning)
{
    Spoina__V1__Quantity *quantity = sp_arena_alloc(reasoning->arena, sizeof *quantity);
    if (quantity != NULL) {
        *quantity = *reasoning->need->demand;
        quantity->amount = reasoning->evaluation->capacity.free;
    }
    return quantity;
}

/** Fill what the part's reason carries beside its sentence. */
static enum sp_status fill(const struct sp_reasoning *reasoning, enum sp_part part,
                           Spoina__V1__Reason *reason)
{
    const struct sp_evaluation *evaluation = reasoning->evaluation;
    switch (part) {
    case SP_PART_TEXT:
        return sp_word_matches_write(reasoning, reason);
    case SP_PART_CPV:
        reason->text = tell_cpv(reasoning);
        if (evaluation->cpv.needed != NULL) {
            reason->draft_cpv = (char *)evaluation->cpv.needed->code;
            reason->catalogue_cpv = (char *)evaluation->cpv.offered->code;
        }
        break;
    case SP_PART_PLACE:
        reason->text = tell_place(reasoning);
        if (evaluation->place.has_distance) {
            reason->_kilometres_case = SPOINA__V1__REASON___KILOMETRES_KILOMETRES;
            reason->kilometres = (double)evaluation->place.distance_m / M_PER_KM;
        }
        break;
    case SP_PART_CAPACITY:
        reason->text = tell_capacity(reasoning);
        reason->demand = (Spoina__V1__Quantity *)reasoning->need->demand;
        if (evaluation->capacity.state == SP_CAPACITY_COMPARED) {
            reason->free = free_quantity(reasoning);
            return reason->free == NULL ? SP_NOMEM : SP_OK;
        }
        break;
    case SP_PART_EVIDENCE:
        reason->text = tell_evidence(reasoning);
        break;
    }
    return SP_OK;
}

enum sp_status sp_reasons_write(const struct sp_reasoning *reasoning,
                                Spoina__V1__RequirementFit *fit, struct sp_error *err)
{
    static const Spoina__V1__ReasonKind KINDS[] = {
        [SP_PART_TEXT] = SPOINA__V1__REASON_KIND__REASON_KIND_TEXT,
        [SP_PART_CPV] = SPOINA__V1__REASON_KIND__REASON_KIND_CPV,
        [SP_PART_PLACE] = SPOINA__V1__REASON_KIND__REASON_KIND_PLACE,
        [SP_PART_CAPACITY] = SPOINA__V1__REASON_KIND__REASON_KIND_CAPACITY,
        [SP_PART_EVIDENCE] = SPOINA__V1__REASON_KIND__REASON_KIND_EVIDENCE,
    };
    Spoina__V1__Reason *reasons = sp_arena_calloc(reasoning->arena, SP_PART_COUNT, sizeof *reasons);
    fit->reasons = sp_arena_calloc(reasoning->arena, SP_PART_COUNT, sizeof *fit->reasons);
    if (reasons == NULL || fit->reasons == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (int part = 0; part < SP_PART_COUNT; part++) {
        Spoina__V1__Reason *reason = &reasons[part];
        spoina__v1__reason__init(reason);
        reason->kind = KINDS[part];
        reason->max_points = reasoning->weights->of[part];
        reason->points =
            sp_points(reasoning->weights, &reasoning->evaluation->parts, (enum sp_part)part);
        reason->unknown = reasoning->evaluation->parts.part[part].unknown;
        if (fill(reasoning, (enum sp_part)part, reason) != SP_OK || reason->text == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        fit->reasons[fit->n_reasons++] = reason;
    }
    return SP_OK;
}
