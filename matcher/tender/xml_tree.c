/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Foreign XML as a bounded tree; see xml_tree.h.
 *
 * libxml2 builds its own tree; the SAX callbacks in between count what is built and refuse every
 * declaration of a DTD, so that neither entities nor default attributes can multiply. libxml2's own
 * limits (depth 256, text 10 MB, since XML_PARSE_HUGE is not given) stay in force.
 */
#include "matcher/tender/xml_tree.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>
#include <stdio.h>

#include "base/memory.h"
#include "matcher/tender/notice.h"

/* Set by the memory hooks below, which get no context from libxml2: hence the thread-local. Needed
 * because libxml2 2.9 does not report every failed allocation; some only leave a node out. */
static _Thread_local bool allocation_failed;

static void *noted(void *memory)
{
    allocation_failed = allocation_failed || memory == NULL;
    return memory;
}

static void *allocate(size_t size)
{
    return noted(sp_malloc(size));
}

static void *resize(void *old, size_t size)
{
    return noted(sp_realloc(old, size, 1));
}

static char *duplicate(const char *text)
{
    return noted(sp_strndup(text, strlen(text)));
}

/** libxml2 prints what it cannot attach to a parser, such as being out of memory; we return it. */
static void stay_silent(void *context, const char *format, ...)
{
    (void)context;
    (void)format;
}

void sp_notice_setup(void)
{
    (void)xmlMemSetup(sp_free, allocate, resize, duplicate);
    xmlInitParser();
    xmlSetGenericErrorFunc(NULL, stay_silent); /* this thread, then every thread to come */
    (void)xmlThrDefSetGenericErrorFunc(NULL, stay_silent);
}

/** Why the callbacks stopped the parser. */
enum refusal { REFUSED_NOTHING, REFUSED_DECLARATION, REFUSED_ELEMENTS, REFUSED_DEPTH };

enum { MAX_DEPTH = 200 }; /* eForms reach 30; below libxml2's own 256, whose message says nothing */

/** Hangs on the parser context during one parse. */
struct guard {
    size_t element_count; /* elements, attributes and namespaces built so far */
    enum refusal refusal;
    int line;   /* where it was refused, or where the first error is */
    int column; /* of the first error */
    int error;  /* number of the first error: what follows it is often misleading */
};

static void refuse(void *context, enum refusal refusal)
{
    xmlParserCtxt *parser = context;
    struct guard *guard = parser->_private;
    if (guard->refusal == REFUSED_NOTHING) {
        guard->refusal = refusal;
        guard->line = xmlSAX2GetLineNumber(context);
    }
    xmlStopParser(parser);
}

static void take_error(void *context, xmlError *error)
{
    struct guard *guard = ((xmlParserCtxt *)context)->_private;
    bool counts = error->level == XML_ERR_FATAL || error->code == XML_ERR_NO_MEMORY;
    if (counts && guard->error == XML_ERR_OK) {
        guard->error = error->code;
        guard->line = error->line;
        guard->column = error->int2;
    }
}

static void start_element(void *context, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                          int attribute_count, int defaulted_count, const xmlChar **attributes)
{
    struct guard *guard = ((xmlParserCtxt *)context)->_private;
    guard->element_count += 1 + (size_t)namespace_count + (size_t)attribute_count;
    bool too_deep = ((xmlParserCtxt *)context)->nodeNr >= MAX_DEPTH;
    if (too_deep || guard->element_count > SP_NOTICE_MAX_ELEMENTS) {
        refuse(context, too_deep ? REFUSED_DEPTH : REFUSED_ELEMENTS);
        return;
    }
    xmlSAX2StartElementNs(context, name, prefix, uri, namespace_count, namespaces, attribute_count,
                          defaulted_count, attributes);
}

static void refuse_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id,
                          const xmlChar *system_id, xmlChar *content)
{
    (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
    refuse(context, REFUSED_DECLARATION);
}

static void refuse_attribute(void *context, const xmlChar *element, const xmlChar *name, int type,
                             int kind, const xmlChar *value, xmlEnumeration *choices)
{
    (void)element, (void)name, (void)type, (void)kind, (void)value;
    xmlFreeEnumeration(choices); /* the callback takes it */
    refuse(context, REFUSED_DECLARATION);
}

static void refuse_element(void *context, const xmlChar *name, int type, xmlElementContent *content)
{
    (void)name, (void)type, (void)content;
    refuse(context, REFUSED_DECLARATION);
}

static void refuse_notation(void *context, const xmlChar *name, const xmlChar *public_id,
                            const xmlChar *system_id)
{
    (void)name, (void)public_id, (void)system_id;
    refuse(context, REFUSED_DECLARATION);
}

static void refuse_unparsed(void *context, const xmlChar *name, const xmlChar *public_id,
                            const xmlChar *system_id, const xmlChar *notation)
{
    (void)name, (void)public_id, (void)system_id, (void)notation;
    refuse(context, REFUSED_DECLARATION);
}

static void set_callbacks(xmlSAXHandler *sax)
{
    sax->serror = take_error;
    sax->startElementNs = start_element;
    sax->entityDecl = refuse_entity;
    sax->attributeDecl = refuse_attribute;
    sax->elementDecl = refuse_element;
    sax->notationDecl = refuse_notation;
    sax->unparsedEntityDecl = refuse_unparsed;
    sax->comment = NULL;
    sax->processingInstruction = NULL;
    sax->reference = NULL; /* an entity that is not declared is an error before it gets here */
}

struct xml_reason {
    int code; /* of libxml2 */
    const char *polish;
    const char *english;
};

/** The errors that people make; every other one is told by libxml2's number. */
static const struct xml_reason REASONS[] = {
    {XML_ERR_DOCUMENT_EMPTY, "plik nie jest plikiem XML", "the file is not XML"},
    {XML_ERR_DOCUMENT_START, "plik nie jest plikiem XML", "the file is not XML"},
    {XML_ERR_DOCUMENT_END, "plik urywa się lub coś stoi po jego końcu",
     "the file breaks off or something follows its end"},
    {XML_ERR_TAG_NOT_FINISHED, "znacznik nie jest domknięty", "a tag is not closed"},
    {XML_ERR_TAG_NAME_MISMATCH, "znacznik zamykający nie pasuje do otwierającego",
     "a closing tag does not match the opening one"},
    {XML_ERR_GT_REQUIRED, "brak znaku „>”", "a ‘>’ is missing"},
    {XML_ERR_LT_REQUIRED, "brak znaku „<”", "a ‘<’ is missing"},
    {XML_ERR_LTSLASH_REQUIRED, "brak znacznika zamykającego", "a closing tag is missing"},
    {XML_ERR_NAME_REQUIRED, "brak nazwy po znaku „<” lub „&”", "no name after ‘<’ or ‘&’"},
    {XML_ERR_LT_IN_ATTRIBUTE, "znak „<” w wartości atrybutu", "‘<’ in the value of an attribute"},
    {XML_ERR_ATTRIBUTE_NOT_STARTED, "wartość atrybutu bez cudzysłowu",
     "the value of an attribute is not quoted"},
    {XML_ERR_ATTRIBUTE_NOT_FINISHED, "wartość atrybutu nie jest domknięta",
     "the value of an attribute is not closed"},
    {XML_ERR_ATTRIBUTE_REDEFINED, "atrybut podany dwa razy", "an attribute is given twice"},
    {XML_ERR_INVALID_CHAR, "znak, którego XML nie dopuszcza, lub bajty niezgodne z kodowaniem",
     "a character that XML forbids, or bytes that the encoding does not have"},
    {XML_ERR_INVALID_CHARREF, "odwołanie do niedozwolonego znaku",
     "a reference to a forbidden character"},
    {XML_ERR_UNDECLARED_ENTITY, "odwołanie do nieznanej encji", "a reference to an unknown entity"},
    {XML_ERR_ENTITYREF_SEMICOL_MISSING, "brak średnika po nazwie encji",
     "no semicolon after the name of an entity"},
    {XML_ERR_INVALID_ENCODING, "bajty niezgodne z podanym kodowaniem",
     "bytes that the stated encoding does not have"},
    {XML_ERR_UNKNOWN_ENCODING, "nieznane kodowanie", "an unknown encoding"},
    {XML_ERR_UNSUPPORTED_ENCODING, "nieznane kodowanie", "an unknown encoding"},
    {XML_I18N_CONV_FAILED, "bajty niezgodne z podanym kodowaniem",
     "bytes that the stated encoding does not have"},
};

static enum sp_status fail_syntax(const struct guard *guard, struct sp_error *err)
{
    char place[32];
    (void)snprintf(place, sizeof place, "line %d", guard->line);
    for (size_t i = 0; i < SP_COUNT(REASONS); i++) {
        if (REASONS[i].code == guard->error) {
            return SP_FAIL(err, SP_INVALID, place, "Błąd XML w wierszu %d, kolumnie %d: %s%.0s.",
                           "XML error in line %d, column %d: %.0s%s.", guard->line, guard->column,
                           REASONS[i].polish, REASONS[i].english);
        }
    }
    return SP_FAIL(err, SP_INVALID, place, "Błąd XML w wierszu %d, kolumnie %d (libxml2: %d).",
                   "XML error in line %d, column %d (libxml2: %d).", guard->line, guard->column,
                   guard->error);
}

static enum sp_status fail_refused(const struct guard *guard, struct sp_error *err)
{
    char place[32];
    (void)snprintf(place, sizeof place, "line %d", guard->line);
    if (guard->refusal == REFUSED_DECLARATION) {
        return SP_FAIL(err, SP_INVALID, place,
                       "Plik deklaruje encje lub elementy (DOCTYPE) w wierszu %d. Ze względów "
                       "bezpieczeństwa takich plików nie czytamy.",
                       "The file declares entities or elements (DOCTYPE) in line %d. For safety "
                       "such files are not read.",
                       guard->line);
    }
    if (guard->refusal == REFUSED_DEPTH) {
        return SP_FAIL(err, SP_LIMIT, place,
                       "Elementy są zagnieżdżone głębiej niż na %d poziomów (wiersz %d).",
                       "Elements are nested more than %d levels deep (line %d).", MAX_DEPTH,
                       guard->line);
    }
    return SP_FAIL(err, SP_LIMIT, place, "Plik XML ma ponad %d elementów i atrybutów.",
                   "The XML file has over %d elements and attributes.", SP_NOTICE_MAX_ELEMENTS);
}

static enum sp_status fail(const struct guard *guard, struct sp_error *err)
{
    if (guard->refusal != REFUSED_NOTHING) {
        return fail_refused(guard, err);
    }
    if (allocation_failed || guard->error == XML_ERR_OK) {
        return SP_FAIL_NOMEM(err);
    }
    if (guard->error == XML_ERR_INTERNAL_ERROR || guard->error == XML_ERR_NO_MEMORY) {
        /* What is left of libxml2's limits: one text, name or attribute of over 10 MB. */
        return SP_FAIL(err, SP_LIMIT, "notice.content",
                       "Jeden z tekstów w pliku XML jest za długi.",
                       "One of the texts in the XML file is too long.");
    }
    return fail_syntax(guard, err);
}

enum sp_status sp_xml_parse(struct sp_view content, xmlDoc **out, struct sp_error *err)
{
    if (content.length > SP_NOTICE_MAX_BYTES) {
        return SP_FAIL(
            err, SP_LIMIT, "notice.content", "Plik ma %zu bajtów; najwięcej może mieć %d.",
            "The file has %zu bytes; at most %d are read.", content.length, SP_NOTICE_MAX_BYTES);
    }
    struct guard guard = {0};
    allocation_failed = false;
    xmlParserCtxt *parser = xmlNewParserCtxt();
    if (parser == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    set_callbacks(parser->sax);
    parser->_private = &guard;
    xmlDoc *document = xmlCtxtReadMemory(parser, content.length == 0 ? "" : content.data,
                                         (int)content.length, NULL, NULL,
                                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                             XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES);
    enum sp_status status = SP_OK;
    if (document == NULL || guard.refusal != REFUSED_NOTHING || guard.error != XML_ERR_OK ||
        allocation_failed || xmlDocGetRootElement(document) == NULL) {
        status = fail(&guard, err);
        xmlFreeDoc(document);
        document = NULL;
    }
    xmlFreeParserCtxt(parser);
    *out = document;
    return status;
}

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
