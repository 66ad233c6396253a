/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Evidence of an entity; see score_evidence.h. */
#include "matcher/scoring/score_evidence.h"

/** Permille left of something of @p date on @p day; unknown dates and the far past give 0. */
static uint32_t freshness(const char *date, sp_day day)
{
    sp_day then = SP_DAY_UNKNOWN;
    if (!sp_day_parse(sp_view_of(date), &then)) {
        return 0;
    }
    int64_t age = (int64_t)day - then;
    age = age < 0 ? 0 : age;
    return age >= SP_EVIDENCE_DAYS
               ? 0
               : (uint32_t)(SP_PERMILLE * (SP_EVIDENCE_DAYS - age) / SP_EVIDENCE_DAYS);
}

/** True if the reference is for what the need asks for: by code, or by the id of a service. */
static bool is_for(const struct sp_vocabulary *vocabulary, const struct sp_need *need,
                   const Spoina__V1__Reference *reference)
{
    const struct sp_cpv *done = sp_cpv_find(vocabulary->cpv, sp_view_of(reference->cpv));
    for (size_t i = 0; done != NULL && i < need->code_count; i++) {
        if (sp_cpv_closeness(vocabulary->cpv, need->codes[i], done) >= SP_EVIDENCE_CLOSENESS_MIN) {
            return true;
        }
    }
    for (size_t i = 0; i < need->service_count; i++) {
        const struct sp_service *service = need->services[i].service;
        if (strcmp(reference->service, service->id) == 0) {
            return true;
        }
        for (size_t j = 0; done != NULL && j < service->cpv_count; j++) {
            if (service->cpv[j] == done) {
                return true;
            }
        }
    }
    return false;
}

struct sp_evidence_score sp_score_evidence(const struct sp_vocabulary *vocabulary,
                                           const struct sp_need *need,
                                           const Spoina__V1__Entity *entity, sp_day day)
{
    struct sp_evidence_score score = {.part = {0, false}};
    uint32_t best = 0;
    for (size_t i = 0; i < entity->n_references; i++) {
        const Spoina__V1__Reference *reference = entity->references[i];
        uint32_t fresh = freshness(*reference->to == '\0' ? reference->from : reference->to, day);
        if (fresh > best && is_for(vocabulary, need, reference)) {
            best = fresh;
            score.reference = reference;
        }
    }
    const char *confirmed =
        entity->provenance == NULL ? "" : (const char *)entity->provenance->confirmed_on;
    score.part.unknown = entity->n_references == 0 && *confirmed == '\0';
    score.part.permille = (SP_EVIDENCE_REFERENCE_PERMILLE * best +
                           SP_EVIDENCE_CONFIRMED_PERMILLE * freshness(confirmed, day)) /
                          SP_PERMILLE;
    return score;
}
