/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/handlers/app.h"

#include <string.h>

#include "base/memory.h"
#include "matcher/needs/need_lessons.h"
#include "matcher/search/from_store.h"
#include "matcher/tender/notice.h"
#include "server/operations/log.h"

struct sp_index *sp_app_index(struct sp_app *app)
{
    (void)pthread_mutex_lock(&app->index_lock);
    struct sp_index *index = sp_index_ref(app->index);
    (void)pthread_mutex_unlock(&app->index_lock);
    return index;
}

struct sp_lessons *sp_app_lessons(struct sp_app *app)
{
    (void)pthread_mutex_lock(&app->index_lock);
    struct sp_lessons *lessons = app->lessons == NULL ? NULL : sp_lessons_ref(app->lessons);
    (void)pthread_mutex_unlock(&app->index_lock);
    return lessons;
}

void sp_app_teach(struct sp_app *app, struct sp_lessons *lessons)
{
    (void)pthread_mutex_lock(&app->index_lock);
    struct sp_lessons *old = app->lessons;
    app->lessons = lessons;
    (void)pthread_mutex_unlock(&app->index_lock);
    sp_lessons_unref(old);
}

/* Make the snapshot of what is committed now and put it out. */
static enum sp_status refresh_index(struct sp_app_worker *worker, struct sp_error *err)
{
    struct sp_app *app = worker->app;
    struct sp_index *newest = NULL;
    enum sp_status status = sp_index_from_store(
        &(struct sp_index_source){worker->reader, worker->analyser, app->vocabulary->services},
        app->index, &newest, err);
    if (status != SP_OK) {
        return status;
    }
    (void)pthread_mutex_lock(&app->index_lock);
    struct sp_index *old = app->index;
    app->index = newest;
    (void)pthread_mutex_unlock(&app->index_lock);
    sp_index_unref(old);
    sp_store_forget_removed(app->store,
                            sp_index_base_version(newest)); /* no older one is updated */
    return SP_OK;
}

static void close_worker(void *context, bool is_writer, void *worker)
{
    (void)context;
    (void)is_writer;
    struct sp_app_worker *own = worker;
    if (own != NULL) {
        sp_reader_close(own->reader);
        sp_needs_reader_close(own->needs);
        sp_analyser_free(own->analyser);
        sp_texts_free(own->texts);
        sp_free(own);
    }
}

static enum sp_status open_worker(void *context, bool is_writer, void **worker,
                                  struct sp_error *err)
{
    struct sp_app *app = context;
    struct sp_app_worker *own = sp_calloc(1, sizeof *own);
    if (own == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    own->app = app;
    enum sp_status status = sp_analyser_new(app->language, &own->analyser, err);
    if (status == SP_OK) {
        status = sp_reader_open(app->data_dir, app->language, &own->reader, err);
    }
    if (status == SP_OK) {
        status = sp_needs_reader_open(app->data_dir, &own->needs, err);
    }
    if (status == SP_OK) {
        status = sp_texts_new(&own->texts, err);
    }
    if (status != SP_OK) {
        close_worker(context, is_writer, own);
        return status;
    }
    *worker = own;
    return SP_OK;
}

/* An import is one transaction by itself, thousands of rows to one fsync, so a batch opens none. */
static enum sp_status begin_batch(void *context, void *worker, struct sp_error *err)
{
    (void)context;
    (void)worker;
    (void)err;
    return SP_OK;
}

static enum sp_status commit_batch(void *context, void *worker, struct sp_error *err)
{
    (void)context;
    return refresh_index(worker, err);
}

struct sp_work_hooks sp_app_hooks(struct sp_app *app)
{
    return (struct sp_work_hooks){.open = open_worker,
                                  .close = close_worker,
                                  .begin = begin_batch,
                                  .commit = commit_batch,
                                  .context = app};
}

/* Tell the operator what opening the store did beyond opening it. */
static void log_opening(const struct sp_app *app)
{
    const struct sp_store_opening *opening = sp_store_opening(app->store);
    SP_LOG(SP_LOG_INFO, "store", "event=opened version=%llu schema_before=%d index_remade=%d",
           (unsigned long long)sp_store_version(app->store), opening->schema_before,
           (int)opening->index_remade);
    if (opening->after_crash) {
        SP_LOG(SP_LOG_WARN, "store", "event=recovered_after_crash pages=%lld",
               (long long)opening->recovered_pages);
    }
}

enum sp_status sp_app_learn(struct sp_app_worker *worker, struct sp_error *err)
{
    struct sp_key_tools tools = {worker->analyser, worker->app->vocabulary};
    struct sp_lessons *lessons = NULL;
    enum sp_status status = sp_need_lessons(worker->needs, &tools, &lessons, err);
    if (status == SP_OK) {
        sp_app_teach(worker->app, lessons);
    }
    return status;
}

/* The catalogue first: it makes the directory. */
static enum sp_status open_stores(struct sp_app *app, struct sp_analyser *analyser,
                                  struct sp_error *err)
{
    struct sp_store_options catalogue = {
        .directory = app->data_dir, .language = app->language, .vocabulary = app->vocabulary};
    struct sp_needs_options needs = {.directory = app->data_dir,
                                     .language = app->language,
                                     .tools = {analyser, app->vocabulary}};
    enum sp_status status = sp_store_open(&catalogue, &app->store, err);
    return status == SP_OK ? sp_needs_open(&needs, &app->needs, err) : status;
}

static enum sp_status open_parts(struct sp_app *app, const char *share_dir, struct sp_error *err)
{
    struct sp_analyser *analyser = NULL;
    void *worker = NULL;
    enum sp_status status = sp_language_open(share_dir, &app->language, err);
    if (status == SP_OK) {
        status = sp_analyser_new(app->language, &analyser, err);
    }
    if (status == SP_OK) {
        status = sp_vocabulary_open(share_dir, analyser, &app->vocabulary, err);
    }
    if (status == SP_OK) {
        status = sp_rulebook_open(share_dir, &app->rulebook, err);
    }
    if (status == SP_OK) {
        status = sp_wordings_open(share_dir, app->rulebook, &app->wordings, err);
    }
    if (status == SP_OK) {
        status = sp_cue_table_open(share_dir, analyser, &app->cues, err);
    }
    if (status == SP_OK) {
        status = sp_suggester_open(share_dir, app->vocabulary, analyser, &app->suggester, err);
    }
    if (status == SP_OK) {
        status = open_stores(app, analyser, err);
    }
    sp_analyser_free(analyser);
    if (status == SP_OK) {
        log_opening(app);
    }
    if (status == SP_OK) {
        status = open_worker(app, true, &worker, err);
    }
    if (status == SP_OK) {
        status = refresh_index(worker, err);
    }
    if (status == SP_OK) {
        status = sp_app_learn(worker, err);
    }
    close_worker(app, true, worker);
    return status;
}

enum sp_status sp_app_open(const char *share_dir, const char *data_dir, struct sp_app **out,
                           struct sp_error *err)
{
    sp_notice_setup();
    struct sp_app *app = sp_calloc(1, sizeof *app);
    char *directory = sp_strndup(data_dir, strlen(data_dir));
    if (app == NULL || directory == NULL) {
        sp_free(app);
        sp_free(directory);
        return SP_FAIL_NOMEM(err);
    }
    app->data_dir = directory;
    (void)pthread_mutex_init(&app->index_lock, NULL);
    enum sp_status status = open_parts(app, share_dir, err);
    if (status != SP_OK) {
        sp_app_close(app);
        return status;
    }
    *out = app;
    return SP_OK;
}

void sp_app_close(struct sp_app *app)
{
    if (app == NULL) {
        return;
    }
    sp_index_unref(app->index);
    sp_lessons_unref(app->lessons);
    sp_needs_close(app->needs);
    sp_store_close(app->store);
    sp_suggester_free(app->suggester);
    sp_cue_table_free(app->cues);
    sp_wordings_free(app->wordings);
    sp_rulebook_free(app->rulebook);
    sp_vocabulary_free(app->vocabulary);
    sp_language_free(app->language);
    (void)pthread_mutex_destroy(&app->index_lock);
    sp_free(app->data_dir);
    sp_free(app);
}
