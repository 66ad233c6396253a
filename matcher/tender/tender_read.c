/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Any file into a draft: which reader it is for, and what a document without fields still tells;
 * see tender_read.h.
 */
#include "matcher/tender/tender_read.h"

#include "matcher/tender/draft_builder.h"
#include "matcher/tender/notice.h"
#include "matcher/vocabulary/cpv.h"

enum { TITLE_MAX_BYTES = 300 /* of a document: what is longer is a paragraph, not a title */ };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/** Tell whether a code with its check digit begins at @p at ("85311100-3"); the digit is proof that
 *  it is a code and not a telephone number. */
static bool is_code(struct sp_view text, size_t at)
{
    enum { LENGTH = SP_CPV_DIGITS + 2 };
    if (at + LENGTH > text.length || (at > 0 && is_digit(text.data[at - 1])) ||
        (at + LENGTH < text.length && is_digit(text.data[at + LENGTH]))) {
        return false;
    }
    for (size_t i = 0; i < SP_CPV_DIGITS; i++) {
        if (!is_digit(text.data[at + i])) {
            return false;
        }
    }
    return text.data[at + SP_CPV_DIGITS] == '-' && is_digit(text.data[at + LENGTH - 1]) &&
           sp_cpv_check_digit(text.data + at) == text.data[at + LENGTH - 1] - '0';
}

static void add_printed_codes(struct sp_draft_builder *builder, struct sp_view text,
                              Spoina__V1__Draft *draft)
{
    for (size_t at = 0; at < text.length; at++) {
        if (is_code(text, at)) {
            sp_build_add(builder, SP_TEXT_LIST(draft, cpv),
                         sp_view_from(text.data + at, SP_CPV_DIGITS));
        }
    }
}

/** The line that names the document: its title, else its first heading, else its first line. */
static struct sp_view title_of(const struct sp_document_text *document)
{
    size_t chosen = 0;
    for (size_t i = document->line_count; i > 0; i--) {
        if (document->lines[i - 1].kind == SP_LINE_HEADING &&
            (chosen == 0 || document->lines[i - 1].level <= document->lines[chosen - 1].level)) {
            chosen = i; /* from the end: the first of the highest ones stays */
        }
    }
    const struct sp_document_line *line = &document->lines[chosen > 0 ? chosen - 1 : 0];
    struct sp_view title = sp_view_from(document->text.data + line->offset, line->length);
    if (title.length > TITLE_MAX_BYTES) {
        title.length = TITLE_MAX_BYTES;
        while (title.length > 0 && title.data[title.length] != ' ' &&
               title.data[title.length] != '\t') {
            title.length--;
        }
        title = sp_view_trim(title);
    }
    return title;
}

static enum sp_status read_document(struct sp_draft_builder *builder,
                                    const struct sp_document_text *document,
                                    Spoina__V1__Draft *draft, struct sp_error *err)
{
    draft->title = sp_build_copy(builder, title_of(document));
    draft->description = sp_build_long_copy(builder, document->text, "description");
    add_printed_codes(builder, document->text, draft);
    return builder->status == SP_OK ? SP_OK : SP_FAIL_NOMEM(err);
}

/** Read a notice in XML or JSON; its texts become the text of the document. */
static enum sp_status read_notice(struct sp_draft_builder *builder, struct sp_view content,
                                  struct sp_tender_reading *out, struct sp_error *err)
{
    struct sp_document_writer writer;
    sp_writer_init(&writer, builder->arena, 0);
    builder->text = &writer;
    enum sp_status status = SP_OK;
    if (out->document.format == SP_DOCUMENT_JSON) {
        out->source = SP_SOURCE_OCDS;
        status = sp_ocds_read(builder, content, out->draft, err);
    } else {
        bool ted = false;
        status = sp_notice_read_tree(builder, content, out->draft, &ted, err);
        out->source = ted ? SP_SOURCE_TED : SP_SOURCE_EFORMS;
    }
    if (status == SP_OK) {
        status = sp_writer_finish(&writer, &out->document, err);
    }
    builder->text = NULL;
    sp_writer_release(&writer);
    return status;
}

/** Show the warnings of the document beside those of the draft. */
static enum sp_status pass_warnings(const struct sp_document_text *document,
                                    struct sp_draft_warnings *warnings, struct sp_error *err)
{
    for (size_t i = 0; i < document->warning_count; i++) {
        const struct sp_document_warning *warning = &document->warnings[i];
        if (sp_draft_warn(warnings, "text", "%s%.0s", "%.0s%s", warning->polish,
                          warning->english) != SP_OK) {
            return SP_FAIL_NOMEM(err);
        }
    }
    return SP_OK;
}

static enum sp_status read_kind(struct sp_draft_builder *builder, struct sp_view content,
                                struct sp_tender_reading *out, struct sp_error *err)
{
    bool has_fields =
        out->document.format == SP_DOCUMENT_XML || out->document.format == SP_DOCUMENT_JSON;
    if (has_fields) {
        return read_notice(builder, content, out, err);
    }
    if (sp_bzp_is(&out->document)) {
        out->source = SP_SOURCE_BZP;
        return sp_bzp_read(builder, &out->document, out->draft, err);
    }
    out->source = SP_SOURCE_DOCUMENT;
    return read_document(builder, &out->document, out->draft, err);
}

static enum sp_status read(struct sp_view content, const struct sp_document_limits *limits,
                           struct sp_arena *arena, struct sp_draft_warnings *warnings,
                           struct sp_tender_reading *out, struct sp_error *err)
{
    enum sp_status status = sp_document_read(content, NULL, limits, arena, &out->document, err);
    if (status != SP_OK) {
        return status;
    }
    out->draft = sp_arena_alloc(arena, sizeof *out->draft);
    if (out->draft == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__draft__init(out->draft);
    struct sp_draft_builder builder = {.arena = arena, .warnings = warnings};
    sp_buffer_init(&builder.scratch, SP_NOTICE_TEXT_MAX_BYTES + 16);
    status = read_kind(&builder, content, out, err);
    if (status == SP_OK) {
        status = sp_draft_require(out->draft, err);
    }
    if (status == SP_OK) {
        status = pass_warnings(&out->document, warnings, err);
    }
    sp_buffer_release(&builder.scratch);
    return status;
}

enum sp_status sp_tender_read(struct sp_view content, const char *file_name,
                              const struct sp_document_limits *limits, struct sp_arena *arena,
                              struct sp_draft_warnings *warnings, struct sp_tender_reading *out,
                              struct sp_error *err)
{
    *out = (struct sp_tender_reading){0};
    enum sp_status status = read(content, limits, arena, warnings, out, err);
    bool named = file_name != NULL && *file_name != '\0';
    if (status != SP_OK && named) {
        sp_error_prefix(err, file_name);
    } else if (status != SP_OK && err != NULL && err->place[0] == '\0') {
        sp_error_prefix(err, "notice.content"); /* the field of a request that holds files */
    }
    return status;
}
