/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * conflation FILE.conllu: how well forms of one word meet, and how fast, against Lucene in the same
 * run.
 *
 * Two forms meet if they share an index term; they should if they share a gold lemma (conllu.h,
 * pairs.h). Peers: Lucene's MorfologikAnalyzer (the same dictionary) and PolishAnalyzer (Stempel).
 * Times are of the file's running text, a word, the median of rounds in which all engines take
 * turns: "warm" once the cache of forms has seen the text (Java is warmed up likewise), "first"
 * with a new analyser for every pass, so that each form is met for the first time.
 *
 * What it does not show: the choice of a reading in context, which no engine here makes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unicode/uvernum.h>

#include "base/memory.h"
#include "benchmarks/conflation/lucene.h"
#include "benchmarks/conflation/pairs.h"
#include "benchmarks/conflation/robustness.h"
#include "benchmarks/lib/report.h"

enum { ROUNDS_MAX = 200, ARENA_BYTES = 1 << 28 };
enum engine { ENGINE_WARM, ENGINE_FIRST, ENGINE_MORFOLOGIK, ENGINE_STEMPEL, ENGINE_COUNT };

static const char *const engine_names[ENGINE_COUNT] = {"spoina, warm", "spoina, first pass",
                                                       "Lucene Morfologik", "Lucene Stempel"};

struct options {
    const char *file;
    const char *share;
    unsigned rounds;
    unsigned warm_up;
    unsigned long seed;
    bool with_peers;
};

struct bench {
    struct options options;
    struct sp_language *language;
    struct sp_analyser *analyser;
    struct lucene *lucene; /* NULL: absent */
    struct conllu corpus;
    struct sp_arena *arena;
    size_t words; /* of the running text */
    uint64_t ns[ENGINE_COUNT][ROUNDS_MAX];
};

static enum sp_status add_tokens(struct bench *bench, uint32_t form, struct grouping *found,
                                 struct sp_error *err)
{
    struct sp_token_list tokens;
    enum sp_status status =
        sp_analyse(bench->analyser, bench->corpus.forms[form].form, 0, bench->arena, &tokens, err);
    for (size_t i = 0; status == SP_OK && i < tokens.count; i++) {
        for (size_t k = 0; k < tokens.tokens[i].lemma_count && status == SP_OK; k++) {
            status = grouping_add(found, form, tokens.tokens[i].lemmas[k]);
        }
    }
    return status;
}

static enum sp_status add_terms(struct bench *bench, enum lucene_kind kind, uint32_t form,
                                struct grouping *found, struct sp_error *err)
{
    struct sp_view terms[LUCENE_TERMS_MAX];
    size_t count = 0;
    enum sp_status status = lucene_terms(bench->lucene, kind, bench->corpus.forms[form].form,
                                         bench->arena, terms, &count, err);
    for (size_t i = 0; i < count && status == SP_OK; i++) {
        /* Fold as gold is folded: Morfologik keeps the capitals of names. */
        status = sp_fold(bench->analyser, terms[i], bench->arena, &terms[i], err);
        if (status == SP_OK) {
            status = grouping_add(found, form, terms[i]);
        }
    }
    return status;
}

static enum sp_status score(struct bench *bench, enum engine engine, struct sp_error *err)
{
    struct grouping gold = {.entries = NULL};
    struct grouping found = {.entries = NULL};
    struct pair_score result;
    enum sp_status status = SP_OK;
    for (uint32_t i = 0; i < bench->corpus.form_count && status == SP_OK; i++) {
        const struct conllu_form *form = &bench->corpus.forms[i];
        for (size_t k = 0; k < form->lemma_count && status == SP_OK; k++) {
            status = grouping_add(&gold, i, form->lemmas[k]);
        }
        if (status == SP_OK) {
            status =
                engine == ENGINE_WARM
                    ? add_tokens(bench, i, &found, err)
                    : add_terms(bench,
                                engine == ENGINE_MORFOLOGIK ? LUCENE_MORFOLOGIK : LUCENE_STEMPEL, i,
                                &found, err);
        }
    }
    if (status == SP_OK) {
        status = pairs_compare(&gold, &found, &result);
    }
    if (status == SP_OK) {
        (void)printf("{\"engine\":\"%s\",\"forms\":%zu,\"gold_pairs\":%zu,\"found_pairs\":%zu,"
                     "\"precision\":%.4f,\"recall\":%.4f,\"f1\":%.4f}\n",
                     engine == ENGINE_WARM ? "spoina" : engine_names[engine],
                     bench->corpus.form_count, result.gold_pairs, result.found_pairs,
                     result.precision, result.recall, result.f1);
    }
    grouping_release(&gold);
    grouping_release(&found);
    sp_arena_reset(bench->arena);
    return status;
}

static enum sp_status count_word(void *context, const struct sp_token *token)
{
    size_t *words = context;
    *words += (token->flags & SP_TOKEN_PART) == 0;
    return SP_OK;
}

static enum sp_status pass(struct bench *bench, struct sp_analyser *analyser, uint64_t *ns,
                           struct sp_error *err)
{
    size_t words = 0;
    uint64_t start_ns = timing_now_ns();
    enum sp_status status =
        sp_analyse_each(analyser, bench->corpus.text, 0, count_word, &words, err);
    *ns = timing_now_ns() - start_ns;
    bench->words = words;
    return status;
}

static enum sp_status first_pass(struct bench *bench, uint64_t *ns, struct sp_error *err)
{
    struct sp_analyser *fresh = NULL;
    enum sp_status status = sp_analyser_new(bench->language, &fresh, err);
    if (status == SP_OK) {
        status = pass(bench, fresh, ns, err);
    }
    sp_analyser_free(fresh);
    return status;
}

static enum sp_status run_engine(struct bench *bench, enum engine engine, uint64_t *ns,
                                 struct sp_error *err)
{
    switch (engine) {
    case ENGINE_WARM:
        return pass(bench, bench->analyser, ns, err);
    case ENGINE_FIRST:
        return first_pass(bench, ns, err);
    case ENGINE_MORFOLOGIK:
        return lucene_pass(bench->lucene, LUCENE_MORFOLOGIK, bench->corpus.text, ns, err);
    default:
        return lucene_pass(bench->lucene, LUCENE_STEMPEL, bench->corpus.text, ns, err);
    }
}

static enum engine last_engine(const struct bench *bench)
{
    return bench->lucene != NULL ? ENGINE_STEMPEL : ENGINE_FIRST;
}

/* Warm up, then let all engines take turns. */
static enum sp_status run_rounds(struct bench *bench, struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (unsigned round = 0; round < bench->options.warm_up + bench->options.rounds; round++) {
        for (int e = 0; e <= (int)last_engine(bench) && status == SP_OK; e++) {
            uint64_t ns = 0;
            status = run_engine(bench, (enum engine)e, &ns, err);
            if (round >= bench->options.warm_up) {
                bench->ns[e][round - bench->options.warm_up] = ns;
            }
        }
    }
    return status;
}

static double ns_per_word(struct bench *bench, enum engine engine)
{
    struct timings timings = {.ns = bench->ns[engine], .count = bench->options.rounds};
    return timing_figures(&timings).p50_us * 1000 / (double)bench->words;
}

static enum sp_status report_times(struct bench *bench, struct sp_error *err)
{
    enum sp_status status = run_rounds(bench, err);
    if (status != SP_OK || bench->words == 0) {
        return status;
    }
    double peer = bench->lucene == NULL ? 0 : ns_per_word(bench, ENGINE_MORFOLOGIK);
    for (int e = 0; e <= (int)last_engine(bench); e++) {
        double own = ns_per_word(bench, (enum engine)e);
        (void)printf("{\"time\":\"%s\",\"words\":%zu,\"rounds\":%u,\"ns_per_word\":%.0f",
                     engine_names[e], bench->words, bench->options.rounds, own);
        if (peer > 0) {
            (void)printf(",\"of_lucene_morfologik\":%.3f", own / peer);
        }
        (void)printf("}\n");
    }
    return SP_OK;
}

static enum sp_status report_robustness(struct bench *bench, struct sp_error *err)
{
    static const char *const names[ROBUSTNESS_CHANGES] = {
        "as written", "diacritics stripped, all forms", "diacritics stripped, forms that have any",
        "one typing error, 6 letters and more",
        "one typing error, sought also when it made a word"};
    for (int change = 0; change < ROBUSTNESS_CHANGES; change++) {
        struct robustness result;
        enum sp_status status =
            robustness_measure(&bench->corpus, bench->analyser, (enum robustness_change)change,
                               bench->options.seed, &result, err);
        if (status != SP_OK) {
            return status;
        }
        double tried = result.tried == 0 ? 1 : (double)result.tried;
        (void)printf("{\"robustness\":\"%s\",\"tried\":%zu,\"right_lemma\":%.4f,"
                     "\"right_lemma_first\":%.4f,\"candidates\":%.2f,\"us_per_word\":%.1f}\n",
                     names[change], result.tried, (double)result.right / tried,
                     (double)result.first / tried, result.mean_count, result.mean_us);
    }
    return SP_OK;
}

static void report_head(const struct bench *bench, const struct sp_error *peers)
{
    (void)printf("{\"benchmark\":\"conflation\",");
    report_machine(stdout);
    (void)printf(",\"icu\":\"%s\",\"peers\":\"%s\",\"seed\":%lu,\"file\":\"%s\"}\n", U_ICU_VERSION,
                 bench->lucene != NULL ? lucene_version(bench->lucene) : peers->english,
                 bench->options.seed, bench->options.file);
}

static enum sp_status run(struct bench *bench, struct sp_error *err)
{
    struct sp_error peers = {.english = "left out"};
    enum sp_status status = sp_language_open(bench->options.share, &bench->language, err);
    if (status == SP_OK) {
        status = sp_analyser_new(bench->language, &bench->analyser, err);
    }
    if (status == SP_OK) {
        status = conllu_read(bench->options.file, bench->analyser, &bench->corpus, err);
    }
    if (status != SP_OK) {
        return status;
    }
    if (bench->options.with_peers && lucene_start(&bench->lucene, &peers) != SP_OK) {
        (void)fprintf(stderr, "Lucene is absent: %s\n", peers.english);
    }
    report_head(bench, &peers);
    status = score(bench, ENGINE_WARM, err);
    for (int e = ENGINE_MORFOLOGIK; e <= (int)last_engine(bench) && status == SP_OK; e++) {
        status = score(bench, (enum engine)e, err);
    }
    status = status == SP_OK ? report_robustness(bench, err) : status;
    return status == SP_OK ? report_times(bench, err) : status;
}

static bool read_options(int argc, char **argv, struct options *out)
{
    *out = (struct options){.share = getenv("SPOINA_SHARE"),
                            .rounds = 15,
                            .warm_up = 40, /* Java compiles its hot loops within some thirty */
                            .seed = 1,
                            .with_peers = true};
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;
        if (strcmp(argv[i], "--without-peers") == 0) {
            out->with_peers = false;
        } else if (argv[i][0] != '-') {
            out->file = argv[i];
        } else if (value == NULL) {
            return false;
        } else if (strcmp(argv[i], "--rounds") == 0) {
            out->rounds = (unsigned)strtoul(argv[++i], NULL, 10);
        } else if (strcmp(argv[i], "--warm-up") == 0) {
            out->warm_up = (unsigned)strtoul(argv[++i], NULL, 10);
        } else if (strcmp(argv[i], "--seed") == 0) {
            out->seed = strtoul(argv[++i], NULL, 10);
        } else if (strcmp(argv[i], "--share") == 0) {
            out->share = argv[++i];
        } else {
            return false;
        }
    }
    return out->file != NULL && out->rounds >= 1 && out->rounds <= ROUNDS_MAX && out->seed != 0;
}

int main(int argc, char **argv)
{
    char share[4096];
    struct sp_error err = {.status = SP_OK};
    struct bench *bench = sp_calloc(1, sizeof *bench);
    if (bench == NULL || !read_options(argc, argv, &bench->options)) {
        (void)fprintf(stderr,
                      "usage: %s [--rounds N] [--warm-up N] [--seed N] [--share DIR] "
                      "[--without-peers] FILE.conllu\n",
                      argv[0]);
        sp_free(bench);
        return 2;
    }
    if (bench->options.share == NULL) { /* the program lies in bin/ beside share/ */
        const char *slash = strrchr(argv[0], '/');
        int directory = slash == NULL ? 1 : (int)(slash - argv[0]);
        (void)snprintf(share, sizeof share, "%.*s/../share/spoina", directory,
                       slash == NULL ? "." : argv[0]);
        bench->options.share = share;
    }
    bench->arena = sp_arena_new(ARENA_BYTES);
    enum sp_status status = bench->arena == NULL ? SP_FAIL_NOMEM(&err) : run(bench, &err);
    if (status != SP_OK) {
        (void)fprintf(stderr, "%s: %s\n", err.place, err.english);
    }
    lucene_stop(bench->lucene);
    conllu_release(&bench->corpus);
    sp_analyser_free(bench->analyser);
    sp_language_free(bench->language);
    sp_arena_free(bench->arena);
    sp_free(bench);
    return status == SP_OK ? 0 : 1;
}
