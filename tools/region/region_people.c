/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Statuses with their dates, and employment as aggregates. */
#include "tools/region/region_maker.h"

enum {
    STATUSES_MAX = 4,
    GROUPS_MAX = 10,
    SMALL_GROUP_COUNTED = 350, /* per mille */
    OVERLAP_UNTOLD = 220,      /* per mille that count the groups, but not persons in any of them */
    EMPLOYMENT_UNKNOWN = 150,  /* per mille of entities that told nothing */
    FOUNDER_TOLD = 600,        /* per mille of founders that also count all they employ */
    FOUNDER_STAFF_MOST = 12,   /* beside the unit's */
    STATUS_LOST = 60,          /* per mille of PS that ended */
    ZPCH_LEAST_SHARE = 50,     /* per cent of disabled persons, art. 28 of the rehabilitation act */
    PS_LEAST_SHARE = 30,       /* per cent of group members, art. 5 of the social economy act */
    AGGREGATE_AGE_MAX_DAYS = 200 /* before the record was confirmed */
};

static void add_status(struct sp_maker *maker, Spoina__V1__StatusKind kind, sp_day from, sp_day to,
                       const char *evidence)
{
    Spoina__V1__Status *status = SP_MAKE(maker, Spoina__V1__Status, SPOINA__V1__STATUS__INIT);
    if (status == NULL || maker->entity->statuses == NULL) {
        return;
    }
    int year = 0;
    int month = 0;
    int day = 0;
    sp_day_to_civil(from, &year, &month, &day);
    status->kind = kind;
    status->valid_from = sp_make_date(maker, from);
    status->valid_to = to == SP_DAY_UNKNOWN ? sp_make_constant("") : sp_make_date(maker, to);
    status->evidence =
        sp_make_text(maker, "%s DEMO/%06u/%d", evidence, (unsigned)maker->number, year);
    maker->entity->statuses[maker->entity->n_statuses++] = status;
}

static sp_day days_ago(struct sp_maker *maker, int64_t least, int64_t most)
{
    return maker->options->today - (sp_day)sp_random_between(&maker->random, least, most);
}

void sp_make_statuses(struct sp_maker *maker)
{
    const struct sp_region_kind *kind = maker->kind;
    sp_make_begin(maker, SP_MAKER_STATUSES);
    maker->entity->statuses = sp_make_zeroed(maker, STATUSES_MAX, sizeof *maker->entity->statuses);
    if (sp_random_chance(&maker->random, (unsigned)kind->ps)) {
        sp_day from = days_ago(maker, 60, 1400);
        bool lost = sp_random_chance(&maker->random, STATUS_LOST);
        add_status(maker, SPOINA__V1__STATUS_KIND__STATUS_KIND_PS, from,
                   lost ? days_ago(maker, 1, 59) : SP_DAY_UNKNOWN,
                   "decyzja wojewody dolnośląskiego (fikcyjna)");
    }
    if (sp_random_chance(&maker->random, (unsigned)kind->opp)) {
        add_status(maker, SPOINA__V1__STATUS_KIND__STATUS_KIND_OPP, days_ago(maker, 400, 7000),
                   SP_DAY_UNKNOWN, "wpis w KRS (fikcyjny)");
    }
    if (sp_random_chance(&maker->random, (unsigned)kind->zpch)) {
        add_status(maker, SPOINA__V1__STATUS_KIND__STATUS_KIND_ZPCH, days_ago(maker, 400, 9000),
                   SP_DAY_UNKNOWN, "decyzja wojewody dolnośląskiego (fikcyjna)");
    }
    if (sp_random_chance(&maker->random, (unsigned)kind->mark)) {
        sp_day from = days_ago(maker, 30, 1000);
        add_status(maker, SPOINA__V1__STATUS_KIND__STATUS_KIND_BUY_SOCIAL_MARK, from, from + 730,
                   "certyfikat (fikcyjny)");
    }
}

static bool has_status(const struct sp_maker *maker, Spoina__V1__StatusKind kind)
{
    for (size_t i = 0; i < maker->entity->n_statuses; i++) {
        if (maker->entity->statuses[i]->kind == kind) {
            return true;
        }
    }
    return false;
}

static void add_group(struct sp_maker *maker, Spoina__V1__Employment *employment,
                      Spoina__V1__SocialGroup group, int64_t persons)
{
    Spoina__V1__GroupCount *count =
        SP_MAKE(maker, Spoina__V1__GroupCount, SPOINA__V1__GROUP_COUNT__INIT);
    if (count != NULL && employment->groups != NULL) {
        count->group = group;
        count->persons = (uint32_t)persons;
        employment->groups[employment->n_groups++] = count;
    }
}

/* Small groups that only some count; all of them among the @p unemployed persons. */
static void add_small_groups(struct sp_maker *maker, Spoina__V1__Employment *employment,
                             int64_t unemployed)
{
    static const Spoina__V1__SocialGroup groups[] = {
        SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_UNDER_30_OVER_50,
        SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_CARE_LEAVER,
        SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_HOMELESS,
        SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_PRISONER};
    for (size_t i = 0; i < SP_COUNT(groups); i++) {
        int64_t persons = sp_random_between(&maker->random, 0, unemployed < 3 ? unemployed : 3);
        if (sp_random_chance(&maker->random, SMALL_GROUP_COUNTED)) {
            add_group(maker, employment, groups[i], persons);
        }
    }
}

/* Members of groups among @p total persons. A person of the narrow group is also one of the wide
 * ones, so that disabled <= any of art. 94 <= any of the social economy act <= total. */
static void add_groups(struct sp_maker *maker, Spoina__V1__Employment *employment, int64_t total)
{
    struct sp_random *random = &maker->random;
    const struct sp_region_kind *kind = maker->kind;
    int64_t share = sp_random_between(random, kind->share_least, kind->share_most);
    if (has_status(maker, SPOINA__V1__STATUS_KIND__STATUS_KIND_PS) && share < PS_LEAST_SHARE) {
        share = PS_LEAST_SHARE;
    }
    if (has_status(maker, SPOINA__V1__STATUS_KIND__STATUS_KIND_ZPCH) && share < ZPCH_LEAST_SHARE) {
        share = ZPCH_LEAST_SHARE;
    }
    int64_t members = (total * share + 99) / 100;
    int64_t disabled = members;
    int64_t any = members;
    if (kind->group == SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_DISABLED) {
        any += (total - members) * sp_random_between(random, 0, 30) / 100;
    } else {
        disabled = members * sp_random_between(random, 10, 50) / 100;
    }
    int64_t unemployed = (any - disabled) * sp_random_between(random, 30, 90) / 100;
    int64_t graduates = (any - disabled - unemployed) / 2;
    int64_t art_94 = disabled + unemployed;
    add_group(maker, employment, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_DISABLED, disabled);
    add_group(maker, employment, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_UNEMPLOYED, unemployed);
    add_group(maker, employment, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_LONG_TERM_UNEMPLOYED,
              unemployed * sp_random_between(random, 30, 90) / 100);
    add_group(maker, employment, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_CIS_KIS_GRADUATE,
              graduates);
    add_small_groups(maker, employment, unemployed);
    if (!sp_random_chance(random, OVERLAP_UNTOLD)) {
        add_group(maker, employment, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_ANY_ART_94, art_94);
    }
    add_group(maker, employment, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_ANY_ES_ACT, any);
}

static Spoina__V1__Employment *make_counts(struct sp_maker *maker, int64_t staff)
{
    Spoina__V1__Employment *employment =
        SP_MAKE(maker, Spoina__V1__Employment, SPOINA__V1__EMPLOYMENT__INIT);
    if (employment == NULL) {
        return NULL;
    }
    sp_day age = (sp_day)sp_random_between(&maker->random, 0, AGGREGATE_AGE_MAX_DAYS);
    int64_t contracts = staff * sp_random_between(&maker->random, 60, 100) / 100;
    employment->groups = sp_make_zeroed(maker, GROUPS_MAX, sizeof *employment->groups);
    employment->as_of = sp_make_date(maker, maker->confirmed - age);
    employment->total = (uint32_t)staff;
    employment->_total_case = SPOINA__V1__EMPLOYMENT___TOTAL_TOTAL;
    employment->employment_contract = (uint32_t)contracts;
    employment->_employment_contract_case =
        SPOINA__V1__EMPLOYMENT___EMPLOYMENT_CONTRACT_EMPLOYMENT_CONTRACT;
    return employment;
}

/* Of the unit if there is one, since it is the unit whose staff is counted; most founders also
 * count the whole, of which only the heads are known. */
void sp_make_employment(struct sp_maker *maker)
{
    sp_make_begin(maker, SP_MAKER_EMPLOYMENT);
    maker->staff =
        sp_random_between(&maker->random, maker->kind->staff_least, maker->kind->staff_most);
    if (maker->staff == 0 || sp_random_chance(&maker->random, EMPLOYMENT_UNKNOWN)) {
        return;
    }
    Spoina__V1__Employment **list = sp_make_zeroed(maker, 2, sizeof(*list));
    Spoina__V1__Employment *employment = make_counts(maker, maker->staff);
    if (employment == NULL || list == NULL) {
        return;
    }
    add_groups(maker, employment, maker->staff);
    list[0] = employment;
    maker->entity->employment = list;
    maker->entity->n_employment = 1;
    if (maker->entity->n_units > 0) {
        employment->unit_id = maker->entity->units[0]->id;
        int64_t others = sp_random_between(&maker->random, 1, FOUNDER_STAFF_MOST);
        if (sp_random_chance(&maker->random, FOUNDER_TOLD)) {
            list[1] = make_counts(maker, maker->staff + others);
            maker->entity->n_employment = list[1] == NULL ? 1 : 2;
        }
    }
}
