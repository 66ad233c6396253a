/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The five parts of a score, in permille, and their weights.
 *
 * Every part is an integer 0..1000, computed from the need and one offer only; a total is the sum
 * of part x weight / 1000, each rounded down. What nobody has said is unknown: it gets the neutral
 * share, less than full and more than nothing, and is marked, so that silence is neither punished
 * like a refusal nor rewarded like a promise.
 */
#ifndef SP_SCORING_PARTS_H
#define SP_SCORING_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "spoina/v1/match.pb-c.h"

enum sp_part { SP_PART_TEXT, SP_PART_CPV, SP_PART_PLACE, SP_PART_CAPACITY, SP_PART_EVIDENCE };

enum {
    SP_PART_COUNT = 5,
    SP_PERMILLE = 1000,
    SP_NEUTRAL_PERMILLE = 400, /* of what is unknown */

    /* The published defaults: what is offered before where, and where before how much. */
    SP_WEIGHT_TEXT = 400,
    SP_WEIGHT_CPV = 250,
    SP_WEIGHT_PLACE = 200,
    SP_WEIGHT_CAPACITY = 100,
    SP_WEIGHT_EVIDENCE = 50,

    /* An offer is proposed if its words or its codes speak for it, wherever it is. */
    SP_TEXT_MIN_PERMILLE = 450, /* half of the need's weightiest words, or a service */
    SP_CPV_MIN_PERMILLE = 550, /* four digits in common, or one code three digits above the other */

    /* Bands of a total; half of the points need more than nearness and silence can give. */
    SP_BAND_PARTIAL_FROM = 400,
    SP_BAND_GOOD_FROM = 600,
    SP_BAND_EXCELLENT_FROM = 800
};

struct sp_part_score {
    uint32_t permille; /* 0..1000 */
    bool unknown;      /* the neutral share, or part of it */
};

struct sp_parts {
    struct sp_part_score part[SP_PART_COUNT]; /* by enum sp_part */
};

struct sp_weights {
    uint32_t of[SP_PART_COUNT]; /* 0..1000 each, together 1000 */
};

/**
 * Take the weights of a request.
 *
 * @param given  NULL: the published defaults
 * @return SP_OK; SP_INVALID (they do not add up to 1000)
 */
SP_MUST_CHECK enum sp_status sp_weights_read(const Spoina__V1__Weights *given,
                                             struct sp_weights *out, struct sp_error *err);

/** Points of one part: 0..its weight. */
uint32_t sp_points(const struct sp_weights *weights, const struct sp_parts *parts,
                   enum sp_part part);

/** Sum of the points of all parts, 0..1000. */
uint32_t sp_total(const struct sp_weights *weights, const struct sp_parts *parts);

/** Tell whether words or codes speak for the offer, so that it may be proposed. */
bool sp_is_relevant(const struct sp_parts *parts);

/** Band of a total. */
Spoina__V1__Band sp_band(uint32_t total);

#endif
