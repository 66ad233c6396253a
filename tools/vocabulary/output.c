/* SPDX-License-Identifier: EUPL-1.2 */
#include "tools/vocabulary/output.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

static bool is_invisible(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

void output_label(struct sp_buffer *out, const char *text)
{
    struct sp_view view = sp_view_of(text);
    bool space = false;
    bool any = false;
    for (size_t at = 0; at < view.length;) {
        size_t start = at;
        uint32_t c = sp_utf8_next(view, &at);
        if (is_space(c)) {
            space = any;
        } else if (!is_invisible(c)) {
            if (space) {
                sp_buffer_add_char(out, ' ');
            }
            sp_buffer_add(out, view.data + start, at - start);
            space = false;
            any = true;
        }
    }
}

int output_write(const struct sp_buffer *out, const char *path)
{
    char temporary[4096];
    int length = snprintf(temporary, sizeof temporary, "%s.part", path);
    if (out->status != SP_OK || length < 0 || (size_t)length >= sizeof temporary) {
        (void)fprintf(stderr, "%s: %s\n", path, sp_status_text(out->status));
        return 1;
    }
    FILE *file = fopen(temporary, "wb");
    bool done = file != NULL && fwrite(out->data, 1, out->length, file) == out->length;
    if (file != NULL && fclose(file) != 0) {
        done = false;
    }
    if (!done || rename(temporary, path) != 0) {
        perror(path);
        return 1;
    }
    return 0;
}
