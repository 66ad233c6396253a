/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The offers of the fictional region as documents: titles and descriptions analysed into lemmas, as
 * the catalogue indexes them.
 */
#include "benchmarks/search/corpus.h"

#ifdef SP_WITH_REGION
#include "benchmarks/search/corpus_region_real.inc"
#else
enum sp_status corpus_from_region(struct corpus *corpus, uint32_t count, uint64_t seed,
                                  const char *share_dir, struct sp_error *err)
{
    (void)corpus;
    (void)count;
    (void)seed;
    (void)share_dir;
    return SP_FAIL(err, SP_UNSUPPORTED, "--corpus", "Zbudowano bez wymyślonego regionu.",
                   "Built without the fictional region.");
}
#endif
