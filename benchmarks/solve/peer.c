/* SPDX-License-Identifier: EUPL-1.2 */
#define _GNU_SOURCE /* wait4, which tells the processor time of one child */
#include "benchmarks/solve/peer.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/status.h"
#include "benchmarks/lib/report.h"
#include "benchmarks/solve/milp.h"

enum { PATH_BYTES = 512, LINE_BYTES = 512 };

static const char *const peer_names[PEER_COUNT] = {"CBC", "GLPK", "HiGHS"};

struct files {
    char model[PATH_BYTES];
    char answer[PATH_BYTES];
    char log[PATH_BYTES];
};

const char *peer_name(enum peer peer)
{
    return peer_names[peer];
}

const char *peer_package(enum peer peer)
{
    static const char *const packages[PEER_COUNT] = {
        "apt-get install coinor-cbc", "apt-get install glpk-utils", "npm ci (and Node 18)"};
    return packages[peer];
}

static bool in_path(const char *program)
{
    const char *path = getenv("PATH");
    while (path != NULL && *path != '\0') {
        char candidate[PATH_MAX];
        size_t length = strcspn(path, ":");
        (void)snprintf(candidate, sizeof candidate, "%.*s/%s", (int)length, path, program);
        if (access(candidate, X_OK) == 0) {
            return true;
        }
        path += length + (path[length] == ':' ? 1 : 0);
    }
    return false;
}

bool peer_is_there(enum peer peer)
{
    switch (peer) {
    case PEER_CBC:
        return in_path("cbc");
    case PEER_GLPK:
        return in_path("glpsol");
    default:
        return in_path("node") && access(SP_SOURCE_DIR "/node_modules/highs", R_OK) == 0;
    }
}

/* In the child. Gaps: models count in half score units, so that two optima differ by 2 or more. */
static void become(enum peer peer, const struct files *files, int32_t candidates, unsigned limit_s)
{
    char count[16];
    (void)snprintf(count, sizeof count, "%d", candidates);
    struct rlimit limit = {limit_s, limit_s};
    int log = open(files->log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (log < 0 || dup2(log, STDOUT_FILENO) < 0 || dup2(log, STDERR_FILENO) < 0 ||
        setrlimit(RLIMIT_CPU, &limit) != 0) {
        _exit(127);
    }
    switch (peer) {
    case PEER_CBC:
        (void)execlp("cbc", "cbc", files->model, "ratio", "0", "allow", "1", "solve", "solution",
                     files->answer, (char *)NULL);
        break;
    case PEER_GLPK:
        (void)execlp("glpsol", "glpsol", "--lp", files->model, "--write", files->answer,
                     (char *)NULL);
        break;
    default:
        if (chdir(SP_SOURCE_DIR) == 0) { /* where Node finds its packages */
            (void)execlp("node", "node", "--import", "tsx", "benchmarks/solve/highs.ts",
                         files->model, files->answer, count, (char *)NULL);
        }
        break;
    }
    _exit(127);
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* Run it to its end; true if it ended by itself. */
static bool run(enum peer peer, const struct files *files, int32_t candidates, unsigned limit_s,
                struct peer_answer *answer)
{
    struct rusage usage = {0};
    int code = 0;
    uint64_t began = timing_now_ns();
    pid_t child = fork();
    if (child == 0) {
        become(peer, files, candidates, limit_s);
    }
    if (child < 0 || wait4(child, &code, 0, &usage) != child) {
        answer->outcome = PEER_FAILED;
        return false;
    }
    answer->wall_s = (double)(timing_now_ns() - began) / 1e9;
    answer->cpu_s = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    bool limited = WIFSIGNALED(code) && (WTERMSIG(code) == SIGKILL || WTERMSIG(code) == SIGXCPU) &&
                   answer->cpu_s > 0.9 * limit_s;
    answer->outcome = limited ? PEER_UNFINISHED : PEER_FAILED;
    return WIFEXITED(code) && WEXITSTATUS(code) == 0;
}

static void add_member(struct peer_answer *answer, long candidate)
{
    int32_t at = answer->count;
    if (at == SP_MAX_MEMBERS) {
        answer->outcome = PEER_FAILED;
        return;
    }
    while (at > 0 && answer->members[at - 1] > candidate) {
        answer->members[at] = answer->members[at - 1];
        at--;
    }
    answer->members[at] = (int32_t)candidate;
    answer->count++;
}

static void take_objective(struct peer_answer *answer, double halves)
{
    answer->outcome = PEER_OPTIMAL;
    answer->score = (int64_t)(halves / 2 + (halves < 0 ? -0.5 : 0.5));
}

/* "Optimal - objective value 12.0", then lines "column name value cost" of what is not zero. */
static void read_cbc(FILE *in, struct peer_answer *answer)
{
    char line[LINE_BYTES];
    while (fgets(line, sizeof line, in) != NULL) {
        double value = 0;
        long candidate = 0;
        if (sscanf(line, "Optimal - objective value %lf", &value) == 1) {
            take_objective(answer, value);
        } else if (strncmp(line, "Infeasible", 10) == 0 ||
                   strncmp(line, "Integer infeasible", 18) == 0) {
            answer->outcome = PEER_INFEASIBLE;
        } else if (sscanf(line, " %*d y_%ld %lf", &candidate, &value) == 2 && value > 0.5) {
            add_member(answer, candidate);
        }
    }
    if (answer->outcome == PEER_INFEASIBLE) {
        answer->count = 0; /* CBC prints a point all the same */
    }
}

/* "s mip rows columns o objective", then "j column value"; the first columns are the y. */
static void read_glpk(FILE *in, int32_t candidates, struct peer_answer *answer)
{
    char line[LINE_BYTES];
    while (fgets(line, sizeof line, in) != NULL) {
        char status = '?';
        double value = 0;
        long column = 0;
        if (sscanf(line, "s mip %*d %*d %c %lf", &status, &value) == 2) {
            if (status == 'o') {
                take_objective(answer, value);
            }
        } else if (sscanf(line, "j %ld %lf", &column, &value) == 2 && column <= candidates &&
                   value > 0.5) {
            add_member(answer, column - 1);
        }
    }
}

/* GLPK tells why there is no solution in words only. */
static bool log_says_infeasible(const char *path)
{
    char line[LINE_BYTES];
    bool says = false;
    FILE *in = fopen(path, "r");
    while (in != NULL && fgets(line, sizeof line, in) != NULL) {
        says = says || strstr(line, "HAS NO PRIMAL FEASIBLE SOLUTION") != NULL ||
               strstr(line, "HAS NO INTEGER FEASIBLE SOLUTION") != NULL;
    }
    if (in != NULL) {
        (void)fclose(in);
    }
    return says;
}

/* "optimal objective cpu-seconds wall-seconds", then one candidate a line; see highs.ts. */
static void read_highs(FILE *in, struct peer_answer *answer)
{
    char line[LINE_BYTES];
    char status[32] = "";
    double value = 0;
    if (fgets(line, sizeof line, in) == NULL ||
        sscanf(line, "%31s %lf %lf %lf", status, &value, &answer->cpu_s, &answer->wall_s) != 4) {
        return;
    }
    if (strcmp(status, "infeasible") == 0) {
        answer->outcome = PEER_INFEASIBLE;
    } else if (strcmp(status, "optimal") == 0) {
        take_objective(answer, value);
        while (fgets(line, sizeof line, in) != NULL) {
            add_member(answer, strtol(line, NULL, 10));
        }
    }
}

static void read_answer(enum peer peer, const struct files *files, int32_t candidates,
                        struct peer_answer *answer)
{
    FILE *in = fopen(files->answer, "r");
    if (in != NULL) {
        switch (peer) {
        case PEER_CBC:
            read_cbc(in, answer);
            break;
        case PEER_GLPK:
            read_glpk(in, candidates, answer);
            break;
        default:
            read_highs(in, answer);
            break;
        }
        (void)fclose(in);
    }
    if (peer == PEER_GLPK && answer->outcome == PEER_FAILED && log_says_infeasible(files->log)) {
        answer->outcome = PEER_INFEASIBLE;
        answer->count = 0;
    }
}

enum sp_status peer_solve(enum peer peer, const struct sp_problem *problem, const char *folder,
                          unsigned limit_s, struct peer_answer *answer)
{
    struct files files;
    *answer = (struct peer_answer){.outcome = PEER_FAILED};
    (void)snprintf(files.model, sizeof files.model, "%s/%s.lp", folder, peer_names[peer]);
    (void)snprintf(files.answer, sizeof files.answer, "%s/%s.out", folder, peer_names[peer]);
    (void)snprintf(files.log, sizeof files.log, "%s/%s.log", folder, peer_names[peer]);
    FILE *model = fopen(files.model, "w");
    if (model == NULL) {
        return SP_IO;
    }
    enum sp_status status = milp_write(problem, model);
    bool written = ferror(model) == 0;
    written = fclose(model) == 0 && written;
    if (status == SP_OK && !written) {
        status = SP_IO;
    }
    if (status == SP_OK && run(peer, &files, problem->candidate_count, limit_s, answer)) {
        read_answer(peer, &files, problem->candidate_count, answer);
    }
    (void)remove(files.model);
    (void)remove(files.answer);
    (void)remove(files.log);
    return status;
}
