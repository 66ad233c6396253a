/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Words and services in common; see score_text.h. */
#include "matcher/scoring/score_text.h"

#include "matcher/scoring/parts.h"

static void meet_token(const struct sp_need *need, size_t field, const struct sp_token *token,
                       struct sp_text_score *out)
{
    bool stop = (token->flags & SP_TOKEN_STOP) != 0;
    for (size_t i = 0; !stop && i < token->lemma_count; i++) {
        size_t word = sp_need_find_word(need, token->lemmas[i]);
        if (word != SIZE_MAX && out->words[word].token == NULL) {
            out->words[word] = (struct sp_word_meeting){token, field};
        }
    }
}

uint32_t sp_text_words_permille(const struct sp_need *need, uint64_t met)
{
    uint64_t permille = need->full_weight == 0 ? 0 : met / need->full_weight;
    return permille > SP_PERMILLE ? SP_PERMILLE : (uint32_t)permille;
}

/** Permille of the need's weight that the words met. The title comes first, so it wins. */
static uint32_t score_words(const struct sp_need *need, const struct sp_offer *offer,
                            struct sp_text_score *out)
{
    for (size_t field = 0; field < SP_OFFER_FIELDS; field++) {
        const struct sp_token_list *tokens = &offer->fields[field].tokens;
        for (size_t i = 0; i < tokens->count; i++) {
            meet_token(need, field, &tokens->tokens[i], out);
        }
    }
    uint64_t met = 0;
    for (size_t i = 0; i < need->word_count; i++) {
        uint64_t share =
            out->words[i].field == SP_OFFER_TITLE ? SP_PERMILLE : SP_TEXT_DESCRIPTION_PERMILLE;
        met += out->words[i].token == NULL ? 0 : need->words[i].weight * share;
    }
    return sp_text_words_permille(need, met);
}

static bool is_part(const struct sp_service *umbrella, const struct sp_service *service)
{
    for (size_t i = 0; i < umbrella->part_count; i++) {
        if (umbrella->parts[i] == service) {
            return true;
        }
    }
    return false;
}

uint32_t sp_text_service_fit(const struct sp_service *needed, const struct sp_service *offered)
{
    if (needed == offered) {
        return SP_PERMILLE;
    }
    return is_part(needed, offered) || is_part(offered, needed) ? SP_TEXT_PART_PERMILLE : 0;
}

static void keep_better(struct sp_service_meeting *best, const struct sp_service_meeting *met)
{
    if (met->permille > best->permille) {
        *best = *met;
    }
}

static void meet_service(const struct sp_need_service *needed, const struct sp_offer *offer,
                         struct sp_service_meeting *best)
{
    for (size_t field = 0; field < SP_OFFER_FIELDS; field++) {
        uint32_t of_field = field == SP_OFFER_TITLE ? SP_PERMILLE : SP_TEXT_DESCRIPTION_PERMILLE;
        const struct sp_service_hit_list *hits = &offer->fields[field].services;
        for (size_t i = 0; i < hits->count; i++) {
            bool sound = sp_hit_is_sound(offer->fields[field].text, &hits->items[i]);
            uint32_t fit = sound ? sp_text_service_fit(needed->service, hits->items[i].service) : 0;
            keep_better(
                best, &(struct sp_service_meeting){
                          .need = needed,
                          .offered = &hits->items[i],
                          .field = field,
                          .permille = needed->permille * fit / SP_PERMILLE * of_field / SP_PERMILLE,
                      });
        }
    }
    size_t declared = offer->offer == NULL ? 0 : offer->offer->n_service;
    for (size_t i = 0; i < declared; i++) {
        if (strcmp(offer->offer->service[i], needed->service->id) == 0) {
            keep_better(best,
                        &(struct sp_service_meeting){.need = needed, .permille = needed->permille});
        }
    }
}

uint32_t sp_text_join(const struct sp_need *need, uint32_t words, uint32_t service)
{
    if (service == 0) {
        bool other = need->service_count > 0 && words > SP_TEXT_OTHER_SERVICE_PERMILLE;
        return other ? SP_TEXT_OTHER_SERVICE_PERMILLE : words;
    }
    uint32_t joined =
        (SP_TEXT_SERVICE_PERMILLE * service + SP_TEXT_WORDS_PERMILLE * words) / SP_PERMILLE;
    return joined > words ? joined : words;
}

void sp_score_text(const struct sp_need *need, const struct sp_offer *offer,
                   struct sp_text_score *out)
{
    *out = (struct sp_text_score){.permille = 0};
    uint32_t words = score_words(need, offer, out);
    for (size_t i = 0; i < need->service_count; i++) {
        meet_service(&need->services[i], offer, &out->service);
    }
    out->permille = sp_text_join(need, words, out->service.permille);
}
