/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What a list shows of a need. */
#ifndef SP_NEEDS_NEED_SUMMARY_H
#define SP_NEEDS_NEED_SUMMARY_H

#include "base/arena.h"
#include "spoina/v1/needs.pb-c.h"

/** Shares the texts of @p need. NULL: out of memory. */
Spoina__V1__NeedSummary *sp_need_summary(const Spoina__V1__Need *need, struct sp_arena *arena);

#endif
