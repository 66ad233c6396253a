/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What a message may cost before it is trusted. Every number says where it comes from; the server
 * may lower them for a method, and a client that trusts its server may raise them.
 */
#ifndef SP_PROTO_LIMITS_H
#define SP_PROTO_LIMITS_H

/** Nested messages, the outermost one counted. The contract nests 6 deep (MatchTenderResponse down
 * to Span); protobuf-c recurses once a level and overflowed a 512 KiB stack at 1,000 levels. */
#define SP_MESSAGE_MAX_DEPTH 32

/** Elements (field occurrences and members of packed fields) directly inside one message. The
 * largest honest message is one entity with a few hundred offers. */
#define SP_MESSAGE_MAX_ELEMENTS 65536

/** Elements of a message with all it contains. An empty submessage of 2 bytes unpacks to about 110
 *  bytes, so this many cost at most some 30 MiB, which the arena's cap bounds again. */
#define SP_MESSAGE_MAX_TOTAL_ELEMENTS 262144

/** Fields that one message type declares; the widest of the contract has 20. Sizes a bit set. */
#define SP_MESSAGE_MAX_FIELDS 128

#endif
