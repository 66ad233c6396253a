/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Workers and the writer without a loop: the test plays the loop.
 */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "server/work/work.h"

struct counters {
    atomic_int opened;
    atomic_int closed;
    atomic_int begins;
    atomic_int commits;
    atomic_bool commit_fails;
    atomic_bool open_fails;
    atomic_bool gate; /* jobs wait until it opens */
};

struct task {
    struct sp_job job;
    struct counters *counters;
    int ran;    /* by the worker; read by the loop after done */
    int failed; /* by the writer */
    int done;   /* loop only, as the next */
    int posted;
    struct sp_work *work;
};

static enum sp_status open_worker(void *context, bool is_writer, void **worker,
                                  struct sp_error *err)
{
    struct counters *counters = context;
    (void)is_writer;
    atomic_fetch_add(&counters->opened, 1);
    *worker = counters;
    return atomic_load(&counters->open_fails)
               ? SP_FAIL(err, SP_NOT_FOUND, "tables", "Brak tablic.", "No tables.")
               : SP_OK;
}

static void close_worker(void *context, bool is_writer, void *worker)
{
    struct counters *counters = context;
    (void)is_writer;
    assert_ptr_equal(worker, counters);
    atomic_fetch_add(&counters->closed, 1);
}

static enum sp_status begin(void *context, void *worker, struct sp_error *err)
{
    struct counters *counters = context;
    (void)worker;
    (void)err;
    atomic_fetch_add(&counters->begins, 1);
    return SP_OK;
}

static enum sp_status commit(void *context, void *worker, struct sp_error *err)
{
    struct counters *counters = context;
    (void)worker;
    atomic_fetch_add(&counters->commits, 1);
    return atomic_load(&counters->commit_fails) ? SP_FAIL(err, SP_IO, "", "Dysk.", "Disk.") : SP_OK;
}

static struct sp_work *start(struct counters *counters, unsigned workers, unsigned queue_max)
{
    struct sp_work_options options = {.workers = workers,
                                      .queue_max = queue_max,
                                      .batch_max = 16,
                                      .hooks = {.open = open_worker,
                                                .close = close_worker,
                                                .begin = begin,
                                                .commit = commit,
                                                .context = counters}};
    struct sp_work *work = NULL;
    assert_int_equal(sp_work_new(&options, &work, NULL), SP_OK);
    return work;
}

static void pause_ms(int ms)
{
    struct timespec pause = {.tv_nsec = (long)ms * 1000000};
    (void)nanosleep(&pause, NULL);
}

static void run(struct sp_job *job, void *worker)
{
    struct task *task = (struct task *)(void *)job; /* the job is its first member */
    assert_ptr_equal(worker, task->counters);
    while (!atomic_load(&task->counters->gate)) {
        pause_ms(1);
    }
    task->ran++;
}

static void on_failed(struct sp_job *job, const struct sp_error *error)
{
    assert_int_equal(error->status, SP_IO);
    ((struct task *)(void *)job)->failed++;
}

static void done(struct sp_job *job, bool ran)
{
    struct task *task = (struct task *)(void *)job;
    assert_int_equal(ran, task->ran + task->failed > 0);
    task->done++;
}

static void posted(struct sp_job *job)
{
    ((struct task *)(void *)job)->posted++;
}

static void init(struct task *tasks, size_t count, struct counters *counters)
{
    for (size_t i = 0; i < count; i++) {
        memset(&tasks[i], 0, sizeof tasks[i]);
        tasks[i].counters = counters;
        tasks[i].job.run = run;
        tasks[i].job.fail = on_failed;
        tasks[i].job.done = done;
        tasks[i].job.posted = posted;
    }
}

/* Play the loop until @p task is done. */
static void deliver_until_done(struct sp_work *work, const struct task *task)
{
    while (task->done == 0) {
        struct pollfd waiting = {.fd = sp_work_fd(work), .events = POLLIN};
        assert_int_equal(poll(&waiting, 1, 10000), 1);
        sp_work_deliver(work);
    }
}

static void runs_every_job_once(void **state)
{
    enum { JOBS = 1000 };
    static struct task tasks[JOBS];
    struct counters counters = {.gate = true};
    struct sp_work *work = start(&counters, 3, JOBS);
    (void)state;
    init(tasks, JOBS, &counters);
    for (size_t i = 0; i < JOBS; i++) {
        assert_int_equal(sp_work_submit(work, &tasks[i].job, i % 2 == 0 ? 0 : SP_WORK_WRITE),
                         SP_OK);
    }
    for (size_t i = 0; i < JOBS; i++) {
        deliver_until_done(work, &tasks[i]);
    }
    sp_work_free(work);
    for (size_t i = 0; i < JOBS; i++) {
        assert_int_equal(tasks[i].ran, 1);
        assert_int_equal(tasks[i].done, 1);
    }
    assert_int_equal(atomic_load(&counters.opened), 4);
    assert_int_equal(atomic_load(&counters.closed), 4);
    assert_int_equal(atomic_load(&counters.begins), atomic_load(&counters.commits));
    assert_in_range(atomic_load(&counters.commits), JOBS / 2 / 16, JOBS / 2);
}

static void a_full_queue_is_busy(void **state)
{
    struct task tasks[4];
    struct counters counters = {.gate = false};
    struct sp_work *work = start(&counters, 1, 2);
    (void)state;
    init(tasks, 4, &counters);
    assert_int_equal(sp_work_submit(work, &tasks[0].job, 0), SP_OK);
    while (sp_work_load(work).reads_waiting > 0) {
        pause_ms(1); /* until the worker holds the first one */
    }
    assert_int_equal(sp_work_submit(work, &tasks[1].job, 0), SP_OK);
    assert_int_equal(sp_work_submit(work, &tasks[2].job, 0), SP_OK);
    assert_int_equal(sp_work_submit(work, &tasks[3].job, 0), SP_BUSY);
    assert_int_equal(sp_work_submit(work, &tasks[3].job, SP_WORK_WRITE), SP_OK);
    sp_job_cancel(&tasks[1].job);
    atomic_store(&counters.gate, true);
    sp_work_free(work); /* runs what waits, delivers all */
    assert_int_equal(tasks[0].ran, 1);
    assert_int_equal(tasks[1].ran, 0);
    assert_int_equal(tasks[2].ran, 1);
    assert_int_equal(tasks[3].ran, 1);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(tasks[i].done, 1);
    }
}

static void a_failed_commit_fails_the_whole_batch(void **state)
{
    struct task tasks[3];
    struct counters counters = {.gate = false, .commit_fails = true};
    struct sp_work *work = start(&counters, 1, 8);
    (void)state;
    init(tasks, 3, &counters);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(sp_work_submit(work, &tasks[i].job, SP_WORK_WRITE), SP_OK);
    }
    atomic_store(&counters.gate, true);
    sp_work_free(work);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(tasks[i].failed, 1);
        assert_int_equal(tasks[i].done, 1);
    }
}

static void run_and_post(struct sp_job *job, void *worker)
{
    struct task *task = (struct task *)(void *)job;
    for (int i = 0; i < 100; i++) {
        sp_work_post(task->work, job);
    }
    run(job, worker);
}

static void posts_arrive_before_the_end(void **state)
{
    struct task task;
    struct counters counters = {.gate = false};
    struct sp_work *work = start(&counters, 1, 8);
    (void)state;
    init(&task, 1, &counters);
    task.job.run = run_and_post;
    task.work = work;
    assert_int_equal(sp_work_submit(work, &task.job, 0), SP_OK);
    while (task.posted == 0) {
        struct pollfd waiting = {.fd = sp_work_fd(work), .events = POLLIN};
        assert_int_equal(poll(&waiting, 1, 10000), 1);
        sp_work_deliver(work);
    }
    assert_int_equal(task.done, 0); /* it still waits at the gate */
    atomic_store(&counters.gate, true);
    deliver_until_done(work, &task);
    assert_in_range(task.posted, 1, 100);
    assert_int_equal(task.done, 1);
    sp_work_free(work);
}

static void tells_why_a_thread_could_not_start(void **state)
{
    struct counters counters = {.open_fails = true};
    struct sp_work_options options = {.workers = 2,
                                      .queue_max = 1,
                                      .batch_max = 1,
                                      .hooks = {.open = open_worker,
                                                .close = close_worker,
                                                .begin = begin,
                                                .commit = commit,
                                                .context = &counters}};
    struct sp_work *work = NULL;
    struct sp_error error;
    (void)state;
    assert_int_equal(sp_work_new(&options, &work, &error), SP_NOT_FOUND);
    assert_string_equal(error.english, "No tables.");
    assert_null(work);
    assert_int_equal(atomic_load(&counters.closed), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_every_job_once),
        cmocka_unit_test(a_full_queue_is_busy),
        cmocka_unit_test(a_failed_commit_fails_the_whole_batch),
        cmocka_unit_test(posts_arrive_before_the_end),
        cmocka_unit_test(tells_why_a_thread_could_not_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
