/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * How good the suggested CPV codes are, on notices whose buyers gave a code.
 *
 *     quality FILE.jsonl [--train FILE.jsonl]... [--scale N] [--share DIR]
 *
 * FILE holds {"title","desc","cpv"} a line, "id" if there is one. Printed, a JSON object a line:
 * exact code among the first ten, division and group (two and three digits) of the first, and the
 * mean of 1/rank within the first hundred; for titles alone and with descriptions; for
 *
 *     baseline  BM25 over the official labels, words cut to five letters
 *     none      the suggester as it comes
 *     lines     after importing the other half of FILE, every second line
 *     notices   after importing the other half, with all lots of a notice in the same half
 *     train     after importing the files of --train
 *
 * and each for all queries, for the third of the notices that nobody looked at while the tables
 * were written (notices.h), and as the mean over notices, because one notice may have 239 lots with
 * the same code. Then how often a right and a foreign code are doubted; then the time of a title.
 * With --scale N also the time and the memory of N notices, made of pairs of titles.
 *
 * What it does not show: whether the buyer's code was well chosen.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "benchmarks/lib/report.h"
#include "benchmarks/quality/baseline.h"
#include "benchmarks/quality/figures.h"
#include "benchmarks/quality/notices.h"
#include "matcher/suggest/suggest.h"

enum { ARENA_BYTES = 1 << 29, CALL_BYTES = 64 << 20, TRAIN_MAX = 16, FOREIGN_STEP = 37 };

enum halves { HALVES_NONE, HALVES_LINES, HALVES_NOTICES, HALVES_TRAIN };
static const char *const halves_names[] = {"none", "lines", "notices", "train"};

struct bench {
    const char *share;
    const char *file;
    const char *train[TRAIN_MAX];
    size_t train_count;
    unsigned long scale;
    struct sp_language *language;
    struct sp_analyser *analyser;
    struct sp_vocabulary *vocabulary;
    struct sp_suggester *suggester;
    struct baseline *baseline;
    struct sp_arena *texts;
    struct sp_arena *call; /* reset with each query */
    struct notice_list notices;
    struct notice_list taught; /* of --train */
};

static enum sp_status learn(struct bench *bench, struct sp_lessons_builder *builder,
                            const struct notice *notice, struct sp_error *err)
{
    return notice->cpv == NULL
               ? SP_OK
               : sp_suggest_learn(builder, bench->analyser, notice->whole, &notice->cpv, 1, err);
}

static unsigned half_of(const struct bench *bench, size_t i, enum halves halves)
{
    /* other bits than those that keep a notice apart */
    return halves == HALVES_LINES ? i & 1 : (unsigned)(bench->notices.items[i].group / 7 & 1);
}

/* Lessons for the queries of @p half: what lies in the other half, or the files of --train. */
static enum sp_status make_lessons(struct bench *bench, enum halves halves, unsigned half,
                                   struct sp_lessons **out, struct sp_error *err)
{
    struct sp_lessons_builder *builder = NULL;
    const struct notice_list *list = halves == HALVES_TRAIN ? &bench->taught : &bench->notices;
    enum sp_status status = sp_lessons_builder_new(bench->vocabulary, &builder, err);
    for (size_t i = 0; i < list->count && status == SP_OK; i++) {
        if (halves == HALVES_TRAIN ||
            (halves != HALVES_NONE && half_of(bench, i, halves) != half)) {
            status = learn(bench, builder, &list->items[i], err);
        }
    }
    if (status == SP_OK) {
        status = sp_lessons_builder_finish(builder, out, err);
    }
    sp_lessons_builder_free(builder);
    return status;
}

static enum sp_status ask(struct bench *bench, const struct sp_lessons *lessons,
                          struct sp_view text, const struct sp_cpv *given,
                          struct sp_suggest_answer *answer, struct sp_error *err)
{
    struct sp_suggest_request request = {.text = text,
                                         .limit = SP_SUGGEST_LIMIT_MAX,
                                         .given = &given,
                                         .given_count = given == NULL ? 0 : 1};
    sp_arena_reset(bench->call);
    return sp_suggest_codes(bench->suggester, lessons, bench->analyser, &request, bench->call,
                            answer, err);
}

static enum sp_status measure(struct bench *bench, enum halves halves, bool with_description,
                              struct sp_error *err)
{
    struct figures figures;
    figures_init(&figures);
    enum sp_status status = SP_OK;
    unsigned halves_count = halves == HALVES_LINES || halves == HALVES_NOTICES ? 2 : 1;
    for (unsigned half = 0; half < halves_count && status == SP_OK; half++) {
        struct sp_lessons *lessons = NULL;
        status = make_lessons(bench, halves, half, &lessons, err);
        for (size_t i = 0; i < bench->notices.count && status == SP_OK; i++) {
            const struct notice *notice = &bench->notices.items[i];
            const struct sp_cpv *codes[SP_SUGGEST_LIMIT_MAX];
            struct sp_suggest_answer answer;
            if (halves_count == 2 && half_of(bench, i, halves) != half) {
                continue;
            }
            status = ask(bench, lessons, with_description ? notice->whole : notice->title, NULL,
                         &answer, err);
            for (size_t k = 0; k < answer.count && status == SP_OK; k++) {
                codes[k] = answer.items[k].cpv;
            }
            if (status == SP_OK) {
                status = figures_add(&figures, notice, codes, answer.count);
            }
        }
        sp_lessons_unref(lessons);
    }
    if (status == SP_OK) {
        figures_print(&figures, stdout, halves_names[halves], with_description);
    }
    figures_release(&figures);
    return status;
}

static enum sp_status measure_baseline(struct bench *bench, bool with_description,
                                       struct sp_error *err)
{
    struct figures figures;
    figures_init(&figures);
    enum sp_status status = SP_OK;
    for (size_t i = 0; i < bench->notices.count && status == SP_OK; i++) {
        const struct notice *notice = &bench->notices.items[i];
        const struct sp_cpv *codes[SP_SUGGEST_LIMIT_MAX];
        size_t count = 0;
        status = baseline_find(bench->baseline, bench->analyser,
                               with_description ? notice->whole : notice->title, codes,
                               SP_SUGGEST_LIMIT_MAX, &count, err);
        if (status == SP_OK) {
            status = figures_add(&figures, notice, codes, count);
        }
    }
    if (status == SP_OK) {
        figures_print(&figures, stdout, "baseline", with_description);
    }
    figures_release(&figures);
    return status;
}

/* How often the notice's own code is doubted, and how often that of a notice of another division.
 */
static enum sp_status measure_doubt(struct bench *bench, bool with_description,
                                    struct sp_error *err)
{
    size_t asked[2] = {0, 0};
    size_t said[2][3] = {{0}};
    enum sp_status status = SP_OK;
    for (size_t i = 0; i < bench->notices.count && status == SP_OK; i++) {
        const struct notice *notice = &bench->notices.items[i];
        const struct notice *other =
            &bench->notices.items[(i + FOREIGN_STEP) % bench->notices.count];
        const struct sp_cpv *given[2] = {notice->cpv, other->cpv};
        if (other->cpv != NULL && strncmp(notice->code, other->code, 2) == 0) {
            given[1] = NULL;
        }
        for (size_t k = 0; k < 2 && status == SP_OK; k++) {
            struct sp_suggest_answer answer;
            if (given[k] == NULL) {
                continue;
            }
            status = ask(bench, NULL, with_description ? notice->whole : notice->title, given[k],
                         &answer, err);
            asked[k]++;
            said[k][answer.agreement]++;
        }
    }
    for (size_t k = 0; k < 2 && status == SP_OK; k++) {
        double all = asked[k] == 0 ? 1 : (double)asked[k];
        (void)printf("{\"given\":\"%s\",\"text\":\"%s\",\"count\":%zu,\"agrees\":%.3f,"
                     "\"doubtful\":%.3f,\"unknown\":%.3f}\n",
                     k == 0 ? "own code" : "code of another division",
                     with_description ? "title and description" : "title", asked[k],
                     (double)said[k][SP_AGREEMENT_AGREES] / all,
                     (double)said[k][SP_AGREEMENT_DOUBTFUL] / all,
                     (double)said[k][SP_AGREEMENT_UNKNOWN] / all);
    }
    return status;
}

/* Time every title once with @p lessons. */
static enum sp_status measure_time(struct bench *bench, const struct sp_lessons *lessons,
                                   struct sp_error *err)
{
    struct timings timings = {.ns = sp_calloc(bench->notices.count + 1, sizeof *timings.ns)};
    enum sp_status status = timings.ns == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t i = 0; i < bench->notices.count && status == SP_OK; i++) {
        struct sp_suggest_answer answer;
        uint64_t from = timing_now_ns();
        status = ask(bench, lessons, bench->notices.items[i].title, NULL, &answer, err);
        timings.ns[timings.count++] = timing_now_ns() - from;
    }
    if (status == SP_OK) {
        struct timing_figures figures = timing_figures(&timings);
        (void)printf("{\"learned\":%zu,\"titles\":%zu,\"p50_us\":%.0f,\"p95_us\":%.0f}\n",
                     sp_lessons_count(lessons), timings.count, figures.p50_us, figures.p95_us);
    }
    sp_free(timings.ns);
    return status;
}

/* Learn pairs of titles until there are as many as asked for. */
static enum sp_status measure_scale(struct bench *bench, struct sp_error *err)
{
    struct sp_lessons_builder *builder = NULL;
    struct sp_lessons *lessons = NULL;
    const struct notice_list *list = &bench->notices;
    uint64_t from = timing_now_ns();
    enum sp_status status = sp_lessons_builder_new(bench->vocabulary, &builder, err);
    for (size_t i = 0; i < bench->scale && status == SP_OK; i++) {
        const struct notice *one = &list->items[i % list->count];
        const struct notice *two = &list->items[(i * 7 + i / list->count) % list->count];
        sp_arena_reset(bench->call);
        char *text = sp_arena_printf(bench->call, "%.*s %.*s", SP_VIEW_ARGS(one->title),
                                     SP_VIEW_ARGS(two->title));
        if (text == NULL) {
            status = SP_FAIL_NOMEM(err);
        } else if (one->cpv != NULL) {
            status =
                sp_suggest_learn(builder, bench->analyser, sp_view_of(text), &one->cpv, 1, err);
        }
    }
    if (status == SP_OK) {
        status = sp_lessons_builder_finish(builder, &lessons, err);
    }
    if (status == SP_OK) {
        (void)printf("{\"learned\":%zu,\"bytes\":%zu,\"seconds\":%.2f}\n",
                     sp_lessons_count(lessons), sp_lessons_size_bytes(lessons),
                     (double)(timing_now_ns() - from) / 1e9);
        status = measure_time(bench, lessons, err);
    }
    sp_lessons_unref(lessons);
    sp_lessons_builder_free(builder);
    return status;
}

static enum sp_status open_all(struct bench *bench, struct sp_error *err)
{
    bench->texts = sp_arena_new(ARENA_BYTES);
    bench->call = sp_arena_new(CALL_BYTES);
    enum sp_status status =
        bench->texts == NULL || bench->call == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    if (status == SP_OK) {
        status = sp_language_open(bench->share, &bench->language, err);
    }
    if (status == SP_OK) {
        status = sp_analyser_new(bench->language, &bench->analyser, err);
    }
    if (status == SP_OK) {
        status = sp_vocabulary_open(bench->share, bench->analyser, &bench->vocabulary, err);
    }
    uint64_t from = timing_now_ns();
    if (status == SP_OK) {
        status = sp_suggester_open(bench->share, bench->vocabulary, bench->analyser,
                                   &bench->suggester, err);
    }
    uint64_t until = timing_now_ns();
    if (status == SP_OK) {
        status = baseline_new(bench->vocabulary->cpv, bench->analyser, &bench->baseline, err);
    }
    if (status == SP_OK) {
        status =
            notices_read(bench->file, bench->vocabulary->cpv, bench->texts, &bench->notices, err);
    }
    for (size_t i = 0; i < bench->train_count && status == SP_OK; i++) {
        status = notices_read(bench->train[i], bench->vocabulary->cpv, bench->texts, &bench->taught,
                              err);
    }
    if (status == SP_OK) {
        (void)printf("{");
        report_machine(stdout);
        (void)printf(",\"file\":\"%s\",\"queries\":%zu,\"open_ms\":%.0f}\n", bench->file,
                     bench->notices.count, (double)(until - from) / 1e6);
    }
    return status;
}

static void close_all(struct bench *bench)
{
    notices_release(&bench->notices);
    notices_release(&bench->taught);
    baseline_free(bench->baseline);
    sp_suggester_free(bench->suggester);
    sp_vocabulary_free(bench->vocabulary);
    sp_analyser_free(bench->analyser);
    sp_language_free(bench->language);
    sp_arena_free(bench->call);
    sp_arena_free(bench->texts);
}

static enum sp_status run(struct bench *bench, struct sp_error *err)
{
    enum sp_status status = open_all(bench, err);
    enum halves last = bench->train_count > 0 ? HALVES_TRAIN : HALVES_NOTICES;
    for (int described = 0; described < 2 && status == SP_OK; described++) {
        status = measure_baseline(bench, described == 1, err);
        for (enum halves halves = HALVES_NONE; halves <= last && status == SP_OK; halves++) {
            status = measure(bench, halves, described == 1, err);
        }
    }
    for (int described = 0; described < 2 && status == SP_OK; described++) {
        status = measure_doubt(bench, described == 1, err);
    }
    if (status == SP_OK) {
        status = measure_time(bench, NULL, err);
    }
    if (status == SP_OK && bench->scale > 0 && bench->notices.count > 0) {
        status = measure_scale(bench, err);
    }
    return status;
}

static bool parse(int argc, char **argv, struct bench *bench)
{
    bench->share = getenv("SPOINA_SHARE");
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;
        if (strncmp(argv[i], "--", 2) != 0) {
            if (bench->file != NULL) {
                return false;
            }
            bench->file = argv[i];
            continue;
        }
        if (value == NULL) {
            return false;
        }
        if (strcmp(argv[i], "--train") == 0 && bench->train_count < TRAIN_MAX) {
            bench->train[bench->train_count++] = value;
        } else if (strcmp(argv[i], "--scale") == 0) {
            bench->scale = strtoul(value, NULL, 10);
        } else if (strcmp(argv[i], "--share") == 0) {
            bench->share = value;
        } else {
            return false;
        }
        i++;
    }
    return bench->file != NULL;
}

int main(int argc, char **argv)
{
    struct bench bench = {0};
    struct sp_error err = {0};
    if (!parse(argc, argv, &bench)) {
        (void)fputs("quality FILE.jsonl [--train FILE.jsonl]... [--scale N] [--share DIR]\n",
                    stderr);
        return 2;
    }
    char share[4096];
    if (bench.share == NULL) { /* beside the program, as it is built */
        const char *slash = strrchr(argv[0], '/');
        (void)snprintf(share, sizeof share, "%.*s/../share/spoina",
                       slash == NULL ? 1 : (int)(slash - argv[0]), slash == NULL ? "." : argv[0]);
        bench.share = share;
    }
    enum sp_status status = run(&bench, &err);
    if (status != SP_OK) {
        (void)fprintf(stderr, "quality: %s%s%s\n", err.place, err.place[0] == '\0' ? "" : ": ",
                      err.english);
    }
    close_all(&bench);
    return status == SP_OK ? 0 : 1;
}
