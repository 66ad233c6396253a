/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What the benchmark asks of every engine: index a corpus, answer a query with its best documents.
 */
#ifndef SP_BENCHMARKS_SEARCH_ENGINE_H
#define SP_BENCHMARKS_SEARCH_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "benchmarks/search/corpus.h"

enum { TOP_K = 20 };

/** Four ways to ask a query. */
enum mode_flags { MODE_ALL = 1 << 0, MODE_POWIAT = 1 << 1, MODE_COUNT = 4 };

struct answer {
    uint32_t documents[TOP_K]; /* places in corpus.documents, best first */
    uint32_t scores[TOP_K];    /* of the engines that share our score, else 0 */
    size_t count;
};

/** An engine; @p state belongs to it. */
struct engine {
    const char *name;
    const char *version; /* set by open */
    /** Index the corpus. @p directory: empty, for files; removed by the caller */
    enum sp_status (*open)(struct engine *engine, const struct corpus *corpus,
                           const struct corpus_query *queries, size_t query_count,
                           const char *directory, struct sp_error *err);
    /** Answer query number @p number of those given to open; timed. */
    enum sp_status (*search)(struct engine *engine, size_t number, unsigned mode,
                             struct answer *out, struct sp_error *err);
    void (*close)(struct engine *engine);
    void *state;
    size_t bytes; /* held or written, if known */
};

/** The index of matcher/search. */
struct engine engine_index(void);
/** Every posting scored, straight from the definition of the score: the truth. */
struct engine engine_exhaustive(void);
/** SQLite FTS5 as the manual shows it: ORDER BY rank LIMIT 20. */
struct engine engine_fts5(void);
/** Lucene through JNI; open fails with SP_UNSUPPORTED if built without it. */
struct engine engine_lucene(void);

#endif
