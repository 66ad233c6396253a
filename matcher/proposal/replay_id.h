/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The name of a proposal: what it was made of, digested by SHA-256.
 *
 *     NEED-SETTINGS-MEMBER.MEMBER-WHOLE
 *
 * NEED is the draft as checked, with this lot only; SETTINGS are day, weights and the options
 * that shape a proposal; each MEMBER is its record byte for byte, the leader first: eight
 * hexadecimal digits each, so that a later reader can say which of them changed. WHOLE digests all
 * of that in full with the versions of catalogue and rulebook: 64 digits, which alone decide.
 */
#ifndef SP_PROPOSAL_REPLAY_ID_H
#define SP_PROPOSAL_REPLAY_ID_H

#include "matcher/proposal/lot_matching.h"

enum { SP_REPLAY_ID_BYTES = 2 * 9 + 9 * SP_MAX_MEMBERS + 64 + 1 };

struct sp_replay_id {
    char text[SP_REPLAY_ID_BYTES];
};

/** What the id is made of beside the lot. */
struct sp_replay_versions {
    uint64_t catalogue;
    const char *rulebook;
};

enum sp_replay_part {
    SP_REPLAY_SAME,
    SP_REPLAY_MALFORMED, /* not the form of an id, or of another number of members */
    SP_REPLAY_NEED,
    SP_REPLAY_SETTINGS,
    SP_REPLAY_MEMBER,
    SP_REPLAY_WHOLE /* the parts agree, the whole does not: a version differs */
};

/** @param entities  pool entities, the leader first
 *  @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_replay_id_make(const struct sp_lot_matching *lot,
                                               const uint32_t *entities, size_t count,
                                               const struct sp_replay_versions *versions,
                                               struct sp_replay_id *out, struct sp_error *err);

/** Say in what @p given differs from @p now. @param member  with SP_REPLAY_MEMBER: which */
enum sp_replay_part sp_replay_id_compare(const char *given, const struct sp_replay_id *now,
                                         size_t *member);

#endif
