/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * HTML as text; see document_kinds.h.
 *
 * The bytes are decoded before they are parsed: what a file says of its encoding is often wrong
 * once it was saved again.
 */
#include <string.h>

#include "base/text_decode.h"
#include "matcher/document/document_kinds.h"
#include "matcher/document/xml_parse.h"

struct html {
    struct sp_document_writer *writer;
    size_t depth;     /* elements open */
    size_t hidden_at; /* depth of the element that hides what is in it; 0: none */
};

enum effect { INLINE, HIDES, BLOCK, ITEM, HEADING, BREAK, ROW, CELL };

struct tag {
    const char *name;
    enum effect effect;
};

static const struct tag TAGS[] = {
    {"head", HIDES},     {"style", HIDES},      {"script", HIDES},  {"template", HIDES},
    {"noscript", HIDES}, {"title", HIDES},      {"svg", HIDES},     {"select", HIDES},
    {"p", BLOCK},        {"div", BLOCK},        {"section", BLOCK}, {"article", BLOCK},
    {"main", BLOCK},     {"header", BLOCK},     {"footer", BLOCK},  {"aside", BLOCK},
    {"nav", BLOCK},      {"ul", BLOCK},         {"ol", BLOCK},      {"dl", BLOCK},
    {"dd", BLOCK},       {"blockquote", BLOCK}, {"pre", BLOCK},     {"address", BLOCK},
    {"figure", BLOCK},   {"figcaption", BLOCK}, {"table", BLOCK},   {"caption", BLOCK},
    {"form", BLOCK},     {"fieldset", BLOCK},   {"legend", BLOCK},  {"body", BLOCK},
    {"center", BLOCK},   {"hr", BLOCK},         {"li", ITEM},       {"dt", ITEM},
    {"h1", HEADING},     {"h2", HEADING},       {"h3", HEADING},    {"h4", HEADING},
    {"h5", HEADING},     {"h6", HEADING},       {"br", BREAK},      {"tr", ROW},
    {"td", CELL},        {"th", CELL},
};

static enum effect effect_of(const char *name)
{
    for (size_t i = 0; i < SP_COUNT(TAGS); i++) {
        if (strcmp(TAGS[i].name, name) == 0) {
            return TAGS[i].effect;
        }
    }
    return INLINE;
}

static bool is_hidden(const struct sp_xml_start *start)
{
    return sp_xml_start_has(start, "hidden") || (start->html && effect_of(start->name) == HIDES);
}

static bool start(void *context, const struct sp_xml_start *start)
{
    struct html *html = context;
    html->depth++;
    if (html->hidden_at != 0) {
        return true;
    }
    if (is_hidden(start)) {
        html->hidden_at = html->depth;
        return true;
    }
    switch (effect_of(start->name)) {
    case BLOCK:
        sp_writer_begin(html->writer, SP_LINE_PARAGRAPH, 0);
        break;
    case ITEM:
        sp_writer_begin(html->writer, SP_LINE_ITEM, 0);
        break;
    case HEADING:
        sp_writer_begin(html->writer, SP_LINE_HEADING, (uint8_t)(start->name[1] - '0'));
        break;
    case BREAK:
        sp_writer_break(html->writer);
        break;
    case ROW:
        sp_writer_row(html->writer);
        break;
    case CELL:
        sp_writer_cell(html->writer);
        break;
    case INLINE:
    case HIDES:
        break;
    }
    return !sp_writer_is_full(html->writer);
}

static bool end(void *context, const char *name)
{
    struct html *html = context;
    size_t depth = html->depth--;
    if (html->hidden_at != 0) {
        html->hidden_at = depth == html->hidden_at ? 0 : html->hidden_at;
        return true;
    }
    enum effect effect = effect_of(name);
    if (effect == ROW) {
        sp_writer_row_end(html->writer);
    } else if (effect == BLOCK || effect == ITEM || effect == HEADING) {
        sp_writer_end(html->writer);
    }
    return !sp_writer_is_full(html->writer);
}

static bool text(void *context, struct sp_view text)
{
    struct html *html = context;
    if (html->hidden_at == 0) {
        sp_writer_add(html->writer, text);
    }
    return !sp_writer_is_full(html->writer);
}

enum sp_status sp_html_write(struct sp_view content, struct sp_document_writer *writer,
                             const char **encoding, struct sp_error *err)
{
    static const struct sp_xml_events EVENTS = {start, end, text};
    struct html html = {.writer = writer};
    struct sp_buffer decoded;
    struct sp_view utf8 = {0};
    enum sp_encoding found = SP_ENCODING_UTF_8;
    sp_buffer_init(&decoded, content.length * 3 + 1); /* a byte of the upper half gives up to 3 */
    enum sp_status status = sp_text_decode(content, &decoded, &utf8, &found, err);
    *encoding = sp_encoding_name(found);
    if (status == SP_OK) {
        status = sp_html_stream(utf8, &EVENTS, &html, err);
    }
    sp_buffer_release(&decoded);
    return status;
}
