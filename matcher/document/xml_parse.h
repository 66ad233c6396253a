/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Foreign XML and HTML, parsed within bounds: as a tree, or as a stream of events that builds
 * nothing. The home of libxml2; matcher/tender walks over the trees.
 *
 * No network, no DTD, no entities: every declaration is refused, so that nothing can multiply.
 */
#ifndef SP_DOCUMENT_XML_PARSE_H
#define SP_DOCUMENT_XML_PARSE_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "base/status.h"
#include "base/view.h"

enum {
    SP_XML_MAX_BYTES = 20 << 20,      /* of a tree: ten times the largest official notice */
    SP_XML_MAX_ELEMENTS = 400 * 1000, /* likewise: elements and attributes; it has 37,000 */
    SP_XML_MAX_DEPTH = 200,           /* eForms reach 30; libxml2's own bound of 256 says nothing */
    SP_XML_STREAM_MAX_ELEMENTS = 10 * 1000 * 1000, /* 64 MB of the shortest tags */
    SP_HTML_MAX_DEPTH = 1000                       /* inline tags that nobody closed nest, too */
};

/**
 * Let libxml2 take its memory through base/memory.h and set up its tables.
 *
 * Call once at the start of a program, before any thread parses. Without it files are read all the
 * same, but libxml2's allocations are out of sight of the fault sweeps.
 */
void sp_xml_setup(void);

/**
 * Parse @p content into a tree; comments and processing instructions are left out.
 *
 * @param out  owned by the caller, xmlFreeDoc(); has a root element
 * @return SP_OK; SP_INVALID (place "line N"); SP_LIMIT; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_xml_parse(struct sp_view content, xmlDoc **out,
                                          struct sp_error *err);

/** An element that begins. All is borrowed for the call. */
struct sp_xml_start {
    const char *name;       /* without prefix; of HTML in small letters */
    const void *attributes; /* see sp_xml_start_attribute() */
    size_t attribute_count;
    bool html;
};

/** Value of an attribute by its name without prefix; an empty view if there is none. */
struct sp_view sp_xml_start_attribute(const struct sp_xml_start *start, const char *name);

/** Tell whether an attribute is there, with or without a value ("hidden"). */
bool sp_xml_start_has(const struct sp_xml_start *start, const char *name);

/** Who is told. Each returns whether to go on. Texts are UTF-8 and come in pieces. */
struct sp_xml_events {
    bool (*start)(void *context, const struct sp_xml_start *start);
    bool (*end)(void *context, const char *name);
    bool (*text)(void *context, struct sp_view text);
};

/** Parse XML as a stream; memory does not grow with @p content.
 *  @return SP_OK (also when an event stopped it); SP_INVALID (place "line N"); SP_LIMIT; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_xml_stream(struct sp_view content,
                                           const struct sp_xml_events *events, void *context,
                                           struct sp_error *err);

/** The same for HTML, which is never wrong. Elements that were left open or out are told as
 *  browsers see them. Known risk: libxml2 2.9 uses the result of a failed allocation in its HTML
 *  parser; there, running out of memory ends the process.
 *  @param content  UTF-8, whatever its <meta> says
 *  @return SP_OK; SP_LIMIT; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_html_stream(struct sp_view content,
                                            const struct sp_xml_events *events, void *context,
                                            struct sp_error *err);

#endif
