/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * DOCX (ECMA-376 WordprocessingML) and ODT (OpenDocument 1.2) as text; see document_kinds.h.
 *
 * Both are packed XML in which paragraphs, headings, list items and tables are elements; only the
 * names differ. Elements are told apart by local names, which do not clash in these formats.
 */
#include <string.h>

#include "matcher/document/document_kinds.h"
#include "matcher/document/package.h"
#include "matcher/document/xml_parse.h"

enum effect {
    NOTHING,
    SKIP,      /* with all in it */
    BODY,      /* text counts only below it */
    PARAGRAPH, /* also: text counts only below such or below TEXT */
    HEADING,   /* ODT: level in outline-level */
    ITEM,
    ROW,
    CELL,
    TEXT, /* DOCX: text counts only in it */
    SPACE,
    BREAK,
    HYPHEN,
    STYLE,   /* DOCX: name of the paragraph's style in val */
    OUTLINE, /* DOCX: val 0..8 */
    NUMBERED /* DOCX: the paragraph is an item of a list */
};

struct tag {
    const char *name;
    enum effect effect;
};

static const struct tag DOCX_TAGS[] = {
    {"body", BODY},
    {"p", PARAGRAPH},
    {"t", TEXT},
    {"tab", SPACE},
    {"br", BREAK},
    {"cr", BREAK},
    {"noBreakHyphen", HYPHEN},
    {"tr", ROW},
    {"tc", CELL},
    {"pStyle", STYLE},
    {"outlineLvl", OUTLINE},
    {"numPr", NUMBERED},
    {"Fallback", SKIP},
    {"moveFrom", SKIP},
    {"del", SKIP},
    {"tabs", SKIP},
    {"pPrChange", SKIP},
    {NULL, NOTHING},
};

static const struct tag ODT_TAGS[] = {
    {"text", BODY},
    {"p", PARAGRAPH},
    {"h", HEADING},
    {"list-item", ITEM},
    {"table-row", ROW},
    {"table-cell", CELL},
    {"covered-table-cell", CELL},
    {"s", SPACE},
    {"tab", SPACE},
    {"line-break", BREAK},
    {"tracked-changes", SKIP},
    {"annotation", SKIP},
    {"note", SKIP},
    {"table-of-content", SKIP},
    {"alphabetical-index", SKIP},
    {NULL, NOTHING},
};

struct office {
    struct sp_document_writer *writer;
    const struct tag *tags;
    bool needs_text_tag; /* DOCX */
    size_t depth;        /* elements open */
    size_t skip_at;      /* depth of the element that is skipped; 0: none */
    unsigned body_depth; /* open BODY elements */
    unsigned paragraph_depth;
    unsigned text_depth;
};

static enum effect effect_of(const struct office *office, const char *name)
{
    const struct tag *tag = office->tags;
    while (tag->name != NULL && strcmp(tag->name, name) != 0) {
        tag++;
    }
    return tag->effect;
}

/** Level of a heading by the name of its style, which Word writes in the user's language:
 * "Heading2", "Nagwek2", "Title", "Tytu"; -1 for other styles. */
static int style_level(struct sp_view style)
{
    static const char *const HEADINGS[] = {"Heading", "Nagwek", "Naglowek"};
    for (size_t i = 0; i < SP_COUNT(HEADINGS); i++) {
        struct sp_view name = sp_view_of(HEADINGS[i]);
        if (sp_view_starts_with(style, name) && style.length == name.length + 1 &&
            style.data[name.length] >= '1' && style.data[name.length] <= '9') {
            return style.data[name.length] - '0';
        }
    }
    return sp_view_is(style, "Title") || sp_view_is(style, "Tytu") ? 0 : -1;
}

static void begin_heading(struct office *office, struct sp_view level, int first)
{
    int number = level.length == 1 ? level.data[0] - '0' + 1 - first : 0;
    if (number >= 1 && number <= 9) {
        sp_writer_begin(office->writer, SP_LINE_HEADING, (uint8_t)number);
    } else {
        sp_writer_begin(office->writer, SP_LINE_PARAGRAPH, 0); /* 9 of OUTLINE is body text */
    }
}

static void begin_styled(struct office *office, struct sp_view style)
{
    int level = style_level(style);
    if (level >= 0) {
        sp_writer_begin(office->writer, SP_LINE_HEADING, (uint8_t)level);
    }
}

static void apply(struct office *office, enum effect effect, const struct sp_xml_start *start)
{
    struct sp_document_writer *writer = office->writer;
    switch (effect) {
    case PARAGRAPH:
        office->paragraph_depth++;
        sp_writer_begin(writer, SP_LINE_PARAGRAPH, 0);
        break;
    case HEADING:
        office->paragraph_depth++;
        begin_heading(office, sp_xml_start_attribute(start, "outline-level"), 1);
        break;
    case ITEM:
        sp_writer_begin(writer, SP_LINE_ITEM, 0);
        break;
    case ROW:
        sp_writer_row(writer);
        break;
    case CELL:
        sp_writer_cell(writer);
        break;
    case SPACE:
        sp_writer_add(writer, sp_view_of(" "));
        break;
    case BREAK:
        sp_writer_break(writer);
        break;
    case HYPHEN:
        sp_writer_add(writer, sp_view_of("-"));
        break;
    case STYLE:
        begin_styled(office, sp_xml_start_attribute(start, "val"));
        break;
    case OUTLINE:
        begin_heading(office, sp_xml_start_attribute(start, "val"), 0);
        break;
    case NUMBERED:
        if (writer->kind != SP_LINE_HEADING) {
            sp_writer_begin(writer, SP_LINE_ITEM, 0);
        }
        break;
    case NOTHING:
    case SKIP:
    case BODY:
    case TEXT:
        break;
    }
}

static bool start(void *context, const struct sp_xml_start *start)
{
    struct office *office = context;
    office->depth++;
    if (office->skip_at != 0) {
        return true;
    }
    enum effect effect = effect_of(office, start->name);
    if (effect == SKIP) {
        office->skip_at = office->depth;
        return true;
    }
    office->body_depth += effect == BODY ? 1 : 0;
    office->text_depth += effect == TEXT ? 1 : 0;
    if (office->body_depth > 0) {
        apply(office, effect, start);
    }
    return !sp_writer_is_full(office->writer);
}

static bool end(void *context, const char *name)
{
    struct office *office = context;
    size_t depth = office->depth--;
    if (office->skip_at != 0) {
        office->skip_at = depth == office->skip_at ? 0 : office->skip_at;
        return true;
    }
    enum effect effect = effect_of(office, name);
    office->text_depth -= effect == TEXT ? 1 : 0;
    if (office->body_depth > 0) {
        if (effect == PARAGRAPH || effect == HEADING) {
            office->paragraph_depth--;
            sp_writer_end(office->writer);
        } else if (effect == ROW) {
            sp_writer_row_end(office->writer);
        }
    }
    office->body_depth -= effect == BODY ? 1 : 0;
    return !sp_writer_is_full(office->writer);
}

static bool text(void *context, struct sp_view text)
{
    struct office *office = context;
    bool counts = office->skip_at == 0 && office->body_depth > 0 && office->paragraph_depth > 0 &&
                  (!office->needs_text_tag || office->text_depth > 0);
    if (counts) {
        sp_writer_add(office->writer, text);
    }
    return !sp_writer_is_full(office->writer);
}

/** Stream the first of @p parts that is there. */
static enum sp_status write_part(struct sp_package *package, const char *const *parts,
                                 size_t unpacked_bytes, struct office *office, struct sp_error *err)
{
    static const struct sp_xml_events EVENTS = {start, end, text};
    while (parts[1] != NULL && !sp_package_has(package, parts[0])) {
        parts++;
    }
    struct sp_buffer bytes;
    sp_buffer_init(&bytes, unpacked_bytes);
    enum sp_status status = sp_package_read(package, parts[0], &bytes, err);
    if (status == SP_OK) {
        status = sp_xml_stream(sp_buffer_view(&bytes), &EVENTS, office, err);
        if (status != SP_OK) {
            sp_error_prefix(err, parts[0]);
        }
    }
    sp_buffer_release(&bytes);
    return status;
}

static enum sp_status fail_if_encrypted(struct sp_package *package, struct sp_error *err)
{
    static const char *const MANIFEST = "META-INF/manifest.xml";
    enum { MANIFEST_MAX_BYTES = 4 << 20 };
    if (!sp_package_has(package, MANIFEST)) {
        return SP_OK;
    }
    struct sp_buffer bytes;
    sp_buffer_init(&bytes, MANIFEST_MAX_BYTES);
    enum sp_status status = sp_package_read(package, MANIFEST, &bytes, err);
    /* NUL-terminated by the buffer; what a NUL inside would hide fails as XML right after. */
    if (status == SP_OK && bytes.length > 0 && strstr(bytes.data, "encryption-data") != NULL) {
        status = SP_FAIL(err, SP_UNSUPPORTED, "",
                         "Dokument jest zaszyfrowany hasłem. Zapisz go bez hasła.",
                         "The document is protected by a password. Save it without one.");
    }
    sp_buffer_release(&bytes);
    return status;
}

enum sp_status sp_docx_write(struct sp_view content, size_t unpacked_bytes,
                             struct sp_document_writer *writer, struct sp_error *err)
{
    static const char *const PARTS[] = {"word/document.xml", "word/document2.xml", NULL};
    struct office office = {.writer = writer, .tags = DOCX_TAGS, .needs_text_tag = true};
    struct sp_package *package = NULL;
    enum sp_status status = sp_package_open(content, &package, err);
    if (status == SP_OK) {
        status = write_part(package, PARTS, unpacked_bytes, &office, err);
    }
    sp_package_close(package);
    return status;
}

enum sp_status sp_odt_write(struct sp_view content, size_t unpacked_bytes,
                            struct sp_document_writer *writer, struct sp_error *err)
{
    static const char *const PARTS[] = {"content.xml", NULL};
    struct office office = {.writer = writer, .tags = ODT_TAGS};
    struct sp_package *package = NULL;
    enum sp_status status = sp_package_open(content, &package, err);
    if (status == SP_OK) {
        status = fail_if_encrypted(package, err);
    }
    if (status == SP_OK) {
        status = write_part(package, PARTS, unpacked_bytes, &office, err);
    }
    sp_package_close(package);
    return status;
}
