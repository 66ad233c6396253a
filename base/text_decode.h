/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Files as spreadsheets save them, into UTF-8: the encoding is found out from the bytes.
 *
 * A byte order mark decides; without one, zero bytes at even or odd places mean UTF-16; bytes that
 * are (nearly) all UTF-8 mean UTF-8; the rest is Windows-1250 or ISO 8859-2, told apart by the
 * letters ą ś ź, the only Polish ones that differ.
 */
#ifndef SP_BASE_TEXT_DECODE_H
#define SP_BASE_TEXT_DECODE_H

#include "base/buffer.h"
#include "base/status.h"
#include "base/view.h"

enum sp_encoding {
    SP_ENCODING_UTF_8,
    SP_ENCODING_UTF_16_LE,
    SP_ENCODING_UTF_16_BE,
    SP_ENCODING_WINDOWS_1250,
    SP_ENCODING_ISO_8859_2
};

/** Stands for what could not be decoded. It is no UTF-8, so whoever checks a row finds it. */
#define SP_UNDECODABLE '\xFF'

const char *sp_encoding_name(enum sp_encoding encoding);

/**
 * Decode @p bytes.
 *
 * @param buffer  initialised; holds the text unless it was UTF-8 already
 * @param out     the text without byte order mark; UTF-8 except where the file is damaged
 * @return SP_OK; SP_LIMIT (buffer); SP_NOMEM; SP_INTERNAL (iconv does not know the encoding)
 */
SP_MUST_CHECK enum sp_status sp_text_decode(struct sp_view bytes, struct sp_buffer *buffer,
                                            struct sp_view *out, enum sp_encoding *encoding,
                                            struct sp_error *err);

#endif
