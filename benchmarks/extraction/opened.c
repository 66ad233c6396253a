/* SPDX-License-Identifier: EUPL-1.2 */
#include "benchmarks/extraction/opened.h"

enum sp_status sp_extraction_open(const char *share, struct sp_extraction_opened *out,
                                  struct sp_error *err)
{
    *out = (struct sp_extraction_opened){.language = NULL};
    enum sp_status status = sp_language_open(share, &out->language, err);
    status = status == SP_OK ? sp_analyser_new(out->language, &out->analyser, err) : status;
    status =
        status == SP_OK ? sp_vocabulary_open(share, out->analyser, &out->vocabulary, err) : status;
    status = status == SP_OK ? sp_rulebook_open(share, &out->rulebook, err) : status;
    return status == SP_OK ? sp_cue_table_open(share, out->analyser, &out->cues, err) : status;
}

void sp_extraction_close(struct sp_extraction_opened *opened)
{
    sp_cue_table_free(opened->cues);
    sp_rulebook_free(opened->rulebook);
    sp_vocabulary_free(opened->vocabulary);
    sp_analyser_free(opened->analyser);
    sp_language_free(opened->language);
}

struct sp_extraction_tools sp_extraction_tools_of(const struct sp_extraction_opened *opened)
{
    return (struct sp_extraction_tools){opened->analyser, opened->vocabulary, opened->cues,
                                        opened->rulebook, sp_view_of("")};
}
