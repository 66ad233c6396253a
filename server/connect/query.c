/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/connect/query.h"

bool sp_query_find(struct sp_view query, const char *name, struct sp_view *value)
{
    size_t name_length = strlen(name);
    while (query.length > 0) {
        const char *end = memchr(query.data, '&', query.length);
        size_t length = end == NULL ? query.length : (size_t)(end - query.data);
        if (length > name_length && query.data[name_length] == '=' &&
            memcmp(query.data, name, name_length) == 0) {
            *value = sp_view_from(query.data + name_length + 1, length - name_length - 1);
            return true;
        }
        length += end == NULL ? 0 : 1;
        query = sp_view_from(query.data + length, query.length - length);
    }
    return false;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool sp_query_decode(struct sp_view text, struct sp_buffer *out)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == '%') {
            int high = text.length - i > 2 ? hex_value(text.data[i + 1]) : -1;
            int low = high < 0 ? -1 : hex_value(text.data[i + 2]);
            if (low < 0) {
                return false;
            }
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+') {
            c = ' ';
        }
        sp_buffer_add_char(out, c);
    }
    return true;
}
