/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What was read, for people: the text with marks, then each item with its words. */
#ifndef SP_CLIENTS_CLI_READ_VIEW_H
#define SP_CLIENTS_CLI_READ_VIEW_H

#include "clients/cli/verbs.h"
#include "spoina/v1/reading.pb-c.h"

/** Print a ReadNeedResponse. On a terminal marks are bold, elsewhere they stand in [brackets]. */
sp_cli_render_fn sp_cli_read_render;

#endif
