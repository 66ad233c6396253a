/* SPDX-License-Identifier: EUPL-1.2 */
/** @file SuggestService. */
#include "matcher/suggest/suggest.h"

#include <stdio.h>

#include "server/handlers/app.h"
#include "server/handlers/methods.h"
#include "spoina/v1/suggest.pb-c.h"

static enum sp_status read_codes(struct sp_call *call, const Spoina__V1__SuggestCpvRequest *asked,
                                 struct sp_suggest_request *request, struct sp_error *err)
{
    if (asked->n_codes > SP_SUGGEST_GIVEN_MAX) {
        return SP_FAIL(err, SP_LIMIT, "codes", "Najwyżej %d kodów do porównania.",
                       "At most %d codes to compare.", SP_SUGGEST_GIVEN_MAX);
    }
    const struct sp_app_worker *worker = call->worker;
    const struct sp_cpv **codes = sp_arena_calloc(call->arena, asked->n_codes + 1, sizeof *codes);
    if (codes == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < asked->n_codes; i++) {
        char place[32];
        (void)snprintf(place, sizeof place, "codes[%zu]", i);
        enum sp_status status = sp_cpv_parse(worker->app->vocabulary->cpv,
                                             sp_view_of(asked->codes[i]), place, &codes[i], err);
        if (status != SP_OK) {
            return status == SP_NOT_FOUND ? SP_INVALID : status;
        }
    }
    request->given = codes;
    request->given_count = asked->n_codes;
    return SP_OK;
}

static enum sp_status copy_suggestion(struct sp_call *call, const struct sp_suggestion *from,
                                      Spoina__V1__CpvSuggestion *to, struct sp_error *err)
{
    spoina__v1__cpv_suggestion__init(to);
    to->code = sp_arena_strdup(call->arena, from->cpv->code);
    to->label =
        sp_arena_strdup(call->arena, sp_say(call->language, from->cpv->polish, from->cpv->english));
    to->score = from->score;
    to->because = sp_arena_calloc(call->arena, from->because_count, sizeof *to->because);
    if (from->cpv->gloss != NULL) {
        to->gloss = sp_arena_strdup(call->arena, from->cpv->gloss);
        to->_gloss_case = SPOINA__V1__CPV_SUGGESTION___GLOSS_GLOSS;
    }
    if (to->code == NULL || to->label == NULL || to->because == NULL ||
        (from->cpv->gloss != NULL && to->gloss == NULL)) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < from->because_count; i++) {
        to->because[i] = sp_arena_copy(call->arena, from->because[i]);
        if (to->because[i] == NULL) {
            return SP_FAIL_NOMEM(err);
        }
    }
    to->n_because = from->because_count;
    return SP_OK;
}

static enum sp_status copy_check(struct sp_call *call, const struct sp_suggest_request *request,
                                 enum sp_agreement agreement, Spoina__V1__CpvCheck **out,
                                 struct sp_error *err)
{
    static const Spoina__V1__CpvAgreement said[] = {
        [SP_AGREEMENT_UNKNOWN] = SPOINA__V1__CPV_AGREEMENT__CPV_AGREEMENT_UNKNOWN,
        [SP_AGREEMENT_AGREES] = SPOINA__V1__CPV_AGREEMENT__CPV_AGREEMENT_AGREES,
        [SP_AGREEMENT_DOUBTFUL] = SPOINA__V1__CPV_AGREEMENT__CPV_AGREEMENT_DOUBTFUL,
    };
    Spoina__V1__CpvCheck *check = sp_arena_alloc(call->arena, sizeof *check);
    char **codes = sp_arena_calloc(call->arena, request->given_count, sizeof *codes);
    if (check == NULL || codes == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__cpv_check__init(check);
    for (size_t i = 0; i < request->given_count; i++) {
        codes[i] = sp_arena_strdup(call->arena, request->given[i]->code);
        if (codes[i] == NULL) {
            return SP_FAIL_NOMEM(err);
        }
    }
    check->codes = codes;
    check->n_codes = request->given_count;
    check->agreement = said[agreement];
    *out = check;
    return SP_OK;
}

static enum sp_status make_answer(struct sp_call *call, const struct sp_suggest_request *request,
                                  const struct sp_suggest_answer *found,
                                  Spoina__V1__SuggestCpvResponse **out, struct sp_error *err)
{
    Spoina__V1__SuggestCpvResponse *answer = sp_arena_alloc(call->arena, sizeof *answer);
    Spoina__V1__CpvSuggestion *items = sp_arena_calloc(call->arena, found->count, sizeof *items);
    Spoina__V1__CpvSuggestion **pointers =
        sp_arena_calloc(call->arena, found->count, sizeof(Spoina__V1__CpvSuggestion *));
    if (answer == NULL || items == NULL || pointers == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__suggest_cpv_response__init(answer);
    enum sp_status status = SP_OK;
    for (size_t i = 0; i < found->count && status == SP_OK; i++) {
        pointers[i] = &items[i];
        status = copy_suggestion(call, &found->items[i], &items[i], err);
    }
    answer->suggestions = pointers;
    answer->n_suggestions = found->count;
    if (status == SP_OK && request->given_count > 0) {
        status = copy_check(call, request, found->agreement, &answer->check, err);
    }
    *out = answer;
    return status;
}

enum sp_status sp_handle_suggest_cpv(struct sp_call *call, const ProtobufCMessage *request,
                                     ProtobufCMessage **response, struct sp_error *err)
{
    const Spoina__V1__SuggestCpvRequest *asked = (const Spoina__V1__SuggestCpvRequest *)request;
    struct sp_app_worker *worker = call->worker;
    struct sp_suggest_request wanted = {.text = sp_view_of(asked->text), .limit = asked->limit};
    struct sp_suggest_answer found;
    Spoina__V1__SuggestCpvResponse *answer = NULL;
    enum sp_status status = read_codes(call, asked, &wanted, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_lessons *lessons = sp_app_lessons(worker->app);
    status = sp_suggest_codes(worker->app->suggester, lessons, worker->analyser, &wanted,
                              call->arena, &found, err);
    sp_lessons_unref(lessons);
    if (status == SP_OK) {
        status = make_answer(call, &wanted, &found, &answer, err);
    }
    if (status == SP_OK) {
        *response = &answer->base;
    }
    return status;
}
