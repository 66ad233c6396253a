/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/work/queue.h"

void sp_queue_init(struct sp_queue *queue, unsigned max)
{
    *queue = (struct sp_queue){.max = max};
    (void)pthread_mutex_init(&queue->mutex, NULL); /* cannot fail on Linux, as cond_init below */
    (void)pthread_cond_init(&queue->filled, NULL);
}

void sp_queue_release(struct sp_queue *queue)
{
    SP_ASSERT(queue->count == 0);
    (void)pthread_cond_destroy(&queue->filled);
    (void)pthread_mutex_destroy(&queue->mutex);
}

enum sp_status sp_queue_put(struct sp_queue *queue, struct sp_job *job)
{
    enum sp_status status = SP_BUSY;
    (void)pthread_mutex_lock(&queue->mutex);
    if (queue->count < queue->max && !queue->closed) {
        job->next = NULL;
        if (queue->last == NULL) {
            queue->first = job;
        } else {
            queue->last->next = job;
        }
        queue->last = job;
        queue->count++;
        status = SP_OK;
        (void)pthread_cond_signal(&queue->filled);
    }
    (void)pthread_mutex_unlock(&queue->mutex);
    return status;
}

struct sp_job *sp_queue_take(struct sp_queue *queue, unsigned most)
{
    (void)pthread_mutex_lock(&queue->mutex);
    while (queue->count == 0 && !queue->closed) {
        (void)pthread_cond_wait(&queue->filled, &queue->mutex);
    }
    struct sp_job *first = queue->first;
    struct sp_job *last = first;
    for (unsigned taken = 1; last != NULL && taken <= most; taken++) {
        queue->count--;
        queue->first = last->next;
        if (taken == most || last->next == NULL) {
            last->next = NULL;
            break;
        }
        last = last->next;
    }
    queue->last = queue->first == NULL ? NULL : queue->last;
    (void)pthread_mutex_unlock(&queue->mutex);
    return first;
}

void sp_queue_close(struct sp_queue *queue)
{
    (void)pthread_mutex_lock(&queue->mutex);
    queue->closed = true;
    (void)pthread_cond_broadcast(&queue->filled);
    (void)pthread_mutex_unlock(&queue->mutex);
}

unsigned sp_queue_count(struct sp_queue *queue)
{
    (void)pthread_mutex_lock(&queue->mutex);
    unsigned count = queue->count;
    (void)pthread_mutex_unlock(&queue->mutex);
    return count;
}
