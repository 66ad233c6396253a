/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What a parse of foreign XML is watched by, and how its failure is told. Only this folder
 * includes it.
 */
#ifndef SP_DOCUMENT_XML_GUARD_H
#define SP_DOCUMENT_XML_GUARD_H

#include <libxml/parser.h>

#include "matcher/document/xml_parse.h"

/** Why the callbacks stopped the parser. */
enum sp_xml_refusal {
    SP_REFUSED_NOTHING,
    SP_REFUSED_DECLARATION,
    SP_REFUSED_ELEMENTS,
    SP_REFUSED_DEPTH
};

/** Hangs on the parser context during one parse. */
struct sp_xml_guard {
    size_t max_elements; /* elements, attributes and namespaces */
    size_t max_depth;
    size_t element_count;
    size_t depth;
    enum sp_xml_refusal refusal;
    bool stopped; /* by an event: no failure */
    int line;     /* where it was refused, or where the first error is */
    int column;   /* of the first error */
    int error;    /* number of the first error: what follows it is often misleading */
    const struct sp_xml_events *events; /* of a stream, else NULL */
    void *context;                      /* of the events */
};

/** Forget failed allocations of this thread; call before each parse. */
void sp_xml_guard_begin(void);

/** Whether libxml2 failed to get memory since sp_xml_guard_begin(). */
bool sp_xml_guard_starved(void);

/** The guard of the parse that @p parser (an xmlParserCtxt) does. */
struct sp_xml_guard *sp_xml_guard_of(void *parser);

/** Count an element that begins; false if there are too many or it lies too deep. */
bool sp_xml_guard_enter(void *parser, size_t attribute_count);

/** Note why and stop the parser. */
void sp_xml_guard_refuse(void *parser, enum sp_xml_refusal refusal);

/** Let @p sax refuse all declarations of a DTD and note the first error. */
void sp_xml_guard_install(xmlSAXHandler *sax);

/** Tell the failure of a parse of XML. @return what is told */
enum sp_status sp_xml_guard_fail(const struct sp_xml_guard *guard, struct sp_error *err);

#endif
