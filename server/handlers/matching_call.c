/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/handlers/matching_call.h"

#include <time.h>

#include "matcher/search/index.h"
#include "server/handlers/app.h"

static const int64_t NS_PER_S = 1000000000;
static const int64_t NS_PER_MS = 1000000;

static int64_t now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * NS_PER_S + now.tv_nsec;
}

static bool is_same_turn(const struct sp_search_turn *a, const struct sp_search_turn *b)
{
    return a->lot == b->lot && a->is_last == b->is_last;
}

/* What a turn leaves unused, later ones have. */
static void begin_turn(struct sp_matching_call *call, const struct sp_search_turn *turn,
                       int64_t now)
{
    if (call->is_running) {
        int64_t end = now < call->turn_end_ns ? now : call->turn_end_ns;
        call->left_ns -= end - call->turn_began_ns;
    }
    int64_t share = call->left_ns / (int64_t)(turn->lots - turn->lot);
    call->turn = *turn;
    call->turn_began_ns = now;
    call->turn_end_ns = now + (turn->is_last ? share : share - share / 4);
    call->is_running = true;
}

static bool stop(void *context, const struct sp_search_turn *turn)
{
    struct sp_matching_call *call = context;
    int64_t now = now_ns();
    if (!call->is_running || !is_same_turn(&call->turn, turn)) {
        begin_turn(call, turn, now);
    }
    return now >= call->turn_end_ns;
}

uint32_t sp_search_limit_ms(const Spoina__V1__MatchTenderRequest *request)
{
    return request == NULL || request->teams == NULL ? 0 : request->teams->search_limit_ms;
}

void sp_matching_call_begin(struct sp_matching_call *out, struct sp_call *call,
                            uint32_t search_limit_ms)
{
    struct sp_app_worker *worker = call->worker;
    uint32_t limit_ms = search_limit_ms == 0 ? SP_SEARCH_LIMIT_MS_DEFAULT : search_limit_ms;
    *out = (struct sp_matching_call){.index = sp_app_index(worker->app),
                                     .left_ns = (int64_t)limit_ms * NS_PER_MS};
    out->matching = (struct sp_matching){
        .scoring = {.index = out->index,
                    .reader = worker->reader,
                    .analyser = worker->analyser,
                    .vocabulary = worker->app->vocabulary,
                    .arena = call->arena,
                    .today = call->today,
                    .locale = call->language,
                    .cancel = sp_call_cancel_flag(call)},
        .book = worker->app->rulebook,
        .cues = worker->app->cues,
        .texts = worker->texts,
        .stop = stop,
        .stop_context = out,
    };
}

void sp_matching_call_end(struct sp_matching_call *call)
{
    sp_index_unref(call->index);
}
