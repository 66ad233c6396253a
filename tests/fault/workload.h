/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Writes as a server makes them (imports of several rows, single changes, deletions), and the
 * memory of what was acknowledged.
 *
 * The model holds for each key the revision that the catalogue must have. A group that was being
 * written when something failed may be there whole or not at all; what was acknowledged must be.
 */
#ifndef SP_TESTS_FAULT_WORKLOAD_H
#define SP_TESTS_FAULT_WORKLOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "matcher/catalogue/store.h"

enum { WORKLOAD_KEYS = 40, WORKLOAD_GONE = 0 /* the revision of what is not there */ };

struct workload_state {
    uint64_t version;
    uint32_t revision[WORKLOAD_KEYS];
};

struct workload {
    uint64_t chance; /* state of the generator */
    uint32_t next_revision;
    struct workload_state acknowledged;
    struct workload_state pending; /* what the group at hand would make of it */
    bool in_doubt;                 /* the group at hand was neither acknowledged nor refused */
    long groups;                   /* acknowledged */
    long records;                  /* changes in them */
};

void workload_init(struct workload *load, uint64_t seed);

/** Write one group of changes and take note of its acknowledgement. @return what the store said */
enum sp_status workload_step(struct workload *load, struct sp_store *store, struct sp_error *err);

/**
 * Compare the store, just opened, with what was acknowledged; take over a group that was in doubt
 * and is there.
 *
 * @return SP_OK; SP_NOT_FOUND (an acknowledged change is lost); SP_CORRUPT (half a group)
 */
enum sp_status workload_compare(struct workload *load, struct sp_store *store,
                                struct sp_error *err);

/** A number 0..@p below - 1. */
uint32_t workload_draw(struct workload *load, uint32_t below);

#endif
