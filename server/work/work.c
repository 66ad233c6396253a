/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/work/work.h"

#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/memory.h"
#include "server/work/queue.h"

enum {
    STACK_BYTES = 2 * 1024 * 1024, /* unpacking and ICU recurse; 1 MiB is the least */
    DELIVER_MAX = 256              /* jobs a turn of the loop, so that sockets get their share */
};

struct thread {
    struct sp_work *work;
    pthread_t thread;
    bool is_writer;
    bool started;
};

struct sp_work {
    struct sp_work_options options;
    struct sp_queue reads;
    struct sp_queue writes;
    int event_fd;
    pthread_mutex_t done_mutex;
    struct sp_job *done_first; /* guard: done_mutex, as all to the next blank line */
    struct sp_job *done_last;
    bool signalled; /* the eventfd is set and not yet read */

    pthread_mutex_t start_mutex;
    pthread_cond_t started;
    unsigned opened; /* threads whose context is tried; guard: start_mutex, as the next */
    struct sp_error open_error;
    atomic_ullong batches;

    unsigned thread_count;
    struct thread threads[]; /* the writer first */
};

void sp_job_cancel(struct sp_job *job)
{
    atomic_store(&job->cancelled, true);
}

bool sp_job_is_cancelled(const struct sp_job *job)
{
    return atomic_load(&job->cancelled);
}

/* Append to the done list; wake the loop unless it is already on its way. */
static void put_done(struct sp_work *work, struct sp_job *first, struct sp_job *last)
{
    if (work->done_last == NULL) {
        work->done_first = first;
    } else {
        work->done_last->next = first;
    }
    work->done_last = last;
    if (!work->signalled) {
        uint64_t one = 1;
        work->signalled = write(work->event_fd, &one, sizeof one) == (ssize_t)sizeof one;
    }
}

static void finish(struct sp_work *work, struct sp_job *job)
{
    (void)pthread_mutex_lock(&work->done_mutex);
    job->finished = true;
    if (!job->is_posted) { /* else it is in the list */
        job->next = NULL;
        put_done(work, job, job);
    }
    (void)pthread_mutex_unlock(&work->done_mutex);
}

void sp_work_post(struct sp_work *work, struct sp_job *job)
{
    (void)pthread_mutex_lock(&work->done_mutex);
    if (!job->is_posted) {
        job->is_posted = true;
        job->next = NULL;
        put_done(work, job, job);
    }
    (void)pthread_mutex_unlock(&work->done_mutex);
}

static void run_job(struct sp_job *job, void *worker)
{
    job->ran = !sp_job_is_cancelled(job);
    if (job->ran) {
        job->run(job, worker);
    }
}

static void run_reads(struct sp_work *work, void *worker)
{
    struct sp_job *job = sp_queue_take(&work->reads, 1);
    while (job != NULL) {
        run_job(job, worker);
        finish(work, job);
        job = sp_queue_take(&work->reads, 1);
    }
}

static void run_batch(struct sp_work *work, struct sp_job *first, void *worker)
{
    struct sp_work_hooks *hooks = &work->options.hooks;
    struct sp_error error = {.status = SP_OK};
    enum sp_status status = hooks->begin(hooks->context, worker, &error);
    for (struct sp_job *job = first; job != NULL && status == SP_OK; job = job->next) {
        run_job(job, worker);
    }
    status = status == SP_OK ? hooks->commit(hooks->context, worker, &error) : status;
    atomic_fetch_add(&work->batches, 1);
    while (first != NULL) {
        struct sp_job *job = first;
        first = first->next; /* finish() gives the job away */
        if (status != SP_OK && !sp_job_is_cancelled(job)) {
            job->ran = true;
            job->fail(job, &error);
        }
        finish(work, job);
    }
}

static void run_writes(struct sp_work *work, void *worker)
{
    struct sp_job *first = sp_queue_take(&work->writes, work->options.batch_max);
    while (first != NULL) {
        run_batch(work, first, worker);
        first = sp_queue_take(&work->writes, work->options.batch_max);
    }
}

/* Count this thread in, with the outcome of its opening. */
static void report_opened(struct sp_work *work, const struct sp_error *error)
{
    (void)pthread_mutex_lock(&work->start_mutex);
    work->opened++;
    if (error->status != SP_OK && work->open_error.status == SP_OK) {
        work->open_error = *error;
    }
    (void)pthread_cond_signal(&work->started);
    (void)pthread_mutex_unlock(&work->start_mutex);
}

static void *thread_main(void *argument)
{
    struct thread *thread = argument;
    struct sp_work *work = thread->work;
    struct sp_work_hooks *hooks = &work->options.hooks;
    struct sp_error error = {.status = SP_OK};
    void *worker = NULL;
    error.status = hooks->open(hooks->context, thread->is_writer, &worker, &error);
    bool is_open = error.status == SP_OK;
    report_opened(work, &error);
    if (is_open && thread->is_writer) {
        run_writes(work, worker);
    } else if (is_open) {
        run_reads(work, worker);
    }
    if (is_open) {
        hooks->close(hooks->context, thread->is_writer, worker);
    }
    return NULL;
}

/* Start one thread. Signals belong to the loop: threads inherit a mask that blocks all of them. */
static enum sp_status start_thread(struct thread *thread, struct sp_error *err)
{
    pthread_attr_t attributes;
    sigset_t all;
    sigset_t old;
    (void)sigfillset(&all);
    (void)pthread_attr_init(&attributes);
    (void)pthread_attr_setstacksize(&attributes, STACK_BYTES);
    (void)pthread_sigmask(SIG_SETMASK, &all, &old);
    thread->started = pthread_create(&thread->thread, &attributes, thread_main, thread) == 0;
    (void)pthread_sigmask(SIG_SETMASK, &old, NULL);
    (void)pthread_attr_destroy(&attributes);
    return thread->started ? SP_OK
                           : SP_FAIL(err, SP_IO, "--workers", "Nie można uruchomić wątku.",
                                     "Cannot start a thread.");
}

static enum sp_status start_threads(struct sp_work *work, struct sp_error *err)
{
    for (unsigned i = 0; i < work->thread_count; i++) {
        work->threads[i] = (struct thread){.work = work, .is_writer = i == 0};
        enum sp_status status = start_thread(&work->threads[i], err);
        if (status != SP_OK) {
            return status;
        }
    }
    (void)pthread_mutex_lock(&work->start_mutex);
    while (work->opened < work->thread_count) {
        (void)pthread_cond_wait(&work->started, &work->start_mutex);
    }
    struct sp_error error = work->open_error;
    (void)pthread_mutex_unlock(&work->start_mutex);
    if (error.status != SP_OK && err != NULL) {
        *err = error;
    }
    return error.status;
}

enum sp_status sp_work_new(const struct sp_work_options *options, struct sp_work **out,
                           struct sp_error *err)
{
    unsigned count = options->workers + 1;
    struct sp_work *work = sp_calloc(1, sizeof *work + count * sizeof work->threads[0]);
    if (work == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    work->options = *options;
    work->thread_count = count;
    work->event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    sp_queue_init(&work->reads, options->queue_max);
    sp_queue_init(&work->writes, options->queue_max);
    (void)pthread_mutex_init(&work->done_mutex, NULL);
    (void)pthread_mutex_init(&work->start_mutex, NULL);
    (void)pthread_cond_init(&work->started, NULL);
    enum sp_status status = SP_OK;
    if (work->event_fd < 0) {
        status = SP_FAIL(err, SP_IO, "", "Nie można utworzyć eventfd.", "Cannot make an eventfd.");
    } else {
        status = start_threads(work, err);
    }
    if (status != SP_OK) {
        sp_work_free(work);
        return status;
    }
    *out = work;
    return SP_OK;
}

void sp_work_free(struct sp_work *work)
{
    if (work == NULL) {
        return;
    }
    sp_queue_close(&work->reads);
    sp_queue_close(&work->writes);
    for (unsigned i = 0; i < work->thread_count; i++) {
        if (work->threads[i].started) {
            (void)pthread_join(work->threads[i].thread, NULL);
        }
    }
    while (work->done_first != NULL) { /* the threads are gone: no lock needed */
        sp_work_deliver(work);
    }
    sp_queue_release(&work->reads);
    sp_queue_release(&work->writes);
    (void)pthread_cond_destroy(&work->started);
    (void)pthread_mutex_destroy(&work->start_mutex);
    (void)pthread_mutex_destroy(&work->done_mutex);
    if (work->event_fd >= 0) {
        (void)close(work->event_fd);
    }
    sp_free(work);
}

enum sp_status sp_work_submit(struct sp_work *work, struct sp_job *job, unsigned flags)
{
    return sp_queue_put((flags & SP_WORK_WRITE) != 0 ? &work->writes : &work->reads, job);
}

int sp_work_fd(const struct sp_work *work)
{
    return work->event_fd;
}

/* Take one job off the done list; false when it is empty. */
static bool take_done(struct sp_work *work, struct sp_job **job, bool *posted, bool *finished)
{
    (void)pthread_mutex_lock(&work->done_mutex);
    *job = work->done_first;
    if (*job != NULL) {
        work->done_first = (*job)->next;
        work->done_last = work->done_first == NULL ? NULL : work->done_last;
        *posted = (*job)->is_posted;
        *finished = (*job)->finished;
        (*job)->is_posted = false;
    }
    (void)pthread_mutex_unlock(&work->done_mutex);
    return *job != NULL;
}

void sp_work_deliver(struct sp_work *work)
{
    struct sp_job *job = NULL;
    bool posted = false;
    bool finished = false;
    uint64_t count = 0;
    (void)pthread_mutex_lock(&work->done_mutex);
    ssize_t got = read(work->event_fd, &count, sizeof count);
    (void)got;
    work->signalled = false;
    (void)pthread_mutex_unlock(&work->done_mutex);
    for (unsigned i = 0; i < DELIVER_MAX && take_done(work, &job, &posted, &finished); i++) {
        if (posted) {
            job->posted(job);
        }
        if (finished) {
            job->done(job, job->ran);
        }
    }
    (void)pthread_mutex_lock(&work->done_mutex);
    if (work->done_first != NULL && !work->signalled) { /* the rest comes in the next turn */
        uint64_t one = 1;
        work->signalled = write(work->event_fd, &one, sizeof one) == (ssize_t)sizeof one;
    }
    (void)pthread_mutex_unlock(&work->done_mutex);
}

struct sp_work_load sp_work_load(struct sp_work *work)
{
    return (struct sp_work_load){.reads_waiting = sp_queue_count(&work->reads),
                                 .writes_waiting = sp_queue_count(&work->writes),
                                 .batches = atomic_load(&work->batches)};
}
