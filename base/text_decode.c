/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text_decode.h"

#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

enum {
    SAMPLE_BYTES = 4096,       /* looked at for zero bytes */
    ZERO_SHARE = 4,            /* a quarter zeros at even or odd places: Latin text in UTF-16 */
    UTF8_WORDS_PER_DAMAGE = 4, /* so many good sequences for a bad one still make it UTF-8 */
    UPPER_HALF = 128
};

const char *sp_encoding_name(enum sp_encoding encoding)
{
    static const char *const names[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "Windows-1250",
                                        "ISO 8859-2"};
    return names[encoding];
}

static struct sp_view skip(struct sp_view text, size_t bytes)
{
    return sp_view_from(text.data + bytes, text.length - bytes);
}

static size_t zeros_at(struct sp_view bytes, size_t first)
{
    size_t zeros = 0;
    for (size_t i = first; i < bytes.length && i < SAMPLE_BYTES; i += 2) {
        zeros += bytes.data[i] == '\0' ? 1 : 0;
    }
    return zeros;
}

/** Tell whether the multi-byte sequences outnumber the bytes that fit in none. */
static bool is_mostly_utf8(struct sp_view bytes)
{
    size_t good = 0;
    size_t bad = 0;
    while (bytes.length > 0) {
        size_t valid = sp_utf8_check(bytes);
        for (size_t i = 0; i < valid; i++) {
            good += (unsigned char)bytes.data[i] >= 0xC0 ? 1 : 0; /* lead bytes */
        }
        bool at_end = valid == bytes.length;
        bad += at_end ? 0 : 1;
        bytes = skip(bytes, at_end ? valid : valid + 1);
    }
    return bad == 0 || good >= bad * UTF8_WORDS_PER_DAMAGE;
}

static enum sp_encoding guess_8_bit(struct sp_view bytes)
{
    size_t windows = 0;
    size_t iso = 0;
    for (size_t i = 0; i < bytes.length; i++) {
        unsigned char byte = (unsigned char)bytes.data[i];
        /* ą Ą and, where ISO has only control characters, ś ź Ś Ź and all quotation marks */
        windows += byte == 0xB9 || byte == 0xA5 || (byte >= 0x80 && byte <= 0x9F) ? 1 : 0;
        iso += byte == 0xB1 || byte == 0xA1 || byte == 0xB6 || byte == 0xA6 || byte == 0xBC ||
                       byte == 0xAC
                   ? 1
                   : 0;
    }
    return iso > windows ? SP_ENCODING_ISO_8859_2 : SP_ENCODING_WINDOWS_1250;
}

/** Find the encoding and step over a byte order mark. */
static enum sp_encoding detect(struct sp_view *bytes)
{
    static const struct {
        const char *mark;
        enum sp_encoding encoding;
    } marks[] = {
        {"\xEF\xBB\xBF", SP_ENCODING_UTF_8},
        {"\xFF\xFE", SP_ENCODING_UTF_16_LE},
        {"\xFE\xFF", SP_ENCODING_UTF_16_BE},
    };
    for (size_t i = 0; i < SP_COUNT(marks); i++) {
        if (sp_view_starts_with(*bytes, sp_view_of(marks[i].mark))) {
            *bytes = skip(*bytes, strlen(marks[i].mark));
            return marks[i].encoding;
        }
    }
    size_t sample = bytes->length < SAMPLE_BYTES ? bytes->length : SAMPLE_BYTES;
    if (zeros_at(*bytes, 1) * ZERO_SHARE > sample / 2) {
        return SP_ENCODING_UTF_16_LE;
    }
    if (zeros_at(*bytes, 0) * ZERO_SHARE > sample / 2) {
        return SP_ENCODING_UTF_16_BE;
    }
    return is_mostly_utf8(*bytes) ? SP_ENCODING_UTF_8 : guess_8_bit(*bytes);
}

static uint32_t unit_at(struct sp_view bytes, size_t at, bool little)
{
    uint32_t first = (unsigned char)bytes.data[at];
    uint32_t second = (unsigned char)bytes.data[at + 1];
    return little ? first | second << 8 : first << 8 | second;
}

static void decode_utf16(struct sp_view bytes, bool little, struct sp_buffer *out)
{
    size_t at = 0;
    while (at + 1 < bytes.length) {
        uint32_t c = unit_at(bytes, at, little);
        at += 2;
        bool high = c >= 0xD800 && c <= 0xDBFF;
        uint32_t low = high && at + 1 < bytes.length ? unit_at(bytes, at, little) : 0;
        if (high && low >= 0xDC00 && low <= 0xDFFF) {
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            at += 2;
        }
        if (c >= 0xD800 && c <= 0xDFFF) {
            sp_buffer_add_char(out, SP_UNDECODABLE); /* half of a pair */
            continue;
        }
        char utf8[4];
        sp_buffer_add(out, utf8, sp_utf8_put(c, utf8));
    }
    if (at < bytes.length) {
        sp_buffer_add_char(out, SP_UNDECODABLE); /* half of a unit */
    }
}

/** UTF-8 of each byte of the upper half; empty where the encoding has no character. */
struct table {
    char utf8[UPPER_HALF][4];
    size_t length[UPPER_HALF];
};

static enum sp_status make_table(enum sp_encoding encoding, struct table *table,
                                 struct sp_error *err)
{
    iconv_t converter =
        iconv_open("UTF-8", encoding == SP_ENCODING_ISO_8859_2 ? "ISO-8859-2" : "CP1250");
    if (converter == (iconv_t)-1) {
        return SP_FAIL(err, SP_INTERNAL, "", "iconv nie zna kodowania %s.",
                       "iconv does not know the encoding %s.", sp_encoding_name(encoding));
    }
    for (int i = 0; i < UPPER_HALF; i++) {
        char byte = (char)(i + UPPER_HALF);
        char *from = &byte;
        char *to = table->utf8[i];
        size_t from_left = 1;
        size_t to_left = sizeof table->utf8[i];
        bool converted = iconv(converter, &from, &from_left, &to, &to_left) != (size_t)-1;
        table->length[i] = converted ? sizeof table->utf8[i] - to_left : 0;
    }
    (void)iconv_close(converter);
    return SP_OK;
}

static enum sp_status decode_8_bit(struct sp_view bytes, enum sp_encoding encoding,
                                   struct sp_buffer *out, struct sp_error *err)
{
    struct table table;
    enum sp_status status = make_table(encoding, &table, err);
    for (size_t i = 0; status == SP_OK && i < bytes.length; i++) {
        unsigned char byte = (unsigned char)bytes.data[i];
        if (byte < UPPER_HALF) {
            sp_buffer_add_char(out, (char)byte);
        } else if (table.length[byte - UPPER_HALF] == 0) {
            sp_buffer_add_char(out, SP_UNDECODABLE);
        } else {
            sp_buffer_add(out, table.utf8[byte - UPPER_HALF], table.length[byte - UPPER_HALF]);
        }
    }
    return status;
}

enum sp_status sp_text_decode(struct sp_view bytes, struct sp_buffer *buffer, struct sp_view *out,
                              enum sp_encoding *encoding, struct sp_error *err)
{
    *encoding = detect(&bytes);
    enum sp_status status = SP_OK;
    switch (*encoding) {
    case SP_ENCODING_UTF_8:
        *out = bytes;
        return SP_OK;
    case SP_ENCODING_UTF_16_LE:
    case SP_ENCODING_UTF_16_BE:
        decode_utf16(bytes, *encoding == SP_ENCODING_UTF_16_LE, buffer);
        break;
    case SP_ENCODING_WINDOWS_1250:
    case SP_ENCODING_ISO_8859_2:
        status = decode_8_bit(bytes, *encoding, buffer, err);
        break;
    }
    if (status == SP_OK && buffer->status != SP_OK) {
        status = SP_FAIL(err, buffer->status, "", "Plik jest za duży po zamianie na UTF-8.",
                         "The file is too large once turned into UTF-8.");
    }
    *out = sp_buffer_view(buffer);
    return status;
}
