/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Lucene's Polish analysers (Debian's jars) in a Java 17 virtual machine of this process, through
 * JNI. There is no Java source: the calls are what a Java program would make.
 *
 * In Lucene's favour: stop words are kept (a form that is thrown away can meet no other); the whole
 * text is consumed by a loop inside Java (LimitTokenCountFilter of one token that consumes the
 * rest), so that the five timed JNI calls of a pass, some 0.1 us each, vanish beside thousands of
 * tokens.
 */
#ifndef SP_BENCHMARKS_CONFLATION_LUCENE_H
#define SP_BENCHMARKS_CONFLATION_LUCENE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/view.h"

enum lucene_kind { LUCENE_MORFOLOGIK, LUCENE_STEMPEL, LUCENE_KINDS };
enum { LUCENE_TERMS_MAX = 32 };

struct lucene;

/** Start Java and make the analysers; SP_UNSUPPORTED if built without Java, SP_INTERNAL. */
SP_MUST_CHECK enum sp_status lucene_start(struct lucene **out, struct sp_error *err);
void lucene_stop(struct lucene *lucene);

/** Versions as "Lucene 8.7.0, Java 17.0.15"; valid until lucene_stop(). */
const char *lucene_version(const struct lucene *lucene);

/** Give the terms that @p text becomes, at most LUCENE_TERMS_MAX, copied into @p arena. */
SP_MUST_CHECK enum sp_status lucene_terms(struct lucene *lucene, enum lucene_kind kind,
                                          struct sp_view text, struct sp_arena *arena,
                                          struct sp_view *out, size_t *count, struct sp_error *err);

/** Analyse @p text once and tell how long it took. */
SP_MUST_CHECK enum sp_status lucene_pass(struct lucene *lucene, enum lucene_kind kind,
                                         struct sp_view text, uint64_t *ns, struct sp_error *err);

#endif
