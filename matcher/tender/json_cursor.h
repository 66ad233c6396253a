/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Places in a JSON document, found by name: for documents of which few members are of interest.
 *
 * Nothing is built. A cursor stands before a value of a document that was checked once as a whole;
 * each search walks through the object or array it stands before. Only this folder includes it.
 */
#ifndef SP_TENDER_JSON_CURSOR_H
#define SP_TENDER_JSON_CURSOR_H

#include "base/arena.h"
#include "proto/codec/json_text.h"

enum { SP_CURSOR_MAX_DEPTH = 64 };

/** Before a value; reader.text is empty if there is none, and every search from there fails too. */
struct sp_json_cursor {
    struct sp_json_reader reader;
};

/** Check @p content as a whole and stand before it. @return SP_OK; SP_INVALID; SP_LIMIT */
SP_MUST_CHECK enum sp_status sp_cursor_begin(struct sp_view content, struct sp_json_cursor *out,
                                             struct sp_error *err);

bool sp_cursor_is(struct sp_json_cursor at, enum sp_json_kind kind);

/** The value of a path of members, "tender/value/amount"; nothing if one is missing or no object.
 */
struct sp_json_cursor sp_cursor_path(struct sp_json_cursor at, const char *path);

/** First element of the array; nothing if it is empty or none. */
struct sp_json_cursor sp_cursor_first(struct sp_json_cursor at);

/** Element after @p element; nothing at the end. */
struct sp_json_cursor sp_cursor_next(struct sp_json_cursor element);

/** Tell whether @p at stands before a value. */
bool sp_cursor_found(struct sp_json_cursor at);

/** Text of a string (unescaped, in @p arena) or of a number as it stands; empty for all else, and
 *  with *starved set when the arena is full. */
struct sp_view sp_cursor_text(struct sp_json_cursor at, struct sp_arena *arena, bool *starved);

#endif
