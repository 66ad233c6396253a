/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/extraction/draft_from_file.h"

#include "matcher/extraction/complete.h"
#include "matcher/tender/draft.h"

enum sp_status sp_draft_from_file(const struct sp_extraction_tools *tools, struct sp_view content,
                                  const char *file_name, struct sp_arena *arena,
                                  struct sp_draft_warnings *warnings,
                                  struct sp_tender_reading *reading, struct sp_error *err)
{
    enum sp_status status = sp_tender_read(content, file_name, NULL, arena, warnings, reading, err);
    if (status == SP_OK) {
        status = sp_draft_complete(tools, reading->document.text, reading->draft, arena, err);
    }
    if (status == SP_OK) {
        status = sp_draft_check(reading->draft, tools->vocabulary, SP_DRAFT_PUBLISHED, arena,
                                warnings, &reading->draft, err);
    }
    return status;
}
