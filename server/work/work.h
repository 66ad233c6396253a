/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Work off the loop: a pool of workers that read, and one writer.
 *
 *     loop --submit--> [ read queue  ] --> worker 1..n --+
 *       ^              [ write queue ] --> writer -------+--> done list --eventfd--> loop
 *
 * A job is handed over whole: after sp_work_submit() its owner touches nothing of it but
 * sp_job_cancel() until done() is called back on the loop. Queues are bounded; a full one is
 * SP_BUSY at once.
 *
 * The writer takes all that is queued as one batch: begin, run each job, commit, and only then
 * are they done. So one fsync acknowledges many changes, and nothing is acknowledged before it is
 * durable. Without queued writes it sleeps.
 *
 * Threads: three mutexes, never two at once: that of each queue (its list and count), and that of
 * the done list. A cancel flag is one atomic; nothing else is published through it.
 */
#ifndef SP_WORK_WORK_H
#define SP_WORK_WORK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

struct sp_job;
struct sp_work;

/** Do the work on @p worker, the context of the thread. Not called if the job was cancelled. */
typedef void sp_job_run_fn(struct sp_job *job, void *worker);
/** Write jobs: the batch failed after run(); nothing of it is stored. Thread: writer. */
typedef void sp_job_fail_fn(struct sp_job *job, const struct sp_error *error);
/** The job is back; free it or use it again. @p ran is false if it was cancelled before. Thread:
 *  loop. */
typedef void sp_job_done_fn(struct sp_job *job, bool ran);
/** An event posted by sp_work_post(). Thread: loop. */
typedef void sp_job_post_fn(struct sp_job *job);

/** Embed it in your own struct. Zero it, then set the functions. */
struct sp_job {
    sp_job_run_fn *run;
    sp_job_fail_fn *fail; /* write jobs only */
    sp_job_done_fn *done;
    sp_job_post_fn *posted; /* jobs that use sp_work_post() only */
    atomic_bool cancelled;
    /* Of work.c: */
    struct sp_job *next; /* guard: the mutex of the list the job is in */
    bool ran;            /* the running thread, then the loop */
    bool finished;       /* guard: mutex of the done list */
    bool is_posted;      /* guard: mutex of the done list */
};

/** What the application does on the threads. Contexts may be NULL. */
struct sp_work_hooks {
    /** Make the context of a worker, or of the writer; called on that thread before its first job.
     */
    enum sp_status (*open)(void *context, bool is_writer, void **worker, struct sp_error *err);
    void (*close)(void *context, bool is_writer, void *worker);
    /** Begin and commit a batch of writes. A failed commit has undone the batch. */
    enum sp_status (*begin)(void *context, void *worker, struct sp_error *err);
    enum sp_status (*commit)(void *context, void *worker, struct sp_error *err);
    void *context;
};

struct sp_work_options {
    unsigned workers;   /* 1..256 */
    unsigned queue_max; /* jobs waiting in each queue */
    unsigned batch_max; /* writes committed together */
    struct sp_work_hooks hooks;
};

enum sp_work_flags { SP_WORK_WRITE = 1 << 0 /* run on the writer */ };

/**
 * Start the threads and wait until each has opened its context.
 *
 * @param out  owned by the caller, sp_work_free()
 * @return SP_OK; SP_NOMEM; SP_IO; what hooks.open returned
 */
SP_MUST_CHECK enum sp_status sp_work_new(const struct sp_work_options *options,
                                         struct sp_work **out, struct sp_error *err);

/** Run what is queued, stop the threads, call done() of all that is left. Cancel first for a quick
 *  end. NULL is accepted. Thread: loop. */
void sp_work_free(struct sp_work *work);

/** Hand @p job over. @return SP_OK; SP_BUSY (queue full; the job stays the caller's). Thread: loop.
 */
SP_MUST_CHECK enum sp_status sp_work_submit(struct sp_work *work, struct sp_job *job,
                                            unsigned flags);

/** Ask a submitted job to end early. Thread: any that knows the job has not been done. */
void sp_job_cancel(struct sp_job *job);
bool sp_job_is_cancelled(const struct sp_job *job);

/** Have job->posted called on the loop soon; several posts may become one call. Thread: the one
 * that runs the job. */
void sp_work_post(struct sp_work *work, struct sp_job *job);

/** Readable when sp_work_deliver() has something to do. */
int sp_work_fd(const struct sp_work *work);

/** Call posted() and done() of what has come back. Thread: loop. */
void sp_work_deliver(struct sp_work *work);

/** Jobs waiting now. Any thread. */
struct sp_work_load {
    unsigned reads_waiting;
    unsigned writes_waiting;
    uint64_t batches; /* committed so far */
};
struct sp_work_load sp_work_load(struct sp_work *work);

#endif
