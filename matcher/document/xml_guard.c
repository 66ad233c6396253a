/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Bounds on foreign XML and the sentences for its failures; see xml_guard.h.
 */
#include "matcher/document/xml_guard.h"

#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>
#include <stdio.h>

#include "base/memory.h"

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

void sp_xml_setup(void)
{
    (void)xmlMemSetup(sp_free, allocate, resize, duplicate);
    xmlInitParser();
    xmlSetGenericErrorFunc(NULL, stay_silent); /* this thread, then every thread to come */
    (void)xmlThrDefSetGenericErrorFunc(NULL, stay_silent);
}

void sp_xml_guard_begin(void)
{
    allocation_failed = false;
}

bool sp_xml_guard_starved(void)
{
    return allocation_failed;
}

struct sp_xml_guard *sp_xml_guard_of(void *parser)
{
    return ((xmlParserCtxt *)parser)->_private;
}

void sp_xml_guard_refuse(void *parser, enum sp_xml_refusal refusal)
{
    struct sp_xml_guard *guard = sp_xml_guard_of(parser);
    if (guard->refusal == SP_REFUSED_NOTHING) {
        guard->refusal = refusal;
        guard->line = xmlSAX2GetLineNumber(parser);
    }
    xmlStopParser(parser);
}

bool sp_xml_guard_enter(void *parser, size_t attribute_count)
{
    struct sp_xml_guard *guard = sp_xml_guard_of(parser);
    guard->element_count += 1 + attribute_count;
    if (guard->depth >= guard->max_depth) {
        sp_xml_guard_refuse(parser, SP_REFUSED_DEPTH);
        return false;
    }
    if (guard->element_count > guard->max_elements) {
        sp_xml_guard_refuse(parser, SP_REFUSED_ELEMENTS);
        return false;
    }
    guard->depth++;
    return true;
}

static void take_error(void *context, xmlError *error)
{
    struct sp_xml_guard *guard = sp_xml_guard_of(context);
    bool counts = error->level == XML_ERR_FATAL || error->code == XML_ERR_NO_MEMORY;
    if (counts && guard->error == XML_ERR_OK) {
        guard->error = error->code;
        guard->line = error->line;
        guard->column = error->int2;
    }
}

static void refuse_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id,
                          const xmlChar *system_id, xmlChar *content)
{
    (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
    sp_xml_guard_refuse(context, SP_REFUSED_DECLARATION);
}

static void refuse_attribute(void *context, const xmlChar *element, const xmlChar *name, int type,
                             int kind, const xmlChar *value, xmlEnumeration *choices)
{
    (void)element, (void)name, (void)type, (void)kind, (void)value;
    xmlFreeEnumeration(choices); /* the callback takes it */
    sp_xml_guard_refuse(context, SP_REFUSED_DECLARATION);
}

static void refuse_element(void *context, const xmlChar *name, int type, xmlElementContent *content)
{
    (void)name, (void)type, (void)content;
    sp_xml_guard_refuse(context, SP_REFUSED_DECLARATION);
}

static void refuse_notation(void *context, const xmlChar *name, const xmlChar *public_id,
                            const xmlChar *system_id)
{
    (void)name, (void)public_id, (void)system_id;
    sp_xml_guard_refuse(context, SP_REFUSED_DECLARATION);
}

static void refuse_unparsed(void *context, const xmlChar *name, const xmlChar *public_id,
                            const xmlChar *system_id, const xmlChar *notation)
{
    (void)name, (void)public_id, (void)system_id, (void)notation;
    sp_xml_guard_refuse(context, SP_REFUSED_DECLARATION);
}

void sp_xml_guard_install(xmlSAXHandler *sax)
{
    sax->serror = take_error;
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

static enum sp_status fail_syntax(const struct sp_xml_guard *guard, struct sp_error *err)
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

static enum sp_status fail_refused(const struct sp_xml_guard *guard, struct sp_error *err)
{
    char place[32];
    (void)snprintf(place, sizeof place, "line %d", guard->line);
    if (guard->refusal == SP_REFUSED_DECLARATION) {
        return SP_FAIL(err, SP_INVALID, place,
                       "Plik deklaruje encje lub elementy (DOCTYPE) w wierszu %d. Ze względów "
                       "bezpieczeństwa takich plików nie czytamy.",
                       "The file declares entities or elements (DOCTYPE) in line %d. For safety "
                       "such files are not read.",
                       guard->line);
    }
    if (guard->refusal == SP_REFUSED_DEPTH) {
        return SP_FAIL(err, SP_LIMIT, place,
                       "Elementy są zagnieżdżone głębiej niż na %d poziomów (wiersz %d).",
                       "Elements are nested more than %d levels deep (line %d).",
                       (int)guard->max_depth, guard->line);
    }
    return SP_FAIL(err, SP_LIMIT, place, "Plik ma ponad %zu elementów i atrybutów.",
                   "The file has over %zu elements and attributes.", guard->max_elements);
}

enum sp_status sp_xml_guard_fail(const struct sp_xml_guard *guard, struct sp_error *err)
{
    if (guard->refusal != SP_REFUSED_NOTHING) {
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
