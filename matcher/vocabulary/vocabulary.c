/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/vocabulary/vocabulary.h"

#include "base/file.h"
#include "base/memory.h"

enum { PATH_MAX_BYTES = 4096 };

static enum sp_status open_parts(const char *directory, struct sp_analyser *analyser,
                                 struct sp_vocabulary *vocabulary, struct sp_error *err)
{
    enum sp_status status = sp_cpv_open(directory, &vocabulary->cpv, err);
    if (status == SP_OK) {
        status = sp_territory_open(directory, &vocabulary->territory, err);
    }
    if (status == SP_OK) {
        status = sp_gazetteer_open(directory, vocabulary->territory, &vocabulary->gazetteer, err);
    }
    if (status == SP_OK) {
        status = sp_units_open(directory, &vocabulary->units, err);
    }
    if (status == SP_OK) {
        status = sp_services_open(directory, vocabulary->cpv, analyser, &vocabulary->services, err);
    }
    return status;
}

enum sp_status sp_vocabulary_open(const char *share_dir, struct sp_analyser *analyser,
                                  struct sp_vocabulary **out, struct sp_error *err)
{
    char directory[PATH_MAX_BYTES];
    if (sp_file_join(share_dir, "vocabulary", directory, sizeof directory) != SP_OK) {
        return SP_FAIL(err, SP_IO, share_dir, "Za długa ścieżka do tabel.",
                       "The path to the tables is too long.");
    }
    struct sp_vocabulary *vocabulary = sp_calloc(1, sizeof *vocabulary);
    if (vocabulary == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = open_parts(directory, analyser, vocabulary, err);
    if (status != SP_OK) {
        sp_vocabulary_free(vocabulary);
        return status;
    }
    *out = vocabulary;
    return SP_OK;
}

void sp_vocabulary_free(struct sp_vocabulary *vocabulary)
{
    if (vocabulary != NULL) {
        sp_services_free(vocabulary->services);
        sp_units_free(vocabulary->units);
        sp_gazetteer_free(vocabulary->gazetteer);
        sp_territory_free(vocabulary->territory);
        sp_cpv_free(vocabulary->cpv);
        sp_free(vocabulary);
    }
}
