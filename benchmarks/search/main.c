/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Search speed: our index against an exhaustive scorer (same results demanded), FTS5 used naively
 * and Lucene, on the same documents and queries in one run; a JSON report of ratios on standard
 * output.
 *
 * Each engine first answers the queries as often as --warm-up says (FTS5: twenty of them), then
 * once on the clock, query by query. A run in which our results differ from the exhaustive
 * scorer's, or an engine finds another number of hits, is invalid: it prints no ratios and exits 1.
 *
 * What it does not show: several clients at once, cold caches, updates, texts outside the region.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "benchmarks/search/engine.h"
#include "benchmarks/lib/report.h"

enum { ENGINES = 4, FTS5_WARM_UP = 20, PATH_BYTES = 512 };
enum { OURS, EXHAUSTIVE, FTS5, LUCENE };

struct options {
    uint32_t documents;
    uint32_t queries;
    uint32_t warm_up; /* rounds */
    uint64_t seed;
    bool zipf;
    bool without[ENGINES];
    const char *share_dir;
};

struct run {
    struct options options;
    struct corpus corpus;
    struct corpus_query *queries;
    struct engine engines[ENGINES];
    double build_ms[ENGINES];
    struct timing_figures figures[ENGINES][MODE_COUNT];
    struct answer *answers; /* of our index, for the mode being run */
    uint32_t wrong;         /* answers that differ from ours */
    char directory[PATH_BYTES];
};

static const char *const USAGE =
    "search - speed of the catalogue search against FTS5 and Lucene\n"
    "\n"
    "usage: search [--documents N] [--queries N] [--seed N] [--warm-up ROUNDS]\n"
    "              [--corpus region|zipf] [--share DIR]\n"
    "              [--without exhaustive|fts5|lucene]...\n"
    "\n"
    "Defaults: 200000 offers of the fictional region, 1000 queries, seed 2026, 3 rounds.\n"
    "Prints progress on standard error and one JSON report on standard output.\n"
    "Exit: 0 done, 1 invalid run or failure, 2 wrong usage.\n";

static bool parse_without(struct options *options, const char *name)
{
    static const char *const names[ENGINES] = {"spoina", "exhaustive", "fts5", "lucene"};
    for (size_t i = EXHAUSTIVE; i < ENGINES; i++) {
        if (strcmp(name, names[i]) == 0) {
            options->without[i] = true;
            return true;
        }
    }
    return false;
}

static bool parse_number(const char *text, uint64_t least, uint64_t most, uint64_t *out)
{
    char *end = NULL;
    unsigned long long value = strtoull(text, &end, 10);
    *out = value;
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && value >= least && value <= most;
}

static bool parse_option(struct options *options, const char *name, const char *value)
{
    uint64_t number = 0;
    if (strcmp(name, "--documents") == 0 && parse_number(value, 20, 20000000, &number)) {
        options->documents = (uint32_t)number;
    } else if (strcmp(name, "--queries") == 0 && parse_number(value, 1, 100000, &number)) {
        options->queries = (uint32_t)number;
    } else if (strcmp(name, "--warm-up") == 0 && parse_number(value, 0, 100, &number)) {
        options->warm_up = (uint32_t)number;
    } else if (strcmp(name, "--seed") == 0 && parse_number(value, 0, UINT64_MAX, &number)) {
        options->seed = number;
    } else if (strcmp(name, "--share") == 0) {
        options->share_dir = value;
    } else if (strcmp(name, "--corpus") == 0 &&
               (strcmp(value, "zipf") == 0 || strcmp(value, "region") == 0)) {
        options->zipf = strcmp(value, "zipf") == 0;
    } else {
        return strcmp(name, "--without") == 0 && parse_without(options, value);
    }
    return true;
}

/** The tables beside the programs, unless told otherwise. */
static void default_share(char *out, size_t size)
{
    const char *set = getenv("SPOINA_SHARE");
    char program[PATH_BYTES];
    ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
    program[length < 0 ? 0 : length] = '\0';
    char *slash = strrchr(program, '/');
    if (slash != NULL) {
        *slash = '\0';
    }
    if (set != NULL) {
        snprintf(out, size, "%s", set);
    } else {
        snprintf(out, size, "%s/../share/spoina", program);
    }
}

static bool parse_options(int argc, char **argv, struct options *options)
{
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 >= argc || !parse_option(options, argv[i], argv[i + 1])) {
            fprintf(stderr, "search: wrong option %s\n\n%s", argv[i], USAGE);
            return false;
        }
    }
    return true;
}

static enum sp_status make_corpus(struct run *run, struct sp_error *err)
{
    const struct options *options = &run->options;
    fprintf(stderr, "making %u documents (%s) ...\n", options->documents,
            options->zipf ? "zipf" : "region");
    enum sp_status status =
        options->zipf ? corpus_from_zipf(&run->corpus, options->documents, options->seed, err)
                      : corpus_from_region(&run->corpus, options->documents, options->seed,
                                           options->share_dir, err);
    if (status != SP_OK) {
        return status;
    }
    corpus_finish(&run->corpus);
    run->queries = calloc(options->queries, sizeof(*run->queries));
    run->answers = calloc(options->queries, sizeof(*run->answers));
    if (run->queries == NULL || run->answers == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    uint64_t seed = options->seed;
    for (uint32_t i = 0; i < options->queries; i++) {
        corpus_query(&run->corpus, &seed, &run->queries[i]);
    }
    return SP_OK;
}

static enum sp_status open_engines(struct run *run, struct sp_error *err)
{
    for (size_t i = 0; i < ENGINES; i++) {
        struct engine *engine = &run->engines[i];
        if (run->options.without[i]) {
            continue;
        }
        fprintf(stderr, "indexing with %s ...\n", engine->name);
        uint64_t start = timing_now_ns();
        enum sp_status status = engine->open(engine, &run->corpus, run->queries,
                                             run->options.queries, run->directory, err);
        run->build_ms[i] = (double)(timing_now_ns() - start) / 1e6;
        if (status == SP_UNSUPPORTED) {
            fprintf(stderr, "without %s: %s\n", engine->name, err->english);
            run->options.without[i] = true;
        } else if (status != SP_OK) {
            return status;
        }
    }
    return SP_OK;
}

/** Compare an answer with ours: the same scores from the exhaustive scorer, as many hits from all.
 */
static bool agrees(const struct answer *ours, const struct answer *other, bool exhaustive)
{
    if (ours->count != other->count) {
        return false;
    }
    for (size_t i = 0; exhaustive && i < ours->count; i++) {
        if (ours->documents[i] != other->documents[i] || ours->scores[i] != other->scores[i]) {
            return false;
        }
    }
    return true;
}

static enum sp_status warm_up(struct run *run, size_t number, unsigned mode, struct sp_error *err)
{
    struct engine *engine = &run->engines[number];
    uint64_t queries = (uint64_t)run->options.queries * run->options.warm_up;
    if (number == EXHAUSTIVE) {
        queries = 0;
    } else if (number == FTS5 && queries > FTS5_WARM_UP) {
        queries = FTS5_WARM_UP;
    }
    struct answer answer;
    for (uint64_t i = 0; i < queries; i++) {
        enum sp_status status =
            engine->search(engine, (size_t)(i % run->options.queries), mode, &answer, err);
        if (status != SP_OK) {
            return status;
        }
    }
    return SP_OK;
}

static enum sp_status time_engine(struct run *run, size_t number, unsigned mode,
                                  struct sp_error *err)
{
    struct engine *engine = &run->engines[number];
    struct timings timings = {calloc(run->options.queries, sizeof(uint64_t)), run->options.queries};
    enum sp_status status =
        timings.ns == NULL ? SP_FAIL_NOMEM(err) : warm_up(run, number, mode, err);
    for (uint32_t i = 0; i < run->options.queries && status == SP_OK; i++) {
        struct answer answer = {.count = 0};
        uint64_t start = timing_now_ns();
        status = engine->search(engine, i, mode, &answer, err);
        timings.ns[i] = timing_now_ns() - start;
        if (number == OURS) {
            run->answers[i] = answer;
        } else if (!agrees(&run->answers[i], &answer, number == EXHAUSTIVE)) {
            fprintf(stderr, "query %u, mode %u: %s differs\n", i, mode, engine->name);
            run->wrong++;
        }
    }
    if (status == SP_OK) {
        run->figures[number][mode] = timing_figures(&timings);
    }
    free(timings.ns);
    return status;
}

static enum sp_status time_all(struct run *run, struct sp_error *err)
{
    for (unsigned mode = 0; mode < MODE_COUNT; mode++) {
        for (size_t i = 0; i < ENGINES; i++) {
            if (run->options.without[i]) {
                continue;
            }
            fprintf(stderr, "%s%s: %s ...\n", (mode & MODE_ALL) != 0 ? "AND" : "OR",
                    (mode & MODE_POWIAT) != 0 ? " in one powiat" : "", run->engines[i].name);
            enum sp_status status = time_engine(run, i, mode, err);
            if (status != SP_OK) {
                return status;
            }
        }
    }
    return SP_OK;
}

static void report_engine(const struct run *run, size_t number, unsigned mode)
{
    const struct timing_figures *figures = &run->figures[number][mode];
    const struct timing_figures *ours = &run->figures[OURS][mode];
    printf("\"%s\":{\"p50_us\":%.1f,\"p95_us\":%.1f,\"mean_us\":%.1f", run->engines[number].name,
           figures->p50_us, figures->p95_us, figures->mean_us);
    if (number != OURS) {
        printf(",\"p50_ratio\":%.2f,\"p95_ratio\":%.2f", figures->p50_us / ours->p50_us,
               figures->p95_us / ours->p95_us);
    }
    printf("}");
}

static void report(const struct run *run)
{
    printf("{\"benchmark\":\"search\",");
    report_machine(stdout);
    printf(",\"seed\":%llu,\"corpus\":\"%s\",\"documents\":%u,\"terms\":%u,\"words\":%u,"
           "\"queries\":%u,\"warm_up_rounds\":%u,\"identical_to_exhaustive\":%s,\"engines\":{",
           (unsigned long long)run->options.seed, run->options.zipf ? "zipf" : "region",
           run->corpus.document_count, run->corpus.term_count, run->corpus.word_count,
           run->options.queries, run->options.warm_up,
           run->options.without[EXHAUSTIVE] ? "null" : "true");
    for (size_t i = 0; i < ENGINES; i++) {
        if (!run->options.without[i]) {
            printf("%s\"%s\":{\"version\":\"%s\",\"index_ms\":%.0f", i == 0 ? "" : ",",
                   run->engines[i].name, run->engines[i].version, run->build_ms[i]);
            if (run->engines[i].bytes > 0) {
                printf(",\"bytes\":%zu", run->engines[i].bytes);
            }
            printf("}");
        }
    }
    printf("},\"modes\":[");
    for (unsigned mode = 0; mode < MODE_COUNT; mode++) {
        printf("%s{\"words\":\"%s\",\"powiat\":%s,", mode == 0 ? "" : ",",
               (mode & MODE_ALL) != 0 ? "and" : "or", (mode & MODE_POWIAT) != 0 ? "true" : "false");
        for (size_t i = 0; i < ENGINES; i++) {
            if (!run->options.without[i]) {
                printf("%s", i == 0 ? "" : ",");
                report_engine(run, i, mode);
            }
        }
        printf("}");
    }
    printf("]}\n");
}

static void remove_directory(const char *path)
{
    DIR *directory = opendir(path);
    struct dirent *entry = directory == NULL ? NULL : readdir(directory);
    for (; entry != NULL; entry = readdir(directory)) {
        char file[PATH_BYTES + 256];
        snprintf(file, sizeof(file), "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.') {
            unlink(file);
        }
    }
    if (directory != NULL) {
        closedir(directory);
    }
    rmdir(path);
}

static enum sp_status run_all(struct run *run, struct sp_error *err)
{
    enum sp_status status = make_corpus(run, err);
    if (status == SP_OK) {
        status = open_engines(run, err);
    }
    return status == SP_OK ? time_all(run, err) : status;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(USAGE, stdout);
        return 0;
    }
    struct run run = {
        .options = {.documents = 200000, .queries = 1000, .warm_up = 3, .seed = 2026},
        .engines = {engine_index(), engine_exhaustive(), engine_fts5(), engine_lucene()}};
    char share_dir[PATH_BYTES + 32];
    default_share(share_dir, sizeof(share_dir));
    run.options.share_dir = share_dir;
    if (!parse_options(argc, argv, &run.options)) {
        return 2;
    }
    const char *temporary = getenv("TMPDIR");
    snprintf(run.directory, sizeof(run.directory), "%s/spoina-search-XXXXXX",
             temporary == NULL ? "/tmp" : temporary);
    if (mkdtemp(run.directory) == NULL) {
        fprintf(stderr, "search: no temporary directory %s\n", run.directory);
        return 1;
    }
    struct sp_error err = {.status = SP_OK};
    enum sp_status status = run_all(&run, &err);
    bool valid = status == SP_OK && run.wrong == 0;
    if (valid) {
        report(&run);
    } else {
        fprintf(stderr, "search: invalid run: %u wrong answers; %s: %s\n", run.wrong, err.place,
                err.english);
    }
    for (size_t i = 0; i < ENGINES; i++) {
        run.engines[i].close(&run.engines[i]);
    }
    remove_directory(run.directory);
    corpus_release(&run.corpus);
    free(run.queries);
    free(run.answers);
    return valid ? 0 : 1;
}
