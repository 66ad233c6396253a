/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/blocks.h"

#include <stdbool.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"

enum { FILE_MAX_BYTES = 1 << 20, PATH_MAX_BYTES = 4096 };

struct reader {
    const struct sp_blocks *blocks;
    struct sp_view rest;
    struct sp_view line; /* at hand, without its end */
    unsigned number;     /* of the line at hand */
    bool has_line;
    struct sp_error *err;
};

enum sp_status sp_block_bad(const char *file, unsigned line, const char *polish,
                            const char *english, struct sp_view value, struct sp_error *err)
{
    return SP_FAIL(err, SP_CORRUPT, file, "%s, wiersz %u: %s%.0s: „%.*s”.",
                   "%s, line %u: %.0s%s: \"%.*s\".", file, line, polish, english,
                   SP_VIEW_ARGS(value));
}

static enum sp_status bad(const struct reader *reader, unsigned line, const char *polish,
                          const char *english, struct sp_view value)
{
    return sp_block_bad(reader->blocks->file, line, polish, english, value, reader->err);
}

static void next_line(struct reader *reader)
{
    reader->has_line = reader->rest.length > 0;
    if (!reader->has_line) {
        return;
    }
    const char *end = memchr(reader->rest.data, '\n', reader->rest.length);
    size_t length = end == NULL ? reader->rest.length : (size_t)(end - reader->rest.data);
    reader->line = sp_view_from(reader->rest.data, length);
    size_t used = end == NULL ? length : length + 1;
    reader->rest = sp_view_from(reader->rest.data + used, reader->rest.length - used);
    reader->number++;
}

static bool is_comment(struct sp_view line)
{
    return line.length > 0 && line.data[0] == '#';
}

/* Join a further line of a value; a dot alone breaks the line. */
static void join(struct sp_buffer *joined, struct sp_view line)
{
    if (sp_view_is(line, ".")) {
        sp_buffer_add_char(joined, '\n');
        return;
    }
    if (joined->length > 0 && joined->data[joined->length - 1] != '\n') {
        sp_buffer_add_char(joined, ' ');
    }
    sp_buffer_add_view(joined, line);
}

/* Take the value that starts with @p first and goes on in the lines that begin with two spaces. */
static enum sp_status take_value(struct reader *reader, struct sp_view first, const char **out)
{
    struct sp_buffer joined;
    sp_buffer_init(&joined, SP_BLOCK_VALUE_MAX_BYTES);
    sp_buffer_add_view(&joined, sp_view_trim(first));
    unsigned start = reader->number;
    next_line(reader);
    while (reader->has_line && sp_view_starts_with(reader->line, sp_view_of("  "))) {
        join(&joined, sp_view_trim(reader->line));
        next_line(reader);
    }
    enum sp_status status = joined.status;
    if (status == SP_LIMIT) {
        status = bad(reader, start, "za długa wartość", "value too long", first);
    } else if (status == SP_OK && joined.length == 0) {
        status = bad(reader, start, "pusta wartość", "empty value", first);
    } else if (status == SP_OK) {
        *out = sp_arena_copy(reader->blocks->arena, sp_buffer_view(&joined));
        status = *out == NULL ? SP_NOMEM : SP_OK;
    }
    sp_buffer_release(&joined);
    return status == SP_NOMEM ? SP_FAIL_NOMEM(reader->err) : status;
}

static int find_key(const struct sp_blocks *blocks, struct sp_view key)
{
    for (size_t i = 0; i < blocks->key_count; i++) {
        if (sp_view_is(key, blocks->keys[i])) {
            return (int)i;
        }
    }
    return -1;
}

/* Take "key: value" with the value's further lines. */
static enum sp_status take_pair(struct reader *reader, struct sp_block *block)
{
    unsigned line = reader->number;
    const char *colon = memchr(reader->line.data, ':', reader->line.length);
    if (colon == NULL) {
        return bad(reader, line, "brak dwukropka", "no colon", reader->line);
    }
    struct sp_view key = sp_view_from(reader->line.data, (size_t)(colon - reader->line.data));
    size_t left = reader->line.length - key.length - 1;
    int found = find_key(reader->blocks, key);
    if (found < 0) {
        return bad(reader, line, "nieznany klucz", "unknown key", key);
    }
    if (block->values[found] != NULL) {
        return bad(reader, line, "klucz podany dwa razy", "key given twice", key);
    }
    block->lines[found] = line;
    block->line = block->line == 0 ? line : block->line;
    return take_value(reader, sp_view_from(colon + 1, left), &block->values[found]);
}

/* Read the pairs up to an empty line or the end. */
static enum sp_status read_block(struct reader *reader, struct sp_block *block)
{
    *block = (struct sp_block){.file = reader->blocks->file};
    enum sp_status status = SP_OK;
    while (status == SP_OK && reader->has_line && sp_view_trim(reader->line).length > 0) {
        if (is_comment(reader->line)) {
            next_line(reader);
        } else {
            status = take_pair(reader, block);
        }
    }
    return status;
}

static enum sp_status check_keys(const struct reader *reader, const struct sp_block *block)
{
    const struct sp_blocks *blocks = reader->blocks;
    if (blocks->lone >= 0 && block->values[blocks->lone] != NULL) {
        return SP_OK;
    }
    for (size_t i = 0; i < blocks->required; i++) {
        if (block->values[i] == NULL) {
            return bad(reader, block->line, "brak klucza", "a key is missing",
                       sp_view_of(blocks->keys[i]));
        }
    }
    return SP_OK;
}

static enum sp_status read_all(struct reader *reader)
{
    enum sp_status status = SP_OK;
    next_line(reader);
    while (status == SP_OK && reader->has_line) {
        struct sp_block block;
        status = read_block(reader, &block);
        if (status == SP_OK && block.line > 0) {
            status = check_keys(reader, &block);
        }
        if (status == SP_OK && block.line > 0) {
            status = reader->blocks->take(reader->blocks->context, &block, reader->err);
        }
        next_line(reader);
    }
    return status;
}

enum sp_status sp_blocks_read(const struct sp_blocks *blocks, struct sp_error *err)
{
    char path[PATH_MAX_BYTES];
    if (sp_file_join(blocks->directory, blocks->file, path, sizeof path) != SP_OK) {
        return SP_FAIL(err, SP_IO, blocks->file, "Za długa ścieżka do %s.",
                       "The path to %s is too long.", blocks->file);
    }
    char *content = NULL;
    size_t length = 0;
    enum sp_status status = sp_file_read(path, FILE_MAX_BYTES, &content, &length, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_view text = sp_view_from(content, length);
    size_t good = sp_utf8_check(text);
    if (good != length || memchr(content, '\0', length) != NULL) {
        status = SP_FAIL(err, SP_CORRUPT, blocks->file, "%s nie jest tekstem UTF-8 (bajt %zu).",
                         "%s is not UTF-8 text (byte %zu).", blocks->file, good);
    } else {
        struct reader reader = {.blocks = blocks, .rest = text, .err = err};
        status = read_all(&reader);
    }
    sp_free(content);
    return status;
}
