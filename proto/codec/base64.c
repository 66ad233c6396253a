/* SPDX-License-Identifier: EUPL-1.2 */
#include "proto/codec/base64.h"

#include <stdint.h>

static const char STANDARD[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char FOR_URLS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static uint32_t byte_at(struct sp_view bytes, size_t offset)
{
    return offset < bytes.length ? (unsigned char)bytes.data[offset] : 0;
}

void sp_base64_encode(struct sp_view bytes, unsigned flags, struct sp_buffer *buffer)
{
    const char *alphabet = (flags & SP_BASE64_URL) != 0 ? FOR_URLS : STANDARD;
    char *out = sp_buffer_reserve(buffer, (bytes.length + 2) / 3 * 4);
    if (out == NULL) {
        return;
    }
    char *start = out;
    for (size_t at = 0; at < bytes.length; at += 3) {
        uint32_t group =
            byte_at(bytes, at) << 16 | byte_at(bytes, at + 1) << 8 | byte_at(bytes, at + 2);
        size_t left = bytes.length - at;
        size_t letters = left >= 3 ? 4 : left + 1;
        for (size_t i = 0; i < letters; i++) {
            *out++ = alphabet[group >> (18 - 6 * i) & 63];
        }
        for (size_t i = letters; i < 4 && (flags & SP_BASE64_PADDED) != 0; i++) {
            *out++ = '=';
        }
    }
    *out = '\0';
    buffer->length += (size_t)(out - start);
}

/* The six bits of a letter of either alphabet, or -1. */
static int value_of(char letter)
{
    if (letter >= 'A' && letter <= 'Z') {
        return letter - 'A';
    }
    if (letter >= 'a' && letter <= 'z') {
        return letter - 'a' + 26;
    }
    if (letter >= '0' && letter <= '9') {
        return letter - '0' + 52;
    }
    return letter == '+' || letter == '-' ? 62 : letter == '/' || letter == '_' ? 63 : -1;
}

/* Take away padding that fills the last group of four; padding anywhere else is left to be refused.
 */
static struct sp_view without_padding(struct sp_view text)
{
    if (text.length % 4 == 0) {
        for (int i = 0; i < 2 && text.length > 0 && text.data[text.length - 1] == '='; i++) {
            text.length--;
        }
    }
    return text;
}

bool sp_base64_decode(struct sp_view text, unsigned char *out, size_t *length)
{
    struct sp_view letters = without_padding(text);
    uint32_t bits = 0;
    unsigned held = 0; /* bits not yet given out, 0..7 */
    size_t count = 0;
    for (size_t i = 0; i < letters.length; i++) {
        int value = value_of(letters.data[i]);
        if (value < 0) {
            return false;
        }
        bits = bits << 6 | (uint32_t)value;
        held += 6;
        if (held >= 8) {
            held -= 8;
            out[count++] = (unsigned char)(bits >> held & 0xFF);
        }
    }
    *length = count;
    /* One letter alone carries no byte; left-over bits that are not zero would be lost silently. */
    return letters.length % 4 != 1 && (bits & ((1U << held) - 1)) == 0;
}
