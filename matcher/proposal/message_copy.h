/* SPDX-License-Identifier: EUPL-1.2 */
/** @file A message that shares nothing with what it was made of. */
#ifndef SP_PROPOSAL_MESSAGE_COPY_H
#define SP_PROPOSAL_MESSAGE_COPY_H

#include <protobuf-c/protobuf-c.h>

#include "base/arena.h"
#include "base/status.h"

enum { SP_MESSAGE_COPY_MAX_BYTES = 64 << 20 };

/**
 * Copy @p message with all it holds into @p arena: records and sentences live in the arena of a
 * lot, answers outlive it.
 *
 * @return SP_OK; SP_NOMEM; SP_LIMIT (over SP_MESSAGE_COPY_MAX_BYTES, or the arena's cap)
 */
SP_MUST_CHECK enum sp_status sp_message_copy(const ProtobufCMessage *message,
                                             struct sp_arena *arena, ProtobufCMessage **out,
                                             struct sp_error *err);

#endif
