/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Award criteria of a draft, checked; see draft_checker.h. Whether one is lawful (art. 241(3) Pzp)
 * is the rulebook's business.
 */
#include "matcher/tender/draft_checker.h"

enum { WHOLE_PERCENT = 100 };

#define HAS_WEIGHT(criterion)                                                                      \
    ((criterion)->_weight_percent_case ==                                                          \
     SPOINA__V1__AWARD_CRITERION___WEIGHT_PERCENT_WEIGHT_PERCENT)

static void check_criterion(struct sp_draft_checker *check, Spoina__V1__AwardCriterion *criterion,
                            const char *parent)
{
    sp_draft_check_text(check, &criterion->name, SP_DRAFT_TITLE_MAX_BYTES, parent, "name");
    if (!sp_draft_check_enum(check, &spoina__v1__criterion_kind__descriptor, (int)criterion->kind,
                             false, parent, "kind")) {
        criterion->kind = SPOINA__V1__CRITERION_KIND__CRITERION_KIND_UNSPECIFIED;
    }
    if (HAS_WEIGHT(criterion) && criterion->weight_percent > WHOLE_PERCENT) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "weight_percent").text,
                        "Waga kryterium przekracza 100 %%.",
                        "The weight of the criterion is above 100 %%.");
        criterion->_weight_percent_case = SPOINA__V1__AWARD_CRITERION___WEIGHT_PERCENT__NOT_SET;
    }
}

/** Check copies of the criteria; note weights that do not make a whole. */
static void check_list(struct sp_draft_checker *check, size_t *count,
                       Spoina__V1__AwardCriterion ***criteria, const char *parent)
{
    sp_draft_check_count(check, count, SP_DRAFT_MAX_CRITERIA, parent, "criteria");
    Spoina__V1__AwardCriterion **list = sp_draft_room(check, *count, sizeof(*list));
    Spoina__V1__AwardCriterion *copies = sp_draft_room(check, *count, sizeof *copies);
    unsigned sum = 0;
    bool all = *count > 0;
    for (size_t i = 0; check->status == SP_OK && i < *count; i++) {
        copies[i] = *(*criteria)[i];
        list[i] = &copies[i];
        check_criterion(check, list[i], sp_draft_item(parent, "criteria", i).text);
        all = all && HAS_WEIGHT(list[i]);
        sum += HAS_WEIGHT(list[i]) ? list[i]->weight_percent : 0;
    }
    if (all && sum != WHOLE_PERCENT) {
        SP_DRAFT_NOTE(check, sp_draft_place(parent, "criteria").text,
                      "Wagi kryteriów dają razem %u %%, nie 100 %%.",
                      "The weights of the criteria make %u %%, not 100 %%.", sum);
    }
    *criteria = list;
}

void sp_draft_check_criteria(struct sp_draft_checker *check, Spoina__V1__Draft *draft)
{
    check_list(check, &draft->n_criteria, &draft->criteria, "");
    for (size_t i = 0; check->status == SP_OK && i < draft->n_lots; i++) {
        Spoina__V1__Lot *lot = draft->lots[i];
        if (lot->n_criteria == 0) {
            lot->criteria = draft->criteria;
            lot->n_criteria = draft->n_criteria;
        } else {
            check_list(check, &lot->n_criteria, &lot->criteria, sp_draft_item("", "lots", i).text);
        }
    }
    draft->criteria = NULL;
    draft->n_criteria = 0;
}
