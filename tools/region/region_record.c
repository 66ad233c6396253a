/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The rest of a record: provenance, contact, insurance, revenue. */
#include "tools/region/region_maker.h"

enum {
    REVENUE_YEARS = 3,
    REVENUE_KNOWN = 600, /* per mille */
    INSURED = 550,       /* per mille */
    POLICY_UNDATED = 100,
    GROSZ = 100, /* in a zloty */
    THOUSAND = 1000 * GROSZ
};

static void make_contact(struct sp_maker *maker)
{
    Spoina__V1__Contact *contact = SP_MAKE(maker, Spoina__V1__Contact, SPOINA__V1__CONTACT__INIT);
    if (contact == NULL) {
        return;
    }
    unsigned number = (unsigned)maker->number;
    contact->email = sp_make_text(maker, "biuro@pes-%u.example.org", number);
    if (!sp_random_chance(&maker->random, 120)) {
        contact->phone =
            sp_make_text(maker, "+48 000 %03u %03u", number / 1000 % 1000, number % 1000);
    }
    if (sp_random_chance(&maker->random, 400)) {
        contact->website = sp_make_text(maker, "https://pes-%u.example.org/", number);
    }
    contact->street_address =
        sp_make_text(maker, "ul. Przykładowa %u", 1 + sp_random_below(&maker->random, 120));
    maker->entity->contact = contact;
}

/* The more people, the larger the policy: the middle one of the sums that such a staff buys, or its
 * neighbour. Most run out within a year of the day on which the record was confirmed. */
static int64_t draw_sum(struct sp_maker *maker)
{
    static const int64_t sums[] = {50, 100, 200, 300, 500, 1000, 2000}; /* thousand zloty */
    size_t middle = maker->staff < 4 ? 1 : maker->staff < 12 ? 2 : maker->staff < 30 ? 3 : 4;
    return sums[middle - 1 + sp_random_below(&maker->random, 4)] * THOUSAND;
}

static void make_insurance(struct sp_maker *maker)
{
    Spoina__V1__Insurance *insurance =
        SP_MAKE(maker, Spoina__V1__Insurance, SPOINA__V1__INSURANCE__INIT);
    Spoina__V1__Insurance **list = sp_make_zeroed(maker, 1, sizeof *list);
    if (insurance == NULL || list == NULL) {
        return;
    }
    insurance->sum_grosz = draw_sum(maker);
    insurance->scope =
        sp_make_constant("odpowiedzialność cywilna w zakresie prowadzonej działalności");
    sp_day ends = maker->confirmed + (sp_day)sp_random_between(&maker->random, 30, 365);
    if (!sp_random_chance(&maker->random, POLICY_UNDATED)) {
        insurance->valid_to = sp_make_date(maker, ends);
    }
    list[0] = insurance;
    maker->entity->insurance = list;
    maker->entity->n_insurance = 1;
}

/* Income of the last full years, oldest first: by heads, with a drift from year to year. */
static void make_revenue(struct sp_maker *maker)
{
    int year = 0;
    int month = 0;
    int day = 0;
    sp_day_to_civil(maker->confirmed, &year, &month, &day);
    Spoina__V1__Revenue **list = sp_make_zeroed(maker, REVENUE_YEARS, sizeof *list);
    int64_t grosz = (maker->staff + 1) * sp_random_between(&maker->random, 35, 95) * THOUSAND;
    for (int i = 0; i < REVENUE_YEARS && list != NULL; i++) {
        Spoina__V1__Revenue *revenue =
            SP_MAKE(maker, Spoina__V1__Revenue, SPOINA__V1__REVENUE__INIT);
        if (revenue == NULL) {
            return;
        }
        revenue->year = (uint32_t)(year - REVENUE_YEARS + i);
        revenue->grosz = grosz / THOUSAND * THOUSAND;
        grosz = grosz * sp_random_between(&maker->random, 85, 125) / 100;
        list[i] = revenue;
        maker->entity->revenue = list;
        maker->entity->n_revenue = (size_t)i + 1;
    }
}

void sp_make_record(struct sp_maker *maker)
{
    sp_make_begin(maker, SP_MAKER_RECORD);
    Spoina__V1__Provenance *provenance =
        SP_MAKE(maker, Spoina__V1__Provenance, SPOINA__V1__PROVENANCE__INIT);
    if (provenance == NULL) {
        return;
    }
    provenance->source = sp_make_constant("demo");
    provenance->source_id = sp_make_text(maker, "%u", (unsigned)maker->number);
    provenance->confirmed_on = sp_make_date(maker, maker->confirmed);
    provenance->fictional = 1;
    maker->entity->provenance = provenance;
    make_contact(maker);
    if (sp_random_chance(&maker->random, INSURED)) {
        make_insurance(maker);
    }
    if (maker->staff > 0 && sp_random_chance(&maker->random, REVENUE_KNOWN)) {
        make_revenue(maker);
    }
}
