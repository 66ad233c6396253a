/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * absence [--entities N] [--absences N] [--seed N] --share DIR --drafts DIR
 *
 * Takes random pairs of an entity of the generated region and a lot of its sample drafts, keeps
 * those where the entity is absent, and checks every counterfactual that is given by making the
 * change for good (verify.h). Also times every call of advice. Prints one JSON object; the exit
 * code is 1 if a counterfactual did not come true.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/memory.h"
#include "benchmarks/absence/verify.h"
#include "benchmarks/absence/world.h"
#include "benchmarks/lib/report.h"
#include "proto/codec/message.h"

enum { ARENA_BYTES = 1 << 30, PATH_BYTES = 1024, DRAFT_BYTES = 1 << 20, DRAFTS = 6, CALLS = 4 };

static const char *const DRAFT_FILES[DRAFTS] = {"catering.json", "greenery.json",  "home_care.json",
                                                "laundry.json",  "transport.json", "umbrella.json"};
static const char *const CALL_NAMES[CALLS] = {"advise_clauses", "advise_lots", "what_if",
                                              "find_subcontractors"};

struct options {
    const char *share;
    const char *drafts;
    uint32_t entities;
    uint32_t absences;
    uint64_t seed;
};

/** What came out. */
struct figures {
    uint32_t pairs;
    uint32_t absences;
    uint32_t with_counterfactual;
    uint32_t counterfactuals;
    uint32_t came_true;
    uint32_t record, partner, relaxed; /* of the counterfactuals */
    struct timings times;
    struct timings calls[CALLS];
};

struct run {
    struct options options;
    struct world world;
    struct sp_arena *drafts_arena;
    Spoina__V1__Draft *drafts[DRAFTS];
    struct figures figures;
    uint64_t state; /* of the random numbers */
    struct sp_error err;
};

/* SplitMix64: Steele, Lea, Flood 2014. */
static uint64_t next_random(struct run *run)
{
    uint64_t z = run->state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

static enum sp_status read_drafts(struct run *run)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < DRAFTS; i++) {
        char path[PATH_BYTES];
        char *text = NULL;
        size_t length = 0;
        ProtobufCMessage *message = NULL;
        (void)snprintf(path, sizeof path, "%s/%s", run->options.drafts, DRAFT_FILES[i]);
        status = sp_file_read(path, DRAFT_BYTES, &text, &length, &run->err);
        if (status == SP_OK) {
            status =
                sp_message_from_json(&spoina__v1__draft__descriptor, sp_view_from(text, length),
                                     NULL, 0, run->drafts_arena, &message, &run->err);
        }
        run->drafts[i] = (Spoina__V1__Draft *)message;
        sp_free(text);
    }
    return status;
}

static void add_time(struct timings *timings, uint64_t since_ns)
{
    uint64_t *grown = realloc(timings->ns, (timings->count + 1) * sizeof *grown);
    if (grown != NULL) {
        timings->ns = grown;
        timings->ns[timings->count++] = timing_now_ns() - since_ns;
    }
}

static void ask_for(Spoina__V1__MatchTenderRequest *request, Spoina__V1__Draft *draft)
{
    spoina__v1__match_tender_request__init(request);
    request->need_case = SPOINA__V1__MATCH_TENDER_REQUEST__NEED_DRAFT;
    request->draft = draft;
}

static enum sp_status check_gap(struct run *run, size_t draft, size_t lot, const char *id,
                                const Spoina__V1__Gap *gap)
{
    struct figures *figures = &run->figures;
    bool held = false;
    Spoina__V1__ChangeKind kind = gap->changes[0]->kind;
    figures->counterfactuals++;
    figures->partner += kind == SPOINA__V1__CHANGE_KIND__CHANGE_KIND_ADD_PARTNER;
    figures->relaxed += kind == SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RELAX_NEED;
    enum sp_status status = verify(&run->world, run->drafts[draft], lot, id, gap, &held, &run->err);
    figures->came_true += held ? 1 : 0;
    if (status == SP_OK && !held) {
        (void)fprintf(stderr, "not true: %s, lot %zu, %s:", DRAFT_FILES[draft], lot, id);
        for (size_t i = 0; i < gap->n_changes; i++) {
            (void)fprintf(stderr, " [%s]", gap->changes[i]->text);
        }
        (void)fputc('\n', stderr);
    }
    return status;
}

/* Explain one pair in the first lot of the draft where the entity is absent. */
static enum sp_status take_pair(struct run *run, size_t draft, const char *id)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    Spoina__V1__MatchTenderRequest match;
    Spoina__V1__ExplainAbsenceRequest request;
    Spoina__V1__ExplainAbsenceResponse *response = NULL;
    struct sp_advising advising = world_advising(&run->world, arena);
    ask_for(&match, run->drafts[draft]);
    spoina__v1__explain_absence_request__init(&request);
    request.match = &match;
    request.entity = (char *)id;
    uint64_t since = timing_now_ns();
    enum sp_status status = arena == NULL
                                ? SP_FAIL_NOMEM(&run->err)
                                : sp_explain_absence(&advising, &request, &response, &run->err);
    add_time(&run->figures.times, since);
    run->figures.pairs++;
    for (size_t i = 0; status == SP_OK && i < response->n_lots; i++) {
        const Spoina__V1__LotAbsence *lot = response->lots[i];
        if (lot->present || run->figures.absences == run->options.absences) {
            continue;
        }
        run->figures.absences++;
        run->figures.with_counterfactual += lot->n_counterfactuals > 0 ? 1 : 0;
        for (size_t g = 0; status == SP_OK && g < lot->n_counterfactuals; g++) {
            status = check_gap(run, draft, i, id, lot->counterfactuals[g]);
        }
    }
    sp_arena_free(arena);
    return status;
}

static enum sp_status take_pairs(struct run *run)
{
    enum sp_status status = SP_OK;
    while (status == SP_OK && run->figures.absences < run->options.absences &&
           run->figures.pairs < run->options.absences * 10) {
        struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
        Spoina__V1__Entity *entity = NULL;
        uint32_t number = 1 + (uint32_t)(next_random(run) % run->options.entities);
        size_t draft = next_random(run) % DRAFTS;
        status = arena == NULL
                     ? SP_FAIL_NOMEM(&run->err)
                     : sp_reader_entity(run->world.reader, number, arena, &entity, &run->err);
        if (status == SP_OK) {
            status = take_pair(run, draft, entity->id);
        }
        sp_arena_free(arena);
    }
    return status;
}

static enum sp_status make_call(struct run *run, size_t call, Spoina__V1__Draft *draft,
                                struct sp_arena *arena)
{
    Spoina__V1__MatchTenderRequest match;
    struct sp_advising advising = world_advising(&run->world, arena);
    int64_t parts[] = {1, 2, 3, 4, 5};
    ask_for(&match, draft);
    if (call == 0) {
        Spoina__V1__AdviseClausesRequest request = SPOINA__V1__ADVISE_CLAUSES_REQUEST__INIT;
        Spoina__V1__AdviseClausesResponse *response = NULL;
        request.match = &match;
        return sp_advise_clauses(&advising, &request, &response, &run->err);
    }
    if (call == 1) {
        Spoina__V1__AdviseLotsRequest request = SPOINA__V1__ADVISE_LOTS_REQUEST__INIT;
        Spoina__V1__AdviseLotsResponse *response = NULL;
        request.match = &match;
        return sp_advise_lots(&advising, &request, &response, &run->err);
    }
    if (call == 2) {
        Spoina__V1__WhatIfRequest request = SPOINA__V1__WHAT_IF_REQUEST__INIT;
        Spoina__V1__WhatIfResponse *response = NULL;
        request.match = &match;
        request.lot_id = draft->lots[0]->id;
        request.parameter = SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_PARTS;
        request.values = parts;
        request.n_values = SP_COUNT(parts);
        return sp_what_if(&advising, &request, &response, &run->err);
    }
    Spoina__V1__FindSubcontractorsRequest request = SPOINA__V1__FIND_SUBCONTRACTORS_REQUEST__INIT;
    Spoina__V1__FindSubcontractorsResponse *response = NULL;
    request.match = &match;
    return sp_find_subcontractors(&advising, &request, &response, &run->err);
}

static enum sp_status time_calls(struct run *run)
{
    enum sp_status status = SP_OK;
    for (size_t call = 0; status == SP_OK && call < CALLS; call++) {
        for (size_t i = 0; status == SP_OK && i < DRAFTS; i++) {
            struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
            uint64_t since = timing_now_ns();
            clock_t worked = clock();
            status = arena == NULL ? SP_FAIL_NOMEM(&run->err)
                                   : make_call(run, call, run->drafts[i], arena);
            add_time(&run->figures.calls[call], since);
            (void)fprintf(stderr, "%s %s %.0f ms, of the processor %.0f ms\n", CALL_NAMES[call],
                          DRAFT_FILES[i], (double)(timing_now_ns() - since) / 1e6,
                          (double)(clock() - worked) * 1e3 / CLOCKS_PER_SEC);
            sp_arena_free(arena);
        }
    }
    return status;
}

static void print_times(const char *name, struct timings *timings)
{
    struct timing_figures figures = timing_figures(timings);
    double longest = timings->count == 0 ? 0 : (double)timings->ns[timings->count - 1] / 1e6;
    (void)printf(",\n  \"%s_ms\": {\"p50\": %.1f, \"p95\": %.1f, \"max\": %.1f}", name,
                 figures.p50_us / 1e3, figures.p95_us / 1e3, longest);
}

static void print(struct run *run)
{
    struct figures *figures = &run->figures;
    (void)printf("{\n  \"entities\": %u, \"pairs\": %u, \"absences\": %u,\n"
                 "  \"with_counterfactual\": %u, \"counterfactuals\": %u, \"came_true\": %u,\n"
                 "  \"by_record\": %u, \"by_partner\": %u, \"by_draft\": %u",
                 run->options.entities, figures->pairs, figures->absences,
                 figures->with_counterfactual, figures->counterfactuals, figures->came_true,
                 figures->counterfactuals - figures->partner - figures->relaxed, figures->partner,
                 figures->relaxed);
    print_times("explain_absence", &figures->times);
    for (size_t i = 0; i < CALLS; i++) {
        print_times(CALL_NAMES[i], &figures->calls[i]);
    }
    (void)printf("\n}\n");
}

static bool read_options(int argc, char **argv, struct options *out)
{
    *out = (struct options){.entities = 2000, .absences = 500, .seed = 2026};
    for (int i = 1; i + 1 < argc; i += 2) {
        const char *value = argv[i + 1];
        if (strcmp(argv[i], "--share") == 0) {
            out->share = value;
        } else if (strcmp(argv[i], "--drafts") == 0) {
            out->drafts = value;
        } else if (strcmp(argv[i], "--entities") == 0) {
            out->entities = (uint32_t)strtoul(value, NULL, 10);
        } else if (strcmp(argv[i], "--absences") == 0) {
            out->absences = (uint32_t)strtoul(value, NULL, 10);
        } else if (strcmp(argv[i], "--seed") == 0) {
            out->seed = strtoull(value, NULL, 10);
        } else {
            return false;
        }
    }
    return argc % 2 == 1 && out->share != NULL && out->drafts != NULL && out->entities > 0;
}

int main(int argc, char **argv)
{
    static struct run run;
    if (!read_options(argc, argv, &run.options)) {
        (void)fputs("absence [--entities N] [--absences N] [--seed N] --share DIR --drafts DIR\n",
                    stderr);
        return 2;
    }
    run.state = run.options.seed;
    run.drafts_arena = sp_arena_new(ARENA_BYTES);
    enum sp_status status =
        world_open(&run.world, run.options.share, run.options.entities, &run.err);
    if (status == SP_OK) {
        status = read_drafts(&run);
    }
    if (status == SP_OK) {
        status = time_calls(&run);
    }
    if (status == SP_OK) {
        status = take_pairs(&run);
    }
    if (status == SP_OK) {
        print(&run);
    } else {
        (void)fprintf(stderr, "absence: %s: %s\n", run.err.place, run.err.english);
    }
    world_close(&run.world);
    sp_arena_free(run.drafts_arena);
    bool all_true = run.figures.came_true == run.figures.counterfactuals;
    return status == SP_OK && all_true ? 0 : 1;
}
