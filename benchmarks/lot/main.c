/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What it costs to lay a lot open: search, scoring and rulings, before any team is looked for.
 *
 *     lot [--entities N] [--rounds N] DRAFT.json...
 *
 * Fills a catalogue with the fictional region in a temporary folder, opens every lot of each draft
 * the given number of times, and prints a JSON line for the snapshot of the search index and one
 * for each lot: how many entities had something in common, are in the pool and in the problem, and
 * the median milliseconds of each step.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "benchmarks/lib/report.h"
#include "matcher/assembly/assembly.h"
#include "matcher/catalogue/reader.h"
#include "matcher/catalogue/store.h"
#include "matcher/search/from_store.h"
#include "matcher/tender/draft.h"
#include "proto/codec/message.h"
#include "tools/region/region.h"

enum {
    TODAY = 20779, /* 2026-11-22 */
    OFFERS_PER_ENTITY = 4,
    ROUNDS_MAX = 1000,
    LOT_ARENA_BYTES = 1 << 30,
    DRAFT_ARENA_BYTES = 16 << 20,
    DRAFT_MAX_BYTES = 1 << 20
};

/** All that a lot is opened with. */
struct bench {
    uint32_t entities;
    size_t rounds;
    char directory[64];
    struct sp_language *language;
    struct sp_analyser *analyser;
    struct sp_vocabulary *vocabulary;
    struct sp_rulebook *book;
    struct sp_reader *reader;
    struct sp_index *index;
};

enum step { STEP_POOL, STEP_REVISE, STEP_ASSEMBLY, STEP_COUNT };

static enum sp_status put(void *context, const Spoina__V1__Entity *entity, struct sp_error *err)
{
    static const struct sp_author AUTHOR = {"benchmark", 0};
    return sp_store_put(context, entity, &AUTHOR, NULL, NULL, err);
}

/** Store the region. */
static enum sp_status fill(const struct bench *bench, const char *share, struct sp_error *err)
{
    struct sp_store_options options = {bench->directory, bench->language, bench->vocabulary};
    struct sp_region_options region_options = {.seed = SP_REGION_SEED,
                                               .entities = bench->entities,
                                               .offers = bench->entities * OFFERS_PER_ENTITY,
                                               .today = TODAY};
    struct sp_region *region = NULL;
    struct sp_store *store = NULL;
    enum sp_status status = sp_region_open(share, &region, err);
    if (status == SP_OK) {
        status = sp_store_open(&options, &store, err);
    }
    if (status == SP_OK) {
        status = sp_store_begin(store, err);
    }
    if (status == SP_OK) {
        status = sp_region_generate(region, &region_options, put, store, err);
    }
    if (status == SP_OK) {
        status = sp_store_commit(store, err);
    }
    sp_store_close(store);
    sp_region_close(region);
    return status;
}

/** Make the snapshot and say what it took. */
static enum sp_status open_index(struct bench *bench, struct sp_error *err)
{
    struct sp_index_source source = {bench->reader, bench->analyser, bench->vocabulary->services};
    uint64_t start = timing_now_ns();
    enum sp_status status = sp_index_from_store(&source, NULL, &bench->index, err);
    double seconds = (double)(timing_now_ns() - start) / 1e9;
    if (status == SP_OK) {
        printf("{\"catalogue\":%u,\"documents\":%u,\"snapshot_seconds\":%.2f,"
               "\"snapshot_mebibytes\":%.1f}\n",
               bench->entities, sp_index_document_count(bench->index), seconds,
               (double)sp_index_size_bytes(bench->index) / (1 << 20));
    }
    return status;
}

static enum sp_status open_bench(struct bench *bench, struct sp_error *err)
{
    const char *share = getenv("SPOINA_SHARE");
    if (share == NULL || mkdtemp(bench->directory) == NULL) {
        return SP_FAIL(err, SP_IO, "SPOINA_SHARE", "Brak tablic albo folderu tymczasowego.",
                       "No tables, or no temporary folder.");
    }
    enum sp_status status = sp_language_open(share, &bench->language, err);
    if (status == SP_OK) {
        status = sp_analyser_new(bench->language, &bench->analyser, err);
    }
    if (status == SP_OK) {
        status = sp_vocabulary_open(share, bench->analyser, &bench->vocabulary, err);
    }
    if (status == SP_OK) {
        status = sp_rulebook_open(share, &bench->book, err);
    }
    if (status == SP_OK) {
        status = fill(bench, share, err);
    }
    if (status == SP_OK) {
        status = sp_reader_open(bench->directory, bench->language, &bench->reader, err);
    }
    return status == SP_OK ? open_index(bench, err) : status;
}

static void close_bench(struct bench *bench)
{
    static const char *const FILES[] = {"catalogue.sqlite", "catalogue.sqlite-wal",
                                        "catalogue.sqlite-shm", "catalogue.lock"};
    sp_index_unref(bench->index);
    sp_reader_close(bench->reader);
    sp_rulebook_free(bench->book);
    sp_vocabulary_free(bench->vocabulary);
    sp_analyser_free(bench->analyser);
    sp_language_free(bench->language);
    for (size_t i = 0; i < SP_COUNT(FILES); i++) {
        char path[128];
        (void)snprintf(path, sizeof path, "%s/%s", bench->directory, FILES[i]);
        (void)unlink(path);
    }
    (void)rmdir(bench->directory);
}

/** What one round found. */
struct outcome {
    uint32_t looked_at;
    size_t pooled;
    int32_t candidates;
    bool cut;
    size_t bytes;
    uint64_t ns[STEP_COUNT];
};

static enum sp_status run(const struct bench *bench, const Spoina__V1__Draft *draft, size_t lot,
                          struct sp_arena *arena, struct outcome *out, struct sp_error *err)
{
    struct sp_match_context context = {.index = bench->index,
                                       .reader = bench->reader,
                                       .analyser = bench->analyser,
                                       .vocabulary = bench->vocabulary,
                                       .arena = arena,
                                       .today = TODAY};
    struct sp_pool_request request = {.draft = draft, .lot_index = lot, .day = TODAY};
    struct sp_assembly_options options = {.certain_only = false};
    struct sp_pool pool;
    struct sp_pool revised;
    struct sp_assembly assembly;
    enum sp_status status = sp_weights_read(NULL, &request.weights, err);
    if (status == SP_OK) {
        status = sp_team_options_read(NULL, &options.team, err);
    }
    if (status == SP_OK) {
        status = sp_reader_begin(bench->reader, NULL, err);
    }
    uint64_t start = timing_now_ns();
    if (status == SP_OK) {
        status = sp_pool_build(&context, &request, arena, &pool, err);
    }
    uint64_t built = timing_now_ns();
    if (status == SP_OK) {
        status = sp_pool_revise(&context, &pool, draft, lot, arena, &revised, err);
    }
    uint64_t again = timing_now_ns();
    if (status == SP_OK) {
        status = sp_assembly_make(&pool, bench->book, TODAY, &options, arena, &assembly, err);
    }
    uint64_t end = timing_now_ns();
    sp_reader_end(bench->reader);
    if (status == SP_OK) {
        *out = (struct outcome){.looked_at = pool.looked_at,
                                .pooled = pool.count,
                                .candidates = assembly.problem.candidate_count,
                                .cut = pool.candidates_cut,
                                .bytes = sp_arena_used_bytes(arena),
                                .ns = {built - start, again - built, end - again}};
    }
    return status;
}

/** Open one lot again and again; print the medians. */
static enum sp_status measure(const struct bench *bench, const char *name,
                              const Spoina__V1__Draft *draft, size_t lot, struct sp_error *err)
{
    uint64_t *ns[STEP_COUNT];
    struct outcome outcome = {0};
    struct sp_arena *arena = sp_arena_new(LOT_ARENA_BYTES);
    enum sp_status status = arena == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (int step = 0; step < STEP_COUNT; step++) {
        ns[step] = calloc(bench->rounds, sizeof *ns[step]);
        status = ns[step] == NULL ? SP_FAIL_NOMEM(err) : status;
    }
    for (size_t i = 0; status == SP_OK && i < bench->rounds; i++) {
        sp_arena_reset(arena);
        status = run(bench, draft, lot, arena, &outcome, err);
        for (int step = 0; step < STEP_COUNT; step++) {
            ns[step][i] = outcome.ns[step];
        }
    }
    double median_ms[STEP_COUNT];
    for (int step = 0; step < STEP_COUNT; step++) {
        struct timings timings = {ns[step], status == SP_OK ? bench->rounds : 0};
        median_ms[step] = timing_figures(&timings).p50_us / 1000;
        free(ns[step]);
    }
    sp_arena_free(arena);
    if (status == SP_OK) {
        printf("{\"draft\":\"%s\",\"lot\":\"%s\",\"requirements\":%zu,\"catalogue\":%u,"
               "\"looked_at\":%u,\"cut\":%s,\"pool\":%zu,\"candidates\":%d,\"mebibytes\":%.1f,"
               "\"pool_ms\":%.2f,\"revise_ms\":%.2f,\"assembly_ms\":%.2f}\n",
               name, draft->lots[lot]->id, draft->lots[lot]->n_requirements, bench->entities,
               outcome.looked_at, outcome.cut ? "true" : "false", outcome.pooled,
               outcome.candidates, (double)outcome.bytes / (1 << 20), median_ms[STEP_POOL],
               median_ms[STEP_REVISE], median_ms[STEP_ASSEMBLY]);
    }
    return status;
}

static enum sp_status measure_file(const struct bench *bench, const char *path,
                                   struct sp_error *err)
{
    char *json = NULL;
    size_t length = 0;
    ProtobufCMessage *given = NULL;
    Spoina__V1__Draft *draft = NULL;
    struct sp_arena *arena = sp_arena_new(DRAFT_ARENA_BYTES);
    struct sp_draft_warnings warnings = {.arena = arena};
    enum sp_status status = arena == NULL
                                ? SP_FAIL_NOMEM(err)
                                : sp_file_read(path, DRAFT_MAX_BYTES, &json, &length, err);
    if (status == SP_OK) {
        status = sp_message_from_json(&spoina__v1__draft__descriptor, sp_view_from(json, length),
                                      NULL, 0, arena, &given, err);
    }
    if (status == SP_OK) {
        status = sp_draft_check((const Spoina__V1__Draft *)given, bench->vocabulary,
                                SP_DRAFT_WRITTEN, arena, &warnings, &draft, err);
    }
    for (size_t i = 0; status == SP_OK && i < draft->n_lots; i++) {
        const char *slash = strrchr(path, '/');
        status = measure(bench, slash == NULL ? path : slash + 1, draft, i, err);
    }
    sp_free(json);
    sp_arena_free(arena);
    return status;
}

int main(int argc, char **argv)
{
    struct bench bench = {
        .entities = SP_REGION_ENTITIES, .rounds = 5, .directory = "/tmp/spoina-lot-XXXXXX"};
    int at = 1;
    for (; at + 1 < argc && strncmp(argv[at], "--", 2) == 0; at += 2) {
        unsigned long number = strtoul(argv[at + 1], NULL, 10);
        if (strcmp(argv[at], "--entities") == 0 && number >= 1 && number <= 1000000) {
            bench.entities = (uint32_t)number;
        } else if (strcmp(argv[at], "--rounds") == 0 && number >= 1 && number <= ROUNDS_MAX) {
            bench.rounds = number;
        } else {
            at = argc;
            break;
        }
    }
    if (at >= argc) {
        (void)fputs("lot [--entities N] [--rounds N] DRAFT.json...\n", stderr);
        return 2;
    }
    struct sp_error error = {0};
    enum sp_status status = open_bench(&bench, &error);
    for (; status == SP_OK && at < argc; at++) {
        status = measure_file(&bench, argv[at], &error);
    }
    close_bench(&bench);
    if (status != SP_OK) {
        (void)fprintf(stderr, "%s: %s\n", error.place, error.english);
    }
    return status == SP_OK ? 0 : 1;
}
