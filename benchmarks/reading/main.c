/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * reading [--rounds N] FILE...
 *
 * How fast files become drafts, beside programs that read the same files: xmllint (only parses),
 * pandoc to plain text, pdftotext. Both sides are processes: each kind of file is read by this very
 * program (--only-read FILE...) and by the peer, in turn, and the medians and the largest resident
 * memory are told as ratios. xmllint gets all files at once, the others one a process, and so does
 * this program, so that starting costs the same on both sides. A peer that is not installed is
 * said and left out; a file that either side cannot read makes the outcome of its kind invalid.
 */
#define _GNU_SOURCE /* wait4 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "benchmarks/lib/report.h"
#include "matcher/tender/notice.h"
#include "matcher/tender/tender_read.h"

enum { ROUNDS_MAX = 100, FILES_MAX = 1000, ARENA_BYTES = 256 << 20 };

/** What a kind of file is compared with. */
struct peer {
    enum sp_document_format format;
    bool all_at_once;
    const char *arguments[5]; /* before the file; ended by NULL */
};

static const struct peer PEERS[] = {
    {SP_DOCUMENT_XML, true, {"xmllint", "--noout", NULL}},
    {SP_DOCUMENT_HTML, false, {"pandoc", "--from=html", "--to=plain", NULL}},
    {SP_DOCUMENT_DOCX, false, {"pandoc", "--from=docx", "--to=plain", NULL}},
    {SP_DOCUMENT_ODT, false, {"pandoc", "--from=odt", "--to=plain", NULL}},
    {SP_DOCUMENT_PDF, false, {"pdftotext", "-layout", NULL}},
};

/** One side's figures: a time for each round, the largest memory of all. */
struct side {
    uint64_t ns[ROUNDS_MAX];
    long rss_kib;
    bool failed;
};

static int read_one(const char *path)
{
    char *data = NULL;
    size_t length = 0;
    struct sp_error error = {0};
    if (sp_file_read(path, SP_DOCUMENT_MAX_BYTES, &data, &length, &error) != SP_OK) {
        (void)fprintf(stderr, "%s: %s\n", path, error.english);
        return 1;
    }
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_draft_warnings warnings = {.arena = arena};
    struct sp_tender_reading reading;
    enum sp_status status =
        sp_tender_read(sp_view_from(data, length), path, NULL, arena, &warnings, &reading, &error);
    if (status == SP_OK) {
        (void)fwrite(reading.document.text.data, 1, reading.document.text.length, stdout);
    } else {
        (void)fprintf(stderr, "%s: %s\n", error.place, error.english);
    }
    sp_arena_free(arena);
    sp_free(data);
    return status == SP_OK ? 0 : 1;
}

/** Run a program over files with its output thrown away; false if it fails. */
static bool run(const char *const *program, char *const *files, size_t count, bool pdf,
                struct side *side)
{
    const char *arguments[FILES_MAX + 8] = {NULL};
    size_t at = 0;
    while (program[at] != NULL) {
        arguments[at] = program[at];
        at++;
    }
    for (size_t i = 0; i < count; i++) {
        arguments[at++] = files[i];
    }
    arguments[at] = pdf ? "-" : NULL;
    (void)fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        int nothing = open("/dev/null", O_WRONLY);
        if (nothing < 0 || dup2(nothing, STDOUT_FILENO) < 0 || dup2(nothing, STDERR_FILENO) < 0) {
            _exit(126);
        }
        (void)execvp(arguments[0], (char *const *)arguments);
        _exit(127);
    }
    int state = 0;
    struct rusage usage = {0};
    if (child < 0 || wait4(child, &state, 0, &usage) != child) {
        return false;
    }
    side->rss_kib = usage.ru_maxrss > side->rss_kib ? usage.ru_maxrss : side->rss_kib;
    return WIFEXITED(state) && WEXITSTATUS(state) == 0;
}

/** Read all files once by @p program. */
static void measure(const char *const *program, const struct peer *peer, char *const *files,
                    size_t count, bool pdf, size_t round, struct side *side)
{
    uint64_t start = timing_now_ns();
    size_t step = peer->all_at_once ? count : 1;
    for (size_t i = 0; i < count; i += step) {
        side->failed = !run(program, files + i, step, pdf, side) || side->failed;
    }
    side->ns[round] = timing_now_ns() - start;
}

static double median_ms(struct side *side, size_t rounds)
{
    struct timings timings = {side->ns, rounds};
    return timing_figures(&timings).p50_us / 1000;
}

static void compare(const char *self, const struct peer *peer, char *const *files, size_t count,
                    size_t rounds, bool *first)
{
    static struct side ours;
    static struct side theirs;
    const char *const us[] = {self, "--only-read", NULL};
    bool pdf = peer->format == SP_DOCUMENT_PDF;
    memset(&ours, 0, sizeof ours);
    memset(&theirs, 0, sizeof theirs);
    for (size_t round = 0; round < rounds; round++) {
        measure(us, peer, files, count, false, round, &ours);
        measure(peer->arguments, peer, files, count, pdf, round, &theirs);
    }
    double our_ms = median_ms(&ours, rounds);
    double their_ms = median_ms(&theirs, rounds);
    (void)printf("%s\n  {\"kind\": \"%s\", \"files\": %zu, \"ours_ms\": %.2f, \"ours_mib\": %.1f",
                 *first ? "" : ",", sp_document_format_name(peer->format), count, our_ms,
                 (double)ours.rss_kib / 1024);
    if (ours.failed || theirs.failed) {
        (void)printf(", \"invalid\": \"%s\"}", ours.failed ? "a file was refused" : "no peer");
    } else {
        (void)printf(", \"peer\": \"%s\", \"peer_ms\": %.2f, \"peer_mib\": %.1f, "
                     "\"ratio\": %.2f}",
                     peer->arguments[0], their_ms, (double)theirs.rss_kib / 1024,
                     our_ms / their_ms);
    }
    *first = false;
}

/** Collect the files of one format. */
static size_t select_files(enum sp_document_format format, char **files, int count, char **out)
{
    size_t selected = 0;
    for (int i = 0; i < count && selected < FILES_MAX; i++) {
        char *data = NULL;
        size_t length = 0;
        enum sp_document_format its = SP_DOCUMENT_PLAIN;
        if (sp_file_read(files[i], SP_DOCUMENT_MAX_BYTES, &data, &length, NULL) == SP_OK &&
            sp_document_recognise(sp_view_from(data, length), NULL, &its, NULL) == SP_OK &&
            its == format) {
            out[selected++] = files[i];
        }
        sp_free(data);
    }
    return selected;
}

static int usage(void)
{
    (void)fprintf(stderr, "usage: reading [--rounds N] FILE...\n");
    return 2;
}

int main(int argc, char **argv)
{
    static char *selected[FILES_MAX];
    size_t rounds = 5;
    int at = 1;
    sp_notice_setup();
    if (argc > 2 && strcmp(argv[1], "--only-read") == 0) {
        int failed = 0;
        for (int i = 2; i < argc; i++) {
            failed += read_one(argv[i]);
        }
        return failed == 0 ? 0 : 1;
    }
    if (argc > 2 && strcmp(argv[1], "--rounds") == 0) {
        rounds = (size_t)strtoul(argv[2], NULL, 10);
        at = 3;
    }
    if (at >= argc || rounds == 0 || rounds > ROUNDS_MAX) {
        return usage();
    }
    (void)printf("{");
    report_machine(stdout);
    (void)printf(", \"rounds\": %zu, \"kinds\": [", rounds);
    bool first = true;
    for (size_t i = 0; i < SP_COUNT(PEERS); i++) {
        size_t count = select_files(PEERS[i].format, argv + at, argc - at, selected);
        if (count > 0) {
            compare("/proc/self/exe", &PEERS[i], selected, count, rounds, &first);
        }
    }
    (void)printf("]}\n");
    return 0;
}
