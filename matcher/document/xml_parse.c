/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Foreign XML and HTML within bounds; see xml_parse.h.
 *
 * For a tree, libxml2 builds its own; the SAX callbacks in between count what is built and refuse
 * every declaration of a DTD, so that neither entities nor default attributes can multiply. For a
 * stream the same callbacks hand on what they see and nothing is built. libxml2's own limits (text
 * 10 MB, since XML_PARSE_HUGE is not given) stay in force.
 */
#include "matcher/document/xml_parse.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <limits.h>

#include "matcher/document/xml_guard.h"

/** SAX2 hands attributes over five pointers each: name, prefix, namespace, value, its end. */
enum { ATTRIBUTE_NAME, ATTRIBUTE_VALUE = 3, ATTRIBUTE_END, ATTRIBUTE_STRIDE };

static void build_element(void *context, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                          int attribute_count, int defaulted_count, const xmlChar **attributes)
{
    if (sp_xml_guard_enter(context, (size_t)namespace_count + (size_t)attribute_count)) {
        xmlSAX2StartElementNs(context, name, prefix, uri, namespace_count, namespaces,
                              attribute_count, defaulted_count, attributes);
    }
}

static void leave_element(void *context, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri)
{
    sp_xml_guard_of(context)->depth--;
    xmlSAX2EndElementNs(context, name, prefix, uri);
}

/** Stop the parser for good when an event has had enough. */
static void go_on(void *parser, bool more)
{
    if (!more) {
        sp_xml_guard_of(parser)->stopped = true;
        xmlStopParser(parser);
    }
}

static void tell_start(void *context, const xmlChar *name, const xmlChar *prefix,
                       const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                       int attribute_count, int defaulted_count, const xmlChar **attributes)
{
    (void)prefix, (void)uri, (void)namespaces, (void)defaulted_count;
    struct sp_xml_guard *guard = sp_xml_guard_of(context);
    if (!guard->stopped &&
        sp_xml_guard_enter(context, (size_t)namespace_count + (size_t)attribute_count)) {
        struct sp_xml_start start = {(const char *)name, attributes, (size_t)attribute_count,
                                     false};
        go_on(context, guard->events->start(guard->context, &start));
    }
}

static void tell_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)prefix, (void)uri;
    struct sp_xml_guard *guard = sp_xml_guard_of(context);
    if (!guard->stopped && guard->refusal == SP_REFUSED_NOTHING) {
        guard->depth--;
        go_on(context, guard->events->end(guard->context, (const char *)name));
    }
}

static void tell_text(void *context, const xmlChar *text, int length)
{
    struct sp_xml_guard *guard = sp_xml_guard_of(context);
    if (!guard->stopped && guard->refusal == SP_REFUSED_NOTHING) {
        struct sp_view view = sp_view_from((const char *)text, (size_t)length);
        go_on(context, guard->events->text(guard->context, view));
    }
}

/** HTML hands attributes over as pairs of name and value, ended by NULL. */
static void tell_html_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
    size_t count = 0;
    while (attributes != NULL && attributes[2 * count] != NULL) {
        count++;
    }
    struct sp_xml_guard *guard = sp_xml_guard_of(context);
    if (!guard->stopped && sp_xml_guard_enter(context, count)) {
        struct sp_xml_start start = {(const char *)name, attributes, count, true};
        go_on(context, guard->events->start(guard->context, &start));
    }
}

static void tell_html_end(void *context, const xmlChar *name)
{
    tell_end(context, name, NULL, NULL);
}

struct sp_view sp_xml_start_attribute(const struct sp_xml_start *start, const char *name)
{
    const xmlChar *const *attributes = start->attributes;
    for (size_t i = 0; i < start->attribute_count; i++) {
        const xmlChar *const *at = attributes + i * (start->html ? 2 : ATTRIBUTE_STRIDE);
        if (strcmp((const char *)at[ATTRIBUTE_NAME], name) != 0) {
            continue;
        }
        return start->html ? sp_view_of((const char *)at[1])
                           : sp_view_from((const char *)at[ATTRIBUTE_VALUE],
                                          (size_t)(at[ATTRIBUTE_END] - at[ATTRIBUTE_VALUE]));
    }
    return sp_view_of(NULL);
}

bool sp_xml_start_has(const struct sp_xml_start *start, const char *name)
{
    const xmlChar *const *attributes = start->attributes;
    for (size_t i = 0; i < start->attribute_count; i++) {
        const xmlChar *its = attributes[i * (start->html ? 2 : ATTRIBUTE_STRIDE)];
        if (strcmp((const char *)its, name) == 0) {
            return true;
        }
    }
    return false;
}

static enum sp_status check_size(struct sp_view content, size_t most, struct sp_error *err)
{
    if (content.length > most) {
        return SP_FAIL(err, SP_LIMIT, "notice.content",
                       "Plik ma %zu bajtów; najwięcej może mieć %zu.",
                       "The file has %zu bytes; at most %zu are read.", content.length, most);
    }
    return SP_OK;
}

static enum sp_status run_xml(xmlParserCtxt *parser, struct sp_view content,
                              struct sp_xml_guard *guard, xmlDoc **out, struct sp_error *err)
{
    sp_xml_guard_install(parser->sax);
    parser->_private = guard;
    xmlDoc *document = xmlCtxtReadMemory(parser, content.length == 0 ? "" : content.data,
                                         (int)content.length, NULL, NULL,
                                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                             XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES);
    bool whole = guard->stopped || (guard->refusal == SP_REFUSED_NOTHING &&
                                    guard->error == XML_ERR_OK && parser->wellFormed != 0);
    if (guard->events == NULL) {
        whole = whole && document != NULL && xmlDocGetRootElement(document) != NULL;
    }
    if (whole && !sp_xml_guard_starved()) {
        *out = document;
        return SP_OK;
    }
    xmlFreeDoc(document);
    return sp_xml_guard_fail(guard, err);
}

enum sp_status sp_xml_parse(struct sp_view content, xmlDoc **out, struct sp_error *err)
{
    *out = NULL;
    enum sp_status status = check_size(content, SP_XML_MAX_BYTES, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_xml_guard guard = {.max_elements = SP_XML_MAX_ELEMENTS,
                                 .max_depth = SP_XML_MAX_DEPTH};
    sp_xml_guard_begin();
    xmlParserCtxt *parser = xmlNewParserCtxt();
    if (parser == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    parser->sax->startElementNs = build_element;
    parser->sax->endElementNs = leave_element;
    status = run_xml(parser, content, &guard, out, err);
    xmlFreeParserCtxt(parser);
    return status;
}

enum sp_status sp_xml_stream(struct sp_view content, const struct sp_xml_events *events,
                             void *context, struct sp_error *err)
{
    enum sp_status status = check_size(content, INT_MAX, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_xml_guard guard = {.max_elements = SP_XML_STREAM_MAX_ELEMENTS,
                                 .max_depth = SP_XML_MAX_DEPTH,
                                 .events = events,
                                 .context = context};
    sp_xml_guard_begin();
    xmlParserCtxt *parser = xmlNewParserCtxt();
    if (parser == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    parser->sax->startElementNs = tell_start;
    parser->sax->endElementNs = tell_end;
    parser->sax->characters = tell_text;
    parser->sax->ignorableWhitespace = tell_text;
    parser->sax->cdataBlock = tell_text;
    xmlDoc *document = NULL; /* empty: only its declaration is kept */
    status = run_xml(parser, content, &guard, &document, err);
    xmlFreeDoc(document);
    xmlFreeParserCtxt(parser);
    return status;
}

enum sp_status sp_html_stream(struct sp_view content, const struct sp_xml_events *events,
                              void *context, struct sp_error *err)
{
    enum sp_status status = check_size(content, INT_MAX, err);
    if (status != SP_OK || content.length == 0) {
        return status;
    }
    struct sp_xml_guard guard = {.max_elements = SP_XML_STREAM_MAX_ELEMENTS,
                                 .max_depth = SP_HTML_MAX_DEPTH,
                                 .events = events,
                                 .context = context};
    sp_xml_guard_begin();
    htmlParserCtxt *parser = htmlNewParserCtxt();
    if (parser == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    sp_xml_guard_install(parser->sax);
    parser->_private = &guard;
    parser->sax->startElement = tell_html_start;
    parser->sax->endElement = tell_html_end;
    parser->sax->characters = tell_text;
    parser->sax->ignorableWhitespace = tell_text;
    parser->sax->cdataBlock = tell_text;
    xmlDoc *document =
        htmlCtxtReadMemory(parser, content.data, (int)content.length, NULL, "UTF-8",
                           HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
    if (guard.refusal != SP_REFUSED_NOTHING || sp_xml_guard_starved()) {
        status = sp_xml_guard_fail(&guard, err);
    }
    xmlFreeDoc(document);
    htmlFreeParserCtxt(parser);
    return status;
}
