/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What an entity declares about itself. Many say nothing, few say that something does not hold; an
 * old declaration stays as it was made.
 */
#include "tools/region/region_maker.h"

/* Per mille. */
enum {
    TOLD_EXCLUSION = 560,   /* who declared anything on grounds of exclusion */
    EXCLUDED = 20,          /* of these: who admit grounds */
    TOLD_AIM = 640,         /* who answered on the main aim */
    TOLD_361 = 450,         /* who answered the three questions of art. 361 */
    SKIPPED_QUESTION = 120, /* of these: who left one of them open */
    CERTIFIED = 600         /* of social enterprises that answered yes three times */
};

enum { DECLARATIONS_MAX = 6, OLDEST_DAYS = 500 /* before the record was confirmed */ };

static void declare(struct sp_maker *maker, Spoina__V1__DeclarationKind kind, bool holds,
                    const char *evidence)
{
    Spoina__V1__Declaration *declaration =
        SP_MAKE(maker, Spoina__V1__Declaration, SPOINA__V1__DECLARATION__INIT);
    sp_day age = (sp_day)sp_random_between(&maker->random, 0, OLDEST_DAYS);
    if (declaration == NULL || maker->entity->declarations == NULL) {
        return;
    }
    declaration->kind = kind;
    declaration->value = holds;
    declaration->evidence = sp_make_constant(evidence);
    declaration->date = sp_make_date(maker, maker->confirmed - age);
    maker->entity->declarations[maker->entity->n_declarations++] = declaration;
}

/** Draw the answer to one question of art. 361; true if it was yes. */
static bool answer(struct sp_maker *maker, Spoina__V1__DeclarationKind kind, int64_t yes)
{
    bool holds = sp_random_chance(&maker->random, (unsigned)yes);
    bool skipped = sp_random_chance(&maker->random, SKIPPED_QUESTION);
    if (!skipped) {
        declare(maker, kind, holds, "statut (fikcyjny)");
    }
    return holds && !skipped;
}

static bool is_social_enterprise(const struct sp_maker *maker)
{
    for (size_t i = 0; i < maker->entity->n_statuses; i++) {
        const Spoina__V1__Status *status = maker->entity->statuses[i];
        if (status->kind == SPOINA__V1__STATUS_KIND__STATUS_KIND_PS &&
            status->valid_to[0] == '\0') {
            return true;
        }
    }
    return false;
}

void sp_make_declarations(struct sp_maker *maker)
{
    const struct sp_region_kind *kind = maker->kind;
    struct sp_random *random = &maker->random;
    sp_make_begin(maker, SP_MAKER_DECLARATIONS);
    maker->entity->declarations =
        sp_make_zeroed(maker, DECLARATIONS_MAX, sizeof(*maker->entity->declarations));
    if (sp_random_chance(random, TOLD_EXCLUSION)) {
        declare(maker, SPOINA__V1__DECLARATION_KIND__DECLARATION_KIND_NOT_EXCLUDED,
                !sp_random_chance(random, EXCLUDED), "oświadczenie (fikcyjne)");
    }
    if (sp_random_chance(random, TOLD_AIM)) {
        declare(maker, SPOINA__V1__DECLARATION_KIND__DECLARATION_KIND_INTEGRATION_AIM,
                sp_random_chance(random, (unsigned)kind->aim), "statut (fikcyjny)");
    }
    if (sp_random_chance(random, TOLD_361)) {
        bool utility =
            answer(maker, SPOINA__V1__DECLARATION_KIND__DECLARATION_KIND_PUBLIC_UTILITY_AIM,
                   kind->utility);
        bool unpaid = answer(maker, SPOINA__V1__DECLARATION_KIND__DECLARATION_KIND_NON_PROFIT,
                             kind->non_profit);
        bool shared = answer(maker, SPOINA__V1__DECLARATION_KIND__DECLARATION_KIND_PARTICIPATION,
                             kind->participation);
        if (utility && unpaid && shared && is_social_enterprise(maker) &&
            sp_random_chance(random, CERTIFIED)) {
            declare(maker, SPOINA__V1__DECLARATION_KIND__DECLARATION_KIND_CERTIFICATE_27, true,
                    "zaświadczenie wojewody (fikcyjne)");
        }
    }
}
