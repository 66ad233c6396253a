/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Fuzzes the reading of notices of the bulletin, OCDS releases and plain documents into drafts.
 *
 * Property: every text of the draft is UTF-8, every code has eight digits, every Source lies within
 * the text of the document on borders of characters.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "matcher/document/xml_parse.h"
#include "matcher/tender/tender_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { ARENA_BYTES = 32 << 20 };

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void check_text(const char *text)
{
    struct sp_view view = sp_view_of(text);
    require(text != NULL && sp_utf8_check(view) == view.length);
}

static void check_codes(char **codes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        require(strlen(codes[i]) == 8 && strspn(codes[i], "0123456789") == 8);
    }
}

static void check_sources(Spoina__V1__Source **sources, size_t count, struct sp_view text)
{
    for (size_t i = 0; i < count; i++) {
        size_t start = sources[i]->span->start;
        size_t end = sources[i]->span->end;
        require(start < end && end <= text.length);
        struct sp_view words = sp_view_from(text.data + start, end - start);
        require(sp_utf8_check(words) == words.length);
    }
}

static void check_terms(Spoina__V1__Clause **clauses, size_t clause_count,
                        Spoina__V1__AwardCriterion **criteria, size_t criterion_count,
                        struct sp_view text)
{
    for (size_t i = 0; i < clause_count; i++) {
        check_text(clauses[i]->text);
        check_sources(clauses[i]->sources, clauses[i]->n_sources, text);
    }
    for (size_t i = 0; i < criterion_count; i++) {
        check_text(criteria[i]->name);
        require(criteria[i]->weight_percent <= 100);
        check_sources(criteria[i]->sources, criteria[i]->n_sources, text);
    }
}

static void check_draft(const Spoina__V1__Draft *draft, struct sp_view text)
{
    check_text(draft->title);
    check_text(draft->description);
    check_text(draft->reference);
    check_codes(draft->cpv, draft->n_cpv);
    check_sources(draft->sources, draft->n_sources, text);
    check_terms(draft->clauses, draft->n_clauses, draft->criteria, draft->n_criteria, text);
    for (size_t i = 0; i < draft->n_lots; i++) {
        const Spoina__V1__Lot *lot = draft->lots[i];
        check_text(lot->title);
        check_text(lot->description);
        check_codes(lot->cpv, lot->n_cpv);
        check_sources(lot->sources, lot->n_sources, text);
        check_terms(lot->clauses, lot->n_clauses, lot->criteria, lot->n_criteria, text);
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    sp_xml_setup();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sp_view content = sp_view_from((const char *)data, size);
    enum sp_document_format format = SP_DOCUMENT_PLAIN;
    struct sp_error error = {0};
    if (sp_document_recognise(content, NULL, &format, &error) == SP_OK &&
        format == SP_DOCUMENT_PDF) {
        return 0; /* read by another program */
    }
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_draft_warnings warnings = {.arena = arena};
    struct sp_tender_reading reading;
    enum sp_status status = sp_tender_read(content, NULL, NULL, arena, &warnings, &reading, &error);
    if (status == SP_OK) {
        check_draft(reading.draft, reading.document.text);
    } else {
        require(error.polish[0] != '\0' && error.english[0] != '\0' && error.place[0] != '\0');
    }
    sp_arena_free(arena);
    return 0;
}
