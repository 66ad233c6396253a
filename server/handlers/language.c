/* SPDX-License-Identifier: EUPL-1.2 */
/** @file LanguageService. */
#include "matcher/language/language.h"

#include "server/handlers/app.h"
#include "server/handlers/methods.h"
#include "spoina/v1/language.pb-c.h"

static enum sp_status copy_token(struct sp_call *call, const struct sp_token *from,
                                 Spoina__V1__Token *to, struct sp_error *err)
{
    spoina__v1__token__init(to);
    to->form = sp_arena_copy(call->arena, from->form);
    to->start = (uint32_t)from->start;
    to->end = (uint32_t)from->end;
    to->lemmas = sp_arena_calloc(call->arena, from->lemma_count, sizeof *to->lemmas);
    if (to->form == NULL || to->lemmas == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t n = 0; n < from->lemma_count; n++) {
        to->lemmas[n] = sp_arena_copy(call->arena, from->lemmas[n]);
        if (to->lemmas[n] == NULL) {
            return SP_FAIL_NOMEM(err);
        }
    }
    to->n_lemmas = from->lemma_count;
    return SP_OK;
}

enum sp_status sp_handle_analyse_text(struct sp_call *call, const ProtobufCMessage *request,
                                      ProtobufCMessage **response, struct sp_error *err)
{
    const Spoina__V1__AnalyseTextRequest *asked = (const Spoina__V1__AnalyseTextRequest *)request;
    struct sp_app_worker *worker = call->worker;
    struct sp_token_list list;
    enum sp_status status =
        sp_analyse(worker->analyser, sp_view_of(asked->text), 0, call->arena, &list, err);
    if (status != SP_OK) {
        return status;
    }
    Spoina__V1__AnalyseTextResponse *answer = sp_arena_alloc(call->arena, sizeof *answer);
    Spoina__V1__Token *tokens = sp_arena_calloc(call->arena, list.count, sizeof *tokens);
    Spoina__V1__Token **pointers = sp_arena_calloc(call->arena, list.count, sizeof *pointers);
    if (answer == NULL || tokens == NULL || pointers == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__analyse_text_response__init(answer);
    for (size_t n = 0; n < list.count; n++) {
        pointers[n] = &tokens[n];
        status = copy_token(call, &list.tokens[n], &tokens[n], err);
        if (status != SP_OK) {
            return status;
        }
    }
    answer->tokens = pointers;
    answer->n_tokens = list.count;
    *response = &answer->base;
    return SP_OK;
}
