/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What the handlers share: the tables, the one store, the newest index; and what each thread has of
 * its own.
 *
 *     app: language, vocabulary,
 *          rulebook, cues,
 *          suggester              read-only, all threads
 *          store, needs           the writer's alone
 *          index                  the newest snapshot, exchanged by the writer after each commit
 *     worker: analyser, readers, texts   one of each a thread
 *
 * A change is acknowledged after its batch is committed and the snapshot that shows it is out, so
 * that whoever was told "done" also finds it.
 */
#ifndef SP_HANDLERS_APP_H
#define SP_HANDLERS_APP_H

#include <pthread.h>
#include <stdint.h>

#include "base/status.h"
#include "matcher/advice/wording.h"
#include "matcher/catalogue/reader.h"
#include "matcher/catalogue/store.h"
#include "matcher/extraction/cues.h"
#include "matcher/language/language.h"
#include "matcher/needs/needs_reader.h"
#include "matcher/needs/needs_store.h"
#include "matcher/rules/rulebook.h"
#include "matcher/search/index.h"
#include "matcher/suggest/suggest.h"
#include "matcher/texts/texts.h"
#include "matcher/vocabulary/vocabulary.h"
#include "server/work/work.h"

struct sp_app {
    char *data_dir;
    struct sp_language *language;
    struct sp_vocabulary *vocabulary;
    struct sp_rulebook *rulebook;
    struct sp_wordings *wordings;
    struct sp_cue_table *cues;
    struct sp_suggester *suggester;
    struct sp_store *store;     /* writer thread only, once the threads run */
    struct sp_needs *needs;     /* likewise */
    pthread_mutex_t index_lock; /* guards the pointers below, not what they point to */
    struct sp_index *index;
    struct sp_lessons *lessons; /* NULL: no notice was learned from */
};

/** The context of a worker or of the writer: sp_call.worker. */
struct sp_app_worker {
    struct sp_app *app;
    struct sp_analyser *analyser;
    struct sp_reader *reader;
    struct sp_needs_reader *needs;
    struct sp_texts *texts;
};

/**
 * Open the tables of @p share_dir and the catalogue of @p data_dir, and make the first index.
 *
 * @param out  owned by the caller, sp_app_close(); must outlive the threads
 * @return SP_OK; what the parts return, told in @p err
 */
SP_MUST_CHECK enum sp_status sp_app_open(const char *share_dir, const char *data_dir,
                                         struct sp_app **out, struct sp_error *err);

/** Close all; NULL is accepted. After the threads have ended. */
void sp_app_close(struct sp_app *app);

/** What the work threads do for @p app (server/work/work.h). */
struct sp_work_hooks sp_app_hooks(struct sp_app *app);

/** The newest snapshot, with a reference for the caller: sp_index_unref(). Any thread. */
struct sp_index *sp_app_index(struct sp_app *app);

/** What was learned from notices, with a reference for the caller, or NULL: sp_lessons_unref(). Any
 *  thread. */
struct sp_lessons *sp_app_lessons(struct sp_app *app);

/** Learn anew from all published needs that are kept. */
SP_MUST_CHECK enum sp_status sp_app_learn(struct sp_app_worker *worker, struct sp_error *err);

/** Exchange it for @p lessons, whose reference is taken; NULL: nothing. Any thread. */
void sp_app_teach(struct sp_app *app, struct sp_lessons *lessons);

#endif
