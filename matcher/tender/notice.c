/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Which kind of XML notice a file is; see notice.h.
 */
#include "matcher/tender/notice.h"

#include "matcher/document/xml_parse.h"
#include "matcher/tender/draft_builder.h"

void sp_notice_setup(void)
{
    sp_xml_setup();
}

static bool is_eforms(const xmlNode *root)
{
    return sp_xml_is(root, "ContractNotice") || sp_xml_is(root, "PriorInformationNotice") ||
           sp_xml_is(root, "ContractAwardNotice");
}

static enum sp_status read_root(struct sp_draft_builder *builder, const xmlNode *root,
                                Spoina__V1__Draft *draft, bool *ted, struct sp_error *err)
{
    *ted = sp_xml_is(root, "TED_EXPORT");
    if (*ted) {
        return sp_ted_read(builder, root, draft, err);
    }
    if (is_eforms(root)) {
        return sp_eforms_read(builder, root, draft, err);
    }
    return SP_FAIL(err, SP_INVALID, "notice.content",
                   "To nie jest ogłoszenie o zamówieniu: element główny to „%.60s”, a czytamy "
                   "TED_EXPORT, ContractNotice, PriorInformationNotice i ContractAwardNotice.",
                   "This is no procurement notice: the root element is ‘%.60s’, and TED_EXPORT, "
                   "ContractNotice, PriorInformationNotice and ContractAwardNotice are read.",
                   (const char *)root->name);
}

enum sp_status sp_notice_read_tree(struct sp_draft_builder *builder, struct sp_view content,
                                   Spoina__V1__Draft *draft, bool *ted, struct sp_error *err)
{
    xmlDoc *document = NULL;
    enum sp_status status = sp_xml_parse(content, &document, err);
    if (status == SP_OK) {
        status = read_root(builder, xmlDocGetRootElement(document), draft, ted, err);
    }
    xmlFreeDoc(document);
    return status;
}

enum sp_status sp_draft_require(const Spoina__V1__Draft *draft, struct sp_error *err)
{
    if (*draft->title == '\0' && draft->n_cpv == 0 && draft->n_lots == 0) {
        return SP_FAIL(err, SP_INVALID, "notice.content",
                       "W ogłoszeniu nie ma tytułu, kodu CPV ani części.",
                       "The notice has no title, no CPV code and no lots.");
    }
    return SP_OK;
}

enum sp_status sp_notice_read(struct sp_view content, struct sp_arena *arena,
                              struct sp_draft_warnings *warnings, Spoina__V1__Draft **out,
                              struct sp_error *err)
{
    Spoina__V1__Draft *draft = sp_arena_alloc(arena, sizeof *draft);
    *out = draft;
    if (draft == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__draft__init(draft);
    struct sp_draft_builder builder = {.arena = arena, .warnings = warnings};
    sp_buffer_init(&builder.scratch, SP_NOTICE_TEXT_MAX_BYTES + 16);
    bool ted = false;
    enum sp_status status = sp_notice_read_tree(&builder, content, draft, &ted, err);
    if (status == SP_OK) {
        status = sp_draft_require(draft, err);
    }
    sp_buffer_release(&builder.scratch);
    return status;
}
