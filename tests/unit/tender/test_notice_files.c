/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Real notices, where they are at hand (SPOINA_SHARED): each must be read, and its title, main
 * code, number of lots, and of each lot the codes, places, criteria and reservations must be those
 * that XPath finds. XPath shares no code with the reader.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <dirent.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "matcher/tender/notice.h"

enum { ARENA_BYTES = 64 << 20, EXPECTED_TED = 149, EXPECTED_EFORMS = 17 };

/* The form that should be read: Polish, else in the original language. */
#define TED_FORM                                                                                   \
    "(/*/*[local-name()='FORM_SECTION']/*[@LG='PL'][1] | "                                         \
    "/*/*[local-name()='FORM_SECTION'][not(*[@LG='PL'])]"                                          \
    "/*[@LG=//*[local-name()='LG_ORIG']][1])"

struct expectation {
    const char *root;  /* prefix of the local name of the root element */
    const char *title; /* XPath of a string */
    const char *cpv;
    const char *lots;  /* XPath of a number */
    const char *lot;   /* XPath of the lots themselves */
    const char *codes; /* from a lot: attributes or elements with CPV codes */
    const char *nuts;  /* from a lot: likewise NUTS codes */
    const char *criteria;
    const char *reserved; /* from a lot: what reserves participation */
};

static const struct expectation TED = {
    "TED_EXPORT",
    "string((" TED_FORM "//*[local-name()='TITLE' or local-name()='TITLE_CONTRACT'])[1])",
    "string((" TED_FORM "//*[local-name()='CPV_MAIN']/*[local-name()='CPV_CODE']/@CODE)[1])",
    "count(" TED_FORM "/*[local-name()='OBJECT_CONTRACT']/*[local-name()='OBJECT_DESCR'])"
    " + count(" TED_FORM "//*[local-name()='LOT_NUMBER']"
    "[../*[local-name()='CPV' or local-name()='LOT_DESCRIPTION']])",
    "(" TED_FORM "/*[local-name()='OBJECT_CONTRACT']/*[local-name()='OBJECT_DESCR'])",
    "*[local-name()='CPV_ADDITIONAL']/*[local-name()='CPV_CODE']/@CODE",
    "*[local-name()='NUTS']/@CODE",
    "*[local-name()='AC']/*[local-name()='AC_PRICE' or local-name()='AC_COST' or "
    "local-name()='AC_QUALITY' or local-name()='AC_CRITERION']"
    "[local-name()='AC_PRICE' or normalize-space(.)!='']",
    TED_FORM "//*[local-name()='RESTRICTED_SHELTERED_WORKSHOP' or "
             "local-name()='RESERVED_ORGANISATIONS_SERVICE_MISSION']"};

#define PROJECT "/*/*[local-name()='ProcurementProject']"
#define POLISH_OR_FIRST(path)                                                                      \
    "string((" path "[@languageID='POL'] | " path "[not(../*[@languageID='POL'])])[1])"

static const struct expectation EFORMS = {
    "",
    POLISH_OR_FIRST(PROJECT "/*[local-name()='Name']"),
    "string(" PROJECT "/*[local-name()='MainCommodityClassification']/*[1])",
    "count(/*/*[local-name()='ProcurementProjectLot'][*[local-name()='ID']"
    "[@schemeName!='LotsGroup']])",
    "(/*/*[local-name()='ProcurementProjectLot'][*[local-name()='ID']"
    "[@schemeName!='LotsGroup']])",
    "*[local-name()='ProcurementProject']/*[contains(local-name(),'CommodityClassification')]/*",
    "*[local-name()='ProcurementProject']/*[local-name()='RealizedLocation']/*/"
    "*[local-name()='CountrySubentityCode']",
    "*[local-name()='TenderingTerms']/*/*[local-name()='AwardingCriterion']/"
    "*[local-name()='SubordinateAwardingCriterion'][*[local-name()='Name' or "
    "local-name()='Description' or local-name()='AwardingCriterionTypeCode']]",
    ".//*[@listName='reserved-procurement'][.='res-ws' or .='res-pub-ser']"};

static char *without_spaces(const char *text)
{
    char *copy = malloc(strlen(text) + 1);
    assert_non_null(copy);
    char *to = copy;
    for (; *text != '\0'; text++) {
        if (strchr(" \t\r\n", *text) == NULL) {
            *to++ = *text;
        }
    }
    *to = '\0';
    return copy;
}

static char *xpath_text(xmlXPathContext *context, const char *path)
{
    xmlXPathObject *object = xmlXPathEvalExpression((const xmlChar *)path, context);
    assert_non_null(object);
    char *text = without_spaces((const char *)object->stringval);
    xmlXPathFreeObject(object);
    return text;
}

static size_t xpath_count(xmlXPathContext *context, const char *path)
{
    xmlXPathObject *object = xmlXPathEvalExpression((const xmlChar *)path, context);
    assert_non_null(object);
    size_t count = (size_t)object->floatval;
    xmlXPathFreeObject(object);
    return count;
}

static bool is_listed(char **items, size_t count, const char *item)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(items[i], item) == 0) {
            return true;
        }
    }
    return false;
}

/** Require that every value that XPath finds from the lot is in the list. */
static int require_all(xmlXPathContext *context, const char *path, char **items, size_t count,
                       const char *file, size_t lot)
{
    xmlXPathObject *object = xmlXPathEvalExpression((const xmlChar *)path, context);
    assert_non_null(object);
    int found = object->nodesetval == NULL ? 0 : object->nodesetval->nodeNr;
    for (int i = 0; i < found; i++) {
        xmlChar *raw = xmlNodeGetContent(object->nodesetval->nodeTab[i]);
        char *value = without_spaces((const char *)raw);
        if (file != NULL && *value != '\0' && !is_listed(items, count, value)) {
            fail_msg("%s: lot %zu lacks %s", file, lot, value);
        }
        free(value);
        xmlFree(raw);
    }
    xmlXPathFreeObject(object);
    return found;
}

static bool has_reservation(const Spoina__V1__Draft *draft, const Spoina__V1__Lot *lot)
{
    for (size_t i = 0; i < lot->n_clauses + draft->n_clauses; i++) {
        const Spoina__V1__Clause *clause =
            i < lot->n_clauses ? lot->clauses[i] : draft->clauses[i - lot->n_clauses];
        if (clause->scope == SPOINA__V1__CLAUSE_SCOPE__CLAUSE_SCOPE_UNSPECIFIED &&
            (clause->kind == SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_94 ||
             clause->kind == SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_361)) {
            return true;
        }
    }
    return false;
}

/** Compare codes, places, criteria and reservations of each lot; returns how many values. */
static int compare_lots(xmlXPathContext *context, const struct expectation *expected,
                        const char *path, const Spoina__V1__Draft *draft)
{
    int compared = 0;
    xmlXPathObject *object = xmlXPathEvalExpression((const xmlChar *)expected->lot, context);
    assert_non_null(object);
    xmlXPathNodeSetSort(object->nodesetval);
    int lots = object->nodesetval == NULL ? 0 : object->nodesetval->nodeNr; /* 0: an old form */
    for (size_t i = 0; i < (size_t)lots; i++) {
        assert_true(i < draft->n_lots);
        const Spoina__V1__Lot *lot = draft->lots[i];
        context->node = object->nodesetval->nodeTab[i];
        compared += require_all(context, expected->codes, lot->cpv, lot->n_cpv, path, i);
        compared += require_all(context, expected->nuts, lot->places, lot->n_places, path, i);
        size_t criteria = (size_t)require_all(context, expected->criteria, NULL, 0, NULL, 0);
        bool reserved = require_all(context, expected->reserved, NULL, 0, NULL, 0) > 0;
        if (criteria != lot->n_criteria || reserved != has_reservation(draft, lot)) {
            fail_msg("%s: lot %zu: %zu criteria read, XPath %zu; reserved: XPath %d", path, i,
                     lot->n_criteria, criteria, reserved);
        }
        compared += (int)criteria + (reserved ? 1 : 0);
        context->node = (xmlNode *)context->doc;
    }
    xmlXPathFreeObject(object);
    return compared;
}

/** Compare @p draft with what XPath finds; returns how many values it could compare. */
static int compare(const char *path, const Spoina__V1__Draft *draft, struct sp_view content)
{
    xmlDoc *document =
        xmlReadMemory(content.data, (int)content.length, NULL, NULL, XML_PARSE_NOWARNING);
    xmlXPathContext *context = xmlXPathNewContext(document);
    assert_non_null(context);
    bool ted = strcmp((const char *)xmlDocGetRootElement(document)->name, TED.root) == 0;
    const struct expectation *expected = ted ? &TED : &EFORMS;
    char *title = xpath_text(context, expected->title);
    char *cpv = xpath_text(context, expected->cpv);
    char *read_title = without_spaces(draft->title);
    size_t lots = xpath_count(context, expected->lots);
    if (*title == '\0' || strcmp(title, read_title) != 0 || lots != draft->n_lots ||
        (*cpv != '\0' && (draft->n_cpv == 0 || strcmp(cpv, draft->cpv[0]) != 0))) {
        fail_msg("%s: read '%s' %s %zu, XPath '%s' %s %zu", path, read_title,
                 draft->n_cpv == 0 ? "-" : draft->cpv[0], draft->n_lots, title, cpv, lots);
    }
    int compared = (*title != '\0') + (*cpv != '\0') + (lots > 0) +
                   compare_lots(context, expected, path, draft);
    free(title);
    free(cpv);
    free(read_title);
    xmlXPathFreeContext(context);
    xmlFreeDoc(document);
    return compared;
}

static int read_file(const char *path)
{
    char *data = NULL;
    size_t length = 0;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    assert_int_equal(sp_file_read(path, SP_NOTICE_MAX_BYTES, &data, &length, NULL), SP_OK);
    struct sp_draft_warnings warnings = {.arena = arena};
    Spoina__V1__Draft *draft = NULL;
    struct sp_error error = {0};
    enum sp_status status =
        sp_notice_read(sp_view_from(data, length), arena, &warnings, &draft, &error);
    if (status != SP_OK) {
        fail_msg("%s: %s: %s", path, error.place, error.english);
    }
    int compared = compare(path, draft, sp_view_from(data, length));
    sp_free(data);
    sp_arena_free(arena);
    return compared;
}

/** Read every XML file of a folder; returns how many, or -1 when the folder is not there. */
static int read_folder(const char *folder, int *compared)
{
    const char *shared = getenv("SPOINA_SHARED");
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/data/notices/%s", shared == NULL ? "" : shared, folder);
    DIR *directory = opendir(path);
    if (directory == NULL) {
        return -1;
    }
    int count = 0;
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        if (strstr(entry->d_name, ".xml") != NULL) {
            char file[1400];
            (void)snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
            *compared += read_file(file);
            count++;
        }
    }
    (void)closedir(directory);
    return count;
}

static void read_real_notices(const char *folder, int expected)
{
    int compared = 0;
    int count = read_folder(folder, &compared);
    if (count < 0) {
        (void)printf("SKIPPED: no notices at $SPOINA_SHARED/data/notices/%s\n", folder);
        skip();
    }
    (void)printf("%s: %d notices, %d values compared with XPath\n", folder, count, compared);
    assert_int_equal(count, expected);
    assert_true(compared >= 5 * count); /* title, code, lots, and each lot's */
}

static void real_ted_notices_are_read_as_xpath_reads_them(void **state)
{
    (void)state;
    read_real_notices("ted", EXPECTED_TED);
}

static void official_eforms_examples_are_read_as_xpath_reads_them(void **state)
{
    (void)state;
    read_real_notices("eforms-examples", EXPECTED_EFORMS);
}

int main(void)
{
    sp_notice_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_ted_notices_are_read_as_xpath_reads_them),
        cmocka_unit_test(official_eforms_examples_are_read_as_xpath_reads_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
