/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Walks over a tree of XML; see xml_tree.h.
 */
#include "matcher/document/xml_tree.h"

bool sp_xml_is(const xmlNode *node, const char *name)
{
    return node != NULL && node->type == XML_ELEMENT_NODE &&
           strcmp((const char *)node->name, name) == 0;
}

static const xmlNode *first_called(const xmlNode *node, const char *name)
{
    while (node != NULL && !sp_xml_is(node, name)) {
        node = node->next;
    }
    return node;
}

const xmlNode *sp_xml_child(const xmlNode *parent, const char *name)
{
    return parent == NULL ? NULL : first_called(parent->children, name);
}

const xmlNode *sp_xml_next(const xmlNode *node, const char *name)
{
    return first_called(node->next, name);
}

const xmlNode *sp_xml_path(const xmlNode *parent, const char *path)
{
    char name[80];
    const xmlNode *node = parent;
    while (node != NULL && *path != '\0') {
        size_t length = strcspn(path, "/");
        SP_ASSERT(length < sizeof name);
        memcpy(name, path, length);
        name[length] = '\0';
        node = sp_xml_child(node, name);
        path += length + (path[length] == '/' ? 1 : 0);
    }
    return node;
}

const xmlNode *sp_xml_step(const xmlNode *top, const xmlNode *node)
{
    /* Children of other nodes than elements are not ours to walk (entities refer to each other). */
    if (node->type == XML_ELEMENT_NODE && node->children != NULL) {
        return node->children;
    }
    while (node != top && node->next == NULL) {
        node = node->parent;
    }
    return node == top ? NULL : node->next;
}

const xmlNode *sp_xml_find_next(const xmlNode *top, const xmlNode *node, const char *name)
{
    do {
        node = sp_xml_step(top, node);
    } while (node != NULL && !sp_xml_is(node, name));
    return node;
}

const xmlNode *sp_xml_find(const xmlNode *top, const char *name)
{
    return top == NULL ? NULL : sp_xml_find_next(top, top, name);
}

struct sp_view sp_xml_attribute(const xmlNode *node, const char *name)
{
    if (node == NULL || node->type != XML_ELEMENT_NODE) {
        return sp_view_of(NULL);
    }
    for (const xmlAttr *attribute = node->properties; attribute != NULL;
         attribute = attribute->next) {
        if (strcmp((const char *)attribute->name, name) == 0 && attribute->children != NULL) {
            return sp_view_trim(sp_view_of((const char *)attribute->children->content));
        }
    }
    return sp_view_of(NULL);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/** Add words with one space between them; false once @p max_bytes are reached. */
static bool add_words(struct sp_buffer *text, const char *from, size_t max_bytes, char *pending)
{
    while (*from != '\0' && text->status == SP_OK) {
        if (is_space(*from)) {
            *pending = *pending == '\0' ? ' ' : *pending;
            from++;
            continue;
        }
        size_t length = strcspn(from, " \t\r\n");
        size_t room = max_bytes - text->length;
        bool fits = length + 1 <= room;
        if (!fits) {
            /* A single word can be longer than the maximum: keep its beginning. */
            length = text->length > 0 || room == 0 ? 0 : room - 1;
            while (length > 0 && ((unsigned char)from[length] & 0xC0) == 0x80) {
                length--;
            }
        }
        if (length > 0) {
            if (text->length > 0 && *pending != '\0') {
                sp_buffer_add_char(text, *pending);
            }
            sp_buffer_add(text, from, length);
        }
        *pending = '\0';
        from += length;
        if (!fits) {
            return false;
        }
    }
    return true;
}

bool sp_xml_text(const xmlNode *node, size_t max_bytes, struct sp_buffer *text)
{
    sp_buffer_clear(text);
    char pending = '\0'; /* separator to write before the next word */
    for (const xmlNode *at = node; at != NULL; at = sp_xml_step(node, at)) {
        if (sp_xml_is(at, "P")) {
            pending = '\n';
        } else if ((at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) &&
                   at->content != NULL &&
                   !add_words(text, (const char *)at->content, max_bytes, &pending)) {
            return false;
        }
    }
    return true;
}
