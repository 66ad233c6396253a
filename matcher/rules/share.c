/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/rules/share.h"

#include <inttypes.h>

#include "matcher/rules/facts.h"

/* One employer base: of the entity or of a unit. */
struct share {
    enum sp_decision decision;
    const Spoina__V1__Employment *employment; /* NULL: no figures */
    int64_t part;
    int64_t whole;
    bool contradictory; /* more persons of a group than persons employed */
    bool participants;  /* participants may be among those counted */
};

static bool has_total(const Spoina__V1__Employment *employment)
{
    return employment->_total_case != SPOINA__V1__EMPLOYMENT___TOTAL__NOT_SET;
}

/* Units whose participants are not employees. */
static bool has_participants(const Spoina__V1__Unit *unit)
{
    return unit != NULL && (unit->kind == SPOINA__V1__UNIT_KIND__UNIT_KIND_CIS ||
                            unit->kind == SPOINA__V1__UNIT_KIND__UNIT_KIND_KIS ||
                            unit->kind == SPOINA__V1__UNIT_KIND__UNIT_KIND_WTZ);
}

/* Figures of such a unit count when all counted have employment contracts: staff only. */
static bool staff_only(const Spoina__V1__Employment *employment)
{
    return employment->_employment_contract_case !=
               SPOINA__V1__EMPLOYMENT___EMPLOYMENT_CONTRACT__NOT_SET &&
           employment->employment_contract == employment->total;
}

static struct share measure(const struct sp_rulebook *book, const struct sp_bidder *bidder,
                            const char *unit_id, sp_day day, int64_t percent)
{
    struct share share = {.employment = sp_fact_employment(bidder->entity, unit_id, day)};
    if (share.employment == NULL || !has_total(share.employment)) {
        return share;
    }
    struct sp_heads heads = sp_fact_art_94_heads(book, share.employment);
    share.part = heads.least;
    share.whole = share.employment->total;
    share.contradictory = heads.least > share.whole;
    share.participants =
        has_participants(sp_fact_unit(bidder->entity, unit_id)) && !staff_only(share.employment);
    if (!heads.known || share.whole == 0 || share.contradictory || share.participants) {
        return share;
    }
    if (100 * share.part >= percent * share.whole) {
        share.decision = SP_DECISION_MET;
    } else if (heads.complete) {
        share.decision = SP_DECISION_NOT_MET;
    }
    return share;
}

/* "or": one met is enough; NOT MET only when both are. */
static struct share better(struct share unit, struct share entity)
{
    if (unit.decision == SP_DECISION_MET || entity.decision == SP_DECISION_UNKNOWN) {
        if (unit.decision == SP_DECISION_NOT_MET) {
            unit.decision = SP_DECISION_UNKNOWN;
        }
        return unit;
    }
    if (entity.decision == SP_DECISION_MET || unit.decision == SP_DECISION_NOT_MET) {
        return entity;
    }
    return unit;
}

static void explain_unknown(struct sp_ruling_maker *maker, struct sp_verdict *verdict,
                            const char *name, const struct share *share)
{
    const char *polish = "brak liczby zatrudnionych z grup art. 94";
    const char *english = "the number employed from the groups of art. 94 is missing";
    if (share->participants) {
        polish = "uczestnicy CIS, KIS i WTZ nie są zatrudnieni, a liczby nie oddzielają ich od "
                 "pracowników";
        english = "participants of CIS, KIS and WTZ are not employees, and the figures do not "
                  "part them from staff";
    } else if (share->contradictory) {
        polish = "liczby są sprzeczne: osób z grup więcej niż zatrudnionych";
        english = "the figures contradict each other: more persons of the groups than employed";
    } else if (share->employment == NULL || !has_total(share->employment)) {
        polish = "brak liczby zatrudnionych";
        english = "the number employed is missing";
    } else if (share->whole == 0) {
        polish = "nikt nie jest zatrudniony, wskaźnika nie da się policzyć";
        english = "nobody is employed, no share can be computed";
    } else if (share->part > 0) {
        polish = "liczby dla pojedynczych grup lub jednej jednostki nie wystarczają; potrzebna "
                 "liczba osób bez podwójnego liczenia";
        english = "figures of single groups or of one unit are not enough; the count of persons "
                  "without double counting is needed";
    }
    sp_verdict_polish(maker, verdict, "%s: %s.", name, polish);
    sp_verdict_english(maker, verdict, "%s: %s.", name, english);
}

void sp_add_share(struct sp_ruling_maker *maker, const struct sp_rulebook *book,
                  const struct sp_bidder *bidder, int member, int64_t percent)
{
    const char *name = sp_fact_name(bidder->entity);
    bool by_unit = bidder->unit_id != NULL && bidder->unit_id[0] != '\0';
    struct share share = measure(book, bidder, NULL, maker->day, percent);
    if (by_unit) {
        share = better(measure(book, bidder, bidder->unit_id, maker->day, percent), share);
    }
    struct sp_verdict *verdict = sp_ruling_add(maker, member, share.decision);
    if (share.employment != NULL && has_total(share.employment)) {
        verdict->value = SP_VALUE_SHARE;
        /* Zero among those whose groups nobody stated says nothing. */
        bool blank = share.decision == SP_DECISION_UNKNOWN && share.part <= 0;
        verdict->part = blank ? SP_PART_UNKNOWN : share.part;
        verdict->whole = share.whole;
    }
    if (share.decision == SP_DECISION_UNKNOWN) {
        explain_unknown(maker, verdict, name, &share);
        return;
    }
    bool of_unit = share.employment->unit_id[0] != '\0';
    sp_day as_of = sp_fact_day(share.employment->as_of);
    sp_verdict_polish(maker, verdict,
                      "%s: %" PRId64 " z %" PRId64 " zatrudnionych%s = %s, wymagane %" PRId64
                      "\u00a0%% (stan na %s).",
                      name, share.part, share.whole, of_unit ? " w jednostce" : "",
                      sp_say_percent_polish(share.part, share.whole).text, percent,
                      as_of == SP_DAY_UNKNOWN ? "dzień nieznany" : sp_say_day_polish(as_of).text);
    sp_verdict_english(
        maker, verdict,
        "%s: %" PRId64 " of %" PRId64 " employed%s = %s, required %" PRId64 "\u00a0%% (as of %s).",
        name, share.part, share.whole, of_unit ? " in the unit" : "",
        sp_say_percent_english(share.part, share.whole).text, percent,
        as_of == SP_DAY_UNKNOWN ? "a day not known" : sp_say_day_english(as_of).text);
}
