/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Walks over a tree of XML that never recurse.
 *
 * Names are compared without namespace: a notice's namespaces carry years and versions, its local
 * names do not clash.
 */
#ifndef SP_DOCUMENT_XML_TREE_H
#define SP_DOCUMENT_XML_TREE_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "base/buffer.h"
#include "base/view.h"

/** Tell whether @p node is an element called @p name. */
bool sp_xml_is(const xmlNode *node, const char *name);

/** First child element called @p name; NULL when there is none or @p parent is NULL. */
const xmlNode *sp_xml_child(const xmlNode *parent, const char *name);

/** Next sibling element called @p name, or NULL. */
const xmlNode *sp_xml_next(const xmlNode *node, const char *name);

/** Follow a path of child names, the first match at each step: "REF_OJS/DATE_PUB". */
const xmlNode *sp_xml_path(const xmlNode *parent, const char *path);

/** The node after @p node in document order inside @p top, or NULL at its end. */
const xmlNode *sp_xml_step(const xmlNode *top, const xmlNode *node);

/** First element called @p name below @p top in document order, or NULL. */
const xmlNode *sp_xml_find(const xmlNode *top, const char *name);

/** Next element called @p name after @p node below @p top in document order, or NULL. */
const xmlNode *sp_xml_find_next(const xmlNode *top, const xmlNode *node, const char *name);

/** Value of the attribute @p name, or an empty view. Borrowed from the tree. */
struct sp_view sp_xml_attribute(const xmlNode *node, const char *name);

/**
 * Write the text below @p node: white space runs become one space, paragraphs (P) lines.
 *
 * @param max_bytes  what is longer is cut at a character border
 * @param text       emptied first; sticky as all buffers; its maximum is above @p max_bytes
 * @return true if all of the text was taken
 */
bool sp_xml_text(const xmlNode *node, size_t max_bytes, struct sp_buffer *text);

#endif
