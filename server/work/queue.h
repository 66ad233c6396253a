/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A bounded queue of jobs, first in first out, for many threads.
 */
#ifndef SP_WORK_QUEUE_H
#define SP_WORK_QUEUE_H

#include <pthread.h>

#include "server/work/work.h"

struct sp_queue {
    pthread_mutex_t mutex;
    pthread_cond_t filled;
    struct sp_job *first; /* guard: mutex, as all below */
    struct sp_job *last;
    unsigned count;
    unsigned max;
    bool closed; /* nothing more comes; what waits is still taken */
};

void sp_queue_init(struct sp_queue *queue, unsigned max);
void sp_queue_release(struct sp_queue *queue);

/** Append @p job. @return SP_OK; SP_BUSY (full or closed) */
SP_MUST_CHECK enum sp_status sp_queue_put(struct sp_queue *queue, struct sp_job *job);

/** Wait for jobs and take up to @p most, linked by next; NULL once closed and empty. */
struct sp_job *sp_queue_take(struct sp_queue *queue, unsigned most);

void sp_queue_close(struct sp_queue *queue);
unsigned sp_queue_count(struct sp_queue *queue);

#endif
