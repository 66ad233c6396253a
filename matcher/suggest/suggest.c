/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The suggester: its tables, its answer, its verdict on given codes. */
#include "matcher/suggest/suggest.h"

#include "base/file.h"
#include "base/memory.h"
#include "matcher/suggest/label_terms.h"
#include "matcher/suggest/suggest_priv.h"

enum {
    PATH_MAX_BYTES = 4096,
    HALF_SCORE_EVIDENCE = 20000, /* gives the score 500 */
    /* The verdict, calibrated in benchmarks/quality on right and on foreign codes: */
    CLEAR_SCORE = 500,   /* below, the text says too little for a doubt */
    FIRM_PERCENT = 50,   /* of the best score: a suggestion that can vouch for a code */
    VOUCHING_MAX = 10,   /* suggestions looked at */
    NEAR_CLOSENESS = 500 /* sp_cpv_closeness(): one above the other, or the same class */
};

void sp_suggester_free(struct sp_suggester *suggester)
{
    if (suggester != NULL) {
        sp_code_phrases_free(suggester->phrases);
        sp_index_unref(suggester->labels);
        sp_free(suggester->document_of_code);
        sp_free(suggester);
    }
}

enum sp_status sp_suggester_open(const char *share_dir, const struct sp_vocabulary *vocabulary,
                                 struct sp_analyser *analyser, struct sp_suggester **out,
                                 struct sp_error *err)
{
    char directory[PATH_MAX_BYTES];
    if (sp_file_join(share_dir, "vocabulary", directory, sizeof directory) != SP_OK) {
        return SP_FAIL(err, SP_IO, share_dir, "Za długa ścieżka do tabel.",
                       "The path to the tables is too long.");
    }
    struct sp_suggester *suggester = sp_calloc(1, sizeof *suggester);
    if (suggester == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    suggester->vocabulary = vocabulary;
    suggester->codes = sp_cpv_all(vocabulary->cpv, &suggester->code_count);
    enum sp_status status =
        sp_code_phrases_open(directory, vocabulary, analyser, &suggester->phrases, err);
    if (status == SP_OK) {
        status = sp_label_index_new(vocabulary, analyser, &suggester->labels,
                                    &suggester->document_of_code, err);
    }
    if (status != SP_OK) {
        sp_suggester_free(suggester);
        return status;
    }
    *out = suggester;
    return SP_OK;
}

uint32_t sp_suggest_score(uint64_t evidence)
{
    if (evidence == 0) {
        return 0;
    }
    uint64_t score = SP_SUGGEST_SCORE_MAX * evidence / (evidence + HALF_SCORE_EVIDENCE);
    return score == 0 ? 1 : (uint32_t)score;
}

/* Tell whether the text names anything: "świadczenie usług" alone calls for no code. */
static bool says_what(const struct sp_suggest_text *text)
{
    for (size_t i = 0; i < text->word_count; i++) {
        if (!text->words[i].says_how) {
            return true;
        }
    }
    return false;
}

/* The best suggestions vouch for a code that is near them. */
static enum sp_agreement judge(const struct sp_evidence *evidence,
                               const struct sp_suggest_request *request)
{
    const struct sp_suggester *suggester = evidence->suggester;
    if (request->given_count == 0 || evidence->touched_count == 0) {
        return SP_AGREEMENT_UNKNOWN;
    }
    uint32_t best = sp_suggest_score(evidence->of[evidence->touched[0]].total);
    for (size_t i = 0; i < evidence->touched_count && i < VOUCHING_MAX; i++) {
        uint32_t code = evidence->touched[i];
        uint32_t score = sp_suggest_score(evidence->of[code].total);
        for (size_t k = 0; k < request->given_count && score * 100 >= best * FIRM_PERCENT; k++) {
            if (sp_cpv_closeness(suggester->vocabulary->cpv, &suggester->codes[code],
                                 request->given[k]) >= NEAR_CLOSENESS) {
                return SP_AGREEMENT_AGREES;
            }
        }
    }
    return best >= CLEAR_SCORE ? SP_AGREEMENT_DOUBTFUL : SP_AGREEMENT_UNKNOWN;
}

static enum sp_status answer_from(const struct sp_evidence *evidence, size_t limit,
                                  struct sp_suggest_answer *out)
{
    size_t count = evidence->touched_count < limit ? evidence->touched_count : limit;
    struct sp_suggestion *items = sp_arena_calloc(evidence->arena, count + 1, sizeof *items);
    if (items == NULL) {
        return SP_FAIL_NOMEM(evidence->err);
    }
    out->items = items;
    for (size_t i = 0; i < evidence->touched_count && out->count < count; i++) {
        uint32_t code = evidence->touched[i];
        struct sp_suggestion *item = &items[out->count];
        item->cpv = &evidence->suggester->codes[code];
        item->score = sp_suggest_score(evidence->of[code].total);
        enum sp_status status = sp_evidence_explain(evidence, code, item);
        if (status != SP_OK) {
            return status;
        }
        out->count += item->score > 0 && item->because_count > 0 ? 1 : 0;
    }
    return SP_OK;
}

enum sp_status sp_suggest_codes(const struct sp_suggester *suggester,
                                const struct sp_lessons *lessons, struct sp_analyser *analyser,
                                const struct sp_suggest_request *request, struct sp_arena *arena,
                                struct sp_suggest_answer *out, struct sp_error *err)
{
    *out = (struct sp_suggest_answer){0};
    if (request->limit > SP_SUGGEST_LIMIT_MAX) {
        return SP_FAIL(err, SP_LIMIT, "limit", "Najwyżej %d propozycji.", "At most %d suggestions.",
                       SP_SUGGEST_LIMIT_MAX);
    }
    if (request->given_count > SP_SUGGEST_GIVEN_MAX) {
        return SP_FAIL(err, SP_LIMIT, "codes", "Najwyżej %d kodów do porównania.",
                       "At most %d codes to compare.", SP_SUGGEST_GIVEN_MAX);
    }
    struct sp_suggest_text text;
    enum sp_status status = sp_suggest_text_read(analyser, suggester->vocabulary->services,
                                                 request->text, arena, &text, err);
    if (status != SP_OK || !says_what(&text)) {
        return status;
    }
    struct sp_evidence evidence = {.suggester = suggester,
                                   .lessons = sp_lessons_index(lessons),
                                   .text = &text,
                                   .arena = arena,
                                   .err = err};
    status = sp_evidence_weigh(&evidence);
    if (status == SP_OK) {
        out->agreement = judge(&evidence, request);
        status = answer_from(&evidence,
                             request->limit == 0 ? SP_SUGGEST_LIMIT_DEFAULT : request->limit, out);
    }
    return status;
}
