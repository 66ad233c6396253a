/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Texts in their composed form (NFC), case kept: what is stored and shown. sp_fold() is for
 * comparing.
 */
#ifndef SP_LANGUAGE_COMPOSE_H
#define SP_LANGUAGE_COMPOSE_H

#include "base/arena.h"
#include "base/status.h"
#include "base/view.h"

/**
 * Compose @p text (NFC).
 *
 * @param text  borrowed UTF-8
 * @param out   @p text itself if it is composed already, else a copy in @p arena
 * @return SP_OK; SP_INVALID (not UTF-8); SP_LIMIT (longer than INT32_MAX); SP_NOMEM; SP_INTERNAL
 *
 * Cost: one pass over the bytes for texts in Latin letters without combining marks.
 */
SP_MUST_CHECK enum sp_status sp_compose(struct sp_view text, struct sp_arena *arena,
                                        struct sp_view *out, struct sp_error *err);

#endif
