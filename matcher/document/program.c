/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Another program over some bytes; see program.h.
 */
#define _GNU_SOURCE /* memfd_create, pipe2, close_range */
#include "matcher/document/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK_BYTES = 64 << 10, NOT_STARTED = 127, OPEN_FILES_MAX = 32 };

/** Ends of pipes and the input; -1 where closed. */
struct channels {
    int input;
    int output[2];
    int complaints[2];
};

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void close_one(int *descriptor)
{
    if (*descriptor >= 0) {
        (void)close(*descriptor);
        *descriptor = -1;
    }
}

static void close_all(struct channels *channels)
{
    close_one(&channels->input);
    for (int i = 0; i < 2; i++) {
        close_one(&channels->output[i]);
        close_one(&channels->complaints[i]);
    }
}

static bool write_all(int descriptor, struct sp_view bytes)
{
    while (bytes.length > 0) {
        ssize_t written = write(descriptor, bytes.data, bytes.length);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        bytes = sp_view_from(bytes.data + written, bytes.length - (size_t)written);
    }
    return true;
}

static bool open_channels(struct channels *channels, struct sp_view input)
{
    *channels = (struct channels){-1, {-1, -1}, {-1, -1}};
    channels->input = memfd_create("document", MFD_CLOEXEC);
    return channels->input >= 0 && write_all(channels->input, input) &&
           lseek(channels->input, 0, SEEK_SET) == 0 && pipe2(channels->output, O_CLOEXEC) == 0 &&
           pipe2(channels->complaints, O_CLOEXEC) == 0;
}

static void limit(int resource, rlim_t most)
{
    struct rlimit limits = {most, most};
    (void)setrlimit((__rlimit_resource_t)resource, &limits);
}

/** In the child: nothing here may allocate or lock, the parent had threads. */
static _Noreturn void become(const struct sp_program_options *options,
                             const struct channels *channels)
{
    static char locale[] = "LC_ALL=C.UTF-8";
    char *environment[] = {locale, NULL};
    sigset_t none;
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)signal(SIGPIPE, SIG_DFL);
    (void)setpgid(0, 0); /* what it starts itself is killed with it */
    if (dup2(channels->input, STDIN_FILENO) < 0 || dup2(channels->output[1], STDOUT_FILENO) < 0 ||
        dup2(channels->complaints[1], STDERR_FILENO) < 0 || chdir("/") != 0) {
        _exit(NOT_STARTED);
    }
    (void)close_range(STDERR_FILENO + 1, ~0U, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, OPEN_FILES_MAX);
    limit(RLIMIT_CPU, options->most_ms / 1000 + 1);
    limit(RLIMIT_AS, SP_PROGRAM_MEMORY_MAX_BYTES);
    (void)execve(options->path, (char *const *)options->arguments, environment);
    _exit(NOT_STARTED);
}

/** Read what is there; false at the end of the stream. */
static bool take_output(int descriptor, struct sp_buffer *output, struct sp_program_result *result)
{
    size_t room = output->max_bytes - output->length;
    char *to = sp_buffer_reserve(output, room < CHUNK_BYTES ? room : CHUNK_BYTES);
    if (to == NULL || room == 0) {
        result->output_cut = room == 0;
        return false;
    }
    ssize_t got = read(descriptor, to, room < CHUNK_BYTES ? room : CHUNK_BYTES);
    output->length += got > 0 ? (size_t)got : 0;
    return got > 0 || (got < 0 && errno == EINTR);
}

/** The same for complaints, of which only the first are kept. */
static bool take_complaints(int descriptor, struct sp_program_result *result, size_t *length)
{
    char chunk[1024];
    ssize_t got = read(descriptor, chunk, sizeof chunk);
    if (got <= 0) {
        return got < 0 && errno == EINTR;
    }
    size_t room = sizeof result->complaints - 1 - *length;
    size_t kept = (size_t)got < room ? (size_t)got : room;
    memcpy(result->complaints + *length, chunk, kept);
    *length += kept;
    return true;
}

/** Read until both streams end, the output is full or the deadline passes. */
static enum sp_status drain(struct channels *channels, int64_t deadline_ms,
                            struct sp_buffer *output, struct sp_program_result *result)
{
    size_t complaints_length = 0;
    while (channels->output[0] >= 0 || channels->complaints[0] >= 0) {
        int64_t left_ms = deadline_ms - now_ms();
        if (left_ms <= 0) {
            return SP_DEADLINE;
        }
        struct pollfd polled[2] = {{channels->output[0], POLLIN, 0},
                                   {channels->complaints[0], POLLIN, 0}};
        if (poll(polled, 2, (int)left_ms) < 0 && errno != EINTR) {
            return SP_IO;
        }
        if (polled[0].revents != 0 && !take_output(channels->output[0], output, result)) {
            close_one(&channels->output[0]);
            if (output->status == SP_NOMEM) {
                return SP_NOMEM;
            }
            if (result->output_cut) {
                return SP_OK;
            }
        }
        if (polled[1].revents != 0 &&
            !take_complaints(channels->complaints[0], result, &complaints_length)) {
            close_one(&channels->complaints[0]);
        }
    }
    return SP_OK;
}

/** Wait for the end of @p child, which closed its streams; kill it at the deadline. */
static enum sp_status reap(pid_t child, int64_t deadline_ms, enum sp_status status, bool kill_it,
                           int *exit_code)
{
    int state = 0;
    const struct timespec moment = {0, 1000000};
    pid_t ended = 0;
    while (!kill_it && (ended = waitpid(child, &state, WNOHANG)) == 0) {
        kill_it = now_ms() >= deadline_ms;
        status = kill_it ? SP_DEADLINE : status;
        (void)nanosleep(&moment, NULL);
    }
    if (kill_it) {
        (void)kill(-child, SIGKILL);
        (void)kill(child, SIGKILL); /* in case it was killed before it had a group */
        do {
            ended = waitpid(child, &state, 0);
        } while (ended < 0 && errno == EINTR);
    }
    bool by_time = ended == child && WIFSIGNALED(state) && WTERMSIG(state) == SIGXCPU;
    *exit_code = ended == child && WIFEXITED(state) ? WEXITSTATUS(state) : -1;
    return by_time ? SP_DEADLINE : status;
}

static enum sp_status fail_to_start(const char *path, struct sp_error *err)
{
    return SP_FAIL(err, SP_IO, "", "Nie można uruchomić programu %.100s.",
                   "The program %.100s cannot be started.", path);
}

enum sp_status sp_program_run(const struct sp_program_options *options, struct sp_buffer *output,
                              struct sp_program_result *result, struct sp_error *err)
{
    memset(result, 0, sizeof *result);
    struct channels channels;
    bool ready = open_channels(&channels, options->input);
    pid_t child = ready ? fork() : -1;
    if (child == 0) {
        become(options, &channels);
    }
    if (child < 0) {
        close_all(&channels);
        return fail_to_start(options->path, err);
    }
    close_one(&channels.input);
    close_one(&channels.output[1]);
    close_one(&channels.complaints[1]);
    int64_t deadline_ms = now_ms() + options->most_ms;
    enum sp_status status = drain(&channels, deadline_ms, output, result);
    bool kill_it = status != SP_OK || result->output_cut;
    status = reap(child, deadline_ms, status, kill_it, &result->exit_code);
    close_all(&channels);
    if (status == SP_DEADLINE) {
        return SP_FAIL(err, SP_DEADLINE, "", "Czytanie pliku trwa ponad %u ms; przerwano je.",
                       "Reading the file takes over %u ms; it was stopped.", options->most_ms);
    }
    if (status == SP_NOMEM) {
        return SP_FAIL_NOMEM(err);
    }
    if (status != SP_OK || result->exit_code == NOT_STARTED) {
        return fail_to_start(options->path, err);
    }
    return SP_OK;
}
