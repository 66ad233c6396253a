/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Notices into kept needs.
 *
 * A notice is known by its reference number; one without is known by its content. So importing a
 * file twice changes nothing, and a notice read anew replaces what was read before. Every file is
 * taken or rejected with its reason; those taken are committed together.
 *
 * Only notices are taken (TED_EXPORT, eForms, BZP, OCDS): a specification or a letter beside them
 * in a folder is no published need.
 */
#ifndef SP_NEEDS_IMPORT_NOTICES_H
#define SP_NEEDS_IMPORT_NOTICES_H

#include "base/locale.h"
#include "matcher/extraction/draft_from_file.h"
#include "matcher/needs/needs_store.h"

enum { SP_IMPORT_FILES_MAX = 64 };

struct sp_notice_import {
    struct sp_extraction_tools tools;
    struct sp_needs *store; /* no group is open */
    sp_day today;
    enum sp_locale locale;
    struct sp_arena *arena; /* holds the answer */
};

/**
 * Import @p files.
 *
 * @param out     one item for each file, in their order
 * @param arrived may be NULL; how many were added or changed
 * @return SP_OK (also when every file was rejected); SP_LIMIT (too many files); SP_IO; SP_NOMEM.
 *         After a failure nothing is stored.
 */
SP_MUST_CHECK enum sp_status sp_import_notices(const struct sp_notice_import *import,
                                               Spoina__V1__Notice *const *files, size_t count,
                                               Spoina__V1__ImportedFile ***out, size_t *arrived,
                                               struct sp_error *err);

#endif
