/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What the kept notices teach the suggestion of codes: titles of drafts and lots, and their
 * codes. */
#ifndef SP_NEEDS_NEED_LESSONS_H
#define SP_NEEDS_NEED_LESSONS_H

#include "matcher/needs/needs_reader.h"
#include "matcher/suggest/lessons.h"

/**
 * Make lessons of all published needs that are kept.
 *
 * @param out  owned by the caller, sp_lessons_unref(); NULL when nothing teaches anything
 * @return SP_OK; SP_LIMIT; SP_CORRUPT, SP_IO; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_need_lessons(struct sp_needs_reader *reader,
                                             const struct sp_key_tools *tools,
                                             struct sp_lessons **out, struct sp_error *err);

#endif
