/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The key of a fair order; see tie.h. */
#include "matcher/scoring/tie.h"

/** Finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit depends on every bit. */
static uint64_t scramble(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

uint64_t sp_tie_key(uint64_t need_hash, uint64_t catalogue_version, uint64_t offer_key)
{
    return scramble(scramble(scramble(need_hash) ^ catalogue_version) ^ offer_key);
}
