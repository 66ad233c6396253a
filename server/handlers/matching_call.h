/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A matching as a call of the server sees it: snapshot, thread, language, and the time its searches
 * may take. The calls of MatchService and AdviceService begin with it.
 */
#ifndef SP_HANDLERS_MATCHING_CALL_H
#define SP_HANDLERS_MATCHING_CALL_H

#include "matcher/proposal/matching.h"
#include "server/connect/call.h"

struct sp_matching_call {
    struct sp_matching matching;
    struct sp_index *index; /* a reference of its own */

    /* The clock of the searches, monotonic nanoseconds. Each lot may take an equal share of what is
     * left; the first search of a lot three quarters of it. */
    int64_t left_ns;
    int64_t turn_began_ns;
    int64_t turn_end_ns;
    struct sp_search_turn turn;
    bool is_running;
};

/**
 * Begin. Release with sp_matching_call_end(); do not move it in between.
 *
 * @param search_limit_ms  for all searches of the call together; 0: the default. A value out of
 * range is refused when the settings are read
 */
void sp_matching_call_begin(struct sp_matching_call *out, struct sp_call *call,
                            uint32_t search_limit_ms);
void sp_matching_call_end(struct sp_matching_call *call);

/** The search limit that a request asks for; 0: none. */
uint32_t sp_search_limit_ms(const Spoina__V1__MatchTenderRequest *request);

#endif
